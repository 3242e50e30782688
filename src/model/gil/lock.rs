//! The lock and who waits for it: the protocol's rules, without times of work.

use super::MOMENT_MS;

/// What a waiting thread does.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Waiter {
    /// It sleeps until it is told that the lock is free, or for one switch interval.
    Asleep { since_ms: f64, until_ms: f64, switches_seen: u64 },
    /// It was told, and will look at the lock then.
    Waking { at_ms: f64 },
}

/// What a thread that has slept for an interval does.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum TimedOut {
    /// Takes the lock: it is free.
    Takes,
    /// Requests it.
    Requests,
    /// Lets the holder have an interval of its own: it has changed meanwhile.
    Postpones,
}

/// Whose turn it is.
#[derive(Clone, Debug, Default)]
pub(super) struct Lock {
    pub(super) holder: Option<usize>,
    /// Who held it last, also while it is held.
    pub(super) last_holder: Option<usize>,
    pub(super) switches: u64,
    pub(super) is_requested: bool,
    /// By thread.
    pub(super) waiters: Vec<Option<Waiter>>,
}

impl Lock {
    pub(super) fn new(threads: usize) -> Self {
        Self { waiters: vec![None; threads], ..Self::default() }
    }

    /// `thread` has it now.
    pub(super) fn hand_over(&mut self, thread: usize) {
        self.holder = Some(thread);
        if self.last_holder != Some(thread) {
            self.last_holder = Some(thread);
            self.switches += 1;
        }
        self.is_requested = false;
        self.waiters[thread] = None;
    }

    /// `thread` waits from now on, for an interval at a time.
    pub(super) fn sleep(&mut self, thread: usize, now_ms: f64, interval_ms: f64) {
        let (until_ms, switches_seen) = (now_ms + interval_ms, self.switches);
        self.waiters[thread] = Some(Waiter::Asleep { since_ms: now_ms, until_ms, switches_seen });
    }

    /// It is free: who has slept longest is told, of several the first.
    pub(super) fn release(&mut self, now_ms: f64, handover_ms: f64) {
        self.holder = None;
        let asleep = |(thread, waiter): (usize, &Option<Waiter>)| match waiter {
            Some(Waiter::Asleep { since_ms, .. }) => Some((*since_ms, thread)),
            _ => None,
        };
        let longest = self.waiters.iter().enumerate().filter_map(asleep).min_by(|a, b| a.0.total_cmp(&b.0));
        if let Some((_, thread)) = longest {
            self.waiters[thread] = Some(Waiter::Waking { at_ms: now_ms + handover_ms });
        }
    }

    /// The thread's interval is over.
    pub(super) fn time_out(&mut self, switches_seen: u64) -> TimedOut {
        if self.holder.is_none() {
            TimedOut::Takes
        } else if self.switches == switches_seen {
            self.is_requested = true;
            TimedOut::Requests
        } else {
            TimedOut::Postpones
        }
    }

    /// Whether anybody is in line.
    pub(super) fn has_waiters(&self) -> bool {
        self.waiters.iter().any(Option::is_some)
    }

    /// When the next waiter does something, ms.
    pub(super) fn next_ms(&self) -> Option<f64> {
        let at_ms = |waiter: &Waiter| match waiter {
            Waiter::Asleep { until_ms, .. } => *until_ms,
            Waiter::Waking { at_ms } => *at_ms,
        };
        self.waiters.iter().flatten().map(at_ms).min_by(f64::total_cmp)
    }

    /// Who wakes up now, of several the first.
    pub(super) fn woken(&self, now_ms: f64) -> Option<usize> {
        let is_due =
            |waiter: &Option<Waiter>| matches!(waiter, Some(Waiter::Waking { at_ms }) if *at_ms <= now_ms + MOMENT_MS);
        self.waiters.iter().position(is_due)
    }

    /// Whose interval is over now, of several the one that has slept longest; and what it had seen.
    pub(super) fn timed_out(&self, now_ms: f64) -> Option<(usize, u64)> {
        let due = |(thread, waiter): (usize, &Option<Waiter>)| match waiter {
            Some(Waiter::Asleep { since_ms, until_ms, switches_seen }) if *until_ms <= now_ms + MOMENT_MS => {
                Some((*since_ms, thread, *switches_seen))
            }
            _ => None,
        };
        let first = self.waiters.iter().enumerate().filter_map(due).min_by(|a, b| a.0.total_cmp(&b.0));
        first.map(|(_, thread, seen)| (thread, seen))
    }
}
