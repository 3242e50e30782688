//! Exponentials, logarithms, powers and the functions of angles of complex
//! numbers, with the C standard's values at zeros and infinities.

use num_complex::Complex64;

use super::complex::{divide, multiply, square};
use super::exact;
use super::number::Number;
use super::real::Real;

const NAN: Complex64 = Complex64::new(f64::NAN, f64::NAN);
const LN_2: f64 = std::f64::consts::LN_2;

/// `e^x (cos y + i sin y) scale`, also where only `e^x` overflows; `y` is finite.
fn cis(x: f64, y: f64, scale: f64) -> Complex64 {
    const STEP: f64 = 700.0;
    let (mut x, mut re, mut im) = (x, Real::cos(y) * scale, Real::sin(y) * scale);
    for _ in 0..2 {
        if x > STEP {
            let factor = Real::exp(STEP);
            (x, re, im) = (x - STEP, re * factor, im * factor);
        }
    }
    let factor = Real::exp(x);
    Complex64::new(re * factor, im * factor)
}

pub(super) fn exp(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        Complex64::new(Real::exp(x), y)
    } else if y.is_finite() {
        cis(x, y, 1.0)
    } else if x == f64::NEG_INFINITY {
        Complex64::new(0.0, 0.0f64.copysign(y))
    } else if x == f64::INFINITY {
        Complex64::new(x, f64::NAN)
    } else {
        NAN
    }
}

pub(super) fn exp2(z: Complex64) -> Complex64 {
    exp(z * LN_2)
}

/// exp(z) - 1, without loss near zero.
pub(super) fn expm1(z: Complex64) -> Complex64 {
    let half = Real::sin(z.im / 2.0);
    Complex64::new(Real::expm1(z.re) * Real::cos(z.im) - 2.0 * half * half, Real::exp(z.re) * Real::sin(z.im))
}

/// The logarithm of |z|, without loss near the unit circle.
fn log_size(z: Complex64) -> f64 {
    let size = exact::hypot(z.re, z.im);
    if (0.5..2.0).contains(&size) {
        Real::log1p(exact::beyond_unit_circle(z.re, z.im)) * 0.5
    } else if size < f64::MIN_POSITIVE && size > 0.0 {
        Real::log(exact::hypot(z.re * 2f64.powi(54), z.im * 2f64.powi(54))) - 54.0 * LN_2
    } else if size.is_infinite() && z.is_finite() {
        Real::log(exact::hypot(z.re * 0.5, z.im * 0.5)) + LN_2
    } else {
        Real::log(size)
    }
}

pub(super) fn log(z: Complex64) -> Complex64 {
    Complex64::new(log_size(z), Real::arctan2(z.im, z.re))
}

pub(super) fn log2(z: Complex64) -> Complex64 {
    log(z) * std::f64::consts::LOG2_E
}

pub(super) fn log10(z: Complex64) -> Complex64 {
    log(z) * std::f64::consts::LOG10_E
}

pub(super) fn log1p(z: Complex64) -> Complex64 {
    let size = exact::hypot(z.re + 1.0, z.im);
    Complex64::new(Real::log(size), Real::arctan2(z.im, z.re + 1.0))
}

pub(super) fn sqrt(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if y.is_infinite() {
        return Complex64::new(f64::INFINITY, y);
    }
    if x.is_nan() || (y.is_nan() && x.is_finite()) {
        return NAN;
    }
    if x == f64::INFINITY {
        return Complex64::new(x, if y.is_nan() { y } else { 0.0f64.copysign(y) });
    }
    if x == f64::NEG_INFINITY {
        return Complex64::new(if y.is_nan() { y } else { 0.0 }, f64::INFINITY.copysign(y));
    }
    if x == 0.0 && y == 0.0 {
        return Complex64::new(0.0, y);
    }
    // Their sum must neither overflow nor lose digits.
    let largest = x.abs().max(y.abs());
    if largest > 2f64.powi(1000) {
        return sqrt(z * 2f64.powi(-100)) * 2f64.powi(50);
    }
    if largest < 2f64.powi(-900) {
        return sqrt(z * 2f64.powi(200)) * 2f64.powi(-100);
    }
    let root = ((x.abs() + exact::hypot(x, y)) * 0.5).sqrt();
    let other = y.abs() / (2.0 * root);
    if x >= 0.0 { Complex64::new(root, other.copysign(y)) } else { Complex64::new(other, root.copysign(y)) }
}

/// a to the power b: by products where b is a small whole number.
pub(super) fn power(a: Complex64, b: Complex64) -> Complex64 {
    if !b.is_true() {
        return Complex64::new(1.0, 0.0);
    }
    if !a.is_true() {
        return if b.re > 0.0 { Complex64::new(0.0, 0.0) } else { NAN };
    }
    let whole = b.re as i64;
    if b.im == 0.0 && whole as f64 == b.re && whole.abs() < 100 {
        return whole_power(a, whole);
    }
    exp(multiply(b, log(a)))
}

fn whole_power(a: Complex64, exponent: i64) -> Complex64 {
    match exponent {
        1 => return a,
        2 => return multiply(a, a),
        3 => return multiply(a, multiply(a, a)),
        _ => {}
    }
    let mut left = exponent.unsigned_abs();
    let (mut base, mut product) = (a, Complex64::new(1.0, 0.0));
    loop {
        if left & 1 == 1 {
            product = multiply(product, base);
        }
        left >>= 1;
        if left == 0 {
            break;
        }
        base = square(base);
    }
    if exponent < 0 { divide(Complex64::new(1.0, 0.0), product) } else { product }
}

