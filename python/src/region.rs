//! `_region`: memory that all processes of a run see, for what they share: locks, pipes, values.
//!
//! Each process has a memory of its own, so this one is nobody's: words are looked at by the host
//! (www/python-region.js), and what they mean is Python's affair (`lib/_lab_shared.py`). It is the
//! run's, and gone with it. Where memory can't be shared there is none: its size is 0.
//!
//! ```text
//! word 0        how many bytes behind the head have been given away
//! words 1 to 7  for Python
//! from word 16  per process: how often it was woken, what it waits for, whose the slot is; and whether it
//!               can go on, how often it was woken by then, and whether it is asked what it waits for
//! ```
//!
//! A process can block on one word only, and must hear Stop and its own threads, too. So it waits on its
//! own word here, which is counted up by whoever changes what it waits for, and by all that would wake it
//! in [`crate::idle`].

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use crate::threads;

#[cfg_attr(not(target_family = "wasm"), path = "region/native.rs")]
#[cfg_attr(all(target_family = "wasm", target_feature = "atomics"), path = "region/worker.rs")]
#[cfg_attr(all(target_family = "wasm", not(target_feature = "atomics")), path = "region/none.rs")]
pub mod host;

/// Bytes before what is given away.
const HEAD_BYTES: u32 = 2048;
const FIRST_SLOT_WORD: u32 = 16;
const SLOT_WORDS: u32 = 6;
/// Of a slot: 0 while its process goes on; else another number each time, odd where it waits for a call only.
const STILL: u32 = 3;
const STILL_WOKEN: u32 = 4;
const ASKED: u32 = 5;
/// What a slot's processes wait for, where it is nothing, and where it is more than one thing.
const NOTHING: u32 = 0;
const SEVERAL: u32 = u32::MAX;

/// How many threads of this process wait here.
static WAITING: AtomicU32 = AtomicU32::new(0);
/// See [`STILL`].
static STILL_NUMBER: AtomicU32 = AtomicU32::new(2);
/// Who holds this says what they wait for.
static SAYING: Mutex<()> = Mutex::new(());

fn woken_word(slot: u32) -> u32 {
    FIRST_SLOT_WORD + slot * SLOT_WORDS
}

fn own_word() -> u32 {
    woken_word(host::slot())
}

/// Makes the slot a new process's, before it starts.
pub(crate) fn open(slot: usize, handle: u32) {
    if host::size() > 0 {
        let word = woken_word(slot as u32 + 1);
        host::store(word + 1, NOTHING);
        host::store(word + STILL, 0);
        host::store(word + ASKED, 0);
        host::store(word + 2, handle);
    }
}

/// The process is to end: whatever it still does, it takes nothing any more.
pub(crate) fn close(slot: usize) {
    if host::size() > 0 {
        host::store(woken_word(slot as u32 + 1) + 2, 0);
    }
}

/// Something happened in this process that a thread may wait for while it waits here.
pub(crate) fn happened() {
    if WAITING.load(Ordering::SeqCst) > 0 {
        host::poke(own_word());
    }
}

/// How often this process was woken.
pub(crate) fn woken() -> u32 {
    host::load(own_word())
}

/// Whether the slot is still this process's: who was ended lives on for a moment, and another one may have it by then.
fn is_own_slot() -> bool {
    host::size() > 0 && host::load(own_word() + 2) == crate::processes::own_handle()
}

/// Nobody of this process goes on by himself, since it was woken so often. Where that is said already: nothing.
pub(crate) fn say_still(woken: u32) {
    let word = own_word();
    if is_own_slot() && host::load(word + STILL) == 0 {
        host::store(word + STILL_WOKEN, woken);
        host::store(word + STILL, STILL_NUMBER.fetch_add(2, Ordering::Relaxed));
    }
}

/// This process has nothing to do.
#[cfg(not(target_family = "wasm"))]
pub(crate) fn say_resting() {
    host::store(own_word() + STILL, STILL_NUMBER.fetch_add(2, Ordering::Relaxed) + 1);
}

/// Somebody of this process goes on.
pub(crate) fn say_awake() {
    if is_own_slot() {
        host::store(own_word() + STILL, 0);
    }
}

