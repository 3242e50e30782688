//! What came of each way, read from what its script told.

use serde_json::{Value as Json, json};

use super::kitchen::{Cut, Kitchen};
use super::settings::{Kind, Settings};
use super::way::Way;
use crate::model::python::traceback;
use crate::model::python::{PythonReport, Status, Value};
use crate::model::standing::CLOSE_RATIO;

/// Times of one thread for the same that differ more than this say little.
const DISTURBED: f64 = 1.5;

/// Times of tasks.
#[derive(Clone, Debug, PartialEq)]
pub struct Tasks {
    /// All of them by one thread, one after the other, ms.
    pub alone_ms: f64,
    /// The same, as it was least disturbed in any of the ways, ms: what all are compared with.
    pub one_ms: f64,
    /// Until all workers were there, ms.
    pub start_ms: f64,
    /// From then on until all tasks were done, ms.
    pub work_ms: f64,
    /// How much of a task was done without the interpreter; `None` where none of it is meant to be.
    pub outside: Option<f64>,
    /// Who wrote each result into the list, in the order of writing.
    pub writers: Vec<u32>,
    /// How long the script's own list is where each process has one.
    pub kept: Option<u32>,
}

/// Times of small requests.
#[derive(Clone, Debug, PartialEq)]
pub struct Trips {
    /// The median of those without company, ms.
    pub alone_ms: f64,
    /// The median of those beside somebody who computes, ms.
    pub company_ms: f64,
    /// The longest of these, ms.
    pub worst_ms: f64,
    /// How many of these there were.
    pub count: u32,
}

/// What was measured.
#[derive(Clone, Debug, PartialEq)]
pub enum Found {
    /// Tasks.
    Tasks(Tasks),
    /// A convoy.
    Trips(Trips),
}

/// How something came off against one thread alone.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Verdict {
    /// Clearly less time.
    Faster,
    /// Too close to call.
    Close,
    /// Clearly more time.
    Slower,
}

impl Verdict {
    /// The word in messages.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Faster => "faster",
            Self::Close => "close",
            Self::Slower => "slower",
        }
    }
}

/// One way's run.
#[derive(Clone, Debug, PartialEq)]
pub struct Measured {
    /// Which.
    pub way: Way,
    /// The times.
    pub found: Found,
    /// Who did what when.
    pub kitchen: Kitchen,
}

/// What became of a way.
#[derive(Clone, Debug, PartialEq)]
pub enum Came {
    /// It ran.
    Ran(Box<Measured>),
    /// It can't run here: a sentence.
    Unavailable(Way, String),
    /// It began and broke: a sentence.
    Failed(Way, String),
}

impl Came {
    /// Which way it is about.
    #[must_use]
    pub fn way(&self) -> Way {
        match self {
            Self::Ran(measured) => measured.way,
            Self::Unavailable(way, _) | Self::Failed(way, _) => *way,
        }
    }

    /// What was measured, if it ran.
    #[must_use]
    pub fn measured(&self) -> Option<&Measured> {
        if let Self::Ran(measured) = self { Some(measured) } else { None }
    }

    /// Why it did not.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        if let Self::Unavailable(_, reason) | Self::Failed(_, reason) = self { Some(reason) } else { None }
    }

    /// What a finished script says of its way.
    #[must_use]
    pub fn of(way: Way, settings: &Settings, report: &PythonReport) -> Self {
        if !matches!(report.outcome.status, Status::Ok | Status::Exit) {
            let said = traceback::named(&report.outcome.traceback).unwrap_or("no more is known");
            return Self::Failed(way, format!("The script of this way ended with an error: {said}."));
        }
        match Measured::read(way, settings, report) {
            Some(measured) => Self::Ran(Box::new(measured)),
            None => Self::Failed(way, "The script of this way told too few figures.".into()),
        }
    }
}

impl Measured {
    fn read(way: Way, settings: &Settings, report: &PythonReport) -> Option<Self> {
        let told = |name: &str| report.outcome.told.iter().find(|it| it.0 == name).map(|it| &it.1);
        let ms = |name: &str| match told(name) {
            Some(Value::Number(ms)) if ms.is_finite() && *ms >= 0.0 => Some(*ms),
            _ => None,
        };
        let alone_ms = ms("alone_ms")?;
        // The script's clock begins when its text has been read, the run's before that.
        let read_ms = ms("whole_ms").map_or(0.0, |it| (report.wall_ms - it).max(0.0));
        let from_ms = ms("from_ms")? + read_ms;
        let (found, start_ms, work_ms) = if settings.kind == Kind::Convoy {
            let trips = Trips {
                alone_ms,
                company_ms: ms("company_ms")?,
                worst_ms: ms("worst_ms")?,
                count: whole(ms("trips")?),
            };
            (Found::Trips(trips), 0.0, (report.wall_ms - from_ms).max(0.0))
        } else {
            let (start_ms, work_ms) = (ms("start_ms")?, ms("work_ms")?);
            let writers = match told("writers") {
                Some(Value::Text(text)) => text.chars().filter_map(|it| it.to_digit(10)).collect(),
                _ => Vec::new(),
            };
            let outside = ms("outside_ms").filter(|_| alone_ms > 0.0).map(|it| (it / alone_ms).min(1.0));
            let kept = ms("kept").map(whole);
            (
                Found::Tasks(Tasks { alone_ms, one_ms: alone_ms, start_ms, work_ms, outside, writers, kept }),
                start_ms,
                work_ms,
            )
        };
        let cut = Cut { way, kind: settings.kind, from_ms, start_ms, work_ms };
        Some(Self { way, found, kitchen: Kitchen::of(report, cut) })
    }

