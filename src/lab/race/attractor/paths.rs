//! Members' paths in pieces of about a turn's length, and how far each member
//! has left the others: all start in one colour and fade apart into their own.

use super::extent::Extent;
use crate::model::lorenz::State;
use crate::model::report::Drawing;
use crate::model::statistics::Statistics;

/// A piece takes so much of the equations' time: most of a turn around a wing.
const PIECE_TIME: f64 = 0.5;
/// Steps of a piece, whatever the time step.
const PIECE_STEPS: (f64, f64) = (8.0, 400.0);
/// A line of one colour is drawn at one go over at most so many pieces.
const RUN_PIECES: usize = 4;
/// States that are looked at to find the attractor's extent.
const SAMPLES: usize = 12_000;

/// From one colour for all to one's own there are so many shades.
pub const SHADES: u8 = 6;
/// Distances from the ensemble's mean, in halves of the attractor's box, at
/// which a member begins to have, and has, its own colour.
const PARTING: (f64, f64) = (0.15, 0.9);

/// A stretch of one member's path in one shade.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Stretch {
    /// The first state.
    pub from: usize,
    /// The last state, included.
    pub to: usize,
    /// 0: like all others … [`SHADES`]: its own colour.
    pub shade: u8,
}

/// The paths of the members that are drawn.
#[derive(Clone, Debug)]
pub struct Paths {
    members: usize,
    states: usize,
    piece_steps: usize,
    /// Per member: the states before the first non-finite one.
    lengths: Vec<usize>,
    /// Per member and piece.
    shades: Vec<u8>,
    extent: Extent,
}

impl Paths {
    /// Measures what there is to draw, with steps of `dt`.
    #[must_use]
    pub fn of(drawing: &Drawing, dt: f64) -> Self {
        let Drawing { members, states, ref trajectories, ref statistics } = *drawing;
        let rows: Vec<_> = (0..members).map(|member| states_of(trajectories, states, member)).collect();
        let lengths: Vec<_> = rows.iter().map(|row| finite(row)).collect();
        let finite_rows = rows.iter().zip(&lengths).filter_map(|(row, length)| row.get(..*length));
        let stride = lengths.iter().sum::<usize>().div_ceil(SAMPLES).max(1);
        let samples: Vec<_> = finite_rows.clone().flatten().step_by(stride).copied().collect();
        let starts: Vec<_> = finite_rows.clone().filter_map(|row| row.first()).copied().collect();
        let extent = Extent::around(&samples, &starts);

        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let piece_steps = (PIECE_TIME / dt).round().clamp(PIECE_STEPS.0, PIECE_STEPS.1) as usize;
        let pieces = (states.max(2) - 1).div_ceil(piece_steps);
        let mut shades = Vec::with_capacity(members * pieces);
        for row in finite_rows {
            let mut shade = 0;
            for piece in 0..pieces {
                // Who has parted from the others keeps the colour, even when they meet by chance.
                shade = shade.max(shade_at(row, piece * piece_steps, statistics, &extent));
                shades.push(shade);
            }
        }
        Self { members, states, piece_steps, lengths, shades, extent }
    }

    /// Members that are drawn.
    #[must_use]
    pub fn members(&self) -> usize {
        self.members
    }

    /// Saved states per member.
    #[must_use]
    pub fn states(&self) -> usize {
        self.states
    }

    /// The room they take.
    #[must_use]
    pub fn extent(&self) -> &Extent {
        &self.extent
    }

