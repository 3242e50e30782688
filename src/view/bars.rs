//! Timing bars: per race one block, in it one bar per executor: what the time
//! went into, how far the repeats spread, where the prediction lay. Names and
//! figures are text beside the canvas; the table below has them all.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::bar_geometry::{Axis, Bar, Part};
use super::shapes::{Frame, Shapes};
use super::surface::{Picture, Surface, redraw_on_resize};
use crate::lab::race::rung::{Rung, shown};
use crate::lab::race::state::Race as State;
use crate::model::prediction::Prediction;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::{Executor, Settings};
use crate::page::theme::{self, Colour};
use crate::view::format;
use crate::view::verdict::{self, Comparison, short_name};

/// The blocks with their legend.
#[component]
pub(crate) fn Bars(state: State) -> impl IntoView {
    let rungs = Memo::new(move |_| shown(state));
    let has_times = move || rungs.with(|rungs| rungs.iter().flat_map(|it| &it.results).any(|it| it.wall_ms.is_some()));
    // Without a factor there is no time that was guessed, only one to beat.
    let guess = move || {
        let has_factor = state.predicted.with(|it| it.as_ref().is_some_and(|it| it.speedup.is_some()));
        if has_factor { "your guess" } else { "your guess: the time to beat" }
    };
    let is_any_close = move || {
        let is_close = |rung: &Rung| {
            let verdict = |it| verdict::against_serial(it, &rung.results);
            rung.results.iter().filter_map(verdict).any(|(comparison, _)| comparison == Comparison::TooCloseToCall)
        };
        rungs.with(|rungs| rungs.iter().any(is_close))
    };
    let has_guess = move || state.predicted.with(|it| it.as_ref().is_some_and(|it| it.first.is_some()));
    view! {
        <figure class="timing" aria-label="How long each way took">
            // All there is room for, for good: what comes and goes is only hidden.
            {[0, 1].map(|index| view! { <Block state rungs index /> }).collect_view()}
            <figcaption class="legend" class:unseen=move || !has_times()>
                <span><i class="key startup"></i>"start workers"</span>
                <span><i class="key compute"></i>"compute"</span>
                <span><i class="key send"></i>"send, gather"</span>
                <span><i class="key whisker"></i>"fastest – slowest repeat"</span>
                // Their room stays theirs: nothing jumps when they come.
                <span class:unseen=move || !has_guess()><i class="key mark"></i>{guess}</span>
                <span class:unseen=move || !is_any_close()>"too close to call: within 15 %, or the repeats overlap"</span>
            </figcaption>
        </figure>
    }
}

/// One race.
#[component]
fn Block(state: State, rungs: Memo<Vec<Rung>>, index: usize) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    let rung = Memo::new(move |_| rungs.with(|rungs| rungs.get(index).cloned()));

    redraw_on_resize(state.page, canvas);
    Effect::new(move || {
        state.appearance.track();
        let (Some(canvas), Some(rung), predicted) = (canvas.get(), rung.get(), state.predicted.get()) else { return };
        // In the next frame, when the rows have their places.
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface, &rung, predicted);
            }
            false
        });
    });
    let heading = move || rung.with(|rung| rung.as_ref().map(|rung| heading(&rung.settings)));
    let is_log = move || rung.with(|rung| rung.as_ref().is_some_and(|rung| axis(rung).logarithmic));
    view! {
        <div class="block" hidden=move || rung.with(Option::is_none)>
            <p class="block-title">
                {heading} <span class="soft" hidden=move || !is_log()>
                    " · logarithmic: each line is ten times the one before"
                </span>
                {(index > 0).then(|| view! { <span class="soft">" · on a scale of its own"</span> })}
            </p>
            <div class="rows">
                <canvas
                    id=if index == 0 { "bars".into() } else { format!("bars-{}", index + 1) }
                    node_ref=canvas
                    aria-hidden="true"
                ></canvas>
                {Executor::ALL.map(|executor| view! { <Row state rung executor /> }).collect_view()}
            </div>
        </div>
    }
}

fn heading(settings: &Settings) -> String {
    format::size(settings)
}

/// An executor's name, progress, time and verdict; its bar is on the canvas.
#[component]
fn Row(state: State, rung: Memo<Option<Rung>>, executor: Executor) -> impl IntoView {
    let result =
        Memo::new(move |_| rung.with(|rung| rung.as_ref()?.results.iter().find(|it| it.executor == executor).cloned()));
    let share = Memo::new(move |_| {
        let is_live = rung.with(|rung| rung.as_ref().is_some_and(|rung| rung.is_live));
        if !is_live || result.with(Option::is_some) {
            return 0.0;
        }
        state.progress.with(|progress| {
            let entry = progress.iter().find(|it| it.executor == executor);
            entry.map_or(0.0, |it| if it.total > 0 { it.done as f64 / it.total as f64 } else { 0.0 })
        })
    });
    let is_absent = Memo::new(move |_| {
        rung.with(|rung| rung.as_ref().is_none_or(|rung| !rung.settings.executors.contains(&executor)))
    });
    let value = move || result.with(|it| it.as_ref().map(value_text));
    let verdict = Memo::new(move |_| {
        rung.with(|rung| {
            let rung = rung.as_ref()?;
            let result = rung.results.iter().find(|it| it.executor == executor)?;
            verdict::against_serial(result, &rung.results)
        })
    });
    let kind = move || {
        verdict.with(|it| {
            it.as_ref().map(|it| match it.0 {
                Comparison::Faster => "faster",
                Comparison::Slower => "slower",
                Comparison::TooCloseToCall => "close",
            })
        })
    };
    view! {
        <span class="row-name" data-executor=executor.name() hidden=move || is_absent.get()>
            <i class="swatch" aria-hidden="true"></i>
            {short_name(executor)}
        </span>
        <span class="row-value" hidden=move || is_absent.get()>{value}</span>
        <span class="row-verdict" data-verdict=kind hidden=move || is_absent.get()>{move || verdict.get().map(|it| it.1)}</span>
        <span class="row-track" data-executor=executor.name() hidden=move || is_absent.get()>
            <progress
                max="1"
                aria-label=format!("{}: progress", short_name(executor))
                prop:value=move || share.get()
                class:unseen=move || share.get() <= 0.0
            ></progress>
        </span>
    }
}

