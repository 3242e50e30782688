//! A frame with the focus swallows all keys. What the lab has no use for goes to
//! the page around it, if that page speaks for a deck: Reveal.js says so by its
//! own `slide:start` and takes its own messages; any other page asks by `hello`.

use std::cell::Cell;

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use web_sys::{Element, HtmlElement, HtmlInputElement, KeyboardEvent};

use super::key::{DeckKey, Focus, Owner, owner};
use super::send;
use crate::page::dom;

/// Who gets keys, in rising order: who asks for them goes before who is only known.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(crate) enum Deck {
    /// Nobody.
    None,
    /// Reveal.js, by its own messages.
    Reveal,
    /// A page that asked for the contract's `key`.
    Asked,
}

thread_local! {
    static DECK: Cell<Deck> = const { Cell::new(Deck::None) };
}

/// The page around the lab has shown what it is.
pub(crate) fn recognize(deck: Deck) {
    DECK.set(DECK.get().max(deck));
}

/// Watches for keys that nothing in the lab has taken.
pub(crate) fn begin() {
    let (Some(window), Some(_)) = (dom::window(), dom::parent()) else { return };
    dom::listen(&window, "keydown", |event| {
        if let Ok(event) = event.dyn_into::<KeyboardEvent>() {
            on_key(&event);
        }
    });
}

fn on_key(event: &KeyboardEvent) {
    let deck = DECK.get();
    let has_modifier = event.ctrl_key() || event.alt_key() || event.meta_key();
    if deck == Deck::None || event.default_prevented() || has_modifier || event.is_composing() {
        return;
    }
    let Some(key) = DeckKey::named(&event.key(), event.shift_key()) else { return };
    let Some(focused) = event.target().and_then(|it| it.dyn_into::<Element>().ok()) else { return };
    match owner(key, focus(&focused), has_room(&focused, key)) {
        Owner::Lab => {}
        Owner::Leaves => {
            if let Some(focused) = focused.dyn_ref::<HtmlElement>() {
                let _ = focused.blur();
            }
        }
        Owner::Deck => {
            event.prevent_default();
            give(deck, key, event.shift_key());
        }
    }
}

fn give(deck: Deck, key: DeckKey, with_shift: bool) {
    if deck == Deck::Asked {
        return send::key(key, with_shift);
    }
    // Reveal.js' documented API: a method's name and its arguments, as JSON text.
    let message = format!(r#"{{"method":"triggerKey","args":[{}]}}"#, key.reveal_code(with_shift));
    if let Some(parent) = dom::parent() {
        let _ = parent.post_message(&JsValue::from_str(&message), "*");
    }
}

fn focus(focused: &Element) -> Focus {
    let is_editable = focused.dyn_ref::<HtmlElement>().is_some_and(HtmlElement::is_content_editable);
    match focused.tag_name().as_str() {
        "TEXTAREA" => Focus::Text,
        _ if is_editable => Focus::Text,
        "SELECT" => Focus::Choice,
        "BUTTON" | "SUMMARY" => Focus::Press,
        "INPUT" => match focused.dyn_ref::<HtmlInputElement>().map(HtmlInputElement::type_).as_deref() {
            Some("checkbox" | "button" | "submit" | "reset") => Focus::Press,
            Some("radio" | "range") => Focus::Choice,
            _ => Focus::Text,
        },
        _ => Focus::Elsewhere,
    }
}

/// Whether something around the focus, or the whole page, can scroll that way.
fn has_room(focused: &Element, key: DeckKey) -> bool {
    let is_up = match key {
        DeckKey::Up => true,
        DeckKey::Down => false,
        _ => return false,
    };
    let room = |element: &Element| {
        let above = element.scroll_top();
        let below = element.scroll_height() - element.client_height() - above;
        // Zoomed pages end on fractions.
        if is_up { above > 1 } else { below > 1 }
    };
    let mut inner = Some(focused.clone());
    while let Some(element) = inner {
        if scrolls_by_itself(&element) && room(&element) {
            return true;
        }
        inner = element.parent_element();
    }
    dom::root().is_some_and(|root| room(&root))
}

fn scrolls_by_itself(element: &Element) -> bool {
    let style = dom::window().and_then(|window| window.get_computed_style(element).ok().flatten());
    let overflow = style.and_then(|style| style.get_property_value("overflow-y").ok());
    matches!(overflow.as_deref(), Some("auto" | "scroll"))
}
