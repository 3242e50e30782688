//! What is asked of an element of any type.

use num_complex::Complex64;

use crate::dtype::DType;

/// An element of one of the types.
pub trait Number: Copy + PartialEq + Send + Sync + 'static {
    /// Its type.
    const DTYPE: DType;
    /// Whether it is, or has a part that is, not a number.
    fn is_nan(self) -> bool;
    /// Whether it is, or has a part that is, infinite.
    fn is_infinite(self) -> bool;
    /// Whether it is neither infinite nor not a number.
    fn is_finite(self) -> bool;
    /// Whether it counts as true: is not zero.
    fn is_true(self) -> bool;
    /// `self < other`, complex numbers by their real parts first.
    fn is_less(self, other: Self) -> bool;
    /// `self <= other`, complex numbers by their real parts first.
    fn is_less_or_equal(self, other: Self) -> bool;
    /// Whether it is the least of its type of whole numbers with a sign.
    fn is_least(self) -> bool {
        false
    }
    /// Whether it is the whole number -1.
    fn is_minus_one(self) -> bool {
        false
    }
    /// Whether it is a whole number below zero.
    fn is_negative_integer(self) -> bool {
        false
    }
}

macro_rules! exact {
    ($($type:ty, $DType:ident, $zero:literal $(, $signed:ident)?;)+) => {$(
        impl Number for $type {
            const DTYPE: DType = DType::$DType;
            fn is_nan(self) -> bool {
                false
            }
            fn is_infinite(self) -> bool {
                false
            }
            fn is_finite(self) -> bool {
                true
            }
            fn is_true(self) -> bool {
                self != $zero
            }
            fn is_less(self, other: Self) -> bool {
                self < other
            }
            fn is_less_or_equal(self, other: Self) -> bool {
                self <= other
            }
            $(fn is_least(self) -> bool {
                self == <$signed>::MIN
            }
            fn is_minus_one(self) -> bool {
                self == -1
            }
            fn is_negative_integer(self) -> bool {
                self < 0
            })?
        }
    )+};
}

exact! {
    bool, Bool, false;
    u8, U8, 0;
    i32, I32, 0, i32;
    i64, I64, 0, i64;
}

macro_rules! float {
    ($($type:ident, $DType:ident;)+) => {$(
        impl Number for $type {
            const DTYPE: DType = DType::$DType;
            fn is_nan(self) -> bool {
                $type::is_nan(self)
            }
            fn is_infinite(self) -> bool {
                $type::is_infinite(self)
            }
            fn is_finite(self) -> bool {
                $type::is_finite(self)
            }
            fn is_true(self) -> bool {
                self != 0.0
            }
            fn is_less(self, other: Self) -> bool {
                self < other
            }
            fn is_less_or_equal(self, other: Self) -> bool {
                self <= other
            }
        }
    )+};
}

float! {
    f32, F32;
    f64, F64;
}

impl Number for Complex64 {
    const DTYPE: DType = DType::C128;
    fn is_nan(self) -> bool {
        self.re.is_nan() | self.im.is_nan()
    }
    fn is_infinite(self) -> bool {
        self.re.is_infinite() | self.im.is_infinite()
    }
    fn is_finite(self) -> bool {
        self.re.is_finite() & self.im.is_finite()
    }
    fn is_true(self) -> bool {
        (self.re != 0.0) | (self.im != 0.0)
    }
    fn is_less(self, other: Self) -> bool {
        let parts = !self.im.is_nan() && !other.im.is_nan();
        (self.re < other.re && parts) || (self.re == other.re && self.im < other.im)
    }
    fn is_less_or_equal(self, other: Self) -> bool {
        let parts = !self.im.is_nan() && !other.im.is_nan();
        (self.re < other.re && parts) || (self.re == other.re && self.im <= other.im)
    }
}
