//! Indexing: what is a view, and what is picked element by element.

use smallvec::SmallVec;

use crate::array::{Array, step};
use crate::block::{BLOCK, Plain};
use crate::cells::{Element, room};
use crate::dtype::DType;
use crate::error::{Error, Result};
use crate::shape::{self, Dims};
use crate::with_element;

/// One part of what stands between the brackets.
#[derive(Clone, Debug)]
pub enum Item {
    /// A whole number.
    At(i64),
    /// `start:stop:step`
    Slice {
        /// The first one, if it is said.
        start: Option<i64>,
        /// The one before which it ends, if it is said.
        stop: Option<i64>,
        /// From one to the next.
        step: i64,
    },
    /// `None`
    NewAxis,
    /// `...`
    Ellipsis,
    /// An array of whole numbers (of `int64`).
    Picks(Array),
    /// An array of `bool`.
    Mask(Array),
}

/// What an index selects.
#[derive(Debug)]
pub enum Selection {
    /// Elements that lie regularly.
    View(Array),
    /// Elements, or rows of them, that were named one by one.
    Picked(Picked),
}

/// Elements that were named one by one: `shape` of them, each as large as `each`.
#[derive(Debug)]
pub struct Picked {
    /// What is picked as one, as if the first pick were at cell 0.
    each: Array,
    /// Where the picks begin, relative to it.
    offsets: Vec<isize>,
    /// The shape of the picks.
    shape: Dims<usize>,
    /// How many axes of `each` come before those of the picks.
    before: usize,
}

/// Indices along some axes at once, as the cells that they lead away from the first.
struct Pick {
    shape: Dims<usize>,
    offsets: Vec<isize>,
}

/// What is known while the items are gone through.
struct Taking<'a> {
    array: &'a Array,
    axis: usize,
    shape: Dims<usize>,
    strides: Dims<isize>,
    offset: usize,
    picks: Vec<Pick>,
    /// The axes of the result before the first pick, and whether something stood between picks.
    before: Option<usize>,
    is_apart: bool,
    /// Whether the item before was a pick.
    was_pick: bool,
}

impl Array {
    /// What `array[items]` selects.
    ///
    /// # Errors
    /// `IndexError`s in NumPy's words.
    pub fn select(&self, items: &[Item]) -> Result<Selection> {
        let missing = self.missing_axes(items)?;
        let picks = items.iter().any(|item| matches!(item, Item::Picks(_) | Item::Mask(_)));
        let mut taking = Taking::new(self);
        let has_ellipsis = items.iter().any(|item| matches!(item, Item::Ellipsis));
        for item in items {
            match item {
                Item::At(at) if picks => {
                    let at = taking.along(*at)?;
                    taking.pick(Pick { shape: SmallVec::new(), offsets: vec![at] });
                }
                Item::At(at) => {
                    let along = taking.along(*at)?;
                    taking.offset = taking.offset.wrapping_add_signed(along);
                }
                Item::Slice { start, stop, step } => taking.slice(*start, *stop, *step)?,
                Item::NewAxis => taking.keep(1, 0),
                Item::Ellipsis => taking.rest(missing),
                Item::Picks(picks) => {
                    let pick = taking.picks(picks)?;
                    taking.pick(pick);
                }
                Item::Mask(mask) => {
                    let pick = taking.mask(mask)?;
                    taking.pick(pick);
                }
            }
        }
        if !has_ellipsis {
            taking.rest(missing);
        }
        taking.end()
    }

    /// How many axes the items do not speak of.
    fn missing_axes(&self, items: &[Item]) -> Result<usize> {
        if items.iter().filter(|item| matches!(item, Item::Ellipsis)).count() > 1 {
            return Err(Error::index("an index can only have a single ellipsis ('...')"));
        }
        let named = |item: &Item| match item {
            Item::NewAxis | Item::Ellipsis => 0,
            Item::Mask(mask) => mask.axes(),
            Item::At(_) | Item::Slice { .. } | Item::Picks(_) => 1,
        };
        let named: usize = items.iter().map(named).sum();
        self.axes().checked_sub(named).ok_or_else(|| {
            let axes = self.axes();
            Error::index(format!("too many indices for array: array is {axes}-dimensional, but {named} were indexed"))
        })
    }

