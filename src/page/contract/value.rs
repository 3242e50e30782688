//! Values of unknown origin: read with bounded work, whatever they are.

use js_sys::{Array, JsString, Object, Reflect};
use serde_json::{Map, Number, Value};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;

/// Parameters that one message may hold.
const KEY_LIMIT: u32 = 200;
/// Items of a list that are looked at.
const ITEM_LIMIT: u32 = 32;
/// UTF-16 units of a text that are looked at.
const TEXT_LIMIT: u32 = 20_000;

/// The largest whole number up to which float64 holds every one.
const MAX_SAFE_INTEGER: f64 = 9_007_199_254_740_991.0;

/// A text, if it is one and not longer than `limit`.
pub(crate) fn short_text(value: &JsValue, limit: u32) -> Option<String> {
    if !value.is_string() || value.unchecked_ref::<JsString>().length() > limit {
        return None;
    }
    value.as_string()
}

/// The own entries of a plain object; `None` for anything else.
pub(crate) fn entries(value: &JsValue) -> Option<Map<String, Value>> {
    if !value.is_object() || !is_plain(value)? {
        return None;
    }
    let keys = Reflect::own_keys(value).ok()?;
    let mut entries = Map::new();
    for key in keys.iter().take(KEY_LIMIT as usize) {
        let Some(name) = short_text(&key, TEXT_LIMIT) else { continue };
        let Ok(value) = Reflect::get(value, &key) else { continue };
        if !value.is_undefined() {
            entries.insert(name, converted(&value, 0));
        }
    }
    Some(entries)
}

fn is_plain(value: &JsValue) -> Option<bool> {
    let prototype = Reflect::get_prototype_of(value).ok()?;
    let plain = Reflect::get_prototype_of(&Object::new()).ok()?;
    Some(prototype.is_null() || Object::is(&prototype, &plain))
}

/// JSON as far as a parameter can use it; for the rest a text that none accepts.
fn converted(value: &JsValue, depth: u32) -> Value {
    if value.is_null() {
        Value::Null
    } else if let Some(truth) = value.as_bool() {
        truth.into()
    } else if let Some(number) = value.as_f64() {
        converted_number(number)
    } else if value.is_string() {
        let text = value.unchecked_ref::<JsString>().slice(0, TEXT_LIMIT);
        String::from(text).into()
    } else if value.is_bigint() {
        "a BigInt".into()
    } else if Array::is_array(value) && depth == 0 {
        let items = value.unchecked_ref::<Array>();
        let item = |index| Reflect::get_u32(items, index).unwrap_or(JsValue::NULL);
        let length = items.length().min(ITEM_LIMIT);
        (0..length).map(|index| converted(&item(index), depth + 1)).collect()
    } else if value.is_object() {
        "an object".into()
    } else {
        "no JSON value".into()
    }
}

fn converted_number(number: f64) -> Value {
    if number.fract() == 0.0 && number.abs() <= MAX_SAFE_INTEGER && !number.is_sign_negative() {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        return (number as u64).into();
    }
    match Number::from_f64(number) {
        Some(number) => Value::Number(number),
        None => number.to_string().into(),
    }
}