pub(super) fn sinh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return Complex64::new(Real::sinh(x), y);
    }
    if !y.is_finite() {
        return match x {
            0.0 => Complex64::new(x, f64::NAN),
            _ if x.is_infinite() => Complex64::new(f64::INFINITY, f64::NAN),
            _ => NAN,
        };
    }
    if x.abs() > 22.0 {
        let half = cis(x.abs(), y, 0.5);
        return Complex64::new(half.re * 1.0f64.copysign(x), half.im);
    }
    Complex64::new(Real::sinh(x) * Real::cos(y), Real::cosh(x) * Real::sin(y))
}

pub(super) fn cosh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if y == 0.0 {
        return Complex64::new(Real::cosh(x), if x.is_nan() { y } else { y * 1.0f64.copysign(x) });
    }
    if !y.is_finite() {
        return match x {
            0.0 => Complex64::new(f64::NAN, 0.0),
            _ if x.is_infinite() => Complex64::new(f64::INFINITY, f64::NAN),
            _ => NAN,
        };
    }
    if x.abs() > 22.0 {
        let half = cis(x.abs(), y, 0.5);
        return Complex64::new(half.re, half.im * 1.0f64.copysign(x));
    }
    Complex64::new(Real::cosh(x) * Real::cos(y), Real::sinh(x) * Real::sin(y))
}

/// By Kahan's formula, of the tangent of the one part and the hyperbolic sine of the other.
pub(super) fn tanh(z: Complex64) -> Complex64 {
    let (x, y) = (z.re, z.im);
    if x.is_infinite() {
        let zero = if y.is_finite() { Real::sin(y) * Real::cos(y) } else { y };
        return Complex64::new(1.0f64.copysign(x), 0.0f64.copysign(zero));
    }
    if y == 0.0 {
        return Complex64::new(Real::tanh(x), y);
    }
    if !y.is_finite() {
        return Complex64::new(if x == 0.0 { x } else { f64::NAN }, f64::NAN);
    }
    if x.abs() > 22.0 {
        let small = Real::exp(-x.abs());
        return Complex64::new(1.0f64.copysign(x), 4.0 * Real::sin(y) * Real::cos(y) * small * small);
    }
    let tangent = Real::tan(y);
    let secant = 1.0 + tangent * tangent;
    let sine = Real::sinh(x);
    let cosine = (1.0 + sine * sine).sqrt();
    let below = 1.0 + secant * sine * sine;
    Complex64::new(secant * cosine * sine / below, tangent / below)
}

/// The parts of a number, each in the other's place: what leads from hyperbolic functions to those of angles.
fn swapped(z: Complex64) -> Complex64 {
    Complex64::new(z.im, z.re)
}

pub(super) fn sin(z: Complex64) -> Complex64 {
    swapped(sinh(swapped(z)))
}

pub(super) fn cos(z: Complex64) -> Complex64 {
    cosh(Complex64::new(-z.im, z.re))
}

pub(super) fn tan(z: Complex64) -> Complex64 {
    swapped(tanh(swapped(z)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn near(z: Complex64, re: f64, im: f64) {
        let apart = (z - Complex64::new(re, im)).norm();
        assert!(apart <= 4.0 * f64::EPSILON * re.hypot(im), "{z} is not {re} + {im}i");
    }

    fn c(re: f64, im: f64) -> Complex64 {
        Complex64::new(re, im)
    }

    #[test]
    fn values_are_near_numpys() {
        near(exp(c(1.0, 2.0)), -1.1312043837568135, 2.4717266720048188);
        near(sin(c(1.0, 2.0)), 3.165778513216168, 1.9596010414216063);
        near(tanh(c(0.5, -0.25)), 0.4854872810241353, -0.19805544995134955);
        near(power(c(1.0, 2.0), c(-3.0, 0.0)), -0.08800000000000001, 0.016);
        near(power(c(1.0, 2.0), c(0.5, 0.0)), 1.272019649514069, 0.7861513777574233);
        near(power(c(1.0, 2.0), c(1.0, 1.0)), -0.24720004426291722, 0.6964504870825432);
    }

    #[test]
    fn nothing_is_lost_where_parts_cancel_or_overflow() {
        assert_eq!(log(c(1.0, 1e-9)), c(5e-19, 1e-9));
        assert_eq!(exp(c(710.0, 0.3)).re, f64::INFINITY);
        near(c(exp(c(710.0, 0.3)).im, 0.0), 6.601905949764597e307, 0.0);
        near(c(tanh(c(30.0, 1.0)).im, 0.0), 1.5924545408982667e-26, 0.0);
        near(sqrt(c(1e308, 1e308)), 1.09868411346781e154, 4.5508986056222734e153);
    }

    #[test]
    fn the_sides_of_branch_cuts_are_told_by_the_sign_of_zero() {
        assert_eq!((sqrt(c(-1.0, 0.0)), sqrt(c(-1.0, -0.0))), (c(0.0, 1.0), c(0.0, -1.0)));
        assert_eq!(log(c(-2.0, -0.0)), c(LN_2, -std::f64::consts::PI));
        assert_eq!(log(c(0.0, 0.0)), c(f64::NEG_INFINITY, 0.0));
    }

    #[test]
    fn powers_of_zero_are_numpys() {
        assert_eq!(power(c(0.0, 0.0), c(0.0, 0.0)), c(1.0, 0.0));
        assert_eq!(power(c(0.0, 0.0), c(2.0, 1.0)), c(0.0, 0.0));
        assert!(Number::is_nan(power(c(0.0, 0.0), c(-1.0, 0.0))));
    }
}
