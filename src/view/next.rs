//! What to run next: the end of every lab.

use leptos::prelude::*;

use super::later::later;
use super::missed;
use crate::model::lab::Lab;
use crate::page::questions;
use crate::page::state::{Activity, Page};
use crate::pool::on_demand::OnDemand;

/// The labs that go on from here; nothing in a frame, which shows one experiment.
#[component]
pub(crate) fn Next(page: Page) -> impl IntoView {
    let is_embedded = page.flags.with_value(|it| it.embed);
    let is_missed = Signal::derive(move || page.activity.get() != Activity::Loading && questions::are_kept());
    let item = move |lab: &'static Lab| {
        view! {
            <li>
                <a href=page.address_of(lab)>{lab.title}</a>
                " "
                <span class="soft">{lab.question}</span>
            </li>
        }
    };
    (!is_embedded).then(|| {
        view! {
            <nav id="what-next" class="next" aria-label="What next">
                <h2>"What next"</h2>
                <ul>
                    {page.next().into_iter().map(item).collect_view()}
                    {later(OnDemand::Results, is_missed, None, move || missed::when_run(page))}
                </ul>
            </nav>
        }
    })
}
