//! Running the user's script, and what came of it.

use std::sync::{Mutex, PoisonError};

use crate::gil;
use rustpython_vm::builtins::{PyBaseExceptionRef, PyInt, PyModule};
use rustpython_vm::scope::Scope;
use rustpython_vm::{AsObject, PyRef, PyResult, VirtualMachine};
use serde::Serialize;

use crate::threads::{self, Session};
use crate::told::Told;
use crate::traceback::{self, Place};
use crate::{checkpoint, clock, output, processes, told};

/// A script, as it is in the editor.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Script {
    /// Its text.
    pub source: String,
    /// What tracebacks call it.
    pub file_name: String,
}

/// How a run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The script came to its end.
    Ok,
    /// An exception that nobody caught.
    Error,
    /// Stopped from outside.
    Stopped,
    /// `sys.exit()`.
    Exit,
}

/// What came of a run.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Outcome {
    /// How it ended.
    pub status: Status,
    /// What a shell would see.
    pub exit_code: i32,
    /// What CPython prints for the exception; it went to `sys.stderr` too.
    pub traceback: String,
    /// The calls in the script that led to the exception, innermost last.
    pub lines: Vec<Place>,
    /// What it told by `lab.tell`.
    pub told: Told,
}

/// What this worker runs: the parent as `__main__`, a child as `__mp_main__`.
static CURRENT: Mutex<Option<Script>> = Mutex::new(None);

/// The script that [`run`] or [`prepare`] was given last.
#[must_use]
pub fn current() -> Script {
    CURRENT.lock().unwrap_or_else(PoisonError::into_inner).clone().unwrap_or_default()
}

fn set_current(script: &Script) {
    *CURRENT.lock().unwrap_or_else(PoisonError::into_inner) = Some(script.clone());
}

/// Runs a script as `__main__`, to its end: its threads are joined, its exit
/// functions called, its processes ended, its output delivered. Says besides
/// what each of its threads did with the GIL.
pub fn run(script: &Script, threads: threads::Options, vm: &VirtualMachine) -> (Outcome, Vec<gil::Log>) {
    set_current(script);
    drop(told::take());
    let session = Session::begin(vm, threads);
    let ran = execute(script, vm);
    let mut outcome = outcome_of(ran, script, vm);
    if let Err(error) = finish(vm) {
        let late = outcome_of(Err(error), script, vm);
        if outcome.status == Status::Ok {
            outcome = late;
        }
    }
    outcome.told = told::take();
    processes::end_all();
    let logs = session.end();
    output::deliver();
    (outcome, logs)
}

/// Has a child import the script anew: it is then ready for messages.
pub fn prepare(script: &Script, threads: threads::Options, vm: &VirtualMachine) -> Outcome {
    set_current(script);
    // Until its worker ends.
    std::mem::forget(Session::begin(vm, threads));
    let prepared = vm.import("_lab_child", 0).and_then(|child| vm.call_method(&child, "prepare", ())).map(drop);
    let outcome = outcome_of(prepared, script, vm);
    output::deliver();
    clock::end_work();
    outcome
}

/// Has a child answer one message; where the answer has no bytes, nothing is
/// to be sent.
///
/// # Errors
/// Why the child ends: what the parent hears of its end.
pub fn handle(message: &[u8], vm: &VirtualMachine) -> Result<Vec<u8>, String> {
    // Between messages it waits.
    clock::begin_work();
    let answered = vm.import("_lab_child", 0).and_then(|child| {
        let message = vm.ctx.new_bytes(message.to_vec());
        let answer = vm.call_method(&child, "handle", (message,))?;
        answer.try_bytes_like(vm, <[u8]>::to_vec)
    });
    let answer = answered.map_err(|exception| {
        let ended = outcome_of(Err(exception), &current(), vm);
        format!("exit code {}", ended.exit_code)
    });
    output::deliver();
    clock::end_work();
    answer
}

fn execute(script: &Script, vm: &VirtualMachine) -> PyResult<()> {
    let module = main_module(script, vm)?;
    let arguments = vec![vm.ctx.new_str(script.file_name.as_str()).into()];
    vm.sys_module.set_attr("argv", vm.ctx.new_list(arguments), vm)?;
    let code = checkpoint::compile(script, vm)?;
    vm.run_code_obj(code, Scope::with_builtins(None, module.dict(), vm)).map(drop)
}

