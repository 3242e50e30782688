//! Whom a run has started: its processes, and the threads of its script and of theirs.

use std::cell::Cell;
use std::rc::Rc;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use super::late::Ordered;
use super::{End, Session};
use crate::model::last;
use crate::model::python::traceback;
use crate::model::python::{Doing, Stream, Who};
use crate::pool::clock::now_ms;
use crate::pool::python::memory::{self, Place, SharedMemory};
use crate::pool::python::worker::{Heard, PythonWorker};
use crate::pool::python::{Interpreter, PythonEvent, Word, errand, thread_errand};
use crate::pool::worker::set;
use crate::protocol::python::{FromPython, Span, ToPython, event};

/// Of what a process prints to stderr, the last so much is looked at for exceptions, bytes.
const STDERR_BYTES: usize = 20_000;
/// Exceptions in processes that are told, at most: a pool without a guard goes on for ever.
const MOST_RAISED: usize = 100;

/// A process of the script.
pub(super) struct Process {
    pub(super) worker: PythonWorker,
    /// Its own memory, where memory can be shared with threads.
    pub(super) memory: Option<JsValue>,
    pub(super) place: Option<Place>,
    /// The same once it is up.
    pub(super) shared: Option<SharedMemory>,
    pub(super) threads: Vec<PythonWorker>,
    pub(super) is_up: bool,
    /// When it was asked for, until it has imported the script, ms.
    pub(super) starting_since_ms: Option<f64>,
    /// How often the page has looked in vain whether it is up.
    pub(super) looks: u32,
    /// What it printed there.
    pub(super) stderr: String,
    /// What it is to hear once it is up.
    pub(super) outbox: Vec<Uint8Array>,
}

