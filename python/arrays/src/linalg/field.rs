//! The numbers that matrices hold here: real and complex ones.

use std::fmt::Debug;
use std::ops::{Add, AddAssign, Mul, Neg, Sub, SubAssign};

use num_complex::Complex64;

use crate::products::Element;

/// A real or a complex number.
pub trait Field:
    Element
    + Debug
    + PartialEq
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + AddAssign
    + SubAssign
{
    /// At how many times as many rows as columns, as a fraction, a singular value decomposition begins with a QR one.
    const TALL: (usize, usize);

    /// A real number.
    #[must_use]
    fn real(re: f64) -> Self;

    /// The real part.
    #[must_use]
    fn re(self) -> f64;

    /// The imaginary part.
    #[must_use]
    fn im(self) -> f64;

    /// The number divided by its absolute value: the sign of a real one, also of infinity. A real NaN has none.
    #[must_use]
    fn phase(self) -> Self;

    /// The conjugate.
    #[must_use]
    fn conj(self) -> Self;

    /// The absolute value.
    #[must_use]
    fn modulus(self) -> f64;

    /// The number times a real one.
    #[must_use]
    fn scaled(self, factor: f64) -> Self;

    /// The number divided by another.
    #[must_use]
    fn over(self, other: Self) -> Self;

    /// Whether neither part is infinite or NaN.
    #[must_use]
    fn finite(self) -> bool {
        self.re().is_finite() && self.im().is_finite()
    }

    /// What pivots are compared by: the sum of the parts' sizes.
    #[must_use]
    fn size(self) -> f64 {
        self.re().abs() + self.im().abs()
    }
}

impl Field for f64 {
    const TALL: (usize, usize) = (11, 6);

    fn real(re: f64) -> Self {
        re
    }

    fn re(self) -> f64 {
        self
    }

    fn im(self) -> f64 {
        0.0
    }

    fn phase(self) -> Self {
        if self < 0.0 { -1.0 } else { 1.0 }
    }

    fn conj(self) -> Self {
        self
    }

    fn modulus(self) -> f64 {
        self.abs()
    }

    fn scaled(self, factor: f64) -> Self {
        self * factor
    }

    fn over(self, other: Self) -> Self {
        self / other
    }
}

impl Field for Complex64 {
    const TALL: (usize, usize) = (17, 9);

    fn real(re: f64) -> Self {
        Self::new(re, 0.0)
    }

    fn re(self) -> f64 {
        self.re
    }

    fn im(self) -> f64 {
        self.im
    }

    fn phase(self) -> Self {
        let modulus = self.modulus();
        Self::new(self.re / modulus, self.im / modulus)
    }

    fn conj(self) -> Self {
        Self::conj(&self)
    }

    fn modulus(self) -> f64 {
        self.re.hypot(self.im)
    }

    fn scaled(self, factor: f64) -> Self {
        self * factor
    }

    /// Divides both by the larger part of `other` first: its square may be too large or too small for a number.
    fn over(self, other: Self) -> Self {
        if other.re.abs() >= other.im.abs() {
            let ratio = other.im / other.re;
            let below = other.re + other.im * ratio;
            Self::new((self.re + self.im * ratio) / below, (self.im - self.re * ratio) / below)
        } else {
            let ratio = other.re / other.im;
            let below = other.re * ratio + other.im;
            Self::new((self.re * ratio + self.im) / below, (self.im * ratio - self.re) / below)
        }
    }
}

/// The length of a vector. Squares that overflow, or vanish, are taken of scaled elements.
pub(super) fn norm<T: Field>(vector: &[T]) -> f64 {
    let squares = |factor: f64| {
        let square = |x: &T| (x.re() * factor).powi(2) + (x.im() * factor).powi(2);
        vector.iter().map(square).sum::<f64>()
    };
    let sum = squares(1.0);
    if (1e-280..1e280).contains(&sum) || sum.is_nan() {
        return sum.sqrt();
    }
    let largest = vector.iter().map(|x| x.size()).fold(0.0, f64::max);
    if largest == 0.0 || largest.is_infinite() {
        return largest;
    }
    // By a power of two, whose reciprocal is a number too.
    let factor = if largest > 1.0 { 2.0_f64.powi(-600) } else { 2.0_f64.powi(600) };
    squares(factor).sqrt() / factor
}
