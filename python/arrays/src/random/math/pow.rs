//! The power: the exponential of a logarithm with more bits.

use super::exp::{in_range, of_sum};
use super::fused::mul_add;
use super::tables::{POW_INVERSE, POW_LN, POW_LN_TAIL};
use super::{LN_2, Octave, from_bits};

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

/// x to the power of y, for an x that is not negative.
pub(crate) fn pow(x: f64, y: f64) -> f64 {
    if x.is_normal() && x > 0.0 && y.is_normal() {
        let (high, low) = long_ln(x.to_bits());
        let product = y * high;
        if in_range(product) {
            return of_sum(product, mul_add(y, low, mul_add(y, high, -product)));
        }
    }
    // Zero, 1, overflowing, or NaN: there rounding correctly is as good.
    pxfm::f_pow(x, y)
}

/// The logarithm of the number with these bits, and what it lacks.
fn long_ln(bits: u64) -> (f64, f64) {
    let Octave { exponent, part, significand } = Octave::of(bits, 0x3fe6_9555_0000_0000);
    let r = mul_add(significand, f64::from(POW_INVERSE[part]) / 256.0, -1.0);
    let whole = exponent * LN_2[0] + LN[part];
    let first = whole + r;
    let half = -0.5 * r;
    let half_square = r * half;
    let high = first + half_square;
    let lacking = mul_add(exponent, LN_2[1], LN_TAIL[part])
        + (whole - first + r)
        + mul_add(half, r, -half_square)
        + (first - high + half_square);
    let pair = |at: usize| mul_add(r, SERIES[at + 1], SERIES[at]);
    let series = mul_add(half_square, mul_add(half_square, pair(4), pair(2)), pair(0));
    let low = mul_add(r * half_square, series, lacking);
    let sum = high + low;
    (sum, high - sum + low)
}
