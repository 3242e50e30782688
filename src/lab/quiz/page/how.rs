//! The settings: which questions are asked, and how.

use leptos::prelude::*;

use super::own;
use super::state::Quiz;
use crate::view::copy_link::CopyLink;
use crate::view::field::fields;

/// Which questions, and how they are asked.
#[component]
pub(super) fn HowAsked(quiz: Quiz) -> impl IntoView {
    let names = ["item", "set", "feedback", "attempts", "seed", "workers", "theme"];
    view! {
        <details class="quiz-settings">
            <summary>"Which questions, and how"</summary>
            <form id="settings" autocomplete="off" novalidate on:submit=|event| event.prevent_default()>
                <div class="controls">
                    {fields(quiz.page, &names)}
                    <div class="field">
                        <label for="quiz-file">"A quiz file of your own"</label>
                        <input id="quiz-file" type="file" accept=".json,application/json" on:change=move |event| own::picked(quiz, &event) />
                    </div>
                    <div class="buttons">
                        <button id="write-own" type="button" on:click=move |_| quiz.editing.set(true)>
                            "Write your own questions"
                        </button>
                    </div>
                    <div class="buttons"><CopyLink page=quiz.page /></div>
                </div>
            </form>
        </details>
    }
}
