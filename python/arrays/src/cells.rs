//! The memory of arrays: cells that several threads may read and write at once.
//!
//! Each cell is an atomic, read and written without any order (`Relaxed`), which
//! costs what a plain access costs. So threads that write into one array get
//! wrong results, as in NumPy, and nothing worse.

use std::sync::atomic::Ordering::Relaxed;
use std::sync::atomic::{AtomicU8, AtomicU32, AtomicU64};

use num_complex::Complex64;

use crate::dtype::DType;
use crate::error::{Error, Kind, Result};
use crate::scalar::Scalar;
use crate::ufunc::Cast;

/// The memory of one array and all its views: as many cells as were asked for,
/// each a `bool` or byte, 4 bytes, or 8 bytes. A complex element is two cells.
#[derive(Debug)]
pub enum Cells {
    /// Of `bool` and `uint8`.
    Bytes(Vec<AtomicU8>),
    /// Of `int32` and `float32`.
    Words(Vec<AtomicU32>),
    /// Of `int64`, `float64` and `complex128`.
    Doubles(Vec<AtomicU64>),
}

/// One kind of cell.
pub trait Cell: Sized + Send + Sync + 'static {
    /// Those of a memory, if it is of such cells; else none.
    fn of(cells: &Cells) -> &[Self];
}

/// A type of elements: how they are kept in cells.
pub trait Element: Copy + Default + PartialEq + Send + Sync + 'static {
    /// Its name.
    const DTYPE: DType;
    /// How many cells an element takes.
    const CELLS: usize = 1;
    /// What it is kept in.
    type Cell: Cell;

    /// The element whose first cell this slice begins with.
    fn load(cells: &[Self::Cell]) -> Self;

    /// Keeps it there.
    fn store(self, cells: &[Self::Cell]);

    /// Keeps elements side by side.
    ///
    /// Not inlined, as what `block` does.
    #[inline(never)]
    fn store_row(row: &[Self], cells: &[Self::Cell]) {
        for (cells, value) in cells.chunks_exact(Self::CELLS).zip(row) {
            value.store(cells);
        }
    }

    /// As a value of any type.
    fn scalar(self) -> Scalar;

    /// A value turned into this type.
    fn of(scalar: Scalar) -> Self;

    /// The element of these bytes, the least significant first; of too few, zero.
    fn of_bytes(bytes: &[u8]) -> Self;
}

impl Cells {
    /// Memory for so many elements, all zero.
    ///
    /// # Errors
    /// `_ArrayMemoryError`, in NumPy's words, where there is not enough.
    pub fn zeros(dtype: DType, shape: &[usize]) -> Result<Self> {
        // In 64 bits also where addresses have 32: NumPy's limit is one thing, memory another.
        let count = shape.iter().try_fold(1_u64, |count, length| count.checked_mul(*length as u64));
        let bytes = count.and_then(|count| count.checked_mul(dtype.item_bytes() as u64));
        let (Some(count), Some(bytes)) = (count, bytes.filter(|bytes| i64::try_from(*bytes).is_ok())) else {
            return Err(Error::value(
                "array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.",
            ));
        };
        let Some(count) = isize::try_from(bytes).ok().and_then(|_| usize::try_from(count).ok()) else {
            return Err(unable_to_allocate(dtype, shape, bytes));
        };
        let cells = match dtype {
            DType::Bool | DType::U8 => filled(count).map(Self::Bytes),
            DType::I32 | DType::F32 => filled(count).map(Self::Words),
            DType::I64 | DType::F64 => filled(count).map(Self::Doubles),
            DType::C128 => filled(2 * count).map(Self::Doubles),
        };
        cells.ok_or_else(|| unable_to_allocate(dtype, shape, bytes))
    }

    /// How many bytes it is.
    #[must_use]
    pub fn bytes(&self) -> usize {
        match self {
            Self::Bytes(cells) => cells.len(),
            Self::Words(cells) => 4 * cells.len(),
            Self::Doubles(cells) => 8 * cells.len(),
        }
    }
}

/// An empty list with room for so many values, of which elements of a type are made.
///
/// # Errors
/// `_ArrayMemoryError`, where there is not enough.
pub fn room<T>(dtype: DType, count: usize) -> Result<Vec<T>> {
    let mut list = Vec::new();
    let bytes = (count as u64).saturating_mul(dtype.item_bytes() as u64);
    list.try_reserve_exact(count).map_err(|_| unable_to_allocate(dtype, &[count], bytes))?;
    Ok(list)
}

fn filled<T: Default>(count: usize) -> Option<Vec<T>> {
    let mut cells = Vec::new();
    cells.try_reserve_exact(count).ok()?;
    cells.resize_with(count, T::default);
    Some(cells)
}

