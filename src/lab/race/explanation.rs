//! Why a race came out as it did, computed from its figures: the largest
//! measured term, and one change worth a try.

use crate::lab::race::report::Report;
use crate::lab::race::settings::Settings;
use crate::model::format;
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::{Executor, Gather, Kernel, Pool};
use crate::model::standing::{Comparison, Standing, compare};
use crate::view::verdict::short_name;

/// Members at which pools have enough to do, in most browsers.
const MANY_MEMBERS: u32 = 10_000;

/// What time goes into: also the three causes that a student picks from.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Term {
    /// Starting the workers.
    Startup,
    /// Sending the tasks and gathering the results.
    Transfer,
    /// Computing.
    Compute,
}

impl Term {
    /// The three causes, in the order of a repeat.
    pub const ALL: [Self; 3] = [Self::Startup, Self::Transfer, Self::Compute];

    /// The value of `data-cause`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Startup => "startup",
            Self::Transfer => "transfer",
            Self::Compute => "compute",
        }
    }

    /// The cause as a student picks it.
    #[must_use]
    pub fn as_cause(self) -> &'static str {
        match self {
            Self::Startup => "Starting workers",
            Self::Transfer => "Moving data, waiting",
            Self::Compute => "Computing",
        }
    }
}

/// A setting worth another run.
#[derive(Clone, Debug, PartialEq)]
pub struct Change {
    /// The members of the race that it changes.
    pub of: u32,
    /// What the button says.
    pub label: String,
    /// Which setting.
    pub parameter: &'static str,
    /// Its new value, as the URL writes it.
    pub value: String,
}

/// What may be offered to try.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Offers {
    /// SIMD for the pools: it works here.
    pub simd: bool,
    /// A larger ensemble: none has been shown yet.
    pub more_members: bool,
}

/// Why, and what to try.
#[derive(Clone, Debug, PartialEq)]
pub struct Explanation {
    /// Whose time is explained.
    pub subject: Executor,
    /// The question that the three causes answer.
    pub question: String,
    /// The largest measured term.
    pub term: Term,
    /// The explanation with its figures.
    pub text: String,
    /// One change to try; `None` where nothing obvious is left.
    pub change: Option<Change>,
}

/// The largest term of an executor's median repeat, ms; `None` where it has no times.
#[must_use]
pub fn largest_term(result: &ExecutorResult) -> Option<(Term, f64)> {
    let terms = [
        (Term::Startup, result.startup_ms?),
        (Term::Transfer, result.send_ms? + result.gather_ms? + waiting_ms(result)),
        (Term::Compute, result.compute_ms? - waiting_ms(result)),
    ];
    terms.into_iter().max_by(|a, b| a.1.total_cmp(&b.1))
}

/// How long the workers had nothing to do between the first task's begin and the
/// last one's end, ms: what is left of that time when each has done its share.
fn waiting_ms(result: &ExecutorResult) -> f64 {
    match (result.compute_ms, result.work_ms, result.workers) {
        (Some(compute_ms), Some(work_ms), Some(workers)) if workers > 0 => {
            (compute_ms - work_ms / f64::from(workers)).max(0.0)
        }
        _ => 0.0,
    }
}

/// Explains a race; `None` where fewer than two executors have times.
#[must_use]
pub fn explain(report: &Report, prediction: Option<Prediction>, offers: Offers) -> Option<Explanation> {
    let timed: Vec<_> = report.results.iter().filter(|it| it.status == Status::Ok && it.wall_ms.is_some()).collect();
    if timed.len() < 2 {
        return None;
    }
    let median = |it: &&ExecutorResult| it.wall_ms.map_or(f64::INFINITY, |wall| wall.median);
    let first = *timed.iter().min_by(|a, b| median(a).total_cmp(&median(b)))?;
    let subject = subject(&timed, first, prediction);
    let (term, term_ms) = largest_term(subject)?;
    // Nobody is said to have won while somebody who ran has no time.
    let is_open = Standing::of(&report.results).is_open();
    let question = question(subject, (!is_open).then_some(first), &report.settings);
    let mut text = largest_in_words(subject, term, term_ms)?;
    if let (Term::Compute, Some(more)) = (term, against_the_first(subject, first)) {
        text.push(' ');
        text.push_str(&more);
    }
    let grow = more_members(&report.settings, offers).filter(|_| is_open);
    let change = grow.or_else(|| change(&report.settings, subject, first.executor, term, offers));
    Some(Explanation { subject: subject.executor, question, term, text, change })
}

