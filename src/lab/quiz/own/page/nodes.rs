//! Texts that are marked up become nodes, one by one: no HTML is read on the way.

use leptos::html::{Div, Span};
use leptos::prelude::*;
use web_sys::{Document, Element, Node};

use crate::lab::quiz::own::markdown::{Piece, Tag};
use crate::page::dom;

/// Some paragraphs.
pub(super) fn apart(pieces: Vec<Piece>) -> AnyView {
    let place = NodeRef::<Div>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            fill(&place, &pieces);
        }
    });
    view! { <div class="marked" node_ref=place></div> }.into_any()
}

/// What can stand in a line.
pub(super) fn in_line(pieces: Vec<Piece>) -> AnyView {
    let place = NodeRef::<Span>::new();
    Effect::new(move || {
        if let Some(place) = place.get() {
            fill(&place, &pieces);
        }
    });
    view! { <span class="marked" node_ref=place></span> }.into_any()
}

fn fill(place: &Element, pieces: &[Piece]) {
    let Some(document) = dom::window().and_then(|it| it.document()) else { return };
    place.set_text_content(None);
    let mut open: Vec<Node> = vec![place.clone().into()];
    for piece in pieces {
        let Some(within) = open.last() else { return };
        match piece {
            Piece::Open(tag) => {
                let Some(element) = element(&document, tag) else { return };
                let _ = within.append_child(&element);
                open.push(element.into());
            }
            Piece::Close => drop(open.pop()),
            Piece::Text(text) => drop(within.append_child(&document.create_text_node(text))),
            Piece::Break => {
                if let Ok(line) = document.create_element("br") {
                    let _ = within.append_child(&line);
                }
            }
        }
    }
}

fn element(document: &Document, tag: &Tag) -> Option<Element> {
    let name = match tag {
        Tag::Paragraph => "p",
        Tag::Emphasis => "em",
        Tag::Strong => "strong",
        Tag::Code => "code",
        Tag::CodeBlock => "pre",
        Tag::List => "ul",
        Tag::Numbered => "ol",
        Tag::Item => "li",
        Tag::Quote => "blockquote",
        Tag::Link(_) => "a",
    };
    let element = document.create_element(name).ok()?;
    match tag {
        Tag::Link(address) => {
            for (name, value) in [("href", address.as_str()), ("rel", "noopener noreferrer"), ("target", "_blank")] {
                element.set_attribute(name, value).ok()?;
            }
        }
        Tag::Code | Tag::CodeBlock => element.set_attribute("translate", "no").ok()?,
        _ => {}
    }
    Some(element)
}
