//! Fewer counters that free threads fight for.
//!
//! Whenever Python code touches an object, its reference count goes up and down
//! again. Where two threads run the same function, they do so to the very same
//! function, code, constants and globals, and the cores hand that memory back
//! and forth instead of computing. CPython 3.13t had to make such objects
//! *immortal*, counting nothing, or defer their counts (PEP 703); here, what
//! threads are about to share is made immortal when a thread is started.
//!
//! Immortal objects are never freed. So this takes what lives as long as the
//! script anyway: functions, classes, modules, what they are called by, and
//! constants; not the script's data.

use rustpython_vm::builtins::{PyBool, PyCode, PyDict, PyFloat, PyFunction, PyInt, PyModule, PyStr, PyTuple, PyType};
use rustpython_vm::{AsObject, Py, PyObject, PyObjectRef, PyResult, VirtualMachine};

/// Makes immortal what all threads of the script will touch: `__main__` with
/// all that can be reached from it by name, and the builtins.
///
/// # Errors
/// When an attribute that Python defines is missing.
pub(super) fn prepare(vm: &VirtualMachine) -> PyResult<()> {
    keep_module(&vm.builtins, vm)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    for name in ["__main__", "__mp_main__"] {
        // A script's names grow from one thread's start to the next, so it is looked at again.
        if let Ok(main) = modules.get_item(name, vm)
            && let Some(main) = main.downcast_ref::<PyModule>()
        {
            keep_module(main, vm)?;
        }
    }
    Ok(())
}

fn keep_module(module: &Py<PyModule>, vm: &VirtualMachine) -> PyResult<()> {
    module.as_object().make_immortal();
    keep_names(&module.dict(), vm)
}

/// A namespace and what it names; names themselves are interned, and immortal already.
fn keep_names(names: &Py<PyDict>, vm: &VirtualMachine) -> PyResult<()> {
    names.as_object().make_immortal();
    let values: Vec<PyObjectRef> = names.to_owned().into_iter().map(|(_, value)| value).collect();
    values.iter().try_for_each(|value| keep(value, vm))
}

/// An object, and what belongs to it; what has been kept already is not looked
/// at again.
fn keep(object: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    if object.is_immortal() {
        return Ok(());
    }
    if let Some(module) = object.downcast_ref::<PyModule>() {
        return keep_module(module, vm);
    }
    if is_constant(object) || is_native_function(object, vm) {
        object.make_immortal();
    } else if object.downcast_ref::<PyFunction>().is_some() {
        object.make_immortal();
        keep_parts(object, &["__code__", "__closure__", "__defaults__", "__kwdefaults__"], vm)?;
    } else if object.downcast_ref::<PyCode>().is_some() {
        object.make_immortal();
        keep_parts(object, &["co_consts"], vm)?;
    } else if object.downcast_ref::<PyType>().is_some() {
        object.make_immortal();
        let members = object.get_attr("__dict__", vm)?;
        let members: Vec<PyObjectRef> = vm.call_method(&members, "values", ())?.try_to_value(vm)?;
        members.iter().try_for_each(|member| keep(member, vm))?;
    } else if let Some(tuple) = object.downcast_ref::<PyTuple>() {
        object.make_immortal();
        tuple.iter().try_for_each(|item| keep(item, vm))?;
    } else if object.downcast_ref::<PyDict>().is_some() {
        object.make_immortal();
    }
    Ok(())
}

fn keep_parts(object: &PyObject, parts: &[&'static str], vm: &VirtualMachine) -> PyResult<()> {
    parts.iter().try_for_each(|part| keep(&*object.get_attr(*part, vm)?, vm))
}

fn is_constant(object: &PyObject) -> bool {
    object.downcast_ref::<PyInt>().is_some()
        || object.downcast_ref::<PyFloat>().is_some()
        || object.downcast_ref::<PyStr>().is_some()
        || object.downcast_ref::<PyBool>().is_some()
}

fn is_native_function(object: &PyObject, vm: &VirtualMachine) -> bool {
    let class = object.class();
    class.is(vm.ctx.types.builtin_function_or_method_type)
}
