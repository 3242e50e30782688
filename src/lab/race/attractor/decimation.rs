//! What is left out while the picture moves, so that a frame takes little time.

/// Points that a frame of a moving picture may hold.
pub const MOVING_POINTS: usize = 60_000;
/// A picture that moves has so many points at least, however slow the machine.
const FEWEST_POINTS: usize = 1_500;
/// The first frame is careful.
const FIRST_POINTS: usize = 20_000;

/// A frame's script that took longer was too long, ms.
const LONG_MS: f64 = 4.5;
/// A frame's script that took less could have done more, ms.
const SHORT_MS: f64 = 3.0;

/// Lines between states farther apart look like polygons: so much of the equations' time.
const COARSEST_TIME: f64 = 0.02;
/// Beginning a line takes as long as so many points of it.
const POINTS_PER_LINE: usize = 24;
/// Points of a line, about.
const LINE_POINTS: usize = 96;

/// Every so many members, and of these every so many states.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Strides {
    /// Every so many members.
    pub members: usize,
    /// Every so many states.
    pub states: usize,
}

impl Strides {
    /// Strides by which `members` paths of `states` states, steps of `dt`, cost no more
    /// than `budget` points: first states are left out, as long as lines look
    /// round, then members.
    #[must_use]
    pub fn within(budget: usize, members: usize, states: usize, dt: f64) -> Self {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let coarsest = (COARSEST_TIME / dt + 1e-9).clamp(1.0, 1e6) as usize;
        let members_of = |stride: usize| members.div_ceil(stride).max(1);
        let coarse_cost = path_cost(states.div_ceil(coarsest)).max(1);
        let member_stride = members.max(1).div_ceil((budget / coarse_cost).max(1));
        let points_each = points_for(budget / members_of(member_stride)).max(2);
        Self { members: member_stride, states: states.div_ceil(points_each).max(1) }
    }
}

/// What a path of so many points costs, lines included.
fn path_cost(points: usize) -> usize {
    points + POINTS_PER_LINE * (1 + points.div_ceil(LINE_POINTS))
}

/// The most points of a path that costs no more than that.
fn points_for(cost: usize) -> usize {
    cost.saturating_sub(2 * POINTS_PER_LINE) * LINE_POINTS / (LINE_POINTS + POINTS_PER_LINE)
}

/// How many points a frame may hold, as this machine can draw.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    points: f64,
}

impl Default for Pace {
    fn default() -> Self {
        Self { points: FIRST_POINTS as f64 }
    }
}

impl Pace {
    /// Points for the next frame.
    #[must_use]
    pub fn points(&self) -> usize {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let points = self.points as usize;
        points
    }

    /// Learns how long the script of a frame with that many points took.
    pub fn learn(&mut self, script_ms: f64) {
        // A single long frame is more often another program's doing than ours.
        let factor = match script_ms {
            ms if ms > LONG_MS => 0.8,
            ms if ms < SHORT_MS => 1.1,
            _ => 1.0,
        };
        self.points = (self.points * factor).clamp(FEWEST_POINTS as f64, MOVING_POINTS as f64);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_default_race_leaves_out_states_before_members() {
        assert_eq!(Strides::within(MOVING_POINTS, 30, 5001, 0.01), Strides { members: 2, states: 2 });
        assert_eq!(Strides::within(20_000, 30, 5001, 0.01), Strides { members: 5, states: 2 });
        assert_eq!(Strides::within(MOVING_POINTS, 30, 500, 0.01), Strides { members: 1, states: 1 });
        assert_eq!(Strides::within(MOVING_POINTS, 30, 5001, 0.0001).members, 1);
    }

    #[test]
    fn the_pace_slows_down_and_recovers() {
        let mut pace = Pace::default();
        pace.learn(12.0);
        assert_eq!(pace.points(), FIRST_POINTS * 4 / 5);
        for _ in 0..100 {
            pace.learn(1.0);
        }
        assert_eq!(pace.points(), MOVING_POINTS);
        for _ in 0..100 {
            pace.learn(50.0);
        }
        assert_eq!(pace.points(), FEWEST_POINTS);
        pace.learn(5.0);
        assert_eq!(pace.points(), FEWEST_POINTS);
    }

    proptest! {
        #[test]
        fn no_frame_holds_too_many_points(
            budget in FEWEST_POINTS..=MOVING_POINTS, members in 1_usize..350_000, states in 2_usize..100_002,
            dt in 0.000_001..0.1,
        ) {
            let strides = Strides::within(budget, members, states, dt);
            let (members, points) = (members.div_ceil(strides.members), states.div_ceil(strides.states));
            prop_assert!(members >= 1 && points >= 1);
            prop_assert!(members * points <= budget.max(2 * members), "{strides:?}");
        }
    }
}
