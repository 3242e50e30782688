//! What came of a run as bars and figures, and what is to be said of that.

use leptos::prelude::*;

use super::question::YourAnswer;
use super::state::Quiz;
use crate::lab::quiz::card::Ran;
use crate::lab::quiz::item::{Contender, Kind};
use crate::lab::quiz::observation::{FACTORS, First, Observation, asks_factor};
use crate::lab::quiz::standing::{self, Way};
use crate::page::text::Text;

/// What came of a run: a bar for each way.
#[component]
pub(in crate::lab::quiz) fn Figures(ran: Ran, contenders: Vec<Contender>, kind: Kind) -> impl IntoView {
    let mut ways = standing::ways(&contenders, &ran.observed);
    // The key is no nearer to the top than anything else.
    ways.sort_by_key(Way::rank);
    let most = ways.iter().filter_map(Way::figure).fold(0.0, f64::max);
    let bar = move |way: Way| {
        let length = way.figure().map(|figure| {
            view! { <progress class="length" aria-hidden="true" max=most.max(f64::MIN_POSITIVE) value=figure></progress> }
        });
        view! {
            <li data-executor=way.executor().map(|it| it.name()) data-told=way.told.clone()>
                <span class="way" prop:textContent=Text::from(way.label.clone())></span>
                <span class="run-value" translate="no" prop:textContent=Text::from(way.text())></span>
                {length}
            </li>
        }
    };
    let computed =
        (kind == Kind::Reckon).then(|| view! { <p class="soft">"Computed by Amdahl's law, not measured."</p> });
    let printed = ran.printed.clone();
    let printed = (!printed.is_empty()).then(|| {
        view! {
            <details class="program">
                <summary>"What it printed"</summary>
                <pre translate="no" tabindex="0" aria-label="The output">{printed}</pre>
            </details>
        }
    });
    view! {
        <div class="ways">
            <ul>{ways.into_iter().map(bar).collect_view()}</ul>
            {computed}
            {printed}
        </div>
    }
}

/// The figures of the question's own run.
#[component]
pub(in crate::lab::quiz) fn OwnFigures(quiz: Quiz) -> impl IntoView {
    let own = |card: &crate::lab::quiz::card::Card| {
        Some((card.ran.clone()?, card.item.contenders.clone(), card.item.run.kind))
    };
    quiz.card_untracked(own).flatten().map(|(ran, contenders, kind)| view! { <Figures ran contenders kind /> })
}

/// Who was first, and by about how much? Only then it is explained.
#[component]
pub(in crate::lab::quiz) fn Look(quiz: Quiz) -> impl IntoView {
    let first = RwSignal::new(None::<First>);
    let ways = StoredValue::new(quiz.card_untracked(|card| card.ways()).unwrap_or_default());
    let is_time = ways.with_value(|it| it.iter().any(Way::is_time));
    let see = move |first, factor| quiz.act(|it| it.see(Observation { first, factor }));
    let pick = move |it: First| {
        if ways.with_value(|ways| asks_factor(it, ways)) { first.set(Some(it)) } else { see(it, None) }
    };
    let who = move |(it, label): (First, String)| {
        view! {
            <button
                type="button"
                data-first=match it { First::Way(at) => at.to_string(), First::Close => "close".into() }
                aria-pressed=move || if first.get() == Some(it) { "true" } else { "false" }
                on:click=move |_| pick(it)
            >
                <span prop:textContent=Text::from(label)></span>
            </button>
        }
    };
    let labels = ways.with_value(|it| {
        let mut in_order: Vec<_> = it.iter().enumerate().collect();
        in_order.sort_by_key(|it| it.1.rank());
        in_order.into_iter().map(|(at, way)| (First::Way(at), way.label.clone())).collect::<Vec<_>>()
    });
    let all = labels.into_iter().chain([(First::Close, "too close to call".to_owned())]);
    let factor = move |(at, (_, _, words)): (usize, (f64, f64, &'static str))| {
        view! {
            <button
                type="button"
                data-factor=at.to_string()
                on:click=move |_| {
                    if let Some(first) = first.get_untracked() {
                        see(first, Some(at));
                    }
                }
            >
                {words}
            </button>
        }
    };
    let question = if is_time { "What did you see? Who was first?" } else { "What did you see? Which is more?" };
    let by = if is_time { "How many times as fast as the slowest?" } else { "How many times as much as the least?" };
    view! {
        <YourAnswer quiz />
        <OwnFigures quiz />
        <div class="look">
            <h2 id="look" tabindex="-1">{question}</h2>
            <div class="pills" role="group" aria-labelledby="look">{all.map(who).collect_view()}</div>
            <div hidden=move || first.get().is_none()>
                <p id="by-how-much">{by}</p>
                <div class="pills" role="group" aria-labelledby="by-how-much">
                    {FACTORS.into_iter().enumerate().map(factor).collect_view()}
                </div>
            </div>
        </div>
    }
}
