//! A ring of bytes in shared memory, from one writer to one reader; one of them
//! is JavaScript (www/python-rings.js).
//!
//! What travels are records: some words of a header, the last of which is the
//! length of the bytes behind it; all little-endian.

use std::array;
use std::cell::UnsafeCell;
use std::sync::atomic::{AtomicU32, Ordering};

/// Bytes of a ring; a power of two.
pub(super) const RING_BYTES: usize = 1 << 15;

/// JavaScript knows this layout.
#[repr(C)]
pub(super) struct Ring {
    /// Bytes that were ever written, and read; they wrap.
    written: AtomicU32,
    read: AtomicU32,
    /// The handle of the process whose ring it is: any other leaves it alone.
    owner: AtomicU32,
    bytes: UnsafeCell<[u8; RING_BYTES]>,
}

// SAFETY: bytes between `read` and `written` are only read, by the one reader,
// all others only written, by the one writer; who is that is each user's affair.
unsafe impl Sync for Ring {}

impl Ring {
    pub(super) const fn new() -> Self {
        Self {
            written: AtomicU32::new(0),
            read: AtomicU32::new(0),
            owner: AtomicU32::new(0),
            bytes: UnsafeCell::new([0; RING_BYTES]),
        }
    }

    /// Whether something has been written that nobody has read.
    pub(super) fn has_any(&self) -> bool {
        self.written.load(Ordering::SeqCst) != self.read.load(Ordering::SeqCst)
    }

    /// Moves all that has been written behind what is in `part`, and wakes the
    /// writer.
    pub(super) fn read_into(&self, part: &mut Vec<u8>) {
        let written = self.written.load(Ordering::SeqCst);
        let mut read = self.read.load(Ordering::SeqCst);
        if read == written {
            return;
        }
        while read != written {
            let (from, length) = stretch(read, written.wrapping_sub(read) as usize);
            // SAFETY: within the ring, and between what was read and what was written.
            let bytes = unsafe { std::slice::from_raw_parts(self.bytes.get().cast::<u8>().add(from), length) };
            part.extend_from_slice(bytes);
            read = read.wrapping_add(length as u32);
        }
        self.read.store(read, Ordering::SeqCst);
        notify(&self.read);
    }

    /// How many bytes more have room.
    pub(super) fn room(&self) -> usize {
        let used = self.written.load(Ordering::SeqCst).wrapping_sub(self.read.load(Ordering::SeqCst));
        RING_BYTES.saturating_sub(used as usize)
    }

    /// Writes all of `bytes`, and wakes the reader; there is [room](Self::room).
    pub(super) fn write(&self, bytes: &[u8]) {
        let mut written = self.written.load(Ordering::SeqCst);
        let mut rest = bytes;
        while !rest.is_empty() {
            let (from, length) = stretch(written, rest.len());
            let (now, later) = rest.split_at(length);
            // SAFETY: within the ring, and not between what was read and what was written.
            unsafe { self.bytes.get().cast::<u8>().add(from).copy_from(now.as_ptr(), length) };
            written = written.wrapping_add(length as u32);
            rest = later;
        }
        self.written.store(written, Ordering::SeqCst);
        notify(&self.written);
    }

    /// Makes the ring another process's, and forgets what is in it. Whoever waits
    /// for the ring looks whose it is: a process that was ended may live on for
    /// two seconds.
    pub(super) fn hand_to(&self, handle: u32) {
        self.owner.store(handle, Ordering::SeqCst);
        // What waits for a change of either word has one.
        let written = self.written.fetch_add(1, Ordering::SeqCst).wrapping_add(1);
        self.read.store(written, Ordering::SeqCst);
        notify(&self.written);
        notify(&self.read);
    }

    /// Whose it is.
    pub(super) fn owner(&self) -> u32 {
        self.owner.load(Ordering::SeqCst)
    }
}

/// Where in the ring `count` bytes from `position` on begin, and how many of
/// them lie before the ring's end.
fn stretch(position: u32, count: usize) -> (usize, usize) {
    let from = position as usize % RING_BYTES;
    (from, count.min(RING_BYTES - from))
}

/// Takes the first record, if it is whole: its header and its bytes.
pub(super) fn first_record<const WORDS: usize>(part: &mut Vec<u8>) -> Option<([u32; WORDS], Vec<u8>)> {
    let (header, rest) = part.split_at_checked(4 * WORDS)?;
    let words = array::from_fn(|index| u32::from_le_bytes(array::from_fn(|byte| header[index * 4 + byte])));
    let length = words[WORDS - 1] as usize;
    let content = rest.get(..length)?.to_vec();
    part.drain(..4 * WORDS + length);
    Some((words, content))
}

#[cfg(target_family = "wasm")]
fn notify(word: &AtomicU32) {
    // SAFETY: the address is that of a living, aligned word.
    unsafe { std::arch::wasm32::memory_atomic_notify(word.as_ptr().cast(), u32::MAX) };
}

/// Natively only tests look at rings, and none of them waits.
#[cfg(not(target_family = "wasm"))]
fn notify(_word: &AtomicU32) {}

#[cfg(test)]
mod tests {
    use super::*;

    static RING: Ring = Ring::new();

    #[test]
    fn what_is_written_is_read_also_around_the_end() {
        let mut read = Vec::new();
        for round in 0..50 {
            let written: Vec<u8> = (0..RING_BYTES / 3 + round).map(|index| (index * (round + 1)) as u8).collect();
            RING.write(&written);
            assert!(RING.has_any());
            assert_eq!(RING.room(), RING_BYTES - written.len());
            read.clear();
            RING.read_into(&mut read);
            assert_eq!(read, written, "round {round}");
            assert!(!RING.has_any());
        }
        RING.write(b"for somebody who is gone");
        RING.hand_to(7);
        assert_eq!((RING.has_any(), RING.room(), RING.owner()), (false, RING_BYTES, 7));
    }

    #[test]
    fn a_record_is_taken_when_it_is_whole() {
        let mut part = vec![7, 0, 0, 0, 3, 0, 0, 0, b'a', b'b'];
        assert_eq!(first_record::<2>(&mut part), None);
        part.extend(b"cd");
        assert_eq!(first_record(&mut part), Some(([7, 3], b"abc".to_vec())));
        assert_eq!(part, b"d");
    }
}
