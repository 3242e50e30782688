//! One element on its own.

use num_complex::Complex64;

use crate::dtype::DType;
use crate::ufunc::{Flags, cast_flags_to};

/// A value of one of the types.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Scalar {
    /// `np.bool`
    Bool(bool),
    /// `np.uint8`
    U8(u8),
    /// `np.int32`
    I32(i32),
    /// `np.int64`
    I64(i64),
    /// `np.float32`
    F32(f32),
    /// `np.float64`
    F64(f64),
    /// `np.complex128`
    C128(Complex64),
}

impl Scalar {
    /// What it turned into another type is warned of.
    #[must_use]
    pub fn cast_flags(self, dtype: DType) -> Flags {
        match self {
            Self::F32(value) => cast_flags_to(&[f64::from(value)], dtype),
            Self::F64(value) => cast_flags_to(&[value], dtype),
            Self::C128(value) => cast_flags_to(&[value.re], dtype),
            Self::Bool(_) | Self::U8(_) | Self::I32(_) | Self::I64(_) => Flags::default(),
        }
    }

    /// Its type.
    #[must_use]
    pub fn dtype(self) -> DType {
        match self {
            Self::Bool(_) => DType::Bool,
            Self::U8(_) => DType::U8,
            Self::I32(_) => DType::I32,
            Self::I64(_) => DType::I64,
            Self::F32(_) => DType::F32,
            Self::F64(_) => DType::F64,
            Self::C128(_) => DType::C128,
        }
    }
}
