//! The one place where Python waits.
//!
//! A lock that is held, `time.sleep`, a process that has not answered: all of
//! them release the GIL and wait for *anything* to happen, then look whether it
//! was theirs. "Anything happened" is one word of memory, counted up and
//! notified by whoever releases a lock, ends a thread, brings a process's
//! message or stops the run: also by the page, which can do both by `Atomics`.
//!
//! ```text
//! loop:  ready? ──yes──▶ take the GIL, go on
//!          │no
//!        messages? ─yes─▶ take the GIL, deliver them (futures get results), again
//!          │no
//!        wait on the word, at most until the deadline
//! ```
//!
//! So `Future.result`, `Condition.wait` or `Queue.get` of the library work
//! unchanged, with processes whose answers only a waiting thread can fetch.

use std::cell::Cell;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::deadlock::{self, Awaited};
use crate::{checkpoint, clock, output, region, threads};

/// Counts what happened; its changes wake whoever waits.
static EVENTS: AtomicU32 = AtomicU32::new(0);

/// Processes' messages: are there any, and deliver them.
#[derive(Clone, Copy)]
struct Messages {
    pending: fn() -> bool,
    deliver: fn(&VirtualMachine) -> PyResult<()>,
}

static MESSAGES: OnceLock<Messages> = OnceLock::new();

thread_local! {
    /// This thread is delivering messages: what that waits for delivers none.
    static DELIVERING: Cell<bool> = const { Cell::new(false) };
}

/// Says that something happened which a waiting thread may be waiting for.
pub fn happened() {
    EVENTS.fetch_add(1, Ordering::SeqCst);
    word::notify(&EVENTS);
    region::happened();
}

/// Where the word is in the shared memory, for `Atomics.add` and `notify`.
#[must_use]
pub fn events_address() -> *const u32 {
    EVENTS.as_ptr()
}

/// Has each wait deliver processes' messages: `pending` is asked often and by
/// any thread; `deliver` is called with the GIL, and never within itself by one
/// thread. Only the first call counts.
pub fn on_messages(pending: fn() -> bool, deliver: fn(&VirtualMachine) -> PyResult<()>) {
    let _ = MESSAGES.set(Messages { pending, deliver });
}

/// How often something happened so far; it wraps.
#[must_use]
pub(crate) fn count() -> u32 {
    EVENTS.load(Ordering::Relaxed)
}

/// Delivers processes' messages, if there are any, without waiting.
///
/// # Errors
/// What the delivery raises.
pub(crate) fn deliver_what_came(vm: &VirtualMachine) -> PyResult<()> {
    match MESSAGES.get() {
        Some(messages) if !DELIVERING.get() && (messages.pending)() => deliver(messages, vm),
        _ => Ok(()),
    }
}

/// Why a stretch of waiting ended.
enum Woken {
    Ready,
    TooLate,
    Messages,
    Stop,
    /// Nobody goes on: this thread is to say what it waits for.
    Asked,
}

/// Waits without the GIL until `ready` (true) or `deadline_ms` has passed
/// (false). `ready` is called without the GIL, and its first true is the last
/// call: it may take what it waits for.
///
/// # Errors
/// When the run is stopped, or a message's delivery raises.
pub fn wait_until(vm: &VirtualMachine, deadline_ms: Option<f64>, ready: impl FnMut() -> bool) -> PyResult<bool> {
    wait(vm, None, None, deadline_ms, ready)
}

/// The same for what only another thread or process can do: without a deadline it may be a deadlock.
///
/// # Errors
/// As [`wait_until`].
pub(crate) fn wait_for(
    vm: &VirtualMachine,
    awaited: &Awaited<'_>,
    deadline_ms: Option<f64>,
    ready: impl FnMut() -> bool,
) -> PyResult<bool> {
    wait(vm, None, Some(awaited), deadline_ms, ready)
}

/// The same for what `ready` finds in a word of the region, which other processes change. Of a process that
/// is to end nobody is ready any more.
///
/// # Errors
/// As [`wait_until`].
pub(crate) fn wait_for_word(
    vm: &VirtualMachine,
    word: u32,
    awaited: &Awaited<'_>,
    deadline_ms: Option<f64>,
    ready: impl FnMut() -> bool,
) -> PyResult<bool> {
    wait(vm, Some(word), Some(awaited), deadline_ms, ready)
}

fn wait(
    vm: &VirtualMachine,
    in_region: Option<u32>,
    awaited: Option<&Awaited<'_>>,
    deadline_ms: Option<f64>,
    mut ready: impl FnMut() -> bool,
) -> PyResult<bool> {
    loop {
        let delivers = MESSAGES.get().filter(|_| !DELIVERING.get());
        // Who has no end in sight may be one of a deadlock.
        let endless = awaited.filter(|_| deadline_ms.is_none());
        let sleep = || sleep_until(in_region, deadline_ms, endless.is_some(), delivers, &mut ready);
        let woken = clock::away(|| threads::without_gil(vm, sleep));
        match (woken, delivers) {
            (Woken::Asked, _) => endless.into_iter().for_each(|awaited| deadlock::say(awaited, vm)),
            (Woken::Ready, _) => return Ok(true),
            (Woken::TooLate, _) => return Ok(false),
            (Woken::Stop, _) => threads::checkpoint(vm)?,
            (Woken::Messages, Some(messages)) => deliver(messages, vm)?,
            (Woken::Messages, None) => {}
        }
    }
}

