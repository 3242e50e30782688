//! Where lanes and moments lie on the canvas. All lengths in sixteenths of the
//! root's font size: CSS pixels, unless the page is shown larger.

use crate::model::course::Lane;

/// Room for a lane's name at the left, at least and at most.
pub const LEFT: f64 = 66.0;
const LEFT_MOST: f64 = 120.0;
/// Room that a letter of it takes.
const LETTER: f64 = 6.6;
/// Height of a lane with the room around its bar: also the size of its target.
pub const LANE: f64 = 24.0;
/// The same where there is much room.
const LANE_MOST: f64 = 96.0;
/// A bar's share of its lane's height.
const BAR: f64 = 14.0 / 24.0;
/// Height of a lane's name.
const NAME: f64 = 10.0;
/// Height of the time axis.
pub const AXIS: f64 = 24.0;
/// Room at the right for half of the last mark's text.
const RIGHT: f64 = 12.0;
/// Room that a mark's text takes.
const TICK: f64 = 64.0;
/// How far beside a span it is still meant.
const NEAR: f64 = 5.0;

/// The height of so many lanes with their axis, where nothing else decides it.
#[must_use]
pub fn height(lanes: usize) -> f64 {
    LANE * lanes as f64 + AXIS
}

/// The lanes' extent down a chart: they share what height it has.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Down {
    top: f64,
    /// From one lane to the next.
    lane: f64,
    lanes: usize,
}

impl Down {
    /// So many lanes in a chart of this height, above the axis; in the middle of one that is too high.
    #[must_use]
    pub fn of(height: f64, lanes: usize) -> Self {
        let room = (height - AXIS).max(1.0);
        let lane = (room / lanes.max(1) as f64).min(LANE_MOST);
        Self { top: (room - lane * lanes as f64) / 2.0, lane, lanes }
    }

    /// Where the first lane begins.
    #[must_use]
    pub fn top(&self) -> f64 {
        self.top
    }

    /// Where the last lane ends and the axis begins.
    #[must_use]
    pub fn bottom(&self) -> f64 {
        self.top + self.lane * self.lanes as f64
    }

    /// Height of a lane's bar.
    #[must_use]
    pub fn bar(&self) -> f64 {
        self.lane * BAR
    }

    /// The top of a lane's bar.
    #[must_use]
    pub fn bar_top(&self, lane: usize) -> f64 {
        self.top + self.lane * lane as f64 + (self.lane - self.bar()) / 2.0
    }

    /// Every how many lanes there is room for a name.
    #[must_use]
    pub fn names_every(&self) -> usize {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let every = (NAME / self.lane).ceil() as usize;
        every.max(1)
    }

    /// The lane at this height; `None` above all and on the axis.
    #[must_use]
    pub fn lane_at(&self, y: f64) -> Option<usize> {
        let lane = ((y - self.top) / self.lane).floor();
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        (lane >= 0.0 && lane < self.lanes as f64).then_some(lane as usize)
    }
}

/// The time's extent across a chart.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Across {
    /// Where the window begins, beside the names.
    pub left: f64,
    /// From the window's begin to its end.
    pub length: f64,
}

impl Across {
    /// In a chart of this width, beside names of at most so many letters.
    #[must_use]
    pub fn of(width: f64, letters: usize) -> Self {
        let left = (letters as f64 * LETTER + 8.0).clamp(LEFT, LEFT_MOST);
        Self { left, length: (width - left - RIGHT).max(10.0) }
    }

    /// In a chart of this width, for a course's lanes.
    #[must_use]
    pub fn beside(width: f64, lanes: &[Lane]) -> Self {
        Self::of(width, lanes.iter().map(|lane| lane.name.chars().count()).max().unwrap_or(0))
    }

    /// Where a share of the window lies; shares outside lie at the edge.
    #[must_use]
    pub fn x(&self, share: f64) -> f64 {
        self.left + self.length * share.clamp(0.0, 1.0)
    }

    /// The share of the window at `x`.
    #[must_use]
    pub fn share(&self, x: f64) -> f64 {
        (x - self.left) / self.length
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
        let down = Down::of(height(3), 3);
        assert_eq!((down.lane, down.bar()), (LANE, 14.0));
        assert_eq!(down.lane_at(0.0), Some(0));
        assert_eq!(down.lane_at(down.bar_top(2) + down.bar()), Some(2));
        assert_eq!(down.lane_at(LANE * 3.0), None);
        assert_eq!(down.lane_at(-1.0), None);
        assert_eq!(down.lane_at(f64::NAN), None);
        const { assert!(LANE >= 24.0, "a target needs its size") };
    }

    #[test]
    fn lanes_share_the_height_that_there_is() {
        for (chart, lanes) in [(height(3), 3), (900.0, 2), (150.0, 20), (40.0, 9), (0.0, 4), (300.0, 0)] {
            let down = Down::of(chart, lanes);
            assert!(down.top >= 0.0 && down.bottom() <= (chart - AXIS).max(1.0) + 1e-9, "{lanes} in {chart}: {down:?}");
            assert!(down.bottom() + AXIS <= chart.max(AXIS + 1.0) + 1e-9, "no room for the axis: {down:?}");
            for lane in 0..lanes {
                assert_eq!(down.lane_at(down.bar_top(lane) + down.bar() / 2.0), Some(lane), "{down:?}");
            }
        }
        assert_eq!(Down::of(height(5), 5).names_every(), 1);
        assert!(Down::of(150.0, 20).names_every() >= 2);
    }

    #[test]
    fn shares_and_lengths_agree() {
        let across = Across::of(600.0, 8);
        assert_eq!(across.share(across.x(0.25)), 0.25);
        assert_eq!(across.x(-3.0), LEFT);
        assert!(Across::of(0.0, 99).length > 0.0);
        assert!(Across::of(300.0, 8).ticks() < across.ticks());
    }

    #[test]
    fn long_names_have_their_room() {
        assert_eq!(Across::of(600.0, "worker 8".len()).left, LEFT);
        assert!(Across::of(600.0, "main thread".len()).left > 78.0);
        assert_eq!(Across::of(600.0, 400).left, LEFT_MOST);
    }
}
