//! Which of some things are taken, and in which order: `choice`, `shuffle`, `permutation`, `permuted`.

use parallel_lab_arrays::index::{Item, Selection};
use parallel_lab_arrays::random::{Choice, Population, Probabilities, Stream};
use parallel_lab_arrays::{Array, DType, Order, lines, shape, with_element};
use rustpython_vm::builtins::{PyList, PyStr};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use super::arguments::{index_opt, reals, size};
use super::filling::from_row;
use super::shared::Shared;
use crate::array_like::{self, returned};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;

/// What `choice` is asked for.
pub(super) struct Chosen {
    pub(super) from: PyObjectRef,
    pub(super) size: Option<PyObjectRef>,
    pub(super) replace: bool,
    pub(super) probabilities: Option<PyObjectRef>,
    pub(super) axis: i64,
    pub(super) shuffle: bool,
}

/// What is chosen from: numbers below one, or an array.
enum From {
    Below(i64),
    Array(Array),
}

impl Chosen {
    pub(super) fn draw<S: Stream>(self, shared: &Shared<S>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let from = self.from::<S>(vm)?;
        let shape = size(self.size, vm)?;
        let probabilities = self.probabilities.filter(|p| !vm.is_none(p));
        let probabilities = probabilities.map(|p| probabilities_of::<S>(&p, vm)).transpose()?;
        let (population, axis) = match &from {
            From::Below(count) => (Population::Below(*count), 0),
            From::Array(array) => {
                let axis =
                    shape::axis(self.axis, array.axes()).map_err(|_| vm.new_index_error("tuple index out of range"))?;
                (Population::Items(array.shape()[axis]), axis)
            }
        };
        let count = shape.as_deref().map_or(1, shape::size);
        let choice = Choice {
            population,
            size: count,
            replace: self.replace,
            probabilities: probabilities.as_ref().map(|(values, single)| Probabilities { values, single: *single }),
            shuffle: self.shuffle,
        };
        let indices = shared.with(count, vm, |stream| stream.choice(choice)).raise(vm)?;
        match (from, shape) {
            (From::Below(_), None) => Ok(vm.ctx.new_int(indices.first().copied().unwrap_or_default()).into()),
            (From::Below(_), Some(shape)) => from_row(&indices, &shape, vm),
            (From::Array(array), shape) => {
                let picks = Array::from_row(&indices, shape.as_deref().unwrap_or_default()).raise(vm)?;
                let picked = picked(&array, axis, picks, vm)?;
                Ok(if shape.is_none() { returned(picked, vm) } else { PyNdArray::object(picked, vm) })
            }
        }
    }

    fn from<S: Stream>(&self, vm: &VirtualMachine) -> PyResult<From> {
        let none = || {
            if S::LEGACY {
                return Ok(vm.new_value_error("a must be 1-dimensional or an integer"));
            }
            let class = self.from.class().as_object().repr(vm)?;
            let class = class.to_string_lossy();
            Ok(vm.new_value_error(format!("a must be a sequence or an integer, not {class}")))
        };
        let given = &self.from;
        if let Some(array) =
            given.downcast_ref::<PyNdArray>().map(|array| array.array()).filter(|array| array.axes() > 0)
        {
            return one_axis::<S>(array.clone(), vm);
        }
        if let Some(count) = index_opt(given, vm).ok().flatten() {
            return Ok(From::Below(i64::try_from(count).unwrap_or(i64::MAX)));
        }
        let is_sequence = given.downcast_ref::<PyStr>().is_none()
            && given.downcast_ref::<PyNdArray>().is_none()
            && array_like::element(given, vm)?.is_none()
            && vm.get_attribute_opt(given, "__getitem__")?.is_some();
        if is_sequence { one_axis::<S>(array_like::array(given, None, vm)?, vm) } else { Err(none()?) }
    }
}

fn one_axis<S: Stream>(array: Array, vm: &VirtualMachine) -> PyResult<From> {
    if S::LEGACY && array.axes() != 1 {
        return Err(vm.new_value_error("a must be 1-dimensional"));
    }
    Ok(From::Array(array))
}

/// `p=`, and whether it is in single precision.
fn probabilities_of<S: Stream>(object: &PyObject, vm: &VirtualMachine) -> PyResult<(Vec<f64>, bool)> {
    let single = object.downcast_ref::<PyNdArray>().is_some_and(|array| array.array().dtype() == DType::F32);
    let array = reals(object, vm)?;
    match array.axes() {
        0 => Err(vm.new_type_error(format!("object of type '{}' has no len()", object.class().name()))),
        1 => Ok((array.to_row().raise(vm)?, single)),
        _ => Err(vm.new_value_error(if S::LEGACY { "'p' must be 1-dimensional" } else { "p must be 1-dimensional" })),
    }
}

/// What lies at some places along an axis, as a new array.
fn picked(array: &Array, axis: usize, picks: Array, vm: &VirtualMachine) -> PyResult<Array> {
    let mut items = vec![Item::Slice { start: None, stop: None, step: 1 }; axis];
    items.push(Item::Picks(picks));
    match array.select(&items).raise(vm)? {
        Selection::View(view) => view.copy(Order::RowMajor).raise(vm),
        Selection::Picked(picked) => unlocked(array.size(), vm, || picked.get()).raise(vm),
    }
}

/// In which order a shuffle puts so many.
fn order<S: Stream>(shared: &Shared<S>, count: usize, vm: &VirtualMachine) -> PyResult<Vec<i64>> {
    shared.with(count, vm, |stream| stream.permutation(count as u64)).raise(vm)
}

