//! Whole numbers' own functions: arithmetic wraps around, and what is divided
//! by zero is zero.

/// A whole number.
pub(super) trait Integer: Copy + Ord {
    fn plus(self, other: Self) -> Self;
    fn minus(self, other: Self) -> Self;
    fn times(self, other: Self) -> Self;
    fn negative(self) -> Self;
    fn absolute(self) -> Self;
    fn sign(self) -> Self;
    /// One divided by it, towards zero; the least number for zero (zero if there are no negative ones).
    fn reciprocal(self) -> Self;
    /// The quotient rounded down.
    fn floor_divide(self, divisor: Self) -> Self;
    /// What floor division leaves, with the divisor's sign.
    fn remainder(self, divisor: Self) -> Self;
    /// What division towards zero leaves, with the dividend's sign.
    fn fmod(self, divisor: Self) -> Self;
    /// A power; the exponent is not negative.
    fn power(self, exponent: Self) -> Self;
    fn gcd(self, other: Self) -> Self;
    fn lcm(self, other: Self) -> Self;
    fn not(self) -> Self;
    fn and(self, other: Self) -> Self;
    fn or(self, other: Self) -> Self;
    fn xor(self, other: Self) -> Self;
    /// Moves bits to the left; all are gone if it is by too many.
    fn left_shift(self, by: Self) -> Self;
    /// Moves bits to the right; only the sign is left if it is by too many.
    fn right_shift(self, by: Self) -> Self;
    /// How many bits of its absolute value are set.
    fn bit_count(self) -> u8;
}

macro_rules! integer {
    ($($type:ident, $unsigned:ident, $signum:expr, $unsigned_absolute:expr;)+) => {$(
        impl Integer for $type {
            fn plus(self, other: Self) -> Self {
                self.wrapping_add(other)
            }
            fn minus(self, other: Self) -> Self {
                self.wrapping_sub(other)
            }
            fn times(self, other: Self) -> Self {
                self.wrapping_mul(other)
            }
            fn negative(self) -> Self {
                self.wrapping_neg()
            }
            fn absolute(self) -> Self {
                self.magnitude() as $type
            }
            fn sign(self) -> Self {
                let signum: fn(Self) -> Self = $signum;
                signum(self)
            }
            fn reciprocal(self) -> Self {
                (1 as $type).checked_div(self).unwrap_or($type::MIN)
            }
            fn floor_divide(self, divisor: Self) -> Self {
                if divisor == 0 {
                    return 0;
                }
                let quotient = self.wrapping_div(divisor);
                let left = self.wrapping_rem(divisor);
                if left != 0 && (left ^ divisor) < 0 as $type { quotient - 1 } else { quotient }
            }
            fn remainder(self, divisor: Self) -> Self {
                let left = self.fmod(divisor);
                if left != 0 && (left ^ divisor) < 0 as $type { left + divisor } else { left }
            }
            fn fmod(self, divisor: Self) -> Self {
                if divisor == 0 { 0 } else { self.wrapping_rem(divisor) }
            }
            fn power(self, exponent: Self) -> Self {
                let mut left = exponent;
                let (mut base, mut product) = (self, 1 as $type);
                while left > 0 {
                    if left & 1 == 1 {
                        product = product.wrapping_mul(base);
                    }
                    base = base.wrapping_mul(base);
                    left >>= 1;
                }
                product
            }
            fn gcd(self, other: Self) -> Self {
                let (mut a, mut b) = (self.magnitude(), other.magnitude());
                while b != 0 {
                    (a, b) = (b, a % b);
                }
                a as $type
            }
            fn lcm(self, other: Self) -> Self {
                let gcd = self.gcd(other) as $unsigned;
                self.magnitude().checked_div(gcd).map_or(0, |part| part.wrapping_mul(other.magnitude()) as $type)
            }
            fn not(self) -> Self {
                !self
            }
            fn and(self, other: Self) -> Self {
                self & other
            }
            fn or(self, other: Self) -> Self {
                self | other
            }
            fn xor(self, other: Self) -> Self {
                self ^ other
            }
            fn left_shift(self, by: Self) -> Self {
                u32::try_from(by).ok().and_then(|by| self.checked_shl(by)).unwrap_or(0)
            }
            fn right_shift(self, by: Self) -> Self {
                let by = u32::try_from(by).unwrap_or(u32::MAX);
                self.checked_shr(by).unwrap_or(if self < 0 as $type { !0 } else { 0 })
            }
            fn bit_count(self) -> u8 {
                self.magnitude().count_ones() as u8
            }
        }

        impl Magnitude for $type {
            type Unsigned = $unsigned;
            fn magnitude(self) -> $unsigned {
                let absolute: fn(Self) -> $unsigned = $unsigned_absolute;
                absolute(self)
            }
        }
    )+};
}

/// An absolute value that always fits.
trait Magnitude {
    type Unsigned;
    fn magnitude(self) -> Self::Unsigned;
}

integer! {
    u8, u8, |x| x.min(1), |x| x;
    i32, u32, i32::signum, i32::unsigned_abs;
    i64, u64, i64::signum, i64::unsigned_abs;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn division_has_pythons_signs() {
        for (a, b, quotient, left, fmod) in
            [(7i64, 3, 2, 1, 1), (-7, 3, -3, 2, -1), (7, -3, -3, -2, 1), (-7, -3, 2, -1, -1), (5, 0, 0, 0, 0)]
        {
            assert_eq!((a.floor_divide(b), a.remainder(b), a.fmod(b)), (quotient, left, fmod), "{a} by {b}");
        }
        assert_eq!(i64::MIN.floor_divide(-1), i64::MIN);
        assert_eq!(i64::MIN.remainder(-1), 0);
        assert_eq!(200u8.floor_divide(7), 28);
        assert_eq!((0i64.reciprocal(), 0u8.reciprocal(), (-1i64).reciprocal()), (i64::MIN, 0, -1));
    }

    #[test]
    fn what_is_too_large_wraps_or_is_gone() {
        assert_eq!((2i64.power(100), 3i64.power(50), 7u8.power(3)), (0, 6_048_575_297_968_530_377, 87));
        assert_eq!((1i64.left_shift(63), 1i64.left_shift(64), 1i64.left_shift(-1)), (i64::MIN, 0, 0));
        assert_eq!(((-1i64).right_shift(64), 5i64.right_shift(64), 255u8.left_shift(1)), (-1, 0, 254));
        assert_eq!((i64::MIN.gcd(0), (-4i64).gcd(6), (-4i64).lcm(6), 0i64.lcm(0)), (i64::MIN, 2, 12, 0));
        assert_eq!((i64::MIN.absolute(), (-3i64).bit_count(), i64::MIN.bit_count()), (i64::MIN, 2, 1));
    }
}
