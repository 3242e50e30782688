//! What stands between the brackets.

use parallel_lab_arrays::index::{Item, Selection, item_of};
use parallel_lab_arrays::{Array, DType, Scalar};
use rustpython_vm::builtins::{PyBool, PyInt, PySlice, PyStr, PyTuple};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::arguments;
use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::scalar;

/// `array[index]`
pub(crate) fn get(array: &PyNdArray, index: &PyObject, owner: &PyObject, vm: &VirtualMachine) -> PyResult {
    let inner = array.array();
    if let Some(value) = at_once(inner, index, vm)? {
        return Ok(scalar::object(value, vm));
    }
    let items = items(index, vm)?;
    match inner.select(&items).raise(vm)? {
        Selection::View(view) => {
            let is_element = view.axes() == 0 && !items.iter().any(|item| matches!(item, Item::Ellipsis));
            if is_element { Ok(scalar::object(view.get(&[]), vm)) } else { Ok(PyNdArray::view(view, owner, vm)) }
        }
        Selection::Picked(picked) => {
            let size = parallel_lab_arrays::shape::size(&picked.shape());
            Ok(array_like::returned(unlocked(size, vm, || picked.get()).raise(vm)?, vm))
        }
    }
}

/// A single element by whole numbers, without going through all kinds of items.
fn at_once(array: &Array, index: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Scalar>> {
    let whole = |object: &PyObject| {
        object.downcast_ref_if_exact::<PyInt>(vm).and_then(|index| index.try_to_primitive::<i64>(vm).ok())
    };
    let at = |axis: usize, index: i64| {
        let length = array.shape()[axis] as i64;
        let index = if index < 0 { index + length } else { index };
        (0..length).contains(&index).then_some(index as usize)
    };
    match array.axes() {
        1 => Ok(whole(index).and_then(|index| at(0, index)).map(|index| array.get(&[index]))),
        2 => {
            let Some([row, column]) = index.downcast_ref::<PyTuple>().map(|tuple| tuple.as_slice()) else {
                return Ok(None);
            };
            let (Some(row), Some(column)) = (whole(row), whole(column)) else { return Ok(None) };
            Ok(at(0, row).zip(at(1, column)).map(|(row, column)| array.get(&[row, column])))
        }
        _ => Ok(None),
    }
}

/// `array[index] = value`
pub(crate) fn set(array: &PyNdArray, index: &PyObject, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let inner = array.writable_array(vm)?;
    let items = items(index, vm)?;
    match inner.select(&items).raise(vm)? {
        Selection::View(view) => {
            let is_element =
                view.axes() == 0 && !items.is_empty() && items.iter().all(|item| matches!(item, Item::At(_)));
            let has_axes = |array: &rustpython_vm::Py<PyNdArray>| array.array().axes() > 0;
            if is_element && (arguments::sequence(value).is_some() || value.downcast_ref().is_some_and(has_axes)) {
                return Err(vm.new_value_error("setting an array element with a sequence."));
            }
            assign(&view, value, vm)
        }
        Selection::Picked(picked) => {
            let values = assigned(value, inner.dtype(), vm)?;
            let size = parallel_lab_arrays::shape::size(&picked.shape());
            if let [Item::Mask(mask)] = items.as_slice()
                && mask.shape() == inner.shape()
                && values.axes() > 1
            {
                return Err(vm.new_type_error(format!(
                    "NumPy boolean array indexing assignment requires a 0 or 1-dimensional input, input has {} dimensions",
                    values.axes()
                )));
            }
            if let ([Item::Mask(mask)], [count]) = (items.as_slice(), values.shape())
                && mask.shape() == inner.shape()
                && *count != 1
                && *count != size
            {
                return Err(vm.new_value_error(format!(
                    "NumPy boolean array indexing assignment cannot assign {count} input values to the {size} output \
                     values where the mask is true"
                )));
            }
            unlocked(size, vm, || picked.set(&values)).raise(vm)
        }
    }
}

/// Gives all elements of a view a value, or each one of its own.
pub(crate) fn assign(view: &Array, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    if view.axes() == 0 {
        if let Some((element, operand)) = array_like::element(value, vm)? {
            scalar::check_python(element, operand, view.dtype(), value, vm)?;
            crate::warnings::warn(element.cast_flags(view.dtype()), "cast", vm)?;
            view.set(&[], element);
            return Ok(());
        }
    }
    let values = assigned(value, view.dtype(), vm)?;
    if values.dtype() == DType::C128 && view.dtype() != DType::C128 {
        crate::warnings::complex_warning(vm)?;
    }
    unlocked(view.size(), vm, || view.assign(&values)).raise(vm)?;
    crate::warnings::warn(values.cast_flags(view.dtype()), "cast", vm)
}

/// Values that are to be assigned to elements of a type.
pub(crate) fn assigned(value: &PyObject, dtype: DType, vm: &VirtualMachine) -> PyResult<Array> {
    if let Some((element, operand)) = array_like::element(value, vm)? {
        scalar::check_python(element, operand, dtype, value, vm)?;
        crate::warnings::warn(element.cast_flags(dtype), "cast", vm)?;
        return Array::from_scalar(scalar::cast(element, dtype)).raise(vm);
    }
    if value.downcast_ref::<PyStr>().is_some() {
        let parsed = scalar::class(dtype).as_object().call((value.to_owned(),), vm)?;
        return assigned(&parsed, dtype, vm);
    }
    let dtype = value.downcast_ref::<PyNdArray>().is_none().then_some(dtype);
    array_like::array(value, dtype, vm)
}

/// The items of an index.
pub(crate) fn items(index: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Item>> {
    match index.downcast_ref::<PyTuple>() {
        Some(tuple) => tuple.as_slice().iter().map(|item| self::item(item, vm)).collect(),
        None => Ok(vec![item(index, vm)?]),
    }
}

/// One of them.
pub(crate) fn item(object: &PyObject, vm: &VirtualMachine) -> PyResult<Item> {
    if object.class().is(vm.ctx.types.bool_type) && object.downcast_ref::<PyBool>().is_some() {
        return mask(object.is(&vm.ctx.true_value), vm);
    }
    if let Some(Scalar::Bool(value)) = scalar::value_of(object, vm) {
        return mask(value, vm);
    }
    if object.downcast_ref::<PyInt>().is_some() {
        return arguments::integer(object, vm).map(Item::At);
    }
    if let Some(slice) = object.downcast_ref::<PySlice>() {
        return sliced(slice, vm);
    }
    if vm.is_none(object) {
        return Ok(Item::NewAxis);
    }
    if object.is(&vm.ctx.ellipsis) {
        return Ok(Item::Ellipsis);
    }
    if let Some(array) = object.downcast_ref::<PyNdArray>() {
        let array = array.array();
        return if array.axes() == 0 && array.dtype() != DType::Bool && array.dtype().is_integer() {
            Ok(Item::Picks(array.clone()))
        } else {
            item_of(array.clone()).raise(vm)
        };
    }
    if arguments::sequence(object).is_some() {
        let array = array_like::array(object, None, vm)?;
        if array.size() == 0 {
            return item_of(array.converted(DType::I64, parallel_lab_arrays::Order::RowMajor).raise(vm)?).raise(vm);
        }
        return item_of(array).map_err(|_| invalid()).raise(vm);
    }
    match object.try_index_opt(vm) {
        Some(index) => arguments::integer(index?.as_object(), vm).map(Item::At),
        None => Err(crate::raise::exception(invalid(), vm)),
    }
}

pub(crate) fn invalid() -> parallel_lab_arrays::Error {
    parallel_lab_arrays::Error::index(
        "only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays are valid indices",
    )
}

fn mask(value: bool, vm: &VirtualMachine) -> PyResult<Item> {
    Ok(Item::Mask(Array::from_scalar(Scalar::Bool(value)).raise(vm)?))
}

fn sliced(slice: &rustpython_vm::Py<PySlice>, vm: &VirtualMachine) -> PyResult<Item> {
    let part = |part: Option<PyObjectRef>| match part.filter(|part| !vm.is_none(part)) {
        None => Ok(None),
        Some(part) => {
            let index = part
                .try_index(vm)
                .map_err(|_| vm.new_type_error("slice indices must be integers or None or have an __index__ method"))?;
            // As Python's slices do, those that are too large go as far as they can.
            let is_negative = index.as_bigint().sign() == malachite_bigint::Sign::Minus;
            let most = if is_negative { i64::MIN / 2 } else { i64::MAX / 2 };
            Ok(Some(index.try_to_primitive::<i64>(vm).unwrap_or(most)))
        }
    };
    let start = part(slice.start.clone())?;
    let stop = part(Some(slice.stop.clone()))?;
    let step = part(slice.step.clone())?.unwrap_or(1);
    Ok(Item::Slice { start, stop, step })
}
