//! Cores: what the browser reports, against what the machine does.
//!
//! | module | subject |
//! |---|---|
//! | [`settings`] | what it can be set to |
//! | [`measured`] | points of the curve, and where it bends |
//! | [`words`] | what they say |
//! | [`approaches`] | the lecture's ways to speed up, easiest first |
//! | `control` | measures point by point |
//! | `view` | the whole lab |

pub mod approaches;
pub mod measured;
pub mod settings;
pub mod words;

#[cfg(target_family = "wasm")]
mod control;
#[cfg(target_family = "wasm")]
mod view;

use self::settings::Settings;
use crate::model::lab::{Chapter, Lab};
use crate::model::parameter::Group;
use crate::page::settings::PageSettings;

/// The lab, as everything around it knows it.
pub const LAB: Lab = Lab {
    name: "cores",
    title: "Cores",
    question: "The browser reports so many cores: how many of them can you put to work?",
    frame_title: "Parallel Lab: how many cores there are to work with, measured in this browser",
    chapter: Chapter::Cores,
    claims: &[1, 3, 4, 6, 28],
    minutes: 5,
    way: "cores",
    needs_python: false,
    parameters: &[Settings::PARAMETERS, PageSettings::PARAMETERS],
    begins: &[],
};

#[cfg(target_family = "wasm")]
pub(crate) use self::view::DOOR;