/// The predicted executor if it lost; else the slower of the pools; else the last.
fn subject<'a>(
    timed: &[&'a ExecutorResult],
    first: &'a ExecutorResult,
    prediction: Option<Prediction>,
) -> &'a ExecutorResult {
    let predicted = prediction.and_then(|it| it.first);
    let of = |executor: Executor| timed.iter().find(|it| it.executor == executor).copied();
    if let Some(lost) = predicted.filter(|it| *it != first.executor).and_then(of) {
        return lost;
    }
    [Executor::Thread, Executor::Process, Executor::Vectorized, Executor::Serial]
        .into_iter()
        .filter_map(of)
        .find(|it| it.executor != first.executor)
        .unwrap_or(first)
}

fn question(subject: &ExecutorResult, winner: Option<&ExecutorResult>, settings: &Settings) -> String {
    let name = short_name(subject.executor);
    let members = format::count(settings.members.into());
    let lost_to = winner.filter(|winner| {
        let walls = subject.wall_ms.zip(winner.wall_ms);
        walls.is_some_and(|(this, other)| compare(&this, &other) == Comparison::Slower)
    });
    match lost_to {
        Some(winner) => {
            let winner = short_name(winner.executor);
            format!("{winner} beat {name} at {members} members. What took most of {name}'s time?")
        }
        None => format!("What took most of {name}'s time at {members} members?"),
    }
}

fn largest_in_words(subject: &ExecutorResult, term: Term, term_ms: f64) -> Option<String> {
    let wall = subject.wall_ms?.median;
    let name = short_name(subject.executor);
    let share = format::percent((term_ms / wall).min(1.0));
    let (took, wall) = (format::duration(term_ms), format::duration(wall));
    let workers = workers_in_words(subject);
    Some(match term {
        Term::Startup => {
            let work = format::duration(subject.work_ms?);
            format!("{name} spent {took} of {wall} ({share}) on starting {workers}; the work itself took {work}.")
        }
        Term::Transfer => format!(
            "{name} spent {took} of {wall} ({share}) on handing data over and waiting: {} to send the tasks, {} between \
             them, {} to gather the results.",
            format::duration(subject.send_ms?),
            format::duration(waiting_ms(subject)),
            format::duration(subject.gather_ms?),
        ),
        Term::Compute => format!("{name} spent {took} of {wall} ({share}) on computing, by {workers}."),
    })
}

fn workers_in_words(result: &ExecutorResult) -> String {
    let noun = if result.executor == Executor::Thread { "thread" } else { "worker" };
    match result.workers {
        Some(1) | None => format!("one {noun}"),
        Some(workers) => format!("{workers} {noun}s"),
    }
}

/// Where computing is what differs, by how much.
fn against_the_first(subject: &ExecutorResult, first: &ExecutorResult) -> Option<String> {
    if subject.executor == first.executor {
        return None;
    }
    let (this, other) = (subject.compute_ms?, first.compute_ms?);
    let name = short_name(first.executor);
    let took = format::duration(other);
    let is_simd = first.kernel == Some(Kernel::Simd) && subject.kernel == Some(Kernel::Scalar);
    (this > other && other > 0.0).then(|| {
        if is_simd {
            format!("{name} computed the same in {took}: it takes several members with each instruction.")
        } else {
            format!("{name} computed the same in {took}.")
        }
    })
}

fn change(
    settings: &Settings,
    subject: &ExecutorResult,
    first: Executor,
    term: Term,
    offers: Offers,
) -> Option<Change> {
    let of = settings.members;
    let set = |label: String, parameter, value: String| Some(Change { of, label, parameter, value });
    let can_grow = offers.more_members && settings.members < MANY_MEMBERS;
    let more_members = || more_members(settings, offers);
    let is_pool = matches!(subject.executor, Executor::Process | Executor::Thread);
    match term {
        Term::Startup if can_grow => more_members(),
        Term::Startup if settings.pool == Pool::Cold => set("Try a warm pool".into(), "pool", "warm".into()),
        Term::Transfer if settings.gather == Gather::Copy => {
            set("Try transfer instead of copy".into(), "gather", "transfer".into())
        }
        Term::Transfer if can_grow => more_members(),
        Term::Compute
            if is_pool && first == Executor::Vectorized && settings.kernel == Kernel::Scalar && offers.simd =>
        {
            set("Give the pools SIMD too".into(), "kernel", "simd".into())
        }
        Term::Compute | Term::Transfer if is_pool && !can_grow && settings.pool == Pool::Cold => {
            set("Try a warm pool".into(), "pool", "warm".into())
        }
        Term::Startup | Term::Transfer | Term::Compute => more_members(),
    }
}

