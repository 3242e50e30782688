//! `Generator`: what `default_rng` gives.

use super::bit_generator::BitGenerator;
use super::constraint::Constraint;
use super::math::{ln_f32, pow_f32};
use super::pcg64::Pcg64;
use super::seed_sequence::SeedSequence;
use super::stream::Stream;
use super::ziggurat;
use crate::Result;

/// NumPy's present stream, on any bit generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Generator<B = Pcg64> {
    bits: B,
}

impl Generator {
    /// `default_rng(seed)`
    #[must_use]
    pub fn from_seed_sequence(seed: &SeedSequence) -> Self {
        Self::from_bits(Pcg64::from_seed_sequence(seed))
    }
}

impl<B: BitGenerator> Generator<B> {
    /// On a bit generator as it is.
    pub fn from_bits(bits: B) -> Self {
        Self { bits }
    }

    /// `bit_generator`, whose state is what a generator's is.
    pub fn bit_generator(&self) -> &B {
        &self.bits
    }

    /// Fills with `random` in single precision.
    pub fn fill_random_f32(&mut self, out: &mut [f32]) {
        out.fill_with(|| self.bits.next_f32());
    }

    /// Fills with `standard_normal` in single precision.
    pub fn fill_standard_normal_f32(&mut self, out: &mut [f32]) {
        out.fill_with(|| ziggurat::normal_f32(&mut self.bits));
    }

    /// Fills with `standard_exponential` in single precision.
    pub fn fill_standard_exponential_f32(&mut self, out: &mut [f32]) {
        out.fill_with(|| ziggurat::exponential_f32(&mut self.bits));
    }

    /// Fills with `standard_gamma` in single precision.
    ///
    /// # Errors
    /// `ValueError` if the shape is below zero.
    pub fn fill_standard_gamma_f32(&mut self, shape: f32, out: &mut [f32]) -> Result<()> {
        Constraint::NonNegative.check(f64::from(shape), "shape")?;
        out.fill_with(|| self.standard_gamma_f32(shape));
        Ok(())
    }

    /// As the one in double precision (`continuous.rs`).
    fn standard_gamma_f32(&mut self, shape: f32) -> f32 {
        if shape == 1.0 {
            return ziggurat::exponential_f32(&mut self.bits);
        }
        if shape == 0.0 {
            return 0.0;
        }
        if shape < 1.0 { self.small_gamma_f32(shape) } else { self.large_gamma_f32(shape) }
    }

    fn small_gamma_f32(&mut self, shape: f32) -> f32 {
        loop {
            let u = self.bits.next_f32();
            let v = ziggurat::exponential_f32(&mut self.bits);
            if u <= 1.0 - shape {
                let x = pow_f32(u, 1.0 / shape);
                if x <= v {
                    return x;
                }
            } else {
                let y = -ln_f32((1.0 - u) / shape);
                let x = pow_f32(1.0 - shape + shape * y, 1.0 / shape);
                if x <= v + y {
                    return x;
                }
            }
        }
    }

    fn large_gamma_f32(&mut self, shape: f32) -> f32 {
        let b = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * b).sqrt();
        loop {
            let (x, root) = loop {
                let x = ziggurat::normal_f32(&mut self.bits);
                let root = 1.0 + c * x;
                if root <= 0.0 {
                    continue;
                }
                break (x, root);
            };
            let v = root * root * root;
            let u = self.bits.next_f32();
            if u < 1.0 - 0.0331 * (x * x) * (x * x) || ln_f32(u) < 0.5 * x * x + b * (1.0 - v + ln_f32(v)) {
                return b * v;
            }
        }
    }
}

impl<B: BitGenerator> Stream for Generator<B> {
    type Bits = B;

    const LEGACY: bool = false;

    fn bits(&mut self) -> &mut B {
        &mut self.bits
    }

    fn standard_normal(&mut self) -> f64 {
        ziggurat::normal(&mut self.bits)
    }

    fn standard_exponential(&mut self) -> f64 {
        ziggurat::exponential(&mut self.bits)
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Continuous, Discrete, Integer, Mt19937};
    use super::*;

    fn seed() -> SeedSequence {
        SeedSequence::new(&[42], &[], 0)
    }

    fn stream() -> Generator {
        Generator::from_seed_sequence(&seed())
    }

    #[test]
    fn standard_numbers_are_numpys() {
        let mut out = [0.0; 3];
        stream().fill_random(&mut out);
        assert_eq!(out, [0.7739560485559633, 0.4388784397520523, 0.8585979199113825]);
        stream().fill_standard_normal(&mut out);
        assert_eq!(out, [0.30471707975443135, -1.0399841062404955, 0.7504511958064572]);
        stream().fill_standard_exponential(&mut out);
        assert_eq!(out, [2.4042086039659947, 2.3361896558244535, 2.384760999874255]);
    }

