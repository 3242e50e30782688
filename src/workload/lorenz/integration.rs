//! The ensemble's integration: members, each on its own, step after step.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::equations::{Parameters, lanes};
use super::initial_conditions::initial_conditions;
use super::{Keep, scalar};
use crate::model::settings::Kernel;
use crate::workload::{Agreement, Specimen, Step, Work, Workload};

/// Members that the SIMD kernel takes through the same steps in one slice:
/// their states fit the first-level cache.
pub const BLOCK_MEMBERS: usize = 512;

/// What is integrated, independent of who does it.
///
/// A member's input is its initial condition, shape `(3,)`; its output what
/// [`Keep`] says. A unit is one Euler step of one member.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Integration {
    /// Members of the ensemble.
    pub members: u32,
    /// σ, ρ, β and dt.
    pub parameters: Parameters,
    /// Euler steps per member.
    pub steps: u32,
    /// What is kept.
    pub keep: Keep,
}

impl Integration {
    /// An ensemble of which whole trajectories are kept where they fit: [`Keep::for_size`].
    #[must_use]
    pub fn new(members: u32, parameters: Parameters, steps: u32) -> Self {
        Self { members, parameters, steps, keep: Keep::for_size(members, steps) }
    }

    /// Where a row of output has the final state: its last three values.
    #[must_use]
    pub fn final_state(&self) -> Range<usize> {
        self.out_row() - 3..self.out_row()
    }
}

impl Workload for Integration {
    type In = f64;
    type Out = f64;
    type Work = Integrating;
    const ITEM: &'static str = "member";

    fn items(&self) -> u32 {
        self.members
    }

    fn in_row(&self) -> usize {
        3
    }

    fn out_row(&self) -> usize {
        match self.keep {
            Keep::Trajectories => (self.steps as usize).saturating_add(1).saturating_mul(3),
            Keep::FinalStates => 3,
        }
    }

    fn units(&self, items: u32) -> u64 {
        u64::from(items) * u64::from(self.steps)
    }

    fn why_not(&self, _: Kernel) -> Option<&'static str> {
        None
    }

    fn resized(&self, items: u32) -> Option<Self> {
        Some(Self::new(items, self.parameters, self.steps))
    }

    fn agreement(&self) -> Agreement {
        Agreement::Bits
    }

    fn begin(&self, kernel: Kernel, items: Range<u32>) -> Integrating {
        Integrating { workload: *self, kernel, members: items.len(), first: 0, step: 0 }
    }
}

/// A chunk of members, and how far it has come.
///
/// Members are worked off in blocks (of one member for [`Kernel::Scalar`], of
/// up to [`BLOCK_MEMBERS`] for [`Kernel::Simd`]), every block to its last step
/// before the next begins.
#[derive(Clone, Debug)]
pub struct Integrating {
    workload: Integration,
    kernel: Kernel,
    members: usize,
    /// First member of the block at work.
    first: usize,
    /// Steps that this block has behind it.
    step: u32,
}

impl Work<Integration> for Integrating {
    /// Does at least one step of a block, and less than one such step too many.
    fn advance(&mut self, input: &[f64], output: &mut [f64], budget: u64) -> Step {
        let mut did = 0;
        while did < budget.max(1) && self.first < self.members {
            did += self.advance_block(input, output, budget.max(1) - did);
        }
        if did == 0 && self.first >= self.members { Step::Finished } else { Step::Did(did) }
    }
}

impl Integrating {
    /// Takes the block at work as far as the budget goes, at most to its end;
    /// gives the member-steps done.
    fn advance_block(&mut self, input: &[f64], output: &mut [f64], budget: u64) -> u64 {
        let most = match self.kernel {
            Kernel::Scalar => 1,
            Kernel::Simd => BLOCK_MEMBERS,
        };
        let members = most.min(self.members - self.first);
        let last = self.first + members;
        let left = self.workload.steps - self.step;
        let steps = u32::try_from(budget.div_ceil(members as u64)).map_or(left, |steps| steps.min(left));
        let row = self.workload.out_row();
        if let Some(block) = output.get_mut(self.first * row..last * row) {
            if self.step == 0 {
                put_initial(input.get(self.first * 3..last * 3).unwrap_or_default(), block, row);
            }
            self.integrate(block, steps);
        }
        self.step += steps;
        if self.step == self.workload.steps {
            (self.first, self.step) = (last, 0);
        }
        members as u64 * u64::from(steps)
    }

