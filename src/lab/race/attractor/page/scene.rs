//! One frame of the attractor: fewer points while it moves, all of them at rest,
//! and on top of the paths the members' heads with their tails.

use std::rc::Rc;

use super::brush::Brush;
use super::palette::{Palette, with_alpha};
use super::wash::{LINE, LINES_PER_LOOK, Wash};
use crate::lab::race::attractor::camera::Camera;
use crate::lab::race::attractor::decimation::{MOVING_POINTS, Pace, Strides};
use crate::lab::race::attractor::paths::Paths;
use crate::lab::race::attractor::projection::{Point, Projection};
use crate::lab::race::attractor::spread::{mean_path, parting_step};
use crate::lab::race::report::Report;
use crate::page::dom;
use crate::page::theme;
use crate::view::surface::Surface;
use crate::workload::lorenz::ensemble::Drawing;
use crate::workload::lorenz::equations::State;

/// A frame's script may take so long, ms; what is missing then follows in later ones.
const FRAME_MS: f64 = 4.0;
/// What moves is shown at once, if it can be within this, ms.
const PREVIEW_MS: f64 = 3.0;
/// Frames without a change after which the picture is at rest.
const STILL_FRAMES: u32 = 5;
/// A new picture of no more points than these is worth waiting for.
const PATIENCE_POINTS: usize = 400_000;

/// Members with a tail, at most: more are not told apart.
const TAILS: usize = 40;
/// One tail for so many points of a moving frame: a slow machine draws fewer.
const POINTS_PER_TAIL: usize = 300;
/// Members with a head, at most.
const HEADS: usize = 60;
/// A tail's length in the equations' time.
const TAIL_TIME: f64 = 1.2;
/// Points of a tail.
const TAIL_POINTS: usize = 120;
/// A tail is so much wider at its head than a line, CSS pixels. Not wider than a
/// screen's pixel in all: wider lines take three times as long.
const TAIL_GROWTH: f64 = 0.4;
/// A tail fades in so many bands.
const TAIL_BANDS: usize = 6;
/// A picture on a laptop is about so wide, CSS pixels.
const WIDTH: f64 = 600.0;
/// A head's radius, CSS pixels.
const HEAD: f64 = 2.3;
/// Width of the mean's line, CSS pixels.
const MEAN_LINE: f64 = 1.8;
/// Radius of the mean's dot, CSS pixels.
const MEAN_HEAD: f64 = 3.4;
/// All that goes on top of the paths has fewer points.
const DETAIL_POINTS: usize = 8_000;

/// What is to be seen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Moment {
    pub(super) camera: Camera,
    pub(super) step: u32,
    pub(super) with_mean: bool,
    pub(super) is_playing: bool,
}

/// What came of a frame.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Frame {
    /// Points drawn in it; of the whole picture, where that is at rest now.
    pub(super) points: usize,
    /// Nothing is left to do.
    pub(super) is_at_rest: bool,
}

/// What is drawn: a run up to a step, from somewhere.
struct Shot<'a> {
    drawing: &'a Drawing,
    step: usize,
    with_mean: bool,
    is_moving: bool,
    projection: Projection,
    surface: Surface,
}

/// A run's picture.
pub(super) struct Scene {
    report: Rc<Report>,
    paths: Paths,
    /// The step at which the members part.
    parting: Option<u32>,
    /// Steps of a tail.
    tail_steps: usize,
    surface: Option<Surface>,
    palette: Palette,
    wash: Wash,
    pace: Pace,
    /// How strong a line is: the more there are, the weaker.
    alpha: f64,
    shown: Option<Moment>,
    at_rest: Option<Frame>,
    still_frames: u32,
    /// Nothing moves yet: what was there before stays until all is drawn.
    is_patient: bool,
    may_wait: bool,
    /// The wash was whole at an earlier step: time that goes on only adds to it.
    is_caught_up: bool,
}