/// What stands beside the bar.
pub(crate) fn value_text(result: &ExecutorResult) -> String {
    match (result.status, result.wall_ms) {
        (Status::Ok, Some(wall)) => format::duration(wall.median),
        (Status::Ok, None) => "below the clock".into(),
        (Status::Unavailable, _) => "can't run here".into(),
        (Status::Failed, _) => "failed".into(),
    }
}

/// The executor's colour.
pub(crate) fn colour_of(executor: Executor) -> Colour {
    theme::token(match executor {
        Executor::Serial => "--serial",
        Executor::Vectorized => "--vectorized",
        Executor::Process => "--process",
        Executor::Thread => "--thread",
    })
}

fn axis(rung: &Rung) -> Axis {
    let bars: Vec<_> = rung.results.iter().filter_map(Bar::of).collect();
    Axis::for_bars(&bars)
}

fn draw(surface: &Surface, rung: &Rung, predicted: Option<Prediction>) {
    let axis = axis(rung);
    let Some(shapes) = Shapes::on(surface) else { return };
    let (ink, rule) = (theme::token("--ink"), theme::token("--rule"));
    if axis.logarithmic {
        for tick_ms in axis.ticks_ms() {
            let x = surface.width * axis.position(tick_ms);
            shapes.line((x, 0.0), (x, surface.height), rule, 1.0, 1.0);
        }
    }
    let mark = predicted.and_then(|it| it.mark(&rung.results));
    for (executor, lane) in rung.settings.executors.iter().zip(lanes(surface)) {
        if let Some(bar) = rung.results.iter().find(|it| it.executor == *executor).and_then(Bar::of) {
            let colour = colour_of(*executor);
            for piece in axis.pieces(&bar) {
                let (from, to) = (surface.width * piece.from, surface.width * piece.to);
                draw_piece(&shapes, piece.part, Frame { x: from, width: to - from, ..lane }, colour);
            }
            draw_whisker(&shapes, &axis, &bar, lane, ink);
        }
        if let Some((_, ms)) = mark.filter(|(predicted, _)| predicted == executor) {
            draw_guess(&shapes, lane, surface.width * axis.position(ms), ink);
        }
    }
}

/// Where the bars go: over the tracks that the rows have on the page, in the
/// canvas's own coordinates, CSS pixels.
fn lanes(surface: &Surface) -> Vec<Frame> {
    let top = surface.canvas.get_bounding_client_rect().top();
    let mut lanes = Vec::new();
    let mut next = surface.canvas.next_element_sibling();
    while let Some(element) = next {
        if element.class_name() == "row-track" && !element.has_attribute("hidden") {
            let track = element.get_bounding_client_rect();
            lanes.push(Frame { x: 0.0, y: track.top() - top, width: surface.width, height: track.height() });
        }
        next = element.next_element_sibling();
    }
    lanes
}

/// Startup is hatched, send and gather are light, compute is solid: the shape
/// tells what the colour can't.
fn draw_piece(shapes: &Shapes, part: Part, frame: Frame, colour: Colour) {
    match part {
        Part::Startup => {
            shapes.fill(frame, colour, 0.22);
            shapes.hatch(frame, 6.0, colour, 0.8);
        }
        Part::Send | Part::Gather => shapes.fill(frame, colour, 0.55),
        Part::Compute => shapes.fill(frame, colour, 1.0),
    }
}

fn draw_whisker(shapes: &Shapes, axis: &Axis, bar: &Bar, lane: Frame, ink: Colour) {
    let at = |ms: f64| (lane.width * axis.position(ms)).min(lane.width - 1.0).max(1.0);
    let (from, to, middle) = (at(bar.min_ms), at(bar.max_ms), lane.y + lane.height / 2.0);
    if to - from < 2.0 {
        return;
    }
    shapes.line((from, middle), (to, middle), ink, 0.75, 1.25);
    for x in [from, to] {
        shapes.line((x, middle - 4.0), (x, middle + 4.0), ink, 0.75, 1.25);
    }
}

/// A dashed mark where the bar would have ended, had the guess come true.
pub(crate) fn draw_guess(shapes: &Shapes, lane: Frame, x: f64, ink: Colour) {
    let mut y = lane.y - 4.0;
    while y < lane.y + lane.height + 4.0 {
        shapes.line((x, y), (x, y + 3.5), ink, 1.0, 2.0);
        y += 6.0;
    }
}
