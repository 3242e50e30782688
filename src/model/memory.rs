//! How much memory a run needs: estimated before it starts, because a tab that
//! runs out of memory does not come back.

use std::fmt;

use super::settings::{Executor, Settings};

const MIB: u64 = 1 << 20;

/// Code, stack and allocator of one engine's instance.
const INSTANCE_BYTES: u64 = 2 * MIB;
/// Stack of one rayon thread.
const THREAD_STACK_BYTES: u64 = MIB;
/// One state: initial conditions or final states of a member.
const STATE_BYTES: u64 = 24;
/// Chunks that a process-like worker holds: one at work, one queued ahead or on its way back.
const CHUNKS_IN_FLIGHT: u64 = 2;

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

/// Estimates a run with `workers` workers. With M members and R bytes of
/// results each (24 per saved state):
///
/// - the page: M · (24 initial conditions + R gathered + R on their way + 24 final states);
/// - one engine that is up all the time (Serial, Vectorized, hashes,
///   statistics): 2 MiB + M · (24 + R);
/// - Process: for each worker 2 MiB, and for each that has tasks 2 chunks ·
///   (24 + R) per member, but never more than there are members;
/// - Thread: 2 MiB + 1 MiB of stack for each thread + M · (24 + R), once.
///
/// Pools do not exist at the same time, so the larger one counts.
#[must_use]
pub fn estimate(settings: &Settings, workers: u32) -> Estimate {
    let members = u64::from(settings.members);
    let results = settings.workload().values_per_member() as u64 * 8;
    let chunk = u64::from(settings.chunk_members(workers).min(settings.members));
    let threads = u64::from(workers.max(1));

    let page_bytes = members * (STATE_BYTES + 2 * results + STATE_BYTES);
    let engine_bytes = INSTANCE_BYTES + members * (STATE_BYTES + results);
    let tasks = members.div_ceil(chunk.max(1));
    let in_flight = (CHUNKS_IN_FLIGHT * threads).min(tasks) * chunk;
    let process_bytes = INSTANCE_BYTES + in_flight.min(members).div_ceil(threads) * (STATE_BYTES + results);
    let pools = settings.executors.iter().map(|executor| match executor {
        Executor::Serial | Executor::Vectorized => (0, 0),
        Executor::Process => (threads * process_bytes, process_bytes),
        Executor::Thread => (engine_bytes + threads * THREAD_STACK_BYTES, THREAD_STACK_BYTES),
    });
    let (pool_bytes, per_worker_bytes) = pools.max().unwrap_or_default();
    Estimate { page_bytes, per_worker_bytes, total_bytes: page_bytes + engine_bytes + pool_bytes }
}

/// A run that needs more than there is; its text is a sentence for learners.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub struct DoesNotFit {
    /// What it needs.
    pub needed_bytes: u64,
    /// What there is.
    pub budget_bytes: u64,
    /// The most workers with which it would fit as it is, if any.
    pub workers_that_fit: Option<u32>,
    /// The most members that would fit with these workers, if any.
    pub members_that_fit: Option<u32>,
}

impl fmt::Display for DoesNotFit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (needed, budget) = (self.needed_bytes.div_ceil(MIB), self.budget_bytes / MIB);
        write!(f, "This run needs about {needed} MiB of memory, but there are {budget} MiB for it")?;
        let workers = self.workers_that_fit.map(|workers| count(workers, "worker"));
        let members = self.members_that_fit.map(|members| count(members, "member"));
        match (workers, members) {
            (Some(workers), Some(members)) => write!(f, ": it would fit with at most {workers}, or {members}."),
            (Some(fits), None) | (None, Some(fits)) => write!(f, ": it would fit with at most {fits}."),
            (None, None) => write!(f, ", and no smaller number of members or workers would fit."),
        }
    }
}

fn count(number: u32, noun: &str) -> String {
    if number == 1 { format!("1 {noun}") } else { format!("{number} {noun}s") }
}

/// Does a run fit into `budget_bytes`?
///
/// # Errors
/// [`DoesNotFit`], with what would.
pub fn what_fits(settings: &Settings, budget_bytes: u64) -> Result<(), DoesNotFit> {
    let needed_bytes = estimate(settings, settings.workers).total_bytes;
    if needed_bytes <= budget_bytes {
        return Ok(());
    }
    let fits = |workers: &u32| estimate(settings, *workers).total_bytes <= budget_bytes;
    Err(DoesNotFit {
        needed_bytes,
        budget_bytes,
        workers_that_fit: (1..settings.workers).rev().find(fits),
        members_that_fit: members_that_fit(settings, budget_bytes),
    })
}

