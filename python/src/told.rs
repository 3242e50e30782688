//! `lab.tell`: figures that a script tells the page by their names, so that
//! nobody has to guess them from what it prints.

use std::sync::{Mutex, PoisonError};

use serde::Serialize;

pub(crate) use _lab_told::module_def;

/// Most names of a run.
pub const MOST_NAMES: usize = 50;
/// Most characters of a name.
pub const MOST_NAME_CHARS: usize = 40;
/// Most characters of a text.
pub const MOST_TEXT_CHARS: usize = 200;

/// A value that was told.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Value {
    /// Finite.
    Number(f64),
    /// Short.
    Text(String),
}

/// By their names, in the order in which those were first told.
pub type Told = Vec<(String, Value)>;

static TOLD: Mutex<Told> = Mutex::new(Vec::new());

/// Takes what was told since the last time, and forgets it.
#[must_use]
pub fn take() -> Told {
    std::mem::take(&mut *TOLD.lock().unwrap_or_else(PoisonError::into_inner))
}

/// Keeps a value; the last one of a name counts.
///
/// # Errors
/// What is wrong with the name or the value: a clause.
pub fn keep(name: &str, value: Value) -> Result<(), String> {
    if name.is_empty() || name.chars().count() > MOST_NAME_CHARS {
        return Err(format!("a name has 1 to {MOST_NAME_CHARS} characters"));
    }
    match &value {
        Value::Number(number) if !number.is_finite() => return Err(format!("{name} is not a finite number")),
        Value::Text(text) if text.chars().count() > MOST_TEXT_CHARS => {
            return Err(format!("a text has at most {MOST_TEXT_CHARS} characters"));
        }
        _ => {}
    }
    let mut told = TOLD.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = told.iter_mut().find(|it| it.0 == name) {
        known.1 = value;
    } else if told.len() < MOST_NAMES {
        told.push((name.to_owned(), value));
    } else {
        return Err(format!("a run tells at most {MOST_NAMES} names"));
    }
    Ok(())
}

/// What `lab` exports.
#[rustpython_vm::pymodule]
mod _lab_told {
    use rustpython_vm::builtins::{PyFloat, PyInt, PyStr, PyStrRef};
    use rustpython_vm::{AsObject, PyObjectRef, PyResult, VirtualMachine};

    use super::Value;

    /// tell(name, value)
    ///
    /// Tells the page a number or a short text by a name. The last value of a
    /// name counts; what a process tells is not heard.
    #[pyfunction]
    fn tell(name: PyStrRef, value: PyObjectRef, vm: &VirtualMachine) -> PyResult<()> {
        let value = if let Some(text) = value.downcast_ref::<PyStr>() {
            Value::Text(text.as_wtf8().to_string_lossy().into_owned())
        } else if value.downcast_ref::<PyFloat>().is_some() || value.downcast_ref::<PyInt>().is_some() {
            Value::Number(value.try_float(vm)?.to_f64())
        } else {
            let class = value.class().name().to_string();
            return Err(vm.new_type_error(format!("tell() takes a number or a text, not {class}")));
        };
        super::keep(&name.as_wtf8().to_string_lossy(), value).map_err(|why| vm.new_value_error(why))
    }
}
