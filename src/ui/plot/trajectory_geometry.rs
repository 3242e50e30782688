//! Which points of an ensemble are drawn, and the window they are seen through.

/// Points that one picture of the ensemble may hold.
pub const POINT_LIMIT: usize = 60_000;

/// Members that are still told apart; more than these only fill the picture.
const MEMBER_LIMIT: usize = 600;

/// Which members and which states are drawn.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Selection {
    /// Members of the ensemble.
    pub members: usize,
    /// Every so many members.
    pub member_stride: usize,
    /// Saved states per member.
    pub states: usize,
    /// Every so many states.
    pub state_stride: usize,
}

impl Selection {
    /// As many points of these trajectories as [`POINT_LIMIT`] allows, evenly
    /// spread over what there is to draw.
    #[must_use]
    pub fn of(values: &[f64], members: usize, states: usize) -> Self {
        let longest = (0..members).map(|member| finite_states(values, states, member).len()).max();
        Self { states, ..Self::new(members, longest.unwrap_or(states)) }
    }

    /// As many points as [`POINT_LIMIT`] allows, where all are finite.
    #[must_use]
    pub fn new(members: usize, states: usize) -> Self {
        let member_stride = members.div_ceil(MEMBER_LIMIT).max(1);
        let drawn = members.div_ceil(member_stride).max(1);
        // One point of each member is its last state, beside the strides.
        let points_each = (POINT_LIMIT / drawn).max(2) - 1;
        let state_stride = states.div_ceil(points_each).max(1);
        Self { members, member_stride, states, state_stride }
    }

    /// Indices of the members that are drawn.
    pub fn drawn_members(&self) -> impl Iterator<Item = usize> + use<> {
        (0..self.members).step_by(self.member_stride)
    }

    /// What is left out, in words; `None` where everything is drawn.
    #[must_use]
    pub fn note(&self) -> Option<String> {
        let mut parts = Vec::new();
        if self.member_stride > 1 {
            let drawn = self.drawn_members().count();
            parts.push(format!("{drawn} of {} members", self.members));
        }
        if self.state_stride > 1 {
            parts.push(format!("every {} step", ordinal(self.state_stride)));
        }
        if parts.is_empty() { None } else { Some(format!("drawn: {}", parts.join(", "))) }
    }
}

/// The drawn points `(x, z)` of one member, up to its first non-finite state.
#[must_use]
pub fn polyline(values: &[f64], selection: &Selection, member: usize) -> Vec<(f64, f64)> {
    let finite_states = finite_states(values, selection.states, member);
    let mut points: Vec<_> = finite_states.iter().step_by(selection.state_stride).map(|[x, _, z]| (*x, *z)).collect();
    if let Some([x, _, z]) = finite_states.last()
        && !(finite_states.len() - 1).is_multiple_of(selection.state_stride)
    {
        points.push((*x, *z));
    }
    points
}

/// The states of one member before its first non-finite one.
fn finite_states(values: &[f64], states: usize, member: usize) -> &[[f64; 3]] {
    let values_each = states * 3;
    let start = member.saturating_mul(values_each);
    let member_values = values.get(start..start.saturating_add(values_each)).unwrap_or_default();
    let (states, _) = member_values.as_chunks::<3>();
    // A state that is not finite stays so.
    let finite = states.partition_point(|state| state.iter().all(|value| value.is_finite()));
    states.get(..finite).unwrap_or_default()
}

/// The part of the plane that is shown.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct View {
    /// Smallest and largest value across.
    pub across: (f64, f64),
    /// Smallest and largest value upwards.
    pub up: (f64, f64),
}

impl View {
    /// Shows all points, or, where a few fly far off, the rest of them.
    #[must_use]
    pub fn around(points: impl Iterator<Item = (f64, f64)>) -> Self {
        let (mut across, mut up): (Vec<_>, Vec<_>) = points.unzip();
        Self { across: span(&mut across), up: span(&mut up) }
    }

    /// The parts of a line that can be seen, cut where it crosses the border.
    #[must_use]
    pub fn visible(&self, line: &[(f64, f64)]) -> Vec<Vec<(f64, f64)>> {
        let mut parts = Vec::new();
        let mut part: Vec<(f64, f64)> = Vec::new();
        let mut before: Option<(f64, f64)> = None;
        for &point in line {
            let was_shown = before.filter(|before| self.shows(*before));
            if self.shows(point) {
                if let (Some(outside), true) = (before, part.is_empty()) {
                    part.push(self.crossing(point, outside));
                }
                part.push(point);
            } else if let Some(inside) = was_shown {
                part.push(self.crossing(inside, point));
                parts.push(std::mem::take(&mut part));
            }
            before = Some(point);
        }
        if !part.is_empty() {
            parts.push(part);
        }
        parts
    }

