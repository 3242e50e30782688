//! The block of shared memory through which threads report while the hosting
//! worker blocks; its layout is `protocol::board`.

use std::sync::atomic::{AtomicI32, AtomicU64, Ordering};

use crate::model::timeline::Span;
use crate::protocol::board;

const MESSAGE_WORDS: usize = board::MESSAGE_CAPACITY as usize / 8;
const SLOT_WORDS: usize = (board::SLOT_COUNT * board::SLOT_VALUES) as usize;

/// The board. Floats are stored as their bits: those of positive floats have
/// the floats' order, so that atomic minimum and maximum work on them.
#[repr(C, align(8))]
pub(super) struct Board {
    stop: AtomicI32,
    panicked: AtomicI32,
    heartbeat: AtomicI32,
    message_length: AtomicI32,
    done: AtomicU64,
    work_ns: AtomicU64,
    tasks: AtomicU64,
    first_start: AtomicU64,
    last_end: AtomicU64,
    message: [AtomicU64; MESSAGE_WORDS],
    slots: [AtomicU64; SLOT_WORDS],
}

const _: () = assert!(size_of::<Board>() == board::BYTES as usize);
const _: () = assert!(std::mem::offset_of!(Board, message) == board::MESSAGE as usize);
const _: () = assert!(std::mem::offset_of!(Board, slots) == board::SLOTS as usize);
const _: () = assert!(std::mem::offset_of!(Board, first_start) == board::FIRST_START as usize);

/// The one board of this instance.
pub(super) static BOARD: Board = Board {
    stop: AtomicI32::new(0),
    panicked: AtomicI32::new(0),
    heartbeat: AtomicI32::new(0),
    message_length: AtomicI32::new(0),
    done: AtomicU64::new(0),
    work_ns: AtomicU64::new(0),
    tasks: AtomicU64::new(0),
    first_start: AtomicU64::new(f64::MAX.to_bits()),
    last_end: AtomicU64::new(0),
    message: [const { AtomicU64::new(0) }; MESSAGE_WORDS],
    slots: [const { AtomicU64::new(0) }; SLOT_WORDS],
};

impl Board {
    pub(super) fn address(&'static self) -> u32 {
        std::ptr::from_ref(self).addr() as u32
    }

    /// Clears the figures of the run before. The stop word is the page's: it
    /// clears it before it asks for a run, and a Stop that follows is not lost.
    pub(super) fn reset(&self) {
        for word in [&self.done, &self.work_ns, &self.tasks, &self.last_end] {
            word.store(0, Ordering::Relaxed);
        }
        self.first_start.store(f64::MAX.to_bits(), Ordering::SeqCst);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) != 0
    }

    pub(super) fn advanced(&self, units: u64) {
        self.done.fetch_add(units, Ordering::Relaxed);
        self.heartbeat.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn task_finished(&self, span: &Span) {
        self.first_start.fetch_min(span.start_ms.to_bits(), Ordering::Relaxed);
        self.last_end.fetch_max(span.end_ms.to_bits(), Ordering::Relaxed);
        self.work_ns.fetch_add((span.duration_ms() * 1e6) as u64, Ordering::Relaxed);
        let slot = self.tasks.fetch_add(1, Ordering::Relaxed) as usize * board::SLOT_VALUES as usize;
        let values =
            [f64::from(span.worker), f64::from(span.first_item), f64::from(span.items), span.start_ms, span.end_ms];
        for (word, value) in self.slots.iter().skip(slot).zip(values) {
            word.store(value.to_bits(), Ordering::Relaxed);
        }
    }

    /// When the first task began and the last one ended.
    pub(super) fn first_and_last_ms(&self) -> (f64, f64) {
        let load = |word: &AtomicU64| f64::from_bits(word.load(Ordering::SeqCst));
        (load(&self.first_start), load(&self.last_end))
    }

    /// A thread panicked, or has no memory: it never returns, so all others are stopped too.
    pub(super) fn panicked(&self, kind: i32, message: &str) {
        let bytes = message.as_bytes();
        let length = bytes.len().min(board::MESSAGE_CAPACITY as usize);
        for (word, eight) in self.message.iter().zip(bytes.chunks(8)) {
            let mut padded = [0; 8];
            for (to, from) in padded.iter_mut().zip(eight) {
                *to = *from;
            }
            word.store(u64::from_le_bytes(padded), Ordering::Relaxed);
        }
        self.message_length.store(length as i32, Ordering::Relaxed);
        self.stop.store(1, Ordering::SeqCst);
        self.panicked.store(kind, Ordering::SeqCst);
    }
}
