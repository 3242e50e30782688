//! The contents: all labs in the lecture's order, what has been done here, and
//! three ways through.
//!
//! | module | subject |
//! |---|---|
//! | [`routes`] | which labs, for how much time |
//! | `view` | the page |

pub mod routes;

#[cfg(target_family = "wasm")]
mod view;

use crate::model::lab::{Chapter, Lab};
use crate::model::parameter::Group;
use crate::page::settings::PageSettings;

/// The contents, as everything around them knows them: a lab in which nothing runs.
pub const LAB: Lab = Lab {
    name: "contents",
    title: "Contents",
    question: "What is there to run, and in which order?",
    frame_title: "Parallel Lab: its contents",
    chapter: Chapter::Begin,
    claims: &[],
    minutes: 1,
    way: "contents",
    needs_python: false,
    parameters: &[PageSettings::PARAMETERS],
    begins: &[],
};

#[cfg(target_family = "wasm")]
pub(crate) use self::view::DOOR;
