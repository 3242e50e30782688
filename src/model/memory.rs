//! How much memory a run needs: estimated before it starts, because a tab that
//! runs out of memory does not come back.

use std::fmt;

use super::experiment::Plan;
use super::format;
use super::settings::Executor;

const MIB: u64 = 1 << 20;

/// Code, stack and allocator of one engine's instance.
const INSTANCE_BYTES: u64 = 2 * MIB;
/// Stack of one rayon thread: wasm-bindgen's default.
pub const THREAD_STACK_BYTES: u64 = 2 * MIB;
/// Chunks that a process-like worker holds: one at work, one queued ahead or on its way back.
const CHUNKS_IN_FLIGHT: u64 = 2;

/// What an experiment's data take.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Data {
    /// Items.
    pub items: u32,
    /// What one item is called.
    pub item: &'static str,
    /// Bytes of one item's input.
    pub in_row_bytes: u64,
    /// Bytes of one item's output.
    pub out_row_bytes: u64,
    /// Bytes that the check takes of each item's output.
    pub checked_row_bytes: u64,
}

/// Bytes that a run needs at its peak.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Estimate {
    /// On the page.
    pub page_bytes: u64,
    /// What each worker of the pool adds (of the more expensive of the pools that race).
    pub per_worker_bytes: u64,
    /// In all.
    pub total_bytes: u64,
}

/// Estimates a run with `workers` workers. With n items, I bytes of input, R of
/// output and C checked of each:
///
/// - the page: n · (I + R gathered + R on their way + C);
/// - one engine that is up all the time (Serial, Vectorized, what is not
///   timed): 2 MiB + n · (I + R);
/// - Process: for each worker 2 MiB, and for each that has tasks 2 chunks ·
///   (I + R) per item, but never more than there are items;
/// - Thread: 2 MiB + 2 MiB of stack for each thread + n · (I + R), once.
///
/// Pools do not exist at the same time, so the larger one counts.
#[must_use]
pub fn estimate(data: Data, plan: &Plan, workers: u32) -> Estimate {
    let items = u64::from(data.items);
    let rows = data.in_row_bytes + data.out_row_bytes;
    let chunk = u64::from(plan.chunk.items_per_task(data.items, workers).min(data.items));
    let threads = u64::from(workers.max(1));

    let page_bytes = items * (rows + data.out_row_bytes + data.checked_row_bytes);
    let engine_bytes = INSTANCE_BYTES + items * rows;
    let tasks = items.div_ceil(chunk.max(1));
    let in_flight = (CHUNKS_IN_FLIGHT * threads).min(tasks) * chunk;
    let process_bytes = INSTANCE_BYTES + in_flight.min(items).div_ceil(threads) * rows;
    let pools = plan.executors.iter().map(|executor| match executor {
        Executor::Serial | Executor::Vectorized => (0, 0),
        Executor::Process => (threads * process_bytes, process_bytes),
        Executor::Thread => (engine_bytes + threads * THREAD_STACK_BYTES, THREAD_STACK_BYTES),
    });
    let (pool_bytes, per_worker_bytes) = pools.max().unwrap_or_default();
    Estimate { page_bytes, per_worker_bytes, total_bytes: page_bytes + engine_bytes + pool_bytes }
}

/// Whose memory it is that does not suffice.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Whose {
    /// All that the run takes together.
    Run,
    /// The page's.
    Page,
    /// That of a worker that has all items.
    Worker,
    /// That of a worker that has some chunks.
    Process,
    /// What threads share.
    Threads,
}

impl Whose {
    /// Bytes that the rows take there, with what else grows with the run.
    fn needs(self, data: Data, plan: &Plan, workers: u32) -> u64 {
        let rows = u64::from(data.items) * (data.in_row_bytes + data.out_row_bytes);
        match self {
            Self::Run => estimate(data, plan, workers).total_bytes,
            Self::Page => estimate(data, plan, workers).page_bytes,
            Self::Worker => rows,
            Self::Process => {
                let chunk = plan.chunk.items_per_task(data.items, workers).min(data.items);
                let held = (CHUNKS_IN_FLIGHT * u64::from(chunk)).min(u64::from(data.items));
                held * (data.in_row_bytes + data.out_row_bytes)
            }
            Self::Threads => rows + u64::from(workers) * THREAD_STACK_BYTES,
        }
    }

