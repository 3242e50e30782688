//! What two races of different size say together: why a way of running loses
//! when there is little work and wins when there is much.

use super::explanation::{Term, largest_term};
use super::headline::Headline;
use super::verdict::{self, Comparison, compare, short_name};
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Report, Status};
use crate::model::settings::Executor;
use crate::ui::format;

/// The sentence that compares a small race with a large one.
#[must_use]
pub fn headline(small: &Report, large: &Report, prediction: Option<Prediction>) -> Headline {
    let subject = subject(small, large, prediction);
    let found = subject.and_then(|subject| at_small(small, subject));
    match (found, subject) {
        (Some(first), Some(subject)) => first.followed_by(at_large(large, subject)),
        _ => verdict::headline(&large.results),
    }
}

/// The pool that the sentence is about: the predicted one, else the faster one
/// of the large race.
fn subject(small: &Report, large: &Report, prediction: Option<Prediction>) -> Option<Executor> {
    let ran = |executor: Executor| timed(small, executor).is_some() && timed(large, executor).is_some();
    let predicted = prediction.and_then(|it| it.first);
    let is_pool = |executor: &Executor| matches!(executor, Executor::Process | Executor::Thread);
    if let Some(predicted) = predicted.filter(is_pool).filter(|it| ran(*it)) {
        return Some(predicted);
    }
    let median = |executor: Executor| timed(large, executor).and_then(|it| it.wall_ms).map(|it| it.median);
    [Executor::Thread, Executor::Process]
        .into_iter()
        .filter(|executor| ran(*executor))
        .min_by(|a, b| median(*a).unwrap_or(f64::INFINITY).total_cmp(&median(*b).unwrap_or(f64::INFINITY)))
}

fn timed(report: &Report, executor: Executor) -> Option<&ExecutorResult> {
    report.results.iter().find(|it| it.executor == executor && it.status == Status::Ok && it.wall_ms.is_some())
}

fn members(report: &Report) -> String {
    format::count(report.settings.members.into())
}

/// What the pool's time went into where there was little to do.
fn at_small(small: &Report, subject: Executor) -> Option<Headline> {
    let result = timed(small, subject)?;
    let (term, term_ms) = largest_term(result)?;
    let (took, work) = (format::duration(term_ms), format::duration(result.work_ms?));
    let begin = Headline::plain(format!("At {} members, ", members(small)));
    Some(match term {
        Term::Startup => begin
            .words(format!("starting {} cost ", plural(subject)))
            .figure(subject, took)
            .words(" for ")
            .figure(Executor::Serial, work)
            .words(" of work."),
        Term::Transfer => begin
            .words(format!("handing work to {} and results back cost ", plural(subject)))
            .figure(subject, took)
            .words(" for ")
            .figure(Executor::Serial, work)
            .words(" of work."),
        Term::Compute => begin
            .words(format!("{} spent ", plural(subject)))
            .figure(subject, took)
            .words(" computing, the largest part of their time."),
    })
}

/// How both pools came off where there was much to do.
fn at_large(large: &Report, subject: Executor) -> Headline {
    let begin = Headline::plain(format!("At {}, ", members(large)));
    let serial = timed(large, Executor::Serial).and_then(|it| it.wall_ms);
    let other = match subject {
        Executor::Thread => Executor::Process,
        _ => Executor::Thread,
    };
    let against_serial = |executor: Executor| {
        let wall = timed(large, executor)?.wall_ms?;
        serial.as_ref().map(|serial| (compare(&wall, serial), serial.median / wall.median))
    };
    match (against_serial(subject), against_serial(other)) {
        (Some((Comparison::Faster, speedup)), Some((Comparison::Faster, of_other))) => begin
            .words(format!("they won: {} ", plural(subject)))
            .figure(subject, format::ratio(speedup))
            .words(format!(" and {} ", plural(other)))
            .figure(other, format::ratio(of_other))
            .words(" as fast as Serial."),
        (Some((Comparison::Faster, speedup)), _) => {
            begin.words("they won: ").figure(subject, format::ratio(speedup)).words(" as fast as Serial.")
        }
        (Some((Comparison::Slower, speedup)), _) => {
            begin.words("they still lost to Serial: ").figure(subject, format::ratio(1.0 / speedup)).words(" slower.")
        }
        (Some((Comparison::TooCloseToCall, _)), _) => begin.words("they and Serial were too close to call."),
        (None, _) => verdict::headline(&large.results),
    }
}

fn plural(executor: Executor) -> &'static str {
    match executor {
        Executor::Process => "processes",
        Executor::Thread => "threads",
        other => short_name(other),
    }
}
