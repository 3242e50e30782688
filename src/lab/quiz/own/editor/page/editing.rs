//! By this function the part of the program is entered that has the editor. Nothing may call it before
//! it is here.

use leptos::prelude::*;

use super::{style, view};
use crate::lab::quiz::page::state::Quiz;

/// The editor, with the draft that the browser has kept.
#[inline(never)]
pub(in crate::lab::quiz) fn editor(quiz: Quiz) -> AnyView {
    style::adopt();
    view::editor(quiz)
}
