//! From a state to a point of the picture, and what of a line can be seen.

use super::camera::Camera;
use super::extent::Extent;
use crate::model::lorenz::State;

/// Room between the attractor and the picture's border, CSS pixels.
const MARGIN: f64 = 6.0;
/// Farther out than any picture, and no rounding error yet, CSS pixels.
const FAR: f64 = 1e6;

/// A point of the picture, CSS pixels from its middle to the right and upwards.
pub type Point = (f64, f64);

/// How states fall into a picture of a given size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Projection {
    middle: State,
    right: State,
    up: State,
    border: Border,
}

impl Projection {
    /// Looks from `camera`; the attractor fills a picture of this size in CSS pixels.
    #[must_use]
    pub fn new(extent: &Extent, camera: Camera, width: f64, height: f64) -> Self {
        let (across, up, axes) = (extent.across(), extent.up(), camera.axes());
        let radius = |length: f64| (length / 2.0 - MARGIN).max(1.0);
        Self {
            middle: extent.middle(),
            right: [0, 1, 2].map(|axis| axes[axis].0 * across[axis] * radius(width)),
            up: [0, 1, 2].map(|axis| axes[axis].1 * up[axis] * radius(height)),
            border: Border::new(width, height),
        }
    }

    /// Where a finite state is seen.
    #[must_use]
    pub fn point(&self, state: &State) -> Point {
        let from_middle = [0, 1, 2].map(|axis| state[axis] - self.middle[axis]);
        let along = |axis: &State| axis[0] * from_middle[0] + axis[1] * from_middle[1] + axis[2] * from_middle[2];
        let (across, up) = (along(&self.right), along(&self.up));
        // Two infinities may have met on the way.
        let near = |length: f64| if length.is_nan() { FAR } else { length.clamp(-FAR, FAR) };
        (near(across), near(up))
    }

    /// The border of the picture.
    #[must_use]
    pub fn border(&self) -> Border {
        self.border
    }
}

/// The border of a picture around its middle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Border {
    across: f64,
    up: f64,
}

impl Border {
    /// The border of a picture of this size.
    #[must_use]
    pub fn new(width: f64, height: f64) -> Self {
        Self { across: width / 2.0, up: height / 2.0 }
    }

    /// Is the point within the border?
    #[must_use]
    pub fn contains(&self, (across, up): Point) -> bool {
        across.abs() <= self.across && up.abs() <= self.up
    }

    /// The parts of a line that can be seen, cut where it crosses the border:
    /// plotters would draw the rest along the border.
    #[must_use]
    pub fn cut(&self, line: Vec<Point>) -> Vec<Vec<Point>> {
        if line.iter().all(|point| self.contains(*point)) {
            return if line.is_empty() { Vec::new() } else { vec![line] };
        }
        let mut parts = Vec::new();
        let mut part: Vec<Point> = Vec::new();
        let mut before: Option<Point> = None;
        for point in line {
            let was_inside = before.filter(|before| self.contains(*before));
            if self.contains(point) {
                if let (Some(outside), true) = (before, part.is_empty()) {
                    part.push(self.crossing(point, outside));
                }
                part.push(point);
            } else if let Some(inside) = was_inside {
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
    fn crossing(&self, inside: Point, outside: Point) -> Point {
        let share = |from: f64, to: f64, limit: f64| {
            if to.abs() <= limit { 1.0 } else { (limit.copysign(to) - from) / (to - from) }
        };
        let share = share(inside.0, outside.0, self.across).min(share(inside.1, outside.1, self.up));
        let along = |from: f64, to: f64, limit: f64| (from + share * (to - from)).clamp(-limit, limit);
        (along(inside.0, outside.0, self.across), along(inside.1, outside.1, self.up))
    }
}

#[cfg(test)]
mod tests {
    use std::iter::successors;

    use proptest::prelude::*;

    use super::*;
    use crate::model::lorenz::Parameters;

    #[test]
    fn the_side_view_has_x_to_the_right_and_z_upwards() {
        let states: Vec<State> = vec![[-1.0, -1.0, 0.0], [1.0, 1.0, 4.0]];
        let projection = Projection::new(&Extent::around(&states, &[]), Camera::SIDE, 400.0, 300.0);
        let ((x0, z0), (x1, z1)) = (projection.point(&states[0]), projection.point(&states[1]));
        assert!(x0 < -50.0 && x1 > 50.0 && z0 < -50.0 && z1 > 50.0, "{x0} {z0} {x1} {z1}");
    }

    #[test]
    fn a_line_is_cut_at_the_border() {
        let border = Border { across: 5.0, up: 5.0 };
        let line = vec![(0.0, 0.0), (10.0, 0.0), (0.0, 10.0), (0.0, 4.0), (0.0, 1e6)];
        assert_eq!(border.cut(line.clone()), [vec![(0.0, 0.0), (5.0, 0.0)], vec![(0.0, 5.0), (0.0, 4.0), (0.0, 5.0)]]);
        assert_eq!(border.cut(line[..1].to_vec()), [vec![(0.0, 0.0)]]);
        assert!(border.cut(line[1..2].to_vec()).is_empty());
        assert!(border.cut(Vec::new()).is_empty());
    }

    #[test]
    fn the_attractor_stays_in_the_picture_however_it_is_turned() {
        let step = |state: &State| Some(Parameters::LORENZ_1963.step(*state));
        let states: Vec<State> = successors(Some([-10.0, -10.0, 25.0]), step).take(3000).collect();
        let extent = Extent::around(&states, &[]);
        for turn in 0..64 {
            let camera = Camera::SIDE.turned(f64::from(turn) * 0.4, f64::from(turn % 9 - 4) * 0.4);
            let projection = Projection::new(&extent, camera, 500.0, 360.0);
            let outside = states.iter().filter(|state| !projection.border().contains(projection.point(state))).count();
            let allowed = if camera == Camera::SIDE { 0 } else { states.len() / 100 };
            assert!(outside <= allowed, "{outside} from {camera:?}");
        }
    }

    proptest! {

        #[test]
        fn nothing_is_drawn_outside(line in prop::collection::vec((prop::num::f64::NORMAL, prop::num::f64::NORMAL), 0..40)) {
            let border = Border { across: 100.0, up: 70.0 };
            let line = line.into_iter().map(|(x, y)| (x.clamp(-FAR, FAR), y.clamp(-FAR, FAR))).collect();
            for point in border.cut(line).into_iter().flatten() {
                prop_assert!(border.contains(point), "{point:?}");
            }
        }

        #[test]
        fn every_finite_state_has_a_point(state in prop::array::uniform3(prop::num::f64::NORMAL)) {
            let extent = Extent::around(&[[0.0; 3], [1.0, 2.0, 3.0]], &[]);
            let (across, up) = Projection::new(&extent, Camera::SIDE.turned(0.3, 0.4), 500.0, 360.0).point(&state);
            prop_assert!(across.is_finite() && up.is_finite());
        }
    }
}
