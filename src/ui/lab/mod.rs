//! The labs: one experiment each, with its words and its view.

pub mod change;
pub mod comparison;
pub mod explanation;
pub mod guess;
pub mod headline;
pub mod python;
pub mod slide;
pub mod verdict;

#[cfg(target_family = "wasm")]
mod explain;
#[cfg(target_family = "wasm")]
mod predict;
#[cfg(target_family = "wasm")]
pub(crate) mod question;
#[cfg(target_family = "wasm")]
pub(crate) mod race;
#[cfg(target_family = "wasm")]
mod results;
#[cfg(target_family = "wasm")]
pub(crate) mod rung;
#[cfg(target_family = "wasm")]
mod settings_form;
#[cfg(target_family = "wasm")]
mod slide_view;
