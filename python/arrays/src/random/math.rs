//! The functions of numbers that the streams are made with.
//!
//! NumPy takes them from the C library, so a stream is the same to the last bit
//! only with that library's rounding. These are glibc's, as it rounds on
//! processors that multiply and add in one step (nearly all of the last ten
//! years), and they are so on every machine and in the browser. They were
//! compared with version 2.36.

mod exp;
mod fused;
mod ln;
mod ln_1p;
mod ln_1p_f32;
mod pow;
mod single;
mod tables;

pub(super) use exp::exp;
pub(super) use ln::ln;
pub(super) use ln_1p::ln_1p;
pub(super) use ln_1p_f32::ln_1p_f32;
pub(super) use pow::pow;
pub(super) use single::{exp_f32, ln_f32, pow_f32};

/// The logarithm of 2 in two parts, of which the first times an exponent is exact.
const LN_2: [f64; 2] = [f64::from_bits(0x3fe6_2e42_fefa_3800), f64::from_bits(0x3d2e_f357_93c7_6730)];

/// Numbers given as bits.
const fn from_bits<const N: usize>(bits: [u64; N]) -> [f64; N] {
    let mut numbers = [0.0; N];
    let mut i = 0;
    while i < N {
        numbers[i] = f64::from_bits(bits[i]);
        i += 1;
    }
    numbers
}

/// A positive number as a power of 2 times one of an octave, and in which 128th of the octave that is.
struct Octave {
    exponent: f64,
    part: usize,
    significand: f64,
}

impl Octave {
    /// With the octave that begins at the number with these bits.
    fn of(bits: u64, begin: u64) -> Self {
        let above = bits.wrapping_sub(begin);
        Self {
            exponent: (above as i64 >> 52) as f64,
            part: (above >> 45) as usize % 128,
            significand: f64::from_bits(bits.wrapping_sub(above & (0xfff << 52))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Where rounding correctly would give another last bit than glibc's.
    #[test]
    fn last_bits_are_glibcs() {
        assert_eq!(ln(0.5889522591209368), -0.5294101527396595);
        assert_eq!(ln(0.8976349400782451), -0.10799181885917977);
        assert_eq!(ln(1.029950506343988), 0.029510748993790043);
        assert_eq!(exp(-2.9468211834627143), 0.05250634899476814);
        assert_eq!(exp(-598.6604326455459), 1.0117601460135261e-260);
        assert_eq!(ln_1p(-0.544169873348007), -0.7856350681459632);
        assert_eq!(pow(0.4279812618729405, 3.5), 0.05128456098277628);
        assert_eq!(pow(0.08167465506879978, 3.5), 0.00015570608372316564);
        assert_eq!(ln_1p_f32(-0.29802382), -0.3538558);
        assert_eq!(exp_f32(-1.4902344), 0.22531985);
        assert_eq!(ln_f32(0.29805207), -1.210487);
        assert_eq!(pow_f32(0.29806232, 3.5), 0.014456888);
    }

    #[test]
    fn ends_are_ieees() {
        assert_eq!(ln(0.0), f64::NEG_INFINITY);
        assert_eq!(ln(f64::INFINITY), f64::INFINITY);
        assert!(ln(-1.0).is_nan() && ln(f64::NAN).is_nan());
        assert_eq!(ln(5e-324), -744.4400719213812);
        assert_eq!(ln(1.0).to_bits(), 0);
        assert_eq!(exp(0.0), 1.0);
        assert_eq!([exp(-740.0), exp(-1e9), exp(1e9)], [4.2e-322, 0.0, f64::INFINITY]);
        assert_eq!(ln_1p(-0.0).to_bits(), (-0.0_f64).to_bits());
        assert_eq!(ln_1p(1e-300), 1e-300);
        assert_eq!([pow(0.0, 2.0), pow(0.5, f64::INFINITY), pow(1.0, 3.0), pow(0.5, 1e300)], [0.0, 0.0, 1.0, 0.0]);
    }
}
