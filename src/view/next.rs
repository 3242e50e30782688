//! What to run next: the end of every lab.

use leptos::prelude::*;

use crate::page::state::Page;

/// The way back to what was missed, as others stand there: a title, and what is behind it.
const MISSED: &str = "A question that you missed";
const CHANGED: &str = "It is asked again, with something changed.";

/// The labs that go on from here, and a question that was missed; nothing in a frame, which shows one experiment.
#[component]
pub(crate) fn Next(page: Page) -> impl IntoView {
    let is_embedded = page.flags.with_value(|it| it.embed);
    let item = |(address, title, words): (String, &'static str, &'static str)| {
        view! {
            <li>
                <a href=address>{title}</a>
                " "
                <span class="soft">{words}</span>
            </li>
        }
    };
    let mut all = Vec::new();
    for lab in page.next() {
        all.push((page.address_of(lab), lab.title, lab.question));
    }
    if let Some(address) = page.missed_question() {
        all.push((address, MISSED, CHANGED));
    }
    (!is_embedded).then(|| {
        view! {
            <nav id="what-next" class="next" aria-label="What next">
                <h2>"What next"</h2>
                <ul>{all.into_iter().map(item).collect_view()}</ul>
            </nav>
        }
    })
}
