//! The natural logarithm.

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
    let octave = Octave::of(bits, 0x3fe6_0000_0000_0000);
    let r = octave.significand.mul_add(INVERSE[octave.part], -1.0);
    let whole = octave.exponent.mul_add(LN_2[0], VALUE[octave.part]);
    let high = whole + r;
    let low = octave.exponent.mul_add(LN_2[1], whole - high + r);
    let square = r * r;
    let tail = square.mul_add(r.mul_add(FAR[4], FAR[3]), r.mul_add(FAR[2], FAR[1]));
    (r * square).mul_add(tail, square.mul_add(FAR[0], low)) + high
}

/// The logarithm of 1 + r for a small r, whose square is taken in two parts.
fn near_one(r: f64) -> f64 {
    let square = r * r;
    let cube = r * square;
    let three = |at: usize| square.mul_add(NEAR[at + 2], r.mul_add(NEAR[at + 1], NEAR[at]));
    let last = cube.mul_add(NEAR[9], three(6));
    let series = cube.mul_add(cube.mul_add(last, three(3)), three(0));
    let scaled = r * 134_217_728.0;
    let r_high = r + scaled - scaled;
    let r_low = r - r_high;
    let half_square = r_high * r_high * -0.5;
    let high = r + half_square;
    let low = (-0.5 * r_low).mul_add(r_high + r, r - high + half_square);
    cube.mul_add(series, low) + high
}
