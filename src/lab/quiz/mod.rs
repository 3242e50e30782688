//! Process or Thread? Questions whose answers are run: commit, run, say what you saw, then
//! hear why. The questions are data, `labs/quiz/items/` (`docs/quiz.md`).
//!
//! | module | subject |
//! |---|---|
//! | [`settings`] | which questions are asked, and how |
//! | [`item`] | a question, and the same again with something changed |
//! | [`sitting`], [`card`] | one question after the other; one of them, and what was answered |
//! | [`shuffle`] | an order that follows from a number |
//! | [`standing`] | who is first in a run, as far as this machine can tell |
//! | [`observation`] | what a student says of that |
//! | [`verdict`] | which answer a run shows, beside the key |
//! | [`parsons`] | lines to put in order, run as somebody has put them |
//! | [`reckon`] | Amdahl's law, for machines that nobody here has |
//! | [`own`] | instructors' own questions, from a file |
//! | [`answers`] | the answers, for messages and to take along |
//! | `recorded` | every question against recorded runs (tests) |
//! | `page` | all that needs a browser |
//! | `view` | the whole lab |

pub mod answers;
pub mod card;
pub mod item;
pub mod observation;
pub mod own;
pub mod parsons;
pub mod reckon;
pub mod settings;
pub mod shuffle;
pub mod sitting;
pub mod standing;
pub mod unfinished;
pub mod verdict;

#[cfg(test)]
mod recorded;
#[cfg(test)]
mod sitting_tests;

#[cfg(target_family = "wasm")]
mod page;
#[cfg(target_family = "wasm")]
mod view;

use self::settings::Settings;
use crate::model::lab::{Beginning, Chapter, Lab};
use crate::model::parameter::Group;
use crate::page::settings::PageSettings;

/// The lab, as everything around it knows it.
pub const LAB: Lab = Lab {
    name: "quiz",
    title: "Process or Thread?",
    question: "Which executor would you choose, and how sure are you?",
    frame_title: "Parallel Lab: questions about processes and threads whose answers are run in this browser",
    chapter: Chapter::Limits,
    claims: &[7, 16, 17, 18, 20, 21, 22, 24, 25, 51, 54],
    minutes: 10,
    way: "quiz",
    needs_python: true,
    parameters: &[Settings::PARAMETERS, PageSettings::PARAMETERS],
    begins: &[
        Beginning { query: "set=more", words: "the further questions" },
        Beginning { query: "set=lines", words: "lines to put in order" },
    ],
};

#[cfg(target_family = "wasm")]
pub(crate) use self::view::DOOR;
