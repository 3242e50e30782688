//! Methods that work element by element and are no ufuncs.

use parallel_lab_arrays::dtype::Operand;
use parallel_lab_arrays::elementwise::{self, Target};
use parallel_lab_arrays::ufunc::{Binary, Unary};
use parallel_lab_arrays::{Array, DType, statistics};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{array_like, operators};

pub(crate) fn conjugate(zelf: &PyRef<PyNdArray>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    if array.dtype() != DType::C128 {
        return Ok(zelf.as_object().to_owned());
    }
    let operand = (array, Operand::Of(DType::C128));
    let called = unlocked(array.size(), vm, || elementwise::unary(Unary::Conjugate, operand, Target::default()));
    Ok(array_like::returned(called.raise(vm)?.0, vm))
}

pub(crate) fn clip(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [least, most, out, _] = bind("clip", ["min", "max", "out", "where"], args, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let mut clipped = (array.clone(), Operand::Of(array.dtype()));
    for (bound, function) in [(least, Binary::Maximum), (most, Binary::Minimum)] {
        let Some(bound) = arguments::given(bound, vm) else { continue };
        let bound = array_like::operand(&bound, vm)?;
        operators::check_numbers(clipped.1, (&bound.0, bound.1), vm)?;
        let size = clipped.0.size();
        let called = unlocked(size, vm, || {
            elementwise::binary(function, (&clipped.0, clipped.1), (&bound.0, bound.1), Target::default())
        });
        let (result, _) = called.raise(vm)?;
        clipped = (result.clone(), Operand::Of(result.dtype()));
    }
    match out {
        Some(out) => {
            out.writable_array(vm)?.assign(&clipped.0).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(clipped.0, vm)),
    }
}

pub(crate) fn round(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [decimals, out] = bind("round", ["decimals", "out"], args, vm)?;
    let decimals = decimals.map_or(Ok(0), |decimals| arguments::integer(&decimals, vm))?;
    let out = PyNdArray::out_of(out, vm)?;
    let rounded = unlocked(array.size(), vm, || statistics::round(array, decimals)).raise(vm)?;
    match out {
        Some(out) => {
            out.writable_array(vm)?.assign(&rounded).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(rounded, vm)),
    }
}
