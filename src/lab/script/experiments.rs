//! The runs so far. The same script with the same settings, run again, is the
//! same experiment: one run's time is an accident, the median of several is not.
//! Scripts that told the same `result` did the same work, and can be compared.

use crate::lab::script::settings::{Program, Settings};
use crate::model::python::observed::{Compared, Speed};
use crate::model::python::{PythonReport, Value};
use crate::model::report::Wall;
use crate::model::settings::Executor;
use crate::view::verdict::short_name;

/// Experiments that are kept, at most.
const KEPT: usize = 6;
/// By this name scripts tell what came of their work.
const RESULT: &str = "result";
/// Characters of a changed line that are shown.
const CHANGE: usize = 40;
/// Two medians within this ratio are too close to call.
const CLOSE_RATIO: f64 = 1.15;
/// From the median absolute deviation to the standard deviation of what is normally distributed.
const DEVIATIONS: f64 = 1.4826;

/// What was run.
#[derive(Clone, Debug, PartialEq)]
struct Setup {
    program: Program,
    code: String,
    gil: bool,
    switch_interval_ms: f64,
    read_latency_ms: f64,
    cpu_count: u32,
}

impl Setup {
    fn of(settings: &Settings) -> Self {
        Self {
            program: settings.program,
            code: settings.code.clone(),
            gil: settings.gil,
            switch_interval_ms: settings.switch_interval_ms,
            read_latency_ms: settings.read_latency_ms,
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
    /// The first of its kind on this page: it also paid for compiling and for starting cold.
    pub is_cold: bool,
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
    /// What was changed in the program.
    change: Option<String>,
    /// What the last run told of its result.
    result: Option<Value>,
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
        self.change.clone().unwrap_or_else(|| format!("{}, edited", program.title()))
    }

    /// The runs that count: a cold one is set aside once there is another.
    pub fn counted(&self) -> impl Iterator<Item = &Run> {
        let has_warm = self.runs.iter().any(|it| !it.is_cold);
        self.runs.iter().filter(move |it| !(has_warm && it.is_cold))
    }

    /// Median and range of the runs that count; `None` if none has come to its end.
    #[must_use]
    pub fn wall(&self) -> Option<Wall> {
        let walls = || self.counted().map(|it| it.wall_ms);
        let median = median(walls().collect())?;
        Some(Wall { min: walls().fold(median, f64::min), median, max: walls().fold(median, f64::max) })
    }

    /// How far the runs that count lie from their median: their median absolute deviation
    /// as a standard deviation, ms. One odd run hardly changes it.
    fn spread_ms(&self) -> f64 {
        let Some(Wall { median: middle, .. }) = self.wall() else { return 0.0 };
        median(self.counted().map(|it| (it.wall_ms - middle).abs()).collect()).map_or(0.0, |it| DEVIATIONS * it)
    }

    /// How its time stands to another's.
    #[must_use]
    pub fn against(&self, other: &Self) -> Option<Compared> {
        let (this_ms, other_ms) = (self.wall()?.median, other.wall()?.median);
        let is_within = (this_ms - other_ms).abs() <= self.spread_ms() + other.spread_ms();
        let is_close = this_ms < other_ms * CLOSE_RATIO && other_ms < this_ms * CLOSE_RATIO;
        let speed = match this_ms < other_ms {
            _ if is_within || is_close => Speed::Close,
            true => Speed::Faster,
            false => Speed::Slower,
        };
        Some(Compared { with: other.setup.program.name().into(), speed, speedup: other_ms / this_ms })
    }

    /// How long the processes of the middle run (of two, the faster) took to start, ms.
    #[must_use]
    pub fn startup_ms(&self) -> f64 {
        let mut runs: Vec<_> = self.counted().collect();
        runs.sort_by(|a, b| a.wall_ms.total_cmp(&b.wall_ms));
        runs.get(runs.len().saturating_sub(1) / 2).map_or(0.0, |it| it.startup_ms)
    }

    /// Whether it told a result by which it can be compared.
    #[must_use]
    pub fn is_comparable(&self) -> bool {
        self.result.is_some()
    }
}

/// The middle one, or the mean of the two in the middle.
fn median(mut values: Vec<f64>) -> Option<f64> {
    values.sort_by(f64::total_cmp);
    let lower = values.get(values.len().checked_sub(1)? / 2)?;
    Some(f64::midpoint(*lower, *values.get(values.len() / 2)?))
}

/// The last few experiments, oldest first.
#[derive(Clone, Debug, Default)]
pub struct Experiments {
    all: Vec<Experiment>,
    count: u32,
    /// Ways of running that a run of this page has used before.
    warm: Vec<Executor>,
}

impl Experiments {
    /// Takes in a run that came to its end; `ours` is the program's text as it was before it was changed.
    pub fn record(&mut self, settings: &Settings, ours: &str, report: &PythonReport) -> Experiment {
        let setup = Setup::of(settings);
        let executor = executor(report);
        let is_cold = !self.warm.contains(&executor);
        if is_cold {
            self.warm.push(executor);
        }
        let run = Run { wall_ms: report.wall_ms, startup_ms: report.startup_ms(), is_cold };
        let result = report.outcome.told.iter().find(|it| it.0 == RESULT).map(|it| it.1.clone());
        if let Some(known) = self.all.iter_mut().find(|it| it.setup == setup && it.executor == executor) {
            known.runs.push(run);
            known.result = result;
            return known.clone();
        }
        self.count += 1;
        let change = changed_line(ours, &setup.code);
        let new =
            Experiment { number: self.count, executor, gil: settings.gil, runs: vec![run], setup, change, result };
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

    /// The latest serial experiment that did the same work.
    #[must_use]
    pub fn serial_of(&self, other: &Experiment) -> Option<&Experiment> {
        if other.executor == Executor::Serial {
            return None;
        }
        let is_comparable = |it: &&Experiment| it.executor == Executor::Serial && it.result == other.result;
        self.all.iter().rev().find(|it| other.is_comparable() && is_comparable(it))
    }

    /// How one stands to the latest of each unchanged program that did the same work.
    #[must_use]
    pub fn compared(&self, this: &Experiment) -> Vec<Compared> {
        let mut compared: Vec<Compared> = Vec::new();
        for other in self.same_work(this).filter(|it| it.setup.code.is_empty() && it.number != this.number) {
            if compared.iter().all(|it| it.with != other.setup.program.name()) {
                compared.extend(this.against(other));
            }
        }
        compared
    }

    /// Those with the same result, the latest first.
    fn same_work<'a>(&'a self, this: &'a Experiment) -> impl Iterator<Item = &'a Experiment> {
        self.all.iter().rev().filter(|it| this.is_comparable() && it.result == this.result)
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
    use crate::lab::script::settings::tests::PROGRAMS;
    use crate::model::python::Outcome;

    fn report(processes: u32, threads: u32, wall_ms: f64, result: &str) -> PythonReport {
        let told = if result.is_empty() { Vec::new() } else { vec![(RESULT.into(), Value::Text(result.into()))] };
        let outcome = Outcome { told, ..Outcome::default() };
        PythonReport { processes, threads, ..PythonReport::new(outcome, wall_ms) }
    }

    fn settings(code: &str) -> Settings {
        Settings { code: code.into(), ..crate::lab::script::settings::tests::settings(2) }
    }

    #[test]
    fn the_same_again_is_the_same_experiment() {
        let mut experiments = Experiments::default();
        for wall_ms in [900.0, 500.0, 600.0, 550.0] {
            experiments.record(&settings(""), "", &report(2, 0, wall_ms, "7.1"));
        }
        let wall = experiments.all()[0].wall().unwrap();
        assert_eq!((wall.min, wall.median, wall.max), (500.0, 550.0, 600.0), "the first was cold");
        experiments.record(&settings("other"), "", &report(2, 0, 1.0, "7.1"));
        let free = Settings { gil: false, ..settings("") };
        experiments.record(&free, "", &report(2, 0, 1.0, "7.1"));
        assert_eq!(experiments.all().len(), 3);
    }

    #[test]
    fn a_cold_run_counts_as_long_as_there_is_no_other() {
        let mut experiments = Experiments::default();
        let first = experiments.record(&settings(""), "", &report(2, 0, 900.0, ""));
        assert!(first.runs[0].is_cold && first.wall().unwrap().median == 900.0);
        let second = experiments.record(&settings(""), "", &report(2, 0, 500.0, ""));
        assert_eq!((second.wall().unwrap().max, second.counted().count()), (500.0, 1));
        let other = experiments.record(&settings("other"), "", &report(2, 0, 500.0, ""));
        assert!(!other.runs[0].is_cold, "processes were started before");
        assert!(experiments.record(&settings("other"), "", &report(0, 2, 500.0, "")).runs[0].is_cold);
    }

    #[test]
    fn a_cold_start_and_an_odd_run_leave_the_verdict_as_it_is() {
        let mut experiments = Experiments::default();
        for wall_ms in [1400.0, 1390.0, 1410.0, 1402.0] {
            experiments.record(&settings("serial"), "", &report(0, 0, wall_ms, "x"));
        }
        let mut last = None;
        for wall_ms in [2300.0, 1000.0, 990.0, 1005.0, 1900.0] {
            last = Some(experiments.record(&settings("pool"), "", &report(2, 0, wall_ms, "x")));
        }
        let pool = last.unwrap();
        let compared = pool.against(experiments.serial_of(&pool).unwrap()).unwrap();
        assert_eq!(compared.speed, Speed::Faster);
        assert!((1.3..1.5).contains(&compared.speedup), "{}", compared.speedup);
    }

    #[test]
    fn what_scatters_as_far_as_it_differs_is_too_close_to_call() {
        let mut experiments = Experiments::default();
        let (mut one, mut other) = (None, None);
        for (a_ms, b_ms) in [(1.0, 1.0), (1000.0, 700.0), (1500.0, 1250.0), (600.0, 1200.0)] {
            one = Some(experiments.record(&settings("a"), "", &report(0, 0, a_ms, "x")));
            other = Some(experiments.record(&settings("b"), "", &report(2, 0, b_ms, "x")));
        }
        assert_eq!(one.unwrap().against(&other.unwrap()).unwrap().speed, Speed::Close);
    }

    #[test]
    fn an_edited_script_is_compared_if_it_told_the_same_result() {
        let mut experiments = Experiments::default();
        experiments.record(&settings("serial"), "", &report(0, 0, 800.0, "7.1 -1.0"));
        let same = experiments.record(&settings("threads"), "", &report(0, 2, 800.0, "7.1 -1.0"));
        assert_eq!(experiments.serial_of(&same).unwrap().runs[0].wall_ms, 800.0);
        let other = experiments.record(&settings("fewer"), "", &report(0, 2, 400.0, "7.1"));
        assert_eq!(experiments.serial_of(&other), None);
        let silent = experiments.record(&settings("silent"), "", &report(0, 2, 400.0, ""));
        assert_eq!(experiments.serial_of(&silent), None);
    }

    #[test]
    fn programs_are_compared_by_their_names() {
        let mut experiments = Experiments::default();
        let program = |index: usize| Program(&PROGRAMS[index]);
        let settings = |index: usize| Settings { program: program(index), ..settings("") };
        experiments.record(&settings(0), "", &report(0, 0, 800.0, "7.1"));
        let pool = experiments.record(&settings(1), "", &report(2, 0, 400.0, "7.1"));
        let compared = experiments.compared(&pool);
        let expected = Compared { with: program(0).name().into(), speed: Speed::Faster, speedup: 2.0 };
        assert_eq!(compared, [expected]);
    }

    #[test]
    fn what_others_are_compared_with_is_not_forgotten() {
        let mut experiments = Experiments::default();
        experiments.record(&settings("serial"), "", &report(0, 0, 800.0, "x"));
        for code in ["a", "b", "c", "d", "e", "f", "g", "h"] {
            let latest = experiments.record(&settings(code), "", &report(2, 0, 400.0, "x"));
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
