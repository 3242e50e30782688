//! The QR factors.

use super::Field;
use super::householder::{Reflection, apply_all};
use super::matrix::Matrix;
use crate::error::Result;

/// A matrix as a product of one with orthonormal columns and an upper triangular one.
#[derive(Clone, Debug, PartialEq)]
pub struct Qr<T> {
    /// As many columns as the matrix has rows or, if that is less and not all are wanted, columns.
    pub q: Vec<T>,
    /// As many rows as `q` has columns.
    pub r: Vec<T>,
}

/// The reflections that make a matrix upper triangular, and what it is then.
pub(super) fn reduce<T: Field>(mut a: Matrix<T>) -> (Vec<Reflection<T>>, Matrix<T>) {
    let reflections = (0..a.rows().min(a.columns())).map(|k| {
        let (reflection, beta) = Reflection::of(k, (k..a.rows()).map(|i| a[(i, k)]).collect());
        reflection.adjoint().apply_left(&mut a, k + 1);
        a[(k, k)] = T::real(beta);
        reflection
    });
    let reflections = reflections.collect();
    (reflections, a)
}

/// The factors of a matrix, with `complete` those with a square `q`.
///
/// # Errors
///
/// There is no memory for the factors.
pub fn qr<T: Field>(rows: usize, columns: usize, a: &[T], complete: bool) -> Result<Qr<T>> {
    let (reflections, reduced) = reduce(Matrix::new(rows, columns, a)?);
    let inner = if complete { rows } else { rows.min(columns) };
    let mut q = Matrix::identity(rows, inner)?;
    apply_all(&reflections, &mut q);
    Ok(Qr { q: q.into_elements(), r: reduced.upper(inner)?.into_elements() })
}