    /// The indices of all elements that are not zero: for each axis, one for each of them.
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn nonzero(&self) -> Result<Vec<Vec<i64>>> {
        crate::sorting::nonzero(&self.to_row::<bool>()?, self.shape())
    }
}

impl<'a> Taking<'a> {
    fn new(array: &'a Array) -> Self {
        Self {
            array,
            axis: 0,
            shape: SmallVec::new(),
            strides: SmallVec::new(),
            offset: array.offset(),
            picks: Vec::new(),
            before: None,
            is_apart: false,
            was_pick: false,
        }
    }

    /// An axis of the result that is no pick.
    fn keep(&mut self, length: usize, stride: isize) {
        self.shape.push(length);
        self.strides.push(stride);
        self.was_pick = false;
    }

    fn rest(&mut self, axes: usize) {
        // Even where it stands for no axis, an ellipsis parts the picks beside it.
        self.was_pick = false;
        for _ in 0..axes {
            self.keep(self.array.shape()[self.axis], self.array.strides()[self.axis]);
            self.axis += 1;
        }
    }

    /// How far an index leads along the next axis, in cells.
    fn along(&mut self, at: i64) -> Result<isize> {
        let axis = self.axis;
        self.axis += 1;
        let at = within(at, axis, self.array.shape()[axis])?;
        Ok(at as isize * self.array.strides()[axis])
    }

    fn slice(&mut self, start: Option<i64>, stop: Option<i64>, step: i64) -> Result<()> {
        let (length, stride) = (self.array.shape()[self.axis], self.array.strides()[self.axis]);
        self.axis += 1;
        let (first, count) = slice_of(length, start, stop, step)?;
        if count > 0 {
            self.offset = self.offset.wrapping_add_signed(first as isize * stride);
        }
        self.keep(count, stride.wrapping_mul(step as isize));
        Ok(())
    }

    fn pick(&mut self, pick: Pick) {
        match self.before {
            None => self.before = Some(self.shape.len()),
            Some(_) => self.is_apart |= !self.was_pick,
        }
        self.was_pick = true;
        self.picks.push(pick);
    }

    fn picks(&mut self, picks: &Array) -> Result<Pick> {
        let (axis, length, stride) = (self.axis, self.array.shape()[self.axis], self.array.strides()[self.axis]);
        self.axis += 1;
        let indices = picks.to_row::<i64>()?;
        let mut offsets = room(DType::I64, indices.len())?;
        for at in indices {
            offsets.push(within(at, axis, length)? as isize * stride);
        }
        Ok(Pick { shape: picks.shape().into(), offsets })
    }

    fn mask(&mut self, mask: &Array) -> Result<Pick> {
        let axes = self.axis..self.axis + mask.axes();
        for (axis, length) in axes.clone().zip(mask.shape()) {
            let size = self.array.shape()[axis];
            if size != *length {
                return Err(Error::index(format!(
                    "boolean index did not match indexed array along axis {axis}; size of axis is {size} but size of corresponding boolean axis is {length}"
                )));
            }
        }
        let strides = &self.array.strides()[axes.clone()];
        self.axis = axes.end;
        let mask_row = mask.to_row::<bool>()?;
        let mut offsets = room(DType::I64, mask_row.iter().filter(|is_set| **is_set).count())?;
        let mut index: Dims<usize> = SmallVec::from_elem(0, mask.axes());
        for is_set in mask_row {
            if is_set {
                offsets.push(index.iter().zip(strides).map(|(at, stride)| *at as isize * stride).sum());
            }
            step(&mut index, mask.shape());
        }
        Ok(Pick { shape: SmallVec::from_slice(&[offsets.len()]), offsets })
    }

