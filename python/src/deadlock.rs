//! A deadlock: every thread of every process of a run waits, each for another one. It is told, with who waits for
//! what, and the script is left as it is.
//!
//! ```text
//! each process   all its threads sleep without an end (threads::stillness)
//!   a child ────▶ says so in its slot of the region, and that it does nothing (www/python-rings.js)
//!   the script ─▶ two looks at all slots, and nothing on its way ──▶ asks: every thread says what it waits for
//!   each of them, if nobody has gone on meanwhile ──▶ the page
//! ```
//!
//! Where nobody could know, as of processes without shared memory, nothing is said.

use std::sync::atomic::{AtomicU64, Ordering};

use rustpython_vm::{PyObject, PyResult, VirtualMachine};

use crate::{processes, region, threads};

/// Between two looks, ms.
pub(crate) const PERIOD_MS: f64 = 250.0;

/// What a thread waits for, where it may wait without an end.
#[derive(Clone, Copy, Default)]
pub(crate) struct Awaited<'a> {
    object: Option<&'a PyObject>,
    holder: Option<&'a AtomicU64>,
    word: Option<u32>,
}

impl<'a> Awaited<'a> {
    /// A lock, and who has it: an `ident`.
    pub(crate) fn lock(object: &'a PyObject, holder: &'a AtomicU64) -> Self {
        Self { object: Some(object), holder: Some(holder), word: None }
    }

    /// Another object.
    pub(crate) fn object(object: &'a PyObject) -> Self {
        Self { object: Some(object), ..Self::default() }
    }

    /// A count in the region; the word behind it says who took it last.
    pub(crate) fn word(word: u32) -> Self {
        Self { word: Some(word), ..Self::default() }
    }
}

/// The processes that sleep, and since when they are the same, ms.
pub(crate) type Others = Option<(Vec<(usize, u32)>, f64)>;

fn is_child() -> bool {
    processes::own_handle() != 0
}

/// How often other processes woke this one, if any can: what a process's threads wait for is looked at anew then.
pub(crate) fn woken(in_region: bool) -> u32 {
    if in_region || is_child() { region::woken() } else { 0 }
}

/// Whether no other process has gone on for a while.
fn others_are_still(known: &mut Others, now_ms: f64) -> bool {
    let Some(sleeping) = processes::sleeping() else {
        *known = None;
        return false;
    };
    match known {
        _ if sleeping.is_empty() => true,
        Some((before, since_ms)) if *before == sleeping => now_ms - *since_ms >= PERIOD_MS,
        _ => {
            *known = Some((sleeping, now_ms));
            false
        }
    }
}

/// Nobody here goes on, since others woke it so often: whether the threads are to say what they wait for. The script decides that for all.
pub(crate) fn may_ask(woken: u32, known: &mut Others, now_ms: f64) -> bool {
    if is_child() {
        region::say_still(woken);
        return region::is_asked();
    }
    let are_still = others_are_still(known, now_ms);
    if are_still {
        known.iter().flat_map(|it| &it.0).for_each(|(slot, _)| region::ask(*slot));
    }
    are_still
}

/// The threads have said what they wait for, and nobody went on: whether it is told.
pub(crate) fn may_tell(woken: u32, known: &mut Others, now_ms: f64) -> bool {
    if is_child() {
        region::say_still(woken);
        return true;
    }
    others_are_still(known, now_ms) && known.iter().flat_map(|it| &it.0).all(|(slot, _)| region::has_answered(*slot))
}

/// Tells the page what the threads of this process have said.
pub(crate) fn tell<'a>(said: impl Iterator<Item = &'a str>) {
    let said: Vec<&str> = said.filter(|it| !it.is_empty()).collect();
    processes::host::tell_deadlock(&format!("[{}]", said.join(",")));
    if is_child() {
        region::answer();
    }
}

/// Somebody of this process goes on.
pub(crate) fn nobody_is_still() {
    if is_child() {
        region::say_awake();
    }
}

/// Has the calling thread say what it waits for. What goes wrong with that is no affair of the script's.
pub(crate) fn say(awaited: &Awaited<'_>, vm: &VirtualMachine) {
    if let Ok(words) = words(awaited, vm) {
        threads::say(words);
    }
}

fn words(awaited: &Awaited<'_>, vm: &VirtualMachine) -> PyResult<String> {
    let describe = vm.import("_lab_deadlock", 0)?.get_attr("describe", vm)?;
    let object = awaited.object.map_or_else(|| vm.ctx.none(), ToOwned::to_owned);
    let holder = awaited.holder.map_or(0, |it| it.load(Ordering::SeqCst));
    let shared = awaited.word.map_or(0, region::taker);
    describe.call((object, holder, shared, threads::current_number()), vm)?.try_into_value(vm)
}
