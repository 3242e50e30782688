//! What JavaScript calls (www/python-worker.js): one interpreter per worker.

use std::cell::{Cell, RefCell};
use std::time::Duration;

use crate::gil;
use js_sys::Function;
use rustpython_vm::Interpreter;
use serde::{Deserialize, Serialize};
use wasm_bindgen::prelude::*;

use crate::interpreter::{self, Options};
use crate::output::{self, Sink, Stream};
use crate::script::{self, Outcome, Script};
use crate::{allocator, checkpoint, clock, stack, threads};

thread_local! {
    static THREADS: Cell<threads::Options> = Cell::new(threads::Options::default());
    static INTERPRETER: RefCell<Option<Interpreter>> = const { RefCell::new(None) };
    static BEGUN: RefCell<Option<(Errand, Function)>> = const { RefCell::new(None) };
    static OUTCOME: RefCell<Option<Result<Vec<u8>, JsError>>> = const { RefCell::new(None) };
}

/// What [`run`] is to do.
enum Errand {
    /// The script, as `__main__`.
    Run(Script),
    /// The script, as a process imports it.
    #[cfg(not(target_feature = "atomics"))]
    Prepare(Script),
    /// A message to a process.
    #[cfg(not(target_feature = "atomics"))]
    Handle(Vec<u8>),
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
    #[serde(default)]
    read_latency_ms: f64,
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
    #[cfg(not(target_feature = "atomics"))]
    crate::idle::set_host_wait(wait_for_host);
    stack::watch();
    let begun = clock::now_ms();
    let options = read(options)?;
    let interpreter = interpreter::new(&options).map_err(|traceback| JsError::new(&traceback))?;
    INTERPRETER.with(|own| *own.borrow_mut() = Some(interpreter));
    Ok(clock::now_ms() - begun)
}

/// Readies a started interpreter, which has run nothing yet, for a snapshot of
/// the memory that it lives in: it imports what nearly every script needs.
///
/// # Errors
/// When there is no interpreter, or one of our own modules fails.
#[wasm_bindgen]
pub fn warm() -> Result<(), JsError> {
    let warmed = INTERPRETER.with(|own| own.borrow().as_ref().map(interpreter::warm));
    warmed.ok_or_else(not_started)?.map_err(|traceback| JsError::new(&traceback))
}

/// Goes on with an interpreter that a snapshot has brought into this memory:
/// what was true of the worker that it is of is told anew.
///
/// # Errors
/// When the options can't be read, or the snapshot has no interpreter.
#[wasm_bindgen]
pub fn resume(options: &str) -> Result<(), JsError> {
    let options = read(options)?;
    let resumed = INTERPRETER.with(|own| own.borrow().as_ref().map(|own| interpreter::resume(own, &options)));
    resumed.ok_or_else(not_started)
}

/// What `start` and `resume` are told. What concerns threads is kept until they begin.
fn read(options: &str) -> Result<Options, JsError> {
    let start: Start = serde_json::from_str(options)?;
    let mode = if start.gil { gil::Mode::Locked } else { gil::Mode::FreeThreaded };
    THREADS.set(threads::Options { mode, ..threads::Options::default() });
    Ok(Options {
        cpu_count: start.cpu_count,
        hash_seed: start.hash_seed,
        checkpoints: start.checkpoints,
        switch_interval: Duration::try_from_secs_f64(start.switch_interval_ms / 1e3)?,
        read_latency: Duration::try_from_secs_f64(start.read_latency_ms / 1e3)?,
    })
}

fn not_started() -> JsError {
    JsError::new("Python has not been started")
}

/// Takes a script, which [`run`] then runs. What it prints goes to `print(stream, text)`.
#[wasm_bindgen]
pub fn begin(source: String, file_name: String, print: Function) {
    begin_errand(Errand::Run(Script { source, file_name }), print);
}

fn begin_errand(errand: Errand, print: Function) {
    BEGUN.with(|begun| *begun.borrow_mut() = Some((errand, print)));
}

