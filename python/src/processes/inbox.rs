//! What a parent has for its children: one ring for each of them in the parent's
//! shared memory, on which the child's worker blocks. So a call reaches a child
//! without the page, whose thread may be at something else for milliseconds.
//!
//! A record's header is `kind, length`. What there is no room for goes by way of
//! the page, and a record of no bytes says so, so that the order stays.

use std::sync::{Mutex, PoisonError};

use super::MOST;
use super::ring::Ring;

const MESSAGE: u32 = 0;
const BY_PAGE: u32 = 1;
const HEADER_BYTES: usize = 8;
const NOBODY: u32 = 0;
/// For records without bytes; a child is never sent so many ahead.
const RESERVE_BYTES: usize = 64 * HEADER_BYTES;

static ALL: [Ring; MOST] = [const { Ring::new() }; MOST];

/// Several of the parent's threads may send; who holds this writes.
static WRITING: Mutex<()> = Mutex::new(());

/// Where the rings are in the memory, one behind the other.
pub(super) fn address() -> *const u8 {
    ALL.as_ptr().cast()
}

/// Makes the slot's ring a new child's, before it starts.
pub(super) fn open(slot: usize, handle: u32) {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    ALL[slot].hand_to(handle);
}

/// Wakes the child, if it waits: it is to end, and browsers leave a worker that is
/// blocked two seconds for that.
pub(super) fn close(handle: u32) {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(ring) = ALL.iter().find(|ring| ring.owner() == handle) {
        ring.hand_to(NOBODY);
    }
}

/// Whether something lies in the slot's ring that nobody has taken.
pub(super) fn has_any(slot: usize) -> bool {
    ALL[slot].has_any()
}

/// Puts a message into the child's ring. False: the child expects it from the page.
pub(super) fn put(handle: u32, data: &[u8]) -> bool {
    let _writing = WRITING.lock().unwrap_or_else(PoisonError::into_inner);
    // Whoever is gone will answer nothing.
    let Some(ring) = ALL.iter().find(|ring| ring.owner() == handle) else { return true };
    let fits = HEADER_BYTES + data.len() + RESERVE_BYTES <= ring.room();
    let (kind, data) = if fits { (MESSAGE, data) } else { (BY_PAGE, &[][..]) };
    let mut record = Vec::with_capacity(HEADER_BYTES + data.len());
    record.extend(kind.to_le_bytes());
    record.extend((data.len() as u32).to_le_bytes());
    record.extend(data);
    ring.write(&record);
    fits
}
