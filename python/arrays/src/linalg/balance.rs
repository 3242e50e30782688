//! What is done to a square matrix before its eigenvalues are sought: those in plain sight are put aside, and rows
//! and columns are scaled to similar lengths.

use std::ops::Range;

use super::Field;
use super::field::norm;
use super::matrix::Matrix;

/// How a matrix was balanced.
pub(super) struct Balance {
    /// The rows and columns whose eigenvalues are still to be found.
    pub(super) active: Range<usize>,
    /// Which rows (and columns) were swapped, in this order.
    swaps: Vec<(usize, usize)>,
    /// By what each column was multiplied, and each row divided.
    scales: Vec<f64>,
}

impl Balance {
    pub(super) fn new<T: Field>(a: &mut Matrix<T>) -> Self {
        let n = a.rows();
        let mut balance = Self { active: 0..n, swaps: Vec::new(), scales: vec![1.0; n] };
        while balance.put_aside(a) {}
        while balance.scale(a) {}
        balance
    }

    /// Moves what has zeros beside its diagonal out of the active part: rows to the end, then columns to the front.
    fn put_aside<T: Field>(&mut self, a: &mut Matrix<T>) -> bool {
        let zero = |x: T| x == T::default();
        let mut found = false;
        for i in self.active.clone().rev() {
            if self.active.clone().all(|j| i == j || zero(a[(i, j)])) {
                self.active.end -= 1;
                self.swap(a, i, self.active.end);
                found = true;
            }
        }
        if found {
            return true;
        }
        for j in self.active.clone() {
            if self.active.clone().all(|i| i == j || zero(a[(i, j)])) {
                let start = self.active.start;
                self.active.start += 1;
                self.swap(a, j, start);
                found = true;
            }
        }
        found
    }

    fn swap<T: Field>(&mut self, a: &mut Matrix<T>, i: usize, j: usize) {
        a.swap_rows(i, j);
        (0..a.rows()).for_each(|row| a.row_mut(row).swap(i, j));
        self.swaps.push((i, j));
    }

    /// Scales each active row and column once, by a power of two; says whether that changed much.
    fn scale<T: Field>(&mut self, a: &mut Matrix<T>) -> bool {
        let mut changed = false;
        for i in self.active.clone() {
            let column: Vec<T> = self.active.clone().map(|row| a[(row, i)]).collect();
            let (mut column, mut row) = (norm(&column), norm(&a.row(i)[self.active.clone()]));
            let before = column + row;
            if column == 0.0 || row == 0.0 || !before.is_finite() {
                continue;
            }
            let mut factor = 1.0_f64;
            // Bounds that keep every power a number.
            while column < row / 2.0 && factor < 1e100 {
                (factor, column, row) = (factor * 2.0, column * 2.0, row / 2.0);
            }
            while column / 2.0 >= row && factor > 1e-100 {
                (factor, column, row) = (factor / 2.0, column / 2.0, row * 2.0);
            }
            let scale = self.scales[i] * factor;
            if column + row >= 0.95 * before || !(1e-120..1e120).contains(&scale) {
                continue;
            }
            changed = true;
            self.scales[i] = scale;
            a.row_mut(i).iter_mut().for_each(|x| *x = x.scaled(1.0 / factor));
            (0..a.rows()).for_each(|row| a[(row, i)] = a[(row, i)].scaled(factor));
        }
        changed
    }

    /// Makes a vector of the balanced matrix one of the matrix as it was.
    pub(super) fn undo<T: Field>(&self, vector: &mut [T]) {
        vector.iter_mut().zip(&self.scales).for_each(|(x, &scale)| *x = x.scaled(scale));
        self.swaps.iter().rev().for_each(|&(i, j)| vector.swap(i, j));
    }
}
