//! The region as a worker has it: a buffer that the page has handed to all processes of a run.

use wasm_bindgen::prelude::*;

// www/python-region.js has these.
#[wasm_bindgen(js_namespace = parallelLabRegion)]
extern "C" {
    pub(super) fn size() -> u32;
    pub(super) fn slot() -> u32;
    pub(super) fn load(word: u32) -> u32;
    pub(super) fn store(word: u32, value: u32);
    pub(super) fn replace(word: u32, old: u32, new: u32) -> bool;
    pub(super) fn read(at: u32, bytes: &mut [u8]);
    pub(super) fn write(at: u32, bytes: &[u8]);
    pub(super) fn wait(word: u32, seen: u32, timeout_ms: f64);
    pub(super) fn poke(word: u32);
    pub(super) fn wake(word: u32);
}
