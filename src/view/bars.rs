//! Timing bars: per run one block, in it one bar per executor: what the time
//! went into, how far the repeats spread, where the prediction lay. Names and
//! figures are text beside the canvas; the table below has them all.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::bar_geometry::{Axis, Bar, Part};
use super::palette::colour_of;
use super::shapes::{Frame, Shapes};
use super::surface::{Picture, Surface, redraw_on_resize};
use crate::model::format;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::Executor;
use crate::model::standing::Comparison;
use crate::page::text::text;
use crate::page::theme::{self, Colour};
use crate::view::verdict::{self, short_name};

/// Blocks that there is room for, side by side or below each other.
const BLOCKS: usize = 2;

/// One run as it stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Block {
    /// What was run, in words.
    pub(crate) heading: String,
    /// Who has a row.
    pub(crate) executors: Vec<Executor>,
    /// What came of it so far.
    pub(crate) results: Vec<ExecutorResult>,
    /// It is the one that is going on.
    pub(crate) is_live: bool,
    /// Where a bar would have ended, had the guess come true, ms.
    pub(crate) guess: Option<(Executor, f64)>,
}

impl Block {
    /// The axis that all of its bars share.
    pub(crate) fn axis(&self) -> Axis {
        let bars: Vec<_> = self.results.iter().filter_map(Bar::of).collect();
        Axis::for_bars(&bars)
    }

    fn result(&self, executor: Executor) -> Option<&ExecutorResult> {
        self.results.iter().find(|it| it.executor == executor)
    }

    /// How the executor did against Serial.
    pub(crate) fn verdict(&self, executor: Executor) -> Option<(Comparison, String)> {
        verdict::against_serial(self.result(executor)?, &self.results)
    }
}

/// The blocks with their legend.
#[component]
pub(crate) fn Bars(
    /// The runs that are shown, in order.
    blocks: Memo<Vec<Block>>,
    /// What share of the run that is going on each executor has done.
    progress: Signal<Vec<(Executor, f64)>>,
    /// What the mark of the guess is called; `None` where there was no guess.
    guess: Signal<Option<&'static str>>,
    /// Counts changes of size, pixel density or colours.
    appearance: RwSignal<u32>,
) -> impl IntoView {
    let has_times = move || blocks.with(|all| all.iter().flat_map(|it| &it.results).any(|it| it.wall_ms.is_some()));
    let is_any_close = move || {
        let is_close = |block: &Block| {
            let verdict = |executor: &Executor| block.verdict(*executor);
            Executor::ALL.iter().filter_map(verdict).any(|(comparison, _)| comparison == Comparison::TooCloseToCall)
        };
        blocks.with(|all| all.iter().any(is_close))
    };
    view! {
        <figure class="timing" aria-label="How long each way took">
            // All there is room for, for good: what comes and goes is only hidden.
            {std::array::from_fn::<_, BLOCKS, _>(|index| view! { <BlockView blocks progress appearance index /> }).collect_view()}
            <figcaption class="legend" class:unseen=move || !has_times()>
                <span><i class="key startup"></i>"start workers"</span>
                <span><i class="key compute"></i>"compute"</span>
                <span><i class="key send"></i>"send, gather"</span>
                <span><i class="key whisker"></i>"fastest – slowest repeat"</span>
                // Their room stays theirs: nothing jumps when they come.
                <span class:unseen=move || guess.get().is_none()>
                    <i class="key mark"></i>
                    <span prop:textContent=text(move || guess.get().unwrap_or(GUESS))></span>
                </span>
                <span class="definition" class:unseen=move || !is_any_close()>"too close to call: within 15 %, or the repeats overlap"</span>
            </figcaption>
        </figure>
    }
}

/// Keeps the room of a guess that is not there.
const GUESS: &str = "your guess: the time to beat";

/// One run.
#[component]
fn BlockView(
    blocks: Memo<Vec<Block>>,
    progress: Signal<Vec<(Executor, f64)>>,
    appearance: RwSignal<u32>,
    index: usize,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    let block = Memo::new(move |_| blocks.with(|blocks| blocks.get(index).cloned()));

    redraw_on_resize(appearance, canvas);
    Effect::new(move || {
        appearance.track();
        let (Some(canvas), Some(block)) = (canvas.get(), block.get()) else { return };
        // In the next frame, when the rows have their places.
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface, &block);
            }
            false
        });
    });
    let heading = move || block.with(|it| it.as_ref().map(|it| it.heading.clone()));
    let is_log = move || block.with(|it| it.as_ref().is_some_and(|it| it.axis().logarithmic));
    view! {
        <div class="block" hidden=move || block.with(Option::is_none)>
            <p class="block-title">
                <span prop:textContent=text(heading)></span>
                <span class="soft" hidden=move || !is_log()>
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
                {Executor::ALL.map(|executor| view! { <Row block progress executor /> }).collect_view()}
            </div>
        </div>
    }
}

/// An executor's name, progress, time and verdict; its bar is on the canvas.
#[component]
fn Row(block: Memo<Option<Block>>, progress: Signal<Vec<(Executor, f64)>>, executor: Executor) -> impl IntoView {
    let result = Memo::new(move |_| block.with(|it| it.as_ref()?.result(executor).cloned()));
    let share = Memo::new(move |_| {
        let is_live = block.with(|it| it.as_ref().is_some_and(|it| it.is_live));
        if !is_live || result.with(Option::is_some) {
            return 0.0;
        }
        progress.with(|all| all.iter().find(|it| it.0 == executor).map_or(0.0, |it| it.1))
    });
    let is_absent = Memo::new(move |_| block.with(|it| it.as_ref().is_none_or(|it| !it.executors.contains(&executor))));
    let value = move || result.with(|it| it.as_ref().map(value_text));
    let verdict = Memo::new(move |_| block.with(|it| it.as_ref()?.verdict(executor)));
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
        <span class="row-name" translate="no" data-executor=executor.name() hidden=move || is_absent.get()>
            <i class="swatch" aria-hidden="true"></i>
            {short_name(executor)}
        </span>
        <span class="row-value" translate="no" hidden=move || is_absent.get() prop:textContent=text(value)></span>
        <span
            class="row-verdict"
            data-verdict=kind
            hidden=move || is_absent.get()
            prop:textContent=text(move || verdict.get().map(|it| it.1))
        ></span>
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
        (Status::Ok, None) => "too fast to time here".into(),
        (Status::Unavailable, _) => "can't run here".into(),
        (Status::Failed, _) => "failed".into(),
    }
}

fn draw(surface: &Surface, block: &Block) {
    let axis = block.axis();
    let Some(shapes) = Shapes::on(surface) else { return };
    let (ink, rule) = (theme::token("--ink"), theme::token("--rule"));
    if axis.logarithmic {
        for tick_ms in axis.ticks_ms() {
            let x = surface.width * axis.position(tick_ms);
            shapes.line((x, 0.0), (x, surface.height), rule, 1.0, 1.0);
        }
    }
    for (executor, lane) in block.executors.iter().zip(lanes(surface)) {
        if let Some(bar) = block.result(*executor).and_then(Bar::of) {
            let colour = colour_of(*executor);
            for piece in axis.pieces(&bar) {
                let (from, to) = (surface.width * piece.from, surface.width * piece.to);
                draw_piece(&shapes, piece.part, Frame { x: from, width: to - from, ..lane }, colour);
            }
            draw_whisker(&shapes, &axis, &bar, lane, ink);
        }
        if let Some((_, ms)) = block.guess.filter(|(guessed, _)| guessed == executor) {
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
