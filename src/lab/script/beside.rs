//! What stands beside a run: what else is true of it, the lecture's slide, and what to do next.

use leptos::prelude::*;

use super::beginnings::begin_named;
use super::bench::Bench;
use crate::lab::script::state::State;
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;

/// What else is true of the run, and what to do next.
#[component]
pub(super) fn Told(state: State, bench: Bench) -> impl IntoView {
    let more = move || bench.explanation.with(|it| it.as_ref().and_then(|it| it.more.clone()));
    let next = Memo::new(move |_| bench.explanation.with(|it| it.as_ref().and_then(|it| it.next.clone())));
    let words = move || next.with(|it| it.as_ref().map(|it| it.words.clone()));
    let beginning = move || next.with(|it| it.as_ref().and_then(|it| it.beginning.clone()));
    let title = move || {
        let name = beginning()?;
        bench.lesson.with(|it| Some(it.as_ref()?.beginning(&name)?.title.clone()))
    };
    view! {
        <div class="told" hidden=move || bench.explanation.with(Option::is_none)>
            <p class="explanation" id="more">{more}</p>
            <p class="explanation" id="next" hidden=move || next.with(Option::is_none)>
                {words}
                " "
                <button
                    type="button"
                    class="try"
                    hidden=move || title().is_none()
                    on:click=move |_| {
                        if let Some(name) = next.with_untracked(|it| it.as_ref().and_then(|it| it.beginning.clone())) {
                            begin_named(state, bench, &name);
                        }
                    }
                >
                    {title}
                </button>
            </p>
        </div>
    }
}

/// What the lecture's slide says, beside what happened here.
#[component]
pub(super) fn Slide(bench: Bench) -> impl IntoView {
    let has_run = Memo::new(move |_| bench.explanation.with(Option::is_some));
    later(OnDemand::Results, has_run, move || when_run(bench))
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(bench: Bench) -> AnyView {
    let because = move || bench.explanation.with(|it| it.as_ref().and_then(|it| it.because.clone()));
    let slide = Memo::new(move |_| {
        let id = bench.explanation.with(|it| it.as_ref().and_then(|it| it.slide.clone()))?;
        bench.lesson.with(|it| it.as_ref()?.slides.iter().find(|it| it.id == id).cloned())
    });
    let part = |term: &'static str, text: Signal<Option<String>>| {
        view! {
            <div>
                <dt>{term}</dt>
                <dd>{move || text.get()}</dd>
            </div>
        }
    };
    let is_shown = move || because().is_some() && slide.with(Option::is_some);
    view! {
        <section id="slide" class="slide" aria-label="Beside the slide" hidden=move || !is_shown()>
            <dl>
                {part("The lecture's slide", Signal::derive(move || slide.with(|it| it.as_ref().map(|it| it.says.clone()))))}
                {part("Here", Signal::derive(move || bench.headline.get().map(|it| it.to_string())))}
                {part("Because", Signal::derive(because))}
                {part("Still true", Signal::derive(move || slide.with(|it| it.as_ref().map(|it| it.still_true.clone()))))}
            </dl>
        </section>
    }
    .into_any()
}
