//! By which names the parts find each other's functions, tables, memories and globals.

/// What names begin with; no symbol of Rust or wasm-bindgen begins so.
pub(crate) const FUNCTION: char = '$';
/// See [`FUNCTION`].
pub(crate) const TABLE: char = '%';
/// See [`FUNCTION`].
pub(crate) const MEMORY: char = '&';
/// See [`FUNCTION`].
pub(crate) const GLOBAL: char = '*';

/// The name by which other parts import what stands at this position.
pub(crate) fn name_of(kind: char, position: usize) -> String {
    const DIGITS: &[u8; 36] = b"0123456789abcdefghijklmnopqrstuvwxyz";
    let mut name = String::from(kind);
    let mut left = position;
    loop {
        name.push(char::from(DIGITS[left % DIGITS.len()]));
        left /= DIGITS.len();
        if left == 0 {
            return name;
        }
    }
}
