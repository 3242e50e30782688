//! Arithmetic and order of complex numbers.

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
    match (z.re.is_infinite(), z.im.is_infinite()) {
        (true, false) => Complex64::new(1.0f64.copysign(z.re), 0.0),
        // Also where both are finite, and together too large.
        (false, _) if size.is_infinite() => Complex64::new(0.0, 1.0f64.copysign(z.im)),
        _ if size == 0.0 => Complex64::new(0.0, 0.0),
        _ => Complex64::new(z.re / size, z.im / size),
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

#[cfg(test)]
mod tests {
    use super::*;

    fn c(re: f64, im: f64) -> Complex64 {
        Complex64::new(re, im)
    }

    #[test]
    fn division_is_scaled() {
        assert_eq!(divide(c(1.0, 2.0), c(3.0, 4.0)), c(0.44, 0.08));
        assert_eq!(divide(c(1e300, 1e300), c(1e300, 1e300)), c(1.0, 0.0));
        let by_zero = divide(c(1.0, 0.0), c(0.0, 0.0));
        assert!(by_zero.re == f64::INFINITY && by_zero.im.is_nan());
    }

    #[test]
    fn signs_lie_on_the_unit_circle() {
        assert_eq!(sign(c(3.0, 4.0)), c(0.6, 0.8));
        assert_eq!(sign(c(0.0, f64::NEG_INFINITY)), c(0.0, -1.0));
        assert_eq!(sign(c(f64::INFINITY, 2.0)), c(1.0, 0.0));
    }

    #[test]
    fn order_is_by_real_parts_first() {
        assert_eq!(maximum(c(1.0, 5.0), c(2.0, 0.0)), c(2.0, 0.0));
        assert_eq!(minimum(c(1.0, 5.0), c(1.0, 6.0)), c(1.0, 5.0));
        assert!(Number::is_nan(maximum(c(1.0, 5.0), c(0.0, f64::NAN))));
        assert_eq!(fmax(c(1.0, 5.0), c(0.0, f64::NAN)), c(1.0, 5.0));
    }
}
