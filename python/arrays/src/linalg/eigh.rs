//! Eigenvalues and eigenvectors of symmetric and Hermitian matrices.

use super::Field;
use super::householder::{Reflection, apply_all};
use super::matrix::Matrix;
use super::rotation::Rotation;
use crate::error::{Error, Kind, Result};

/// Half the distance from 1 to the next number.
const ROUNDING: f64 = f64::EPSILON / 2.0;

/// How many steps an eigenvalue may take on average.
const STEPS: usize = 30;

/// What `eigh` finds.
#[derive(Clone, Debug, PartialEq)]
pub struct Eigh<T> {
    /// The eigenvalues, from the least to the greatest.
    pub values: Vec<f64>,
    /// Their eigenvectors, of length 1, as columns.
    pub vectors: Vec<T>,
}

/// Eigenvalues and eigenvectors of a Hermitian matrix, of which the lower triangle alone is read.
///
/// # Errors
///
/// They were not found: something in the matrix is no number.
pub fn eigh<T: Field>(n: usize, a: &[T]) -> Result<Eigh<T>> {
    let (reflections, mut tridiagonal, factor) = reduce(Matrix::new(n, n, a)?);
    let mut turned = Matrix::identity(n, n)?;
    tridiagonal.diagonalise(&mut turned)?;
    tridiagonal.sort(&mut turned);
    let mut vectors = Matrix::transposed(&turned);
    apply_all(&reflections, &mut vectors);
    Ok(Eigh { values: tridiagonal.values(factor), vectors: vectors.into_elements() })
}

/// The eigenvalues of a Hermitian matrix, of which the lower triangle alone is read, from the least to the greatest.
///
/// # Errors
///
/// As with [`eigh`].
pub fn eigvalsh<T: Field>(n: usize, a: &[T]) -> Result<Vec<f64>> {
    let (_, mut tridiagonal, factor) = reduce(Matrix::new(n, n, a)?);
    let mut nothing = Matrix::zeros(n, 0)?;
    tridiagonal.diagonalise(&mut nothing)?;
    tridiagonal.sort(&mut nothing);
    Ok(tridiagonal.values(factor))
}

/// The reflections that make a Hermitian matrix tridiagonal and real, what it is then, and by which factor it was
/// multiplied before.
fn reduce<T: Field>(mut a: Matrix<T>) -> (Vec<Reflection<T>>, Tridiagonal, f64) {
    let n = a.rows();
    for i in 0..n {
        a[(i, i)] = T::real(a[(i, i)].re());
        for j in 0..i {
            a[(j, i)] = a[(i, j)].conj();
        }
    }
    let factor = a.normalise();
    let mut beside = Vec::with_capacity(n);
    let reflections = (1..n).map(|k| {
        let (reflection, beta) = Reflection::of(k, (k..n).map(|i| a[(i, k - 1)]).collect());
        reflection.apply_both(&mut a);
        beside.push(beta);
        reflection
    });
    let reflections = reflections.collect();
    (reflections, Tridiagonal { diagonal: (0..n).map(|i| a[(i, i)].re()).collect(), beside }, factor)
}

/// A symmetric matrix with zeros but on the diagonal and beside it.
struct Tridiagonal {
    diagonal: Vec<f64>,
    beside: Vec<f64>,
}

/// A part of a tridiagonal matrix, walked from one of its ends.
#[derive(Clone, Copy)]
struct Walk {
    /// The indices at both ends, the one to start with first.
    from: usize,
    to: usize,
}

impl Walk {
    fn len(self) -> usize {
        self.from.abs_diff(self.to) + 1
    }

    /// The index after so many steps.
    fn at(self, step: usize) -> usize {
        if self.from <= self.to { self.from + step } else { self.from - step }
    }

    /// The index of what is beside the diagonal between this step and the next.
    fn beside(self, step: usize) -> usize {
        self.at(step).min(self.at(step + 1))
    }
}

