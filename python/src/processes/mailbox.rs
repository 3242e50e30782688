//! Where children put their answers, while their parent's worker is blocked and
//! can't hear messages: one ring of bytes for each of them in the parent's
//! shared memory, and one for the page.
//!
//! A ring has one writer (JavaScript, www/python-mailbox.js) and one reader:
//! whoever of the parent's threads looks. Records are written as
//! `handle: u32, kind: u32, length: u32, bytes`, little-endian, in as many
//! pieces as there is room for.

use std::array;
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Mutex, PoisonError};

use super::{Event, MOST};

/// Bytes of a ring; a power of two.
pub const RING_BYTES: usize = 1 << 15;
/// One per process, and the last for the page.
const RINGS: usize = MOST + 1;
const HEADER_BYTES: usize = 12;

#[repr(C)]
struct Ring {
    /// Bytes that were ever written, and read; they wrap.
    written: AtomicU32,
    read: AtomicU32,
    bytes: UnsafeCell<[u8; RING_BYTES]>,
}

// SAFETY: bytes between `read` and `written` are only read, by who holds
// `PARTS`, all others only written, by the ring's one writer.
unsafe impl Sync for Ring {}

static ALL: [Ring; RINGS] =
    [const { Ring { written: AtomicU32::new(0), read: AtomicU32::new(0), bytes: UnsafeCell::new([0; RING_BYTES]) } };
        RINGS];

/// What has been read of a record that is not whole yet.
static PARTS: Mutex<[Vec<u8>; RINGS]> = Mutex::new([const { Vec::new() }; RINGS]);

/// Where the rings are in the memory, one behind the other.
#[must_use]
pub fn address() -> *const u8 {
    ALL.as_ptr().cast()
}

/// Whether something has been written that nobody has read.
#[must_use]
pub fn has_any() -> bool {
    ALL.iter().any(|ring| ring.written.load(Ordering::SeqCst) != ring.read.load(Ordering::SeqCst))
}

/// Reads all that has been written; whole records become events.
pub fn empty(arrive: &mut impl FnMut(u32, Event)) {
    let mut parts = PARTS.lock().unwrap_or_else(PoisonError::into_inner);
    for (ring, part) in ALL.iter().zip(parts.iter_mut()) {
        read_into(part, ring);
        while let Some((handle, kind, content)) = first_record(part) {
            if let Some(event) = Event::read(kind, content) {
                arrive(handle, event);
            }
        }
    }
}

fn read_into(part: &mut Vec<u8>, ring: &Ring) {
    let written = ring.written.load(Ordering::SeqCst);
    let mut read = ring.read.load(Ordering::SeqCst);
    if read == written {
        return;
    }
    while read != written {
        let from = read as usize % RING_BYTES;
        let length = (written.wrapping_sub(read) as usize).min(RING_BYTES - from);
        // SAFETY: within the ring, and between what was read and what was written.
        let bytes = unsafe { std::slice::from_raw_parts(ring.bytes.get().cast::<u8>().add(from), length) };
        part.extend_from_slice(bytes);
        read = read.wrapping_add(length as u32);
    }
    ring.read.store(read, Ordering::SeqCst);
    // SAFETY: the address is that of a living, aligned word.
    unsafe { std::arch::wasm32::memory_atomic_notify(ring.read.as_ptr().cast(), u32::MAX) };
}

fn first_record(part: &mut Vec<u8>) -> Option<(u32, u32, Vec<u8>)> {
    let (header, rest) = part.split_at_checked(HEADER_BYTES)?;
    let word = |index: usize| u32::from_le_bytes(array::from_fn(|byte| header[index * 4 + byte]));
    let (handle, kind, length) = (word(0), word(1), word(2) as usize);
    let content = rest.get(..length)?.to_vec();
    part.drain(..HEADER_BYTES + length);
    Some((handle, kind, content))
}
