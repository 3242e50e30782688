//! What stands beside a run: what else is true of it, the lecture's slide, and what to do next.

use leptos::prelude::*;

use super::beginnings::begin_named;
use super::bench::Bench;
use crate::lab::script::state::State;
use crate::page::text::text;
use crate::view::slide::BesideTheSlide;

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
            <p class="explanation" id="more" prop:textContent=text(more)></p>
            <p class="explanation" id="next" hidden=move || next.with(Option::is_none)>
                <span prop:textContent=text(words)></span>
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
                    prop:textContent=text(title)
                ></button>
            </p>
        </div>
    }
}

/// What the lecture's slide says, beside what happened here.
pub(super) fn beside_the_slide(bench: Bench) -> Memo<Option<BesideTheSlide>> {
    Memo::new(move |_| {
        let (id, because) = bench.explanation.with(|it| {
            let it = it.as_ref()?;
            Some((it.slide.clone()?, it.because.clone()?))
        })?;
        let slide = bench.lesson.with(|it| it.as_ref()?.slides.iter().find(|it| it.id == id).cloned())?;
        let here = bench.headline.get().map(|it| it.to_string()).unwrap_or_default();
        Some(BesideTheSlide { slide: slide.says, here, because, still_true: Some(slide.still_true) })
    })
}