    /// How many times as fast as one thread alone; of a convoy, how many times as long a
    /// round trip took without company as with it.
    #[must_use]
    pub fn speedup(&self) -> f64 {
        let (alone_ms, together_ms) = match &self.found {
            Found::Tasks(it) => (it.one_ms, it.work_ms),
            Found::Trips(it) => (it.alone_ms, it.company_ms),
        };
        if together_ms > 0.0 { alone_ms / together_ms } else { f64::NAN }
    }

    /// How it came off against one thread alone.
    #[must_use]
    pub fn verdict(&self) -> Verdict {
        match self.speedup() {
            speedup if speedup >= CLOSE_RATIO => Verdict::Faster,
            speedup if speedup <= 1.0 / CLOSE_RATIO => Verdict::Slower,
            _ => Verdict::Close,
        }
    }
}

/// Sets all ways against the same: what one thread took for the tasks, least disturbed.
pub fn compare_with_one(all: &mut [Came]) {
    let one_ms = alone(all).fold(f64::INFINITY, f64::min);
    for came in all {
        if let Came::Ran(measured) = came
            && let Found::Tasks(tasks) = &mut measured.found
        {
            tasks.one_ms = one_ms;
        }
    }
}

/// How one thread came off, as often as it was timed.
fn alone(all: &[Came]) -> impl Iterator<Item = f64> + use<'_> {
    all.iter().filter_map(|it| match &it.measured()?.found {
        Found::Tasks(tasks) => Some(tasks.alone_ms),
        Found::Trips(trips) => Some(trips.alone_ms),
    })
}

/// The shortest and the longest time of one thread for the same, where they differ so much that
/// something else must have used the machine.
#[must_use]
pub fn disturbed(all: &[Came]) -> Option<(f64, f64)> {
    let (least, most) = alone(all).fold((f64::INFINITY, 0.0), |(least, most), ms| (ms.min(least), ms.max(most)));
    (most > DISTURBED * least).then_some((least, most))
}