    /// The states of a member before its first non-finite one, up to step `until`.
    #[must_use]
    pub fn row<'a>(&self, trajectories: &'a [f64], member: usize, until: usize) -> &'a [State] {
        let length = self.lengths.get(member).map_or(0, |length| (*length).min(until.saturating_add(1)));
        states_of(trajectories, self.states, member).get(..length).unwrap_or_default()
    }

    /// All states that can be drawn.
    #[must_use]
    pub fn points(&self) -> usize {
        self.lengths.iter().sum()
    }

    /// Pieces of a member's path, finite or not.
    #[must_use]
    pub fn pieces(&self) -> usize {
        (self.states.max(2) - 1).div_ceil(self.piece_steps)
    }

    /// Steps of a piece.
    #[must_use]
    pub fn piece_steps(&self) -> usize {
        self.piece_steps
    }

    /// Pieces that are over at a step.
    #[must_use]
    pub fn pieces_until(&self, step: usize) -> usize {
        if step + 1 >= self.states { self.pieces() } else { step / self.piece_steps }
    }

    /// One piece of one member; `None` where nothing of it is finite.
    #[must_use]
    pub fn piece(&self, member: usize, piece: usize) -> Option<Stretch> {
        let from = piece * self.piece_steps;
        let last = self.lengths.get(member)?.checked_sub(1)?;
        let to = (from + self.piece_steps).min(last);
        (from < to || (from == 0 && last == 0)).then(|| Stretch { from, to, shade: self.shade(member, from) })
    }

    /// The shade of a member at a step.
    #[must_use]
    pub fn shade(&self, member: usize, step: usize) -> u8 {
        let piece = (step / self.piece_steps).min(self.pieces() - 1);
        self.shades.get(member * self.pieces() + piece).copied().unwrap_or_default()
    }

    /// A member's path from its start to a step, in stretches of one shade that
    /// are not too long: crossings of a path with itself are to be seen.
    pub fn stretches(&self, member: usize, until: usize) -> impl Iterator<Item = Stretch> + use<'_> {
        let last = self.lengths.get(member).and_then(|length| length.checked_sub(1)).map(|last| last.min(until));
        let mut from = 0;
        std::iter::from_fn(move || {
            let last = last.filter(|last| from < *last)?;
            let shade = self.shade(member, from);
            let ends = (1..=RUN_PIECES).map(|pieces| (from / self.piece_steps + pieces) * self.piece_steps);
            let first_end = (from / self.piece_steps + 1) * self.piece_steps;
            let end = ends.take_while(|end| *end == first_end || self.shade(member, end - 1) == shade).last();
            let to = end.unwrap_or(first_end).min(last);
            let stretch = Stretch { from, to, shade };
            from = to;
            Some(stretch)
        })
    }
}

/// All states of one member.
fn states_of(trajectories: &[f64], states: usize, member: usize) -> &[State] {
    let values = states * 3;
    let start = member.saturating_mul(values);
    trajectories.get(start..start.saturating_add(values)).unwrap_or_default().as_chunks::<3>().0
}

/// How many states come before the first non-finite one: a state that is not finite stays so.
fn finite(states: &[State]) -> usize {
    states.partition_point(|state| state.iter().all(|value| value.is_finite()))
}

