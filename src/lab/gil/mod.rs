//! The GIL: four chefs and one stove. The same tasks on threads that take turns, on
//! threads that don't, and on processes, in real Python.
//!
//! | module | subject |
//! |---|---|
//! | [`settings`] | what it can be set to |
//! | `view` | the whole lab |

pub mod hand;
pub mod settings;
#[cfg(target_family = "wasm")]
mod view;

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
