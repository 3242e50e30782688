//! Mean and spread of the ensemble over time, the same bits whoever computes them.
//!
//! Sums of float64 depend on their order, so the order is fixed: over blocks of
//! [`BLOCK_MEMBERS`] members in member order, within a block first the mean and
//! then the squared deviations from it, blocks combined in block order.
//!
//! Source of the combination: T. F. Chan, G. H. Golub, R. J. LeVeque, "Updating
//! formulae and a pairwise algorithm for computing sample variances" (1979).

use serde::{Deserialize, Serialize};

use super::equations::{Parameters, State, lanes};

/// Members of a block of the two-level sums: part of the contract.
pub const BLOCK_MEMBERS: usize = 512;

/// Most intervals between saved steps.
const INTERVALS: u32 = 500;

/// Ensemble mean and spread at evenly spaced steps.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Statistics {
    /// Members of the ensemble.
    pub members: u32,
    /// The n steps at which the ensemble was looked at: [`saved_steps`].
    pub steps: Vec<u32>,
    /// Mean, shape `(n, 3)`; NaN where it is not finite (members that diverged).
    #[serde(deserialize_with = "null_is_nan")]
    pub mean: Vec<f64>,
    /// Population standard deviation, shape `(n, 3)`; NaN where it is not finite.
    #[serde(deserialize_with = "null_is_nan")]
    pub spread: Vec<f64>,
}

/// JSON has no NaN: it is written as null.
fn null_is_nan<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<Vec<f64>, D::Error> {
    let values = Vec::<Option<f64>>::deserialize(deserializer)?;
    Ok(values.into_iter().map(|value| value.unwrap_or(f64::NAN)).collect())
}

/// The steps at which statistics are taken: 0, stride, 2·stride … ≤ `steps`,
/// at most 501 of them.
#[must_use]
pub fn saved_steps(steps: u32) -> Vec<u32> {
    let stride = steps.div_ceil(INTERVALS).max(1);
    (0..=steps).step_by(stride as usize).collect()
}

impl Statistics {
    /// Statistics of kept trajectories, shape `(members, steps + 1, 3)`: the
    /// same bits as a [`StatisticsPass`] from the same initial conditions.
    #[must_use]
    pub fn of_trajectories(trajectories: &[f64], steps: u32) -> Self {
        let saved = saved_steps(steps);
        let rows = trajectories.as_chunks::<3>().0;
        let length = steps as usize + 1;
        let moments = saved.iter().map(|&step| {
            let mut moments = Moments::default();
            for block in rows.chunks(BLOCK_MEMBERS * length) {
                moments.combine(&Moments::of_block(block.iter().skip(step as usize).step_by(length)));
            }
            moments
        });
        let moments: Vec<_> = moments.collect();
        Self::new(saved, &moments)
    }

    fn new(steps: Vec<u32>, moments: &[Moments]) -> Self {
        let finite = |value: f64| if value.is_finite() { value } else { f64::NAN };
        Self {
            members: moments.last().map_or(0, |moments| moments.members),
            steps,
            mean: moments.iter().flat_map(|moments| moments.mean).map(finite).collect(),
            spread: moments.iter().flat_map(Moments::spread).map(finite).collect(),
        }
    }
}

/// How many, their mean, and their squared deviations from it, summed.
#[derive(Clone, Copy, Debug, Default)]
struct Moments {
    members: u32,
    mean: State,
    squares: State,
}

impl Moments {
    /// One block's members, in member order.
    fn of_block<'a>(states: impl Iterator<Item = &'a State> + Clone) -> Self {
        let (mut members, mut sum) = (0, [0.0; 3]);
        for state in states.clone() {
            members += 1;
            for (sum, value) in sum.iter_mut().zip(state) {
                *sum += value;
            }
        }
        let mean = sum.map(|sum| sum / f64::from(members));
        let mut squares = [0.0; 3];
        for state in states {
            for component in 0..3 {
                let deviation = state[component] - mean[component];
                squares[component] += deviation * deviation;
            }
        }
        Self { members, mean, squares }
    }

    /// Takes in the next block.
    fn combine(&mut self, block: &Self) {
        let (before, added) = (f64::from(self.members), f64::from(block.members));
        self.members += block.members;
        let all = f64::from(self.members);
        for component in 0..3 {
            let apart = block.mean[component] - self.mean[component];
            self.mean[component] += apart * (added / all);
            self.squares[component] += block.squares[component] + apart * apart * (before * added / all);
        }
    }

    /// The population standard deviation.
    fn spread(&self) -> State {
        self.squares.map(|squares| (squares / f64::from(self.members)).sqrt())
    }
}

