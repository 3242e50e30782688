//! The page's view of the board through which threads report.

use js_sys::{Atomics, BigInt64Array, Float64Array, Int32Array, Uint8Array};
use wasm_bindgen::prelude::*;

use super::worker::property;
use crate::model::timeline::Span;
use crate::protocol::board;

#[wasm_bindgen]
extern "C" {
    /// `Atomics.load` of 64 bits. (js-sys hands the index over as a BigInt,
    /// which every engine refuses.)
    #[wasm_bindgen(js_namespace = Atomics, js_name = load, catch)]
    fn load_64(array: &BigInt64Array, index: u32) -> Result<i64, JsValue>;
}

/// Reads and writes the board of one threaded engine; never waits.
pub(super) struct Board {
    memory: JsValue,
    words: Int32Array,
    counts: BigInt64Array,
    floats: Float64Array,
    bytes: Uint8Array,
}

impl Board {
    /// A view of `memory` at `address`; `None` where it is no memory.
    pub(super) fn new(memory: &JsValue, address: u32) -> Option<Self> {
        let buffer = property(memory, "buffer")?;
        Some(Self {
            memory: memory.clone(),
            words: Int32Array::new_with_byte_offset_and_length(&buffer, address, board::BYTES / 4),
            counts: BigInt64Array::new_with_byte_offset_and_length(&buffer, address, board::BYTES / 8),
            floats: Float64Array::new_with_byte_offset_and_length(&buffer, address, board::BYTES / 8),
            bytes: Uint8Array::new_with_byte_offset_and_length(&buffer, address, board::BYTES),
        })
    }

    /// Sets or clears the stop word.
    pub(super) fn set_stop(&self, stop: bool) {
        let _ = Atomics::store(&self.words, board::STOP / 4, i32::from(stop));
    }

    /// The panic's message, if any thread panicked.
    pub(super) fn panic_message(&self) -> Option<String> {
        if self.word(board::PANICKED) != board::PANIC {
            return None;
        }
        let length = u32::try_from(self.word(board::MESSAGE_LENGTH)).unwrap_or(0).min(board::MESSAGE_CAPACITY);
        let bytes = self.bytes.slice(board::MESSAGE, board::MESSAGE + length).to_vec();
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// How large the memory was when a thread was refused more of it, if one was.
    pub(super) fn had_bytes(&self) -> Option<u64> {
        if self.word(board::PANICKED) != board::NO_MEMORY {
            return None;
        }
        let bytes = property(&property(&self.memory, "buffer")?, "byteLength")?.as_f64()?;
        Some(bytes as u64)
    }

    /// Grows while any thread works.
    pub(super) fn heartbeat(&self) -> i32 {
        self.word(board::HEARTBEAT)
    }

    /// Units done.
    pub(super) fn done(&self) -> u64 {
        self.count(board::DONE)
    }

    /// Summed task durations, ms.
    pub(super) fn work_ms(&self) -> f64 {
        self.count(board::WORK_NS) as f64 / 1e6
    }

    /// The spans that had a slot, in the order of their ends.
    pub(super) fn spans(&self) -> Vec<Span> {
        let spans = u32::try_from(self.count(board::TASKS)).unwrap_or(u32::MAX).min(board::SLOT_COUNT);
        let first = board::SLOTS / 8;
        let values = self.floats.slice(first, first + spans * board::SLOT_VALUES).to_vec();
        values
            .chunks_exact(board::SLOT_VALUES as usize)
            .filter_map(|slot| match *slot {
                [worker, first_item, items, start_ms, end_ms] => Some(Span {
                    worker: worker as u32,
                    first_item: first_item as u32,
                    items: items as u32,
                    start_ms,
                    end_ms,
                }),
                _ => None,
            })
            .collect()
    }

    fn word(&self, offset: u32) -> i32 {
        Atomics::load(&self.words, offset / 4).unwrap_or(0)
    }

    fn count(&self, offset: u32) -> u64 {
        load_64(&self.counts, offset / 8).map_or(0, |count| u64::try_from(count).unwrap_or(0))
    }
}
