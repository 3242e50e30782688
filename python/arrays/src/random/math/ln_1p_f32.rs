//! The natural logarithm of 1 + x in single precision: as `ln_1p.rs`, with a
//! plain series and no multiplication that adds.

/// The logarithm of 2 in two parts.
const LN_2: [f32; 2] = [0.693_138_1, 9.058_001e-6];

/// The series in (f / (2 + f)) squared.
const SERIES: [f32; 7] = [0.666_666_7, 0.4, 0.285_714_3, 0.222_221_99, 0.181_835_73, 0.153_138_38, 0.147_981_99];

/// The natural logarithm of 1 + x.
pub(crate) fn ln_1p_f32(x: f32) -> f32 {
    if x.is_nan() || x <= -1.0 || x > 1.0 {
        // Not drawn.
        return pxfm::f_log1pf(x);
    }
    let size = x.abs();
    if size < 1.862_645_1e-9 {
        return if size < 5.551_115e-17 { x } else { x - x * x * 0.5 };
    }
    let bits = x.to_bits();
    if (x > 0.0 && bits < 0x3ed4_13d7) || (x < 0.0 && bits <= 0xbe95_f61f) {
        return reduced(x, 0.0, 0.0, false);
    }
    let sum = 1.0 + x;
    let mut exponent = (sum.to_bits() >> 23) as i32 - 127;
    let lost = if exponent > 0 { 1.0 - (sum - x) } else { x - (sum - 1.0) } / sum;
    let fraction = sum.to_bits() & 0x007f_ffff;
    let (scaled, next_to_one) = if fraction < 0x35_04f7 {
        (f32::from_bits(fraction | 0x3f80_0000), fraction == 0)
    } else {
        exponent += 1;
        (f32::from_bits(fraction | 0x3f00_0000), (0x80_0000 - fraction) >> 2 == 0)
    };
    reduced(scaled - 1.0, exponent as f32, lost, next_to_one)
}

/// The logarithm of 2^exponent (1 + f), of which something was lost.
fn reduced(f: f32, exponent: f32, lost: f32, next_to_one: bool) -> f32 {
    let half_square = 0.5 * f * f;
    let low = exponent * LN_2[1] + lost;
    if next_to_one {
        if f == 0.0 {
            return exponent * LN_2[0] + low;
        }
        let rest = half_square * (1.0 - 0.666_666_7 * f);
        return if exponent == 0.0 { f - rest } else { exponent * LN_2[0] - ((rest - low) - f) };
    }
    let s = f / (2.0 + f);
    let z = s * s;
    let series = z * SERIES.iter().rev().skip(1).fold(SERIES[6], |sum, term| sum * z + term);
    let correction = s * (half_square + series);
    if exponent == 0.0 {
        return f - (half_square - correction);
    }
    exponent * LN_2[0] - ((half_square - (low + correction)) - f)
}
