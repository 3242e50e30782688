//! One float as text: `np.format_float_positional`, `np.format_float_scientific`.

use super::decimal::{Cutoff, Decimal, Float};
use super::options::count;
use crate::error::{Error, Result};

/// NumPy writes into a buffer of 16 KiB and refuses what is longer.
pub(super) const LONGEST_TEXT: usize = 16_383;

/// What is done with zeros at the end of a fraction.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Trim {
    /// `k`: they stay, and so does the point.
    #[default]
    Keep,
    /// `.`: they go, the point stays.
    Zeros,
    /// `0`: all but one behind the point go.
    AllButOne,
    /// `-`: they go, and the point behind which nothing is left.
    Point,
}

impl Trim {
    /// Which one NumPy's character means.
    pub fn named(name: &str) -> Result<Self> {
        Ok(match name {
            "k" => Self::Keep,
            "." => Self::Zeros,
            "0" => Self::AllButOne,
            "-" => Self::Point,
            // NumPy pads the name to a hundred characters.
            _ => {
                let text = format!("if supplied, trim must be 'k', '.', '0' or '-' found `{name:>100}`");
                return Err(Error::type_(text));
            }
        })
    }

    /// A fraction with its point, where the digits given are filled with zeros to `least` if they're kept.
    fn fraction(self, digits: &str, least: usize) -> String {
        if self == Self::Keep {
            return format!(".{digits:0<least$}");
        }
        match (self, digits.trim_end_matches('0')) {
            (Self::AllButOne, "") => ".0".to_owned(),
            (Self::Point, "") => String::new(),
            (_, left) => format!(".{left}"),
        }
    }
}

/// How `format_float_positional` writes; the default is NumPy's.
#[derive(Clone, Copy, Debug)]
pub struct Positional {
    /// At most so many digits, all that are needed if not given.
    pub precision: Option<usize>,
    /// At least so many digits.
    pub min_digits: Option<usize>,
    /// Whether digits end where the float is named; otherwise there are exactly `precision`.
    pub unique: bool,
    /// Whether digits behind the point are counted; otherwise all from the first that is not zero.
    pub fractional: bool,
    /// What is done with zeros at the end.
    pub trim: Trim,
    /// Whether a `+` is written.
    pub sign: bool,
    /// How wide the text before the point is at least.
    pub pad_left: usize,
    /// How wide the text behind the point is at least.
    pub pad_right: Option<usize>,
}

impl Default for Positional {
    fn default() -> Self {
        Self {
            precision: None,
            min_digits: None,
            unique: true,
            fractional: true,
            trim: Trim::Keep,
            sign: false,
            pad_left: 0,
            pad_right: None,
        }
    }
}

/// How `format_float_scientific` writes; the default is NumPy's.
#[derive(Clone, Copy, Debug)]
pub struct Scientific {
    /// At most so many digits behind the point, all that are needed if not given.
    pub precision: Option<usize>,
    /// At least so many digits behind the point.
    pub min_digits: Option<usize>,
    /// Whether digits end where the float is named; otherwise there are exactly `precision`.
    pub unique: bool,
    /// What is done with zeros at the end.
    pub trim: Trim,
    /// Whether a `+` is written.
    pub sign: bool,
    /// How wide the text before the point is at least.
    pub pad_left: usize,
    /// How many digits the exponent has at least; two if not given, and never more than five.
    pub exp_digits: Option<usize>,
}

impl Default for Scientific {
    fn default() -> Self {
        Self {
            precision: None,
            min_digits: None,
            unique: true,
            trim: Trim::Keep,
            sign: false,
            pad_left: 0,
            exp_digits: None,
        }
    }
}

/// A count that a caller may leave out, checked as NumPy checks it.
pub fn none_or_positive(value: Option<i64>, name: &str) -> Result<Option<usize>> {
    value.map(|number| count(number, name)).transpose()
}

/// A float in positional notation: `np.format_float_positional`.
pub fn format_float_positional(float: impl Into<Float>, options: &Positional) -> Result<String> {
    if !options.fractional && options.precision == Some(0) {
        return Err(Error::value("precision must be greater than 0 if fractional=False"));
    }
    check_counts(options.precision, options.min_digits, options.unique)?;
    check_length(&[options.precision, options.min_digits, Some(options.pad_left), options.pad_right])?;
    fitting(positional(float.into(), options))
}

/// A float in scientific notation: `np.format_float_scientific`.
pub fn format_float_scientific(float: impl Into<Float>, options: &Scientific) -> Result<String> {
    check_counts(options.precision, options.min_digits, options.unique)?;
    check_length(&[options.precision, options.min_digits, Some(options.pad_left)])?;
    fitting(scientific(float.into(), options))
}

fn check_counts(precision: Option<usize>, min_digits: Option<usize>, unique: bool) -> Result<()> {
    if let (Some(precision @ 1..), Some(min_digits)) = (precision, min_digits)
        && min_digits > precision
    {
        return Err(Error::value("min_digits must be less than or equal to precision"));
    }
    if !unique && precision.is_none() {
        return Err(Error::type_("in non-unique mode `precision` must be supplied"));
    }
    Ok(())
}

