//! The way to instructors' own questions: by their address, dropped onto the lab, or picked. What
//! reads them comes only then (`xtask/src/parts.rs`).

use leptos::ev::{DragEvent, Event};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;

use super::state::Quiz;
use super::words;
use crate::lab::quiz::own::page::gate;
use crate::page::text::Text;
use crate::pool::on_demand::OnDemand;

/// From where a file comes.
#[derive(Clone, Debug)]
pub(in crate::lab::quiz) enum Source {
    /// From the site.
    Address(String),
    /// From the visitor's machine.
    File(web_sys::File),
    /// From the editor: its text.
    Draft(String),
}

/// What reads and shows files, by addresses: so nothing but the lab itself leads there, and its part
/// of the program shares with the lab's, not with what several labs have together.
#[derive(Clone, Copy)]
pub(in crate::lab::quiz) struct Gates {
    take: fn(Quiz, Source),
    told: fn(Quiz, &Told) -> AnyView,
    marked: fn(&str, bool) -> AnyView,
}

/// The way there; who opens the lab takes it along.
pub(in crate::lab::quiz) const GATES: Gates = Gates { take: gate::take, told: gate::told, marked: gate::marked };

/// What is said of a file.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::lab::quiz) struct Told {
    /// In a sentence or two.
    pub(in crate::lab::quiz) sentence: String,
    /// What is wrong with it, a line each.
    pub(in crate::lab::quiz) faults: Vec<String>,
    /// Whether asking again can help.
    pub(in crate::lab::quiz) may_ask_again: bool,
    /// Whether it is what somebody writes here.
    pub(in crate::lab::quiz) is_draft: bool,
}

/// Fetches what is set: a file, or questions of ours. `anew`: what the browser has kept was of no use.
pub(in crate::lab::quiz) fn fetch_what_is_set(quiz: Quiz, anew: bool) {
    quiz.own_told.set(None);
    let address = quiz.settings.get_untracked().quiz;
    if address.is_empty() { words::fetch(quiz, anew) } else { bring(quiz, Source::Address(address)) }
}

/// Asks the questions of a file, once what reads it is here.
pub(in crate::lab::quiz) fn bring(quiz: Quiz, source: Source) {
    let asked = quiz.ask_for_questions();
    spawn_local(async move {
        match OnDemand::Own.bring().await {
            Ok(()) if quiz.is_asked(asked) => (quiz.gates.get_value().take)(quiz, source),
            Ok(()) => {}
            Err(missing) => {
                if quiz.items.with_untracked(Option::is_none) {
                    words::fetch(quiz, false);
                }
                // Said after that: who asks for others takes back what was said before.
                words::lack(quiz, "questions", missing.trim_end_matches('.'));
            }
        }
    });
}

/// A file may be dropped here; else a browser would open it in place of the page.
pub(in crate::lab::quiz) fn dragged(event: &DragEvent) {
    let has_files = event.data_transfer().is_some_and(|it| it.types().includes(&"Files".into(), 0));
    if has_files {
        event.prevent_default();
    }
}

/// One was.
pub(in crate::lab::quiz) fn dropped(quiz: Quiz, event: &DragEvent) {
    let file = event.data_transfer().and_then(|it| it.files()).and_then(|it| it.get(0));
    if let Some(file) = file {
        event.prevent_default();
        bring(quiz, Source::File(file));
    }
}

/// One was picked.
pub(super) fn picked(quiz: Quiz, event: &Event) {
    let Some(input) = event.target().and_then(|it| it.dyn_into::<web_sys::HtmlInputElement>().ok()) else { return };
    if let Some(file) = input.files().and_then(|it| it.get(0)) {
        bring(quiz, Source::File(file));
    }
    // The same again is a change, too.
    input.set_value("");
}

/// What is said of a file.
pub(in crate::lab::quiz) fn told(quiz: Quiz, told: &Told) -> AnyView {
    (quiz.gates.get_value().told)(quiz, told)
}

/// A text of somebody's own that may be marked up.
pub(in crate::lab::quiz) fn marked(quiz: Quiz, text: &str) -> AnyView {
    (quiz.gates.get_value().marked)(text, false)
}

/// Some words in a line; of somebody's own they may be marked up.
pub(super) fn words(quiz: Quiz, text: String) -> AnyView {
    if quiz.is_own() {
        return (quiz.gates.get_value().marked)(&text, true);
    }
    view! { <span prop:textContent=Text::from(text)></span> }.into_any()
}

/// A sentence of what may be read of a question; of somebody's own it may be marked up.
pub(super) fn said(quiz: Quiz, kind: &'static str, text: String) -> AnyView {
    if quiz.is_own() {
        return view! { <div data-said=kind>{marked(quiz, &text)}</div> }.into_any();
    }
    view! { <p data-said=kind prop:textContent=Text::from(text)></p> }.into_any()
}