    #[test]
    fn single_precision_is_numpys() {
        let mut out = [0.0; 3];
        stream().fill_random_f32(&mut out);
        assert_eq!(out.map(f32::to_bits), [0x3db6c930, 0x3f4621fb, 0x3f2791ff]);
        stream().fill_standard_normal_f32(&mut out);
        assert_eq!(out.map(f32::to_bits), [0x3e11501d, 0xbfd591ab, 0xbfaa8284]);
        stream().fill_standard_exponential_f32(&mut out);
        assert_eq!(out.map(f32::to_bits), [0x3db57117, 0x403fdcd9, 0x40172a96]);
        stream().fill_standard_gamma_f32(2.5, &mut out).unwrap();
        assert_eq!(out.map(f32::to_bits), [0x40187823, 0x3f3ce5dd, 0x4030f8c9]);
    }

    #[test]
    fn real_numbers_are_numpys() {
        let two = |distribution| {
            let mut out = [0.0; 2];
            stream().fill(distribution, &mut out).unwrap();
            out
        };
        assert_eq!(two(Continuous::Uniform { low: -1.0, high: 3.0 }), [2.0958241942238534, 0.7555137590082093]);
        assert_eq!(two(Continuous::Normal { loc: 1.0, scale: 2.0 }), [1.6094341595088628, -1.079968212480991]);
        assert_eq!(two(Continuous::Lognormal { mean: 0.0, sigma: 1.0 }), [1.3562412406168636, 0.35346029972713455]);
        assert_eq!(two(Continuous::Exponential { scale: 2.0 }), [4.808417207931989, 4.672379311648907]);
        assert_eq!(two(Continuous::Gamma { shape: 0.5, scale: 1.0 }), [0.8045001461315131, 1.2802929678223112]);
        assert_eq!(two(Continuous::Gamma { shape: 3.0, scale: 2.0 }), [6.391720244420075, 8.178919203856204]);
        assert_eq!(two(Continuous::Beta { a: 0.5, b: 0.5 }), [0.7566840941053092, 0.009232118044248207]);
        assert_eq!(two(Continuous::Beta { a: 2.0, b: 3.0 }), [0.33841183847153383, 0.41040972646061824]);
    }

    #[test]
    fn counts_are_numpys() {
        let five = |distribution| {
            let mut out = [0; 5];
            stream().fill_counts(distribution, &mut out).unwrap();
            out
        };
        assert_eq!(five(Discrete::Poisson { lam: 3.0 }), [4, 4, 5, 1, 7]);
        assert_eq!(five(Discrete::Poisson { lam: 40.0 }), [45, 48, 45, 32, 37]);
        assert_eq!(five(Discrete::Binomial { n: 10, p: 0.3 }), [4, 3, 5, 4, 1]);
        assert_eq!(five(Discrete::Binomial { n: 1000, p: 0.6 }), [610, 589, 626, 608, 612]);
    }

    #[test]
    fn whole_numbers_are_numpys() {
        fn six<T: Integer + Default>(low: i128, high: i128, endpoint: bool) -> [T; 6] {
            let mut out = [T::default(); 6];
            stream().fill_integers(low, high, endpoint, &mut out).unwrap();
            out
        }
        assert_eq!(six::<i64>(0, 10, false)[..5], [0, 7, 6, 4, 4]);
        assert_eq!(six::<i64>(-(1 << 40), 1 << 41, false)[..3], [1453409396548, 348144215286, 1732603561804]);
        assert_eq!(six::<i32>(-5, 100, true)[..5], [4, 77, 64, 41, 40]);
        assert_eq!(six::<u8>(0, 200, false), [106, 29, 169, 25, 154, 150]);
        assert_eq!(six::<bool>(0, 2, false), [false, false, false, true, false, false]);
        assert_eq!(stream().permutation(8).unwrap(), [3, 4, 2, 7, 6, 1, 5, 0]);
    }

    #[test]
    fn children_and_other_bits_are_numpys() {
        let mut parent = seed();
        parent.spawn();
        let mut out = [0.0; 2];
        Generator::from_seed_sequence(&parent.spawn()).fill_random(&mut out);
        assert_eq!(out, [0.4674907799518424, 0.04644889644868733]);
        Generator::from_bits(Mt19937::from_seed_sequence(&seed())).fill_random(&mut out);
        assert_eq!(out, [0.5419938930062744, 0.6196672126927824]);
    }

    #[test]
    fn a_range_below_zero_is_refused() {
        let fill =
            |low, high| stream().fill(Continuous::Uniform { low, high }, &mut [0.0]).map_err(|error| error.message);
        assert_eq!(fill(1.0, 0.0), Err("high - low < 0".into()));
        assert_eq!(fill(0.0, f64::INFINITY), Err("high - low range exceeds valid bounds".into()));
    }
}
