//! All that is wrong, each with a way to it.

use leptos::prelude::*;

use super::ids;
use super::state::{Editor, Opened};
use crate::lab::quiz::own::editor::check::Problem;
use crate::lab::quiz::own::editor::form::called;
use crate::lab::quiz::own::limits::FILE_BYTES;
use crate::page::text::{Text, text};

/// Problems that are listed, at most.
const MOST: usize = 50;

/// What is still to be done.
pub(super) fn to_do(editor: Editor) -> AnyView {
    let problems = Memo::new(move |_| editor.checked.with(|it| it.problems.clone()));
    let said = move || {
        let good = editor.checked.with(|it| it.good);
        let of = editor.draft.with(|it| it.keys().len());
        let can = match (good, of) {
            (1, 1) => "The question can be asked.".to_owned(),
            (0, 1) => "The question can't be asked yet.".to_owned(),
            (good, of) if good == of => format!("All {of} questions can be asked."),
            (good, of) => format!("Of {of} questions, {good} can be asked."),
        };
        match problems.with(Vec::len) {
            0 => can,
            1 => format!("{can} One thing is still to be done:"),
            count => format!("{can} {count} things are still to be done:"),
        }
    };
    let bytes = move || format!("The file has {} of at most {FILE_BYTES} bytes.", editor.checked.with(|it| it.bytes));
    let list = move || {
        let all = problems.get();
        let more = all.len().saturating_sub(MOST);
        let more = (more > 0).then(|| view! { <li prop:textContent=Text::from(format!("and {more} more"))></li> });
        let lines = all.into_iter().take(MOST).map(|it| line(editor, it)).collect_view();
        view! { <ul class="edit-to-do">{lines} {more}</ul> }
    };
    view! {
        <section id="edit-to-do" aria-labelledby="edit-to-do-title">
            <h2 id="edit-to-do-title">"What is still to be done"</h2>
            <p id="edit-to-do-said" prop:textContent=text(said)></p>
            {move || view! { <div>{list()}</div> }}
            <p class="edit-hint" prop:textContent=text(bytes)></p>
        </section>
    }
    .into_any()
}

fn line(editor: Editor, problem: Problem) -> AnyView {
    let name = match problem.question {
        Some(at) => format!("Question {}, {}", at + 1, lower(&called(&problem.said_at))),
        None if problem.said_at.is_empty() => "The file".to_owned(),
        None => called_of_quiz(&problem.said_at),
    };
    let spare = editor.draft.with_untracked(|it| problem.dispensable(it));
    let take_out = spare.map(|place| {
        let name = problem.field.clone();
        let press = move |_| {
            editor.change_for_now(format!("{name} is taken out."), |it| it.drop_field(&place));
            ids::focus("edit-to-do-title".into());
        };
        view! {
            <button type="button" class="link-button" aria-label=format!("Take it out: {}", problem.field) on:click=press>
                "Take it out"
            </button>
        }
    });
    let (question, said_at) = (problem.question, problem.said_at.clone());
    let go = move |_| {
        let key = question.and_then(|at| editor.draft.with_untracked(|it| it.keys().get(at).copied()));
        if key.is_some() {
            editor.open.set(Opened(key));
        }
        ids::focus(ids::to_focus(key, &said_at));
    };
    view! {
        <li>
            <button type="button" class="link-button" on:click=go prop:textContent=Text::from(name)></button>
            ": "
            <span prop:textContent=Text::from(problem.says)></span>
            {take_out}
        </li>
    }
    .into_any()
}

fn called_of_quiz(field: &str) -> String {
    use crate::lab::quiz::own::editor::form::QUIZ;
    QUIZ.iter().find(|it| it.name == field).map_or_else(|| called(field), |it| it.label.to_owned())
}

fn lower(name: &str) -> String {
    let mut letters = name.chars();
    let first = letters.next().into_iter().flat_map(char::to_lowercase);
    first.chain(letters).collect()
}

/// Goes to the first thing that is wrong.
pub(super) fn go_to_first(editor: Editor) {
    let first = editor.checked.with_untracked(|it| it.problems.iter().find(|it| it.is_grave).cloned());
    let Some(first) = first else { return };
    let key = first.question.and_then(|at| editor.draft.with_untracked(|it| it.keys().get(at).copied()));
    if key.is_some() {
        editor.open.set(Opened(key));
    }
    ids::focus(ids::to_focus(key, &first.said_at));
}
