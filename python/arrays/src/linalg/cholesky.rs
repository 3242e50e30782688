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

#[cfg(test)]
mod tests {
    use num_complex::Complex64;

    use super::*;

    #[test]
    fn the_lower_triangle_alone_is_read() {
        let a = [(4.0, 0.0), (9.0, 9.0), (0.0, -2.0), (5.0, 0.0)].map(|(re, im)| Complex64::new(re, im));
        let l = [(2.0, 0.0), (0.0, 0.0), (0.0, -1.0), (2.0, 0.0)].map(|(re, im)| Complex64::new(re, im));
        assert_eq!(cholesky(2, &a).unwrap(), l);
        assert_eq!(cholesky(2, &[4.0, f64::NAN, 2.0, 2.0]).unwrap(), [2.0, 0.0, 1.0, 1.0]);
    }

    #[test]
    fn what_is_not_positive_definite_is_refused() {
        let error = cholesky(2, &[1.0, 2.0, 2.0, 1.0]).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (Kind::LinAlg, "Matrix is not positive definite"));
        assert!(cholesky(1, &[0.0]).is_err());
        assert!(cholesky(2, &[1.0, 2.0, f64::NAN, 1.0]).unwrap()[3].is_nan());
    }
}
