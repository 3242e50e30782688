//! The address bar follows the settings: whoever copies it shares them.
//! A long script stands behind `#`.

use std::cell::RefCell;
use std::time::Duration;

use leptos::ev;
use leptos::leptos_dom::helpers::TimeoutHandle;
use leptos::prelude::*;
use wasm_bindgen::prelude::JsValue;
use web_sys::Location;

use crate::model::parameter::Values;
use crate::model::query::{from_suffix, is_script, to_query, to_suffix};
use crate::page::dom;
use crate::page::restore;
use crate::page::state::Page;

/// Typing changes settings with every key; browsers limit how often the address may.
const DEBOUNCE: Duration = Duration::from_millis(300);

thread_local! {
    static PENDING: RefCell<Option<TimeoutHandle>> = const { RefCell::new(None) };
}

/// The query that the page was opened with.
pub(crate) fn opened_with() -> String {
    let location = dom::window().map(|it| it.location());
    let part = |of: fn(&Location) -> Result<String, JsValue>| location.as_ref().and_then(|it| of(it).ok());
    from_suffix(&part(Location::search).unwrap_or_default(), &part(Location::hash).unwrap_or_default())
}

/// Writes every later change of the settings into the address bar, by
/// `replaceState` only: a slide deck's Back button stays its own.
pub(crate) fn follow(page: Page) {
    open_pasted();
    Effect::new(move |first: Option<()>| {
        let values = page.values.get();
        if first.is_none() {
            return;
        }
        let query = query(page, &values);
        restore::keep(&query);
        let write = move || {
            // Refused in opaque origins: then the address stays as it was.
            let _ = replace_address(&query);
        };
        let handle = set_timeout_with_handle(write, DEBOUNCE).ok();
        if let Some(earlier) = PENDING.replace(handle) {
            earlier.clear();
        }
    });
}

/// A link that differs from the address only behind `#` loads nothing by itself,
/// nor does the way back from it.
fn open_pasted() {
    let _ = window_event_listener(ev::hashchange, |event| {
        let leads_to_script = |url: String| url.find('#').is_some_and(|hash| is_script(&url[hash..]));
        if (leads_to_script(event.new_url()) || leads_to_script(event.old_url()))
            && let Some(window) = dom::window()
        {
            let _ = window.location().reload();
        }
    });
}

fn query(page: Page, values: &Values) -> String {
    let mut query = to_query(values, page.catalogue);
    for name in page.flags.get_value().names() {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
    }
    query
}

/// The whole address with the settings of the next run, as a person would share it.
pub(crate) fn link(page: Page) -> Option<String> {
    link_to(page, &page.values.get_untracked())
}

/// The whole address with these settings.
pub(crate) fn link_to(page: Page, values: &Values) -> Option<String> {
    let base = base()?;
    let query = to_query(values, page.catalogue);
    Some(format!("{base}{}", to_suffix(&query)))
}

/// The address without any settings.
pub(crate) fn base() -> Option<String> {
    let location = dom::window()?.location();
    let (origin, path) = (location.origin().ok()?, location.pathname().ok()?);
    let origin = if origin == "null" { "file://".into() } else { origin };
    Some(format!("{origin}{path}"))
}

fn replace_address(query: &str) -> Option<()> {
    let window = dom::window()?;
    let location = window.location();
    let path = location.pathname().ok()?;
    let suffix = to_suffix(query);
    // What somebody else has put there stays, unless a script needs the place.
    let hash = location.hash().ok().filter(|hash| !suffix.contains('#') && !is_script(hash)).unwrap_or_default();
    let address = format!("{path}{suffix}{hash}");
    let history = window.history().ok()?;
    let kept = history.state().unwrap_or(JsValue::NULL);
    history.replace_state_with_url(&kept, "", Some(&address)).ok()
}
