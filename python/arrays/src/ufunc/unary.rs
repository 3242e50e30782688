//! The loops of functions of one element.

use num_complex::Complex64;

use super::function::Unary;
use super::integer::Integer;
use super::number::Number;
use super::real::Real;
use super::types::UnaryLoop;
use super::{analytic, complex, inverse};
use crate::dtype::DType;

type Same<T> = fn(&[T], &mut [T]);
type To<T, U> = fn(&[T], &mut [U]);

/// A loop that takes one expression of each element.
macro_rules! each {
    ($x:ident => $value:expr) => {
        |xs, out| {
            for (out, &$x) in out.iter_mut().zip(xs) {
                *out = $value;
            }
        }
    };
    ($function:path) => {
        each!(x => $function(x))
    };
}

/// The loop of a function for elements of a type, if there is one.
pub(super) fn find(function: Unary, dtype: DType) -> Option<UnaryLoop> {
    match dtype {
        DType::Bool => of_bool(function).map(UnaryLoop::Bool),
        DType::U8 => integer(function)
            .or_else(|| bits(function))
            .map(UnaryLoop::U8)
            .or_else(|| test(function).map(UnaryLoop::U8Bool)),
        DType::I32 => integer(function)
            .map(UnaryLoop::I32)
            .or_else(|| test(function).map(UnaryLoop::I32Bool))
            .or_else(|| bits(function).map(UnaryLoop::I32U8)),
        DType::I64 => integer(function)
            .map(UnaryLoop::I64)
            .or_else(|| test(function).map(UnaryLoop::I64Bool))
            .or_else(|| bits(function).map(UnaryLoop::I64U8)),
        DType::F32 => real(function).map(UnaryLoop::F32).or_else(|| test_real(function).map(UnaryLoop::F32Bool)),
        DType::F64 => real(function).map(UnaryLoop::F64).or_else(|| test_real(function).map(UnaryLoop::F64Bool)),
        DType::C128 => match function {
            Unary::Absolute => Some(UnaryLoop::C128F64(each!(complex::absolute))),
            _ => of_complex(function).map(UnaryLoop::C128).or_else(|| test(function).map(UnaryLoop::C128Bool)),
        },
    }
}

/// Functions of what is true or false.
fn of_bool(function: Unary) -> Option<Same<bool>> {
    let each: Same<bool> = match function {
        Unary::Absolute | Unary::Floor | Unary::Ceil | Unary::Trunc => each!(x => x),
        Unary::Invert => each!(x => !x),
        _ => return test(function),
    };
    Some(each)
}

/// Tests that elements of all types have.
fn test<T: Number>(function: Unary) -> Option<To<T, bool>> {
    let each: To<T, bool> = match function {
        Unary::LogicalNot => each!(x => !x.is_true()),
        Unary::Isnan => each!(T::is_nan),
        Unary::Isinf => each!(T::is_infinite),
        Unary::Isfinite => each!(T::is_finite),
        _ => return None,
    };
    Some(each)
}

fn test_real<T: Number + Real>(function: Unary) -> Option<To<T, bool>> {
    match function {
        Unary::Signbit => Some(each!(T::is_signed)),
        _ => test(function),
    }
}

fn bits<T: Integer>(function: Unary) -> Option<To<T, u8>> {
    match function {
        Unary::BitwiseCount => Some(each!(T::bit_count)),
        _ => None,
    }
}

fn integer<T: Integer>(function: Unary) -> Option<Same<T>> {
    let each: Same<T> = match function {
        Unary::Negative => each!(T::negative),
        Unary::Positive | Unary::Conjugate | Unary::Floor | Unary::Ceil | Unary::Trunc => each!(x => x),
        Unary::Absolute => each!(T::absolute),
        Unary::Sign => each!(T::sign),
        Unary::Square => each!(x => x.times(x)),
        Unary::Reciprocal => each!(T::reciprocal),
        Unary::Invert => each!(T::not),
        _ => return None,
    };
    Some(each)
}

fn real<T: Real>(function: Unary) -> Option<Same<T>> {
    let each: Same<T> = match function {
        Unary::Negative => each!(x => -x),
        Unary::Positive | Unary::Conjugate => each!(x => x),
        Unary::Absolute | Unary::Fabs => each!(T::absolute),
        Unary::Sign => each!(T::sign),
        Unary::Sqrt => each!(T::sqrt),
        Unary::Cbrt => each!(T::cbrt),
        Unary::Square => each!(x => x * x),
        Unary::Reciprocal => each!(x => T::ONE / x),
        Unary::Exp => each!(T::exp),
        Unary::Exp2 => each!(T::exp2),
        Unary::Expm1 => each!(T::expm1),
        Unary::Log => each!(T::log),
        Unary::Log2 => each!(T::log2),
        Unary::Log10 => each!(T::log10),
        Unary::Log1p => each!(T::log1p),
        Unary::Sin => each!(T::sin),
        Unary::Cos => each!(T::cos),
        Unary::Tan => each!(T::tan),
        Unary::Arcsin => each!(T::arcsin),
        Unary::Arccos => each!(T::arccos),
        Unary::Arctan => each!(T::arctan),
        Unary::Sinh => each!(T::sinh),
        Unary::Cosh => each!(T::cosh),
        Unary::Tanh => each!(T::tanh),
        Unary::Arcsinh => each!(T::arcsinh),
        Unary::Arccosh => each!(T::arccosh),
        Unary::Arctanh => each!(T::arctanh),
        Unary::Degrees | Unary::Rad2deg => each!(x => x * T::DEGREES),
        Unary::Radians | Unary::Deg2rad => each!(x => x * T::RADIANS),
        Unary::Floor => each!(T::floor),
        Unary::Ceil => each!(T::ceil),
        Unary::Trunc => each!(T::trunc),
        Unary::Rint => each!(T::rint),
        Unary::Spacing => each!(T::spacing),
        _ => return None,
    };
    Some(each)
}

fn of_complex(function: Unary) -> Option<Same<Complex64>> {
    let each: Same<Complex64> = match function {
        Unary::Negative => each!(z => -z),
        Unary::Positive => each!(z => z),
        Unary::Conjugate => each!(z => z.conj()),
        Unary::Sign => each!(complex::sign),
        Unary::Sqrt => each!(analytic::sqrt),
        Unary::Square => each!(complex::square),
        Unary::Reciprocal => each!(complex::reciprocal),
        Unary::Exp => each!(analytic::exp),
        Unary::Exp2 => each!(analytic::exp2),
        Unary::Expm1 => each!(analytic::expm1),
        Unary::Log => each!(analytic::log),
        Unary::Log2 => each!(analytic::log2),
        Unary::Log10 => each!(analytic::log10),
        Unary::Log1p => each!(analytic::log1p),
        Unary::Sin => each!(analytic::sin),
        Unary::Cos => each!(analytic::cos),
        Unary::Tan => each!(analytic::tan),
        Unary::Arcsin => each!(inverse::arcsin),
        Unary::Arccos => each!(inverse::arccos),
        Unary::Arctan => each!(inverse::arctan),
        Unary::Sinh => each!(analytic::sinh),
        Unary::Cosh => each!(analytic::cosh),
        Unary::Tanh => each!(analytic::tanh),
        Unary::Arcsinh => each!(inverse::arcsinh),
        Unary::Arccosh => each!(inverse::arccosh),
        Unary::Arctanh => each!(inverse::arctanh),
        Unary::Rint => each!(complex::rint),
        _ => return None,
    };
    Some(each)
}
