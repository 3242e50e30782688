//! Where no memory is shared there is no region: nobody asks for more than its size.

pub(super) fn size() -> u32 {
    0
}

pub(super) fn slot() -> u32 {
    0
}

pub(super) fn load(_word: u32) -> u32 {
    0
}

pub(super) fn store(_word: u32, _value: u32) {}

pub(super) fn replace(_word: u32, _old: u32, _new: u32) -> bool {
    false
}

pub(super) fn read(_at: u32, _bytes: &mut [u8]) {}

pub(super) fn write(_at: u32, _bytes: &[u8]) {}

pub(super) fn wait(_word: u32, _seen: u32, _timeout_ms: f64) {}

pub(super) fn poke(_word: u32) {}

pub(super) fn wake(_word: u32) {}
