//! What a finished race says, in words computed from its figures.

use std::fmt;

use super::headline::Headline;
use crate::model::format;
use crate::model::report::{ExecutorResult, Status, Wall};
use crate::model::settings::Executor;
use crate::model::standing::{CLOSE_RATIO, Comparison, Standing, compare};

/// What finished races say.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Verdict {
    /// The one sentence over them.
    pub headline: Headline,
    /// What else is true; it stands below the headline.
    pub more: Option<Headline>,
}

impl Verdict {
    /// Says more below the headline, behind what is said there already.
    #[must_use]
    pub fn and(self, next: Headline) -> Self {
        let more = match self.more {
            Some(more) => more.followed_by(next),
            None => next,
        };
        Self { more: Some(more), ..self }
    }
}

impl From<Headline> for Verdict {
    fn from(headline: Headline) -> Self {
        Self { headline, more: None }
    }
}

impl fmt::Display for Verdict {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.headline.fmt(formatter)?;
        self.more.iter().try_for_each(|more| write!(formatter, " {more}"))
    }
}

/// What a finished race says.
#[must_use]
pub fn of(results: &[ExecutorResult]) -> Verdict {
    let standing = Standing::of(results);
    let ran = results.iter().filter(|it| it.status == Status::Ok).count();
    let also = [
        standing.is_open().then(|| times_known(&standing)).flatten(),
        standing.is_open().then(|| Headline::plain("More members or more steps take long enough to be timed.")),
        fewer_workers(results),
        (ran > 0 && ran < results.len()).then(|| Headline::plain("Not all could run here: the table says why.")),
    ];
    also.into_iter().flatten().fold(Verdict::from(headline(&standing)), Verdict::and)
}

/// The times of those that have one, where nobody can be called first.
fn times_known(standing: &Standing) -> Option<Headline> {
    let (first, rest) = standing.timed.split_first()?;
    let told = |said: Headline, (executor, wall): &(Executor, Wall)| {
        said.figure(*executor, short_name(*executor)).words(" took ").figure(*executor, format::duration(wall.median))
    };
    let begin = told(Headline::default(), first);
    Some(rest.iter().fold(begin, |said, it| told(said.words(", "), it)).words("."))
}

/// Whose workers did not all come: a sentence, where there is anybody.
#[must_use]
pub fn fewer_workers(results: &[ExecutorResult]) -> Option<Headline> {
    let short = results.iter().filter(|it| it.status == Status::Ok && it.workers < it.asked_workers);
    let names: Vec<_> = short.map(|it| short_name(it.executor)).collect();
    (!names.is_empty()).then(|| {
        Headline::plain(format!("{} ran with fewer workers than set: the table says why.", format::list(&names)))
    })
}

/// The sentence over those that ran.
fn headline(standing: &Standing) -> Headline {
    let untimed: Vec<_> = standing.untimed.iter().map(|it| short_name(*it)).collect();
    let ((first, wall), rest) = match standing.timed.split_first() {
        None if untimed.is_empty() => {
            return Headline::plain("None of the chosen ways could run here; the table says why.");
        }
        None => return Headline::plain("Done, but too fast to time here: this browser's clock can't tell."),
        Some(_) if standing.is_open() => {
            let verb = if untimed.len() == 1 { "was" } else { "were" };
            let names = format::list(&untimed);
            return Headline::plain(format!("{names} {verb} too fast to time here, so none can be called first."));
        }
        Some((first, rest)) => (*first, rest),
    };
    let took = format::duration(wall.median);
    let begin = Headline::default().figure(first, short_name(first));
    let Some((second, second_wall)) = rest.first() else {
        return begin.words(" took ").figure(first, took).words(".");
    };
    if !standing.is_won_by(first) {
        let tied: Vec<_> = standing.winners().into_iter().map(short_name).collect();
        let alike = standing.timed.iter().take(tied.len()).all(|(_, other)| other.median < wall.median * CLOSE_RATIO);
        let why = if alike { format!("about {took}") } else { "their repeats overlap".into() };
        return Headline::plain(format!("Too close to call between {}: {why}.", format::list(&tied)));
    }
    let against_serial = standing.timed.iter().find(|(executor, _)| *executor == Executor::Serial);
    match against_serial {
        Some((_, serial)) if first != Executor::Serial => begin
            .words(" finished first: ")
            .figure(first, took)
            .words(format!(", {} as fast as Serial.", format::ratio(serial.median / wall.median))),
        _ => begin
            .words(" finished first: ")
            .figure(first, took)
            .words(format!("; {} came second with ", short_name(*second)))
            .figure(*second, format::duration(second_wall.median))
            .words("."),
    }
}

/// How an executor came off against Serial, in a few words, as beside its bar;
/// `None` for Serial itself and where one of the two has no times.
#[must_use]
pub fn against_serial(result: &ExecutorResult, results: &[ExecutorResult]) -> Option<(Comparison, String)> {
    let serial = results.iter().find(|it| it.executor == Executor::Serial && it.status == Status::Ok)?;
    if result.executor == Executor::Serial || result.status != Status::Ok {
        return None;
    }
    let (this, other) = (result.wall_ms?, serial.wall_ms?);
    let comparison = compare(&this, &other);
    let words = match comparison {
        Comparison::Faster => format!("{} faster", format::ratio(other.median / this.median)),
        Comparison::Slower => format!("{} slower", format::ratio(this.median / other.median)),
        Comparison::TooCloseToCall => "too close to call".into(),
    };
    Some((comparison, words))
}