/// A larger ensemble, where none has been shown yet.
fn more_members(settings: &Settings, offers: Offers) -> Option<Change> {
    let members = settings.members.saturating_mul(10).clamp(MANY_MEMBERS, 100_000);
    (offers.more_members && settings.members < members).then(|| Change {
        of: settings.members,
        label: format!("Try {} members", format::count(members.into())),
        parameter: "members",
        value: members.to_string(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::pace::Pace;

    const ALL: Offers = Offers { simd: true, more_members: true };
    use crate::model::report::Wall;

    fn ran(executor: Executor, parts: [f64; 4]) -> ExecutorResult {
        let median = parts.iter().sum::<f64>();
        let [startup, send, compute, gather] = parts.map(Some);
        let workers = if matches!(executor, Executor::Serial | Executor::Vectorized) { 1 } else { 2 };
        ExecutorResult {
            wall_ms: Some(Wall { min: median * 0.99, median, max: median * 1.01 }),
            startup_ms: startup,
            send_ms: send,
            compute_ms: compute,
            gather_ms: gather,
            work_ms: compute.map(|compute_ms| compute_ms * f64::from(workers)),
            workers: Some(workers),
            kernel: Some(if executor == Executor::Vectorized { Kernel::Simd } else { Kernel::Scalar }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    fn report(members: u32, results: Vec<ExecutorResult>) -> Report {
        let settings = Settings { members, ..Settings::defaults(2) };
        Report { run: 1, settings, results, timelines: Vec::new(), pace: Pace::default(), drawing: None }
    }

    #[test]
    fn startup_is_named_with_its_figures_and_more_members_are_offered() {
        let report =
            report(30, vec![ran(Executor::Serial, [0.0, 0.1, 1.0, 0.4]), ran(Executor::Thread, [38.0, 0.2, 0.8, 1.0])]);
        let found = explain(&report, None, ALL).unwrap();
        assert_eq!((found.subject, found.term), (Executor::Thread, Term::Startup));
        assert_eq!(
            found.text,
            "Thread spent 38.0 ms of 40.0 ms (95 %) on starting 2 threads; the work itself took 1.60 ms."
        );
        assert_eq!(found.change.unwrap().value, "10000");
    }

    #[test]
    fn where_the_vectorized_kernel_won_simd_is_offered() {
        let results = vec![
            ran(Executor::Serial, [0.0, 0.0, 400.0, 1.0]),
            ran(Executor::Vectorized, [0.0, 0.0, 100.0, 1.0]),
            ran(Executor::Thread, [50.0, 1.0, 200.0, 1.0]),
        ];
        let found = explain(&report(10_000, results), None, ALL).unwrap();
        assert_eq!(found.term, Term::Compute);
        assert!(found.text.contains("several members with each instruction"), "{}", found.text);
        assert_eq!(found.change.unwrap().parameter, "kernel");
    }

    #[test]
    fn where_the_larger_race_is_shown_it_is_not_offered() {
        let results = vec![ran(Executor::Serial, [0.0, 0.1, 1.0, 0.1]), ran(Executor::Thread, [38.0, 0.1, 0.8, 0.1])];
        let offers = Offers { more_members: false, ..ALL };
        let change = explain(&report(30, results), None, offers).unwrap().change.unwrap();
        assert_eq!((change.of, change.parameter), (30, "pool"));
    }

    #[test]
    fn a_lost_prediction_is_what_is_explained() {
        let results = vec![ran(Executor::Serial, [0.0, 0.1, 1.0, 0.1]), ran(Executor::Process, [0.0, 0.1, 0.5, 3.0])];
        let guess = Prediction { first: Some(Executor::Process), ..Prediction::default() };
        let found = explain(&report(30, results), Some(guess), ALL).unwrap();
        assert_eq!((found.subject, found.term), (Executor::Process, Term::Transfer));
        assert!(found.question.starts_with("Serial beat Process-like at 30 members."));
    }

    #[test]
    fn nobody_beat_anybody_while_somebody_has_no_time() {
        let untimed = ExecutorResult { wall_ms: None, ..ran(Executor::Vectorized, [0.0; 4]) };
        let serial = ran(Executor::Serial, [0.0, 0.1, 1.0, 0.4]);
        let results = vec![serial, untimed, ran(Executor::Thread, [38.0, 0.2, 0.8, 1.0])];
        let found = explain(&report(30, results), None, ALL).unwrap();
        assert!(!found.question.contains("beat"), "{}", found.question);
        assert_eq!(found.change.unwrap().parameter, "members", "what makes it measurable");
    }

    #[test]
    fn one_executor_alone_needs_no_explanation() {
        assert_eq!(explain(&report(30, vec![ran(Executor::Serial, [0.0, 0.1, 1.0, 0.1])]), None, ALL), None);
    }
}
