//! What the browser keeps of a draft, with every key that is pressed. Where it has no room left, or
//! keeps nothing, the tab is asked; where that keeps nothing either, leaving the page is asked about.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::BeforeUnloadEvent;

use crate::lab::quiz::own::editor::draft::Draft;
use crate::lab::quiz::own::editor::open::of_text;
use crate::page::dom;
use crate::page::storage::Storage;

/// What the browser keeps it under.
const NAME: &str = "quiz-draft";
/// And the tab.
const IN_TAB: &str = "quiz-draft-in-tab";

/// How long a draft is kept.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kept {
    /// Until somebody begins anew.
    Here,
    /// As long as the tab is open.
    InTab,
    /// As long as the page is.
    Nowhere,
}

impl Kept {
    /// What is to be said of it: nothing, where all is well.
    pub(super) fn sentence(self) -> &'static str {
        match self {
            Self::Here => "",
            Self::InTab => {
                "This browser has no room left for your draft, or keeps nothing for this page: it is kept for this \
                 tab only. Download it before you close the tab."
            }
            Self::Nowhere => {
                "This browser keeps nothing for this page: your draft is gone when you leave or reload it. Download \
                 it before that."
            }
        }
    }
}

/// The draft that was kept; else a sentence where there was one that can't be read.
pub(super) fn read() -> Result<Option<Draft>, String> {
    // What the tab has is newer: it is there only where the browser took nothing more.
    let Some(text) = Storage::Tab.get(IN_TAB).or_else(|| Storage::Browser.get(NAME)) else { return Ok(None) };
    of_text(&text, "").map(Some).map_err(|why| format!("The draft that this browser had kept can't be read. {why}"))
}

/// Keeps it.
pub(super) fn write(draft: &Draft) -> Kept {
    if draft.is_blank() {
        Storage::Browser.remove(NAME);
        Storage::Tab.remove(IN_TAB);
        return Kept::Here;
    }
    let text = draft.kept();
    Storage::Browser.set(NAME, &text);
    if !Storage::Browser.has_refused(NAME) {
        Storage::Tab.remove(IN_TAB);
        return Kept::Here;
    }
    Storage::Tab.set(IN_TAB, &text);
    if Storage::Tab.has_refused(IN_TAB) { Kept::Nowhere } else { Kept::InTab }
}

/// Has the browser ask before the page is left while that would lose something.
pub(super) fn ask_before_leaving(would_lose: impl Fn() -> bool + 'static) {
    let Some(window) = dom::window() else { return };
    dom::listen(&window, "beforeunload", move |event| {
        if would_lose()
            && let Ok(event) = event.dyn_into::<BeforeUnloadEvent>()
        {
            event.prevent_default();
            event.set_return_value("unsaved");
        }
    });
}

/// Has `changed` called when another tab has kept a draft.
pub(super) fn hear_of_others(changed: impl Fn() + 'static) {
    let Some(window) = dom::window() else { return };
    dom::listen(&window, "storage", move |event| {
        let key = dom::property(&event, "key").and_then(|it| it.as_string()).unwrap_or_default();
        if key.ends_with(NAME) {
            changed();
        }
    });
}

/// So long after the last key it is checked, ms.
pub(super) const REST_MS: u64 = 250;

/// Calls it after that time.
pub(super) fn after_a_rest(then: impl FnOnce() + 'static) {
    set_timeout(then, std::time::Duration::from_millis(REST_MS));
}
