//! Which of two elements comes first.

use std::cmp::Ordering;

use num_complex::Complex64;

/// An element that has a place among others of its type: NaNs are equal to each other and come last.
pub trait Order: Copy {
    /// Which of the two comes first.
    fn compare(&self, other: &Self) -> Ordering;

    /// Whether the element, or a part of it, is no number.
    fn is_nan(&self) -> bool {
        false
    }
}

macro_rules! whole {
    ($($type:ty),*) => {$(
        impl Order for $type {
            #[inline]
            fn compare(&self, other: &Self) -> Ordering {
                self.cmp(other)
            }
        }
    )*};
}

macro_rules! float {
    ($($type:ty),*) => {$(
        impl Order for $type {
            #[inline]
            fn compare(&self, other: &Self) -> Ordering {
                self.partial_cmp(other).unwrap_or_else(|| self.is_nan().cmp(&other.is_nan()))
            }

            #[inline]
            fn is_nan(&self) -> bool {
                Self::is_nan(*self)
            }
        }
    )*};
}

whole!(bool, u8, i32, i64);
float!(f32, f64);

impl Order for Complex64 {
    /// By the real part, then by the imaginary one. Among those with a NaN the ones whose real part is a number
    /// are first.
    fn compare(&self, other: &Self) -> Ordering {
        let nans = |z: &Self| (z.re.is_nan(), z.im.is_nan());
        nans(self).cmp(&nans(other)).then_with(|| self.re.compare(&other.re)).then_with(|| self.im.compare(&other.im))
    }

    fn is_nan(&self) -> bool {
        self.re.is_nan() || self.im.is_nan()
    }
}
