//! The same tasks, where a person says at each tick who has the lock. What that costs is
//! what it costs in the model: work takes as long, and so does waking up.

use super::record::{Doing, Lane};
use super::{MOMENT_MS, Piece, Schedule};

/// Where a thread is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Whereabouts {
    /// It has the lock.
    Holds,
    /// It needs the lock to go on.
    Wants,
    /// It does something that needs no lock, for so long, ms.
    Outside(f64),
    /// It has nothing left to do.
    Ended,
}

/// Why a thread can't have the lock now.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
pub enum NotNow {
    /// It does something that needs no lock.
    #[error("it is outside, and does not want the lock now")]
    Outside,
    /// It has ended, or never was.
    #[error("it has ended")]
    Ended,
}

#[derive(Clone, Debug)]
struct Thread {
    /// What is left to do, the current piece last.
    pieces: Vec<Piece>,
    /// Of the current piece, where that needs the lock, ms.
    left_ms: f64,
    /// When it is back, if it is outside, ms.
    back_ms: Option<f64>,
    lane: Lane,
}

/// The schedule so far.
#[derive(Clone, Debug)]
pub struct ByHand {
    tick_ms: f64,
    handover_ms: f64,
    now_ms: f64,
    holder: Option<usize>,
    last_holder: Option<usize>,
    switches: u64,
    threads: Vec<Thread>,
}

impl ByHand {
    /// Nobody has the lock yet. Whoever is given it has it for a tick; to wake up for it
    /// takes `handover_ms`, but for the first.
    #[must_use]
    pub fn new(threads: &[Vec<Piece>], tick_ms: f64, handover_ms: f64) -> Self {
        let thread = |pieces: &Vec<Piece>| Thread {
            pieces: pieces.iter().rev().copied().filter(|it| it.duration_ms() > MOMENT_MS).collect(),
            left_ms: 0.0,
            back_ms: None,
            lane: Lane::default(),
        };
        let threads = threads.iter().map(thread).collect();
        let mut new = Self { tick_ms, handover_ms, now_ms: 0.0, holder: None, last_holder: None, switches: 0, threads };
        for thread in 0..new.threads.len() {
            new.begin_piece(thread, 0.0);
        }
        new
    }

    /// How long it has lasted, ms.
    #[must_use]
    pub fn now_ms(&self) -> f64 {
        self.now_ms
    }

    /// How many threads there are.
    #[must_use]
    pub fn threads(&self) -> usize {
        self.threads.len()
    }

