//! Reflections that turn a vector onto the first axis.

use super::Field;
use super::field::norm;
use super::matrix::Matrix;

/// `1 - tau v v*`, on the rows or columns from `offset` on.
#[derive(Clone, Debug)]
pub(super) struct Reflection<T> {
    offset: usize,
    tau: T,
    v: Vec<T>,
}

impl<T: Field> Reflection<T> {
    /// The reflection whose adjoint turns `x` onto the first axis, and the real number that is then there: with the
    /// sign that is not the first element's. What is there already is left alone.
    pub(super) fn of(offset: usize, mut x: Vec<T>) -> (Self, f64) {
        let Some((&first, rest)) = x.split_first() else {
            return (Self { offset, tau: T::default(), v: x }, 0.0);
        };
        let below = norm(rest);
        if below == 0.0 && first.im() == 0.0 {
            return (Self { offset, tau: T::default(), v: x }, first.re());
        }
        let beta = -first.modulus().hypot(below).copysign(first.re());
        let tau = (T::real(beta) - first).scaled(1.0 / beta);
        let head = first - T::real(beta);
        x.iter_mut().for_each(|x| *x = x.over(head));
        x[0] = T::real(1.0);
        (Self { offset, tau, v: x }, beta)
    }

    pub(super) fn adjoint(&self) -> Self {
        Self { tau: self.tau.conj(), ..self.clone() }
    }

    /// Multiplies the columns from `first` on by the reflection from the left.
    pub(super) fn apply_left(&self, a: &mut Matrix<T>, first: usize) {
        if self.tau == T::default() || first >= a.columns() {
            return;
        }
        let mut products = vec![T::default(); a.columns() - first];
        for (i, v) in self.v.iter().enumerate() {
            let row = &a.row(self.offset + i)[first..];
            products.iter_mut().zip(row).for_each(|(product, &x)| *product += v.conj() * x);
        }
        for (i, &v) in self.v.iter().enumerate() {
            let factor = self.tau * v;
            let row = &mut a.row_mut(self.offset + i)[first..];
            row.iter_mut().zip(&products).for_each(|(x, &product)| *x -= factor * product);
        }
    }

    /// Multiplies the rows from `first` on by the reflection from the right.
    pub(super) fn apply_right(&self, a: &mut Matrix<T>, first: usize) {
        if self.tau == T::default() {
            return;
        }
        for i in first..a.rows() {
            let row = &mut a.row_mut(i)[self.offset..];
            let product = row.iter().zip(&self.v).fold(T::default(), |sum, (&x, &v)| sum + x * v);
            let factor = self.tau * product;
            row.iter_mut().zip(&self.v).for_each(|(x, &v)| *x -= factor * v.conj());
        }
    }

    /// Multiplies a matrix's lower right corner by the reflection from the right, by its adjoint from the left.
    pub(super) fn apply_both(&self, a: &mut Matrix<T>) {
        self.adjoint().apply_left(a, self.offset);
        self.apply_right(a, self.offset);
    }
}

/// Multiplies by the product of the reflections, in their order, from the left.
pub(super) fn apply_all<T: Field>(reflections: &[Reflection<T>], a: &mut Matrix<T>) {
    reflections.iter().rev().for_each(|reflection| reflection.apply_left(a, 0));
}
