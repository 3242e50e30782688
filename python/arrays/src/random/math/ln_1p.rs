//! The natural logarithm of 1 + x: the algorithm of the FreeBSD library, with
//! the order of additions that glibc has.

/// The logarithm of 2 in two parts.
const LN_2: [f64; 2] = [6.931_471_803_691_238e-1, 1.908_214_929_270_587_7e-10];

/// The series in (f / (2 + f)) squared.
const SERIES: [f64; 7] = [
    6.666_666_666_666_735e-1,
    3.999_999_999_940_942e-1,
    2.857_142_874_366_239e-1,
    2.222_219_843_214_978_4e-1,
    1.818_357_216_161_805e-1,
    1.531_383_769_920_937_3e-1,
    1.479_819_860_511_658_6e-1,
];

/// The natural logarithm of 1 + x.
pub(crate) fn ln_1p(x: f64) -> f64 {
    if x.is_nan() || x <= -1.0 || x > 1.0 {
        // Not drawn.
        return pxfm::f_log1p(x);
    }
    let size = x.abs();
    if size < 1.862_645_149_230_957e-9 {
        return if size < 5.551_115_123_125_783e-17 { x } else { x - x * x * 0.5 };
    }
    // The bounds are those of the upper half of the bits.
    let high = (x.to_bits() >> 32) as u32;
    if (x > 0.0 && high < 0x3fda_827a) || (x < 0.0 && high <= 0xbfd2_bec3) {
        return reduced(x, 0.0, 0.0, false);
    }
    let sum = 1.0 + x;
    let mut exponent = (sum.to_bits() >> 52) as i32 - 1023;
    let lost = if exponent > 0 { 1.0 - (sum - x) } else { x - (sum - 1.0) } / sum;
    let fraction = sum.to_bits() & 0x000f_ffff_ffff_ffff;
    let top = (fraction >> 32) as u32;
    let (scaled, next_to_one) = if top < 0x6_a09e {
        (f64::from_bits(fraction | 0x3ff0_0000_0000_0000), top == 0)
    } else {
        exponent += 1;
        (f64::from_bits(fraction | 0x3fe0_0000_0000_0000), (0x10_0000 - top) >> 2 == 0)
    };
    reduced(scaled - 1.0, f64::from(exponent), lost, next_to_one)
}

/// The logarithm of 2^exponent (1 + f), of which something was lost.
fn reduced(f: f64, exponent: f64, lost: f64, next_to_one: bool) -> f64 {
    let half_square = 0.5 * f * f;
    let low = exponent.mul_add(LN_2[1], lost);
    if next_to_one {
        if f == 0.0 {
            return exponent.mul_add(LN_2[0], low);
        }
        let rest = half_square * f.mul_add(-0.666_666_666_666_666_6, 1.0);
        return exponent.mul_add(LN_2[0], -((rest - low) - f));
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let z2 = z * z;
    let z4 = z2 * z2;
    let pair = |at: usize| z.mul_add(SERIES[at + 1], SERIES[at]);
    let first = z.mul_add(SERIES[0], z2 * pair(1));
    let series = (z2 * z4).mul_add(pair(5), z4.mul_add(pair(3), first));
    let correction = s * (half_square + series);
    if exponent == 0.0 {
        return f - (half_square - correction);
    }
    exponent.mul_add(LN_2[0], -((half_square - (low + correction)) - f))
}
