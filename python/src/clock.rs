//! The one clock: milliseconds since the epoch, as the page counts them, with
//! the resolution of the browser's timer.
//!
//! RustPython's own `time` panics on this target, where std has no clock, so
//! its functions are replaced by [`install`].

use std::cell::Cell;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

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
    OWN_WORK.set((None, 0.0));
    *work() = Work { threads: 0, sum_ms: 0.0 };
}

/// What this interpreter's threads have worked, all together.
#[derive(Debug)]
struct Work {
    /// Threads that work now.
    threads: u32,
    /// The ends of all stretches of work less their beginnings, ms; those that have not
    /// ended yet lack theirs.
    sum_ms: f64,
}

static WORK: Mutex<Work> = Mutex::new(Work { threads: 0, sum_ms: 0.0 });

thread_local! {
    /// Since when this thread works, if it does, and what it has worked before, ms.
    static OWN_WORK: Cell<(Option<f64>, f64)> = const { Cell::new((None, 0.0)) };
}

fn work() -> MutexGuard<'static, Work> {
    WORK.lock().unwrap_or_else(PoisonError::into_inner)
}

/// From now on this thread works.
pub(crate) fn begin_work() {
    let (since_ms, done_ms) = OWN_WORK.get();
    if since_ms.is_some() {
        return;
    }
    let now_ms = running_ms();
    OWN_WORK.set((Some(now_ms), done_ms));
    let mut work = work();
    work.threads += 1;
    work.sum_ms -= now_ms;
}

/// From now on this thread sleeps or waits, or is no more.
pub(crate) fn end_work() {
    let (Some(since_ms), done_ms) = OWN_WORK.get() else { return };
    let now_ms = running_ms();
    OWN_WORK.set((None, done_ms + now_ms - since_ms));
    let mut work = work();
    work.threads -= 1;
    work.sum_ms += now_ms;
}

/// Does this thread work?
pub(crate) fn works() -> bool {
    OWN_WORK.get().0.is_some()
}

/// What is done meanwhile is sleeping or waiting.
pub(crate) fn away<R>(wait: impl FnOnce() -> R) -> R {
    let works = works();
    end_work();
    let came = wait();
    if works {
        begin_work();
    }
    came
}

/// What this thread has worked so far.
fn thread_ms() -> f64 {
    let (since_ms, done_ms) = OWN_WORK.get();
    done_ms + since_ms.map_or(0.0, |since_ms| running_ms() - since_ms)
}

/// What all threads have worked so far.
fn process_ms() -> f64 {
    let work = work();
    work.sum_ms + f64::from(work.threads) * running_ms()
}

/// The smallest step that the clock makes within some tens of ms, in ms; a second where it
/// stands still.
fn resolution_ms() -> f64 {
    const STEPS: u32 = 12;
    const LIMIT_MS: f64 = 40.0;
    /// About a second's, where each leads out of WebAssembly.
    const LOOKS: u32 = 10_000_000;
    let begin_ms = now_ms();
    let (mut last_ms, mut smallest_ms, mut steps) = (begin_ms, 1000.0_f64, 0);
    for _ in 0..LOOKS {
        let now_ms = now_ms();
        if now_ms > last_ms {
            smallest_ms = (now_ms - last_ms).min(smallest_ms);
            (last_ms, steps) = (now_ms, steps + 1);
        }
        if steps == STEPS || last_ms - begin_ms >= LIMIT_MS {
            break;
        }
    }
    // Differences of large numbers: what is below a tenth of a microsecond is rounding.
    (smallest_ms * 1e4).round().max(1.0) / 1e4
}

/// Gives Python's `time` this clock.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    restart();
    let ours = vm.import("_lab_clock", 0)?;
    let time = vm.import("time", 0)?;
    let (Some(ours), Some(time)) = (ours.downcast_ref::<PyModule>(), time.downcast_ref::<PyModule>()) else {
        return Ok(());
    };
    copy_functions(ours, time, vm)?;
    name_the_zone(time, vm)
}

/// Where the interpreter asks no system for a time zone, its local time is UTC; `strptime` wants to know.
fn name_the_zone(time: &Py<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    if time.get_attr(vm.ctx.intern_str("tzname"), vm).is_ok() {
        return Ok(());
    }
    let utc = || vm.ctx.new_str("UTC").into();
    time.set_attr(vm.ctx.intern_str("tzname"), vm.ctx.new_tuple(vec![utc(), utc()]), vm)?;
    for name in ["timezone", "altzone", "daylight"] {
        time.set_attr(vm.ctx.intern_str(name), vm.ctx.new_int(0), vm)?;
    }
    Ok(())
}

fn copy_functions(ours: &Py<PyModule>, time: &Py<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    let get_clock_info = vm.ctx.intern_str("get_clock_info");
    time.set_attr(get_clock_info, ours.get_attr(get_clock_info, vm)?, vm)?;
    for name in ["monotonic", "perf_counter", "process_time", "thread_time", "time"] {
        for name in [name.to_owned(), format!("{name}_ns")] {
            let name = vm.ctx.intern_str(name);
            let function = ours.get_attr(name, vm)?;
            function.set_attr("__module__", vm.ctx.new_str("time"), vm)?;
            time.set_attr(name, function, vm)?;
        }
    }
    Ok(())
}

pub(crate) use _lab_clock::module_def;

#[rustpython_vm::pymodule]
mod _lab_clock {
    use rustpython_vm::builtins::{PyNamespace, PyUtf8StrRef};
    use rustpython_vm::{AsObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

    use super::{now_ms, process_ms, resolution_ms, running_ms, thread_ms};

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

    // A tab is not told what a core did for it: time that has passed, but for what was
    // slept or waited, stands for time that was used.

    #[pyfunction]
    fn process_time() -> f64 {
        process_ms() / 1e3
    }

    #[pyfunction]
    fn process_time_ns() -> i64 {
        (process_ms() * NS_PER_MS) as i64
    }

    #[pyfunction]
    fn thread_time() -> f64 {
        thread_ms() / 1e3
    }

    #[pyfunction]
    fn thread_time_ns() -> i64 {
        (thread_ms() * NS_PER_MS) as i64
    }

    /// get_clock_info(name: str): what there is to know of a clock.
    #[pyfunction]
    fn get_clock_info(name: PyUtf8StrRef, vm: &VirtualMachine) -> PyResult<PyRef<PyNamespace>> {
        let (implementation, is_monotonic) = match name.as_str() {
            "monotonic" | "perf_counter" => ("performance.now()", true),
            "time" => ("performance.timeOrigin + performance.now()", false),
            "process_time" | "thread_time" => ("performance.now(), less what was slept or waited", true),
            _ => return Err(vm.new_value_error("unknown clock")),
        };
        let info = PyNamespace {}.into_ref(&vm.ctx);
        let facts: [(&str, PyObjectRef); 4] = [
            ("implementation", vm.ctx.new_str(implementation).into()),
            ("monotonic", vm.ctx.new_bool(is_monotonic).into()),
            ("adjustable", vm.ctx.new_bool(!is_monotonic).into()),
            ("resolution", vm.ctx.new_float(resolution_ms() / 1e3).into()),
        ];
        for (name, value) in facts {
            info.as_object().set_attr(name, value, vm)?;
        }
        Ok(info)
    }
}
