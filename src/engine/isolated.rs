//! The isolated engine: one instance, one memory, requests in slices.

use std::cell::RefCell;

use wasm_bindgen::prelude::*;

use super::{Beside, now_ms, panic_message, post, reading};
use crate::protocol::{EngineError, FromWorker};
use crate::service::{Reply, Service};

/// How long the worker works before it looks for messages, ms. Stop waits for
/// at most this much (and the operating system's time slices).
const SLICE_MS: f64 = 10.0;

thread_local! {
    static SERVICE: RefCell<Service> = RefCell::default();
}

/// Announces the engine, which finds the site's data files in the folder of this address.
/// Called once by the script, after instantiation.
#[wasm_bindgen]
pub fn ready(data: Option<String>) {
    reading::are_in(data);
    std::panic::set_hook(Box::new(|info| {
        let error = EngineError::Panic { message: panic_message(info) };
        say(FromWorker::Failed(error));
    }));
    say(FromWorker::Ready { build: crate::BUILD.to_owned() });
}

/// Takes a message from the page. True where the script must start to call
/// [`slice`], which it does not while it is at it already.
#[wasm_bindgen]
pub fn receive(header: &str, data: &JsValue) -> bool {
    let message = match serde_json::from_str(header) {
        Ok(message) => message,
        Err(error) => {
            say(FromWorker::Failed(EngineError::Request { message: error.to_string() }));
            return false;
        }
    };
    SERVICE.with_borrow_mut(|service| {
        let was_busy = service.is_busy();
        if let Some(reply) = service.receive(message, &Beside::new(data)) {
            post(&reply);
        }
        !was_busy && service.is_busy()
    })
}

/// Works for a slice, reads the file that is then wanted, and posts what came of both. In so
/// many milliseconds the script must call again; -1 where there is nothing more to do.
#[wasm_bindgen]
pub fn slice() -> f64 {
    SERVICE.with_borrow_mut(|service| {
        if let Some(reply) = service.slice(&now_ms, SLICE_MS) {
            post(&reply);
        }
        let content = service.wanted().map(|file| reading::read(&file.name()));
        if let Some(reply) = content.and_then(|content| service.bring(content)) {
            post(&reply);
        }
        if service.is_busy() { service.rest_ms(now_ms()) } else { -1.0 }
    })
}

fn say(message: FromWorker) {
    post(&Reply::header(message));
}
