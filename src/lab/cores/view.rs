//! The whole lab: the sentence, the curve that grows, its table, the lecture's approaches.

use leptos::prelude::*;

use super::approaches::approaches;
use super::control::Cores;
use super::measured::{Report, knee};
use super::words;
use crate::model::format;
use crate::page::door::{Door, Opened};
use crate::page::state::{Activity, Page};
use crate::view::copy_link::CopyLink;
use crate::view::curve::{Curve, Plot, Point};
use crate::view::field::fields;
use crate::view::next::Next;
use crate::view::notices::Notices;
use crate::view::run_form::RunForm;

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: None };

/// Opens the lab: from outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let cores = Cores::new(page);
    Opened { view: view! { <Whole cores /> }.into_any(), handlers: cores.handlers() }
}

#[component]
fn Whole(cores: Cores) -> impl IntoView {
    let page = cores.page;
    let is_running = Signal::derive(move || page.activity.get().is_busy());
    let run = move |()| page.request_run();
    let stop = move |()| page.request_stop();
    let usual = move || fields(page, &["workers", "inner", "repeats", "theme"]);
    let more = move || view! { <div class="more"><div class="buttons"><CopyLink page /></div></div> };
    let title = move || match cores.said.get() {
        Some((sentence, _)) => sentence,
        None => format!("The browser reports {}. How many can you put to work?", cores_text(cores.reported())),
    };
    view! {
        <section class="lab cores" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1">
                    {title}
                </h1>
                <p class="visually-hidden" role="status">
                    {move || page.announcement.get()}
                </p>
                <div class="under">
                    <p id="status" class="status" class:visually-hidden=move || cores.said.with(Option::is_some)>
                        {move || page.sentence.get()}
                    </p>
                    <p id="more-said" class="explanation">
                        {move || cores.said.get().map(|(_, more)| more)}
                    </p>
                    <Guess cores />
                </div>
            </div>
            <Notices page />
            <RunForm is_running run stop fields=usual more />
            <Figure cores />
            <Table cores />
            <Approaches cores />
            <Next page />
        </section>
    }
}

fn cores_text(cores: u32) -> String {
    if cores == 1 { "1 core".into() } else { format!("{cores} cores") }
}

/// How many workers will help? Asked before a run, set beside what came of it after.
#[component]
fn Guess(cores: Cores) -> impl IntoView {
    let option = move |(report, value, label): (Report, &'static str, &'static str)| {
        view! {
            <label class="pill">
                <input
                    type="radio"
                    name="cores-guess"
                    value=value
                    prop:checked=move || cores.guess.get() == Some(report)
                    on:change=move |_| cores.guess.set(Some(report))
                />
                <span>{label}</span>
            </label>
        }
    };
    let feedback = move || {
        let guess = cores.guessed.get().filter(|_| cores.said.with(Option::is_some))?;
        cores.points.with(|points| words::feedback(guess, points, cores.reported()))
    };
    let is_open = move || cores.page.activity.get() != Activity::Running;
    view! {
        <fieldset class="predict" id="predict" hidden=move || !is_open()>
            <legend>"Your guess: so many workers help"</legend>
            {Report::ALL.map(option).collect_view()}
        </fieldset>
        <p id="feedback" class="guess" aria-live="polite">
            {feedback}
        </p>
    }
}

#[component]
fn Figure(cores: Cores) -> impl IntoView {
    let plot = Signal::derive(move || {
        let points = cores.points.get();
        let is_over = cores.said.with(Option::is_some);
        let mark = knee(&points)
            .filter(|it| is_over && Some(it.workers) != points.last().map(|it| it.workers))
            .map(|it| (it.workers, "here it bends".to_owned()));
        let points = points.iter().map(|it| Point { count: it.workers, ratio: it.throughput }).collect();
        Plot { points, most: cores.most.get(), mark }
    });
    let label = Signal::derive(move || {
        let points = cores.points.get();
        let told = points.iter().map(|it| format!("{}: {}", it.workers, format::ratio(it.throughput)));
        format!("Work per time by number of workers. {}", told.collect::<Vec<_>>().join(", "))
    });
    view! {
        <figure class="card timing main-figure" aria-label="Work per time by number of workers">
            <p class="block-title">
                "Work per time, of one busy thread = 1" <span class="soft">" · each worker has the same work"</span>
            </p>
            <Curve plot label appearance=cores.page.appearance />
            <figcaption class="legend">
                <span><i class="swatch" data-executor="process"></i>"measured, median of the repeats"</span>
                <span class="soft">"straight line: as many cores as workers"</span>
            </figcaption>
        </figure>
    }
}

#[component]
fn Table(cores: Cores) -> impl IntoView {
    let row = |(workers, busy, throughput, even): (u32, u32, String, String)| {
        view! {
            <tr>
                <th scope="row">{workers}</th>
                <td>{busy}</td>
                <td>{throughput}</td>
                <td>{even}</td>
            </tr>
        }
    };
    let rows = move || {
        let points = cores.points.get();
        let told = points.into_iter().map(|it| {
            let is_timed = it.fastest_ms > 0.0;
            let even = format!("{} – {}", format::duration(it.fastest_ms), format::duration(it.slowest_ms));
            let even = if is_timed { even } else { "–".into() };
            (it.workers, it.busy, format::ratio(it.throughput), even)
        });
        told.map(row).collect_view()
    };
    view! {
        <details class="figures" open>
            <summary>"All figures"</summary>
            <div class="table" role="region" aria-label="All figures of the curve" tabindex="0">
                <table id="results">
                    <thead>
                        <tr>
                            <th scope="col">"Workers"</th>
                            <th scope="col" title="Workers × inner threads">"Busy threads"</th>
                            <th scope="col">"Work per time"</th>
                            <th scope="col" title="For the same work">"Fastest – slowest worker"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}

/// The lecture's table, easiest first.
#[component]
fn Approaches(cores: Cores) -> impl IntoView {
    let rows = move || {
        let is_over = cores.said.with(Option::is_some);
        let points = if is_over { cores.points.get() } else { Vec::new() };
        let all = approaches(&points, cores.simd.get().filter(|_| is_over));
        all.into_iter()
            .map(|it| {
                view! {
                    <tr>
                        <th scope="row">{it.name}</th>
                        <td>{it.slide}</td>
                        <td>{it.here}</td>
                    </tr>
                }
            })
            .collect_view()
    };
    view! {
        <details class="figures">
            <summary>"The lecture's approaches, easiest first"</summary>
            <div class="table" role="region" aria-label="Approaches" tabindex="0">
                <table id="approaches">
                    <thead>
                        <tr>
                            <th scope="col">"Approach"</th>
                            <th scope="col">"The slide"</th>
                            <th scope="col">"Here"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </div>
        </details>
    }
}
