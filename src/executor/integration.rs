//! A chunk of members as a resumable piece of work: no clock, no thread, no
//! allocation, only how far it has come.

use super::scalar;
use crate::model::lorenz::lanes;
use crate::model::settings::Kernel;
use crate::model::workload::{Keep, Workload};

/// Members that the SIMD kernel takes through the same steps in one slice:
/// their states fit the first-level cache.
pub const BLOCK_MEMBERS: usize = 512;

/// How far a chunk's integration has come. The numbers are in the caller's
/// `output`, the same buffer at every call.
///
/// Members are worked off in blocks (of one member for [`Kernel::Scalar`], of
/// up to [`BLOCK_MEMBERS`] for [`Kernel::Simd`]), every block to its last step
/// before the next begins. Wherever slices begin and end, the bits are the same.
#[derive(Clone, Debug)]
pub struct Integration {
    workload: Workload,
    kernel: Kernel,
    members: usize,
    /// First member of the block at work.
    first: usize,
    /// Steps that this block has behind it.
    step: u32,
}

impl Integration {
    /// Work that has not begun, for `members` members.
    #[must_use]
    pub fn new(workload: Workload, kernel: Kernel, members: usize) -> Self {
        let first = if workload.steps == 0 { members } else { 0 };
        Self { workload, kernel, members, first, step: 0 }
    }

    /// Puts the initial conditions, shape `(members, 3)`, where [`Self::advance`]
    /// goes on from: into step 0 of each trajectory, or, where only final states
    /// are kept, into the states that are then advanced in place.
    ///
    /// `output` holds [`Workload::values_per_member`] values per member.
    pub fn begin(&self, initial: &[f64], output: &mut [f64]) {
        let rows = output.chunks_exact_mut(self.workload.values_per_member());
        for (row, state) in rows.zip(initial.as_chunks::<3>().0) {
            if let Some(first) = row.first_chunk_mut() {
                *first = *state;
            }
        }
    }

    /// Integrates about `budget_member_steps` member-steps (at least one step of
    /// a block, and less than one such step too many), and gives their number:
    /// 0 only when all is done.
    pub fn advance(&mut self, output: &mut [f64], budget_member_steps: u64) -> u64 {
        let before = self.done();
        let mut budget = budget_member_steps.max(1);
        while budget > 0 && !self.is_finished() {
            budget = budget.saturating_sub(self.advance_block(output, budget));
        }
        self.done() - before
    }

    /// Members of this chunk.
    #[must_use]
    pub fn members(&self) -> usize {
        self.members
    }

    /// Is there nothing left to do?
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.first >= self.members
    }

    /// Member-steps done.
    #[must_use]
    pub fn done(&self) -> u64 {
        self.workload.member_steps(self.first) + self.block_members() as u64 * u64::from(self.step)
    }

    /// Member-steps to do in all.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.workload.member_steps(self.members)
    }

    fn block_members(&self) -> usize {
        let most = match self.kernel {
            Kernel::Scalar => 1,
            Kernel::Simd => BLOCK_MEMBERS,
        };
        most.min(self.members - self.first)
    }

    /// Takes the block at work as far as the budget goes, at most to its end;
    /// gives the member-steps done.
    fn advance_block(&mut self, output: &mut [f64], budget: u64) -> u64 {
        let members = self.block_members();
        let left = self.workload.steps - self.step;
        let steps = u32::try_from(budget.div_ceil(members as u64)).map_or(left, |steps| steps.min(left));
        let values = self.workload.values_per_member();
        if let Some(block) = output.get_mut(self.first * values..(self.first + members) * values) {
            self.integrate(block, steps);
        }
        self.step += steps;
        if self.step == self.workload.steps {
            self.first += members;
            self.step = 0;
        }
        members as u64 * u64::from(steps)
    }

    fn integrate(&self, block: &mut [f64], steps: u32) {
        let Workload { parameters, keep, .. } = &self.workload;
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ensemble::initial_conditions;
    use crate::model::lorenz::Parameters;

    fn workload(steps: u32, keep: Keep) -> Workload {
        Workload { parameters: Parameters::LORENZ_1963, steps, keep }
    }

    #[test]
    fn a_slice_is_close_to_its_budget() {
        for (kernel, block) in [(Kernel::Scalar, 1), (Kernel::Simd, 512)] {
            let mut integration = Integration::new(workload(100, Keep::FinalStates), kernel, 700);
            let mut output = vec![1.0; 2100];
            let mut sum = 0;
            while !integration.is_finished() {
                let done = integration.advance(&mut output, 10_000);
                sum += done;
                assert_eq!(integration.done(), sum);
                assert!(done < 10_000 + block && (done >= 10_000 || integration.is_finished()), "{done}");
            }
            assert_eq!((sum, integration.total()), (70_000, 70_000));
            assert_eq!(integration.advance(&mut output, 10_000), 0);
        }
    }

    #[test]
    fn a_budget_of_nothing_is_one_step() {
        let mut integration = Integration::new(workload(3, Keep::FinalStates), Kernel::Simd, 7);
        assert_eq!(integration.advance(&mut [1.0; 21], 0), 7);
    }

    #[test]
    fn no_members_or_no_steps_is_finished_at_once() {
        for (steps, members) in [(0, 3), (3, 0)] {
            let integration = Integration::new(workload(steps, Keep::Trajectories), Kernel::Simd, members);
            assert!(integration.is_finished());
            assert_eq!((integration.done(), integration.total()), (0, 0));
        }
    }

    #[test]
    fn kernels_agree_on_trajectories() {
        let workload = workload(20, Keep::Trajectories);
        let initial = initial_conditions(37, 5);
        let outputs = [Kernel::Scalar, Kernel::Simd].map(|kernel| {
            let mut output = vec![0.0; 37 * workload.values_per_member()];
            let mut integration = Integration::new(workload, kernel, 37);
            integration.begin(&initial, &mut output);
            while integration.advance(&mut output, 100) > 0 {}
            output
        });
        assert_eq!(outputs[0], outputs[1]);
        assert_eq!(outputs[0][..3], initial[..3]);
    }
}
