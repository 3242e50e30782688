//! What a distribution's parameters must be, and NumPy's words when they are not.

use crate::{Error, Result};

/// The largest mean that a Poisson number fits `int64` with: ten deviations below its end.
const LARGEST_MEAN: f64 = 9_223_372_006_484_771_000.0;

/// What a parameter must be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Constraint {
    /// Anything.
    None,
    /// Without a sign (NaN may have one).
    NonNegative,
    /// Not zero or below (NaN may be).
    Positive,
    /// In [0, 1].
    Probability,
    /// A Poisson distribution's mean.
    PoissonMean,
}

impl Constraint {
    /// Whether a parameter is as it must be.
    ///
    /// # Errors
    /// `ValueError` if not.
    pub fn check(self, value: f64, name: &str) -> Result<()> {
        let wrong = match self {
            // NumPy asks this first of a number, and last of an array.
            Self::PoissonMean if value.is_nan() => Some(format!("{name} < 0 or {name} is NaN")),
            _ => self.violation(&[value], name, "is NaN"),
        };
        wrong.map_or(Ok(()), |text| Err(Error::value(text)))
    }

    /// Whether each value of a parameter that is an array is as it must be.
    ///
    /// # Errors
    /// `ValueError` if one is not.
    pub fn check_all(self, values: &[f64], name: &str) -> Result<()> {
        self.violation(values, name, "contains NaNs").map_or(Ok(()), |text| Err(Error::value(text)))
    }

    fn violation(self, values: &[f64], name: &str, nan: &str) -> Option<String> {
        let any = |wrong: fn(f64) -> bool| values.iter().any(|&value| wrong(value));
        match self {
            Self::NonNegative if any(|v| v.is_sign_negative() && !v.is_nan()) => Some(format!("{name} < 0")),
            Self::Positive if any(|v| v <= 0.0) => Some(format!("{name} <= 0")),
            Self::Probability if any(|v| !(0.0..=1.0).contains(&v)) => {
                Some(format!("{name} < 0, {name} > 1 or {name} {nan}"))
            }
            Self::PoissonMean if any(|v| v.is_nan() || v > LARGEST_MEAN) => Some(format!("{name} value too large")),
            Self::PoissonMean if any(|v| v < 0.0) => Some(format!("{name} < 0 or {name} {nan}")),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_numpys() {
        let text = |constraint: Constraint, value: f64| constraint.check(value, "x").map_err(|error| error.message);
        assert_eq!(text(Constraint::NonNegative, -0.0), Err("x < 0".into()));
        assert_eq!(text(Constraint::NonNegative, f64::NAN), Ok(()));
        assert_eq!(text(Constraint::Positive, 0.0), Err("x <= 0".into()));
        assert_eq!(text(Constraint::Probability, f64::NAN), Err("x < 0, x > 1 or x is NaN".into()));
        assert_eq!(text(Constraint::PoissonMean, f64::NAN), Err("x < 0 or x is NaN".into()));
        assert_eq!(text(Constraint::PoissonMean, 1e300), Err("x value too large".into()));
        let all = Constraint::Probability.check_all(&[0.5, 1.5], "p").map_err(|error| error.message);
        assert_eq!(all, Err("p < 0, p > 1 or p contains NaNs".into()));
        let all = Constraint::PoissonMean.check_all(&[-1.0, f64::NAN], "lam").map_err(|error| error.message);
        assert_eq!(all, Err("lam value too large".into()));
    }
}