/// How far a member is from the ensemble's mean at about this step, as a shade;
/// 0 where that can't be told.
fn shade_at(row: &[State], step: usize, statistics: &Statistics, extent: &Extent) -> u8 {
    let stride = statistics.steps.get(1).map_or(1, |step| *step as usize).max(1);
    let index = (step / stride).min(statistics.steps.len().saturating_sub(1));
    let mean = statistics.mean.as_chunks::<3>().0.get(index);
    let (Some(mean), Some(state)) = (mean, row.get(index * stride)) else { return 0 };
    let (begin, end) = PARTING;
    let share = ((extent.distance(state, mean) - begin) / (end - begin)).clamp(0.0, 1.0);
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let shade = (share * f64::from(SHADES)).round() as u8;
    shade
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ensemble::initial_conditions;
    use crate::model::lorenz::Parameters;

    /// Trajectories of `members` members, without any executor.
    fn drawing(members: u32, steps: u32, dt: f64) -> Drawing {
        let parameters = Parameters { dt, ..Parameters::LORENZ_1963 };
        let mut trajectories = Vec::new();
        for state in initial_conditions(members, 42).as_chunks::<3>().0 {
            let states = std::iter::successors(Some(*state), |state| Some(parameters.step(*state)));
            trajectories.extend(states.take(steps as usize + 1).flatten());
        }
        let statistics = Statistics::of_trajectories(&trajectories, steps);
        Drawing { members: members as usize, states: steps as usize + 1, trajectories, statistics }
    }

    #[test]
    fn all_start_in_one_colour_and_end_in_their_own() {
        let drawing = drawing(30, 5000, 0.01);
        let paths = Paths::of(&drawing, 0.01);
        assert_eq!((paths.piece_steps(), paths.pieces(), paths.points()), (50, 100, 150_030));
        for member in 0..30 {
            let shades: Vec<_> = (0..=5000).map(|step| paths.shade(member, step)).collect();
            assert_eq!((shades[0], shades[5000]), (0, SHADES));
            assert!(shades.is_sorted());
        }
    }

    #[test]
    fn one_member_alone_has_nobody_to_leave() {
        let paths = Paths::of(&drawing(1, 2000, 0.01), 0.01);
        assert_eq!(paths.shade(0, 2000), 0);
    }

    #[test]
    fn pieces_and_stretches_cover_each_path_once() {
        for (members, steps, dt) in [(3, 1234, 0.01), (2, 1, 0.01), (5, 77, 0.1), (2, 900, 0.0001)] {
            let drawing = drawing(members, steps, dt);
            let paths = Paths::of(&drawing, dt);
            for member in 0..members as usize {
                let last = paths.row(&drawing.trajectories, member, usize::MAX).len() - 1;
                let pieces = (0..paths.pieces()).filter_map(|piece| paths.piece(member, piece));
                for stretches in [pieces.collect::<Vec<_>>(), paths.stretches(member, usize::MAX).collect()] {
                    assert_eq!(stretches.first().map(|it| it.from), Some(0));
                    assert_eq!(stretches.last().map(|it| it.to), Some(last));
                    assert!(stretches.windows(2).all(|pair| pair[0].to == pair[1].from));
                    assert!(stretches.iter().all(|it| it.from < it.to && it.shade == paths.shade(member, it.from)));
                }
            }
        }
    }

    #[test]
    fn stretches_end_at_the_step_that_is_shown() {
        let paths = Paths::of(&drawing(2, 300, 0.01), 0.01);
        assert_eq!(paths.stretches(1, 120).last().map(|it| it.to), Some(120));
        assert_eq!(paths.stretches(1, 0).count(), 0);
        assert_eq!((paths.pieces_until(49), paths.pieces_until(50), paths.pieces_until(300)), (0, 1, 6));
    }

    #[test]
    fn a_path_ends_at_the_first_non_finite_state() {
        let mut drawing = drawing(2, 99, 0.01);
        for value in &mut drawing.trajectories[72..300] {
            *value = f64::NAN;
        }
        let paths = Paths::of(&drawing, 0.01);
        assert_eq!(paths.row(&drawing.trajectories, 0, usize::MAX).len(), 24);
        assert_eq!(paths.row(&drawing.trajectories, 1, 10).len(), 11);
        assert_eq!(paths.row(&drawing.trajectories, 2, usize::MAX), [] as [State; 0]);
        assert_eq!(paths.points(), 124);
        assert_eq!(paths.piece(0, 0), Some(Stretch { from: 0, to: 23, shade: paths.shade(0, 0) }));
        assert_eq!(paths.piece(0, 1), None);
        assert_eq!(paths.stretches(0, usize::MAX).map(|it| it.to).last(), Some(23));
    }

    #[test]
    fn a_blow_up_is_drawn_as_far_as_it_goes() {
        let drawing = drawing(4, 500, 0.1);
        let paths = Paths::of(&drawing, 0.1);
        assert!(paths.points() < 4 * 501);
        assert!(
            (0..4).all(|member| paths
                .row(&drawing.trajectories, member, 500)
                .iter()
                .flatten()
                .all(|it| it.is_finite()))
        );
    }

    #[test]
    fn nothing_to_draw_is_no_trouble() {
        let none = Drawing {
            members: 0,
            states: 1,
            trajectories: Vec::new(),
            statistics: Statistics::of_trajectories(&[], 0),
        };
        let paths = Paths::of(&none, 0.01);
        assert_eq!((paths.points(), paths.pieces(), paths.piece(0, 0)), (0, 1, None));
    }
}
