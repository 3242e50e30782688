//! What shows what came of a run. By this name its part of the program is entered
//! (`xtask/src/parts.rs`).

use std::sync::Arc;

use leptos::prelude::*;

use super::control::Gil;
use super::explanation::{Cause as Decided, Explanation, beside_the_slide, explain};
use super::lanes::course;
use super::measured::{Came, Found, Measured};
use super::settings::Settings;
use super::{picture, takeaway};
use crate::model::format;
use crate::model::parameter::Group;
use crate::model::report::Status;
use crate::page::{dom, url};
use crate::view::causes::{Cause, Causes, Why};
use crate::view::figures::{Figures, Row};
use crate::view::headline::Headline;
use crate::view::slide::Slide;
use crate::view::takeaway::{Content, Offer, Takeaway};
use crate::view::timeline::Timeline;
use wasm_bindgen::JsCast;

/// Why it was so, and one change to try.
#[inline(never)]
pub(super) fn explained(gil: Gil) -> AnyView {
    let explanation = Memo::new(move |_| {
        gil.said.with(Option::is_some).then(|| gil.asked.with(|it| gil.came.with(|all| explain(it, all)))).flatten()
    });
    let causes = move |explanation: Explanation| {
        let (_, settings) = explanation.change.clone();
        let try_it = move |()| {
            gil.page.values.update(|values| settings.write_to(values));
            gil.page.revision.update(|it| *it = it.wrapping_add(1));
            gil.page.request_run();
        };
        view! { <Causes why=why(explanation) picked=gil.cause is_told=gil.is_told try_it /> }
    };
    view! { <div class="explain">{move || explanation.get().map(causes)}</div> }.into_any()
}

fn why(explanation: Explanation) -> Why {
    Why {
        question: explanation.question,
        causes: Decided::ALL.map(|it| Cause { id: it.word(), label: it.label() }).to_vec(),
        truth: explanation.cause.word(),
        text: explanation.text,
        change: Some(explanation.change.0.into()),
    }
}

/// The lanes to look at closely, and all figures.
#[inline(never)]
pub(super) fn figures(gil: Gil) -> AnyView {
    let courses = Memo::new(move |_| {
        let course = |it: &Came| it.measured().map(course).filter(|it| !it.lanes.is_empty()).map(Arc::new);
        gil.came.with(|all| all.iter().filter_map(course).collect::<Vec<_>>())
    });
    let rows = Memo::new(move |_| {
        gil.asked.with(|settings| gil.came.with(|all| all.iter().flat_map(|it| rows(it, settings)).collect()))
    });
    let columns = vec![
        ("Who", ""),
        ("Time", "Of the tasks once all were there; of a convoy, a round trip in company"),
        ("One thread", "All tasks, one after the other, as it was least disturbed; of a convoy, a round trip alone"),
        ("Start", "Until all were there"),
        ("Had the stove", "Held the lock, or ran without there being one"),
        ("Waited", "For the lock"),
        ("Without it", "Waited for something else, or ran compiled code"),
        ("Turns", ""),
        ("Longest wait", ""),
        ("Asked again", "Had to ask for the lock more than once before it came: worked out from the log"),
        ("Results", "Written"),
    ];
    view! {
        <Timeline courses favourite=0 appearance=gil.page.appearance />
        <Figures label="All figures of the three ways" columns rows />
    }
    .into_any()
}

fn rows(came: &Came, settings: &Settings) -> Vec<Row> {
    const FIGURES: usize = 10;
    let name = came.way().title().to_owned();
    let executor = came.way().executor();
    let Some(measured) = came.measured() else {
        let status = if matches!(came, Came::Unavailable(..)) { Status::Unavailable } else { Status::Failed };
        let mut cells = vec![String::new(); FIGURES];
        cells[0] = came.reason().unwrap_or_default().to_owned();
        return vec![Row { name, of: Some((executor, status)), cells }];
    };
    let (time, one, start) = match &measured.found {
        Found::Tasks(it) => (it.work_ms, it.one_ms, format::duration(it.start_ms)),
        Found::Trips(it) => (it.company_ms, it.alone_ms, "–".into()),
    };
    let mut cells = vec![format::duration(time), format::duration(one), start];
    cells.resize(FIGURES, String::new());
    let first = Row { name, of: Some((executor, Status::Ok)), cells };
    std::iter::once(first).chain(workers(measured, settings)).collect()
}