fn sleep_until(
    in_region: Option<u32>,
    deadline_ms: Option<f64>,
    is_endless: bool,
    messages: Option<&Messages>,
    ready: &mut impl FnMut() -> bool,
) -> Woken {
    let waiter = in_region.map(region::Waiter::new);
    let so_far = || waiter.as_ref().map_or_else(|| EVENTS.load(Ordering::SeqCst), region::Waiter::seen);
    let mut rest = is_endless.then(|| threads::Rest::new(in_region.is_some())).flatten();
    loop {
        // Read first: what happens after the looks below changes it.
        let seen = so_far();
        output::deliver();
        if waiter.as_ref().is_none_or(region::Waiter::is_ours) && ready() {
            return Woken::Ready;
        }
        if checkpoint::stop_requested() || threads::attention_wanted() {
            return Woken::Stop;
        }
        if messages.is_some_and(|messages| (messages.pending)()) {
            return Woken::Messages;
        }
        let left_ms = deadline_ms.map(|deadline_ms| deadline_ms - clock::now_ms());
        if left_ms.is_some_and(|left_ms| left_ms <= 0.0) {
            return Woken::TooLate;
        }
        if rest.as_mut().is_some_and(|rest| rest.lies_down(seen)) {
            return Woken::Asked;
        }
        let longest_ms = left_ms.map(|left_ms| left_ms.min(LONGEST_MS));
        let longest_ms = longest_ms.or(rest.is_some().then_some(deadlock::PERIOD_MS));
        let timeout = longest_ms.map(|longest_ms| Duration::from_secs_f64(longest_ms / 1e3));
        match &waiter {
            Some(waiter) => waiter.wait(seen, timeout),
            None => word::wait(&EVENTS, seen, timeout),
        }
        if let Some(rest) = &mut rest {
            rest.gets_up(so_far() != seen);
        }
    }
}

/// A day: a longer wait is several.
const LONGEST_MS: f64 = 86_400e3;

fn deliver(messages: &Messages, vm: &VirtualMachine) -> PyResult<()> {
    DELIVERING.set(true);
    let delivered = (messages.deliver)(vm);
    DELIVERING.set(false);
    delivered
}

/// Puts our `sleep` into Python's `time`.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    vm.import("time", 0)?.set_attr("sleep", vm.new_function("sleep", sleep), vm)
}

/// `time.sleep(seconds)`: CPython's checks and words.
fn sleep(seconds: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
    let seconds = threads::seconds_of(&seconds, vm)?;
    if seconds < 0.0 {
        return Err(vm.new_value_error("sleep length must be non-negative"));
    }
    wait_until(vm, Some(clock::now_ms() + seconds * 1e3), || false).map(drop)
}

/// Waiting on a word of shared memory, as JavaScript does by `Atomics.wait`.
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod word {
    use std::arch::wasm32::{memory_atomic_notify, memory_atomic_wait32};
    use std::sync::atomic::AtomicU32;
    use std::time::Duration;

    pub(super) fn wait(word: &AtomicU32, seen: u32, timeout: Option<Duration>) {
        let nanoseconds = timeout.map_or(-1, |timeout| i64::try_from(timeout.as_nanos()).unwrap_or(i64::MAX));
        // SAFETY: the address is that of a living, aligned word.
        unsafe { memory_atomic_wait32(word.as_ptr().cast(), seen.cast_signed(), nanoseconds) };
    }

    pub(super) fn notify(word: &AtomicU32) {
        // SAFETY: the address is that of a living, aligned word.
        unsafe { memory_atomic_notify(word.as_ptr().cast(), u32::MAX) };
    }
}

/// The same natively: nobody but this process changes the word.
#[cfg(not(target_family = "wasm"))]
mod word {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::{Condvar, Mutex, PoisonError};
    use std::time::Duration;

    static WAITING: Mutex<()> = Mutex::new(());
    static CHANGED: Condvar = Condvar::new();

    pub(super) fn wait(word: &AtomicU32, seen: u32, timeout: Option<Duration>) {
        let waiting = WAITING.lock().unwrap_or_else(PoisonError::into_inner);
        if word.load(Ordering::SeqCst) != seen {
            return;
        }
        match timeout {
            Some(timeout) => drop(CHANGED.wait_timeout(waiting, timeout)),
            None => drop(CHANGED.wait(waiting)),
        }
    }

    pub(super) fn notify(_word: &AtomicU32) {
        // Between a waiter's look at the word and its sleep, nobody notifies.
        drop(WAITING.lock().unwrap_or_else(PoisonError::into_inner));
        CHANGED.notify_all();
    }
}

#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
pub use word::set_host_wait;

/// Without shared memory, only the host knows how to wait.
#[cfg(all(target_family = "wasm", not(target_feature = "atomics")))]
mod word {
    use std::sync::OnceLock;
    use std::sync::atomic::AtomicU32;
    use std::time::Duration;

    static HOST_WAIT: OnceLock<fn(Option<f64>)> = OnceLock::new();

    /// How this host waits: at most so many ms (or without a limit), and less
    /// where something happens. Only the first call counts.
    pub fn set_host_wait(wait: fn(Option<f64>)) {
        let _ = HOST_WAIT.set(wait);
    }

    pub(super) fn wait(_word: &AtomicU32, _seen: u32, timeout: Option<Duration>) {
        match HOST_WAIT.get() {
            Some(wait) => wait(timeout.map(|timeout| timeout.as_secs_f64() * 1e3)),
            // The caller looks at the clock again: busy, but right.
            None => std::hint::spin_loop(),
        }
    }

    pub(super) fn notify(_word: &AtomicU32) {}
}
