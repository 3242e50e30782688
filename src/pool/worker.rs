//! One web worker: started, written to, listened to, ended.

use js_sys::{Array, Object, Reflect, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{ErrorEvent, Event, MessageEvent, Worker, WorkerOptions, WorkerType};

use super::signal::{Letter, Mailbox, Signal, WorkerId};
use crate::protocol::{EngineError, FromWorker, ToWorker};

/// A worker and its listeners; dropping it terminates the worker.
pub(super) struct WorkerHandle {
    id: WorkerId,
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl WorkerHandle {
    /// Starts a worker whose words go to `mailbox`.
    ///
    /// # Errors
    /// The browser's words, where it refuses at once.
    pub(super) fn spawn(id: WorkerId, url: &str, kind: WorkerType, mailbox: &Mailbox) -> Result<Self, String> {
        let options = WorkerOptions::new();
        options.set_type(kind);
        let worker = Worker::new_with_options(url, &options).map_err(|error| words(&error))?;

        let to = mailbox.clone();
        let on_message = Closure::new(move |event: MessageEvent| {
            let _ = to.unbounded_send(Signal::Message(Box::new(read(id, &event.data()))));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));

        let to = mailbox.clone();
        let on_error = Closure::new(move |event: Event| {
            event.prevent_default();
            let _ = to.unbounded_send(Signal::Broken { worker: id, reason: why_broken(&event) });
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        Ok(Self { id, worker, _on_message: on_message, _on_error: on_error })
    }

    pub(super) fn id(&self) -> WorkerId {
        self.id
    }

    /// Sends the first, plain message: where the program is.
    ///
    /// # Errors
    /// The browser's words, where it can't be cloned.
    pub(super) fn start(&self, start: &Object) -> Result<(), String> {
        let message = Object::new();
        set(&message, "start", start);
        self.worker.post_message(&message).map_err(|error| words(&error))
    }

    /// Sends a request; a copy of the data is handed over.
    ///
    /// # Errors
    /// The browser's words, where it can't be sent.
    pub(super) fn post(&self, message: &ToWorker, data: Option<&[u8]>) -> Result<(), String> {
        let header = serde_json::to_string(message).map_err(|error| error.to_string())?;
        let object = Object::new();
        set(&object, "header", &JsValue::from_str(&header));
        let transfer = Array::new();
        if let Some(bytes) = data {
            let buffer = copy(bytes)?.buffer();
            set(&object, "data", &buffer);
            transfer.push(&buffer);
        }
        self.worker.post_message_with_transfer(&object, &transfer).map_err(|error| words(&error))
    }
}

impl Drop for WorkerHandle {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = Uint8Array)]
    type Copy;
    #[wasm_bindgen(constructor, catch, js_class = Uint8Array)]
    fn of(bytes: &[u8]) -> Result<Copy, JsValue>;
}

/// The bytes outside of this program's memory; js-sys' way of that ends the page where there is no room.
///
/// # Errors
/// A clause, where there is none.
pub(super) fn copy(bytes: &[u8]) -> Result<Uint8Array, String> {
    Copy::of(bytes)
        .map(JsCast::unchecked_into)
        .map_err(|_| "there was not enough memory to send it its data".to_owned())
}

/// Decodes the wire object; what can't be decoded is the engine's failure.
fn read(worker: WorkerId, wire: &JsValue) -> Letter {
    let header = property(wire, "header").and_then(|value| value.as_string()).unwrap_or_default();
    let message = serde_json::from_str(&header).unwrap_or_else(|error| {
        FromWorker::Failed(EngineError::Request { message: format!("its words were not understood: {error}") })
    });
    let data = property(wire, "data").map(|buffer| Uint8Array::new(&buffer));
    let shared = property(wire, "memory").zip(property(wire, "board").and_then(|board| board.as_f64()));
    Letter { worker, message, data, shared: shared.map(|(memory, board)| (memory, board as u32)) }
}

/// A property that is there and not `undefined`.
pub(super) fn property(object: &JsValue, name: &str) -> Option<JsValue> {
    Reflect::get(object, &JsValue::from_str(name)).ok().filter(|value| !value.is_undefined() && !value.is_null())
}

pub(super) fn set(object: &Object, name: &str, value: &JsValue) {
    // Setting a property of a plain object of our own can't fail.
    let _ = Reflect::set(object, &JsValue::from_str(name), value);
}

/// What an exception says, as a clause.
pub(super) fn words(error: &JsValue) -> String {
    property(error, "message")
        .or_else(|| Some(error.clone()))
        .and_then(|value| value.as_string())
        .map(|message| clause(&message))
        .filter(|message| !message.is_empty())
        .unwrap_or_else(|| "the browser gives no reason".to_owned())
}

/// Why a worker's error event came: a clause. A host's policy gives the event no words.
pub(super) fn why_broken(event: &Event) -> String {
    let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message).unwrap_or_default();
    match why_refused() {
        _ if !message.is_empty() => clause(&message),
        Some(why) => why.to_owned(),
        None => "its script could not be loaded".to_owned(),
    }
}

/// Why the host's policy lets no worker start, as www/boot.js has heard of it: a clause.
pub(super) fn why_refused() -> Option<&'static str> {
    let refused = property(&js_sys::global(), "parallelLabBoot").and_then(|boot| property(&boot, "refused"))?;
    Array::from(&refused)
        .includes(&JsValue::from_str("worker-src"), 0)
        .then_some("the rules of this host (worker-src of its Content-Security-Policy) let a page start no web worker")
}

/// A sentence of the browser's as a part of one of ours.
pub(super) fn clause(message: &str) -> String {
    message.trim_end_matches(['.', ' ']).to_owned()
}
