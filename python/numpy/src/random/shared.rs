//! A stream that threads share.

use std::sync::{Mutex, MutexGuard, PoisonError, TryLockError};

use rustpython_vm::VirtualMachine;

use crate::release::unlocked;

/// From how many elements on the GIL is released at once, and not only where the stream is in use.
const LARGE: usize = 4096;

/// A stream behind a lock. Each call draws as a whole: what another thread draws comes before all of it or after it.
///
/// There are two locks, the GIL and the stream's, and no deadlock because nobody waits for one while holding the other:
/// - The stream's lock is only waited for without the GIL. With the GIL it is tried, and the GIL released if it is taken.
/// - The GIL is never waited for with the stream's lock. It is taken within the work that is done without the GIL and
///   given back before that work ends, and no work on a stream touches a Python object, so none waits for the GIL either.
///
/// Where there is no GIL to release, the lock is simply waited for: then no thread holds anything that another needs.
#[derive(Debug)]
pub(super) struct Shared<S>(Mutex<S>);

impl<S> Shared<S> {
    pub(super) fn new(stream: S) -> Self {
        Self(Mutex::new(stream))
    }

    /// Does work on the stream that draws so many elements.
    pub(super) fn with<R>(&self, elements: usize, vm: &VirtualMachine, work: impl FnOnce(&mut S) -> R) -> R {
        if elements < LARGE
            && let Some(mut stream) = self.tried()
        {
            return work(&mut stream);
        }
        unlocked(usize::MAX, vm, || work(&mut self.waited_for()))
    }

    fn tried(&self) -> Option<MutexGuard<'_, S>> {
        match self.0.try_lock() {
            Ok(stream) => Some(stream),
            // Numbers that were not all drawn leave a stream that can be drawn from.
            Err(TryLockError::Poisoned(stream)) => Some(stream.into_inner()),
            Err(TryLockError::WouldBlock) => None,
        }
    }

    fn waited_for(&self) -> MutexGuard<'_, S> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
