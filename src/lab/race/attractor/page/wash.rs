//! The picture at rest: all points of all paths up to a piece, drawn in slices
//! where nobody sees it, and shown in one go. Time that goes on adds to it.

use super::brush::Brush;
use super::palette::Palette;
use crate::lab::race::attractor::decimation::Pace;
use crate::lab::race::attractor::paths::Paths;
use crate::lab::race::attractor::projection::Projection;
use crate::page::dom;
use crate::view::surface::Surface;
use crate::workload::lorenz::equations::State;

/// Width of a line, CSS pixels.
pub(super) const LINE: f64 = 0.6;
/// Beginning a line takes as long as so many points of it.
const POINTS_PER_LINE: usize = 24;
/// Lines between two looks at the clock.
pub(super) const LINES_PER_LOOK: usize = 8;

/// See the module's words.
#[derive(Default)]
pub(super) struct Wash {
    surface: Option<Surface>,
    projection: Option<Projection>,
    /// All members' pieces before this one are drawn.
    piece: usize,
    /// And of this one, so many members'.
    member: usize,
    points: usize,
    /// How many points a slice may have.
    pace: Pace,
    /// Where slices are shown, so that they are really drawn.
    drain: Option<Surface>,
}

impl Wash {
    /// Begins anew unless what is drawn so far is part of what is wanted; true if so.
    pub(super) fn aim(&mut self, like: &Surface, projection: Projection, pieces: usize) -> bool {
        let is_beyond = self.piece > pieces || (self.piece == pieces && self.member > 0);
        if self.projection == Some(projection) && !is_beyond {
            return false;
        }
        match &self.surface {
            Some(surface) => surface.clear(),
            None => {
                self.surface = Surface::unseen(like.width, like.height, like.scale);
                self.drain = Surface::unseen(1.0, 1.0, 1.0);
            }
        }
        (self.piece, self.member, self.points) = (0, 0, 0);
        self.projection = Some(projection);
        true
    }

    /// About how many points are missing up to a piece.
    pub(super) fn missing(&self, paths: &Paths, pieces: usize) -> usize {
        (pieces.saturating_sub(self.piece) * paths.members()).saturating_sub(self.member)
            * (paths.piece_steps().min(paths.states()) + POINTS_PER_LINE)
    }

    /// Goes on drawing until all pieces are there, or the time is up; true when all are.
    pub(super) fn advance(
        &mut self,
        paths: &Paths,
        trajectories: &[f64],
        palette: &Palette,
        alpha: f64,
        pieces: usize,
        until_ms: f64,
    ) -> bool {
        let (Some(surface), Some(projection)) = (self.surface.clone(), self.projection) else { return true };
        let (begin_ms, last_point) = (dom::now_ms(), self.points + self.pace.points());
        let is_whole = Brush::with(&surface, |brush| {
            while self.piece < pieces {
                let is_time_to_look = brush.lines().is_multiple_of(LINES_PER_LOOK);
                if self.points > last_point || (is_time_to_look && dom::now_ms() > until_ms) {
                    return false;
                }
                if let Some(stretch) = paths.piece(self.member, self.piece) {
                    let row = paths.row(trajectories, self.member, stretch.to);
                    let states = row.get(stretch.from..).unwrap_or_default();
                    let line = states.iter().map(|state: &State| projection.point(state)).collect();
                    self.points += states.len() - usize::from(stretch.from > 0);
                    brush.line(&projection.border(), line, palette.member(self.member, stretch.shade, alpha), LINE);
                }
                self.member += 1;
                if self.member >= paths.members() {
                    (self.piece, self.member) = (self.piece + 1, 0);
                }
            }
            true
        });
        if is_whole == Some(false) {
            self.drain.iter().for_each(|drain| drain.drain(&surface));
            self.pace.learn(dom::now_ms() - begin_ms);
        }
        is_whole.unwrap_or(true)
    }

    /// What is drawn so far.
    pub(super) fn surface(&self) -> Option<&Surface> {
        self.surface.as_ref()
    }

    /// Points drawn so far.
    pub(super) fn points(&self) -> usize {
        self.points
    }
}
