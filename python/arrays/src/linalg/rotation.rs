//! Rotations in the plane of two axes.

use super::matrix::Matrix;

/// A rotation by an angle.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rotation {
    pub(super) cos: f64,
    pub(super) sin: f64,
}

impl Rotation {
    /// The rotation that turns `(f, g)` onto the first axis, to the side on which `f` is, and where it is then.
    pub(super) fn onto_first(f: f64, g: f64) -> (Self, f64) {
        if g == 0.0 {
            return (Self { cos: 1.0, sin: 0.0 }, f);
        }
        if f == 0.0 {
            return (Self { cos: 0.0, sin: 1.0_f64.copysign(g) }, g.abs());
        }
        let length = f.hypot(g);
        let r = length.copysign(f);
        (Self { cos: f.abs() / length, sin: g / r }, r)
    }

    /// The rotation the other way round.
    pub(super) fn back(self) -> Self {
        Self { sin: -self.sin, ..self }
    }

    /// Turns two different rows of a matrix.
    pub(super) fn apply(self, matrix: &mut Matrix<f64>, first: usize, second: usize) {
        let (first, second) = matrix.two_rows_mut(first, second);
        for (x, y) in first.iter_mut().zip(second) {
            (*x, *y) = (self.cos * *x + self.sin * *y, self.cos * *y - self.sin * *x);
        }
    }

    /// Turns two columns of a matrix.
    pub(super) fn apply_columns(self, matrix: &mut Matrix<f64>, first: usize, second: usize) {
        for i in 0..matrix.rows() {
            let row = matrix.row_mut(i);
            let (x, y) = (row[first], row[second]);
            (row[first], row[second]) = (self.cos * x + self.sin * y, self.cos * y - self.sin * x);
        }
    }
}
