//! Threads: chunks of members on the threads of one rayon pool, all of them
//! writing into the same memory.
//!
//! ```text
//! chunks, in member order ──▶ one queue ──▶ thread 0 ──┐
//!                                      ├──▶ thread 1 ──┼──▶ disjoint parts of one output
//!                                      └──▶ …        ──┘
//! ```
//!
//! As in Python's `ThreadPoolExecutor`, a thread that comes free takes the
//! first chunk that is left, so the dealing is dynamic and the order known.
//! (Rayon's parallel iterators would deal halves of halves, in an order that
//! nobody can explain in a timeline.) A thread works in slices, and looks
//! between them whether it is to stop.

use std::iter::Enumerate;
use std::slice::{Chunks, ChunksMut};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};

use super::Integration;
use crate::model::settings::Kernel;
use crate::model::timeline::Span;
use crate::model::workload::Workload;

/// Member-steps between two looks at [`Observer::stopped`]: well under a millisecond.
pub const SLICE_MEMBER_STEPS: u64 = 65_536;

/// Whoever started the run: it has the clock, says when to stop, and hears what
/// is done. Called from all threads, often; must never block.
pub trait Observer: Sync {
    /// Now, in ms; the zero is the observer's.
    fn now_ms(&self) -> f64;
    /// Is the run to stop?
    fn stopped(&self) -> bool;
    /// A slice of so many member-steps is done.
    fn advanced(&self, member_steps: u64);
    /// A task is done; not called for one that was stopped.
    fn task_finished(&self, span: Span);
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Outcome {
    /// All members are integrated.
    Finished,
    /// The observer said stop before that; the output is of no use.
    Stopped,
}

/// Integrates all members, shape `(members, 3)`, in the rayon pool it is called
/// in, in tasks of `chunk_members` members (at least one).
///
/// `output` holds [`Workload::values_per_member`] values per member.
pub fn run(
    workload: Workload,
    kernel: Kernel,
    chunk_members: usize,
    initial: &[f64],
    output: &mut [f64],
    observer: &impl Observer,
) -> Outcome {
    let queue = Queue::new(&workload, chunk_members.max(1), initial, output);
    let stopped = AtomicBool::new(false);
    let threads = rayon::current_num_threads().min(initial.len().div_ceil(3 * queue.chunk_members));
    rayon::scope(|scope| {
        for _ in 0..threads {
            scope.spawn(|_| {
                while let Some(task) = queue.take() {
                    if task.run(workload, kernel, observer) == Outcome::Stopped {
                        stopped.store(true, Ordering::Relaxed);
                        break;
                    }
                }
            });
        }
    });
    if stopped.into_inner() { Outcome::Stopped } else { Outcome::Finished }
}

/// The chunks that nobody has taken yet, each with its part of the output.
struct Queue<'a> {
    chunk_members: usize,
    chunks: Mutex<Enumerate<std::iter::Zip<Chunks<'a, f64>, ChunksMut<'a, f64>>>>,
}

impl<'a> Queue<'a> {
    fn new(workload: &Workload, chunk_members: usize, initial: &'a [f64], output: &'a mut [f64]) -> Self {
        let outputs = output.chunks_mut(chunk_members.saturating_mul(workload.values_per_member()));
        let chunks = initial.chunks(chunk_members.saturating_mul(3)).zip(outputs).enumerate();
        Self { chunk_members, chunks: Mutex::new(chunks) }
    }

    fn take(&self) -> Option<Task<'a>> {
        // The lock is held for a few nanoseconds, in which nothing can panic.
        let (index, (initial, output)) = self.chunks.lock().unwrap_or_else(PoisonError::into_inner).next()?;
        Some(Task { first_member: index * self.chunk_members, initial, output })
    }
}

/// One chunk in one thread's hands.
struct Task<'a> {
    first_member: usize,
    initial: &'a [f64],
    output: &'a mut [f64],
}

impl Task<'_> {
    fn run(self, workload: Workload, kernel: Kernel, observer: &impl Observer) -> Outcome {
        let start_ms = observer.now_ms();
        let members = self.initial.len() / 3;
        let mut integration = Integration::new(workload, kernel, members);
        integration.begin(self.initial, self.output);
        while !integration.is_finished() {
            if observer.stopped() {
                return Outcome::Stopped;
            }
            observer.advanced(integration.advance(self.output, SLICE_MEMBER_STEPS));
        }
        observer.task_finished(Span {
            worker: rayon::current_thread_index().unwrap_or_default() as u32,
            first_member: self.first_member as u32,
            members: members as u32,
            start_ms,
            end_ms: observer.now_ms(),
        });
        Outcome::Finished
    }
}
