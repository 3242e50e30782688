//! Elimination with partial pivoting.

use super::Field;
use super::matrix::Matrix;
use crate::error::{Error, Kind, Result};

/// A matrix's rows, swapped, as a product: unit lower triangular times upper triangular.
struct Lu<T> {
    factors: Matrix<T>,
    /// Which row was swapped with the first, then with the second, ...
    swaps: Vec<usize>,
    /// Whether a pivot is 0.
    singular: bool,
}

impl<T: Field> Lu<T> {
    fn new(n: usize, a: &[T]) -> Result<Self> {
        let mut factors = Matrix::new(n, n, a)?;
        let mut swaps = Vec::with_capacity(n);
        let mut singular = false;
        for k in 0..n {
            let mut pivot = k;
            for i in k + 1..n {
                // The first of equal ones.
                if factors[(i, k)].size() > factors[(pivot, k)].size() {
                    pivot = i;
                }
            }
            swaps.push(pivot);
            factors.swap_rows(k, pivot);
            if factors[(k, k)] == T::default() {
                singular = true;
                continue;
            }
            // As LAPACK does it; but the smallest numbers have no reciprocal.
            let reciprocal = T::real(1.0).over(factors[(k, k)]);
            for i in k + 1..n {
                let (top, row) = factors.two_rows_mut(k, i);
                let factor = if reciprocal.finite() { row[k] * reciprocal } else { row[k].over(top[k]) };
                row[k] = factor;
                subtract(factor, &top[k + 1..], &mut row[k + 1..]);
            }
        }
        Ok(Self { factors, swaps, singular })
    }

    /// Solves for the columns of `b`.
    fn solve(&self, mut b: Matrix<T>) -> Result<Vec<T>> {
        if self.singular {
            return Err(Error::new(Kind::LinAlg, "Singular matrix"));
        }
        let n = self.factors.rows();
        for (i, &swap) in self.swaps.iter().enumerate() {
            b.swap_rows(i, swap);
        }
        for i in 0..n {
            for j in 0..i {
                let (solved, row) = b.two_rows_mut(j, i);
                subtract(self.factors[(i, j)], solved, row);
            }
        }
        for i in (0..n).rev() {
            for j in i + 1..n {
                let (solved, row) = b.two_rows_mut(j, i);
                subtract(self.factors[(i, j)], solved, row);
            }
            let pivot = self.factors[(i, i)];
            if b.columns() == 1 {
                b[(i, 0)] = b[(i, 0)].over(pivot);
            } else {
                let reciprocal = T::real(1.0).over(pivot);
                let divided = |x: T| if reciprocal.finite() { x * reciprocal } else { x.over(pivot) };
                b.row_mut(i).iter_mut().for_each(|x| *x = divided(*x));
            }
        }
        Ok(b.into_elements())
    }

    /// The determinant's sign (in the complex case, its phase) and the logarithm of its size.
    fn slogdet(&self) -> (T, f64) {
        if self.singular {
            return (T::default(), f64::NEG_INFINITY);
        }
        let odd = self.swaps.iter().enumerate().filter(|&(i, &swap)| i != swap).count() % 2 == 1;
        let mut sign = T::real(if odd { -1.0 } else { 1.0 });
        let mut log = 0.0;
        for i in 0..self.factors.rows() {
            let pivot = self.factors[(i, i)];
            sign = sign * pivot.phase();
            log += pxfm::f_log(pivot.modulus());
        }
        (sign, log)
    }
}

/// Subtracts `factor` times a row from another.
fn subtract<T: Field>(factor: T, row: &[T], from: &mut [T]) {
    from.iter_mut().zip(row).for_each(|(x, &y)| *x -= factor * y);
}

/// The solutions `x` of `a x = b`, where `a` has `n` rows and `b` has `columns` columns.
///
/// # Errors
///
/// `a` is singular.
pub fn solve<T: Field>(n: usize, a: &[T], columns: usize, b: &[T]) -> Result<Vec<T>> {
    let b = Matrix::new(n, columns, b)?;
    Lu::new(n, a)?.solve(b)
}

/// The inverse.
///
/// # Errors
///
/// The matrix is singular.
pub fn inv<T: Field>(n: usize, a: &[T]) -> Result<Vec<T>> {
    Lu::new(n, a)?.solve(Matrix::identity(n, n)?)
}

/// The determinant's sign (in the complex case, its phase) and the logarithm of its size: 0 and minus infinity of a
/// singular matrix.
///
/// # Errors
///
/// The slice has not `n` times `n` elements.
pub fn slogdet<T: Field>(n: usize, a: &[T]) -> Result<(T, f64)> {
    Ok(Lu::new(n, a)?.slogdet())
}

/// The determinant, as NumPy has it: from its logarithm.
///
/// # Errors
///
/// The slice has not `n` times `n` elements.
pub fn det<T: Field>(n: usize, a: &[T]) -> Result<T> {
    let (sign, log) = slogdet(n, a)?;
    Ok(sign.scaled(pxfm::f_exp(log)))
}

#[cfg(test)]
mod tests {
    use num_complex::Complex64;

    use super::*;

    #[test]
    fn solutions_are_numpys() {
        let a = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(
            inv(2, &a).unwrap(),
            [-1.9999999999999996, 0.9999999999999998, 1.4999999999999998, -0.4999999999999999]
        );
        let x = solve(2, &[1.0, 2.0, 3.0, 5.0], 1, &[1.0, 2.0]).unwrap();
        assert!((x[0] + 1.0).abs() < 1e-14 && (x[1] - 1.0).abs() < 1e-14, "{x:?}");
        let i = Complex64::new(0.0, 1.0);
        assert_eq!(solve(1, &[i], 2, &[i, -i]).unwrap(), [Complex64::new(1.0, 0.0), Complex64::new(-1.0, 0.0)]);
    }

    #[test]
    fn determinants_are_numpys() {
        assert_eq!(det(2, &[1.0, 2.0, 3.0, 4.0]).unwrap(), -2.0000000000000004);
        assert_eq!(slogdet(2, &[1.0, 2.0, 3.0, 4.0]).unwrap(), (-1.0, 0.6931471805599455));
        assert_eq!(slogdet::<f64>(0, &[]).unwrap(), (1.0, 0.0));
        assert_eq!(slogdet(1, &[f64::NEG_INFINITY]).unwrap(), (-1.0, f64::INFINITY));
        let a = [(1.0, 0.0), (0.0, 2.0), (3.0, 0.0), (4.0, 0.0)].map(|(re, im)| Complex64::new(re, im));
        assert!((det(2, &a).unwrap() - Complex64::new(4.0, -6.0)).norm() < 1e-14);
    }

    #[test]
    fn what_has_no_inverse_is_refused() {
        let a = [1.0, 2.0, 2.0, 4.0];
        let error = inv(2, &a).unwrap_err();
        assert_eq!((error.kind, error.message.as_str()), (Kind::LinAlg, "Singular matrix"));
        assert_eq!(slogdet(2, &a).unwrap(), (0.0, f64::NEG_INFINITY));
        assert_eq!(det(2, &a).unwrap(), 0.0);
        assert!(solve(2, &a, 1, &[1.0]).is_err());
        assert!(inv(2, &[f64::NAN, 1.0, 1.0, 1.0]).unwrap().iter().all(|x| x.is_nan()));
    }
}