/// A new `__main__`, which knows its file, and whose lines tracebacks can quote.
fn main_module(script: &Script, vm: &VirtualMachine) -> PyResult<PyRef<PyModule>> {
    let main = vm.new_module("__main__", vm.ctx.new_dict(), None);
    let loader = vm.import("_lab_script", 0)?.get_attr("Loader", vm)?.call((), vm)?;
    main.set_attr("__file__", vm.ctx.new_str(script.file_name.as_str()), vm)?;
    main.set_attr("__loader__", loader, vm)?;
    main.set_attr("__builtins__", vm.builtins.clone(), vm)?;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    // Instances of its classes come back from children by the second name; where
    // `multiprocessing` was imported ahead, it could not say so yet.
    for name in ["__main__", "__mp_main__"] {
        modules.set_item(name, main.clone().into(), vm)?;
    }
    Ok(main)
}

/// What CPython does when `__main__` is through, in its order.
fn finish(vm: &VirtualMachine) -> PyResult<()> {
    let modules = vm.sys_module.get_attr("modules", vm)?;
    if let Ok(threading) = modules.get_item("threading", vm) {
        vm.call_method(&threading, "_shutdown", ())?;
    }
    let atexit = vm.import("atexit", 0)?;
    vm.call_method(&atexit, "_run_exitfuncs", ())?;
    Ok(())
}

fn outcome_of(ran: PyResult<()>, script: &Script, vm: &VirtualMachine) -> Outcome {
    let mut outcome =
        Outcome { status: Status::Ok, exit_code: 0, traceback: String::new(), lines: Vec::new(), told: Told::new() };
    let Err(exception) = ran else {
        return outcome;
    };
    if exception.fast_isinstance(vm.ctx.exceptions.system_exit) {
        outcome.status = Status::Exit;
        outcome.exit_code = exit_code(&exception, vm);
        return outcome;
    }
    outcome.exit_code = 1;
    outcome.status = if checkpoint::stop_requested() { Status::Stopped } else { Status::Error };
    outcome.lines = traceback::places_in(&script.file_name, &exception, vm);
    outcome.traceback = traceback::text_of(&exception, vm);
    if outcome.status == Status::Error {
        output::write(output::Stream::Stderr, &outcome.traceback);
    }
    outcome
}

/// `sys.exit(3)` is 3, `sys.exit()` is 0, and what is no number is printed.
fn exit_code(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> i32 {
    let code = exception.as_object().get_attr("code", vm).unwrap_or_else(|_| vm.ctx.none());
    if vm.is_none(&code) {
        return 0;
    }
    if code.downcast_ref::<PyInt>().is_some() {
        return code.try_into_value(vm).unwrap_or(-1);
    }
    if let Ok(text) = code.str(vm) {
        output::write(output::Stream::Stderr, &format!("{}\n", text.as_wtf8().to_string_lossy()));
    }
    1
}

pub(crate) use _lab_script::module_def;

/// What `_lab_child` and tracebacks ask about the script.
#[rustpython_vm::pymodule]
mod _lab_script {
    use rustpython_vm::builtins::PyCode;
    use rustpython_vm::types::{Constructor, DefaultConstructor};
    use rustpython_vm::{Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

    /// source() -> str: the script's text.
    #[pyfunction]
    fn source() -> String {
        super::current().source
    }

    /// file_name() -> str: what tracebacks call the script.
    #[pyfunction]
    fn file_name() -> String {
        super::current().file_name
    }

    /// code() -> code: the script, compiled as its own `__main__` is.
    #[pyfunction]
    fn code(vm: &VirtualMachine) -> PyResult<PyRef<PyCode>> {
        crate::checkpoint::compile(&super::current(), vm)
    }

    /// The `__loader__` of the script's module: `linecache` asks it for the text.
    #[pyattr]
    #[pyclass(name = "Loader")]
    #[derive(Debug, Default, PyPayload)]
    struct Loader;

    impl DefaultConstructor for Loader {}

    #[pyclass(with(Constructor))]
    impl Loader {
        #[pymethod]
        fn get_source(_zelf: &Py<Self>, _name: PyObjectRef) -> String {
            super::current().source
        }

        #[pymethod]
        fn is_package(_zelf: &Py<Self>, _name: PyObjectRef) -> bool {
            false
        }
    }
}
