//! The natural logarithm.
//!
//! Its last step adds a small number to a large one, whose last bits decide.
//! So the small one is worked out plainly first, which changes it by less than
//! is known: only where that might matter is it worked out as glibc does it.

use super::fused::{exact_product, mul_add};
use super::tables::{LN_INVERSE, LN_VALUE};
use super::{LN_2, Octave, from_bits};

static INVERSE: [f64; 128] = from_bits(LN_INVERSE);
static VALUE: [f64; 128] = from_bits(LN_VALUE);

/// The logarithm of 1 + r near one of the table's points, from r squared on.
const FAR: [f64; 5] = from_bits([
    0xbfe0_0000_0000_0001,
    0x3fd5_5555_5551_305b,
    0xbfcf_ffff_ffeb_4590,
    0x3fc9_99b3_24f1_0111,
    0xbfc5_5575_e506_c89f,
]);

/// The logarithm of 1 + r near 1, from r cubed on.
const NEAR: [f64; 10] = from_bits([
    0x3fd5_5555_5555_5577,
    0xbfcf_ffff_ffff_fdcb,
    0x3fc9_9999_9995_dd0c,
    0xbfc5_5555_5567_45a7,
    0x3fc2_4924_a344_de30,
    0xbfbf_ffff_a442_3d65,
    0x3fbc_7184_282a_d6ca,
    0xbfb9_99eb_43b0_68ff,
    0x3fb7_8182_f7af_d085,
    0xbfb5_5213_75d1_45cd,
]);

/// The natural logarithm of x.
pub(crate) fn ln(x: f64) -> f64 {
    if (0.9375..1.064_697_265_625).contains(&x) {
        return near_one(x - 1.0);
    }
    if x.is_nan() || x < 0.0 {
        return f64::NAN;
    }
    if x == 0.0 {
        return f64::NEG_INFINITY;
    }
    if x == f64::INFINITY {
        return x;
    }
    let bits = if x < f64::MIN_POSITIVE {
        (x * 4_503_599_627_370_496.0).to_bits().wrapping_sub(52 << 52)
    } else {
        x.to_bits()
    };
    far_from_one(Octave::of(bits, 0x3fe6_0000_0000_0000))
}

/// The sum of `high` and a number that is within `error` of `low`, if it is the same for all of these.
fn certain_sum(high: f64, low: f64, error: f64) -> Option<f64> {
    let sum = high + (low + error);
    (sum == high + (low - error)).then_some(sum)
}

/// The logarithm of a number whose octave begins at 11/16.
fn far_from_one(octave: Octave) -> f64 {
    // The product is so near 1 that taking 1 off is exact.
    let (product, rest) = exact_product(octave.significand, INVERSE[octave.part]);
    let r = product - 1.0 + rest;
    let whole = octave.exponent * LN_2[0] + VALUE[octave.part];
    let high = whole + r;
    let high_rest = whole - high + r;
    let square = r * r;
    // All that is added up is less than 2^-16, and its roundings, here and there, are off by less than 2^-67.
    let low = octave.exponent * LN_2[1] + high_rest;
    let tail = square * (r * FAR[4] + FAR[3]) + (r * FAR[2] + FAR[1]);
    let plain = r * square * tail + (square * FAR[0] + low);
    certain_sum(high, plain, 2.710_505_431_213_761e-20).unwrap_or_else(|| {
        let low = mul_add(octave.exponent, LN_2[1], high_rest);
        let tail = mul_add(square, mul_add(r, FAR[4], FAR[3]), mul_add(r, FAR[2], FAR[1]));
        mul_add(r * square, tail, mul_add(square, FAR[0], low)) + high
    })
}

/// The logarithm of 1 + r for a small r, whose square is taken in two parts.
fn near_one(r: f64) -> f64 {
    let square = r * r;
    let cube = r * square;
    let scaled = r * 134_217_728.0;
    let r_high = r + scaled - scaled;
    let r_low = r - r_high;
    let half_square = r_high * r_high * -0.5;
    let high = r + half_square;
    let high_rest = r - high + half_square;
    // The series is about 1/3: the cube times its roundings, here and there, is less than the cube times 2^-51.
    // Those of the rest are less than r 2^-75.
    let three = |at: usize| square * NEAR[at + 2] + (r * NEAR[at + 1] + NEAR[at]);
    let series = cube * (cube * (cube * NEAR[9] + three(6)) + three(3)) + three(0);
    let plain = cube * series + (-0.5 * r_low * (r_high + r) + high_rest);
    let error = r.abs() * (square * 8.881_784_197_001_252e-16 + 8.470_329_472_543_003e-22);
    certain_sum(high, plain, error).unwrap_or_else(|| {
        let three = |at: usize| mul_add(square, NEAR[at + 2], mul_add(r, NEAR[at + 1], NEAR[at]));
        let last = mul_add(cube, NEAR[9], three(6));
        let series = mul_add(cube, mul_add(cube, last, three(3)), three(0));
        let low = mul_add(-0.5 * r_low, r_high + r, high_rest);
        mul_add(cube, series, low) + high
    })
}
