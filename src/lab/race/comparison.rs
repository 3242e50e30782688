//! What two races of different size say together: why a way of running loses
//! when there is little work and wins when there is much.

use super::explanation::{Term, largest_term};
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Report, Status};
use crate::model::settings::Executor;
use crate::view::format;
use crate::view::headline::Headline;
use crate::view::verdict::{self, Comparison, compare, short_name};

/// Work that takes so many times as long side by side as alone had no core for itself.
const BUSY: f64 = 1.3;

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
            .figure(subject, work)
            .words(" of work."),
        Term::Transfer => begin
            .words(format!("handing work to {} and results back cost ", plural(subject)))
            .figure(subject, took)
            .words(" for ")
            .figure(subject, work)
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
    let busy = busy_cores(large, subject).unwrap_or_default();
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
            .words(format!("{}: {} ", why_they_beat_serial(large, subject), plural(subject)))
            .figure(subject, format::ratio(speedup))
            .words(format!(", {} ", plural(other)))
            .figure(other, format::ratio(of_other))
            .words(" as fast as Serial."),
        (Some((Comparison::Faster, speedup)), _) => {
            let why = why_they_beat_serial(large, subject);
            begin.words(format!("{why}: ")).figure(subject, format::ratio(speedup)).words(" as fast as Serial.")
        }
        (Some((Comparison::Slower, speedup)), _) => begin
            .words("they still lost to Serial: ")
            .figure(subject, format::ratio(1.0 / speedup))
            .words(format!(" slower.{busy}")),
        (Some((Comparison::TooCloseToCall, _)), _) => {
            begin.words(format!("they and Serial were too close to call.{busy}"))
        }
        (None, _) => verdict::headline(&large.results),
    }
}

fn why_they_beat_serial(large: &Report, subject: Executor) -> String {
    let result = timed(large, subject);
    let work_ms = result.filter(|it| it.startup_ms > Some(0.0)).and_then(|it| it.work_ms);
    match work_ms {
        Some(work_ms) => format!("with {} of work to share, it paid off", format::duration(work_ms)),
        None => "they beat Serial".into(),
    }
}

/// Workers that share cores with something else take longer over the same work.
fn busy_cores(large: &Report, subject: Executor) -> Option<String> {
    let (pool, serial) = (timed(large, subject)?, timed(large, Executor::Serial)?);
    let (slow, alone) = (pool.work_ms?, serial.work_ms?);
    (pool.kernel == serial.kernel && slow > alone * BUSY).then(|| {
        format!(
            " Side by side the same work took {} in all instead of {}: the cores were not free for it.",
            format::duration(slow),
            format::duration(alone)
        )
    })
}

fn plural(executor: Executor) -> &'static str {
    match executor {
        Executor::Process => "processes",
        Executor::Thread => "threads",
        other => short_name(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::Wall;
    use crate::model::settings::Settings;

    fn ran(executor: Executor, [startup, compute, gather]: [f64; 3]) -> ExecutorResult {
        let median = startup + compute + gather;
        ExecutorResult {
            wall_ms: Some(Wall { min: median * 0.99, median, max: median * 1.01 }),
            startup_ms: Some(startup),
            send_ms: Some(0.0),
            compute_ms: Some(compute),
            gather_ms: Some(gather),
            work_ms: Some(compute * 2.0),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    fn race(members: u32, results: [ExecutorResult; 3]) -> Report {
        let settings = Settings { members, ..Settings::defaults(2) };
        Report { run: 1, settings, results: results.into(), timelines: Vec::new(), drawing: None }
    }

    fn small() -> Report {
        let serial = ran(Executor::Serial, [0.0, 0.9, 0.1]);
        race(30, [serial, ran(Executor::Process, [45.0, 0.5, 0.1]), ran(Executor::Thread, [38.0, 0.45, 0.1])])
    }

    fn large(process: [f64; 3], thread: [f64; 3]) -> Report {
        let serial = ran(Executor::Serial, [0.0, 217.0, 1.0]);
        race(10_000, [serial, ran(Executor::Process, process), ran(Executor::Thread, thread)])
    }

    #[test]
    fn threads_that_lose_small_and_win_large() {
        let large = large([45.0, 110.0, 1.0], [38.0, 106.0, 1.0]);
        assert_eq!(
            headline(&small(), &large, None).to_string(),
            "At 30 members, starting threads cost 38.0 ms for 0.90 ms of work. \
             At 10,000, with 212 ms of work to share, it paid off: threads 1.5 ×, processes 1.4 × as fast as Serial."
        );
    }

    #[test]
    fn the_predicted_pool_is_what_the_sentence_is_about() {
        let large = large([45.0, 300.0, 1.0], [38.0, 106.0, 1.0]);
        let guess = Prediction { first: Some(Executor::Process), ..Prediction::default() };
        let sentence = headline(&small(), &large, Some(guess)).to_string();
        assert!(sentence.starts_with("At 30 members, starting processes cost 45.0 ms"), "{sentence}");
        assert!(
            sentence.ends_with(
                "At 10,000, they still lost to Serial: 1.6 × slower. Side by side the same work took 600 ms in all instead of \
                 434 ms: the cores were not free for it."
            ),
            "{sentence}"
        );
    }

    #[test]
    fn what_is_too_close_to_call_is_not_called() {
        let sentence = headline(&small(), &large([45.0, 300.0, 1.0], [38.0, 178.0, 1.0]), None).to_string();
        assert!(sentence.ends_with("At 10,000, they and Serial were too close to call."), "{sentence}");
    }

    #[test]
    fn without_pools_the_large_race_speaks_for_itself() {
        let none = |executor| ExecutorResult::without_figures(executor, Status::Unavailable, "no workers".into());
        let only_serial = |members, compute| {
            let serial = ran(Executor::Serial, [0.0, compute, 0.1]);
            race(members, [serial, none(Executor::Process), none(Executor::Thread)])
        };
        let sentence = headline(&only_serial(30, 1.0), &only_serial(10_000, 200.0), None).to_string();
        assert_eq!(sentence, "Serial took 200 ms.");
    }
}
