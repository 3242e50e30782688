//! Who did what, when: the lanes of one executor's median repeat, to look at
//! closely. Geometry and wording are pure; `view` puts them on the page.

pub mod course;
pub mod lanes;
pub mod layout;
pub mod window;
pub mod words;

#[cfg(target_family = "wasm")]
mod drawing;
#[cfg(target_family = "wasm")]
mod sight;
#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::Lanes;
