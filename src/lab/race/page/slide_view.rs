//! What the lecture's slide says, beside what was measured here.

use leptos::prelude::*;

use super::state::Race;
use crate::lab::race::slide::{BesideTheSlide, beside_the_slide};
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;

/// Shown below the slide's own race, once it has run.
#[component]
pub(crate) fn Slide(race: Race) -> impl IntoView {
    let has_run = Memo::new(move |_| race.report.with(Option::is_some));
    later(OnDemand::Results, has_run, move || when_run(race))
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(race: Race) -> AnyView {
    let found = Memo::new(move |_| {
        race.rungs.with(|rungs| {
            let races: Vec<_> = rungs.iter().map(AsRef::as_ref).collect();
            beside_the_slide(&races)
        })
    });
    let part = move |term: &'static str, of: fn(&BesideTheSlide) -> Option<String>| {
        let text = Memo::new(move |_| found.with(|it| it.as_ref().and_then(of)));
        view! {
            <div hidden=move || text.with(Option::is_none)>
                <dt>{term}</dt>
                <dd>{move || text.get()}</dd>
            </div>
        }
    };
    view! {
        <section id="slide" class="slide" aria-label="Beside the slide" hidden=move || found.with(Option::is_none)>
            <dl>
                {part("The lecture's slide", |it| Some(it.slide.clone()))}
                {part("Here", |it| Some(it.here.clone()))}
                {part("Because", |it| Some(it.because.clone()))}
                {part("Still true", |it| it.still_true.clone())}
            </dl>
        </section>
    }
    .into_any()
}
