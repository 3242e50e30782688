//! The names that need no table: ideographs are called by their number.
//! (Whoever builds the Unicode tables wants to know which ranges have a rule.)

#![no_std]

use core::fmt::{Display, Formatter, Result};

/// Ranges that UnicodeData.txt gives by first and last character, but for
/// Tangut, whose rule the tables have themselves.
const BY_RULE: [(u32, u32, &str); 2] =
    [(0xAC00, 0xD7A3, "HANGUL SYLLABLE-"), (0x3400, 0x33479, "CJK UNIFIED IDEOGRAPH-")];
const TANGUT: core::ops::RangeInclusive<u32> = 0x17000..=0x18DFF;

/// A character's name.
#[derive(Clone, Copy, Debug)]
pub struct Name(&'static str, u32);

impl Display for Name {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> Result {
        write!(formatter, "{}{:X}", self.0, self.1)
    }
}

/// The name of a character, if it follows from a rule.
#[must_use]
pub fn name(character: char) -> Option<Name> {
    let number = u32::from(character);
    let has_rule = |(first, last, _): &&(u32, u32, &str)| (*first..=*last).contains(&number);
    let (_, _, prefix) = BY_RULE.iter().find(has_rule).filter(|_| !TANGUT.contains(&number))?;
    Some(Name(prefix, number))
}

/// The character of that name: never one.
#[must_use]
pub fn character(_name: &str) -> Option<char> {
    None
}
