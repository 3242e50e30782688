//! Functions of real numbers, in single and in double precision.

use std::ops::{Add, Div, Mul, Neg, Rem, Sub};

use super::exact;

/// A real number.
pub(super) trait Real:
    Copy
    + PartialOrd
    + Neg<Output = Self>
    + Add<Output = Self>
    + Sub<Output = Self>
    + Mul<Output = Self>
    + Div<Output = Self>
    + Rem<Output = Self>
{
    const ZERO: Self;
    const ONE: Self;
    const HALF: Self;
    const NAN: Self;
    const LN_2: Self;
    const LOG2_E: Self;
    const DEGREES: Self;
    const RADIANS: Self;

    fn is_nan(self) -> bool;
    fn is_infinite(self) -> bool;
    fn absolute(self) -> Self;
    fn sqrt(self) -> Self;
    fn floor(self) -> Self;
    fn ceil(self) -> Self;
    fn trunc(self) -> Self;
    fn rint(self) -> Self;
    fn is_signed(self) -> bool;
    fn copysign(self, sign: Self) -> Self;
    fn next_up(self) -> Self;
    fn next_down(self) -> Self;
    fn cbrt(self) -> Self;
    fn exp(self) -> Self;
    fn exp2(self) -> Self;
    fn expm1(self) -> Self;
    fn log(self) -> Self;
    fn log2(self) -> Self;
    fn log10(self) -> Self;
    fn log1p(self) -> Self;
    fn sin(self) -> Self;
    fn cos(self) -> Self;
    fn tan(self) -> Self;
    fn arcsin(self) -> Self;
    fn arccos(self) -> Self;
    fn arctan(self) -> Self;
    fn sinh(self) -> Self;
    fn cosh(self) -> Self;
    fn tanh(self) -> Self;
    fn arcsinh(self) -> Self;
    fn arccosh(self) -> Self;
    fn arctanh(self) -> Self;
    fn power(self, exponent: Self) -> Self;
    fn arctan2(self, x: Self) -> Self;
    fn hypot(self, other: Self) -> Self;
    fn ldexp(self, exponent: i64) -> Self;

    /// -1, 0 or 1; what is not a number stays.
    fn sign(self) -> Self {
        if self > Self::ZERO {
            Self::ONE
        } else if self < Self::ZERO {
            -Self::ONE
        } else if self == Self::ZERO {
            Self::ZERO
        } else {
            self
        }
    }

    /// The distance to the next number away from zero, with the sign of this one.
    fn spacing(self) -> Self {
        if self.is_infinite() {
            Self::NAN
        } else if self.is_signed() && self != Self::ZERO {
            self.next_down() - self
        } else {
            self.next_up() - self
        }
    }

    /// The quotient rounded down, as Python has it.
    fn floor_divide(self, divisor: Self) -> Self {
        if divisor == Self::ZERO {
            return self / divisor;
        }
        let left = self % divisor;
        let mut quotient = (self - left) / divisor;
        if left != Self::ZERO && (divisor < Self::ZERO) != (left < Self::ZERO) {
            quotient = quotient - Self::ONE;
        }
        if quotient == Self::ZERO {
            return Self::ZERO.copysign(self / divisor);
        }
        // The quotient of what is a multiple can be off by rounding.
        let floor = quotient.floor();
        if quotient - floor > Self::HALF { floor + Self::ONE } else { floor }
    }

    /// What floor division leaves, with the divisor's sign.
    fn remainder(self, divisor: Self) -> Self {
        let left = self % divisor;
        if divisor == Self::ZERO {
            left
        } else if left == Self::ZERO {
            Self::ZERO.copysign(divisor)
        } else if (divisor < Self::ZERO) != (left < Self::ZERO) {
            left + divisor
        } else {
            left
        }
    }

    /// The greater one; what is not a number is passed on. Of two zeros it is the second, as on x86.
    fn maximum(self, other: Self) -> Self {
        if self > other || self.is_nan() { self } else { other }
    }

    /// The smaller one; what is not a number is passed on. Of two zeros it is the second, as on x86.
    fn minimum(self, other: Self) -> Self {
        if self < other || self.is_nan() { self } else { other }
    }

    /// The greater one; what is not a number gives way.
    fn fmax(self, other: Self) -> Self {
        if self >= other || other.is_nan() { self } else { other }
    }

    /// The smaller one; what is not a number gives way.
    fn fmin(self, other: Self) -> Self {
        if self <= other || other.is_nan() { self } else { other }
    }

    /// The next number in the direction of another.
    fn nextafter(self, towards: Self) -> Self {
        if self.is_nan() || towards.is_nan() {
            self + towards
        } else if self < towards {
            self.next_up()
        } else if self > towards {
            self.next_down()
        } else {
            towards
        }
    }

    /// The step function with a value of its own at zero.
    fn heaviside(self, at_zero: Self) -> Self {
        if self.is_nan() {
            self
        } else if self == Self::ZERO {
            at_zero
        } else if self < Self::ZERO {
            Self::ZERO
        } else {
            Self::ONE
        }
    }

    /// log(exp(self) + exp(other))
    fn logaddexp(self, other: Self) -> Self {
        // Two infinities of a sign have no difference.
        if self == other {
            return self + Self::LN_2;
        }
        let apart = self - other;
        if apart > Self::ZERO {
            self + (-apart).exp().log1p()
        } else if apart <= Self::ZERO {
            other + apart.exp().log1p()
        } else {
            apart
        }
    }

    /// log2(2^self + 2^other)
    fn logaddexp2(self, other: Self) -> Self {
        if self == other {
            return self + Self::ONE;
        }
        let apart = self - other;
        if apart > Self::ZERO {
            self + Self::LOG2_E * (-apart).exp2().log1p()
        } else if apart <= Self::ZERO {
            other + Self::LOG2_E * apart.exp2().log1p()
        } else {
            apart
        }
    }
}

