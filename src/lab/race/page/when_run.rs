//! What shows finished races and lets them be taken along, below their times. By this name
//! its part of the program is entered (`xtask/src/parts.rs`).

use leptos::prelude::*;

use super::state::Race;
use crate::lab::race::slide::beside_the_slide;
use crate::lab::race::{course, takeaway};
use crate::view::embed::Embed;
use crate::view::next::Next;
use crate::view::slide::Slide;
use crate::view::takeaway::Takeaway;
use crate::view::timeline::Timeline;

/// Who did what, when.
#[inline(never)]
pub(in crate::lab::race) fn lanes(race: Race) -> AnyView {
    let courses = Memo::new(move |_| race.report.with(|report| report.as_deref().map(course::all).unwrap_or_default()));
    let favourite = Memo::new(move |_| {
        let guessed = race.predicted.with(|it| it.as_ref().and_then(|it| it.first));
        courses.with(|courses| course::favourite(courses, guessed))
    });
    view! { <Timeline courses favourite appearance=race.page.appearance /> }.into_any()
}

/// What is below all figures.
#[inline(never)]
pub(in crate::lab::race) fn below(race: Race) -> AnyView {
    let found = Memo::new(move |_| {
        race.rungs.with(|rungs| beside_the_slide(&rungs.iter().map(AsRef::as_ref).collect::<Vec<_>>()))
    });
    view! {
        <Slide found />
        <Takeaway offer=takeaway::offer(race) capabilities=race.page.capabilities>
            <Embed page=race.page />
        </Takeaway>
        <Next page=race.page />
    }
    .into_any()
}
