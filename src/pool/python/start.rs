//! Starts interpreters: each in a worker of its own, which is told before anything else what it needs.

use std::rc::Rc;

use futures_channel::mpsc::unbounded;
use futures_util::StreamExt;
use futures_util::future::{Either, select};
use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::files::Program;
use super::memory::{self, Place, SharedMemory};
use super::worker::{Heard, PythonWorker};
use super::{Interpreter, Missing, PythonOptions, Word};
use crate::pool::clock::sleep;
use crate::pool::worker::set;
use crate::protocol::python::FromPython;

/// An interpreter that is not up after so long is not waited for, ms.
pub(super) const START_LIMIT_MS: i32 = 20_000;

/// Starts an interpreter in a worker of its own. Where no worker starts by the script's
/// address (opaque origins), the page has a copy.
pub(super) async fn start(program: &Rc<Program>, options: PythonOptions) -> Result<Interpreter, Missing> {
    match start_by_address(program, options).await {
        Err(Missing::Broken(reason)) if program.take_copy().await => {
            start_by_address(program, options).await.map_err(|again| match again {
                Missing::Broken(_) => Missing::Broken(reason),
                other => other,
            })
        }
        started => started,
    }
}

async fn start_by_address(program: &Rc<Program>, options: PythonOptions) -> Result<Interpreter, Missing> {
    let (mailbox, mut words) = unbounded();
    let to = mailbox.clone();
    let place = if program.shares_memory { memory::region() } else { None }.map(|region| Place { region, slot: 0 });
    let (errand, memory) = errand(program, options, place.as_ref()).map_err(|_| Missing::Memory)?;
    let worker = PythonWorker::spawn(&program.script_url(), &errand, move |heard| {
        let _ = to.unbounded_send(Word::Script(heard));
    })
    .map_err(Missing::Broken)?;
    let first = match select(words.next(), Box::pin(sleep(START_LIMIT_MS))).await {
        Either::Left((word, _)) => word,
        Either::Right(_) => return Err(Missing::Broken(format!("no answer within {} s", START_LIMIT_MS / 1000))),
    };
    match first {
        Some(Word::Script(Heard { message: FromPython::Ready { stop_address, mailbox: rings, .. }, .. })) => {
            let memory = SharedMemory::new(memory, place, stop_address, rings).map(Rc::new);
            Ok(Interpreter { worker, program: Rc::clone(program), memory, options, mailbox, words })
        }
        Some(Word::Script(Heard { message: FromPython::Failed { had: Some(_), .. }, .. })) => Err(Missing::Memory),
        Some(Word::Script(Heard { message: FromPython::Failed { message, .. }, .. })) => Err(Missing::Broken(message)),
        _ => Err(Missing::Broken("it spoke out of turn".to_owned())),
    }
}

/// What a worker must know before anything else: its program, its options, and a
/// memory of its own that its threads can share.
///
/// # Errors
/// The browser's words, where there is no such memory.
pub(super) fn errand(
    program: &Program,
    options: PythonOptions,
    place: Option<&Place>,
) -> Result<(Object, Option<JsValue>), String> {
    let errand = thread_errand(program, options, place);
    set(&errand, "cramped", &JsValue::from_bool(program.is_cramped.get()));
    if let Some(snapshot) = program.snapshot.borrow().as_ref() {
        set(&errand, "snapshot", snapshot);
    }
    if !program.shares_memory {
        return Ok((errand, None));
    }
    let memory = memory::allocate()?;
    set(&errand, "memory", &memory);
    Ok((errand, Some(memory)))
}

/// The same for a thread, which brings no memory of its own.
pub(super) fn thread_errand(program: &Program, options: PythonOptions, place: Option<&Place>) -> Object {
    let errand = Object::new();
    if let Some(place) = place {
        set(&errand, "region", &place.told());
    }
    set(&errand, "module", &program.module);
    let told = Object::new();
    set(&told, "cpu_count", &JsValue::from_f64(f64::from(options.cpu_count)));
    set(&told, "gil", &JsValue::from_bool(options.gil));
    // Without shared memory nobody could ask: Stop ends the worker.
    set(&told, "checkpoints", &JsValue::from_bool(program.shares_memory));
    set(&told, "switch_interval_ms", &JsValue::from_f64(options.switch_interval_ms));
    set(&told, "read_latency_ms", &JsValue::from_f64(options.read_latency_ms));
    set(&errand, "options", &told);
    errand
}
