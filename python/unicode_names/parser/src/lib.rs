//! What the parser asks for `"\N{BULLET}"`: here, no character has a name, and
//! it reports an unknown one.

#![no_std]

/// The character of that name: never one.
#[must_use]
pub fn character(_name: &str) -> Option<char> {
    None
}
