//! One run of a script: its worker, its processes, its threads.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::rc::Rc;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

mod late;
mod reading;

use self::late::Ordered;
pub(super) use self::reading::Read;
use super::memory::{self, SharedMemory};
use super::worker::{Heard, PythonWorker};
use super::{Interpreter, PythonEvent, Word, errand, thread_errand};
use crate::model::last;
use crate::model::python::respawn::Respawns;
use crate::model::python::traceback::{self, Raised};
use crate::model::python::{Doing, GilTime, Outcome, PythonReport, Script, Status, Stream, Stretch, Who};
use crate::model::report::ErrorCode;
use crate::pool::clock::{now_ms, sleep};
use crate::pool::worker::set;
use crate::protocol::python::{FromPython, Span, ThreadLog, ToPython, event};

/// After Stop the script may end by itself for so long, ms.
const STOP_MS: f64 = 60.0;
/// How often the page looks whether its ring has room again, ms.
const FLUSH_MS: i32 = 20;

/// How a run ended.
pub(super) enum End {
    Ended(PythonReport),
    /// What there was until then; and whether workers were ended at work.
    Stopped(PythonReport, bool),
    /// It has not begun: the interpreter was lost before.
    Again,
    /// A sentence.
    Broken(ErrorCode, String),
}

/// Of what a process prints to stderr, the last so much is looked at for exceptions, bytes.
const STDERR_BYTES: usize = 20_000;
/// Exceptions in processes that are told, at most: a pool without a guard goes on for ever.
const MOST_RAISED: usize = 100;

/// A process of the script.
struct Process {
    worker: PythonWorker,
    /// Its own memory, where memory can be shared with threads.
    memory: Option<JsValue>,
    /// The same once it is up.
    shared: Option<SharedMemory>,
    threads: Vec<PythonWorker>,
    is_up: bool,
    /// When it was asked for, until it has imported the script, ms.
    starting_since_ms: Option<f64>,
    /// How often the page has looked in vain whether it is up.
    looks: u32,
    /// What it printed there.
    stderr: String,
    /// What it is to hear once it is up.
    outbox: Vec<Uint8Array>,
}

/// A thread's turns with the GIL; without one it just runs.
fn turns(log: &ThreadLog, gil: bool) -> impl Iterator<Item = Stretch> {
    let who = Who::Thread(log.number);
    let held = if gil { Doing::Hold } else { Doing::Run };
    let stretch = move |doing| {
        move |[start_ms, end_ms]: &[f64; 2]| Stretch {
            who,
            doing,
            start_ms: *start_ms,
            end_ms: *end_ms,
            label: String::new(),
        }
    };
    log.waited.iter().map(stretch(Doing::Wait)).chain(log.held.iter().map(stretch(held)))
}

fn gil_time(log: &ThreadLog) -> GilTime {
    GilTime { thread: log.number, waited_ms: log.waited_ms, held_ms: log.held_ms, lost: log.lost_spans }
}

/// A run that goes on.
pub(super) struct Session<'a> {
    interpreter: Interpreter,
    script: Script,
    emit: &'a dyn Fn(PythonEvent),
    processes: BTreeMap<u32, Process>,
    process_count: u32,
    /// Some have never come.
    has_late: bool,
    threads: Vec<Ordered>,
    stretches: Vec<Stretch>,
    raised: Vec<Raised>,
    respawns: Respawns,
    begun_ms: f64,
    /// When the script must have ended by itself, ms.
    stop_by_ms: Option<f64>,
}

impl<'a> Session<'a> {
    pub(super) fn begin(interpreter: Interpreter, script: Script, emit: &'a dyn Fn(PythonEvent)) -> Self {
        interpreter.worker.post(&ToPython::Run(script.clone()), None);
        Self {
            interpreter,
            script,
            emit,
            processes: BTreeMap::new(),
            process_count: 0,
            has_late: false,
            threads: Vec::new(),
            stretches: Vec::new(),
            raised: Vec::new(),
            respawns: Respawns::default(),
            begun_ms: now_ms(),
            stop_by_ms: None,
        }
    }