    fn end(self) -> Result<Selection> {
        let picked = self.picks.iter().map(|pick| pick.shape.len()).max().unwrap_or_default();
        let axes = self.shape.len() + picked;
        if axes > shape::MOST_AXES {
            return Err(Error::index(format!(
                "number of dimensions must be within [0, {}], indexing result would have {axes}",
                shape::MOST_AXES
            )));
        }
        let each = self.array.look(self.shape, self.strides, self.offset);
        let Some(before) = self.before else { return Ok(Selection::View(each)) };
        let shapes: Vec<&[usize]> = self.picks.iter().map(|pick| pick.shape.as_slice()).collect();
        let shape = shape::broadcast_or(&shapes).ok_or_else(|| {
            let spoken: Vec<_> = shapes.iter().map(|shape| shape::spoken(shape)).collect();
            let spoken = spoken.join(" ");
            Error::index(format!(
                "shape mismatch: indexing arrays could not be broadcast together with shapes {spoken} "
            ))
        })?;
        let before = if self.is_apart { 0 } else { before };
        Ok(Selection::Picked(Picked { each, offsets: summed(self.picks, &shape)?, shape, before }))
    }
}

/// What picks along several axes lead to together.
fn summed(mut picks: Vec<Pick>, shape: &[usize]) -> Result<Vec<isize>> {
    if let [pick] = picks.as_mut_slice()
        && pick.shape.as_slice() == shape
    {
        return Ok(std::mem::take(&mut pick.offsets));
    }
    let size = shape::size(shape);
    let mut all = room(DType::I64, size)?;
    all.resize(size, 0);
    for pick in &picks {
        let mut row: Vec<i64> = room(DType::I64, pick.offsets.len())?;
        row.extend(pick.offsets.iter().map(|offset| *offset as i64));
        let stretched = Array::from_row(&row, &pick.shape)?.broadcast_to(shape)?.to_row::<i64>()?;
        all.iter_mut().zip(stretched).for_each(|(all, offset)| *all += offset as isize);
    }
    Ok(all)
}

/// An index from the front.
fn within(at: i64, axis: usize, length: usize) -> Result<usize> {
    let from_front = if at < 0 { at + length as i64 } else { at };
    match usize::try_from(from_front) {
        Ok(found) if found < length => Ok(found),
        _ => Err(Error::index(format!("index {at} is out of bounds for axis {axis} with size {length}"))),
    }
}

/// The first index of a slice and how many it has, as Python's `slice.indices`.
fn slice_of(length: usize, start: Option<i64>, stop: Option<i64>, step: i64) -> Result<(usize, usize)> {
    if step == 0 {
        return Err(Error::value("slice step cannot be zero"));
    }
    let length = length as i64;
    let (lowest, highest) = if step > 0 { (0, length) } else { (-1, length - 1) };
    let clamped = |at: i64| (if at < 0 { at.saturating_add(length) } else { at }).clamp(lowest, highest);
    let (first, last) = if step > 0 { (lowest, highest) } else { (highest, lowest) };
    let (start, stop) = (start.map_or(first, clamped), stop.map_or(last, clamped));
    let span = if step > 0 { stop - start } else { start - stop };
    let count = if span <= 0 { 0 } else { (span as u64 - 1) / step.unsigned_abs() + 1 };
    Ok((start.max(0) as usize, count as usize))
}

impl Picked {
    /// The shape of what is picked.
    #[must_use]
    pub fn shape(&self) -> Dims<usize> {
        let (before, after) = self.each.shape().split_at(self.before);
        [before, &self.shape, after].concat().into()
    }

    /// The first cell of each element that is picked, in the order of [`shape`](Self::shape).
    ///
    /// # Errors
    /// When there is no memory for them.
    pub fn places(&self) -> Result<Vec<usize>> {
        let shape = self.shape();
        let mut index: Dims<usize> = SmallVec::from_elem(0, shape.len());
        let picked = self.before..self.before + self.shape.len();
        let mut places = room(DType::I64, shape::size(&shape))?;
        for _ in 0..shape::size(&shape) {
            let pick = index[picked.clone()].iter().zip(&self.shape).fold(0, |flat, (at, length)| flat * length + at);
            let rest = index.iter().enumerate().filter(|(axis, _)| !picked.contains(axis)).map(|(_, at)| at);
            let along: isize = rest.zip(self.each.strides()).map(|(at, stride)| *at as isize * stride).sum();
            let offset = self.offsets.get(pick).copied().unwrap_or_default();
            places.push(self.each.offset().wrapping_add_signed(offset + along));
            step(&mut index, &shape);
        }
        Ok(places)
    }

