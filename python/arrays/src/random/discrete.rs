//! Distributions of counts.

use super::binomial::Binomial;
use super::bit_generator::BitGenerator;
use super::constraint::Constraint;
use super::poisson::Poisson;
use crate::Result;

/// A distribution of counts, with its parameters as NumPy names them.
#[derive(Clone, Copy, Debug, PartialEq)]
#[allow(missing_docs, reason = "the parameters are NumPy's")]
pub enum Discrete {
    /// `poisson`
    Poisson { lam: f64 },
    /// `binomial`
    Binomial { n: i64, p: f64 },
}

impl Discrete {
    /// Whether the parameters are as they must be.
    pub(super) fn check(self) -> Result<()> {
        match self {
            Self::Poisson { lam } => Constraint::PoissonMean.check(lam, "lam"),
            Self::Binomial { n, p } => {
                Constraint::Probability.check(p, "p")?;
                Constraint::NonNegative.check(n as f64, "n")
            }
        }
    }

    /// What its numbers are drawn with.
    pub(super) fn prepared(self, legacy: bool) -> Prepared {
        match self {
            Self::Poisson { lam } => Prepared::Poisson(Poisson::new(lam)),
            Self::Binomial { n, p } => Prepared::Binomial(Binomial::new(n, p, legacy)),
        }
    }
}

/// A distribution of counts with what is computed once of its parameters.
pub(super) enum Prepared {
    Poisson(Poisson),
    Binomial(Binomial),
}

impl Prepared {
    /// One number of it.
    pub(super) fn sample<B: BitGenerator>(&self, bits: &mut B) -> i64 {
        match self {
            Self::Poisson(poisson) => poisson.sample(bits),
            Self::Binomial(binomial) => binomial.sample(bits),
        }
    }
}
