//! The GIL, which is released while kernels work.

use std::sync::OnceLock;

use rustpython_vm::VirtualMachine;

/// Releases the GIL, calls the function, takes the GIL again.
type Release = fn(&VirtualMachine, &mut dyn FnMut());

static RELEASE: OnceLock<Release> = OnceLock::new();

/// From how many elements on a kernel takes longer than handing the GIL over.
const WORTH_IT: usize = 4096;

/// Tells how the GIL is released; until then it is not.
pub fn release_by(release: Release) {
    // Whoever came first says the same.
    let _ = RELEASE.set(release);
}

/// Does work on so many elements, without the GIL if it takes a while.
pub(crate) fn unlocked<R>(elements: usize, vm: &VirtualMachine, work: impl FnOnce() -> R) -> R {
    let Some(release) = RELEASE.get().filter(|_| elements >= WORTH_IT) else { return work() };
    let (mut work, mut result) = (Some(work), None);
    release(vm, &mut || result = work.take().map(|work| work()));
    match (result, work) {
        (Some(result), _) => result,
        (None, Some(work)) => work(),
        // It was called, and so has left a result.
        (None, None) => unreachable!("work was lost"),
    }
}