impl Session<'_> {
    /// Starts a process of its own; it will import the script anew.
    pub(super) fn spawn(&mut self, handle: u32, slot: u32) {
        let program = &self.interpreter.program;
        let place = self.interpreter.memory.as_ref().and_then(|memory| memory.place());
        // The script itself has the first.
        let place = place.map(|script| Place { slot: slot + 1, ..script.clone() });
        let (errand, own) = match errand(program, self.interpreter.options, place.as_ref()) {
            Ok(both) => both,
            Err(reason) => {
                self.print_too_little(handle, 0);
                return self.tell_script(handle, event::ENDED, reason.as_bytes());
            }
        };
        let memory = self.interpreter.memory.as_ref();
        let child = memory.map_or_else(js_sys::Object::new, |memory| memory.for_process(slot));
        set(&child, "handle", &JsValue::from_f64(f64::from(handle)));
        set(&child, "spawned_ms", &JsValue::from_f64(now_ms()));
        set(&errand, "child", &child);
        let to = self.interpreter.mailbox.clone();
        let spawned = PythonWorker::spawn(&program.script_url(), &errand, move |heard| {
            let _ = to.unbounded_send(Word::Process(handle, heard));
        });
        match spawned {
            Ok(worker) => {
                self.process_count += 1;
                (self.emit)(PythonEvent::Phase(self.phase()));
                if let Some(respawn) = self.respawns.started(self.process_count) {
                    (self.emit)(PythonEvent::Respawn(respawn));
                }
                let process = Process {
                    worker,
                    memory: own,
                    place,
                    shared: None,
                    threads: Vec::new(),
                    is_up: false,
                    starting_since_ms: Some(now_ms()),
                    looks: 0,
                    stderr: String::new(),
                    outbox: Vec::new(),
                };
                self.processes.insert(handle, process);
            }
            Err(reason) => self.tell_script(handle, event::ENDED, reason.as_bytes()),
        }
    }

    /// Without a guard a pool starts processes without an end: their number says so.
    pub(super) fn phase(&self) -> String {
        match self.process_count {
            1 => "Running, one process started so far …".into(),
            count => format!("Running, {count} processes started so far …"),
        }
    }

    pub(super) fn send(&mut self, handle: u32, data: Uint8Array) {
        let Some(process) = self.processes.get_mut(&handle) else { return };
        if process.is_up {
            process.worker.post(&ToPython::Handle {}, Some(&data));
        } else {
            process.outbox.push(data);
        }
    }

    pub(super) fn hear_process(&mut self, handle: u32, heard: Heard) -> Option<End> {
        let script = &self.script;
        let process = self.processes.get_mut(&handle)?;
        match heard.message {
            FromPython::Ready { stop_address, mailbox, .. } => {
                process.is_up = true;
                process.shared = SharedMemory::new(process.memory.take(), process.place.take(), stop_address, mailbox);
                process.worker.post(&ToPython::Prepare(script.clone()), None);
                for data in std::mem::take(&mut process.outbox) {
                    process.worker.post(&ToPython::Handle {}, Some(&data));
                }
            }
            FromPython::Prepared { startup_ms } => {
                process.starting_since_ms = None;
                let end_ms = now_ms();
                let (start_ms, label) = (end_ms - startup_ms, String::new());
                self.note(Who::Process(handle), Span { kind: Doing::Start, start_ms, end_ms, label, thread: 0 });
            }
            FromPython::Thread { order } => {
                let to = self.interpreter.mailbox.clone();
                let hear = move |heard| drop(to.unbounded_send(Word::Process(handle, heard)));
                let memory = process.shared.as_ref()?;
                process.threads.extend(start_thread(&self.interpreter, memory, order, hear));
            }
            FromPython::Read { ticket, name } => self.read(Some(handle), ticket, name),
            FromPython::Deadlock(waits) => self.note_deadlock(Some(handle), waits),
            FromPython::Printed { stream, text } => {
                if stream == Stream::Stderr {
                    last::keep(&mut process.stderr, &text, STDERR_BYTES);
                }
                (self.emit)(PythonEvent::Printed(stream, text));
            }
            FromPython::Spans(spans) => spans.into_iter().for_each(|it| self.note(Who::Process(handle), it)),
            FromPython::Event { kind, .. } => self.tell_script(handle, kind, &heard.data?.to_vec()),
            // It has told its parent by itself.
            FromPython::NoRoom { had } => self.print_too_little(handle, had),
            FromPython::Exited { reason } => {
                self.note_failed_start(handle, reason);
                self.look_for_exceptions(handle);
                drop(self.processes.remove(&handle));
            }
            FromPython::Failed { message, had } => {
                had.into_iter().for_each(|had| self.print_too_little(handle, had));
                self.end_process(handle, &message);
            }
            _ => {}
        }
        None
    }

    /// Its parent goes on, and hears only that it has ended.
    pub(super) fn print_too_little(&self, handle: u32, had: u64) {
        let text = format!("Process {handle} has ended. {}\n", memory::too_little(had));
        (self.emit)(PythonEvent::Printed(Stream::Stderr, text));
    }

    /// A process that ended while it imported the script was on its way up until then.
    pub(super) fn note_failed_start(&mut self, handle: u32, reason: String) {
        let since_ms = self.processes.get(&handle).and_then(|it| it.starting_since_ms);
        if let Some(start_ms) = since_ms {
            let span = Span { kind: Doing::Start, start_ms, end_ms: now_ms(), label: reason, thread: 0 };
            self.note(Who::Process(handle), span);
        }
    }

    pub(super) fn end_process(&mut self, handle: u32, reason: &str) {
        self.note_failed_start(handle, reason.to_owned());
        self.look_for_exceptions(handle);
        if self.processes.remove(&handle).is_some() {
            self.tell_script(handle, event::ENDED, reason.as_bytes());
        }
    }

    /// Reads what a process has printed to stderr.
    pub(super) fn look_for_exceptions(&mut self, handle: u32) {
        let Some(process) = self.processes.get_mut(&handle) else { return };
        let printed = std::mem::take(&mut process.stderr);
        let raised = traceback::raised(handle, &printed, &self.script.file_name);
        if let Some(last) = raised.last().filter(|_| process.starting_since_ms.is_some()) {
            self.respawns.failed(last);
        }
        let room = MOST_RAISED.saturating_sub(self.raised.len());
        self.raised.extend(raised.into_iter().take(room));
    }

    pub(super) fn start_thread(&mut self, order: u32) {
        let Some(memory) = &self.interpreter.memory else { return };
        let (to, was_heard) = (self.interpreter.mailbox.clone(), Rc::<Cell<bool>>::default());
        let sign = Rc::clone(&was_heard);
        let hear = move |heard| {
            sign.set(true);
            let _ = to.unbounded_send(Word::Thread(heard));
        };
        let worker = start_thread(&self.interpreter, memory, order, hear);
        self.threads.extend(worker.map(|worker| Ordered::new(worker, order, was_heard)));
    }

    pub(super) fn hear_thread(&mut self, heard: Heard) -> Option<End> {
        match heard.message {
            FromPython::ThreadEnded {} => None,
            FromPython::Failed { message, had } => Some(self.broken(&message, had)),
            _ => self.hear_script(heard),
        }
    }
}

/// Starts a worker on a memory, which runs what the order says; where that is
/// refused, whoever asked is told.
fn start_thread(
    interpreter: &Interpreter,
    memory: &SharedMemory,
    order: u32,
    hear: impl Fn(Heard) + Clone + 'static,
) -> Option<PythonWorker> {
    let errand = thread_errand(&interpreter.program, interpreter.options, memory.place());
    set(&errand, "memory", memory.memory());
    let thread = js_sys::Object::new();
    set(&thread, "order", &JsValue::from_f64(f64::from(order)));
    set(&errand, "thread", &thread);
    let spawned = PythonWorker::spawn(&interpreter.program.script_url(), &errand, hear);
    if spawned.is_err() {
        memory.refuse_thread(order);
    }
    spawned.ok()
}