impl Scene {
    /// Measures a run's paths; `None` where there are none. Nothing can be drawn
    /// before it is [decorated](Self::decorate).
    pub(super) fn new(report: Rc<Report>) -> Option<Self> {
        let dt = report.settings.dt;
        let paths = Paths::of(report.drawing.as_ref()?, dt);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let tail_steps = ((TAIL_TIME / dt) as usize).clamp(TAIL_BANDS, paths.states().max(TAIL_BANDS));
        let parting = parting_step(&report.drawing.as_ref()?.statistics, paths.extent());
        Some(Self {
            report,
            paths,
            parting,
            tail_steps,
            surface: None,
            palette: Palette::read(),
            wash: Wash::default(),
            pace: Pace::default(),
            alpha: 1.0,
            shown: None,
            at_rest: None,
            still_frames: 0,
            is_patient: false,
            may_wait: true,
            is_caught_up: false,
        })
    }

    /// The step at which the members part.
    pub(super) fn parting(&self) -> Option<u32> {
        self.parting
    }

    /// Goes on with another size, or other colours; false where it had none before.
    pub(super) fn decorate(&mut self, surface: Surface) -> bool {
        let had_one = self.surface.is_some();
        // A canvas of another size is empty: something has to be seen at once.
        let is_resized =
            self.surface.as_ref().is_some_and(|it| (it.width, it.height) != (surface.width, surface.height));
        self.may_wait = !is_resized;
        (self.surface, self.palette, self.wash) = (Some(surface), Palette::read(), Wash::default());
        self.alpha = self.line_alpha();
        (self.shown, self.at_rest) = (None, None);
        had_one
    }

    /// The more turns lie on top of each other, and the closer, the weaker is each.
    fn line_alpha(&self) -> f64 {
        let turns = (self.paths.points() as f64 * self.report.settings.dt).max(1.0);
        let width = self.surface.as_ref().map_or(WIDTH, |surface| surface.width);
        (0.145 * (1500.0 / turns).powf(0.75) * (width / WIDTH).clamp(0.4, 1.3)).clamp(0.03, 0.5)
    }

    /// Draws what can be drawn of a moment until about [`FRAME_MS`] after `begin_ms`.
    pub(super) fn draw(&mut self, moment: Moment, begin_ms: f64) -> Frame {
        let has_changed = self.shown != Some(moment);
        if let (Some(frame), false) = (self.at_rest, has_changed) {
            return frame;
        }
        let is_new = self.shown.is_none();
        let has_turned = self.shown.is_none_or(|shown| shown.camera != moment.camera);
        self.still_frames = if has_changed { 0 } else { self.still_frames + 1 };
        (self.shown, self.at_rest) = (Some(moment), None);

        let report = Rc::clone(&self.report);
        let (Some(drawing), Some(surface)) = (&report.drawing, self.surface.clone()) else {
            return Frame { points: 0, is_at_rest: true };
        };
        let projection = Projection::new(self.paths.extent(), moment.camera, surface.width, surface.height);
        let Moment { step, with_mean, is_playing, .. } = moment;
        let mut shot = Shot { drawing, step: step as usize, with_mean, is_moving: is_playing, projection, surface };
        let pieces = self.paths.pieces_until(shot.step);
        if self.wash.aim(&shot.surface, projection, pieces) {
            self.is_caught_up = false;
        }
        let missing = self.wash.missing(&self.paths, pieces);
        if has_changed {
            self.is_patient = is_new && self.may_wait && missing <= PATIENCE_POINTS;
        }
        let goes_on = moment.is_playing && self.is_caught_up;
        let is_near = self.is_patient || goes_on || missing <= self.pace.points() / 3;

        if has_changed && !is_near {
            shot.is_moving = true;
            let points = self.preview(&shot, begin_ms + PREVIEW_MS);
            self.tripod(&shot.surface, moment.camera);
            self.pace.learn(dom::now_ms() - begin_ms);
            if moment.is_playing && !has_turned {
                self.extend_wash(drawing, pieces, begin_ms + FRAME_MS);
            }
            return Frame { points, is_at_rest: false };
        }
        if !is_near && self.still_frames < STILL_FRAMES {
            return Frame { points: 0, is_at_rest: false };
        }
        self.settle(&shot, moment, pieces, begin_ms)
    }