    /// A new array of what is picked.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn get(&self) -> Result<Array> {
        let new = Array::zeros(self.each.dtype(), &self.shape())?;
        if self.each.axes() == 0 {
            with_element!(new.dtype(), T => {
                let mut row = vec![T::default(); BLOCK.min(self.offsets.len())];
                for (at, offsets) in self.offsets.chunks(BLOCK).enumerate() {
                    let row = &mut row[..offsets.len()];
                    self.load_each(offsets, row);
                    T::scatter(row, &new, at * BLOCK * T::CELLS, T::CELLS as isize);
                }
            });
        } else {
            self.each_pair(&new, |picked, new| {
                new.assign_apart(picked);
                Ok(())
            })?;
        }
        Ok(new)
    }

    /// Gives what is picked these values, which are stretched to its shape.
    ///
    /// # Errors
    /// NumPy's, if they do not fit, or there is no memory for a copy.
    pub fn set(&self, values: &Array) -> Result<()> {
        let shape = self.shape();
        let extra = values.axes().saturating_sub(shape.len());
        let fitting = values.shape()[..extra]
            .iter()
            .all(|length| *length == 1)
            .then(|| values.reshaped(&values.shape()[extra..]));
        let Some(stretched) = fitting.flatten().and_then(|values| values.stretched(&shape)) else {
            return Err(Error::value(format!(
                "shape mismatch: value array of shape {} could not be broadcast to indexing result of shape {}",
                shape::spoken(values.shape()),
                shape::spoken(&shape)
            )));
        };
        let values = if stretched.may_share_memory(&self.each) || stretched.has_memory_of(&self.each) {
            stretched.copy(crate::array::Order::RowMajor)?
        } else {
            stretched
        };
        if self.each.axes() == 0 {
            with_element!(self.each.dtype(), T => self.store_all(&values.to_row::<T>()?));
            return Ok(());
        }
        self.each_pair(&values, |picked, value| {
            picked.assign_apart(value);
            Ok(())
        })
    }

    /// Not inlined, as what `block` does.
    #[inline(never)]
    fn store_all<T: Plain>(&self, row: &[T]) {
        for (offset, value) in self.offsets.iter().zip(row) {
            let at = self.each.offset().wrapping_add_signed(*offset);
            value.store(self.each.cells().get(at..).unwrap_or_default());
        }
    }

    /// As [`store_all`](Self::store_all).
    #[inline(never)]
    fn load_each<T: Element>(&self, offsets: &[isize], out: &mut [T]) {
        for (offset, out) in offsets.iter().zip(out) {
            let at = self.each.offset().wrapping_add_signed(*offset);
            *out = T::load(self.each.cells().get(at..).unwrap_or_default());
        }
    }

    /// Visits each pick, with the part of `other` that is in its place.
    fn each_pair(&self, other: &Array, mut visit: impl FnMut(&Array, &Array) -> Result<()>) -> Result<()> {
        let picked = self.before..self.before + self.shape.len();
        let rest = |axis: &usize| !picked.contains(axis);
        let axes: Dims<usize> = (0..other.axes()).filter(rest).collect();
        let other_each = other.transposed(&axes);
        let mut index: Dims<usize> = SmallVec::from_elem(0, self.shape.len());
        for offset in &self.offsets {
            let at = index.iter().zip(&other.strides()[picked.clone()]).map(|(at, stride)| *at as isize * stride).sum();
            let here = moved(&self.each, *offset);
            visit(&here, &moved(&other_each, at))?;
            step(&mut index, &self.shape);
        }
        Ok(())
    }
}

fn moved(array: &Array, by: isize) -> Array {
    array.look(array.shape().into(), array.strides().into(), array.offset().wrapping_add_signed(by))
}

