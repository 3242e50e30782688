//! All figures of a race in a table: also the charts' twin.

use leptos::prelude::*;

use super::rung::shown;
use super::state::Race;
use crate::lab::race::settings::Settings;
use crate::model::format;
use crate::model::report::{ExecutorResult, Status, Where};
use crate::model::settings::{Executor, Kernel};
use crate::page::text::Text;
use crate::view::figure_note::FigureNote;
use crate::view::figures::{Column, Figures, Row};

/// A heading, what it means, and how a result fills it.
type Filled = (&'static str, &'static str, fn(&ExecutorResult) -> Option<String>);

/// The columns: a heading, what it means, and the figure.
const COLUMNS: [Filled; 16] = [
    ("Wall", "Median over the repeats, with the fastest and the slowest", wall),
    ("Startup", "Until the last worker was ready", |it| it.startup_ms.map(format::duration)),
    ("Send", "Until the first task began", |it| it.send_ms.map(format::duration)),
    ("Compute", "Until the last task ended", |it| it.compute_ms.map(format::duration)),
    ("Gather", "Until the page held all results", |it| it.gather_ms.map(format::duration)),
    ("Work", "All tasks' times added up", |it| it.work_ms.map(format::duration)),
    ("Overhead", "Wall − work / workers", |it| it.overhead_ms.map(format::duration)),
    ("Speedup", "Serial's wall time / this one's", |it| it.speedup.map(format::ratio)),
    ("… same kernel", "Against one worker that runs the same kernel", |it| it.speedup_same_kernel.map(format::ratio)),
    ("Efficiency", "Speedup of the same kernel / workers", |it| it.efficiency.map(format::percent)),
    ("Workers", "Workers that ran", |it| it.workers.map(|it| it.to_string())),
    ("Tasks", "Tasks × members per task", tasks),
    ("Kernel", "Which inner loop ran, and where", kernel),
    ("Repeats", "Repeats that count; × runs in each; thrown away", repeats),
    ("Diverged", "Members that left all bounds", |it| it.diverged.map(|it| format::count(it.into()))),
    ("Final states", "Fingerprint of all bits (FNV-1a)", |it| it.final_fnv1a64.clone()),
];

/// What stands before the figures: who, and the ensemble's size.
const FIRST: [Column; 2] = [("Executor", ""), ("Size", "Simulations in the ensemble × Euler steps of each")];

/// Why something could not run, and the table.
#[component]
pub(crate) fn Results(race: Race) -> impl IntoView {
    let rows = Memo::new(move |_| {
        let of_rung = |rung: super::rung::Rung| {
            let settings = rung.settings;
            rung.results.into_iter().map(move |result| row(&settings, &result))
        };
        shown(race).into_iter().flat_map(of_rung).collect::<Vec<_>>()
    });
    let columns: Vec<Column> =
        FIRST.into_iter().chain(COLUMNS.map(|(heading, meaning, _)| (heading, meaning))).collect();
    view! {
        <Reasons race />
        <Figures label="All figures of the race" columns rows />
    }
}

fn row(settings: &Settings, result: &ExecutorResult) -> Row {
    let size = format!("{} × {}", format::count(settings.members.into()), format::count(settings.steps.into()));
    let figures = COLUMNS.iter().map(|(_, _, figure)| figure(result).unwrap_or_else(|| "—".into()));
    Row {
        name: result.executor.label().into(),
        of: Some((result.executor, result.status)),
        cells: std::iter::once(size).chain(figures).collect(),
    }
}

/// Why an executor could not run, or what was done instead.
#[component]
fn Reasons(race: Race) -> impl IntoView {
    let reasons = move || {
        let results: Vec<_> = shown(race).into_iter().flat_map(|rung| rung.results).collect();
        by_reason(&results)
    };
    let pace = Signal::derive(move || {
        race.verdict
            .with(Option::is_some)
            .then(|| race.rungs.with(|rungs| rungs.iter().find_map(|it| it.pace.warning())))?
    });
    view! {
        <ul id="reasons" class="reasons">
            {move || {
                reasons()
                    .into_iter()
                    .map(|(names, reason)| {
                        view! {
                            <li>
                                <strong translate="no" prop:textContent=Text::from(names)></strong>
                                ": "
                                <span prop:textContent=Text::from(reason)></span>
                            </li>
                        }
                    })
                    .collect_view()
            }}
            <FigureNote said=pace />
        </ul>
    }
}

/// Each reason once, however many races and executors have it, with their names.
fn by_reason(results: &[ExecutorResult]) -> Vec<(String, String)> {
    let of = |executor| results.iter().filter(move |it| it.executor == executor);
    let mut found: Vec<(Vec<&str>, &str)> = Vec::new();
    for result in Executor::ALL.into_iter().flat_map(of) {
        let (name, Some(reason)) = (result.executor.label(), result.reason.as_deref()) else { continue };
        match found.iter_mut().find(|it| it.1 == reason) {
            Some((names, _)) if names.contains(&name) => {}
            Some((names, _)) => names.push(name),
            None => found.push((vec![name], reason)),
        }
    }
    found.into_iter().map(|(names, reason)| (format::list(&names), reason.to_owned())).collect()
}

fn wall(result: &ExecutorResult) -> Option<String> {
    match result.wall_ms {
        Some(wall) => Some(format!(
            "{} ({} – {})",
            format::duration(wall.median),
            format::duration(wall.min),
            format::duration(wall.max),
        )),
        None if result.status == Status::Ok => Some("too fast to time here".into()),
        None => None,
    }
}

fn tasks(result: &ExecutorResult) -> Option<String> {
    let (tasks, chunk) = (result.tasks?, result.chunk?);
    Some(format!("{} × {}", format::count(tasks.into()), format::count(chunk.into())))
}

fn kernel(result: &ExecutorResult) -> Option<String> {
    let kernel = match result.kernel? {
        Kernel::Scalar => "scalar",
        Kernel::Simd => "SIMD",
    };
    Some(match result.place {
        Some(Where::Page) => format!("{kernel}, on the page"),
        _ => kernel.into(),
    })
}

fn repeats(result: &ExecutorResult) -> Option<String> {
    let mut text = result.repeats?.to_string();
    if let Some(batch) = result.batch.filter(|batch| *batch > 1) {
        text.push_str(&format!(" × {}", format::count(batch.into())));
    }
    if let Some(discarded) = result.discarded.filter(|discarded| *discarded > 0) {
        text.push_str(&format!(", {discarded} thrown away"));
    }
    Some(text)
}