macro_rules! real {
    ($type:ident { $($method:ident $function:ident)+ } $arctan2:ident, $hypot:expr, $power:expr) => {
        impl Real for $type {
            const ZERO: Self = 0.0;
            const ONE: Self = 1.0;
            const HALF: Self = 0.5;
            const NAN: Self = $type::NAN;
            const LN_2: Self = std::$type::consts::LN_2;
            const LOG2_E: Self = std::$type::consts::LOG2_E;
            const DEGREES: Self = 180.0 / std::$type::consts::PI;
            const RADIANS: Self = std::$type::consts::PI / 180.0;
            fn is_nan(self) -> bool {
                $type::is_nan(self)
            }
            fn is_infinite(self) -> bool {
                $type::is_infinite(self)
            }
            fn is_signed(self) -> bool {
                $type::is_sign_negative(self)
            }
            fn copysign(self, sign: Self) -> Self {
                $type::copysign(self, sign)
            }
            fn absolute(self) -> Self {
                $type::abs(self)
            }
            fn sqrt(self) -> Self {
                $type::sqrt(self)
            }
            fn floor(self) -> Self {
                $type::floor(self)
            }
            fn ceil(self) -> Self {
                $type::ceil(self)
            }
            fn trunc(self) -> Self {
                $type::trunc(self)
            }
            fn rint(self) -> Self {
                $type::round_ties_even(self)
            }
            fn next_up(self) -> Self {
                $type::next_up(self)
            }
            fn next_down(self) -> Self {
                $type::next_down(self)
            }
            fn ldexp(self, exponent: i64) -> Self {
                scaled(f64::from(self), exponent) as $type
            }
            $(fn $method(self) -> Self {
                pxfm::$function(self)
            })+
            fn arctan2(self, x: Self) -> Self {
                pxfm::$arctan2(self, x)
            }
            fn hypot(self, other: Self) -> Self {
                let hypot: fn(Self, Self) -> Self = $hypot;
                hypot(self, other)
            }
            fn power(self, exponent: Self) -> Self {
                let power: fn(Self, Self) -> Self = $power;
                power(self, exponent)
            }
        }
    };
}

real! {
    f32 {
        cbrt f_cbrtf exp f_expf exp2 f_exp2f expm1 f_expm1f
        log f_logf log2 f_log2f log10 f_log10f log1p f_log1pf
        sin f_sinf cos f_cosf tan f_tanf arcsin f_asinf arccos f_acosf arctan f_atanf
        sinh f_sinhf cosh f_coshf tanh f_tanhf arcsinh f_asinhf arccosh f_acoshf arctanh f_atanhf
    }
    f_atan2f, |x, y| exact::hypot(f64::from(x), f64::from(y)) as f32, |x, exponent| {
        named_power(f64::from(x), f64::from(exponent)).map_or_else(|| pxfm::f_powf(x, exponent), |power| power as f32)
    }
}