/// The most members that fit. More members need more memory, but for the one
/// place where trajectories are not kept any more: so either side is searched.
fn members_that_fit(settings: &Settings, budget_bytes: u64) -> Option<u32> {
    let with_members = |members| Settings { members, ..settings.clone() };
    let fits = |members: u32| estimate(&with_members(members), settings.workers).total_bytes <= budget_bytes;
    let keep = |members: u32| with_members(members).workload().keep;
    let last_like_the_first = last_where(1, settings.members, |members| keep(members) == keep(1))?;
    last_where(last_like_the_first + 1, settings.members, fits).or_else(|| last_where(1, last_like_the_first, fits))
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

    fn settings(members: u32, steps: u32, workers: u32) -> Settings {
        Settings { members, steps, workers, ..Settings::defaults(8) }
    }

    #[test]
    fn the_default_race_is_small() {
        let estimate = estimate(&Settings::defaults(8), 8);
        assert!(estimate.total_bytes < 48 * MIB, "{estimate:?}");
        // 30 · (24 + 2 · 24 · 5001 + 24)
        assert_eq!(estimate.page_bytes, 7_202_880);
        // 2 MiB + 2 chunks of one member · (24 + 24 · 5001)
        assert_eq!(estimate.per_worker_bytes, 2 * MIB + 2 * 24 * 5002);
    }

    #[test]
    fn executors_that_do_not_race_need_nothing() {
        let mut settings = settings(1_000_000, 5000, 64);
        let all = estimate(&settings, 64).total_bytes;
        settings.executors = vec![Executor::Serial];
        let serial = estimate(&settings, 64);
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
            let settings = settings(members, steps, workers);
            let refused = what_fits(&settings, budget).unwrap_err();
            assert!(refused.needed_bytes > budget && refused.budget_bytes == budget);
            if let Some(members) = refused.members_that_fit {
                assert_eq!(what_fits(&Settings { members, ..settings.clone() }, budget), Ok(()));
                assert!(what_fits(&Settings { members: members + 1, ..settings.clone() }, budget).is_err());
            }
            if let Some(workers) = refused.workers_that_fit {
                assert_eq!(what_fits(&Settings { workers, ..settings.clone() }, budget), Ok(()));
                assert!(what_fits(&Settings { workers: workers + 1, ..settings.clone() }, budget).is_err());
            }
        }
    }

    #[test]
    fn more_members_may_fit_where_trajectories_are_not_kept() {
        // Of 2 states each, 349,525 members are kept (216 bytes a member in all), beyond that 1 (144 bytes).
        let settings = Settings { executors: vec![Executor::Serial], ..settings(600_000, 1, 1) };
        let refused = what_fits(&settings, 55_000_000).unwrap_err();
        assert_eq!(refused.members_that_fit, Some(((55_000_000 - 2 * MIB) / 144) as u32));
    }

    #[test]
    fn a_refusal_says_what_would_fit() {
        let refused = |workers, members| DoesNotFit {
            needed_bytes: 300 * MIB + 1,
            budget_bytes: 256 * MIB,
            workers_that_fit: workers,
            members_that_fit: members,
        };
        assert_eq!(
            refused(Some(1), Some(20_000)).to_string(),
            "This run needs about 301 MiB of memory, but there are 256 MiB for it: \
             it would fit with at most 1 worker, or 20000 members."
        );
        assert!(refused(None, Some(1)).to_string().ends_with("with at most 1 member."));
        assert!(refused(None, None).to_string().ends_with("would fit."));
    }

    #[test]
    fn a_chunk_is_never_more_than_the_ensemble() {
        let whole = Settings { chunk: Chunk::Members(1_000_000), ..settings(10, 5000, 4) };
        // Ten members in one task, spread over four workers: three each, rounded up.
        assert_eq!(estimate(&whole, 4).per_worker_bytes, 2 * MIB + 3 * 24 * 5002);
    }

    #[test]
    fn one_task_is_held_by_one_worker() {
        let whole = Settings { chunk: Chunk::Members(1_000_000), ..settings(1_000_000, 1, 64) };
        let one = Settings { workers: 1, ..whole.clone() };
        let idle_bytes = 63 * (INSTANCE_BYTES + 64 * (STATE_BYTES + 24));
        assert!(estimate(&whole, 64).total_bytes <= estimate(&one, 1).total_bytes + idle_bytes);
    }

    #[test]
    fn nothing_fits_into_nothing() {
        let refused = what_fits(&settings(30, 5000, 4), 0).unwrap_err();
        assert_eq!((refused.workers_that_fit, refused.members_that_fit), (None, None));
    }
}
