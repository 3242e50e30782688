//! Products of matrices and of vectors, in plain slices of rows.
//!
//! The order of the sums depends on the shapes alone, never on the machine,
//! and nothing is fused: a product gives the same bits everywhere. NumPy
//! leaves floats to a BLAS, whose bits differ from one machine to the next.

use std::array;
use std::ops::Range;

use num_complex::Complex64;

use crate::error::{Error, Kind, Result};

/// How many terms of each sum are added up in registers before they go to memory.
const DEPTH: usize = 256;

/// How many rows of the first matrix are packed at a time: with [`DEPTH`] columns they fit a second-level cache.
const ROWS: usize = 128;

/// Below this many multiplications packing costs more than it saves.
const SMALL: usize = 8 * 8 * 8;

/// A number that matrices hold.
pub trait Element: Copy + Default {
    /// `sum + a * b`, as arrays compute it: integers wrap, for booleans it is "or" and "and".
    #[must_use]
    fn add_product(self, a: Self, b: Self) -> Self;

    /// `self + other`, likewise.
    #[must_use]
    fn plus(self, other: Self) -> Self;

    /// Adds the product of two matrices to a third, with a tile that fits this type's registers.
    #[doc(hidden)]
    fn add_tiled(shape: Shape, a: &[Self], b: &[Self], out: &mut [Self]);
}

macro_rules! element {
    ($type:ty, $rows:literal x $columns:literal, |$sum:ident, $a:ident, $b:ident| $add_product:expr, $plus:expr) => {
        impl Element for $type {
            #[inline(always)]
            fn add_product(self, $a: Self, $b: Self) -> Self {
                let $sum = self;
                $add_product
            }

            #[inline(always)]
            fn plus(self, $b: Self) -> Self {
                let $sum = self;
                $plus
            }

            fn add_tiled(shape: Shape, a: &[Self], b: &[Self], out: &mut [Self]) {
                add_tiled::<Self, $rows, $columns>(shape, a, b, out);
            }
        }
    };
}

element!(f64, 4 x 4, |sum, a, b| sum + a * b, sum + b);
element!(f32, 4 x 8, |sum, a, b| sum + a * b, sum + b);
element!(Complex64, 2 x 2, |sum, a, b| sum + a * b, sum + b);
element!(i64, 4 x 4, |sum, a, b| sum.wrapping_add(a.wrapping_mul(b)), sum.wrapping_add(b));
element!(i32, 4 x 8, |sum, a, b| sum.wrapping_add(a.wrapping_mul(b)), sum.wrapping_add(b));
element!(u8, 4 x 16, |sum, a, b| sum.wrapping_add(a.wrapping_mul(b)), sum.wrapping_add(b));
element!(bool, 4 x 16, |sum, a, b| sum | (a & b), sum | b);

/// The sizes of a product: `rows` by `inner`, times `inner` by `columns`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shape {
    /// Rows of the first matrix and of the product.
    pub rows: usize,
    /// Columns of the first matrix, rows of the second: how many terms each sum has.
    pub inner: usize,
    /// Columns of the second matrix and of the product.
    pub columns: usize,
}

impl Shape {
    /// Whether slices of these lengths are matrices of these sizes.
    fn fits(self, a: usize, b: usize) -> bool {
        self.rows.checked_mul(self.inner) == Some(a) && self.inner.checked_mul(self.columns) == Some(b)
    }
}

/// The product of two matrices, row by row.
///
/// # Errors
///
/// The slices are not of these sizes, or there is no memory for the product.
pub fn matmul<T: Element>(shape: Shape, a: &[T], b: &[T]) -> Result<Vec<T>> {
    let Shape { rows, inner, columns } = shape;
    if !shape.fits(a.len(), b.len()) {
        return Err(Error::value("matmul: the matrices are not of these sizes"));
    }
    let mut out = Vec::new();
    let len = rows.checked_mul(columns).filter(|&len| out.try_reserve_exact(len).is_ok());
    let len = len.ok_or_else(|| Error::new(Kind::Memory, format!("Unable to allocate {rows} x {columns} elements")))?;
    out.resize(len, T::default());
    if len == 0 || inner == 0 {
        return Ok(out);
    }
    if columns == 1 {
        out.iter_mut().zip(a.chunks_exact(inner)).for_each(|(out, row)| *out = dot(row, b));
    } else if rows < 4 || rows.saturating_mul(inner).saturating_mul(columns) <= SMALL {
        for (out, row) in out.chunks_exact_mut(columns).zip(a.chunks_exact(inner)) {
            add_row(row, b, out);
        }
    } else {
        T::add_tiled(shape, a, b, &mut out);
    }
    Ok(out)
}

