//! How arrays are printed, and what is done about numbers that are none: options.

use std::cell::RefCell;

use parallel_lab_arrays::format::{self, FloatMode, PrintOptions, Sign, Source};
use parallel_lab_arrays::{Array, DType, Scalar};
use rustpython_vm::builtins::PyDictRef;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::array_like;
use crate::raise::Raise;
use crate::warnings::{self, Treatment};

thread_local! {
    static OPTIONS: RefCell<PrintOptions> = RefCell::new(PrintOptions::default());
}

/// An array as what is printed.
struct Printed<'a>(&'a Array);

impl Source for Printed<'_> {
    fn shape(&self) -> &[usize] {
        self.0.shape()
    }

    fn dtype(&self) -> DType {
        self.0.dtype()
    }

    fn at(&self, index: &[usize]) -> Scalar {
        self.0.get(index)
    }
}

pub(crate) fn repr(array: &Array, vm: &VirtualMachine) -> PyResult<String> {
    if let Some(text) = of_python(array, "array_repr", vm)? {
        return Ok(text);
    }
    Ok(OPTIONS.with_borrow(|options| format::repr(&Printed(array), options)))
}

pub(crate) fn str(array: &Array, vm: &VirtualMachine) -> PyResult<String> {
    if let Some(text) = of_python(array, "array_str", vm)? {
        return Ok(text);
    }
    Ok(OPTIONS.with_borrow(|options| format::str(&Printed(array), options)))
}

/// With formatters that are Python's, Python does it.
fn of_python(array: &Array, function: &'static str, vm: &VirtualMachine) -> PyResult<Option<String>> {
    let module = vm.import("_numpy", 0)?;
    let Some(options) = vm.get_attribute_opt(&module, "_printing")? else { return Ok(None) };
    let is_plain = |name: &'static str| Ok(vm.is_none(&*options.get_item(name, vm)?));
    if is_plain("formatter")? && is_plain("override_repr")? {
        return Ok(None);
    }
    let printing = vm.import("numpy._printing", 0)?;
    let _ = printing;
    let modules = vm.sys_module.get_attr("modules", vm)?;
    let function = modules.get_item("numpy._printing", vm)?.get_attr(function, vm)?;
    let text = function.call((crate::ndarray::PyNdArray::object(array.clone(), vm),), vm)?;
    Ok(Some(text.str(vm)?.to_string_lossy().into_owned()))
}

/// Options of a dict of them.
pub(crate) fn options_of(dict: &PyDictRef, vm: &VirtualMachine) -> PyResult<PrintOptions> {
    let mut options = PrintOptions::default();
    let item = |name: &'static str| dict.get_item_opt(name, vm);
    let number = |object: PyObjectRef| crate::arguments::integer(&object, vm);
    if let Some(precision) = item("precision")?.filter(|given| !vm.is_none(given)) {
        options.set_precision(Some(number(precision)?)).raise(vm)?;
    }
    if let Some(threshold) = item("threshold")?.filter(|given| !vm.is_none(given)) {
        let threshold = threshold.try_float_opt(vm).transpose()?.map(|threshold| threshold.to_f64());
        options.set_threshold(threshold).raise(vm)?;
    }
    for (name, to) in [("edgeitems", &mut options.edgeitems), ("linewidth", &mut options.linewidth)] {
        if let Some(given) = item(name)?.filter(|given| !vm.is_none(given)) {
            // `inf` is a width, too.
            *to = match given.try_index_opt(vm) {
                Some(index) => usize::try_from(index?.try_to_primitive::<i64>(vm).unwrap_or(i64::MAX)).unwrap_or(0),
                None => given.try_float(vm)?.to_f64() as usize,
            };
        }
    }
    if let Some(suppress) = item("suppress")? {
        options.suppress = suppress.try_to_bool(vm)?;
    }
    for (name, to) in [("nanstr", &mut options.nanstr), ("infstr", &mut options.infstr)] {
        if let Some(text) = item(name)? {
            *to = text.str(vm)?.to_string_lossy().into_owned();
        }
    }
    if let Some(sign) = item("sign")?.filter(|given| !vm.is_none(given)) {
        options.sign = Sign::named(&sign.str(vm)?.to_string_lossy()).raise(vm)?;
    }
    if let Some(mode) = item("floatmode")?.filter(|given| !vm.is_none(given)) {
        options.floatmode = FloatMode::named(&mode.str(vm)?.to_string_lossy()).raise(vm)?;
    }
    Ok(options)
}

