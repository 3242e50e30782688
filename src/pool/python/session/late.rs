//! Processes and threads that never come: a browser that lets no more workers run does not say
//! so, it has them wait. A script would wait with them, for ever.

use std::cell::Cell;
use std::rc::Rc;

use super::super::start::START_LIMIT_MS;
use super::super::worker::PythonWorker;
use super::{End, FLUSH_MS, PythonEvent, Session};
use crate::model::python::Stream;
use crate::model::report::ErrorCode;

/// So often the page looks in vain, being awake, before it gives up waiting.
const MOST_LOOKS: u32 = (START_LIMIT_MS / FLUSH_MS).cast_unsigned();

/// A thread that was asked for.
pub(super) struct Ordered {
    worker: Option<PythonWorker>,
    order: u32,
    /// It was heard of.
    was_heard: Rc<Cell<bool>>,
    looks: u32,
}

impl Ordered {
    pub(super) fn new(worker: PythonWorker, order: u32, was_heard: Rc<Cell<bool>>) -> Self {
        Self { worker: Some(worker), order, was_heard, looks: 0 }
    }
}

impl Session<'_> {
    /// Looks after those that are not up yet; the run's end, where waiting is of no use.
    pub(super) fn look_after_late(&mut self) -> Option<End> {
        self.refuse_late_threads();
        let mut late = Vec::new();
        for (handle, process) in self.processes.iter_mut().filter(|(_, it)| !it.is_up) {
            process.looks += 1;
            if process.looks > MOST_LOOKS {
                late.push(*handle);
            }
        }
        if late.is_empty() {
            return None;
        }
        let asked = self.process_count;
        for handle in &late {
            // It never was: no figure has a part of it.
            self.process_count -= 1;
            if let Some(process) = self.processes.get_mut(handle) {
                process.starting_since_ms = None;
            }
        }
        let seconds = START_LIMIT_MS / 1000;
        let came = self.process_count;
        let limit = format!(
            "{came} of {asked} processes started: no answer of the others within {seconds} s, as where a browser allows no \
             more workers at once"
        );
        // A pool that fills itself up again would go on so for ever.
        if std::mem::replace(&mut self.has_late, true) || came == 0 {
            return Some(End::Broken(ErrorCode::Python, format!("{limit}. With fewer workers the script may run.")));
        }
        (self.emit)(PythonEvent::Printed(Stream::Stderr, format!("{limit}.\n")));
        late.into_iter().for_each(|handle| self.end_process(handle, "its worker never started"));
        None
    }

    fn refuse_late_threads(&mut self) {
        let Some(memory) = &self.interpreter.memory else { return };
        self.threads.retain_mut(|thread| {
            // Once it has begun, its order's place in memory may be another thing's.
            if !thread.was_heard.get() && memory.has_begun(thread.order) {
                thread.was_heard.set(true);
            }
            if thread.was_heard.get() {
                return true;
            }
            thread.looks += 1;
            if thread.looks <= MOST_LOOKS {
                return true;
            }
            // Ended first: whoever asked takes the order back.
            thread.worker.take();
            memory.refuse_thread(thread.order);
            false
        });
    }
}
