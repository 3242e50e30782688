//! The race's side of the takeaway: what is asked for, from its signals.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{table, words};
use crate::lab::race::page::rung;
use crate::lab::race::page::state::Race;
use crate::lab::race::report::Report;
use crate::model::parameter::Group;
use crate::page::dom;
use crate::page::url;
use crate::view::takeaway::{Content, Offer};
use crate::view::verdict;

/// What the shown races have to give.
pub(crate) fn offer(race: Race) -> Offer {
    // Drawing and copying would disturb what is being measured.
    let is_busy = move || race.page.activity.get().is_busy();
    Offer {
        noun: "race",
        link: Signal::derive(move || {
            race.page.values.track();
            url::link(race.page)
        }),
        runs: Signal::derive(move || race.rungs.track()),
        is_off: Memo::new(move |_| is_busy() || race.rungs.with(Vec::is_empty)).into(),
        table: Callback::new(move |()| with_reports(race, table::results)),
        table_with_settings: Callback::new(move |()| with_reports(race, table::with_settings)),
        picture: Callback::new(move |()| picture(race)),
        file_stem: Callback::new(move |()| with_reports(race, words::file_stem)),
    }
}

fn with_reports<T>(race: Race, make: impl FnOnce(&[&Report]) -> T) -> T {
    let reports = race.rungs.get_untracked();
    make(&reports.iter().map(Rc::as_ref).collect::<Vec<_>>())
}

/// What the page says and shows of the races.
fn picture(race: Race) -> Option<Content> {
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
