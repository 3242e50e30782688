//! Least squares.

use super::matrix::Matrix;
use super::{Field, Svd, svd};
use crate::error::{Error, Kind, Result};

/// What `lstsq` finds.
#[derive(Clone, Debug, PartialEq)]
pub struct LeastSquares<T> {
    /// The solutions, as columns: the shortest ones that leave the least.
    pub solutions: Vec<T>,
    /// The sum of the squares of what each leaves; none where the rank is not full or nothing can be left.
    pub residuals: Vec<f64>,
    /// How many singular values count.
    pub rank: usize,
    /// The singular values.
    pub s: Vec<f64>,
}

/// Solves `a x = b` as well as possible, where `b` has `wanted` columns. Singular values that are not more than `cutoff`
/// (what NumPy calls `rcond`) times the greatest count as 0; a negative one stands for the rounding.
///
/// # Errors
///
/// `a` has elements that are not finite, or there is no memory.
pub fn lstsq<T: Field>(
    rows: usize,
    columns: usize,
    a: &[T],
    wanted: usize,
    b: &[T],
    cutoff: f64,
) -> Result<LeastSquares<T>> {
    let b = Matrix::new(rows, wanted, b)?;
    let failed = |error: Error| match error.kind {
        Kind::LinAlg => Error::new(Kind::LinAlg, "SVD did not converge in Linear Least Squares"),
        _ => error,
    };
    let Svd { u, s, vh } = svd(rows, columns, a, false).map_err(failed)?;
    let (u, vh) = (Matrix::new(rows, s.len(), &u)?, Matrix::new(s.len(), columns, &vh)?);
    let cutoff = if (0.0..1.0).contains(&cutoff) { cutoff } else { f64::EPSILON / 2.0 };
    let least = s.first().map_or(0.0, |greatest| cutoff * greatest);
    let rank = s.iter().filter(|&&s| s > least).count();
    let mut inner = u.adjoint().times(&b)?;
    for (i, &s) in s.iter().enumerate() {
        let counts = i < rank;
        inner.row_mut(i).iter_mut().for_each(|x| *x = if counts { x.over(T::real(s)) } else { T::default() });
    }
    let solutions = vh.adjoint().times(&inner)?;
    let mut residuals = Vec::new();
    if rank == columns && rows > columns {
        residuals.resize(wanted, 0.0);
        let reached = Matrix::new(rows, columns, a)?.times(&solutions)?;
        for i in 0..rows {
            for ((sum, &x), &y) in residuals.iter_mut().zip(reached.row(i)).zip(b.row(i)) {
                let left = y - x;
                *sum += left.re() * left.re() + left.im() * left.im();
            }
        }
    }
    Ok(LeastSquares { solutions: solutions.into_elements(), residuals, rank, s })
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: [f64; 8] = [0.0, 1.0, 1.0, 1.0, 2.0, 1.0, 3.0, 1.0];

    #[test]
    fn a_line_is_fitted() {
        let found = lstsq(4, 2, &LINE, 1, &[-1.0, 0.2, 0.9, 2.1], 1e-15).unwrap();
        assert!((found.solutions[0] - 1.0).abs() < 1e-14 && (found.solutions[1] + 0.95).abs() < 1e-14);
        assert!((found.residuals[0] - 0.05).abs() < 1e-15);
        assert_eq!(found.rank, 2);
        assert!((found.s[0] - 4.10003044816824).abs() < 1e-14 && (found.s[1] - 1.090756766696107).abs() < 1e-14);
    }

    #[test]
    fn the_shortest_solution_is_taken() {
        let found = lstsq(2, 3, &[1.0; 6], 1, &[1.0; 2], 1e-15).unwrap();
        assert!(found.solutions.iter().all(|x| (x - 1.0 / 3.0).abs() < 1e-15), "{found:?}");
        assert_eq!((found.rank, found.residuals.len()), (1, 0));
        let nothing = lstsq(0, 2, &[], 1, &[], -1.0).unwrap();
        assert_eq!((nothing.solutions, nothing.rank), (vec![0.0; 2], 0));
        assert_eq!(lstsq(3, 0, &[], 1, &[1.0; 3], -1.0).unwrap().residuals, [3.0]);
    }

    #[test]
    fn what_is_no_number_is_refused() {
        let error = lstsq(1, 1, &[f64::NAN], 1, &[1.0], -1.0).unwrap_err();
        assert_eq!(error.message, "SVD did not converge in Linear Least Squares");
    }
}
