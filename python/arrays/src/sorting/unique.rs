//! What is there, where first, how often.

use std::cmp::Ordering;

use super::argsort;
use super::order::Order;

/// The different elements, and where they were found.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Unique<T> {
    /// The elements, sorted; of equal ones the first.
    pub values: Vec<T>,
    /// Where each was first.
    pub first: Vec<i64>,
    /// For each element that was given, which of `values` it is.
    pub inverse: Vec<i64>,
    /// How often each was there.
    pub counts: Vec<i64>,
}

/// Whether two neighbours of a sorted list count as one: NaNs do if `equal_nan` asks for it, and with complex numbers
/// all that have one in either part.
fn same<T: Order>(a: &T, b: &T, equal_nan: bool) -> bool {
    match (a.is_nan(), b.is_nan()) {
        (true, true) => equal_nan,
        (false, false) => a.compare(b) == Ordering::Equal,
        _ => false,
    }
}

/// The different elements, and where they were found.
#[must_use]
pub fn unique<T: Order>(values: &[T], equal_nan: bool) -> Unique<T> {
    let mut unique =
        Unique { values: Vec::new(), first: Vec::new(), inverse: vec![0; values.len()], counts: Vec::new() };
    for index in argsort(values) {
        let value = values[index as usize];
        match (unique.values.last(), unique.counts.last_mut()) {
            (Some(last), Some(count)) if same(last, &value, equal_nan) => *count += 1,
            _ => {
                unique.values.push(value);
                unique.first.push(index);
                unique.counts.push(1);
            }
        }
        unique.inverse[index as usize] = unique.values.len() as i64 - 1;
    }
    unique
}

#[cfg(test)]
mod tests {
    use num_complex::Complex64;

    use super::*;

    const NAN: f64 = f64::NAN;

    #[test]
    fn nans_are_one_or_many() {
        let values = [NAN, 1.0, NAN, 0.0, -0.0];
        let found = unique(&values, true);
        assert_eq!(found.values[..2], [0.0, 1.0]);
        assert!(found.values[2].is_nan());
        assert_eq!(found.first, [3, 1, 0]);
        assert_eq!(found.inverse, [2, 1, 2, 0, 0]);
        assert_eq!(found.counts, [2, 1, 2]);
        assert_eq!(unique(&values, false).counts, [2, 1, 1, 1]);
    }

    #[test]
    fn complex_nans_are_one() {
        let values = [(NAN, 1.0), (1.0, 0.0), (0.0, NAN), (0.0, 2.0)].map(|(re, im)| Complex64::new(re, im));
        let found = unique(&values, true);
        assert_eq!(found.first, [3, 1, 2]);
        assert_eq!(found.inverse, [2, 1, 2, 0]);
        assert_eq!(found.counts, [1, 1, 2]);
    }

    #[test]
    fn nothing_is_found_in_nothing() {
        assert_eq!(unique::<i64>(&[], true), Unique::default());
    }
}
