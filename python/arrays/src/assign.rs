//! Copying elements: into another array, into a new one, as another type.

use crate::array::{Array, Order};
use crate::block::{BLOCK, Plain, SMALL_BLOCK};
use crate::cells::{Element, room};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::scalar::Scalar;
use crate::shape;
use crate::ufunc::{Flags, cast_flags_to};
use crate::walk::{Walk, memory_order};
use crate::with_element;

impl Array {
    /// Gives each element the value of one of `from`, which is stretched to this shape.
    ///
    /// # Errors
    /// NumPy's, if it does not fit, or there is no memory for a copy of what lies under both.
    pub fn assign(&self, from: &Self) -> Result<()> {
        let stretched = from.stretched(self.shape()).or_else(|| {
            // Axes of length 1 before the others do not matter in an assignment.
            let extra = from.axes().checked_sub(self.axes())?;
            from.shape()[..extra]
                .iter()
                .all(|length| *length == 1)
                .then(|| from.reshaped(&from.shape()[extra..]))??
                .stretched(self.shape())
        });
        let Some(from) = stretched else {
            return Err(Error::value(format!(
                "could not broadcast input array from shape {} into shape {}",
                shape::spoken(from.shape()),
                shape::spoken(self.shape())
            )));
        };
        let from = if from.may_share_memory(self) { from.copy(Order::RowMajor)? } else { from };
        self.assign_apart(&from);
        Ok(())
    }

    /// The same for an array of this shape that shares no memory with it.
    pub(crate) fn assign_apart(&self, from: &Self) {
        let walk = Walk::new(self.shape(), [self, from]);
        with_element!(from.dtype(), T => {
            if self.size() <= SMALL_BLOCK { copy::<T, SMALL_BLOCK>(&walk, self, from) } else { copy::<T, BLOCK>(&walk, self, from) }
        });
    }

    /// Gives each element this value.
    pub fn fill(&self, value: Scalar) {
        let walk = Walk::new(self.shape(), [self]);
        with_element!(self.dtype(), T => {
            let row = [T::of(value); BLOCK];
            let _ = walk.each(|[start]| {
                for begin in (0..walk.length).step_by(BLOCK) {
                    let [at] = walk.further([start], begin);
                    T::scatter(&row[..BLOCK.min(walk.length - begin)], self, at, walk.steps[0]);
                }
                Ok::<_, ()>(())
            });
        });
    }

    /// A new array of the same values.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn copy(&self, order: Order) -> Result<Self> {
        self.converted(self.dtype(), order)
    }

    /// A new array of the values as another type.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn converted(&self, dtype: DType, order: Order) -> Result<Self> {
        let new = self.like(dtype, order)?;
        new.assign_apart(self);
        Ok(new)
    }

    /// What the elements turned into another type are warned of: numbers that it cannot hold.
    #[must_use]
    pub fn cast_flags(&self, dtype: DType) -> Flags {
        let mut flags = Flags::default();
        let is_narrower = dtype < self.dtype() && dtype != DType::Bool;
        if self.dtype().is_integer() || !is_narrower || dtype == DType::F64 {
            return flags;
        }
        let walk = Walk::new(self.shape(), [self]);
        let mut row = [0.0_f64; BLOCK];
        let _ = walk.each(|starts| {
            for begin in (0..walk.length).step_by(BLOCK) {
                let count = BLOCK.min(walk.length - begin);
                let [at] = walk.further(starts, begin);
                f64::gather(self, at, walk.steps[0], &mut row[..count]);
                flags |= cast_flags_to(&row[..count], dtype);
            }
            Ok::<_, ()>(())
        });
        flags
    }

    /// A new array of this shape, all zero.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn like(&self, dtype: DType, order: Order) -> Result<Self> {
        match order {
            Order::RowMajor => Self::zeros(dtype, self.shape()),
            Order::ColumnMajor => {
                let axes: shape::Dims<usize> = (0..self.axes()).rev().collect();
                Self::nested(dtype, self.shape(), &axes)
            }
            Order::Keep => Self::nested(dtype, self.shape(), &memory_order(self.shape(), &[self.strides()])),
        }
    }

    /// The elements one after the other, in the order of the indices.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn to_row<T: Plain>(&self) -> Result<Vec<T>> {
        let mut row = room(T::DTYPE, self.size())?;
        let axes: shape::Dims<usize> = (0..self.axes()).collect();
        let walk = Walk::along(self.shape(), &axes, [self]);
        let _ = walk.each(|[start]| {
            let begin = row.len();
            row.resize(begin + walk.length, T::default());
            T::gather(self, start, walk.steps[0], &mut row[begin..]);
            Ok::<_, ()>(())
        });
        Ok(row)
    }

    /// The elements as a view without more than one axis, or a copy where there is none.
    ///
    /// # Errors
    /// When there is no memory for a copy.
    pub fn flat(&self) -> Result<Self> {
        match self.reshaped(&[self.size()]) {
            Some(view) if self.is_row_major() => Ok(view),
            _ => {
                let copy = self.copy(Order::RowMajor)?;
                let shape = [copy.size()];
                Ok(copy.reshaped(&shape).unwrap_or(copy))
            }
        }
    }
}

