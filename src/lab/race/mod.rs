//! The race of the executors: one workload, all ways of running it.
//!
//! | module | subject |
//! |---|---|
//! | `page::question` | the first visit's question |
//! | `page::predict`, `guess` | what the student expects, and how it came off |
//! | `page::settings_form` | the settings, Run and Stop |
//! | `page::rung`, `comparison`, `change` | races side by side, as results and as bars, and what one change has changed |
//! | `page::explain`, `explanation` | three causes to pick from, then the measured one |
//! | `settings`, `asked` | what it can be set to; what was asked, in words |
//! | `experiment`, `report` | from settings to an experiment, from its outcome to a report |
//! | `course` | each executor's median repeat, as the timeline shows it |
//! | `page::results` | all figures in a table |
//! | `slide`, `page::slide_view` | what the lecture says, beside what was measured |
//! | `takeaway` | what can be taken along |
//! | `attractor` | the picture of the ensemble |
//! | `page::state`, `page::control` | the lab's signals; what a run tells |
//! | `view` | the whole lab |

pub mod asked;
pub mod attractor;
pub mod change;
pub mod comparison;
#[cfg(test)]
mod contract_tests;
pub mod course;
pub mod experiment;
pub mod explanation;
pub mod guess;
#[cfg(test)]
mod headline_tests;
pub mod report;
pub mod settings;
pub mod slide;
pub mod takeaway;

#[cfg(target_family = "wasm")]
mod page;
#[cfg(target_family = "wasm")]
mod view;

use self::settings::Settings;
use crate::model::lab::{Beginning, Chapter, Lab};
use crate::model::parameter::Group;
use crate::page::settings::PageSettings;

/// The race, as everything around it knows it.
pub const LAB: Lab = Lab {
    name: "race",
    title: "Race",
    question: "Thirty simulations, four ways of running them: which finishes first?",
    frame_title: "Parallel Lab: four ways of running an ensemble, raced in this browser",
    chapter: Chapter::Begin,
    claims: &[1, 2, 14, 55],
    minutes: 5,
    way: "race",
    needs_python: false,
    parameters: &[Settings::PARAMETERS, PageSettings::PARAMETERS],
    begins: &[Beginning { query: "question", words: "the question" }],
};

#[cfg(target_family = "wasm")]
pub(crate) use self::view::DOOR;