/// [`Statistics`] from initial conditions, in slices: the ensemble is
/// integrated once more, block after block, and nothing is kept but sums.
#[derive(Clone, Debug)]
pub struct StatisticsPass {
    parameters: Parameters,
    saved: Vec<u32>,
    moments: Vec<Moments>,
    states: Vec<State>,
    /// First member of the block at work.
    first: usize,
    /// Steps that this block has behind it.
    step: u32,
    /// Index of the next step to be saved of this block.
    next: usize,
}

impl StatisticsPass {
    /// Work that has not begun; `initial` has shape `(members, 3)`.
    #[must_use]
    pub fn new(parameters: Parameters, steps: u32, initial: Vec<f64>) -> Self {
        let saved = saved_steps(steps);
        let moments = vec![Moments::default(); saved.len()];
        let states = initial.as_chunks().0.to_vec();
        Self { parameters, saved, moments, states, first: 0, step: 0, next: 0 }
    }

    /// Integrates about `budget_member_steps` member-steps (less than one step
    /// of a block too many), and gives their number.
    pub fn advance(&mut self, budget_member_steps: u64) -> u64 {
        let before = self.done();
        let mut budget = budget_member_steps.max(1);
        while budget > 0 && !self.is_finished() {
            budget = budget.saturating_sub(self.advance_block(budget));
        }
        self.done() - before
    }

