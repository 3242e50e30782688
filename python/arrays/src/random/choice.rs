//! `choice`: which of a population are taken.

use std::collections::HashSet;

use super::bit_generator::BitGenerator;
use super::bounded::{Rejection, below_u64};
use super::indices::{counting, zeros};
use super::stream::Stream;
use crate::{Error, Result};

/// What is chosen from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Population {
    /// The numbers below one (`choice(5)`).
    Below(i64),
    /// So many items (`choice([…])`).
    Items(usize),
}

/// How likely each one is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Probabilities<'a> {
    /// One for each of the population.
    pub values: &'a [f64],
    /// Whether they come from an array of `float32`, whose sum need not be as near to 1.
    pub single: bool,
}

/// What `choice` is asked for.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Choice<'a> {
    /// What is chosen from.
    pub population: Population,
    /// How many are taken.
    pub size: usize,
    /// Whether one can be taken again.
    pub replace: bool,
    /// How likely each one is, if not all the same.
    pub probabilities: Option<Probabilities<'a>>,
    /// Whether what is taken without replacement comes in any order (`Generator` only).
    pub shuffle: bool,
}

impl Choice<'_> {
    /// The indices of what is taken.
    pub(super) fn take<S: Stream>(self, stream: &mut S) -> Result<Vec<i64>> {
        let count = self.population_size::<S>()?;
        if let Some(probabilities) = self.probabilities {
            probabilities.check::<S>(count)?;
        }
        if !self.replace && self.size as u64 > count {
            return Err(Error::value(if S::LEGACY {
                "Cannot take a larger sample than population when 'replace=False'"
            } else {
                "Cannot take a larger sample than population when replace is False"
            }));
        }
        match (self.probabilities, self.replace) {
            (Some(p), true) => weighted(stream, p.values, self.size),
            (Some(p), false) => weighted_distinct(stream, p.values, self.size),
            (None, true) => {
                let mut out = zeros(self.size as u64)?;
                stream.fill_integers(0, i128::from(count), false, &mut out)?;
                Ok(out)
            }
            (None, false) if S::LEGACY => {
                let mut order = stream.permutation(count)?;
                order.truncate(self.size);
                Ok(order)
            }
            (None, false) => distinct(stream.bits(), count, self.size as u64, self.shuffle),
        }
    }

    fn population_size<S: Stream>(&self) -> Result<u64> {
        let (count, legacy_text, text) = match self.population {
            Population::Below(count) => (
                count.max(0).unsigned_abs(),
                "a must be greater than 0 unless no samples are taken",
                "a must be a positive integer unless no samples are taken",
            ),
            Population::Items(count) => (
                count as u64,
                "'a' cannot be empty unless no samples are taken",
                "a cannot be empty unless no samples are taken",
            ),
        };
        if count == 0 && self.size > 0 {
            return Err(Error::value(if S::LEGACY { legacy_text } else { text }));
        }
        Ok(count)
    }
}

impl Probabilities<'_> {
    fn check<S: Stream>(&self, population: u64) -> Result<()> {
        let sum = compensated_sum(self.values);
        let epsilon = if self.single { f64::from(f32::EPSILON) } else { f64::EPSILON };
        let (legacy_text, text) = if self.values.len() as u64 != population {
            ("'a' and 'p' must have same size", "a and p must have same size")
        } else if sum.is_nan() {
            ("probabilities contain NaN", "Probabilities contain NaN")
        } else if self.values.iter().any(|&p| p < 0.0) {
            ("probabilities are not non-negative", "Probabilities are not non-negative")
        } else if (sum - 1.0).abs() > epsilon.sqrt() {
            (
                "probabilities do not sum to 1",
                "Probabilities do not sum to 1. See Notes section of docstring for more information.",
            )
        } else {
            return Ok(());
        };
        Err(Error::value(if S::LEGACY { legacy_text } else { text }))
    }
}

/// The sum, with what each addition loses added to the next (Kahan).
fn compensated_sum(values: &[f64]) -> f64 {
    let Some((&first, others)) = values.split_first() else { return 0.0 };
    let (mut sum, mut lost) = (first, 0.0);
    for value in others {
        let term = value - lost;
        let next = sum + term;
        lost = (next - sum) - term;
        sum = next;
    }
    sum
}

/// The sums of the first 1, 2, … probabilities, over the last sum.
fn cumulative(probabilities: &[f64]) -> Vec<f64> {
    let mut sum = 0.0;
    let mut sums: Vec<f64> = probabilities
        .iter()
        .map(|p| {
            sum += p;
            sum
        })
        .collect();
    for value in &mut sums {
        *value /= sum;
    }
    sums
}

fn weighted<S: Stream>(stream: &mut S, probabilities: &[f64], size: usize) -> Result<Vec<i64>> {
    let sums = cumulative(probabilities);
    let mut out = zeros(size as u64)?;
    out.fill_with(|| pick(&sums, stream.bits().next_f64()) as i64);
    Ok(out)
}

/// The first whose sum is above a number.
fn pick(sums: &[f64], number: f64) -> usize {
    sums.partition_point(|&sum| sum <= number)
}

