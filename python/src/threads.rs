//! Python's threads: our own `_thread`, on which the library's `threading`,
//! `queue` and `concurrent.futures` stand unchanged.
//!
//! RustPython has a `_thread` too, but it knows no GIL, starts threads of the
//! operating system and waits by a clock that a browser does not have. Here a
//! thread is a web worker on the same memory (natively a std thread), runs
//! while it holds the [`Gil`], and waits in [`idle`](crate::idle).
//!
//! ```text
//! Session (one run) ── Crew (all its threads) ── Gil, crash, registry
//!                        │
//!                      Member (one thread): its GilThread, its locals
//! ```
//!
//! | module | subject |
//! |---|---|
//! | [`crew`] | the threads of a run, and what each thread has of its own |
//! | `start` | a thread's life, from `start_joinable_thread` to its last breath |
//! | `spawn` | what a thread is made of: a worker, or a std thread |
//! | `stillness` | whether anybody can still go on |
//! | `handle` | `_ThreadHandle`: joining |
//! | `lock`, `reentrant` | `lock` and `RLock` |
//! | `local` | `_local` |
//! | `sharing` | what free threads would otherwise fight for |
//! | `excepthook` | what a thread prints when it ends by an exception |
//! | `simple_queue` | `_queue.SimpleQueue` |
//! | `module` | the rest of `_thread` |

use std::rc::Rc;
use std::sync::Arc;
use std::sync::atomic::Ordering;
use std::time::Duration;

use crate::gil::{self, Gil, GilThread};
use rustpython_vm::builtins::{PyFloat, PyInt};
use rustpython_vm::function::ArgIntoFloat;
use rustpython_vm::{AsObject, PyObject, PyResult, VirtualMachine};

use crate::{checkpoint, clock};

mod crew;
mod excepthook;
mod handle;
mod local;
mod lock;
mod module;
mod reentrant;
#[cfg(feature = "threading")]
mod sharing;
mod simple_queue;
mod spawn;
mod start;
mod stillness;

use crew::{Crew, Member};
pub use crew::{crash, current_number};
pub(crate) use module::_thread::module_def;
pub(crate) use simple_queue::_queue::module_def as queue_module_def;
#[cfg(all(target_family = "wasm", feature = "threading"))]
pub use spawn::thread_entry;
pub(crate) use stillness::Rest;

/// How the threads of a run take turns.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// With the GIL, or without.
    pub mode: gil::Mode,
    /// How many spans are kept of each thread.
    pub spans_per_thread: usize,
}

impl Default for Options {
    fn default() -> Self {
        Self { mode: gil::Mode::Locked, spans_per_thread: 4096 }
    }
}

/// A run in which threads can be started; the thread that begins it is the main
/// thread, and holds the GIL.
pub struct Session {
    main: Rc<Member>,
}

impl Session {
    /// Begins a run. An earlier session of the same thread must have ended.
    #[must_use]
    pub fn begin(vm: &VirtualMachine, options: Options) -> Self {
        let gil = Arc::new(Gil::new(options.mode, options.spans_per_thread, clock::now_ms));
        let crew = Arc::new(Crew::new(Arc::clone(&gil)));
        let main = Member::enter(crew, GilThread::join(gil));
        sync_switch_interval(&main, vm);
        main.turn.take();
        clock::begin_work();
        tell_sys(options.mode, vm);
        Self { main }
    }

    /// Ends the run: the main thread gives the GIL away for good. Says what each
    /// thread did with it; the clock is [`clock`]'s. Threads that are still
    /// alive go on as daemons do.
    #[must_use]
    pub fn end(self) -> Vec<gil::Log> {
        Member::leave();
        clock::end_work();
        self.main.turn.release(gil::Release::Ended);
        self.main.crew.gil.logs()
    }

    /// What recording costs, per take and release, in ms: measured now.
    #[must_use]
    pub fn recording_cost_ms(&self) -> f64 {
        self.main.crew.gil.recording_cost_ms()
    }
}

/// Where running code stops, gives way, and hears of what other threads did to
/// it. Most of the time it reads three words of memory.
///
/// # Errors
/// KeyboardInterrupt when the run is stopped or the main thread interrupted,
/// SystemError when another thread has crashed.
#[inline]
pub fn checkpoint(vm: &VirtualMachine) -> PyResult<()> {
    let quiet = crew::with_current(|member| {
        !member.turn.drop_requested() && !member.attention_wanted() && !checkpoint::stop_requested()
    });
    match quiet {
        Some(true) => Ok(()),
        Some(false) => attend(vm),
        None if checkpoint::stop_requested() => Err(checkpoint::stopped(vm)),
        None => Ok(()),
    }
}

#[cold]
fn attend(vm: &VirtualMachine) -> PyResult<()> {
    let Some(member) = Member::current() else { return Ok(()) };
    heed(&member, vm)?;
    sync_switch_interval(&member, vm);
    clock::away(|| vm.allow_threads(|| member.turn.checkpoint()));
    heed(&member, vm)
}

