//! What the script prints, as it prints it.

use leptos::html::Pre;
use leptos::prelude::*;
use web_sys::HtmlPreElement;

use super::bench::{Bench, Python};
use crate::model::python::Stream;
use crate::page::dom;
use crate::page::text::text;

/// Who is so near to the end wants to see it, CSS pixels.
const FOLLOWED: i32 = 600;

/// What of a run's output stands on the page: whole pieces, and bytes of the last one.
#[derive(Clone, Copy, Debug, Default)]
struct Shown {
    run: u32,
    pieces: usize,
    bytes: usize,
}

/// The console.
#[component]
pub(crate) fn Console(bench: Bench) -> impl IntoView {
    let field = NodeRef::<Pre>::new();
    let shown = StoredValue::new(Shown::default());
    let is_scheduled = StoredValue::new(false);
    // Once per frame, however often the script prints: else a loop that prints
    // would leave the page no time for Stop.
    Effect::new(move |_| {
        bench.output.track();
        if is_scheduled.get_value() {
            return;
        }
        is_scheduled.set_value(true);
        request_animation_frame(move || {
            // The lab may be gone by then.
            if is_scheduled.try_set_value(false).is_none()
                && let Some(field) = field.get_untracked()
            {
                shown.update_value(|shown| show(bench, &field, shown));
            }
        });
    });
    let is_empty = Memo::new(move |_| bench.output.with(|it| it.pieces.is_empty()));
    view! {
        <section class="console" id="console" aria-label="Output">
            <pre id="output" translate="no" node_ref=field tabindex="0" aria-label="What the script prints"></pre>
            <p
                class="soft"
                hidden=move || !is_empty.get()
                prop:textContent=text(move || match bench.python.get() {
                    Python::Running => "Nothing printed yet.",
                    _ if bench.report.with(Option::is_some) => "The script printed nothing.",
                    _ => "What the script prints appears here.",
                })
            ></p>
        </section>
    }
}

/// Adds what is new; begins anew where another run has.
fn show(bench: Bench, field: &HtmlPreElement, shown: &mut Shown) {
    let is_followed = field.scroll_height() - field.scroll_top() - field.client_height() < FOLLOWED;
    bench.output.with_untracked(|output| {
        if output.run != shown.run {
            field.set_text_content(None);
            *shown = Shown { run: output.run, ..Shown::default() };
        }
        while let Some((stream, text)) = output.pieces.get(shown.pieces) {
            append(field, *stream, text.get(shown.bytes..).unwrap_or_default(), shown.bytes == 0);
            shown.bytes = text.len();
            if shown.pieces + 1 == output.pieces.len() {
                break;
            }
            (shown.pieces, shown.bytes) = (shown.pieces + 1, 0);
        }
    });
    if is_followed {
        field.set_scroll_top(field.scroll_height());
    }
}

/// Appends a text to the last piece on the page, or begins another.
fn append(field: &HtmlPreElement, stream: Stream, text: &str, is_new: bool) {
    let Some(document) = dom::window().and_then(|window| window.document()) else { return };
    if is_new && let Ok(span) = document.create_element("span") {
        if stream == Stream::Stderr {
            span.set_class_name("stderr");
        }
        let _ = field.append_child(&span);
    }
    if let Some(last) = field.last_element_child() {
        let _ = last.append_child(&document.create_text_node(text));
    }
}
