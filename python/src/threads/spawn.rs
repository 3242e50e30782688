//! What a thread is made of: a std thread, or a web worker that the page starts
//! on the same module and memory.

#[cfg(feature = "threading")]
pub(super) use material::spawn;
#[cfg(all(feature = "threading", target_family = "wasm"))]
pub use material::thread_entry;

/// What a thread runs.
#[cfg(feature = "threading")]
pub(super) type Job = Box<dyn FnOnce() + Send>;

#[cfg(all(feature = "threading", not(target_family = "wasm")))]
mod material {
    use std::thread::Builder;

    use rustpython_vm::{PyResult, VirtualMachine};

    use super::Job;

    /// Frames of an interpreter without optimisation are large.
    const STACK_BYTES: usize = 16 << 20;

    pub(in crate::threads) fn spawn(job: Job, vm: &VirtualMachine) -> PyResult<()> {
        let stack_bytes = vm.state.stacksize.load().max(STACK_BYTES);
        match Builder::new().stack_size(stack_bytes).spawn(job) {
            Ok(_thread) => Ok(()),
            Err(_) => Err(vm.new_runtime_error("can't start new thread")),
        }
    }
}

/// The worker asks the page, since only the page's thread is never blocked.
///
/// ```text
/// spawn ── spawn_thread(pointer) ──▶ page ──▶ new worker ── thread_entry(pointer)
///   └── waits for the order's state ◀── 1: begun, or 2: the page could not ──┘
/// ```
#[cfg(all(feature = "threading", target_family = "wasm"))]
mod material {
    use std::sync::atomic::{AtomicU32, Ordering};
    use std::sync::{Arc, Mutex, PoisonError};

    use rustpython_vm::{PyResult, VirtualMachine};
    use wasm_bindgen::prelude::*;

    use super::Job;
    use crate::{allocator, idle};

    /// What a worker takes of the memory before it can say anything: its stack
    /// (THREAD_STACK_BYTES in www/python-worker.js), and a little more.
    const FIRST_BYTES: usize = (4 << 20) + (64 << 10);

    const ORDERED: u32 = 0;
    const BEGUN: u32 = 1;
    const REFUSED: u32 = 2;

    /// What the pointer points to: the page writes `state` where no worker comes
    /// of it, so it is the first word.
    #[repr(C)]
    struct Order {
        state: AtomicU32,
        job: Mutex<Option<Job>>,
    }

    #[wasm_bindgen]
    extern "C" {
        /// Has the page start a worker that calls [`thread_entry`] with this pointer.
        fn spawn_thread(order: u32);
    }

    pub(in crate::threads) fn spawn(job: Job, vm: &VirtualMachine) -> PyResult<()> {
        if !allocator::has_room(FIRST_BYTES) {
            return Err(vm.new_runtime_error("can't start new thread"));
        }
        let order = Arc::new(Order { state: AtomicU32::new(ORDERED), job: Mutex::new(Some(job)) });
        let pointer = Arc::into_raw(Arc::clone(&order));
        spawn_thread(pointer as u32);
        idle::wait_until(vm, None, || order.state.load(Ordering::SeqCst) != ORDERED)?;
        if order.state.load(Ordering::SeqCst) == REFUSED {
            // SAFETY: made above; no worker has it, and none will.
            drop(unsafe { Arc::from_raw(pointer) });
            return Err(vm.new_runtime_error("can't start new thread"));
        }
        Ok(())
    }

    /// Called by a new worker: runs the thread to its end.
    #[wasm_bindgen]
    pub fn thread_entry(order: u32) {
        // SAFETY: the page hands each order to one worker, which calls this once.
        let order = unsafe { Arc::from_raw(order as *const Order) };
        let job = order.job.lock().unwrap_or_else(PoisonError::into_inner).take();
        order.state.store(BEGUN, Ordering::SeqCst);
        drop(order);
        idle::happened();
        if let Some(job) = job {
            job();
        }
    }
}
