//! What a script's run says, in words computed from it.

use crate::model::python::{Doing, PythonReport, Status, Who};
use crate::model::settings::{Executor, Program, Settings};
use crate::ui::format;
use crate::ui::lab::headline::Headline;
use crate::ui::lab::verdict::short_name;

/// Beyond this ratio one run is told from another.
const CLOSE_RATIO: f64 = 1.15;
/// Who takes turns holds the GIL at least so much of the time between them.
const TURNS: f64 = 0.75;

/// A finished run, as far as later ones are compared with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// The run's number on this page.
    pub run: u32,
    /// Which way of running it was.
    pub executor: Executor,
    /// What it ran: a program's title, or that it was edited.
    pub title: String,
    /// The script's time, ms.
    pub wall_ms: f64,
    /// The longest start of a process, ms.
    pub startup_ms: f64,
    /// Processes or threads.
    pub workers: u32,
    /// Whether threads took turns.
    pub gil: bool,
    /// It came to its end.
    pub is_ok: bool,
    /// It integrates the ensemble, and is as we wrote it: such times can be compared.
    pub is_ensemble: bool,
}

impl Row {
    /// A report as a row.
    #[must_use]
    pub fn of(report: &PythonReport, title: String, settings: &Settings) -> Self {
        let executor = executor(report);
        let workers = match executor {
            Executor::Process => report.processes,
            Executor::Thread => report.threads,
            _ => 1,
        };
        Self {
            run: report.run,
            executor,
            title,
            wall_ms: report.wall_ms,
            startup_ms: report.startup_ms(),
            workers,
            gil: settings.gil,
            is_ok: report.outcome.exit_code == 0,
            is_ensemble: settings.code.is_empty()
                && matches!(
                    settings.program,
                    Program::SerialLoop | Program::ProcessPool | Program::ThreadPool | Program::PoolMap
                ),
        }
    }

    /// What the row is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self.executor {
            Executor::Thread if self.gil => "Thread (GIL)".into(),
            Executor::Thread => "Thread (no GIL)".into(),
            other => short_name(other).into(),
        }
    }
}

/// Which way of running a script has used.
#[must_use]
pub fn executor(report: &PythonReport) -> Executor {
    match (report.processes, report.threads) {
        (0, 0) => Executor::Serial,
        (0, _) => Executor::Thread,
        _ => Executor::Process,
    }
}

/// The sentence over a finished run.
#[must_use]
pub fn headline(report: &PythonReport, row: &Row, earlier: &[Row]) -> Headline {
    let took = format::duration(report.wall_ms);
    let begin = match report.outcome.status {
        Status::Ok => Headline::plain("The script took ").figure(row.executor, took),
        Status::Exit => Headline::plain("The script left with sys.exit after ").figure(row.executor, took),
        Status::Error => return Headline::plain(failure(report)),
        Status::Stopped => return Headline::plain("Stopped."),
    };
    let because = match row.executor {
        Executor::Process => startup(report),
        Executor::Thread if row.gil => turns(report),
        _ => None,
    };
    let begin = match against_serial(row, earlier) {
        Some((ratio, words)) => begin.words(", ").figure(row.executor, ratio).words(words),
        None => begin.words("."),
    };
    match because {
        Some(because) => begin.words(format!(" {because}")),
        None => begin,
    }
}

fn failure(report: &PythonReport) -> String {
    let last = report.outcome.traceback.lines().rev().find(|line| !line.trim().is_empty()).unwrap_or("an exception");
    match report.outcome.lines.last() {
        Some(place) => format!("It ended in line {}: {last}", place.line),
        None => format!("It ended with {last}"),
    }
}

fn against_serial(row: &Row, earlier: &[Row]) -> Option<(String, &'static str)> {
    if row.executor == Executor::Serial || !row.is_ensemble {
        return None;
    }
    let serial = earlier.iter().rev().find(|it| it.is_ok && it.is_ensemble && it.executor == Executor::Serial)?;
    let speedup = serial.wall_ms / row.wall_ms;
    Some(if speedup > CLOSE_RATIO {
        (format::ratio(speedup), " as fast as the serial script before.")
    } else if speedup < 1.0 / CLOSE_RATIO {
        (format::ratio(1.0 / speedup), " slower than the serial script before.")
    } else {
        ("too close to call".into(), " against the serial script before.")
    })
}