/// Checks what an index array may be.
///
/// # Errors
/// For an array of anything but whole numbers and `bool`.
pub fn item_of(array: Array) -> Result<Item> {
    match array.dtype() {
        DType::Bool => Ok(Item::Mask(array)),
        dtype if dtype.is_integer() => Ok(Item::Picks(array)),
        _ => Err(Error::index("arrays used as indices must be of integer (or boolean) type")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Array {
        let row: Vec<f64> = (0..12).map(f64::from).collect();
        Array::from_row(&row, &[3, 4]).expect("memory")
    }

    fn all() -> Item {
        Item::Slice { start: None, stop: None, step: 1 }
    }

    fn picks(row: &[i64]) -> Item {
        Item::Picks(Array::from_row(row, &[row.len()]).expect("memory"))
    }

    fn got(items: &[Item]) -> (Vec<usize>, Vec<f64>) {
        let array = match grid().select(items).expect("fits") {
            Selection::View(view) => view,
            Selection::Picked(picked) => picked.get().expect("memory"),
        };
        (array.shape().to_vec(), array.to_row().expect("memory"))
    }

    #[test]
    fn slices_are_views() {
        let grid = grid();
        let Ok(Selection::View(view)) = grid.select(&[Item::Slice { start: None, stop: None, step: -1 }, Item::At(1)])
        else {
            panic!("no view")
        };
        assert_eq!(view.to_row::<f64>().expect("memory"), [9.0, 5.0, 1.0]);
        view.set(&[0], crate::Scalar::F64(-1.0));
        assert_eq!(grid.get(&[2, 1]), crate::Scalar::F64(-1.0));
        assert_eq!(got(&[Item::Ellipsis, Item::NewAxis, Item::At(-1)]), (vec![3, 1], vec![3.0, 7.0, 11.0]));
    }

    #[test]
    fn picks_are_in_the_place_of_their_axis_or_first() {
        assert_eq!(got(&[all(), picks(&[3, 0])]), (vec![3, 2], vec![3.0, 0.0, 7.0, 4.0, 11.0, 8.0]));
        assert_eq!(got(&[picks(&[2, 0]), Item::At(1)]), (vec![2], vec![9.0, 1.0]));
        assert_eq!(got(&[Item::At(1), Item::NewAxis, picks(&[2, 0])]), (vec![2, 1], vec![6.0, 4.0]));
    }

    #[test]
    fn masks_pick_what_is_true() {
        let mask = Array::from_row(&[true, false, true], &[3]).expect("memory");
        assert_eq!(got(&[Item::Mask(mask.clone()), Item::At(0)]), (vec![2], vec![0.0, 8.0]));
        let error = grid().select(&[all(), Item::Mask(mask)]).expect_err("must not fit");
        assert_eq!(
            error.message,
            "boolean index did not match indexed array along axis 1; size of axis is 4 but size of corresponding boolean axis is 3"
        );
    }

    #[test]
    fn what_is_picked_can_be_assigned_to() {
        let grid = grid();
        let Ok(Selection::Picked(picked)) = grid.select(&[picks(&[0, 2])]) else { panic!("no picks") };
        picked.set(&Array::from_row(&[7_i64, 8], &[2, 1]).expect("memory")).expect("fits");
        assert_eq!(grid.to_row::<f64>().expect("memory"), [7.0, 7.0, 7.0, 7.0, 4.0, 5.0, 6.0, 7.0, 8.0, 8.0, 8.0, 8.0]);
    }

    #[test]
    fn errors_are_in_numpys_words() {
        let message = |items: &[Item]| grid().select(items).expect_err("must fail").message;
        assert_eq!(message(&[Item::At(5)]), "index 5 is out of bounds for axis 0 with size 3");
        assert_eq!(message(&[picks(&[0]), picks(&[4])]), "index 4 is out of bounds for axis 1 with size 4");
        let three = [Item::At(0), Item::At(0), Item::At(0)];
        assert_eq!(message(&three), "too many indices for array: array is 2-dimensional, but 3 were indexed");
    }
}
