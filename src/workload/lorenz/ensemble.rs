//! The race's experiment: what surrounds the integration that is timed.

use super::equations::Parameters;
use super::keep::drawn_members;
use super::statistics::Statistics;
use super::{InitialConditions, Integration, Keep, Summary, bare_loop};
use crate::model::experiment::{Check, Experiment, Outcome, Plan, Untimed};
use crate::workload::AnyWorkload;
use crate::workload::fingerprint::Fingerprint;

/// Whom the executors race over.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ensemble {
    /// Members, at least one.
    pub members: u32,
    /// Seed of the initial conditions.
    pub seed: u32,
    /// σ, ρ, β and dt.
    pub parameters: Parameters,
    /// Euler steps per member.
    pub steps: u32,
}

impl Ensemble {
    /// Initial conditions before dispatch; the final states' fingerprint after
    /// the clock; and for the picture, in the end, what [`Self::drawing`] takes.
    #[must_use]
    pub fn experiment(&self, plan: Plan) -> Experiment<AnyWorkload> {
        let Self { members, seed, .. } = *self;
        let integration = self.integration();
        let summing = "Summing up mean and spread for the picture (not timed)…";
        let sentence = (integration.keep == Keep::FinalStates).then_some(summing);
        let mut follow_ups = vec![Untimed { workload: self.summary().into(), sentence }];
        if integration.keep == Keep::FinalStates {
            follow_ups.push(Untimed { workload: self.drawn().into(), sentence: None });
        }
        Experiment {
            workload: integration.into(),
            plan,
            preparation: Some(Untimed {
                workload: InitialConditions { members, seed }.into(),
                sentence: Some("Drawing the initial conditions…"),
            }),
            check: Some(Check {
                workload: Fingerprint { rows: members, row: 3 }.into(),
                columns: integration.final_state(),
            }),
            follow_ups,
            keeps_output: integration.keep == Keep::Trajectories,
            bare_loop: Some(bare_loop()),
        }
    }

    /// What can be drawn of it; `None` where nothing ran.
    #[must_use]
    pub fn drawing(&self, outcome: &Outcome) -> Option<Drawing> {
        let (summed, drawn) = outcome.follow_ups.split_first()?;
        let trajectories = outcome.output.as_ref().or(drawn.first())?;
        let of_bytes = bytemuck::pod_collect_to_vec::<u8, f64>;
        Some(Drawing {
            members: self.drawn().members as usize,
            states: self.steps as usize + 1,
            trajectories: of_bytes(trajectories),
            statistics: self.summary().statistics(&of_bytes(summed)),
        })
    }

    fn integration(&self) -> Integration {
        Integration::new(self.members, self.parameters, self.steps)
    }

    fn summary(&self) -> Summary {
        let Self { members, parameters, steps, .. } = *self;
        Summary { members, parameters, steps }
    }

    /// The first members with their trajectories: initial conditions are drawn
    /// member by member, so these are a smaller ensemble.
    fn drawn(&self) -> Integration {
        let members = drawn_members(self.members, self.steps);
        Integration { members, keep: Keep::Trajectories, ..self.integration() }
    }
}

/// What can be drawn of the ensemble after a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Drawing {
    /// Members whose trajectories there are: the first ones, see [`drawn_members`](drawn_members).
    pub members: usize,
    /// Saved states per member: steps + 1.
    pub states: usize,
    /// Whole trajectories, shape `(members, states, 3)`, row-major.
    pub trajectories: Vec<f64>,
    /// Mean and spread of the whole ensemble at evenly spaced steps.
    pub statistics: Statistics,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::experiment::tests::plan;
    use crate::workload::Workload;
    use crate::workload::lorenz::initial_conditions::initial_conditions;
    use crate::workload::{Specimen, lorenz::statistics::Statistics};

    fn ensemble(members: u32, steps: u32) -> Ensemble {
        Ensemble { members, seed: 1, parameters: Parameters::LORENZ_1963, steps }
    }

    fn bytes(values: &[f64]) -> Vec<u8> {
        bytemuck::cast_slice(values).to_vec()
    }

    #[test]
    fn what_surrounds_the_integration_fits_to_it() {
        for (members, steps) in [(30, 5000), (10_000, 5000)] {
            let experiment = ensemble(members, steps).experiment(plan());
            let timed = experiment.workload.shape();
            let prepared = experiment.preparation.map(|it| it.workload.shape().out_bytes());
            assert_eq!(prepared, Some(timed.in_bytes()));
            let check = experiment.check.unwrap();
            assert_eq!(check.workload.shape().in_bytes(), members as usize * 8 * check.columns.len());
            assert_eq!(check.columns.end * 8, timed.out_row_bytes);
            assert!(experiment.follow_ups.iter().all(|it| it.workload.shape().in_bytes() <= timed.in_bytes()));
            assert_eq!(experiment.follow_ups.len(), if experiment.keeps_output { 1 } else { 2 });
        }
    }

    #[test]
    fn the_picture_is_made_from_what_was_kept_or_from_the_first_members() {
        for (members, steps) in [(5, 40), (1000, 5000)] {
            let ensemble = ensemble(members, steps);
            let initial = initial_conditions(members, 1);
            let drawn = ensemble.drawn();
            let trajectories = drawn.expected(&initial[..drawn.members as usize * 3]);
            let statistics = Statistics::of_trajectories(&initial, 0);
            let summed = vec![0.5; ensemble.summary().out_row()];
            let (kept, follow_ups) = match ensemble.integration().keep {
                Keep::Trajectories => (Some(bytes(&trajectories)), vec![bytes(&summed)]),
                Keep::FinalStates => (None, vec![bytes(&summed), bytes(&trajectories)]),
            };
            let outcome = Outcome { output: kept, follow_ups, ..Outcome::default() };
            let drawing = ensemble.drawing(&outcome).unwrap();
            assert_eq!(drawing.trajectories.len(), drawing.members * drawing.states * 3);
            assert_eq!(drawing.trajectories, trajectories);
            assert_eq!(drawing.statistics.members, statistics.members);
            assert_eq!(drawing.statistics.mean.len(), drawing.statistics.steps.len() * 3);
        }
        assert_eq!(ensemble(5, 40).drawing(&Outcome::default()), None);
    }
}
