//! The same elements in other shapes: views where that can be.

use parallel_lab_arrays::{Array, Error, Order, shape};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind};
use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;

type Subject = PyRef<PyNdArray>;

/// A shape as several arguments, or as one.
pub(crate) fn lengths(args: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Vec<i64>> {
    match args {
        [one] => arguments::integers(one, vm),
        several => several.iter().map(|length| arguments::integer(length, vm)).collect(),
    }
}

pub(crate) fn reshape(zelf: &Subject, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let order = arguments::order(args.take_keyword("order"), vm)?;
    let copy = arguments::given(args.take_keyword("copy"), vm).map(|copy| copy.try_to_bool(vm)).transpose()?;
    if let Some(shape) = args.take_keyword("shape") {
        args.args.push(shape);
    }
    if let Some((unknown, _)) = args.kwargs.iter().next() {
        return Err(vm.new_type_error(format!("this function got an unexpected keyword argument '{unknown}'")));
    }
    if args.args.is_empty() {
        return Err(vm.new_type_error("reshape() takes exactly 1 argument (0 given)"));
    }
    if let [one] = args.args.as_slice() {
        arguments::refuse_float(one, vm)?;
    }
    let wanted = lengths(&args.args, vm)?;
    let array = zelf.array();
    let shape = shape::completed(&wanted, array.size()).raise(vm)?;
    let by_columns = order == Some(Order::ColumnMajor)
        || (order == Some(Order::Keep) && array.is_column_major() && !array.is_row_major());
    let turned = |array: &Array| if by_columns { array.reversed() } else { array.clone() };
    let goal: Vec<usize> = if by_columns { shape.iter().rev().copied().collect() } else { shape.to_vec() };
    if copy != Some(true)
        && let Some(view) = turned(array).reshaped(&goal)
    {
        return Ok(PyNdArray::view(turned(&view), zelf.as_object(), vm));
    }
    if copy == Some(false) {
        return Err(vm.new_value_error("Unable to avoid creating a copy while reshaping."));
    }
    let copy = turned(array).copy(Order::RowMajor).raise(vm)?;
    let view = copy.reshaped(&goal).unwrap_or(copy);
    Ok(PyNdArray::object(turned(&view), vm))
}

pub(crate) fn ravel(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [order] = bind("ravel", ["order"], args, vm)?;
    let array = ordered(zelf.array(), arguments::order(order, vm)?);
    match array.reshaped(&[array.size()]).filter(|_| array.is_row_major()) {
        Some(view) => Ok(PyNdArray::view(view, zelf.as_object(), vm)),
        None => Ok(PyNdArray::object(flat_copy(&array, vm)?, vm)),
    }
}

pub(crate) fn flatten(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [order] = bind("flatten", ["order"], args, vm)?;
    let array = ordered(zelf.array(), arguments::order(order, vm)?);
    Ok(PyNdArray::object(flat_copy(&array, vm)?, vm))
}

fn flat_copy(array: &Array, vm: &VirtualMachine) -> PyResult<Array> {
    let copy = array.copy(Order::RowMajor).raise(vm)?;
    Ok(copy.reshaped(&[copy.size()]).unwrap_or(copy))
}

/// The array with its axes so that row by row is the order that is meant.
fn ordered(array: &Array, order: Option<Order>) -> Array {
    match order {
        None | Some(Order::RowMajor) => array.clone(),
        Some(Order::ColumnMajor) => array.reversed(),
        Some(Order::Keep) => {
            array.transposed(&parallel_lab_arrays::walk::memory_order(array.shape(), &[array.strides()]))
        }
    }
}

pub(crate) fn set_flat(zelf: &Subject, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let array = zelf.writable_array(vm)?;
    let values = array_like::array(value, Some(array.dtype()), vm)?.flat().raise(vm)?;
    if values.size() == 0 && array.size() > 0 {
        return Err(vm.new_value_error("Cannot copy from empty array to flat iterator"));
    }
    let values = if values.has_memory_of(&array) { values.copy(Order::RowMajor).raise(vm)? } else { values };
    let mut index = vec![0; array.axes()];
    for at in 0..array.size() {
        array.set(&index, values.get(&[at % values.size()]));
        parallel_lab_arrays::array::step(&mut index, array.shape());
    }
    Ok(())
}

pub(crate) fn transpose(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    let given = match args.args.as_slice() {
        [] => None,
        [one] if vm.is_none(one) => None,
        several => Some(lengths(several, vm)?),
    };
    let Some(axes) = given else { return Ok(PyNdArray::view(array.reversed(), zelf.as_object(), vm)) };
    if axes.len() != array.axes() {
        return Err(vm.new_value_error("axes don't match array"));
    }
    let mut order = Vec::with_capacity(axes.len());
    for axis in axes {
        let axis = shape::axis(axis, array.axes()).raise(vm)?;
        if order.contains(&axis) {
            return Err(vm.new_value_error("repeated axis in transpose"));
        }
        order.push(axis);
    }
    Ok(PyNdArray::view(array.transposed(&order), zelf.as_object(), vm))
}

pub(crate) fn swapaxes(
    zelf: &Subject,
    first: &PyObject,
    second: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    let axis = |object: &PyObject, name: &str| {
        let found = shape::axis(arguments::integer(object, vm)?, array.axes());
        found.map_err(|error| Error { message: format!("{name}: {}", error.message), ..error }).raise(vm)
    };
    let mut order: Vec<usize> = (0..array.axes()).collect();
    order.swap(axis(first, "axis1")?, axis(second, "axis2")?);
    Ok(PyNdArray::view(array.transposed(&order), zelf.as_object(), vm))
}

pub(crate) fn squeeze(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [axis] = bind("squeeze", ["axis"], args, vm)?;
    let array = zelf.array();
    let gone = match arguments::axes(axis, vm)? {
        None => (0..array.axes()).filter(|axis| array.shape()[*axis] == 1).collect(),
        Some(axes) => shape::axes(&axes, array.axes()).raise(vm)?.to_vec(),
    };
    if gone.iter().any(|axis| array.shape()[*axis] != 1) {
        return Err(vm.new_value_error("cannot select an axis to squeeze out which has size not equal to one"));
    }
    let kept: Vec<usize> = (0..array.axes()).filter(|axis| !gone.contains(axis)).collect();
    let view = array.transposed(&kept);
    if zelf.stands_for_element() {
        return Ok(array_like::returned(view, vm));
    }
    Ok(PyNdArray::view(view, zelf.as_object(), vm))
}

/// A view of a diagonal, its axis the last one.
pub(crate) fn diagonal_of(array: &Array, offset: i64, first: i64, second: i64, vm: &VirtualMachine) -> PyResult<Array> {
    if array.axes() < 2 {
        return Err(vm.new_value_error("diag requires an array of at least two dimensions"));
    }
    let (first, second) = (shape::axis(first, array.axes()).raise(vm)?, shape::axis(second, array.axes()).raise(vm)?);
    if first == second {
        return Err(vm.new_value_error("axis1 and axis2 cannot be the same"));
    }
    let (rows, columns) = (array.shape()[first] as i64, array.shape()[second] as i64);
    let (row, column) = if offset < 0 { (-offset, 0) } else { (0, offset) };
    let length = (rows - row).min(columns - column).max(0);
    let (down, right) = (array.strides()[first], array.strides()[second]);
    let mut kept: Vec<usize> = (0..array.axes()).filter(|axis| *axis != first && *axis != second).collect();
    let mut lengths: Vec<usize> = kept.iter().map(|axis| array.shape()[*axis]).collect();
    let mut strides: Vec<isize> = kept.drain(..).map(|axis| array.strides()[axis]).collect();
    lengths.push(length as usize);
    strides.push(down + right);
    let begin = if length > 0 { row as isize * down + column as isize * right } else { 0 };
    Ok(array.look(lengths.into(), strides.into(), array.offset().wrapping_add_signed(begin)))
}

pub(crate) fn diagonal_arguments(args: [Option<PyObjectRef>; 3], vm: &VirtualMachine) -> PyResult<[i64; 3]> {
    let mut values = [0, 0, 1];
    for (value, given) in values.iter_mut().zip(args) {
        if let Some(given) = given {
            *value = arguments::integer(&given, vm)?;
        }
    }
    Ok(values)
}

pub(crate) fn diagonal(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [offset, first, second] = diagonal_arguments(bind("diagonal", ["offset", "axis1", "axis2"], args, vm)?, vm)?;
    let view = diagonal_of(zelf.array(), offset, first, second, vm)?;
    Ok(PyNdArray::view(view.writable(false), zelf.as_object(), vm))
}
