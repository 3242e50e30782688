//! What is to be run once it was answered.

use leptos::prelude::*;

use super::control::own_program;
use super::question::YourAnswer;
use super::state::{Python, Quiz};
use crate::lab::quiz::item::Kind;
use crate::page::state::Activity;
use crate::page::text::text;

/// Run and Stop, and what goes on meanwhile.
#[component]
pub(in crate::lab::quiz) fn ToRun(quiz: Quiz) -> impl IntoView {
    let is_over = quiz.sitting.with_untracked(|it| it.is_over());
    let was_explained = quiz.card_untracked(|card| card.verdict.is_some()).unwrap_or_default();
    let has_failed = move || quiz.card(|card| card.failed.is_some()).unwrap_or_default();
    let is_busy = move || quiz.page.activity.get().is_busy();
    let said = move || match (quiz.python.get(), has_failed()) {
        (Python::Loading(sentence), false) if !is_busy() && is_python(quiz) => sentence,
        _ => quiz.card(|card| card.failed.clone()).flatten().unwrap_or_else(|| quiz.page.sentence.get()),
    };
    view! {
        <YourAnswer quiz />
        <div class="buttons run-stop">
            <button
                id="run"
                type="button"
                class="primary"
                aria-disabled=move || is_busy().then_some("true")
                on:click=move |_| quiz.page.request_run()
            >
                "Run it"
            </button>
            <button
                id="stop"
                type="button"
                disabled=move || quiz.page.activity.get() != Activity::Running
                on:click=move |_| quiz.page.request_stop()
            >
                "Stop"
            </button>
        </div>
        <p id="running" class="status" prop:textContent=text(said)></p>
        <p hidden=move || !has_failed() || is_busy()>
            <button id="without-run" type="button" on:click=move |_| quiz.act(|it| it.without_run())>
                "Explain it without a run"
            </button>
        </p>
        <p hidden=!(is_over || was_explained)>
            <button type="button" class="link-button" on:click=move |_| quiz.act(|it| it.next())>
                {if is_over { "Back to your answers" } else { "Go on without it" }}
            </button>
        </p>
        <Program quiz />
    }
}

fn is_python(quiz: Quiz) -> bool {
    quiz.card_untracked(|card| card.item.run.kind == Kind::Python).unwrap_or_default()
}

/// What is run, to be read.
#[component]
pub(in crate::lab::quiz) fn Program(quiz: Quiz) -> impl IntoView {
    let script = |name: &str| quiz.scripts.with_value(|it| it.as_ref().and_then(|it| it.get(name).cloned()));
    let source = quiz.card_untracked(|card| own_program(card, script));
    source.flatten().map(|(name, source)| {
        // What came with a file is shown before it is run, as what came with a link is.
        let came = quiz.is_own();
        view! {
            <details class="program" open=came>
                <summary>"What is run: " <code translate="no">{name}</code></summary>
                {came.then(|| view! { <p class="soft">"This script came with the quiz file. Run starts it, and nothing else does."</p> })}
                <pre translate="no" tabindex="0" aria-label="The script">{source}</pre>
            </details>
        }
    })
}
