//! Summing an ensemble up, as a workload: a pass of its own for the picture.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::equations::Parameters;
use super::initial_conditions::initial_conditions;
use super::statistics::{Statistics, StatisticsPass, saved_steps};
use super::{Integration, Keep};
use crate::model::settings::Kernel;
use crate::workload::{Agreement, Specimen, Step, Work, Workload};

/// An ensemble's mean and spread at [`saved_steps`], n of them.
///
/// One task: the input is all initial conditions, shape `(members, 3)`; the
/// output the means, then the spreads, each of shape `(n, 3)`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// Members of the ensemble.
    pub members: u32,
    /// σ, ρ, β and dt.
    pub parameters: Parameters,
    /// Euler steps per member.
    pub steps: u32,
}

impl Summary {
    /// The output as statistics.
    #[must_use]
    pub fn statistics(&self, output: &[f64]) -> Statistics {
        let steps = saved_steps(self.steps);
        let (mean, spread) = output.split_at(output.len().min(3 * steps.len()));
        Statistics { members: self.members, steps, mean: mean.to_vec(), spread: spread.to_vec() }
    }
}

impl Workload for Summary {
    type In = f64;
    type Out = f64;
    type Work = Summing;
    const ITEM: &'static str = "ensemble";

    fn items(&self) -> u32 {
        1
    }

    fn in_row(&self) -> usize {
        (self.members as usize).saturating_mul(3)
    }

    fn out_row(&self) -> usize {
        6 * saved_steps(self.steps).len()
    }

    fn units(&self, items: u32) -> u64 {
        let last = saved_steps(self.steps).last().copied().unwrap_or_default();
        u64::from(items) * u64::from(self.members) * u64::from(last)
    }

    /// Both kernels are the same: lanes, since nobody takes the time.
    fn why_not(&self, _: Kernel) -> Option<&'static str> {
        None
    }

    fn resized(&self, _: u32) -> Option<Self> {
        None
    }

    fn agreement(&self) -> Agreement {
        Agreement::Bits
    }

    fn begin(&self, _: Kernel, _: Range<u32>) -> Summing {
        Summing::Before(*self)
    }
}

/// An ensemble, half summed up.
#[derive(Clone, Debug)]
pub enum Summing {
    /// The initial conditions have not been looked at.
    Before(Summary),
    /// At it.
    Pass(Box<StatisticsPass>),
    /// The statistics are in the output.
    Done,
}

impl Work<Summary> for Summing {
    fn advance(&mut self, input: &[f64], output: &mut [f64], budget: u64) -> Step {
        if let Self::Before(Summary { parameters, steps, .. }) = self {
            *self = Self::Pass(Box::new(StatisticsPass::new(*parameters, *steps, input.to_vec())));
        }
        let Self::Pass(pass) = self else { return Step::Finished };
        let did = pass.advance(budget);
        if pass.is_finished()
            && let Self::Pass(pass) = std::mem::replace(self, Self::Done)
        {
            let Statistics { mean, spread, .. } = pass.into_statistics();
            for (value, summed) in output.iter_mut().zip(mean.into_iter().chain(spread)) {
                *value = summed;
            }
        }
        Step::Did(did)
    }
}

impl Specimen for Summary {
    fn specimens() -> Vec<Self> {
        let diverging = Parameters { dt: 0.1, ..Parameters::LORENZ_1963 };
        let of = |parameters| move |(members, steps)| Self { members, parameters, steps };
        let tame = [(1, 1), (30, 5), (513, 7), (1100, 3), (3, 1001), (0, 2)].map(of(Parameters::LORENZ_1963));
        tame.into_iter().chain([(19, 60)].map(of(diverging))).collect()
    }

    fn large() -> Self {
        Self { members: 10_000, parameters: Parameters::LORENZ_1963, steps: 2000 }
    }

    fn input(&self) -> Vec<f64> {
        initial_conditions(self.members, self.steps)
    }

    fn expected(&self, input: &[f64]) -> Vec<f64> {
        let Self { members, parameters, steps } = *self;
        let trajectories = Integration { members, parameters, steps, keep: Keep::Trajectories }.expected(input);
        let statistics = Statistics::of_trajectories(&trajectories, steps);
        [statistics.mean, statistics.spread].concat()
    }
}
