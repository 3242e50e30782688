//! The decimal digits of a float: the fewest that name it, or its exact value
//! rounded at a given place. The standard library finds the digits.

use std::cmp::Ordering;

/// No `f64` has more digits than this before its exact expansion ends, on either side of the point.
const LONGEST_EXPANSION: usize = 1_100;

/// A float of either size: which digits suffice to name it depends on the size.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Float {
    /// A `float32`.
    Single(f32),
    /// A `float64`.
    Double(f64),
}

impl From<f32> for Float {
    fn from(value: f32) -> Self {
        Self::Single(value)
    }
}

impl From<f64> for Float {
    fn from(value: f64) -> Self {
        Self::Double(value)
    }
}

impl Float {
    /// The same value as a `float64`; nothing is lost.
    pub(super) fn value(self) -> f64 {
        match self {
            Self::Single(value) => f64::from(value),
            Self::Double(value) => value,
        }
    }
}

/// Where a number is rounded.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cutoff {
    /// After so many digits behind the point.
    Fraction(usize),
    /// After so many digits from the first that is not zero.
    Significant(usize),
}

/// The digits of a number without its sign.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Decimal {
    /// In ASCII; the first is not `0`, unless all of them are.
    pub(super) digits: String,
    /// The power of ten that the first digit counts.
    pub(super) exponent: i64,
}

impl Decimal {
    /// The fewest digits that no other float of its size is nearer to.
    pub(super) fn shortest(float: Float) -> Self {
        let text = match float {
            Float::Single(value) => format!("{:e}", value.abs()),
            Float::Double(value) => format!("{:e}", value.abs()),
        };
        let shortest = Self::from_scientific(&text);
        // Of two equally near numbers with as many digits the even one is right.
        let digits = shortest.digits.len();
        shortest.continued(float, Cutoff::Significant(digits))
    }

    /// Digits that name a float, continued with those of its exact value up to the cutoff.
    ///
    /// The result names the float too: below a power of two others are so close that the nearest number may not.
    pub(super) fn continued(self, float: Float, cutoff: Cutoff) -> Self {
        let nearest = Self::rounded(float, cutoff);
        if nearest.names(float) { nearest } else { self }
    }

    /// The exact value rounded to the cutoff; halves go to the even digit.
    pub(super) fn rounded(float: Float, cutoff: Cutoff) -> Self {
        let value = float.value().abs();
        match cutoff {
            Cutoff::Fraction(digits) => Self::from_positional(&format!("{value:.*}", digits.min(LONGEST_EXPANSION))),
            Cutoff::Significant(digits) => {
                let behind_first = digits.saturating_sub(1).min(LONGEST_EXPANSION);
                Self::from_scientific(&format!("{value:.behind_first$e}"))
            }
        }
    }

    fn from_scientific(text: &str) -> Self {
        let (digits, exponent) = text.split_once('e').unwrap_or((text, "0"));
        Self { digits: digits.replace('.', ""), exponent: exponent.parse().unwrap_or(0) }
    }

    fn from_positional(text: &str) -> Self {
        let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
        let all = format!("{whole}{fraction}");
        let Some(zeros) = all.find(|digit| digit != '0') else {
            return Self { digits: all, exponent: whole.len() as i64 - 1 };
        };
        Self { digits: all[zeros..].to_owned(), exponent: whole.len() as i64 - 1 - zeros as i64 }
    }

    /// Whether it is zero.
    pub(super) fn is_zero(&self) -> bool {
        self.digits.starts_with('0')
    }

    /// The power of ten that the last digit counts.
    pub(super) fn last_place(&self) -> i64 {
        self.exponent - (self.digits.len() as i64 - 1)
    }

