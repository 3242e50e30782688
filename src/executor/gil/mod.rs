//! The global interpreter lock: many threads, one of them runs at a time.
//!
//! The protocol is CPython's. Whoever waits does so for one *switch interval*
//! (5 ms); if by then nobody else has had the lock either, it *requests a
//! drop*. The holder looks at that request at its safe points
//! ([`GilThread::checkpoint`]), gives way, and does not compete for the lock
//! again before another thread has had it: a *forced switch*. Around anything
//! that blocks, the lock is released ([`GilThread::blocking`]).
//!
//! ```text
//! thread 0  ├──── hold ────┤├──── wait ────┤├── hold ──
//! thread 1  ├──── wait ────┤├──── hold ────┤├── wait ──
//!                 5 ms ─▶ request
//! ```
//!
//! Two things follow from it that a learner can see in the log: two threads
//! that compute take as long as one after the other, and a thread that mostly
//! waits for input pays up to an interval for every answer while another one
//! computes (the *convoy effect*).
//!
//! The lock stands alone: it knows no interpreter, and gets its clock from its
//! owner. It is made of std's `Mutex` and `Condvar`, which work on wasm with
//! atomics too. With [`Mode::FreeThreaded`] it is the same object, logs
//! included, but keeps nobody waiting.

use std::cell::Cell;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

mod log;
#[cfg(test)]
mod tests;

pub use log::{Log, Release, Span};

/// CPython's default for `sys.getswitchinterval()`.
pub const SWITCH_INTERVAL: Duration = Duration::from_millis(5);

/// Does the lock lock?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// One thread runs at a time.
    Locked,
    /// All threads run, as in CPython's free-threaded build.
    FreeThreaded,
}

/// The lock is being stopped, and the thread that wanted it does not hold it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, thiserror::Error)]
#[error("stopped while waiting for the GIL")]
pub struct Stopped;

/// The lock, shared by all threads that take turns.
pub struct Gil {
    mode: Mode,
    now_ms: fn() -> f64,
    spans_per_thread: usize,
    switch_interval_us: AtomicU32,
    /// Read at every safe point, so it is not behind the mutex.
    drop_requested: AtomicBool,
    turn: Mutex<Turn>,
    /// Signalled when the lock has become free.
    released: Condvar,
    /// Signalled when a thread has taken the lock, or has given up waiting.
    settled: Condvar,
    logs: Mutex<Vec<Arc<Mutex<Log>>>>,
}

/// Whose turn it is.
#[derive(Default)]
struct Turn {
    holder: Option<u32>,
    /// Who held it last (also while it is held): a forced switch waits for this to change.
    last_holder: Option<u32>,
    /// How often the lock went from one thread to another.
    switches: u64,
    /// Threads in line.
    waiting: u32,
    stopped: bool,
}

impl Gil {
    /// A free lock. Each thread's log keeps its first `spans_per_thread` spans;
    /// `now_ms` is the clock of all of them, and must be callable on any thread.
    #[must_use]
    pub fn new(mode: Mode, spans_per_thread: usize, now_ms: fn() -> f64) -> Self {
        Self {
            mode,
            now_ms,
            spans_per_thread,
            switch_interval_us: AtomicU32::new(SWITCH_INTERVAL.as_micros() as u32),
            drop_requested: AtomicBool::new(false),
            turn: Mutex::default(),
            released: Condvar::new(),
            settled: Condvar::new(),
            logs: Mutex::default(),
        }
    }

    /// Is it a lock at all?
    #[must_use]
    pub fn mode(&self) -> Mode {
        self.mode
    }

    /// How long a waiting thread lets the holder run before it requests a drop.
    #[must_use]
    pub fn switch_interval(&self) -> Duration {
        Duration::from_micros(self.switch_interval_us.load(Ordering::Relaxed).into())
    }

    /// Sets the switch interval, from the next wait on; like CPython, to 1 µs at least.
    pub fn set_switch_interval(&self, interval: Duration) {
        let us = u32::try_from(interval.as_micros()).unwrap_or(u32::MAX);
        self.switch_interval_us.store(us.max(1), Ordering::Relaxed);
    }

