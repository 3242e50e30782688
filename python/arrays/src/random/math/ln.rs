//! The natural logarithm.

use super::tables::{LN_INVERSE, LN_VALUE};
use super::{LN_2, Octave, certain_sum, exact_product, from_bits};

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
        return quickly_near(x - 1.0).unwrap_or_else(|| exactly_near(x - 1.0));
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
    quickly_far(octave(x)).unwrap_or_else(|| exactly_far(octave(x)))
}

/// A positive number in an octave from 11/16 on.
pub(super) fn octave(x: f64) -> Octave {
    let bits = if x < f64::MIN_POSITIVE {
        (x * 4_503_599_627_370_496.0).to_bits().wrapping_sub(52 << 52)
    } else {
        x.to_bits()
    };
    Octave::of(bits, 0x3fe6_0000_0000_0000)
}

/// As [`exactly_far`], where plain steps are enough.
pub(super) fn quickly_far(octave: Octave) -> Option<f64> {
    // The product is so near 1 that taking 1 off is exact.
    let (product, rest) = exact_product(octave.significand, INVERSE[octave.part]);
    let r = product - 1.0 + rest;
    let whole = octave.exponent * LN_2[0] + VALUE[octave.part];
    let high = whole + r;
    let low = octave.exponent * LN_2[1] + (whole - high + r);
    let square = r * r;
    let tail = square * (r * FAR[4] + FAR[3]) + (r * FAR[2] + FAR[1]);
    // All that is added here is less than 2^-16: roundings are less than 2^-67, of which this is four times as much.
    certain_sum(high, r * square * tail + (square * FAR[0] + low), 2.710_505_431_213_761e-20)
}

/// The logarithm of what is not near 1.
pub(super) fn exactly_far(octave: Octave) -> f64 {
    let r = octave.significand.mul_add(INVERSE[octave.part], -1.0);
    let whole = octave.exponent.mul_add(LN_2[0], VALUE[octave.part]);
    let high = whole + r;
    let low = octave.exponent.mul_add(LN_2[1], whole - high + r);
    let square = r * r;
    let tail = square.mul_add(r.mul_add(FAR[4], FAR[3]), r.mul_add(FAR[2], FAR[1]));
    (r * square).mul_add(tail, square.mul_add(FAR[0], low)) + high
}

/// As [`exactly_near`], where plain steps are enough.
pub(super) fn quickly_near(r: f64) -> Option<f64> {
    let square = r * r;
    let cube = r * square;
    let three = |at: usize| square * NEAR[at + 2] + (r * NEAR[at + 1] + NEAR[at]);
    let series = cube * (cube * (cube * NEAR[9] + three(6)) + three(3)) + three(0);
    let Halved { high, rest, product: (a, b) } = halved(r);
    // The series is about 1/3: its roundings, and those of its product, are less than the cube times 2^-51. Those of
    // the rest are less than r times 2^-75. Each is taken at least twice.
    let error = r.abs() * (square * 8.881_784_197_001_252e-16 + 8.470_329_472_543_003e-22);
    certain_sum(high, cube * series + (a * b + rest), error)
}

/// The logarithm of 1 + r for a small r.
pub(super) fn exactly_near(r: f64) -> f64 {
    let square = r * r;
    let cube = r * square;
    let three = |at: usize| square.mul_add(NEAR[at + 2], r.mul_add(NEAR[at + 1], NEAR[at]));
    let last = cube.mul_add(NEAR[9], three(6));
    let series = cube.mul_add(cube.mul_add(last, three(3)), three(0));
    let Halved { high, rest, product: (a, b) } = halved(r);
    cube.mul_add(series, a.mul_add(b, rest)) + high
}

/// r less half of its square, which is taken in two parts.
struct Halved {
    high: f64,
    rest: f64,
    /// What is to be added yet.
    product: (f64, f64),
}

fn halved(r: f64) -> Halved {
    let scaled = r * 134_217_728.0;
    let r_high = r + scaled - scaled;
    let r_low = r - r_high;
    let half_square = r_high * r_high * -0.5;
    let high = r + half_square;
    Halved { high, rest: r - high + half_square, product: (-0.5 * r_low, r_high + r) }
}
