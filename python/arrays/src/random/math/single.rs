//! The logarithm, the exponential and the power in single precision, by way of double.

use super::from_bits;
use super::tables::{EXP_SCALE, SHORT_INVERSE, SHORT_LN, SHORT_LOG2};

static INVERSE: [f64; 16] = from_bits(SHORT_INVERSE);
static LN: [f64; 16] = from_bits(SHORT_LN);
static LOG2: [f64; 16] = from_bits(SHORT_LOG2);

/// The logarithm's series from the square on, the last term first.
const LN_SERIES: [f64; 3] = from_bits([0xbfd0_0ea3_48b8_8334, 0x3fd5_575b_0be0_0b6a, 0xbfdf_fffe_f20a_4123]);

/// The series of the logarithm to the base 2, the last term first.
const LOG2_SERIES: [f64; 5] = from_bits([
    0x3fd2_7616_c949_6e0b,
    0xbfd7_1969_a075_c67a,
    0x3fde_c70a_6ca7_badd,
    0xbfe7_1547_48be_f6c8,
    0x3ff7_1547_652a_b82b,
]);

/// The series of the power of 2, the last term first.
const EXP2_SERIES: [f64; 3] = from_bits([0x3fac_6af8_4b91_2394, 0x3fce_bfce_50fa_c4f3, 0x3fe6_2e42_ff0c_52d6]);

/// What leaves a number in 32nds when it is added.
const SHIFT: f64 = 211_106_232_532_992.0;

/// A positive number as a power of 2 times one of an octave: the exponent, which 16th it is, and what that lacks.
fn reduced(x: f32) -> (f64, usize, f64) {
    let bits = x.to_bits();
    let above = bits.wrapping_sub(0x3f33_0000);
    let part = (above >> 19) as usize % 16;
    let significand = f64::from(f32::from_bits(bits.wrapping_sub(above & 0xff80_0000)));
    (f64::from(above as i32 >> 23), part, significand.mul_add(INVERSE[part], -1.0))
}

/// The natural logarithm of x.
pub(crate) fn ln_f32(x: f32) -> f32 {
    if !x.is_normal() || x < 0.0 {
        return pxfm::f_logf(x);
    }
    let (exponent, part, r) = reduced(x);
    let whole = exponent.mul_add(std::f64::consts::LN_2, LN[part]);
    let square = r * r;
    let series = LN_SERIES[0].mul_add(square, LN_SERIES[1].mul_add(r, LN_SERIES[2]));
    series.mul_add(square, whole + r) as f32
}

/// x to the power of y, for an x that is not negative.
pub(crate) fn pow_f32(x: f32, y: f32) -> f32 {
    if !x.is_normal() || x < 0.0 || !y.is_normal() {
        return pxfm::f_powf(x, y);
    }
    let product = f64::from(y) * log2(x);
    if product <= -150.0 {
        return 0.0;
    }
    if product >= 128.0 {
        return f32::INFINITY;
    }
    exp2_of_product(product, 1.0)
}

/// e to the power of x.
pub(crate) fn exp_f32(x: f32) -> f32 {
    if x.abs() < 87.0 {
        return exp2_of_product(f64::from(x), std::f64::consts::LOG2_E);
    }
    pxfm::f_expf(x)
}

/// The logarithm of x to the base 2.
fn log2(x: f32) -> f64 {
    let (exponent, part, r) = reduced(x);
    let [fifth, fourth, third, second, first] = LOG2_SERIES;
    let square = r * r;
    let low = third.mul_add(r, second).mul_add(square, first.mul_add(r, LOG2[part] + exponent));
    fifth.mul_add(r, fourth).mul_add(square * square, low)
}

/// 2 to the power of a product that is not rounded.
fn exp2_of_product(x: f64, factor: f64) -> f32 {
    let shifted = x.mul_add(factor, SHIFT);
    let index = shifted.to_bits();
    let r = x.mul_add(factor, -(shifted - SHIFT));
    // Every fourth of the 128ths is a 32nd.
    let scale = f64::from_bits(EXP_SCALE[4 * (index as usize % 32)].wrapping_add(index << 47));
    let [third, second, first] = EXP2_SERIES;
    (third.mul_add(r, second).mul_add(r * r, first.mul_add(r, 1.0)) * scale) as f32
}
