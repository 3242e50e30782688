//! What an array's elements are, and what two kinds of them become together
//! (NumPy's promotion rules, NEP 50).

use std::fmt;

/// The type of an array's elements.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DType {
    /// `bool`
    Bool,
    /// `uint8`
    U8,
    /// `int32`
    I32,
    /// `int64`
    I64,
    /// `float32`
    F32,
    /// `float64`
    F64,
    /// `complex128`
    C128,
}

/// `dtype.kind`: what sort of number it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// `b`
    Bool,
    /// `u`
    Unsigned,
    /// `i`
    Signed,
    /// `f`
    Float,
    /// `c`
    Complex,
}

/// What kind of number an element with another type meets: a Python number gives way (NEP 50).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Operand {
    /// An array's, or a NumPy scalar's.
    Of(DType),
    /// A Python `int` (a Python `bool` is `Of(Bool)`).
    Int,
    /// A Python `float`.
    Float,
    /// A Python `complex`.
    Complex,
}

/// `casting=`: which types may become which others.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum Casting {
    /// None.
    No,
    /// Those of another byte order: none here.
    Equiv,
    /// Those whose values are all kept.
    Safe,
    /// Those, and of the same kind smaller ones.
    #[default]
    SameKind,
    /// All.
    Unsafe,
}

impl Casting {
    /// Which one a name means.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        [Self::No, Self::Equiv, Self::Safe, Self::SameKind, Self::Unsafe].into_iter().find(|rule| rule.name() == name)
    }

    /// As it is written.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::No => "no",
            Self::Equiv => "equiv",
            Self::Safe => "safe",
            Self::SameKind => "same_kind",
            Self::Unsafe => "unsafe",
        }
    }

    /// Whether a type may become another one.
    #[must_use]
    pub fn allows(self, from: DType, to: DType) -> bool {
        match self {
            Self::No | Self::Equiv => from == to,
            Self::Safe => from.fits_safely(to),
            Self::SameKind => from.fits_in_kind(to) || from.fits_safely(to),
            Self::Unsafe => true,
        }
    }

    /// Whether an operand may: a Python number has a kind, but no size.
    #[must_use]
    pub fn allows_operand(self, from: Operand, to: DType) -> bool {
        match from {
            Operand::Of(from) => self.allows(from, to),
            Operand::Int => self == Self::Unsafe || to != DType::Bool,
            Operand::Float => self == Self::Unsafe || !to.is_integer(),
            Operand::Complex => self == Self::Unsafe || to == DType::C128,
        }
    }
}

impl DType {
    /// All of them, in the order in which each can become a later one (but for `int32`, `int64` to `float32`).
    pub const ALL: [Self; 7] = [Self::Bool, Self::U8, Self::I32, Self::I64, Self::F32, Self::F64, Self::C128];