/// A row for each who worked.
fn workers(measured: &Measured, settings: &Settings) -> Vec<Row> {
    let kitchen = &measured.kitchen;
    let row = |chef: &super::kitchen::Chef| {
        let share = kitchen.share(chef, settings.switch_interval_ms);
        let ms = |ms: f64| if ms > 0.0 { format::duration(ms) } else { "–".to_owned() };
        let is_locked = !kitchen.turns.is_empty();
        let of_lock = |text: String| if is_locked { text } else { "–".into() };
        Row {
            name: chef.name.clone(),
            of: None,
            cells: vec![
                String::new(),
                String::new(),
                String::new(),
                ms(share.held_ms),
                ms(share.waited_ms),
                ms(share.away_ms),
                share.turns.to_string(),
                ms(share.longest_wait_ms),
                of_lock(share.asked_again.to_string()),
                picture::written(measured, chef.number),
            ],
        }
    };
    kitchen.chefs.iter().map(row).collect()
}

/// The slide, and what can be taken along.
#[inline(never)]
pub(super) fn below(gil: Gil) -> AnyView {
    let found = Memo::new(move |_| {
        let here = gil.said.with(|it| it.as_ref().map(|it| it.headline.to_string()))?;
        gil.asked.with(|settings| gil.came.with(|all| beside_the_slide(settings, all, here)))
    });
    view! {
        <Slide found />
        <Takeaway offer=offer(gil) capabilities=gil.page.capabilities>
            {None::<AnyView>}
        </Takeaway>
    }
    .into_any()
}

fn offer(gil: Gil) -> Offer {
    let page = gil.page;
    let with = move |make: fn(&[Came], &Settings) -> crate::view::takeaway::Table| {
        gil.asked.with_untracked(|settings| gil.came.with_untracked(|all| make(all, settings)))
    };
    Offer {
        noun: "run",
        link: Signal::derive(move || {
            page.values.track();
            url::link(page)
        }),
        runs: Signal::derive(move || gil.said.track()),
        is_off: Memo::new(move |_| page.activity.get().is_busy() || gil.said.with(Option::is_none)).into(),
        table: Callback::new(move |()| with(takeaway::table)),
        table_with_settings: Callback::new(move |()| with(takeaway::with_settings)),
        picture: Callback::new(move |()| picture_of(gil)),
        file_stem: Callback::new(move |()| gil.asked.with_untracked(takeaway::file_stem)),
    }
}

fn picture_of(gil: Gil) -> Option<Content> {
    let said = gil.said.get_untracked()?;
    let settings = gil.asked.get_untracked();
    let mut values = gil.page.values.get_untracked();
    settings.write_to(&mut values);
    // The kitchen with the lock, or the one that ran.
    let way = gil.came.with_untracked(|all| all.iter().find_map(Came::measured).map(|it| it.way))?;
    let differences = settings.differences(values.cores());
    let differences: Vec<_> = differences.iter().map(|(name, text)| format!("{name} {text}")).collect();
    let asked = format!("{} · {} workers", settings.kind.word(), settings.threads);
    Some(Content {
        headline: said.headline,
        more: Some(Headline::plain(said.more)),
        settings: std::iter::once(asked).chain(differences).collect::<Vec<_>>().join(" · "),
        blocks: Vec::new(),
        card: dom::element(&format!("kitchen-{}", way.word())).and_then(|it| it.dyn_into().ok()),
        remark: Some(format!("The picture: {}.", way.title())),
        address: url::link_to(gil.page, &values).filter(|link| !link.starts_with("file:")),
    })
}
