//! Draws the lanes: shapes by plotters, words by the surface.

use super::course::Course;
use super::lanes::{Activity, Lane, Place, Stretch, at};
use super::layout::{Across, BAR, LANE, bar_top};
use super::window::Window;
use super::words;
use crate::page::theme::{self, Colour};
use crate::view::bars::colour_of;
use crate::view::shapes::{Frame, Shapes};
use crate::view::surface::Surface;

/// Between neighbours a hair of the lane is seen.
const HAIR: f64 = 1.0;
/// The narrowest span that is seen.
const NARROWEST: f64 = 1.0;
/// From line to line of a startup's hatching.
const HATCH: f64 = 6.0;

/// What is to be seen.
pub(super) struct Scene<'a> {
    pub(super) course: &'a Course,
    pub(super) window: Window,
    /// The span whose figures are told.
    pub(super) marked: Option<Place>,
}

/// Draws all of it.
pub(super) fn draw(surface: &Surface, scene: &Scene<'_>) {
    let across = Across::of(surface.width);
    let lanes = &scene.course.lanes;
    let bottom = LANE * lanes.len() as f64;
    let ticks = scene.window.ticks(across.ticks());
    let positions: Vec<_> = ticks.iter().map(|(ms, _)| across.x(scene.window.share(*ms))).collect();
    if let Some(shapes) = Shapes::on(surface) {
        let rule = theme::token("--rule");
        for x in &positions {
            shapes.line((*x, 0.0), (*x, bottom + 4.0), rule, 1.0, 1.0);
        }
        draw_lanes(&shapes, scene, &across);
    }
    surface.context.set_fill_style_str(&theme::css(theme::token("--ink-soft"), 1.0));
    for (index, lane) in lanes.iter().enumerate() {
        let name = words::lane_name(lane.owner, scene.course.place);
        surface.text(&name, 0.0, bar_top(index) + BAR / 2.0, 12.0, "left");
    }
    for ((_, text), x) in ticks.iter().zip(positions) {
        let is_last = x + text.len() as f64 * 3.5 > surface.width;
        let (x, align) = if is_last { (surface.width, "right") } else { (x, "center") };
        surface.text(text, x, bottom + 14.0, 11.0, align);
    }
}

/// From where to where a stretch is seen; `None` where it is not.
fn frame(scene: &Scene<'_>, across: &Across, lane: usize, stretch: &Stretch) -> Option<Frame> {
    let (from, to) = (scene.window.share(stretch.begin_ms), scene.window.share(stretch.end_ms));
    if to < 0.0 || from > 1.0 {
        return None;
    }
    let (x, end) = (across.x(from), across.x(to));
    Some(Frame { x, y: bar_top(lane), width: (end - HAIR - x).max(NARROWEST), height: BAR })
}

fn draw_lanes(shapes: &Shapes, scene: &Scene<'_>, across: &Across) {
    let (ground, own) = (theme::token("--track"), colour_of(scene.course.executor));
    let page = theme::token("--ink-soft");
    for (index, lane) in scene.course.lanes.iter().enumerate() {
        let (x, end) = (across.x(0.0), across.x(1.0));
        shapes.fill(Frame { x, y: bar_top(index), width: end - x, height: BAR }, ground, 1.0);
        for (stretch, frame) in visible(scene, across, index, lane) {
            draw_stretch(shapes, stretch, frame, own, page);
        }
    }
    if let Some(place) = scene.marked
        && let Some((_, stretch)) = at(&scene.course.lanes, place)
        && let Some(frame) = frame(scene, across, place.lane, stretch)
    {
        // An outline, with a seam of the page's colour so that it shows on any span.
        shapes.fill(widened(frame, 3.5), theme::token("--ink"), 1.0);
        shapes.fill(widened(frame, 1.5), theme::token("--page"), 1.0);
        draw_stretch(shapes, stretch, frame, own, page);
    }
}

/// The stretches that are seen. Of those that share a pixel one is enough.
fn visible<'a>(
    scene: &'a Scene<'_>,
    across: &'a Across,
    index: usize,
    lane: &'a Lane,
) -> impl Iterator<Item = (&'a Stretch, Frame)> {
    let mut drawn_to = f64::NEG_INFINITY;
    let seen = lane.stretches.iter().filter_map(move |it| Some((it, frame(scene, across, index, it)?)));
    seen.filter(move |(_, frame)| {
        let end = frame.x + frame.width;
        let is_new = end > drawn_to + 0.25;
        drawn_to = drawn_to.max(end);
        is_new
    })
}

/// Startup is light and hatched, the rest is solid: as in the timing bars.
fn draw_stretch(shapes: &Shapes, stretch: &Stretch, frame: Frame, own: Colour, page: Colour) {
    match stretch.activity {
        Activity::Startup => {
            shapes.fill(frame, own, 0.22);
            shapes.hatch(frame, HATCH, own, 0.8);
        }
        Activity::Task { .. } => shapes.fill(frame, own, 1.0),
        Activity::Send | Activity::Gather => shapes.fill(frame, page, 1.0),
    }
}

fn widened(frame: Frame, by: f64) -> Frame {
    Frame { x: frame.x - by, y: frame.y - by, width: frame.width + 2.0 * by, height: frame.height + 2.0 * by }
}
