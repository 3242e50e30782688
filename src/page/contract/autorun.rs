//! `autorun` starts once the lab can be seen, so that preloaded slides don't
//! race each other.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{IntersectionObserver, IntersectionObserverEntry, VisibilityState};

use crate::page::dom;
use crate::page::state::Page;

/// Waits for the lab to be in the viewport of a visible document, then runs it once.
pub(crate) fn when_seen(page: Page) {
    let (Some(document), Some(lab)) = (dom::window().and_then(|window| window.document()), dom::element("app")) else {
        return;
    };
    let in_viewport = Rc::new(Cell::new(false));
    let waiting = Rc::new(Cell::new(true));
    let start_if_seen = {
        let (document, in_viewport) = (document.clone(), Rc::clone(&in_viewport));
        move || {
            let visible = document.visibility_state() == VisibilityState::Visible;
            if visible && in_viewport.get() && waiting.replace(false) {
                page.request_autorun();
            }
        }
    };
    {
        let start_if_seen = start_if_seen.clone();
        dom::listen(&document, "visibilitychange", move |_| start_if_seen());
    }
    let observed = Closure::<dyn Fn(JsValue)>::new(move |entries: JsValue| {
        let entries: Array = entries.unchecked_into();
        let newest = entries.iter().last().map(JsCast::unchecked_into::<IntersectionObserverEntry>);
        if let Some(entry) = newest {
            in_viewport.set(entry.is_intersecting());
            start_if_seen();
        }
    });
    if let Ok(observer) = IntersectionObserver::new(observed.as_ref().unchecked_ref()) {
        observer.observe(&lab);
        observed.forget();
    }
}
