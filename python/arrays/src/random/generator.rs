//! `Generator`: what `default_rng` gives.

use super::bit_generator::BitGenerator;
use super::constraint::Constraint;
use super::math::{ln_f32, pow_f32};
use super::mt19937::Mt19937;
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

/// A bit generator that a seed sequence can seed.
pub trait Seeded: BitGenerator {
    /// From a seed sequence.
    fn seeded(seed: &SeedSequence) -> Self;
}

impl Seeded for Pcg64 {
    fn seeded(seed: &SeedSequence) -> Self {
        Self::from_seed_sequence(seed)
    }
}

impl Seeded for Mt19937 {
    fn seeded(seed: &SeedSequence) -> Self {
        Self::from_seed_sequence(seed)
    }
}

impl<B: Seeded> Generator<B> {
    /// From a seed sequence (`default_rng(seed)` with a `Pcg64`).
    #[must_use]
    pub fn from_seed_sequence(seed: &SeedSequence) -> Self {
        Self { bits: B::seeded(seed) }
    }

    /// `spawn`: generators of the seed sequence's next children.
    pub fn spawn(seed: &mut SeedSequence, n_children: u32) -> Vec<(Self, SeedSequence)> {
        seed.spawn(n_children).into_iter().map(|child| (Self::from_seed_sequence(&child), child)).collect()
    }
}

impl<B: BitGenerator> Generator<B> {
    /// On a bit generator as it is.
    pub fn from_bits(bits: B) -> Self {
        Self { bits }
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
        if shape == 0.0 || shape.is_nan() {
            return shape;
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
                if root > 0.0 {
                    break (x, root);
                }
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
