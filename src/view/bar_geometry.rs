//! Where the pieces of a timing bar lie on its axis.

use crate::model::report::ExecutorResult;
use crate::model::settings::Executor;

/// Wall times that differ by more than this factor need a logarithmic axis.
const LOG_RATIO: f64 = 50.0;

/// One of the four consecutive intervals of a repeat.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Part {
    /// Starting the workers.
    Startup,
    /// Sending the tasks.
    Send,
    /// Computing.
    Compute,
    /// Gathering the results.
    Gather,
}

/// An executor's repeat: how long each part took, and how far repeats spread.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bar {
    /// Whose bar it is.
    pub executor: Executor,
    /// Startup, send, compute, gather, ms.
    pub parts_ms: [f64; 4],
    /// The median wall time, ms.
    pub median_ms: f64,
    /// The fastest repeat, ms.
    pub min_ms: f64,
    /// The slowest repeat, ms.
    pub max_ms: f64,
}

impl Bar {
    /// The bar of a result that has times.
    #[must_use]
    pub fn of(result: &ExecutorResult) -> Option<Self> {
        let wall = result.wall_ms?;
        let part = |ms: Option<f64>| ms.unwrap_or(0.0).max(0.0);
        Some(Self {
            executor: result.executor,
            parts_ms: [part(result.startup_ms), part(result.send_ms), part(result.compute_ms), part(result.gather_ms)],
            median_ms: wall.median,
            min_ms: wall.min,
            max_ms: wall.max,
        })
    }
}

/// A piece of a bar: from where to where, as shares of the axis.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Which interval.
    pub part: Part,
    /// Its begin, 0 … 1.
    pub from: f64,
    /// Its end, 0 … 1.
    pub to: f64,
}

/// The axis that all bars share.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Axis {
    /// Powers of ten are evenly spaced.
    pub logarithmic: bool,
    low_ms: f64,
    high_ms: f64,
}

impl Axis {
    /// An axis with room for all bars; it starts at 0 unless logarithmic.
    #[must_use]
    pub fn for_bars(bars: &[Bar]) -> Self {
        let longest = bars.iter().map(|bar| bar.max_ms.max(bar.median_ms)).fold(0.0, f64::max);
        let shortest =
            bars.iter().map(|bar| bar.min_ms.min(bar.median_ms)).filter(|ms| *ms > 0.0).fold(f64::INFINITY, f64::min);
        if !(longest > 0.0 && longest.is_finite() && shortest.is_finite()) {
            return Self { logarithmic: false, low_ms: 0.0, high_ms: 1.0 };
        }
        let medians = bars.iter().map(|bar| bar.median_ms).filter(|ms| *ms > 0.0);
        let (low, high) = medians.fold((f64::INFINITY, 0.0_f64), |(low, high), ms| (low.min(ms), high.max(ms)));
        if high / low > LOG_RATIO {
            // At least half a decade to the left, so that the shortest bar is seen.
            let low_ms = 10_f64.powf((shortest.log10() - 0.5).floor());
            Self { logarithmic: true, low_ms, high_ms: longest * 1.1 }
        } else {
            Self { logarithmic: false, low_ms: 0.0, high_ms: longest * 1.02 }
        }
    }

    /// Where a time lies, 0 … 1.
    #[must_use]
    pub fn position(&self, ms: f64) -> f64 {
        let share = if self.logarithmic {
            (ms.max(self.low_ms) / self.low_ms).log10() / (self.high_ms / self.low_ms).log10()
        } else {
            ms / self.high_ms
        };
        if share.is_finite() { share.clamp(0.0, 1.0) } else { 0.0 }
    }

    /// The pieces of a bar, one after the other without gaps, none of them empty.
    #[must_use]
    pub fn pieces(&self, bar: &Bar) -> Vec<Piece> {
        let parts = [Part::Startup, Part::Send, Part::Compute, Part::Gather];
        let mut end_ms = 0.0;
        let mut pieces = Vec::with_capacity(parts.len());
        for (part, duration_ms) in parts.into_iter().zip(bar.parts_ms) {
            let from = self.position(end_ms);
            end_ms += duration_ms;
            let to = self.position(end_ms);
            if to > from {
                pieces.push(Piece { part, from, to });
            }
        }
        pieces
    }

    /// Round times to mark on the axis, at most about six.
    #[must_use]
    pub fn ticks_ms(&self) -> Vec<f64> {
        if self.logarithmic {
            let decades = (self.high_ms / self.low_ms).log10();
            let stride = (decades / 6.0).ceil().max(1.0);
            let mut ticks = Vec::new();
            let mut exponent = self.low_ms.log10().round();
            while ticks.len() < 16 && 10_f64.powf(exponent) <= self.high_ms {
                ticks.push(10_f64.powf(exponent));
                exponent += stride;
            }
            return ticks;
        }
        let rough = self.high_ms / 5.0;
        let decade = 10_f64.powf(rough.log10().floor());
        let step = [1.0, 2.0, 5.0, 10.0]
            .into_iter()
            .map(|factor| factor * decade)
            .find(|step| *step >= rough)
            .unwrap_or(rough);
        (0..16).map(|index| f64::from(index) * step).take_while(|ms| *ms <= self.high_ms).collect()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bar(parts_ms: [f64; 4]) -> Bar {
        let median_ms: f64 = parts_ms.iter().sum();
        let (min_ms, max_ms) = (median_ms * 0.9, median_ms * 1.1);
        Bar { executor: Executor::Process, parts_ms, median_ms, min_ms, max_ms }
    }

    #[test]
    fn similar_times_share_a_linear_axis() {
        let bars = [bar([0.0, 0.0, 100.0, 0.0]), bar([30.0, 1.0, 20.0, 2.0])];
        let axis = Axis::for_bars(&bars);
        assert!(!axis.logarithmic);
        assert_eq!(axis.ticks_ms(), [0.0, 50.0, 100.0]);
        let parts: Vec<_> = axis.pieces(&bars[1]).iter().map(|piece| piece.part).collect();
        assert_eq!(parts, [Part::Startup, Part::Send, Part::Compute, Part::Gather]);
    }

    #[test]
    fn far_apart_times_need_a_logarithm() {
        let bars = [bar([0.0, 0.0, 0.9, 0.0]), bar([45.0, 0.1, 0.9, 0.1])];
        let axis = Axis::for_bars(&bars);
        assert!(axis.logarithmic);
        assert_eq!(axis.ticks_ms(), [0.1, 1.0, 10.0]);
        assert!(axis.position(0.9) > 0.2);
    }

    #[test]
    fn an_empty_axis_is_still_an_axis() {
        for bars in [vec![], vec![bar([0.0; 4])]] {
            let axis = Axis::for_bars(&bars);
            assert_eq!(axis.position(f64::NAN), 0.0);
            assert!(!axis.ticks_ms().is_empty());
        }
    }

    proptest! {
        #[test]
        fn pieces_are_consecutive_and_inside(
            parts in prop::collection::vec(prop::array::uniform4(0.0..1e5_f64), 1..5),
        ) {
            let bars: Vec<_> = parts.into_iter().map(bar).collect();
            let axis = Axis::for_bars(&bars);
            prop_assert!(axis.ticks_ms().len() <= 16);
            for bar in &bars {
                let mut end = 0.0;
                for piece in axis.pieces(bar) {
                    prop_assert!((0.0..=1.0).contains(&piece.from) && piece.to <= 1.0);
                    prop_assert_eq!(piece.from, end);
                    prop_assert!(piece.to > piece.from);
                    end = piece.to;
                }
            }
        }
    }
}
