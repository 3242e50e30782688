//! The power: the exponential of a logarithm with more bits.

use super::exp::{self, in_range};
use super::tables::{POW_INVERSE, POW_LN, POW_LN_TAIL};
use super::{LN_2, Octave, certain_sum, exact_product, from_bits};

static LN: [f64; 128] = from_bits(POW_LN);
static LN_TAIL: [f64; 128] = from_bits(POW_LN_TAIL);

/// The logarithm's series from the cube on, for powers of which every second factor is minus a half of r.
const SERIES: [f64; 6] = from_bits([
    0xbfe5_5555_5555_5560,
    0x3fe0_0000_0000_0006,
    0x3fe9_9999_9959_554e,
    0xbfe5_5555_5529_a47a,
    0xbff2_495b_9b48_45e9,
    0x3ff0_002b_8b26_3fc3,
]);

/// The number at which the octaves begin, as bits.
const BEGIN: u64 = 0x3fe6_9555_0000_0000;

/// By how much a logarithm of plain steps may be off: 2^-73.
const LN_ERROR: f64 = 1.058_791_184_067_875_4e-22;

/// x to the power of y, for an x that is not negative.
pub(crate) fn pow(x: f64, y: f64) -> f64 {
    if x.is_normal()
        && x > 0.0
        && y.is_normal()
        && let Some(power) = quickly(x, y).or_else(|| exactly(x, y))
    {
        return power;
    }
    // Zero, 1, overflowing, or NaN: there rounding correctly is as good.
    pxfm::f_pow(x, y)
}

/// As [`exactly`], where plain steps are enough.
pub(super) fn quickly(x: f64, y: f64) -> Option<f64> {
    // Others are so large or so small that halves of them have no exact product.
    if !(1e-30..1e30).contains(&y.abs()) {
        return None;
    }
    let octave = Octave::of(x.to_bits(), BEGIN);
    let (product, rest) = exact_product(octave.significand, inverse(&octave));
    let parts = Parts::of(&octave, product - 1.0 + rest);
    let (r, half_square) = (parts.r, parts.half_square);
    let (_, half_square_rest) = exact_product(parts.half, r);
    let lacking = parts.lacking(octave.exponent * LN_2[1] + LN_TAIL[octave.part], half_square_rest);
    let pair = |at: usize| r * SERIES[at + 1] + SERIES[at];
    let series = half_square * (half_square * pair(4) + pair(2)) + pair(0);
    let low = r * half_square * series + lacking;
    // The product is less than 2^-23, and its and the series' roundings less than 2^-74.
    let sum = certain_sum(parts.high, low, LN_ERROR)?;
    let (product, rest) = exact_product(y, sum);
    if !in_range(product) {
        return None;
    }
    exp::quickly(product, y * (parts.high - sum + low) + rest, y.abs() * LN_ERROR)
}

/// The power, if it is neither 1 nor overflows.
pub(super) fn exactly(x: f64, y: f64) -> Option<f64> {
    let (high, low) = long_ln(x.to_bits());
    let product = y * high;
    in_range(product).then(|| exp::exactly(product, y.mul_add(low, y.mul_add(high, -product))))
}

/// The logarithm of the number with these bits, and what it lacks.
fn long_ln(bits: u64) -> (f64, f64) {
    let octave = Octave::of(bits, BEGIN);
    let parts = Parts::of(&octave, octave.significand.mul_add(inverse(&octave), -1.0));
    let (r, half_square) = (parts.r, parts.half_square);
    let short = octave.exponent.mul_add(LN_2[1], LN_TAIL[octave.part]);
    let lacking = parts.lacking(short, parts.half.mul_add(r, -half_square));
    let pair = |at: usize| r.mul_add(SERIES[at + 1], SERIES[at]);
    let series = half_square.mul_add(half_square.mul_add(pair(4), pair(2)), pair(0));
    let low = (r * half_square).mul_add(series, lacking);
    let sum = parts.high + low;
    (sum, parts.high - sum + low)
}

/// The inverse of a point near the number.
fn inverse(octave: &Octave) -> f64 {
    f64::from(POW_INVERSE[octave.part]) / 256.0
}

/// The logarithm but for the series.
struct Parts {
    r: f64,
    whole: f64,
    first: f64,
    half: f64,
    half_square: f64,
    high: f64,
}

impl Parts {
    fn of(octave: &Octave, r: f64) -> Self {
        let whole = octave.exponent * LN_2[0] + LN[octave.part];
        let first = whole + r;
        let half = -0.5 * r;
        let half_square = r * half;
        Self { r, whole, first, half, half_square, high: first + half_square }
    }

    /// What `high` lacks, with the table's tail and what the half square lacks.
    fn lacking(&self, tail: f64, half_square_rest: f64) -> f64 {
        tail + (self.whole - self.first + self.r) + half_square_rest + (self.first - self.high + self.half_square)
    }
}
