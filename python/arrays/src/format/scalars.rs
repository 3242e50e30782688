//! Scalars on their own: print options do not change them.

use super::decimal::Float;
use super::float::{Positional, Scientific, Trim, positional, scientific};
use crate::scalar::Scalar;

/// `repr` of a scalar, with its type: `np.float64(0.5)`.
#[must_use]
pub fn scalar_repr(scalar: Scalar) -> String {
    let text = scalar_str(scalar);
    match scalar {
        Scalar::Bool(_) => format!("np.{text}_"),
        // A complex number's own parentheses are enough.
        Scalar::C128(_) if text.starts_with('(') => format!("np.complex128{text}"),
        _ => format!("np.{}({text})", scalar.dtype().name()),
    }
}

/// `str` of a scalar.
#[must_use]
pub fn scalar_str(scalar: Scalar) -> String {
    match scalar {
        Scalar::Bool(value) => if value { "True" } else { "False" }.to_owned(),
        Scalar::U8(value) => value.to_string(),
        Scalar::I32(value) => value.to_string(),
        Scalar::I64(value) => value.to_string(),
        Scalar::F32(value) => text(value.into(), 1e6, Trim::AllButOne, false),
        Scalar::F64(value) => text(value.into(), 1e16, Trim::AllButOne, false),
        Scalar::C128(value) => {
            let part = |part: f64, sign| text(part.into(), 1e16, Trim::Point, sign);
            if value.re == 0.0 && value.re.is_sign_positive() {
                return format!("{}j", part(value.im, false));
            }
            let sign = if value.im.is_nan() { "+" } else { "" };
            format!("({}{sign}{}j)", part(value.re, false), part(value.im, true))
        }
    }
}

/// A float with the digits that name it, and an exponent from `limit` on.
fn text(float: Float, limit: f64, trim: Trim, sign: bool) -> String {
    let magnitude = float.value().abs();
    if magnitude == 0.0 || (1e-4..limit).contains(&magnitude) {
        positional(float, &Positional { trim, sign, ..Positional::default() })
    } else {
        scientific(float, &Scientific { trim: Trim::Point, sign, ..Scientific::default() })
    }
}

#[cfg(test)]
mod tests {
    use num_complex::Complex64;

    use super::*;

    #[test]
    fn scalars_name_their_types() {
        for (scalar, expected) in [
            (Scalar::Bool(true), "np.True_"),
            (Scalar::Bool(false), "np.False_"),
            (Scalar::U8(3), "np.uint8(3)"),
            (Scalar::I32(-4), "np.int32(-4)"),
            (Scalar::I64(i64::MIN), "np.int64(-9223372036854775808)"),
            (Scalar::F32(0.1), "np.float32(0.1)"),
            (Scalar::F64(0.5), "np.float64(0.5)"),
            (Scalar::C128(Complex64::new(1.0, 2.0)), "np.complex128(1+2j)"),
            (Scalar::C128(Complex64::new(0.0, 2.0)), "np.complex128(2j)"),
        ] {
            assert_eq!(scalar_repr(scalar), expected);
        }
    }

    #[test]
    fn large_and_small_floats_have_exponents() {
        for (value, expected) in [
            (9999999999999998.0, "9999999999999998.0"),
            (1e16, "1e+16"),
            (1e-4, "0.0001"),
            (9.9e-5, "9.9e-05"),
            (-0.0, "-0.0"),
            (f64::NEG_INFINITY, "-inf"),
            (5e-324, "5e-324"),
        ] {
            assert_eq!(scalar_str(Scalar::F64(value)), expected);
        }
        for (value, expected) in [(100_000.0, "100000.0"), (1e6, "1e+06"), (1e-4, "1e-04"), (123_456.7, "123456.7")] {
            assert_eq!(scalar_str(Scalar::F32(value)), expected);
        }
    }

    #[test]
    fn complex_numbers_are_in_parentheses_unless_imaginary() {
        for (re, im, expected) in [
            (0.0, -0.0, "-0j"),
            (-0.0, 1.0, "(-0+1j)"),
            (0.0, f64::NAN, "nanj"),
            (f64::NAN, f64::NAN, "(nan+nanj)"),
            (f64::NEG_INFINITY, f64::INFINITY, "(-inf+infj)"),
            (1e16, -9.9e-5, "(1e+16-9.9e-05j)"),
            (1000000000000000.0, 0.1, "(1000000000000000+0.1j)"),
        ] {
            assert_eq!(scalar_str(Scalar::C128(Complex64::new(re, im))), expected);
        }
    }
}
