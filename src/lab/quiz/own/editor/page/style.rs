//! The editor's style sheet comes with it, so that nobody else loads it. Where a browser can't take
//! a sheet so, the editor stands there without.

use js_sys::{Array, Function, Reflect};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

use crate::page::dom;

const SHEET: &str = include_str!("../../../../../../www/style/editor.css");

/// Has the page take it.
pub(super) fn adopt() {
    let _ = try_to_adopt();
}

fn try_to_adopt() -> Option<bool> {
    let document = dom::window()?.document()?;
    let maker: Function = dom::property(&js_sys::global(), "CSSStyleSheet")?.dyn_into().ok()?;
    let sheet = Reflect::construct(&maker, &Array::new()).ok()?;
    let replace: Function = dom::property(&sheet, "replaceSync")?.dyn_into().ok()?;
    replace.call1(&sheet, &JsValue::from_str(SHEET)).ok()?;
    let name = "adoptedStyleSheets";
    let sheets = Array::from(&dom::property(&document, name)?);
    sheets.push(&sheet);
    Reflect::set(&document, &JsValue::from_str(name), &sheets).ok()
}
