//! The Mersenne Twister. Our own, and not `rand_mt`'s: NumPy hands out its
//! state and takes it back (`get_state`), which that crate does not.

use super::bit_generator::BitGenerator;
use super::seed_sequence::SeedSequence;
use crate::{Error, Result};

/// How many words the state has.
const STATE_WORDS: usize = 624;
/// How far ahead lies the word that each is mixed with.
const SHIFT: usize = 397;

/// The Mersenne Twister with 32-bit words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mt19937 {
    key: Box<[u32; STATE_WORDS]>,
    /// How many words of `key` have been given out.
    position: usize,
}

impl Mt19937 {
    /// From one number (the legacy seeding).
    #[must_use]
    pub fn from_word(seed: u32) -> Self {
        let mut key = Box::new([0; STATE_WORDS]);
        let mut word = seed;
        for (i, slot) in (1..).zip(key.iter_mut()) {
            *slot = word;
            word = (word ^ (word >> 30)).wrapping_mul(1_812_433_253).wrapping_add(i);
        }
        Self { key, position: STATE_WORDS }
    }

    /// From several numbers (the legacy seeding); from none it is as from one zero.
    #[must_use]
    pub fn from_words(seed: &[u32]) -> Self {
        let seed = if seed.is_empty() { &[0] } else { seed };
        let Self { mut key, position } = Self::from_word(19_650_218);
        let mut at = 1;
        let words = seed.iter().zip(0_u32..).cycle().take(seed.len().max(STATE_WORDS));
        for (&word, index) in words {
            let mixed = scramble(&key, at).wrapping_mul(1_664_525);
            key[at] = (key[at] ^ mixed).wrapping_add(word).wrapping_add(index);
            at = following(&mut key, at);
        }
        for _ in 1..STATE_WORDS {
            let mixed = scramble(&key, at).wrapping_mul(1_566_083_941);
            key[at] = (key[at] ^ mixed).wrapping_sub(at as u32);
            at = following(&mut key, at);
        }
        key[0] = 0x8000_0000;
        Self { key, position }
    }

    /// From a seed sequence (`MT19937(seed)`).
    #[must_use]
    pub fn from_seed_sequence(seed: &SeedSequence) -> Self {
        let mut key = Box::new([0; STATE_WORDS]);
        seed.fill_state(&mut key[..]);
        // So that not every word is zero.
        key[0] = 0x8000_0000;
        // NumPy begins with the last word of the seed, not with a new block.
        Self { key, position: STATE_WORDS - 1 }
    }

    /// The words and how many of them have been given out: `state["key"]`, `state["pos"]`.
    #[must_use]
    pub fn state(&self) -> (&[u32; STATE_WORDS], usize) {
        (&self.key, self.position)
    }

    /// From what [`Self::state`] gave.
    ///
    /// # Errors
    /// `ValueError` if there are not 624 words or the position is past them.
    pub fn from_state(key: &[u32], position: usize) -> Result<Self> {
        let Ok(key) = <[u32; STATE_WORDS]>::try_from(key) else {
            return Err(Error::value("state must be 624 longs"));
        };
        if position > STATE_WORDS {
            return Err(Error::value("pos must be between 0 and 624"));
        }
        Ok(Self { key: Box::new(key), position })
    }

    /// Makes the next 624 words.
    fn refill(&mut self) {
        let key = &mut self.key;
        for i in 0..STATE_WORDS {
            let joined = (key[i] & 0x8000_0000) | (key[(i + 1) % STATE_WORDS] & 0x7fff_ffff);
            let twist = if joined & 1 == 1 { 0x9908_b0df } else { 0 };
            key[i] = key[(i + SHIFT) % STATE_WORDS] ^ (joined >> 1) ^ twist;
        }
        self.position = 0;
    }
}

/// The word before `at`, stirred.
fn scramble(key: &[u32; STATE_WORDS], at: usize) -> u32 {
    let before = key[at - 1];
    before ^ (before >> 30)
}

/// The place after `at`; the first word is a copy of the last.
fn following(key: &mut [u32; STATE_WORDS], at: usize) -> usize {
    if at + 1 < STATE_WORDS {
        return at + 1;
    }
    key[0] = key[STATE_WORDS - 1];
    1
}

impl BitGenerator for Mt19937 {
    fn next_u32(&mut self) -> u32 {
        if self.position >= STATE_WORDS {
            self.refill();
        }
        let mut word = self.key[self.position];
        self.position += 1;
        word ^= word >> 11;
        word ^= (word << 7) & 0x9d2c_5680;
        word ^= (word << 15) & 0xefc6_0000;
        word ^ (word >> 18)
    }

    fn next_u64(&mut self) -> u64 {
        let high = u64::from(self.next_u32());
        high << 32 | u64::from(self.next_u32())
    }

    fn next_f64(&mut self) -> f64 {
        let high = f64::from(self.next_u32() >> 5);
        let low = f64::from(self.next_u32() >> 6);
        (high * 67_108_864.0 + low) / 9_007_199_254_740_992.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seed_sequence_gives_all_words_but_the_first() {
        let bits = Mt19937::from_seed_sequence(&SeedSequence::new(&[42], &[], 0));
        let (key, position) = bits.state();
        assert_eq!(key[..3], [2147483648, 2669555309, 2046530742]);
        assert_eq!(position, 623);
    }

    #[test]
    fn states_that_are_none_are_refused() {
        assert!(Mt19937::from_state(&[1, 2], 0).is_err());
        assert!(Mt19937::from_state(&[1; STATE_WORDS], 625).is_err());
        assert!(Mt19937::from_state(&[1; STATE_WORDS], 624).is_ok());
    }
}
