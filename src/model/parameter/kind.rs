//! What kinds of settings there are: what each allows, in words, and how a text
//! is read by the grammar of `docs/embed.md`.

use super::Word;
use super::number::{self, Reading};
use super::value::Value;

/// The word that stands for a lab's own rule.
pub const AUTO: &str = "auto";

/// The upper end of a range.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Most {
    /// A number.
    Fixed(u32),
    /// What another setting has.
    Of(&'static str),
}

impl Most {
    fn value(self, of: impl Fn(&str) -> Option<u32>) -> u32 {
        match self {
            Self::Fixed(most) => most,
            Self::Of(name) => of(name).unwrap_or(u32::MAX),
        }
    }
}

/// What a setting allows.
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs, reason = "least, most, unit and words are those of the kind")]
pub enum Kind {
    /// A whole number.
    Whole { least: u32, most: Most },
    /// [`AUTO`], or a whole number.
    AutoOrWhole { least: u32, most: Most },
    /// A real number, with its unit in words where it has one, and perhaps as a fraction too.
    Real { least: f64, most: f64, unit: &'static str, is_quotient: bool },
    /// One of these words.
    Choice(&'static [Word]),
    /// Some of these words, with commas between.
    Subset(&'static [Word]),
    /// A text: what it is, in words, and how long it may be.
    Text { what: &'static str, most_chars: usize },
}

impl Kind {
    /// Whether its values are whole numbers.
    #[must_use]
    pub fn is_whole(&self) -> bool {
        matches!(self, Self::Whole { .. } | Self::AutoOrWhole { .. })
    }

    /// The setting that its range depends on.
    #[must_use]
    pub fn depends_on(&self) -> Option<&'static str> {
        match self {
            Self::Whole { most: Most::Of(name), .. } | Self::AutoOrWhole { most: Most::Of(name), .. } => Some(name),
            _ => None,
        }
    }

    /// The words to choose from; none where it is not a choice.
    #[must_use]
    pub fn words(&self) -> &'static [Word] {
        match self {
            Self::Choice(words) | Self::Subset(words) => words,
            _ => &[],
        }
    }

    pub(super) fn fixed_range(&self) -> Option<(u32, u32)> {
        match self {
            Self::Whole { least, most: Most::Fixed(most) } => Some((*least, *most)),
            _ => None,
        }
    }

    /// What is allowed, in words; `of` tells what another setting has.
    #[must_use]
    pub fn allowed(&self, of: impl Fn(&str) -> Option<u32>) -> String {
        match self {
            Self::Whole { least, most } => whole(*least, most.value(of)),
            Self::AutoOrWhole { least, most } => format!("{AUTO}, or {}", whole(*least, most.value(of))),
            Self::Real { least, most, unit, is_quotient } => {
                let unit = if unit.is_empty() { String::new() } else { format!(" of {unit}") };
                let range = format!("from {} to {}", number::shortest(*least), number::shortest(*most));
                let fraction = if *is_quotient { ", or a fraction such as 8/3" } else { "" };
                format!("a number{unit} {range}{fraction}")
            }
            Self::Choice(words) => one_of(&words.iter().map(|word| word.0).collect::<Vec<_>>()),
            Self::Subset(words) => {
                let words: Vec<_> = words.iter().map(|word| word.0).collect();
                format!("any of {}, with commas between", words.join(", "))
            }
            Self::Text { what, most_chars } => format!("{what} of at most {most_chars} characters"),
        }
    }

    /// Reads a text; `of` tells what another setting has.
    #[must_use]
    pub fn read(&self, text: &str, of: impl Fn(&str) -> Option<u32>) -> Reading<Value> {
        match self {
            Self::Whole { least, most } => number::integer(text, *least, most.value(of)).map(Value::Whole),
            Self::AutoOrWhole { .. } if text == AUTO => Reading::Exact(Value::Auto),
            Self::AutoOrWhole { least, most } => number::integer(text, *least, most.value(of)).map(Value::Whole),
            Self::Real { least, most, is_quotient: true, .. } => {
                number::real_or_quotient(text, *least, *most).map(Value::Real)
            }
            Self::Real { least, most, .. } => number::real(text, *least, *most).map(Value::Real),
            Self::Choice(words) => match words.iter().find(|word| word.0 == text) {
                Some((word, _)) => Reading::Exact(Value::Word(word)),
                None => Reading::Malformed,
            },
            Self::Subset(words) => subset(text, words),
            Self::Text { most_chars, .. } if text.chars().count() <= *most_chars => {
                Reading::Exact(Value::Text(text.to_owned()))
            }
            Self::Text { .. } => Reading::Malformed,
        }
    }
}

/// The known words of a comma list, in their order; malformed if there is none.
fn subset(text: &str, words: &'static [Word]) -> Reading<Value> {
    let mut is_named = vec![false; words.len()];
    let mut all_known = true;
    for name in text.split(',') {
        match words.iter().zip(&mut is_named).find(|(word, _)| word.0 == name) {
            Some((_, is_named)) => *is_named = true,
            None => all_known = false,
        }
    }
    let named: Vec<_> = words.iter().zip(is_named).filter(|(_, it)| *it).map(|(word, _)| word.0).collect();
    match (named.is_empty(), all_known) {
        (true, _) => Reading::Malformed,
        (false, true) => Reading::Exact(Value::Words(named)),
        (false, false) => Reading::Clamped(Value::Words(named)),
    }
}

fn whole(least: u32, most: u32) -> String {
    format!("a whole number from {least} to {most}")
}

/// These names as a choice: "a, b or c".
#[must_use]
pub(crate) fn one_of(names: &[&str]) -> String {
    let (last, others) = names.split_last().unwrap_or((&"", &[]));
    if others.is_empty() { (*last).into() } else { format!("{} or {last}", others.join(", ")) }
}