/// Refuses what would be too long before it is written.
fn check_length(parts: &[Option<usize>]) -> Result<()> {
    if parts.iter().flatten().any(|&part| part > LONGEST_TEXT) { Err(too_large()) } else { Ok(()) }
}

fn fitting(text: String) -> Result<String> {
    if text.len() > LONGEST_TEXT { Err(too_large()) } else { Ok(text) }
}

fn too_large() -> Error {
    Error::value("Float formatting result too large")
}

/// As `format_float_positional`, of options that fit together.
pub(super) fn positional(float: Float, options: &Positional) -> String {
    if let Some(text) = not_finite(float, options.sign) {
        return text;
    }
    let counts = Counts { unique: options.unique, most: options.precision, least: options.min_digits };
    let mut decimal = counts.digits(float, if options.fractional { Cutoff::Fraction } else { Cutoff::Significant });
    // All digits before the point count as significant, a zero too.
    let before_point = if options.fractional { 0 } else { decimal.exponent.max(0) + 1 };
    let least = counts.filled().saturating_sub(usize::try_from(before_point).unwrap_or(0));
    if options.trim == Trim::Keep && -decimal.last_place() > least as i64 {
        decimal = decimal.without_idle_zeros(float, !options.unique);
    }
    let (whole, fraction) = decimal.halves();
    let left = format!("{}{whole}", sign(float, options.sign));
    let right = options.trim.fraction(&fraction, least);
    // The point's own place is blank where there is none.
    let pad_right = options.pad_right.map_or(0, |width| width + 1);
    format!("{left:>pad_left$}{right:<pad_right$}", pad_left = options.pad_left)
}

/// As `format_float_scientific`, of options that fit together.
pub(super) fn scientific(float: Float, options: &Scientific) -> String {
    if let Some(text) = not_finite(float, options.sign) {
        return text;
    }
    let counts = Counts { unique: options.unique, most: options.precision, least: options.min_digits };
    let mut decimal = counts.digits(float, |digits| Cutoff::Significant(digits.saturating_add(1)));
    let least = counts.filled();
    if options.trim == Trim::Point || (options.trim == Trim::Keep && decimal.digits.len() > least.saturating_add(1)) {
        decimal = decimal.without_idle_zeros(float, !options.unique);
    }
    let (first, rest) = decimal.digits.split_at_checked(1).unwrap_or(("0", ""));
    let mut right = options.trim.fraction(rest, least);
    // Where zeros were trimmed NumPy leaves the point even so.
    if right.is_empty() && !rest.is_empty() {
        right.push('.');
    }
    let left = format!("{}{first}", sign(float, options.sign));
    format!("{left:>pad_left$}{right}{}", exponent(decimal.exponent, options.exp_digits), pad_left = options.pad_left)
}

fn exponent(exponent: i64, digits: Option<usize>) -> String {
    let sign = if exponent < 0 { '-' } else { '+' };
    // A zero has no digits of its own.
    let digits = digits.unwrap_or(2).min(5);
    let number = if exponent == 0 { String::new() } else { exponent.unsigned_abs().to_string() };
    format!("e{sign}{number:0>digits$}")
}

/// How many digits are asked for.
struct Counts {
    unique: bool,
    most: Option<usize>,
    least: Option<usize>,
}

impl Counts {
    fn digits(&self, float: Float, cutoff: impl Fn(usize) -> Cutoff) -> Decimal {
        if float.value() == 0.0 {
            return Decimal::shortest(float);
        }
        if !self.unique {
            return Decimal::rounded(float, cutoff(self.most.unwrap_or(0)));
        }
        let shortest = Decimal::shortest(float);
        // How many digits it has beyond a cutoff; negative where it ends before.
        let beyond = |digits: usize| match cutoff(digits) {
            Cutoff::Fraction(digits) => -shortest.last_place() - digits as i64,
            Cutoff::Significant(digits) => shortest.digits.len() as i64 - digits as i64,
        };
        let least = self.least.map(|least| self.most.map_or(least, |most| least.min(most)));
        match (self.most, least) {
            (Some(most), _) if beyond(most) > 0 => Decimal::rounded(float, cutoff(most)),
            (_, Some(least)) if beyond(least) < 0 => shortest.continued(float, cutoff(least)),
            _ => shortest,
        }
    }

    /// How many digits are there at least, with zeros where the digits end before.
    fn filled(&self) -> usize {
        if self.unique { self.least } else { self.most }.unwrap_or(0)
    }
}

fn sign(float: Float, plus: bool) -> &'static str {
    if float.value().is_sign_negative() {
        "-"
    } else if plus {
        "+"
    } else {
        ""
    }
}

