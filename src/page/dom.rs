//! Small questions to the browser, each of which may go unanswered.

use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::{Closure, JsValue};
use web_sys::{Element, EventTarget, HtmlElement};

use crate::model::parameter::number;

/// The page's window.
pub(crate) fn window() -> Option<web_sys::Window> {
    web_sys::window()
}

/// The `html` element.
pub(crate) fn root() -> Option<Element> {
    window()?.document()?.document_element()
}

/// How large the page is shown: the root's font size as a multiple of 16 CSS pixels.
pub(crate) fn enlargement() -> f64 {
    let style = || window()?.get_computed_style(&root()?).ok()?;
    let size = style().and_then(|style| style.get_property_value("font-size").ok());
    let pixels = size.and_then(|size| number::decimal(size.strip_suffix("px")?));
    pixels.filter(|pixels| *pixels > 0.0).map_or(1.0, |pixels| pixels / 16.0)
}

/// An element of the page by its id.
pub(crate) fn element(id: &str) -> Option<HtmlElement> {
    window()?.document()?.get_element_by_id(id)?.dyn_into().ok()
}

/// Milliseconds since the page began.
pub(crate) fn now_ms() -> f64 {
    window().and_then(|window| window.performance()).map_or(0.0, |clock| clock.now())
}

/// The parent window, where the page is framed.
pub(crate) fn parent() -> Option<web_sys::Window> {
    let window = window()?;
    let parent = window.parent().ok()??;
    (!js_sys::Object::is(&parent, &window)).then_some(parent)
}

/// Listens for as long as the page lives.
pub(crate) fn listen(target: &EventTarget, event: &str, handler: impl Fn(JsValue) + 'static) {
    let closure = Closure::<dyn Fn(JsValue)>::new(handler);
    if target.add_event_listener_with_callback(event, closure.as_ref().unchecked_ref()).is_ok() {
        closure.forget();
    }
}

/// A property of any value; `None` where reading it throws.
pub(crate) fn property(value: &JsValue, name: &str) -> Option<JsValue> {
    js_sys::Reflect::get(value, &JsValue::from_str(name)).ok()
}

/// Calls a method of a global object of the boot script, if it is there.
pub(crate) fn call_boot(object: &str, method: &str, argument: Option<&str>) -> Option<JsValue> {
    let target = property(&js_sys::global(), object)?;
    let method: js_sys::Function = property(&target, method)?.dyn_into().ok()?;
    match argument {
        Some(text) => method.call1(&target, &JsValue::from_str(text)).ok(),
        None => method.call0(&target).ok(),
    }
}