/// Whether those that ran agree.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Agreement {
    /// To the last bit.
    Same,
    /// Not all of them.
    Different,
    /// There is nothing to compare with.
    Alone,
}

/// Whether all that ran agree to the last bit, with a sentence; `None` where
/// nothing ran.
#[must_use]
pub fn same_bits(results: &[ExecutorResult]) -> Option<(Agreement, String)> {
    let hashes: Vec<_> = results
        .iter()
        .filter(|it| it.status == Status::Ok)
        .filter_map(|it| it.final_fnv1a64.as_deref().map(|hash| (it.executor, hash)))
        .collect();
    let (reference, expected) = hashes.first()?;
    let different: Vec<_> =
        hashes.iter().filter(|(_, hash)| hash != expected).map(|(executor, _)| short_name(*executor)).collect();
    Some(if different.is_empty() {
        match hashes.len() {
            1 => (Agreement::Alone, "Only one ran: there is nothing to compare its bits with.".into()),
            2 => (Agreement::Same, "✓ same bits in both".into()),
            3 => (Agreement::Same, "✓ same bits in all three".into()),
            _ => (Agreement::Same, "✓ same bits in all four".into()),
        }
    } else {
        let verb = if different.len() == 1 { "differs" } else { "differ" };
        let names = format::list(&different);
        let reference = short_name(*reference);
        (Agreement::Different, format!("✗ {names} {verb} from {reference} in the final states"))
    })
}

/// The executor's name within a sentence.
#[must_use]
pub fn short_name(executor: Executor) -> &'static str {
    match executor {
        Executor::Serial => "Serial",
        Executor::Vectorized => "Vectorized",
        Executor::Process => "Process-like",
        Executor::Thread => "Thread",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ran(executor: Executor, median: f64, hash: &str) -> ExecutorResult {
        let wall = Wall { min: median * 0.99, median, max: median * 1.01 };
        ExecutorResult {
            wall_ms: Some(wall),
            final_fnv1a64: Some(hash.into()),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    #[test]
    fn the_first_is_named_with_its_factor() {
        let results = [ran(Executor::Serial, 10.0, "a"), ran(Executor::Vectorized, 2.0, "a")];
        assert_eq!(of(&results).to_string(), "Vectorized finished first: 2.00 ms, 5.0 × as fast as Serial.");
        assert_eq!(same_bits(&results), Some((Agreement::Same, "✓ same bits in both".into())));
    }

    #[test]
    fn each_bar_has_one_of_three_verdicts() {
        let results = [ran(Executor::Serial, 10.0, "a"), ran(Executor::Vectorized, 2.0, "a")];
        let close = ran(Executor::Process, 10.9, "a");
        let slow = ran(Executor::Thread, 430.0, "a");
        assert_eq!(against_serial(&results[0], &results), None);
        assert_eq!(against_serial(&results[1], &results), Some((Comparison::Faster, "5.0 × faster".into())));
        assert_eq!(against_serial(&close, &results).map(|it| it.0), Some(Comparison::TooCloseToCall));
        assert_eq!(against_serial(&slow, &results), Some((Comparison::Slower, "43 × slower".into())));
    }

    #[test]
    fn close_races_stay_open() {
        let results = [ran(Executor::Process, 10.0, "a"), ran(Executor::Thread, 10.9, "b")];
        assert!(of(&results).to_string().starts_with("Too close to call between Process-like and Thread"));
        assert_eq!(same_bits(&results).map(|it| it.0), Some(Agreement::Different));
    }

    #[test]
    fn nothing_that_ran_is_said_so() {
        let none = ExecutorResult::without_figures(Executor::Thread, Status::Failed, "x".into());
        assert!(of(std::slice::from_ref(&none)).to_string().starts_with("None"));
        assert_eq!(same_bits(std::slice::from_ref(&none)), None);
        let below = ExecutorResult { wall_ms: None, ..ran(Executor::Serial, 1.0, "a") };
        let said = of(&[below, none.clone()]);
        assert!(said.headline.to_string().contains("too fast to time here"));
        let more =
            "More members or more steps take long enough to be timed. Not all could run here: the table says why.";
        assert_eq!(said.more.map(|it| it.to_string()).as_deref(), Some(more));
    }

    #[test]
    fn nobody_is_called_first_while_somebody_was_too_fast_for_the_clock() {
        let below = ExecutorResult { wall_ms: None, ..ran(Executor::Vectorized, 1.0, "a") };
        let results = [ran(Executor::Serial, 41.0, "a"), below, ran(Executor::Process, 60.0, "a")];
        assert_eq!(
            of(&results).to_string(),
            "Vectorized was too fast to time here, so none can be called first. Serial took 41.0 ms, Process-like took \
             60.0 ms. More members or more steps take long enough to be timed."
        );
    }

    #[test]
    fn workers_that_did_not_come_are_named_beside_the_verdict() {
        let fewer = ExecutorResult { workers: Some(1), asked_workers: Some(2), ..ran(Executor::Process, 60.0, "a") };
        let said = of(&[ran(Executor::Serial, 41.0, "a"), fewer]).to_string();
        assert!(said.ends_with("Process-like ran with fewer workers than set: the table says why."), "{said}");
    }
}
