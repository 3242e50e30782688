//! A matrix at work: sizes with elements, row by row.

use std::ops::{Index, IndexMut};

use super::Field;
use crate::error::{Error, Kind, Result};
use crate::products::{Shape, matmul};

#[derive(Clone, Debug)]
pub(super) struct Matrix<T> {
    rows: usize,
    columns: usize,
    elements: Vec<T>,
}

impl<T: Field> Matrix<T> {
    pub(super) fn new(rows: usize, columns: usize, elements: &[T]) -> Result<Self> {
        if rows.checked_mul(columns) != Some(elements.len()) {
            return Err(Error::value("the elements are no matrix of this size"));
        }
        Ok(Self { rows, columns, elements: elements.to_vec() })
    }

    pub(super) fn zeros(rows: usize, columns: usize) -> Result<Self> {
        let mut elements = Vec::new();
        let len = rows.checked_mul(columns).filter(|&len| elements.try_reserve_exact(len).is_ok());
        let too_large = || Error::new(Kind::Memory, format!("Unable to allocate a matrix of {rows} by {columns}"));
        elements.resize(len.ok_or_else(too_large)?, T::default());
        Ok(Self { rows, columns, elements })
    }

    /// Ones on the diagonal, which may be shorter than a side.
    pub(super) fn identity(rows: usize, columns: usize) -> Result<Self> {
        let mut identity = Self::zeros(rows, columns)?;
        identity.elements.iter_mut().step_by(columns + 1).take(rows.min(columns)).for_each(|x| *x = T::real(1.0));
        Ok(identity)
    }

    /// A larger matrix that begins with this one, and goes on as the identity.
    pub(super) fn extended(&self, rows: usize, columns: usize) -> Result<Self> {
        let mut matrix = Self::identity(rows, columns)?;
        for i in 0..rows.min(self.rows) {
            let len = columns.min(self.columns);
            matrix.row_mut(i)[..len].copy_from_slice(&self.row(i)[..len]);
        }
        Ok(matrix)
    }

    /// The transpose of a real matrix.
    pub(super) fn transposed(from: &Matrix<f64>) -> Self {
        let column = |j: usize| (0..from.rows).map(move |i| T::real(from[(i, j)]));
        let elements = (0..from.columns).flat_map(column).collect();
        Self { rows: from.columns, columns: from.rows, elements }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    pub(super) fn columns(&self) -> usize {
        self.columns
    }

    pub(super) fn into_elements(self) -> Vec<T> {
        self.elements
    }

    pub(super) fn row(&self, i: usize) -> &[T] {
        &self.elements[i * self.columns..][..self.columns]
    }

    pub(super) fn row_mut(&mut self, i: usize) -> &mut [T] {
        &mut self.elements[i * self.columns..][..self.columns]
    }

    /// Two different rows.
    pub(super) fn two_rows_mut(&mut self, i: usize, j: usize) -> (&mut [T], &mut [T]) {
        let columns = self.columns;
        let (before, behind) = self.elements.split_at_mut(i.max(j) * columns);
        let (first, second) = (&mut before[i.min(j) * columns..][..columns], &mut behind[..columns]);
        if i < j { (first, second) } else { (second, first) }
    }

    pub(super) fn swap_rows(&mut self, i: usize, j: usize) {
        if i != j {
            let (a, b) = self.two_rows_mut(i, j);
            a.swap_with_slice(b);
        }
    }

    /// The transpose of the conjugates.
    pub(super) fn adjoint(&self) -> Self {
        let column = |j: usize| (0..self.rows).map(move |i| self[(i, j)].conj());
        let elements = (0..self.columns).flat_map(column).collect();
        Self { rows: self.columns, columns: self.rows, elements }
    }

    /// The product with another matrix, which has as many rows as this one has columns.
    pub(super) fn times(&self, other: &Self) -> Result<Self> {
        let shape = Shape { rows: self.rows, inner: self.columns, columns: other.columns };
        let elements = matmul(shape, &self.elements, &other.elements)?;
        Ok(Self { rows: self.rows, columns: other.columns, elements })
    }

    /// The first rows, with zeros below the diagonal.
    pub(super) fn upper(&self, rows: usize) -> Result<Self> {
        let mut upper = Self::zeros(rows, self.columns)?;
        for i in 0..rows.min(self.rows) {
            let from = i.min(self.columns);
            upper.row_mut(i)[from..].copy_from_slice(&self.row(i)[from..]);
        }
        Ok(upper)
    }

    pub(super) fn is_finite(&self) -> bool {
        self.elements.iter().all(|x| x.finite())
    }

    /// A power of two that brings the elements near enough to 1 for their squares, and multiplies by it.
    pub(super) fn normalise(&mut self) -> f64 {
        let largest = self.elements.iter().map(|x| x.size()).fold(0.0, f64::max);
        let factor = match largest {
            0.0 => 1.0,
            _ if largest < 1e-140 => 2.0_f64.powi(500),
            _ if largest > 1e140 => 2.0_f64.powi(-500),
            _ => 1.0,
        };
        if factor != 1.0 {
            self.elements.iter_mut().for_each(|x| *x = x.scaled(factor));
        }
        factor
    }
}

impl<T> Index<(usize, usize)> for Matrix<T> {
    type Output = T;

    fn index(&self, (i, j): (usize, usize)) -> &T {
        &self.elements[i * self.columns + j]
    }
}

impl<T> IndexMut<(usize, usize)> for Matrix<T> {
    fn index_mut(&mut self, (i, j): (usize, usize)) -> &mut T {
        &mut self.elements[i * self.columns + j]
    }
}
