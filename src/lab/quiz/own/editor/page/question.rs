//! A question: a line with what can be done with it, and below that, once it is opened, all of it.

use leptos::prelude::*;

use super::entries::options;
use super::field::{field, said_of};
use super::run::run;
use super::state::{Editor, Opened};
use super::{ids, take};
use crate::lab::quiz::own::editor::form::{BEFORE, BEHIND, NAMES};
use crate::page::text::text;

/// The question with this key.
pub(super) fn question(editor: Editor, key: u32) -> AnyView {
    let is_open = Memo::new(move |_| editor.open.get() == Opened(Some(key)));
    let at = move || editor.draft.with(|it| it.index_of(key)).unwrap_or_default();
    let name = move || {
        let name = editor.draft.with(|it| it.name(key));
        let name = if name.trim().is_empty() { "Not written yet".to_owned() } else { name };
        format!("{}. {name}", at() + 1)
    };
    let state = move || match editor.checked.with(|it| it.count(at())) {
        0 => "can be asked".to_owned(),
        1 => "one thing to do".to_owned(),
        count => format!("{count} things to do"),
    };
    let is_ready = move || editor.checked.with(|it| it.count(at())) == 0;
    let form_id = ids::of(Some(key), "form");
    let toggle = move |_| editor.open.update(|open| open.0 = if open.0 == Some(key) { None } else { Some(key) });
    view! {
        <li class="edit-question" data-open=move || is_open.get().then_some("")>
            <div class="edit-head">
                <h3>
                    <button
                        id=ids::of(Some(key), "")
                        type="button"
                        class="edit-open"
                        aria-expanded=move || if is_open.get() { "true" } else { "false" }
                        aria-controls=form_id.clone()
                        on:click=toggle
                    >
                        <span dir="auto" prop:textContent=text(name)></span>
                    </button>
                </h3>
                <span class="edit-state" data-ready=move || is_ready().then_some("") prop:textContent=text(state)></span>
                {moves(editor, key)}
            </div>
            <div id=form_id hidden=move || !is_open.get()>
                {move || is_open.get().then(|| view! { <div class="edit-form">{form(editor, key)}</div> })}
            </div>
        </li>
    }
    .into_any()
}

fn moves(editor: Editor, key: u32) -> AnyView {
    let number = move || editor.draft.with(|it| it.index_of(key)).unwrap_or_default() + 1;
    let shift = move |is_up: bool, what: &'static str| {
        move |_| {
            let before = number();
            if editor.change(|it| it.shift(key, is_up)) {
                let after = if is_up { before - 1 } else { before + 1 };
                editor.told.set(format!("Question {before} is now question {after}."));
                ids::focus(ids::of(Some(key), what));
            }
        }
    };
    let duplicate = move |_| {
        let before = number();
        if let Some(copy) = editor.change(|it| it.duplicate(key)) {
            editor.told.set(format!("Question {before} is there twice: the copy is question {}.", before + 1));
            editor.open.set(Opened(Some(copy)));
            ids::focus(ids::of(Some(copy), "question"));
        }
    };
    let remove = move |_| {
        let before = number();
        editor.change_for_now(format!("Question {before} removed."), |it| it.remove(key));
        let next = editor.draft.with_untracked(|it| it.keys().get(before - 1).or(it.keys().last()).copied());
        ids::focus(next.map_or_else(|| ids::of(None, "questions"), |next| ids::of(Some(next), "")));
    };
    let named = move |what: &'static str| move || format!("{what} question {}", number());
    view! {
        <div class="edit-moves">
            <button id=ids::of(Some(key), "up") type="button" class="edit-small" aria-label=named("Move up:") on:click=shift(true, "up")>
                "Up"
            </button>
            <button id=ids::of(Some(key), "down") type="button" class="edit-small" aria-label=named("Move down:") on:click=shift(false, "down")>
                "Down"
            </button>
            <button id=ids::of(Some(key), "duplicate") type="button" class="edit-small" aria-label=named("Duplicate") on:click=duplicate>
                "Duplicate"
            </button>
            <button id=ids::of(Some(key), "remove") type="button" class="edit-small" aria-label=named("Remove") on:click=remove>
                "Remove"
            </button>
        </div>
    }
    .into_any()
}

fn form(editor: Editor, key: u32) -> AnyView {
    let fields = move |fields: &'static [crate::lab::quiz::own::editor::form::Field]| {
        fields.iter().map(|it| field(editor, Some(key), "", it)).collect_view()
    };
    let attempt = move |_| take::attempt(editor, Some(key));
    view! {
        {said_of(editor, Some(key), String::new(), Signal::derive(|| true))}
        {fields(&BEFORE)}
        {options(editor, key)}
        {fields(&BEHIND)}
        {run(editor, key)}
        <div class="edit-fields">{fields(&NAMES)}</div>
        <div class="edit-moves">
            <button id=ids::of(Some(key), "try") type="button" on:click=attempt>
                "Try this question"
            </button>
        </div>
    }
    .into_any()
}