real! {
    f64 {
        cbrt f_cbrt exp f_exp exp2 f_exp2 expm1 f_expm1
        log f_log log2 f_log2 log10 f_log10 log1p f_log1p
        sin f_sin cos f_cos tan f_tan arcsin f_asin arccos f_acos arctan f_atan
        sinh f_sinh cosh f_cosh tanh f_tanh arcsinh f_asinh arccosh f_acosh arctanh f_atanh
    }
    f_atan2, exact::hypot, |x, exponent| {
        named_power(x, exponent).unwrap_or_else(|| pxfm::f_pow(x, exponent))
    }
}

/// `x * 2^exponent`, rounded once.
fn scaled(mut x: f64, exponent: i64) -> f64 {
    let power = |exponent: i64| f64::from_bits(((exponent + 1023) as u64) << 52);
    // The largest and the smallest number are 2098 powers of two apart.
    let mut left = exponent.clamp(-2200, 2200);
    while left > 1023 {
        x *= power(1023);
        left -= 1023;
    }
    // What is left is below -53, so that what these round becomes zero in the end.
    while left < -1022 {
        x *= power(-969);
        left += 969;
    }
    x * power(left)
}

/// Powers that `pxfm` has wrong: where one of the two decides alone, of zero, and of what has no finite square.
fn named_power(x: f64, exponent: f64) -> Option<f64> {
    if exponent == 0.0 || x == 1.0 {
        return Some(1.0);
    }
    if x == 0.0 && exponent < 0.0 {
        let is_odd = exponent % 2.0 == -1.0;
        return Some(if is_odd { f64::INFINITY.copysign(x) } else { f64::INFINITY });
    }
    if x.is_finite() && x.abs() > 2f64.powi(500) {
        if exponent == -2.0 {
            return Some(pxfm::f_pow(x * 2f64.powi(-200), exponent) * 2f64.powi(-400));
        }
        if exponent == -0.5 {
            return Some(pxfm::f_pow(x * 2f64.powi(-200), exponent) * 2f64.powi(-100));
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const INF: f64 = f64::INFINITY;

    #[test]
    fn division_has_pythons_signs() {
        assert_eq!((Real::floor_divide(-1.0, INF), Real::remainder(-1.0, INF)), (-1.0, INF));
        assert_eq!((Real::floor_divide(1.0, 0.1), Real::remainder(1.0, 0.1)), (9.0, 0.09999999999999995));
        assert_eq!((Real::floor_divide(-7.5, 2.0), Real::remainder(-7.5, 2.0)), (-4.0, 0.5));
        assert_eq!(Real::floor_divide(1.0, 0.0), INF);
        assert!(Real::remainder(4.0f64, -2.0).is_sign_negative());
    }

    #[test]
    fn neighbours_are_found() {
        assert_eq!(Real::spacing(-1.0), -2.220446049250313e-16);
        assert_eq!(Real::spacing(0.0), 5e-324);
        assert_eq!(Real::nextafter(1.0f32, 0.0), 0.99999994);
        assert!(Real::spacing(INF).is_nan());
    }

    #[test]
    fn what_is_not_a_number_is_passed_on_or_gives_way() {
        assert!(Real::maximum(f64::NAN, 1.0).is_nan() && Real::maximum(1.0, f64::NAN).is_nan());
        assert_eq!((Real::fmax(f64::NAN, 1.0), Real::fmin(1.0, f64::NAN)), (1.0, 1.0));
        assert!(Real::maximum(0.0, -0.0f64).is_sign_negative());
    }

    #[test]
    fn scaling_rounds_once() {
        assert_eq!(Real::ldexp(1.0f64, -1074), 5e-324);
        assert_eq!(Real::ldexp(3.0f64, -1075), 1e-323);
        assert_eq!(Real::ldexp(5e-324, 2097), f64::powi(2.0, 1023));
        assert_eq!(Real::ldexp(1.0f32, i64::MAX), f32::INFINITY);
    }

    #[test]
    fn powers_have_their_named_values() {
        assert_eq!((Real::power(f64::NAN, 0.0), Real::power(1.0, f64::NAN)), (1.0, 1.0));
        assert_eq!((Real::power(-0.0f32, -3.0), Real::power(-0.0, -2.0)), (f32::NEG_INFINITY, INF));
        assert_eq!(Real::power(1e308, -0.5), 1e-154);
        assert_eq!(Real::power(6.989793931549605e154, -2.0), 2.0467804272554e-310);
        assert!(Real::power(-1.0, 0.5).is_nan());
    }
}
