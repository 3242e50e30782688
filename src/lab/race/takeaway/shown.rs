//! What is taken along of the shown races, made when somebody takes it.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{table, words};
use crate::lab::race::page::rung;
use crate::lab::race::page::state::Race;
use crate::lab::race::report::Report;
use crate::model::parameter::Group;
use crate::page::{dom, url};
use crate::view::takeaway::{Content, Table};
use crate::view::verdict;

/// All figures.
pub(super) fn results(race: Race) -> Table {
    with_reports(race, table::results)
}

/// All figures, and beside each its settings.
pub(super) fn with_settings(race: Race) -> Table {
    with_reports(race, table::with_settings)
}

/// What files are called.
pub(super) fn file_stem(race: Race) -> String {
    with_reports(race, words::file_stem)
}

fn with_reports<T>(race: Race, make: impl FnOnce(&[&Report]) -> T) -> T {
    let reports = race.rungs.get_untracked();
    make(&reports.iter().map(Rc::as_ref).collect::<Vec<_>>())
}

/// What the page says and shows of the races.
pub(super) fn picture(race: Race) -> Option<Content> {
    let reports = race.rungs.get_untracked();
    let newest = reports.last()?;
    let predicted = race.predicted.get_untracked();
    let said = race.verdict.get_untracked().unwrap_or_else(|| verdict::of(&newest.results));
    let mut values = race.page.values.get_untracked();
    newest.settings.write_to(&mut values);
    let link = url::link_to(race.page, &values);
    Some(Content {
        headline: said.headline,
        more: said.more,
        settings: with_reports(race, words::settings_line),
        blocks: reports.iter().map(|it| rung::block(&it.settings, &it.results, predicted)).collect(),
        card: dom::element("attractor").and_then(|it| it.dyn_into().ok()),
        remark: verdict::same_bits(&newest.results).map(|it| it.1),
        // A file's path is its owner's own affair.
        address: link.filter(|link| !link.starts_with("file:")),
    })
}
