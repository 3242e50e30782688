//! The allocator of the wasm artefacts that remembers what it was refused: where
//! memory ends, a program on wasm ends by a trap, which says nothing of why.

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering};

/// The target's allocator, and what it was refused.
#[derive(Debug)]
pub struct Allocator;

/// Bytes of the last refusal; 0 where there was none.
static REFUSED: AtomicUsize = AtomicUsize::new(0);

/// How many bytes were refused last, if any were since [`forgive`].
#[must_use]
pub fn refused_bytes() -> usize {
    REFUSED.load(Ordering::Relaxed)
}

/// The refusal was told: a later trap has another reason.
pub fn forgive() {
    REFUSED.store(0, Ordering::Relaxed);
}

/// Can so much be had in one block? What was tried stays this program's, and is free.
#[must_use]
pub fn fits(bytes: usize) -> bool {
    Vec::<u8>::new().try_reserve_exact(bytes).is_ok()
}

/// The largest block that can be had, found by trying: at most `most` bytes, and
/// right to a sixteenth.
#[must_use]
pub fn room(most: usize) -> usize {
    let (mut low, mut high) = (0, most);
    if fits(most) {
        low = most;
    }
    while high - low > (low / 16).max(GRAIN) {
        let middle = low + (high - low) / 2;
        if fits(middle) {
            low = middle;
        } else {
            high = middle;
        }
    }
    forgive();
    low
}

/// How much can be had of a memory in which so many bytes were refused, and perhaps
/// others before them: twice as many are tried.
#[must_use]
pub fn room_of(refused_bytes: u64) -> u64 {
    room(usize::try_from(refused_bytes.saturating_mul(2)).unwrap_or(usize::MAX)) as u64
}

/// Nobody needs to know it more exactly, bytes.
const GRAIN: usize = 4096;

#[inline]
fn noted(block: *mut u8, bytes: usize) -> *mut u8 {
    if block.is_null() {
        REFUSED.store(bytes, Ordering::Relaxed);
    }
    block
}

// SAFETY: everything is the target's allocator's, and its promises are ours.
unsafe impl GlobalAlloc for Allocator {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are System's.
        noted(unsafe { System.alloc(layout) }, layout.size())
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        // SAFETY: the caller's promises are System's.
        noted(unsafe { System.alloc_zeroed(layout) }, layout.size())
    }

    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        // SAFETY: every block is System's.
        unsafe { System.dealloc(block, layout) }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: every block is System's, and the caller's promises are, too.
        noted(unsafe { System.realloc(block, layout, new_size) }, new_size)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_can_be_had_is_found_by_trying() {
        assert_eq!(room(1000), 1000);
        let most = usize::MAX >> 2;
        let had = room(most);
        assert!(had < most && Vec::<u8>::new().try_reserve_exact(had).is_ok(), "{had}");
        assert_eq!(refused_bytes(), 0);
    }
}
