//! A field with its limit, and what is wrong with it, in words, where it is.

use leptos::prelude::*;

use super::ids;
use super::state::Editor;
use crate::lab::quiz::own::editor::draft::Place;
use crate::lab::quiz::own::editor::form::{Field, Of};
use crate::lab::quiz::own::limits::range;
use crate::page::text::text;

/// The field of this name below `within`, of a question or of the quiz.
pub(super) fn field(editor: Editor, question: Option<u32>, within: &str, field: &'static Field) -> AnyView {
    let path = if within.is_empty() { field.name.to_owned() } else { format!("{within}.{}", field.name) };
    let place = Place { question, field: path.clone() };
    let id = ids::of(question, &path);
    let (hint_id, error_id) = (format!("{id}-hint"), format!("{id}-error"));
    let described_by = format!("{hint_id} {error_id}");
    let was_left = RwSignal::new(false);
    let value = {
        let place = place.clone();
        Memo::new(move |_| editor.draft.with(|it| it.text(&place)))
    };
    // Where nobody has been yet, nothing is amiss for being empty.
    let said = Memo::new(move |_| {
        let is_shown = was_left.get() || editor.shows_all.get() || !value.with(String::is_empty);
        if is_shown { editor.said(question, &path) } else { String::new() }
    });
    let is_invalid = move || said.with(|it| if it.is_empty() { "false" } else { "true" });
    let hint = hint(field);
    let count = move || count(field, &value.get());
    let write = move |event| editor.write(&place, &event_target_value(&event));
    let leave = move |_| {
        was_left.set(true);
        editor.check();
    };
    let is_code = field.of != Of::Words;
    let (direction, spelling) = if is_code { ("ltr", "false") } else { ("auto", "true") };
    let mode = if field.of == Of::Number { "decimal" } else { "text" };
    let class = if is_code { "edit-code" } else { "" };
    let translate = if is_code { "no" } else { "yes" };
    let entry = if field.rows > 1 {
        view! {
            <textarea
                id=id.clone()
                class=class
                rows=field.rows.to_string()
                dir=direction
                spellcheck=spelling
                translate=translate
                autocapitalize=if is_code { "off" } else { "sentences" }
                aria-describedby=described_by
                aria-invalid=is_invalid
                prop:value=move || value.get()
                on:input=write
                on:blur=leave
            ></textarea>
        }
        .into_any()
    } else {
        view! {
            <input
                id=id.clone()
                type="text"
                class=class
                inputmode=mode
                autocomplete="off"
                dir=direction
                spellcheck=spelling
                translate=translate
                aria-describedby=described_by
                aria-invalid=is_invalid
                prop:value=move || value.get()
                on:input=write
                on:blur=leave
            />
        }
        .into_any()
    };
    view! {
        <div class="edit-field">
            <label for=id>{field.label}</label>
            <span class="edit-count" translate="no" aria-hidden="true" prop:textContent=text(count)></span>
            {entry}
            <p id=hint_id class="edit-hint">
                {hint}
            </p>
            <p id=error_id class="field-error" prop:textContent=text(move || said.get())></p>
        </div>
    }
    .into_any()
}

/// What there is to know of a field: how much it may hold, and more.
fn hint(field: &Field) -> String {
    let limit = match field.of {
        // Of a share, its label says it.
        Of::Number if *field.limit.start() == 0 => String::new(),
        Of::Number => format!("A whole number, {}.", range(&field.limit)),
        _ => format!("At most {} characters.", field.limit.end()),
    };
    if field.hint.is_empty() { limit } else { format!("{} {limit}", field.hint) }
}

fn count(field: &Field, value: &str) -> String {
    let count = value.chars().count();
    let is_near = count * 4 > field.limit.end() * 3;
    if field.of == Of::Number || !is_near { String::new() } else { format!("{count} of {}", field.limit.end()) }
}

/// What is said of something that is no single field.
pub(super) fn said_of(editor: Editor, question: Option<u32>, path: String, is_shown: Signal<bool>) -> AnyView {
    let id = format!("{}-error", ids::of(question, &path));
    let said = move || is_shown.get().then(|| editor.said(question, &path));
    view! { <p id=id class="field-error" prop:textContent=text(said)></p> }.into_any()
}

/// One of a few words; what a file has besides stands there, too.
pub(super) fn select(
    editor: Editor,
    key: u32,
    path: &str,
    label: &'static str,
    words: &[(&'static str, &'static str)],
) -> AnyView {
    let place = Place::of_question(key, path);
    let id = ids::of(Some(key), path);
    let error_id = format!("{id}-error");
    let known: Vec<_> = words.iter().map(|it| it.0).collect();
    let value = {
        let place = place.clone();
        Memo::new(move |_| editor.draft.with(|it| it.text(&place)))
    };
    let path = path.to_owned();
    let said = Memo::new(move |_| {
        let is_shown = editor.shows_all.get() || !value.with(String::is_empty);
        if is_shown { editor.said(Some(key), &path) } else { String::new() }
    });
    let other = move || value.with(|it| !known.contains(&it.as_str()));
    let option = move |(word, words): (&'static str, &'static str)| {
        view! {
            <option value=word prop:selected=move || value.with(|it| it == word)>
                {words}
            </option>
        }
    };
    let choose = move |event| {
        editor.write(&place, &event_target_value(&event));
        editor.check();
    };
    view! {
        <div class="edit-field">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                aria-describedby=error_id.clone()
                aria-invalid=move || said.with(|it| if it.is_empty() { "false" } else { "true" })
                on:change=choose
            >
                {words.iter().copied().map(option).collect_view()}
                <option
                    value=move || value.get()
                    hidden={
                        let other = other.clone();
                        move || !other()
                    }
                    prop:selected=other
                    prop:textContent=text(move || value.with(|it| if it.is_empty() { "choose one".into() } else { it.clone() }))
                ></option>
            </select>
            <p id=error_id class="field-error" prop:textContent=text(move || said.get())></p>
        </div>
    }
    .into_any()
}
