//! The fingerprint of an output: by it, outputs are compared without being kept.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Agreement, Specimen, Step, Work, Workload};
use crate::model::settings::Kernel;

/// Units of one value: eight multiplications, each waiting for the one before.
const UNITS: u64 = 3;

/// FNV-1a of rows of float64, and how many rows are not finite.
///
/// One task: the input is all rows, shape `(rows, row)`, the output the hash and
/// the number of rows with a value that is not finite.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Fingerprint {
    /// Rows.
    pub rows: u32,
    /// Values of a row.
    pub row: u32,
}

impl Fingerprint {
    fn values(&self) -> usize {
        (self.rows as usize).saturating_mul(self.row as usize)
    }
}

impl Workload for Fingerprint {
    type In = f64;
    type Out = u64;
    type Work = Hashing;
    const ITEM: &'static str = "fingerprint";

    fn items(&self) -> u32 {
        1
    }

    fn in_row(&self) -> usize {
        self.values()
    }

    fn out_row(&self) -> usize {
        2
    }

    fn units(&self, items: u32) -> u64 {
        u64::from(items) * self.values() as u64 * UNITS
    }

    fn why_not(&self, kernel: Kernel) -> Option<&'static str> {
        match kernel {
            Kernel::Scalar => None,
            Kernel::Simd => Some("Each byte's hash depends on the one before: there is nothing to do side by side."),
        }
    }

    fn resized(&self, _: u32) -> Option<Self> {
        None
    }

    fn agreement(&self) -> Agreement {
        Agreement::Bits
    }

    fn begin(&self, _: Kernel, items: Range<u32>) -> Hashing {
        let values = if items.is_empty() { 0 } else { self.values() };
        Hashing { row: self.row.max(1) as usize, values, at: 0, hash: Fnv1a64::default(), not_finite: 0 }
    }
}

/// A fingerprint, half taken.
#[derive(Clone, Debug)]
pub struct Hashing {
    row: usize,
    values: usize,
    /// The first value that is not in the hash yet.
    at: usize,
    hash: Fnv1a64,
    not_finite: u64,
}

impl Work<Fingerprint> for Hashing {
    fn advance(&mut self, input: &[f64], output: &mut [u64], budget: u64) -> Step {
        let Some(rest) = input.get(self.at..self.values).filter(|rest| !rest.is_empty()) else {
            if let (0, [hash, ..]) = (self.values, output) {
                *hash = self.hash.finish();
            }
            return Step::Finished;
        };
        // Whole rows, so that each is looked at once.
        let wanted = usize::try_from(budget / UNITS).unwrap_or(usize::MAX).max(1);
        let values = wanted.div_ceil(self.row).saturating_mul(self.row).min(rest.len());
        let (next, _) = rest.split_at(values);
        self.hash.update(next);
        self.not_finite += not_finite(next, self.row);
        self.at += values;
        if let [hash, not_finite, ..] = output {
            (*hash, *not_finite) = (self.hash.finish(), self.not_finite);
        }
        Step::Did(values as u64 * UNITS)
    }
}

impl Specimen for Fingerprint {
    fn specimens() -> Vec<Self> {
        vec![
            Self { rows: 1000, row: 3 },
            Self { rows: 1, row: 1 },
            Self { rows: 0, row: 3 },
            Self { rows: 7, row: 500 },
        ]
    }

    fn large() -> Self {
        Self { rows: 1_000_000, row: 3 }
    }

    fn input(&self) -> Vec<f64> {
        let mut values: Vec<_> = (0..self.values()).map(|index| (index as f64).sin() * 1e3).collect();
        for (value, odd) in values.iter_mut().skip(2).zip([f64::NAN, f64::INFINITY, -0.0]) {
            *value = odd;
        }
        values
    }

    fn expected(&self, input: &[f64]) -> Vec<u64> {
        vec![fnv1a64(input), not_finite(input, self.row.max(1) as usize)]
    }
}

/// How many rows have a value that is not finite.
#[must_use]
pub fn not_finite(values: &[f64], row: usize) -> u64 {
    values.chunks(row.max(1)).map(|row| u64::from(!row.iter().all(|value| value.is_finite()))).sum()
}

/// FNV-1a of values, as [`Fnv1a64`] takes it.
#[must_use]
pub fn fnv1a64(values: &[f64]) -> u64 {
    let mut hash = Fnv1a64::default();
    hash.update(values);
    hash.finish()
}

/// FNV-1a, 64 bit, over float64 as little-endian bytes, in slices.
///
/// Every NaN counts as `7ff8000000000000`: its sign and payload are the
/// platform's. Source: Fowler, Noll, Vo; draft-eastlake-fnv.
#[derive(Clone, Copy, Debug)]
pub struct Fnv1a64(u64);

impl Default for Fnv1a64 {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Fnv1a64 {
    /// Takes in more values.
    pub fn update(&mut self, values: &[f64]) {
        let mut hash = self.0;
        for value in values {
            let bits = if value.is_nan() { 0x7ff8_0000_0000_0000 } else { value.to_bits() };
            for byte in bits.to_le_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
            }
        }
        self.0 = hash;
    }

    /// The hash of all values so far: 16 hex digits when written `{:016x}`.
    #[must_use]
    pub fn finish(self) -> u64 {
        self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_fnv1a() {
        // The published offset basis, and "foobar" (published: 85944171f73967e8) with two zero bytes more.
        assert_eq!(fnv1a64(&[]), 0xcbf2_9ce4_8422_2325);
        assert_eq!(fnv1a64(&[f64::from_le_bytes(*b"foobar\0\0")]), 0x74c8_e7eb_4f24_5c28);
    }

    #[test]
    fn every_nan_counts_the_same() {
        let quiet = f64::from_bits(0x7ff8_0000_0000_0000);
        let negative = f64::from_bits(0xfff8_0000_0000_0001);
        assert_eq!(fnv1a64(&[1.0, quiet, 2.0]), fnv1a64(&[1.0, negative, 2.0]));
        assert_ne!(fnv1a64(&[0.0]), fnv1a64(&[-0.0]));
    }

    #[test]
    fn a_row_is_not_finite_once() {
        let rows = [1.0, 2.0, 3.0, f64::NAN, 0.0, f64::INFINITY, 4.0, 5.0, 6.0];
        assert_eq!(not_finite(&rows, 3), 1);
        assert_eq!(not_finite(&[], 3), 0);
    }

    #[test]
    fn a_fingerprint_in_slices_is_that_of_the_whole() {
        let states = [1.0, 2.0, 3.0, f64::NAN, 0.0, f64::INFINITY, 4.0, 5.0, 6.0];
        let mut hashing = Fingerprint { rows: 3, row: 3 }.begin(Kernel::Scalar, 0..1);
        let mut output = [0; 2];
        let mut slices = 0;
        while hashing.advance(&states, &mut output, 4) != Step::Finished {
            slices += 1;
        }
        assert_eq!((output, slices), ([fnv1a64(&states), 1], 3));
    }
}
