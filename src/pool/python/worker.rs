//! One Python worker: started, written to, listened to, ended.

use js_sys::{Array, Object, Uint8Array};
use wasm_bindgen::prelude::*;
use web_sys::{Event, MessageEvent, Worker};

use crate::pool::worker::{property, set, why_broken, words};
use crate::protocol::python::{FromPython, ToPython};

/// What was heard of a worker.
pub(super) struct Heard {
    pub(super) message: FromPython,
    /// The bytes beside it.
    pub(super) data: Option<Uint8Array>,
}

/// A worker and its listeners; dropping it terminates the worker.
pub(super) struct PythonWorker {
    worker: Worker,
    _on_message: Closure<dyn FnMut(MessageEvent)>,
    _on_error: Closure<dyn FnMut(Event)>,
}

impl PythonWorker {
    /// Starts a worker. `start` tells it where its program is.
    ///
    /// # Errors
    /// The browser's words, where it refuses at once.
    pub(super) fn spawn(
        script_url: &str,
        start: &Object,
        hear: impl Fn(Heard) + Clone + 'static,
    ) -> Result<Self, String> {
        let worker = Worker::new(script_url).map_err(|error| words(&error))?;
        let to = hear.clone();
        let on_message = Closure::new(move |event: MessageEvent| to(read(&event.data())));
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        let on_error = Closure::new(move |event: Event| {
            event.prevent_default();
            hear(Heard { message: FromPython::Failed { message: why_broken(&event), had: None }, data: None });
        });
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let message = Object::new();
        set(&message, "start", start);
        worker.post_message(&message).map_err(|error| words(&error))?;
        Ok(Self { worker, _on_message: on_message, _on_error: on_error })
    }

    /// Sends a request; the bytes are handed over, not copied.
    pub(super) fn post(&self, message: &ToPython, data: Option<&Uint8Array>) {
        let Ok(header) = serde_json::to_string(message) else { return };
        let object = Object::new();
        set(&object, "header", &JsValue::from_str(&header));
        let transfer = Array::new();
        if let Some(bytes) = data {
            set(&object, "data", &bytes.buffer());
            transfer.push(&bytes.buffer());
        }
        // Only what can't be cloned is refused, and a string and a buffer can.
        let _ = self.worker.post_message_with_transfer(&object, &transfer);
    }
}

impl Drop for PythonWorker {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
    }
}

fn read(wire: &JsValue) -> Heard {
    let header = property(wire, "header").and_then(|value| value.as_string()).unwrap_or_default();
    let message = serde_json::from_str(&header).unwrap_or_else(|error| FromPython::Failed {
        message: format!("its words were not understood: {error}"),
        had: None,
    });
    let data = property(wire, "data").map(|buffer| Uint8Array::new(&buffer));
    Heard { message, data }
}
