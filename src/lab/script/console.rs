//! What the script prints, as a terminal shows it.

use std::any::Any;

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Document, Element, HtmlElement};

use super::bench::{Bench, Python};
use super::rule::Explanation;
use super::terminal::{Look, Span, Terminal};
use crate::model::last;
use crate::model::python::Stream;
use crate::page::dom;
use crate::page::text::text;

/// The element that holds it.
const ID: &str = "output";
/// Who is so near to the end wants to see it, CSS pixels.
const FOLLOWED: i32 = 600;
/// Of what came by stderr, so much at least is looked at for exceptions, bytes.
const ERRORS: usize = 200_000;

/// What a run has printed, and what of it stands on the page.
#[derive(Debug, Default)]
struct Output {
    terminal: Terminal,
    /// Each block's elements, by its number, and the sentence about what was left out.
    drawn: Vec<(Option<usize>, Vec<Element>)>,
    /// What came by stderr, as it came: the last of it.
    errors: String,
    is_scheduled: bool,
    /// What is said after Stop, of a run that only that ends.
    endless: Option<Explanation>,
}

/// What a run has told so far. Of which type that is, only those know who come with Python
/// (`xtask/src/parts.rs`): so what belongs to it comes no earlier.
pub(super) type Told = StoredValue<Option<Box<dyn Any>>, LocalStorage>;

fn with<T>(bench: Bench, work: impl FnOnce(&mut Output) -> T) -> Option<T> {
    // The lab may be gone by then.
    bench.output.try_update_value(|told| {
        let told = told.get_or_insert_with(|| Box::new(Output::default()));
        told.downcast_mut().map(work)
    })?
}

/// What came by stderr, as it came: the last of it.
pub(super) fn errors(bench: Bench) -> String {
    with(bench, |it| it.errors.clone()).unwrap_or_default()
}

/// What is said after Stop, of a run that only that ends.
pub(super) fn endless(bench: Bench) -> Option<Explanation> {
    with(bench, |it| it.endless.clone())?
}

/// Keeps that; says whether it is the first word of it.
pub(super) fn keep_endless(bench: Bench, told: Explanation) -> bool {
    with(bench, |it| it.endless.replace(told).is_none()).unwrap_or_default()
}

/// The console.
#[component]
pub(crate) fn Console(bench: Bench) -> impl IntoView {
    view! {
        <section class="console" id="console" aria-label="Output">
            <pre id=ID translate="no" tabindex="0" aria-label="What the script prints"></pre>
            <p
                class="soft"
                hidden=move || bench.has_printed.get()
                prop:textContent=text(move || match bench.python.get() {
                    Python::Running => "Nothing printed yet.",
                    _ if bench.report.with(Option::is_some) => "The script printed nothing.",
                    _ => "What the script prints appears here.",
                })
            ></p>
        </section>
    }
}

/// Begins anew, for another run.
pub(super) fn clear(bench: Bench) {
    bench.output.set_value(None);
    bench.has_printed.set(false);
    if let Some(field) = dom::element(ID) {
        field.set_text_content(None);
    }
}

/// Takes in what was printed. By this, what draws it comes with Python (`xtask/src/parts.rs`).
pub(super) fn print(bench: Bench, stream: Stream, text: &str) {
    let is_error = stream == Stream::Stderr;
    let was_scheduled = with(bench, |output| {
        output.terminal.write(is_error, text);
        if is_error {
            last::keep(&mut output.errors, text, ERRORS);
        }
        std::mem::replace(&mut output.is_scheduled, true)
    });
    if !bench.has_printed.get_untracked() {
        bench.has_printed.set(true);
    }
    // Once per frame, however often the script prints: else a loop that prints
    // would leave the page no time for Stop.
    if was_scheduled == Some(false) {
        request_animation_frame(move || {
            with(bench, |output| {
                output.is_scheduled = false;
                if let Some(field) = dom::element(ID) {
                    draw(&field, output);
                }
            });
        });
    }
}

/// Brings the page up to date: what no longer changes stays, the rest is drawn anew.
fn draw(field: &HtmlElement, output: &mut Output) {
    let Some(document) = field.owner_document() else { return };
    let Output { terminal, drawn, .. } = output;
    let is_followed = field.scroll_height() - field.scroll_top() - field.client_height() < FOLLOWED;
    let blocks = terminal.blocks();
    let last = blocks.back().map(|it| it.number);
    let is_kept = |number: usize| blocks.iter().any(|it| it.number == number);
    drawn.retain(|(number, elements)| {
        let stays = number.is_some_and(is_kept);
        if !stays {
            elements.iter().for_each(Element::remove);
        }
        stays
    });
    let left_out = terminal.left_out();
    let mut after = None;
    for block in blocks {
        if let Some((_, sentence)) = left_out.as_ref().filter(|it| it.0 == block.number)
            && let Some(element) = span(&document, sentence)
        {
            element.set_class_name("soft");
            place(field, after.as_ref(), &element);
            let element = Element::from(element);
            after = Some(element.clone());
            drawn.push((None, vec![element]));
        }
        let there = drawn.iter().find(|it| it.0 == Some(block.number));
        if let Some((_, elements)) = there {
            after = elements.last().cloned().or(after);
            continue;
        }
        let elements = draw_spans(field, &document, &mut after, &block.spans);
        // The last one goes on: the next time it is drawn anew.
        drawn.push((Some(block.number).filter(|it| Some(*it) != last), elements));
    }
    let elements = draw_spans(field, &document, &mut after, &terminal.last_lines());
    drawn.push((None, elements));
    if is_followed {
        field.set_scroll_top(field.scroll_height());
    }
}

/// Puts spans behind what is there already.
fn draw_spans(field: &HtmlElement, document: &Document, after: &mut Option<Element>, spans: &[Span]) -> Vec<Element> {
    let mut elements = Vec::new();
    for it in spans {
        let Some(element) = span(document, &it.text) else { continue };
        show(it.look, &element);
        place(field, after.as_ref(), &element);
        let element = Element::from(element);
        *after = Some(element.clone());
        elements.push(element);
    }
    elements
}

fn span(document: &Document, text: &str) -> Option<HtmlElement> {
    let element = document.create_element("span").ok()?;
    element.set_text_content(Some(text));
    element.dyn_into().ok()
}

fn show(look: Look, element: &HtmlElement) {
    if look.is_error {
        element.set_class_name("stderr");
    }
    for (property, value) in look.styles() {
        let _ = element.style().set_property(property, &value);
    }
}

/// Behind an element, or at the beginning.
fn place(field: &HtmlElement, after: Option<&Element>, element: &Element) {
    let before = match after {
        Some(after) => after.next_sibling(),
        None => field.first_child(),
    };
    let _ = field.unchecked_ref::<web_sys::Node>().insert_before(element, before.as_ref());
}