impl Tridiagonal {
    /// Makes the matrix diagonal, and turns the rows of `turned` with it.
    fn diagonalise(&mut self, turned: &mut Matrix<f64>) -> Result<()> {
        let n = self.diagonal.len();
        let failed = || Error::new(Kind::LinAlg, "Eigenvalues did not converge");
        // Each step with a NaN would take as long as one that gets somewhere.
        if n > 2 && self.diagonal.iter().chain(&self.beside).any(|x| !x.is_finite()) {
            return Err(failed());
        }
        let mut steps = STEPS * n;
        let mut start = 0;
        while start < n {
            let end = (start..n - 1).find(|&i| self.splits(i)).unwrap_or(n - 1);
            if end < n - 1 {
                self.beside[end] = 0.0;
            }
            // Towards the end with the larger element.
            let (first, last) = (self.diagonal[start].abs(), self.diagonal[end].abs());
            let mut walk = if last < first { Walk { from: end, to: start } } else { Walk { from: start, to: end } };
            loop {
                let len = walk.len();
                let whole = (0..len - 1).find(|&step| self.vanishes(walk, step)).map_or(len, |step| step + 1);
                if whole < len {
                    self.beside[walk.beside(whole - 1)] = 0.0;
                }
                let done = match whole {
                    1 => 1,
                    2 => {
                        self.solve_pair(walk.at(0).min(walk.at(1)), turned);
                        2
                    }
                    _ => {
                        steps = steps.checked_sub(1).ok_or_else(failed)?;
                        self.step(walk, whole - 1, turned);
                        0
                    }
                };
                if done == len {
                    break;
                }
                walk.from = walk.at(done);
            }
            start = end + 1;
        }
        Ok(())
    }

    /// Whether the matrix falls apart behind this index.
    fn splits(&self, i: usize) -> bool {
        let (a, b) = (self.diagonal[i].abs().sqrt(), self.diagonal[i + 1].abs().sqrt());
        self.beside[i] == 0.0 || self.beside[i].abs() <= a * b * ROUNDING
    }

    /// Whether what is beside the diagonal after this step is nothing.
    fn vanishes(&self, walk: Walk, step: usize) -> bool {
        let size = (ROUNDING * ROUNDING * self.diagonal[walk.at(step)].abs()) * self.diagonal[walk.at(step + 1)].abs();
        self.beside[walk.beside(step)].powi(2) <= size + f64::MIN_POSITIVE
    }

    /// One implicit QL step, with a shift, on the part up to the last step.
    fn step(&mut self, walk: Walk, last: usize, turned: &mut Matrix<f64>) {
        let (d, e) = (&mut self.diagonal, &mut self.beside);
        let (first, next) = (d[walk.at(0)], d[walk.at(1)]);
        let corner = e[walk.beside(0)];
        let slope = (next - first) / (2.0 * corner);
        let mut g = d[walk.at(last)] - first + corner / (slope + slope.hypot(1.0).copysign(slope));
        let mut rotation = Rotation { cos: 1.0, sin: 1.0 };
        let mut p = 0.0;
        for step in (0..last).rev() {
            let (here, above) = (walk.at(step), walk.at(step + 1));
            let f = rotation.sin * e[walk.beside(step)];
            let b = rotation.cos * e[walk.beside(step)];
            let r;
            (rotation, r) = Rotation::onto_first(g, f);
            if step + 1 < last {
                e[walk.beside(step + 1)] = r;
            }
            g = d[above] - p;
            let r = (d[here] - g) * rotation.sin + 2.0 * rotation.cos * b;
            p = rotation.sin * r;
            d[above] = g + p;
            g = rotation.cos * r - b;
            rotation.apply(turned, above, here);
        }
        d[walk.at(0)] -= p;
        e[walk.beside(0)] = g;
    }

    /// Makes the two by two part at this index diagonal.
    fn solve_pair(&mut self, i: usize, turned: &mut Matrix<f64>) {
        let (large, small, rotation) = solve_pair(self.diagonal[i], self.beside[i], self.diagonal[i + 1]);
        (self.diagonal[i], self.diagonal[i + 1], self.beside[i]) = (large, small, 0.0);
        rotation.apply(turned, i, i + 1);
    }