    /// Where the way from `inside` to `outside` meets the border.
    fn crossing(&self, inside: (f64, f64), outside: (f64, f64)) -> (f64, f64) {
        let share = |from: f64, to: f64, (low, high): (f64, f64)| {
            let limit = to.clamp(low, high);
            if limit == to { 1.0 } else { (limit - from) / (to - from) }
        };
        let share = share(inside.0, outside.0, self.across).min(share(inside.1, outside.1, self.up));
        let along = |from: f64, to: f64, (low, high): (f64, f64)| (from + share * (to - from)).clamp(low, high);
        (along(inside.0, outside.0, self.across), along(inside.1, outside.1, self.up))
    }

    /// Is the point within the view?
    #[must_use]
    pub fn shows(&self, (x, z): (f64, f64)) -> bool {
        (self.across.0..=self.across.1).contains(&x) && (self.up.0..=self.up.1).contains(&z)
    }
}

/// A range for an axis, a little wider than the bulk of the values.
fn span(values: &mut [f64]) -> (f64, f64) {
    let Some(last) = values.len().checked_sub(1) else { return (-1.0, 1.0) };
    values.sort_unstable_by(f64::total_cmp);
    let at = |share: f64| {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let index = (share * last as f64).round() as usize;
        values.get(index).copied().unwrap_or_default()
    };
    let (min, low, high, max) = (at(0.0), at(0.25), at(0.75), at(1.0));
    let bulk = high - low;
    // An attractor fills its box; a blow-up leaves it by orders of magnitude.
    let (start, end) = if max - min <= 8.0 * bulk || bulk <= 0.0 {
        (min, max)
    } else {
        ((low - 2.0 * bulk).max(min), (high + 2.0 * bulk).min(max))
    };
    let width = end - start;
    let margin = if width.is_finite() && width > 0.0 { 0.04 * width } else { 1.0 };
    let (start, end) = ((start - margin).max(-1e300), (end + margin).min(1e300));
    if start < end { (start, end) } else { (start - 1.0, start + start.abs().max(1.0)) }
}

fn ordinal(number: usize) -> String {
    let suffix = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{suffix}")
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn the_default_race_draws_every_third_step() {
        let selection = Selection::new(30, 5001);
        assert_eq!((selection.member_stride, selection.state_stride), (1, 3));
        assert_eq!(selection.note().as_deref(), Some("drawn: every 3rd step"));
        assert_eq!(Selection::new(1, 2).note(), None);
    }

    #[test]
    fn a_line_ends_at_the_first_non_finite_state() {
        let mut values: Vec<f64> = (0..30).map(f64::from).collect();
        values[22] = f64::NAN; // state 7, y
        for value in &mut values[24..] {
            *value = f64::INFINITY;
        }
        let selection = Selection { members: 1, member_stride: 1, states: 10, state_stride: 4 };
        assert_eq!(polyline(&values, &selection, 0), [(0.0, 2.0), (12.0, 14.0), (18.0, 20.0)]);
        assert_eq!(polyline(&values, &selection, 1), []);
        assert_eq!(polyline(&values, &selection, usize::MAX), []);
    }

    #[test]
    fn a_few_strays_do_not_shrink_the_rest() {
        let bulk = (0..1000).map(|i| (f64::from(i) / 100.0, f64::from(i) / 50.0));
        let view = View::around(bulk.chain([(1e200, -1e200)]));
        assert!(view.across.1 < 30.0 && view.up.0 > -30.0, "{view:?}");
        assert!(view.shows((1.0, 1.0)) && !view.shows((1e200, 1.0)));
    }

    #[test]
    fn a_line_is_cut_at_the_border() {
        let view = View { across: (0.0, 10.0), up: (0.0, 10.0) };
        let line = [(5.0, 5.0), (15.0, 5.0), (5.0, 15.0), (5.0, 9.0), (5.0, 1e300)];
        let parts = view.visible(&line);
        assert_eq!(parts, [vec![(5.0, 5.0), (10.0, 5.0)], vec![(5.0, 10.0), (5.0, 9.0), (5.0, 10.0)]]);
        assert_eq!(view.visible(&line[..1]), [vec![(5.0, 5.0)]]);
        assert!(view.visible(&line[1..2]).is_empty());
    }

    proptest! {
        #[test]
        fn no_picture_holds_too_many_points(members in 1_usize..700_000, states in 2_usize..100_002) {
            let selection = Selection::new(members, states);
            let points_each = states.div_ceil(selection.state_stride) + 1;
            let drawn = selection.drawn_members().count();
            prop_assert!(drawn * points_each <= POINT_LIMIT);
        }

        #[test]
        fn every_view_has_an_extent(points in prop::collection::vec(
            (prop::num::f64::NORMAL | prop::num::f64::ZERO, prop::num::f64::ANY), 0..50,
        )) {
            let finite = points.into_iter().filter(|(_, z)| z.is_finite());
            let view = View::around(finite.clone());
            prop_assert!(view.across.0 < view.across.1 && view.up.0 < view.up.1);
            let line: Vec<_> = finite.collect();
            for point in view.visible(&line).into_iter().flatten() {
                prop_assert!(view.shows(point), "{point:?} in {view:?}");
            }
        }
    }
}
