//! Two float64 in one SIMD register: WebAssembly's `f64x2`, x86's SSE2, or,
//! elsewhere, an array that the compiler may put into one.

use std::ops::{Add, Mul, Sub};

#[cfg(not(any(target_arch = "x86_64", all(target_family = "wasm", target_feature = "simd128"))))]
use portable as register;
#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
use wasm as register;
#[cfg(target_arch = "x86_64")]
use x86_64 as register;

/// The same component of two members.
#[derive(Clone, Copy)]
pub(super) struct Pair(register::Register);

impl Pair {
    #[inline(always)]
    pub(super) fn new(even: f64, odd: f64) -> Self {
        Self(register::new(even, odd))
    }

    #[inline(always)]
    pub(super) fn even(self) -> f64 {
        register::even(self.0)
    }

    #[inline(always)]
    pub(super) fn odd(self) -> f64 {
        register::odd(self.0)
    }
}

impl From<f64> for Pair {
    #[inline(always)]
    fn from(value: f64) -> Self {
        Self::new(value, value)
    }
}

impl Add for Pair {
    type Output = Self;

    #[inline(always)]
    fn add(self, other: Self) -> Self {
        Self(register::add(self.0, other.0))
    }
}

impl Sub for Pair {
    type Output = Self;

    #[inline(always)]
    fn sub(self, other: Self) -> Self {
        Self(register::sub(self.0, other.0))
    }
}

impl Mul for Pair {
    type Output = Self;

    #[inline(always)]
    fn mul(self, other: Self) -> Self {
        Self(register::mul(self.0, other.0))
    }
}

#[cfg(all(target_family = "wasm", target_feature = "simd128"))]
mod wasm {
    use std::arch::wasm32::{f64x2, f64x2_extract_lane, v128};
    pub(super) use std::arch::wasm32::{f64x2_add as add, f64x2_mul as mul, f64x2_sub as sub};

    pub(super) type Register = v128;

    #[inline(always)]
    pub(super) fn new(even: f64, odd: f64) -> Register {
        f64x2(even, odd)
    }

    #[inline(always)]
    pub(super) fn even(pair: Register) -> f64 {
        f64x2_extract_lane::<0>(pair)
    }

    #[inline(always)]
    pub(super) fn odd(pair: Register) -> f64 {
        f64x2_extract_lane::<1>(pair)
    }
}

#[cfg(target_arch = "x86_64")]
mod x86_64 {
    use std::arch::x86_64::{__m128d, _mm_add_pd, _mm_cvtsd_f64, _mm_mul_pd, _mm_set_pd, _mm_sub_pd, _mm_unpackhi_pd};

    pub(super) type Register = __m128d;

    #[inline(always)]
    pub(super) fn new(even: f64, odd: f64) -> Register {
        // SAFETY: every x86_64 processor has SSE2.
        unsafe { _mm_set_pd(odd, even) }
    }

    #[inline(always)]
    pub(super) fn even(pair: Register) -> f64 {
        // SAFETY: every x86_64 processor has SSE2.
        unsafe { _mm_cvtsd_f64(pair) }
    }

    #[inline(always)]
    pub(super) fn odd(pair: Register) -> f64 {
        // SAFETY: every x86_64 processor has SSE2.
        unsafe { _mm_cvtsd_f64(_mm_unpackhi_pd(pair, pair)) }
    }

    #[inline(always)]
    pub(super) fn add(left: Register, right: Register) -> Register {
        // SAFETY: every x86_64 processor has SSE2.
        unsafe { _mm_add_pd(left, right) }
    }

    #[inline(always)]
    pub(super) fn sub(left: Register, right: Register) -> Register {
        // SAFETY: every x86_64 processor has SSE2.
        unsafe { _mm_sub_pd(left, right) }
    }

    #[inline(always)]
    pub(super) fn mul(left: Register, right: Register) -> Register {
        // SAFETY: every x86_64 processor has SSE2.
        unsafe { _mm_mul_pd(left, right) }
    }
}

// Compiled for the tests everywhere, so that it can't rot.
#[cfg(any(test, not(any(target_arch = "x86_64", all(target_family = "wasm", target_feature = "simd128")))))]
mod portable {
    pub(super) type Register = [f64; 2];

    #[inline(always)]
    pub(super) fn new(even: f64, odd: f64) -> Register {
        [even, odd]
    }

    #[inline(always)]
    pub(super) fn even(pair: Register) -> f64 {
        pair[0]
    }

    #[inline(always)]
    pub(super) fn odd(pair: Register) -> f64 {
        pair[1]
    }

    #[inline(always)]
    pub(super) fn add(left: Register, right: Register) -> Register {
        [left[0] + right[0], left[1] + right[1]]
    }

    #[inline(always)]
    pub(super) fn sub(left: Register, right: Register) -> Register {
        [left[0] - right[0], left[1] - right[1]]
    }

    #[inline(always)]
    pub(super) fn mul(left: Register, right: Register) -> Register {
        [left[0] * right[0], left[1] * right[1]]
    }
}

#[cfg(test)]
mod tests {
    use super::portable;

    #[test]
    fn the_portable_pair_is_the_register() {
        let pairs = (super::Pair::new(0.1, -3.5), super::Pair::new(7.3, 1e-300));
        let arrays = (portable::new(0.1, -3.5), portable::new(7.3, 1e-300));
        for (pair, array) in [
            (pairs.0 + pairs.1, portable::add(arrays.0, arrays.1)),
            (pairs.0 - pairs.1, portable::sub(arrays.0, arrays.1)),
            (pairs.0 * pairs.1, portable::mul(arrays.0, arrays.1)),
        ] {
            assert_eq!((pair.even(), pair.odd()), (portable::even(array), portable::odd(array)));
        }
    }
}
