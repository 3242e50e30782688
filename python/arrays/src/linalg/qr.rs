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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn factors_have_numpys_signs() {
        let Qr { q, r } = qr(3, 2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0], false).unwrap();
        let expected = [
            (-0.16903085094570325, 0.8970852271450607),
            (-0.50709255283711, 0.27602622373694136),
            (-0.8451542547285166, -0.345032779671177),
        ];
        for (row, (x, y)) in q.chunks(2).zip(expected) {
            assert!((row[0] - x).abs() < 1e-15 && (row[1] - y).abs() < 1e-14, "{q:?}");
        }
        assert_eq!(r[2], 0.0);
        assert!((r[0] + 5.916079783099616).abs() < 1e-14 && (r[3] - 0.8280786712108248).abs() < 1e-14);
    }

    #[test]
    fn complete_factors_are_square() {
        let Qr { q, r } = qr(3, 1, &[3.0, 0.0, 4.0], true).unwrap();
        assert_eq!((q.len(), r), (9, vec![-5.0, 0.0, 0.0]));
        assert_eq!(qr(2, 2, &[1.0, 2.0, 0.0, -3.0], false).unwrap().r, [1.0, 2.0, 0.0, -3.0]);
        assert_eq!(qr::<f64>(0, 2, &[], false).unwrap(), Qr { q: vec![], r: vec![] });
    }
}
