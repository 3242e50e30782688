//! The closed vocabulary in which a rule says which runs it is about.

use serde_json::Value as Json;

use super::data::{Named, Read, read, word};
use crate::model::python::observed::{Compared, Observed, Speed};
use crate::model::python::{Status, Value};

/// Stands for "no exception" in lists of types.
pub const NONE: &str = "none";

/// A run with what stands beside it: all that conditions can ask.
#[derive(Clone, Copy, Debug)]
pub struct Seen<'a> {
    /// The program that was run, or that the script was made of.
    pub program: &'a str,
    /// Whether threads took turns.
    pub gil: bool,
    /// What can be seen of the run.
    pub observed: &'a Observed,
    /// Against which programs it can be compared, and how it stands to them.
    pub compared: &'a [Compared],
}

impl Seen<'_> {
    fn exception(&self) -> &str {
        self.observed.exception.as_deref().unwrap_or(NONE)
    }

    fn in_process(&self) -> &str {
        self.observed.raised.first().map_or(NONE, |it| it.exception.as_str())
    }

    fn standing(&self, with: &str) -> Standing {
        match self.compared.iter().find(|it| it.with == with).map(|it| it.speed) {
            Some(Speed::Faster) => Standing::Faster,
            Some(Speed::Slower) => Standing::Slower,
            Some(Speed::Close) => Standing::Close,
            None => Standing::Unknown,
        }
    }
}

/// How a run stands to another program's.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Standing {
    /// Clearly less time.
    Faster,
    /// Clearly more time.
    Slower,
    /// Too close to call.
    Close,
    /// There is nothing to compare it with.
    Unknown,
}

/// All that is given must hold.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct When {
    /// It was one of these programs, or made of one.
    pub program: Option<Vec<String>>,
    /// How it ended.
    pub status: Option<Vec<Status>>,
    /// The type of the exception that ended it, or `none`.
    pub exception: Option<Vec<String>>,
    /// The type of the first exception in a process, or `none`.
    pub in_process: Option<Vec<String>>,
    /// Whether threads took turns.
    pub gil: Option<bool>,
    /// How many processes were started.
    pub processes: Option<Wanted>,
    /// How many threads were started.
    pub threads: Option<Wanted>,
    /// What was told, by its name.
    pub told: Named<Wanted>,
    /// How it stands to other programs that did the same work.
    pub against: Named<Vec<Standing>>,
}

read!(When { ; program, status, exception, in_process, gil, processes, threads, told, against });
read!(Wanted { ; missing, is, least, most, more_than, less_than });

impl Read for Standing {
    fn read(value: Json) -> Result<Self, String> {
        let words =
            [("faster", Self::Faster), ("slower", Self::Slower), ("close", Self::Close), ("unknown", Self::Unknown)];
        word(value, &words)
    }
}

impl Read for Status {
    fn read(value: Json) -> Result<Self, String> {
        word(value, &Self::ALL.map(|status| (status.name(), status)))
    }
}

impl Read for Value {
    fn read(value: Json) -> Result<Self, String> {
        match value {
            Json::String(text) => Ok(Self::Text(text)),
            other => f64::read(other).map(Self::Number),
        }
    }
}

impl When {
    /// Whether it holds of a run.
    #[must_use]
    pub fn holds(&self, seen: &Seen<'_>) -> bool {
        let among = |list: &Option<Vec<String>>, value: &str| {
            list.as_ref().is_none_or(|list| list.iter().any(|it| it == value))
        };
        let count = |wanted: &Option<Wanted>, count: u32| {
            wanted.as_ref().is_none_or(|it| it.admits(Some(&Value::Number(f64::from(count)))))
        };
        among(&self.program, seen.program)
            && self.status.as_ref().is_none_or(|it| it.contains(&seen.observed.status))
            && among(&self.exception, seen.exception())
            && among(&self.in_process, seen.in_process())
            && self.gil.is_none_or(|it| it == seen.gil)
            && count(&self.processes, seen.observed.processes)
            && count(&self.threads, seen.observed.threads)
            && self.told.iter().all(|(name, wanted)| wanted.admits(seen.observed.told(name)))
            && self.against.iter().all(|(with, standings)| standings.contains(&seen.standing(with)))
    }

    /// Whether no run can meet both.
    #[must_use]
    pub fn excludes(&self, other: &Self) -> bool {
        fn apart<T: PartialEq>(one: Option<&Vec<T>>, other: Option<&Vec<T>>) -> bool {
            one.zip(other).is_some_and(|(one, other)| one.iter().all(|it| !other.contains(it)))
        }
        let counts = |one: &Option<Wanted>, other: &Option<Wanted>| {
            one.as_ref().zip(other.as_ref()).is_some_and(|(one, other)| one.excludes(other))
        };
        apart(self.program.as_ref(), other.program.as_ref())
            || apart(self.status.as_ref(), other.status.as_ref())
            || apart(self.exception.as_ref(), other.exception.as_ref())
            || apart(self.in_process.as_ref(), other.in_process.as_ref())
            || self.gil.zip(other.gil).is_some_and(|(one, other)| one != other)
            || counts(&self.processes, &other.processes)
            || counts(&self.threads, &other.threads)
            || self.told.iter().any(|(name, one)| other.told.get(name).is_some_and(|other| one.excludes(other)))
            || self.against.iter().any(|(with, one)| apart(Some(one), other.against.get(with)))
    }
}

/// What a value must be. Nothing but `missing` holds of what was not told.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Wanted {
    /// Not told at all.
    pub missing: bool,
    /// Just this number or text.
    pub is: Option<Value>,
    /// A number, and at least this.
    pub least: Option<f64>,
    /// A number, and at most this.
    pub most: Option<f64>,
    /// A number above this.
    pub more_than: Option<f64>,
    /// A number below this.
    pub less_than: Option<f64>,
}

