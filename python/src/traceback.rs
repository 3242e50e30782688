//! An exception as the text that CPython prints, and as places in the user's
//! script, for the editor to mark.

use rustpython_vm::builtins::{PyBaseException, PyBaseExceptionRef};
use rustpython_vm::{AsObject, Py, PyResult, VirtualMachine};
use serde::Serialize;

/// A place in the script. Lines and columns count from 1, columns in characters.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Place {
    /// The line.
    pub line: usize,
    /// The first character, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<usize>,
    /// The last line, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_line: Option<usize>,
    /// The character after the last, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub end_column: Option<usize>,
}

/// What CPython prints for an exception that nobody catches.
#[must_use]
pub fn text_of(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> String {
    formatted(exception, vm).unwrap_or_else(|_| {
        // The traceback module itself failed, maybe for want of memory.
        let mut text = String::new();
        let _ = vm.write_exception(&mut text, exception);
        text
    })
}

fn formatted(exception: &PyBaseExceptionRef, vm: &VirtualMachine) -> PyResult<String> {
    let format = vm.import("traceback", 0)?.get_attr("format_exception", vm)?;
    let lines: Vec<String> = format.call((exception.clone(),), vm)?.try_into_value(vm)?;
    Ok(lines.concat())
}

/// The calls in the file `file_name` that led to the exception, innermost last;
/// for a SyntaxError the place that it names.
#[must_use]
pub fn places_in(file_name: &str, exception: &Py<PyBaseException>, vm: &VirtualMachine) -> Vec<Place> {
    let mut places: Vec<Place> = exception
        .__traceback__()
        .iter()
        .flat_map(|innermost| innermost.iter())
        .filter(|entry| entry.frame.f_code().source_path().as_str() == file_name)
        .map(|entry| {
            let unit = usize::try_from(entry.lasti / 2).unwrap_or_default();
            let code = entry.frame.f_code();
            let location = code.code.locations.get(unit).filter(|(start, _)| start.line == entry.lineno);
            Place {
                line: entry.lineno.get(),
                column: location.map(|(start, _)| start.character_offset.get()),
                end_line: location.map(|(_, end)| end.line.get()),
                end_column: location.map(|(_, end)| end.character_offset.get()),
            }
        })
        .collect();
    if exception.fast_isinstance(vm.ctx.exceptions.syntax_error) {
        places.extend(syntax_place(file_name, exception, vm));
    }
    places
}

fn syntax_place(file_name: &str, exception: &Py<PyBaseException>, vm: &VirtualMachine) -> Option<Place> {
    let attribute = |name: &'static str| exception.as_object().get_attr(name, vm).ok();
    let number = |name| attribute(name)?.try_into_value::<usize>(vm).ok().filter(|number| *number > 0);
    let file: String = attribute("filename")?.try_into_value(vm).ok()?;
    (file == file_name).then_some(Place {
        line: number("lineno")?,
        column: number("offset"),
        end_line: number("end_lineno"),
        end_column: number("end_offset"),
    })
}
