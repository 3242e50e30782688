//! The Python lab: a script that can be edited and run, with processes and
//! threads that are real.
//!
//! | module | subject |
//! |---|---|
//! | [`programs`] | our programs, to begin with |
//! | [`experiments`] | the runs so far: what is the same, and what can be compared |
//! | [`telling`] | what a run says, in words computed from it |
//! | [`lanes`] | who did what when, as lanes of a chart |
//! | `bench` | the lab's signals: what is being worked on, and what came of it |
//! | `control` | Run, Stop, and what a run tells |
//! | `editor` | the script |
//! | `keys` | what keys do in it |
//! | [`indentation`] | how its lines are indented |
//! | `console` | what it prints |
//! | `runs` | the experiments' bars, side by side |
//! | `timeline` | the lanes on a canvas, and as a table |
//! | `versions` | what became of our programs, kept for the next visit |
//! | `view` | the whole lab |

pub mod experiments;
pub mod indentation;
pub mod lanes;
pub mod programs;
pub mod telling;

#[cfg(target_family = "wasm")]
pub(crate) mod bench;
#[cfg(target_family = "wasm")]
mod console;
#[cfg(target_family = "wasm")]
mod control;
#[cfg(target_family = "wasm")]
mod editor;
#[cfg(target_family = "wasm")]
mod keys;
#[cfg(target_family = "wasm")]
mod runs;
#[cfg(target_family = "wasm")]
mod state;
#[cfg(target_family = "wasm")]
mod timeline;
#[cfg(target_family = "wasm")]
mod versions;
#[cfg(target_family = "wasm")]
mod view;

use crate::model::lab::{Chapter, Lab};
use crate::model::parameter::Group;
use crate::model::settings::{PageSettings, PythonSettings};

/// The lab, as everything around it knows it.
pub const LAB: Lab = Lab {
    name: "python",
    title: "Python",
    question: "What changes when a Python script is given processes, threads, or neither?",
    frame_title: "Parallel Lab: Python with processes and threads, run in this browser",
    chapter: Chapter::Pools,
    claims: &[15, 43, 44, 49],
    minutes: 10,
    needs_python: true,
    parameters: &[PageSettings::PARAMETERS, PythonSettings::PARAMETERS],
    begins: &[],
    next: &["race"],
};

#[cfg(target_family = "wasm")]
pub(crate) use self::view::DOOR;
