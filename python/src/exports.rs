//! What JavaScript calls (www/python-worker.js): one interpreter per worker.

use std::cell::{Cell, RefCell};
use std::panic;
use std::time::Duration;

use crate::gil;
use js_sys::Function;
use rustpython_vm::Interpreter;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::interpreter::{self, Options};
use crate::output::{self, Stream};
use crate::script::{self, Outcome, Script};
use crate::{checkpoint, clock, threads};

thread_local! {
    static THREADS: Cell<threads::Options> = Cell::new(threads::Options::default());
    static INTERPRETER: RefCell<Option<Interpreter>> = const { RefCell::new(None) };
    static BEGUN: RefCell<Option<(Script, Function)>> = const { RefCell::new(None) };
    static OUTCOME: RefCell<Option<Result<String, JsError>>> = const { RefCell::new(None) };
}

// www/python-worker.js has the script suspended here, where the engine can.
#[cfg(not(target_feature = "atomics"))]
#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = parallelLabWait)]
    fn host_wait(timeout_ms: f64);
}

/// At most so many ms; without a limit, until something happens.
#[cfg(not(target_feature = "atomics"))]
fn wait_for_host(timeout_ms: Option<f64>) {
    host_wait(timeout_ms.unwrap_or(-1.0));
}

/// What `start` is told.
#[derive(Debug, Deserialize)]
struct Start {
    cpu_count: usize,
    #[serde(default)]
    hash_seed: Option<u32>,
    #[serde(default)]
    checkpoints: bool,
    /// With the GIL, or without.
    #[serde(default = "yes")]
    gil: bool,
    #[serde(default = "five")]
    switch_interval_ms: f64,
}

fn yes() -> bool {
    true
}

fn five() -> f64 {
    gil::SWITCH_INTERVAL.as_secs_f64() * 1e3
}

/// What a run came to.
#[derive(Debug, Serialize)]
struct Ended {
    #[serde(flatten)]
    outcome: Outcome,
    threads: Vec<Thread>,
}

/// What a thread did with the GIL: stretches of [start, end] in ms since the epoch.
#[derive(Debug, Serialize)]
struct Thread {
    number: u32,
    waited: Vec<[f64; 2]>,
    held: Vec<[f64; 2]>,
    waited_ms: f64,
    held_ms: f64,
    forced_switches: u64,
    lost_spans: u64,
}

impl From<gil::Log> for Thread {
    fn from(log: gil::Log) -> Self {
        let (mut waited, mut held) = (Vec::new(), Vec::new());
        for span in log.spans {
            match span {
                gil::Span::Wait { start_ms, end_ms } => waited.push([start_ms, end_ms]),
                gil::Span::Hold { start_ms, end_ms, .. } => held.push([start_ms, end_ms]),
            }
        }
        Self {
            number: log.thread,
            waited,
            held,
            waited_ms: log.waited_ms,
            held_ms: log.held_ms,
            forced_switches: log.forced_switches,
            lost_spans: log.lost_spans,
        }
    }
}

/// Makes the interpreter; `options` are JSON. Returns how long that took, in
/// milliseconds.
///
/// # Errors
/// When the options can't be read, or one of our own modules fails.
#[wasm_bindgen]
pub fn start(options: &str) -> Result<f64, JsError> {
    // An abort leaves no message behind: an error of JavaScript does.
    panic::set_hook(Box::new(|info| {
        let what = info.to_string();
        threads::note_panic(&what);
        wasm_bindgen::throw_str(&what)
    }));
    std::alloc::set_alloc_error_hook(|_| wasm_bindgen::throw_str("Python is out of memory"));
    #[cfg(not(target_feature = "atomics"))]
    crate::idle::set_host_wait(wait_for_host);
    let begun = clock::now_ms();
    let start: Start = serde_json::from_str(options)?;
    let options = Options {
        cpu_count: start.cpu_count,
        hash_seed: start.hash_seed,
        checkpoints: start.checkpoints,
        switch_interval: Duration::try_from_secs_f64(start.switch_interval_ms / 1e3)?,
    };
    let mode = if start.gil { gil::Mode::Locked } else { gil::Mode::FreeThreaded };
    THREADS.set(threads::Options { mode, ..threads::Options::default() });
    let interpreter = interpreter::new(&options).map_err(|traceback| JsError::new(&traceback))?;
    INTERPRETER.with(|own| *own.borrow_mut() = Some(interpreter));
    Ok(clock::now_ms() - begun)
}

/// Takes a script, which [`run`] then runs. What it prints goes to `print(stream, text)`.
#[wasm_bindgen]
pub fn begin(source: String, file_name: String, print: Function) {
    BEGUN.with(|begun| *begun.borrow_mut() = Some((Script { source, file_name }, print)));
}

/// Runs the script as `__main__`. Takes and returns nothing, so that JavaScript
/// can have it suspended where it waits.
#[wasm_bindgen]
pub fn run() {
    let Some((script, print)) = BEGUN.with(|begun| begun.borrow_mut().take()) else { return };
    let ran = printing_to(print, |interpreter| {
        let (outcome, logs) = interpreter.enter(|vm| script::run(&script, THREADS.get(), vm));
        json(&Ended { outcome, threads: logs.into_iter().map(Thread::from).collect() })
    });
    OUTCOME.with(|outcome| *outcome.borrow_mut() = Some(ran.and_then(|json| json)));
}

/// What came of the run, as JSON.
///
/// # Errors
/// When there was no run, or no interpreter.
#[wasm_bindgen]
pub fn outcome() -> Result<String, JsError> {
    OUTCOME.with(|outcome| outcome.borrow_mut().take()).unwrap_or_else(|| Err(JsError::new("nothing has run")))
}

/// Has a child (see `become_child`) import the script. Returns the outcome as JSON.
///
/// # Errors
/// When there is no interpreter.
#[wasm_bindgen]
pub fn prepare(source: String, file_name: String, print: Function) -> Result<String, JsError> {
    printing_to(print, |interpreter| {
        let script = Script { source, file_name };
        json(&interpreter.enter(|vm| script::prepare(&script, vm)))
    })?
}

/// Has a child answer one message; where the answer has no bytes, nothing is to
/// be sent.
///
/// # Errors
/// Why the child ends, or that there is no interpreter.
#[wasm_bindgen]
pub fn handle(message: &[u8], print: Function) -> Result<Vec<u8>, JsError> {
    printing_to(print, |interpreter| interpreter.enter(|vm| script::handle(message, vm)))?
        .map_err(|reason| JsError::new(&reason))
}

/// Where the stop word is in the memory: a run stops soon after it is not 0.
#[wasm_bindgen]
pub fn stop_address() -> u32 {
    checkpoint::stop_address() as u32
}

fn printing_to<R>(print: Function, work: impl FnOnce(&Interpreter) -> R) -> Result<R, JsError> {
    output::open(Box::new(move |stream, text| {
        let name = if stream == Stream::Stdout { "stdout" } else { "stderr" };
        // A page that takes no output any more is no error of the script's.
        let _ = print.call2(&JsValue::NULL, &name.into(), &text.into());
    }));
    let result = INTERPRETER.with(|own| own.borrow().as_ref().map(work));
    output::close();
    result.ok_or_else(|| JsError::new("Python has not been started"))
}

fn json(outcome: &impl Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(outcome)?)
}