fn startup(report: &PythonReport) -> Option<String> {
    let startup_ms = report.startup_ms();
    (startup_ms > 0.0).then(|| {
        let noun = if report.processes == 1 { "a process" } else { "the processes" };
        format!("Starting {noun} took {} of it.", format::duration(startup_ms))
    })
}

/// Two threads that compute hold the GIL one after the other.
fn turns(report: &PythonReport) -> Option<String> {
    let sum = |doing: Doing| {
        let of_threads = report.stretches.iter().filter(|it| it.doing == doing && it.who != Who::Thread(0));
        of_threads.map(|it| it.end_ms - it.start_ms).sum::<f64>()
    };
    let (held_ms, waited_ms) = (sum(Doing::Hold), sum(Doing::Wait));
    let span_ms = busy_ms(report)?;
    (held_ms > TURNS * span_ms && waited_ms > 0.2 * span_ms).then(|| {
        format!(
            "The threads took turns: between them they held the GIL {} of the time, and waited {} for it.",
            format::percent((held_ms / span_ms).min(1.0)),
            format::duration(waited_ms),
        )
    })
}

/// From the first to the last thing that a started thread did, ms.
fn busy_ms(report: &PythonReport) -> Option<f64> {
    let of_threads = || report.stretches.iter().filter(|it| matches!(it.who, Who::Thread(number) if number > 0));
    let first = of_threads().map(|it| it.start_ms).reduce(f64::min)?;
    let last = of_threads().map(|it| it.end_ms).reduce(f64::max)?;
    (last > first).then_some(last - first)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::python::{Outcome, Place, Stretch};

    fn report(processes: u32, threads: u32, stretches: Vec<Stretch>) -> PythonReport {
        let outcome = Outcome { status: Status::Ok, exit_code: 0, traceback: String::new(), lines: Vec::new() };
        PythonReport { run: 2, outcome, wall_ms: 500.0, processes, threads, stretches }
    }

    fn stretch(who: Who, doing: Doing, start_ms: f64, end_ms: f64) -> Stretch {
        Stretch { who, doing, start_ms, end_ms, label: String::new() }
    }

    fn serial(wall_ms: f64) -> Row {
        Row { wall_ms, run: 1, ..Row::of(&report(0, 0, Vec::new()), "Serial loop".into(), &Settings::defaults(2)) }
    }

    fn said(report: &PythonReport, earlier: &[Row]) -> String {
        let row = Row::of(report, "mine".into(), &Settings::defaults(2));
        headline(report, &row, earlier).to_string()
    }

    #[test]
    fn processes_are_compared_with_the_serial_script_before() {
        let report = report(2, 0, vec![stretch(Who::Process(1), Doing::Start, 10.0, 130.0)]);
        assert_eq!(
            said(&report, &[serial(950.0)]),
            "The script took 500 ms, 1.9 × as fast as the serial script before. Starting the processes took 120 ms of it."
        );
        assert_eq!(said(&report, &[]), "The script took 500 ms. Starting the processes took 120 ms of it.");
    }

    #[test]
    fn threads_under_the_gil_take_turns() {
        let (one, two) = (Who::Thread(1), Who::Thread(2));
        let stretches = vec![
            stretch(one, Doing::Hold, 0.0, 250.0),
            stretch(two, Doing::Wait, 0.0, 250.0),
            stretch(two, Doing::Hold, 250.0, 490.0),
        ];
        let said = said(&report(0, 2, stretches), &[serial(510.0)]);
        assert!(
            said.starts_with("The script took 500 ms, too close to call against the serial script before."),
            "{said}"
        );
        assert!(said.ends_with("held the GIL 100 % of the time, and waited 250 ms for it."), "{said}");
    }

    #[test]
    fn an_exception_is_told_with_its_line() {
        let mut report = report(0, 0, Vec::new());
        report.outcome = Outcome {
            status: Status::Error,
            exit_code: 1,
            traceback: "Traceback (most recent call last):\nZeroDivisionError: division by zero\n".into(),
            lines: vec![Place { line: 3 }, Place { line: 7 }],
        };
        assert_eq!(said(&report, &[]), "It ended in line 7: ZeroDivisionError: division by zero");
    }
}
