//! The lists of a question: its answers, of which one is right, and the ways that a run compares.

use leptos::prelude::*;
use serde_json::json;

use super::field::{field, said_of, select};
use super::ids;
use super::state::Editor;
use crate::lab::quiz::own::editor::draft::Place;
use crate::lab::quiz::own::editor::form::{CONTENDER, MOST_ENTRIES, OPTION, figure, figures, how_many, letter};
use crate::page::text::text;

/// A list of a question.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum List {
    Options,
    Contenders,
}

impl List {
    const fn name(self) -> &'static str {
        match self {
            Self::Options => "options",
            Self::Contenders => "contenders",
        }
    }

    /// What one of them is called.
    fn entry(self, at: usize) -> String {
        match self {
            Self::Options => format!("Answer {}", letter(at)),
            Self::Contenders => format!("What is compared, {}", at + 1),
        }
    }
}

/// Something to press that is about one entry.
fn button(id: String, word: &'static str, words: String, press: impl Fn() + 'static) -> AnyView {
    view! {
        <button id=id type="button" class="edit-small" aria-label=words on:click=move |_| press()>
            {word}
        </button>
    }
    .into_any()
}

/// To be moved and removed.
fn moves(editor: Editor, key: u32, list: List, at: usize, count: Memo<usize>) -> AnyView {
    let place = Place::of_question(key, list.name());
    let id = move |what: &str, at: usize| ids::of(Some(key), &format!("{}[{at}].{what}", list.name()));
    let name = list.entry(at);
    let shift = |is_up: bool, place: Place, what: &'static str| {
        move || {
            if editor.change(|it| it.shift_entry(&place, at, is_up)) {
                let to = if is_up { at - 1 } else { at + 1 };
                editor.told.set(format!("{} is now {}.", list.entry(at), list.entry(to).to_lowercase()));
                ids::focus(id(what, to));
            }
        }
    };
    let up = shift(true, place.clone(), "up");
    let down = shift(false, place.clone(), "down");
    let remove = move || {
        editor.change_for_now(format!("{} removed.", list.entry(at)), |it| it.remove_entry(&place, at));
        // To what stands there now; else to where another can be added.
        let left = count.get_untracked();
        ids::focus(if at < left { id("remove", at) } else { ids::of(Some(key), list.name()) });
    };
    view! {
        <div class="edit-moves">
            {button(id("up", at), "Up", format!("Move {name} up"), up)}
            {button(id("down", at), "Down", format!("Move {name} down"), down)}
            {button(id("remove", at), "Remove", format!("Remove {name}"), remove)}
        </div>
    }
    .into_any()
}

fn counted(editor: Editor, key: u32, list: List) -> Memo<usize> {
    let place = Place::of_question(key, list.name());
    Memo::new(move |_| editor.draft.with(|it| it.count(&place)))
}

/// What is beyond those that are shown.
fn more(count: Memo<usize>) -> AnyView {
    let said = move || {
        let more = count.get().saturating_sub(MOST_ENTRIES);
        (more > 0).then(|| format!("{more} more are in the file, and not shown here."))
    };
    view! { <p class="edit-hint" prop:textContent=text(said)></p> }.into_any()
}

/// The answers.
pub(super) fn options(editor: Editor, key: u32) -> AnyView {
    let count = counted(editor, key, List::Options);
    let add = move |_| {
        let at = editor.change(|it| it.add_option(key));
        ids::focus(ids::of(Some(key), &format!("options[{at}].label")));
    };
    let error_of_key = format!("{}-error", ids::of(Some(key), "key"));
    let option = move |at: usize| {
        let id = if at == 0 { ids::of(Some(key), "key") } else { ids::of(Some(key), &format!("key[{at}]")) };
        let places = (Place::of_question(key, format!("options[{at}].id")), Place::of_question(key, "key"));
        let is_right = Memo::new(move |_| {
            editor.draft.with(|it| !it.text(&places.0).is_empty() && it.value(&places.0) == it.value(&places.1))
        });
        let mark = move |_| {
            editor.change(|it| {
                let id = it.option_id(key, at);
                it.put(&Place::of_question(key, "key"), id);
            });
        };
        let within = format!("options[{at}]");
        view! {
            <fieldset class="edit-entry" data-right=move || if is_right.get() { "true" } else { "false" }>
                <legend>{List::Options.entry(at)}</legend>
                <label class="check">
                    <input
                        id=id
                        type="radio"
                        name=ids::of(Some(key), "right")
                        aria-describedby=error_of_key.clone()
                        prop:checked=move || is_right.get()
                        on:change=mark
                    />
                    "This is the right answer"
                </label>
                {OPTION.iter().map(|it| field(editor, Some(key), &within, it)).collect_view()}
                {said_of(editor, Some(key), within.clone(), Signal::derive(|| true))}
                {moves(editor, key, List::Options, at, count)}
            </fieldset>
        }
        .into_any()
    };
    let shows_key = Signal::derive(move || {
        editor.shows_all.get() || !editor.draft.with(|it| it.text(&Place::of_question(key, "key"))).is_empty()
    });
    view! {
        <fieldset class="edit-list">
            <legend>"Answers"</legend>
            <p class="edit-hint">
                {format!("{}, of which one is right. They are shuffled only where somebody asks for it.", how_many(true))}
            </p>
            {said_of(editor, Some(key), "key".into(), shows_key)}
            {move || (0..count.get().min(MOST_ENTRIES)).map(&option).collect_view()}
            {more(count)} {said_of(editor, Some(key), "options".into(), Signal::derive(|| true))}
            <button id=ids::of(Some(key), "options") type="button" on:click=add>
                "Add an answer"
            </button>
        </fieldset>
    }
    .into_any()
}

/// What a run of that kind compares.
pub(super) fn contenders(editor: Editor, key: u32, kind: &str) -> AnyView {
    let count = counted(editor, key, List::Contenders);
    let known = figures(kind);
    let add = move |_| {
        let at = editor.change(|it| it.add_entry(&Place::of_question(key, "contenders"), json!({})));
        ids::focus(ids::of(Some(key), &format!("contenders[{at}].told")));
    };
    let contender = move |at: usize| {
        let within = format!("contenders[{at}]");
        let told = match known {
            Some(figures) => {
                let words = figures.map(|told| (told, figure(told)));
                select(editor, key, &format!("{within}.told"), CONTENDER[0].label, &words)
            }
            None => field(editor, Some(key), &within, &CONTENDER[0]),
        };
        view! {
            <fieldset class="edit-entry">
                <legend>{List::Contenders.entry(at)}</legend>
                {told}
                {field(editor, Some(key), &within, &CONTENDER[1])}
                {said_of(editor, Some(key), within.clone(), Signal::derive(|| true))}
                {moves(editor, key, List::Contenders, at, count)}
            </fieldset>
        }
        .into_any()
    };
    view! {
        <fieldset class="edit-list">
            <legend>"What is compared"</legend>
            <p class="edit-hint">
                {format!("{} figures that the run tells, all of one unit; students say which is faster.", how_many(false))}
            </p>
            {move || (0..count.get().min(MOST_ENTRIES)).map(&contender).collect_view()}
            {more(count)} {said_of(editor, Some(key), "contenders".into(), Signal::derive(|| true))}
            <button id=ids::of(Some(key), "contenders") type="button" on:click=add>
                "Add a figure"
            </button>
        </fieldset>
    }
    .into_any()
}
