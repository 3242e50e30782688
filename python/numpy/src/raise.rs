//! Errors of arrays as Python's exceptions.

use parallel_lab_arrays::error::{Error, Kind};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyStr, PyTypeRef};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

/// What can be raised.
pub(crate) trait Raise<T> {
    /// The value, or the exception.
    fn raise(self, vm: &VirtualMachine) -> PyResult<T>;
}

impl<T> Raise<T> for Result<T, Error> {
    fn raise(self, vm: &VirtualMachine) -> PyResult<T> {
        self.map_err(|error| exception(error, vm))
    }
}

/// The exception for an error.
pub(crate) fn exception(error: Error, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let Error { kind, message } = error;
    match kind {
        Kind::Value => vm.new_value_error(message),
        Kind::Type => vm.new_type_error(message),
        Kind::Index => vm.new_index_error(message),
        Kind::Overflow => vm.new_overflow_error(message),
        Kind::Axis => of("numpy.exceptions", "AxisError", message, vm),
        Kind::LinAlg => of("numpy.linalg", "LinAlgError", message, vm),
        Kind::Memory => of("numpy.exceptions", "_ArrayMemoryError", message, vm),
        Kind::NoLoop | Kind::Casting => of("numpy.exceptions", "UFuncTypeError", message, vm),
    }
}

fn of(module: &'static str, class: &'static str, message: String, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let made = class_of(module, class, vm).and_then(|class| class.as_object().call((message,), vm));
    match made.map(|made| made.downcast()) {
        Ok(Ok(exception)) => exception,
        Ok(Err(_)) => vm.new_type_error(format!("{module}.{class} makes no exception")),
        Err(error) => error,
    }
}

/// The `AttributeError` for what an object has not: in the lab's words where NumPy's has it.
pub(crate) fn no_attribute(
    class: &'static str,
    object: &PyObject,
    name: &Py<PyStr>,
    vm: &VirtualMachine,
) -> PyBaseExceptionRef {
    let usual = || vm.new_no_attribute_error(object.to_owned(), name.to_owned());
    // Python itself asks for names with underscores, often.
    if name.to_string_lossy().starts_with('_') {
        return usual();
    }
    let told =
        imported("numpy._missing", "attribute_error", vm).and_then(|error| error.call((class, name.to_owned()), vm));
    match told.map(|told| told.downcast()) {
        Ok(Ok(error)) => error,
        Ok(Err(_)) => usual(),
        Err(error) => error,
    }
}

/// A class of one of the modules in Python.
pub(crate) fn class_of(module: &'static str, class: &'static str, vm: &VirtualMachine) -> PyResult<PyTypeRef> {
    let found = imported(module, class, vm)?;
    let name = found.class().name().to_string();
    found.downcast().map_err(|_| vm.new_type_error(format!("{module}.{class} is a {name}, not a class")))
}

/// What a module in Python has by this name.
fn imported(module: &'static str, name: &'static str, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    vm.import(module, 0)?;
    vm.sys_module.get_attr("modules", vm)?.get_item(module, vm)?.get_attr(name, vm)
}
