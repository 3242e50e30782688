//! Headlines are one sentence of at most 25 words, whatever came of a race.

use super::{change, comparison};
use crate::lab::race::report::Report;
use crate::lab::race::settings::Settings;
use crate::model::pace::Pace;
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Status, Wall};
use crate::model::settings::Executor;
use crate::view::headline::assert_one_sentence;
use crate::view::verdict;

/// A day, and what is close to it or clearly more, ms.
const TIMES: [f64; 3] = [86_400_000.0, 90_000_000.0, 999_999_000.0];

/// Where most of the time goes: startup, sending, computing.
const LARGEST: [usize; 3] = [0, 1, 2];

fn timed(executor: Executor, median: f64, largest: usize) -> ExecutorResult {
    let part = |index| Some(if index == largest { median * 0.8 } else { median * 0.1 });
    ExecutorResult {
        wall_ms: Some(Wall { min: median * 0.999, median, max: median * 1.001 }),
        startup_ms: part(0),
        send_ms: part(1),
        compute_ms: part(2),
        gather_ms: Some(0.0),
        work_ms: part(2),
        reason: None,
        ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
    }
}

/// All that can come of one executor; `None`: it did not take part.
fn outcomes(executor: Executor) -> Vec<Option<ExecutorResult>> {
    let below = ExecutorResult { wall_ms: None, ..timed(executor, 1.0, 0) };
    let failed = ExecutorResult::without_figures(executor, Status::Failed, "No memory.".into());
    let timed = TIMES.map(|median| Some(timed(executor, median, 0)));
    timed.into_iter().chain([None, Some(below), Some(failed)]).collect()
}

/// Every race that there can be, of all four executors.
fn races() -> Vec<Vec<ExecutorResult>> {
    Executor::ALL.into_iter().fold(vec![Vec::new()], |races, executor| {
        let outcomes = outcomes(executor);
        let with = |race: &Vec<ExecutorResult>| {
            let race = race.clone();
            outcomes.iter().map(move |it| race.iter().cloned().chain(it.clone()).collect()).collect::<Vec<_>>()
        };
        races.iter().flat_map(with).collect()
    })
}

fn report(members: u32, results: Vec<ExecutorResult>) -> Report {
    let settings = Settings { members, ..Settings::defaults(64) };
    Report { run: 1, settings, results, timelines: Vec::new(), pace: Pace::default(), drawing: None }
}

#[test]
fn a_race() {
    for results in races() {
        assert_one_sentence(&verdict::of(&results).headline.to_string());
    }
}

#[test]
fn two_races() {
    let firsts = [None, Some(Executor::Process), Some(Executor::Thread), Some(Executor::Serial)];
    for results in races() {
        let large = report(1_000_000, results);
        for largest in LARGEST {
            let all = Executor::ALL.map(|executor| timed(executor, TIMES[0], largest));
            let small = report(100_000, all.to_vec());
            for first in firsts {
                let guess = first.map(|first| Prediction { first: Some(first), ..Prediction::default() });
                assert_one_sentence(&comparison::verdict(&small, &large, guess).headline.to_string());
            }
        }
    }
}

#[test]
fn a_change_of_both_pools() {
    let race = |ms| report(1_000_000, Executor::ALL.map(|executor| timed(executor, ms, 0)).to_vec());
    for ms in TIMES {
        let said = change::sentence(&race(TIMES[0]), &race(ms)).map(|it| it.to_string());
        assert_one_sentence(&said.unwrap_or_default());
    }
}
