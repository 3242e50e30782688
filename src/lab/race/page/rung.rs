//! The races that the page shows side by side: finished, going on, to come.

use crate::lab::race::asked;
use leptos::prelude::*;

use super::state::{Progress, Race};
use crate::lab::race::settings::Settings;
use crate::model::prediction::Prediction;
use crate::model::report::ExecutorResult;
use crate::model::settings::Executor;
use crate::view::bars::Block;

/// One race as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Rung {
    /// What is run.
    pub(crate) settings: Settings,
    /// What came of it so far.
    pub(crate) results: Vec<ExecutorResult>,
    /// It is the one that is going on.
    pub(crate) is_live: bool,
}

/// All races that are shown, in order; never empty.
pub(crate) fn shown(race: Race) -> Vec<Rung> {
    let finished = || -> Vec<Rung> {
        let rung = |settings: &Settings, results: &Vec<ExecutorResult>| Rung {
            settings: settings.clone(),
            results: results.clone(),
            is_live: false,
        };
        race.rungs.with(|rungs| rungs.iter().map(|it| rung(&it.settings, &it.results)).collect())
    };
    let to_come = race.to_follow.get();
    let mut rungs = Vec::new();
    match race.current.get() {
        Some(settings) => {
            if race.is_climbing.get() {
                rungs.extend(finished());
            }
            rungs.push(Rung { settings, results: race.results.get(), is_live: true });
        }
        None => rungs.extend(finished()),
    }
    let is_between = race.current.with(Option::is_some) || race.is_climbing.get();
    if is_between {
        rungs.extend(to_come.into_iter().map(|settings| Rung { settings, results: Vec::new(), is_live: false }));
    }
    if rungs.is_empty() {
        // Nothing yet; or a run that broke half-way.
        rungs.push(Rung { settings: race.settings.get(), results: race.results.get(), is_live: false });
    }
    rungs
}

/// The same for the timing bars.
pub(crate) fn blocks(race: Race) -> Vec<Block> {
    let predicted = race.predicted.get();
    let of = |rung: Rung| Block { is_live: rung.is_live, ..block(&rung.settings, &rung.results, predicted) };
    shown(race).into_iter().map(of).collect()
}

/// A finished race for the timing bars, with the mark of what was guessed.
pub(crate) fn block(settings: &Settings, results: &[ExecutorResult], predicted: Option<Prediction>) -> Block {
    Block {
        heading: asked::size(settings),
        executors: settings.executors.clone(),
        results: results.to_vec(),
        is_live: false,
        guess: predicted.and_then(|it| it.mark(results)),
    }
}

/// What share of the current race each executor has done.
pub(crate) fn progress(race: Race) -> Vec<(Executor, f64)> {
    let share = |it: &Progress| if it.total > 0 { it.done as f64 / it.total as f64 } else { 0.0 };
    race.progress.with(|all| all.iter().map(|it| (it.executor, share(it))).collect())
}

/// What the mark of the guess is called; `None` where nobody was guessed.
pub(crate) fn guess(race: Race) -> Option<&'static str> {
    let predicted = race.predicted.get()?;
    predicted.first?;
    // Without a factor there is no time that was guessed, only one to beat.
    Some(if predicted.speedup.is_some() { "your guess" } else { "your guess: the time to beat" })
}