    /// The digits before the point and those behind it.
    pub(super) fn halves(&self) -> (String, String) {
        let Ok(exponent) = usize::try_from(self.exponent) else {
            let zeros = usize::try_from(-1 - self.exponent).unwrap_or(0);
            return ("0".to_owned(), "0".repeat(zeros) + &self.digits);
        };
        match self.digits.split_at_checked(exponent + 1) {
            Some((whole, fraction)) => (whole.to_owned(), fraction.to_owned()),
            None => (format!("{:0<width$}", self.digits, width = exponent + 1), String::new()),
        }
    }

    /// Without the zeros at its end that a carry made of nines, and if the value `ends` there, without any.
    ///
    /// Zeros that are digits of a longer value stay.
    pub(super) fn without_idle_zeros(mut self, float: Float, ends: bool) -> Self {
        if !self.digits.ends_with('0') || self.is_zero() {
            return self;
        }
        let order = self.compare(float);
        if order == Ordering::Greater || (ends && order == Ordering::Equal) {
            let kept = self.digits.trim_end_matches('0').len();
            self.digits.truncate(kept);
        }
        self
    }

    fn parsed(&self) -> String {
        format!("{}e{}", self.digits, self.last_place())
    }

    fn names(&self, float: Float) -> bool {
        match float {
            Float::Single(value) => self.parsed().parse() == Ok(value.abs()),
            Float::Double(value) => self.parsed().parse() == Ok(value.abs()),
        }
    }

    /// How it compares with the exact value, of which it is a rounding.
    fn compare(&self, float: Float) -> Ordering {
        let value = float.value().abs();
        let nearest = self.parsed().parse().unwrap_or(value);
        nearest.total_cmp(&value).then_with(|| {
            let exact = Self::rounded(float, Cutoff::Significant(LONGEST_EXPANSION));
            let digits = self.digits.trim_end_matches('0').cmp(exact.digits.trim_end_matches('0'));
            self.exponent.cmp(&exact.exponent).then(digits)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shortest(float: impl Into<Float>) -> (String, i64) {
        let decimal = Decimal::shortest(float.into());
        (decimal.digits, decimal.exponent)
    }

    #[test]
    fn few_digits_name_a_float_of_its_size() {
        assert_eq!(shortest(0.1), ("1".into(), -1));
        assert_eq!(shortest(0.1_f32), ("1".into(), -1));
        assert_eq!(shortest(f64::from(0.1_f32)), ("10000000149011612".into(), -1));
        assert_eq!(shortest(5e-324), ("5".into(), -324));
        assert_eq!(shortest(2f64.powi(-44)), ("5684341886080802".into(), -14));
        assert_eq!(shortest(0.0), ("0".into(), 0));
    }

    #[test]
    fn of_equally_near_ones_the_even_is_taken() {
        assert_eq!(shortest(2f32.powi(21) + 0.25), ("20971522".into(), 6));
        assert_eq!(shortest(2f32.powi(21) + 0.75), ("20971528".into(), 6));
        assert_eq!(shortest(2f64.powi(50) + 0.25), ("11258999068426242".into(), 15));
    }

    #[test]
    fn halves_go_to_the_even_digit() {
        for (value, digits, expected) in
            [(0.5, 0, "0"), (1.5, 0, "2"), (2.5, 0, "2"), (0.125, 2, "12"), (0.15, 1, "1"), (0.25, 1, "2")]
        {
            assert_eq!(Decimal::rounded(value.into(), Cutoff::Fraction(digits)).digits, expected, "{value}");
        }
    }

    #[test]
    fn zeros_that_a_carry_left_are_idle() {
        let kept = |value: f64, digits| {
            Decimal::rounded(value.into(), Cutoff::Fraction(digits)).without_idle_zeros(value.into(), true).digits
        };
        assert_eq!(kept(9.96, 1), "1");
        assert_eq!(kept(1.001, 2), "100");
        assert_eq!(kept(1.0, 2), "1");
        assert_eq!(kept(0.1, 16), "1000000000000000");
        // The exact value is 9.99…e-22: its nearest float says nothing of the carry.
        assert_eq!(kept(1e-21, 23), "1");
    }
}
