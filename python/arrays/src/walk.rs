//! Walking over the elements of several arrays of one shape at once, along lines
//! that are as long as can be.

use smallvec::SmallVec;

use crate::array::{Array, step};
use crate::shape::Dims;

/// How operands of one shape are walked: lines of `length` elements each, in
/// each of which every operand goes on by a `step` of its own.
#[derive(Debug)]
pub struct Walk<const N: usize> {
    /// How many elements a line has.
    pub length: usize,
    /// From one element of a line to the next, in cells.
    pub steps: [isize; N],
    lines: Dims<usize>,
    strides: [Dims<isize>; N],
    offsets: [usize; N],
}

impl<const N: usize> Walk<N> {
    /// Operands that all have this shape, in whatever order is best.
    #[must_use]
    pub fn new(shape: &[usize], operands: [&Array; N]) -> Self {
        let axes = memory_order(shape, &operands.map(Array::strides));
        Self::along(shape, &axes, operands)
    }

    /// The same with the axes nested as `axes` says, the outermost first.
    #[must_use]
    pub fn along(shape: &[usize], axes: &[usize], operands: [&Array; N]) -> Self {
        let mut lengths: Dims<usize> = SmallVec::new();
        let mut strides: [Dims<isize>; N] = std::array::from_fn(|_| SmallVec::new());
        for axis in axes.iter().filter(|axis| shape[**axis] != 1) {
            let length = shape[*axis];
            // Two axes that lie in each other as one would are one.
            let is_one = |(known, operand): (&Dims<isize>, &&Array)| {
                known.last().is_some_and(|outer| *outer == operand.strides()[*axis] * length as isize)
            };
            if let (Some(outer), true) = (lengths.last_mut(), strides.iter().zip(&operands).all(is_one)) {
                *outer *= length;
                for (known, operand) in strides.iter_mut().zip(&operands) {
                    if let Some(stride) = known.last_mut() {
                        *stride = operand.strides()[*axis];
                    }
                }
            } else {
                lengths.push(length);
                for (known, operand) in strides.iter_mut().zip(&operands) {
                    known.push(operand.strides()[*axis]);
                }
            }
        }
        let length = lengths.pop().unwrap_or(1);
        let steps = std::array::from_fn(|at| strides[at].pop().unwrap_or_default());
        Self { length, steps, lines: lengths, strides, offsets: operands.map(Array::offset) }
    }

    /// Whether there is nothing to walk over.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.length == 0 || self.lines.contains(&0)
    }

    /// Visits each line: the cells at which the operands begin it.
    ///
    /// # Errors
    /// The first one of the visits'.
    pub fn each<E>(&self, mut visit: impl FnMut([usize; N]) -> Result<(), E>) -> Result<(), E> {
        if self.is_empty() {
            return Ok(());
        }
        let mut index: Dims<usize> = SmallVec::from_elem(0, self.lines.len());
        loop {
            visit(std::array::from_fn(|operand| {
                let along: isize =
                    index.iter().zip(&self.strides[operand]).map(|(at, stride)| *at as isize * stride).sum();
                self.offsets[operand].wrapping_add_signed(along)
            }))?;
            if !step(&mut index, &self.lines) {
                return Ok(());
            }
        }
    }

    /// The lengths of the axes around the lines, the outermost first, and the steps of an operand along them.
    #[must_use]
    pub fn around(&self, operand: usize) -> (&[usize], &[isize]) {
        (&self.lines, &self.strides[operand])
    }

    /// The cell that so many elements of a line further on begins at.
    #[must_use]
    pub fn further(&self, starts: [usize; N], elements: usize) -> [usize; N] {
        std::array::from_fn(|at| starts[at].wrapping_add_signed(self.steps[at] * elements as isize))
    }
}

/// The axes, the outermost first, so that memory is walked through from its
/// start: NumPy's order, in which also what is made from operands is laid out.
///
/// An axis comes before another one if an operand has larger steps along it;
/// operands that contradict each other leave the order of the indices.
#[must_use]
pub fn memory_order(shape: &[usize], strides: &[&[isize]]) -> Dims<usize> {
    let mut order: Dims<usize> = SmallVec::new();
    for axis in 0..shape.len() {
        let mut place = order.len();
        for at in (0..order.len()).rev() {
            match is_inner(order[at], axis, strides) {
                Some(true) => place = at,
                Some(false) => break,
                None => {}
            }
        }
        order.insert(place, axis);
    }
    order
}

/// Whether `known`, an axis before `axis`, belongs inside it; nothing where no operand knows.
fn is_inner(known: usize, axis: usize, strides: &[&[isize]]) -> Option<bool> {
    let mut is_inner = None;
    for strides in strides {
        let (known, other) = (strides[known].unsigned_abs(), strides[axis].unsigned_abs());
        if known == 0 || other == 0 {
            continue;
        }
        if known >= other {
            return Some(false);
        }
        is_inner = Some(true);
    }
    is_inner
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DType;

    #[test]
    fn axes_that_lie_in_each_other_are_one_line() {
        let array = Array::zeros(DType::F64, &[3, 4, 5]).expect("memory");
        let walk = Walk::new(&[3, 4, 5], [&array]);
        assert_eq!((walk.length, walk.steps), (60, [1]));
        let turned = array.transposed(&[2, 0, 1]);
        let walk = Walk::new(&[5, 3, 4], [&turned]);
        assert_eq!((walk.length, walk.steps), (60, [1]));
        let walk = Walk::along(&[5, 3, 4], &[0, 1, 2], [&turned]);
        assert_eq!((walk.length, walk.steps), (12, [5]));
    }

    #[test]
    fn each_line_begins_where_the_operands_say() {
        let array = Array::zeros(DType::F64, &[2, 3]).expect("memory");
        let row = Array::zeros(DType::F64, &[3]).expect("memory").broadcast_to(&[2, 3]).expect("fits");
        let mut starts = Vec::new();
        let walk = Walk::new(&[2, 3], [&array, &row]);
        let _ = walk.each(|start| {
            starts.push(start);
            Ok::<_, ()>(())
        });
        assert_eq!(starts, [[0, 0], [3, 0]]);
    }
}
