//! After a run: what was guessed, three causes to pick from, then the
//! explanation that the figures give, and one change to try.

use leptos::prelude::*;

use super::explanation::{Explanation, Term, explain};
use super::verdict::short_name;
use crate::model::capabilities::Capabilities;
use crate::model::settings::Executor;
use crate::ui::state::State;

/// The block below the headline of a finished run.
#[component]
pub(crate) fn Explain(state: State) -> impl IntoView {
    let explanation = Memo::new(move |_| {
        let simd = state.capabilities.with(|it| it.as_ref().is_some_and(|it: &Capabilities| it.simd));
        let predicted = state.predicted.get();
        state.report.with(|report| report.as_ref().and_then(|report| explain(report, predicted, simd)))
    });
    view! {
        <div class="explain">
            <p class="guess">{move || guess(state)}</p>
            {move || explanation.get().map(|explanation| view! { <Causes state explanation /> })}
        </div>
    }
}

/// The guess and how it came off, in every race that is shown.
fn guess(state: State) -> Option<String> {
    let predicted = state.predicted.get()?;
    let Some(first) = predicted.first else {
        return Some("You were not sure: now you can see.".into());
    };
    let winners: Vec<Executor> = state.rungs.with(|rungs| {
        let fastest = |results: &Vec<crate::model::report::ExecutorResult>| {
            let timed = results.iter().filter_map(|it| it.wall_ms.map(|wall| (it.executor, wall.median)));
            timed.min_by(|a, b| a.1.total_cmp(&b.1)).map(|it| it.0)
        };
        rungs.iter().filter_map(|it| fastest(&it.results)).collect()
    });
    let name = short_name(first);
    let hits = winners.iter().filter(|winner| **winner == first).count();
    Some(match (hits, winners.as_slice()) {
        (_, []) => format!("You guessed {name}."),
        (0, [.., last]) => format!("You guessed {name}; fastest was {}.", short_name(*last)),
        (hits, all) if hits == all.len() => format!("You guessed {name}: so it is, here."),
        _ => format!("You guessed {name}: right for one of the two."),
    })
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