    /// Draws all points, or what of them can be drawn in this frame.
    fn settle(&mut self, shot: &Shot<'_>, moment: Moment, pieces: usize, begin_ms: f64) -> Frame {
        let before = self.wash.points();
        let is_whole = self.extend_wash(shot.drawing, pieces, begin_ms + FRAME_MS);
        let mut points = self.wash.points() - before;
        if is_whole || (self.still_frames == 0 && !self.is_patient) {
            points += self.compose(shot);
            self.tripod(&shot.surface, moment.camera);
        }
        if moment.is_playing {
            self.pace.learn(dom::now_ms() - begin_ms);
        }
        self.is_caught_up |= is_whole;
        if is_whole {
            let whole = if moment.is_playing { points } else { points.max(self.wash.points()) };
            self.at_rest = Some(Frame { points: whole, is_at_rest: true });
        }
        self.at_rest.unwrap_or(Frame { points, is_at_rest: false })
    }

    fn extend_wash(&mut self, drawing: &Drawing, pieces: usize, until_ms: f64) -> bool {
        let Scene { wash, paths, palette, alpha, .. } = self;
        wash.advance(paths, &drawing.trajectories, palette, *alpha, pieces, until_ms)
    }

    /// Shows the wash with all that goes on top.
    fn compose(&self, shot: &Shot<'_>) -> usize {
        shot.surface.clear();
        if let Some(wash) = self.wash.surface() {
            shot.surface.show(wash);
        }
        Brush::with(&shot.surface, |brush| self.details(brush, shot)).unwrap_or_default()
    }

    /// Shows what of the paths can be drawn at once, evenly thinned out.
    fn preview(&self, shot: &Shot<'_>, until_ms: f64) -> usize {
        shot.surface.clear();
        let drawn = Brush::with(&shot.surface, |brush| self.thinned(brush, shot, until_ms) + self.details(brush, shot));
        drawn.unwrap_or_default()
    }

    fn thinned(&self, brush: &mut Brush<'_>, shot: &Shot<'_>, until_ms: f64) -> usize {
        let budget = self.pace.points().min(MOVING_POINTS - DETAIL_POINTS);
        let members = self.paths.members();
        let strides = Strides::within(budget, members, shot.step + 1, self.report.settings.dt);
        // Fewer lines are stronger ones.
        let alpha = (self.alpha * (strides.members as f64).sqrt()).min(0.7);
        let mut points = 0;
        for member in (0..members).step_by(strides.members) {
            let row = self.paths.row(&shot.drawing.trajectories, member, shot.step);
            for stretch in self.paths.stretches(member, shot.step) {
                if points >= budget || (brush.lines().is_multiple_of(LINES_PER_LOOK) && dom::now_ms() > until_ms) {
                    return points;
                }
                let line = line(row, stretch.from, stretch.to, strides.states, &shot.projection);
                points += line.len();
                let colour = self.palette.member(member, stretch.shade, alpha);
                brush.line(&shot.projection.border(), line, colour, LINE);
            }
        }
        points
    }

    /// Tails, heads and the mean's path; gives the number of their points.
    fn details(&self, brush: &mut Brush<'_>, shot: &Shot<'_>) -> usize {
        let members = self.paths.members();
        let border = shot.projection.border();
        let mut points = 0;
        let tails = if shot.is_moving { (self.pace.points() / POINTS_PER_TAIL).min(TAILS) } else { TAILS };
        for member in (0..members).step_by(members.div_ceil(tails.max(1)).max(1)) {
            points += self.tail(brush, shot, member);
        }
        if shot.with_mean {
            points += self.mean(brush, shot);
        }
        for member in (0..members).step_by(members.div_ceil(HEADS).max(1)) {
            let row = self.paths.row(&shot.drawing.trajectories, member, shot.step);
            if let Some(state) = row.last() {
                let colour = self.palette.member(member, self.paths.shade(member, row.len() - 1), 1.0);
                let ring = with_alpha(self.palette.card, 1.0);
                brush.dot(&border, shot.projection.point(state), HEAD, colour, ring);
                points += 1;
            }
        }
        points
    }

