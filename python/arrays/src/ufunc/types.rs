//! Which loop is taken for which operands.

use num_complex::Complex64;

use super::function::{Binary, Unary};
use super::{binary, unary};
use crate::dtype::{DType, Operand};
use crate::error::{self, Error, Result};

/// A loop over one slice, by the types that it takes and gives (one name for both where they are the same).
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum UnaryLoop {
    Bool(fn(&[bool], &mut [bool])),
    U8(fn(&[u8], &mut [u8])),
    I32(fn(&[i32], &mut [i32])),
    I64(fn(&[i64], &mut [i64])),
    F32(fn(&[f32], &mut [f32])),
    F64(fn(&[f64], &mut [f64])),
    C128(fn(&[Complex64], &mut [Complex64])),
    U8Bool(fn(&[u8], &mut [bool])),
    I32Bool(fn(&[i32], &mut [bool])),
    I64Bool(fn(&[i64], &mut [bool])),
    F32Bool(fn(&[f32], &mut [bool])),
    F64Bool(fn(&[f64], &mut [bool])),
    C128Bool(fn(&[Complex64], &mut [bool])),
    C128F64(fn(&[Complex64], &mut [f64])),
    I32U8(fn(&[i32], &mut [u8])),
    I64U8(fn(&[i64], &mut [u8])),
}

/// A loop over two slices, by the types that it takes and gives (one name for all where they are the same).
#[derive(Clone, Copy, Debug)]
#[allow(missing_docs)]
pub enum BinaryLoop {
    Bool(fn(&[bool], &[bool], &mut [bool])),
    U8(fn(&[u8], &[u8], &mut [u8])),
    I32(fn(&[i32], &[i32], &mut [i32])),
    I64(fn(&[i64], &[i64], &mut [i64])),
    F32(fn(&[f32], &[f32], &mut [f32])),
    F64(fn(&[f64], &[f64], &mut [f64])),
    C128(fn(&[Complex64], &[Complex64], &mut [Complex64])),
    U8Bool(fn(&[u8], &[u8], &mut [bool])),
    I32Bool(fn(&[i32], &[i32], &mut [bool])),
    I64Bool(fn(&[i64], &[i64], &mut [bool])),
    F32Bool(fn(&[f32], &[f32], &mut [bool])),
    F64Bool(fn(&[f64], &[f64], &mut [bool])),
    C128Bool(fn(&[Complex64], &[Complex64], &mut [bool])),
    F32I64(fn(&[f32], &[i64], &mut [f32])),
    F64I64(fn(&[f64], &[i64], &mut [f64])),
}

impl UnaryLoop {
    /// The types of what it takes and of what it gives.
    #[must_use]
    pub fn types(self) -> (DType, DType) {
        match self {
            Self::Bool(_) => (DType::Bool, DType::Bool),
            Self::U8(_) => (DType::U8, DType::U8),
            Self::I32(_) => (DType::I32, DType::I32),
            Self::I64(_) => (DType::I64, DType::I64),
            Self::F32(_) => (DType::F32, DType::F32),
            Self::F64(_) => (DType::F64, DType::F64),
            Self::C128(_) => (DType::C128, DType::C128),
            Self::U8Bool(_) => (DType::U8, DType::Bool),
            Self::I32Bool(_) => (DType::I32, DType::Bool),
            Self::I64Bool(_) => (DType::I64, DType::Bool),
            Self::F32Bool(_) => (DType::F32, DType::Bool),
            Self::F64Bool(_) => (DType::F64, DType::Bool),
            Self::C128Bool(_) => (DType::C128, DType::Bool),
            Self::C128F64(_) => (DType::C128, DType::F64),
            Self::I32U8(_) => (DType::I32, DType::U8),
            Self::I64U8(_) => (DType::I64, DType::U8),
        }
    }
}