/// What is no number has neither zeros nor padding, and not-a-number no sign.
fn not_finite(float: Float, plus: bool) -> Option<String> {
    let value = float.value();
    if value.is_nan() {
        return Some("nan".to_owned());
    }
    value.is_infinite().then(|| format!("{}inf", sign(float, plus)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn fixed(value: impl Into<Float>, options: Positional) -> String {
        format_float_positional(value, &options).unwrap()
    }

    fn exponential(value: impl Into<Float>, options: Scientific) -> String {
        format_float_scientific(value, &options).unwrap()
    }

    #[test]
    fn positional_text_is_numpys() {
        let default = Positional::default();
        assert_eq!(fixed(std::f32::consts::PI, default), "3.1415927");
        assert_eq!(fixed(1e23, default), "100000000000000000000000.");
        assert_eq!(fixed(1e23, Positional { min_digits: Some(0), ..default }), "99999999999999991611392.");
        assert_eq!(fixed(-0.0, default), "-0.");
        for (value, precision, unique, exact) in [
            (0.15, 1, "0.1", "0.1"),
            (0.006, 1, "0.0", "0.0"),
            (0.006, 2, "0.01", "0.01"),
            (0.5, 0, "0.", "0."),
            (2.5, 0, "2.", "2."),
            (9.96, 1, "10.", "10.0"),
            (1.001, 2, "1.00", "1.00"),
            (0.0, 2, "0.", "0.00"),
        ] {
            let options = Positional { precision: Some(precision), ..default };
            assert_eq!(fixed(value, options), unique);
            assert_eq!(fixed(value, Positional { unique: false, ..options }), exact);
        }
    }

    #[test]
    fn significant_digits_are_counted_from_the_first() {
        let digits = |precision, unique| Positional {
            precision: Some(precision),
            unique,
            fractional: false,
            ..Positional::default()
        };
        assert_eq!(fixed(150.0, digits(1, true)), "200.");
        assert_eq!(fixed(0.00012345, digits(3, true)), "0.000123");
        assert_eq!(fixed(0.00012345, digits(20, false)), "0.00012344999999999999203");
        assert_eq!(fixed(0.06, digits(4, false)), "0.060");
        assert_eq!(fixed(1e-21, digits(3, false)), "0.000000000000000000001");
        assert_eq!(fixed(100.0, digits(4, false)), "100.0");
    }

    #[test]
    fn zeros_are_trimmed_in_four_ways() {
        for (trim, whole, zero, scientific) in [
            ("k", "100.000", "0.000", "1.000e-01"),
            (".", "100.", "0.", "1.e-01"),
            ("0", "100.0", "0.0", "1.0e-01"),
            ("-", "100", "0", "1.e-01"),
        ] {
            let trim = Trim::named(trim).unwrap();
            let options = Positional { trim, min_digits: Some(3), ..Positional::default() };
            assert_eq!((&*fixed(100.0, options), &*fixed(0.0, options)), (whole, zero));
            let options = Scientific { trim, min_digits: Some(3), ..Scientific::default() };
            assert_eq!(exponential(0.1, options), scientific);
        }
    }

    #[test]
    fn text_is_padded_on_both_sides() {
        let padded = Positional { pad_left: 6, pad_right: Some(4), ..Positional::default() };
        assert_eq!(fixed(1.5, Positional { sign: true, ..padded }), "    +1.5   ");
        assert_eq!(fixed(123.0, Positional { trim: Trim::Point, ..padded }), "   123     ");
        assert_eq!(fixed(f64::NAN, padded), "nan");
        assert_eq!(fixed(f64::INFINITY, Positional { sign: true, ..padded }), "+inf");
    }

    #[test]
    fn exponents_have_as_many_digits_as_asked_for() {
        let digits = |exp_digits| Scientific { exp_digits, ..Scientific::default() };
        assert_eq!(exponential(1.23e24_f32, digits(Some(4))), "1.23e+0024");
        assert_eq!(exponential(1.5, digits(None)), "1.5e+00");
        assert_eq!(exponential(1.5, digits(Some(0))), "1.5e+");
        assert_eq!(exponential(1.5, digits(Some(9))), "1.5e+00000");
        assert_eq!(exponential(95.0, Scientific { precision: Some(0), ..digits(None) }), "1.e+02");
        let exact = Scientific { precision: Some(15), unique: false, ..digits(None) };
        assert_eq!(exponential(1.23e24_f32, exact), "1.230000071797338e+24");
    }

    #[test]
    fn what_does_not_fit_together_is_refused() {
        let refused = |options: Positional| format_float_positional(1.5, &options).unwrap_err().message;
        let default = Positional::default();
        let text = "precision must be greater than 0 if fractional=False";
        assert_eq!(refused(Positional { precision: Some(0), fractional: false, ..default }), text);
        let text = "min_digits must be less than or equal to precision";
        assert_eq!(refused(Positional { precision: Some(2), min_digits: Some(3), ..default }), text);
        let text = "in non-unique mode `precision` must be supplied";
        assert_eq!(refused(Positional { unique: false, ..default }), text);
        let text = "Float formatting result too large";
        assert_eq!(refused(Positional { unique: false, precision: Some(usize::MAX), ..default }), text);
        assert_eq!(none_or_positive(Some(-1), "pad_left").unwrap_err().message, "pad_left must be >= 0");
    }
}
