//! An array: a way to look at cells. Several may look at the same ones.

use std::sync::Arc;

use smallvec::SmallVec;

use crate::cells::{Cell, Cells, Element};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::scalar::Scalar;
use crate::shape::{self, Dims};
use crate::with_element;

/// An array, or a view of one.
#[derive(Clone, Debug)]
pub struct Array {
    cells: Arc<Cells>,
    dtype: DType,
    shape: Dims<usize>,
    /// In cells.
    strides: Dims<isize>,
    /// The cell of the first element.
    offset: usize,
    is_writable: bool,
}

/// How the elements of a new array lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// `C`: the last axis' elements side by side.
    RowMajor,
    /// `F`: the first axis' elements side by side.
    ColumnMajor,
    /// `K`: as those of what it is made from.
    Keep,
}

impl Array {
    /// An array of zeros.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn zeros(dtype: DType, shape: &[usize]) -> Result<Self> {
        Self::laid(dtype, shape, shape::row_major(shape, cells_of(dtype)))
    }

    /// An array of zeros whose axes lie in each other as `order` says, the outermost first.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn nested(dtype: DType, shape: &[usize], order: &[usize]) -> Result<Self> {
        Self::laid(dtype, shape, shape::nested(shape, order, cells_of(dtype)))
    }

    fn laid(dtype: DType, shape: &[usize], strides: Dims<isize>) -> Result<Self> {
        shape::check_axes(shape.len())?;
        let cells = Arc::new(Cells::zeros(dtype, shape)?);
        Ok(Self { cells, dtype, shape: shape.into(), strides, offset: 0, is_writable: true })
    }

    /// An array of these elements.
    ///
    /// # Errors
    /// When there is no memory for it, or the shape is of another number of elements.
    pub fn from_row<T: Element>(row: &[T], shape: &[usize]) -> Result<Self> {
        if shape::size(shape) != row.len() {
            return Err(Error::value("the shape is of another number of elements"));
        }
        let array = Self::zeros(T::DTYPE, shape)?;
        T::store_row(row, T::Cell::of(&array.cells));
        Ok(array)
    }

    /// An array without axes.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn from_scalar(scalar: Scalar) -> Result<Self> {
        let array = Self::zeros(scalar.dtype(), &[])?;
        array.set(&[], scalar);
        Ok(array)
    }

    /// The type of its elements.
    #[must_use]
    pub fn dtype(&self) -> DType {
        self.dtype
    }

    /// Its lengths.
    #[must_use]
    pub fn shape(&self) -> &[usize] {
        &self.shape
    }

    /// From an element to the next one along each axis, in cells.
    #[must_use]
    pub fn strides(&self) -> &[isize] {
        &self.strides
    }

    /// The same, in bytes.
    #[must_use]
    pub fn strides_bytes(&self) -> Dims<isize> {
        let bytes = (self.dtype.item_bytes() / cells_of(self.dtype)) as isize;
        self.strides.iter().map(|stride| stride * bytes).collect()
    }

    /// The cell of its first element.
    #[must_use]
    pub fn offset(&self) -> usize {
        self.offset
    }

    /// How many elements it has.
    #[must_use]
    pub fn size(&self) -> usize {
        shape::size(&self.shape)
    }

    /// How many bytes its elements are.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.size() * self.dtype.item_bytes()
    }

    /// How many axes it has.
    #[must_use]
    pub fn axes(&self) -> usize {
        self.shape.len()
    }

    /// Whether elements may be assigned to.
    #[must_use]
    pub fn is_writable(&self) -> bool {
        self.is_writable
    }

    /// The same elements, which may or may not be assigned to.
    #[must_use]
    pub fn writable(mut self, is_writable: bool) -> Self {
        self.is_writable = is_writable;
        self
    }

    /// Its cells, all of them: those of its elements are where the offset and the strides say.
    #[must_use]
    pub fn cells<C: Cell>(&self) -> &[C] {
        C::of(&self.cells)
    }

    /// Whether the elements lie one after the other, the last axis' side by side.
    #[must_use]
    pub fn is_row_major(&self) -> bool {
        self.lies_in(self.shape.iter().zip(&self.strides).rev())
    }

    /// Whether the elements lie one after the other, the first axis' side by side.
    #[must_use]
    pub fn is_column_major(&self) -> bool {
        self.lies_in(self.shape.iter().zip(&self.strides))
    }

    fn lies_in<'a>(&self, axes: impl Iterator<Item = (&'a usize, &'a isize)>) -> bool {
        let mut expected = cells_of(self.dtype) as isize;
        let mut is_so = true;
        for (length, stride) in axes {
            if *length == 0 {
                return true;
            }
            is_so &= *length == 1 || *stride == expected;
            expected *= *length as isize;
        }
        is_so
    }

    /// The axes from the one with the largest steps to the one with the smallest.
    #[must_use]
    pub fn axis_order(&self) -> Dims<usize> {
        let mut order: Dims<usize> = (0..self.axes()).collect();
        order.sort_by_key(|axis| std::cmp::Reverse(self.strides[*axis].unsigned_abs()));
        order
    }

    /// Whether both look at the same memory, wherever in it.
    #[must_use]
    pub fn has_memory_of(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cells, &other.cells)
    }

    /// Whether the ranges of memory from the first to the last element overlap.
    #[must_use]
    pub fn may_share_memory(&self, other: &Self) -> bool {
        let (Some((low, high)), Some((other_low, other_high))) = (self.bounds(), other.bounds()) else { return false };
        self.has_memory_of(other) && low < other_high && other_low < high
    }

    /// Whether some element of both is kept in the same cell.
    #[must_use]
    pub fn shares_memory(&self, other: &Self) -> bool {
        if !self.may_share_memory(other) {
            return false;
        }
        let mut known = std::collections::HashSet::new();
        self.each_cell(&mut |cell| {
            known.insert(cell);
        });
        let mut is_shared = false;
        other.each_cell(&mut |cell| is_shared |= known.contains(&cell));
        is_shared
    }

    fn each_cell(&self, visit: &mut dyn FnMut(usize)) {
        let cells = cells_of(self.dtype);
        self.each_offset(&mut |offset| (offset..offset + cells).for_each(&mut *visit));
    }

    /// The first cell of each element, in the order of the indices.
    pub fn each_offset(&self, visit: &mut dyn FnMut(usize)) {
        if self.size() == 0 {
            return;
        }
        let mut index: Dims<usize> = SmallVec::from_elem(0, self.axes());
        loop {
            visit(self.offset_of(&index));
            if !step(&mut index, &self.shape) {
                return;
            }
        }
    }

    /// The first cell, and the one after the last; nothing without elements.
    fn bounds(&self) -> Option<(isize, isize)> {
        if self.size() == 0 {
            return None;
        }
        let (mut low, mut high) = (self.offset as isize, self.offset as isize + cells_of(self.dtype) as isize);
        for (length, stride) in self.shape.iter().zip(&self.strides) {
            let reach = stride * (*length as isize - 1);
            low += reach.min(0);
            high += reach.max(0);
        }
        Some((low, high))
    }

    /// The first cell of an element, whose index is within the shape.
    #[must_use]
    pub fn offset_of(&self, index: &[usize]) -> usize {
        let along: isize = index.iter().zip(&self.strides).map(|(at, stride)| *at as isize * stride).sum();
        self.offset.wrapping_add_signed(along)
    }

    /// An element, whose index is within the shape.
    #[must_use]
    pub fn get(&self, index: &[usize]) -> Scalar {
        let offset = self.offset_of(index);
        with_element!(self.dtype, T => T::load(self.cells().get(offset..).unwrap_or_default()).scalar())
    }

    /// Assigns to an element, whose index is within the shape.
    pub fn set(&self, index: &[usize], value: Scalar) {
        let offset = self.offset_of(index);
        with_element!(self.dtype, T => T::of(value).store(self.cells().get(offset..).unwrap_or_default()));
    }

    /// Each element, in the order of the indices.
    pub fn each_value(&self, visit: &mut dyn FnMut(Scalar)) {
        with_element!(self.dtype, T => {
            let cells = self.cells();
            self.each_offset(&mut |offset| visit(T::load(cells.get(offset..).unwrap_or_default()).scalar()));
        });
    }

    /// Assigns values to the elements in the order of the indices, as far as there are so many of both.
    pub fn set_all(&self, values: &[Scalar]) {
        let mut values = values.iter();
        with_element!(self.dtype, T => {
            let cells = self.cells();
            self.each_offset(&mut |offset| {
                if let Some(value) = values.next() {
                    T::of(*value).store(cells.get(offset..).unwrap_or_default());
                }
            });
        });
    }

    /// Another look at the same memory: elsewhere in it, of another shape.
    #[must_use]
    pub fn look(&self, shape: Dims<usize>, strides: Dims<isize>, offset: usize) -> Self {
        Self {
            cells: Arc::clone(&self.cells),
            dtype: self.dtype,
            shape,
            strides,
            offset,
            is_writable: self.is_writable,
        }
    }

    /// The elements as 64-bit floats: the real parts, or the imaginary ones.
    #[must_use]
    pub fn part(&self, imaginary: bool) -> Option<Self> {
        let view = self.look(self.shape.clone(), self.strides.clone(), self.offset + usize::from(imaginary));
        (self.dtype == DType::C128).then_some(Self { dtype: DType::F64, ..view })
    }

    /// Assigns elements, in the order of the indices, from their bytes one after the other.
    pub fn set_bytes(&self, bytes: &[u8]) {
        let mut items = bytes.chunks_exact(self.dtype.item_bytes());
        with_element!(self.dtype, T => {
            let cells = self.cells();
            self.each_offset(&mut |offset| {
                if let Some(item) = items.next() {
                    T::of_bytes(item).store(cells.get(offset..).unwrap_or_default());
                }
            });
        });
    }

    /// Another look at the same memory by strides in bytes; nothing if they lead out of it, or between cells.
    #[must_use]
    pub fn strided(&self, shape: &[usize], strides_bytes: &[i64]) -> Option<Self> {
        let cell = (self.dtype.item_bytes() / cells_of(self.dtype)) as i64;
        if shape.len() != strides_bytes.len() || strides_bytes.iter().any(|stride| stride % cell != 0) {
            return None;
        }
        let strides = strides_bytes.iter().map(|stride| isize::try_from(stride / cell).ok()).collect::<Option<_>>()?;
        let view = self.look(shape.into(), strides, self.offset);
        let cells = with_element!(self.dtype, T => self.cells::<<T as Element>::Cell>().len()) as isize;
        view.bounds().is_none_or(|(low, high)| low >= 0 && high <= cells).then_some(view)
    }

    /// Complex elements as pairs of 64-bit floats along the last axis, if they lie side by side there.
    #[must_use]
    pub fn reals(&self) -> Option<Self> {
        if self.dtype != DType::C128 || *self.strides.last()? != 2 {
            return None;
        }
        let (mut shape, mut strides) = (self.shape.clone(), self.strides.clone());
        *shape.last_mut()? *= 2;
        *strides.last_mut()? = 1;
        Some(Self { dtype: DType::F64, ..self.look(shape, strides, self.offset) })
    }

    /// The same cells as elements of another type that is kept in the same ones, as many.
    #[must_use]
    pub fn reinterpreted(&self, dtype: DType) -> Option<Self> {
        let fits = dtype.item_bytes() == self.dtype.item_bytes();
        fits.then(|| Self { dtype, ..self.clone() })
    }

    /// A view with the axes in another order.
    #[must_use]
    pub fn transposed(&self, order: &[usize]) -> Self {
        let shape = order.iter().map(|axis| self.shape[*axis]).collect();
        self.look(shape, order.iter().map(|axis| self.strides[*axis]).collect(), self.offset)
    }

    /// A view with the axes the other way round: `.T`.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let order: Dims<usize> = (0..self.axes()).rev().collect();
        self.transposed(&order)
    }

    /// A view with another shape, if there is one.
    #[must_use]
    pub fn reshaped(&self, shape: &[usize]) -> Option<Self> {
        let strides = shape::reshaped(&self.shape, &self.strides, shape, cells_of(self.dtype))?;
        Some(self.look(shape.into(), strides, self.offset))
    }

    /// A view in which axes of length 1 are as long as asked for, and others are put before them.
    ///
    /// # Errors
    /// NumPy's, if it does not fit.
    pub fn broadcast_to(&self, shape: &[usize]) -> Result<Self> {
        shape::check_axes(shape.len())?;
        self.stretched(shape).ok_or_else(|| {
            Error::value(format!(
                "operands could not be broadcast together with remapped shapes [original->remapped]: {}  and requested shape {}",
                shape::spoken(&self.shape),
                shape::spoken(shape)
            ))
        })
    }

    /// The same; nothing if it does not fit.
    #[must_use]
    pub fn stretched(&self, shape: &[usize]) -> Option<Self> {
        let new = shape.len().checked_sub(self.axes())?;
        let mut strides: Dims<isize> = SmallVec::from_elem(0, shape.len());
        for (axis, (length, stride)) in self.shape.iter().zip(&self.strides).enumerate() {
            match (*length, shape[new + axis]) {
                (length, wanted) if length == wanted => strides[new + axis] = *stride,
                (1, _) => {}
                _ => return None,
            }
        }
        Some(self.look(shape.into(), strides, self.offset))
    }
}

/// How many cells an element takes.
#[must_use]
pub fn cells_of(dtype: DType) -> usize {
    if dtype == DType::C128 { 2 } else { 1 }
}

/// The next index in row-major order; false after the last one.
pub fn step(index: &mut [usize], shape: &[usize]) -> bool {
    for (at, length) in index.iter_mut().zip(shape).rev() {
        *at += 1;
        if *at < *length {
            return true;
        }
        *at = 0;
    }
    false
}

/// Does something with the type that a dtype names.
#[macro_export]
macro_rules! with_element {
    ($dtype:expr, $T:ident => $body:expr) => {
        match $dtype {
            $crate::dtype::DType::Bool => {
                type $T = bool;
                $body
            }
            $crate::dtype::DType::U8 => {
                type $T = u8;
                $body
            }
            $crate::dtype::DType::I32 => {
                type $T = i32;
                $body
            }
            $crate::dtype::DType::I64 => {
                type $T = i64;
                $body
            }
            $crate::dtype::DType::F32 => {
                type $T = f32;
                $body
            }
            $crate::dtype::DType::F64 => {
                type $T = f64;
                $body
            }
            $crate::dtype::DType::C128 => {
                type $T = $crate::Complex64;
                $body
            }
        }
    };
}
