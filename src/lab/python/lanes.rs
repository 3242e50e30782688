//! Who did what when, as lanes of a chart: one for each thread and process.

use crate::model::python::{Doing, PythonReport, Stretch, Who};
use crate::view::format;

/// Stretches of a table, at most.
const ROWS: usize = 200;

/// One lane.
#[derive(Clone, Debug, PartialEq)]
pub struct Lane {
    /// Whose it is.
    pub who: Who,
    /// What it is called.
    pub name: String,
    /// What was done, in order of start.
    pub stretches: Vec<Stretch>,
}

/// The lanes of a run: the main thread's first.
#[must_use]
pub fn of(report: &PythonReport) -> Vec<Lane> {
    let lane = |who: Who| {
        let stretches = report.stretches.iter().filter(|it| it.who == who).cloned().collect();
        Lane { who, name: name(who), stretches }
    };
    report.everybody().into_iter().map(lane).collect()
}

/// What somebody is called.
#[must_use]
pub fn name(who: Who) -> String {
    match who {
        Who::Thread(0) => "main thread".into(),
        Who::Thread(number) => format!("thread {number}"),
        Who::Process(number) => format!("process {number}"),
    }
}

/// What was done, in a word or two.
#[must_use]
pub fn doing(doing: Doing) -> &'static str {
    match doing {
        Doing::Start => "start, import the script",
        Doing::Task => "task",
        Doing::Pickle => "pickle",
        Doing::Unpickle => "unpickle",
        Doing::Wait => "wait for the GIL",
        Doing::Hold => "hold the GIL",
        Doing::Run => "run",
    }
}

/// Stretches as a table: who, what, from, for how long; and how many rows are left out.
#[must_use]
pub fn table(stretches: &[Stretch]) -> (Vec<[String; 4]>, usize) {
    let row = |stretch: &Stretch| {
        let what = match stretch.label.as_str() {
            "" => doing(stretch.doing).to_owned(),
            label => format!("{}: {label}", doing(stretch.doing)),
        };
        let took = format::duration(stretch.end_ms - stretch.start_ms);
        [name(stretch.who), what, format::duration(stretch.start_ms), took]
    };
    (stretches.iter().take(ROWS).map(row).collect(), stretches.len().saturating_sub(ROWS))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::python::{Outcome, Status};

    #[test]
    fn everybody_has_a_lane_and_every_stretch_a_row() {
        let stretch = |who, doing, start_ms: f64, label: &str| Stretch {
            who,
            doing,
            start_ms,
            end_ms: start_ms + 2.0,
            label: label.into(),
        };
        let outcome = Outcome { status: Status::Ok, exit_code: 0, traceback: String::new(), lines: Vec::new() };
        let stretches = vec![
            stretch(Who::Thread(0), Doing::Hold, 0.0, ""),
            stretch(Who::Process(1), Doing::Start, 1.0, ""),
            stretch(Who::Process(1), Doing::Task, 40.0, "integrate"),
        ];
        let report =
            PythonReport { run: 1, outcome, wall_ms: 50.0, processes: 1, threads: 0, stretches, gil_times: Vec::new() };
        let lanes = of(&report);
        assert_eq!(lanes.iter().map(|it| it.name.as_str()).collect::<Vec<_>>(), ["main thread", "process 1"]);
        assert_eq!(lanes[1].stretches[0].doing, Doing::Start);
        let (rows, left_out) = table(&report.stretches);
        assert_eq!(rows[2], ["process 1", "task: integrate", "40.0 ms", "2.00 ms"]);
        assert_eq!(left_out, 0);
    }
}
