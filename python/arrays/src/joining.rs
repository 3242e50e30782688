//! Arrays put beside each other.

use crate::array::Array;
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::lines::with_length;
use crate::shape;

/// Arrays one after the other along an axis.
///
/// # Errors
/// In NumPy's words: none, or such as do not fit beside each other.
pub fn concatenate(arrays: &[Array], axis: i64, dtype: Option<DType>, out: Option<&Array>) -> Result<Array> {
    let Some(first) = arrays.first() else { return Err(Error::value("need at least one array to concatenate")) };
    if first.axes() == 0 {
        return Err(Error::value("zero-dimensional arrays cannot be concatenated"));
    }
    let at = shape::axis(axis, first.axes())?;
    for (index, array) in arrays.iter().enumerate().skip(1) {
        check(first, index, array, at)?;
    }
    let length = arrays.iter().map(|array| array.shape()[at]).sum();
    let shape = with_length(first.shape(), at, length);
    let dtype = dtype.unwrap_or_else(|| arrays.iter().fold(first.dtype(), |dtype, array| dtype.with(array.dtype())));
    let joined = match out {
        Some(out) if out.shape() == shape.as_slice() => out.clone(),
        Some(_) => return Err(Error::value("Output array is the wrong shape")),
        None => new_like(arrays, dtype, &shape)?,
    };
    let mut begin = 0;
    for array in arrays {
        let offset = joined.offset().wrapping_add_signed(joined.strides()[at] * begin as isize);
        joined.look(array.shape().into(), joined.strides().into(), offset).assign(array)?;
        begin += array.shape()[at];
    }
    Ok(joined)
}

/// By columns where all of them are, as NumPy does it.
fn new_like(arrays: &[Array], dtype: DType, shape: &[usize]) -> Result<Array> {
    if arrays.iter().all(|array| array.is_column_major() && !array.is_row_major()) {
        let axes: shape::Dims<usize> = (0..shape.len()).rev().collect();
        return Array::nested(dtype, shape, &axes);
    }
    Array::zeros(dtype, shape)
}

fn check(first: &Array, index: usize, array: &Array, at: usize) -> Result<()> {
    if array.axes() != first.axes() {
        return Err(Error::value(format!(
            "all the input arrays must have same number of dimensions, but the array at index 0 has {} dimension(s) and \
             the array at index {index} has {} dimension(s)",
            first.axes(),
            array.axes()
        )));
    }
    let differs = (0..first.axes()).find(|axis| *axis != at && first.shape()[*axis] != array.shape()[*axis]);
    match differs {
        None => Ok(()),
        Some(axis) => Err(Error::value(format!(
            "all the input array dimensions except for the concatenation axis must match exactly, but along dimension \
             {axis}, the array at index 0 has size {} and the array at index {index} has size {}",
            first.shape()[axis],
            array.shape()[axis]
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrays_are_joined_along_an_axis() {
        let a = Array::from_row(&[1_i64, 2], &[1, 2]).expect("memory");
        let b = Array::from_row(&[0.5, 1.5], &[1, 2]).expect("memory");
        let joined = concatenate(&[a.clone(), b.clone()], -1, None, None).expect("fits");
        assert_eq!(
            (joined.shape(), joined.to_row::<f64>().expect("memory")),
            ([1, 4].as_slice(), vec![1.0, 2.0, 0.5, 1.5])
        );
        let error = concatenate(&[a, b.reshaped(&[2]).expect("view")], 0, None, None).expect_err("must not fit");
        assert!(error.message.ends_with("the array at index 1 has 1 dimension(s)"));
    }
}