/// Whether threads that take turns in pure Python were faster than one: that can't be, and
/// comes of a machine that gave the one too little.
#[must_use]
pub fn is_impossible(kind: Kind, all: &[Came]) -> bool {
    let gil = all.iter().filter_map(Came::measured).find(|it| it.way == Way::Gil);
    kind == Kind::Pure && gil.is_some_and(|it| it.verdict() == Verdict::Faster)
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
fn whole(value: f64) -> u32 {
    value as u32
}

/// As `finished` tells it: the contract is docs/embed.md.
#[must_use]
pub fn json(all: &[Came], settings: &Settings) -> Json {
    all.iter().map(|it| one(it, settings)).collect()
}

fn one(came: &Came, settings: &Settings) -> Json {
    let status = match came {
        Came::Ran(_) => "ok",
        Came::Unavailable(..) => "unavailable",
        Came::Failed(..) => "failed",
    };
    let mut object = json!({ "way": came.way().word(), "status": status, "reason": came.reason() });
    let (Some(measured), Json::Object(fields)) = (came.measured(), &mut object) else { return object };
    let Measured { found, kitchen, .. } = measured;
    let figures = match found {
        Found::Tasks(it) => json!({
            "alone_ms": it.alone_ms,
            "one_ms": it.one_ms,
            "start_ms": it.start_ms,
            "work_ms": it.work_ms,
            "outside": it.outside,
            "writers": it.writers,
            "kept": it.kept,
        }),
        Found::Trips(it) => json!({
            "alone_ms": it.alone_ms,
            "company_ms": it.company_ms,
            "worst_ms": it.worst_ms,
            "trips": it.count,
        }),
    };
    let workers = kitchen.chefs.iter().map(|chef| {
        let share = kitchen.share(chef, settings.switch_interval_ms);
        json!({
            "name": chef.name,
            "held_ms": share.held_ms,
            "waited_ms": share.waited_ms,
            "away_ms": share.away_ms,
            "turns": share.turns,
            "longest_wait_ms": share.longest_wait_ms,
            "asked_again": share.asked_again,
        })
    });
    let more = json!({
        "speedup": measured.speedup(),
        "verdict": measured.verdict().word(),
        "together_ms": kitchen.together_ms(),
        "wall_ms": kitchen.end_ms,
        "workers": workers.collect::<Vec<_>>(),
    });
    for part in [figures, more] {
        if let Json::Object(part) = part {
            fields.extend(part);
        }
    }
    object
}

#[cfg(test)]
pub(super) mod tests {
    use super::super::kitchen::tests::stretch;
    use super::*;
    use crate::model::parameter::Group;
    use crate::model::python::{Doing, Outcome, Who};

    /// A run by two workers whose script told these figures.
    pub(in crate::lab::gil) fn report(told: &[(&str, f64)], writers: &str) -> PythonReport {
        let mut all: Vec<_> = told.iter().map(|(name, value)| ((*name).to_owned(), Value::Number(*value))).collect();
        all.push(("writers".into(), Value::Text(writers.into())));
        let outcome = Outcome { told: all, ..Outcome::default() };
        let stretches = vec![
            stretch(Who::Thread(1), Doing::Hold, 110.0, 150.0),
            stretch(Who::Thread(2), Doing::Hold, 150.0, 200.0),
            stretch(Who::Process(1), Doing::Task, 112.0, 150.0),
        ];
        PythonReport { stretches, ..PythonReport::new(outcome, 210.0) }
    }

    pub(in crate::lab::gil) const TOLD: [(&str, f64); 4] =
        [("from_ms", 100.0), ("alone_ms", 90.0), ("start_ms", 10.0), ("work_ms", 88.0)];

    /// As if each way had taken so long for what one thread does in 90 ms; `None`: it did not run.
    pub(in crate::lab::gil) fn ran(settings: &Settings, work_ms: [Option<f64>; 3]) -> Vec<Came> {
        let came = |(way, work_ms): (Way, Option<f64>)| match work_ms {
            Some(work_ms) => {
                let mut told = TOLD.to_vec();
                told[3].1 = work_ms;
                told.extend([("company_ms", work_ms), ("worst_ms", 9.0), ("trips", 50.0)]);
                Came::of(way, settings, &report(&told, "1212"))
            }
            None => Came::Unavailable(way, "Threads can't run here.".into()),
        };
        Way::ALL.into_iter().zip(work_ms).map(came).collect()
    }

    #[test]
    fn what_a_script_told_is_read() {
        let settings = Settings::usual(4);
        let came = Came::of(Way::Gil, &settings, &report(&TOLD, "1221"));
        let measured = came.measured().expect("it ran");
        let Found::Tasks(tasks) = &measured.found else { panic!("no tasks") };
        assert_eq!((tasks.writers.as_slice(), tasks.outside, tasks.kept), ([1, 2, 2, 1].as_slice(), None, None));
        assert_eq!(measured.verdict(), Verdict::Close);
        let json = json(&[came], &settings);
        assert_eq!(json[0]["way"], "locked");
        assert_eq!((&json[0]["verdict"], &json[0]["workers"][1]["held_ms"]), (&"close".into(), &48.0.into()));
    }

    #[test]
    fn too_little_is_a_sentence() {
        let settings = Settings::usual(4);
        let reason = |came: Came| came.reason().map(str::to_owned).unwrap_or_default();
        assert!(reason(Came::of(Way::Free, &settings, &report(&TOLD[..2], ""))).ends_with("too few figures."));
        let odd = [("from_ms", f64::NAN), ("alone_ms", -1.0)];
        assert!(reason(Came::of(Way::Free, &settings, &report(&odd, ""))).ends_with("too few figures."));
        let outcome = Outcome {
            status: Status::Error,
            traceback: "Traceback (most recent call last):\nAssertionError\n".into(),
            ..Outcome::default()
        };
        let failed = Came::of(Way::Free, &settings, &PythonReport::new(outcome, 5.0));
        assert!(reason(failed).contains("AssertionError"));
    }

    #[test]
    fn all_are_set_against_the_least_disturbed() {
        let settings = Settings::usual(4);
        let mut all = ran(&settings, [Some(90.0), Some(45.0), Some(50.0)]);
        assert_eq!(disturbed(&all), None);
        if let Came::Ran(measured) = &mut all[0]
            && let Found::Tasks(tasks) = &mut measured.found
        {
            tasks.alone_ms = 270.0;
        }
        compare_with_one(&mut all);
        assert_eq!(all[0].measured().map(Measured::speedup), Some(1.0));
        assert_eq!(disturbed(&all), Some((90.0, 270.0)));
    }

    #[test]
    fn turns_are_never_faster_than_one() {
        let of = |kind| Settings { kind, ..Settings::usual(4) };
        let all = ran(&of(Kind::Pure), [Some(30.0), None, None]);
        assert!(is_impossible(Kind::Pure, &all) && !is_impossible(Kind::Io, &all));
        assert!(!is_impossible(Kind::Pure, &ran(&of(Kind::Pure), [Some(90.0), Some(30.0), None])));
    }

    #[test]
    fn three_verdicts() {
        let settings = Settings::usual(4);
        let verdicts: Vec<_> = ran(&settings, [Some(180.0), Some(45.0), Some(92.0)])
            .iter()
            .filter_map(Came::measured)
            .map(Measured::verdict)
            .collect();
        assert_eq!(verdicts, [Verdict::Slower, Verdict::Faster, Verdict::Close]);
    }
}
