//! The picture of a kitchen: rows, and who has which shade. Pure; `picture` draws it.

use super::kitchen::{Kitchen, Stay};

/// Room for a lane, CSS pixels.
pub const LANE: f64 = 15.0;
/// Of it, the bar's.
const BAR: f64 = 0.74;
/// Room for the lanes' names, CSS pixels.
pub const NAMES: f64 = 76.0;
/// Narrower than this nothing is drawn beside what is there already, CSS pixels.
const FINE: f64 = 0.75;
/// So strong are the shades: neighbours differ.
const SHADES: [f64; 8] = [1.0, 0.5, 0.78, 0.32, 0.9, 0.4, 0.66, 0.24];

/// How strong somebody's colour is; the main thread's is like nobody's.
#[must_use]
pub fn shade(chef: u32) -> f64 {
    let index = usize::try_from(chef).unwrap_or_default();
    index.checked_sub(1).map_or(0.14, |it| SHADES[it % SHADES.len()])
}

/// Lanes of a kitchen, the lock's among them.
#[must_use]
pub fn lanes(kitchen: &Kitchen) -> usize {
    kitchen.chefs.len() + usize::from(!kitchen.turns.is_empty())
}

/// Where things are, of so many lanes on so much room.
#[derive(Clone, Copy, Debug)]
pub struct Plan {
    /// Height of the whole, CSS pixels.
    pub height: f64,
    /// How many lanes.
    pub lanes: usize,
    /// Where the time begins, CSS pixels.
    pub left: f64,
    /// CSS pixels for a millisecond.
    pub per_ms: f64,
}

impl Plan {
    /// A plan whose width stands for `axis_ms`.
    #[must_use]
    pub fn new(width: f64, height: f64, lanes: usize, axis_ms: f64) -> Self {
        let left = NAMES.min(width / 3.0);
        let per_ms = if axis_ms > 0.0 { (width - left).max(1.0) / axis_ms } else { 0.0 };
        Self { height, lanes: lanes.max(1), left, per_ms }
    }

    /// From lane to lane.
    #[must_use]
    pub fn pitch(&self) -> f64 {
        self.height / self.lanes as f64
    }

    /// Where a lane's bar begins.
    #[must_use]
    pub fn top(&self, lane: usize) -> f64 {
        self.pitch() * (lane as f64 + (1.0 - BAR) / 2.0)
    }

    /// How high it is.
    #[must_use]
    pub fn bar(&self) -> f64 {
        self.pitch() * BAR
    }

    /// Where a moment is.
    #[must_use]
    pub fn x(&self, ms: f64) -> f64 {
        self.left + ms * self.per_ms
    }

    /// From where to where, from the left, at which of them there is something to draw:
    /// what is too narrow to be seen beside what is there already is left out.
    #[must_use]
    pub fn seen(&self, stays: impl Iterator<Item = Stay>) -> Vec<(usize, f64, f64)> {
        let mut seen: Vec<(usize, f64, f64)> = Vec::new();
        for (index, (from, to)) in stays.enumerate() {
            let (x, end) = (self.x(from), self.x(to));
            let until = seen.last().map_or(f64::NEG_INFINITY, |it| it.1 + it.2);
            if end - until >= FINE {
                let x = x.max(until);
                seen.push((index, x, (end - x).max(FINE)));
            }
        }
        seen
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn neighbours_have_different_shades() {
        for chef in 1..8 {
            assert!((shade(chef) - shade(chef + 1)).abs() > 0.15, "{chef}");
        }
        assert!(shade(0) < shade(8));
    }

    #[test]
    fn lanes_fill_the_height() {
        let plan = Plan::new(500.0, 75.0, 5, 424.0);
        assert_eq!(plan.pitch(), 15.0);
        assert!(plan.top(4) + plan.bar() < 75.0);
        assert_eq!((plan.x(0.0), plan.x(424.0)), (76.0, 500.0));
        assert_eq!(Plan::new(500.0, 75.0, 5, 0.0).x(9.0), 76.0);
    }

    proptest! {
        #[test]
        fn what_is_drawn_does_not_overlap(turns in prop::collection::vec((0.0..5.0_f64, 0.0..5.0_f64), 0..200)) {
            let mut ms = 0.0;
            let stays: Vec<_> = turns.into_iter().map(|(pause, length)| {
                let from = ms + pause;
                ms = from + length;
                (from, ms)
            }).collect();
            let plan = Plan::new(600.0, 60.0, 4, 900.0);
            let seen = plan.seen(stays.into_iter());
            for pair in seen.windows(2) {
                prop_assert!(pair[0].1 + pair[0].2 <= pair[1].1 + 1e-9);
            }
            prop_assert!(seen.iter().all(|it| it.2 >= FINE));
        }
    }
}
