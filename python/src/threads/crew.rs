//! The threads of a run, and what each thread has of its own.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use crate::gil::{Gil, GilThread};
use rustpython_vm::builtins::PyDictRef;

use super::handle::Handle;
use super::stillness::Stillness;
#[cfg(feature = "threading")]
use crate::idle;

/// All threads of a run.
pub(super) struct Crew {
    pub(super) gil: Arc<Gil>,
    /// `_thread.interrupt_main()` was called, and the main thread has not heard.
    pub(super) interrupted: AtomicBool,
    /// Threads that the end of the script waits for.
    to_join: Mutex<Vec<Arc<Handle>>>,
    pub(super) stillness: Stillness,
    crashed: AtomicBool,
    crash: Mutex<Option<String>>,
    main: u64,
}

impl Crew {
    /// The calling thread is the main thread.
    pub(super) fn new(gil: Arc<Gil>) -> Self {
        let stillness = Stillness::default();
        stillness.thread_comes();
        Self {
            gil,
            interrupted: AtomicBool::new(false),
            to_join: Mutex::default(),
            stillness,
            crashed: AtomicBool::new(false),
            crash: Mutex::default(),
            main: super::ident(),
        }
    }

    /// The main thread's `ident`.
    pub(super) fn main(&self) -> u64 {
        self.main
    }

    /// The end of the script is to wait for this thread.
    #[cfg(feature = "threading")]
    pub(super) fn will_join(&self, handle: Arc<Handle>) {
        lock(&self.to_join).push(handle);
    }

    /// A thread that the end of the script has yet to wait for; not the calling one.
    pub(super) fn next_to_join(&self) -> Option<Arc<Handle>> {
        let mut to_join = lock(&self.to_join);
        to_join.retain(|handle| !handle.is_done());
        let own = super::ident();
        to_join.iter().find(|handle| handle.ident() != own).cloned()
    }

    /// A thread has panicked: the interpreter may be broken, and the run must end.
    #[cfg(feature = "threading")]
    fn note_crash(&self, what: &str) {
        lock(&self.crash).get_or_insert_with(|| what.to_owned());
        self.crashed.store(true, Ordering::SeqCst);
        idle::happened();
    }

    /// What a crashed thread said.
    pub(super) fn crash(&self) -> Option<String> {
        self.crashed.load(Ordering::SeqCst).then(|| lock(&self.crash).clone()).flatten()
    }
}

/// One thread of a run.
pub(super) struct Member {
    /// Its part in the GIL.
    pub(super) turn: GilThread,
    pub(super) crew: Arc<Crew>,
    /// What this thread has in each `threading.local`, by the local's number.
    pub(super) locals: RefCell<HashMap<u64, PyDictRef>>,
}

thread_local! {
    static CURRENT: RefCell<Option<Rc<Member>>> = const { RefCell::new(None) };
}

/// Calls `look` with this thread's member, if it takes part in a run. `look`
/// must not call Python.
#[inline]
pub(super) fn with_current<R>(look: impl FnOnce(&Member) -> R) -> Option<R> {
    CURRENT.with_borrow(|current| current.as_deref().map(look))
}

impl Member {
    /// Makes the calling thread one of the crew; it does not hold the GIL yet.
    pub(super) fn enter(crew: Arc<Crew>, turn: GilThread) -> Rc<Self> {
        let member = Rc::new(Self { turn, crew, locals: RefCell::default() });
        CURRENT.set(Some(Rc::clone(&member)));
        member
    }

    /// The calling thread's, if it takes part in a run.
    pub(super) fn current() -> Option<Rc<Self>> {
        CURRENT.with_borrow(Option::clone)
    }

    /// The calling thread takes part no longer. Call it with the GIL: what the
    /// thread's locals hold is dropped.
    pub(super) fn leave() {
        if let Some(member) = Self::current() {
            member.drop_locals();
        }
        CURRENT.set(None);
    }

    /// Drops what this thread's locals hold, which may run Python code that
    /// looks at them again.
    pub(super) fn drop_locals(&self) {
        loop {
            let locals = self.locals.take();
            if locals.is_empty() {
                return;
            }
            drop(locals);
        }
    }

    pub(super) fn is_main(&self) -> bool {
        self.turn.id() == 0
    }

    /// Is there anything to raise in this thread, stops aside?
    #[inline]
    pub(super) fn attention_wanted(&self) -> bool {
        self.crew.crashed.load(Ordering::Relaxed) || (self.is_main() && self.crew.interrupted.load(Ordering::Relaxed))
    }

    /// This thread has panicked. It gives the GIL away, so that the others can
    /// come to hear of it.
    #[cfg(feature = "threading")]
    pub(super) fn crashed(&self, what: &str) {
        self.crew.note_crash(what);
        self.turn.release(crate::gil::Release::Ended);
    }
}

/// What a thread of this run said when it crashed: for whoever finds that the
/// run has come to nothing.
#[must_use]
pub fn crash() -> Option<String> {
    with_current(|member| member.crew.crash()).flatten()
}

/// The calling thread's number in its run: 0 is the main thread, and the logs
/// of the GIL count alike.
#[must_use]
pub fn current_number() -> u32 {
    with_current(|member| member.turn.id()).unwrap_or(0)
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
