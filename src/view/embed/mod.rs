//! Puts a lab into a page or a slide: a teacher chooses, looks, and copies a few
//! lines. The lines are pure text; the dialog needs a browser.
//!
//! | module | subject |
//! |---|---|
//! | `snippet` | the lines: an iframe, Quarto's shortcode, a slide of Reveal.js |
//! | `draft` | what is being chosen |
//! | `view` | the dialog |
//! | `preview` | the lab as it will stand there |

pub mod snippet;

#[cfg(target_family = "wasm")]
mod draft;
#[cfg(target_family = "wasm")]
mod preview;
#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::Embed;
