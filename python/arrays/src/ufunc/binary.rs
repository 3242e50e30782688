//! The loops of functions of two elements.

use num_complex::Complex64;

use super::function::Binary;
use super::integer::Integer;
use super::number::Number;
use super::real::Real;
use super::types::BinaryLoop;
use super::{analytic, complex};
use crate::dtype::DType;

type Same<T> = fn(&[T], &[T], &mut [T]);
type Test<T> = fn(&[T], &[T], &mut [bool]);

/// A loop that takes one expression of each pair of elements.
macro_rules! each {
    ($a:ident, $b:ident => $value:expr) => {
        |a, b, out| {
            for ((out, &$a), &$b) in out.iter_mut().zip(a).zip(b) {
                *out = $value;
            }
        }
    };
    ($function:path) => {
        each!(a, b => $function(a, b))
    };
}

/// The loop of a function for two elements of a type, if there is one.
pub(super) fn find(function: Binary, dtype: DType) -> Option<BinaryLoop> {
    match dtype {
        DType::Bool => of_bool(function).map(BinaryLoop::Bool),
        DType::U8 => integer(function).map(BinaryLoop::U8).or_else(|| test(function).map(BinaryLoop::U8Bool)),
        DType::I32 => integer(function).map(BinaryLoop::I32).or_else(|| test(function).map(BinaryLoop::I32Bool)),
        DType::I64 => integer(function).map(BinaryLoop::I64).or_else(|| test(function).map(BinaryLoop::I64Bool)),
        DType::F32 if function == Binary::Ldexp => Some(BinaryLoop::F32I64(each!(f32::ldexp))),
        DType::F64 if function == Binary::Ldexp => Some(BinaryLoop::F64I64(each!(f64::ldexp))),
        DType::F32 if function == Binary::FloatPower => None,
        DType::F32 => real(function).map(BinaryLoop::F32).or_else(|| test(function).map(BinaryLoop::F32Bool)),
        DType::F64 => real(function).map(BinaryLoop::F64).or_else(|| test(function).map(BinaryLoop::F64Bool)),
        DType::C128 => of_complex(function).map(BinaryLoop::C128).or_else(|| test(function).map(BinaryLoop::C128Bool)),
    }
}

/// Functions of what is true or false.
fn of_bool(function: Binary) -> Option<Same<bool>> {
    let each: Same<bool> = match function {
        Binary::Add | Binary::Maximum | Binary::Fmax | Binary::BitwiseOr => each!(a, b => a | b),
        Binary::Multiply | Binary::Minimum | Binary::Fmin | Binary::BitwiseAnd => each!(a, b => a & b),
        Binary::BitwiseXor => each!(a, b => a ^ b),
        _ => return test(function),
    };
    Some(each)
}

/// Tests that elements of all types have.
fn test<T: Number>(function: Binary) -> Option<Test<T>> {
    let each: Test<T> = match function {
        Binary::Equal => each!(a, b => a == b),
        Binary::NotEqual => each!(a, b => a != b),
        Binary::Less => each!(T::is_less),
        Binary::LessEqual => each!(T::is_less_or_equal),
        Binary::Greater => each!(a, b => b.is_less(a)),
        Binary::GreaterEqual => each!(a, b => b.is_less_or_equal(a)),
        Binary::LogicalAnd => each!(a, b => a.is_true() & b.is_true()),
        Binary::LogicalOr => each!(a, b => a.is_true() | b.is_true()),
        Binary::LogicalXor => each!(a, b => a.is_true() ^ b.is_true()),
        _ => return None,
    };
    Some(each)
}

fn integer<T: Integer>(function: Binary) -> Option<Same<T>> {
    let each: Same<T> = match function {
        Binary::Add => each!(T::plus),
        Binary::Subtract => each!(T::minus),
        Binary::Multiply => each!(T::times),
        Binary::FloorDivide => each!(T::floor_divide),
        Binary::Remainder => each!(T::remainder),
        Binary::Fmod => each!(T::fmod),
        Binary::Power => each!(T::power),
        Binary::Maximum | Binary::Fmax => each!(T::max),
        Binary::Minimum | Binary::Fmin => each!(T::min),
        Binary::Gcd => each!(T::gcd),
        Binary::Lcm => each!(T::lcm),
        Binary::BitwiseAnd => each!(T::and),
        Binary::BitwiseOr => each!(T::or),
        Binary::BitwiseXor => each!(T::xor),
        Binary::LeftShift => each!(T::left_shift),
        Binary::RightShift => each!(T::right_shift),
        _ => return None,
    };
    Some(each)
}

fn real<T: Real>(function: Binary) -> Option<Same<T>> {
    let each: Same<T> = match function {
        Binary::Add => each!(a, b => a + b),
        Binary::Subtract => each!(a, b => a - b),
        Binary::Multiply => each!(a, b => a * b),
        Binary::Divide => each!(a, b => a / b),
        Binary::FloorDivide => each!(T::floor_divide),
        Binary::Remainder => each!(T::remainder),
        Binary::Fmod => each!(a, b => a % b),
        Binary::Power | Binary::FloatPower => each!(T::power),
        Binary::Maximum => each!(T::maximum),
        Binary::Minimum => each!(T::minimum),
        Binary::Fmax => each!(T::fmax),
        Binary::Fmin => each!(T::fmin),
        Binary::Arctan2 => each!(T::arctan2),
        Binary::Hypot => each!(T::hypot),
        Binary::Logaddexp => each!(T::logaddexp),
        Binary::Logaddexp2 => each!(T::logaddexp2),
        Binary::Copysign => each!(T::copysign),
        Binary::Nextafter => each!(T::nextafter),
        Binary::Heaviside => each!(T::heaviside),
        _ => return None,
    };
    Some(each)
}

fn of_complex(function: Binary) -> Option<Same<Complex64>> {
    let each: Same<Complex64> = match function {
        Binary::Add => each!(a, b => a + b),
        Binary::Subtract => each!(a, b => a - b),
        Binary::Multiply => each!(complex::multiply),
        Binary::Divide => each!(complex::divide),
        Binary::Power | Binary::FloatPower => each!(analytic::power),
        Binary::Maximum => each!(complex::maximum),
        Binary::Minimum => each!(complex::minimum),
        Binary::Fmax => each!(complex::fmax),
        Binary::Fmin => each!(complex::fmin),
        _ => return None,
    };
    Some(each)
}
