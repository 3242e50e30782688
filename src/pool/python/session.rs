//! One run of a script: its worker, its processes, its threads.

use std::collections::BTreeMap;

use futures_util::StreamExt;
use futures_util::future::{Either, select};
use js_sys::Uint8Array;

mod late;
mod reading;
mod workers;

use self::late::Ordered;
pub(super) use self::reading::Read;
use self::workers::Process;
use super::memory::{self, SharedMemory};
use super::worker::Heard;
use super::{Interpreter, PythonEvent, Word};
use crate::model::python::deadlock::{Deadlock, Wait};
use crate::model::python::respawn::Respawns;
use crate::model::python::traceback::Raised;
use crate::model::python::{Doing, GilTime, Outcome, PythonReport, Script, Status, Stretch, Who};
use crate::model::report::ErrorCode;
use crate::pool::clock::{now_ms, sleep};
use crate::protocol::python::{FromPython, Span, ThreadLog, ToPython};

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
    /// What each process's threads wait for where nobody goes on, by its handle; the script's by `None`.
    deadlocked: BTreeMap<Option<u32>, Vec<Wait>>,
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
            deadlocked: BTreeMap::new(),
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
            FromPython::Deadlock(waits) => self.note_deadlock(None, waits),
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

    /// The script says it last, and for all; what its processes say may still come later.
    fn note_deadlock(&mut self, process: Option<u32>, waits: Vec<Wait>) {
        self.deadlocked.insert(process, waits);
        if self.deadlocked.contains_key(&None) && self.stop_by_ms.is_none() {
            let resting = self.processes.len().saturating_sub(self.deadlocked.len() - 1);
            let mut waits: Vec<Wait> = self.deadlocked.values().flatten().cloned().collect();
            waits.sort_by_key(|it| (it.slot, it.number));
            (self.emit)(PythonEvent::Deadlock(Deadlock { waits, resting }));
        }
    }

    fn note(&mut self, who: Who, span: Span) {
        let Span { kind: doing, start_ms, end_ms, label, .. } = span;
        self.stretches.push(Stretch { who, doing, start_ms, end_ms, label });
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
}
