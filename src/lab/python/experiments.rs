//! The runs so far. The same script with the same settings, run again, is the
//! same experiment: one run's time is an accident, the median of several is not.

use crate::model::python::PythonReport;
use crate::model::report::Wall;
use crate::model::settings::{Executor, Program, PythonSettings};
use crate::view::verdict::short_name;

/// Experiments that are kept, at most.
const KEPT: usize = 6;
/// What a line of results begins with: who prints the same ones has done the same work.
const RESULT: &str = "member ";
/// Characters of a changed line that are shown.
const CHANGE: usize = 40;

/// What was run.
#[derive(Clone, Debug, PartialEq)]
struct Setup {
    program: Program,
    code: String,
    gil: bool,
    switch_interval_ms: f64,
    cpu_count: u32,
}

impl Setup {
    fn of(settings: &PythonSettings) -> Self {
        Self {
            program: settings.program,
            code: settings.code.clone(),
            gil: settings.gil,
            switch_interval_ms: settings.switch_interval_ms,
            cpu_count: settings.workers,
        }
    }
}

/// One run of it that came to its end.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Run {
    /// The script's time, ms.
    pub wall_ms: f64,
    /// The longest start of a process, ms.
    pub startup_ms: f64,
}

/// A script with its settings, and its runs.
#[derive(Clone, Debug, PartialEq)]
pub struct Experiment {
    /// Counts the experiments of this page.
    pub number: u32,
    /// Which way of running it was.
    pub executor: Executor,
    /// Whether threads took turns.
    pub gil: bool,
    /// In order of time; only those that came to their end.
    pub runs: Vec<Run>,
    setup: Setup,
    /// The lines of results of the last run.
    results: Vec<String>,
}

impl Experiment {
    /// What its bar is called.
    #[must_use]
    pub fn name(&self) -> String {
        match self.executor {
            Executor::Thread if self.gil => "Thread (GIL)".into(),
            Executor::Thread => "Thread (no GIL)".into(),
            other => short_name(other).into(),
        }
    }

    /// Which script: the program's title, or what was changed in it.
    #[must_use]
    pub fn title(&self) -> String {
        let Setup { program, code, .. } = &self.setup;
        if code.is_empty() {
            return program.title().into();
        }
        changed_line(program.source(), code).unwrap_or_else(|| format!("{}, edited", program.title()))
    }

    /// Median and range of its runs; `None` if none has come to its end.
    #[must_use]
    pub fn wall(&self) -> Option<Wall> {
        let (lower, upper) = (self.ranked((self.runs.len().max(1) - 1) / 2)?, self.ranked(self.runs.len() / 2)?);
        let median = f64::midpoint(lower.wall_ms, upper.wall_ms);
        let walls = || self.runs.iter().map(|it| it.wall_ms);
        Some(Wall { min: walls().fold(median, f64::min), median, max: walls().fold(median, f64::max) })
    }

    /// How long the processes of the middle run (of two, the faster) took to start, ms.
    #[must_use]
    pub fn startup_ms(&self) -> f64 {
        self.ranked(self.runs.len().saturating_sub(1) / 2).map_or(0.0, |it| it.startup_ms)
    }

    /// The program that the script was, or was made of.
    #[must_use]
    pub fn program(&self) -> Program {
        self.setup.program
    }

    /// Whether it printed results by which it can be compared.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        !self.results.is_empty()
    }

    /// The run that so many are faster than.
    fn ranked(&self, rank: usize) -> Option<Run> {
        // A handful at most: counted, not sorted.
        let has_rank = |run: &&Run| {
            let faster = self.runs.iter().filter(|it| it.wall_ms < run.wall_ms).count();
            let as_fast = self.runs.iter().filter(|it| it.wall_ms <= run.wall_ms).count();
            (faster..as_fast).contains(&rank)
        };
        self.runs.iter().find(has_rank).copied()
    }
}

/// The last few experiments, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Experiments {
    all: Vec<Experiment>,
    count: u32,
}

impl Experiments {
    /// Takes in a run that came to its end, and what it printed.
    pub fn record(&mut self, settings: &PythonSettings, report: &PythonReport, printed: &str) -> Experiment {
        let setup = Setup::of(settings);
        let run = Run { wall_ms: report.wall_ms, startup_ms: report.startup_ms() };
        let (executor, results) = (executor(report), results(printed));
        if let Some(known) = self.all.iter_mut().find(|it| it.setup == setup && it.executor == executor) {
            known.runs.push(run);
            known.results = results;
            return known.clone();
        }
        self.count += 1;
        let new = Experiment { number: self.count, executor, gil: settings.gil, runs: vec![run], setup, results };
        self.all.push(new.clone());
        self.forget();
        new
    }

    /// All that are kept.
    #[must_use]
    pub fn all(&self) -> &[Experiment] {
        &self.all
    }

    /// Whether one of them was serial.
    #[must_use]
    pub fn has_serial(&self) -> bool {
        self.all.iter().any(|it| it.executor == Executor::Serial)
    }

    /// The latest serial experiment that printed the same results.
    #[must_use]
    pub fn serial_of(&self, other: &Experiment) -> Option<&Experiment> {
        if other.executor == Executor::Serial || !other.is_comparable() {
            return None;
        }
        self.all.iter().rev().find(|it| it.executor == Executor::Serial && it.results == other.results)
    }

