//! What is warned of, told from values: WebAssembly keeps no flags of what
//! floating point did.

use std::ops::{BitOr, BitOrAssign};

use super::function::{Binary, Unary};
use super::number::Number;
use crate::dtype::DType;
use crate::error::{Error, Result};

/// What went wrong in some element. (Underflow, of which NumPy says nothing unless asked, is not told.)
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Flags {
    /// An exact infinity from finite numbers.
    pub divide: bool,
    /// A result too large for its type.
    pub overflow: bool,
    /// A result that is not a number, from numbers.
    pub invalid: bool,
}

impl Flags {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::default()
    }

    /// Texts of the warnings about a function (or `cast`, or `scalar divide`), in NumPy's order.
    pub fn messages(self, name: &str) -> impl Iterator<Item = String> {
        [(self.divide, "divide by zero"), (self.overflow, "overflow"), (self.invalid, "invalid value")]
            .into_iter()
            .filter(|(raised, _)| *raised)
            .map(move |(_, what)| format!("{what} encountered in {name}"))
    }
}

impl BitOr for Flags {
    type Output = Self;

    fn bitor(self, other: Self) -> Self {
        Self {
            divide: self.divide | other.divide,
            overflow: self.overflow | other.overflow,
            invalid: self.invalid | other.invalid,
        }
    }
}

impl BitOrAssign for Flags {
    fn bitor_assign(&mut self, other: Self) {
        *self = *self | other;
    }
}

/// What a loop over one slice is warned of.
#[must_use]
pub fn unary_flags<T: Number, U: Number>(function: Unary, xs: &[T], out: &[U]) -> Flags {
    if is_exact::<T>() {
        let by_zero = function == Unary::Reciprocal && !xs.iter().fold(true, |all, x| all & x.is_true());
        return Flags { divide: by_zero, invalid: by_zero, overflow: false };
    }
    let quiet =
        matches!(function, Unary::Absolute | Unary::Sign | Unary::Conjugate | Unary::Negative | Unary::Positive);
    if quiet || all_finite(out) {
        return Flags::default();
    }
    let mut flags = Flags::default();
    for (&x, &y) in xs.iter().zip(out) {
        flags.invalid |= y.is_nan() && !x.is_nan() && function != Unary::Spacing;
        if y.is_infinite() && x.is_finite() {
            let pole = match function {
                Unary::Log | Unary::Log2 | Unary::Log10 | Unary::Log1p | Unary::Arctanh | Unary::Arctan => true,
                Unary::Reciprocal => !x.is_true(),
                _ => false,
            };
            flags.divide |= pole;
            flags.overflow |= !pole;
        }
    }
    flags
}

/// What a loop over two slices is warned of.
#[must_use]
pub fn binary_flags<A: Number, B: Number, U: Number>(function: Binary, a: &[A], b: &[B], out: &[U]) -> Flags {
    if is_exact::<A>() {
        return if is_exact::<U>() && U::DTYPE != DType::Bool {
            integer_flags(function, a, b)
        } else {
            Flags::default()
        };
    }
    if all_finite(out) {
        return Flags::default();
    }
    // NumPy compares before it looks whether there is something to compare.
    let always = matches!(function, Binary::Logaddexp | Binary::Logaddexp2);
    let mut flags = Flags::default();
    for ((&a, &b), &y) in a.iter().zip(b).zip(out) {
        flags.invalid |= y.is_nan() && (always || (!a.is_nan() && !b.is_nan()));
        let pole = match function {
            Binary::Divide | Binary::FloorDivide => !b.is_true(),
            Binary::Power | Binary::FloatPower => !a.is_true(),
            _ => false,
        };
        if y.is_infinite() && a.is_finite() && (b.is_finite() || pole || function == Binary::Nextafter) {
            flags.divide |= pole;
            flags.overflow |= !pole;
            // NumPy's next step is the difference of two infinities.
            flags.invalid |= !pole && function == Binary::FloorDivide && U::DTYPE == DType::F64;
        }
    }
    flags
}

fn integer_flags<A: Number, B: Number>(function: Binary, a: &[A], b: &[B]) -> Flags {
    let divides = matches!(function, Binary::FloorDivide | Binary::Remainder | Binary::Fmod);
    Flags {
        divide: divides && !b.iter().fold(true, |all, b| all & b.is_true()),
        overflow: function == Binary::FloorDivide && a.iter().zip(b).any(|(a, b)| a.is_least() && b.is_minus_one()),
        invalid: false,
    }
}

/// Refuses negative exponents of whole numbers.
///
/// # Errors
/// There is one.
pub fn check_powers<T: Number>(exponents: &[T]) -> Result<()> {
    if exponents.iter().fold(false, |any, exponent| any | exponent.is_negative_integer()) {
        return Err(Error::value("Integers to negative integer powers are not allowed."));
    }
    Ok(())
}

fn is_exact<T: Number>() -> bool {
    T::DTYPE.is_integer()
}

/// Whether all are finite, looked at all at once: nearly always they are.
fn all_finite<T: Number>(xs: &[T]) -> bool {
    xs.iter().fold(true, |all, x| all & x.is_finite())
}
