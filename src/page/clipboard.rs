//! Texts to the clipboard, which may be refused in more than one way.

use js_sys::{Function, Promise};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;
use web_sys::{HtmlElement, HtmlTextAreaElement};

use crate::page::dom;

/// Puts a text on the clipboard; false where the browser does not let us.
pub(crate) async fn write(text: &str) -> bool {
    if let Some(promise) = by_promise(text)
        && JsFuture::from(promise).await.is_ok()
    {
        return true;
    }
    by_selection(text).unwrap_or(false)
}

/// `None` where there is no clipboard (insecure contexts), or it throws.
fn by_promise(text: &str) -> Option<Promise> {
    let navigator = dom::window()?.navigator();
    let clipboard = dom::property(&navigator, "clipboard")?;
    let write: Function = dom::property(&clipboard, "writeText")?.dyn_into().ok()?;
    write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()
}

/// The older way still works in frames to which the newer one is closed: slide
/// decks rarely say `allow="clipboard-write"`.
fn by_selection(text: &str) -> Option<bool> {
    let document = dom::window()?.document()?;
    let focused = document.active_element().and_then(|it| it.dyn_into::<HtmlElement>().ok());
    let field: HtmlTextAreaElement = document.create_element("textarea").ok()?.dyn_into().ok()?;
    field.set_value(text);
    field.set_read_only(true);
    field.set_class_name("visually-hidden");
    document.body()?.append_child(&field).ok()?;
    field.select();
    let copied = dom::property(&document, "execCommand")
        .and_then(|it| it.dyn_into::<Function>().ok())
        .and_then(|copy| copy.call1(&document, &JsValue::from_str("copy")).ok())
        .and_then(|answer| answer.as_bool());
    field.remove();
    if let Some(focused) = focused {
        let _ = focused.focus();
    }
    copied
}
