//! Order: sorting, searching, counting, in plain slices.
//!
//! | module | is |
//! |---|---|
//! | [`order`] | which element comes first: NaNs last |
//! | [`unique`] | what is there, where first, how often |
//! | [`count`] | `nonzero`, `bincount` |
//!
//! Every sort here is stable. NumPy's default is not: which of several equal elements `argsort` names first
//! depends there on the size, the type and the processor. Ours is what `kind="stable"` gives.

pub mod count;
pub mod order;
pub mod unique;

use std::cmp::Ordering;

use crate::error::{Error, Result};
pub use count::{bincount, bincount_weighted, nonzero};
pub use order::Order;
pub use unique::{Unique, unique};

/// Sorts the elements.
pub fn sort<T: Order>(values: &mut [T]) {
    values.sort_by(T::compare);
}

/// The indices that put the elements in order: of equal ones the earlier is first.
#[must_use]
pub fn argsort<T: Order>(values: &[T]) -> Vec<i64> {
    let mut indices = (0..values.len() as i64).collect::<Vec<_>>();
    sort_indices(&mut indices, values);
    indices
}

/// Sorts indices by the elements that they name; those of equal elements keep their order.
pub fn sort_indices<T: Order>(indices: &mut [i64], values: &[T]) {
    let element = |index: i64| usize::try_from(index).ok().and_then(|index| values.get(index));
    indices.sort_by(|&a, &b| match (element(a), element(b)) {
        (Some(a), Some(b)) => a.compare(b),
        // What names no element comes last.
        (a, b) => b.is_some().cmp(&a.is_some()),
    });
}

/// On which side of equal elements a new one goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Before them.
    Left,
    /// Behind them.
    Right,
}

impl Side {
    /// Whether an element that compares so to the new one stays before it.
    fn stays_before(self, ordering: Ordering) -> bool {
        ordering == Ordering::Less || (ordering == Ordering::Equal && self == Self::Right)
    }
}

/// Where each key would go in sorted elements.
#[must_use]
pub fn searchsorted<T: Order>(sorted: &[T], keys: &[T], side: Side) -> Vec<i64> {
    let place = |key: &T| sorted.partition_point(|element| side.stays_before(element.compare(key))) as i64;
    keys.iter().map(place).collect()
}

/// Where each key would go in elements that `sorter`'s indices put in order.
///
/// # Errors
///
/// `sorter` has not as many indices as there are elements, or a search met one that names none.
pub fn searchsorted_by<T: Order>(values: &[T], sorter: &[i64], keys: &[T], side: Side) -> Result<Vec<i64>> {
    if sorter.len() != values.len() {
        return Err(Error::value("sorter.size must equal a.size"));
    }
    let mut missing = false;
    let mut place = |key: &T| {
        sorter.partition_point(|&index| match usize::try_from(index).ok().and_then(|index| values.get(index)) {
            Some(element) => side.stays_before(element.compare(key)),
            None => {
                missing = true;
                false
            }
        }) as i64
    };
    let places = keys.iter().map(&mut place).collect();
    if missing { Err(Error::value("Sorter index out of range.")) } else { Ok(places) }
}

/// The index of the greatest element, the first of equal ones. A NaN counts as greatest.
///
/// # Errors
///
/// There are no elements.
pub fn argmax<T: Order>(values: &[T]) -> Result<i64> {
    first_extreme(values, Ordering::Greater).ok_or_else(|| Error::value("attempt to get argmax of an empty sequence"))
}

/// The index of the least element, the first of equal ones. A NaN counts as least.
///
/// # Errors
///
/// There are no elements.
pub fn argmin<T: Order>(values: &[T]) -> Result<i64> {
    first_extreme(values, Ordering::Less).ok_or_else(|| Error::value("attempt to get argmin of an empty sequence"))
}

fn first_extreme<T: Order>(values: &[T], beats: Ordering) -> Option<i64> {
    let mut best = values.first()?;
    let mut index = 0;
    for (i, value) in values.iter().enumerate() {
        if best.is_nan() {
            break;
        }
        if value.is_nan() || value.compare(best) == beats {
            (best, index) = (value, i);
        }
    }
    Some(index as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use num_complex::Complex64;

    const NAN: f64 = f64::NAN;

    #[test]
    fn nans_are_last() {
        let mut values = [NAN, 2.0, -0.0, f64::INFINITY, 0.0, NAN, f64::NEG_INFINITY];
        assert_eq!(argsort(&values), [6, 2, 4, 1, 3, 0, 5]);
        sort(&mut values);
        assert_eq!(values[..5], [f64::NEG_INFINITY, 0.0, 0.0, 2.0, f64::INFINITY]);
        assert!(values[1].is_sign_negative() && values[5].is_nan() && values[6].is_nan());
    }

    /// `np.argsort` with `kind="stable"` of the same list.
    #[test]
    fn complex_numbers_go_by_their_real_part_then_by_which_part_is_nan() {
        let parts = [(NAN, NAN), (NAN, 1.0), (1.0, NAN), (3.0, 0.0), (1.0, 2.0), (1.0, -2.0), (0.0, NAN), (NAN, 0.0)];
        let values = parts.map(|(re, im)| Complex64::new(re, im));
        assert_eq!(argsort(&values), [5, 4, 3, 6, 2, 7, 1, 0]);
        assert_eq!(argmax(&values[3..6]).unwrap(), 0);
        assert_eq!(argmin(&values[3..7]).unwrap(), 3);
    }

    #[test]
    fn extremes_are_the_first_ones_and_nans_before_all() {
        assert_eq!(argmax(&[1, 3, 3, 2]).unwrap(), 1);
        assert_eq!(argmin(&[true, false, false]).unwrap(), 1);
        assert_eq!(argmin(&[1.0_f32, f32::NAN, 0.0, f32::NAN]).unwrap(), 1);
        assert_eq!(argmax(&[1.0, NAN, 5.0]).unwrap(), 1);
        assert_eq!(argmax::<f64>(&[]).unwrap_err().message, "attempt to get argmax of an empty sequence");
        assert_eq!(argmin::<u8>(&[]).unwrap_err().message, "attempt to get argmin of an empty sequence");
    }

    #[test]
    fn searches_find_either_side() {
        let sorted = [1.0, 2.0, 2.0, 3.0, NAN, NAN];
        let keys = [2.0, 0.0, 9.0, NAN];
        assert_eq!(searchsorted(&sorted, &keys, Side::Left), [1, 0, 4, 4]);
        assert_eq!(searchsorted(&sorted, &keys, Side::Right), [3, 0, 4, 6]);
        assert_eq!(searchsorted_by(&[3, 1, 2], &[1, 2, 0], &[2, 4], Side::Left).unwrap(), [1, 3]);
        let error = searchsorted_by(&[3, 1, 2], &[1, 9, 0], &[2], Side::Left).unwrap_err();
        assert_eq!(error.message, "Sorter index out of range.");
        assert!(searchsorted_by(&[3, 1, 2], &[1], &[2], Side::Left).is_err());
    }

    #[test]
    fn indices_without_an_element_come_last() {
        let mut indices = [1, 7, -1, 0];
        sort_indices(&mut indices, &[5, 4]);
        assert_eq!(indices, [1, 0, 7, -1]);
    }
}