/// The sum of the products of two vectors' elements (of as many as both have); neither is conjugated.
fn dot<T: Element>(a: &[T], b: &[T]) -> T {
    const LANES: usize = 8;
    let len = a.len().min(b.len());
    let (a, a_rest) = a[..len].as_chunks::<LANES>();
    let (b, b_rest) = b[..len].as_chunks::<LANES>();
    // Sums side by side: each waits for its own last addition only.
    let mut lanes = [T::default(); LANES];
    for (a, b) in a.iter().zip(b) {
        for lane in 0..LANES {
            lanes[lane] = lanes[lane].add_product(a[lane], b[lane]);
        }
    }
    let [s0, s1, s2, s3, s4, s5, s6, s7] = lanes;
    let sum = s0.plus(s4).plus(s2.plus(s6)).plus(s1.plus(s5).plus(s3.plus(s7)));
    a_rest.iter().zip(b_rest).fold(sum, |sum, (&a, &b)| sum.add_product(a, b))
}

/// Adds a row times a matrix to `out`.
fn add_row<T: Element>(row: &[T], b: &[T], out: &mut [T]) {
    for (&factor, b) in row.iter().zip(b.chunks_exact(out.len())) {
        for (out, &b) in out.iter_mut().zip(b) {
            *out = out.add_product(factor, b);
        }
    }
}

/// Adds the product tile by tile of `R` rows and `C` columns, which stay in registers meanwhile. What the tiles
/// read is packed first, so that it lies in one piece, filled up with zeros to whole tiles.
fn add_tiled<T: Element, const R: usize, const C: usize>(shape: Shape, a: &[T], b: &[T], out: &mut [T]) {
    let Shape { rows, inner, columns } = shape;
    let mut packed_a = Vec::new();
    let mut packed_b = Vec::new();
    for first in (0..inner).step_by(DEPTH) {
        let depth = DEPTH.min(inner - first);
        for top in (0..rows).step_by(ROWS) {
            let height = ROWS.min(rows - top);
            pack_rows::<T, R>(a, inner, top..top + height, first..first + depth, &mut packed_a);
            for left in (0..columns).step_by(C) {
                pack_columns::<T, C>(b, columns, first..first + depth, left, &mut packed_b);
                for (tile, a) in packed_a.chunks_exact(depth).enumerate() {
                    let sums = tile_of(a, &packed_b);
                    let top = top + tile * R;
                    let below = out[top * columns..].chunks_exact_mut(columns);
                    for (sums, out) in sums.iter().zip(below.take(height - tile * R)) {
                        out[left..].iter_mut().zip(sums).for_each(|(out, &sum)| *out = out.plus(sum));
                    }
                }
            }
        }
    }
}

/// One tile's sums.
#[inline]
fn tile_of<T: Element, const R: usize, const C: usize>(a: &[[T; R]], b: &[[T; C]]) -> [[T; C]; R] {
    let mut sums = [[T::default(); C]; R];
    for (a, b) in a.iter().zip(b) {
        for (sums, &a) in sums.iter_mut().zip(a) {
            for (sum, &b) in sums.iter_mut().zip(b) {
                *sum = sum.add_product(a, b);
            }
        }
    }
    sums
}

/// Packs a block of the first matrix: for every `R` rows, column after column.
fn pack_rows<T: Element, const R: usize>(
    a: &[T],
    width: usize,
    rows: Range<usize>,
    columns: Range<usize>,
    packed: &mut Vec<[T; R]>,
) {
    packed.clear();
    for top in rows.clone().step_by(R) {
        let held = R.min(rows.end - top);
        for column in columns.clone() {
            packed.push(array::from_fn(|row| if row < held { a[(top + row) * width + column] } else { T::default() }));
        }
    }
}

