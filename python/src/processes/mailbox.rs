//! Where children put their answers, while their parent's worker is blocked and
//! can't hear messages: one ring for each of them in the parent's shared memory,
//! and one for the page. Whoever of the parent's threads looks is the reader.
//!
//! A record's header is `handle, kind, length`; it is written in as many pieces
//! as there is room for.

use std::sync::{Mutex, PoisonError};

use super::ring::{Ring, first_record};
use super::{MOST, host};

/// One per process, and the last for the page.
const RINGS: usize = MOST + 1;

/// What a process did, for the timeline; Python hears nothing of it.
const SPANS: u32 = 3;

static ALL: [Ring; RINGS] = [const { Ring::new() }; RINGS];

/// What has been read of a record that is not whole yet; who holds it reads.
static PARTS: Mutex<[Vec<u8>; RINGS]> = Mutex::new([const { Vec::new() }; RINGS]);

/// Where the rings are in the memory, one behind the other.
pub(super) fn address() -> *const u8 {
    ALL.as_ptr().cast()
}

/// Makes the slot's ring a new process's; what the last one has left is no answer of it.
pub(super) fn open(slot: usize, handle: u32) {
    let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    ALL[slot].hand_to(handle);
    parts[slot].clear();
}

/// Whether something has been written that nobody has read.
pub(super) fn has_any() -> bool {
    ALL.iter().any(Ring::has_any)
}

/// Reads all that has been written, and brings whole records: their handles, kinds and bytes.
pub(super) fn empty(bring: &mut impl FnMut(u32, u32, Vec<u8>)) {
    let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    for (ring, part) in ALL.iter().zip(parts.iter_mut()) {
        ring.read_into(part);
        while let Some(([handle, kind, _], content)) = first_record(part) {
            if kind == SPANS {
                host::keep_spans(handle, &content);
            } else {
                bring(handle, kind, content);
            }
        }
    }
}