impl BinaryLoop {
    /// The types of the two that it takes and of what it gives.
    #[must_use]
    pub fn types(self) -> (DType, DType, DType) {
        match self {
            Self::Bool(_) => (DType::Bool, DType::Bool, DType::Bool),
            Self::U8(_) => (DType::U8, DType::U8, DType::U8),
            Self::I32(_) => (DType::I32, DType::I32, DType::I32),
            Self::I64(_) => (DType::I64, DType::I64, DType::I64),
            Self::F32(_) => (DType::F32, DType::F32, DType::F32),
            Self::F64(_) => (DType::F64, DType::F64, DType::F64),
            Self::C128(_) => (DType::C128, DType::C128, DType::C128),
            Self::U8Bool(_) => (DType::U8, DType::U8, DType::Bool),
            Self::I32Bool(_) => (DType::I32, DType::I32, DType::Bool),
            Self::I64Bool(_) => (DType::I64, DType::I64, DType::Bool),
            Self::F32Bool(_) => (DType::F32, DType::F32, DType::Bool),
            Self::F64Bool(_) => (DType::F64, DType::F64, DType::Bool),
            Self::C128Bool(_) => (DType::C128, DType::C128, DType::Bool),
            Self::F32I64(_) => (DType::F32, DType::I64, DType::F32),
            Self::F64I64(_) => (DType::F64, DType::I64, DType::F64),
        }
    }
}

impl Unary {
    /// The loop for an operand: the first whose type holds all of its values.
    ///
    /// # Errors
    /// There is none.
    pub fn resolve(self, x: Operand) -> Result<UnaryLoop> {
        let dtype = x.default_dtype();
        match (self, dtype) {
            (Self::Negative, DType::Bool) => Err(Error::type_(
                "The numpy boolean negative, the `-` operator, is not supported, use the `~` operator or the \
                 logical_not function instead.",
            )),
            (Self::Positive | Self::Sign, DType::Bool) => Err(no_loop(self.name(), class(x))),
            _ => first(dtype, |dtype| unary::find(self, dtype)).ok_or_else(|| unsupported(self.name())),
        }
    }
}

impl Binary {
    /// The loop for two operands: the first whose type holds all values of both.
    ///
    /// # Errors
    /// There is none.
    pub fn resolve(self, a: Operand, b: Operand) -> Result<BinaryLoop> {
        let dtype = match self {
            Self::Ldexp if b.default_dtype().is_integer() => a.default_dtype(),
            Self::Ldexp => return Err(unsupported(self.name())),
            _ => a.with(b).default_dtype(),
        };
        match self {
            Self::Subtract if dtype == DType::Bool => Err(Error::type_(
                "numpy boolean subtract, the `-` operator, is not supported, use the bitwise_xor, the `^` operator, \
                 or the logical_xor function instead.",
            )),
            Self::Gcd | Self::Lcm if dtype == DType::Bool || !dtype.is_integer() => {
                Err(no_loop(self.name(), &format!("({}, {})", class(a), class(b))))
            }
            Self::Divide if dtype.is_integer() => self.of(DType::F64),
            _ => self.of(dtype),
        }
    }

    /// The loop by which elements of a type are reduced or accumulated.
    ///
    /// Sums and products of bools and of small whole numbers are `int64` (NumPy's of `uint8` are `uint64`), and what
    /// is logical is of bools.
    ///
    /// # Errors
    /// There is none whose result is of the type that it takes.
    pub fn resolve_reduction(self, dtype: DType) -> Result<BinaryLoop> {
        let dtype = match self {
            Self::Add | Self::Multiply if dtype.is_integer() => DType::I64,
            Self::LogicalAnd | Self::LogicalOr | Self::LogicalXor => DType::Bool,
            _ => dtype,
        };
        let found = self.resolve(Operand::Of(dtype), Operand::Of(dtype))?;
        let (a, b, out) = found.types();
        if a == b && b == out {
            return Ok(found);
        }
        Err(Error::type_(format!(
            "No loop matching the specified signature and casting was found for ufunc {}",
            self.name()
        )))
    }

    fn of(self, dtype: DType) -> Result<BinaryLoop> {
        first(dtype, |dtype| binary::find(self, dtype)).ok_or_else(|| unsupported(self.name()))
    }
}

/// What is found for the first type that holds all values of another.
fn first<T>(dtype: DType, find: impl Fn(DType) -> Option<T>) -> Option<T> {
    DType::ALL.into_iter().filter(|&to| dtype.fits_safely(to)).find_map(find)
}

fn unsupported(name: &str) -> Error {
    Error::type_(format!(
        "ufunc '{name}' not supported for the input types, and the inputs could not be safely coerced to any supported \
         types according to the casting rule ''safe''"
    ))
}