    /// The ensemble mean's path: strong while the members run together, and
    /// lately; in between it wanders where no member does.
    fn mean(&self, brush: &mut Brush<'_>, shot: &Shot<'_>) -> usize {
        let step = u32::try_from(shot.step).unwrap_or(u32::MAX);
        let lately = step.saturating_sub(u32::try_from(self.tail_steps).unwrap_or(u32::MAX));
        let together = self.parting.unwrap_or(u32::MAX).min(step);
        let border = shot.projection.border();
        let mut points = 0;
        for (from, until, alpha, width) in
            [(together, step, 0.25, LINE), (0, together, 0.9, MEAN_LINE), (lately, step, 0.9, MEAN_LINE)]
        {
            let path = mean_path(&shot.drawing.statistics, from, until);
            points += path.len();
            if from == lately
                && let Some(state) = path.last()
            {
                let (ink, ring) = (with_alpha(self.palette.ink, 1.0), with_alpha(self.palette.card, 1.0));
                brush.dot(&border, shot.projection.point(state), MEAN_HEAD, ink, ring);
            }
            let line = path.iter().map(|state| shot.projection.point(state)).collect();
            brush.line(&border, line, with_alpha(self.palette.ink, alpha), width);
        }
        points
    }

    /// A member's last turn or two, ever weaker backwards.
    fn tail(&self, brush: &mut Brush<'_>, shot: &Shot<'_>, member: usize) -> usize {
        let row = self.paths.row(&shot.drawing.trajectories, member, shot.step);
        let Some(last) = row.len().checked_sub(1) else { return 0 };
        let length = self.tail_steps;
        let stride = length.div_ceil(TAIL_POINTS);
        let shade = self.paths.shade(member, last);
        let mut points = 0;
        for band in 0..TAIL_BANDS {
            let end_of = |bands: usize| (shot.step + length * bands / TAIL_BANDS).saturating_sub(length).min(last);
            let (from, to) = (end_of(band), end_of(band + 1));
            if from < to {
                let share = (band + 1) as f64 / TAIL_BANDS as f64;
                let line = line(row, from, to, stride, &shot.projection);
                points += line.len();
                let colour =
                    self.palette.member(member, shade, self.alpha.max(0.1) + 0.3 * share + 0.3 * share * share);
                brush.line(&shot.projection.border(), line, colour, LINE + TAIL_GROWTH * share);
            }
        }
        points
    }

    /// Which way x, y and z point, in the corner.
    fn tripod(&self, surface: &Surface, camera: Camera) {
        let Surface { context, height, .. } = surface;
        let (left, bottom) = (30.0, height - 30.0);
        context.set_stroke_style_str(&theme::css(self.palette.ink_soft, 0.7));
        context.set_fill_style_str(&theme::css(self.palette.ink_soft, 1.0));
        context.set_line_width(1.0);
        for (name, (right, up)) in ["x", "y", "z"].into_iter().zip(camera.axes()) {
            // An axis that points at us has no direction.
            if right.hypot(up) < 0.3 {
                continue;
            }
            context.begin_path();
            context.move_to(left, bottom);
            context.line_to(left + 15.0 * right, bottom - 15.0 * up);
            context.stroke();
            let away = 15.0 + 8.0 / right.hypot(up);
            surface.text(name, left + away * right, bottom - away * up, 12.0, "center");
        }
    }
}

/// Every so many points of a stretch of a path, and its last one.
fn line(row: &[State], from: usize, to: usize, stride: usize, projection: &Projection) -> Vec<Point> {
    let states = row.get(from..=to).unwrap_or_default();
    let mut line: Vec<_> = states.iter().step_by(stride.max(1)).map(|state| projection.point(state)).collect();
    if let Some(last) = states.last()
        && !(states.len() - 1).is_multiple_of(stride.max(1))
    {
        line.push(projection.point(last));
    }
    line
}
