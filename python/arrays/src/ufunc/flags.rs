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

/// Refuses negative exponents: what to ask before a loop of [`Binary::Power`] over whole numbers.
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ufunc::BinaryLoop;
    use crate::{DType, dtype::Operand};

    fn of(function: Binary, a: f64, b: f64) -> Vec<String> {
        let Ok(BinaryLoop::F64(run)) = function.resolve(Operand::Of(DType::F64), Operand::Of(DType::F64)) else {
            panic!("no loop")
        };
        let mut out = [0.0];
        run(&[a], &[b], &mut out);
        binary_flags(function, &[a], &[b], &out).messages(function.name()).collect()
    }

    #[test]
    fn warnings_are_numpys() {
        let inf = f64::INFINITY;
        for (function, a, b, says) in [
            (Binary::Divide, 1.0, 0.0, "divide by zero encountered in divide"),
            (Binary::Divide, 0.0, 0.0, "invalid value encountered in divide"),
            (Binary::Multiply, 1e308, 10.0, "overflow encountered in multiply"),
            (Binary::Subtract, inf, inf, "invalid value encountered in subtract"),
            (Binary::Power, 0.0, -1.0, "divide by zero encountered in power"),
            (Binary::Remainder, 1.0, 0.0, "invalid value encountered in remainder"),
            (Binary::Nextafter, f64::MAX, inf, "overflow encountered in nextafter"),
        ] {
            assert_eq!(of(function, a, b), [says]);
        }
        assert!(of(Binary::Divide, inf, 0.0).is_empty());
        assert!(of(Binary::Add, f64::NAN, 1.0).is_empty());
        assert!(of(Binary::Fmax, f64::NAN, inf).is_empty());
    }

    #[test]
    fn functions_of_one_element_warn_too() {
        let only = |divide, overflow, invalid| Flags { divide, overflow, invalid };
        assert_eq!(unary_flags(Unary::Log, &[0.0], &[-f64::INFINITY]), only(true, false, false));
        assert_eq!(unary_flags(Unary::Log, &[-1.0], &[f64::NAN]), only(false, false, true));
        assert_eq!(unary_flags(Unary::Exp, &[1000.0], &[f64::INFINITY]), only(false, true, false));
        assert_eq!(unary_flags(Unary::Exp, &[f64::INFINITY], &[f64::INFINITY]), Flags::default());
        assert_eq!(unary_flags(Unary::Isnan, &[f64::NAN], &[true]), Flags::default());
        assert_eq!(unary_flags(Unary::Reciprocal, &[0i64], &[i64::MIN]), only(true, false, true));
    }

    #[test]
    fn whole_numbers_warn_of_division() {
        let flags = binary_flags(Binary::FloorDivide, &[5i64, i64::MIN], &[0, -1], &[0, i64::MIN]);
        assert_eq!(flags, Flags { divide: true, overflow: true, invalid: false });
        assert!(binary_flags(Binary::Add, &[5u8], &[0u8], &[5u8]).is_empty());
        assert!(check_powers(&[1i64, 0]).is_ok());
        let refused = check_powers(&[1i32, -1]).unwrap_err();
        assert_eq!(refused.message, "Integers to negative integer powers are not allowed.");
    }
}