    fn integrate(&self, block: &mut [f64], steps: u32) {
        let Integration { parameters, keep, .. } = &self.workload;
        let saved = self.workload.steps as usize + 1;
        match (self.kernel, keep) {
            (Kernel::Scalar, Keep::FinalStates) => scalar::advance_state(parameters, block, steps),
            (Kernel::Scalar, Keep::Trajectories) => scalar::extend_trajectory(parameters, block, self.step, steps),
            (Kernel::Simd, Keep::FinalStates) => lanes::advance_states(parameters, block, steps),
            (Kernel::Simd, Keep::Trajectories) => {
                lanes::extend_trajectories(parameters, block, saved, self.step, steps);
            }
        }
    }
}

/// Puts initial conditions where the integration goes on from: into step 0 of
/// each trajectory, or, where only final states are kept, into the states that
/// are then advanced in place.
fn put_initial(initial: &[f64], block: &mut [f64], row: usize) {
    for (row, state) in block.chunks_exact_mut(row).zip(initial.as_chunks::<3>().0) {
        if let Some(first) = row.first_chunk_mut() {
            *first = *state;
        }
    }
}

impl Specimen for Integration {
    fn specimens() -> Vec<Self> {
        let sizes = [1, 2, 3, 4, 5, 7, 8, 9, 12, 13, 15, 16, 17, 31, 33, 100, 511, 512, 513, 1030].map(|it| (it, 6));
        let lengths = [1, 2, 3, 4, 5, 8, 9, 500, 1001].map(|steps| (5, steps));
        let diverging = Parameters { dt: 0.1, ..Parameters::LORENZ_1963 };
        let of = |parameters| move |(members, steps)| (members, steps, parameters);
        let kinds = sizes.into_iter().chain(lengths).chain([(0, 6), (5, 0)]).map(of(Parameters::LORENZ_1963));
        let kinds: Vec<_> = kinds.chain([(19, 60)].map(of(diverging))).collect();
        let kept = |keep| {
            let kinds = kinds.iter();
            kinds.map(move |&(members, steps, parameters)| Self { members, parameters, steps, keep })
        };
        kept(Keep::FinalStates).chain(kept(Keep::Trajectories)).collect()
    }

    fn large() -> Self {
        Self::new(1000, Parameters::LORENZ_1963, 5000)
    }

    fn input(&self) -> Vec<f64> {
        initial_conditions(self.members, self.members + self.steps)
    }

    fn expected(&self, input: &[f64]) -> Vec<f64> {
        let mut output = Vec::new();
        for state in input.as_chunks::<3>().0 {
            let mut state = *state;
            for _ in 0..self.steps {
                if self.keep == Keep::Trajectories {
                    output.extend(state);
                }
                state = self.parameters.step(state);
            }
            output.extend(state);
        }
        output
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn workload(members: u32, steps: u32, keep: Keep) -> Integration {
        Integration { members, parameters: Parameters::LORENZ_1963, steps, keep }
    }

    #[test]
    fn a_slice_is_close_to_its_budget() {
        for (kernel, block) in [(Kernel::Scalar, 1), (Kernel::Simd, 512)] {
            let mut work = workload(700, 100, Keep::FinalStates).begin(kernel, 0..700);
            let mut output = vec![1.0; 2100];
            let mut sum = 0;
            while let Step::Did(did) = work.advance(&[1.0; 2100], &mut output, 10_000) {
                sum += did;
                assert!(did < 10_000 + block && (did >= 10_000 || sum == 70_000), "{did}");
            }
            assert_eq!(sum, 70_000);
        }
    }

    #[test]
    fn a_budget_of_nothing_is_one_step() {
        let mut work = workload(7, 3, Keep::FinalStates).begin(Kernel::Simd, 0..7);
        assert_eq!(work.advance(&[1.0; 21], &mut [1.0; 21], 0), Step::Did(7));
    }

    #[test]
    fn the_final_state_is_the_end_of_a_row() {
        assert_eq!(workload(1, 1, Keep::Trajectories).final_state(), 3..6);
        assert_eq!(workload(1, 9, Keep::FinalStates).final_state(), 0..3);
    }

    #[test]
    fn what_is_kept_changes_with_the_size() {
        let kept = |members| workload(1, 5000, Keep::Trajectories).resized(members).map(|it| it.keep);
        assert_eq!((kept(30), kept(1000)), (Some(Keep::Trajectories), Some(Keep::FinalStates)));
    }
}
