//! What to run next: the end of every lab.

use leptos::prelude::*;

use crate::model::lab::Lab;
use crate::page::state::Page;

/// The labs that go on from here, and a question that was missed; nothing in a frame, which shows one experiment.
#[component]
pub(crate) fn Next(page: Page) -> impl IntoView {
    let is_embedded = page.flags.with_value(|it| it.embed);
    let item = move |lab: &'static Lab| {
        view! {
            <li>
                <a href=page.address_of(lab)>{lab.title}</a>
                " "
                <span class="soft">{lab.question}</span>
            </li>
        }
    };
    let missed = |address: String| {
        view! {
            <li id="missed">
                <a href=address>"A question that you missed"</a>
                " "
                <span class="soft">"It is asked again, with something changed."</span>
            </li>
        }
    };
    (!is_embedded).then(|| {
        view! {
            <nav id="what-next" class="next" aria-label="What next">
                <h2>"What next"</h2>
                <ul>{page.next().into_iter().map(item).collect_view()} {page.missed_question().map(missed)}</ul>
            </nav>
        }
    })
}
