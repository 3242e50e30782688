//! `array.flat`: the elements one after the other, in the order of the indices.

use std::sync::atomic::{AtomicUsize, Ordering};

use parallel_lab_arrays::index::{Item, Selection};
use parallel_lab_arrays::{Array, Error, Order, Scalar};
use rustpython_vm::builtins::{PyBool, PyTuple, PyTupleRef};
use rustpython_vm::function::{Either, FuncArgs, PyComparisonValue};
use rustpython_vm::protocol::{PyIterReturn, PyMappingMethods};
use rustpython_vm::types::{AsMapping, Comparable, IterNext, Iterable, PyComparisonOp, SelfIter};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::{arguments, array_like, indexing, operators, scalar};

/// Goes over an array's elements, and is indexed as if they lay in a row.
#[pyclass(module = "numpy", name = "flatiter")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyFlatIter {
    array: PyRef<PyNdArray>,
    next: AtomicUsize,
}

impl PyFlatIter {
    pub(crate) fn new(array: PyRef<PyNdArray>) -> Self {
        Self { array, next: AtomicUsize::new(0) }
    }

    /// The elements in a row: a view where there is one.
    pub(crate) fn row(&self, vm: &VirtualMachine) -> PyResult<Array> {
        self.array.array().flat().raise(vm)
    }

    /// The index of an element by its place in the row.
    fn index_at(&self, place: usize) -> Vec<usize> {
        let shape = self.array.array().shape();
        let mut rest = place;
        let mut index = vec![0; shape.len()];
        for (at, length) in index.iter_mut().zip(shape).rev() {
            *at = rest % length.max(&1);
            rest /= length.max(&1);
        }
        index
    }

    fn get(&self, index: &PyObject, vm: &VirtualMachine) -> PyResult {
        let row = self.row(vm)?;
        match row.select(&[item(index, vm)?]).map_err(of_row).raise(vm)? {
            Selection::View(view) if view.axes() == 0 => Ok(scalar::object(view.get(&[]), vm)),
            Selection::View(view) => Ok(PyNdArray::object(view.copy(Order::RowMajor).raise(vm)?, vm)),
            Selection::Picked(picked) => Ok(PyNdArray::object(picked.get().raise(vm)?, vm)),
        }
    }

    fn set(&self, index: &PyObject, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
        if !self.array.is_writable() {
            return Err(vm.new_value_error("underlying array is read-only"));
        }
        if index.downcast_ref::<PyTuple>().is_some_and(|tuple| tuple.is_empty()) {
            return Err(vm.new_index_error("Assigning to a flat iterator with a 0-D index is not supported"));
        }
        let item = item(index, vm)?;
        let array = self.array.array();
        let values = indexing::assigned(value, array.dtype(), vm)?;
        if matches!(item, Item::At(_)) && values.axes() > 0 {
            return Err(vm.new_value_error("Error setting single item of array."));
        }
        let mut all = Vec::with_capacity(values.size());
        values.each_value(&mut |value| all.push(value));
        match array.reshaped(&[array.size()]) {
            Some(row) => set_in_row(&row, item, &all).map_err(of_row).raise(vm),
            None => {
                for (place, value) in self.places(item, vm)?.into_iter().zip(all.iter().cycle()) {
                    array.set(&self.index_at(place as usize), *value);
                }
                Ok(())
            }
        }
    }

    /// The places in the row that an item names.
    fn places(&self, item: Item, vm: &VirtualMachine) -> PyResult<Vec<i64>> {
        let all: Vec<i64> = (0..self.array.array().size() as i64).collect();
        let row = Array::from_row(&all, &[all.len()]).raise(vm)?;
        match row.select(&[item]).map_err(of_row).raise(vm)? {
            Selection::View(view) => view.to_row().raise(vm),
            Selection::Picked(picked) => picked.get().and_then(|picked| picked.to_row()).raise(vm),
        }
    }
}

/// Gives what an item names these values, over and over.
fn set_in_row(row: &Array, item: Item, values: &[Scalar]) -> parallel_lab_arrays::Result<()> {
    let repeated = |count: usize| values.iter().copied().cycle().take(count).collect::<Vec<_>>();
    match row.select(&[item])? {
        Selection::View(view) => view.set_all(&repeated(view.size())),
        Selection::Picked(_) if values.is_empty() => {}
        Selection::Picked(picked) => {
            let new = picked.get()?;
            new.set_all(&repeated(new.size()));
            picked.set(&new)?;
        }
    }
    Ok(())
}

