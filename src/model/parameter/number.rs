//! The contract's grammar of numbers: what a text means, and whether it had to
//! be moved into its range.

/// What became of a text that should be a number in a range.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Reading<T> {
    /// A number within the range.
    Exact(T),
    /// A finite number outside: the nearest end of the range.
    Clamped(T),
    /// Not a number of this kind.
    Malformed,
}

impl<T> Reading<T> {
    /// The same of another kind of value.
    pub fn map<U>(self, of: impl FnOnce(T) -> U) -> Reading<U> {
        match self {
            Self::Exact(value) => Reading::Exact(of(value)),
            Self::Clamped(value) => Reading::Clamped(of(value)),
            Self::Malformed => Reading::Malformed,
        }
    }
}

/// Reads decimal digits with an optional sign, however many there are.
#[must_use]
pub fn integer(text: &str, min: u32, max: u32) -> Reading<u32> {
    let (negative, digits) = split_sign(text);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Reading::Malformed;
    }
    let magnitude =
        digits.bytes().fold(0_i64, |sum, byte| sum.saturating_mul(10).saturating_add(i64::from(byte - b'0')));
    let value = if negative { -magnitude } else { magnitude };
    let clamped = value.clamp(i64::from(min), i64::from(max));
    // The clamp leaves nothing that u32 can't hold.
    let result = u32::try_from(clamped).unwrap_or(min);
    if clamped == value { Reading::Exact(result) } else { Reading::Clamped(result) }
}

/// Reads a decimal number with an optional sign, fraction and exponent. A
/// number too large for float64 is still a finite number: it is clamped.
#[must_use]
pub fn real(text: &str, min: f64, max: f64) -> Reading<f64> {
    match decimal(text) {
        Some(value) => into_range(value, min, max),
        None => Reading::Malformed,
    }
}

/// As [`real`], or two of them with a slash between: one float64 division,
/// whose result has to be finite.
#[must_use]
pub fn real_or_quotient(text: &str, min: f64, max: f64) -> Reading<f64> {
    let Some((above, below)) = text.split_once('/') else {
        return real(text, min, max);
    };
    match (decimal(above), decimal(below)) {
        (Some(above), Some(below)) if (above / below).is_finite() => into_range(above / below, min, max),
        _ => Reading::Malformed,
    }
}

/// The shortest decimal that reads back as the same float64, without an
/// exponent where that is not unreasonably long.
#[must_use]
pub fn shortest(value: f64) -> String {
    let plain = value.to_string();
    if plain.len() <= 24 { plain } else { format!("{value:e}") }
}

fn into_range(value: f64, min: f64, max: f64) -> Reading<f64> {
    if (min..=max).contains(&value) {
        Reading::Exact(value)
    } else {
        Reading::Clamped(if value < min { min } else { max })
    }
}

/// The value of a decimal number; infinite where float64 has no room for it.
///
/// Correctly rounded, as Rust's own `parse` does it; but by the reader of
/// messages, which the page has anyhow: another one would bring 14 kB along.
#[must_use]
pub fn decimal(text: &str) -> Option<f64> {
    let (is_negative, unsigned) = split_sign(text);
    let (mantissa, exponent) = unsigned.split_once(['e', 'E']).unwrap_or((unsigned, "0"));
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let (is_small, exponent) = split_sign(exponent);
    let is_digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let lacks_digits = exponent.is_empty() || whole.is_empty() && fraction.is_empty();
    if lacks_digits || !(is_digits(whole) && is_digits(fraction) && is_digits(exponent)) {
        return None;
    }
    // JSON wants a digit on both sides of the point, and no zeros in front.
    let whole = whole.trim_start_matches('0');
    let sign = if is_small { "-" } else { "" };
    let json = format!("{}{whole}.{fraction}0e{sign}{exponent}", if whole.is_empty() { "0" } else { "" });
    let magnitude = serde_json::from_str(&json).unwrap_or(f64::INFINITY);
    Some(if is_negative { -magnitude } else { magnitude })
}

