//! The exponential.

use super::from_bits;
use super::fused::mul_add;
use super::tables::{EXP_SCALE, EXP_TAIL};

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
        return of_sum(x, 0.0);
    }
    // 1, overflowing, zero, or NaN: there rounding correctly is as good.
    pxfm::f_exp(x)
}

/// Whether [`of_sum`] can take it: not so small that the power is 1, not so large that it overflows.
pub(super) fn in_range(x: f64) -> bool {
    x.abs() >= 5.551_115_123_125_783e-17 && -1024.0 < x && x < 709.7
}

/// e to the power of a number and what it lacks.
pub(super) fn of_sum(x: f64, tail: f64) -> f64 {
    let shifted = mul_add(INVERSE_STEP, x, SHIFT);
    let steps = shifted - SHIFT;
    let index = shifted.to_bits();
    let r = mul_add(steps, STEP[1], mul_add(steps, STEP[0], x)) + tail;
    let part = index as usize % 128;
    let scale_bits = EXP_SCALE[part].wrapping_add(index << 45);
    let square = r * r;
    let first = mul_add(square, mul_add(r, SERIES[1], SERIES[0]), TAIL[part] + r);
    let rest = mul_add(square * square, mul_add(r, SERIES[3], SERIES[2]), first);
    if x <= -512.0 {
        near_zero(scale_bits, rest)
    } else {
        mul_add(f64::from_bits(scale_bits), rest, f64::from_bits(scale_bits))
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
