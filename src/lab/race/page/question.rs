//! The first visit: one question, four large answers. Choosing runs it.

use std::cell::Cell;

use leptos::html::Canvas;
use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::lab::race::attractor::page::backdrop;
use crate::model::prediction::Prediction;
use crate::model::settings::Executor;
use crate::page::state::Page;
use crate::page::visit;
use crate::pool::on_demand::OnDemand;
use crate::view::verdict::short_name;

thread_local! {
    /// What was answered, until the lab takes it up.
    static ANSWER: Cell<Option<Option<Prediction>>> = const { Cell::new(None) };
}

/// What was answered to the question, once: a prediction, or none.
pub(in crate::lab::race) fn take_answer() -> Option<Option<Prediction>> {
    ANSWER.take()
}

/// Leads to the lab, which then runs both races of a first visit. While one answer
/// waits for the lab, others are none.
fn answer(page: Page, prediction: Option<Prediction>) {
    if page.opening.get_value() {
        return;
    }
    visit::remember();
    ANSWER.set(Some(prediction));
    page.show_lab();
}

/// The question with its answers.
pub(in crate::lab::race) fn question(page: Page) -> AnyView {
    view! { <Question page /> }.into_any()
}

#[component]
fn Question(page: Page) -> impl IntoView {
    let (members, cores) = page.values.with_untracked(|it| {
        let whole = |name| it.whole(name).unwrap_or_default();
        (whole("members"), whole("workers"))
    });
    let cores_text = if cores == 1 { "1 core".into() } else { format!("{cores} cores") };
    let choice = move |first: Executor| {
        view! {
            <li>
                <button
                    type="button"
                    class="answer"
                    data-executor=first.name()
                    on:click=move |_| answer(page, Some(Prediction { first: Some(first), ..Prediction::default() }))
                >
                    <i class="bar" aria-hidden="true"></i>
                    <span class="answer-name" translate="no">{short_name(first)}</span>
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
                {Executor::ALL.map(choice).collect_view()}
            </ul>
            <p class="lead">
                "Choosing runs all four, here and now: 30 simulations, then 10,000. "
                <button id="just-show" type="button" class="link-button" on:click=move |_| answer(page, None)>
                    "Just show me"
                </button>
            </p>
            <Backdrop page />
        </section>
    }
}

/// What this is about; there as soon as the rest of the program is.
#[component]
fn Backdrop(page: Page) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let is_here = RwSignal::new(false);
    Effect::new(move || {
        if page.is_whole.get() {
            // Where it can't be had, nothing is missing but an ornament. Whoever has answered
            // meanwhile has left this page behind.
            spawn_local(async move {
                let _ = is_here.try_set(OnDemand::Backdrop.bring().await.is_ok());
            });
        }
    });
    Effect::new(move || {
        if is_here.get() {
            backdrop::follow(page, canvas);
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
