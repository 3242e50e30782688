//! Squares and lengths with more digits than a float has.

/// `x * x` and what its rounding left out, by halves of the digits (there is no fused multiply and add).
pub(super) fn square(x: f64) -> (f64, f64) {
    let split = x * 134_217_729.0;
    let high = split - (split - x);
    let low = x - high;
    let product = x * x;
    (product, ((high * high - product) + 2.0 * high * low) + low * low)
}

/// `a + b` and what its rounding left out.
fn sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let of_b = sum - a;
    (sum, (a - (sum - of_b)) + (b - of_b))
}

/// `x^2 + y^2 - 1` of a point near the unit circle.
pub(super) fn beyond_unit_circle(x: f64, y: f64) -> f64 {
    let (x, y) = if x.abs() < y.abs() { (y, x) } else { (x, y) };
    let ((x, x_low), (y, y_low)) = (square(x), square(y));
    let (first, first_low) = sum(x, -1.0);
    let (both, both_low) = sum(first, y);
    both + (first_low + both_low + x_low + y_low)
}

/// The square root of `x^2 + y^2`, to hardly more than half of the last place.
pub(super) fn hypot(x: f64, y: f64) -> f64 {
    if x.is_infinite() || y.is_infinite() {
        return f64::INFINITY;
    }
    let (x, y) = (x.abs(), y.abs());
    let (long, short) = if x < y { (y, x) } else { (x, y) };
    if long.is_nan() || short.is_nan() || short <= long * 2f64.powi(-54) {
        return long + short;
    }
    if long > 2f64.powi(500) {
        of_middle(long * 2f64.powi(-600), short * 2f64.powi(-600)) * 2f64.powi(600)
    } else if short < 2f64.powi(-400) {
        of_middle(long * 2f64.powi(600), short * 2f64.powi(600)) * 2f64.powi(-600)
    } else {
        of_middle(long, short)
    }
}

/// [`hypot`] of legs whose squares neither overflow nor lose digits.
fn of_middle(long: f64, short: f64) -> f64 {
    let ((a, a_low), (b, b_low)) = (square(long), square(short));
    let (both, low) = sum(a, b);
    let root = both.sqrt();
    let (back, back_low) = square(root);
    root + (((both - back) - back_low) + (low + a_low + b_low)) / (2.0 * root)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lengths_are_exact() {
        assert_eq!(hypot(3.0, 4.0), 5.0);
        assert_eq!(hypot(3.0, std::f64::consts::FRAC_PI_2), 3.386_355_134_989_881_5);
        assert_eq!(hypot(3e300, 4e300), 5e300);
        assert_eq!(hypot(3e-320, 4e-320), 5e-320);
        assert_eq!(hypot(1.7e308, 1.7e308), f64::INFINITY);
        assert_eq!(hypot(f64::NAN, f64::NEG_INFINITY), f64::INFINITY);
        assert!(hypot(f64::NAN, 1.0).is_nan());
    }

    #[test]
    fn nearness_to_the_unit_circle_is_exact() {
        assert_eq!(beyond_unit_circle(1.0, 2f64.powi(-30)), 2f64.powi(-60));
        // 0.6 and 0.8 are not those fractions exactly.
        assert_eq!(beyond_unit_circle(0.6, 0.8), 4.440_892_098_500_626_4e-17);
    }
}