    /// `dtype.name`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Bool => "bool",
            Self::U8 => "uint8",
            Self::I32 => "int32",
            Self::I64 => "int64",
            Self::F32 => "float32",
            Self::F64 => "float64",
            Self::C128 => "complex128",
        }
    }

    /// `dtype.str`, as on a little-endian machine.
    #[must_use]
    pub fn code(self) -> &'static str {
        match self {
            Self::Bool => "|b1",
            Self::U8 => "|u1",
            Self::I32 => "<i4",
            Self::I64 => "<i8",
            Self::F32 => "<f4",
            Self::F64 => "<f8",
            Self::C128 => "<c16",
        }
    }

    /// `dtype.char`
    #[must_use]
    pub fn character(self) -> char {
        match self {
            Self::Bool => '?',
            Self::U8 => 'B',
            Self::I32 => 'i',
            Self::I64 => 'l',
            Self::F32 => 'f',
            Self::F64 => 'd',
            Self::C128 => 'D',
        }
    }

    /// `dtype.num`
    #[must_use]
    pub fn number(self) -> u8 {
        match self {
            Self::Bool => 0,
            Self::U8 => 2,
            Self::I32 => 5,
            Self::I64 => 7,
            Self::F32 => 11,
            Self::F64 => 12,
            Self::C128 => 15,
        }
    }

    /// `dtype.itemsize`, in bytes.
    #[must_use]
    pub fn item_bytes(self) -> usize {
        match self {
            Self::Bool | Self::U8 => 1,
            Self::I32 | Self::F32 => 4,
            Self::I64 | Self::F64 => 8,
            Self::C128 => 16,
        }
    }

    /// `dtype.kind`
    #[must_use]
    pub fn kind(self) -> Kind {
        match self {
            Self::Bool => Kind::Bool,
            Self::U8 => Kind::Unsigned,
            Self::I32 | Self::I64 => Kind::Signed,
            Self::F32 | Self::F64 => Kind::Float,
            Self::C128 => Kind::Complex,
        }
    }

    /// Whether it is a `bool` or a whole number.
    #[must_use]
    pub fn is_integer(self) -> bool {
        self.kind() <= Kind::Signed
    }

    /// Which one a name, a code or a character of NumPy's means; those that are not here give nothing.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let name = name.strip_prefix(['<', '=', '|']).unwrap_or(name);
        Some(match name {
            "bool" | "bool_" | "?" | "b1" => Self::Bool,
            "uint8" | "B" | "u1" | "ubyte" => Self::U8,
            "int32" | "i" | "i4" | "intc" => Self::I32,
            "int64" | "l" | "q" | "i8" | "int" | "int_" | "intp" | "p" | "n" | "long" | "longlong" => Self::I64,
            "float32" | "f" | "f4" | "single" => Self::F32,
            "float64" | "d" | "f8" | "float" | "double" => Self::F64,
            "complex128" | "D" | "c16" | "complex" | "cdouble" => Self::C128,
            _ => return None,
        })
    }

    /// What elements of both types become: `np.promote_types`.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        let (low, high) = if self <= other { (self, other) } else { (other, self) };
        match (low, high) {
            // float32 does not hold all of their values.
            (Self::I32 | Self::I64, Self::F32) => Self::F64,
            _ => high,
        }
    }

    /// What a Python number and this become: `np.result_type`.
    #[must_use]
    pub fn with_operand(self, other: Operand) -> Self {
        match (other, self.kind()) {
            (Operand::Of(other), _) => self.with(other),
            (Operand::Int, Kind::Bool) => Self::I64,
            (Operand::Float, Kind::Bool | Kind::Unsigned | Kind::Signed) => Self::F64,
            (Operand::Complex, _) => Self::C128,
            (Operand::Int | Operand::Float, _) => self,
        }
    }

    /// The type of numbers this one has with a fraction: itself, or `float64`.
    #[must_use]
    pub fn inexact(self) -> Self {
        if self.is_integer() { Self::F64 } else { self }
    }

    /// Whether each value is kept (`np.can_cast(…, "safe")`).
    #[must_use]
    pub fn fits_safely(self, to: Self) -> bool {
        self.with(to) == to
    }

    /// Whether at most the size changes, not the kind (`np.can_cast(…, "same_kind")`).
    #[must_use]
    pub fn fits_in_kind(self, to: Self) -> bool {
        self.kind() <= to.kind() && !(self.kind() == Kind::Signed && to.kind() == Kind::Unsigned)
    }
}

impl Operand {
    /// What it is where there is nothing that it meets.
    #[must_use]
    pub fn default_dtype(self) -> DType {
        match self {
            Self::Of(dtype) => dtype,
            Self::Int => DType::I64,
            Self::Float => DType::F64,
            Self::Complex => DType::C128,
        }
    }

    /// What two operands become together.
    #[must_use]
    pub fn with(self, other: Self) -> Self {
        match (self, other) {
            (Self::Of(a), b) => Self::Of(a.with_operand(b)),
            (a, Self::Of(b)) => Self::Of(b.with_operand(a)),
            (Self::Complex, _) | (_, Self::Complex) => Self::Complex,
            (Self::Float, _) | (_, Self::Float) => Self::Float,
            (Self::Int, Self::Int) => Self::Int,
        }
    }
}

impl fmt::Display for DType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn promotion_is_numpys() {
        use DType::{Bool, C128, F32, F64, I32, I64, U8};
        for (a, b, both) in [
            (Bool, U8, U8),
            (U8, I32, I32),
            (U8, F32, F32),
            (I32, F32, F64),
            (I64, F32, F64),
            (F32, F64, F64),
            (F32, C128, C128),
            (I64, I32, I64),
        ] {
            assert_eq!((a.with(b), b.with(a)), (both, both), "{a} and {b}");
        }
        assert_eq!(F32.with_operand(Operand::Float), F32);
        assert_eq!(I32.with_operand(Operand::Float), F64);
        assert_eq!(Bool.with_operand(Operand::Int), I64);
        assert_eq!(U8.with_operand(Operand::Int), U8);
    }
}