    fn words(self) -> &'static str {
        match self {
            Self::Run => "this run needs",
            Self::Page => "for this run the page needs",
            Self::Worker | Self::Process => "for this run a worker needs",
            Self::Threads => "for this run the threads need",
        }
    }
}

/// A run that needs more than there is; its text is a sentence for learners.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub struct DoesNotFit {
    /// Whose memory does not suffice.
    pub whose: Whose,
    /// What it needs.
    pub needed_bytes: u64,
    /// What there is.
    pub budget_bytes: u64,
    /// The most workers with which it would fit as it is, if any.
    pub workers_that_fit: Option<u32>,
    /// The most items that would fit with these workers, if any.
    pub items_that_fit: Option<u32>,
    /// What one item is called.
    pub item: &'static str,
}

impl fmt::Display for DoesNotFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (needed, budget) = (self.needed_bytes.div_ceil(MIB), self.budget_bytes / MIB);
        write!(f, "Not enough memory: {} about {needed} MiB, and ", self.whose.words())?;
        if self.budget_bytes == 0 {
            return f.write_str("the browser gives nothing for that now. Closing other tabs and programs may help.");
        }
        write!(f, "there are {budget} MiB for that")?;
        let workers = self.workers_that_fit.map(|workers| count(workers, "worker"));
        let items = self.items_that_fit.map(|items| count(items, self.item));
        match (workers, items) {
            (Some(workers), Some(items)) => write!(f, ": it would fit with at most {workers}, or {items}."),
            (Some(fits), None) | (None, Some(fits)) => write!(f, ": it would fit with at most {fits}."),
            (None, None) => write!(f, ", and no smaller number of {}s or workers would fit.", self.item),
        }
    }
}

fn count(number: u32, noun: &str) -> String {
    let plural = if number == 1 { "" } else { "s" };
    format!("{} {noun}{plural}", format::count(number.into()))
}

/// Does a run fit into `budget_bytes`? `resized` gives the data of other numbers
/// of items, where there can be others.
///
/// # Errors
/// [`DoesNotFit`], with what would.
pub fn what_fits(
    data: Data,
    plan: &Plan,
    resized: impl Fn(u32) -> Option<Data>,
    budget_bytes: u64,
) -> Result<(), DoesNotFit> {
    let refused = not_within(Whose::Run, data, plan, resized, budget_bytes);
    if refused.needed_bytes <= budget_bytes { Ok(()) } else { Err(refused) }
}

/// Of what is said to fit, a part is left over: blocks have edges.
const SPARE: u64 = 8;

/// What is told where the browser refused memory while a run went on: somebody's
/// could be made to hold `had_bytes` more than it does between runs.
#[must_use]
pub fn refused(
    whose: Whose,
    data: Data,
    plan: &Plan,
    resized: impl Fn(u32) -> Option<Data>,
    had_bytes: u64,
) -> DoesNotFit {
    // Blocks in one piece are found less easily than tried.
    let most = had_bytes.min(whose.needs(data, plan, plan.workers));
    DoesNotFit { budget_bytes: had_bytes, ..not_within(whose, data, plan, resized, most - most / SPARE) }
}

fn not_within(
    whose: Whose,
    data: Data,
    plan: &Plan,
    resized: impl Fn(u32) -> Option<Data>,
    budget_bytes: u64,
) -> DoesNotFit {
    let depends_on_workers = matches!(whose, Whose::Run | Whose::Threads);
    let fits = |workers: &u32| depends_on_workers && whose.needs(data, plan, *workers) <= budget_bytes;
    DoesNotFit {
        whose,
        needed_bytes: whose.needs(data, plan, plan.workers),
        budget_bytes,
        workers_that_fit: (1..plan.workers).rev().find(fits),
        items_that_fit: items_that_fit(whose, data.items, plan, resized, budget_bytes),
        item: data.item,
    }
}

