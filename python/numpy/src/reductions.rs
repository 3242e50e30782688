//! Reductions along axes, and what runs along one.

use parallel_lab_arrays::reduction::{self, Request};
use parallel_lab_arrays::statistics::{self, Found};
use parallel_lab_arrays::ufunc::Binary;
use parallel_lab_arrays::{Array, DType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{array_like, dtype, shapes, warnings};

/// What is asked of a reduction, as objects.
#[derive(Default)]
pub(crate) struct Asked {
    pub(crate) axis: Option<PyObjectRef>,
    pub(crate) dtype: Option<PyObjectRef>,
    pub(crate) out: Option<PyObjectRef>,
    pub(crate) keepdims: Option<PyObjectRef>,
    pub(crate) initial: Option<PyObjectRef>,
    pub(crate) mask: Option<PyObjectRef>,
}

/// `ufunc.reduce`
pub(crate) fn reduce(function: Binary, array: &Array, asked: Asked, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let axes = arguments::axes(asked.axis, vm)?;
    let out = PyNdArray::out_of(asked.out, vm)?;
    let initial = match arguments::given(asked.initial, vm) {
        None => None,
        Some(initial) => match array_like::element(&initial, vm)? {
            Some((value, _)) => Some(value),
            None => return Err(vm.new_type_error("initial must be a number")),
        },
    };
    let mask = mask(asked.mask, vm)?;
    let out_array = out.as_ref().map(|out| out.array().clone().writable(out.is_writable()));
    let request = Request {
        axes: axes.as_deref(),
        keeps_axes: arguments::is_true(asked.keepdims, vm)?,
        dtype: dtype::given(asked.dtype, vm)?,
        initial,
        mask: mask.as_ref(),
        out: out_array.as_ref(),
    };
    let (result, flags) = unlocked(array.size(), vm, || reduction::reduce(function, array, request)).raise(vm)?;
    warnings::warn(flags, "reduce", vm)?;
    Ok(out.map_or_else(|| array_like::returned(result, vm), Into::into))
}

/// `where=`; `True` is none.
pub(crate) fn mask(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Option<Array>> {
    match object.filter(|object| !object.is(&vm.ctx.true_value)) {
        None => Ok(None),
        Some(object) => array_like::array(&object, Some(DType::Bool), vm).map(Some),
    }
}

macro_rules! reductions {
    ($($name:ident $python:literal $function:ident [$($argument:literal $field:ident)*];)*) => {$(
        pub(crate) fn $name(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let mut bound = bind($python, [$($argument),*], args, vm)?.into_iter();
            let mut asked = Asked::default();
            $(asked.$field = bound.next().flatten();)*
            reduce(Binary::$function, array, asked, vm)
        }
    )*};
}

reductions! {
    sum "_sum" Add ["axis" axis "dtype" dtype "out" out "keepdims" keepdims "initial" initial "where" mask];
    prod "_prod" Multiply ["axis" axis "dtype" dtype "out" out "keepdims" keepdims "initial" initial "where" mask];
    max "_amax" Maximum ["axis" axis "out" out "keepdims" keepdims "initial" initial "where" mask];
    min "_amin" Minimum ["axis" axis "out" out "keepdims" keepdims "initial" initial "where" mask];
    any "_any" LogicalOr ["axis" axis "out" out "keepdims" keepdims "where" mask];
    all "_all" LogicalAnd ["axis" axis "out" out "keepdims" keepdims "where" mask];
}

pub(crate) fn trace(zelf: &PyRef<PyNdArray>, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [offset, first, second, kind, out] = bind("trace", ["offset", "axis1", "axis2", "dtype", "out"], args, vm)?;
    let [offset, first, second] = shapes::diagonal_arguments([offset, first, second], vm)?;
    let view = shapes::diagonal_of(zelf.array(), offset, first, second, vm)?;
    let last = vm.ctx.new_int(-1).into();
    reduce(Binary::Add, &view, Asked { axis: Some(last), dtype: kind, out, ..Asked::default() }, vm)
}

fn accumulate(
    name: &str,
    function: Binary,
    array: &Array,
    args: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let [axis, kind, out] = bind(name, ["axis", "dtype", "out"], args, vm)?;
    let (array, axis) = match arguments::given(axis, vm) {
        Some(axis) if array.axes() > 0 => (array.clone(), arguments::integer(&axis, vm)?),
        Some(axis) => (array.flat().raise(vm)?, arguments::integer(&axis, vm)?),
        None => (array.flat().raise(vm)?, 0),
    };
    accumulated(function, &array, axis, kind, out, vm)
}

/// `ufunc.accumulate`
pub(crate) fn accumulated(
    function: Binary,
    array: &Array,
    axis: i64,
    kind: Option<PyObjectRef>,
    out: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let kind = dtype::given(kind, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let into = out.as_ref().map(|out| out.array());
    let called = unlocked(array.size(), vm, || reduction::accumulate(function, array, axis, kind, into));
    let (result, flags) = called.raise(vm)?;
    warnings::warn(flags, "accumulate", vm)?;
    Ok(out.map_or_else(|| PyNdArray::object(result, vm), Into::into))
}

pub(crate) fn cumsum(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    accumulate("cumsum", Binary::Add, array, args, vm)
}

pub(crate) fn cumprod(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    accumulate("cumprod", Binary::Multiply, array, args, vm)
}

pub(crate) fn mean(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [axis, kind, out, keepdims, wanted] = bind("mean", ["axis", "dtype", "out", "keepdims", "where"], args, vm)?;
    let axes = arguments::axes(axis, vm)?;
    let mask = mask(wanted, vm)?;
    let request = Request {
        axes: axes.as_deref(),
        keeps_axes: arguments::is_true(keepdims, vm)?,
        dtype: dtype::given(kind, vm)?,
        mask: mask.as_ref(),
        ..Request::default()
    };
    let called = unlocked(array.size(), vm, || statistics::mean(array, request));
    let found = called.raise(vm)?;
    if found.is_of_nothing {
        warnings::runtime_warning("Mean of empty slice", vm)?;
    }
    told(found, out, vm)
}

/// A statistic with its warnings, where it is wanted.
fn told(found: Found, out: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let name = if found.array.axes() == 0 { "scalar divide" } else { "divide" };
    warnings::warn(found.of_mean, "divide", vm)?;
    warnings::warn(found.flags, name, vm)?;
    match PyNdArray::out_of(out, vm)? {
        Some(out) => {
            out.writable_array(vm)?.assign(&found.array).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(found.array, vm)),
    }
}

fn spread(name: &str, array: &Array, is_root: bool, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["axis", "dtype", "out", "ddof", "keepdims", "where", "mean", "correction"];
    let [axis, kind, out, ddof, keepdims, wanted, _, correction] = bind(name, names, args, vm)?;
    let axes = arguments::axes(axis, vm)?;
    let mask = mask(wanted, vm)?;
    let ddof = match arguments::given(ddof, vm).or_else(|| arguments::given(correction, vm)) {
        Some(ddof) => ddof.try_float(vm)?.to_f64(),
        None => 0.0,
    };
    let request = Request {
        axes: axes.as_deref(),
        keeps_axes: arguments::is_true(keepdims, vm)?,
        dtype: dtype::given(kind, vm)?,
        mask: mask.as_ref(),
        ..Request::default()
    };
    let called = unlocked(array.size(), vm, || statistics::variance(array, ddof, is_root, request));
    let found = called.raise(vm)?;
    if found.is_of_nothing {
        warnings::runtime_warning("Degrees of freedom <= 0 for slice", vm)?;
    }
    told(found, out, vm)
}

pub(crate) fn var(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    spread("var", array, false, args, vm)
}

pub(crate) fn std(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    spread("std", array, true, args, vm)
}