/// The options as Python sees them when nobody has set any.
pub(crate) fn defaults(vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let options = PrintOptions::default();
    let dict = vm.ctx.new_dict();
    let values: [(&str, PyObjectRef); 12] = [
        ("edgeitems", vm.ctx.new_int(options.edgeitems).into()),
        ("threshold", vm.ctx.new_int(options.threshold).into()),
        ("floatmode", vm.ctx.new_str(options.floatmode.name()).into()),
        ("precision", vm.ctx.new_int(options.precision).into()),
        ("suppress", vm.ctx.new_bool(options.suppress).into()),
        ("linewidth", vm.ctx.new_int(options.linewidth).into()),
        ("nanstr", vm.ctx.new_str(options.nanstr).into()),
        ("infstr", vm.ctx.new_str(options.infstr).into()),
        ("sign", vm.ctx.new_str(options.sign.name()).into()),
        ("formatter", vm.ctx.none()),
        ("legacy", vm.ctx.new_bool(false).into()),
        ("override_repr", vm.ctx.none()),
    ];
    for (name, value) in values {
        dict.set_item(name, value, vm)?;
    }
    Ok(dict)
}

/// Has arrays of this thread printed with other options.
pub(crate) fn set(options: PrintOptions) {
    OPTIONS.replace(options);
}

/// `_array2string`: with options of a dict.
pub(crate) fn array2string(
    array: &PyObjectRef,
    options: &PyDictRef,
    separator: &str,
    prefix: &str,
    vm: &VirtualMachine,
) -> PyResult<String> {
    let array = array_like::array(array, None, vm)?;
    let found = options_of(options, vm)?;
    let formatter = options.get_item_opt("formatter", vm)?.filter(|formatter| !vm.is_none(formatter));
    let Some(formatter) =
        formatter.map(|formatter| formatter_for(&formatter, array.dtype(), vm)).transpose()?.flatten()
    else {
        return Ok(format::array2string(&Printed(&array), &found, separator, prefix, ""));
    };
    let failed = RefCell::new(None);
    let word = |index: &[usize]| {
        let said = formatter.call((crate::scalar::object(array.get(index), vm),), vm).and_then(|text| text.str(vm));
        match said {
            Ok(text) => text.to_string_lossy().into_owned(),
            Err(error) => {
                failed.borrow_mut().get_or_insert(error);
                String::new()
            }
        }
    };
    let text = format::array2string_with(array.shape(), &found, separator, prefix, "", &word);
    failed.into_inner().map_or(Ok(text), Err)
}

/// The function for elements of this type, among those of a dict.
fn formatter_for(formatters: &PyObjectRef, dtype: DType, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    let names: &[&str] = match dtype {
        DType::Bool => &["bool", "all"],
        DType::U8 | DType::I32 | DType::I64 => &["int", "int_kind", "all"],
        DType::F32 | DType::F64 => &["float", "float_kind", "all"],
        DType::C128 => &["complexfloat", "complex_kind", "all"],
    };
    for name in names {
        let name = vm.ctx.new_str(*name);
        if let Ok(found) = formatters.get_item(&*name, vm)
            && !vm.is_none(&found)
        {
            return Ok(Some(found));
        }
    }
    Ok(None)
}

/// `_errstate`: what is done about each kind of trouble, as a dict.
pub(crate) fn treatments(vm: &VirtualMachine) -> PyResult<PyDictRef> {
    let dict = vm.ctx.new_dict();
    for (name, treatment) in KINDS.iter().zip(warnings::treatments()) {
        let said = Treatment::ALL.iter().find(|(known, _)| *known == treatment).map_or("warn", |(_, said)| said);
        dict.set_item(*name, vm.ctx.new_str(said).into(), vm)?;
    }
    Ok(dict)
}

const KINDS: [&str; 4] = ["divide", "over", "under", "invalid"];

/// Has other things done.
pub(crate) fn treat(dict: &PyDictRef, vm: &VirtualMachine) -> PyResult<()> {
    let mut treatments = warnings::treatments();
    for (name, to) in KINDS.iter().zip(&mut treatments) {
        if let Some(said) = dict.get_item_opt(*name, vm)? {
            let said = said.str(vm)?.to_string_lossy().into_owned();
            let Some((treatment, _)) = Treatment::ALL.iter().find(|(_, known)| *known == said) else {
                return Err(vm.new_value_error(format!("'{said}' is not a valid error handling mode")));
            };
            *to = *treatment;
        }
    }
    warnings::treat(treatments);
    Ok(())
}