fn copy<T: Plain, const N: usize>(walk: &Walk<2>, to: &Array, from: &Array) {
    let mut row = [T::default(); N];
    let _ = walk.each(|starts| {
        for begin in (0..walk.length).step_by(N) {
            let row = &mut row[..N.min(walk.length - begin)];
            let [to_at, from_at] = walk.further(starts, begin);
            T::gather(from, from_at, walk.steps[1], row);
            T::scatter(row, to, to_at, walk.steps[0]);
        }
        Ok::<_, ()>(())
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(array: &Array) -> Vec<f64> {
        array.to_row().expect("memory")
    }

    #[test]
    fn what_lies_under_both_is_copied_first() {
        let array = Array::from_row(&[1.0, 2.0, 3.0, 4.0], &[4]).expect("memory");
        let (later, earlier) = (
            array.look([3].as_slice().into(), [1].as_slice().into(), 1),
            array.look([3].as_slice().into(), [1].as_slice().into(), 0),
        );
        later.assign(&earlier).expect("fits");
        assert_eq!(row(&array), [1.0, 1.0, 2.0, 3.0]);
    }

    #[test]
    fn values_are_turned_into_the_other_type() {
        let array = Array::zeros(DType::U8, &[2, 2]).expect("memory");
        array.assign(&Array::from_row(&[1.9, -0.5], &[2]).expect("memory")).expect("fits");
        assert_eq!(row(&array), [1.0, 0.0, 1.0, 0.0]);
    }

    #[test]
    fn what_another_type_cannot_hold_is_warned_of() {
        let array = Array::from_row(&[1.0, 3e9, 1e300], &[3]).expect("memory");
        assert!(array.cast_flags(DType::I32).invalid && array.cast_flags(DType::F32).overflow);
        assert!(array.cast_flags(DType::Bool).is_empty() && array.cast_flags(DType::C128).is_empty());
        let first = array.look([1].as_slice().into(), [1].as_slice().into(), 0);
        assert!(first.cast_flags(DType::U8).is_empty() && first.cast_flags(DType::F32).is_empty());
    }

    #[test]
    fn a_copy_keeps_how_the_axes_lie() {
        let array = Array::from_row(&(0..6).map(f64::from).collect::<Vec<_>>(), &[2, 3]).expect("memory").reversed();
        assert_eq!(array.copy(Order::Keep).expect("memory").strides(), [1, 3]);
        assert_eq!(array.copy(Order::RowMajor).expect("memory").strides(), [2, 1]);
        assert_eq!(row(&array), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    }
}