/// Draws as many as are missing, keeps those that are new, and makes these impossible.
fn weighted_distinct<S: Stream>(stream: &mut S, probabilities: &[f64], size: usize) -> Result<Vec<i64>> {
    if probabilities.iter().filter(|&&p| p > 0.0).count() < size {
        return Err(Error::value("Fewer non-zero entries in p than size"));
    }
    let mut left = probabilities.to_vec();
    let mut found = Vec::new();
    while found.len() < size {
        let sums = cumulative(&left);
        for _ in found.len()..size {
            let index = pick(&sums, stream.bits().next_f64());
            if let Some(p) = left.get_mut(index).filter(|p| **p != 0.0) {
                *p = 0.0;
                found.push(index as i64);
            }
        }
    }
    Ok(found)
}

/// Some of the numbers below `count`, none twice: the end of a shuffle where they are many, else Floyd's way.
fn distinct<B: BitGenerator>(bits: &mut B, count: u64, size: u64, shuffle: bool) -> Result<Vec<i64>> {
    let cutoff = if shuffle { 50 } else { 20 };
    if count > 10_000 && size > count / cutoff {
        let mut order = counting(count)?;
        let left = order.len().saturating_sub(size as usize);
        shuffle_from(bits, &mut order, left.max(1));
        return Ok(order.split_off(left));
    }
    let mut taken = HashSet::new();
    let mut out = zeros(size)?;
    for (slot, last) in out.iter_mut().zip(count - size..count) {
        let drawn = below_u64(bits, last, Rejection::Lemire);
        let new = if taken.insert(drawn) { drawn } else { last };
        taken.insert(new);
        *slot = new as i64;
    }
    if shuffle {
        shuffle_from(bits, &mut out, 1);
    }
    Ok(out)
}

/// Swaps each from the last down to `first` with one not after it.
fn shuffle_from<B: BitGenerator>(bits: &mut B, items: &mut [i64], first: usize) {
    for i in (first..items.len()).rev() {
        items.swap(i, below_u64(bits, i as u64, Rejection::Lemire) as usize);
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Generator, RandomState, SeedSequence};
    use super::*;

    /// Both streams' choice of so many of a population.
    fn both(population: Population, size: usize, replace: bool, values: Option<&[f64]>) -> [Result<Vec<i64>>; 2] {
        let probabilities = values.map(|values| Probabilities { values, single: false });
        let choice = Choice { population, size, replace, probabilities, shuffle: true };
        let seed = SeedSequence::new(&[42], &[], 0);
        [
            RandomState::from_seed(42).and_then(|mut s| s.choice(choice)),
            Generator::from_seed_sequence(&seed).choice(choice),
        ]
    }

    #[test]
    fn indices_are_numpys() {
        let p = [0.1, 0.2, 0.3, 0.4];
        let four = Population::Below(4);
        assert_eq!(both(Population::Items(5), 3, false, None), [Ok(vec![1, 4, 2]), Ok(vec![4, 0, 3])]);
        assert_eq!(both(four, 5, true, Some(&p)), [Ok(vec![2, 3, 3, 2, 1]), Ok(vec![3, 2, 3, 3, 0])]);
        assert_eq!(both(four, 3, false, Some(&p)), [Ok(vec![2, 3, 1]), Ok(vec![3, 2, 1])]);
        assert_eq!(both(Population::Below(0), 0, true, None), [Ok(vec![]), Ok(vec![])]);
    }

    #[test]
    fn many_are_the_end_of_a_shuffle() {
        let [_, many] = both(Population::Below(20_000), 2_000, false, None);
        assert_eq!(many.unwrap()[..4], [5056, 5052, 17883, 9949]);
    }

    #[test]
    fn what_cannot_be_is_refused_in_numpys_words() {
        let texts = |population, size, replace, p| {
            both(population, size, replace, p)
                .map(|result| result.map_or_else(|error| error.message, |_| String::new()))
        };
        let two = Population::Below(2);
        assert_eq!(
            texts(Population::Below(-1), 1, true, None),
            [
                "a must be greater than 0 unless no samples are taken",
                "a must be a positive integer unless no samples are taken"
            ]
        );
        assert_eq!(
            texts(Population::Items(0), 1, true, None),
            ["'a' cannot be empty unless no samples are taken", "a cannot be empty unless no samples are taken"]
        );
        assert_eq!(
            texts(two, 3, false, None),
            [
                "Cannot take a larger sample than population when 'replace=False'",
                "Cannot take a larger sample than population when replace is False"
            ]
        );
        assert_eq!(
            texts(two, 1, true, Some(&[0.5, 0.4])),
            [
                "probabilities do not sum to 1",
                "Probabilities do not sum to 1. See Notes section of docstring for more information."
            ]
        );
        assert_eq!(
            texts(two, 1, true, Some(&[1.0])),
            ["'a' and 'p' must have same size", "a and p must have same size"]
        );
        assert_eq!(
            texts(two, 1, true, Some(&[1.5, -0.5])),
            ["probabilities are not non-negative", "Probabilities are not non-negative"]
        );
        assert_eq!(
            texts(two, 1, true, Some(&[f64::NAN, 1.0])),
            ["probabilities contain NaN", "Probabilities contain NaN"]
        );
        assert_eq!(texts(two, 2, false, Some(&[1.0, 0.0])), ["Fewer non-zero entries in p than size"; 2]);
    }
}