impl Wanted {
    fn admits(&self, value: Option<&Value>) -> bool {
        let Some(value) = value else { return self.missing };
        if self.missing || self.is.as_ref().is_some_and(|it| it != value) {
            return false;
        }
        let bounds = [self.least, self.most, self.more_than, self.less_than];
        match value {
            Value::Number(number) => {
                self.least.is_none_or(|it| *number >= it)
                    && self.most.is_none_or(|it| *number <= it)
                    && self.more_than.is_none_or(|it| *number > it)
                    && self.less_than.is_none_or(|it| *number < it)
            }
            Value::Text(_) => bounds.iter().all(Option::is_none),
        }
    }

    fn excludes(&self, other: &Self) -> bool {
        if self.missing || other.missing {
            return self.missing != other.missing;
        }
        match (&self.is, &other.is) {
            (Some(one), _) if !other.admits(Some(one)) => true,
            (_, Some(other)) if !self.admits(Some(other)) => true,
            _ => self.lies_below(other) || other.lies_below(self),
        }
    }

    fn lies_below(&self, other: &Self) -> bool {
        let over = |most: Option<f64>, least: Option<f64>| most.zip(least).is_some_and(|(most, least)| most < least);
        let upto = |most: Option<f64>, least: Option<f64>| most.zip(least).is_some_and(|(most, least)| most <= least);
        over(self.most, other.least)
            || upto(self.most, other.more_than)
            || upto(self.less_than, other.least)
            || upto(self.less_than, other.more_than)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn when(json: &str) -> When {
        read_when(json).unwrap()
    }

    fn read_when(json: &str) -> Result<When, String> {
        When::read(serde_json::from_str(json).unwrap())
    }

    fn observed() -> Observed {
        serde_json::from_str(
            r#"{ "status": "error", "exception": "BrokenProcessPool", "wall_ms": 90, "processes": 2,
                 "raised": [{ "process": 1, "exception": "RuntimeError" }], "told": { "lost": 3, "result": "x 7.1" } }"#,
        )
        .unwrap()
    }

    fn holds(json: &str) -> bool {
        let observed = observed();
        let compared = [Compared { with: "serial".into(), speed: Speed::Slower, speedup: 0.5 }];
        when(json).holds(&Seen { program: "pool", gil: true, observed: &observed, compared: &compared })
    }

    #[test]
    fn every_word_holds_of_some_runs_and_not_of_others() {
        for (yes, no) in [
            (r#"{ "program": ["pool"] }"#, r#"{ "program": ["b"] }"#),
            (r#"{ "status": ["error"] }"#, r#"{ "status": ["ok", "stopped"] }"#),
            (r#"{ "exception": ["BrokenProcessPool"] }"#, r#"{ "exception": ["none"] }"#),
            (r#"{ "in_process": ["RuntimeError"] }"#, r#"{ "in_process": ["none", "KeyError"] }"#),
            (r#"{ "gil": true }"#, r#"{ "gil": false }"#),
            (r#"{ "processes": { "least": 2, "most": 2 } }"#, r#"{ "processes": { "more_than": 2 } }"#),
            (r#"{ "threads": { "is": 0 } }"#, r#"{ "threads": { "least": 1 } }"#),
            (r#"{ "told": { "lost": { "least": 3 } } }"#, r#"{ "told": { "lost": { "less_than": 3 } } }"#),
            (r#"{ "told": { "result": { "is": "x 7.1" } } }"#, r#"{ "told": { "result": { "least": 0 } } }"#),
            (r#"{ "told": { "other": { "missing": true } } }"#, r#"{ "told": { "other": {} } }"#),
            (r#"{ "against": { "serial": ["slower"] } }"#, r#"{ "against": { "other": ["slower"] } }"#),
        ] {
            assert!(holds(yes), "{yes}");
            assert!(!holds(no), "{no}");
            assert!(when(yes).excludes(&when(no)) || yes.contains("against"), "{yes} {no}");
            assert!(!when(yes).excludes(&when(yes)), "{yes}");
            assert!(!when(yes).excludes(&When::default()), "{yes}");
        }
        assert!(read_when(r#"{ "printed": "lost" }"#).is_err(), "the vocabulary is closed");
    }

    #[test]
    fn ranges_that_touch_exclude_each_other_only_where_an_end_is_left_out() {
        let apart = |one: &str, other: &str| {
            let when = |range: &str| when(&format!(r#"{{ "processes": {range} }}"#));
            let (one, other) = (when(one), when(other));
            assert_eq!(one.excludes(&other), other.excludes(&one));
            one.excludes(&other)
        };
        assert!(apart(r#"{ "most": 3 }"#, r#"{ "more_than": 3 }"#));
        assert!(!apart(r#"{ "most": 3 }"#, r#"{ "least": 3 }"#));
        assert!(apart(r#"{ "less_than": 3 }"#, r#"{ "least": 3 }"#));
        assert!(apart(r#"{ "is": 2 }"#, r#"{ "least": 3 }"#));
        assert!(!apart(r#"{ "is": 3 }"#, r#"{ "least": 3 }"#));
    }

    #[test]
    fn what_stands_to_others_differently_is_apart() {
        let faster = when(r#"{ "against": { "serial": ["faster"] } }"#);
        let rest = when(r#"{ "against": { "serial": ["slower", "close", "unknown"] } }"#);
        assert!(faster.excludes(&rest) && rest.excludes(&faster));
    }
}