    /// Whether all have ended.
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.threads.iter().all(|it| it.pieces.is_empty())
    }

    /// Where a thread is; one that there is not has ended.
    #[must_use]
    pub fn whereabouts(&self, thread: usize) -> Whereabouts {
        match self.threads.get(thread) {
            Some(it) if !it.pieces.is_empty() => match it.back_ms {
                Some(back_ms) => Whereabouts::Outside((back_ms - self.now_ms).max(0.0)),
                None if self.holder == Some(thread) => Whereabouts::Holds,
                None => Whereabouts::Wants,
            },
            _ => Whereabouts::Ended,
        }
    }

    /// What a thread still has to do in the interpreter before it goes outside or ends, ms.
    #[must_use]
    pub fn left_ms(&self, thread: usize) -> f64 {
        self.threads.get(thread).filter(|it| it.back_ms.is_none()).map_or(0.0, |it| it.left_ms.max(0.0))
    }

    /// Hands the lock to a thread for a tick.
    ///
    /// # Errors
    /// It does not want it.
    pub fn give(&mut self, thread: usize) -> Result<(), NotNow> {
        match self.whereabouts(thread) {
            Whereabouts::Ended => return Err(NotNow::Ended),
            Whereabouts::Outside(_) => return Err(NotNow::Outside),
            Whereabouts::Holds => {}
            Whereabouts::Wants => self.hand_over(thread),
        }
        let run_ms = self.tick_ms.min(self.threads[thread].left_ms);
        self.pass(run_ms);
        self.threads[thread].left_ms -= run_ms;
        if self.threads[thread].left_ms <= MOMENT_MS {
            self.threads[thread].pieces.pop();
            let now_ms = self.now_ms;
            self.begin_piece(thread, now_ms);
        }
        Ok(())
    }

    /// Nobody has the lock for a tick; or, where nobody wants it, until somebody does.
    pub fn leave(&mut self) {
        self.put_down();
        let back_ms = self.threads.iter().filter_map(|it| it.back_ms).min_by(f64::total_cmp);
        let is_wanted = (0..self.threads.len()).any(|it| self.whereabouts(it) == Whereabouts::Wants);
        match back_ms {
            Some(back_ms) if !is_wanted => self.pass((back_ms - self.now_ms).max(0.0)),
            _ if is_wanted => self.pass(self.tick_ms),
            _ => {}
        }
    }

    /// What was done so far.
    #[must_use]
    pub fn schedule(&self) -> Schedule {
        let lane = |thread: &Thread| {
            let mut lane = thread.lane.clone();
            lane.turn_to(None, self.now_ms);
            lane
        };
        Schedule {
            lanes: self.threads.iter().map(lane).collect(),
            wall_ms: self.now_ms,
            switches: self.switches,
            is_cut: false,
        }
    }

    fn hand_over(&mut self, thread: usize) {
        self.put_down();
        if self.last_holder != Some(thread) {
            if self.last_holder.is_some() {
                self.pass(self.handover_ms);
            }
            self.last_holder = Some(thread);
            self.switches += 1;
        }
        self.holder = Some(thread);
        self.threads[thread].lane.turn_to(Some(Doing::Hold), self.now_ms);
    }

    fn put_down(&mut self) {
        if let Some(before) = self.holder.take() {
            self.threads[before].lane.turn_to(Some(Doing::Wait), self.now_ms);
        }
    }

    /// Time passes; who is outside may come back.
    fn pass(&mut self, ms: f64) {
        self.now_ms += ms;
        for thread in 0..self.threads.len() {
            while let Some(back_ms) = self.threads[thread].back_ms.filter(|it| *it <= self.now_ms + MOMENT_MS) {
                self.threads[thread].pieces.pop();
                self.threads[thread].back_ms = None;
                self.begin_piece(thread, back_ms);
            }
        }
    }

    /// The thread's next piece begins, or there is none.
    fn begin_piece(&mut self, thread: usize, now_ms: f64) {
        let is_holder = self.holder == Some(thread);
        let it = &mut self.threads[thread];
        let doing = match it.pieces.last().copied() {
            None => None,
            Some(piece) if piece.needs_lock() => {
                it.left_ms = piece.duration_ms();
                Some(if is_holder { Doing::Hold } else { Doing::Wait })
            }
            Some(piece) => {
                it.back_ms = Some(now_ms + piece.duration_ms());
                Some(if piece.needs_core() { Doing::Kernel } else { Doing::Blocked })
            }
        };
        it.lane.turn_to(doing, now_ms);
        if is_holder && !matches!(doing, Some(Doing::Hold)) {
            self.holder = None;
        }
    }
}

