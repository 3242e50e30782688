//! What a student takes along: a link, the table, a picture. The texts and the
//! picture's layout are pure; the views need a browser.
//!
//! | module | subject |
//! |---|---|
//! | `table` | the figures as columns and rows |
//! | `delimited` | a table as TSV or CSV |
//! | `machine` | on what machine it was measured, in words |
//! | `name` | what files are called |
//! | `words` | the picture's lines of text |
//! | `layout` | where the picture's parts lie |
//! | `picture`, `picture_bars` | draw it |
//! | `deliver` | to the clipboard or into a file, or by hand |
//! | `view` | the buttons |

pub mod delimited;
pub mod layout;
pub mod machine;
pub mod name;
pub mod table;
pub mod words;

#[cfg(target_family = "wasm")]
mod deliver;
#[cfg(target_family = "wasm")]
mod picture;
#[cfg(target_family = "wasm")]
mod picture_bars;
#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::Takeaway;
