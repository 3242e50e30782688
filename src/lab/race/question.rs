//! The first visit: one question, four large answers. Choosing runs it.

use leptos::html::Canvas;
use leptos::prelude::*;

use crate::lab::race::attractor::backdrop;
use crate::model::prediction::Prediction;
use crate::model::settings::Executor;
use crate::page::state::State;
use crate::view::verdict::short_name;

/// The question with its answers.
#[component]
pub(crate) fn Question(state: State) -> impl IntoView {
    let (members, cores) = state.settings.with_untracked(|it| (it.members, it.workers));
    let cores_text = if cores == 1 { "1 core".into() } else { format!("{cores} cores") };
    let answer = move |first: Executor| {
        view! {
            <li>
                <button
                    type="button"
                    class="answer"
                    data-executor=first.name()
                    on:click=move |_| state.answer(Some(Prediction { first: Some(first), ..Prediction::default() }))
                >
                    <i class="bar" aria-hidden="true"></i>
                    <span class="answer-name">{short_name(first)}</span>
                    <span class="answer-what">{what(first, cores)}</span>
                </button>
            </li>
        }
    };
    view! {
        <section class="question" aria-labelledby="question">
            <p class="lead">
                "Your browser reports " <strong>{cores_text}</strong> "."
            </p>
            <h1 id="question">
                {format!("{members} simulations of chaotic weather. ")}
                <span>"Which way of running them finishes first?"</span>
            </h1>
            <ul class="answers" aria-label="Choose an answer: it runs at once">
                {Executor::ALL.map(answer).collect_view()}
            </ul>
            <p class="lead">
                "Choosing runs all four, here and now: 30 simulations, then 10,000. "
                <button id="just-show" type="button" class="link-button" on:click=move |_| state.answer(None)>
                    "Just show me"
                </button>
            </p>
            <Backdrop state />
        </section>
    }
}

/// What this is about; there as soon as the rest of the program is.
#[component]
fn Backdrop(state: State) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    Effect::new(move || {
        if state.is_whole.get() {
            backdrop::follow(state, canvas);
        }
    });
    view! { <canvas node_ref=canvas class="backdrop" aria-hidden="true"></canvas> }
}

fn what(executor: Executor, cores: u32) -> String {
    match (executor, cores) {
        (Executor::Serial, _) => "one after the other".into(),
        (Executor::Vectorized, _) => "all of them in each step, in SIMD lanes".into(),
        (Executor::Process, 1) => "1 worker with a memory of its own".into(),
        (Executor::Process, _) => format!("{cores} workers, each with a memory of its own"),
        (Executor::Thread, 1) => "1 thread on shared memory".into(),
        (Executor::Thread, _) => format!("{cores} threads on one shared memory"),
    }
}
