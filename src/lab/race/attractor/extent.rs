//! The room that an attractor takes: what is around it fills the picture,
//! however it is turned, so that turning never rescales.

use crate::model::lorenz::State;

/// Of 1000 states so many stay in the picture wherever it is turned: the others
/// are a few wide loops, for which all else would have to be smaller.
const SHOWN: usize = 995;

/// An attractor's box, and how far it reaches where each axis is counted in
/// half the box's length.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Extent {
    /// Half of the box's length in x, y and z.
    half: State,
    /// The middle of the box.
    middle: State,
    /// Radius of the cylinder around it, upright in the middle, in units of `half`.
    across: f64,
    /// Radius of the ball around it, in units of `half`.
    around: f64,
}

impl Extent {
    /// The extent of these finite states, or, where a few fly far off, of the
    /// rest of them; of `starts` in any case.
    #[must_use]
    pub fn around(states: &[State], starts: &[State]) -> Self {
        let along = |states: &[State], axis: usize| states.iter().map(|state| state[axis]).collect::<Vec<_>>();
        let spans = [0, 1, 2].map(|axis| span(along(states, axis), &along(starts, axis)));
        let half = spans.map(|(low, high)| (high - low) / 2.0);
        let middle = spans.map(|(low, high)| low + (high - low) / 2.0);
        let in_halves = |state: &State| [0, 1, 2].map(|axis| (state[axis] - middle[axis]) / half[axis]);
        let inside = |point: &State| point.iter().all(|value| value.abs() <= 1.0 + 1e-9);
        let points: Vec<_> = states.iter().map(in_halves).filter(inside).collect();
        let starts: Vec<_> = starts.iter().map(in_halves).filter(inside).collect();
        let across = radius(&points, &starts, |[x, y, _]| x.hypot(*y));
        let around = radius(&points, &starts, |[x, y, z]| x.hypot(*y).hypot(*z));
        Self { half, middle, across, around }
    }

    /// The state that is in the middle of the picture.
    #[must_use]
    pub fn middle(&self) -> State {
        self.middle
    }

    /// What one unit of x, y and z is of the cylinder's radius: the picture's half
    /// width, which tilting does not change.
    #[must_use]
    pub fn across(&self) -> State {
        self.half.map(|half| 1.0 / (half * self.across))
    }

    /// What one unit of x, y and z is of the ball's radius: the picture's half height.
    #[must_use]
    pub fn up(&self) -> State {
        self.half.map(|half| 1.0 / (half * self.around))
    }

    /// How far apart two states are, in units of half the box: 1 is the way
    /// from the box's middle to a side. NaN where one of them is not finite.
    #[must_use]
    pub fn distance(&self, one: &State, other: &State) -> f64 {
        self.length(&[0, 1, 2].map(|axis| one[axis] - other[axis]))
    }

    /// A difference's length in the same units.
    #[must_use]
    pub fn length(&self, difference: &State) -> f64 {
        difference.iter().zip(&self.half).map(|(part, half)| (part / half).powi(2)).sum::<f64>().sqrt()
    }
}

/// From the smallest to the largest value, or the bulk of them with all of
/// `starts`; never of no length.
fn span(mut values: Vec<f64>, starts: &[f64]) -> (f64, f64) {
    let Some(last) = values.len().checked_sub(1) else { return (-1.0, 1.0) };
    values.sort_unstable_by(f64::total_cmp);
    let at = |quarter: usize| values.get(last * quarter / 4).copied().unwrap_or_default();
    let (min, low, high, max) = (at(0), at(1), at(3), at(4));
    let bulk = high - low;
    // An attractor fills its box; a blow-up leaves it by orders of magnitude.
    // Who comes to rest at a point fills nothing, but has come from somewhere.
    let (start, end) = if max - min <= 8.0 * bulk || bulk <= 0.0 {
        (min, max)
    } else {
        ((low - 2.0 * bulk).max(min), (high + 2.0 * bulk).min(max))
    };
    let (start, end) = starts.iter().fold((start, end), |(start, end), value| (start.min(*value), end.max(*value)));
    let (start, end) = (start.clamp(-1e150, 1e150), end.clamp(-1e150, 1e150));
    let size = start.abs().max(end.abs());
    // All the same, or nearly so: rounding errors are not a shape.
    if end - start > 1e-9 * size.max(1e-90) { (start, end) } else { (start - size.max(1.0), start + size.max(1.0)) }
}

/// The radius that nearly all points keep to, and all starts; never less than half the box.
fn radius(points: &[State], starts: &[State], distance: impl Fn(&State) -> f64) -> f64 {
    let mut distances: Vec<_> = points.iter().map(&distance).collect();
    distances.sort_unstable_by(f64::total_cmp);
    let last = distances.len().saturating_sub(1);
    let shown = distances.get(last * SHOWN / 1000).copied().unwrap_or(1.0);
    starts.iter().map(distance).fold(shown.max(1.0), f64::max)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_box_is_measured_in_its_own_halves() {
        let corners: Vec<State> = (0..8)
            .map(|bits| [bits & 1, bits >> 1 & 1, bits >> 2].map(f64::from))
            .map(|[x, y, z]| [4.0 * x, 10.0 * y, z])
            .collect();
        let extent = Extent::around(&corners, &[]);
        assert_eq!(extent.half, [2.0, 5.0, 0.5]);
        assert!((extent.across - 2_f64.sqrt()).abs() < 1e-12 && (extent.around - 3_f64.sqrt()).abs() < 1e-12);
        assert!((extent.distance(&[0.0; 3], &[2.0, 0.0, 0.0]) - 1.0).abs() < 1e-12);
    }

    #[test]
    fn a_few_strays_do_not_shrink_the_rest() {
        let bulk = (0..1000).map(|i| [f64::from(i) / 100.0, f64::from(i % 7), f64::from(i) / 50.0]);
        let states: Vec<State> = bulk.chain([[1e200, -1e200, 3.0]]).collect();
        let extent = Extent::around(&states, &states[..1]);
        assert!(extent.half[0] < 20.0 && extent.half[1] < 20.0, "{extent:?}");
        assert!(extent.distance(&[0.0; 3], &[f64::NAN; 3]).is_nan());
    }

    #[test]
    fn who_comes_to_rest_is_seen_coming() {
        let states: Vec<State> = (0..1000).map(|i| [0.9_f64.powi(i) * -10.0, 0.0, 0.9_f64.powi(i) * 25.0]).collect();
        let extent = Extent::around(&states, &states[..1]);
        assert!((extent.half[0] - 5.0).abs() < 1e-9 && (extent.half[2] - 12.5).abs() < 1e-9, "{extent:?}");
        assert!((extent.across - 2_f64.sqrt()).abs() < 0.5, "{extent:?}");
    }

    proptest! {
        #[test]
        fn every_extent_has_a_size(states in prop::collection::vec(
            prop::array::uniform3(prop::num::f64::NORMAL | prop::num::f64::ZERO), 0..40,
        )) {
            let extent = Extent::around(&states, states.get(..1).unwrap_or_default());
            prop_assert!(extent.half.iter().all(|half| half.is_finite() && *half > 0.0), "{:?}", extent);
            prop_assert!((1.0..2.0).contains(&extent.across) && (1.0..2.0).contains(&extent.around));
            prop_assert!(extent.middle.iter().all(|value| value.is_finite()));
        }
    }
}
