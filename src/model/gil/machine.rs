//! Goes from event to event: a piece is done, the holder comes to a safe point, a waiter
//! wakes up, an interval is over. Of what happens in one moment, it is in this order.

use super::lock::{Lock, TimedOut};
use super::record::{Doing, Lane};
use super::{MOMENT_MS, Mode, Piece, Rules, Schedule, sound};

/// Events that are followed, at most.
const MOST_EVENTS: u32 = 100_000;

/// What a thread does.
#[derive(Clone, Copy, Debug, PartialEq)]
enum State {
    /// Its piece.
    Works,
    /// Waits for the lock, in line.
    Waits,
    /// Has released the lock after a request, and lets another thread have it first.
    GaveWay,
    /// Nothing any more.
    Ended,
}

struct Thread {
    /// What is left to do, the last piece first.
    pieces: Vec<Piece>,
    /// Of the current piece, ms.
    left_ms: f64,
    /// What it has computed in all: its safe points are multiples of an interval of that, ms.
    computed_ms: f64,
    state: State,
    /// It has requested the lock from who holds it now.
    has_requested: bool,
    lane: Lane,
}

pub(super) struct Machine {
    mode: Mode,
    rules: Rules,
    threads: Vec<Thread>,
    lock: Lock,
    now_ms: f64,
    /// Work until the holder's safe point, once it was asked to give way, ms.
    safe_point_ms: Option<f64>,
}

impl Machine {
    pub(super) fn new(mode: Mode, threads: &[Vec<Piece>], rules: &Rules) -> Self {
        let thread = |pieces: &Vec<Piece>| Thread {
            pieces: pieces.iter().rev().copied().filter(|it| it.duration_ms() > MOMENT_MS).collect(),
            left_ms: 0.0,
            computed_ms: 0.0,
            state: State::Ended,
            has_requested: false,
            lane: Lane::default(),
        };
        // CPython's interval is a microsecond at least.
        let rules = Rules {
            switch_ms: sound(rules.switch_ms, 1e-3),
            check_ms: sound(rules.check_ms, 1e-3),
            handover_ms: sound(rules.handover_ms, 0.0),
            cores: rules.cores.max(1),
        };
        let lock = Lock::new(threads.len());
        Self { mode, rules, threads: threads.iter().map(thread).collect(), lock, now_ms: 0.0, safe_point_ms: None }
    }

    pub(super) fn run(mut self) -> Schedule {
        for thread in 0..self.threads.len() {
            self.take(thread);
        }
        let mut events = 0;
        while let Some(ms) = self.until_next_ms() {
            if events == MOST_EVENTS {
                break;
            }
            events += 1;
            self.pass(ms);
            self.happen();
        }
        let is_cut = self.threads.iter().any(|it| it.state != State::Ended);
        let now_ms = self.now_ms;
        let end = |mut thread: Thread| {
            thread.lane.turn_to(None, now_ms);
            thread.lane
        };
        let lanes = self.threads.into_iter().map(end).collect();
        Schedule { lanes, wall_ms: now_ms, switches: self.lock.switches, is_cut }
    }

    /// What each of those who run gets of a core.
    fn rate(&self) -> f64 {
        let runs = |it: &&Thread| it.state == State::Works && it.pieces.last().is_some_and(|it| it.needs_core());
        let running = self.threads.iter().filter(runs).count();
        (f64::from(self.rules.cores) / running.max(1) as f64).min(1.0)
    }

    fn until_next_ms(&self) -> Option<f64> {
        let rate = self.rate();
        let works = |it: &Thread| {
            let piece = it.pieces.last().filter(|_| it.state == State::Works)?;
            Some(if piece.needs_core() { it.left_ms / rate } else { it.left_ms })
        };
        let done = self.threads.iter().filter_map(works);
        let safe_point = self.safe_point_ms.map(|ms| ms / rate);
        let waiter = self.lock.next_ms().map(|at_ms| at_ms - self.now_ms);
        done.chain(safe_point).chain(waiter).min_by(f64::total_cmp).map(|ms| ms.max(0.0))
    }

    fn pass(&mut self, ms: f64) {
        let rate = self.rate();
        self.now_ms += ms;
        for thread in self.threads.iter_mut().filter(|it| it.state == State::Works) {
            let Some(piece) = thread.pieces.last() else { continue };
            let work_ms = if piece.needs_core() { ms * rate } else { ms };
            thread.left_ms -= work_ms;
            if piece.needs_lock() {
                thread.computed_ms += work_ms;
            }
        }
        if let Some(left_ms) = &mut self.safe_point_ms {
            *left_ms -= ms * rate;
        }
    }

    /// All that is due now.
    fn happen(&mut self) {
        for thread in 0..self.threads.len() {
            if self.threads[thread].state == State::Works && self.threads[thread].left_ms <= MOMENT_MS {
                self.finish(thread);
            }
        }
        if self.safe_point_ms.is_some_and(|ms| ms <= MOMENT_MS) {
            self.give_way();
        }
        while let Some(thread) = self.lock.woken(self.now_ms) {
            if self.lock.holder.is_none() {
                self.has_taken(thread);
            } else {
                self.lock.sleep(thread, self.now_ms, self.rules.switch_ms);
            }
        }
        while let Some((thread, switches_seen)) = self.lock.timed_out(self.now_ms) {
            self.time_out(thread, switches_seen);
        }
    }

