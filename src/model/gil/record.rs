//! What each thread did, in stretches: bounded, with exact sums beside them.

use super::MOMENT_MS;

/// Stretches that are kept of each thread, at most.
const ROOM: usize = 4_000;

/// What a thread did for a while.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Doing {
    /// It had the lock, and ran the interpreter.
    Hold,
    /// It ran the interpreter, where nobody needs a lock.
    Run,
    /// It wanted the lock.
    Wait,
    /// It ran compiled code, without the lock.
    Kernel,
    /// It waited for something outside.
    Blocked,
    /// It came up.
    Start,
    /// It made bytes of objects, or objects of bytes.
    Pickle,
}

/// A while of a thread's time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Stretch {
    /// What it did.
    pub doing: Doing,
    /// From when, ms.
    pub start_ms: f64,
    /// Until when, ms.
    pub end_ms: f64,
}

/// What a thread's stretches sum up to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Totals {
    /// With the lock, or running where there is none, ms.
    pub held_ms: f64,
    /// Waiting for the lock, ms.
    pub waited_ms: f64,
    /// In compiled code, ms.
    pub kernel_ms: f64,
    /// Waiting for something outside, ms.
    pub blocked_ms: f64,
    /// Coming up, making bytes: what processes cost, ms.
    pub overhead_ms: f64,
    /// How often it requested the lock.
    pub requests: u64,
    /// Of these, how many another thread was given the lock for: they had to be made once more,
    /// by it or by somebody else.
    pub requests_in_vain: u64,
    /// How often it would have made one, but the holder had changed meanwhile.
    pub postponed: u64,
    /// How often it gave the lock away because another thread had requested it.
    pub forced_switches: u64,
}

impl Totals {
    /// Both, added up.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        Self {
            held_ms: self.held_ms + other.held_ms,
            waited_ms: self.waited_ms + other.waited_ms,
            kernel_ms: self.kernel_ms + other.kernel_ms,
            blocked_ms: self.blocked_ms + other.blocked_ms,
            overhead_ms: self.overhead_ms + other.overhead_ms,
            requests: self.requests + other.requests,
            requests_in_vain: self.requests_in_vain + other.requests_in_vain,
            postponed: self.postponed + other.postponed,
            forced_switches: self.forced_switches + other.forced_switches,
        }
    }

    fn add(&mut self, doing: Doing, ms: f64) {
        match doing {
            Doing::Hold | Doing::Run => self.held_ms += ms,
            Doing::Wait => self.waited_ms += ms,
            Doing::Kernel => self.kernel_ms += ms,
            Doing::Blocked => self.blocked_ms += ms,
            Doing::Start | Doing::Pickle => self.overhead_ms += ms,
        }
    }
}

/// What one thread did.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Lane {
    /// One after the other, without a gap as long as there is room.
    pub stretches: Vec<Stretch>,
    /// Stretches that there was no room for; the sums count them.
    pub lost: u64,
    /// What they sum up to.
    pub totals: Totals,
    current: Option<(Doing, f64)>,
}

impl Lane {
    /// From now on the thread does this, or, with `None`, nothing any more.
    pub(super) fn turn_to(&mut self, doing: Option<Doing>, now_ms: f64) {
        if let Some((before, start_ms)) = self.current {
            if doing == Some(before) {
                return;
            }
            self.keep(Stretch { doing: before, start_ms, end_ms: now_ms });
        }
        self.current = doing.map(|it| (it, now_ms));
    }

    /// As [`Self::turn_to`], also where it goes on with the same: another stretch.
    pub(super) fn turn_anew(&mut self, doing: Doing, now_ms: f64) {
        self.turn_to(None, now_ms);
        self.turn_to(Some(doing), now_ms);
    }

    fn keep(&mut self, stretch: Stretch) {
        let ms = stretch.end_ms - stretch.start_ms;
        // Who had the lock had it, however short that was.
        if ms <= MOMENT_MS && stretch.doing != Doing::Hold {
            return;
        }
        self.totals.add(stretch.doing, ms);
        if self.stretches.len() < ROOM {
            self.stretches.push(stretch);
        } else {
            self.lost += 1;
        }
    }
}
