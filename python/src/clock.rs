//! The one clock: milliseconds since the epoch, as the page counts them, with
//! the resolution of the browser's timer.
//!
//! RustPython's own `time` panics on this target, where std has no clock, so
//! its functions are replaced by [`install`].

use std::sync::atomic::{AtomicU64, Ordering};

use rustpython_vm::builtins::PyModule;
use rustpython_vm::{Py, PyResult, VirtualMachine};

/// Now: milliseconds since the epoch, never running backwards.
#[must_use]
pub fn now_ms() -> f64 {
    source::now_ms()
}

#[cfg(target_family = "wasm")]
mod source {
    use wasm_bindgen::prelude::*;

    // Asked anew each time: a snapshot of this memory goes on in another worker,
    // which counts from another origin.
    #[wasm_bindgen]
    extern "C" {
        #[wasm_bindgen(js_name = parallelLabNow)]
        pub(super) fn now_ms() -> f64;
    }
}

#[cfg(not(target_family = "wasm"))]
mod source {
    use std::sync::LazyLock;
    use std::time::{Instant, SystemTime, UNIX_EPOCH};

    static START: LazyLock<(Instant, f64)> = LazyLock::new(|| {
        let since_epoch = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        (Instant::now(), since_epoch.as_secs_f64() * 1e3)
    });

    pub(super) fn now_ms() -> f64 {
        START.1 + START.0.elapsed().as_secs_f64() * 1e3
    }
}

/// When [`running_ms`] was 0: the bits of a float64.
static START_MS: AtomicU64 = AtomicU64::new(0);

/// Counts from when the worker started, as CPython's counts from when the
/// machine did: small numbers keep their microseconds as floats.
fn running_ms() -> f64 {
    now_ms() - f64::from_bits(START_MS.load(Ordering::Relaxed))
}

/// The worker starts now.
pub fn restart() {
    START_MS.store((now_ms() - 1.0).to_bits(), Ordering::Relaxed);
}

/// Gives Python's `time` this clock.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    restart();
    let ours = vm.import("_lab_clock", 0)?;
    let time = vm.import("time", 0)?;
    let (Some(ours), Some(time)) = (ours.downcast_ref::<PyModule>(), time.downcast_ref::<PyModule>()) else {
        return Ok(());
    };
    copy_functions(ours, time, vm)
}

fn copy_functions(ours: &Py<PyModule>, time: &Py<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    for name in ["monotonic", "perf_counter", "process_time", "thread_time", "time"] {
        for name in [name.to_owned(), format!("{name}_ns")] {
            let name = vm.ctx.intern_str(name);
            time.set_attr(name, ours.get_attr(name, vm)?, vm)?;
        }
    }
    Ok(())
}

pub(crate) use _lab_clock::module_def;

#[rustpython_vm::pymodule]
mod _lab_clock {
    use super::{now_ms, running_ms};

    const NS_PER_MS: f64 = 1e6;

    #[pyfunction]
    fn time() -> f64 {
        now_ms() / 1e3
    }

    #[pyfunction]
    fn time_ns() -> i64 {
        (now_ms() * NS_PER_MS) as i64
    }

    #[pyfunction]
    fn monotonic() -> f64 {
        running_ms() / 1e3
    }

    #[pyfunction]
    fn monotonic_ns() -> i64 {
        (running_ms() * NS_PER_MS) as i64
    }

    #[pyfunction]
    fn perf_counter() -> f64 {
        monotonic()
    }

    #[pyfunction]
    fn perf_counter_ns() -> i64 {
        monotonic_ns()
    }

    // A tab is not told what a core did for it: time that has passed stands for
    // time that was used.

    #[pyfunction]
    fn process_time() -> f64 {
        monotonic()
    }

    #[pyfunction]
    fn process_time_ns() -> i64 {
        monotonic_ns()
    }

    #[pyfunction]
    fn thread_time() -> f64 {
        monotonic()
    }

    #[pyfunction]
    fn thread_time_ns() -> i64 {
        monotonic_ns()
    }
}
