//! What shows what came of a run, and what is below it. By this name its part of the program
//! is entered (`xtask/src/parts.rs`).

use std::sync::Arc;

use leptos::prelude::*;

use super::bench::Bench;
use super::beside::beside_the_slide;
use super::lanes::course;
use crate::lab::script::state::State;
use crate::view::next::Next;
use crate::view::slide::Slide;
use crate::view::timeline::Timeline;

/// Who did what, when; says to the desk whether there is anything.
#[inline(never)]
pub(super) fn lanes(state: State, bench: Bench, has_course: RwSignal<bool>) -> AnyView {
    let courses = Memo::new(move |_| {
        bench.report.with(|it| it.as_deref().and_then(course).map(Arc::new)).into_iter().collect::<Vec<_>>()
    });
    Effect::new(move || has_course.set(courses.with(|it| !it.is_empty())));
    view! { <Timeline courses favourite=0 appearance=state.page.appearance /> }.into_any()
}

/// What is below the desk.
#[inline(never)]
pub(super) fn below(state: State, bench: Bench) -> AnyView {
    view! {
        <Slide found=beside_the_slide(bench) />
        <Next page=state.page />
    }
    .into_any()
}
