//! Elements of one type as elements of another, as NumPy on x86-64 has them.

use num_complex::Complex64;

use super::flags::Flags;
use super::number::Number;
use crate::dtype::DType;

/// What becomes an element of another type.
pub trait Cast<U> {
    /// This one as one of the other type.
    fn cast_to(self) -> U;
}

macro_rules! cast {
    ($($from:ty: |$x:ident| $($to:ty = $value:expr),+;)+) => {$($(
        impl Cast<$to> for $from {
            #[inline]
            fn cast_to(self) -> $to {
                let $x = self;
                $value
            }
        }
    )+)+};
}

cast! {
    bool: |x| bool = x, u8 = u8::from(x), i32 = i32::from(x), i64 = i64::from(x),
        f32 = f32::from(u8::from(x)), f64 = f64::from(u8::from(x)), Complex64 = real(f64::from(u8::from(x)));
    u8: |x| bool = x != 0, u8 = x, i32 = i32::from(x), i64 = i64::from(x),
        f32 = f32::from(x), f64 = f64::from(x), Complex64 = real(f64::from(x));
    i32: |x| bool = x != 0, u8 = x as u8, i32 = x, i64 = i64::from(x),
        f32 = x as f32, f64 = f64::from(x), Complex64 = real(f64::from(x));
    i64: |x| bool = x != 0, u8 = x as u8, i32 = x as i32, i64 = x,
        f32 = x as f32, f64 = x as f64, Complex64 = real(x as f64);
    f32: |x| bool = x != 0.0, u8 = to_i32(f64::from(x)) as u8, i32 = to_i32(f64::from(x)), i64 = to_i64(f64::from(x)),
        f32 = x, f64 = f64::from(x), Complex64 = real(f64::from(x));
    f64: |x| bool = x != 0.0, u8 = to_i32(x) as u8, i32 = to_i32(x), i64 = to_i64(x),
        f32 = x as f32, f64 = x, Complex64 = real(x);
    Complex64: |x| bool = x.is_true(), u8 = to_i32(x.re) as u8, i32 = to_i32(x.re), i64 = to_i64(x.re),
        f32 = x.re as f32, f64 = x.re, Complex64 = x;
}

fn real(x: f64) -> Complex64 {
    Complex64::new(x, 0.0)
}

/// Towards zero; the least number for what does not fit.
fn to_i32(x: f64) -> i32 {
    if fits_i32(x) { x as i32 } else { i32::MIN }
}

/// Towards zero; the least number for what does not fit.
fn to_i64(x: f64) -> i64 {
    if fits_i64(x) { x as i64 } else { i64::MIN }
}

fn fits_i32(x: f64) -> bool {
    x > -2_147_483_649.0 && x < 2_147_483_648.0
}

fn fits_i64(x: f64) -> bool {
    (-9_223_372_036_854_775_808.0..9_223_372_036_854_775_808.0).contains(&x)
}

/// What a conversion is warned of, with the name `cast`.
#[must_use]
pub fn cast_flags<T: Number + Cast<f64>, U: Number>(xs: &[T], out: &[U]) -> Flags {
    let mut flags = Flags::default();
    if T::DTYPE.is_integer() {
        return flags;
    }
    match U::DTYPE {
        DType::U8 | DType::I32 => flags.invalid = !xs.iter().fold(true, |all, x| all & fits_i32(x.cast_to())),
        DType::I64 => flags.invalid = !xs.iter().fold(true, |all, x| all & fits_i64(x.cast_to())),
        DType::F32 => {
            flags.overflow = xs.iter().zip(out).fold(false, |any, (x, out)| {
                let x: f64 = x.cast_to();
                any | (out.is_infinite() & x.is_finite())
            });
        }
        _ => {}
    }
    flags
}

/// The same for a type that is told.
#[must_use]
pub(crate) fn cast_flags_to(xs: &[f64], to: DType) -> Flags {
    match to {
        DType::U8 => cast_flags::<_, u8>(xs, &[]),
        DType::I32 => cast_flags::<_, i32>(xs, &[]),
        DType::I64 => cast_flags::<_, i64>(xs, &[]),
        DType::F32 => xs.iter().fold(Flags::default(), |flags, x| flags | cast_flags(&[*x], &[*x as f32])),
        DType::Bool | DType::F64 | DType::C128 => Flags::default(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_not_fit_becomes_as_on_x86() {
        let bytes: [u8; _] = [f64::NAN, 1e19, 300.0, -1.0, 1e10, 256.5, -300.7].map(Cast::cast_to);
        assert_eq!(bytes, [0, 0, 44, 255, 0, 0, 212]);
        let whole: [i64; _] = [f64::NAN, 1e19, -1e19, -1.9].map(Cast::cast_to);
        assert_eq!(whole, [i64::MIN, i64::MIN, i64::MIN, -1]);
        let small: [i32; _] = [f32::NAN, 3e9, -2.5].map(Cast::cast_to);
        assert_eq!(small, [i32::MIN, i32::MIN, -2]);
        let truths: [bool; _] = [Complex64::new(f64::NAN, 0.0), Complex64::new(0.0, 0.0)].map(Cast::cast_to);
        assert_eq!(truths, [true, false]);
    }

    #[test]
    fn what_does_not_fit_is_warned_of() {
        assert!(cast_flags(&[1e10], &[0u8]).invalid);
        assert!(!cast_flags(&[300.0], &[44u8]).invalid);
        assert!(cast_flags(&[f64::NAN], &[i64::MIN]).invalid);
        assert!(cast_flags(&[1e300], &[f32::INFINITY]).overflow);
        assert!(cast_flags(&[f64::INFINITY], &[f32::INFINITY]).is_empty());
        assert!(cast_flags(&[i64::MIN], &[0u8]).is_empty());
    }
}
