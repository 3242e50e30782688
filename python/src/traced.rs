//! `_tracemalloc`: how much memory is held of what was asked for since tracing began.
//!
//! The allocator tells of each block while tracing is on; blocks from before
//! are nobody's, also when they are freed. While it is off, the allocator looks
//! at [`is_on`] and no more.

use std::alloc::Layout;
use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

pub(crate) use _tracemalloc::module_def;

/// What a block's address is a good key for.
#[derive(Clone, Copy, Debug, Default)]
struct AddressHasher(u64);

impl Hasher for AddressHasher {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_usize(usize::from(*byte)));
    }

    fn write_usize(&mut self, value: usize) {
        // Fibonacci hashing: addresses differ in their middle.
        self.0 = (self.0 ^ value as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(26);
    }
}

/// The blocks that are held, and their sizes in bytes.
#[derive(Debug, Default)]
struct Traces {
    blocks: HashMap<usize, usize, BuildHasherDefault<AddressHasher>>,
    current_bytes: usize,
    peak_bytes: usize,
    /// A block could not be noted, since there was no memory for it.
    has_lost: bool,
}

static IS_ON: AtomicBool = AtomicBool::new(false);
static TRACES: Mutex<Option<Traces>> = Mutex::new(None);
/// What the traces themselves take.
static OWN_BYTES: AtomicUsize = AtomicUsize::new(0);

thread_local! {
    /// What this thread allocates now is for the traces themselves.
    static IS_WITHIN: Cell<bool> = const { Cell::new(false) };
}

/// Where `IS_WITHIN` is in the thread that began to trace.
static FIRST: AtomicUsize = AtomicUsize::new(0);
/// What is thread-local is less than that.
const MOST_LOCAL_BYTES: usize = 4096;

/// A worker that becomes a thread asks for its stack and for its thread-local memory before it has either, and at
/// its end gives them back: then nothing thread-local may be touched. Taking an address touches nothing. wasm-bindgen
/// has what is thread-local begin at 0 before, and at the middle of all addresses afterwards.
fn is_set_up() -> bool {
    let place = IS_WITHIN.with(|within| std::ptr::from_ref(within).addr());
    place & (usize::MAX >> 1) >= MOST_LOCAL_BYTES || place == FIRST.load(Ordering::Relaxed)
}

/// Whether the allocator is to tell.
#[inline(always)]
pub(crate) fn is_on() -> bool {
    IS_ON.load(Ordering::Relaxed)
}

fn within<R>(work: impl FnOnce(&mut Option<Traces>) -> R) -> R {
    let before = IS_WITHIN.replace(true);
    let mut traces: MutexGuard<'_, _> = TRACES.lock().unwrap_or_else(PoisonError::into_inner);
    let came = work(&mut traces);
    drop(traces);
    IS_WITHIN.set(before);
    came
}

/// A block was given out.
#[cold]
#[inline(never)]
pub(crate) fn note(block: *mut u8, layout: Layout) {
    if block.is_null() || !is_set_up() {
        return;
    }
    if IS_WITHIN.get() {
        OWN_BYTES.fetch_add(layout.size(), Ordering::Relaxed);
        return;
    }
    within(|traces| {
        let Some(traces) = traces else { return };
        if traces.blocks.try_reserve(1).is_err() {
            traces.has_lost = true;
            return;
        }
        traces.blocks.insert(block.addr(), layout.size());
        traces.current_bytes += layout.size();
        traces.peak_bytes = traces.peak_bytes.max(traces.current_bytes);
    });
}

/// A block was given back.
#[cold]
#[inline(never)]
pub(crate) fn forget(block: *mut u8, layout: Layout) {
    if !is_set_up() {
        return;
    }
    if IS_WITHIN.get() {
        OWN_BYTES.fetch_sub(layout.size(), Ordering::Relaxed);
        return;
    }
    within(|traces| {
        let Some(traces) = traces else { return };
        traces.current_bytes -= traces.blocks.remove(&block.addr()).unwrap_or(0);
    });
}

#[rustpython_vm::pymodule]
mod _tracemalloc {
    use std::sync::atomic::Ordering;

    use rustpython_vm::{PyResult, VirtualMachine};

    use super::{FIRST, IS_ON, IS_WITHIN, OWN_BYTES, Traces, is_on, within};

    /// Larger than what is around it is likely to take.
    const PROBE_BYTES: usize = 4096;

    /// From now on blocks are noted.
    #[pyfunction]
    fn _start(vm: &VirtualMachine) -> PyResult<()> {
        if is_on() {
            return Ok(());
        }
        FIRST.store(IS_WITHIN.with(|within| std::ptr::from_ref(within).addr()), Ordering::Relaxed);
        within(|traces| *traces = Some(Traces::default()));
        IS_ON.store(true, Ordering::Relaxed);
        // Natively, there may be another allocator, which tells nothing.
        let before = held();
        let probe = std::hint::black_box(vec![0_u8; PROBE_BYTES]);
        let tells = held().0 >= before.0 + probe.len();
        drop(probe);
        if tells {
            clear_traces();
            return Ok(());
        }
        stop();
        Err(vm.new_not_implemented_error("nobody counts this Python's memory"))
    }

    /// Forgets all, and notes nothing any more.
    #[pyfunction]
    fn stop() {
        IS_ON.store(false, Ordering::Relaxed);
        within(|traces| *traces = None);
        OWN_BYTES.store(0, Ordering::Relaxed);
    }

    #[pyfunction]
    fn is_tracing() -> bool {
        is_on()
    }

    fn held() -> (usize, usize) {
        within(|traces| traces.as_ref().map_or((0, 0), |traces| (traces.current_bytes, traces.peak_bytes)))
    }

    /// get_traced_memory() -> (current, peak), in bytes.
    #[pyfunction]
    fn get_traced_memory(vm: &VirtualMachine) -> PyResult<(usize, usize)> {
        if within(|traces| traces.as_ref().is_some_and(|traces| traces.has_lost)) {
            return Err(vm.new_memory_error("there was no memory to note all blocks"));
        }
        Ok(held())
    }

    /// reset_peak(): the peak is what is held now.
    #[pyfunction]
    fn reset_peak() {
        within(|traces| {
            if let Some(traces) = traces {
                traces.peak_bytes = traces.current_bytes;
            }
        });
    }

    /// clear_traces(): what was noted so far counts no longer.
    #[pyfunction]
    fn clear_traces() {
        within(|traces| {
            if let Some(traces) = traces {
                traces.blocks.clear();
                (traces.current_bytes, traces.peak_bytes, traces.has_lost) = (0, 0, false);
            }
        });
    }

    /// get_tracemalloc_memory(): what the traces themselves take, in bytes.
    #[pyfunction]
    fn get_tracemalloc_memory() -> usize {
        OWN_BYTES.load(Ordering::Relaxed)
    }
}