    /// A piece is done.
    fn finish(&mut self, thread: usize) {
        let piece = self.threads[thread].pieces.pop();
        if piece.is_some_and(Piece::needs_lock) {
            self.go_on(thread);
        } else {
            self.take(thread);
        }
    }

    /// Takes the lock if it is free, else gets in line.
    fn take(&mut self, thread: usize) {
        if self.mode == Mode::Free {
            return self.go_on(thread);
        }
        if self.lock.holder.is_none() {
            return self.has_taken(thread);
        }
        let it = &mut self.threads[thread];
        it.state = State::Waits;
        it.has_requested = false;
        it.lane.turn_to(Some(Doing::Wait), self.now_ms);
        self.lock.sleep(thread, self.now_ms, self.rules.switch_ms);
    }

    fn has_taken(&mut self, thread: usize) {
        self.lock.hand_over(thread);
        self.safe_point_ms = None;
        self.threads[thread].lane.turn_anew(Doing::Hold, self.now_ms);
        for other in 0..self.threads.len() {
            if other == thread {
                continue;
            }
            // Who asked for it asked in vain, and who gave way has done so now.
            let it = &mut self.threads[other];
            it.lane.totals.requests_in_vain += u64::from(it.state == State::Waits && it.has_requested);
            it.has_requested = false;
            if it.state == State::GaveWay {
                self.has_given_way(other);
            }
        }
        self.go_on(thread);
    }

    /// With the lock, where there is one: begins what is next.
    fn go_on(&mut self, thread: usize) {
        let now_ms = self.now_ms;
        let it = &mut self.threads[thread];
        let Some(piece) = it.pieces.last().copied() else {
            it.state = State::Ended;
            it.lane.turn_to(None, now_ms);
            return self.release(thread);
        };
        it.left_ms = piece.duration_ms();
        it.state = State::Works;
        if self.mode == Mode::Free || piece.needs_lock() {
            let doing = self.doing(piece);
            return self.threads[thread].lane.turn_to(Some(doing), now_ms);
        }
        let is_forced = self.lock.is_requested && self.lock.has_waiters();
        self.release(thread);
        if is_forced {
            self.wait_for_another(thread);
        } else {
            self.has_given_way(thread);
        }
    }

    fn release(&mut self, thread: usize) {
        if self.lock.holder == Some(thread) {
            self.safe_point_ms = None;
            self.lock.release(self.now_ms, self.rules.handover_ms);
        }
    }

    /// The holder, at a safe point after a request.
    fn give_way(&mut self) {
        self.safe_point_ms = None;
        let Some(thread) = self.lock.holder.filter(|_| self.lock.has_waiters()) else { return };
        self.threads[thread].lane.totals.forced_switches += 1;
        self.release(thread);
        self.wait_for_another(thread);
    }

    fn wait_for_another(&mut self, thread: usize) {
        self.threads[thread].state = State::GaveWay;
        self.threads[thread].lane.turn_to(Some(Doing::Wait), self.now_ms);
    }

    /// Without the lock, and nobody has to be let pass any more: goes on with what needs no
    /// lock, or gets in line.
    fn has_given_way(&mut self, thread: usize) {
        match self.threads[thread].pieces.last().copied() {
            Some(piece) if !piece.needs_lock() => {
                let doing = self.doing(piece);
                self.threads[thread].state = State::Works;
                self.threads[thread].lane.turn_to(Some(doing), self.now_ms);
            }
            _ => self.take_again(thread),
        }
    }

    /// In line again, with what is left of its piece.
    fn take_again(&mut self, thread: usize) {
        let left_ms = self.threads[thread].left_ms;
        if let Some(piece) = self.threads[thread].pieces.last_mut() {
            *piece = piece.lasting(left_ms);
        }
        self.take(thread);
    }

    fn time_out(&mut self, thread: usize, switches_seen: u64) {
        let outcome = self.lock.time_out(switches_seen);
        if outcome == TimedOut::Takes {
            return self.has_taken(thread);
        }
        let it = &mut self.threads[thread];
        if outcome == TimedOut::Requests {
            it.lane.totals.requests += 1;
            it.has_requested = true;
            self.set_safe_point();
        } else {
            it.lane.totals.postponed += 1;
        }
        self.lock.sleep(thread, self.now_ms, self.rules.switch_ms);
    }

    /// The holder was asked: from here it is so far to where it looks.
    fn set_safe_point(&mut self) {
        let Some(holder) = self.lock.holder.filter(|_| self.safe_point_ms.is_none()) else { return };
        let check_ms = self.rules.check_ms;
        let since_ms = (self.threads[holder].computed_ms + MOMENT_MS) % check_ms;
        self.safe_point_ms = Some((check_ms - since_ms + MOMENT_MS).min(check_ms));
    }

    fn doing(&self, piece: Piece) -> Doing {
        match (piece, self.mode) {
            (Piece::Compute(_), Mode::Locked) => Doing::Hold,
            (Piece::Pickle(_), Mode::Locked) => Doing::Hold,
            (Piece::Compute(_), Mode::Free) => Doing::Run,
            (Piece::Pickle(_), Mode::Free) => Doing::Pickle,
            (Piece::Kernel(_), _) => Doing::Kernel,
            (Piece::Block(_), _) => Doing::Blocked,
            (Piece::Start(_), _) => Doing::Start,
        }
    }
}
