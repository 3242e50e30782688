//! The GIL: four chefs and one stove. The same tasks on threads that take turns, on
//! threads that don't, and on processes, in real Python.
//!
//! | module | subject |
//! |---|---|
//! | [`settings`] | what it can be set to |
//! | [`way`] | the three ways in which the tasks are run |
//! | [`program`] | the script of each, from `scripts/` |
//! | [`measured`] | what came of each, read from what it told |
//! | [`kitchen`] | who had the lock when, and what each did, from the recorded turns |
//! | [`lanes`] | the same as lanes of the timeline |
//! | [`stove`] | where it lies in the picture, and in which shade |
//! | [`words`], [`explanation`] | what it says, why it was so, and what the slide says |
//! | [`hand`] | the steps of two threads, and the stove, in the student's hand |
//! | [`takeaway`] | what can be taken along |
//! | `control` | Run and Stop: the three ways in one turn |
//! | `mix` | the slider of how much of a task needs no interpreter |
//! | `picture` | the kitchens on canvases |
//! | `scripts` | the scripts, to be read and opened |
//! | `view` | the whole lab |
//! | `when_run` | of it, what a run is shown by |

pub mod explanation;
pub mod hand;
pub mod kitchen;
pub mod lanes;
pub mod measured;
pub mod program;
pub mod settings;
pub mod stove;
pub mod takeaway;
pub mod way;
pub mod words;

#[cfg(target_family = "wasm")]
mod control;
#[cfg(target_family = "wasm")]
mod mix;
#[cfg(target_family = "wasm")]
mod picture;
#[cfg(target_family = "wasm")]
mod scripts;
#[cfg(target_family = "wasm")]
mod view;
#[cfg(target_family = "wasm")]
mod when_run;

use self::settings::Settings;
use crate::model::lab::{Chapter, Lab};
use crate::model::parameter::Group;
use crate::page::settings::PageSettings;

/// The lab, as everything around it knows it.
pub const LAB: Lab = Lab {
    name: "gil",
    title: "The GIL",
    question: "Four chefs, one stove: do more chefs cook faster?",
    frame_title: "Parallel Lab: Python threads with the GIL, without it, and processes, run in this browser",
    chapter: Chapter::Workers,
    claims: &[14, 16, 17, 18, 19, 20, 21, 22, 23, 24, 50, 51, 52, 53, 54, 55],
    minutes: 8,
    way: "gil",
    needs_python: true,
    parameters: &[Settings::PARAMETERS, PageSettings::PARAMETERS],
    begins: &[],
};

#[cfg(target_family = "wasm")]
pub(crate) use self::view::DOOR;
