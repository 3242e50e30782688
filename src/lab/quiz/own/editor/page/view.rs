//! The whole editor.

use leptos::prelude::*;

use super::field::{field, said_of};
use super::question::question;
use super::state::{Editor, Opened};
use super::to_do::to_do;
use super::{ids, kept, take};
use crate::lab::quiz::own::editor::form::{MOST_QUESTIONS, QUIZ};
use crate::lab::quiz::own::limits::{QUESTIONS, range};
use crate::lab::quiz::page::own;
use crate::lab::quiz::page::state::Quiz;
use crate::page::text::{Text, text};
use crate::view::takeaway::by_hand;

const TITLE: &str = "edit-heading";

/// In the quiz's place, while somebody edits.
pub(super) fn editor(quiz: Quiz) -> AnyView {
    let editor = Editor::new(quiz);
    Effect::new(move |_| {
        if quiz.editing.get() {
            ids::focus(TITLE.into());
        }
    });
    let close = move |_| {
        quiz.editing.set(false);
        ids::focus("write-own".into());
    };
    view! {
        <section
            id="own-editor"
            class="own-editor"
            aria-labelledby=TITLE
            hidden=move || !quiz.editing.get()
            on:dragover=move |event| own::dragged(&event)
            on:drop=move |event| take::dropped(editor, &event)
        >
            <button id="edit-close" type="button" class="link-button" on:click=close>
                "Back to the quiz"
            </button>
            <h1 id=TITLE tabindex="-1">
                "Write your own questions"
            </h1>
            <p>
                "What you write here becomes a file. Who opens it with this lab is asked your questions instead of ours. \
                 It is for learning, not for marks: the right answers are in the file, and whoever has it can read them."
            </p>
            {beginnings(editor)}
            {told(editor)}
            <div class="edit-fields edit-quiz">{QUIZ.iter().map(|it| field(editor, None, "", it)).collect_view()}</div>
            {questions(editor)}
            {to_do(editor)}
            {ends(editor)}
        </section>
    }
    .into_any()
}

/// With what to begin.
fn beginnings(editor: Editor) -> AnyView {
    view! {
        <div class="edit-tools">
            <div class="edit-file">
                <label for="edit-file">"Open a quiz file"</label>
                <input id="edit-file" type="file" accept=".json,application/json" on:change=move |event| take::picked(editor, &event) />
            </div>
            <button id="edit-example" type="button" on:click=move |_| take::begin_with_example(editor)>
                "Begin with an example"
            </button>
            <button
                id="edit-anew"
                type="button"
                disabled=move || editor.draft.with(|it| it.is_blank())
                on:click=move |_| take::begin_anew(editor)
            >
                "Delete the draft"
            </button>
        </div>
    }
    .into_any()
}

/// What was done, and how to take it back; and what is to be known of the draft.
fn told(editor: Editor) -> AnyView {
    let has_undo = move || editor.undone.with(|it| !it.is_empty());
    let fault = |line: String| view! { <li prop:textContent=Text::from(line)></li> };
    let faults = move || {
        let faults = editor.faults.get();
        (!faults.is_empty()).then(|| {
            view! {
                <details class="edit-faults" open>
                    <summary>"What was wrong with the file, by its lines"</summary>
                    <ul>{faults.into_iter().map(fault).collect_view()}</ul>
                </details>
            }
        })
    };
    let take_over = move |_| {
        editor.is_elsewhere.set(false);
        if let Ok(Some(draft)) = kept::read() {
            editor.replace(draft, "This is the draft of the other tab.".into());
        }
    };
    view! {
        <div class="edit-told">
            <p id="edit-told" role="status" prop:textContent=text(move || editor.told.get())></p>
            <button id="edit-undo" type="button" hidden=move || !has_undo() on:click=move |_| editor.undo()>
                "Undo"
            </button>
        </div>
        <p id="edit-kept" class="edit-warning" role="status" prop:textContent=text(move || editor.kept.get().sentence())></p>
        <p class="edit-warning" hidden=move || !editor.is_elsewhere.get()>
            "The draft was changed in another tab. What you write here takes its place. "
            <button type="button" class="link-button" on:click=take_over>
                "Go on with that of the other tab"
            </button>
        </p>
        {faults}
    }
    .into_any()
}

fn questions(editor: Editor) -> AnyView {
    let keys = move || editor.draft.with(|it| it.keys().iter().copied().take(MOST_QUESTIONS).collect::<Vec<_>>());
    let more = move || {
        let more = editor.draft.with(|it| it.keys().len()).saturating_sub(MOST_QUESTIONS);
        (more > 0).then(|| format!("{more} more are in the file, and not shown here."))
    };
    let add = move |_| {
        let key = editor.change(|it| it.add());
        editor.open.set(Opened(Some(key)));
        editor.told.set(format!("Question {} is new.", editor.draft.with_untracked(|it| it.keys().len())));
        ids::focus(ids::of(Some(key), "question"));
    };
    view! {
        <h2>"Questions"</h2>
        <p class="edit-hint">
            {format!("{}. Texts may have *emphasis*, **strong** words, `code`, lists and links, but for the question itself.", range(&QUESTIONS))}
        </p>
        <ol class="edit-questions">
            <For each=keys key=|key| u64::from(*key) children=move |key| question(editor, key) />
        </ol>
        <p class="edit-hint" prop:textContent=text(more)></p>
        {said_of(editor, None, "questions".into(), Signal::derive(|| true))}
        <button id=ids::of(None, "questions") type="button" on:click=add>
            "Add a question"
        </button>
    }
    .into_any()
}

/// What to do with it in the end.
fn ends(editor: Editor) -> AnyView {
    let name = move || editor.draft.with(|it| it.file_name());
    let how = move || {
        format!(
            "Hand the file out: it is dropped onto the quiz, or picked there. Or put it beside the lab on your site, \
             and give this link: ?lab=quiz&quiz={}",
            name()
        )
    };
    let to_copy = move |what| by_hand(what, "quiz");
    view! {
        <section aria-labelledby="edit-ends-title">
            <h2 id="edit-ends-title">"Try it, and take it with you"</h2>
            <div class="edit-tools">
                <button id="edit-try" type="button" class="primary" on:click=move |_| take::attempt(editor, None)>
                    "Try these questions"
                </button>
                <button id="edit-download" type="button" on:click=move |_| take::download(editor)>
                    "Download the file"
                </button>
                <button id="edit-copy" type="button" on:click=move |_| take::copy(editor)>
                    "Copy its text"
                </button>
            </div>
            <output id="edit-taken" class="taken" prop:textContent=text(move || editor.delivery.told.get())></output>
            {move || editor.delivery.by_hand.get().map(to_copy)}
            <p class="edit-hint" prop:textContent=text(how)></p>
        </section>
    }
    .into_any()
}