/// What NumPy says where memory is refused.
#[must_use]
pub fn unable_to_allocate(dtype: DType, shape: &[usize], bytes: u64) -> Error {
    let shape = crate::shape::tuple(shape);
    let text = format!("Unable to allocate {} for an array with shape {shape} and data type {dtype}", size(bytes));
    Error::new(Kind::Memory, text)
}

/// Bytes as NumPy tells them: three digits, in units of 1024.
fn size(bytes: u64) -> String {
    const UNITS: [&str; 6] = ["bytes", "KiB", "MiB", "GiB", "TiB", "PiB"];
    let mut unit = bytes.checked_ilog2().unwrap_or_default() as usize / 10;
    let mut units = bytes as f64 / (1024_f64).powi(unit as i32);
    // 1023.9 KiB would be told as 1024.
    if unit > 0 && units.round() >= 1024.0 {
        unit += 1;
        units /= 1024.0;
    }
    match (unit, UNITS.get(unit)) {
        (0, _) | (_, None) => format!("{bytes} bytes"),
        (_, Some(name)) if units < 10.0 => format!("{units:.2} {name}"),
        (_, Some(name)) if units < 100.0 => format!("{units:.1} {name}"),
        (_, Some(name)) => format!("{units:.0} {name}"),
    }
}

macro_rules! cells {
    ($($cell:ty => $variant:ident),*) => {$(
        impl Cell for $cell {
            fn of(cells: &Cells) -> &[Self] {
                match cells {
                    Cells::$variant(cells) => cells,
                    _ => &[],
                }
            }
        }
    )*};
}

cells!(AtomicU8 => Bytes, AtomicU32 => Words, AtomicU64 => Doubles);

macro_rules! elements {
    ($($element:ty, $variant:ident in $cell:ident of $bits:ident: $from:expr, $into:expr;)*) => {$(
        impl Element for $element {
            const DTYPE: DType = DType::$variant;
            type Cell = $cell;

            #[inline]
            fn load(cells: &[$cell]) -> Self {
                cells.first().map_or_else(Self::default, |cell| $from(cell.load(Relaxed)))
            }

            #[inline]
            fn store(self, cells: &[$cell]) {
                if let Some(cell) = cells.first() {
                    cell.store($into(self), Relaxed);
                }
            }

            fn scalar(self) -> Scalar {
                Scalar::$variant(self)
            }

            fn of(scalar: Scalar) -> Self {
                cast_scalar(scalar)
            }

            fn of_bytes(bytes: &[u8]) -> Self {
                bytes.try_into().map_or_else(|_| Self::default(), |bytes| $from(<$bits>::from_le_bytes(bytes)))
            }
        }
    )*};
}

elements! {
    bool, Bool in AtomicU8 of u8: |bits| bits != 0, u8::from;
    u8, U8 in AtomicU8 of u8: std::convert::identity, std::convert::identity;
    i32, I32 in AtomicU32 of u32: u32::cast_signed, i32::cast_unsigned;
    i64, I64 in AtomicU64 of u64: u64::cast_signed, i64::cast_unsigned;
    f32, F32 in AtomicU32 of u32: f32::from_bits, f32::to_bits;
    f64, F64 in AtomicU64 of u64: f64::from_bits, f64::to_bits;
}

impl Element for Complex64 {
    const DTYPE: DType = DType::C128;
    const CELLS: usize = 2;
    type Cell = AtomicU64;

    #[inline]
    fn load(cells: &[AtomicU64]) -> Self {
        let part = |at| cells.get(at).map_or(0.0, |cell: &AtomicU64| f64::from_bits(cell.load(Relaxed)));
        Self::new(part(0), part(1))
    }

    #[inline]
    fn store(self, cells: &[AtomicU64]) {
        for (cell, part) in cells.iter().zip([self.re, self.im]) {
            cell.store(part.to_bits(), Relaxed);
        }
    }

    fn scalar(self) -> Scalar {
        Scalar::C128(self)
    }

    fn of_bytes(bytes: &[u8]) -> Self {
        let (re, im) = bytes.split_at(bytes.len() / 2);
        Self::new(f64::of_bytes(re), f64::of_bytes(im))
    }

    fn of(scalar: Scalar) -> Self {
        cast_scalar(scalar)
    }
}

fn cast_scalar<T>(scalar: Scalar) -> T
where
    bool: Cast<T>,
    u8: Cast<T>,
    i32: Cast<T>,
    i64: Cast<T>,
    f32: Cast<T>,
    f64: Cast<T>,
    Complex64: Cast<T>,
{
    match scalar {
        Scalar::Bool(value) => value.cast_to(),
        Scalar::U8(value) => value.cast_to(),
        Scalar::I32(value) => value.cast_to(),
        Scalar::I64(value) => value.cast_to(),
        Scalar::F32(value) => value.cast_to(),
        Scalar::F64(value) => value.cast_to(),
        Scalar::C128(value) => value.cast_to(),
    }
}
