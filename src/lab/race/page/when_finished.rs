//! What a finished race changes on the page. By this name its part of the program is
//! entered, which has run the experiment (`xtask/src/parts.rs`).

use std::rc::Rc;

use leptos::prelude::*;
use serde_json::json;

use super::state::Race;
use crate::lab::race::report::Report;
use crate::lab::race::settings::Settings;
use crate::lab::race::{change, comparison, experiment};
use crate::model::blurred_clock;
use crate::model::experiment::Outcome;
use crate::model::parameter::Group;
use crate::model::prediction::Prediction;
use crate::view::headline::Headline;
use crate::view::verdict::{self, Verdict};

/// Said where the figures are there, but not what the picture is made of.
const NO_PICTURE: &str = "There was not enough memory for the picture.";

/// Shows what came of it, says it, and goes on with the next race, if one is to follow.
#[inline(never)]
pub(super) fn show(race: Race, settings: &Settings, outcome: Outcome) {
    let report = &Rc::new(experiment::report(settings.clone(), outcome));
    let predicted = race.predicted.get_untracked();
    race.page.run.set(report.run);
    race.results.set(report.results.clone());
    race.report.set(Some(Rc::clone(report)));
    if !race.is_climbing.get_untracked() {
        race.rungs.set(Vec::new());
        race.shown_from.set_value((predicted, race.asked.get_untracked()));
    }
    race.rungs.update(|rungs| rungs.push(Rc::clone(report)));
    race.current.set(None);
    if race.to_follow.with_untracked(Vec::is_empty) {
        race.is_climbing.set(false);
        race.prediction.set(None);
        race.cause.set(None);
        race.is_explained.set(false);
        let verdict = race.rungs.with_untracked(|rungs| verdict(rungs, predicted));
        let before = race.before_change.try_update_value(Option::take).flatten();
        let change = before.and_then(|before| change::sentence(&before, report));
        let has_no_picture = report.drawing.is_none() && !report.timelines.is_empty();
        let no_picture = has_no_picture.then(|| Headline::plain(NO_PICTURE));
        let said = change.into_iter().chain(no_picture).chain(warnings(race));
        let verdict = verdict.map(|it| said.fold(it, Verdict::and));
        let said = verdict.as_ref().map(Verdict::to_string).unwrap_or_default();
        race.verdict.set(verdict);
        race.page.ended(said);
    } else {
        race.is_climbing.set(true);
        race.page.go_on();
    }
    let mut values = race.page.values.get_untracked();
    report.settings.write_to(&mut values);
    let pace = Some(("pace", json!(report.pace.spread())));
    race.page.tell_finished(report.run, &values, &report.results, &predicted, pace);
}

/// What else is to be known of the shown races: how evenly the machine went on, and what the
/// browser keeps to itself.
fn warnings(race: Race) -> impl Iterator<Item = Headline> {
    let pace = race.rungs.with_untracked(|rungs| rungs.iter().find_map(|it| it.pace.warning()));
    let found = race.page.capabilities.get_untracked();
    let clock = found.and_then(|it| blurred_clock::warning(it.clock_resolution_ms, it.cores));
    pace.into_iter().chain(clock).map(Headline::plain)
}

/// What the shown races say.
fn verdict(rungs: &[Rc<Report>], predicted: Option<Prediction>) -> Option<Verdict> {
    Some(match rungs {
        [] => return None,
        [only] => verdict::of(&only.results),
        [first, .., last] => comparison::verdict(first, last, predicted),
    })
}
