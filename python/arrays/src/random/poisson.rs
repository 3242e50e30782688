//! Poisson numbers: products of uniform ones while the mean is small, Hörmann's
//! transformed rejection (1993) from a mean of 10 on.

use super::bit_generator::BitGenerator;
use super::math::{exp, ln};

/// A Poisson distribution.
pub(super) enum Poisson {
    Zero,
    /// With e to the power of minus the mean.
    Small(f64),
    Large(Transformed),
}

impl Poisson {
    pub(super) fn new(mean: f64) -> Self {
        if mean >= 10.0 {
            Self::Large(Transformed::new(mean))
        } else if mean == 0.0 {
            Self::Zero
        } else {
            Self::Small(exp(-mean))
        }
    }

    pub(super) fn sample<B: BitGenerator>(&self, bits: &mut B) -> i64 {
        match self {
            Self::Zero => 0,
            Self::Small(least) => {
                let mut product = bits.next_f64();
                let mut count = 0;
                while product > *least {
                    product *= bits.next_f64();
                    count += 1;
                }
                count
            }
            Self::Large(transformed) => transformed.sample(bits),
        }
    }
}

/// The constants of the transformed rejection, with the article's names.
pub(super) struct Transformed {
    mean: f64,
    ln_mean: f64,
    a: f64,
    b: f64,
    ln_inverse_alpha: f64,
    v_r: f64,
}

impl Transformed {
    fn new(mean: f64) -> Self {
        let b = 0.931 + 2.53 * mean.sqrt();
        Self {
            mean,
            ln_mean: ln(mean),
            a: -0.059 + 0.02483 * b,
            b,
            ln_inverse_alpha: ln(1.1239 + 1.1328 / (b - 3.4)),
            v_r: 0.9277 - 3.6224 / (b - 2.0),
        }
    }

    fn sample<B: BitGenerator>(&self, bits: &mut B) -> i64 {
        loop {
            let u = bits.next_f64() - 0.5;
            let v = bits.next_f64();
            let us = 0.5 - u.abs();
            let k = ((2.0 * self.a / us + self.b) * u + self.mean + 0.43).floor() as i64;
            if us >= 0.07 && v <= self.v_r {
                return k;
            }
            if k < 0 || (us < 0.013 && v > us) {
                continue;
            }
            let count = k as f64;
            let hat = ln(v) + self.ln_inverse_alpha - ln(self.a / (us * us) + self.b);
            if hat <= -self.mean + count * self.ln_mean - ln_gamma(count + 1.0) {
                return k;
            }
        }
    }
}

/// The logarithm of the gamma function by Stirling's series, taken from 7 on.
fn ln_gamma(x: f64) -> f64 {
    /// The series' coefficients, the last one first.
    const SERIES: [f64; 10] = [
        -1.39243221690590,
        1.796443723688307e-01,
        -2.955065359477124e-02,
        6.41025641025641e-03,
        -1.917526917526918e-03,
        8.417508417508418e-04,
        -5.952380952380952e-04,
        7.936507936507937e-04,
        -2.777777777777778e-03,
        8.333333333333333e-02,
    ];
    const LN_2_PI: f64 = 1.8378770664093453;
    if x == 1.0 || x == 2.0 {
        return 0.0;
    }
    let steps = if x < 7.0 { (7.0 - x) as u32 } else { 0 };
    let mut shifted = x + f64::from(steps);
    let inverse_square = (1.0 / shifted) * (1.0 / shifted);
    let series = SERIES.iter().skip(1).fold(SERIES[0], |sum, term| sum * inverse_square + term);
    let mut value = series / shifted + 0.5 * LN_2_PI + (shifted - 0.5) * ln(shifted) - shifted;
    for _ in 0..steps {
        value -= ln(shifted - 1.0);
        shifted -= 1.0;
    }
    value
}