/// How the process in the slot sleeps; `None` where it does not, or was woken since.
pub(crate) fn sleep_of(slot: usize) -> Option<u32> {
    let word = woken_word(slot as u32 + 1);
    let still = if host::size() > 0 { host::load(word + STILL) } else { 0 };
    let has_slept_on = still % 2 == 1 || host::load(word) == host::load(word + STILL_WOKEN);
    (still != 0 && has_slept_on).then_some(still)
}

/// Asks the process in the slot what it waits for, if it is not a call.
pub(crate) fn ask(slot: usize) {
    let word = woken_word(slot as u32 + 1);
    host::store(word + ASKED, 1 - host::load(word + STILL) % 2);
}

/// Whether it has said so.
pub(crate) fn has_answered(slot: usize) -> bool {
    host::load(woken_word(slot as u32 + 1) + ASKED) == 0
}

/// Whether this process is asked.
pub(crate) fn is_asked() -> bool {
    is_own_slot() && host::load(own_word() + ASKED) != 0
}

/// It has said it.
pub(crate) fn answer() {
    if is_own_slot() {
        host::store(own_word() + ASKED, 0);
    }
}

/// Who took the last one of what the word counts: a slot and one more, and above 8 bits a thread; 0: nobody.
pub(crate) fn taker(word: u32) -> u32 {
    host::load(word + 1)
}

/// A thread that waits here for a word to change.
pub(crate) struct Waiter;

impl Waiter {
    pub(crate) fn new(word: u32) -> Self {
        let _saying = SAYING.lock().unwrap_or_else(PoisonError::into_inner);
        let before = WAITING.fetch_add(1, Ordering::SeqCst);
        host::store(own_word() + 1, if before == 0 { word } else { SEVERAL });
        Self
    }

    /// How often this process was woken.
    pub(crate) fn seen(&self) -> u32 {
        woken()
    }

    /// Whether the process is still one of the run's.
    pub(crate) fn is_ours(&self) -> bool {
        is_own_slot()
    }

    /// Waits until this process is woken once more.
    pub(crate) fn wait(&self, seen: u32, timeout: Option<Duration>) {
        host::wait(own_word(), seen, timeout.map_or(-1.0, |timeout| timeout.as_secs_f64() * 1e3));
    }
}

impl Drop for Waiter {
    fn drop(&mut self) {
        let _saying = SAYING.lock().unwrap_or_else(PoisonError::into_inner);
        if WAITING.fetch_sub(1, Ordering::SeqCst) == 1 {
            host::store(own_word() + 1, NOTHING);
        }
    }
}

/// Takes one of what the word counts, if there is any, and says behind it who did.
fn take(word: u32) -> bool {
    loop {
        let count = host::load(word);
        if count == 0 {
            return false;
        }
        if host::replace(word, count, count - 1) {
            host::store(word + 1, (host::slot() + 1) | (threads::current_number() << 8));
            return true;
        }
    }
}

pub(crate) use _region::module_def;

