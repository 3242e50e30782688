//! What arguments of functions mean: axes, shapes, orders.

use parallel_lab_arrays::Order;
use parallel_lab_arrays::dtype::Casting;
use rustpython_vm::builtins::{PyFloat, PyInt, PyList, PyStr, PyTuple};
use rustpython_vm::function::FuncArgs;

use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

/// An argument that was not given, or is `None`, is nothing.
pub(crate) fn given(argument: Option<PyObjectRef>, vm: &VirtualMachine) -> Option<PyObjectRef> {
    argument.filter(|argument| !vm.is_none(argument))
}

/// A whole number.
pub(crate) fn integer(object: &PyObject, vm: &VirtualMachine) -> PyResult<i64> {
    let value = object.try_index(vm)?;
    value.try_to_primitive::<i64>(vm).map_err(|_| vm.new_overflow_error("Python int too large to convert to C long"))
}

/// Several whole numbers, or one.
pub(crate) fn integers(object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<i64>> {
    if object.downcast_ref::<PyInt>().is_some() {
        return Ok(vec![integer(object, vm)?]);
    }
    if let Some(array) = object.downcast_ref::<PyNdArray>().filter(|array| array.array().axes() > 0) {
        return array.array().to_row::<i64>().raise(vm);
    }
    let items = match sequence(object) {
        Some(items) => items,
        None => match object.try_index_opt(vm) {
            Some(index) => return Ok(vec![integer(index?.as_object(), vm)?]),
            None => match object.try_to_value::<Vec<PyObjectRef>>(vm) {
                Ok(items) => items,
                Err(_) => return Ok(vec![integer(object, vm)?]),
            },
        },
    };
    items.iter().map(|item| integer(item, vm)).collect()
}

/// The items of a tuple or a list.
pub(crate) fn sequence(object: &PyObject) -> Option<Vec<PyObjectRef>> {
    if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        return Some(tuple.as_slice().to_vec());
    }
    object.downcast_ref::<PyList>().map(|list| list.borrow_vec().to_vec())
}

/// A float is no shape.
pub(crate) fn refuse_float(object: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    if object.downcast_ref::<PyFloat>().is_none() {
        return Ok(());
    }
    let given = object.repr(vm)?.to_string_lossy().into_owned();
    Err(vm.new_type_error(format!("expected a sequence of integers or a single integer, got '{given}'")))
}

/// A shape of a new array.
pub(crate) fn shape(object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<usize>> {
    if vm.is_none(object) {
        return Err(vm.new_type_error("Use () not None as shape arguments"));
    }
    refuse_float(object, vm)?;
    let lengths = integers(object, vm)?;
    let length =
        |length: &i64| usize::try_from(*length).map_err(|_| vm.new_value_error("negative dimensions are not allowed"));
    lengths.iter().map(length).collect()
}

/// `axis=`: nothing is all of them.
pub(crate) fn axes(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Option<Vec<i64>>> {
    let Some(object) = given(object, vm) else { return Ok(None) };
    if object.class().is(vm.ctx.types.bool_type) {
        return Err(vm.new_type_error("an integer is required"));
    }
    match object.downcast_ref::<PyTuple>() {
        Some(axes) => axes.as_slice().iter().map(|axis| integer(axis, vm)).collect::<PyResult<_>>().map(Some),
        None => Ok(Some(vec![integer(&object, vm)?])),
    }
}

/// `casting=`
pub(crate) fn casting(object: &PyObject, vm: &VirtualMachine) -> PyResult<Casting> {
    let name = object.str(vm)?.to_string_lossy().into_owned();
    Casting::named(&name).ok_or_else(|| {
        vm.new_value_error(format!(
            "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe' (got '{name}')"
        ))
    })
}

/// `order=`
pub(crate) fn order(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Option<Order>> {
    let Some(object) = given(object, vm) else { return Ok(None) };
    let Some(text) = object.downcast_ref::<PyStr>() else {
        return Err(vm.new_type_error(format!("order must be str, not {}", object.class().name())));
    };
    match text.to_string_lossy().to_ascii_uppercase().as_str() {
        "C" => Ok(Some(Order::RowMajor)),
        "F" => Ok(Some(Order::ColumnMajor)),
        "K" | "A" => Ok(Some(Order::Keep)),
        other => Err(vm.new_value_error(format!("order must be one of 'C', 'F', 'A', or 'K' (got '{other}')"))),
    }
}

/// Whether an argument is true; what is not given is false.
pub(crate) fn is_true(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<bool> {
    object.map_or(Ok(false), |object| object.try_to_bool(vm))
}

/// Arguments by their names, as a function of Python's binds them; what is not given is nothing.
pub(crate) fn bind<const N: usize>(
    function: &str,
    names: [&str; N],
    args: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<[Option<PyObjectRef>; N]> {
    let FuncArgs { args, kwargs } = args;
    if args.len() > N {
        let given = args.len();
        return Err(vm.new_type_error(format!("{function}() takes at most {N} arguments ({given} given)")));
    }
    let mut bound = [const { None }; N];
    for (to, argument) in bound.iter_mut().zip(args) {
        *to = Some(argument);
    }
    for (name, value) in kwargs {
        let name = name.to_string();
        let Some(at) = names.iter().position(|known| **known == *name) else {
            return Err(vm.new_type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
        };
        if bound[at].is_some() {
            let place = at + 1;
            return Err(
                vm.new_type_error(format!("argument for {function}() given by name ('{name}') and position ({place})"))
            );
        }
        bound[at] = Some(value);
    }
    Ok(bound)
}

/// An argument that has to be given.
pub(crate) fn required(
    argument: Option<PyObjectRef>,
    function: &str,
    name: &str,
    place: usize,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    argument.ok_or_else(|| vm.new_type_error(format!("{function}() missing required argument '{name}' (pos {place})")))
}
