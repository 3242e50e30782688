//! Elements as plain numbers, a block at a time: what kernels work on.

use crate::Complex64;
use crate::array::Array;
use crate::cells::Element;
use crate::ufunc::Cast;
use crate::with_element;

/// How many elements a block has at most: three of them stay in the fastest memory.
pub(crate) const BLOCK: usize = 512;

/// The same for arrays of hardly any elements, for which clearing a block would be most of the work.
pub(crate) const SMALL_BLOCK: usize = 32;

/// A type that elements of any type can be turned into, and back.
pub trait Plain: Element {
    /// Elements of an array from cell `start` on, each `step` cells after the one
    /// before, as many as `out` has room for.
    fn gather(array: &Array, start: usize, step: isize, out: &mut [Self]);

    /// Puts elements there.
    fn scatter(row: &[Self], array: &Array, start: usize, step: isize);
}

macro_rules! plain {
    ($($element:ty),*) => {$(
        impl Plain for $element {
            fn gather(array: &Array, start: usize, step: isize, out: &mut [Self]) {
                with_element!(array.dtype(), S => gather::<S, Self>(array.cells(), start, step, out));
            }

            fn scatter(row: &[Self], array: &Array, start: usize, step: isize) {
                with_element!(array.dtype(), S => scatter::<Self, S>(row, array.cells(), start, step));
            }
        }
    )*};
}

plain!(bool, u8, i32, i64, f32, f64, Complex64);

fn gather<S: Element + Cast<T>, T: Copy>(cells: &[S::Cell], start: usize, step: isize, out: &mut [T]) {
    let row = cells.get(start..).unwrap_or_default();
    if step == S::CELLS as isize {
        load_row::<S, T>(row, out);
    } else if step == 0 {
        out.fill(S::load(row).cast_to());
    } else {
        load_apart::<S, T>(cells, start, step, out);
    }
}

fn scatter<T: Copy + Cast<S>, S: Element>(row: &[T], cells: &[S::Cell], start: usize, step: isize) {
    if step == S::CELLS as isize {
        store_row::<T, S>(row, cells.get(start..).unwrap_or_default());
    } else {
        store_apart::<T, S>(row, cells, start, step);
    }
}

/// Elements side by side.
///
/// Not inlined, as those below: the build makes plain accesses of its atomic ones (xtask/src/python.rs).
#[inline(never)]
fn load_row<S: Element + Cast<T>, T: Copy>(cells: &[S::Cell], out: &mut [T]) {
    for (cells, out) in cells.chunks_exact(S::CELLS).zip(out) {
        *out = S::load(cells).cast_to();
    }
}

/// Keeps elements side by side.
#[inline(never)]
fn store_row<T: Copy + Cast<S>, S: Element>(row: &[T], cells: &[S::Cell]) {
    for (cells, value) in cells.chunks_exact(S::CELLS).zip(row) {
        (*value).cast_to().store(cells);
    }
}

/// Elements that are not side by side.
#[inline(never)]
fn load_apart<S: Element + Cast<T>, T: Copy>(cells: &[S::Cell], start: usize, step: isize, out: &mut [T]) {
    let mut at = start;
    for out in out {
        *out = S::load(cells.get(at..).unwrap_or_default()).cast_to();
        at = at.wrapping_add_signed(step);
    }
}

/// Keeps elements that are not side by side.
#[inline(never)]
fn store_apart<T: Copy + Cast<S>, S: Element>(row: &[T], cells: &[S::Cell], start: usize, step: isize) {
    let mut at = start;
    for value in row {
        (*value).cast_to().store(cells.get(at..).unwrap_or_default());
        at = at.wrapping_add_signed(step);
    }
}