#[rustpython_vm::pymodule]
mod _region {
    use rustpython_vm::builtins::PyBytesRef;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyResult, VirtualMachine};

    use super::{HEAD_BYTES, host};
    use crate::deadlock::Awaited;
    use crate::{clock, idle};

    /// size() -> int: bytes; 0 where there is none.
    #[pyfunction]
    fn size() -> u32 {
        host::size()
    }

    /// slot() -> int: which of the run's processes this is.
    #[pyfunction]
    fn slot() -> u32 {
        host::slot()
    }

    /// allocate(size) -> int: where so many new bytes are, all 0; or 0 where there is no room.
    #[pyfunction]
    fn allocate(size: u32) -> u32 {
        let size = size.saturating_add(7) & !7;
        loop {
            let given = host::load(0);
            let Some(after) = given.checked_add(size) else { return 0 };
            if after > host::size().saturating_sub(HEAD_BYTES) {
                return 0;
            }
            if host::replace(0, given, after) {
                return HEAD_BYTES + given;
            }
        }
    }

    fn word_of(at: u32, vm: &VirtualMachine) -> PyResult<u32> {
        if at % 4 == 0 && at < host::size() { Ok(at / 4) } else { Err(vm.new_index_error("no word of the region")) }
    }

    fn check(at: u32, count: usize, vm: &VirtualMachine) -> PyResult<()> {
        let end = u64::from(at) + count as u64;
        if end <= u64::from(host::size()) { Ok(()) } else { Err(vm.new_index_error("not within the region")) }
    }

    /// load(at) -> int: the word.
    #[pyfunction]
    fn load(at: u32, vm: &VirtualMachine) -> PyResult<u32> {
        Ok(host::load(word_of(at, vm)?))
    }

    /// store(at, value): wakes who waits for the word.
    #[pyfunction]
    fn store(at: u32, value: u32, vm: &VirtualMachine) -> PyResult<()> {
        let word = word_of(at, vm)?;
        host::store(word, value);
        host::wake(word);
        Ok(())
    }

    /// replace(at, old, new) -> bool: at once, if it is still the old value.
    #[pyfunction]
    fn replace(at: u32, old: u32, new: u32, vm: &VirtualMachine) -> PyResult<bool> {
        let word = word_of(at, vm)?;
        let is_new = host::replace(word, old, new);
        if is_new {
            host::wake(word);
        }
        Ok(is_new)
    }

    /// add(at, value) -> int: the value before; wakes who waits for the word.
    #[pyfunction]
    fn add(at: u32, value: i32, vm: &VirtualMachine) -> PyResult<u32> {
        let word = word_of(at, vm)?;
        loop {
            let old = host::load(word);
            if host::replace(word, old, old.wrapping_add(value.cast_unsigned())) {
                host::wake(word);
                return Ok(old);
            }
        }
    }

    /// read(at, count) -> bytes
    #[pyfunction]
    fn read(at: u32, count: usize, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        check(at, count, vm)?;
        let mut bytes = vec![0; count];
        host::read(at, &mut bytes);
        Ok(bytes)
    }

    /// write(at, data)
    #[pyfunction]
    fn write(at: u32, data: PyBytesRef, vm: &VirtualMachine) -> PyResult<()> {
        check(at, data.as_bytes().len(), vm)?;
        host::write(at, data.as_bytes());
        Ok(())
    }

    fn deadline_ms(timeout: OptionalArg<Option<f64>>) -> Option<f64> {
        timeout.flatten().map(|seconds| clock::now_ms() + seconds.max(0.0) * 1e3)
    }

    /// acquire(at, timeout=None) -> bool: takes one of what the word counts, as soon as there is any.
    #[pyfunction]
    fn acquire(at: u32, timeout: OptionalArg<Option<f64>>, vm: &VirtualMachine) -> PyResult<bool> {
        let word = word_of(at, vm)?;
        if super::take(word) {
            return Ok(true);
        }
        if matches!(timeout, OptionalArg::Present(Some(seconds)) if seconds <= 0.0) {
            return Ok(false);
        }
        idle::wait_for_word(vm, word, &Awaited::word(word), deadline_ms(timeout), || super::take(word))
    }

    /// wait(at, seen, timeout=None) -> bool: until the word is another one.
    #[pyfunction]
    fn wait(at: u32, seen: u32, timeout: OptionalArg<Option<f64>>, vm: &VirtualMachine) -> PyResult<bool> {
        let word = word_of(at, vm)?;
        idle::wait_for_word(vm, word, &Awaited::default(), deadline_ms(timeout), || host::load(word) != seen)
    }

    /// wait_for_any([at, …], [seen, …], timeout=None) -> bool: until one of the words is another one.
    #[pyfunction]
    fn wait_for_any(
        words: Vec<u32>,
        seen: Vec<u32>,
        timeout: OptionalArg<Option<f64>>,
        vm: &VirtualMachine,
    ) -> PyResult<bool> {
        for at in &words {
            word_of(*at, vm)?;
        }
        let has_changed = || words.iter().zip(&seen).any(|(at, seen)| host::load(at / 4) != *seen);
        idle::wait_for_word(vm, super::SEVERAL, &Awaited::default(), deadline_ms(timeout), has_changed)
    }
}
