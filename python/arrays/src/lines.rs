//! What is done to all lines of an array along one axis.

use smallvec::SmallVec;

use crate::array::Array;
use crate::block::Plain;
use crate::cells::room;
use crate::error::Result;
use crate::shape::Dims;
use crate::walk::Walk;

/// Calls `work` for each line of `array` along an axis, with the line of `out` in the same place.
///
/// # Errors
/// When there is no memory for a line.
pub fn each<T: Plain, U: Plain>(
    array: &Array,
    axis: usize,
    out: &Array,
    mut work: impl FnMut(&mut [T], &mut [U]),
) -> Result<()> {
    let rest: Dims<usize> = (0..array.axes()).filter(|at| *at != axis).collect();
    let (across, out_across) = (array.transposed(&rest), out.transposed(&rest));
    let (length, out_length) = (array.shape()[axis], out.shape()[axis]);
    let mut row: Vec<T> = room(T::DTYPE, length)?;
    row.resize(length, T::default());
    let mut results: Vec<U> = room(U::DTYPE, out_length)?;
    results.resize(out_length, U::default());
    let order: Dims<usize> = (0..rest.len()).collect();
    let walk = Walk::along(across.shape(), &order, [&across, &out_across]);
    walk.each(|starts| {
        for at in 0..walk.length {
            let [from, to] = walk.further(starts, at);
            T::gather(array, from, array.strides()[axis], &mut row);
            results.fill(U::default());
            work(&mut row, &mut results);
            U::scatter(&results, out, to, out.strides()[axis]);
        }
        Ok(())
    })
}

/// A shape with another length of one axis.
#[must_use]
pub fn with_length(shape: &[usize], axis: usize, length: usize) -> Dims<usize> {
    let mut shape: Dims<usize> = SmallVec::from_slice(shape);
    shape[axis] = length;
    shape
}