    /// Sorts what is on the diagonal, with as few swaps of rows as that takes.
    fn sort(&mut self, turned: &mut Matrix<f64>) {
        let n = self.diagonal.len();
        for i in 0..n {
            let mut least = i;
            for j in i + 1..n {
                if self.diagonal[j] < self.diagonal[least] {
                    least = j;
                }
            }
            self.diagonal.swap(i, least);
            turned.swap_rows(i, least);
        }
    }

    fn values(self, factor: f64) -> Vec<f64> {
        self.diagonal.into_iter().map(|value| value / factor).collect()
    }
}

/// The eigenvalues of `[[a, b], [b, c]]`, the one of larger size first, and the rotation to its eigenvector.
fn solve_pair(a: f64, b: f64, c: f64) -> (f64, f64, Rotation) {
    let (sum, difference, twice) = (a + c, a - c, b + b);
    let root = difference.hypot(twice);
    let (larger, smaller) = if a.abs() > c.abs() { (a, c) } else { (c, a) };
    let (large, small) = if sum == 0.0 {
        (0.5 * root, -0.5 * root)
    } else {
        let large = 0.5 * (sum + root.copysign(sum));
        // Without the difference of two large numbers.
        (large, (larger / large) * smaller - (b / large) * b)
    };
    let cs = difference + root.copysign(if difference >= 0.0 { 1.0 } else { -1.0 });
    let (mut cos, mut sin);
    if cs.abs() > twice.abs() {
        let cotangent = -twice / cs;
        sin = 1.0 / (1.0 + cotangent * cotangent).sqrt();
        cos = cotangent * sin;
    } else if twice == 0.0 {
        (cos, sin) = (1.0, 0.0);
    } else {
        let tangent = -cs / twice;
        cos = 1.0 / (1.0 + tangent * tangent).sqrt();
        sin = tangent * cos;
    }
    if (sum >= 0.0) == (difference >= 0.0) {
        (cos, sin) = (-sin, cos);
    }
    (large, small, Rotation { cos, sin })
}

#[cfg(test)]
mod tests {
    use num_complex::Complex64;

    use super::*;

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 3e-15), "{found:?}");
    }

    #[test]
    fn vectors_have_numpys_signs() {
        let Eigh { values, vectors } = eigh(3, &[2.0, 1.0, 0.0, 1.0, 2.0, 1.0, 0.0, 1.0, 2.0]).unwrap();
        close(&values, &[0.5857864376269051, 2.0, 3.414213562373095]);
        let root = std::f64::consts::FRAC_1_SQRT_2;
        close(&vectors, &[-0.5, root, 0.5, root, 0.0, root, -0.5, -root, 0.5]);
    }

    #[test]
    fn hermitian_matrices_have_real_values() {
        let parts = [(2, 0), (0, 1), (0, 0), (0, -1), (3, 0), (1, 1), (0, 0), (1, -1), (1, 0)];
        let a = parts.map(|(re, im)| Complex64::new(f64::from(re), f64::from(im)));
        let Eigh { values, vectors } = eigh(3, &a).unwrap();
        close(&values, &[0.13919414688829632, 1.7458983116349476, 4.1149075414767555]);
        close(&eigvalsh(3, &a).unwrap(), &values);
        let first: Vec<f64> = (0..3).flat_map(|i| [vectors[3 * i].re, vectors[3 * i].im]).collect();
        let expected = [0.2691079821282236, 0.0, 0.0, 0.5007577082632783, -0.5817313003310828, -0.581731300331083];
        close(&first, &expected);
    }

    #[test]
    fn what_is_no_number_has_no_values() {
        let mut a = [1.0; 9];
        a[6] = f64::NAN;
        let error = eigh(3, &a).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (Kind::LinAlg, "Eigenvalues did not converge"));
        assert!(eigvalsh(2, &[1.0, 0.0, f64::NAN, 1.0]).unwrap().iter().all(|x| x.is_nan()));
        assert_eq!(eigh::<f64>(0, &[]).unwrap(), Eigh { values: vec![], vectors: vec![] });
        let huge = eigvalsh(2, &[1e300, 0.0, 0.0, 2e300]).unwrap();
        close(&huge.iter().map(|x| x / 1e300).collect::<Vec<_>>(), &[1.0, 2.0]);
    }
}
