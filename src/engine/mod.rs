//! The worker's side: what a worker script calls, and how replies go out.
//!
//! [`isolated`] answers requests in slices; `threaded` hosts rayon threads and
//! reports through a board in shared memory. Each is one wasm artefact's face
//! to its script in `www/`.

// One look at both is enough to lint them.
#[cfg(any(not(feature = "engine-threaded"), clippy))]
pub mod isolated;
mod reading;
#[cfg(feature = "engine-threaded")]
pub mod threaded;

use std::panic::PanicHookInfo;

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;

use crate::executor::allocator;
use crate::model::settings::Gather;
use crate::protocol::{EngineError, FromWorker};
use crate::service::{Data, Reply};

#[wasm_bindgen]
extern "C" {
    /// The worker's own `postMessage`.
    #[wasm_bindgen(js_name = postMessage, catch)]
    fn post_message(message: &JsValue, transfer: &Array) -> Result<(), JsValue>;

    #[wasm_bindgen(js_namespace = performance)]
    fn now() -> f64;

    #[wasm_bindgen(thread_local_v2, js_namespace = performance, js_name = timeOrigin)]
    static TIME_ORIGIN: f64;
}

/// Milliseconds since the Unix epoch on the clock that page and workers share.
fn now_ms() -> f64 {
    TIME_ORIGIN.with(|origin| *origin) + now()
}

/// Posts a reply as the protocol's wire object.
fn post(reply: &Reply) {
    post_with(&reply.message, reply.data(), reply.gather);
}

/// Posts a message with data beside it.
fn post_with(message: &FromWorker, data: Option<&[u8]>, gather: Gather) {
    let message = wire_object(message);
    let transfer = Array::new();
    if let Some(bytes) = data {
        let buffer = Uint8Array::from(bytes).buffer();
        set(&message, "data", &buffer);
        if gather == Gather::Transfer {
            transfer.push(&buffer);
        }
    }
    send(&message, &transfer);
}

fn wire_object(message: &FromWorker) -> Object {
    let object = Object::new();
    let header = serde_json::to_string(message).unwrap_or_default();
    set(&object, "header", &JsValue::from_str(&header));
    object
}

fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object of our own can't fail.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

fn send(message: &JsValue, transfer: &Array) {
    if post_message(message, transfer).is_err() {
        // The buffer could not be cloned for lack of memory: say at least so.
        let error = FromWorker::Failed(EngineError::Memory { had: 0 });
        let _ = post_message(&wire_object(&error), &Array::new());
    }
}

/// Was there ever too little memory since that was told? A trap does not say why it
/// came: the script asks this.
#[wasm_bindgen]
#[must_use]
pub fn is_out_of_memory() -> bool {
    allocator::refused_bytes() != 0
}

/// The data beside a header, still outside this instance's memory.
struct Beside(Option<Uint8Array>);

impl Beside {
    fn new(data: &JsValue) -> Self {
        Self((!data.is_undefined()).then(|| Uint8Array::new(data)))
    }
}

impl Data for Beside {
    fn count(&self) -> usize {
        self.0.as_ref().map_or(0, |bytes| bytes.length() as usize)
    }

    fn copy_to(&self, to: &mut [u8]) {
        if let Some(bytes) = &self.0 {
            bytes.copy_to(to);
        }
    }
}

/// What a panic says, without where in our sources it was raised.
fn panic_message(info: &PanicHookInfo<'_>) -> String {
    let payload = info.payload();
    let text = payload.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| payload.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it gave no reason".to_owned())
}
