//! Which elements are not zero, and how often each number is there.

use crate::cells::room;
use crate::dtype::DType;
use crate::error::{Error, Kind, Result};

/// The indices of the elements that are not zero, one list for each axis, row by row.
///
/// # Errors
///
/// There is no memory for them.
pub fn nonzero<T: Copy + Default + PartialEq>(values: &[T], shape: &[usize]) -> Result<Vec<Vec<i64>>> {
    let zero = T::default();
    let count = values.iter().filter(|value| **value != zero).count();
    let mut axes = shape.iter().map(|_| room(DType::I64, count)).collect::<Result<Vec<Vec<i64>>>>()?;
    for index in (0..values.len()).filter(|&index| values[index] != zero) {
        let mut rest = index;
        for (axis, &len) in axes.iter_mut().zip(shape).rev() {
            let len = len.max(1);
            axis.push((rest % len) as i64);
            rest /= len;
        }
    }
    Ok(axes)
}

/// How many bins the numbers need, and the bin of each.
fn bins(values: &[i64], minlength: i64) -> Result<(usize, impl Iterator<Item = usize>)> {
    if minlength < 0 {
        return Err(Error::value("'minlength' must not be negative"));
    }
    if values.iter().any(|&value| value < 0) {
        return Err(Error::value("'list' argument must have no negative elements"));
    }
    let len = values.iter().max().map_or(0, |&max| max.saturating_add(1)).max(minlength);
    let len = usize::try_from(len).map_err(|_| too_big())?;
    Ok((len, values.iter().map(|&value| value as usize)))
}

fn too_big() -> Error {
    Error::value("array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.")
}

/// `len` zeros, if there is memory for them.
fn zeros<T: Copy + Default>(len: usize) -> Result<Vec<T>> {
    if len > isize::MAX as usize / size_of::<T>() {
        return Err(too_big());
    }
    let mut zeros = Vec::new();
    zeros.try_reserve_exact(len).map_err(|_| Error::new(Kind::Memory, format!("Unable to allocate {len} bins")))?;
    zeros.resize(len, T::default());
    Ok(zeros)
}

/// How often each number from 0 on is there: `minlength` numbers at least.
///
/// # Errors
///
/// A number is negative, or there is no memory for as many bins.
pub fn bincount(values: &[i64], minlength: i64) -> Result<Vec<i64>> {
    let (len, bins) = bins(values, minlength)?;
    let mut counts = zeros(len)?;
    for bin in bins {
        // The largest number of all has no bin: the one behind it could not be counted.
        if let Some(count) = counts.get_mut(bin) {
            *count += 1;
        }
    }
    Ok(counts)
}

/// The sum of the weights of each number from 0 on, added in the order in which they come.
///
/// # Errors
///
/// As with [`bincount`], or there are not as many weights as numbers.
pub fn bincount_weighted(values: &[i64], weights: &[f64], minlength: i64) -> Result<Vec<f64>> {
    let (len, bins) = bins(values, minlength)?;
    if weights.len() != values.len() {
        return Err(Error::value("The weights and list don't have the same length."));
    }
    let mut sums = zeros(len)?;
    for (bin, weight) in bins.zip(weights) {
        if let Some(sum) = sums.get_mut(bin) {
            *sum += weight;
        }
    }
    Ok(sums)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn indices_are_row_by_row() {
        assert_eq!(nonzero(&[0.0, f64::NAN, -0.0, 2.0, 0.0, 1.0], &[2, 3]).unwrap(), [vec![0, 1, 1], vec![1, 0, 2]]);
        assert_eq!(nonzero(&[true, false, true], &[3]).unwrap(), [vec![0, 2]]);
        assert_eq!(nonzero::<i32>(&[], &[0, 3]).unwrap(), [vec![], vec![]]);
    }

    #[test]
    fn numbers_are_counted() {
        assert_eq!(bincount(&[0, 1, 1, 3], 0).unwrap(), [1, 2, 0, 1]);
        assert_eq!(bincount(&[], 3).unwrap(), [0, 0, 0]);
        assert_eq!(bincount_weighted(&[0, 1, 1], &[0.5, 1.0, 0.25], 3).unwrap(), [0.5, 1.25, 0.0]);
    }

    #[test]
    fn what_cannot_be_counted_is_refused() {
        let message = |values: &[i64], minlength| bincount(values, minlength).unwrap_err().message;
        assert_eq!(message(&[-1], 0), "'list' argument must have no negative elements");
        assert_eq!(message(&[1], -1), "'minlength' must not be negative");
        assert!(message(&[1 << 62], 0).starts_with("array is too big"));
        assert!(message(&[i64::MAX], 0).starts_with("array is too big"));
        let error = bincount_weighted(&[1], &[1.0, 2.0], 0).unwrap_err();
        assert_eq!(error.message, "The weights and list don't have the same length.");
    }
}
