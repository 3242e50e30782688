//! What a question runs before it is explained.

use leptos::prelude::*;

use super::entries::contenders;
use super::field::{field, said_of, select};
use super::ids;
use super::state::Editor;
use crate::lab::quiz::own::editor::draft::Place;
use crate::lab::quiz::own::editor::form::{self, RUNS};
use crate::lab::quiz::own::limits::DATA;
use crate::page::text::text;

/// What is run, of all that can be, and what that needs.
pub(super) fn run(editor: Editor, key: u32) -> AnyView {
    let kind = Memo::new(move |_| {
        editor.draft.with(|it| match it.kind(key) {
            Some(kind) => kind.to_owned(),
            None if it.value(&Place::of_question(key, "run")).is_some() => "?".to_owned(),
            None => String::new(),
        })
    });
    let is_known = move |kind: &str| RUNS.iter().any(|it| it.0 == kind);
    let choose = move |event| {
        let wanted = event_target_value(&event);
        if wanted == kind.get_untracked() {
            return;
        }
        let told = if kind.with_untracked(String::is_empty) {
            "The question runs something now: an example to begin with.".to_owned()
        } else {
            "What the question ran was set aside.".to_owned()
        };
        editor.change_for_now(told, |it| Some(it.run(key, Some(wanted.as_str()).filter(|it| !it.is_empty()))));
    };
    let option = move |(word, words): (&'static str, &'static str)| {
        view! {
            <option value=word prop:selected=move || kind.with(|it| it == word)>
                {words}
            </option>
        }
    };
    let id = ids::of(Some(key), "run.kind");
    let error_id = format!("{id}-error");
    view! {
        <fieldset class="edit-list">
            <legend>"What is run"</legend>
            <div class="edit-field">
                <label for=id.clone()>"Before it is explained, it runs"</label>
                <select id=id aria-describedby=error_id on:change=choose>
                    {RUNS.iter().copied().map(option).collect_view()}
                    <option
                        value="?"
                        hidden=move || kind.with(|it| is_known(it))
                        prop:selected=move || kind.with(|it| !is_known(it))
                    >
                        "something that the lab does not know"
                    </option>
                </select>
                {said_of(editor, Some(key), "run.kind".into(), Signal::derive(|| true))}
                {said_of(editor, Some(key), "run".into(), Signal::derive(|| true))}
            </div>
            {move || kind.with(|kind| view! { <div>{of_kind(editor, key, kind)}</div> })}
        </fieldset>
    }
    .into_any()
}

fn of_kind(editor: Editor, key: u32, kind: &str) -> Option<AnyView> {
    if kind.is_empty() {
        return None;
    }
    let fields = form::of_run(kind).iter().map(|it| field(editor, Some(key), "run", it)).collect_view();
    let gil = form::is_script(kind).then(|| gil(editor, key));
    let data = form::has_data(kind).then(|| {
        let (label, words) = form::DATA;
        let words = [(DATA[0], words[0]), (DATA[1], words[1])];
        select(editor, key, "run.data", label, &words)
    });
    Some(
        view! {
            <div class="edit-fields">{fields} {data}</div>
            {gil}
            {contenders(editor, key, kind)}
            {rules(editor, key)}
        }
        .into_any(),
    )
}

/// Whether a script's threads take turns; they do where nothing is said.
fn gil(editor: Editor, key: u32) -> AnyView {
    let place = Place::of_question(key, "run.gil");
    let is_free = {
        let place = place.clone();
        move || editor.draft.with(|it| it.value(&place) == Some(&false.into()))
    };
    let mark = move |event| {
        let is_free = event_target_checked(&event);
        editor.change(|it| if is_free { it.put(&place, false.into()) } else { drop(it.take_out(&place)) });
    };
    view! {
        <label class="check">
            <input id=ids::of(Some(key), "run.gil") type="checkbox" prop:checked=is_free on:change=mark />
            "Without the GIL: threads run side by side"
        </label>
        {said_of(editor, Some(key), "run.gil".into(), Signal::derive(|| true))}
    }
    .into_any()
}

/// What the form has no fields for, and keeps.
fn rules(editor: Editor, key: u32) -> AnyView {
    let place = Place::of_question(key, "rules");
    let said = move || match editor.draft.with(|it| it.count(&place)) {
        0 => None,
        1 => Some("One rule says what a run shows. It stays in the file; this form does not show it.".to_owned()),
        count => {
            Some(format!("{count} rules say what a run shows. They stay in the file; this form does not show them."))
        }
    };
    view! { <p class="edit-hint" prop:textContent=text(said)></p> }.into_any()
}
