//! Processes: interpreters of their own, in workers of their own, reached by bytes.
//!
//! What the bytes mean is Python's affair (`lib/_lab_workers.py`); here they
//! only travel, and what came waits until somebody looks. Nobody listens in the
//! background: whoever blocks has the events delivered ([`crate::idle`]).
//!
//! ```text
//! this worker ──host: spawn, terminate──▶ the page ──▶ a child's worker
//!   │  ▲                                                  ▲        │
//!   │  └────── mailbox (shared memory) or the page ◀──────┼────────┘
//!   └──send─── inbox (shared memory) or the page ─────────┘
//! ```

use std::collections::VecDeque;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

use rustpython_vm::{PyResult, VirtualMachine};

#[cfg(target_family = "wasm")]
use crate::reading;
use crate::{idle, region};

#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod inbox;
#[cfg(all(target_family = "wasm", target_feature = "atomics"))]
mod mailbox;
#[cfg(any(test, all(target_family = "wasm", target_feature = "atomics")))]
mod ring;

#[cfg_attr(not(target_family = "wasm"), path = "processes/pipes.rs")]
#[cfg_attr(target_family = "wasm", path = "processes/worker.rs")]
pub mod host;

/// Processes that a script may have at a time.
pub const MOST: usize = 64;

/// What a process tells its parent, or the host of it.
#[derive(Clone, Debug, PartialEq)]
pub enum Event {
    /// It is up and has imported the script; how long that took.
    Ready {
        /// From `spawn` on, ms.
        startup_ms: f64,
    },
    /// An answer.
    Message(Vec<u8>),
    /// It is gone, and why.
    Ended(String),
}

impl Event {
    /// Reads an event as the host writes it: 0 is ready (a float64, little-endian),
    /// 1 a message, 2 the end (text).
    #[must_use]
    pub fn read(kind: u32, content: Vec<u8>) -> Option<Self> {
        match kind {
            0 => Some(Self::Ready { startup_ms: f64::from_le_bytes(content.try_into().ok()?) }),
            1 => Some(Self::Message(content)),
            2 => Some(Self::Ended(String::from_utf8_lossy(&content).into_owned())),
            _ => None,
        }
    }
}

static ARRIVED: Mutex<VecDeque<(u32, Event)>> = Mutex::new(VecDeque::new());
/// The slots of the living processes: a slot holds a handle, or 0.
static SLOTS: Mutex<[u32; MOST]> = Mutex::new([0; MOST]);
static LAST_HANDLE: AtomicU32 = AtomicU32::new(0);
static OWN_HANDLE: AtomicU32 = AtomicU32::new(0);

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Makes this interpreter the child with that handle (1 or more).
pub fn become_child(handle: u32) {
    OWN_HANDLE.store(handle, Ordering::Relaxed);
}

/// Takes in an event of a process.
pub fn arrive(handle: u32, event: Event) {
    if let Event::Ended(_) = event {
        give_back(handle);
    }
    locked(&ARRIVED).push_back((handle, event));
    idle::happened();
}

/// Takes in what the host brings: of a process, or of a read by its ticket.
#[cfg(target_family = "wasm")]
fn bring(handle: u32, kind: u32, content: Vec<u8>) {
    if let Some(answer) = reading::Answer::read(kind, &content) {
        reading::arrive(handle, answer);
    } else if let Some(event) = Event::read(kind, content) {
        arrive(handle, event);
    }
}

/// Takes in what waits in shared memory; any thread may, without the GIL.
pub(crate) fn take_in() {
    #[cfg(all(target_family = "wasm", target_feature = "atomics"))]
    if mailbox::has_any() {
        mailbox::empty(&mut bring);
    }
}

fn pending() -> bool {
    // An answer to a read is no message of a process: whoever looks here would ask for it in vain.
    take_in();
    !locked(&ARRIVED).is_empty()
}

fn take_all() -> VecDeque<(u32, Event)> {
    take_in();
    std::mem::take(&mut *locked(&ARRIVED))
}