/// What no schedule of these threads is shorter than, ms: somebody needs the lock all that
/// time, or one thread alone takes it.
#[must_use]
pub fn at_least_ms(threads: &[Vec<Piece>]) -> f64 {
    let sum = |pieces: &[Piece], all: bool| -> f64 {
        pieces.iter().filter(|it| all || it.needs_lock()).map(|it| it.duration_ms()).sum()
    };
    let locked: f64 = threads.iter().map(|it| sum(it, false)).sum();
    threads.iter().map(|it| sum(it, true)).fold(locked, f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn threads() -> Vec<Vec<Piece>> {
        vec![
            vec![Piece::Compute(3.0)],
            vec![Piece::Compute(1.0), Piece::Block(2.0), Piece::Compute(1.0)],
            vec![Piece::Kernel(2.5), Piece::Compute(0.5)],
        ]
    }

    fn near(a_ms: f64, b_ms: f64) -> bool {
        (a_ms - b_ms).abs() < 1e-6
    }

    #[test]
    fn who_waits_for_answers_goes_first_and_the_rest_fits_between() {
        let mut hand = ByHand::new(&threads(), 1.0, 0.0);
        for thread in [1, 0, 0, 1, 2, 0] {
            hand.give(thread).unwrap();
        }
        assert!(hand.is_over() && near(hand.now_ms(), 5.5), "{}", hand.now_ms());
        assert!(near(hand.now_ms(), at_least_ms(&threads())));
        // The first three ticks kept nobody waiting who could have gone on.
        assert_eq!(hand.schedule().grants(), [1, 0, 1, 2, 0]);
    }

    #[test]
    fn who_does_not_want_it_can_not_have_it() {
        let mut hand = ByHand::new(&threads(), 1.0, 0.0);
        assert_eq!(hand.give(2), Err(NotNow::Outside));
        assert_eq!(hand.whereabouts(2), Whereabouts::Outside(2.5));
        assert_eq!(hand.give(9), Err(NotNow::Ended));
        hand.give(1).unwrap();
        assert_eq!(hand.give(1), Err(NotNow::Outside));
        assert!(near(hand.now_ms(), 1.0), "what was refused takes no time");
    }

    #[test]
    fn handing_over_takes_time_and_going_on_does_not() {
        let threads = vec![vec![Piece::Compute(2.0)]; 2];
        let ends_ms = |order: [usize; 4]| {
            let mut hand = ByHand::new(&threads, 1.0, 0.1);
            order.iter().for_each(|thread| hand.give(*thread).unwrap());
            assert!(hand.is_over());
            (hand.now_ms(), hand.schedule().switches)
        };
        let (together, apart) = (ends_ms([0, 0, 1, 1]), ends_ms([0, 1, 0, 1]));
        assert!(near(together.0, 4.1) && near(apart.0, 4.3), "{together:?}, {apart:?}");
        assert_eq!((together.1, apart.1), (2, 4));
    }

    #[test]
    fn nobody_may_have_it() {
        let mut hand = ByHand::new(&[vec![Piece::Block(3.0), Piece::Compute(1.0)]], 1.0, 0.0);
        hand.leave();
        assert!(near(hand.now_ms(), 3.0), "until it is wanted");
        hand.leave();
        assert!(near(hand.now_ms(), 4.0), "a tick, though it is");
        hand.give(0).unwrap();
        hand.leave();
        assert!(hand.is_over() && near(hand.now_ms(), 5.0), "all is over: nothing to wait for");
        let totals = hand.schedule().totals();
        assert!(near(totals.waited_ms, 1.0) && near(totals.blocked_ms, 3.0), "{totals:?}");
    }

    proptest! {
        #[test]
        fn however_it_is_handed_over_no_work_is_lost(
            moves in prop::collection::vec(0..5_usize, 0..200),
            handover_ms in 0.0..0.3_f64,
        ) {
            let threads = threads();
            let mut hand = ByHand::new(&threads, 1.0, handover_ms);
            for one in moves {
                if one == 4 { hand.leave() } else { let _ = hand.give(one); }
            }
            let mut rounds = 0;
            while !hand.is_over() {
                if (0..3).all(|thread| hand.give(thread).is_err()) {
                    hand.leave();
                }
                rounds += 1;
                prop_assert!(rounds < 100);
            }
            let (schedule, totals) = (hand.schedule(), hand.schedule().totals());
            prop_assert!(near(totals.held_ms, 5.5) && near(totals.kernel_ms, 2.5) && near(totals.blocked_ms, 2.0));
            prop_assert!(hand.now_ms() > at_least_ms(&threads) - 1e-6);
            let mut held: Vec<_> = schedule.lanes.iter().flat_map(|it| &it.stretches).filter(|it| it.doing == Doing::Hold).collect();
            held.sort_by(|a, b| a.start_ms.total_cmp(&b.start_ms).then(a.end_ms.total_cmp(&b.end_ms)));
            prop_assert!(held.windows(2).all(|pair| pair[0].end_ms <= pair[1].start_ms + 1e-9));
        }
    }
}
