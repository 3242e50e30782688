//! What two races of different size say together: why a way of running loses
//! when there is little work and wins when there is much.

use super::explanation::{Term, largest_term};
use crate::lab::race::report::Report;
use crate::model::format;
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::Executor;
use crate::model::standing::{Comparison, compare};
use crate::view::headline::Headline;
use crate::view::verdict::{self, Verdict, short_name};

/// Work that takes so many times as long side by side as alone had no core for itself.
const BUSY: f64 = 1.3;

/// What a small race and a large one say.
#[must_use]
pub fn verdict(small: &Report, large: &Report, prediction: Option<Prediction>) -> Verdict {
    let subject = subject(small, large, prediction);
    let found = subject.and_then(|subject| Some((subject, at_small(small, subject)?)));
    match found {
        Some((subject, at_small)) => at_large(large, subject, at_small),
        None => verdict::of(&large.results),
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

/// What the pool's time went into where there was little to do: the begin of a sentence.
fn at_small(small: &Report, subject: Executor) -> Option<Headline> {
    let result = timed(small, subject)?;
    let (term, term_ms) = largest_term(result)?;
    let (took, work) = (format::duration(term_ms), format::duration(result.work_ms?));
    let begin = Headline::plain(format!("At {} members, ", members(small)));
    let name = plural(subject);
    let what = match term {
        Term::Startup => format!("starting {name} cost "),
        Term::Transfer => format!("moving data cost {name} "),
        Term::Compute => format!("{name} spent the largest part, "),
    };
    let begin = begin.words(what).figure(subject, took);
    Some(match term {
        Term::Startup | Term::Transfer => begin.words(" for ").figure(subject, work).words(" of work"),
        Term::Compute => begin.words(", on computing"),
    })
}

/// Goes on with how both pools came off where there was much to do.
fn at_large(large: &Report, subject: Executor, at_small: Headline) -> Verdict {
    let serial = timed(large, Executor::Serial).and_then(|it| it.wall_ms);
    let against_serial = |executor: Executor| {
        let wall = timed(large, executor)?.wall_ms?;
        serial.as_ref().map(|serial| (compare(&wall, serial), serial.median / wall.median))
    };
    let Some((comparison, speedup)) = against_serial(subject) else {
        return verdict::of(&large.results).and(at_small.words(format!("; this was at {}.", members(large))));
    };
    let begin = at_small.words(format!("; at {}, they ", members(large)));
    let headline = match comparison {
        Comparison::Faster => begin.words("were ").figure(subject, format::ratio(speedup)).words(" as fast as Serial."),
        Comparison::Slower => {
            begin.words("were ").figure(subject, format::ratio(1.0 / speedup)).words(" slower than Serial.")
        }
        Comparison::TooCloseToCall => begin.words("and Serial were too close to call."),
    };
    let other = if subject == Executor::Thread { Executor::Process } else { Executor::Thread };
    let of_other = against_serial(other).filter(|it| it.0 == Comparison::Faster).map(|(_, speedup)| {
        let begin = Headline::plain(format!("{} were ", format::capitalized(plural(other))));
        begin.figure(other, format::ratio(speedup)).words(" as fast as Serial.")
    });
    let more = match comparison {
        Comparison::Faster => [enough_to_share(large, subject), of_other],
        Comparison::Slower | Comparison::TooCloseToCall => [busy_cores(large, subject), None],
    };
    let more = more.into_iter().chain([verdict::fewer_workers(&large.results)]);
    more.flatten().fold(Verdict::from(headline), Verdict::and)
}

/// Why starting the pool was worth it.
fn enough_to_share(large: &Report, subject: Executor) -> Option<Headline> {
    let result = timed(large, subject).filter(|it| it.startup_ms > Some(0.0))?;
    let begin = Headline::plain("With ").figure(subject, format::duration(result.work_ms?));
    Some(begin.words(" of work to share, starting them paid off."))
}

/// Workers that share cores with something else take longer over the same work.
fn busy_cores(large: &Report, subject: Executor) -> Option<Headline> {
    let (pool, serial) = (timed(large, subject)?, timed(large, Executor::Serial)?);
    let (slow, alone) = (pool.work_ms?, serial.work_ms?);
    (pool.kernel == serial.kernel && slow > alone * BUSY).then(|| {
        Headline::plain(format!(
            "Side by side the same work took {} in all instead of {}: the cores were not free for it.",
            format::duration(slow),
            format::duration(alone)
        ))
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
    use crate::lab::race::settings::Settings;
    use crate::model::pace::Pace;
    use crate::model::report::Wall;

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
        Report {
            run: 1,
            settings,
            results: results.into(),
            timelines: Vec::new(),
            pace: Pace::default(),
            drawing: None,
        }
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
            verdict(&small(), &large, None).to_string(),
            "At 30 members, starting threads cost 38.0 ms for 0.90 ms of work; at 10,000, they were 1.5 × as fast as \
             Serial. With 212 ms of work to share, starting them paid off. Processes were 1.4 × as fast as Serial."
        );
    }

    #[test]
    fn the_predicted_pool_is_what_the_sentence_is_about() {
        let large = large([45.0, 300.0, 1.0], [38.0, 106.0, 1.0]);
        let guess = Prediction { first: Some(Executor::Process), ..Prediction::default() };
        let said = verdict(&small(), &large, Some(guess));
        assert_eq!(
            said.headline.to_string(),
            "At 30 members, starting processes cost 45.0 ms for 1.00 ms of work; at 10,000, they were 1.6 × slower than \
             Serial."
        );
        assert_eq!(
            said.more.map(|it| it.to_string()).as_deref(),
            Some("Side by side the same work took 600 ms in all instead of 434 ms: the cores were not free for it.")
        );
    }

    #[test]
    fn workers_that_never_came_are_told() {
        let mut large = large([45.0, 110.0, 1.0], [38.0, 106.0, 1.0]);
        for result in &mut large.results {
            (result.workers, result.asked_workers) = (Some(1), Some(2));
        }
        let said = verdict(&small(), &large, None).to_string();
        assert!(said.ends_with("ran with fewer workers than set: the table says why."), "{said}");
    }

    #[test]
    fn what_is_too_close_to_call_is_not_called() {
        let sentence = verdict(&small(), &large([45.0, 300.0, 1.0], [38.0, 178.0, 1.0]), None).headline.to_string();
        assert!(sentence.ends_with("at 10,000, they and Serial were too close to call."), "{sentence}");
    }

    #[test]
    fn without_pools_the_large_race_speaks_for_itself() {
        let none = |executor| ExecutorResult::without_figures(executor, Status::Unavailable, "no workers".into());
        let only_serial = |members, compute| {
            let serial = ran(Executor::Serial, [0.0, compute, 0.1]);
            race(members, [serial, none(Executor::Process), none(Executor::Thread)])
        };
        let said = verdict(&only_serial(30, 1.0), &only_serial(10_000, 200.0), None);
        assert_eq!(said.to_string(), "Serial took 200 ms. Not all could run here: the table says why.");
    }
}
