//! Messages to the embedding page, and to scripts in an unframed one.

use serde::Serialize;
use serde_json::{Map, Value, json};
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::spawn_local;
use web_sys::{CustomEvent, CustomEventInit};

use super::key::DeckKey;
use crate::model::capabilities::Capabilities;
use crate::model::lab::Lab;
use crate::model::parameter::{Problem, Values};
use crate::model::report::{ErrorCode, ExecutorResult};
use crate::model::settings::Executor;
use crate::page::{blocks, dom};

/// What works here; after loading, and as the answer to `hello`.
pub(crate) fn ready(lab: &Lab, capabilities: &Capabilities) {
    post("ready", json!({ "lab": lab.name, "build": crate::BUILD, "capabilities": capabilities }));
}

/// Parameters that could not be taken as given.
pub(crate) fn notice(problems: &[Problem]) {
    post("notice", json!({ "problems": problems }));
}

/// Members done over all repeats of one executor.
pub(crate) fn progress(run: u32, executor: Executor, done: u64, total: u64) {
    let fields = json!({ "run": run, "executor": executor, "done": done, "total": total });
    post("progress", fields);
}

/// A run's figures, and what was predicted of it; `more` is what a lab adds, by its name.
/// Comes when all that shows it stands, so that whoever hears it can read the page.
pub(crate) fn finished(
    run: u32,
    values: &Values,
    results: &[ExecutorResult],
    prediction: &impl Serialize,
    more: Option<(&str, Value)>,
) {
    let mut message = json!({
        "run": run,
        "lab": values.lab().name,
        "settings": values.json(),
        "results": results,
        "prediction": prediction,
    });
    if let (Some((name, value)), Value::Object(fields)) = (more, &mut message) {
        fields.insert(name.into(), value);
    }
    spawn_local(async move {
        blocks::stand().await;
        post("finished", message);
    });
}

/// A run was stopped; `more` are fields that a lab adds.
pub(crate) fn stopped(run: u32, more: Value) {
    let mut message = json!({ "run": run });
    if let (Value::Object(more), Value::Object(fields)) = (more, &mut message) {
        fields.extend(more);
    }
    post("stopped", message);
}

/// A run, or the page, could not go on.
pub(crate) fn error(run: Option<u32>, code: ErrorCode, message: &str) {
    post("error", json!({ "run": run, "code": code, "message": message }));
}

/// An answer to a question; and once more, when it was said whether it is right.
pub(crate) fn answered(fields: Value) {
    post("answered", fields);
}

/// How many answers were right so far, or in the end.
pub(crate) fn score(fields: Value) {
    post("score", fields);
}

/// The height that the lab needs, CSS pixels.
pub(crate) fn resize(height: f64) {
    post("resize", json!({ "height": height }));
}

/// A key that the lab has no use for, to a page that asked for those.
pub(crate) fn key(key: DeckKey, with_shift: bool) {
    post("key", json!({ "key": key.name(), "shift": with_shift }));
}

fn post(kind: &str, fields: Value) {
    let mut message = Map::new();
    message.insert("app".into(), "parallel-lab".into());
    message.insert("v".into(), 1.into());
    message.insert("type".into(), kind.into());
    if let Value::Object(fields) = fields {
        message.extend(fields);
    }
    // By way of JSON: plain objects, and no figure loses a bit.
    let Ok(message) = js_sys::JSON::parse(&Value::Object(message).to_string()) else { return };
    if let Some(parent) = dom::parent() {
        let _ = parent.post_message(&message, "*");
    }
    dispatch(&message);
}

fn dispatch(message: &JsValue) {
    let init = CustomEventInit::new();
    init.set_detail(message);
    let event = CustomEvent::new_with_event_init_dict("parallel-lab", &init);
    if let (Some(window), Ok(event)) = (dom::window(), event) {
        let _ = window.dispatch_event(&event);
    }
}