    /// How often the lock has gone from one thread to another so far.
    #[must_use]
    pub fn switches(&self) -> u64 {
        self.turn().switches
    }

    /// Ends all waits of [`GilThread::take_unless_stopped`], and has the holder
    /// come to its next safe point soon.
    pub fn stop(&self) {
        self.turn().stopped = true;
        self.drop_requested.store(true, Ordering::Relaxed);
        self.released.notify_all();
        self.settled.notify_all();
    }

    /// What each thread did, in the order in which the threads joined.
    #[must_use]
    pub fn logs(&self) -> Vec<Log> {
        lock(&self.logs).iter().map(|log| lock(log).clone()).collect()
    }

    /// What one take and release cost more because they are recorded, in ms:
    /// measured here and now, on a log that is thrown away.
    #[must_use]
    pub fn recording_cost_ms(&self) -> f64 {
        const ROUNDS: u32 = 2_000;
        let scratch = Mutex::new(Log::new(u32::MAX, ROUNDS as usize));
        let start_ms = (self.now_ms)();
        for _ in 0..ROUNDS {
            let (asked_ms, taken_ms, released_ms) = ((self.now_ms)(), (self.now_ms)(), (self.now_ms)());
            lock(&scratch).waited(asked_ms, taken_ms);
            lock(&scratch).held(taken_ms, released_ms, Release::Blocking);
        }
        ((self.now_ms)() - start_ms).max(0.0) / f64::from(ROUNDS)
    }

    fn turn(&self) -> MutexGuard<'_, Turn> {
        lock(&self.turn)
    }

    /// Has [`Self::stop`] been called? Threads ask at their safe points; a stop
    /// shows there as a request to drop the lock.
    #[must_use]
    pub fn is_stopped(&self) -> bool {
        self.turn().stopped
    }

    /// Takes the lock for `thread` if it is free.
    fn try_acquire(&self, thread: u32) -> bool {
        let turn = self.turn();
        let free = turn.holder.is_none();
        if free {
            self.hand_over(turn, thread);
        }
        free
    }

    /// Waits until `thread` holds the lock.
    fn acquire(&self, thread: u32, heed_stop: bool) -> Result<(), Stopped> {
        let mut turn = self.turn();
        turn.waiting += 1;
        while turn.holder.is_some() && !(heed_stop && turn.stopped) {
            let seen = turn.switches;
            let (now, wait) =
                self.released.wait_timeout(turn, self.switch_interval()).unwrap_or_else(PoisonError::into_inner);
            turn = now;
            // Whoever got it in the meantime has a right to an interval of its own.
            if wait.timed_out() && turn.holder.is_some() && turn.switches == seen {
                self.drop_requested.store(true, Ordering::Relaxed);
            }
        }
        turn.waiting -= 1;
        if heed_stop && turn.stopped {
            drop(turn);
            // The wake-up that came here may have been meant for another thread,
            // and a holder that gave way must not wait for this one.
            self.released.notify_one();
            self.settled.notify_all();
            return Err(Stopped);
        }
        self.hand_over(turn, thread);
        Ok(())
    }

    fn hand_over(&self, mut turn: MutexGuard<'_, Turn>, thread: u32) {
        turn.holder = Some(thread);
        if turn.last_holder != Some(thread) {
            turn.last_holder = Some(thread);
            turn.switches += 1;
        }
        self.drop_requested.store(turn.stopped, Ordering::Relaxed);
        drop(turn);
        self.settled.notify_all();
    }

    /// Frees the lock; after a request, waits until another thread has had it.
    fn give_up(&self, thread: u32, release: Release) {
        let mut turn = self.turn();
        turn.holder = None;
        self.released.notify_one();
        if release == Release::Ended || !self.drop_requested.load(Ordering::Relaxed) {
            return;
        }
        while turn.last_holder == Some(thread) && turn.waiting > 0 {
            turn = self.settled.wait(turn).unwrap_or_else(PoisonError::into_inner);
        }
    }
}

