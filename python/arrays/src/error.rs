//! What can go wrong, in NumPy's own words.

use std::fmt;

/// Which of Python's exceptions it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `ValueError`.
    Value,
    /// `TypeError`.
    Type,
    /// `IndexError`.
    Index,
    /// `OverflowError`.
    Overflow,
    /// `numpy.exceptions.AxisError`, which is a `ValueError` and an `IndexError`.
    Axis,
    /// `numpy.linalg.LinAlgError`.
    LinAlg,
    /// `numpy._core._exceptions._ArrayMemoryError`, which is a `MemoryError`.
    Memory,
    /// `numpy._core._exceptions.UFuncTypeError`, which is a `TypeError`.
    Casting,
    /// `numpy._core._exceptions._UFuncNoLoopError` and its like, which are `TypeError`s.
    NoLoop,
}

/// Why an operation gave nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Error {
    /// Which exception.
    pub kind: Kind,
    /// Its text, as NumPy has it.
    pub message: String,
}

/// What an operation gives, or why not.
pub type Result<T> = std::result::Result<T, Error>;

impl Error {
    /// An exception with its text.
    #[must_use]
    pub fn new(kind: Kind, message: impl Into<String>) -> Self {
        Self { kind, message: message.into() }
    }

    /// The same error of another function that is made of these ones.
    #[must_use]
    pub fn of_function(self, name: &str, parts: &[&str]) -> Self {
        let quoted = format!("'{name}'");
        let message = parts.iter().fold(self.message, |text, part| text.replace(&format!("'{part}'"), &quoted));
        Self { message, ..self }
    }

    /// A `ValueError`.
    #[must_use]
    pub fn value(message: impl Into<String>) -> Self {
        Self::new(Kind::Value, message)
    }

    /// A `TypeError`.
    #[must_use]
    pub fn type_(message: impl Into<String>) -> Self {
        Self::new(Kind::Type, message)
    }

    /// An `IndexError`.
    #[must_use]
    pub fn index(message: impl Into<String>) -> Self {
        Self::new(Kind::Index, message)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}
