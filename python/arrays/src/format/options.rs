//! What `np.set_printoptions` sets.

use crate::error::{Error, Result};

/// Whether positive numbers have a sign.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Sign {
    /// `-`: none.
    #[default]
    Minus,
    /// `+`: always.
    Plus,
    /// ` `: a space in its place.
    Space,
}

impl Sign {
    /// Which one NumPy's character means.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "-" => Ok(Self::Minus),
            "+" => Ok(Self::Plus),
            " " => Ok(Self::Space),
            _ => Err(Error::value("sign option must be one of ' ', '+', or '-'")),
        }
    }

    /// NumPy's character for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Minus => "-",
            Self::Plus => "+",
            Self::Space => " ",
        }
    }
}

/// How `precision` is meant.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FloatMode {
    /// Exactly so many digits behind the point.
    Fixed,
    /// As many as name the float, whatever `precision` says.
    Unique,
    /// At most so many.
    #[default]
    MaxPrec,
    /// At most so many, and as many for each element.
    MaxPrecEqual,
}

impl FloatMode {
    /// Which one NumPy's name means.
    pub fn named(name: &str) -> Result<Self> {
        match name {
            "fixed" => Ok(Self::Fixed),
            "unique" => Ok(Self::Unique),
            "maxprec" => Ok(Self::MaxPrec),
            "maxprec_equal" => Ok(Self::MaxPrecEqual),
            _ => Err(Error::value(r#"floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal""#)),
        }
    }

    /// NumPy's name for it.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Fixed => "fixed",
            Self::Unique => "unique",
            Self::MaxPrec => "maxprec",
            Self::MaxPrecEqual => "maxprec_equal",
        }
    }
}

/// How arrays are printed; the default is NumPy's.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintOptions {
    /// How many digits behind the point, as `floatmode` means it.
    pub precision: usize,
    /// Arrays of more elements are summarized.
    pub threshold: usize,
    /// How many elements of each end a summary shows, in every dimension.
    pub edgeitems: usize,
    /// How long a line may be.
    pub linewidth: usize,
    /// Whether small numbers are written without an exponent, as zero if need be.
    pub suppress: bool,
    /// What not-a-number is written as.
    pub nanstr: String,
    /// What infinity is written as.
    pub infstr: String,
    /// Whether positive numbers have a sign.
    pub sign: Sign,
    /// How `precision` is meant.
    pub floatmode: FloatMode,
}

impl Default for PrintOptions {
    fn default() -> Self {
        Self {
            precision: 8,
            threshold: 1000,
            edgeitems: 3,
            linewidth: 75,
            suppress: false,
            nanstr: "nan".to_owned(),
            infstr: "inf".to_owned(),
            sign: Sign::Minus,
            floatmode: FloatMode::MaxPrec,
        }
    }
}

impl PrintOptions {
    /// Sets `threshold`; nothing stands for what is no number. Infinity is a number here.
    pub fn set_threshold(&mut self, threshold: Option<f64>) -> Result<()> {
        let threshold = threshold.ok_or_else(|| Error::type_("threshold must be numeric"))?;
        if threshold.is_nan() {
            let text = "threshold must be non-NAN, try sys.maxsize for untruncated representation";
            return Err(Error::value(text));
        }
        // More than 2.5 elements are more than 2; the conversion keeps to what a count can be.
        self.threshold = threshold.floor() as usize;
        Ok(())
    }

    /// Sets `precision`; nothing stands for what is no integer.
    ///
    /// Negative ones are refused here; NumPy does so when it prints.
    pub fn set_precision(&mut self, precision: Option<i64>) -> Result<()> {
        let precision = precision.ok_or_else(|| Error::type_("precision must be an integer"))?;
        self.precision = count(precision, "precision")?;
        Ok(())
    }
}

/// A number that's not negative; what no count can be becomes the largest.
pub(super) fn count(number: i64, name: &str) -> Result<usize> {
    if number < 0 {
        return Err(Error::value(format!("{name} must be >= 0")));
    }
    Ok(usize::try_from(number).unwrap_or(usize::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::error::Kind;

    #[test]
    fn names_are_those_of_numpy() {
        for name in ["fixed", "unique", "maxprec", "maxprec_equal"] {
            assert_eq!(FloatMode::named(name).map(FloatMode::name), Ok(name));
        }
        for name in ["-", "+", " "] {
            assert_eq!(Sign::named(name).map(Sign::name), Ok(name));
        }
        let error = FloatMode::named("short").unwrap_err();
        assert_eq!(error.kind, Kind::Value);
        let text = r#"floatmode option must be one of "fixed", "unique", "maxprec", "maxprec_equal""#;
        assert_eq!(error.message, text);
        assert_eq!(Sign::named("").unwrap_err().message, "sign option must be one of ' ', '+', or '-'");
    }

    #[test]
    fn a_threshold_is_a_number() {
        let mut options = PrintOptions::default();
        for (given, set) in [(5.0, 5), (2.5, 2), (-1.0, 0), (f64::INFINITY, usize::MAX)] {
            assert_eq!(options.set_threshold(Some(given)), Ok(()));
            assert_eq!(options.threshold, set);
        }
        assert_eq!(options.set_threshold(None).unwrap_err().message, "threshold must be numeric");
        let text = "threshold must be non-NAN, try sys.maxsize for untruncated representation";
        assert_eq!(options.set_threshold(Some(f64::NAN)).unwrap_err().message, text);
    }

    #[test]
    fn a_precision_is_a_count() {
        let mut options = PrintOptions::default();
        assert_eq!(options.set_precision(Some(3)), Ok(()));
        assert_eq!(options.precision, 3);
        let error = options.set_precision(None).unwrap_err();
        assert_eq!((error.kind, &*error.message), (Kind::Type, "precision must be an integer"));
        assert_eq!(options.set_precision(Some(-1)).unwrap_err().message, "precision must be >= 0");
    }
}