/// The most items that fit. More items need more memory, but for the one place
/// where less is kept of each: so either side is searched.
fn items_that_fit(
    whose: Whose,
    items: u32,
    plan: &Plan,
    resized: impl Fn(u32) -> Option<Data>,
    budget_bytes: u64,
) -> Option<u32> {
    let fits = |items| resized(items).is_some_and(|data| whose.needs(data, plan, plan.workers) <= budget_bytes);
    let kept = |items| resized(items).map(|data| data.out_row_bytes);
    let last_like_the_first = last_where(1, items, |items| kept(items) == kept(1))?;
    last_where(last_like_the_first + 1, items, fits).or_else(|| last_where(1, last_like_the_first, fits))
}

/// The last number from `first` to `last` for which `holds`, if it holds up to there and not beyond.
fn last_where(first: u32, last: u32, holds: impl Fn(u32) -> bool) -> Option<u32> {
    if first > last || !holds(first) {
        return None;
    }
    let (mut low, mut high) = (first, last);
    while low < high {
        let middle = low + (high - low).div_ceil(2);
        if holds(middle) {
            low = middle;
        } else {
            high = middle - 1;
        }
    }
    Some(low)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::settings::Chunk;

    /// An ensemble, of which 16 MiB of trajectories are kept: (members, steps, plan).
    fn race(members: u32, steps: u32, workers: u32) -> (u32, u32, Plan) {
        (members, steps, Plan { workers, ..crate::model::experiment::tests::plan() })
    }

    fn data(members: u32, steps: u32) -> Data {
        let trajectory_bytes = (u64::from(steps) + 1) * 24;
        let is_kept = u64::from(members) * trajectory_bytes <= 16 * MIB;
        let out_row_bytes = if is_kept { trajectory_bytes } else { 24 };
        Data { items: members, item: "member", in_row_bytes: 24, out_row_bytes, checked_row_bytes: 24 }
    }

    fn fits((members, steps, plan): &(u32, u32, Plan), budget_bytes: u64) -> Result<(), DoesNotFit> {
        what_fits(data(*members, *steps), plan, |members| Some(data(members, *steps)), budget_bytes)
    }

    #[test]
    fn the_default_race_is_small() {
        let (members, steps, plan) = race(30, 5000, 8);
        let estimate = estimate(data(members, steps), &plan, 8);
        assert!(estimate.total_bytes < 48 * MIB, "{estimate:?}");
        // 30 · (24 + 2 · 24 · 5001 + 24)
        assert_eq!(estimate.page_bytes, 7_202_880);
        // Threads: 2 MiB of stack.
        assert_eq!(estimate.per_worker_bytes, 2 * MIB);
    }

    #[test]
    fn a_process_holds_two_chunks() {
        let (members, steps, mut plan) = race(30, 5000, 8);
        plan.executors = vec![Executor::Process];
        // 2 MiB + 2 chunks of one member · (24 + 24 · 5001)
        assert_eq!(estimate(data(members, steps), &plan, 8).per_worker_bytes, 2 * MIB + 2 * 24 * 5002);
    }

    #[test]
    fn executors_that_do_not_race_need_nothing() {
        let (members, steps, mut plan) = race(1_000_000, 5000, 64);
        let all = estimate(data(members, steps), &plan, 64).total_bytes;
        plan.executors = vec![Executor::Serial];
        let serial = estimate(data(members, steps), &plan, 64);
        assert_eq!(serial.per_worker_bytes, 0);
        // 1,000,000 · (96 on the page + 48 in the engine) + 2 MiB
        assert_eq!(serial.total_bytes, 144_000_000 + 2 * MIB);
        assert!(serial.total_bytes < all);
    }

    #[test]
    fn what_is_said_to_fit_does_and_one_more_does_not() {
        for (members, steps, workers, budget) in
            [(1_000_000, 5000, 8, 150 * MIB), (30, 20_000, 64, 64 * MIB), (1_000_000, 1, 2, 32 * MIB)]
        {
            let asked = race(members, steps, workers);
            let refused = fits(&asked, budget).unwrap_err();
            assert!(refused.needed_bytes > budget && refused.budget_bytes == budget);
            if let Some(members) = refused.items_that_fit {
                assert_eq!(fits(&race(members, steps, workers), budget), Ok(()));
                assert!(fits(&race(members + 1, steps, workers), budget).is_err());
            }
            if let Some(workers) = refused.workers_that_fit {
                assert_eq!(fits(&race(members, steps, workers), budget), Ok(()));
                assert!(fits(&race(members, steps, workers + 1), budget).is_err());
            }
        }
    }

    #[test]
    fn more_members_may_fit_where_trajectories_are_not_kept() {
        // Of 2 states each, 349,525 members are kept (216 bytes a member in all), beyond that 1 (144 bytes).
        let (members, steps, mut plan) = race(600_000, 1, 1);
        plan.executors = vec![Executor::Serial];
        let refused = fits(&(members, steps, plan), 55_000_000).unwrap_err();
        assert_eq!(refused.items_that_fit, Some(((55_000_000 - 2 * MIB) / 144) as u32));
    }

    #[test]
    fn a_refusal_says_what_would_fit() {
        let refused = |workers, members| DoesNotFit {
            whose: Whose::Run,
            needed_bytes: 300 * MIB + 1,
            budget_bytes: 256 * MIB,
            workers_that_fit: workers,
            items_that_fit: members,
            item: "member",
        };
        assert_eq!(
            refused(Some(1), Some(20_000)).to_string(),
            "Not enough memory: this run needs about 301 MiB, and there are 256 MiB for that: \
             it would fit with at most 1 worker, or 20,000 members."
        );
        assert!(refused(None, Some(1)).to_string().ends_with("with at most 1 member."));
        assert!(refused(None, None).to_string().ends_with("no smaller number of members or workers would fit."));
    }

    #[test]
    fn a_chunk_is_never_more_than_the_ensemble() {
        let (members, steps, mut plan) = race(10, 5000, 4);
        plan.chunk = Chunk::Members(1_000_000);
        plan.executors = vec![Executor::Process];
        // Ten members in one task, spread over four workers: three each, rounded up.
        assert_eq!(estimate(data(members, steps), &plan, 4).per_worker_bytes, 2 * MIB + 3 * 24 * 5002);
    }

    #[test]
    fn one_task_is_held_by_one_worker() {
        let (members, steps, mut plan) = race(1_000_000, 1, 64);
        plan.chunk = Chunk::Members(1_000_000);
        let total_bytes = |workers| estimate(data(members, steps), &plan, workers).total_bytes;
        let idle_bytes = 63 * (INSTANCE_BYTES + 64 * (24 + 24));
        assert!(total_bytes(64) <= total_bytes(1) + idle_bytes);
    }

    #[test]
    fn what_a_worker_was_refused_is_told_with_what_fits_there() {
        let (members, steps, plan) = race(1_000_000, 1, 4);
        let told = |whose, had_bytes| {
            refused(whose, data(members, steps), &plan, |members| Some(data(members, steps)), had_bytes)
        };
        let worker = told(Whose::Worker, 8 * MIB);
        // Of so few members whole trajectories are kept, of two states each.
        assert_eq!((worker.items_that_fit, worker.workers_that_fit), (Some((7 * MIB / 72) as u32), None));
        assert!(
            worker
                .to_string()
                .starts_with("Not enough memory: for this run a worker needs about 46 MiB, and there are 8")
        );
        let few = refused(Whose::Threads, data(10_000, 1), &plan, |members| Some(data(members, 1)), 6 * MIB);
        // 0.7 MiB of rows, and 2 MiB of stack for each.
        assert_eq!(few.workers_that_fit, Some(2));
        assert!(told(Whose::Threads, 0).to_string().ends_with("Closing other tabs and programs may help."));
        // A process holds a few chunks, of a sixteenth each.
        assert!(told(Whose::Process, 8 * MIB).needed_bytes < 7 * MIB);
        // More may be found afterwards than was then: what was refused is not what fits.
        assert!(told(Whose::Worker, 1 << 40).items_that_fit < Some(members));
    }

    #[test]
    fn nothing_fits_into_nothing() {
        let refused = fits(&race(30, 5000, 4), 0).unwrap_err();
        assert_eq!((refused.workers_that_fit, refused.items_that_fit), (None, None));
    }

    #[test]
    fn what_can_not_be_resized_has_no_other_size_that_fits() {
        let (members, steps, plan) = race(30, 5000, 4);
        let refused = what_fits(data(members, steps), &plan, |_| None, 0).unwrap_err();
        assert_eq!(refused.items_that_fit, None);
    }
}
