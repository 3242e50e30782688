//! One timing bar per executor: what the time went into, and how far the
//! repeats spread. The table below holds the same figures.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::bar_geometry::{Axis, Bar, Part};
use super::surface::{Picture, Surface, redraw_on_resize};
use super::timeline::Lanes;
use crate::model::report::{ExecutorResult, Status};
use crate::model::settings::Executor;
use crate::ui::format;
use crate::ui::lab::verdict::short_name;
use crate::ui::state::State;
use crate::ui::theme::{self, Colour};

/// Height of a row with the label beside its bar, CSS pixels.
const ROW: f64 = 50.0;
/// Height of a row with the label above its bar.
const TALL_ROW: f64 = 58.0;
/// Height of the bar itself.
const BAR: f64 = 20.0;
/// Height of the axis.
const AXIS: f64 = 26.0;
/// Below this width labels stand above their bars.
const NARROW: f64 = 520.0;

/// The chart of the timing bars with its legend.
#[component]
pub(crate) fn Bars(state: State) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    let finished = Memo::new(move |_| state.report.with(|report| report.as_ref().map(|report| report.results.clone())));

    redraw_on_resize(state, canvas);
    let height = move || {
        state.appearance.track();
        let rows = finished.with(|it| it.as_ref().map_or(4, Vec::len)).max(1);
        let width = canvas.get().map_or(600, |canvas| canvas.client_width());
        let row = if f64::from(width) < NARROW { TALL_ROW } else { ROW };
        format!("{}px", rows as f64 * row + AXIS)
    };
    Effect::new(move || {
        state.appearance.track();
        let Some(canvas) = canvas.get() else { return };
        let results = finished.get().unwrap_or_default();
        // In the next frame, when the height above has taken effect.
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface, &results);
            }
            false
        });
    });

    let label = move || finished.with(|it| it.as_deref().map(words).unwrap_or_default());
    let axis_note = move || {
        let bars: Vec<_> = finished.get().unwrap_or_default().iter().filter_map(Bar::of).collect();
        Axis::for_bars(&bars)
            .logarithmic
            .then_some("Logarithmic axis: each mark is ten times the one before, so lengths can't be added up.")
    };
    view! {
        <figure class="card timing">
            <div class="plot" style:height=height>
                <canvas id="bars" node_ref=canvas role="img" aria-label=label></canvas>
            </div>
            <Show when=move || finished.with(Option::is_none)>
                <p class="empty">"… and here how long each way took, and what the time went into."</p>
            </Show>
            <Show when=move || finished.with(Option::is_some)>
                <figcaption>
                    <span class="legend">
                        <span><i class="key startup"></i>"start workers"</span>
                        <span><i class="key send"></i>"send"</span>
                        <span><i class="key compute"></i>"compute"</span>
                        <span><i class="key gather"></i>"gather"</span>
                        <span><i class="key whisker"></i>"fastest – slowest repeat"</span>
                    </span>
                    {axis_note}
                </figcaption>
            </Show>
            <Lanes state />
        </figure>
    }
}

/// The bars in words.
fn words(results: &[ExecutorResult]) -> String {
    let each: Vec<_> =
        results.iter().map(|result| format!("{}: {}", short_name(result.executor), value_text(result))).collect();
    format!("Wall times. {}. The table below has all figures.", each.join("; "))
}

/// What stands beside the bar.
fn value_text(result: &ExecutorResult) -> String {
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

fn draw(surface: &Surface, results: &[ExecutorResult]) {
    let bars: Vec<_> = results.iter().filter_map(Bar::of).collect();
    if results.is_empty() {
        return;
    }
    let axis = Axis::for_bars(&bars);
    let narrow = surface.width < NARROW;
    let row_height = if narrow { TALL_ROW } else { ROW };
    let (left, right) = if narrow { (2.0, 8.0) } else { (200.0, 112.0) };
    let length = (surface.width - left - right).max(10.0);
    let (ink, soft, rule) = (theme::token("--ink"), theme::token("--ink-soft"), theme::token("--rule"));
    let bottom = row_height * results.len() as f64;

    for tick_ms in axis.ticks_ms() {
        let x = left + length * axis.position(tick_ms);
        surface.context.set_fill_style_str(&theme::css(rule, 1.0));
        surface.context.fill_rect(x.round(), 0.0, 1.0, bottom + 4.0);
        surface.context.set_fill_style_str(&theme::css(soft, 1.0));
        let align = match x {
            x if x < left + 12.0 => "left",
            x if x > surface.width - 24.0 => "right",
            _ => "center",
        };
        surface.text(&tick_text(tick_ms), x, bottom + 15.0, 11.0, align);
    }
    for (index, result) in results.iter().enumerate() {
        let top = row_height * index as f64;
        let (bar_top, label_y) = if narrow { (top + 28.0, top + 15.0) } else { (top + 15.0, top + 15.0 + BAR / 2.0) };
        surface.context.set_fill_style_str(&theme::css(ink, 1.0));
        surface.text(result.executor.label(), if narrow { left } else { 0.0 }, label_y, 14.0, "left");
        surface.text(&value_text(result), surface.width - 2.0, label_y, 14.0, "right");
        let colour = colour_of(result.executor);
        if let Some(bar) = Bar::of(result) {
            for piece in axis.pieces(&bar) {
                let (from, to) = (left + length * piece.from, left + length * piece.to);
                draw_piece(surface, piece.part, (from, bar_top, (to - from).max(1.0)), colour);
            }
            draw_whisker(surface, &axis, &bar, (left, bar_top, length), ink);
        }
    }
}

/// Startup is hatched, send and gather are light, compute is solid: the shape
/// tells what the colour can't.
fn draw_piece(surface: &Surface, part: Part, (x, y, width): (f64, f64, f64), colour: Colour) {
    let context = &surface.context;
    let alpha = match part {
        Part::Startup => 0.28,
        Part::Send | Part::Gather => 0.55,
        Part::Compute => 1.0,
    };
    context.set_fill_style_str(&theme::css(colour, alpha));
    context.fill_rect(x, y, width, BAR);
    if part == Part::Startup {
        context.save();
        context.begin_path();
        context.rect(x, y, width, BAR);
        context.clip();
        context.set_stroke_style_str(&theme::css(colour, 0.75));
        context.set_line_width(1.5);
        context.begin_path();
        let mut start = x - BAR;
        while start < x + width {
            context.move_to(start, y + BAR);
            context.line_to(start + BAR, y);
            start += 7.0;
        }
        context.stroke();
        context.restore();
    }
}

fn draw_whisker(surface: &Surface, axis: &Axis, bar: &Bar, (left, top, length): (f64, f64, f64), ink: Colour) {
    let at = |ms: f64| left + length * axis.position(ms);
    let (from, to, middle) = (at(bar.min_ms), at(bar.max_ms), top + BAR / 2.0);
    let context = &surface.context;
    context.set_stroke_style_str(&theme::css(ink, 0.8));
    context.set_line_width(1.25);
    context.begin_path();
    context.move_to(from, middle);
    context.line_to(to, middle);
    for x in [from, to] {
        context.move_to(x, middle - 4.0);
        context.line_to(x, middle + 4.0);
    }
    context.stroke();
}

/// A round time without needless digits.
fn tick_text(ms: f64) -> String {
    if ms >= 1000.0 {
        format!("{} s", ms / 1000.0)
    } else if ms >= 0.01 || ms <= 0.0 {
        format!("{} ms", (ms * 1000.0).round() / 1000.0)
    } else {
        format!("{} µs", (ms * 1e6).round() / 1000.0)
    }
}
