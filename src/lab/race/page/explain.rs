//! After a run: what was guessed and how it came off; why it was so.

use leptos::prelude::*;

use super::state::Race;
use crate::lab::race::explanation::{Explanation, Offers, Term, explain};
use crate::lab::race::guess::{self, Finished};
use crate::model::capabilities::Capabilities;
use crate::model::prediction::Prediction;
use crate::model::settings::Executor;
use crate::page::text::text;
use crate::pool::on_demand::OnDemand;
use crate::view::causes::{Cause, Causes, Why};
use crate::view::later::later;

/// The block below the headline of a finished run.
#[component]
pub(crate) fn Explain(race: Race) -> impl IntoView {
    let has_run = Signal::derive(move || race.report.with(Option::is_some));
    later(OnDemand::Results, has_run, None, move || when_run(race))
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
    let causes = move |explanation: Explanation| {
        let change = explanation.change.clone();
        let try_it = move |()| {
            if let Some(change) = &change {
                race.try_change(change);
            }
        };
        view! { <Causes why=why(explanation) picked=race.cause is_told=race.is_explained try_it /> }
    };
    view! {
        <div class="explain">
            <p class="guess" prop:textContent=text(move || how_it_came_off(race))></p>
            {move || explanation.get().map(causes)}
        </div>
    }
    .into_any()
}

fn why(explanation: Explanation) -> Why {
    Why {
        question: explanation.question,
        causes: Term::ALL.map(|term| Cause { id: term.name(), label: term.as_cause() }).to_vec(),
        truth: explanation.term.name(),
        text: explanation.text,
        change: explanation.change.map(|it| it.label),
    }
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
