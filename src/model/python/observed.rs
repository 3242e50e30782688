//! What can be seen of a script's run from outside: what `finished` tells, what
//! rules ask, and what is recorded for their tests.

use serde::{Deserialize, Serialize};

use super::traceback::{self, Raised};
use super::{PythonReport, Status, Told, Value};

/// How the script's time stands to another program's.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Speed {
    /// Clearly less time.
    Faster,
    /// Clearly more time.
    Slower,
    /// Too close to call.
    Close,
}

/// The script against another program that did the same work.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Compared {
    /// The other program's name.
    pub with: String,
    /// Which is faster.
    pub speed: Speed,
    /// The other's median time through this one's.
    pub speedup: f64,
}

/// A run, as rules see it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observed {
    /// How it ended.
    pub status: Status,
    /// What a shell would see.
    #[serde(default)]
    pub exit_code: i32,
    /// The calls in the script that led to the exception, innermost last, from 1.
    #[serde(default)]
    pub lines: Vec<u32>,
    /// The type of the exception that ended it, without its module.
    #[serde(default)]
    pub exception: Option<String>,
    /// What ended processes of it, or calls in them.
    #[serde(default)]
    pub raised: Vec<Raised>,
    /// What it told by `lab.tell`.
    #[serde(default, with = "by_name")]
    pub told: Told,
    /// The script's time, ms.
    pub wall_ms: f64,
    /// The longest start of a process, ms.
    #[serde(default)]
    pub startup_ms: f64,
    /// Processes that were started.
    #[serde(default)]
    pub processes: u32,
    /// Threads that were started.
    #[serde(default)]
    pub threads: u32,
}

impl Observed {
    /// What can be seen of a run.
    #[must_use]
    pub fn of(report: &PythonReport) -> Self {
        let outcome = &report.outcome;
        let named = traceback::named(&outcome.traceback).filter(|_| outcome.status == Status::Error);
        Self {
            status: outcome.status,
            exit_code: outcome.exit_code,
            lines: outcome.lines.iter().map(|place| place.line).collect(),
            exception: named.map(|it| traceback::exception_type(it).to_owned()),
            raised: report.raised.clone(),
            told: outcome.told.clone(),
            wall_ms: report.wall_ms,
            startup_ms: report.startup_ms(),
            processes: report.processes,
            threads: report.threads,
        }
    }

    /// A run that came to its end, of which nothing else is known.
    #[must_use]
    pub fn without_figures() -> Self {
        Self {
            status: Status::Ok,
            exit_code: 0,
            lines: Vec::new(),
            exception: None,
            raised: Vec::new(),
            told: Told::new(),
            wall_ms: 0.0,
            startup_ms: 0.0,
            processes: 0,
            threads: 0,
        }
    }

    /// The value that was told by a name.
    #[must_use]
    pub fn told(&self, name: &str) -> Option<&Value> {
        self.told.iter().find(|it| it.0 == name).map(|it| &it.1)
    }
}

/// As an object of JSON.
mod by_name {
    use std::collections::BTreeMap;

    use serde::{Deserialize, Deserializer, Serializer};

    use super::{Told, Value};

    pub(super) fn serialize<S: Serializer>(told: &Told, to: S) -> Result<S::Ok, S::Error> {
        to.collect_map(told.iter().map(|(name, value)| (name, value)))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Told, D::Error> {
        Ok(BTreeMap::<String, Value>::deserialize(from)?.into_iter().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::python::{Outcome, Place};

    #[test]
    fn a_run_is_told_and_read_back() {
        let outcome = Outcome {
            status: Status::Error,
            exit_code: 1,
            traceback: "Traceback (most recent call last):\n  File \"a.py\", line 2\nlab.Odd: no\n".into(),
            lines: vec![Place { line: 2 }],
            told: vec![("lost".into(), Value::Number(3.0)), ("result".into(), Value::Text("x".into()))],
        };
        let observed = Observed::of(&PythonReport { processes: 2, ..PythonReport::new(outcome, 5.0) });
        let json = serde_json::to_value(&observed).unwrap();
        assert_eq!(json["exception"], "Odd");
        assert_eq!(json["told"], serde_json::json!({ "lost": 3.0, "result": "x" }));
        assert_eq!(serde_json::from_value::<Observed>(json).unwrap(), observed);
    }
}
