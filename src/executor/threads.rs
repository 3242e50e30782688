//! Threads: chunks of items on the threads of one rayon pool, all of them
//! writing into the same memory.
//!
//! ```text
//! chunks, in item order ───▶ one queue ──▶ thread 0 ──┐
//!                                      ├──▶ thread 1 ──┼──▶ disjoint parts of one output
//!                                      └──▶ …        ──┘
//! ```
//!
//! As in Python's `ThreadPoolExecutor`, a thread that comes free takes the
//! first chunk that is left, so the dealing is dynamic and the order known.
//! (Rayon's parallel iterators would deal halves of halves, in an order that
//! nobody can explain in a timeline.) A thread works in slices, and looks
//! between them whether it is to stop.

use std::ops::Range;
use std::sync::{Mutex, OnceLock, PoisonError};

use crate::model::settings::Kernel;
use crate::model::timeline::Span;
use crate::workload::{File, Step, Work, Workload};

/// Units between two looks at [`Observer::stopped`]: about half a millisecond.
pub const SLICE_UNITS: u64 = 65_536;

/// Whoever started the run: it has the clock, says when to stop, and hears what
/// is done. Called from all threads, often; must never block, but to read.
pub trait Observer: Sync {
    /// Now, in ms; the zero is the observer's.
    fn now_ms(&self) -> f64;
    /// Is the run to stop?
    fn stopped(&self) -> bool;
    /// A slice of so many units is done.
    fn advanced(&self, units: u64);
    /// A task is done; not called for one that was stopped.
    fn task_finished(&self, span: Span);
    /// What is in a file, or a clause that says why that can't be had; blocks until
    /// then. `None` where the run is to stop meanwhile.
    fn read(&self, _file: &File) -> Option<Result<Vec<u8>, String>> {
        Some(Err("there are no files here".to_owned()))
    }
}

/// How a run ended; but for the first, the output is of no use.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// All items are done.
    Finished,
    /// The observer said stop before that.
    Stopped,
    /// An item can't be done: a clause that says why.
    Failed(String),
}

/// Does all items in the rayon pool it is called in, in tasks of `chunk_items`
/// items (at least one).
///
/// `input` has shape `(items, in_row)`, `output` `(items, out_row)`, zeroed.
pub fn run<W: Workload>(
    workload: &W,
    kernel: Kernel,
    chunk_items: u32,
    input: &[W::In],
    output: &mut [W::Out],
    observer: &impl Observer,
) -> Outcome {
    let chunk_items = chunk_items.max(1);
    let queue = Queue { workload, chunk_items, rest: Mutex::new(Rest { first_item: 0, input, output }) };
    let broken_off = OnceLock::new();
    let threads = rayon::current_num_threads().min(workload.items().div_ceil(chunk_items) as usize);
    rayon::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|_| {
                while let Some(task) = queue.take() {
                    let is_over = || broken_off.get().is_some();
                    let outcome = task.run(workload, kernel, observer, &is_over);
                    if outcome != Outcome::Finished {
                        // Of several, the first says how the run ended.
                        let _ = broken_off.set(outcome);
                        break;
                    }
                }
            });
        }
    });
    broken_off.into_inner().unwrap_or(Outcome::Finished)
}

/// The chunks that nobody has taken yet, each with its part of the rows.
struct Queue<'a, W: Workload> {
    workload: &'a W,
    chunk_items: u32,
    rest: Mutex<Rest<'a, W>>,
}

struct Rest<'a, W: Workload> {
    first_item: u32,
    input: &'a [W::In],
    output: &'a mut [W::Out],
}

impl<'a, W: Workload> Queue<'a, W> {
    fn take(&self) -> Option<Task<'a, W>> {
        // The lock is held for a few nanoseconds, in which nothing can panic.
        let mut rest = self.rest.lock().unwrap_or_else(PoisonError::into_inner);
        let items = rest.first_item..rest.first_item.saturating_add(self.chunk_items).min(self.workload.items());
        if items.is_empty() {
            return None;
        }
        rest.first_item = items.end;
        let values = |row: usize| row.saturating_mul(items.len());
        let (input, others) = rest.input.split_at(values(self.workload.in_row()).min(rest.input.len()));
        rest.input = others;
        let output = std::mem::take(&mut rest.output);
        let (output, others) = output.split_at_mut(values(self.workload.out_row()).min(output.len()));
        rest.output = others;
        Some(Task { items, input, output })
    }
}

/// One chunk in one thread's hands.
struct Task<'a, W: Workload> {
    items: Range<u32>,
    input: &'a [W::In],
    output: &'a mut [W::Out],
}

impl<W: Workload> Task<'_, W> {
    fn run(self, workload: &W, kernel: Kernel, observer: &impl Observer, is_over: &impl Fn() -> bool) -> Outcome {
        let start_ms = observer.now_ms();
        let mut work = workload.begin(kernel, self.items.clone());
        loop {
            if observer.stopped() || is_over() {
                return Outcome::Stopped;
            }
            match work.advance(self.input, self.output, SLICE_UNITS) {
                Step::Did(units) => observer.advanced(units),
                Step::Finished => break,
                Step::Waits(file) => match observer.read(&file) {
                    None => return Outcome::Stopped,
                    Some(Err(reason)) => return Outcome::Failed(reason),
                    Some(Ok(content)) => work.take(content),
                },
                Step::Failed(reason) => return Outcome::Failed(reason),
            }
        }
        observer.task_finished(Span {
            worker: rayon::current_thread_index().unwrap_or_default() as u32,
            first_item: self.items.start,
            items: self.items.len() as u32,
            start_ms,
            end_ms: observer.now_ms(),
        });
        Outcome::Finished
    }
}
