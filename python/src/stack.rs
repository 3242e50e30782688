//! Whether the engine's stack has room for further calls.
//!
//! WebAssembly can't look at it: RustPython asks (python/patches/stack-probe.patch),
//! and it is tried. JavaScript catches what comes if it has no room.

use wasm_bindgen::prelude::*;

#[wasm_bindgen]
extern "C" {
    /// Calls [`use_stack`], and says whether that returned (www/python-worker.js).
    #[wasm_bindgen(js_name = parallelLabStackHasRoom)]
    fn has_room(used_bytes: usize) -> bool;
}

/// Levels that take some 100 KiB where they are compiled to take least: there
/// each passes eleven of its numbers on the stack.
const LEVELS: u32 = 900;

/// From now on Python raises a RecursionError before the stack ends.
pub fn watch() {
    rustpython_vm::stack_probe::set(has_room);
}

/// Needs as much of the stack as must be left for a call of Python's.
#[wasm_bindgen]
#[must_use]
pub fn use_stack(seed: u32) -> u32 {
    let [a, b, c, d, e, f, g, h] = [1, 2, 3, 4, 5, 6, 7, 8].map(|factor| u64::from(seed).wrapping_mul(factor));
    descend(LEVELS, a, b, c, d, e, f, g, h, !a, !b, !c, !d, !e, !f, !g, !h) as u32
}

/// Takes its numbers in the registers that there are and, the others, on the
/// stack; hands them on in another order, and needs one after that call: so
/// there is nothing of it that a compiler could do without.
#[inline(never)]
#[expect(clippy::too_many_arguments, clippy::many_single_char_names, reason = "to be passed is what they are for")]
fn descend(
    levels: u32,
    a: u64,
    b: u64,
    c: u64,
    d: u64,
    e: u64,
    f: u64,
    g: u64,
    h: u64,
    i: u64,
    j: u64,
    k: u64,
    l: u64,
    m: u64,
    n: u64,
    o: u64,
    p: u64,
) -> u64 {
    if levels == 0 {
        return a ^ b ^ c ^ d ^ e ^ f ^ g ^ h ^ i ^ j ^ k ^ l ^ m ^ n ^ o ^ p;
    }
    descend(levels - 1, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p, a).rotate_left(1) ^ a
}
