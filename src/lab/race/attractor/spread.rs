//! Ensemble mean and spread over time: as a strip, as a path of its own, and
//! when the members part.

use std::iter::once;

use super::extent::Extent;
use crate::model::lorenz::State;
use crate::model::statistics::Statistics;

/// The members have parted once their spread is such a share of the attractor's half box.
const PARTED: f64 = 0.25;
/// Points of the mean's path between two steps at which it is known.
const CURVE_POINTS: u32 = 4;

/// One coordinate of the ensemble at one step.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Band {
    /// The step.
    pub step: u32,
    /// Mean − spread.
    pub low: f64,
    /// Mean.
    pub mean: f64,
    /// Mean + spread.
    pub high: f64,
}

/// The band of x over time, up to where it stops being finite, and the range of
/// an axis for it.
#[must_use]
pub fn band_of_x(statistics: &Statistics) -> (Vec<Band>, (f64, f64)) {
    let first = |values: &[f64]| values.iter().step_by(3).copied().collect::<Vec<_>>();
    let moments = first(&statistics.mean).into_iter().zip(first(&statistics.spread));
    let bands = statistics.steps.iter().zip(moments);
    let bands = bands.map(|(step, (mean, spread))| Band { step: *step, low: mean - spread, mean, high: mean + spread });
    let bands: Vec<_> = bands.take_while(|band| band.low.is_finite() && band.high.is_finite()).collect();
    let range = range(&bands);
    (bands, range)
}

/// The bands' range, or that of their bulk where they end in a blow-up.
fn range(bands: &[Band]) -> (f64, f64) {
    let mut values: Vec<_> = bands.iter().flat_map(|band| once(band.low).chain(once(band.high))).collect();
    values.sort_unstable_by(f64::total_cmp);
    let at = |percent: usize| values.get(values.len().saturating_sub(1) * percent / 100).copied();
    let (Some(min), Some(low), Some(high), Some(max)) = (at(0), at(5), at(95), at(100)) else { return (-1.0, 1.0) };
    let bulk = high - low;
    let (start, end) = if max - min <= 4.0 * bulk { (min, max) } else { (low - bulk, high + bulk) };
    let (start, end) = (start.clamp(-1e150, 1e150), end.clamp(-1e150, 1e150));
    let margin = (end - start) * 0.06;
    if margin > 1e-9 { (start - margin, end + margin) } else { (start - 1.0, start + start.abs().max(1.0)) }
}

/// The first step at which the members have clearly parted; `None` where they
/// never do, or were apart from the start.
#[must_use]
pub fn parting_step(statistics: &Statistics, extent: &Extent) -> Option<u32> {
    let spreads = statistics.spread.as_chunks::<3>().0.iter().map(|spread| extent.length(spread) / 3_f64.sqrt());
    let mut apart =
        statistics.steps.iter().zip(spreads).skip_while(|(_, spread)| spread.is_finite() && *spread < PARTED);
    apart.next().filter(|(step, spread)| spread.is_finite() && **step > 0).map(|(step, _)| *step)
}

/// The ensemble mean's path from one step to another: a smooth curve (Catmull and
/// Rom's, 1974) through the steps at which it is known.
#[must_use]
pub fn mean_path(statistics: &Statistics, from: u32, until: u32) -> Vec<State> {
    let is_finite = |state: &&State| state.iter().all(|value| value.is_finite());
    let first = statistics.steps.partition_point(|step| *step < from);
    let shown = statistics.steps.partition_point(|step| *step <= until);
    let mean = statistics.mean.as_chunks::<3>().0;
    let mean: Vec<_> = mean.iter().take(shown).take_while(is_finite).copied().collect();
    let at = |index: usize| mean.get(index).or(mean.last()).copied().unwrap_or_default();
    let mut path = Vec::with_capacity(mean.len().saturating_sub(first) * CURVE_POINTS as usize);
    for index in first..mean.len().saturating_sub(1) {
        let around = [at(index.saturating_sub(1)), at(index), at(index + 1), at(index + 2)];
        path.extend((0..CURVE_POINTS).map(|point| between(&around, f64::from(point) / f64::from(CURVE_POINTS))));
    }
    path.extend(mean.last().filter(|_| first < mean.len()));
    path
}

/// A point between the second and the third of four.
fn between([before, from, to, after]: &[State; 4], share: f64) -> State {
    [0, 1, 2].map(|axis| {
        let (before, from, to, after) = (before[axis], from[axis], to[axis], after[axis]);
        let linear = to - before;
        let square = 2.0 * before - 5.0 * from + 4.0 * to - after;
        let cube = after - before + 3.0 * (from - to);
        from + 0.5 * share * (linear + share * (square + share * cube))
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ensemble::initial_conditions;
    use crate::model::lorenz::Parameters;
    use crate::model::statistics::StatisticsPass;

    fn statistics(members: u32, steps: u32, dt: f64) -> Statistics {
        let parameters = Parameters { dt, ..Parameters::LORENZ_1963 };
        let mut pass = StatisticsPass::new(parameters, steps, initial_conditions(members, 42));
        while !pass.is_finished() {
            pass.advance(u64::MAX);
        }
        pass.into_statistics()
    }

    fn lorenz() -> Extent {
        Extent::around(&[[-18.0, -25.0, 1.0], [19.0, 26.0, 47.0], [0.0, 0.0, 20.0]], &[])
    }

    #[test]
    fn the_default_ensemble_parts_after_some_turns() {
        let parting = parting_step(&statistics(30, 5000, 0.01), &lorenz()).unwrap();
        assert!((200..2500).contains(&parting), "{parting}");
        assert_eq!(parting_step(&statistics(1, 5000, 0.01), &lorenz()), None);
        assert_eq!(parting_step(&statistics(30, 20, 0.01), &lorenz()), None);
    }

    #[test]
    fn a_band_ends_where_it_stops_being_finite() {
        let (bands, (low, high)) = band_of_x(&statistics(30, 5000, 0.01));
        assert_eq!(bands.len(), 501);
        assert!(bands.iter().all(|band| band.low >= low && band.high <= high));
        let (bands, (low, high)) = band_of_x(&statistics(30, 500, 0.1));
        assert!(bands.len() < 501 && low < high && low.is_finite() && high.is_finite());
        assert_eq!(band_of_x(&statistics(30, 500, 0.1)).0.last().map(|it| it.mean.is_finite()), Some(true));
    }

    #[test]
    fn the_means_path_passes_through_the_known_steps() {
        let statistics = statistics(30, 2000, 0.01);
        let path = mean_path(&statistics, 0, 1000);
        let known = statistics.mean.as_chunks::<3>().0;
        assert_eq!(path.len(), 4 * 250 + 1);
        assert!(path.iter().step_by(4).zip(known).all(|(one, other)| one == other));
        assert_eq!(path.last(), Some(&known[250]));
        assert_eq!(mean_path(&statistics, 0, 0), [known[0]]);
        assert_eq!(mean_path(&statistics, 400, 1000), path[400..]);
        assert_eq!(mean_path(&statistics, 1001, 1000), [] as [State; 0]);
    }

    #[test]
    fn a_curve_through_a_straight_line_is_straight() {
        let on_line = |at: f64| [at, 2.0 * at, 5.0];
        let around = [0.0, 1.0, 2.0, 3.0].map(on_line);
        assert_eq!(between(&around, 0.25), on_line(1.25));
        assert_eq!(between(&around, 0.0), around[1]);
    }
}
