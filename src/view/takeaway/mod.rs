//! What a student takes along: a link, the table, a picture, of whatever a lab has
//! to give. The texts and the picture's layout are pure; the views need a browser.
//!
//! | module | subject |
//! |---|---|
//! | `offer` | what a lab gives |
//! | `table` | figures as columns and rows |
//! | `delimited` | a table as TSV or CSV |
//! | `machine` | on what machine it was measured, in words |
//! | `words` | how the picture's lines of text are broken |
//! | `layout` | where the picture's parts lie |
//! | `picture`, `picture_bars` | draw it |
//! | `buttons` | what each button takes |
//! | `deliver` | to the clipboard or into a file, or by hand |
//! | `view` | the buttons |

pub mod delimited;
pub mod layout;
pub mod machine;
pub mod table;
pub mod words;

#[cfg(target_family = "wasm")]
mod buttons;
#[cfg(target_family = "wasm")]
mod deliver;
#[cfg(target_family = "wasm")]
mod offer;
#[cfg(target_family = "wasm")]
mod picture;
#[cfg(target_family = "wasm")]
mod picture_bars;
#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::{
    deliver::Delivery,
    offer::Offer,
    picture::Content,
    table::Table,
    view::{Takeaway, by_hand},
};
