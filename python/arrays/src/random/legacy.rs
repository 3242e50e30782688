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

#[cfg(test)]
mod tests {
    use super::super::{Continuous, Discrete, Integer};
    use super::*;

    fn stream() -> RandomState {
        RandomState::from_seed(42).unwrap()
    }

    #[test]
    fn seeds_are_numpys() {
        let mut out = [0.0; 2];
        stream().fill_random(&mut out);
        assert_eq!(out, [0.3745401188473625, 0.9507143064099162]);
        RandomState::from_seeds(&[1, 2, 3]).unwrap().fill_random(&mut out);
        assert_eq!(out, [0.6098612722867289, 0.8866970434146851]);
        RandomState::from_entropy(&[7, 8]).fill_random(&mut out);
        assert_eq!(out, [0.3550477621277326, 0.47133646880129065]);
    }

    #[test]
    fn seeds_are_refused_in_numpys_words() {
        let range = Err(Error::value("Seed must be between 0 and 2**32 - 1"));
        assert_eq!(RandomState::from_seed(-1), range);
        assert_eq!(RandomState::from_seed(1 << 32), range);
        assert_eq!(RandomState::from_seeds(&[1, -1]), range);
        assert_eq!(RandomState::from_seeds(&[]), Err(Error::value("Seed must be non-empty")));
    }

    #[test]
    fn state_keeps_the_second_normal_number() {
        let mut random = stream();
        assert_eq!(random.standard_normal(), 0.4967141530112327);
        let state = random.state();
        assert_eq!(state.key[..3], [723970371, 1229153189, 4170412009]);
        assert_eq!((state.pos, state.has_gauss, state.gauss), (4, true, -0.13826430117118466));
        let mut other = RandomState::from_entropy(&[]);
        other.set_state(&state).unwrap();
        assert_eq!(other, random);
        assert_eq!(other.standard_normal(), -0.13826430117118466);
        assert_eq!(other.standard_normal(), 0.6476885381006925);
    }

    #[test]
    fn real_numbers_are_numpys() {
        let two = |distribution| {
            let mut out = [0.0; 2];
            stream().fill(distribution, &mut out).unwrap();
            out
        };
        assert_eq!(two(Continuous::Uniform { low: -1.0, high: 3.0 }), [0.49816047538944996, 2.8028572256396647]);
        assert_eq!(two(Continuous::Normal { loc: 1.0, scale: 2.0 }), [1.9934283060224653, 0.7234713976576307]);
        assert_eq!(two(Continuous::Lognormal { mean: 0.0, sigma: 1.0 }), [1.6433127155860012, 0.8708684897640193]);
        assert_eq!(two(Continuous::Exponential { scale: 2.0 }), [0.9385361799537182, 6.020242861835042]);
        assert_eq!(two(Continuous::Gamma { shape: 0.5, scale: 1.0 }), [0.14028030062619642, 0.6590180328421851]);
        assert_eq!(two(Continuous::Gamma { shape: 3.0, scale: 2.0 }), [7.125637325109405, 4.894388796604509]);
        assert_eq!(two(Continuous::Beta { a: 0.5, b: 0.5 }), [0.5992069666276891, 0.5000773047714704]);
        assert_eq!(two(Continuous::Beta { a: 2.0, b: 3.0 }), [0.4944725879278468, 0.3751527747114991]);
        assert!(stream().sample(Continuous::Gamma { shape: f64::NAN, scale: 1.0 }).is_nan());
    }

    #[test]
    fn counts_are_numpys() {
        let five = |distribution| {
            let mut out = [0; 5];
            stream().fill_counts(distribution, &mut out).unwrap();
            out
        };
        assert_eq!(five(Discrete::Poisson { lam: 3.0 }), [4, 1, 3, 3, 2]);
        assert_eq!(five(Discrete::Poisson { lam: 40.0 }), [38, 44, 33, 42, 47]);
        assert_eq!(five(Discrete::Binomial { n: 10, p: 0.3 }), [2, 5, 4, 3, 2]);
        assert_eq!(five(Discrete::Binomial { n: 1000, p: 0.6 }), [613, 598, 625, 595, 630]);
    }

    #[test]
    fn whole_numbers_are_numpys() {
        fn six<T: Integer + Default>(low: i128, high: i128) -> [T; 6] {
            let mut out = [T::default(); 6];
            stream().fill_integers(low, high, false, &mut out).unwrap();
            out
        }
        assert_eq!(six::<i64>(0, 10)[..5], [6, 3, 7, 4, 6]);
        assert_eq!(six::<i32>(-5, 100)[..5], [97, 46, 87, 9, 66]);
        assert_eq!(six::<u8>(0, 200), [102, 95, 179, 61, 92, 3]);
        assert_eq!(six::<bool>(0, 2), [false, true, true, false, false, true]);
        assert_eq!(stream().permutation(8).unwrap(), [1, 5, 0, 7, 2, 4, 3, 6]);
    }

    #[test]
    fn parameters_are_refused_in_numpys_words() {
        let text = |distribution| stream().fill(distribution, &mut [0.0]).map_err(|error| error.message);
        assert_eq!(text(Continuous::Normal { loc: 0.0, scale: -1.0 }), Err("scale < 0".into()));
        assert_eq!(
            text(Continuous::Uniform { low: 0.0, high: f64::INFINITY }),
            Err("Range exceeds valid bounds".into())
        );
        assert_eq!(text(Continuous::Uniform { low: 1.0, high: 0.0 }), Ok(()));
        assert_eq!(text(Continuous::Beta { a: 0.0, b: 1.0 }), Err("a <= 0".into()));
        let text = |distribution| stream().fill_counts(distribution, &mut [0]).map_err(|error| error.message);
        assert_eq!(text(Discrete::Binomial { n: -1, p: 0.5 }), Err("n < 0".into()));
        assert_eq!(text(Discrete::Poisson { lam: -1.0 }), Err("lam < 0 or lam is NaN".into()));
    }
}