    /// Follows the run; dropping the session ends all its workers.
    pub(super) async fn follow(mut self) -> End {
        loop {
            if self.stop_by_ms.is_some_and(|by_ms| now_ms() >= by_ms) {
                return self.stopped(true);
            }
            let patience = sleep(FLUSH_MS);
            let word = match select(self.interpreter.words.next(), Box::pin(patience)).await {
                Either::Left((word, _)) => word,
                Either::Right(_) => {
                    self.flush();
                    if let Some(end) = self.look_after_late() {
                        return end;
                    }
                    continue;
                }
            };
            let end = match word {
                Some(Word::Script(heard)) => self.hear_script(heard),
                Some(Word::Process(handle, heard)) => self.hear_process(handle, heard),
                Some(Word::Thread(heard)) => self.hear_thread(heard),
                Some(Word::Read(read)) => {
                    self.tell_reader(&read);
                    None
                }
                Some(Word::Stop) => self.stop(),
                None => Some(End::Broken(ErrorCode::Python, "Python fell silent.".into())),
            };
            if let Some(end) = end {
                return end;
            }
        }
    }

    /// Writes what rings had no room for so far.
    fn flush(&self) {
        let of_processes = self.processes.values().filter_map(|process| process.shared.as_ref());
        self.interpreter.memory.as_deref().into_iter().chain(of_processes).for_each(SharedMemory::flush);
    }

    /// Where memory is shared the script is asked, else its worker is ended.
    fn stop(&mut self) -> Option<End> {
        self.stop_by_ms = Some(now_ms() + STOP_MS);
        let Some(memory) = &self.interpreter.memory else { return Some(self.stopped(true)) };
        memory.stop();
        None
    }

    fn hear_script(&mut self, heard: Heard) -> Option<End> {
        let data = heard.data;
        match heard.message {
            // Taken while the interpreter waited for this run: its processes start from there already.
            FromPython::Snapshot {} => self.interpreter.program.keep_snapshot(&data?),
            FromPython::Cramped {} if self.stop_by_ms.is_some() => return Some(self.stopped(false)),
            FromPython::Cramped {} => return Some(End::Again),
            FromPython::Printed { stream, text } => (self.emit)(PythonEvent::Printed(stream, text)),
            FromPython::Spawn { handle, slot } => self.spawn(handle, slot),
            FromPython::Send { handle } => self.send(handle, data?),
            FromPython::Terminate { handle } => self.end_process(handle, "terminated"),
            FromPython::Thread { order } => self.start_thread(order),
            FromPython::Read { ticket, name } => self.read(None, ticket, name),
            FromPython::Spans(spans) => spans.into_iter().for_each(|it| self.note(Who::Thread(it.thread), it)),
            FromPython::ProcessSpans(kept) => {
                for (handle, spans) in kept {
                    spans.into_iter().for_each(|it| self.note(Who::Process(handle), it));
                }
            }
            FromPython::Ended { outcome, start_ms, end_ms, threads } => {
                return Some(self.ended(outcome, start_ms, end_ms, &threads));
            }
            FromPython::Failed { message, had } => return Some(self.broken(&message, had)),
            _ => {}
        }
        None
    }

    fn ended(&mut self, outcome: Outcome, start_ms: f64, end_ms: f64, threads: &[ThreadLog]) -> End {
        if self.stop_by_ms.is_some() || outcome.status == Status::Stopped {
            // It has heard it by itself.
            return self.stopped(!self.processes.is_empty());
        }
        let gil = self.interpreter.options.gil;
        self.stretches.extend(threads.iter().flat_map(|log| turns(log, gil)));
        let gil_times = threads.iter().map(gil_time).collect();
        End::Ended(PythonReport { gil_times, ..self.report(outcome, start_ms, end_ms) })
    }

    /// What there was of a run that was stopped.
    fn stopped(&mut self, at_work: bool) -> End {
        let outcome = Outcome { status: Status::Stopped, exit_code: 1, ..Outcome::default() };
        End::Stopped(self.report(outcome, self.begun_ms, now_ms()), at_work)
    }

