//! Processes as a worker of a page has them: it asks the page for them.

use wasm_bindgen::prelude::*;

use super::bring;

// www/python-worker.js has these; they post messages, or keep what has time.
#[wasm_bindgen(js_namespace = parallelLabProcesses)]
extern "C" {
    #[wasm_bindgen(js_name = spawn)]
    fn post_spawn(handle: u32, slot: u32);
    #[wasm_bindgen(js_name = send)]
    fn post_send(handle: u32, data: &[u8]);
    #[wasm_bindgen(js_name = terminate)]
    fn post_terminate(handle: u32);
    #[wasm_bindgen(js_name = can_wait)]
    pub(crate) fn can_wait(shares_memory: bool) -> bool;
    #[wasm_bindgen(js_name = deadlock)]
    pub(crate) fn tell_deadlock(json: &str);
    #[wasm_bindgen(js_name = record)]
    fn keep_span(kind: &str, start_ms: f64, end_ms: f64, label: &str, thread: u32);
    #[cfg(target_feature = "atomics")]
    #[wasm_bindgen(js_name = keep_spans)]
    fn keep_process_spans(handle: u32, json: &str);
}

/// A stretch of the timeline.
pub(crate) struct Span<'a> {
    pub(crate) kind: &'a str,
    /// Since the epoch.
    pub(crate) start_ms: f64,
    pub(crate) end_ms: f64,
    pub(crate) label: &'a str,
    /// The thread that it belongs to; 0 is the main one.
    pub(crate) thread: u32,
}

/// Asks for a process; if it can't be had, its end arrives as an event.
pub(super) fn spawn(handle: u32, slot: usize) -> Result<(), String> {
    if !can_wait(cfg!(target_feature = "atomics")) {
        let reason = "this browser shares no memory here and can't suspend a script: nothing could wait for a process";
        return Err(reason.to_owned());
    }
    #[cfg(target_feature = "atomics")]
    {
        super::inbox::open(slot, handle);
        super::mailbox::open(slot, handle);
    }
    post_spawn(handle, slot as u32);
    Ok(())
}

pub(super) fn send(handle: u32, data: &[u8]) {
    #[cfg(target_feature = "atomics")]
    if super::inbox::put(handle, data) {
        return;
    }
    post_send(handle, data);
}

/// Whether the processes in these slots have taken all that was sent to them.
pub(super) fn has_been_heard(_slots: &[usize]) -> bool {
    #[cfg(target_feature = "atomics")]
    return _slots.iter().all(|slot| !super::inbox::has_any(*slot));
    // The page has it, and tells nobody.
    #[cfg(not(target_feature = "atomics"))]
    false
}

pub(super) fn terminate(handle: u32) {
    #[cfg(target_feature = "atomics")]
    super::inbox::close(handle);
    post_terminate(handle);
}

pub(crate) fn record(span: &Span<'_>) {
    keep_span(span.kind, span.start_ms, span.end_ms, span.label, span.thread);
}

/// Keeps stretches of a process's timeline (JSON) for the page until it needs them.
#[cfg(target_feature = "atomics")]
pub(super) fn keep_spans(handle: u32, json: &[u8]) {
    keep_process_spans(handle, &String::from_utf8_lossy(json));
}

/// Brings an event where no memory is shared.
#[wasm_bindgen]
pub fn process_event(handle: u32, kind: u32, content: Vec<u8>) {
    bring(handle, kind, content);
}

/// Makes this interpreter a child.
#[wasm_bindgen]
pub fn become_child(handle: u32) {
    super::become_child(handle);
}

/// Whether a process that has answered has no thread that goes on.
#[cfg(target_feature = "atomics")]
#[wasm_bindgen]
#[must_use]
pub fn is_alone() -> bool {
    crate::threads::is_alone()
}

/// Where the children's and the page's rings are in the memory, the bytes of
/// each, the word that is to be counted up and notified after writing, and
/// where the rings are from which the children read.
#[cfg(target_feature = "atomics")]
#[wasm_bindgen]
#[must_use]
pub fn mailbox() -> Vec<u32> {
    use super::{inbox, mailbox, ring};
    let events = crate::idle::events_address() as u32;
    vec![mailbox::address() as u32, ring::RING_BYTES as u32, events, inbox::address() as u32]
}