fn split_sign(text: &str) -> (bool, &str) {
    if let Some(rest) = text.strip_prefix('-') { (true, rest) } else { (false, text.strip_prefix('+').unwrap_or(text)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integers_follow_the_grammar() {
        let read = |text: &str| integer(text, 1, 1_000_000);
        assert_eq!(read("30"), Reading::Exact(30));
        assert_eq!(read("+30"), Reading::Exact(30));
        assert_eq!(read("0030"), Reading::Exact(30));
        assert_eq!(read("0"), Reading::Clamped(1));
        assert_eq!(read("-5"), Reading::Clamped(1));
        assert_eq!(read("99999999999999999999"), Reading::Clamped(1_000_000));
        assert_eq!(read(&"9".repeat(100_000)), Reading::Clamped(1_000_000));
        assert_eq!(read(&format!("-{}", "9".repeat(100_000))), Reading::Clamped(1));
        assert_eq!(integer("4294967295", 0, u32::MAX), Reading::Exact(u32::MAX));
        assert_eq!(integer("-0", 0, u32::MAX), Reading::Exact(0));
        for text in ["", "+", "-", "3.7", "1e3", "0x10", "1_000", " 30", "30 ", "NaN", "٣", "--1"] {
            assert_eq!(read(text), Reading::Malformed, "{text:?}");
        }
    }

    #[test]
    fn reals_follow_the_grammar() {
        let read = |text: &str| real(text, -1000.0, 1000.0);
        assert_eq!(read("10"), Reading::Exact(10.0));
        assert_eq!(read("+1.5e+2"), Reading::Exact(150.0));
        assert_eq!(read("-.5"), Reading::Exact(-0.5));
        assert_eq!(read("2."), Reading::Exact(2.0));
        assert_eq!(read("1E-2"), Reading::Exact(0.01));
        assert_eq!(read("1e400"), Reading::Clamped(1000.0));
        assert_eq!(read("-1e400"), Reading::Clamped(-1000.0));
        assert_eq!(read("-1e99999999999999999999"), Reading::Clamped(-1000.0));
        assert_eq!(real("1e-400", 1e-6, 0.1), Reading::Clamped(1e-6));
        for text in ["", ".", "e5", "1e", "1e+", "NaN", "inf", "-infinity", "0x1p3", "1_0.5", "1,5", "1 "] {
            assert_eq!(read(text), Reading::Malformed, "{text:?}");
        }
    }

    #[test]
    fn decimals_are_rounded_correctly() {
        let texts = [
            "0",
            "-0",
            "00",
            "0.1",
            "+.1",
            "1.",
            "9007199254740993",
            "2.2250738585072011e-308",
            "5e-324",
            "2e-324",
            "1.7976931348623157e308",
            "1.7976931348623159e308",
            "-1e309",
            "0e999999",
            "1e-999999",
            "007.50",
            "3.14159265358979323846264338327950288419716939937510582097494459",
            "123456789012345678901234567890e-30",
        ];
        for text in texts {
            let expected: f64 = text.parse().unwrap();
            assert_eq!(decimal(text).map(f64::to_bits), Some(expected.to_bits()), "{text}");
        }
    }

    #[test]
    fn quotients_are_one_division() {
        let read = |text: &str| real_or_quotient(text, -1000.0, 1000.0);
        assert_eq!(read("8/3"), Reading::Exact(8.0 / 3.0));
        assert_eq!(read("-1e1/4"), Reading::Exact(-2.5));
        assert_eq!(read("5000/2"), Reading::Clamped(1000.0));
        for text in ["1/0", "0/0", "1e400/1e400", "1e300/1e-300", "8/", "/3", "8/3/1", "a/b"] {
            assert_eq!(read(text), Reading::Malformed, "{text:?}");
        }
    }

    #[test]
    fn the_shortest_decimal_stays_short() {
        assert_eq!(shortest(0.000_001), "0.000001");
        assert_eq!(shortest(5e-324), "5e-324");
        assert_eq!(shortest(8.0 / 3.0), "2.6666666666666665");
    }
}
