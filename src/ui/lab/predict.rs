//! What will finish first? Asked before a run, never in its way.

use leptos::prelude::*;

use super::verdict::short_name;
use crate::model::prediction::{Order, Prediction, SPEEDUPS};
use crate::model::settings::Executor;
use crate::ui::state::State;

/// A row of choices: who finishes first, and by how much.
#[component]
pub(crate) fn Predict(state: State) -> impl IntoView {
    let executors = Memo::new(move |_| state.settings.with(|it| it.executors.clone()));
    // A prediction of an executor that no longer races is none.
    Effect::new(move || {
        let executors = executors.get();
        let gone = |it: &Prediction| it.first.is_some_and(|first| !executors.contains(&first));
        if state.prediction.with_untracked(|it| it.as_ref().is_some_and(gone)) {
            state.prediction.set(None);
        }
        let is_of_others = |order: &Order| {
            order.executors().count() != executors.len() || order.executors().any(|it| !executors.contains(&it))
        };
        if state.prediction.with_untracked(|it| it.and_then(|it| it.order).is_some_and(|it| is_of_others(&it))) {
            state.prediction.update(|it| *it = it.map(|it| Prediction { order: None, ..it }));
        }
    });
    let choice = move |value: &'static str, words: &'static str, first: Option<Executor>| {
        let is_chosen = move || state.prediction.with(|it| it.as_ref().is_some_and(|it| it.first == first));
        let choose = move |_| {
            state.prediction.update(|prediction| {
                // Serial is what the others are measured by.
                let has_factor = first.is_some_and(|it| it != Executor::Serial);
                let speedup = prediction.and_then(|it| it.speedup).filter(|_| has_factor);
                *prediction = Some(Prediction { first, speedup, order: None });
            });
        };
        view! {
            <label class="pill" data-executor=first.map(Executor::name)>
                <input type="radio" name="prediction" value=value prop:checked=is_chosen on:change=choose />
                <span>{words}</span>
            </label>
        }
    };
    view! {
        <fieldset class="predict" id="predict">
            <legend>"Your guess: which finishes first?"</legend>
            {move || executors.get().into_iter().map(|it| choice(it.name(), short_name(it), Some(it))).collect_view()}
            {choice("not-sure", "not sure", None)}
            <Factor state />
            <WholeOrder state executors />
        </fieldset>
    }
}

/// How many times as fast as Serial; there once an executor is predicted.
#[component]
fn Factor(state: State) -> impl IntoView {
    let can_say = move || {
        state.prediction.with(|it| it.as_ref().and_then(|it| it.first).is_some_and(|first| first != Executor::Serial))
    };
    let current = move || state.prediction.with(|it| it.as_ref().and_then(|it| it.speedup));
    let choose = move |text: String| {
        let speedup = SPEEDUPS.into_iter().find(|speedup| text == speedup.to_string());
        state.prediction.update(|it| {
            if let Some(prediction) = it {
                prediction.speedup = speedup;
            }
        });
    };
    let option = move |speedup: f64| {
        let words = if speedup > 1.0 { format!("about {speedup} × as fast") } else { "about as fast".into() };
        view! {
            <option value=speedup.to_string() prop:selected=move || current() == Some(speedup)>
                {words}
            </option>
        }
    };
    view! {
        <span class="factor" class:unseen=move || !can_say()>
            <label for="predicted-speedup">"against Serial"</label>
            <select
                id="predicted-speedup"
                disabled=move || !can_say()
                on:change=move |event| choose(event_target_value(&event))
            >
                <option value="" prop:selected=move || current().is_none()>
                    "how much faster?"
                </option>
                {SPEEDUPS.map(option).collect_view()}
            </select>
        </span>
    }
}

/// Who follows whom; there once the first is predicted, where several can follow.
#[component]
fn WholeOrder(state: State, executors: Memo<Vec<Executor>>) -> impl IntoView {
    let first = Memo::new(move |_| state.prediction.with(|it| it.as_ref().and_then(|it| it.first)));
    let orders = Memo::new(move |_| match first.get() {
        Some(first) => executors.with(|executors| Order::all_from(first, executors)),
        None => Vec::new(),
    });
    let can_say = move || orders.with(|orders| orders.len() > 1);
    let current = move || state.prediction.with(|it| it.as_ref().and_then(|it| it.order));
    let choose = move |text: String| {
        let order = text.parse().ok().and_then(|index: usize| orders.with(|orders| orders.get(index).copied()));
        state.prediction.update(|it| {
            if let Some(prediction) = it {
                prediction.order = order;
            }
        });
    };
    let option = move |(index, order): (usize, Order)| {
        let names: Vec<_> = order.executors().skip(1).map(short_name).collect();
        view! {
            <option value=index.to_string() prop:selected=move || current() == Some(order)>
                {names.join(", ")}
            </option>
        }
    };
    view! {
        <span class="factor" class:unseen=move || !can_say()>
            <label for="predicted-order">"then"</label>
            <select
                id="predicted-order"
                disabled=move || !can_say()
                on:change=move |event| choose(event_target_value(&event))
            >
                <option value="" prop:selected=move || current().is_none()>
                    "in which order?"
                </option>
                {move || orders.get().into_iter().enumerate().map(option).collect_view()}
            </select>
        </span>
    }
}
