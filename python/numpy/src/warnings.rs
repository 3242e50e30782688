//! RuntimeWarnings, as `np.errstate` wants them.

use std::cell::Cell;

use parallel_lab_arrays::ufunc::Flags;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::raise::class_of;

/// What is done about a kind of trouble.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Treatment {
    Ignore,
    Warn,
    Raise,
    Call,
    Print,
    Log,
}

/// What is done about each kind: divide, over, under, invalid.
pub(crate) type Treatments = [Treatment; 4];

thread_local! {
    static TREATMENTS: Cell<Treatments> =
        const { Cell::new([Treatment::Warn, Treatment::Warn, Treatment::Ignore, Treatment::Warn]) };
}

impl Treatment {
    pub(crate) const ALL: [(Self, &'static str); 6] = [
        (Self::Ignore, "ignore"),
        (Self::Warn, "warn"),
        (Self::Raise, "raise"),
        (Self::Call, "call"),
        (Self::Print, "print"),
        (Self::Log, "log"),
    ];
}

/// What is done now, in this thread.
pub(crate) fn treatments() -> Treatments {
    TREATMENTS.get()
}

/// Has other things done.
pub(crate) fn treat(treatments: Treatments) {
    TREATMENTS.set(treatments);
}

/// Warns of what a function met.
pub(crate) fn warn(flags: Flags, name: &str, vm: &VirtualMachine) -> PyResult<()> {
    if flags.is_empty() {
        return Ok(());
    }
    let [divide, over, _, invalid] = treatments();
    let kinds = [
        (flags.divide, divide, Flags { divide: true, ..Flags::default() }),
        (flags.overflow, over, Flags { overflow: true, ..Flags::default() }),
        (flags.invalid, invalid, Flags { invalid: true, ..Flags::default() }),
    ];
    for (is_met, treatment, kind) in kinds {
        if let (true, Some(message)) = (is_met, kind.messages(name).next()) {
            say(treatment, message, vm)?;
        }
    }
    Ok(())
}

fn say(treatment: Treatment, message: String, vm: &VirtualMachine) -> PyResult<()> {
    match treatment {
        Treatment::Ignore => Ok(()),
        Treatment::Raise => {
            let class = vm.ctx.exceptions.floating_point_error.to_owned();
            Err(vm.new_exception(class, vec![vm.ctx.new_str(message).into()]))
        }
        Treatment::Call | Treatment::Log => called(treatment, &message, vm),
        Treatment::Print => {
            vm.import("sys", 0)?;
            let stderr = vm.sys_module.get_attr("stderr", vm)?;
            vm.call_method(&stderr, "write", (format!("Warning: {message}\n"),)).map(drop)
        }
        Treatment::Warn => runtime_warning(message, vm),
    }
}

/// Has the function, or the log, of `np.seterrcall` told.
fn called(treatment: Treatment, message: &str, vm: &VirtualMachine) -> PyResult<()> {
    let (kind, _) = message.split_once(" encountered").unwrap_or((message, ""));
    let to = vm.import("_numpy", 0)?.get_attr("_errcall", vm)?;
    if vm.is_none(&to) {
        let sort = if treatment == Treatment::Log { "log" } else { "python callback" };
        return Err(
            vm.new_name_error(format!("{sort} specified for {kind} but no function found."), vm.ctx.new_str(""))
        );
    }
    if treatment == Treatment::Log {
        return vm.call_method(&to, "write", (format!("Warning: {message}\n"),)).map(drop);
    }
    let flag = match kind {
        "divide by zero" => 1,
        "overflow" => 2,
        _ => 8,
    };
    to.call((kind.to_owned(), flag), vm).map(drop)
}

/// A `RuntimeWarning`.
pub(crate) fn runtime_warning(message: impl Into<String>, vm: &VirtualMachine) -> PyResult<()> {
    let class = vm.ctx.exceptions.runtime_warning.to_owned();
    rustpython_vm::warn::warn(vm.ctx.new_str(message.into()).into(), Some(class), 1, None, vm)
}

/// A `UserWarning`.
pub(crate) fn user_warning(message: &'static str, vm: &VirtualMachine) -> PyResult<()> {
    let class = vm.ctx.exceptions.user_warning.to_owned();
    rustpython_vm::warn::warn(vm.ctx.new_str(message).into(), Some(class), 1, None, vm)
}

/// A `ComplexWarning`: imaginary parts were dropped.
pub(crate) fn complex_warning(vm: &VirtualMachine) -> PyResult<()> {
    let class = class_of("numpy.exceptions", "ComplexWarning", vm)?;
    let message = "Casting complex values to real discards the imaginary part";
    rustpython_vm::warn::warn(vm.ctx.new_str(message).into(), Some(class), 1, None, vm)
}