/// A handle that no process had before, and a free slot; `None` where all are taken.
fn new_handle() -> Option<(u32, usize)> {
    let mut slots = locked(&SLOTS);
    // The slot that has been free for longest: a terminated worker may go on for
    // two seconds, and looks only now and then whose its rings are.
    let next = LAST_HANDLE.load(Ordering::Relaxed) as usize;
    let slot = (0..MOST).map(|offset| (next + offset) % MOST).find(|slot| slots[*slot] == 0)?;
    let handle = LAST_HANDLE.fetch_add(1, Ordering::Relaxed) + 1;
    slots[slot] = handle;
    Some((handle, slot))
}

/// The process's slot is free again.
fn give_back(handle: u32) {
    if let Some((index, slot)) = locked(&SLOTS).iter_mut().enumerate().find(|(_, slot)| **slot == handle) {
        *slot = 0;
        region::close(index);
    }
}

/// The living processes' slots, and how each sleeps; `None` where one of them is at work, or something is on its way.
pub(crate) fn sleeping() -> Option<Vec<(usize, u32)>> {
    let slots = *locked(&SLOTS);
    let living: Vec<usize> = (0..MOST).filter(|slot| slots[*slot] != 0).collect();
    if !living.is_empty() && (pending() || !host::has_been_heard(&living)) {
        return None;
    }
    living.into_iter().map(|slot| Some((slot, region::sleep_of(slot)?))).collect()
}

/// The handle of this process; 0 is the main script's.
pub(crate) fn own_handle() -> u32 {
    OWN_HANDLE.load(Ordering::Relaxed)
}

/// Ends all processes of a run that is over, and forgets what they said.
pub fn end_all() {
    let handles: Vec<u32> =
        std::mem::replace(&mut *locked(&SLOTS), [0; MOST]).into_iter().filter(|it| *it != 0).collect();
    handles.into_iter().for_each(host::terminate);
    drop(take_all());
}

/// Has waiting threads deliver what comes (once per worker).
pub(crate) fn install() {
    idle::on_messages(pending, deliver);
}

fn deliver(vm: &VirtualMachine) -> PyResult<()> {
    let hook = vm.import("_processes", 0)?.get_attr("hook", vm)?;
    if !vm.is_none(&hook) {
        hook.call((), vm)?;
    }
    Ok(())
}

pub(crate) use _processes::module_def;

#[rustpython_vm::pymodule]
mod _processes {
    use rustpython_vm::builtins::{PyBytesRef, PyStrRef};
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

    use super::{Event, MOST, give_back, host, new_handle, own_handle, pending, take_all};
    use crate::deadlock::Awaited;
    use crate::{clock, idle, region, script, threads};

    /// What delivers events to Python; see `set_hook`.
    #[pyattr]
    fn hook(vm: &VirtualMachine) -> PyObjectRef {
        vm.ctx.none()
    }

    /// set_hook(callable): called without arguments when a thread waits and there are events.
    #[pyfunction]
    fn set_hook(hook: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        vm.import("_processes", 0)?.set_attr("hook", hook, vm)
    }

    /// spawn() -> int: a new process; it imports the script, then takes messages.
    #[pyfunction]
    fn spawn(vm: &VirtualMachine) -> PyResult<u32> {
        let Some((handle, slot)) = new_handle() else {
            return Err(vm.new_runtime_error(format!("at most {MOST} processes at a time in the browser")));
        };
        region::open(slot, handle);
        host::spawn(handle, slot).map_err(|reason| {
            give_back(handle);
            vm.new_os_error(reason)
        })?;
        Ok(handle)
    }

    /// send(handle, data)
    #[pyfunction]
    fn send(handle: u32, data: PyBytesRef) {
        host::send(handle, data.as_bytes());
    }

    /// terminate(handle): its end arrives as an event.
    #[pyfunction]
    fn terminate(handle: u32) {
        host::terminate(handle);
        // The next one need not wait for that: rings know whose they are.
        give_back(handle);
    }

