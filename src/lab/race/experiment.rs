//! From settings to an experiment, and from its outcome to a report.

use super::report::Report;
use super::settings::Settings;
use crate::model::experiment::{Experiment, Outcome, Plan};
use crate::workload::AnyWorkload;

/// What the race's settings ask for.
#[must_use]
pub fn of(settings: &Settings) -> Experiment<AnyWorkload> {
    settings.ensemble().experiment(Plan {
        executors: settings.executors.clone(),
        kernel: settings.kernel,
        workers: settings.workers,
        chunk: settings.chunk,
        pool: settings.pool,
        start: settings.start,
        gather: settings.gather,
        repeats: settings.repeats,
    })
}

/// What came of it, with what was asked for.
#[must_use]
pub fn report(settings: Settings, outcome: Outcome) -> Report {
    let drawing = settings.ensemble().drawing(&outcome);
    let Outcome { run, results, timelines, pace, .. } = outcome;
    Report { run, settings, results, timelines, pace, drawing }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_experiment_is_what_the_settings_say() {
        let settings = Settings { members: 10_000, repeats: 2, ..Settings::defaults(4) };
        let experiment = of(&settings);
        assert_eq!(experiment.workload.shape().items, 10_000);
        assert_eq!((experiment.plan.repeats, experiment.plan.workers), (2, 4));
        assert_eq!(experiment.plan.executors, settings.executors);
    }

    #[test]
    fn a_report_keeps_what_was_asked_for() {
        let settings = Settings { members: 3, ..Settings::defaults(4) };
        let report = report(settings.clone(), Outcome { run: 7, ..Outcome::default() });
        assert_eq!((report.run, report.settings, report.drawing), (7, settings, None));
    }
}