    /// The oldest goes, but not what the last one is compared with.
    fn forget(&mut self) {
        if self.all.len() <= KEPT {
            return;
        }
        let compared = self.all.last().and_then(|last| self.serial_of(last)).map(|it| it.number);
        let serial = self.all.iter().rev().find(|it| it.executor == Executor::Serial).map(|it| it.number);
        let kept = compared.or(serial);
        if let Some(oldest) = self.all.iter().position(|it| Some(it.number) != kept) {
            self.all.remove(oldest);
        }
    }
}

/// Which way of running a script has used.
fn executor(report: &PythonReport) -> Executor {
    match (report.processes, report.threads) {
        (0, 0) => Executor::Serial,
        (0, _) => Executor::Thread,
        _ => Executor::Process,
    }
}

/// The lines of results, whatever their spacing.
fn results(printed: &str) -> Vec<String> {
    let lines = printed.lines().filter(|line| line.starts_with(RESULT));
    lines.map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect()
}

/// The last line that was changed or added, with its number.
fn changed_line(before: &str, after: &str) -> Option<String> {
    let (before, after): (Vec<_>, Vec<_>) = (before.lines().collect(), after.lines().collect());
    let same_tail = before.iter().rev().zip(after.iter().rev()).take_while(|(a, b)| a == b).count();
    let same_head = before.iter().zip(&after).take_while(|(a, b)| a == b).count();
    let until = after.len() - same_tail;
    let changed = after.get(same_head..until).unwrap_or_default();
    let (index, line) = changed.iter().enumerate().rev().find(|(_, line)| !line.trim().is_empty())?;
    let line = line.trim();
    let shown: String = line.chars().take(CHANGE).collect();
    let rest = if shown.len() < line.len() { "…" } else { "" };
    Some(format!("line {}: {shown}{rest}", same_head + index + 1))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::parameter::Group;
    use crate::model::python::{Outcome, Status};

    const PRINTED: &str = "member  0: x =   7.1\nmember 99: x = -1.0\nit took 0.5 s\n";

    fn report(processes: u32, threads: u32, wall_ms: f64) -> PythonReport {
        let outcome = Outcome { status: Status::Ok, exit_code: 0, traceback: String::new(), lines: Vec::new() };
        PythonReport { run: 1, outcome, wall_ms, processes, threads, stretches: Vec::new(), gil_times: Vec::new() }
    }

    fn settings(code: &str) -> PythonSettings {
        PythonSettings { code: code.into(), ..PythonSettings::usual(2) }
    }

    #[test]
    fn the_same_again_is_the_same_experiment() {
        let mut experiments = Experiments::default();
        for wall_ms in [900.0, 500.0, 600.0, 550.0] {
            experiments.record(&settings(""), &report(2, 0, wall_ms), PRINTED);
        }
        let wall = experiments.all()[0].wall().unwrap();
        assert_eq!((wall.min, wall.median, wall.max), (500.0, 575.0, 900.0));
        experiments.record(&settings("other"), &report(2, 0, 1.0), PRINTED);
        let free = PythonSettings { gil: false, ..settings("") };
        experiments.record(&free, &report(2, 0, 1.0), PRINTED);
        assert_eq!(experiments.all().len(), 3);
    }

    #[test]
    fn an_edited_script_is_compared_if_it_printed_the_same_results() {
        let mut experiments = Experiments::default();
        experiments.record(&settings("serial"), &report(0, 0, 800.0), "member 0: x = 7.1\nmember 99: x = -1.0\n");
        let same = experiments.record(&settings("threads"), &report(0, 2, 800.0), PRINTED);
        assert_eq!(experiments.serial_of(&same).unwrap().runs[0].wall_ms, 800.0);
        let other = experiments.record(&settings("fewer"), &report(0, 2, 400.0), "member 0: x = 7.1\n");
        assert_eq!(experiments.serial_of(&other), None);
        let silent = experiments.record(&settings("silent"), &report(0, 2, 400.0), "");
        assert_eq!(experiments.serial_of(&silent), None);
    }

    #[test]
    fn what_others_are_compared_with_is_not_forgotten() {
        let mut experiments = Experiments::default();
        experiments.record(&settings("serial"), &report(0, 0, 800.0), PRINTED);
        for code in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            let latest = experiments.record(&settings(code), &report(2, 0, 400.0), PRINTED);
            assert!(experiments.serial_of(&latest).is_some(), "{code}");
            assert!(experiments.all().contains(&latest));
        }
        assert_eq!(experiments.all().len(), KEPT);
    }

    #[test]
    fn an_edited_script_is_called_by_its_change() {
        let before = "import a\n\nwith Process(2) as pool:\n    print(1)\n";
        let title = |after: &str| changed_line(before, after);
        assert_eq!(title(&before.replace("Process", "Thread")).unwrap(), "line 3: with Thread(2) as pool:");
        assert_eq!(title(&format!("{before}print(2)\n")).unwrap(), "line 5: print(2)");
        assert_eq!(title("import a\n\nwith Process(2) as pool:\n"), None, "nothing is left of the change");
        let long = title(&format!("x = [{}]\n{before}", "1, ".repeat(30))).unwrap();
        assert!(long.starts_with("line 1: x = [1,") && long.ends_with('…'), "{long}");
    }
}
