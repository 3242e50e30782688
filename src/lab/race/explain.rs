//! After a run: what was guessed, three causes to pick from, then the
//! explanation that the figures give, and one change to try.

use leptos::prelude::*;

use super::explanation::{Explanation, Offers, Term, explain};
use super::guess::{self, Finished};
use crate::model::capabilities::Capabilities;
use crate::model::prediction::Prediction;
use crate::model::settings::Executor;
use crate::page::state::State;

/// The block below the headline of a finished run.
#[component]
pub(crate) fn Explain(state: State) -> impl IntoView {
    let explanation = Memo::new(move |_| {
        let simd = state.capabilities.with(|it| it.as_ref().is_some_and(|it: &Capabilities| it.simd));
        let predicted = state.predicted.get();
        // Of two races the smaller one has the lesson; the larger one is its answer.
        state.rungs.with(|rungs| {
            let has_larger = rungs.len() > 1;
            // That lesson is about the pools.
            let is_pool = |it: &Prediction| matches!(it.first, Some(Executor::Process | Executor::Thread));
            let predicted = predicted.filter(|it| !has_larger || is_pool(it));
            rungs.first().and_then(|report| explain(report, predicted, Offers { simd, more_members: !has_larger }))
        })
    });
    view! {
        <div class="explain">
            <p class="guess">{move || how_it_came_off(state)}</p>
            {move || explanation.get().map(|explanation| view! { <Causes state explanation /> })}
        </div>
    }
}

/// The guess and how it came off, in every race that is shown.
fn how_it_came_off(state: State) -> Option<String> {
    let predicted = state.predicted.get()?;
    Some(state.rungs.with(|rungs| {
        let races: Vec<_> =
            rungs.iter().map(|it| Finished { members: it.settings.members, results: &it.results }).collect();
        guess::sentence(predicted, &races)
    }))
}

#[component]
fn Causes(state: State, explanation: Explanation) -> impl IntoView {
    let is_open = move || state.is_explained.get() || state.cause.with(Option::is_some);
    let truth = explanation.term;
    let pick = move |term: Term| {
        let is_picked = move || state.cause.get() == Some(term);
        let mark = move || match (is_open(), truth == term, is_picked()) {
            (true, true, _) => "✓ ",
            (true, false, true) => "✗ ",
            _ => "",
        };
        view! {
            <button
                type="button"
                class="cause"
                data-cause=term.name()
                aria-pressed=move || if is_picked() { "true" } else { "false" }
                disabled=move || is_open() && !is_picked() && truth != term
                on:click=move |_| {
                    if !is_open() {
                        state.cause.set(Some(term));
                    }
                }
            >
                {mark}
                {term.as_cause()}
            </button>
        }
    };
    let text = explanation.text.clone();
    let said = move || {
        is_open().then(|| {
            let begin = match state.cause.get() {
                Some(picked) if picked == truth => "The figures agree. ",
                Some(_) => "The figures say otherwise. ",
                None => "",
            };
            format!("{begin}{text}")
        })
    };
    let change = explanation.change.clone();
    view! {
        <div class="causes" role="group" aria-labelledby="why">
            <p id="why" class="why">{explanation.question.clone()}</p>
            {Term::ALL.map(pick).collect_view()}
            <button
                type="button"
                id="explain"
                class="link-button"
                hidden=is_open
                on:click=move |_| state.is_explained.set(true)
            >
                "Just tell me"
            </button>
        </div>
        <div class="told">
        <p id="explanation" class="explanation" role="status">
            {said}
        </p>
        {move || {
            let change = change.clone().filter(|_| is_open())?;
            let label = change.label.clone();
            Some(
                view! {
                    <button
                        type="button"
                        id="try"
                        class="try"
                        on:click=move |_| state.try_change(&change)
                    >
                        {label}
                        " →"
                    </button>
                },
            )
        }}
        </div>
    }
}