    /// Is there nothing left to do?
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.first >= self.states.len()
    }

    /// Member-steps done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.first as u64 * self.last_step() + self.block().len() as u64 * u64::from(self.step)
    }

    /// Member-steps to do in all: up to the last step that is saved.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.states.len() as u64 * self.last_step()
    }

    /// The statistics; of fewer members at later steps if the pass is not finished.
    #[must_use]
    pub fn into_statistics(self) -> Statistics {
        Statistics::new(self.saved, &self.moments)
    }

    fn last_step(&self) -> u64 {
        self.saved.last().copied().unwrap_or_default().into()
    }

    fn block(&self) -> &[State] {
        &self.states[self.first..(self.first + BLOCK_MEMBERS).min(self.states.len())]
    }

    /// Saves the block's moments if this is a step to be saved, then takes the
    /// block towards the next one, as far as the budget goes.
    fn advance_block(&mut self, budget: u64) -> u64 {
        let members = self.block().len();
        if self.saved.get(self.next) == Some(&self.step) {
            let moments = Moments::of_block(self.block().iter());
            self.moments[self.next].combine(&moments);
            self.next += 1;
        }
        let Some(&next) = self.saved.get(self.next) else {
            (self.first, self.step, self.next) = (self.first + members, 0, 0);
            return 0;
        };
        let left = next - self.step;
        let steps = u32::try_from(budget.div_ceil(members as u64)).map_or(left, |steps| steps.min(left));
        let block = &mut self.states[self.first..self.first + members];
        lanes::advance_states(&self.parameters, block.as_flattened_mut(), steps);
        self.step += steps;
        members as u64 * u64::from(steps)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::workload::lorenz::initial_conditions::initial_conditions;

    fn bits(statistics: &Statistics) -> Vec<u64> {
        statistics.mean.iter().chain(&statistics.spread).map(|value| value.to_bits()).collect()
    }

    fn of_pass(steps: u32, initial: &[f64], budget: u64) -> Statistics {
        let mut pass = StatisticsPass::new(Parameters::LORENZ_1963, steps, initial.to_vec());
        let mut done = 0;
        while !pass.is_finished() {
            done += pass.advance(budget);
            assert_eq!(pass.done(), done);
        }
        assert_eq!(pass.total(), done);
        pass.into_statistics()
    }

    #[test]
    fn saved_steps_are_even_and_few() {
        assert_eq!(saved_steps(3), [0, 1, 2, 3]);
        assert_eq!(saved_steps(500).len(), 501);
        assert_eq!(saved_steps(501), (0..=250).map(|index| 2 * index).collect::<Vec<_>>());
        assert_eq!(saved_steps(5000), (0..=500).map(|index| 10 * index).collect::<Vec<_>>());
        for steps in 1..2000 {
            let saved = saved_steps(steps);
            assert!(saved.len() <= 501 && saved.last() <= Some(&steps));
        }
    }

    #[test]
    fn mean_and_spread_are_those_of_the_textbook() {
        let trajectories = [1.0, 10.0, -4.0, 3.0, 10.0, 4.0];
        let statistics = Statistics::of_trajectories(&trajectories, 0);
        assert_eq!(statistics.members, 2);
        assert_eq!(statistics.mean, [2.0, 10.0, 0.0]);
        assert_eq!(statistics.spread, [1.0, 0.0, 4.0]);
    }

    #[test]
    fn blocks_combine_to_the_whole() {
        let initial = initial_conditions(1500, 9);
        let statistics = Statistics::of_trajectories(&initial, 0);
        for component in 0..3 {
            let values: Vec<f64> = initial.iter().skip(component).step_by(3).copied().collect();
            let mean = values.iter().sum::<f64>() / 1500.0;
            let variance = values.iter().map(|value| (value - mean).powi(2)).sum::<f64>() / 1500.0;
            assert!((statistics.mean[component] - mean).abs() < 1e-12);
            assert!((statistics.spread[component] - variance.sqrt()).abs() < 1e-12);
        }
    }

    #[test]
    fn the_blocks_are_those_of_the_contract() {
        let initial = initial_conditions(700, 9);
        let mean = |values: &[f64]| values.iter().sum::<f64>() / values.len() as f64;
        let by_blocks_of = |members: usize, values: &[f64]| {
            let (first, rest) = (mean(&values[..members]), mean(&values[members..]));
            first + (rest - first) * ((700 - members) as f64 / 700.0)
        };
        let components =
            [0, 1, 2].map(|component| initial.iter().skip(component).step_by(3).copied().collect::<Vec<_>>());
        let statistics = Statistics::of_trajectories(&initial, 0);
        assert_eq!(statistics.mean, components.each_ref().map(|values| by_blocks_of(512, values)));
        // One member fewer in the first block, and a last bit is another.
        assert_ne!(statistics.mean, components.each_ref().map(|values| by_blocks_of(511, values)));
    }

    #[test]
    fn slices_do_not_change_a_bit() {
        let initial = initial_conditions(1100, 1);
        let whole = of_pass(701, &initial, u64::MAX);
        for budget in [0, 777, 50_000] {
            assert_eq!(bits(&of_pass(701, &initial, budget)), bits(&whole));
        }
        assert_eq!(whole.members, 1100);
        assert_eq!(whole.steps.len(), 351);
    }

    #[test]
    fn divergence_becomes_nan_and_survives_json() {
        let mut initial = initial_conditions(3, 1);
        initial[4] = f64::INFINITY;
        let statistics = of_pass(2, &initial, 100);
        assert!(statistics.mean[1].is_nan() && statistics.spread[1].is_nan());
        let read: Statistics = serde_json::from_str(&serde_json::to_string(&statistics).unwrap()).unwrap();
        assert_eq!(bits(&read), bits(&statistics));
    }

    #[test]
    fn no_members_have_no_statistics() {
        let statistics = of_pass(2, &[], 100);
        assert_eq!((statistics.members, statistics.steps.len()), (0, 3));
        assert!(statistics.mean.iter().all(|mean| *mean == 0.0));
    }
}
