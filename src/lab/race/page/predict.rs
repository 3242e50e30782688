//! What will finish first? Asked before a run, never in its way.

use leptos::prelude::*;

use super::state::Race;
use crate::model::prediction::{Order, Prediction, SPEEDUPS};
use crate::model::settings::Executor;
use crate::page::text::Text;
use crate::view::guess::{Answer, Guess};
use crate::view::verdict::short_name;

/// Stands for a guess of nobody.
const NOT_SURE: &str = "not-sure";

/// A row of choices: who finishes first, and by how much.
#[component]
pub(crate) fn Predict(race: Race) -> impl IntoView {
    let executors = Memo::new(move |_| race.settings.with(|it| it.executors.clone()));
    // A prediction of an executor that no longer races is none.
    Effect::new(move || {
        let executors = executors.get();
        let gone = |it: &Prediction| it.first.is_some_and(|first| !executors.contains(&first));
        if race.prediction.with_untracked(|it| it.as_ref().is_some_and(gone)) {
            race.prediction.set(None);
        }
        let is_of_others = |order: &Order| {
            order.executors().count() != executors.len() || order.executors().any(|it| !executors.contains(&it))
        };
        if race.prediction.with_untracked(|it| it.and_then(|it| it.order).is_some_and(|it| is_of_others(&it))) {
            race.prediction.update(|it| *it = it.map(|it| Prediction { order: None, ..it }));
        }
    });
    let choose = move |first: Option<Executor>| {
        race.prediction.update(|prediction| {
            // Serial is what the others are measured by.
            let has_factor = first.is_some_and(|it| it != Executor::Serial);
            let speedup = prediction.and_then(|it| it.speedup).filter(|_| has_factor);
            *prediction = Some(Prediction { first, speedup, order: None });
        });
    };
    let answer = |it: Executor| Answer { executor: Some(it), ..Answer::new(it.name(), short_name(it)) };
    let answers = Signal::derive(move || {
        let executors = executors.get().into_iter().map(answer);
        executors.chain([Answer::new(NOT_SURE, "not sure")]).collect::<Vec<_>>()
    });
    let picked = Signal::derive(move || {
        let first = race.prediction.get()?.first;
        Some(first.map_or(NOT_SURE, Executor::name).to_owned())
    });
    let pick = move |id: String| choose(Executor::ALL.into_iter().find(|it| it.name() == id));
    view! {
        <Guess question="Your guess: which finishes first?" answers picked pick>
            <Factor race />
            <WholeOrder race executors />
        </Guess>
    }
}

/// How many times as fast as Serial; there once an executor is predicted.
#[component]
fn Factor(race: Race) -> impl IntoView {
    let can_say = move || {
        race.prediction.with(|it| it.as_ref().and_then(|it| it.first).is_some_and(|first| first != Executor::Serial))
    };
    let words = |speedup: f64| {
        if speedup > 1.0 { format!("about {speedup} × as fast") } else { "about as fast".into() }
    };
    let options = move || SPEEDUPS.map(words).to_vec();
    let current = move || {
        let speedup = race.prediction.with(|it| it.as_ref().and_then(|it| it.speedup));
        SPEEDUPS.iter().position(|it| Some(*it) == speedup)
    };
    let choose = move |index: Option<usize>| {
        let speedup = index.and_then(|index| SPEEDUPS.get(index).copied());
        race.prediction.update(|it| *it = it.map(|it| Prediction { speedup, ..it }));
    };
    view! {
        <Detail
            id="predicted-speedup"
            label="against Serial"
            question="how much faster?"
            can_say
            options
            current
            choose
        />
    }
}

/// Who follows whom; there once the first is predicted, where several can follow.
#[component]
fn WholeOrder(race: Race, executors: Memo<Vec<Executor>>) -> impl IntoView {
    let first = Memo::new(move |_| race.prediction.with(|it| it.as_ref().and_then(|it| it.first)));
    let orders = Memo::new(move |_| match first.get() {
        Some(first) => executors.with(|executors| Order::all_from(first, executors)),
        None => Vec::new(),
    });
    let words = |order: &Order| order.executors().skip(1).map(short_name).collect::<Vec<_>>().join(", ");
    let can_say = move || orders.with(|orders| orders.len() > 1);
    let options = move || orders.with(|orders| orders.iter().map(words).collect());
    let current = move || {
        let order = race.prediction.with(|it| it.as_ref().and_then(|it| it.order));
        orders.with(|orders| orders.iter().position(|it| Some(*it) == order))
    };
    let choose = move |index: Option<usize>| {
        let order = index.and_then(|index| orders.with(|orders| orders.get(index).copied()));
        race.prediction.update(|it| *it = it.map(|it| Prediction { order, ..it }));
    };
    view! {
        <Detail id="predicted-order" label="then" question="in which order?" can_say options current choose />
    }
}

/// A further choice within a guess, which may be left open. It keeps its place
/// while it can't be made.
#[component]
fn Detail(
    id: &'static str,
    label: &'static str,
    /// What stands there while nothing is chosen.
    question: &'static str,
    #[prop(into)] can_say: Signal<bool>,
    #[prop(into)] options: Signal<Vec<String>>,
    /// Which of the options is chosen.
    #[prop(into)]
    current: Signal<Option<usize>>,
    #[prop(into)] choose: Callback<Option<usize>>,
) -> impl IntoView {
    let option = move |(index, words): (usize, String)| {
        view! {
            <option
                value=index.to_string()
                prop:selected=move || current.get() == Some(index)
                prop:textContent=Text::from(words)
            ></option>
        }
    };
    view! {
        <span class="factor" class:unseen=move || !can_say.get()>
            <label for=id>{label}</label>
            <select
                id=id
                disabled=move || !can_say.get()
                on:change=move |event| choose.run(event_target_value(&event).parse().ok())
            >
                <option value="" prop:selected=move || current.get().is_none()>
                    {question}
                </option>
                {move || options.get().into_iter().enumerate().map(option).collect_view()}
            </select>
        </span>
    }
}