/// The same array, shuffled along an axis.
fn shuffled<S: Stream>(shared: &Shared<S>, array: &Array, axis: usize, vm: &VirtualMachine) -> PyResult<Array> {
    if array.size() == 0 {
        return array.copy(Order::RowMajor).raise(vm);
    }
    let order = order(shared, array.shape()[axis], vm)?;
    let picks = Array::from_row(&order, &[order.len()]).raise(vm)?;
    picked(array, axis, picks, vm)
}

/// `shuffle`
pub(super) fn shuffle<S: Stream>(shared: &Shared<S>, items: &PyObject, axis: i64, vm: &VirtualMachine) -> PyResult<()> {
    if let Some(items) = items.downcast_ref::<PyNdArray>() {
        if items.array().axes() == 0 {
            return Err(vm.new_type_error("len() of unsized object"));
        }
        let axis = shape::axis(axis, items.array().axes()).raise(vm)?;
        if !items.is_writable() {
            return Err(vm.new_value_error("array is read-only"));
        }
        let shuffled = shuffled(shared, items.array(), axis, vm)?;
        return unlocked(shuffled.size(), vm, || items.array().assign(&shuffled)).raise(vm);
    }
    if axis != 0 {
        return Err(vm.new_not_implemented_error("Axis argument is only supported on ndarray objects"));
    }
    let order = order(shared, items.length(vm)?, vm)?;
    if let Some(list) = items.downcast_ref::<PyList>() {
        let mut list = list.borrow_vec_mut();
        let old = list.to_vec();
        // Where a long list was changed by another thread in the meantime, as many are moved as there are.
        for (slot, from) in list.iter_mut().zip(order) {
            if let Some(item) = usize::try_from(from).ok().and_then(|from| old.get(from)) {
                *slot = item.clone();
            }
        }
        return Ok(());
    }
    let old: Vec<PyObjectRef> = (0..order.len()).map(|at| items.get_item(&at, vm)).collect::<PyResult<_>>()?;
    for (at, from) in order.into_iter().enumerate() {
        if let Some(item) = usize::try_from(from).ok().and_then(|from| old.get(from)) {
            items.set_item(&at, item.clone(), vm)?;
        }
    }
    Ok(())
}

/// `permutation`
pub(super) fn permutation<S: Stream>(
    shared: &Shared<S>,
    items: &PyObject,
    axis: i64,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    if items.downcast_ref::<PyNdArray>().is_none()
        && let Some(count) = index_opt(items, vm)?
    {
        let order = order(shared, usize::try_from(count.max(0)).unwrap_or(usize::MAX), vm)?;
        return from_row(&order, &[order.len()], vm);
    }
    let array = match items.downcast_ref::<PyStr>() {
        // NumPy has an array without axes of a text.
        Some(_) => Array::zeros(DType::Bool, &[]).raise(vm)?,
        None => array_like::array(items, None, vm)?,
    };
    if S::LEGACY && array.axes() == 0 {
        return Err(vm.new_index_error("x must be an integer or at least 1-dimensional"));
    }
    let axis = shape::axis(axis, array.axes()).raise(vm)?;
    Ok(PyNdArray::object(shuffled(shared, &array, axis, vm)?, vm))
}

/// `permuted`: each line along an axis in an order of its own, or all elements in one.
pub(super) fn permuted<S: Stream>(
    shared: &Shared<S>,
    items: &PyObject,
    axis: Option<i64>,
    out: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let array = array_like::array(items, None, vm)?;
    let (to, object) = match out {
        None => {
            let copy = array.copy(Order::Keep).raise(vm)?;
            (copy.clone(), PyNdArray::object(copy, vm))
        }
        Some(object) => {
            let Some(out) = object.downcast_ref::<PyNdArray>() else {
                return Err(vm.new_type_error("out must be a numpy array"));
            };
            if out.array().shape() != array.shape() {
                return Err(vm.new_value_error("out must have the same shape as x"));
            }
            if !out.is_writable() {
                return Err(vm.new_value_error("out is read-only"));
            }
            if !array.dtype().fits_safely(out.array().dtype()) {
                let (from, to) = (array.dtype(), out.array().dtype());
                return Err(vm.new_type_error(format!(
                    "Cannot cast array data from dtype('{from}') to dtype('{to}') according to the rule 'safe'"
                )));
            }
            out.array().assign(&array).raise(vm)?;
            (out.array().clone(), object)
        }
    };
    if to.axes() == 0 {
        return Err(vm.new_type_error("len() of unsized object"));
    }
    match axis {
        Some(axis) => {
            let axis = shape::axis(axis, to.axes()).raise(vm)?;
            permute_lines(shared, &to, axis, vm)?;
        }
        None => {
            // In the order in which they lie, if they lie one after the other.
            let laid = if to.is_column_major() && !to.is_row_major() { to.reversed() } else { to.clone() };
            let flat = laid.flat().raise(vm)?;
            permute_lines(shared, &flat, 0, vm)?;
            let shuffled = flat.reshaped(laid.shape()).unwrap_or_else(|| laid.clone());
            if !shuffled.shares_memory(&laid) {
                laid.assign(&shuffled).raise(vm)?;
            }
        }
    }
    Ok(object)
}

fn permute_lines<S: Stream>(shared: &Shared<S>, array: &Array, axis: usize, vm: &VirtualMachine) -> PyResult<()> {
    shared
        .with(array.size(), vm, |stream| {
            with_element!(array.dtype(), T => lines::each::<T, T>(array, axis, array, |line, out| {
                stream.shuffle(line);
                out.copy_from_slice(line);
            }))
        })
        .raise(vm)
}
