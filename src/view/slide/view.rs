//! The block below a lab.

use leptos::prelude::*;

use super::BesideTheSlide;
use crate::page::text::text;
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;

/// Shown after a run that a slide is about.
#[component]
pub(crate) fn Slide(found: Memo<Option<BesideTheSlide>>) -> impl IntoView {
    let is_shown = Memo::new(move |_| found.with(Option::is_some));
    later(OnDemand::Results, Signal::derive(move || found.with(Option::is_some)), None, move || {
        when_run(found, is_shown)
    })
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(found: Memo<Option<BesideTheSlide>>, is_shown: Memo<bool>) -> AnyView {
    let part = move |term: &'static str, of: fn(&BesideTheSlide) -> Option<String>| {
        let words = Memo::new(move |_| found.with(|it| it.as_ref().and_then(of)));
        view! {
            <div hidden=move || words.with(Option::is_none)>
                <dt>{term}</dt>
                <dd prop:textContent=text(move || words.get())></dd>
            </div>
        }
    };
    view! {
        <section id="slide" class="slide" aria-label="Beside the slide" hidden=move || !is_shown.get()>
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
