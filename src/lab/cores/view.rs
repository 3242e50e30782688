//! The whole lab: the sentence, the curve that grows, its table, the lecture's approaches.

use leptos::prelude::*;

use super::approaches::approaches;
use super::control::Cores;
use super::measured::{Measured, Report, knee};
use super::words;
use crate::model::format;
use crate::model::pace::Pace;
use crate::page::door::{Door, Opened};
use crate::page::state::{Activity, Page};
use crate::page::text::{Text, text};
use crate::view::copy_link::CopyLink;
use crate::view::curve::{Curve, Plot, Point};
use crate::view::field::fields;
use crate::view::figure_note::FigureNote;
use crate::view::figures::{Figures, Row};
use crate::view::guess::{Answer, Feedback, Guess};
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
    let pace =
        Signal::derive(move || cores.said.with(Option::is_some).then(|| cores.pace.with_value(Pace::warning))?);
    view! {
        <section class="lab cores" aria-labelledby="question">
            <div class="head">
                <h1 id="question" tabindex="-1" prop:textContent=text(title)></h1>
                <p class="visually-hidden" role="status" prop:textContent=text(move || page.announcement.get())></p>
                <div class="under">
                    <p
                        id="status"
                        class="status"
                        class:visually-hidden=move || cores.said.with(Option::is_some)
                        prop:textContent=text(move || page.sentence.get())
                    ></p>
                    <p
                        id="more-said"
                        class="explanation"
                        prop:textContent=text(move || cores.said.get().map(|(_, more)| more))
                    ></p>
                    <Prediction cores />
                </div>
            </div>
            <Notices page />
            <RunForm is_running run stop fields=usual more />
            <Figure cores />
            <ul class="reasons">
                <FigureNote said=pace />
            </ul>
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
fn Prediction(cores: Cores) -> impl IntoView {
    let answers = Report::ALL.map(|(_, word, label)| Answer::new(word, label)).to_vec();
    let picked = Signal::derive(move || cores.guess.get().map(|it| it.word().to_owned()));
    let pick = move |id: String| cores.guess.set(Report::ALL.iter().find(|it| it.1 == id).map(|it| it.0));
    let is_closed = Signal::derive(move || cores.page.activity.get() == Activity::Running);
    let said = Signal::derive(move || {
        let guess = cores.guessed.get().filter(|_| cores.said.with(Option::is_some))?;
        cores.points.with(|points| words::feedback(guess, points, cores.reported()))
    });
    view! {
        <Guess question="Your guess: so many workers help" answers picked pick is_closed />
        <Feedback said />
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

/// The curve's points in figures.
#[component]
fn Table(cores: Cores) -> impl IntoView {
    let row = |it: Measured| {
        let even = format!("{} – {}", format::duration(it.fastest_ms), format::duration(it.slowest_ms));
        let even = if it.fastest_ms > 0.0 { even } else { "–".into() };
        Row {
            name: it.workers.to_string(),
            of: None,
            cells: vec![it.busy.to_string(), format::ratio(it.throughput), even],
        }
    };
    let rows = Memo::new(move |_| cores.points.get().into_iter().map(row).collect());
    let columns = vec![
        ("Workers", ""),
        ("Busy threads", "Workers × inner threads"),
        ("Work per time", ""),
        ("Fastest – slowest worker", "For the same work"),
    ];
    view! { <Figures label="All figures of the curve" columns rows /> }
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
                        <th scope="row" prop:textContent=Text::from(it.name)></th>
                        <td prop:textContent=Text::from(it.slide)></td>
                        <td prop:textContent=Text::from(it.here)></td>
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
