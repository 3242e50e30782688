//! The Cholesky factor.

use super::Field;
use super::matrix::Matrix;
use crate::error::{Error, Kind, Result};

/// The lower triangular `l` with `l` times its adjoint the matrix, of which the lower triangle alone is read.
///
/// # Errors
///
/// The matrix is not positive definite.
pub fn cholesky<T: Field>(n: usize, a: &[T]) -> Result<Vec<T>> {
    let mut l = Matrix::new(n, n, a)?;
    for i in 0..n {
        for j in 0..i {
            let (above, row) = l.two_rows_mut(j, i);
            let inner = row[..j].iter().zip(&above[..j]).fold(T::default(), |sum, (&x, &y)| sum + x * y.conj());
            row[j] = (row[j] - inner).over(above[j]);
        }
        let row = l.row_mut(i);
        let (before, behind) = row.split_at_mut(i);
        let square = behind[0].re() - before.iter().map(|x| x.re() * x.re() + x.im() * x.im()).sum::<f64>();
        if square <= 0.0 {
            return Err(Error::new(Kind::LinAlg, "Matrix is not positive definite"));
        }
        behind.fill(T::default());
        behind[0] = T::real(square.sqrt());
    }
    Ok(l.into_elements())
}
