//! Methods that work element by element and are no ufuncs.

use parallel_lab_arrays::dtype::Operand;
use parallel_lab_arrays::elementwise::{self, Target};
use parallel_lab_arrays::ufunc::{Binary, Unary};
use parallel_lab_arrays::{Array, DType, statistics};
use rustpython_vm::builtins::PyInt;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind};
use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::ufunc::{self, Options};

pub(crate) fn conjugate(zelf: &PyRef<PyNdArray>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    if array.dtype() != DType::C128 {
        return Ok(zelf.as_object().to_owned());
    }
    let operand = (array, Operand::Of(DType::C128));
    let called = unlocked(array.size(), vm, || elementwise::unary(Unary::Conjugate, operand, Target::default()));
    Ok(array_like::returned(called.raise(vm)?.0, vm))
}

pub(crate) fn clip(zelf: &PyRef<PyNdArray>, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let given = args.args.len();
    if given > 3 {
        let given = given + 1;
        return Err(vm.new_type_error(format!("_clip() takes from 1 to 4 positional arguments but {given} were given")));
    }
    let mut places = std::mem::take(&mut args.args).into_iter();
    let [least, most, out] = ["min", "max", "out"].map(|name| places.next().or_else(|| args.take_keyword(name)));
    let dtype = zelf.array().dtype();
    let least = bound(least, dtype, Side::Least, vm);
    let most = bound(most, dtype, Side::Most, vm);
    let x = zelf.as_object();
    let name = match (&least, &most) {
        (None, None) => "positive",
        (Some(_), None) => "maximum",
        (None, Some(_)) => "minimum",
        (Some(_), Some(_)) => "clip",
    };
    let asked = Options::take(&mut args, out, name, vm)?;
    match (least, most) {
        (None, None) => ufunc::unary(Unary::Positive, x, asked, vm),
        (Some(least), None) => ufunc::binary(Binary::Maximum, x, &least, asked, vm),
        (None, Some(most)) => ufunc::binary(Binary::Minimum, x, &most, asked, vm),
        (Some(least), Some(most)) => ufunc::clip(x, &least, &most, asked, vm),
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Least,
    Most,
}

/// A bound; a Python integer that no value of the type is beyond is none.
fn bound(object: Option<PyObjectRef>, dtype: DType, side: Side, vm: &VirtualMachine) -> Option<PyObjectRef> {
    let object = arguments::given(object, vm)?;
    let (lowest, highest) = match dtype {
        DType::U8 => (0, i64::from(u8::MAX)),
        DType::I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        DType::I64 => (i64::MIN, i64::MAX),
        DType::Bool | DType::F32 | DType::F64 | DType::C128 => return Some(object),
    };
    let is_beyond = object.downcast_ref_if_exact::<PyInt>(vm).is_some_and(|number| match side {
        Side::Least => *number.as_bigint() <= lowest.into(),
        Side::Most => *number.as_bigint() >= highest.into(),
    });
    Some(object).filter(|_| !is_beyond)
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
