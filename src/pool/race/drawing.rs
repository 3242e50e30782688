//! What the picture of the ensemble is made from, in passes of their own, which
//! are not timed.

use js_sys::Float64Array;

use super::Race;
use crate::model::report::Drawing;
use crate::model::settings::{Gather, Kernel};
use crate::model::statistics::Statistics;
use crate::model::workload::{Keep, Workload, drawn_members};
use crate::pool::control::Trouble;
use crate::protocol::{FromWorker, Task, ToWorker};

impl Race<'_> {
    /// Mean and spread of the ensemble, with the trajectories that were kept;
    /// or, where none were, with those of the first members.
    pub(super) async fn drawing(&mut self, initial: &[f64], kept: Option<Vec<f64>>) -> Result<Drawing, Trouble> {
        if kept.is_none() {
            self.say("Summing up mean and spread for the picture (not timed)…");
        }
        let statistics = self.statistics(initial).await?;
        let (members, steps) = (drawn_members(self.settings.members, self.settings.steps), self.settings.steps);
        let (members, states) = (members as usize, steps as usize + 1);
        let trajectories = match kept {
            Some(kept) => kept,
            None => self.first_trajectories(initial.get(..3 * members).unwrap_or(initial)).await?,
        };
        Ok(Drawing { members, states, trajectories, statistics })
    }

    /// The initial conditions are drawn member by member: the first members of
    /// an ensemble are those of a smaller one.
    async fn first_trajectories(&mut self, initial: &[f64]) -> Result<Vec<f64>, Trouble> {
        let workload = Workload { keep: Keep::Trajectories, ..self.settings.workload() };
        let request = |dispatch| {
            ToWorker::Run(Task {
                dispatch,
                task: 0,
                worker: 0,
                first_member: 0,
                workload,
                kernel: Kernel::Simd,
                gather: Gather::Transfer,
                fault: None,
            })
        };
        let letter = self.ask_solo(request, Some(initial), &mut |_| {}).await?;
        let values = letter.data.as_ref().map(Float64Array::to_vec).unwrap_or_default();
        if values.len() == initial.len() / 3 * workload.values_per_member() {
            Ok(values)
        } else {
            Err(Trouble::broken("The trajectories for the picture came incomplete."))
        }
    }

    /// Mean and spread over time.
    async fn statistics(&mut self, initial: &[f64]) -> Result<Statistics, Trouble> {
        let (parameters, steps, members) = (self.settings.parameters(), self.settings.steps, self.settings.members);
        let request = |dispatch| ToWorker::Summarize { dispatch, parameters, steps };
        let letter = self.ask_solo(request, Some(initial), &mut |_| {}).await?;
        let values = letter.data.as_ref().map(Float64Array::to_vec).unwrap_or_default();
        match letter.message {
            FromWorker::Summed { steps, .. } if values.len() == 6 * steps.len() => {
                let (mean, spread) = values.split_at(3 * steps.len());
                Ok(Statistics { members, steps, mean: mean.to_vec(), spread: spread.to_vec() })
            }
            _ => Err(Trouble::broken("Mean and spread came incomplete.")),
        }
    }
}
