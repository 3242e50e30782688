//! `RandomState`, which is also what the functions of `numpy.random` draw from.

use super::bit_generator::BitGenerator;
use super::math::ln;
use super::mt19937::Mt19937;
use super::seed_sequence::SeedSequence;
use super::stream::Stream;
use crate::{Error, Result};

/// The stream of NumPy before version 1.17, which is to stay as it is.
#[derive(Clone, Debug, PartialEq)]
pub struct RandomState {
    bits: Mt19937,
    /// The second normal number of a pair, while it is not given out.
    kept: Option<f64>,
}

/// What `get_state` gives.
#[derive(Clone, Debug, PartialEq)]
pub struct LegacyState {
    /// The 624 words of the Mersenne Twister.
    pub key: Vec<u32>,
    /// How many of them have been given out.
    pub pos: usize,
    /// Whether a normal number is kept.
    pub has_gauss: bool,
    /// That number, or zero.
    pub gauss: f64,
}

impl RandomState {
    /// `RandomState(seed)` and `seed(seed)` with a number.
    ///
    /// # Errors
    /// `ValueError` if it does not fit 32 bits.
    pub fn from_seed(seed: i128) -> Result<Self> {
        Ok(Self::from_bits(Mt19937::from_word(seed_word(seed)?)))
    }

    /// `RandomState(seed)` and `seed(seed)` with several numbers.
    ///
    /// # Errors
    /// `ValueError` if there are none, or one does not fit 32 bits.
    pub fn from_seeds(seeds: &[i128]) -> Result<Self> {
        if seeds.is_empty() {
            return Err(Error::value("Seed must be non-empty"));
        }
        let words: Vec<u32> = seeds.iter().map(|&seed| seed_word(seed)).collect::<Result<_>>()?;
        Ok(Self::from_bits(Mt19937::from_words(&words)))
    }

    /// `RandomState()`, from entropy.
    #[must_use]
    pub fn from_entropy(entropy: &[u32]) -> Self {
        Self::from_bits(Mt19937::from_seed_sequence(&SeedSequence::new(entropy, &[], 0)))
    }

    /// `RandomState(MT19937(…))`
    #[must_use]
    pub fn from_bits(bits: Mt19937) -> Self {
        Self { bits, kept: None }
    }

    /// `get_state`
    #[must_use]
    pub fn state(&self) -> LegacyState {
        let (key, pos) = self.bits.state();
        LegacyState { key: key.to_vec(), pos, has_gauss: self.kept.is_some(), gauss: self.kept.unwrap_or(0.0) }
    }

    /// `set_state`
    ///
    /// # Errors
    /// `ValueError` if it is not a state of a Mersenne Twister.
    pub fn set_state(&mut self, state: &LegacyState) -> Result<()> {
        self.bits = Mt19937::from_state(&state.key, state.pos)?;
        self.kept = state.has_gauss.then_some(state.gauss);
        Ok(())
    }
}

fn seed_word(seed: i128) -> Result<u32> {
    u32::try_from(seed).map_err(|_| Error::value("Seed must be between 0 and 2**32 - 1"))
}

impl Stream for RandomState {
    type Bits = Mt19937;

    const LEGACY: bool = true;

    fn bits(&mut self) -> &mut Mt19937 {
        &mut self.bits
    }

    /// By Marsaglia's polar method, which gives two at a time.
    fn standard_normal(&mut self) -> f64 {
        if let Some(kept) = self.kept.take() {
            return kept;
        }
        loop {
            let x = 2.0 * self.bits.next_f64() - 1.0;
            let y = 2.0 * self.bits.next_f64() - 1.0;
            let square = x * x + y * y;
            if square < 1.0 && square != 0.0 {
                let factor = (-2.0 * ln(square) / square).sqrt();
                self.kept = Some(factor * x);
                return factor * y;
            }
        }
    }

    fn standard_exponential(&mut self) -> f64 {
        -ln(1.0 - self.bits.next_f64())
    }
}
