//! Shapes and strides: what fits onto what, and what is a view.

use smallvec::SmallVec;

use crate::error::{Error, Kind, Result};

/// One number for each axis; most arrays have few.
pub type Dims<T> = SmallVec<[T; 4]>;

/// How many axes an array may have: NumPy's limit.
pub const MOST_AXES: usize = 64;

/// A shape as Python writes it: `(3,)`.
#[must_use]
pub fn spoken(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        _ => format!("({})", shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")),
    }
}

/// A shape as Python's `repr` of a tuple has it: `(3, 4)`.
#[must_use]
pub fn tuple(shape: &[usize]) -> String {
    match shape {
        [one] => format!("({one},)"),
        _ => format!("({})", shape.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ")),
    }
}

/// Refuses more axes than there may be.
///
/// # Errors
/// NumPy's.
pub fn check_axes(axes: usize) -> Result<()> {
    if axes <= MOST_AXES {
        return Ok(());
    }
    Err(Error::value(format!("maximum supported dimension for an ndarray is currently {MOST_AXES}, found {axes}")))
}

/// How many elements there are.
#[must_use]
pub fn size(shape: &[usize]) -> usize {
    // A view may have more than there are addresses.
    shape.iter().fold(1, |size: usize, length| size.saturating_mul(*length))
}

/// The strides of elements of so many cells that lie one after the other, the last axis' side by side.
#[must_use]
pub fn row_major(shape: &[usize], cells: usize) -> Dims<isize> {
    let mut strides: Dims<isize> = SmallVec::from_elem(0, shape.len());
    // Where there are no elements, no step leads anywhere.
    let mut stride = if shape.contains(&0) { 0 } else { cells as isize };
    for (to, length) in strides.iter_mut().zip(shape).rev() {
        *to = stride;
        stride = stride.saturating_mul((*length).max(1) as isize);
    }
    strides
}

/// The same with the axes nested as `order` has them, the outermost first.
#[must_use]
pub fn nested(shape: &[usize], order: &[usize], cells: usize) -> Dims<isize> {
    let mut strides: Dims<isize> = SmallVec::from_elem(0, shape.len());
    let mut stride = cells as isize;
    for axis in order.iter().rev() {
        strides[*axis] = stride;
        stride = stride.saturating_mul(shape[*axis].max(1) as isize);
    }
    strides
}

/// What shapes become together.
///
/// # Errors
/// NumPy's, if they do not fit.
pub fn broadcast(shapes: &[&[usize]]) -> Result<Dims<usize>> {
    let mismatch = || {
        let spoken: Vec<_> = shapes.iter().map(|shape| spoken(shape)).collect();
        Error::value(format!("operands could not be broadcast together with shapes {} ", spoken.join(" ")))
    };
    broadcast_or(shapes).ok_or_else(mismatch)
}

/// The same; nothing if they do not fit.
#[must_use]
pub fn broadcast_or(shapes: &[&[usize]]) -> Option<Dims<usize>> {
    let axes = shapes.iter().map(|shape| shape.len()).max().unwrap_or_default();
    let mut all: Dims<usize> = SmallVec::from_elem(1, axes);
    for shape in shapes {
        for (to, length) in all.iter_mut().rev().zip(shape.iter().rev()) {
            match (*to, *length) {
                (known, length) if known == length || length == 1 => {}
                (1, length) => *to = length,
                _ => return None,
            }
        }
    }
    Some(all)
}

/// An axis counted from the front.
///
/// # Errors
/// `AxisError`.
pub fn axis(axis: i64, axes: usize) -> Result<usize> {
    let from_front = if axis < 0 { axis.checked_add(axes as i64) } else { Some(axis) };
    match from_front.and_then(|axis| usize::try_from(axis).ok()) {
        Some(found) if found < axes => Ok(found),
        _ => Err(Error::new(Kind::Axis, format!("axis {axis} is out of bounds for array of dimension {axes}"))),
    }
}

/// Several axes counted from the front, in their order.
///
/// # Errors
/// `AxisError`, or the `ValueError` for one that is named twice.
pub fn axes(given: &[i64], of: usize) -> Result<Dims<usize>> {
    let mut found: Dims<usize> = SmallVec::new();
    for one in given {
        let one = axis(*one, of)?;
        if found.contains(&one) {
            return Err(Error::value("duplicate value in 'axis'"));
        }
        found.push(one);
    }
    Ok(found)
}

/// A shape that may leave one length open (-1), for so many elements.
///
/// # Errors
/// NumPy's, if the number of elements is another.
pub fn completed(shape: &[i64], elements: usize) -> Result<Dims<usize>> {
    check_axes(shape.len())?;
    let mismatch = || {
        let length = |length: &i64| if *length < 0 { "newaxis".to_owned() } else { length.to_string() };
        let lengths: Vec<_> = shape.iter().skip_while(|length| **length < 0).map(length).collect();
        let comma = if shape.len() == 1 { "," } else { "" };
        Error::value(format!("cannot reshape array of size {elements} into shape ({}{comma})", lengths.join(",")))
    };
    if shape.iter().filter(|length| **length < 0).count() > 1 {
        return Err(Error::value("can only specify one unknown dimension"));
    }
    let mut known = 1_usize;
    for length in shape.iter().filter(|length| **length >= 0) {
        known = known.checked_mul(*length as usize).ok_or_else(mismatch)?;
    }
    let is_open = shape.iter().any(|length| *length < 0);
    let open = if !is_open {
        if known != elements {
            return Err(mismatch());
        }
        0
    } else if known == 0 || !elements.is_multiple_of(known) {
        return Err(mismatch());
    } else {
        elements / known
    };
    Ok(shape.iter().map(|length| usize::try_from(*length).unwrap_or(open)).collect())
}

/// The strides of another shape of the same elements in the same memory, if there are such.
///
/// Axes of the old and the new shape are taken together in groups of as many
/// elements; a group is possible where its old axes lie in each other.
#[must_use]
pub fn reshaped(shape: &[usize], strides: &[isize], to: &[usize], cells: usize) -> Option<Dims<isize>> {
    if size(to) == 0 {
        return Some(row_major(to, cells));
    }
    let old: Dims<(usize, isize)> = shape
        .iter()
        .zip(strides)
        .filter(|(length, _)| **length != 1)
        .map(|(length, stride)| (*length, *stride))
        .collect();
    let mut new: Dims<isize> = SmallVec::from_elem(0, to.len());
    let (mut at_old, mut at_new) = (0, 0);
    while at_old < old.len() && at_new < to.len() {
        let (first_old, first_new) = (at_old, at_new);
        let (mut in_old, mut in_new) = (old[at_old].0, to[at_new]);
        while in_old != in_new {
            if in_new < in_old {
                at_new += 1;
                in_new *= to.get(at_new)?;
            } else {
                at_old += 1;
                in_old *= old.get(at_old)?.0;
            }
        }
        let group = &old[first_old..=at_old];
        if group.windows(2).any(|pair| pair[0].1 != pair[1].1 * pair[1].0 as isize) {
            return None;
        }
        let mut stride = old[at_old].1;
        for axis in (first_new..=at_new).rev() {
            new[axis] = stride;
            stride *= to[axis] as isize;
        }
        (at_old, at_new) = (at_old + 1, at_new + 1);
    }
    // What is left are axes of length 1: where they would lie does not matter.
    let last = if at_new > 0 { new[at_new - 1] } else { cells as isize };
    new.iter_mut().skip(at_new).for_each(|stride| *stride = last);
    Some(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_are_broadcast() {
        assert_eq!(broadcast(&[&[3, 1], &[4]]).expect("fits").as_slice(), [3, 4]);
        assert_eq!(broadcast(&[&[], &[0]]).expect("fits").as_slice(), [0]);
        let error = broadcast(&[&[2], &[3]]).expect_err("must not fit");
        assert_eq!(error.message, "operands could not be broadcast together with shapes (2,) (3,) ");
    }

    #[test]
    fn a_reshape_is_a_view_where_it_can_be() {
        let strides =
            |shape: &[usize], strides: &[isize], to: &[usize]| reshaped(shape, strides, to, 1).map(|it| it.to_vec());
        assert_eq!(strides(&[2, 6], &[6, 1], &[3, 4]), Some(vec![4, 1]));
        assert_eq!(strides(&[6, 2], &[1, 6], &[12]), None);
        assert_eq!(strides(&[6], &[-1], &[2, 3]), Some(vec![-3, -1]));
        assert_eq!(strides(&[4, 6], &[12, 2], &[2, 2, 6]), Some(vec![24, 12, 2]));
        assert_eq!(strides(&[1], &[5], &[1, 1]), Some(vec![1, 1]));
    }

    #[test]
    fn an_open_length_is_found() {
        assert_eq!(completed(&[-1, 3], 12).expect("fits").as_slice(), [4, 3]);
        let error = completed(&[5, -1], 12).expect_err("must not fit");
        assert_eq!(error.message, "cannot reshape array of size 12 into shape (5,newaxis)");
    }
}
