//! What a finished race says, in words computed from its figures.

use std::fmt;

use super::headline::Headline;
use crate::model::format;
use crate::model::report::{ExecutorResult, Status, Wall};
use crate::model::settings::Executor;

/// Two medians within this ratio are too close to call.
const CLOSE_RATIO: f64 = 1.15;

/// How one wall time stands to another.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Comparison {
    /// Clearly less time.
    Faster,
    /// Clearly more time.
    Slower,
    /// Within 15 %, or the ranges of the repeats overlap.
    TooCloseToCall,
}

/// Compares two wall times.
#[must_use]
pub fn compare(this: &Wall, other: &Wall) -> Comparison {
    let overlapping = this.min <= other.max && other.min <= this.max;
    let close = this.median < other.median * CLOSE_RATIO && other.median < this.median * CLOSE_RATIO;
    if overlapping || close {
        Comparison::TooCloseToCall
    } else if this.median < other.median {
        Comparison::Faster
    } else {
        Comparison::Slower
    }
}

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
    let ran: Vec<_> = results.iter().filter(|it| it.status == Status::Ok).collect();
    let verdict = Verdict::from(headline(&ran));
    let is_below_clock = !ran.is_empty() && ran.iter().all(|it| it.wall_ms.is_none());
    let verdict =
        if is_below_clock { verdict.and(Headline::plain("Try more members or more steps.")) } else { verdict };
    if !ran.is_empty() && ran.len() < results.len() {
        verdict.and(Headline::plain("Not all could run here: the table says why."))
    } else {
        verdict
    }
}

/// Puts the smaller median first.
pub fn fastest_first(timed: &mut [(Executor, Wall)]) {
    timed.sort_by(|a, b| a.1.median.total_cmp(&b.1.median));
}

/// The sentence over those that ran.
fn headline(ran: &[&ExecutorResult]) -> Headline {
    let mut timed: Vec<_> = ran.iter().filter_map(|it| it.wall_ms.map(|wall| (it.executor, wall))).collect();
    fastest_first(&mut timed);

    let (Some((first, wall)), rest) = (timed.first(), timed.get(1..).unwrap_or_default()) else {
        return Headline::plain(if ran.is_empty() {
            "None of the chosen ways could run here; the table says why."
        } else {
            "Done, but faster than this browser's clock can tell."
        });
    };
    let took = format::duration(wall.median);
    let begin = Headline::default().figure(*first, short_name(*first));
    let Some((second, second_wall)) = rest.first() else {
        return begin.words(" took ").figure(*first, took).words(".");
    };
    if compare(wall, second_wall) == Comparison::TooCloseToCall {
        let tied: Vec<_> = timed
            .iter()
            .filter(|(_, other)| compare(wall, other) == Comparison::TooCloseToCall)
            .map(|(executor, _)| short_name(*executor))
            .collect();
        let alike = timed.iter().take(tied.len()).all(|(_, other)| other.median < wall.median * CLOSE_RATIO);
        let why = if alike { format!("about {took}") } else { "their repeats overlap".into() };
        return Headline::plain(format!("Too close to call between {}: {why}.", format::list(&tied)));
    }
    let against_serial = timed.iter().find(|(executor, _)| *executor == Executor::Serial);
    match against_serial {
        Some((_, serial)) if *first != Executor::Serial => begin
            .words(" finished first: ")
            .figure(*first, took)
            .words(format!(", {} as fast as Serial.", format::ratio(serial.median / wall.median))),
        _ => begin
            .words(" finished first: ")
            .figure(*first, took)
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
        assert!(said.headline.to_string().contains("clock"));
        let more = "Try more members or more steps. Not all could run here: the table says why.";
        assert_eq!(said.more.map(|it| it.to_string()).as_deref(), Some(more));
    }
}
