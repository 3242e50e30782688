//! The picture's timing bars: the same blocks as on the page.

use super::layout::{Area, HEADING};
use super::picture::Pen;
use crate::model::report::ExecutorResult;
use crate::model::standing::Comparison;
use crate::page::theme::{self, Colour};
use crate::view::bar_geometry::{Axis, Bar, Part};
use crate::view::bars::{Block, draw_guess, value_text};
use crate::view::palette::colour_of;
use crate::view::shapes::{Frame, Shapes};
use crate::view::verdict::short_name;

/// Room for a name.
const NAME: f64 = 128.0;
/// Room for the time and the verdict at the right.
const FIGURES: f64 = 218.0;
/// Room for the verdict alone.
const VERDICT: f64 = 138.0;
/// Height of a bar at most, and as a share of its row.
const BAR: (f64, f64) = (34.0, 0.62);
/// From line to line of a startup's hatching.
const HATCH: f64 = 7.0;

/// One run: what it was, and a row per executor.
pub(super) fn draw_block(pen: &Pen, block: &Block, area: &Area, row: f64) {
    let axis = block.axis();
    let row_of = |index: usize| Area { y: area.y + HEADING + row * index as f64, height: row, ..*area };
    if let Some(shapes) = Shapes::on(&pen.surface) {
        for (index, result) in block.results.iter().enumerate() {
            let row = row_of(index);
            draw_row(&shapes, result, &axis, &row);
            if let Some((_, ms)) = block.guess.filter(|(guessed, _)| *guessed == result.executor) {
                let track = track_of(&row);
                draw_guess(&shapes, track, track.x + track.width * axis.position(ms), theme::token("--ink"));
            }
        }
    }
    pen.sans(600, 15.0);
    pen.ink("--ink-soft");
    let scale = if axis.logarithmic { " · logarithmic bars" } else { "" };
    let heading = format!("{}{scale}", block.heading);
    pen.text(&heading, area.x, area.y + HEADING / 2.0 - 2.0, "left");
    for (index, result) in block.results.iter().enumerate() {
        write_row(pen, result, block, &row_of(index));
    }
}

fn write_row(pen: &Pen, result: &ExecutorResult, block: &Block, row: &Area) {
    let (middle, right) = (row.y + row.height / 2.0, row.x + row.width);
    pen.sans(400, 16.0);
    pen.ink("--ink");
    pen.text(short_name(result.executor), row.x + 18.0, middle, "left");
    let place = if result.wall_ms.is_some() { right - VERDICT } else { right };
    pen.text(&value_text(result), place, middle, "right");
    if let Some((comparison, words)) = block.verdict(result.executor) {
        let is_faster = comparison == Comparison::Faster;
        pen.sans(if is_faster { 600 } else { 400 }, 15.0);
        pen.ink(if is_faster { "--ink" } else { "--ink-soft" });
        pen.text(&words, place + 14.0, middle, "left");
    }
}

fn draw_row(shapes: &Shapes, result: &ExecutorResult, axis: &Axis, row: &Area) {
    let middle = row.y + row.height / 2.0;
    let colour = colour_of(result.executor);
    shapes.fill(Frame { x: row.x, y: middle - 6.0, width: 10.0, height: 10.0 }, colour, 1.0);
    let Some(bar) = Bar::of(result) else { return };
    let track = track_of(row);
    shapes.fill(track, theme::token("--track"), 1.0);
    let at = |share: f64| track.x + track.width * share;
    for piece in axis.pieces(&bar) {
        let (x, end) = (at(piece.from), at(piece.to));
        draw_piece(shapes, piece.part, Frame { x, width: end - x, ..track }, colour);
    }
    draw_whisker(shapes, at(axis.position(bar.min_ms)), at(axis.position(bar.max_ms)), middle);
}

/// Where a row's bar may lie.
fn track_of(row: &Area) -> Frame {
    let height = BAR.0.min(row.height * BAR.1);
    let middle = row.y + row.height / 2.0;
    Frame { x: row.x + NAME, y: middle - height / 2.0, width: row.width - NAME - FIGURES, height }
}

fn draw_piece(shapes: &Shapes, part: Part, frame: Frame, colour: Colour) {
    match part {
        Part::Startup => {
            shapes.fill(frame, colour, 0.22);
            shapes.hatch(frame, HATCH, colour, 0.8);
        }
        Part::Send | Part::Gather => shapes.fill(frame, colour, 0.55),
        Part::Compute => shapes.fill(frame, colour, 1.0),
    }
}

fn draw_whisker(shapes: &Shapes, from: f64, to: f64, middle: f64) {
    let ink = theme::token("--ink");
    shapes.line((from, middle), (to, middle), ink, 0.75, 1.25);
    for x in [from, to] {
        shapes.line((x, middle - 4.0), (x, middle + 4.0), ink, 0.75, 1.25);
    }
}

/// What the shapes mean, in one line.
pub(super) fn draw_legend(pen: &Pen, has_guess: bool, x: f64, y: f64) {
    /// Width of a key, from it to its name, and from there to the next.
    const KEY: [f64; 3] = [20.0, 7.0, 18.0];
    const NAMES: [&str; 5] = ["start workers", "send, gather", "compute", "fastest – slowest repeat", "your guess"];
    let names = &NAMES[..if has_guess { NAMES.len() } else { NAMES.len() - 1 }];
    pen.sans(400, 13.0);
    pen.ink("--ink-soft");
    let mut keys = Vec::with_capacity(names.len());
    let mut x = x;
    for name in names {
        keys.push(x);
        pen.text(name, x + KEY[0] + KEY[1], y, "left");
        x += KEY.iter().sum::<f64>() + pen.width(name);
    }
    let Some(shapes) = Shapes::on(&pen.surface) else { return };
    let soft = theme::token("--ink-soft");
    for (x, part) in keys.iter().zip([Part::Startup, Part::Send, Part::Compute]) {
        draw_piece(&shapes, part, Frame { x: *x, y: y - 6.0, width: KEY[0], height: 12.0 }, soft);
    }
    if let Some(x) = keys.get(3) {
        draw_whisker(&shapes, *x, x + KEY[0], y);
    }
    if let Some(x) = keys.get(4) {
        let key = Frame { x: *x, y: y - 4.0, width: KEY[0], height: 8.0 };
        draw_guess(&shapes, key, x + KEY[0] / 2.0, theme::token("--ink"));
    }
}
