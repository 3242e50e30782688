//! Multiplying and adding in one rounding, where the processor's instruction
//! for it can't be had: WebAssembly has none, and the C library's function is
//! many times as slow as what is here.

/// What is left of a number's 53 bits in its upper half.
const UPPER: u64 = !0 << 27;

/// a b + c, rounded once: as [`f64::mul_add`], for a product that is zero, or
/// not so small that its last bits are lost.
#[inline]
pub(super) fn mul_add(a: f64, b: f64, c: f64) -> f64 {
    let (product, product_rest) = exact_product(a, b);
    let (sum, sum_rest) = exact_sum(product, c);
    let rest = sum_rest + product_rest;
    let near = sum + rest;
    // Rounding the rest too can only have mattered where `near` is half way, or
    // nearly so, from its neighbour. What is not finite is never equal either.
    let off = rest - (near - sum);
    if near + off * (1.0 + 1.0 / 1024.0) == near { near } else { a.mul_add(b, c) }
}

/// A product, rounded, and what rounding took from it.
#[inline]
pub(super) fn exact_product(a: f64, b: f64) -> (f64, f64) {
    let product = a * b;
    let (a_high, b_high) = (upper(a), upper(b));
    let (a_low, b_low) = (a - a_high, b - b_high);
    let rest = a_low * b_low - (product - a_high * b_high - a_low * b_high - a_high * b_low);
    (product, rest)
}

/// A sum, rounded, and what rounding took from it.
#[inline]
fn exact_sum(a: f64, b: f64) -> (f64, f64) {
    let sum = a + b;
    let b_there = sum - a;
    (sum, (a - (sum - b_there)) + (b - b_there))
}

/// Rounded to 26 bits: two of these have an exact product, and what is left has no more bits.
#[inline]
fn upper(x: f64) -> f64 {
    f64::from_bits((x.to_bits().wrapping_add(1 << 26)) & UPPER)
}

#[cfg(test)]
mod tests {
    use super::mul_add;

    /// Numbers of all signs and of exponents near each other, some of few bits.
    fn numbers() -> impl Iterator<Item = f64> {
        let mut state = 1_u64;
        std::iter::repeat_with(move || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            let word = state ^ (state >> 29);
            let fraction = (word >> 12) & (!0 << (word % 7 * 8));
            let exponent = 1023 - 30 + (word >> 3) % 60;
            f64::from_bits((word >> 63 << 63) | (exponent << 52) | (fraction & 0x000f_ffff_ffff_ffff))
        })
    }

    #[test]
    fn is_the_standard_librarys() {
        let mut numbers = numbers();
        let mut next = || numbers.next().unwrap_or_default();
        for _ in 0..50_000 {
            let (a, b, c) = (next(), next(), next());
            // Also where nearly all cancels, and half way between two numbers.
            let half_way = c * f64::EPSILON * 0.5;
            for [a, b, c] in [[a, b, c], [a, b, -a * b], [a, b, -(a * b) * (1.0 + f64::EPSILON)], [half_way, 1.0, c]] {
                assert_eq!(mul_add(a, b, c).to_bits(), a.mul_add(b, c).to_bits(), "{a:e} {b:e} {c:e}");
            }
        }
    }

    #[test]
    fn ends_are_the_standard_librarys() {
        for [a, b, c] in [[0.0, 5.0, 1.0], [3.0, 0.5, -1.5], [1e200, 1e200, 1.0], [2.0, 3.0, f64::NEG_INFINITY]] {
            assert_eq!(mul_add(a, b, c).to_bits(), a.mul_add(b, c).to_bits());
        }
        assert!(mul_add(f64::NAN, 1.0, 1.0).is_nan());
    }
}
