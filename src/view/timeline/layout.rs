//! Where lanes and moments lie on the canvas. All lengths in sixteenths of the
//! root's font size: CSS pixels, unless the page is shown larger.

/// Room for a lane's name, at the left.
pub const LEFT: f64 = 66.0;
/// Height of a lane with the room around its bar: also the size of its target.
pub const LANE: f64 = 24.0;
/// Height of a lane's bar.
pub const BAR: f64 = 14.0;
/// Height of the time axis.
pub const AXIS: f64 = 24.0;
/// Room at the right for half of the last mark's text.
const RIGHT: f64 = 12.0;
/// Room that a mark's text takes.
const TICK: f64 = 64.0;
/// How far beside a span it is still meant.
const NEAR: f64 = 5.0;

/// The height of so many lanes with their axis.
#[must_use]
pub fn height(lanes: usize) -> f64 {
    LANE * lanes as f64 + AXIS
}

/// The top of a lane's bar.
#[must_use]
pub fn bar_top(lane: usize) -> f64 {
    LANE * lane as f64 + (LANE - BAR) / 2.0
}

/// The lane at this height; `None` above all and on the axis.
#[must_use]
pub fn lane_at(y: f64, lanes: usize) -> Option<usize> {
    let lane = (y / LANE).floor();
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    (lane >= 0.0 && lane < lanes as f64).then_some(lane as usize)
}

/// The time's extent across a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Across {
    /// From the window's begin to its end.
    pub length: f64,
}

impl Across {
    /// In a chart of this width.
    #[must_use]
    pub fn of(width: f64) -> Self {
        Self { length: (width - LEFT - RIGHT).max(10.0) }
    }

    /// Where a share of the window lies; shares outside lie at the edge.
    #[must_use]
    pub fn x(&self, share: f64) -> f64 {
        LEFT + self.length * share.clamp(0.0, 1.0)
    }

    /// The share of the window at `x`.
    #[must_use]
    pub fn share(&self, x: f64) -> f64 {
        (x - LEFT) / self.length
    }

    /// What share of the window a span may be beside the pointer.
    #[must_use]
    pub fn tolerance(&self) -> f64 {
        NEAR / self.length
    }

    /// How many marks the axis has room for.
    #[must_use]
    pub fn ticks(&self) -> usize {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let most = (self.length / TICK) as usize;
        most.clamp(4, 8)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_pointer_finds_the_lane_under_it() {
        assert_eq!(lane_at(0.0, 3), Some(0));
        assert_eq!(lane_at(bar_top(2) + BAR, 3), Some(2));
        assert_eq!(lane_at(LANE * 3.0, 3), None);
        assert_eq!(lane_at(-1.0, 3), None);
        assert_eq!(lane_at(f64::NAN, 3), None);
        const { assert!(LANE >= 24.0, "a target needs its size") };
    }

    #[test]
    fn shares_and_lengths_agree() {
        let across = Across::of(600.0);
        assert_eq!(across.share(across.x(0.25)), 0.25);
        assert_eq!(across.x(-3.0), LEFT);
        assert!(Across::of(0.0).length > 0.0);
        assert!(Across::of(300.0).ticks() < across.ticks());
    }
}