/// Packs `C` columns of the second matrix: row after row.
fn pack_columns<T: Element, const C: usize>(
    b: &[T],
    width: usize,
    rows: Range<usize>,
    left: usize,
    packed: &mut Vec<[T; C]>,
) {
    packed.clear();
    let held = C.min(width - left);
    for row in b.chunks_exact(width).take(rows.end).skip(rows.start) {
        let mut line = [T::default(); C];
        line[..held].copy_from_slice(&row[left..left + held]);
        packed.push(line);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Elements that look random, and are whole: sums of them are exact in any order.
    fn whole(len: usize, seed: u64) -> Vec<f64> {
        let mut state = seed;
        let mut next = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            ((state >> 33) % 2001) as f64 - 1000.0
        };
        (0..len).map(|_| next()).collect()
    }

    fn plainly<T: Element>(shape: Shape, a: &[T], b: &[T]) -> Vec<T> {
        let sum = |row, column| {
            let product = |sum: T, i| sum.add_product(a[row * shape.inner + i], b[i * shape.columns + column]);
            (0..shape.inner).fold(T::default(), product)
        };
        (0..shape.rows).flat_map(|row| (0..shape.columns).map(move |column| sum(row, column))).collect()
    }

    #[test]
    fn products_of_all_sizes_are_the_plain_sums() {
        let sizes = [0, 1, 2, 3, 5, 8, 13, 33, 130];
        for rows in sizes {
            for inner in [0, 1, 2, 7, 20, 257, 520] {
                for columns in sizes {
                    let shape = Shape { rows, inner, columns };
                    let (a, b) = (whole(rows * inner, 1), whole(inner * columns, 2));
                    assert_eq!(matmul(shape, &a, &b).unwrap(), plainly(shape, &a, &b), "{shape:?}");
                }
            }
        }
    }

    #[test]
    fn integers_wrap_and_booleans_are_joined() {
        let shape = Shape { rows: 9, inner: 11, columns: 17 };
        let (a, b) = (whole(99, 3), whole(187, 4));
        let of = |values: &[f64]| values.iter().map(|&x| (x as i64).wrapping_mul(1 << 58) + 3).collect::<Vec<_>>();
        assert_eq!(matmul(shape, &of(&a), &of(&b)).unwrap(), plainly(shape, &of(&a), &of(&b)));
        let of = |values: &[f64]| values.iter().map(|&x| x as i64 as u8).collect::<Vec<_>>();
        assert_eq!(matmul(shape, &of(&a), &of(&b)).unwrap(), plainly(shape, &of(&a), &of(&b)));
        let of = |values: &[f64]| values.iter().map(|&x| x > 500.0).collect::<Vec<_>>();
        assert_eq!(matmul(shape, &of(&a), &of(&b)).unwrap(), plainly(shape, &of(&a), &of(&b)));
        assert_eq!(dot(&[200_u8, 100], &[2, 1]), 244);
    }

    #[test]
    fn complex_numbers_are_not_conjugated() {
        let (a, b) = ([Complex64::new(1.0, 2.0), Complex64::new(0.0, 1.0)], [Complex64::new(3.0, -1.0); 2]);
        assert_eq!(dot(&a, &b), Complex64::new(6.0, 8.0));
        let shape = Shape { rows: 1, inner: 2, columns: 1 };
        assert_eq!(matmul(shape, &a, &b).unwrap(), [Complex64::new(6.0, 8.0)]);
    }

    #[test]
    fn sizes_that_do_not_fit_are_refused() {
        let shape = Shape { rows: 2, inner: 2, columns: 2 };
        assert!(matmul(shape, &[1.0; 3], &[1.0; 4]).is_err());
        let huge = Shape { rows: usize::MAX, inner: 0, columns: usize::MAX };
        assert_eq!(matmul::<f64>(huge, &[], &[]).unwrap_err().kind, Kind::Memory);
    }
}
