//! What of a race can be taken along: its figures, its picture, its name.

pub mod table;
pub mod words;

#[cfg(target_family = "wasm")]
mod offer;
#[cfg(target_family = "wasm")]
mod shown;

#[cfg(target_family = "wasm")]
pub(crate) use self::offer::offer;
