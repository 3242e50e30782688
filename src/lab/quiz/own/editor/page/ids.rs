//! By which ids fields are found: to label them, and to put the focus there.

use leptos::prelude::*;

use crate::page::dom;

/// So long is waited for what is to have the focus.
const FRAMES: u32 = 60;

/// The id of a field of a question, or of the quiz.
pub(super) fn of(question: Option<u32>, field: &str) -> String {
    let field = field.replace(['.', '[', ']'], "-");
    match question {
        Some(key) => format!("edit-{key}-{field}"),
        None => format!("edit-{field}"),
    }
}

/// The id of what can have the focus where something is said of this field.
pub(super) fn to_focus(question: Option<u32>, said_at: &str) -> String {
    let field = match (question, said_at) {
        (None, "") => "title".to_owned(),
        (Some(_), "run") => "run.kind".to_owned(),
        (Some(_), list) if list.starts_with("options[") && list.ends_with(']') => format!("{list}.label"),
        (Some(_), list) if list.starts_with("contenders[") && list.ends_with(']') => format!("{list}.told"),
        (_, field) => field.to_owned(),
    };
    of(question, &field)
}

/// Puts the focus there, as soon as it can have it.
pub(super) fn focus(id: String) {
    focus_within(id, FRAMES);
}

fn focus_within(id: String, frames: u32) {
    request_animation_frame(move || {
        let has_it = || {
            let element = dom::element(&id)?;
            element.focus().ok()?;
            let focused = dom::window()?.document()?.active_element()?;
            Some(focused.id() == id)
        };
        if has_it() != Some(true) && frames > 0 {
            focus_within(id, frames - 1);
        }
    });
}
