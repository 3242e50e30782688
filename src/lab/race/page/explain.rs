//! After a run: what was guessed, three causes to pick from, then the
//! explanation that the figures give, and one change to try.

use leptos::prelude::*;

use super::state::Race;
use crate::lab::race::explanation::{Explanation, Offers, Term, explain};
use crate::lab::race::guess::{self, Finished};
use crate::model::capabilities::Capabilities;
use crate::model::prediction::Prediction;
use crate::model::settings::Executor;
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;

/// The block below the headline of a finished run.
#[component]
pub(crate) fn Explain(race: Race) -> impl IntoView {
    let has_run = Memo::new(move |_| race.report.with(Option::is_some));
    later(OnDemand::Results, has_run, move || when_run(race))
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(race: Race) -> AnyView {
    let explanation = Memo::new(move |_| {
        let simd = race.page.capabilities.with(|it| it.as_ref().is_some_and(|it: &Capabilities| it.simd));
        let predicted = race.predicted.get();
        // Of two races the smaller one has the lesson; the larger one is its answer.
        race.rungs.with(|rungs| {
            let has_larger = rungs.len() > 1;
            // That lesson is about the pools.
            let is_pool = |it: &Prediction| matches!(it.first, Some(Executor::Process | Executor::Thread));
            let predicted = predicted.filter(|it| !has_larger || is_pool(it));
            rungs.first().and_then(|report| explain(report, predicted, Offers { simd, more_members: !has_larger }))
        })
    });
    view! {
        <div class="explain">
            <p class="guess">{move || how_it_came_off(race)}</p>
            {move || explanation.get().map(|explanation| view! { <Causes race explanation /> })}
        </div>
    }
    .into_any()
}

/// The guess and how it came off, in every race that is shown.
fn how_it_came_off(race: Race) -> Option<String> {
    let predicted = race.predicted.get()?;
    Some(race.rungs.with(|rungs| {
        let races: Vec<_> =
            rungs.iter().map(|it| Finished { members: it.settings.members, results: &it.results }).collect();
        guess::sentence(predicted, &races)
    }))
}

#[component]
fn Causes(race: Race, explanation: Explanation) -> impl IntoView {
    let is_open = move || race.is_explained.get() || race.cause.with(Option::is_some);
    let truth = explanation.term;
    let pick = move |term: Term| {
        let is_picked = move || race.cause.get() == Some(term);
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
                        race.cause.set(Some(term));
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
            let begin = match race.cause.get() {
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
                on:click=move |_| race.is_explained.set(true)
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
                        on:click=move |_| race.try_change(&change)
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