    /// poll() -> list of (handle, kind, content): what has come so far.
    #[pyfunction]
    fn poll(vm: &VirtualMachine) -> Vec<PyObjectRef> {
        let tuple = |(handle, event): (u32, Event)| {
            let (kind, content): (_, PyObjectRef) = match event {
                Event::Ready { startup_ms } => ("ready", vm.ctx.new_float(startup_ms).into()),
                Event::Message(data) => ("message", vm.ctx.new_bytes(data).into()),
                Event::Ended(reason) => ("ended", vm.ctx.new_str(reason).into()),
            };
            vm.new_tuple((handle, kind, content)).into()
        };
        take_all().into_iter().map(tuple).collect()
    }

    /// wait(timeout=None) -> bool: waits until there are events.
    #[pyfunction]
    fn wait(timeout: OptionalArg<Option<f64>>, vm: &VirtualMachine) -> PyResult<bool> {
        let deadline_ms = timeout.flatten().map(|seconds| clock::now_ms() + seconds * 1e3);
        idle::wait_for(vm, &Awaited::default(), deadline_ms, pending)
    }

    /// handle() -> int: this process's own; 0 is the main script's.
    #[pyfunction]
    fn handle() -> u32 {
        own_handle()
    }

    /// slot(handle) -> int: where the region has the process; -1 where it is no more.
    #[pyfunction]
    fn slot(handle: u32) -> i32 {
        super::locked(&super::SLOTS).iter().position(|slot| *slot == handle).map_or(-1, |index| index as i32 + 1)
    }

    /// is_child() -> bool
    #[pyfunction]
    fn is_child() -> bool {
        handle() != 0
    }

    /// main_code() -> (code, file name): the script, to be imported anew.
    #[pyfunction]
    fn main_code(vm: &VirtualMachine) -> PyResult<(PyObjectRef, String)> {
        let script = script::current();
        let code = crate::checkpoint::compile(&script, vm)?;
        Ok((code.into(), script.file_name))
    }

    /// cpu_count() -> int: what the browser reports, or the lab's setting.
    #[pyfunction]
    fn cpu_count() -> usize {
        crate::interpreter::cpu_count()
    }

    /// start_method() -> str
    #[pyfunction]
    fn start_method() -> &'static str {
        "spawn"
    }

    /// now_ms() -> float: the clock of the timeline.
    #[pyfunction]
    fn now_ms() -> f64 {
        clock::now_ms()
    }

    /// record(kind, start_ms, end_ms, label): a span of the timeline.
    #[pyfunction]
    fn record(kind: PyStrRef, start_ms: f64, end_ms: f64, label: PyStrRef) {
        let (kind, label) = (kind.to_string_lossy(), label.to_string_lossy());
        host::record(&host::Span { kind: &kind, start_ms, end_ms, label: &label, thread: threads::current_number() });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn events_are_read_as_the_host_writes_them() {
        let startup_ms = 12.5_f64;
        assert_eq!(Event::read(0, startup_ms.to_le_bytes().to_vec()), Some(Event::Ready { startup_ms }));
        assert_eq!(Event::read(0, vec![1, 2]), None);
        assert_eq!(Event::read(1, vec![1, 2]), Some(Event::Message(vec![1, 2])));
        assert_eq!(Event::read(2, b"killed".to_vec()), Some(Event::Ended("killed".into())));
        assert_eq!(Event::read(3, Vec::new()), None);
    }

    #[test]
    fn handles_are_new_and_slots_are_given_back() {
        let taken: Vec<_> = std::iter::from_fn(new_handle).collect();
        assert_eq!(taken.len(), MOST);
        let (handle, slot) = taken[7];
        arrive(handle, Event::Ended("killed".into()));
        let (next, same_slot) = new_handle().expect("one is free");
        assert_eq!((same_slot, next > taken[MOST - 1].0), (slot, true));
    }
}
