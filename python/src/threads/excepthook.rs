//! `_thread._excepthook`: what a thread prints when it ends by an exception.

#[rustpython_vm::pymodule(sub, name = "_thread")]
pub(crate) mod excepthook_function {
    use rustpython_vm::builtins::PyBaseException;
    use rustpython_vm::types::PyStructSequence;
    use rustpython_vm::{
        AsObject, PyObjectRef, PyResult, VirtualMachine, pyclass, pystruct_sequence, pystruct_sequence_data,
    };

    use crate::threads::ident;
    use crate::{checkpoint, traceback};

    #[pystruct_sequence_data]
    struct ExceptHookArgsData {
        exc_type: PyObjectRef,
        exc_value: PyObjectRef,
        exc_traceback: PyObjectRef,
        thread: PyObjectRef,
    }

    /// What `threading.excepthook` is told.
    #[pyattr]
    #[pystruct_sequence(name = "_ExceptHookArgs", module = "_thread", data = "ExceptHookArgsData")]
    struct PyExceptHookArgs;

    #[pyclass(with(PyStructSequence))]
    impl PyExceptHookArgs {}

    /// Prints the traceback, as CPython does it.
    #[pyfunction]
    fn _excepthook(arguments: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let Ok(arguments) = arguments.downcast::<PyExceptHookArgs>() else {
            return Err(vm.new_type_error("_thread._excepthook argument type must be ExceptHookArgs"));
        };
        let [kind, value, _traceback, thread] = arguments.0.as_slice() else { return Ok(()) };
        // Nobody wants to read that a stopped run's threads were stopped.
        if kind.is(vm.ctx.exceptions.system_exit.as_object()) || checkpoint::stop_requested() {
            return Ok(());
        }
        let Some(file) = stderr(thread, vm)? else { return Ok(()) };
        let name = match thread.get_attr("name", vm) {
            Ok(name) => name.str(vm)?.as_wtf8().to_string_lossy().into_owned(),
            Err(_) => ident().to_string(),
        };
        vm.call_method(&file, "write", (format!("Exception in thread {name}:\n"),))?;
        if let Some(exception) = value.downcast_ref::<PyBaseException>() {
            vm.call_method(&file, "write", (traceback::text_of(&exception.to_owned(), vm),))?;
        }
        vm.call_method(&file, "flush", ()).map(drop)
    }

    /// `sys.stderr`, or what it was when the thread was made.
    fn stderr(thread: &PyObjectRef, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
        let there = |file: &PyObjectRef| !vm.is_none(file);
        if let Some(file) = vm.sys_module.get_attr("stderr", vm).ok().filter(there) {
            return Ok(Some(file));
        }
        if vm.is_none(thread) {
            return Ok(None);
        }
        Ok(Some(thread.get_attr("_stderr", vm)?).filter(there))
    }
}
