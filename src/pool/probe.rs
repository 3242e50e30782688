//! Finds out what works here: by trying, with a time limit, not by asking.

use std::rc::Rc;
use std::time::Duration;

use futures_channel::mpsc;
use futures_util::StreamExt;
use futures_util::future::{Either, join, select};
use js_sys::{Array, Object, Reflect, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use web_sys::{Blob, BlobPropertyBag, Event, MessageEvent, Url, Worker};

use super::clock::{measure_resolution_ms, sleep, window};
use super::files::address;
use super::page_facts::{SINGLE_FILE, fact};
use super::worker::{clause, property, set, why_refused, words};
use crate::model::capabilities::Capabilities;
use crate::model::format::capitalized;
use crate::model::isolation::Surroundings;

/// The worker that tries things; small, because it comes before everything.
const SCRIPT: &str = include_str!("../../www/probe.js");
/// An unfinished probe counts as "does not work": several frames that start together, on a
/// busy machine, take longer than a second.
const LIMIT: Duration = Duration::from_secs(3);
/// So many the page asks for, to be refused one: more than could have become free since
/// its worker was.
const MEMORIES: usize = 4;
/// `(module (func (result v128) (v128.const i64x2 0 0)))`
const SIMD_MODULE: [u8; 43] = [
    0, 97, 115, 109, 1, 0, 0, 0, // header
    1, 5, 1, 96, 0, 1, 123, // one type: () -> v128
    3, 2, 1, 0, // one function
    10, 22, 1, 20, 0, 253, 12, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 11, // its code
];

/// What the probing worker was heard to say.
enum Word {
    Up,
    Shared(bool),
    Refused(String),
    Broken(String),
}

/// What is known of the probe so far.
#[derive(Default)]
struct Findings {
    up: bool,
    shared: bool,
    refused: Option<String>,
    broken: Option<String>,
}

/// What was found, and how sure that is.
pub(super) struct Found {
    pub(super) capabilities: Capabilities,
    /// Nothing was refused, but the time was up: a run may well try again.
    pub(super) timed_out: bool,
}

/// Tries workers, shared memory and SIMD, and measures the clock.
pub(super) async fn probe() -> Found {
    let (mut findings, clock_resolution_ms) = join(try_workers(), measure_resolution_ms()).await;
    let isolated = is_isolated();
    if isolated && findings.refused.is_some() {
        collect_memories();
        findings = try_workers().await;
    }
    let simd = validates_simd();
    let no_simd = || "This browser has no WebAssembly SIMD, which the engines need.".to_owned();
    let processes_reason = if simd { why_no_processes(&findings) } else { Some(no_simd()) };
    let threads_reason = processes_reason.clone().or_else(|| why_no_threads(&findings, isolated));
    let timed_out = simd && did_not_answer(&findings);
    let capabilities = Capabilities {
        cores: cores(),
        cross_origin_isolated: isolated,
        threads: threads_reason.is_none(),
        threads_reason,
        processes: processes_reason.is_none(),
        processes_reason,
        simd,
        clock_resolution_ms,
    };
    Found { capabilities, timed_out }
}

/// Has the browser give back the memories of pages that were left: Chromium has room for
/// some hundred in a process, and looks for those that nobody needs only where the page
/// itself, not a worker of it, is refused one.
fn collect_memories() {
    let one = Object::new();
    set(&one, "initial", &JsValue::from(1));
    set(&one, "maximum", &JsValue::from(1));
    for _ in 0..MEMORIES {
        let _ = WebAssembly::Memory::new(&one);
    }
}

/// Did the worker just not come to say anything? (One that says it is up, but
/// hears nothing from the worker inside it, counts as "does not work".)
fn did_not_answer(findings: &Findings) -> bool {
    !findings.up && findings.refused.is_none() && findings.broken.is_none()
}

/// A sandboxed frame, or a file: no script may be loaded by its address.
fn has_opaque_origin() -> bool {
    property(&js_sys::global(), "origin").is_some_and(|origin| origin.as_string().as_deref() == Some("null"))
}

/// What `os.cpu_count()` is in a browser; 1 where the browser does not tell.
fn cores() -> u32 {
    window().map_or(1.0, |window| window.navigator().hardware_concurrency()).clamp(1.0, 1024.0) as u32
}

fn is_isolated() -> bool {
    property(&js_sys::global(), "crossOriginIsolated").is_some_and(|flag| flag.is_truthy())
}

fn surroundings() -> Surroundings {
    let global = js_sys::global();
    let is_set = |object: &JsValue, name| property(object, name).is_some_and(|flag| flag.is_truthy());
    let protocol = window().and_then(|window| window.location().protocol().ok());
    // www/isolation.js has tried.
    let tried = property(&global, "parallelLabIsolation").unwrap_or_default();
    Surroundings {
        is_single_file: fact(SINGLE_FILE).is_some(),
        is_file: protocol.is_some_and(|protocol| protocol == "file:"),
        is_secure: is_set(&global, "isSecureContext"),
        is_opaque: has_opaque_origin(),
        is_framed: property(&global, "parent").is_some_and(|parent| !Object::is(&parent, &global)),
        is_worker_refused: is_set(&tried, "refused"),
        is_worker_late: is_set(&tried, "late"),
    }
}

/// Why this page may not read the host's files: a sentence; `None` where it may.
pub(super) fn why_unreadable() -> Option<String> {
    surroundings().why_unreadable().map(str::to_owned)
}

fn validates_simd() -> bool {
    has_global("WebAssembly") && WebAssembly::validate(&Uint8Array::from(SIMD_MODULE.as_slice())).unwrap_or(false)
}

fn has_global(name: &str) -> bool {
    property(&js_sys::global(), name).is_some()
}

fn why_no_processes(findings: &Findings) -> Option<String> {
    if findings.up {
        return None;
    }
    Some(match (&findings.broken, why_refused()) {
        (Some(_), Some(why)) => format!("{}.", capitalized(why)),
        (Some(reason), None) => format!("This browser starts no web worker here: {reason}."),
        (None, _) => format!("A web worker was started, but did not answer within {} s.", LIMIT.as_secs()),
    })
}

fn why_no_threads(findings: &Findings, isolated: bool) -> Option<String> {
    if fact(SINGLE_FILE).is_some() {
        return Some(surroundings().why_no_threads());
    }
    if findings.shared && has_opaque_origin() {
        let why = "Threads load their program by its address, which a sandboxed frame or a file may not do.";
        return Some(why.to_owned());
    }
    if findings.shared {
        return None;
    }
    Some(match (&findings.refused, isolated) {
        (_, false) => surroundings().why_no_threads(),
        (Some(reason), true) => {
            format!(
                "The page is isolated, but shared memory could not be handed to a worker inside a worker: {reason}."
            )
        }
        (None, true) => {
            format!("A worker inside a worker did not answer through shared memory within {} s.", LIMIT.as_secs())
        }
    })
}

/// From a blob, which needs no request and works in opaque origins; where that is refused,
/// as a host's policy may, from the script's address.
async fn try_workers() -> Findings {
    let findings = try_worker(script_url(SCRIPT)).await;
    let is_elsewhere = || fact("data-probe").filter(|_| !has_opaque_origin());
    match is_elsewhere().filter(|_| findings.broken.is_some()) {
        Some(name) => try_worker(address(&name)).await,
        None => findings,
    }
}

async fn try_worker(url: Result<String, String>) -> Findings {
    let mut findings = Findings::default();
    let (to, mut heard) = mpsc::unbounded();
    let probing = match url.and_then(|url| Probing::start(url, to)) {
        Ok(probing) => probing,
        Err(reason) => {
            findings.broken = Some(reason);
            return findings;
        }
    };
    let mut limit = Box::pin(sleep(LIMIT.as_millis() as i32));
    // Ends with the time limit, or once all that matters is known.
    while let Either::Left((Some(word), rest)) = select(heard.next(), limit).await {
        limit = rest;
        match word {
            Word::Up => findings.up = true,
            Word::Shared(shared) => findings.shared = shared,
            Word::Refused(reason) => findings.refused = Some(reason),
            Word::Broken(reason) => findings.broken = Some(reason),
        }
        if findings.shared || findings.refused.is_some() || findings.broken.is_some() {
            break;
        }
    }
    drop(probing);
    findings
}

/// The probing worker; dropping it ends it.
struct Probing {
    url: String,
    worker: Worker,
    _listeners: [Closure<dyn FnMut(Event)>; 2],
}

impl Probing {
    fn start(url: String, to: mpsc::UnboundedSender<Word>) -> Result<Self, String> {
        if !has_global("Worker") {
            return Err("it has no Worker at all".to_owned());
        }
        let worker = Worker::new(&url).map_err(|error| words(&error))?;
        let to = Rc::new(to);
        let on_message = {
            let to = Rc::clone(&to);
            Closure::<dyn FnMut(Event)>::new(move |event: Event| {
                let data = event.dyn_ref::<MessageEvent>().map_or(JsValue::NULL, MessageEvent::data);
                let _ = to.unbounded_send(read(&data));
            })
        };
        let on_error = Closure::<dyn FnMut(Event)>::new(move |event: Event| {
            event.prevent_default();
            let message = property(&event, "message").and_then(|message| message.as_string());
            let reason = message.map(|message| clause(&message)).filter(|message| !message.is_empty());
            let _ = to.unbounded_send(Word::Broken(reason.unwrap_or_else(|| "it was refused".to_owned())));
        });
        worker.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
        worker.set_onerror(Some(on_error.as_ref().unchecked_ref()));
        let errand = Object::new();
        set(&errand, "url", &JsValue::from_str(&url));
        worker.post_message(&errand).map_err(|error| words(&error))?;
        Ok(Self { url, worker, _listeners: [on_message, on_error] })
    }
}

impl Drop for Probing {
    fn drop(&mut self) {
        self.worker.set_onmessage(None);
        self.worker.set_onerror(None);
        self.worker.terminate();
        let _ = Url::revoke_object_url(&self.url);
    }
}

fn read(data: &JsValue) -> Word {
    if let Some(reason) = property(data, "refused").and_then(|reason| reason.as_string()) {
        Word::Refused(clause(&reason))
    } else if let Some(shared) = property(data, "shared") {
        Word::Shared(shared.is_truthy())
    } else if Reflect::has(data, &JsValue::from_str("up")).unwrap_or(false) {
        Word::Up
    } else {
        Word::Broken("it said something unexpected".to_owned())
    }
}

/// A URL for a script that the page holds as text.
pub(super) fn script_url(text: &str) -> Result<String, String> {
    let options = BlobPropertyBag::new();
    options.set_type("text/javascript");
    let blob = Blob::new_with_str_sequence_and_options(&Array::of1(&JsValue::from_str(text)), &options)
        .map_err(|error| words(&error))?;
    Url::create_object_url_with_blob(&blob).map_err(|error| words(&error))
}
