//! By these functions the part of the program is entered that reads and shows instructors' own
//! questions. Nothing may call them before it is here.

use leptos::prelude::*;

use super::{nodes, take};
use crate::lab::quiz::own::markdown;
use crate::lab::quiz::page::own::{Source, Told};
use crate::lab::quiz::page::state::Quiz;

/// Takes a file, and asks its questions.
#[inline(never)]
pub(in crate::lab::quiz) fn take(quiz: Quiz, source: Source) {
    take::take(quiz, source);
}

/// What is said of it.
#[inline(never)]
pub(in crate::lab::quiz) fn told(quiz: Quiz, told: &Told) -> AnyView {
    take::told(quiz, told)
}

/// A text that may be marked up: some paragraphs, or what can stand in a line.
#[inline(never)]
pub(in crate::lab::quiz) fn marked(text: &str, is_in_line: bool) -> AnyView {
    if is_in_line { nodes::in_line(markdown::inline(text)) } else { nodes::apart(markdown::blocks(text)) }
}
