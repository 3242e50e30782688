//! What arguments of random functions mean, and NumPy's words for those that mean nothing.

use malachite_bigint::BigInt;
use num_traits::{Signed, ToPrimitive};
use parallel_lab_arrays::random::Constraint;
use parallel_lab_arrays::{Array, DType, shape};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyBool, PyFloat, PyInt, PyStr};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::{arguments, array_like};

/// Arguments by their names. The first `required` have to be given; those after `positional` are given by name only.
pub(super) fn bind_only<const N: usize>(
    function: &str,
    names: [&str; N],
    (required, positional): (usize, usize),
    args: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<[Option<PyObjectRef>; N]> {
    let FuncArgs { args, kwargs } = args;
    let given = args.len();
    let wrong_count = |count: usize, which: &str| {
        let which = if required == positional { "exactly" } else { which };
        let plural = if count == 1 { "" } else { "s" };
        vm.new_type_error(format!("{function}() takes {which} {count} positional argument{plural} ({given} given)"))
    };
    if given > positional {
        return Err(wrong_count(positional, "at most"));
    }
    let mut bound = [const { None }; N];
    for (to, argument) in bound.iter_mut().zip(args) {
        *to = Some(argument);
    }
    for (name, value) in kwargs {
        let name = name.to_string();
        let Some(at) = names.iter().position(|known| **known == *name) else {
            return Err(vm.new_type_error(format!("{function}() got an unexpected keyword argument '{name}'")));
        };
        if bound[at].replace(value).is_some() {
            return Err(vm.new_type_error(format!("{function}() got multiple values for keyword argument '{name}'")));
        }
    }
    if bound[..required].iter().any(Option::is_none) {
        return Err(wrong_count(required, "at least"));
    }
    Ok(bound)
}

/// The same, where all may be given by position.
pub(super) fn bind<const N: usize>(
    function: &str,
    names: [&str; N],
    required: usize,
    args: FuncArgs,
    vm: &VirtualMachine,
) -> PyResult<[Option<PyObjectRef>; N]> {
    bind_only(function, names, (required, N), args, vm)
}

/// `size=`: nothing for a lone number.
pub(super) fn size(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Option<Vec<usize>>> {
    let Some(object) = arguments::given(object, vm) else { return Ok(None) };
    if object.downcast_ref::<PyFloat>().is_some() || object.downcast_ref::<PyBool>().is_some() {
        let text = object.repr(vm)?;
        let text = text.to_string_lossy();
        return Err(vm.new_type_error(format!("expected a sequence of integers or a single integer, got '{text}'")));
    }
    match object.downcast_ref::<PyNdArray>().map(|array| array.array()) {
        Some(array) if array.axes() > 0 => arguments::shape(&*array_like::to_list(array, vm)?, vm).map(Some),
        _ => arguments::shape(&object, vm).map(Some),
    }
}

/// A parameter of a distribution: a number, or an array of them.
pub(super) struct Parameter {
    name: &'static str,
    constraint: Constraint,
    pub(super) values: Array,
}

impl Parameter {
    /// One that was given, or the default.
    pub(super) fn new(
        (name, constraint): (&'static str, Constraint),
        given: Option<PyObjectRef>,
        default: f64,
        vm: &VirtualMachine,
    ) -> PyResult<Self> {
        let values = match given {
            Some(given) => reals(&given, vm)?,
            None => Array::from_row(&[default], &[]).raise(vm)?,
        };
        Ok(Self { name, constraint, values })
    }

    /// Checks an array's values.
    pub(super) fn check(&self, vm: &VirtualMachine) -> PyResult<()> {
        if self.constraint == Constraint::None {
            return Ok(());
        }
        let values = self.values.to_row::<f64>().raise(vm)?;
        self.constraint.check_all(&values, self.name).raise(vm)
    }

    /// The value, if it is a lone one.
    pub(super) fn lone(&self) -> Option<f64> {
        let mut value = None;
        if self.values.axes() == 0 {
            self.values.each_value(&mut |only| value = Some(<f64 as parallel_lab_arrays::cells::Element>::of(only)));
        }
        value
    }
}

/// Real numbers, as `float()` would have them.
pub(super) fn reals(object: &PyObject, vm: &VirtualMachine) -> PyResult<Array> {
    if vm.is_none(object) {
        return Err(vm.new_type_error("must be real number, not NoneType"));
    }
    if object.downcast_ref::<PyInt>().is_some() || object.downcast_ref::<PyStr>().is_some() {
        let float = vm.ctx.types.float_type.as_object().call((object.to_owned(),), vm)?;
        let value = float.try_float(vm)?.to_f64();
        if object.downcast_ref::<PyStr>().is_some() {
            return Err(vm.new_type_error("must be real number, not str"));
        }
        return Array::from_row(&[value], &[]).raise(vm);
    }
    let array = array_like::array(object, None, vm)?;
    match array.dtype() {
        DType::C128 => Err(vm.new_type_error("float() argument must be a string or a real number, not 'complex'")),
        DType::F64 => Ok(array),
        _ => array.converted(DType::F64, parallel_lab_arrays::Order::RowMajor).raise(vm),
    }
}

/// A whole number as `int()` makes it of an object; what is beyond 128 bits is at their end.
pub(super) fn whole(object: &PyObject, vm: &VirtualMachine) -> PyResult<i128> {
    let int = vm.ctx.types.int_type.as_object().call((object.to_owned(),), vm)?;
    let int = int.try_index(vm)?;
    Ok(clamped(int.as_bigint()))
}

fn clamped(int: &BigInt) -> i128 {
    int.to_i128().unwrap_or(if int.is_negative() { i128::MIN } else { i128::MAX })
}

/// An index as a number of 128 bits, if the object is one.
pub(super) fn index_opt(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<i128>> {
    match object.try_index_opt(vm) {
        Some(Ok(index)) => Ok(Some(clamped(index.as_bigint()))),
        // Scalars and arrays can be indices, but those of real numbers are none.
        Some(Err(error)) if !error.fast_isinstance(vm.ctx.exceptions.type_error) => Err(error),
        Some(Err(_)) | None => Ok(None),
    }
}

/// The shape of arrays together. `size` is the place of the shape that was asked for among them, if any was:
/// the others have to fit it, and not it them.
pub(super) fn broadcast(shapes: &[&[usize]], size: Option<usize>, vm: &VirtualMachine) -> PyResult<Vec<usize>> {
    let axes = shapes.iter().map(|shape| shape.len()).max().unwrap_or_default();
    let mut all = vec![1; axes];
    for (at, to) in all.iter_mut().enumerate() {
        let mut source = 0;
        for (place, shape) in shapes.iter().enumerate() {
            let length = (at + shape.len()).checked_sub(axes).and_then(|at| shape.get(at)).copied().unwrap_or(1);
            match (*to, length) {
                (_, 1) => {}
                (1, _) => (*to, source) = (length, place),
                (known, _) if known == length => {}
                _ => return Err(mismatch(shapes, source, place, vm)),
            }
        }
    }
    let asked = size.and_then(|size| shapes.get(size));
    if let Some(asked) = asked.filter(|asked| ***asked != all[..]) {
        let (asked, inputs) = (shape::tuple(asked), shape::tuple(&all));
        return Err(vm.new_value_error(format!(
            "Output size {asked} is not compatible with broadcast dimensions of inputs {inputs}."
        )));
    }
    Ok(all)
}

fn mismatch(shapes: &[&[usize]], first: usize, second: usize, vm: &VirtualMachine) -> PyBaseExceptionRef {
    let (one, other) = (shape::tuple(shapes[first]), shape::tuple(shapes[second]));
    vm.new_value_error(format!(
        "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {first} with shape \
         {one} and arg {second} with shape {other}."
    ))
}