fn no_loop(name: &str, types: &str) -> Error {
    Error::new(
        error::Kind::NoLoop,
        format!("ufunc '{name}' did not contain a loop with signature matching types {types} -> None"),
    )
}

/// The `repr` of an operand's class of types.
fn class(x: Operand) -> &'static str {
    match x {
        Operand::Of(DType::Bool) => "<class 'numpy.dtypes.BoolDType'>",
        Operand::Of(DType::U8) => "<class 'numpy.dtypes.UInt8DType'>",
        Operand::Of(DType::I32) => "<class 'numpy.dtypes.Int32DType'>",
        Operand::Of(DType::I64) => "<class 'numpy.dtypes.Int64DType'>",
        Operand::Of(DType::F32) => "<class 'numpy.dtypes.Float32DType'>",
        Operand::Of(DType::F64) => "<class 'numpy.dtypes.Float64DType'>",
        Operand::Of(DType::C128) => "<class 'numpy.dtypes.Complex128DType'>",
        Operand::Int => "<class 'numpy.dtypes._PyLongDType'>",
        Operand::Float => "<class 'numpy.dtypes._PyFloatDType'>",
        Operand::Complex => "<class 'numpy.dtypes._PyComplexDType'>",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use DType::{Bool, C128, F32, F64, I32, I64, U8};

    fn unary(name: &str, x: Operand) -> DType {
        Unary::named(name).unwrap().resolve(x).unwrap().types().1
    }

    fn binary(name: &str, a: Operand, b: Operand) -> DType {
        Binary::named(name).unwrap().resolve(a, b).unwrap().types().2
    }

    #[test]
    fn types_are_numpys() {
        for (name, x, out) in [
            ("sqrt", I64, F64),
            ("sqrt", F32, F32),
            // NumPy's float16.
            ("sqrt", U8, F32),
            ("absolute", C128, F64),
            ("isnan", I32, Bool),
            ("floor", I32, I32),
            ("rint", I32, F64),
            ("bitwise_count", I64, U8),
            ("logical_not", F64, Bool),
        ] {
            assert_eq!(unary(name, Operand::Of(x)), out, "{name} of {x}");
        }
        for (name, a, b, out) in [
            ("add", Operand::Of(U8), Operand::Int, U8),
            ("add", Operand::Of(I32), Operand::Of(F32), F64),
            ("multiply", Operand::Of(F32), Operand::Float, F32),
            ("divide", Operand::Of(U8), Operand::Of(U8), F64),
            ("floor_divide", Operand::Of(I64), Operand::Int, I64),
            ("power", Operand::Of(I64), Operand::Float, F64),
            ("float_power", Operand::Of(F32), Operand::Of(F32), F64),
            ("less", Operand::Of(I64), Operand::Float, Bool),
            ("ldexp", Operand::Of(F32), Operand::Of(I64), F32),
            ("add", Operand::Of(Bool), Operand::Of(Bool), Bool),
        ] {
            assert_eq!(binary(name, a, b), out, "{name} of {a:?} and {b:?}");
        }
        assert_eq!(Binary::Add.resolve_reduction(I32).unwrap().types().2, I64);
        assert_eq!(Binary::LogicalAnd.resolve_reduction(F64).unwrap().types().2, Bool);
    }

    #[test]
    fn what_has_no_loop_says_so() {
        let says = |result: Result<BinaryLoop>| result.unwrap_err().message;
        assert_eq!(
            says(Binary::BitwiseAnd.resolve(Operand::Of(F64), Operand::Int)),
            "ufunc 'bitwise_and' not supported for the input types, and the inputs could not be safely coerced to any \
             supported types according to the casting rule ''safe''"
        );
        assert_eq!(
            says(Binary::Gcd.resolve(Operand::Of(F64), Operand::Int)),
            "ufunc 'gcd' did not contain a loop with signature matching types (<class 'numpy.dtypes.Float64DType'>, \
             <class 'numpy.dtypes._PyLongDType'>) -> None"
        );
        assert!(
            says(Binary::Subtract.resolve(Operand::Of(Bool), Operand::Of(Bool))).starts_with("numpy boolean subtract")
        );
        assert!(Unary::Negative.resolve(Operand::Of(Bool)).is_err());
        assert!(Binary::Equal.resolve_reduction(F64).is_err());
    }
}