/// Takes what [`prepare`] does, for [`run`].
#[cfg(not(target_feature = "atomics"))]
#[wasm_bindgen]
pub fn begin_prepare(source: String, file_name: String, print: Function) {
    begin_errand(Errand::Prepare(Script { source, file_name }), print);
}

/// Takes what [`handle`] does, for [`run`].
#[cfg(not(target_feature = "atomics"))]
#[wasm_bindgen]
pub fn begin_handle(message: Vec<u8>, print: Function) {
    begin_errand(Errand::Handle(message), print);
}

/// Runs the script as `__main__`, or what else has been begun. Takes and returns nothing, so
/// that JavaScript can have it suspended where it waits.
#[wasm_bindgen]
pub fn run() {
    let Some((errand, print)) = BEGUN.with(|begun| begun.borrow_mut().take()) else { return };
    let ran = match errand {
        Errand::Run(script) => run_main(&script, print).map(String::into_bytes),
        #[cfg(not(target_feature = "atomics"))]
        Errand::Prepare(Script { source, file_name }) => prepare(source, file_name, print).map(String::into_bytes),
        #[cfg(not(target_feature = "atomics"))]
        Errand::Handle(message) => handle(&message, print),
    };
    OUTCOME.with(|outcome| *outcome.borrow_mut() = Some(ran));
}

fn run_main(script: &Script, print: Function) -> Result<String, JsError> {
    output::open(sink(print));
    and_close(|interpreter| {
        let (outcome, logs) = interpreter.enter(|vm| script::run(script, THREADS.get(), vm));
        json(&Ended { outcome, threads: logs.into_iter().map(Thread::from).collect() })
    })?
}

/// What came of [`run`]: of a script JSON, of a message the answer.
///
/// # Errors
/// When there was no run, or no interpreter; of a message also why the child ends.
#[wasm_bindgen]
pub fn outcome() -> Result<Vec<u8>, JsError> {
    OUTCOME.with(|outcome| outcome.borrow_mut().take()).unwrap_or_else(|| Err(JsError::new("nothing has run")))
}

/// Has a child (see `become_child`) import the script. Returns the outcome as JSON.
///
/// # Errors
/// When there is no interpreter.
#[wasm_bindgen]
pub fn prepare(source: String, file_name: String, print: Function) -> Result<String, JsError> {
    output::open(sink(print));
    and_close(|interpreter| {
        let script = Script { source, file_name };
        json(&interpreter.enter(|vm| script::prepare(&script, THREADS.get(), vm)))
    })?
}

/// Has a child answer one message; where the answer has no bytes, nothing is to
/// be sent.
///
/// # Errors
/// Why the child ends, or that there is no interpreter.
#[wasm_bindgen]
pub fn handle(message: &[u8], print: Function) -> Result<Vec<u8>, JsError> {
    // The limit is a process's, not a message's.
    output::reopen(sink(print));
    and_close(|interpreter| interpreter.enter(|vm| script::handle(message, vm)))?
        .map_err(|reason| JsError::new(&reason))
}

/// Whether there was ever too little memory: a panic aborts without a word, and
/// whoever finds the interpreter so asks this.
#[wasm_bindgen]
pub fn is_out_of_memory() -> bool {
    allocator::is_exhausted()
}

/// Where the stop word is in the memory: a run stops soon after it is not 0.
#[wasm_bindgen]
pub fn stop_address() -> u32 {
    checkpoint::stop_address() as u32
}

fn sink(print: Function) -> Sink {
    Box::new(move |stream, text| {
        let name = if stream == Stream::Stdout { "stdout" } else { "stderr" };
        // A page that takes no output any more is no error of the script's.
        let _ = print.call2(&JsValue::NULL, &name.into(), &text.into());
    })
}

/// Works with the interpreter, then closes its output.
fn and_close<R>(work: impl FnOnce(&Interpreter) -> R) -> Result<R, JsError> {
    let result = INTERPRETER.with(|own| own.borrow().as_ref().map(work));
    output::close();
    result.ok_or_else(not_started)
}

fn json(outcome: &impl Serialize) -> Result<String, JsError> {
    Ok(serde_json::to_string(outcome)?)
}
