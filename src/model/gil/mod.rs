//! A model of the global interpreter lock: what threads would do under the protocol that
//! [`executor::gil`](crate::executor::gil) follows, without threads and without a clock.
//! The same input gives the same schedule, everywhere.
//!
//! | module | subject |
//! |---|---|
//! | `machine` | goes from event to event |
//! | `lock` | who has the lock, who waits, who was asked to give way |
//! | `record` | what each thread did, and what it sums up to |
//! | [`by_hand`] | the same tasks, where a person says who has the lock |
//! | [`work`] | the tasks that a setting stands for, with and without the lock, and as processes |
//! | [`course`] | a schedule as the timeline shows it |
//!
//! `tests/gil_model.rs` holds the model against the lock itself, on real threads.

pub mod by_hand;
pub mod course;
mod lock;
mod machine;
mod record;
#[cfg(test)]
mod tests;
pub mod work;

pub use record::{Doing, Lane, Stretch, Totals};

/// What a thread has to do next.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Piece {
    /// Run in the interpreter for so long, with the lock, ms.
    Compute(f64),
    /// Run compiled code for so long, without the lock, ms.
    Kernel(f64),
    /// Wait for something outside, without the lock and without a core, ms.
    Block(f64),
    /// Come up, as a process does, ms.
    Start(f64),
    /// Make bytes of objects, or objects of bytes, ms.
    Pickle(f64),
}

impl Piece {
    /// How long it takes who is alone, ms: never negative, never endless.
    #[must_use]
    pub fn duration_ms(self) -> f64 {
        let (Self::Compute(ms) | Self::Kernel(ms) | Self::Block(ms) | Self::Start(ms) | Self::Pickle(ms)) = self;
        sound(ms, 0.0)
    }

    /// The same, lasting so long, ms.
    #[must_use]
    pub fn lasting(self, ms: f64) -> Self {
        match self {
            Self::Compute(_) => Self::Compute(ms),
            Self::Kernel(_) => Self::Kernel(ms),
            Self::Block(_) => Self::Block(ms),
            Self::Start(_) => Self::Start(ms),
            Self::Pickle(_) => Self::Pickle(ms),
        }
    }

    /// Whether it takes a core.
    #[must_use]
    pub fn needs_core(self) -> bool {
        !matches!(self, Self::Block(_))
    }

    /// Whether the interpreter runs, so that the lock is needed.
    #[must_use]
    pub fn needs_lock(self) -> bool {
        matches!(self, Self::Compute(_) | Self::Pickle(_))
    }
}

/// Does the lock lock?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// One thread runs the interpreter at a time.
    Locked,
    /// All do: threads of a free-threaded build, or processes.
    Free,
}

/// What a schedule follows from, beside the tasks.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rules {
    /// How long a waiting thread lets the holder run before it requests the lock, ms.
    pub switch_ms: f64,
    /// So much work lies between two of the holder's safe points, ms.
    pub check_ms: f64,
    /// What it takes a thread to wake up when the lock has become free, ms.
    pub handover_ms: f64,
    /// Cores that those who run share evenly.
    pub cores: u32,
}

impl Default for Rules {
    /// CPython's interval; safe points and waking as they are on a usual machine.
    fn default() -> Self {
        Self { switch_ms: 5.0, check_ms: 0.05, handover_ms: 0.02, cores: 2 }
    }
}

/// What came of it.
#[derive(Clone, Debug, PartialEq)]
pub struct Schedule {
    /// One for each thread.
    pub lanes: Vec<Lane>,
    /// When the last thread had ended, ms.
    pub wall_ms: f64,
    /// How often the lock went from one thread to another; the first taking counts.
    pub switches: u64,
    /// More happened than is followed: the schedule ends before the threads do.
    pub is_cut: bool,
}

impl Schedule {
    /// Who took the lock, one after the other.
    #[must_use]
    pub fn grants(&self) -> Vec<usize> {
        let holds = |(thread, lane): (usize, &Lane)| {
            let held = lane.stretches.iter().filter(|it| it.doing == Doing::Hold);
            held.map(move |it| ((it.start_ms, it.end_ms), thread)).collect::<Vec<_>>()
        };
        let mut grants: Vec<_> = self.lanes.iter().enumerate().flat_map(holds).collect();
        grants.sort_by(|(a, _), (b, _)| a.0.total_cmp(&b.0).then(a.1.total_cmp(&b.1)));
        grants.into_iter().map(|it| it.1).collect()
    }

    /// All threads' sums, added up.
    #[must_use]
    pub fn totals(&self) -> Totals {
        self.lanes.iter().fold(Totals::default(), |all, lane| all.and(&lane.totals))
    }
}

/// What these threads would do: each is a list of pieces, done in their order.
#[must_use]
pub fn schedule(mode: Mode, threads: &[Vec<Piece>], rules: &Rules) -> Schedule {
    machine::Machine::new(mode, threads, rules).run()
}

/// Times that differ by less are the same moment, ms.
const MOMENT_MS: f64 = 1e-7;
/// What no single time exceeds, ms: more than a day.
const LONGEST_MS: f64 = 1e8;

/// A time that can be reckoned with, whatever was given.
fn sound(ms: f64, least_ms: f64) -> f64 {
    if ms.is_nan() { least_ms } else { ms.clamp(least_ms, LONGEST_MS) }
}
