//! What NumPy's two interfaces to random numbers have in common.

use super::bit_generator::BitGenerator;
use super::bounded::{Rejection, interval};
use super::choice::Choice;
use super::continuous::Continuous;
use super::discrete::Discrete;
use super::indices::counting;
use super::integers::{Integer, fill, fill_each};
use crate::Result;

/// A stream of random numbers: `RandomState` or `Generator`.
///
/// Whoever draws for parameters that are arrays checks these with
/// [`Constraint::check_all`](super::Constraint::check_all) and takes one
/// [`sample`](Self::sample) for each place.
pub trait Stream: Sized {
    /// Where its bits come from.
    type Bits: BitGenerator;

    /// Whether it is `RandomState`, which keeps old algorithms and texts.
    const LEGACY: bool;

    /// The source of its bits.
    fn bits(&mut self) -> &mut Self::Bits;

    /// One of `standard_normal`.
    fn standard_normal(&mut self) -> f64;

    /// One of `standard_exponential`.
    fn standard_exponential(&mut self) -> f64;

    /// Fills with `random` (`random_sample`).
    fn fill_random(&mut self, out: &mut [f64]) {
        out.fill_with(|| self.bits().next_f64());
    }

    /// Fills with `standard_normal`.
    fn fill_standard_normal(&mut self, out: &mut [f64]) {
        out.fill_with(|| self.standard_normal());
    }

    /// Fills with `standard_exponential`.
    fn fill_standard_exponential(&mut self, out: &mut [f64]) {
        out.fill_with(|| self.standard_exponential());
    }

    /// Fills with a distribution's numbers.
    ///
    /// # Errors
    /// If its parameters are not as they must be.
    fn fill(&mut self, distribution: Continuous, out: &mut [f64]) -> Result<()> {
        distribution.check(Self::LEGACY)?;
        out.fill_with(|| distribution.sample(self));
        Ok(())
    }

    /// One number of a distribution whose parameters have been checked.
    fn sample(&mut self, distribution: Continuous) -> f64 {
        distribution.sample(self)
    }

    /// Fills with a distribution's counts.
    ///
    /// # Errors
    /// If its parameters are not as they must be.
    fn fill_counts(&mut self, distribution: Discrete, out: &mut [i64]) -> Result<()> {
        distribution.check()?;
        let prepared = distribution.prepared(Self::LEGACY);
        out.fill_with(|| prepared.sample(self.bits()));
        Ok(())
    }

    /// One count of a distribution whose parameters have been checked.
    fn sample_count(&mut self, distribution: Discrete) -> i64 {
        distribution.prepared(Self::LEGACY).sample(self.bits())
    }

    /// Fills with `randint` or `integers` between two bounds.
    ///
    /// # Errors
    /// `ValueError` if the type does not have the bounds, or nothing lies between them.
    fn fill_integers<T: Integer>(&mut self, low: i128, high: i128, endpoint: bool, out: &mut [T]) -> Result<()> {
        fill(self.bits(), rejection::<Self>(), (low, high), endpoint, out)
    }

    /// Fills with `randint` or `integers`, each place between bounds of its own.
    ///
    /// # Errors
    /// `ValueError` as [`Self::fill_integers`].
    fn fill_integers_each<T: Integer>(&mut self, bounds: &[(i128, i128)], endpoint: bool, out: &mut [T]) -> Result<()> {
        fill_each(self.bits(), rejection::<Self>(), bounds, endpoint, out)
    }

    /// `shuffle` (and `permuted`, for each row on its own).
    fn shuffle<T>(&mut self, items: &mut [T]) {
        for i in (1..items.len()).rev() {
            items.swap(i, interval(self.bits(), i as u64) as usize);
        }
    }

    /// `permutation(count)`: in which order a shuffle puts so many items.
    ///
    /// # Errors
    /// `MemoryError` if there is no room for the order.
    fn permutation(&mut self, count: u64) -> Result<Vec<i64>> {
        let mut order = counting(count)?;
        self.shuffle(&mut order);
        Ok(order)
    }

    /// `choice`: the indices of what is taken.
    ///
    /// # Errors
    /// `ValueError` if the probabilities are none, or more is asked for than there is.
    fn choice(&mut self, choice: Choice<'_>) -> Result<Vec<i64>> {
        choice.take(self)
    }
}

fn rejection<S: Stream>() -> Rejection {
    if S::LEGACY { Rejection::Masked } else { Rejection::Lemire }
}
