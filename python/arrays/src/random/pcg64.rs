//! PCG64: a linear congruence on 128 bits, of which each step shows 64 (XSL RR).
//! Our own, and not `rand_pcg`'s: NumPy shows the state and takes it back, and
//! its 32-bit numbers are halves of 64-bit ones, the second half kept.

use super::bit_generator::BitGenerator;
use super::seed_sequence::SeedSequence;

const MULTIPLIER: u128 = 0x2360_ed05_1fc6_5da4_4385_df64_9fcc_f645;

/// NumPy's default bit generator.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pcg64 {
    state: u128,
    increment: u128,
    /// The half that `next_u32` has not given out yet.
    half: Option<u32>,
    /// The last half kept: NumPy's state shows it even once it is given out.
    last_half: u32,
}

/// What NumPy's `PCG64.state` holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pcg64State {
    /// `state["state"]["state"]`
    pub state: u128,
    /// `state["state"]["inc"]`
    pub inc: u128,
    /// `state["has_uint32"]`
    pub has_uint32: bool,
    /// `state["uinteger"]`
    pub uinteger: u32,
}

impl Pcg64 {
    /// From a seed sequence.
    #[must_use]
    pub fn from_seed_sequence(seed: &SeedSequence) -> Self {
        let mut words = [0; 8];
        seed.fill_state(&mut words);
        // Pairs of words are 64-bit numbers with the low half first; of those the high one is first.
        let wide = |at: usize| {
            let word = |i: usize| u128::from(words[at + i]);
            word(1) << 96 | word(0) << 64 | word(3) << 32 | word(2)
        };
        let mut made = Self { state: 0, increment: wide(4) << 1 | 1, half: None, last_half: 0 };
        made.step();
        made.state = made.state.wrapping_add(wide(0));
        made.step();
        made
    }

    /// Its state.
    #[must_use]
    pub fn state(&self) -> Pcg64State {
        Pcg64State { state: self.state, inc: self.increment, has_uint32: self.half.is_some(), uinteger: self.last_half }
    }

    /// From a state.
    #[must_use]
    pub fn from_state(state: Pcg64State) -> Self {
        Self {
            state: state.state,
            increment: state.inc,
            half: state.has_uint32.then_some(state.uinteger),
            last_half: state.uinteger,
        }
    }

    fn step(&mut self) {
        self.state = self.state.wrapping_mul(MULTIPLIER).wrapping_add(self.increment);
    }
}

impl BitGenerator for Pcg64 {
    fn next_u64(&mut self) -> u64 {
        self.step();
        let high = (self.state >> 64) as u64;
        (high ^ self.state as u64).rotate_right((high >> 58) as u32)
    }

    fn next_u32(&mut self) -> u32 {
        if let Some(half) = self.half.take() {
            return half;
        }
        let whole = self.next_u64();
        self.last_half = (whole >> 32) as u32;
        self.half = Some(self.last_half);
        whole as u32
    }

    fn next_f64(&mut self) -> f64 {
        (self.next_u64() >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn state_is_numpys_after_three_halves() {
        let mut bits = Pcg64::from_seed_sequence(&SeedSequence::new(&[42], &[], 0));
        for _ in 0..3 {
            bits.next_u32();
        }
        let state = Pcg64State {
            state: 180456145198944327624639367796045148994,
            inc: 332724090758049132448979897138935081983,
            has_uint32: true,
            uinteger: 1884968545,
        };
        assert_eq!(bits.state(), state);
        assert_eq!(Pcg64::from_state(state), bits);
        bits.next_u32();
        assert_eq!(bits.state(), Pcg64State { has_uint32: false, ..state });
    }
}
