//! How far outputs agree that were computed in different ways.

use super::Scalar;

/// How far two outputs of the same work agree.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Agreement {
    /// Bit for bit; one NaN is like another (its sign and payload are the platform's).
    Bits,
    /// In each row, no value is farther apart than this times the row's largest magnitude.
    Relative(f64),
}

impl Agreement {
    /// Do two outputs, shape `(items, row)`, agree so far?
    #[must_use]
    pub fn holds<T: Scalar>(self, one: &[T], other: &[T], row: usize) -> bool {
        if one.len() != other.len() {
            return false;
        }
        match self {
            Self::Bits => one.iter().zip(other).all(|(one, other)| are_alike(*one, *other)),
            Self::Relative(tolerance) => {
                let rows = one.chunks(row.max(1)).zip(other.chunks(row.max(1)));
                rows.into_iter().all(|(one, other)| {
                    let largest = other.iter().map(|value| value.to_f64().abs()).fold(0.0, f64::max);
                    let apart = one.iter().zip(other).map(|(one, other)| (one.to_f64() - other.to_f64()).abs());
                    // Not the other way round: a NaN agrees with nothing.
                    apart.into_iter().all(|apart| apart <= tolerance * largest)
                })
            }
        }
    }
}

fn are_alike<T: Scalar>(one: T, other: T) -> bool {
    bytemuck::bytes_of(&one) == bytemuck::bytes_of(&other) || one.to_f64().is_nan() && other.to_f64().is_nan()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bits_are_all_bits() {
        let bits = |one: &[f64], other: &[f64]| Agreement::Bits.holds(one, other, 1);
        assert!(bits(&[1.0, f64::NAN], &[1.0, -f64::NAN]));
        assert!(!bits(&[0.0], &[-0.0]));
        assert!(!bits(&[1.0], &[1.0, 1.0]));
        assert!(Agreement::Bits.holds(&[3_u64], &[3], 1) && !Agreement::Bits.holds(&[u64::MAX], &[u64::MAX - 1], 1));
    }

    #[test]
    fn relative_is_to_the_largest_of_a_row() {
        let close = |one: &[f64]| Agreement::Relative(1e-3).holds(one, &[1000.0, 0.0, 1.0, 0.0], 2);
        assert!(close(&[1000.0, 0.9, 1.0, 0.0]));
        assert!(!close(&[1000.0, 0.9, 1.0, 0.9]));
        assert!(!close(&[1000.0, f64::NAN, 1.0, 0.0]));
    }
}
