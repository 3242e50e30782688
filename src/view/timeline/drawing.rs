//! Draws the lanes: shapes by plotters, words by the surface.

use std::ops::Range;

use super::layout::{Across, Down};
use super::pieces::{Fill, Piece, pieces};
use super::window::Window;
use crate::model::course::{Course, Lane, Place};
use crate::page::theme::{self, Colour};
use crate::view::palette::Palette;
use crate::view::shapes::{Frame, Shapes};
use crate::view::surface::Surface;

/// From line to line of the hatching.
const HATCH: f64 = 6.0;

/// What is to be seen.
pub(super) struct Scene<'a> {
    pub(super) course: &'a Course,
    pub(super) window: Window,
    /// The stretch whose figures are told.
    pub(super) marked: Option<Place>,
}

/// Draws all of it.
pub(super) fn draw(surface: &Surface, scene: &Scene<'_>) {
    let lanes = &scene.course.lanes;
    let across = Across::beside(surface.width, lanes);
    let down = Down::of(surface.height, lanes.len());
    let palette = Palette::read();
    let bottom = down.bottom();
    let ticks = scene.window.ticks(across.ticks());
    let positions: Vec<_> = ticks.iter().map(|(ms, _)| across.x(scene.window.share(*ms))).collect();
    if let Some(shapes) = Shapes::on(surface) {
        for x in &positions {
            shapes.line((*x, down.top()), (*x, bottom + 4.0), palette.rule, 1.0, 1.0);
        }
        let pen = Pen { shapes, palette: &palette, across, down, window: scene.window };
        for (index, lane) in lanes.iter().enumerate() {
            pen.lane(index, lane);
        }
        if let Some(place) = scene.marked {
            pen.mark(scene.course, place);
        }
    }
    surface.context.set_fill_style_str(&theme::css(palette.ink_soft, 1.0));
    for (index, lane) in lanes.iter().enumerate().step_by(down.names_every()) {
        surface.text(&lane.name, 0.0, down.bar_top(index) + down.bar() / 2.0, 12.0, "left");
    }
    for ((_, text), x) in ticks.iter().zip(positions) {
        let is_last = x + text.len() as f64 * 3.5 > surface.width;
        let (x, align) = if is_last { (surface.width, "right") } else { (x, "center") };
        surface.text(text, x, bottom + 14.0, 11.0, align);
    }
}

/// What is the same for all lanes of a drawing.
struct Pen<'a> {
    shapes: Shapes,
    palette: &'a Palette,
    across: Across,
    down: Down,
    window: Window,
}

impl Pen<'_> {
    fn lane(&self, index: usize, lane: &Lane) {
        let (x, end) = (self.across.x(0.0), self.across.x(1.0));
        let track = self.bar(index, x, end - x);
        self.shapes.fill(track, self.palette.track, 1.0);
        let seen = lane.between(self.window.time_ms(0.0), self.window.time_ms(1.0));
        self.pieces(index, lane, seen);
    }

    fn pieces(&self, index: usize, lane: &Lane, range: Range<usize>) {
        let own = self.palette.of(lane.executor);
        for piece in pieces(lane, range, &self.window, &self.across) {
            self.piece(index, &piece, own);
        }
    }

    fn piece(&self, index: usize, piece: &Piece, own: Colour) {
        let frame = self.bar(index, piece.x, piece.width);
        match piece.fill {
            Fill::Solid => self.shapes.fill(frame, own, 1.0),
            Fill::Hatched => {
                self.shapes.fill(frame, own, 0.22);
                self.shapes.hatch(frame, HATCH, own, 0.8);
            }
            Fill::Ink => self.shapes.fill(frame, self.palette.ink, 1.0),
            Fill::Thin => self.shapes.fill(thin(frame), own, 1.0),
            Fill::Light => self.shapes.fill(frame, own, 0.35),
        }
    }

    /// An outline, with a seam of the page's colour so that it shows on any stretch.
    fn mark(&self, course: &Course, place: Place) {
        let Some((lane, stretch)) = course.at(place) else { return };
        let alone = || place.stretch..place.stretch + 1;
        for piece in pieces(lane, alone(), &self.window, &self.across) {
            let frame = self.bar(place.lane, piece.x, piece.width);
            self.shapes.fill(widened(frame, 3.5), self.palette.ink, 1.0);
            self.shapes.fill(widened(frame, 1.5), self.palette.page, 1.0);
        }
        self.pieces(place.lane, lane, alone());
        // And again what lies within it.
        let end = lane.stretches().partition_point(|it| it.start_ms < stretch.end_ms);
        self.pieces(place.lane, lane, place.stretch + 1..end);
    }

    fn bar(&self, lane: usize, x: f64, width: f64) -> Frame {
        Frame { x, y: self.down.bar_top(lane), width, height: self.down.bar() }
    }
}

/// The middle third.
fn thin(frame: Frame) -> Frame {
    Frame { y: frame.y + frame.height / 3.0, height: frame.height / 3.0, ..frame }
}

fn widened(frame: Frame, by: f64) -> Frame {
    Frame { x: frame.x - by, y: frame.y - by, width: frame.width + 2.0 * by, height: frame.height + 2.0 * by }
}
