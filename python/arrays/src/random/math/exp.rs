//! The exponential.

use super::tables::{EXP_SCALE, EXP_TAIL};
use super::{certain_sum, from_bits};

static TAIL: [f64; 128] = from_bits(EXP_TAIL);

/// The exponential's series from the square on.
const SERIES: [f64; 4] =
    from_bits([0x3fdf_ffff_ffff_fdbd, 0x3fc5_5555_5555_543c, 0x3fa5_5555_cf17_2b91, 0x3f81_1111_67a4_d017]);

/// 128 over the logarithm of 2.
const INVERSE_STEP: f64 = f64::from_bits(0x4067_1547_652b_82fe);
/// The logarithm of 2 over 128, negated, in two parts.
const STEP: [f64; 2] = [f64::from_bits(0xbf76_2e42_fefa_0000), f64::from_bits(0xbd0c_f79a_bc9e_3b3a)];
/// What takes a number's fraction away when it is added.
const SHIFT: f64 = 6_755_399_441_055_744.0;

/// e to the power of x.
pub(crate) fn exp(x: f64) -> f64 {
    if in_range(x) {
        return quickly(x, 0.0, 0.0).unwrap_or_else(|| exactly(x, 0.0));
    }
    // 1, overflowing, zero, or NaN: there rounding correctly is as good.
    pxfm::f_exp(x)
}

/// Whether [`exactly`] can take it: not so small that the power is 1, not so large that it overflows.
pub(super) fn in_range(x: f64) -> bool {
    x.abs() >= 5.551_115_123_125_783e-17 && -1024.0 < x && x < 709.7
}

/// As [`exactly`], where plain steps are enough; the tail may be off by `doubt`.
pub(super) fn quickly(x: f64, tail: f64, doubt: f64) -> Option<f64> {
    let ratio = INVERSE_STEP * x;
    let shifted = ratio + SHIFT;
    let steps = shifted - SHIFT;
    // Nearer to the middle of two steps rounding decides which one is taken.
    if x <= -512.0 || (ratio - steps).abs() > 0.499_999_999 {
        return None;
    }
    let index = shifted.to_bits();
    // Of at most 17 bits, times 36 of the step's first part: that is exact.
    let r = steps * STEP[1] + (steps * STEP[0] + x) + tail;
    let part = index as usize % 128;
    let scale = f64::from_bits(EXP_SCALE[part].wrapping_add(index << 45));
    let square = r * r;
    let first = square * (r * SERIES[1] + SERIES[0]) + (TAIL[part] + r);
    let rest = square * square * (r * SERIES[3] + SERIES[2]) + first;
    // Five sums of less than 2^-8, each rounded here and there, and three roundings more: that is less than 2^-58.
    certain_sum(scale, scale * rest, scale * (3.469_446_951_953_614e-18 + 2.0 * doubt))
}

/// e to the power of a number and what it lacks.
pub(super) fn exactly(x: f64, tail: f64) -> f64 {
    let shifted = INVERSE_STEP.mul_add(x, SHIFT);
    let steps = shifted - SHIFT;
    let index = shifted.to_bits();
    let r = steps.mul_add(STEP[1], steps.mul_add(STEP[0], x)) + tail;
    let part = index as usize % 128;
    let scale_bits = EXP_SCALE[part].wrapping_add(index << 45);
    let square = r * r;
    let first = square.mul_add(r.mul_add(SERIES[1], SERIES[0]), TAIL[part] + r);
    let rest = (square * square).mul_add(r.mul_add(SERIES[3], SERIES[2]), first);
    if x <= -512.0 {
        near_zero(scale_bits, rest)
    } else {
        f64::from_bits(scale_bits).mul_add(rest, f64::from_bits(scale_bits))
    }
}

/// The scale and its part, rounded only once where that is a subnormal number.
fn near_zero(scale_bits: u64, rest: f64) -> f64 {
    let scale = f64::from_bits(scale_bits.wrapping_add(1022 << 52));
    let product = scale * rest;
    let sum = scale + product;
    let enlarged = if sum < 1.0 {
        let low = scale - sum + product;
        let high = 1.0 + sum;
        high + (1.0 - high + sum + low) - 1.0
    } else {
        sum
    };
    enlarged * f64::MIN_POSITIVE
}
