//! How a guess came off, in every race that is shown. A race that was too close
//! to call has more than one winner.

use crate::model::format;
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Status, Wall};
use crate::model::settings::Executor;
use crate::model::standing::{Comparison, Standing, compare, fastest_first};
use crate::view::verdict::short_name;

/// A finished race, as far as a guess is concerned.
#[derive(Clone, Copy, Debug)]
pub struct Finished<'a> {
    /// Its size.
    pub members: u32,
    /// What came of it.
    pub results: &'a [ExecutorResult],
}

/// What the race says about the executor that was guessed.
#[derive(Clone, Debug, Eq, PartialEq)]
enum Outcome {
    /// It finished first.
    Right,
    /// So did others, as far as the figures can tell.
    Tied,
    /// Some were over too soon to be timed.
    Untold,
    /// Others were faster.
    Wrong(Vec<Executor>),
}

/// What is said about a guess.
#[must_use]
pub fn sentence(prediction: Prediction, races: &[Finished<'_>]) -> String {
    let first = Some(who_was_first(prediction, races));
    let said: Vec<_> = [first, factor(prediction, races), order(prediction, races)].into_iter().flatten().collect();
    said.join(" ")
}

/// What came of the whole order, in the largest race; `None` where none was
/// guessed, or not all of it was timed. Those that are too close to call may
/// stand either way.
fn order(prediction: Prediction, races: &[Finished<'_>]) -> Option<String> {
    let guessed: Vec<_> = prediction.order?.executors().collect();
    let race = races.last()?;
    let wall = |executor: Executor| race.results.iter().find(|it| it.executor == executor)?.wall_ms;
    let mut measured = guessed.iter().map(|it| Some((*it, wall(*it)?))).collect::<Option<Vec<_>>>()?;
    let is_right = (1..measured.len()).all(|place| {
        let (before, after) = measured.split_at(place);
        after.first().is_none_or(|it| before.iter().all(|other| compare(&other.1, &it.1) != Comparison::Slower))
    });
    fastest_first(&mut measured);
    let mut told = String::new();
    let mut before: Option<Wall> = None;
    for (executor, wall) in measured {
        let is_close = before.is_some_and(|before| compare(&before, &wall) == Comparison::TooCloseToCall);
        told += if before.is_none() {
            ""
        } else if is_close {
            " ≈ "
        } else {
            ", "
        };
        told += short_name(executor);
        before = Some(wall);
    }
    let verdict = if is_right { "Your whole order holds" } else { "The order was another" };
    Some(format!("{verdict}: {told}."))
}

/// What came of the factor, in the largest race; `None` where none was guessed
/// or none was measured.
fn factor(prediction: Prediction, races: &[Finished<'_>]) -> Option<String> {
    let (first, guessed) = prediction.first.zip(prediction.speedup)?;
    let race = races.last()?;
    let median = |executor: Executor| {
        let ran = race.results.iter().find(|it| it.executor == executor && it.status == Status::Ok)?;
        Some(ran.wall_ms?.median)
    };
    let measured = median(Executor::Serial)? / median(first)?;
    let guessed = if guessed > 1.0 { format!("about {guessed} × as fast") } else { "about as fast".into() };
    let said = format!("{guessed} as Serial, you said: it was {}.", format::ratio(measured));
    Some(format::capitalized(&said))
}

fn who_was_first(prediction: Prediction, races: &[Finished<'_>]) -> String {
    let Some(first) = prediction.first else {
        return "You were not sure: now you can see.".into();
    };
    let name = short_name(first);
    let outcomes: Vec<_> =
        races.iter().filter_map(|race| Some((race.members, outcome(first, race.results)?))).collect();
    let Some((_, last)) = outcomes.last() else {
        return format!("You guessed {name}, which had nothing to race with here.");
    };
    if outcomes.iter().all(|(_, outcome)| outcome == last) {
        return match last {
            Outcome::Right => format!("You guessed {name}: so it is, here."),
            Outcome::Tied => format!("You guessed {name}: here it is too close to call."),
            Outcome::Untold => format!("You guessed {name}: not all could be timed here, so nobody can tell."),
            Outcome::Wrong(winners) => format!("You guessed {name}; fastest {}.", fastest(winners)),
        };
    }
    let parts: Vec<_> = outcomes
        .iter()
        .map(|(members, outcome)| {
            let members = format::count((*members).into());
            match outcome {
                Outcome::Right => format!("right at {members} members"),
                Outcome::Tied => format!("too close to call at {members} members"),
                Outcome::Untold => format!("not all could be timed at {members} members"),
                Outcome::Wrong(winners) => format!("at {members} members the fastest {}", fastest(winners)),
            }
        })
        .collect();
    format!("You guessed {name}: {}.", parts.join("; "))
}

fn fastest(winners: &[Executor]) -> String {
    let names: Vec<_> = winners.iter().map(|it| short_name(*it)).collect();
    match names.as_slice() {
        [one] => format!("was {one}"),
        several => format!("were {}, too close to call", format::list(several)),
    }
}

/// `None` where the executor did not run, or nothing did beside it.
fn outcome(guessed: Executor, results: &[ExecutorResult]) -> Option<Outcome> {
    let ran: Vec<_> = results.iter().filter(|it| it.status == Status::Ok).collect();
    ran.iter().find(|it| it.executor == guessed).filter(|_| ran.len() > 1)?;
    let standing = Standing::of(results);
    if standing.is_open() {
        return Some(Outcome::Untold);
    }
    let winners = standing.winners();
    Some(match (winners.contains(&guessed), winners.len()) {
        (true, 1) => Outcome::Right,
        (true, _) => Outcome::Tied,
        (false, _) => Outcome::Wrong(winners),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::prediction::Order;

    fn ran(executor: Executor, median: f64) -> ExecutorResult {
        let wall = Wall { min: median * 0.99, median, max: median * 1.01 };
        ExecutorResult {
            wall_ms: Some(wall),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    fn guess(first: Executor) -> Prediction {
        Prediction { first: Some(first), ..Prediction::default() }
    }

    fn small() -> Vec<ExecutorResult> {
        vec![ran(Executor::Serial, 1.0), ran(Executor::Vectorized, 1.05), ran(Executor::Thread, 50.0)]
    }

    fn large() -> Vec<ExecutorResult> {
        vec![ran(Executor::Serial, 400.0), ran(Executor::Vectorized, 100.0), ran(Executor::Thread, 200.0)]
    }

    fn both(first: Executor) -> String {
        let (small, large) = (small(), large());
        let races = [Finished { members: 30, results: &small }, Finished { members: 10_000, results: &large }];
        sentence(guess(first), &races)
    }

    #[test]
    fn a_tie_is_no_win_and_no_loss() {
        let results = small();
        let race = [Finished { members: 30, results: &results }];
        assert_eq!(sentence(guess(Executor::Serial), &race), "You guessed Serial: here it is too close to call.");
        assert_eq!(
            sentence(guess(Executor::Thread), &race),
            "You guessed Thread; fastest were Serial and Vectorized, too close to call."
        );
    }

    #[test]
    fn two_races_are_told_apart_where_they_differ() {
        assert_eq!(
            both(Executor::Vectorized),
            "You guessed Vectorized: too close to call at 30 members; right at 10,000 members."
        );
        assert_eq!(
            both(Executor::Serial),
            "You guessed Serial: too close to call at 30 members; at 10,000 members the fastest was Vectorized."
        );
    }

    #[test]
    fn one_race_says_who_was_faster() {
        let results = large();
        let race = [Finished { members: 10_000, results: &results }];
        assert_eq!(sentence(guess(Executor::Vectorized), &race), "You guessed Vectorized: so it is, here.");
        assert_eq!(sentence(guess(Executor::Thread), &race), "You guessed Thread; fastest was Vectorized.");
    }

    #[test]
    fn a_factor_is_set_beside_what_was_measured() {
        let results = large();
        let race = [Finished { members: 10_000, results: &results }];
        let guess = Prediction { first: Some(Executor::Thread), speedup: Some(8.0), order: None };
        assert_eq!(
            sentence(guess, &race),
            "You guessed Thread; fastest was Vectorized. About 8 × as fast as Serial, you said: it was 2.0 ×."
        );
        let no_serial = &results[1..];
        let race = [Finished { members: 10_000, results: no_serial }];
        assert_eq!(sentence(guess, &race), "You guessed Thread; fastest was Vectorized.");
    }

    #[test]
    fn an_order_holds_where_no_two_are_the_wrong_way_round() {
        use Executor::{Serial, Thread, Vectorized};
        let (small, large) = (small(), large());
        let all = [Serial, Vectorized, Thread];
        let said = |first: Executor, index: usize, results: &[ExecutorResult]| {
            let order = Order::all_from(first, &all).get(index).copied();
            super::order(Prediction { order, ..guess(first) }, &[Finished { members: 30, results }])
        };
        let holds = "Your whole order holds: Vectorized, Thread, Serial.";
        assert_eq!(said(Vectorized, 1, &large).as_deref(), Some(holds));
        let other = "The order was another: Vectorized, Thread, Serial.";
        assert_eq!(said(Vectorized, 0, &large).as_deref(), Some(other));
        let tied = "Your whole order holds: Serial ≈ Vectorized, Thread.";
        assert_eq!(said(Vectorized, 0, &small).as_deref(), Some(tied));
        assert_eq!(said(Vectorized, 0, &small[1..]), None);
    }

    #[test]
    fn who_was_not_sure_or_guessed_what_cannot_run_is_told_so() {
        assert_eq!(sentence(Prediction::default(), &[]), "You were not sure: now you can see.");
        let results = large();
        let race = [Finished { members: 10_000, results: &results }];
        let said = sentence(guess(Executor::Process), &race);
        assert_eq!(said, "You guessed Process-like, which had nothing to race with here.");
    }

    #[test]
    fn rivals_that_were_too_fast_for_the_clock_leave_it_open() {
        let mut results = small();
        results[1].wall_ms = None;
        let race = [Finished { members: 30, results: &results }];
        assert_eq!(
            sentence(guess(Executor::Serial), &race),
            "You guessed Serial: not all could be timed here, so nobody can tell."
        );
    }
}
