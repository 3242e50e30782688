//! A curve of what was measured point by point, beside what would be ideal: an
//! unlabelled straight line through the first point. Geometry is pure; `view` draws it.

#[cfg(target_family = "wasm")]
mod view;

#[cfg(target_family = "wasm")]
pub(crate) use self::view::Curve;

/// A measured point.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Point {
    /// How many: along the lower edge.
    pub count: u32,
    /// How much, as a multiple of the first point's.
    pub ratio: f64,
}

/// What is drawn.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Plot {
    /// In rising order of `count`.
    pub points: Vec<Point>,
    /// The largest count that there will be.
    pub most: u32,
    /// A count that is marked, with its words.
    pub mark: Option<(u32, String)>,
}

/// Where a plot's counts and ratios lie, in shares of its width and height.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Scale {
    most_count: f64,
    most_ratio: f64,
}

impl Plot {
    /// Room for every point, and a little above the highest.
    #[must_use]
    pub fn scale(&self) -> Scale {
        let highest = self.points.iter().map(|it| it.ratio).filter(|it| it.is_finite()).fold(1.0, f64::max);
        Scale { most_count: f64::from(self.most.max(2)), most_ratio: (highest * 1.15).max(2.0) }
    }
}

impl Scale {
    /// From the left, 0 to 1: the first count stands at 0.
    #[must_use]
    pub fn across(&self, count: u32) -> f64 {
        ((f64::from(count) - 1.0) / (self.most_count - 1.0)).clamp(0.0, 1.0)
    }

    /// From the upper edge, 0 to 1.
    #[must_use]
    pub fn down(&self, ratio: f64) -> f64 {
        if ratio.is_finite() { 1.0 - (ratio / self.most_ratio).clamp(0.0, 1.0) } else { 1.0 }
    }

    /// Where the ideal line leaves the plot: at the largest count, or at the upper edge.
    #[must_use]
    pub fn ideal_end(&self) -> (f64, f64) {
        let count = self.most_count.min(self.most_ratio);
        ((count - 1.0) / (self.most_count - 1.0), 1.0 - count / self.most_ratio)
    }

    /// Round ratios for lines across, at most six.
    #[must_use]
    pub fn ratios(&self) -> Vec<f64> {
        let step = [1.0, 2.0, 5.0, 10.0, 20.0].into_iter().find(|step| self.most_ratio / step <= 6.0).unwrap_or(50.0);
        (1..).map(|it| f64::from(it) * step).take_while(|it| *it < self.most_ratio).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plot(ratios: &[f64]) -> Plot {
        let points = (1..).zip(ratios).map(|(count, ratio)| Point { count, ratio: *ratio }).collect();
        Plot { points, most: 16, mark: None }
    }

    #[test]
    fn every_point_is_inside() {
        for ratios in [&[][..], &[1.0], &[1.0, 1.9, 2.7], &[1.0, f64::NAN, f64::INFINITY, 40.0]] {
            let plot = plot(ratios);
            let scale = plot.scale();
            for point in &plot.points {
                assert!((0.0..=1.0).contains(&scale.across(point.count)), "{point:?}");
                assert!((0.0..=1.0).contains(&scale.down(point.ratio)), "{point:?}");
            }
            let (across, down) = scale.ideal_end();
            assert!((0.0..=1.0).contains(&across) && (0.0..=1.0).contains(&down));
            assert!((1..=6).contains(&scale.ratios().len()), "{:?}", scale.ratios());
        }
    }

    #[test]
    fn the_ideal_goes_through_equal_count_and_ratio() {
        let scale = plot(&[1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0, 8.0]).scale();
        let (across, down) = scale.ideal_end();
        assert_eq!(down, 0.0);
        let count = 1.0 + across * 15.0;
        assert!((count - 9.2).abs() < 1e-9, "{count}");
    }
}
