//! What the script prints, as it prints it.

use leptos::html::Pre;
use leptos::prelude::*;

use super::bench::{Bench, Python};
use crate::model::python::Stream;

/// Who is so near to the end wants to see it, CSS pixels.
const FOLLOWED: i32 = 600;

/// The console.
#[component]
pub(crate) fn Console(bench: Bench) -> impl IntoView {
    let piece = |(stream, text): (Stream, String)| match stream {
        Stream::Stdout => view! { <span>{text}</span> }.into_any(),
        Stream::Stderr => view! { <span class="stderr">{text}</span> }.into_any(),
    };
    let field = NodeRef::<Pre>::new();
    // What is printed is followed, unless somebody has scrolled back.
    Effect::new(move |_| {
        bench.output.track();
        if let Some(field) = field.get() {
            let below = field.scroll_height() - field.scroll_top() - field.client_height();
            if below < FOLLOWED {
                request_animation_frame(move || field.set_scroll_top(field.scroll_height()));
            }
        }
    });
    let is_empty = move || bench.output.with(Vec::is_empty);
    view! {
        <section class="console" aria-label="Output">
            <pre id="output" node_ref=field tabindex="0" aria-label="What the script prints">
                {move || bench.output.get().into_iter().map(piece).collect_view()}
            </pre>
            <p class="soft" hidden=move || !is_empty()>
                {move || match bench.python.get() {
                    Python::Running => "Nothing printed yet.",
                    _ => "What the script prints appears here.",
                }}
            </p>
        </section>
    }
}
