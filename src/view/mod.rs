//! Blocks that any lab is put together from. Geometry and wording are pure and
//! tested natively; the views put them on the page.
//!
//! | module | subject |
//! |---|---|
//! | `headline`, `sentence` | the sentence over a lab: its words, its view |
//! | `verdict` | who was faster, and whether that can be told |
//! | `run_form`, `field`, `number_field`, `choice`, `subset` | the settings, Run and Stop |
//! | `guess`, `causes` | what is asked before a run, and why it was so after it |
//! | `figures` | all figures in a table |
//! | `figure_note` | what must be said of a figure also where it stands alone |
//! | `slide` | what the lecture's slide says, beside what was measured |
//! | `later` | a block that comes when it is first wanted |
//! | `notices` | problems with what was given |
//! | `next` | what to run next; a question that was missed, again |
//! | `bars`, `bar_geometry` | how long each way took, one block per run |
//! | `timeline` | who did what, when |
//! | `curve` | what was measured point by point, beside the ideal |
//! | `surface`, `shapes`, `palette` | what charts are drawn on, and with |
//! | `embed` | the lines that put a lab into a page or a slide |
//! | `takeaway`, `copy_link` | link, table, file and picture for a student's own use |

#![allow(unreachable_pub, reason = "`#[component]` writes pub items beside each component")]

pub mod bar_geometry;
pub mod curve;
pub mod embed;
pub mod headline;
pub mod slide;
pub mod takeaway;
pub mod timeline;
pub mod verdict;

#[cfg(target_family = "wasm")]
pub(crate) mod bars;
#[cfg(target_family = "wasm")]
pub(crate) mod causes;
#[cfg(target_family = "wasm")]
pub(crate) mod choice;
#[cfg(target_family = "wasm")]
pub(crate) mod copy_link;
#[cfg(target_family = "wasm")]
pub(crate) mod field;
#[cfg(target_family = "wasm")]
pub(crate) mod figure_note;
#[cfg(target_family = "wasm")]
pub(crate) mod figures;
#[cfg(target_family = "wasm")]
pub(crate) mod guess;
#[cfg(target_family = "wasm")]
pub(crate) mod later;
#[cfg(target_family = "wasm")]
pub(crate) mod next;
#[cfg(target_family = "wasm")]
pub(crate) mod notices;
#[cfg(target_family = "wasm")]
pub(crate) mod number_field;
#[cfg(target_family = "wasm")]
pub(crate) mod palette;
#[cfg(target_family = "wasm")]
pub(crate) mod run_form;
#[cfg(target_family = "wasm")]
pub(crate) mod sentence;
#[cfg(target_family = "wasm")]
pub(crate) mod shapes;
#[cfg(target_family = "wasm")]
pub(crate) mod subset;
#[cfg(target_family = "wasm")]
pub(crate) mod surface;
