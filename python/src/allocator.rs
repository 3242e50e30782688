//! The allocator of the wasm artefacts: Python makes a new object for nearly
//! every number, and the target's own allocator takes several times as long
//! for one as Python's arithmetic does.
//!
//! Blocks of at most [`LARGEST`] bytes come from lists of free blocks, one list
//! per size, and are carved from chunks when a list is empty. They never go
//! back to the target's allocator, which serves all larger ones. Each thread
//! has its own lists; a block that another thread frees joins that one's.

use std::alloc::{GlobalAlloc, Layout, System};
use std::cell::Cell;
use std::ptr;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::traced;

/// Sizes are rounded up to multiples of this, which is also what all blocks
/// are aligned to.
const STEP: usize = 16;
/// The largest block of the lists, in bytes.
const LARGEST: usize = 512;
const SIZES: usize = LARGEST / STEP;
/// What is asked of the target's allocator at a time.
const CHUNK: usize = 64 << 10;

/// See the module.
#[derive(Debug)]
pub struct Allocator;

/// A free block: its first word says which is next.
struct Free {
    next: *mut Free,
}

struct Lists {
    free: [Cell<*mut Free>; SIZES],
    /// What is left of the last chunk.
    rest: Cell<*mut u8>,
    rest_bytes: Cell<usize>,
}

thread_local! {
    static LISTS: Lists = const {
        Lists {
            free: [const { Cell::new(ptr::null_mut()) }; SIZES],
            rest: Cell::new(ptr::null_mut()),
            rest_bytes: Cell::new(0),
        }
    };
}

/// The target's allocator had no memory left.
static EXHAUSTED: AtomicBool = AtomicBool::new(false);

/// Whether there was ever too little memory for what was asked for.
#[must_use]
pub fn is_exhausted() -> bool {
    EXHAUSTED.load(Ordering::Relaxed)
}

/// Whether so much could be had in one block now.
#[must_use]
pub fn has_room(bytes: usize) -> bool {
    let before = is_exhausted();
    let has_room = Vec::<u8>::new().try_reserve_exact(bytes).is_ok();
    EXHAUSTED.store(before, Ordering::Relaxed);
    has_room
}

/// What System gave; no block is noted.
#[inline]
fn noted(block: *mut u8) -> *mut u8 {
    if block.is_null() {
        EXHAUSTED.store(true, Ordering::Relaxed);
    }
    block
}

/// Which list serves this layout, if one does.
#[inline(always)]
fn list_of(layout: Layout) -> Option<usize> {
    let size = layout.size();
    (size.wrapping_sub(1) < LARGEST && layout.align() <= STEP).then(|| (size - 1) / STEP)
}

impl Lists {
    #[inline(always)]
    fn take(&self, list: usize) -> *mut u8 {
        let block = self.free[list].get();
        if block.is_null() {
            return self.carve((list + 1) * STEP);
        }
        // SAFETY: the list holds only blocks that `give` put there: at least
        // STEP bytes, aligned, owned by nobody else, with `next` written.
        self.free[list].set(unsafe { (*block).next });
        block.cast()
    }

    #[inline(always)]
    fn give(&self, list: usize, block: *mut u8) {
        let block = block.cast::<Free>();
        // SAFETY: the caller owns the block and gives it up; it came from
        // `take`, so that it has room for a `Free` and is aligned for it.
        unsafe { block.write(Free { next: self.free[list].get() }) };
        self.free[list].set(block);
    }

    #[cold]
    #[inline(never)]
    fn carve(&self, bytes: usize) -> *mut u8 {
        if self.rest_bytes.get() < bytes {
            let Ok(layout) = Layout::from_size_align(CHUNK, STEP) else {
                return ptr::null_mut();
            };
            // SAFETY: the layout's size is not 0.
            let chunk = noted(unsafe { System.alloc(layout) });
            if chunk.is_null() {
                return chunk;
            }
            self.rest.set(chunk);
            self.rest_bytes.set(CHUNK);
        }
        let block = self.rest.get();
        self.rest.set(block.wrapping_add(bytes));
        self.rest_bytes.set(self.rest_bytes.get() - bytes);
        block
    }
}

// SAFETY: blocks of the lists are as large as asked for, rounded up, aligned to
// STEP, and given out once until they are given back; all others are System's.
// A layout decides by itself where its block is from, so that `dealloc` finds
// the allocator that `alloc` used.
unsafe impl GlobalAlloc for Allocator {
    #[inline]
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let block = match list_of(layout) {
            Some(list) => LISTS.with(|lists| lists.take(list)),
            // SAFETY: the caller's promises are System's.
            None => noted(unsafe { System.alloc(layout) }),
        };
        if traced::is_on() {
            traced::note(block, layout);
        }
        block
    }

    #[inline]
    unsafe fn dealloc(&self, block: *mut u8, layout: Layout) {
        if traced::is_on() {
            traced::forget(block, layout);
        }
        match list_of(layout) {
            Some(list) => LISTS.with(|lists| lists.give(list, block)),
            // SAFETY: a block of this layout is System's, see above.
            None => unsafe { System.dealloc(block, layout) },
        }
    }

    unsafe fn realloc(&self, block: *mut u8, layout: Layout, new_size: usize) -> *mut u8 {
        // SAFETY: the caller promises that the new size is valid for the alignment.
        let new = unsafe { Layout::from_size_align_unchecked(new_size, layout.align()) };
        match (list_of(layout), list_of(new)) {
            // SAFETY: both blocks are System's.
            (None, None) if !traced::is_on() => noted(unsafe { System.realloc(block, layout, new_size) }),
            (Some(old), Some(list)) if old == list && !traced::is_on() => block,
            _ => {
                // SAFETY: `new` is a valid layout; the two blocks are different
                // ones, and at least the smaller size is valid in both.
                unsafe {
                    let moved = self.alloc(new);
                    if !moved.is_null() {
                        ptr::copy_nonoverlapping(block, moved, layout.size().min(new_size));
                        self.dealloc(block, layout);
                    }
                    moved
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout(size: usize) -> Layout {
        Layout::from_size_align(size, 8).expect("valid")
    }

    #[test]
    fn blocks_are_aligned_apart_and_used_again() {
        // SAFETY: all blocks are freed with the layouts they were made with.
        unsafe {
            let [first, second] = [0, 0].map(|_| Allocator.alloc(layout(24)));
            assert!(first.addr() % STEP == 0 && first.addr().abs_diff(second.addr()) >= 32);
            Allocator.dealloc(first, layout(24));
            assert_eq!(Allocator.alloc(layout(30)), first);
            Allocator.dealloc(first, layout(30));
            Allocator.dealloc(second, layout(24));
        }
    }

    #[test]
    fn growing_keeps_the_contents() {
        // SAFETY: the block is as large as what is written to it, and is freed
        // with the layout it has then.
        unsafe {
            let mut size = 8;
            let mut block = Allocator.alloc(layout(size));
            block.write_bytes(7, size);
            while size < 4096 {
                block = Allocator.realloc(block, layout(size), size * 2);
                assert!(std::slice::from_raw_parts(block, size).iter().all(|byte| *byte == 7));
                block.write_bytes(7, size * 2);
                size *= 2;
            }
            Allocator.dealloc(block, layout(size));
        }
    }
}
