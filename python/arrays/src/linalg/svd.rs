//! The singular value decomposition.

use super::Field;
use super::bidiagonal::{Bidiagonal, Turned};
use super::householder::{Reflection, apply_all};
use super::matrix::Matrix;
use super::qr;
use crate::error::{Error, Kind, Result};

/// A matrix as a product of one with orthonormal columns, a diagonal one and one with orthonormal rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Svd<T> {
    /// The left singular vectors, as columns.
    pub u: Vec<T>,
    /// The singular values, from the greatest to the least.
    pub s: Vec<f64>,
    /// The right singular vectors, conjugated, as rows.
    pub vh: Vec<T>,
}

fn failed() -> Error {
    Error::new(Kind::LinAlg, "SVD did not converge")
}

/// The singular value decomposition: with `full` as many left vectors as the matrix has rows, and right ones as it
/// has columns, else as many of both as singular values.
///
/// # Errors
///
/// The matrix has elements that are not finite, or there is no memory.
pub fn svd<T: Field>(rows: usize, columns: usize, a: &[T], full: bool) -> Result<Svd<T>> {
    let mut a = Matrix::new(rows, columns, a)?;
    if !a.is_finite() {
        return Err(failed());
    }
    let factor = a.normalise();
    let wide = rows < columns;
    let (short, long) = (rows.min(columns), rows.max(columns));
    let tall = if wide { a.adjoint() } else { a };
    let lefts = if full { long } else { short };
    // Much taller than wide: what is below the triangle is done with first.
    let (numerator, denominator) = T::TALL;
    let parts = if long >= short.saturating_mul(numerator) / denominator && long > short {
        let (reflections, reduced) = qr::reduce(tall);
        let triangle = reduced.upper(short)?;
        let (inner, s, v) = reduce(if wide { triangle.adjoint() } else { triangle }).vectors(short, false)?;
        let (inner, v) = if wide { (v, inner) } else { (inner, v) };
        let mut u = inner.extended(long, lefts)?;
        apply_all(&reflections, &mut u);
        (u, s, v)
    } else {
        reduce(tall).vectors(lefts, wide)?
    };
    let (u, mut s, v) = parts;
    s.iter_mut().for_each(|s| *s /= factor);
    let (u, v) = if wide { (v, u) } else { (u, v) };
    Ok(Svd { u: u.into_elements(), s, vh: v.adjoint().into_elements() })
}

/// The singular values, from the greatest to the least.
///
/// # Errors
///
/// The matrix has elements that are not finite.
pub fn svdvals<T: Field>(rows: usize, columns: usize, a: &[T]) -> Result<Vec<f64>> {
    let mut a = Matrix::new(rows, columns, a)?;
    if !a.is_finite() {
        return Err(failed());
    }
    let factor = a.normalise();
    let mut reduced = reduce(if rows < columns { a.adjoint() } else { a });
    let n = reduced.bidiagonal.len();
    let mut nothing = Turned { left: Matrix::zeros(n, 0)?, right: Matrix::zeros(n, 0)? };
    reduced.bidiagonal.diagonalise(&mut nothing).ok_or_else(failed)?;
    Ok(reduced.bidiagonal.into_values().into_iter().map(|s| s / factor).collect())
}

/// A matrix that reflections from both sides made bidiagonal.
struct Reduced<T> {
    left: Vec<Reflection<T>>,
    bidiagonal: Bidiagonal,
    right: Vec<Reflection<T>>,
    rows: usize,
}

/// Makes a matrix that is not wider than high bidiagonal.
fn reduce<T: Field>(mut a: Matrix<T>) -> Reduced<T> {
    let (rows, columns) = (a.rows(), a.columns());
    let (mut left, mut right) = (Vec::with_capacity(columns), Vec::with_capacity(columns));
    let (mut diagonal, mut above) = (Vec::with_capacity(columns), Vec::with_capacity(columns));
    for k in 0..columns {
        let (reflection, beta) = Reflection::of(k, (k..rows).map(|i| a[(i, k)]).collect());
        reflection.adjoint().apply_left(&mut a, k + 1);
        left.push(reflection);
        diagonal.push(beta);
        if k + 1 < columns {
            let (reflection, beta) = Reflection::of(k + 1, a.row(k)[k + 1..].iter().map(|x| x.conj()).collect());
            reflection.apply_right(&mut a, k + 1);
            right.push(reflection);
            above.push(beta);
        }
    }
    Reduced { left, bidiagonal: Bidiagonal::new(diagonal, above), right, rows }
}

impl<T: Field> Reduced<T> {
    /// `lefts` left singular vectors as columns, the singular values, and the right singular vectors as columns. A
    /// matrix that was `turned` on its side is diagonalised as it was before.
    fn vectors(mut self, lefts: usize, turned: bool) -> Result<(Matrix<T>, Vec<f64>, Matrix<T>)> {
        let n = self.bidiagonal.len();
        let mut vectors = Turned { left: Matrix::identity(n, n)?, right: Matrix::identity(n, n)? };
        if turned {
            self.bidiagonal.diagonalise_lower(&mut vectors).ok_or_else(failed)?;
            std::mem::swap(&mut vectors.left, &mut vectors.right);
        } else {
            self.bidiagonal.diagonalise(&mut vectors).ok_or_else(failed)?;
        }
        let mut u = Matrix::transposed(&vectors.left).extended(self.rows, lefts)?;
        apply_all(&self.left, &mut u);
        let mut v = Matrix::transposed(&vectors.right);
        apply_all(&self.right, &mut v);
        Ok((u, self.bidiagonal.into_values(), v))
    }
}
