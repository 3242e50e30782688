//! An experiment: what is run, how, and what surrounds it that is not timed.

use std::ops::Range;

use super::pace::Pace;
use super::report::ExecutorResult;
use super::settings::{Chunk, Executor, Gather, Kernel, Pool, Start};
use super::timeline::Timeline;

/// How a workload is run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Which executors, in canonical order.
    pub executors: Vec<Executor>,
    /// What process and thread run.
    pub kernel: Kernel,
    /// Workers or threads, at least one.
    pub workers: u32,
    /// Items per task.
    pub chunk: Chunk,
    /// Cold or warm pools.
    pub pool: Pool,
    /// Spawn or reuse.
    pub start: Start,
    /// Transfer or copy.
    pub gather: Gather,
    /// Repeats per executor, at least one.
    pub repeats: u32,
}

/// A workload `W` and what surrounds it. What is not timed is done by one
/// engine, kept from run to run.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment<W> {
    /// What every executor runs, on the clock.
    pub workload: W,
    /// How.
    pub plan: Plan,
    /// What makes the workload's input, once and before any clock starts; none
    /// where the workload needs no input.
    pub preparation: Option<Untimed<W>>,
    /// What looks at each output, after the clock.
    pub check: Option<Check<W>>,
    /// What follows the last executor, if any ran.
    pub follow_ups: Vec<Untimed<W>>,
    /// The first good output is a part of the outcome.
    pub keeps_output: bool,
    /// What is timed between the executors, to see how evenly the machine goes on.
    pub bare_loop: Option<BareLoop<W>>,
}

/// A piece of work for one worker, some 20 ms of it, that nothing needs to be prepared for.
#[derive(Clone, Debug, PartialEq)]
pub struct BareLoop<W> {
    /// The work.
    pub workload: W,
    /// Its input, bytes.
    pub input: Vec<u8>,
}

/// Work beside the clock. It takes as much of the prepared input as it needs,
/// from its beginning.
#[derive(Clone, Debug, PartialEq)]
pub struct Untimed<W> {
    /// The work.
    pub workload: W,
    /// What is said meanwhile: a sentence for learners.
    pub sentence: Option<&'static str>,
}

/// What finds out whether outputs are the same, and sound: its own output is two
/// `u64`, a fingerprint and how many rows are not finite.
#[derive(Clone, Debug, PartialEq)]
pub struct Check<W> {
    /// The work.
    pub workload: W,
    /// Which scalars of each row of the timed output it takes.
    pub columns: Range<usize>,
}

/// What an experiment yields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outcome {
    /// The run's number, from 1 per page load.
    pub run: u32,
    /// One result per requested executor, in the plan's order.
    pub results: Vec<ExecutorResult>,
    /// The median repeat of each executor that ran, in the order of `results`.
    pub timelines: Vec<(Executor, Timeline)>,
    /// The first good output's bytes, if it is kept.
    pub output: Option<Vec<u8>>,
    /// The output's bytes of each follow-up; empty where nothing ran.
    pub follow_ups: Vec<Vec<u8>>,
    /// How evenly the machine went on.
    pub pace: Pace,
}

impl Chunk {
    /// Items per task for so many items and workers: the choice, or `multiprocessing.Pool.map`'s rule.
    #[must_use]
    pub fn items_per_task(self, items: u32, workers: u32) -> u32 {
        match self {
            Self::Auto => items.div_ceil(workers.max(1).saturating_mul(4)),
            Self::Members(chosen) => chosen.clamp(1, items.max(1)),
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// The race's defaults with two workers.
    pub(crate) fn plan() -> Plan {
        Plan {
            executors: Executor::ALL.to_vec(),
            kernel: Kernel::Scalar,
            workers: 2,
            chunk: Chunk::Auto,
            pool: Pool::Cold,
            start: Start::Reuse,
            gather: Gather::Transfer,
            repeats: 5,
        }
    }

    #[test]
    fn a_chunk_is_pythons_or_the_choice_but_never_more_than_all() {
        assert_eq!(Chunk::Auto.items_per_task(1000, 8), 32);
        assert_eq!(Chunk::Auto.items_per_task(1, 64), 1);
        assert_eq!(Chunk::Members(7).items_per_task(1000, 8), 7);
        assert_eq!(Chunk::Members(1_000_000).items_per_task(10, 8), 10);
    }
}
