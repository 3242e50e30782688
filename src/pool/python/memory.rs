//! What the page writes into the script's shared memory: Stop, and what became
//! of its processes. It never waits.

use std::cell::RefCell;
use std::collections::VecDeque;

use js_sys::{Array, Atomics, Function, Int32Array, Object, Reflect, SharedArrayBuffer, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;

use crate::pool::worker::{property, set, words};
use crate::protocol::python::{Mailbox, PAGE_RING};

/// A ring's words: bytes ever written, ever read, and whose it is.
const RING_WORDS: u32 = 3;

/// Shared memory is asked for with these limits, largest first, MiB: phones may
/// refuse to reserve a whole GiB.
const LIMITS_MIB: [u32; 5] = [1024, 512, 256, 128, 64];
const PAGES_PER_MIB: u32 = 16;
/// An interpreter that has run nothing yet needs so much, MiB.
pub(super) const NEEDED_MIB: u32 = 16;
/// The interpreter's data and its stack fit into this.
const INITIAL_MIB: u32 = 32;

/// A new memory that can be shared.
///
/// # Errors
/// The browser's words.
pub(super) fn allocate() -> Result<JsValue, String> {
    let mut refusal = JsValue::UNDEFINED;
    for limit in LIMITS_MIB {
        let descriptor = Object::new();
        set(&descriptor, "initial", &JsValue::from_f64(f64::from(INITIAL_MIB * PAGES_PER_MIB)));
        set(&descriptor, "maximum", &JsValue::from_f64(f64::from(limit * PAGES_PER_MIB)));
        set(&descriptor, "shared", &JsValue::TRUE);
        match WebAssembly::Memory::new(&descriptor) {
            Ok(memory) => return Ok(memory.into()),
            Err(error) => refusal = error,
        }
    }
    Err(words(&refusal))
}

/// What is told where a script, or a process of it, wants more memory than it is given.
pub(super) fn too_little(had_bytes: u64) -> String {
    match had_bytes >> 20 {
        0 => {
            "Not enough memory: the browser gives the script none now. Closing other tabs and programs may help.".into()
        }
        mib => format!(
            "Not enough memory: the script wants more than the {mib} MiB that the browser gives it. Shorter lists, or \
             fewer threads at a time, would fit."
        ),
    }
}

/// What all processes of a run see, for what they share, bytes.
const REGION_BYTES: u32 = 16 << 20;
/// Of the region: where the processes' slots begin, and how many words each has (python/src/region.rs).
const FIRST_SLOT_WORD: u32 = 16;
const SLOT_WORDS: u32 = 6;

/// A region for a run, where the browser gives one: else scripts say what they can't have.
pub(super) fn region() -> Option<SharedArrayBuffer> {
    let constructor: Function = property(&js_sys::global(), "SharedArrayBuffer")?.dyn_into().ok()?;
    let made = Reflect::construct(&constructor, &Array::of1(&JsValue::from_f64(f64::from(REGION_BYTES)))).ok()?;
    made.dyn_into().ok()
}

/// A region, and which of the run's processes looks at it; 0 is the script itself.
#[derive(Clone)]
pub(super) struct Place {
    pub(super) region: SharedArrayBuffer,
    pub(super) slot: u32,
}

impl Place {
    /// What a worker of that process must know.
    pub(super) fn told(&self) -> Object {
        let object = Object::new();
        set(&object, "buffer", &self.region);
        set(&object, "slot", &JsValue::from_f64(f64::from(self.slot)));
        object
    }

    /// Wakes the process, if it waits there.
    fn wake(&self) {
        let words = Int32Array::new(&self.region);
        let word = FIRST_SLOT_WORD + SLOT_WORDS * self.slot;
        if Atomics::load(&words, word + 1).is_ok_and(|awaited| awaited != 0) {
            let _ = Atomics::add(&words, word, 1);
            let _ = Atomics::notify(&words, word);
        }
    }
}

/// The shared memory of a script's interpreter.
pub(super) struct SharedMemory {
    memory: JsValue,
    place: Option<Place>,
    stop_address: u32,
    mailbox: Mailbox,
    /// What the page's ring had no room for.
    waiting: RefCell<VecDeque<u8>>,
}

impl SharedMemory {
    /// `None` where nothing is shared.
    pub(super) fn new(
        memory: Option<JsValue>,
        place: Option<Place>,
        stop_address: u32,
        mailbox: Option<Mailbox>,
    ) -> Option<Self> {
        let (memory, mailbox) = memory.zip(mailbox)?;
        Some(Self { memory, place, stop_address, mailbox, waiting: RefCell::new(VecDeque::new()) })
    }

    /// The memory itself, for threads.
    pub(super) fn memory(&self) -> &JsValue {
        &self.memory
    }

    /// Where it is in what the run's processes share.
    pub(super) fn place(&self) -> Option<&Place> {
        self.place.as_ref()
    }

    /// What a process must know to write its events and to read what it is sent.
    pub(super) fn for_process(&self, slot: u32) -> Object {
        let object = Object::new();
        let Mailbox { address, ring_bytes, events, inboxes } = self.mailbox;
        let offset = slot * (ring_bytes + 4 * RING_WORDS);
        set(&object, "memory", &self.memory);
        let numbers =
            [("outbox", address + offset), ("inbox", inboxes + offset), ("ring_bytes", ring_bytes), ("events", events)];
        for (name, value) in numbers {
            set(&object, name, &JsValue::from_f64(f64::from(value)));
        }
        object
    }

    /// Has the script stop at its next look.
    pub(super) fn stop(&self) {
        let _ = Atomics::store(&self.words(), self.stop_address / 4, 1);
        self.happened();
    }

    /// Whether a thread has taken its order up; asked only as long as nobody was heard to have.
    pub(super) fn has_begun(&self, order: u32) -> bool {
        Atomics::load(&self.words(), order / 4).is_ok_and(|state| state != 0)
    }

    /// Says that what a waiting thread may wait for can't be had.
    pub(super) fn refuse_thread(&self, pointer: u32) {
        let _ = Atomics::store(&self.words(), pointer / 4, 2);
        self.happened();
    }

    /// Tells the script what became of a process.
    pub(super) fn event(&self, handle: u32, kind: u32, content: &[u8]) {
        let length = u32::try_from(content.len()).unwrap_or(u32::MAX);
        let mut waiting = self.waiting.borrow_mut();
        for word in [handle, kind, length] {
            waiting.extend(word.to_le_bytes());
        }
        waiting.extend(content);
        drop(waiting);
        self.flush();
    }

    /// Writes what there was no room for so far.
    pub(super) fn flush(&self) {
        let mut waiting = self.waiting.borrow_mut();
        if waiting.is_empty() {
            return;
        }
        let words = self.words();
        let Mailbox { address, ring_bytes, .. } = self.mailbox;
        let ring = address + PAGE_RING * (ring_bytes + 4 * RING_WORDS);
        let load = |index: u32| Atomics::load(&words, ring / 4 + index).unwrap_or_default().cast_unsigned();
        let (mut written, read) = (load(0), load(1));
        let Some(buffer) = self.buffer() else { return };
        let bytes = Uint8Array::new_with_byte_offset_and_length(&buffer, ring + 4 * RING_WORDS, ring_bytes);
        while written.wrapping_sub(read) < ring_bytes
            && let Some(byte) = waiting.pop_front()
        {
            bytes.set_index(written % ring_bytes, byte);
            written = written.wrapping_add(1);
        }
        let _ = Atomics::store(&words, ring / 4, written.cast_signed());
        self.happened();
    }

    fn happened(&self) {
        let (words, index) = (self.words(), self.mailbox.events / 4);
        let _ = Atomics::add(&words, index, 1);
        let _ = Atomics::notify(&words, index);
        if let Some(place) = &self.place {
            place.wake();
        }
    }

    fn buffer(&self) -> Option<JsValue> {
        // A memory that has grown has another buffer.
        property(&self.memory, "buffer")
    }

    fn words(&self) -> Int32Array {
        Int32Array::new(&self.buffer().unwrap_or(JsValue::NULL))
    }
}
