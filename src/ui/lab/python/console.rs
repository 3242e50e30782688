//! What the script prints, as it prints it.

use leptos::prelude::*;

use super::bench::{Bench, Python};
use crate::model::python::Stream;

/// The console.
#[component]
pub(crate) fn Console(bench: Bench) -> impl IntoView {
    let piece = |(stream, text): (Stream, String)| match stream {
        Stream::Stdout => view! { <span>{text}</span> }.into_any(),
        Stream::Stderr => view! { <span class="stderr">{text}</span> }.into_any(),
    };
    let is_empty = move || bench.output.with(Vec::is_empty);
    view! {
        <section class="console" aria-label="Output">
            <pre id="output" tabindex="0" aria-label="What the script prints">
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
