//! The speaker's view of a deck shows copies of it, and so copies of the labs: what starts by
//! itself starts in the deck, not in them.

use wasm_bindgen::JsCast;
use web_sys::Window;

use crate::page::dom;

/// Frames of Reveal.js' speaker view: the current slide, and the next one.
const COPIES: u32 = 2;

/// Whether this page stands in a copy of a deck in Reveal.js' speaker view: a window that the
/// deck has opened, with two frames in it that hold what the deck holds. That is all that a
/// page of another site may see. Who is wrong about it presses Run.
pub(crate) fn is_in_copy() -> bool {
    let find = || {
        let deck = dom::parent()?;
        let view = deck.parent().ok()??;
        let top = dom::window()?.top().ok()??;
        // Of another site: nothing else can be asked about it.
        let opener: Window = view.opener().ok().filter(|it| it.is_object())?.unchecked_into();
        let is_view = js_sys::Object::is(&view, &top) && !js_sys::Object::is(&view, &deck) && view.length() == COPIES;
        Some(is_view && opener.length() == deck.length())
    };
    find().unwrap_or(false)
}
