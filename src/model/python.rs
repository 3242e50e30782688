//! A Python script's run: how it ended, and who did what when.

pub mod deadlock;
pub mod observed;
pub mod respawn;
pub mod traceback;

use std::fmt;

use serde::{Deserialize, Serialize};

use self::traceback::Raised;

/// How long a thread waits for the GIL before it asks for it, ms: CPython's.
pub const SWITCH_INTERVAL_MS: f64 = 5.0;

/// How long a read of a data file takes where nobody sets it, about, ms.
pub const READ_LATENCY_MS: f64 = 50.0;

/// A script as it is in the editor.
#[derive(Clone, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
pub struct Script {
    /// Its text.
    pub source: String,
    /// What tracebacks call it.
    pub file_name: String,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The script came to its end.
    #[default]
    Ok,
    /// An exception that nobody caught.
    Error,
    /// Stopped from outside.
    Stopped,
    /// `sys.exit()`.
    Exit,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Ok, Self::Error, Self::Stopped, Self::Exit];

    /// As in messages.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Ok => "ok",
            Self::Error => "error",
            Self::Stopped => "stopped",
            Self::Exit => "exit",
        }
    }
}

/// Where in the script something happened.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// From 1.
    pub line: u32,
}

/// A value that a script told by `lab.tell`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Value {
    /// A finite number.
    Number(f64),
    /// A short text.
    Text(String),
}

impl fmt::Display for Value {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(number) => number.fmt(formatter),
            Self::Text(text) => text.fmt(formatter),
        }
    }
}

/// What a script told: names with their last values.
pub type Told = Vec<(String, Value)>;

/// What came of a run.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// What a shell would see.
    pub exit_code: i32,
    /// What CPython prints for the exception.
    pub traceback: String,
    /// The calls in the script that led to the exception, innermost last.
    pub lines: Vec<Place>,
    /// What it told by `lab.tell`.
    #[serde(default)]
    pub told: Told,
}

/// Where a script prints.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Stream {
    /// `sys.stdout`
    Stdout,
    /// `sys.stderr`
    Stderr,
}

/// Who did something.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Who {
    /// A thread of the script's own interpreter; 0 is the main thread.
    Thread(u32),
    /// A process, by its handle, from 1.
    Process(u32),
}

/// What somebody did for a while.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Doing {
    /// A process came up and imported the script.
    Start,
    /// A call that was handed over.
    Task,
    /// Objects became bytes.
    Pickle,
    /// Bytes became objects.
    Unpickle,
    /// A thread waited for the GIL.
    Wait,
    /// A thread held the GIL.
    Hold,
    /// A thread ran, where there is no GIL.
    Run,
    /// A data file was read: who reads has released the GIL.
    Read,
}

/// A stretch of the timeline.
#[derive(Clone, Debug, PartialEq)]
pub struct Stretch {
    /// Who.
    pub who: Who,
    /// What.
    pub doing: Doing,
    /// Since the run began, ms.
    pub start_ms: f64,
    /// Since the run began, ms.
    pub end_ms: f64,
    /// The function, the size.
    pub label: String,
}

/// A thread's time with the GIL, all in all.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct GilTime {
    /// The thread; 0 is the main one.
    pub thread: u32,
    /// How long it waited for it, ms.
    pub waited_ms: f64,
    /// How long it held it, ms.
    pub held_ms: f64,
    /// Stretches of it that the timeline has no room for.
    pub lost: u32,
}

/// What a run tells about itself when it is over.
#[derive(Clone, Debug, PartialEq)]
pub struct PythonReport {
    /// The run's number on this page.
    pub run: u32,
    /// How it ended.
    pub outcome: Outcome,
    /// Exceptions that ended processes of it, or calls in them, as those printed them.
    pub raised: Vec<Raised>,
    /// From the script's first line to its end, ms. The interpreter was up before.
    pub wall_ms: f64,
    /// Processes that were started.
    pub processes: u32,
    /// Threads that were started.
    pub threads: u32,
    /// In order of their starts.
    pub stretches: Vec<Stretch>,
    /// Of each thread of the script's interpreter.
    pub gil_times: Vec<GilTime>,
}

impl PythonReport {
    /// The report of a run that started nobody.
    #[must_use]
    pub fn new(outcome: Outcome, wall_ms: f64) -> Self {
        Self {
            run: 0,
            outcome,
            raised: Vec::new(),
            wall_ms,
            processes: 0,
            threads: 0,
            stretches: Vec::new(),
            gil_times: Vec::new(),
        }
    }

    /// The longest a process took to come up, ms; 0 without processes.
    #[must_use]
    pub fn startup_ms(&self) -> f64 {
        let starts = self.stretches.iter().filter(|it| it.doing == Doing::Start);
        starts.map(|it| it.end_ms - it.start_ms).fold(0.0, f64::max)
    }

    /// How long at least one process was on its way up, ms.
    #[must_use]
    pub fn starting_ms(&self) -> f64 {
        let (mut sum_ms, mut until_ms) = (0.0, f64::MIN);
        for start in self.stretches.iter().filter(|it| it.doing == Doing::Start) {
            sum_ms += (start.end_ms - start.start_ms.max(until_ms)).max(0.0);
            until_ms = until_ms.max(start.end_ms);
        }
        sum_ms
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_slowest_start_is_the_startup() {
        let stretch = |who, doing, start_ms, end_ms| Stretch { who, doing, start_ms, end_ms, label: String::new() };
        let outcome = Outcome::default();
        let stretches = vec![
            stretch(Who::Process(2), Doing::Start, 1.0, 31.0),
            stretch(Who::Process(1), Doing::Start, 0.0, 20.0),
            stretch(Who::Thread(0), Doing::Pickle, 2.0, 3.0),
            stretch(Who::Process(2), Doing::Task, 31.0, 40.0),
        ];
        let report = PythonReport { processes: 2, stretches, ..PythonReport::new(outcome, 50.0) };
        assert_eq!(report.startup_ms(), 30.0);
    }
}
