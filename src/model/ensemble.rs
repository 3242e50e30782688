//! The ensemble at its beginning and at its end: initial conditions, final
//! states, and the hash by which they are compared.

use super::numpy_random::RandomState;
use super::workload::{Keep, Workload};

/// Where the ensemble begins: the middle of the cloud.
const CENTRE: [f64; 3] = [-10.0, -10.0, 25.0];
/// Standard deviation of the cloud, in each direction.
const RADIUS: f64 = 0.5;

/// Initial conditions of `members` members, shape `(members, 3)`:
/// `numpy.round(numpy.random.RandomState(seed).randn(members, 3) * 0.5 + [-10, -10, 25], 9)`.
///
/// The rounding takes away the bit in which platforms' logarithms differ, so
/// that the ensemble is the same everywhere.
#[must_use]
pub fn initial_conditions(members: u32, seed: u32) -> Vec<f64> {
    let mut conditions = InitialConditions::new(members, seed);
    while !conditions.advance(usize::MAX) {}
    conditions.into_values()
}

/// [`initial_conditions`] in slices.
#[derive(Clone, Debug)]
pub struct InitialConditions {
    // Boxed: MT19937's state is 2.5 KB.
    random: Box<RandomState>,
    missing: usize,
    values: Vec<f64>,
}

impl InitialConditions {
    /// Nothing made yet.
    #[must_use]
    pub fn new(members: u32, seed: u32) -> Self {
        let missing = members as usize;
        Self { random: Box::new(RandomState::new(seed)), missing, values: Vec::with_capacity(missing * 3) }
    }

    /// Makes up to `members_budget` members more (at least one); true when all are there.
    pub fn advance(&mut self, members_budget: usize) -> bool {
        let members = members_budget.max(1).min(self.missing);
        for _ in 0..members {
            for centre in CENTRE {
                let value = self.random.standard_normal() * RADIUS + centre;
                self.values.push((value * 1e9).round_ties_even() / 1e9);
            }
        }
        self.missing -= members;
        self.missing == 0
    }

    /// The values, shape `(members, 3)`; fewer members before [`Self::advance`] has given true.
    #[must_use]
    pub fn into_values(self) -> Vec<f64> {
        self.values
    }
}

/// The final states of a run's output, shape `(members, 3)`.
///
/// `output` is what [`Workload::keep`] says: whole trajectories, or final states already.
#[must_use]
pub fn final_states(output: &[f64], workload: &Workload) -> Vec<f64> {
    match workload.keep {
        Keep::FinalStates => output.to_vec(),
        Keep::Trajectories => {
            let rows = output.chunks_exact(workload.values_per_member());
            rows.filter_map(|row| row.last_chunk::<3>()).flatten().copied().collect()
        }
    }
}

/// How many of the members, shape `(members, 3)`, have a component that is not finite.
#[must_use]
pub fn diverged(states: &[f64]) -> u32 {
    states.as_chunks::<3>().0.iter().map(|state| u32::from(!state.iter().all(|value| value.is_finite()))).sum()
}

/// FNV-1a of final states, shape `(members, 3)`, as [`Fnv1a64`] takes it.
#[must_use]
pub fn final_fnv1a64(states: &[f64]) -> u64 {
    let mut hash = Fnv1a64::default();
    hash.update(states);
    hash.finish()
}

/// FNV-1a, 64 bit, over float64 as little-endian bytes, in slices.
///
/// Every NaN counts as `7ff8000000000000`: its sign and payload are the
/// platform's. Source: Fowler, Noll, Vo; draft-eastlake-fnv.
#[derive(Clone, Copy, Debug)]
pub struct Fnv1a64(u64);

impl Default for Fnv1a64 {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv1a64 {
    /// Takes in more values.
    pub fn update(&mut self, values: &[f64]) {
        let mut hash = self.0;
        for value in values {
            let bits = if value.is_nan() { 0x7ff8_0000_0000_0000 } else { value.to_bits() };
            for byte in bits.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        self.0 = hash;
    }

    /// The hash of all values so far.
    #[must_use]
    pub fn finish(self) -> u64 {
        self.0
    }
}

/// Hash and count of diverged members in one pass, in slices.
#[derive(Clone, Copy, Debug, Default)]
pub struct FinalStatesHash {
    hash: Fnv1a64,
    diverged: u32,
}

impl FinalStatesHash {
    /// Takes in more members, shape `(members, 3)`.
    pub fn update(&mut self, states: &[f64]) {
        self.hash.update(states);
        self.diverged += diverged(states);
    }

    /// The hash of all members so far: 16 hex digits when written `{:016x}`.
    #[must_use]
    pub fn fnv1a64(self) -> u64 {
        self.hash.finish()
    }

    /// Members so far that have a component that is not finite.
    #[must_use]
    pub fn diverged(self) -> u32 {
        self.diverged
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::lorenz::Parameters;

    #[test]
    fn slices_make_the_same_conditions() {
        let mut conditions = InitialConditions::new(10, 7);
        let mut calls = 1;
        while !conditions.advance(3) {
            calls += 1;
        }
        assert_eq!(calls, 4);
        assert_eq!(conditions.into_values(), initial_conditions(10, 7));
        assert!(InitialConditions::new(0, 7).advance(3));
    }

    #[test]
    fn the_first_members_are_those_of_a_smaller_ensemble() {
        let all = initial_conditions(1000, 42);
        for members in [1, 6, 29, 30] {
            assert_eq!(initial_conditions(members, 42), all[..members as usize * 3]);
        }
    }

    #[test]
    fn the_hash_is_fnv1a() {
        // The published offset basis, and "foobar" (published: 85944171f73967e8) with two zero bytes more.
        assert_eq!(final_fnv1a64(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(final_fnv1a64(&[f64::from_le_bytes(*b"foobar\0\0")]), 0x74c8_e7eb_4f24_5c28);
    }

    #[test]
    fn every_nan_counts_the_same() {
        let quiet = f64::from_bits(0x7ff8_0000_0000_0000);
        let negative = f64::from_bits(0xfff8_0000_0000_0001);
        assert_eq!(final_fnv1a64(&[1.0, quiet, 2.0]), final_fnv1a64(&[1.0, negative, 2.0]));
        assert_ne!(final_fnv1a64(&[0.0]), final_fnv1a64(&[-0.0]));
    }

    #[test]
    fn slices_hash_the_same() {
        let states = [1.0, 2.0, 3.0, f64::NAN, 0.0, f64::INFINITY, 4.0, 5.0, 6.0];
        let mut hash = FinalStatesHash::default();
        hash.update(&states[..3]);
        hash.update(&states[3..]);
        assert_eq!((hash.fnv1a64(), hash.diverged()), (final_fnv1a64(&states), 1));
        assert_eq!(diverged(&states), 1);
    }

    #[test]
    fn final_states_are_the_last_rows() {
        let mut workload = Workload { parameters: Parameters::LORENZ_1963, steps: 1, keep: Keep::Trajectories };
        let output = [0.0, 1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0];
        assert_eq!(final_states(&output, &workload), [3.0, 4.0, 5.0, 9.0, 10.0, 11.0]);
        workload.keep = Keep::FinalStates;
        assert_eq!(final_states(&output, &workload), output);
    }
}