/// One thread's part in the lock: what it takes and releases it by. It ends
/// with the thread, and releases the lock if it has it, also when unwinding.
pub struct GilThread {
    gil: Arc<Gil>,
    id: u32,
    log: Arc<Mutex<Log>>,
    /// Since when it holds the lock.
    held_since_ms: Cell<Option<f64>>,
}

impl GilThread {
    /// A further thread, which does not hold the lock yet. Threads are numbered
    /// from 0, as they join.
    #[must_use]
    pub fn join(gil: Arc<Gil>) -> Self {
        let mut logs = lock(&gil.logs);
        let id = logs.len() as u32;
        let log = Arc::new(Mutex::new(Log::new(id, gil.spans_per_thread)));
        logs.push(Arc::clone(&log));
        drop(logs);
        Self { gil, id, log, held_since_ms: Cell::new(None) }
    }

    /// This thread's number, from 0.
    #[must_use]
    pub fn id(&self) -> u32 {
        self.id
    }

    /// The lock that it takes.
    #[must_use]
    pub fn gil(&self) -> &Arc<Gil> {
        &self.gil
    }

    /// Does this thread hold the lock (without a lock: is it running)?
    #[must_use]
    pub fn holds(&self) -> bool {
        self.held_since_ms.get().is_some()
    }

    /// Takes the lock, however long that lasts; nothing happens if this thread
    /// holds it.
    pub fn take(&self) {
        // Nothing but a stop can be in the way.
        let _ = self.take_heeding(false);
    }

    /// As [`Self::take`], but gives up when the lock is stopped.
    ///
    /// # Errors
    /// When it gave up: the thread does not hold the lock.
    pub fn take_unless_stopped(&self) -> Result<(), Stopped> {
        self.take_heeding(true)
    }

    /// Releases the lock; nothing happens if this thread does not hold it.
    pub fn release(&self, release: Release) {
        let Some(since_ms) = self.held_since_ms.take() else { return };
        lock(&self.log).held(since_ms, (self.gil.now_ms)(), release);
        if self.gil.mode == Mode::Locked {
            self.gil.give_up(self.id, release);
        }
    }

    /// Has another thread requested the lock? One load: made for hot loops.
    #[inline]
    #[must_use]
    pub fn drop_requested(&self) -> bool {
        self.gil.drop_requested.load(Ordering::Relaxed)
    }

    /// A safe point: gives way if that was requested.
    #[inline]
    pub fn checkpoint(&self) {
        if self.drop_requested() {
            self.give_way();
        }
    }

    /// Runs `block`, which may block, without the lock.
    pub fn blocking<R>(&self, block: impl FnOnce() -> R) -> R {
        if !self.holds() {
            return block();
        }
        self.release(Release::Blocking);
        let _retake = Retake(self);
        block()
    }

    #[cold]
    fn give_way(&self) {
        if self.holds() && self.gil.mode == Mode::Locked {
            self.release(Release::Requested);
            self.take();
        }
    }

    fn take_heeding(&self, heed_stop: bool) -> Result<(), Stopped> {
        if self.holds() {
            return Ok(());
        }
        if self.gil.mode == Mode::Locked && !self.gil.try_acquire(self.id) {
            let asked_ms = (self.gil.now_ms)();
            let outcome = self.gil.acquire(self.id, heed_stop);
            lock(&self.log).waited(asked_ms, (self.gil.now_ms)());
            outcome?;
        }
        self.held_since_ms.set(Some((self.gil.now_ms)()));
        Ok(())
    }
}

impl Drop for GilThread {
    fn drop(&mut self) {
        self.release(Release::Ended);
    }
}

/// Takes the lock again, also when what blocked panicked: what unwinds after it
/// may rely on holding it.
struct Retake<'a>(&'a GilThread);

impl Drop for Retake<'_> {
    fn drop(&mut self) {
        self.0.take();
    }
}

/// No invariant spans two calls, so a panic elsewhere leaves nothing broken.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