/// What stands between the brackets: one item.
fn item(index: &PyObject, vm: &VirtualMachine) -> PyResult<Item> {
    let whole = Item::Slice { start: None, stop: None, step: 1 };
    let index = match index.downcast_ref::<PyTuple>().map(|tuple| tuple.as_slice()) {
        Some([]) => return Ok(whole),
        Some([one]) => one,
        Some(several) => {
            let count = several.len();
            return Err(vm.new_index_error(format!(
                "too many indices for flat iterator: flat iterator is 1-dimensional, but {count} were indexed"
            )));
        }
        None => index,
    };
    let is_bool = |object: &PyObject| object.downcast_ref::<PyBool>().is_some();
    let are_bools =
        arguments::sequence(index).is_some_and(|items| !items.is_empty() && items.iter().all(|item| is_bool(item)));
    if is_bool(index) || are_bools {
        return Err(vm.new_index_error("boolean indices for iterators are not supported"));
    }
    match indexing::item(index, vm)? {
        Item::NewAxis => Err(of_row(indexing::invalid())).raise(vm),
        Item::Ellipsis => Ok(whole),
        item => Ok(item),
    }
}

/// An error in the words for elements in a row.
fn of_row(error: Error) -> Error {
    let message = error
        .message
        .replace("for axis 0 with size", "for size")
        .replace("indexed array along", "indexed flat iterator along")
        .replace(", ellipsis (`...`), numpy.newaxis (`None`) and", ", ellipsis (`...`) and");
    Error { message, ..error }
}

impl SelfIter for PyFlatIter {}

impl IterNext for PyFlatIter {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let array = zelf.array.array();
        let place = zelf.next.fetch_add(1, Ordering::Relaxed);
        if place >= array.size() {
            return Ok(PyIterReturn::StopIteration(None));
        }
        Ok(PyIterReturn::Return(scalar::object(array.get(&zelf.index_at(place)), vm)))
    }
}

impl AsMapping for PyFlatIter {
    fn as_mapping() -> &'static PyMappingMethods {
        static METHODS: PyMappingMethods = PyMappingMethods {
            length: Some(|mapping, _| Ok(PyFlatIter::mapping_downcast(mapping).array.array().size())),
            subscript: Some(|mapping, index, vm| PyFlatIter::mapping_downcast(mapping).get(index, vm)),
            ass_subscript: Some(|mapping, index, value, vm| match value {
                Some(value) => PyFlatIter::mapping_downcast(mapping).set(index, &value, vm),
                None => Err(vm.new_type_error("Cannot delete iterator elements")),
            }),
        };
        &METHODS
    }
}

impl Comparable for PyFlatIter {
    fn slot_richcompare(
        zelf: &PyObject,
        other: &PyObject,
        op: PyComparisonOp,
        vm: &VirtualMachine,
    ) -> PyResult<Either<PyObjectRef, PyComparisonValue>> {
        let row = array_like::array(zelf, None, vm)?;
        operators::compare(&PyNdArray::object(row, vm), other, op, vm)
    }

    fn cmp(_: &Py<Self>, _: &PyObject, _: PyComparisonOp, _: &VirtualMachine) -> PyResult<PyComparisonValue> {
        Ok(PyComparisonValue::NotImplemented)
    }
}

#[pyclass(with(IterNext, Iterable, AsMapping, Comparable))]
impl PyFlatIter {
    #[pymethod]
    fn copy(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(PyNdArray::object(zelf.row(vm)?.copy(Order::RowMajor).raise(vm)?, vm))
    }

    #[pymethod]
    fn __array__(zelf: &Py<Self>, _args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Self::copy(zelf, vm)
    }

    #[pygetset]
    fn base(zelf: &Py<Self>) -> PyObjectRef {
        zelf.array.as_object().to_owned()
    }

    #[pygetset]
    fn index(zelf: &Py<Self>) -> usize {
        zelf.next.load(Ordering::Relaxed)
    }

    #[pygetset]
    fn coords(zelf: &Py<Self>, vm: &VirtualMachine) -> PyTupleRef {
        let index = zelf.index_at(Self::index(zelf));
        vm.ctx.new_tuple(index.into_iter().map(|at| vm.ctx.new_int(at).into()).collect())
    }
}
