//! The labs: one experiment each, with its words and its view.

pub mod verdict;

#[cfg(target_family = "wasm")]
pub(crate) mod race;
#[cfg(target_family = "wasm")]
pub(crate) mod results;
#[cfg(target_family = "wasm")]
pub(crate) mod settings_form;
