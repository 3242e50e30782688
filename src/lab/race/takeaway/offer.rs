//! The race's side of the takeaway: what is asked for, from its signals.

use std::rc::Rc;

use leptos::prelude::*;
use wasm_bindgen::JsCast;

use super::{table, words};
use crate::lab::race::rung;
use crate::model::report::Report;
use crate::page::dom;
use crate::page::state::{Activity, State};
use crate::page::url;
use crate::view::takeaway::{Content, Offer};
use crate::view::verdict;

/// What the shown races have to give.
pub(crate) fn offer(state: State) -> Offer {
    // Drawing and copying would disturb what is being measured.
    let is_busy = move || matches!(state.activity.get(), Activity::Running | Activity::Stopping);
    Offer {
        noun: "race",
        link: Signal::derive(move || {
            state.settings.track();
            url::link(state)
        }),
        runs: Signal::derive(move || state.rungs.track()),
        is_off: Memo::new(move |_| is_busy() || state.rungs.with(Vec::is_empty)).into(),
        table: Callback::new(move |()| with_reports(state, table::results)),
        table_with_settings: Callback::new(move |()| with_reports(state, table::with_settings)),
        picture: Callback::new(move |()| picture(state)),
        file_stem: Callback::new(move |()| with_reports(state, words::file_stem)),
    }
}

fn with_reports<T>(state: State, make: impl FnOnce(&[&Report]) -> T) -> T {
    let reports = state.rungs.get_untracked();
    make(&reports.iter().map(Rc::as_ref).collect::<Vec<_>>())
}

/// What the page says and shows of the races.
fn picture(state: State) -> Option<Content> {
    let reports = state.rungs.get_untracked();
    let newest = reports.last()?;
    let predicted = state.predicted.get_untracked();
    let headline = state.headline.get_untracked().unwrap_or_else(|| verdict::headline(&newest.results));
    let link = url::link_to(state, &newest.settings);
    Some(Content {
        headline,
        settings: with_reports(state, words::settings_line),
        blocks: reports.iter().map(|it| rung::block(&it.settings, &it.results, predicted)).collect(),
        card: dom::element("attractor").and_then(|it| it.dyn_into().ok()),
        remark: verdict::same_bits(&newest.results).map(|it| it.1),
        // A file's path is its owner's own affair.
        address: link.filter(|link| !link.starts_with("file:")),
    })
}
