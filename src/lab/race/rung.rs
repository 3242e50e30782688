//! The races that the page shows side by side: finished, going on, to come.

use leptos::prelude::*;

use crate::model::report::ExecutorResult;
use crate::model::settings::Settings;
use super::state::Race;

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
