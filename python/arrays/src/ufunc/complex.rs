//! Functions of complex numbers.

use num_complex::Complex64;

use super::number::Number;
use super::real::Real;

/// The product, part by part.
pub(super) fn multiply(a: Complex64, b: Complex64) -> Complex64 {
    Complex64::new(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re)
}

/// The quotient, by Smith's method: scaled by the divisor's larger part.
pub(super) fn divide(a: Complex64, b: Complex64) -> Complex64 {
    let (re, im) = (b.re.abs(), b.im.abs());
    if re >= im {
        if re == 0.0 && im == 0.0 {
            return Complex64::new(a.re / re, a.im / re);
        }
        let ratio = b.im / b.re;
        let scale = 1.0 / (b.re + b.im * ratio);
        Complex64::new((a.re + a.im * ratio) * scale, (a.im - a.re * ratio) * scale)
    } else {
        let ratio = b.re / b.im;
        let scale = 1.0 / (b.im + b.re * ratio);
        Complex64::new((a.re * ratio + a.im) * scale, (a.im * ratio - a.re) * scale)
    }
}

pub(super) fn square(z: Complex64) -> Complex64 {
    Complex64::new(z.re * z.re - z.im * z.im, z.re * z.im + z.im * z.re)
}

/// 1/z, by Smith's method.
pub(super) fn reciprocal(z: Complex64) -> Complex64 {
    if z.im.abs() <= z.re.abs() {
        let ratio = z.im / z.re;
        let scale = z.re + z.im * ratio;
        Complex64::new(1.0 / scale, -ratio / scale)
    } else {
        let ratio = z.re / z.im;
        let scale = z.re * ratio + z.im;
        Complex64::new(ratio / scale, -1.0 / scale)
    }
}

pub(super) fn absolute(z: Complex64) -> f64 {
    Real::hypot(z.re, z.im)
}

/// z/|z|; zero stays.
pub(super) fn sign(z: Complex64) -> Complex64 {
    let size = absolute(z);
    if z.is_nan() {
        Complex64::new(f64::NAN, f64::NAN)
    } else if size.is_infinite() {
        match (z.re.is_infinite(), z.im.is_infinite()) {
            (true, true) => Complex64::new(f64::NAN, f64::NAN),
            (true, false) => Complex64::new(1.0f64.copysign(z.re), 0.0),
            (false, true) => Complex64::new(0.0, 1.0f64.copysign(z.im)),
            // Both are finite, and together too large.
            (false, false) => sign(z * 0.5),
        }
    } else if size == 0.0 {
        Complex64::new(0.0, 0.0)
    } else {
        Complex64::new(z.re / size, z.im / size)
    }
}

pub(super) fn rint(z: Complex64) -> Complex64 {
    Complex64::new(Real::rint(z.re), Real::rint(z.im))
}

/// The greater one; what has a part that is not a number is passed on.
pub(super) fn maximum(a: Complex64, b: Complex64) -> Complex64 {
    if Number::is_nan(a) || b.is_less_or_equal(a) { a } else { b }
}

/// The smaller one; what has a part that is not a number is passed on.
pub(super) fn minimum(a: Complex64, b: Complex64) -> Complex64 {
    if Number::is_nan(a) || a.is_less_or_equal(b) { a } else { b }
}

/// The greater one; what has a part that is not a number gives way.
pub(super) fn fmax(a: Complex64, b: Complex64) -> Complex64 {
    if Number::is_nan(b) || b.is_less_or_equal(a) { a } else { b }
}

/// The smaller one; what has a part that is not a number gives way.
pub(super) fn fmin(a: Complex64, b: Complex64) -> Complex64 {
    if Number::is_nan(b) || a.is_less_or_equal(b) { a } else { b }
}

pub(super) fn exp(z: Complex64) -> Complex64 {
    z.exp()
}
pub(super) fn exp2(z: Complex64) -> Complex64 {
    exp(z * std::f64::consts::LN_2)
}
/// exp(z) - 1, without loss near zero.
pub(super) fn expm1(z: Complex64) -> Complex64 {
    let half = Real::sin(z.im / 2.0);
    Complex64::new(Real::expm1(z.re) * Real::cos(z.im) - 2.0 * half * half, Real::exp(z.re) * Real::sin(z.im))
}
pub(super) fn log(z: Complex64) -> Complex64 {
    z.ln()
}
pub(super) fn log2(z: Complex64) -> Complex64 {
    log(z) * std::f64::consts::LOG2_E
}
pub(super) fn log10(z: Complex64) -> Complex64 {
    log(z) * std::f64::consts::LOG10_E
}
pub(super) fn log1p(z: Complex64) -> Complex64 {
    let size = Real::hypot(z.re + 1.0, z.im);
    Complex64::new(Real::log(size), Real::arctan2(z.im, z.re + 1.0))
}
pub(super) fn sqrt(z: Complex64) -> Complex64 {
    z.sqrt()
}
pub(super) fn sin(z: Complex64) -> Complex64 {
    z.sin()
}
pub(super) fn cos(z: Complex64) -> Complex64 {
    z.cos()
}
pub(super) fn tan(z: Complex64) -> Complex64 {
    z.tan()
}
pub(super) fn arcsin(z: Complex64) -> Complex64 {
    z.asin()
}
pub(super) fn arccos(z: Complex64) -> Complex64 {
    z.acos()
}
pub(super) fn arctan(z: Complex64) -> Complex64 {
    z.atan()
}
pub(super) fn sinh(z: Complex64) -> Complex64 {
    z.sinh()
}
pub(super) fn cosh(z: Complex64) -> Complex64 {
    z.cosh()
}
pub(super) fn tanh(z: Complex64) -> Complex64 {
    z.tanh()
}
pub(super) fn arcsinh(z: Complex64) -> Complex64 {
    z.asinh()
}
pub(super) fn arccosh(z: Complex64) -> Complex64 {
    z.acosh()
}
pub(super) fn arctanh(z: Complex64) -> Complex64 {
    z.atanh()
}
/// a to the power b.
pub(super) fn power(a: Complex64, b: Complex64) -> Complex64 {
    if !b.is_true() {
        return Complex64::new(1.0, 0.0);
    }
    exp(multiply(b, log(a)))
}
