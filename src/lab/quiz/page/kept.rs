//! What the browser keeps: which questions were missed. It can be forgotten, and taken along
//! as a code, also where the browser keeps nothing.

use leptos::prelude::*;

use super::state::Quiz;
use crate::model::progress::Progress;
use crate::page::questions;
use crate::page::text::text;

/// What is kept, as a code; a field for another code; and a way to forget it.
#[component]
pub(in crate::lab::quiz) fn Kept(quiz: Quiz) -> impl IntoView {
    let told = RwSignal::new(String::new());
    let given = RwSignal::new(String::new());
    let is_empty = move || quiz.progress.with(Progress::is_empty);
    let where_it_is = move || {
        quiz.progress.track();
        if questions::are_refused() {
            "This browser keeps nothing here: take the code along, and give it next time."
        } else {
            "Which questions you missed is kept in this browser only; they come back on another day or below another lab, changed."
        }
    };
    let forget = move |_| {
        questions::forget();
        quiz.progress.set(Progress::default());
        told.set("Forgotten.".into());
    };
    let take = move |_| match Progress::of_code(&given.get_untracked()) {
        Ok(other) => {
            let mut progress = quiz.progress.get_untracked();
            progress.merge(other);
            questions::write(&progress, quiz.page.lab);
            quiz.progress.set(progress);
            told.set("Taken in: what was missed on another day comes back the next time that you begin.".into());
        }
        Err(problem) => told.set(problem.into()),
    };
    view! {
        <details id="kept" class="kept">
            <summary>"What was missed"</summary>
            <p prop:textContent=text(where_it_is)></p>
            <div class="controls">
                <div class="field" hidden=is_empty>
                    <label for="progress-code">"Your code"</label>
                    <input
                        id="progress-code"
                        type="text"
                        readonly
                        translate="no"
                        prop:value=move || quiz.progress.with(Progress::code)
                    />
                </div>
                <div class="field">
                    <label for="given-code">"A code from before"</label>
                    <input
                        id="given-code"
                        type="text"
                        autocomplete="off"
                        spellcheck="false"
                        prop:value=move || given.get()
                        on:input=move |event| given.set(event_target_value(&event))
                    />
                </div>
                <div class="buttons">
                    <button id="take-code" type="button" on:click=take>
                        "Take it in"
                    </button>
                    <button id="forget-progress" type="button" hidden=is_empty on:click=forget>
                        "Forget it"
                    </button>
                </div>
            </div>
            <p id="kept-told" role="status" prop:textContent=text(move || told.get())></p>
        </details>
    }
}