    fn report(&mut self, outcome: Outcome, start_ms: f64, end_ms: f64) -> PythonReport {
        for stretch in &mut self.stretches {
            stretch.start_ms -= start_ms;
            stretch.end_ms -= start_ms;
        }
        self.stretches.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms));
        let handles: Vec<_> = self.processes.keys().copied().collect();
        handles.into_iter().for_each(|handle| self.look_for_exceptions(handle));
        PythonReport {
            raised: std::mem::take(&mut self.raised),
            processes: self.process_count,
            threads: u32::try_from(self.threads.len()).unwrap_or(u32::MAX),
            stretches: std::mem::take(&mut self.stretches),
            ..PythonReport::new(outcome, end_ms - start_ms)
        }
    }

    /// Reads what a process has printed to stderr.
    fn look_for_exceptions(&mut self, handle: u32) {
        let Some(process) = self.processes.get_mut(&handle) else { return };
        let printed = std::mem::take(&mut process.stderr);
        let raised = traceback::raised(handle, &printed, &self.script.file_name);
        if let Some(last) = raised.last().filter(|_| process.starting_since_ms.is_some()) {
            self.respawns.failed(last);
        }
        let room = MOST_RAISED.saturating_sub(self.raised.len());
        self.raised.extend(raised.into_iter().take(room));
    }

    fn broken(&mut self, message: &str, had: Option<u64>) -> End {
        if self.stop_by_ms.is_some() {
            return self.stopped(true);
        }
        if let Some(had) = had {
            return End::Broken(ErrorCode::Memory, memory::too_little(had));
        }
        End::Broken(
            ErrorCode::Python,
            format!("Python broke, and the script with it: {message}. The next run starts a new one."),
        )
    }

    fn note(&mut self, who: Who, span: Span) {
        let Span { kind: doing, start_ms, end_ms, label, .. } = span;
        self.stretches.push(Stretch { who, doing, start_ms, end_ms, label });
    }

    /// Starts a process of its own; it will import the script anew.
    fn spawn(&mut self, handle: u32, slot: u32) {
        let program = &self.interpreter.program;
        let (errand, own) = match errand(program, self.interpreter.options) {
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
    fn phase(&self) -> String {
        match self.process_count {
            1 => "Running, one process started so far …".into(),
            count => format!("Running, {count} processes started so far …"),
        }
    }

    fn send(&mut self, handle: u32, data: Uint8Array) {
        let Some(process) = self.processes.get_mut(&handle) else { return };
        if process.is_up {
            process.worker.post(&ToPython::Handle {}, Some(&data));
        } else {
            process.outbox.push(data);
        }
    }

    fn hear_process(&mut self, handle: u32, heard: Heard) -> Option<End> {
        let script = &self.script;
        let process = self.processes.get_mut(&handle)?;
        match heard.message {
            FromPython::Ready { stop_address, mailbox, .. } => {
                process.is_up = true;
                process.shared = SharedMemory::new(process.memory.take(), stop_address, mailbox);
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
    fn print_too_little(&self, handle: u32, had: u64) {
        let text = format!("Process {handle} has ended. {}\n", memory::too_little(had));
        (self.emit)(PythonEvent::Printed(Stream::Stderr, text));
    }

    /// A process that ended while it imported the script was on its way up until then.
    fn note_failed_start(&mut self, handle: u32, reason: String) {
        let since_ms = self.processes.get(&handle).and_then(|it| it.starting_since_ms);
        if let Some(start_ms) = since_ms {
            let span = Span { kind: Doing::Start, start_ms, end_ms: now_ms(), label: reason, thread: 0 };
            self.note(Who::Process(handle), span);
        }
    }

    fn end_process(&mut self, handle: u32, reason: &str) {
        self.note_failed_start(handle, reason.to_owned());
        self.look_for_exceptions(handle);
        if self.processes.remove(&handle).is_some() {
            self.tell_script(handle, event::ENDED, reason.as_bytes());
        }
    }

    fn tell_script(&self, handle: u32, kind: u32, content: &[u8]) {
        match &self.interpreter.memory {
            Some(memory) => memory.event(handle, kind, content),
            None => {
                let content = Uint8Array::from(content);
                self.interpreter.worker.post(&ToPython::Event { handle, kind }, Some(&content));
            }
        }
    }

    fn start_thread(&mut self, order: u32) {
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

    fn hear_thread(&mut self, heard: Heard) -> Option<End> {
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
    let errand = thread_errand(&interpreter.program, interpreter.options);
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
