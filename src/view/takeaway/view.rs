//! The buttons that take something along, and what came of them.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use web_sys::HtmlTextAreaElement;

use super::delimited;
use super::deliver::{ByHand, Delivery};
use super::machine::Machine;
use super::name;
use super::picture::{self, Content};
use super::table;
use super::words::Run;
use crate::lab::race::state::Race as State;
use crate::model::parameter::{Group, Values};
use crate::model::report::Report;
use crate::model::settings::Settings;
use crate::page::dom;
use crate::page::state::Activity;
use crate::page::url;
use crate::view::embed::Embed;
use crate::view::headline::Piece;
use crate::view::verdict;

/// Link, table, file, picture, and where the lab is framed, a tab of its own.
#[component]
pub(crate) fn Takeaway(state: State) -> impl IntoView {
    let delivery = Delivery::new();
    let finished = StoredValue::new(String::new());
    Effect::new(move || {
        // What was taken before belongs to the run before.
        state.rungs.track();
        finished.set_value(now());
        delivery.clear();
    });
    // Drawing and copying would disturb what is being measured.
    let is_busy = move || matches!(state.activity.get(), Activity::Running | Activity::Stopping);
    let is_off = Memo::new(move |_| is_busy() || state.rungs.with(Vec::is_empty));
    let copy_link = move |_| {
        let Some(link) = url::link(state.page) else { return };
        spawn_local(async move { delivery.copy("The link to these settings", link).await });
    };
    let copy_table = move |_| {
        let text = with_reports(state, |reports| delimited::tsv(&table::results(reports)));
        spawn_local(async move { delivery.copy("The table", text).await });
    };
    let save_csv = move |_| {
        let Some(machine) = machine(state, finished.get_value()) else { return };
        let text = with_reports(state, |reports| delimited::csv(&table::with_origin(reports, &machine)));
        delivery.save_text(&file_name(state, "csv"), "text/csv;charset=utf-8", text);
    };
    let save_png = move |_| {
        let Some(content) = content(state, finished.get_value()) else { return };
        let name = file_name(state, "png");
        spawn_local(async move { delivery.save_picture(&name, picture::png(&content).await) });
    };
    view! {
        <section id="takeaway" class="takeaway" aria-label="Take it with you">
            <div class="takeaway-buttons">
                <button id="take-link" type="button" on:click=copy_link>
                    "Copy link"
                </button>
                <button id="take-table" type="button" disabled=move || is_off.get() on:click=copy_table>
                    "Copy table"
                </button>
                <button id="take-csv" type="button" disabled=move || is_off.get() on:click=save_csv>
                    "Download CSV"
                </button>
                <button id="take-png" type="button" disabled=move || is_off.get() on:click=save_png>
                    "Download PNG"
                </button>
                <Embed page=state.page />
                <NewTab state />
            </div>
            <output id="taken" class="taken">
                {move || delivery.told.get()}
            </output>
            {move || delivery.by_hand.get().map(by_hand)}
        </section>
    }
}

/// Leads out of a frame, with the same settings.
#[component]
fn NewTab(state: State) -> impl IntoView {
    let link = move || {
        state.settings.track();
        url::link(state.page)
    };
    dom::parent().is_some().then(|| {
        view! {
            <a id="new-tab" class="new-tab" href=link target="_blank" rel="noopener">
                "Open in a new tab"
            </a>
        }
    })
}

fn by_hand(what: ByHand) -> impl IntoView {
    match what {
        ByHand::Text(text) => view! {
            <textarea
                id="taken-text"
                class="taken-text"
                aria-label="The text to copy"
                rows="6"
                readonly
                wrap="off"
                spellcheck="false"
                prop:value=text
                on:focus=|event| {
                    if let Some(field) = event.target().and_then(|it| it.dyn_into::<HtmlTextAreaElement>().ok()) {
                        field.select();
                    }
                }
            ></textarea>
        }
        .into_any(),
        ByHand::Picture(address) => view! {
            <img id="taken-picture" class="taken-picture" src=address alt="The race as a picture, to save by hand" />
        }
        .into_any(),
    }
}

fn with_reports<T>(state: State, make: impl FnOnce(&[&Report]) -> T) -> T {
    let reports = state.rungs.get_untracked();
    make(&reports.iter().map(Rc::as_ref).collect::<Vec<_>>())
}

fn file_name(state: State, extension: &str) -> String {
    with_reports(state, |reports| name::file_name(reports, extension))
}

fn content(state: State, finished: String) -> Option<Content> {
    let reports = state.rungs.get_untracked();
    let newest = reports.last()?;
    let link = url::link_to(state.page, &values_of(state, &newest.settings));
    Some(Content {
        headline: headline(state, newest),
        same_bits: verdict::same_bits(&newest.results).map(|it| it.1),
        machine: machine(state, finished)?.line(),
        // A file's path is its owner's own affair.
        address: link.filter(|link| !link.starts_with("file:")),
        predicted: state.predicted.get_untracked(),
        reports,
    })
}

/// The page's values with what was run.
fn values_of(state: State, settings: &Settings) -> Values {
    let mut values = state.page.values.get_untracked();
    settings.write_to(&mut values);
    values
}

/// What the page says of the races, in the same colours.
fn headline(state: State, newest: &Report) -> Vec<Run> {
    let headline = state.headline.get_untracked().unwrap_or_else(|| verdict::headline(&newest.results));
    let run = |piece| match piece {
        Piece::Words(text) => Run { text, executor: None },
        Piece::Figure(executor, text) => Run { text, executor: Some(executor) },
    };
    headline.pieces.into_iter().map(run).collect()
}

fn machine(state: State, date: String) -> Option<Machine> {
    let capabilities = state.capabilities.get_untracked()?;
    let user_agent = dom::window().and_then(|window| window.navigator().user_agent().ok());
    Some(Machine {
        cores: capabilities.cores,
        is_isolated: capabilities.cross_origin_isolated,
        clock_resolution_ms: capabilities.clock_resolution_ms,
        user_agent: user_agent.unwrap_or_default(),
        build: crate::BUILD.into(),
        date,
    })
}

/// ISO 8601, UTC.
fn now() -> String {
    js_sys::Date::new_0().to_iso_string().into()
}
