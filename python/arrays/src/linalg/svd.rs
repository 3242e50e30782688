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

#[cfg(test)]
mod tests {
    use num_complex::Complex64;

    use super::*;

    fn close(found: &[f64], expected: &[f64]) {
        assert_eq!(found.len(), expected.len());
        assert!(found.iter().zip(expected).all(|(a, b)| (a - b).abs() < 1e-14), "{found:?}");
    }

    #[test]
    fn tall_and_wide_ones_have_numpys_signs() {
        let a: Vec<f64> = (0..8).map(f64::from).collect();
        let Svd { u, s, vh } = svd(3, 2, &a[..6], false).unwrap();
        close(&s, &[7.3864821299093135, 0.6632358136668917]);
        let expected = [
            -0.10818576378737448,
            0.9064376282166774,
            -0.4873362400728426,
            0.30957506754420344,
            -0.8664867163583106,
            -0.2872874931282706,
        ];
        close(&u, &expected);
        close(&vh, &[-0.6011818978885755, -0.7991122109260317, -0.7991122109260317, 0.6011818978885755]);
        let Svd { u, s, vh } = svd(2, 4, &a, false).unwrap();
        close(&s, &[11.733528764304223, 1.5245664095884697]);
        close(&u, &[-0.29370412459500933, -0.9558963789009135, -0.9558963789009136, 0.29370412459500955]);
        close(&vh[4..], &[0.7705905698769525, 0.3362426463354309, -0.09810527720609045, -0.5324532007476117]);
        assert_eq!(svd(2, 4, &a, true).unwrap().vh.len(), 16);
        close(&svdvals(2, 4, &a).unwrap(), &s);
    }

    #[test]
    fn complex_ones_have_numpys_phases() {
        let a = [(1.0, 1.0), (2.0, 0.0), (3.0, 0.0), (0.0, 4.0)].map(|(re, im)| Complex64::new(re, im));
        let Svd { u, s, vh } = svd(2, 2, &a, true).unwrap();
        close(&s, &[5.162048857266267, 2.0864447261300803]);
        close(
            &[u[0].re, u[0].im, u[3].re, u[3].im],
            &[-0.1694342339349998, 0.21250600357499555, 0.17810117495967637, -0.20529669423188235],
        );
        close(
            &[vh[0].re, vh[0].im, vh[3].re, vh[3].im],
            &[-0.5460287659022047, 0.0, -0.10708505124301258, -0.5354252562150633],
        );
    }

    #[test]
    fn signs_are_on_the_right_but_for_a_single_value() {
        let found = svd(2, 2, &[-1.0, 0.0, 0.0, 0.0], true).unwrap();
        assert_eq!(found, Svd { u: vec![1.0, 0.0, 0.0, 1.0], s: vec![1.0, 0.0], vh: vec![-1.0, 0.0, 0.0, 1.0] });
        assert_eq!(svd(1, 1, &[-2.0], true).unwrap(), Svd { u: vec![-1.0], s: vec![2.0], vh: vec![1.0] });
        assert_eq!(svd::<f64>(0, 2, &[], true).unwrap().vh, [1.0, 0.0, 0.0, 1.0]);
    }

    #[test]
    fn what_is_not_finite_has_none() {
        for bad in [f64::NAN, f64::INFINITY] {
            let error = svd(2, 1, &[1.0, bad], true).unwrap_err();
            assert_eq!((error.kind, error.message.as_str()), (Kind::LinAlg, "SVD did not converge"));
            assert!(svdvals(2, 1, &[1.0, bad]).is_err());
        }
    }
}
