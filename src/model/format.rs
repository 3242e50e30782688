//! Figures as learners read them.

/// A duration with three digits or so: `4.1 µs`, `0.91 ms`, `38.7 ms`, `2.10 s`.
#[must_use]
pub fn duration(ms: f64) -> String {
    // What is rounded up to a second is one.
    if ms >= 999.5 {
        format!("{} s", digits(ms / 1000.0))
    } else if ms >= 0.1 || ms <= 0.0 {
        format!("{} ms", digits(ms))
    } else {
        format!("{} µs", digits(ms * 1000.0))
    }
}

/// A ratio: `0.43 ×`, `3.8 ×`, `50 ×`, `1,058 ×`.
#[must_use]
pub fn ratio(value: f64) -> String {
    let value_text = if value >= 10.0 {
        grouped(&format!("{value:.0}"))
    } else if value >= 1.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    };
    format!("{value_text} ×")
}

/// A share in percent: `93 %`.
#[must_use]
pub fn percent(share: f64) -> String {
    format!("{:.0} %", share * 100.0)
}

/// A whole number with commas: `10,000`.
#[must_use]
pub fn count(number: u64) -> String {
    grouped(&number.to_string())
}

/// Digits with a comma before every third from the right.
fn grouped(plain: &str) -> String {
    let mut text = String::with_capacity(plain.len() + plain.len() / 3);
    for (index, digit) in plain.chars().enumerate() {
        if index > 0 && (plain.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// Names with commas and a last "and".
#[must_use]
pub fn list(names: &[&str]) -> String {
    match names {
        [] => String::new(),
        [one] => (*one).into(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// With a capital first letter, where that is an ASCII one: the tables for all
/// others are large.
#[must_use]
pub fn capitalized(text: &str) -> String {
    let mut text = text.to_owned();
    if let Some(first) = text.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    text
}

fn digits(value: f64) -> String {
    let magnitude = value.abs();
    if magnitude >= 1000.0 {
        grouped(&format!("{value:.0}"))
    } else if magnitude >= 100.0 {
        format!("{value:.0}")
    } else if magnitude >= 10.0 {
        format!("{value:.1}")
    } else {
        format!("{value:.2}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_choose_their_unit() {
        assert_eq!(duration(0.0041), "4.10 µs");
        assert_eq!(duration(0.0), "0.00 ms");
        assert_eq!(duration(0.912), "0.91 ms");
        assert_eq!(duration(38.74), "38.7 ms");
        assert_eq!(duration(218.3), "218 ms");
        assert_eq!(duration(2100.0), "2.10 s");
        assert_eq!(duration(1_234_000.0), "1,234 s");
        assert_eq!(duration(-0.25), "-0.25 ms");
    }

    #[test]
    fn counts_and_ratios() {
        assert_eq!(count(5), "5");
        assert_eq!(count(1234), "1,234");
        assert_eq!(count(1_000_000), "1,000,000");
        assert_eq!(ratio(0.432), "0.43 ×");
        assert_eq!(ratio(3.84), "3.8 ×");
        assert_eq!(ratio(49.7), "50 ×");
        assert_eq!(ratio(1058.4), "1,058 ×");
        assert_eq!(percent(0.934), "93 %");
    }

    #[test]
    fn lists_read_as_english() {
        assert_eq!(list(&[]), "");
        assert_eq!(list(&["a"]), "a");
        assert_eq!(list(&["a", "b"]), "a and b");
        assert_eq!(list(&["a", "b", "c"]), "a, b and c");
    }
}
