//! Where an ensemble begins: drawing its initial conditions is a workload of its own.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::model::numpy_random::RandomState;
use crate::model::settings::Kernel;
use crate::workload::{Agreement, Specimen, Step, Work, Workload};

/// The middle of the cloud.
const CENTRE: [f64; 3] = [-10.0, -10.0, 25.0];
/// Standard deviation of the cloud, in each direction.
const RADIUS: f64 = 0.5;
/// Units of one member: three normals, each with a logarithm.
const UNITS: u64 = 40;

/// `numpy.round(numpy.random.RandomState(seed).randn(members, 3) * 0.5 + [-10, -10, 25], 9)`.
///
/// One task without input: the numbers come from one stream. The output has
/// shape `(members, 3)`. The rounding takes away the bit in which platforms'
/// logarithms differ, so that the ensemble is the same everywhere.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct InitialConditions {
    /// How many members.
    pub members: u32,
    /// The seed.
    pub seed: u32,
}

impl Workload for InitialConditions {
    type In = f64;
    type Out = f64;
    type Work = Drawing;
    const ITEM: &'static str = "ensemble";

    fn items(&self) -> u32 {
        1
    }

    fn in_row(&self) -> usize {
        0
    }

    fn out_row(&self) -> usize {
        (self.members as usize).saturating_mul(3)
    }

    fn units(&self, items: u32) -> u64 {
        u64::from(items) * u64::from(self.members) * UNITS
    }

    fn why_not(&self, kernel: Kernel) -> Option<&'static str> {
        match kernel {
            Kernel::Scalar => None,
            Kernel::Simd => Some("The numbers come from one stream, each from the one before."),
        }
    }

    fn resized(&self, _: u32) -> Option<Self> {
        None
    }

    fn agreement(&self) -> Agreement {
        Agreement::Bits
    }

    fn begin(&self, _: Kernel, _: Range<u32>) -> Drawing {
        Drawing { random: Box::new(RandomState::new(self.seed)), drawn: 0 }
    }
}

/// Initial conditions, some of them drawn.
#[derive(Clone, Debug)]
pub struct Drawing {
    // Boxed: MT19937's state is 2.5 KB.
    random: Box<RandomState>,
    /// Members that are there.
    drawn: usize,
}

impl Work<InitialConditions> for Drawing {
    fn advance(&mut self, _: &[f64], output: &mut [f64], budget: u64) -> Step {
        let members = usize::try_from(budget / UNITS).unwrap_or(usize::MAX).max(1);
        let mut done = 0;
        for member in output.as_chunks_mut::<3>().0.iter_mut().skip(self.drawn).take(members) {
            for (value, centre) in member.iter_mut().zip(CENTRE) {
                let drawn = self.random.standard_normal() * RADIUS + centre;
                *value = (drawn * 1e9).round_ties_even() / 1e9;
            }
            done += 1;
        }
        self.drawn += done;
        if done == 0 { Step::Finished } else { Step::Did(done as u64 * UNITS) }
    }
}

impl Specimen for InitialConditions {
    fn specimens() -> Vec<Self> {
        [(1, 0), (30, 42), (1001, u32::MAX), (0, 7)].map(|(members, seed)| Self { members, seed }).to_vec()
    }

    fn large() -> Self {
        Self { members: 200_000, seed: 42 }
    }

    fn input(&self) -> Vec<f64> {
        Vec::new()
    }

    fn expected(&self, _: &[f64]) -> Vec<f64> {
        let mut random = RandomState::new(self.seed);
        let drawn = (0..3 * self.members as usize).map(|index| random.standard_normal() * RADIUS + CENTRE[index % 3]);
        drawn.map(|value| (value * 1e9).round_ties_even() / 1e9).collect()
    }
}

/// The initial conditions at one go, shape `(members, 3)`.
#[must_use]
pub fn initial_conditions(members: u32, seed: u32) -> Vec<f64> {
    let workload = InitialConditions { members, seed };
    let mut output = vec![0.0; workload.out_row()];
    workload.begin(Kernel::Scalar, 0..1).advance(&[], &mut output, u64::MAX);
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slices_make_the_same_conditions() {
        let workload = InitialConditions { members: 10, seed: 7 };
        let mut drawing = workload.begin(Kernel::Scalar, 0..1);
        let mut output = [0.0; 30];
        let mut slices = 0;
        while drawing.advance(&[], &mut output, 3 * UNITS) != Step::Finished {
            slices += 1;
        }
        assert_eq!((slices, output.as_slice()), (4, initial_conditions(10, 7).as_slice()));
    }

    #[test]
    fn the_first_members_are_those_of_a_smaller_ensemble() {
        let all = initial_conditions(1000, 42);
        for members in [1, 6, 29, 30] {
            assert_eq!(initial_conditions(members, 42), all[..members as usize * 3]);
        }
    }
}