/// What this thread must be told now.
fn heed(member: &Rc<Member>, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(what) = member.crew.crash() {
        return Err(vm.new_system_error(format!("a thread of the interpreter crashed: {what}")));
    }
    if checkpoint::stop_requested() {
        return Err(checkpoint::stopped(vm));
    }
    if member.is_main() && member.crew.interrupted.swap(false, Ordering::Relaxed) {
        return Err(vm.new_exception_empty(vm.ctx.exceptions.keyboard_interrupt.to_owned()));
    }
    Ok(())
}

/// What the calling thread waits for, as it says it itself.
pub(crate) fn say(words: String) {
    crew::with_current(|member| member.crew.stillness.says(member.turn.id(), words));
}

/// Whether nobody but the calling thread lives, or is on its way.
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
pub(crate) fn is_alone() -> bool {
    crew::with_current(|member| member.crew.stillness.threads() == 1).unwrap_or_default()
}

/// Is there anything to raise in this thread, stops aside?
pub(crate) fn attention_wanted() -> bool {
    crew::with_current(Member::attention_wanted).unwrap_or(false)
}

/// Runs what blocks, or needs no interpreter, without the GIL: CPython's
/// `Py_BEGIN_ALLOW_THREADS`. Nothing in `block` may touch a Python object.
pub fn without_gil<R>(vm: &VirtualMachine, block: impl FnOnce() -> R) -> R {
    let Some(member) = Member::current() else { return vm.allow_threads(block) };
    sync_switch_interval(&member, vm);
    // Taking the GIL blocks too: it comes before the interpreter is entered again.
    let works = clock::works();
    let came = vm.allow_threads(|| {
        member.turn.blocking(|| {
            let came = block();
            clock::end_work();
            came
        })
    });
    if works {
        clock::begin_work();
    }
    came
}

/// What `sys` says of how threads take turns, as CPython's two builds say it.
fn tell_sys(mode: gil::Mode, vm: &VirtualMachine) {
    const FREE: &str = " free-threading build";
    let is_free = mode == gil::Mode::FreeThreaded;
    let sys = &vm.sys_module;
    let known = sys.get_attr("version", vm).and_then(|version| version.str_utf8(vm));
    let Ok(version) = known.map(|version| version.as_str().replacen(FREE, "", 1)) else { return };
    let version = match version.split_once(' ') {
        Some((number, rest)) if is_free => format!("{number}{FREE} {rest}"),
        _ => version,
    };
    // Attributes of a module can always be set.
    let _ = sys.set_attr("version", vm.ctx.new_str(version), vm);
    let _ = sys.set_attr("abiflags", vm.ctx.new_str(if is_free { "t" } else { "" }), vm);
}

/// `sys._is_gil_enabled()`, of the run that goes on.
fn is_gil_enabled() -> bool {
    crew::with_current(|member| member.turn.gil().mode() == gil::Mode::Locked).unwrap_or(true)
}

/// Puts our functions into Python's `sys`.
pub(crate) fn install(vm: &VirtualMachine) -> PyResult<()> {
    vm.sys_module.set_attr("_is_gil_enabled", vm.new_function("_is_gil_enabled", is_gil_enabled), vm)?;
    vm.sys_module.set_attr("setswitchinterval", vm.new_function("setswitchinterval", set_switch_interval), vm)
}

/// `sys.setswitchinterval(interval)`: RustPython's takes no integers.
fn set_switch_interval(interval: ArgIntoFloat, vm: &VirtualMachine) -> PyResult<()> {
    let seconds = interval.into_float();
    if seconds <= 0.0 {
        return Err(vm.new_value_error("switch interval must be strictly positive"));
    }
    vm.state.switch_interval.store(seconds);
    Ok(())
}

/// `sys.setswitchinterval` only keeps the number.
fn sync_switch_interval(member: &Member, vm: &VirtualMachine) {
    let seconds = vm.state.switch_interval.load();
    member.crew.gil.set_switch_interval(Duration::try_from_secs_f64(seconds).unwrap_or(gil::SWITCH_INTERVAL));
}

/// A timeout as Python code writes it: an int or a float, in CPython's words
/// where it is neither.
pub(crate) fn seconds_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<f64> {
    let seconds = if let Some(float) = object.downcast_ref::<PyFloat>() {
        float.to_f64()
    } else {
        let whole = object.to_owned().try_index(vm)?;
        whole.as_object().downcast_ref::<PyInt>().map_or(f64::INFINITY, |whole| {
            whole.try_to_primitive::<i64>(vm).map_or(f64::INFINITY, |whole| whole as f64)
        })
    };
    if seconds.is_nan() {
        return Err(vm.new_value_error("Invalid value NaN (not a number)"));
    }
    if seconds.abs() > TIMEOUT_MAX_S {
        return Err(vm.new_overflow_error("timestamp too large to convert to C PyTime_t"));
    }
    Ok(seconds)
}

/// `threading.TIMEOUT_MAX`, as CPython has it: 2⁶³ ns, in whole seconds.
const TIMEOUT_MAX_S: f64 = 9_223_372_036.0;

/// This thread's `ident`.
fn ident() -> u64 {
    #[cfg(feature = "threading")]
    return rustpython_vm::stdlib::_thread::get_ident();
    #[cfg(not(feature = "threading"))]
    1
}
