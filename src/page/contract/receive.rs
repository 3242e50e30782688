//! Messages to the lab: `hello`, `set`, `run`, `stop`, `reset`, and Reveal.js'
//! two plain strings. Everything else is someone else's, and ignored.

use js_sys::Array;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

use leptos::prelude::*;

use super::forward::{self, Deck};
use super::send;
use super::value::{entries, short_text};
use crate::model::query::apply_params;
use crate::page::dom;
use crate::page::state::Page;

/// Longest word that means something here.
const WORD_LIMIT: u32 = 32;

/// Takes what the boot script has kept, then listens itself.
pub(crate) fn take_over(page: Page) {
    let kept = dom::call_boot("parallelLabInbox", "take", None);
    if let Some(window) = dom::window() {
        dom::listen(&window, "message", move |event| {
            if is_from_speaker(&event)
                && let Some(data) = dom::property(&event, "data")
            {
                handle(page, &data);
            }
        });
    }
    if let Some(messages) = kept.and_then(|kept| kept.dyn_into::<Array>().ok()) {
        for message in messages.iter() {
            handle(page, &message);
        }
    }
}

/// From the parent window; in an unframed page, from the page itself.
fn is_from_speaker(event: &JsValue) -> bool {
    let Some(source) = dom::property(event, "source") else { return false };
    match (dom::parent(), dom::window()) {
        (Some(parent), _) => js_sys::Object::is(&source, &parent),
        (None, Some(window)) => js_sys::Object::is(&source, &window),
        (None, None) => false,
    }
}

fn handle(page: Page, data: &JsValue) {
    if data.is_string() {
        match short_text(data, WORD_LIMIT).as_deref() {
            Some("slide:start") => {
                forward::recognize(Deck::Reveal);
                page.request_autorun();
            }
            Some("slide:stop") => {
                forward::recognize(Deck::Reveal);
                page.request_stop();
            }
            _ => {}
        }
        return;
    }
    if !data.is_object() {
        return;
    }
    let text = |name| dom::property(data, name).and_then(|value| short_text(&value, WORD_LIMIT));
    let version = dom::property(data, "v").and_then(|value| value.as_f64());
    if text("app").as_deref() != Some("parallel-lab") || version != Some(1.0) {
        return;
    }
    match text("type").as_deref() {
        Some("hello") => {
            if dom::property(data, "keys").and_then(|keys| keys.as_bool()) == Some(true) {
                forward::recognize(Deck::Asked);
            }
            if let Some(capabilities) = page.capabilities.get_untracked() {
                send::ready(page.lab, &capabilities);
            }
        }
        Some("set") => {
            let Some(params) = dom::property(data, "params").as_ref().and_then(entries) else {
                return;
            };
            let values = page.values.get_untracked();
            let (values, problems) = apply_params(&values, &params, page.catalogue);
            page.replace_values(values, &problems);
        }
        Some("run") => page.request_run(),
        Some("stop") => page.request_stop(),
        Some("reset") => page.reset(),
        _ => {}
    }
}
