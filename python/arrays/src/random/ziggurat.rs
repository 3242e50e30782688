//! Normal and exponential numbers by the ziggurat: most fall into one of 255
//! layers under the density and cost one draw.

use super::bit_generator::BitGenerator;
use super::math::{exp, exp_f32, ln_1p, ln_1p_f32};
use super::ziggurat_tables as tables;

/// Where the normal's tail begins.
const NORMAL_TAIL: f64 = 3.654_152_885_361_009;
/// Its inverse.
const NORMAL_TAIL_INVERSE: f64 = 0.273_661_237_329_758_3;
/// Where the exponential's tail begins.
const EXPONENTIAL_TAIL: f64 = 7.697_117_470_131_05;

/// The layers under a density, the one with the tail first.
struct Layers<F, W> {
    /// Below which a drawn whole number is inside for sure.
    inside: [W; 256],
    /// A layer's width for each unit of the drawn number.
    width: [F; 256],
    /// The density at a layer's edge.
    density: [F; 256],
}

static NORMAL: Layers<f64, u64> = double(tables::NORMAL_INSIDE, tables::NORMAL_WIDTH, tables::NORMAL_DENSITY);
static EXPONENTIAL: Layers<f64, u64> =
    double(tables::EXPONENTIAL_INSIDE, tables::EXPONENTIAL_WIDTH, tables::EXPONENTIAL_DENSITY);
static NORMAL_SINGLE: Layers<f32, u32> = single(&NORMAL, 29);
static EXPONENTIAL_SINGLE: Layers<f32, u32> = {
    let mut layers = single(&EXPONENTIAL, 30);
    // Four of NumPy's numbers are not the rounded ones.
    layers.width[226] = 4.400_254_7e-7;
    layers.density[128] = 1.881_812e-1;
    layers.density[154] = 1.324_453_3e-1;
    layers.density[171] = 1.013_229_9e-1;
    layers
};

const fn double(inside: [u64; 256], width: [u64; 256], density: [u64; 256]) -> Layers<f64, u64> {
    let mut layers = Layers { inside, width: [0.0; 256], density: [0.0; 256] };
    let mut i = 0;
    while i < 256 {
        layers.width[i] = f64::from_bits(width[i]);
        layers.density[i] = f64::from_bits(density[i]);
        i += 1;
    }
    layers
}

/// The same layers for drawn numbers that are `shift` bits shorter.
const fn single(layers: &Layers<f64, u64>, shift: u32) -> Layers<f32, u32> {
    let mut short = Layers { inside: [0; 256], width: [0.0; 256], density: [0.0; 256] };
    let mut i = 0;
    while i < 256 {
        short.inside[i] = ((layers.inside[i] + (1 << (shift - 1))) >> shift) as u32;
        short.width[i] = (layers.width[i] * (1_u64 << shift) as f64) as f32;
        short.density[i] = layers.density[i] as f32;
        i += 1;
    }
    short
}

/// A normal number.
pub(super) fn normal<B: BitGenerator>(bits: &mut B) -> f64 {
    loop {
        let word = bits.next_u64();
        let layer = (word & 0xff) as usize;
        let whole = (word >> 9) & 0x000f_ffff_ffff_ffff;
        let size = whole as f64 * NORMAL.width[layer];
        let x = if word >> 8 & 1 == 1 { -size } else { size };
        if whole < NORMAL.inside[layer] {
            return x;
        }
        if layer == 0 {
            let size = normal_tail(bits);
            return if whole >> 8 & 1 == 1 { -size } else { size };
        }
        let (top, bottom) = (NORMAL.density[layer - 1], NORMAL.density[layer]);
        if (top - bottom) * bits.next_f64() + bottom < exp(-0.5 * x * x) {
            return x;
        }
    }
}

/// The size of a normal number of the tail.
fn normal_tail<B: BitGenerator>(bits: &mut B) -> f64 {
    loop {
        let beyond = -NORMAL_TAIL_INVERSE * ln_1p(-bits.next_f64());
        let height = -ln_1p(-bits.next_f64());
        if height + height > beyond * beyond {
            return NORMAL_TAIL + beyond;
        }
    }
}

/// A normal number in single precision.
pub(super) fn normal_f32<B: BitGenerator>(bits: &mut B) -> f32 {
    loop {
        let word = bits.next_u32();
        let layer = (word & 0xff) as usize;
        let whole = word >> 9;
        let size = whole as f32 * NORMAL_SINGLE.width[layer];
        let x = if word >> 8 & 1 == 1 { -size } else { size };
        if whole < NORMAL_SINGLE.inside[layer] {
            return x;
        }
        if layer == 0 {
            let size = normal_tail_f32(bits);
            return if whole >> 8 & 1 == 1 { -size } else { size };
        }
        let (top, bottom) = (NORMAL_SINGLE.density[layer - 1], NORMAL_SINGLE.density[layer]);
        let height = (top - bottom) * bits.next_f32() + bottom;
        // NumPy takes the density in double precision here.
        if f64::from(height) < exp(-0.5 * f64::from(x) * f64::from(x)) {
            return x;
        }
    }
}

fn normal_tail_f32<B: BitGenerator>(bits: &mut B) -> f32 {
    loop {
        let beyond = -(NORMAL_TAIL_INVERSE as f32) * ln_1p_f32(-bits.next_f32());
        let height = -ln_1p_f32(-bits.next_f32());
        if height + height > beyond * beyond {
            return NORMAL_TAIL as f32 + beyond;
        }
    }
}

/// An exponential number.
pub(super) fn exponential<B: BitGenerator>(bits: &mut B) -> f64 {
    loop {
        let word = bits.next_u64() >> 3;
        let layer = (word & 0xff) as usize;
        let whole = word >> 8;
        let x = whole as f64 * EXPONENTIAL.width[layer];
        if whole < EXPONENTIAL.inside[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_TAIL - ln_1p(-bits.next_f64());
        }
        let (top, bottom) = (EXPONENTIAL.density[layer - 1], EXPONENTIAL.density[layer]);
        if (top - bottom) * bits.next_f64() + bottom < exp(-x) {
            return x;
        }
    }
}

/// An exponential number in single precision.
pub(super) fn exponential_f32<B: BitGenerator>(bits: &mut B) -> f32 {
    loop {
        let word = bits.next_u32() >> 1;
        let layer = (word & 0xff) as usize;
        let whole = word >> 8;
        let x = whole as f32 * EXPONENTIAL_SINGLE.width[layer];
        if whole < EXPONENTIAL_SINGLE.inside[layer] {
            return x;
        }
        if layer == 0 {
            return EXPONENTIAL_TAIL as f32 - ln_1p_f32(-bits.next_f32());
        }
        let (top, bottom) = (EXPONENTIAL_SINGLE.density[layer - 1], EXPONENTIAL_SINGLE.density[layer]);
        if (top - bottom) * bits.next_f32() + bottom < exp_f32(-x) {
            return x;
        }
    }
}
