//! A script's words in colours: a text of its own, exactly below the one that is
//! written in, whose letters are clear. What is written stays a plain text field.

use leptos::html::Pre;
use leptos::prelude::*;
use web_sys::HtmlPreElement;

use super::lexer::{self, Kind};
use crate::page::dom;

/// The coloured text; long lines are moved by `moved_by`, CSS pixels.
#[component]
pub(super) fn Colours(text: RwSignal<String>, moved_by: RwSignal<i32>) -> impl IntoView {
    let below = NodeRef::<Pre>::new();
    Effect::new(move || {
        if let Some(below) = below.get() {
            text.with(|source| draw(&below, source));
        }
    });
    view! {
        <pre
            class="colours"
            node_ref=below
            aria-hidden="true"
            style:transform=move || format!("translateX({}px)", -moved_by.get())
        ></pre>
    }
}

/// Puts the script's pieces in, each of a kind in an element of that class.
fn draw(below: &HtmlPreElement, source: &str) {
    let Some(document) = dom::window().and_then(|window| window.document()) else { return };
    below.set_text_content(None);
    for (kind, piece) in lexer::pieces(source) {
        let text = document.create_text_node(piece);
        match (class(kind), document.create_element("span")) {
            (Some(class), Ok(span)) => {
                span.set_class_name(class);
                let _ = span.append_child(&text);
                let _ = below.append_child(&span);
            }
            _ => drop(below.append_child(&text)),
        }
    }
}

fn class(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Plain => None,
        Kind::Keyword => Some("keyword"),
        Kind::Builtin | Kind::Decorator => Some("builtin"),
        Kind::Defined => Some("defined"),
        Kind::Number => Some("number"),
        Kind::Text => Some("text"),
        Kind::Comment => Some("comment"),
    }
}
