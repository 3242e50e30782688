//! `+`, `==` and the like, of arrays and of single elements.

use parallel_lab_arrays::dtype::{Casting, Operand};
use parallel_lab_arrays::elementwise::{self, Target};
use parallel_lab_arrays::ufunc::{Binary, Unary};
use parallel_lab_arrays::{Array, DType, Scalar};
use rustpython_vm::builtins::{PyFloat, PyInt};
use rustpython_vm::function::{Either, PyComparisonValue};
use rustpython_vm::protocol::{PyNumber, PyNumberMethods};
use rustpython_vm::types::PyComparisonOp;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{products, scalar, warnings};

/// What arrays and elements do where Python writes an operator.
pub(crate) static NUMBER: PyNumberMethods = PyNumberMethods {
    add: Some(|a, b, vm| binary(Binary::Add, a, b, vm)),
    subtract: Some(|a, b, vm| binary(Binary::Subtract, a, b, vm)),
    multiply: Some(|a, b, vm| binary(Binary::Multiply, a, b, vm)),
    true_divide: Some(|a, b, vm| binary(Binary::Divide, a, b, vm)),
    floor_divide: Some(|a, b, vm| binary(Binary::FloorDivide, a, b, vm)),
    remainder: Some(|a, b, vm| binary(Binary::Remainder, a, b, vm)),
    divmod: Some(
        |a, b, vm| {
            if is_operand(a) && is_operand(b) { divmod(a, b, vm) } else { Ok(vm.ctx.not_implemented()) }
        },
    ),
    power: Some(|a, b, modulus, vm| if vm.is_none(modulus) { power(a, b, vm) } else { Ok(vm.ctx.not_implemented()) }),
    lshift: Some(|a, b, vm| binary(Binary::LeftShift, a, b, vm)),
    rshift: Some(|a, b, vm| binary(Binary::RightShift, a, b, vm)),
    and: Some(|a, b, vm| binary(Binary::BitwiseAnd, a, b, vm)),
    or: Some(|a, b, vm| binary(Binary::BitwiseOr, a, b, vm)),
    xor: Some(|a, b, vm| binary(Binary::BitwiseXor, a, b, vm)),
    matrix_multiply: Some(|a, b, vm| {
        if is_operand(a) && is_operand(b) { products::matmul(a, b, vm) } else { Ok(vm.ctx.not_implemented()) }
    }),
    negative: Some(|a, vm| unary(Unary::Negative, a, vm)),
    positive: Some(|a, vm| unary(Unary::Positive, a, vm)),
    absolute: Some(|a, vm| unary(Unary::Absolute, a, vm)),
    invert: Some(|a, vm| unary(Unary::Invert, a, vm)),
    inplace_add: Some(|a, b, vm| in_place(Binary::Add, a, b, vm)),
    inplace_subtract: Some(|a, b, vm| in_place(Binary::Subtract, a, b, vm)),
    inplace_multiply: Some(|a, b, vm| in_place(Binary::Multiply, a, b, vm)),
    inplace_true_divide: Some(|a, b, vm| in_place(Binary::Divide, a, b, vm)),
    inplace_floor_divide: Some(|a, b, vm| in_place(Binary::FloorDivide, a, b, vm)),
    inplace_remainder: Some(|a, b, vm| in_place(Binary::Remainder, a, b, vm)),
    inplace_power: Some(|a, b, _, vm| in_place(Binary::Power, a, b, vm)),
    inplace_lshift: Some(|a, b, vm| in_place(Binary::LeftShift, a, b, vm)),
    inplace_rshift: Some(|a, b, vm| in_place(Binary::RightShift, a, b, vm)),
    inplace_and: Some(|a, b, vm| in_place(Binary::BitwiseAnd, a, b, vm)),
    inplace_or: Some(|a, b, vm| in_place(Binary::BitwiseOr, a, b, vm)),
    inplace_xor: Some(|a, b, vm| in_place(Binary::BitwiseXor, a, b, vm)),
    inplace_matrix_multiply: Some(multiply_matrix_in_place),
    boolean: Some(truth),
    int: Some(|a, vm| {
        let value = single(a.obj, vm)?;
        vm.ctx.types.int_type.as_object().call((array_like::python_number(value, vm),), vm)
    }),
    float: Some(|a, vm| {
        let value = single(a.obj, vm)?;
        vm.ctx.types.float_type.as_object().call((array_like::python_number(value, vm),), vm)
    }),
    index: Some(|a, vm| match single(a.obj, vm) {
        Ok(value) if value.dtype().is_integer() && value.dtype() != DType::Bool => {
            Ok(array_like::python_number(value, vm))
        }
        Ok(value) if scalar::value_of(a.obj, vm).is_some() => {
            Err(vm.new_type_error(format!("'numpy.{}' object cannot be interpreted as an integer", value.dtype())))
        }
        _ => Err(vm.new_type_error("only integer scalar arrays can be converted to a scalar index")),
    }),
    ..PyNumberMethods::NOT_IMPLEMENTED
};

/// Whether it is anything that arrays calculate with.
fn is_operand(object: &PyObject) -> bool {
    object.downcast_ref::<PyNdArray>().is_some()
        || object.downcast_ref::<PyFloat>().is_some()
        || object.downcast_ref::<PyInt>().is_some()
        || object.downcast_ref::<rustpython_vm::builtins::PyComplex>().is_some()
        || object.downcast_ref::<rustpython_vm::builtins::PyList>().is_some()
        || object.downcast_ref::<rustpython_vm::builtins::PyTuple>().is_some()
        || object.downcast_ref::<rustpython_vm::builtins::PyRange>().is_some()
        || scalar::is_plain(object)
}

/// `[0] * np.int64(3)` is a list three times as long.
fn repeats(sequence: &PyObject, count: &PyObject, vm: &VirtualMachine) -> bool {
    crate::arguments::sequence(sequence).is_some() && scalar::value_of(count, vm).is_some()
}

fn binary(function: Binary, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    if !is_operand(a) || !is_operand(b) || (function == Binary::Multiply && (repeats(a, b, vm) || repeats(b, a, vm))) {
        return Ok(vm.ctx.not_implemented());
    }
    call_binary(function, a, b, vm)
}

/// A function of two operands; of two single elements, a single one.
pub(crate) fn call_binary(function: Binary, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    call_binary_as(function, a, b, true, vm)
}

/// Quotient, rounded down, and remainder.
pub(crate) fn divmod(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (x, y) = (array_like::operand(a, vm)?, array_like::operand(b, vm)?);
    let found = Binary::FloorDivide.resolve(x.1, y.1);
    found.map_err(|error| error.of_function("divmod", &["floor_divide"])).raise(vm)?;
    let quotient = call_binary(Binary::FloorDivide, a, b, vm)?;
    let remainder = call_binary(Binary::Remainder, a, b, vm)?;
    Ok(vm.new_tuple((quotient, remainder)).into())
}

/// The same; a warning about single elements says so where an operator was written.
pub(crate) fn call_binary_as(
    function: Binary,
    a: &PyObject,
    b: &PyObject,
    is_operator: bool,
    vm: &VirtualMachine,
) -> PyResult {
    if let Some(result) = of_floats(function, a, b, vm) {
        return result;
    }
    let (x, y) = (array_like::operand(a, vm)?, array_like::operand(b, vm)?);
    check_numbers(x.1, (&y.0, y.1), vm)?;
    check_numbers(y.1, (&x.0, x.1), vm)?;
    let is_single = is_operator && x.0.axes() == 0 && y.0.axes() == 0;
    let size = x.0.size().max(y.0.size());
    let called = unlocked(size, vm, || elementwise::binary(function, (&x.0, x.1), (&y.0, y.1), Target::default()));
    let (result, flags) = called.raise(vm)?;
    let flags = if is_single { flags | lost(function, &x.0, &y.0, &result) } else { flags };
    if !flags.is_empty() {
        let name = if is_single { format!("scalar {}", function.name()) } else { function.name().to_owned() };
        warnings::warn(flags, &name, vm)?;
    }
    Ok(array_like::returned(result, vm))
}

/// Of single whole numbers, NumPy tells when the result does not fit its type.
fn lost(function: Binary, x: &Array, y: &Array, result: &Array) -> parallel_lab_arrays::ufunc::Flags {
    let whole = |array: &Array| match scalar::cast(array.get(&[]), DType::I64) {
        Scalar::I64(value) => i128::from(value),
        _ => 0,
    };
    let is_whole = result.dtype().is_integer() && result.dtype() != DType::Bool;
    let exact = match function {
        Binary::Add if is_whole => whole(x).checked_add(whole(y)),
        Binary::Subtract if is_whole => whole(x).checked_sub(whole(y)),
        Binary::Multiply if is_whole => whole(x).checked_mul(whole(y)),
        _ => return parallel_lab_arrays::ufunc::Flags::default(),
    };
    parallel_lab_arrays::ufunc::Flags { overflow: exact != Some(whole(result)), ..Default::default() }
}

/// The most frequent case, two single floats, without arrays around them; nothing where something is to be warned of.
fn of_floats(function: Binary, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> Option<PyResult> {
    let (a, b) = (a.downcast_ref::<PyFloat>()?.to_f64(), b.downcast_ref::<PyFloat>()?.to_f64());
    let result = match function {
        Binary::Add => a + b,
        Binary::Subtract => a - b,
        Binary::Multiply => a * b,
        Binary::Divide => a / b,
        _ => return None,
    };
    result.is_finite().then(|| Ok(scalar::object(Scalar::F64(result), vm)))
}

/// A Python integer must be one of the values of the type that it is combined with.
pub(crate) fn check_numbers(operand: Operand, (number, other): (&Array, Operand), vm: &VirtualMachine) -> PyResult<()> {
    match (operand, other) {
        (Operand::Of(dtype), Operand::Int) if dtype != DType::Bool => {
            array_like::check_fits(number.get(&[]), dtype, vm)
        }
        _ => Ok(()),
    }
}

fn in_place(function: Binary, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let Some(into) = a.downcast_ref::<PyNdArray>().filter(|_| is_operand(b)) else {
        return if function == Binary::Power { power(a, b, vm) } else { binary(function, a, b, vm) };
    };
    if !into.is_writable() {
        return Err(vm.new_value_error("output array is read-only"));
    }
    let out = into.array().clone();
    let x = (&out, Operand::Of(out.dtype()));
    let y = array_like::operand(b, vm)?;
    check_numbers(x.1, (&y.0, y.1), vm)?;
    let target = Target { out: Some(&out), ..Target::default() };
    let simple = (function == Binary::Power).then(|| simple_power(out.dtype(), y.1, &y.0)).flatten();
    let called = unlocked(out.size(), vm, || match simple {
        Some(function) => elementwise::unary(function, x, target),
        None => elementwise::binary(function, x, (&y.0, y.1), target),
    });
    let (_, flags) = called.raise(vm)?;
    warnings::warn(flags, simple.map_or(function.name(), Unary::name), vm)?;
    Ok(a.to_owned())
}

/// `a @= b`
fn multiply_matrix_in_place(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    if !is_operand(a) || !is_operand(b) {
        return Ok(vm.ctx.not_implemented());
    }
    let Some(into) = a.downcast_ref::<PyNdArray>() else { return products::matmul(a, b, vm) };
    if into.array().axes() < 1 || array_like::operand(b, vm)?.0.axes() < 2 {
        return Err(vm.new_value_error(
            "inplace matrix multiplication requires the first operand to have at least one and the second at least \
             two dimensions.",
        ));
    }
    let product = array_like::array(&*products::matmul(a, b, vm)?, None, vm)?;
    crate::conversions::check_casting(product.dtype(), into.array().dtype(), Casting::SameKind, vm)?;
    if product.shape() != into.array().shape() {
        return Err(vm.new_value_error("the product has not the shape of the first operand"));
    }
    into.writable_array(vm)?.assign(&product).raise(vm)?;
    Ok(a.to_owned())
}

/// `a ** 2` is `np.square(a)`, and so on.
fn power(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    if let (Some(array), true) = (a.downcast_ref::<PyNdArray>(), is_operand(b))
        && let Some((value, operand @ (Operand::Int | Operand::Float))) = array_like::element(b, vm)?
    {
        let number = Array::from_scalar(value).raise(vm)?;
        if let Some(function) = simple_power(array.array().dtype(), operand, &number) {
            return unary(function, a.number(), vm);
        }
    }
    binary(Binary::Power, a, b, vm)
}

/// The function that is a power with this exponent, if there is one with the same type of results.
fn simple_power(dtype: DType, exponent: Operand, number: &Array) -> Option<Unary> {
    let is_exact = dtype.is_integer();
    let exponent = match (number.get(&[]), exponent) {
        (Scalar::I64(exponent), Operand::Int) => exponent as f64,
        (Scalar::F64(exponent), Operand::Float) if !is_exact => exponent,
        _ => return None,
    };
    match exponent {
        2.0 => Some(Unary::Square),
        1.0 if dtype != DType::Bool => Some(Unary::Positive),
        -1.0 if !is_exact => Some(Unary::Reciprocal),
        0.5 if !is_exact => Some(Unary::Sqrt),
        _ => None,
    }
}

fn unary(function: Unary, a: PyNumber<'_>, vm: &VirtualMachine) -> PyResult {
    let (x, operand) = array_like::operand(a.obj, vm)?;
    let called = unlocked(x.size(), vm, || elementwise::unary(function, (&x, operand), Target::default()));
    let (result, flags) = called.raise(vm)?;
    if x.axes() == 0 && negative_is_lost(function, &x) {
        let flags = flags | parallel_lab_arrays::ufunc::Flags { overflow: true, ..Default::default() };
        warnings::warn(flags, &format!("scalar {}", function.name()), vm)?;
    } else {
        warnings::warn(flags, function.name(), vm)?;
    }
    Ok(array_like::returned(result, vm))
}

/// Whether a whole number has no negative of its type.
fn negative_is_lost(function: Unary, x: &Array) -> bool {
    match (function, x.get(&[])) {
        (Unary::Negative, Scalar::U8(value)) => value != 0,
        (Unary::Negative | Unary::Absolute, Scalar::I32(value)) => value == i32::MIN,
        (Unary::Negative | Unary::Absolute, Scalar::I64(value)) => value == i64::MIN,
        _ => false,
    }
}

fn truth(a: PyNumber<'_>, vm: &VirtualMachine) -> PyResult<bool> {
    let (array, _) = array_like::operand(a.obj, vm)?;
    match array.size() {
        1 => {
            let index = vec![0; array.axes()];
            Ok(matches!(scalar::cast(array.get(&index), DType::Bool), Scalar::Bool(true)))
        }
        0 => Err(vm.new_value_error(
            "The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.",
        )),
        _ => Err(vm.new_value_error(
            "The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()",
        )),
    }
}

/// The one element of an array without axes.
fn single(object: &PyObject, vm: &VirtualMachine) -> PyResult<Scalar> {
    let (array, _) = array_like::operand(object, vm)?;
    if array.axes() > 0 {
        return Err(vm.new_type_error("only 0-dimensional arrays can be converted to Python scalars"));
    }
    Ok(array.get(&[]))
}

/// `==`, `<` and so on: an array of `bool`.
pub(crate) fn compare(
    a: &PyObject,
    b: &PyObject,
    op: PyComparisonOp,
    vm: &VirtualMachine,
) -> PyResult<Either<PyObjectRef, PyComparisonValue>> {
    let function = match op {
        PyComparisonOp::Eq => Binary::Equal,
        PyComparisonOp::Ne => Binary::NotEqual,
        PyComparisonOp::Lt => Binary::Less,
        PyComparisonOp::Le => Binary::LessEqual,
        PyComparisonOp::Gt => Binary::Greater,
        PyComparisonOp::Ge => Binary::GreaterEqual,
    };
    if (vm.is_none(b) || b.downcast_ref::<rustpython_vm::builtins::PyStr>().is_some())
        && let (Some(array), Binary::Equal | Binary::NotEqual) = (a.downcast_ref::<PyNdArray>(), function)
    {
        let same = Array::zeros(DType::Bool, array.array().shape()).raise(vm)?;
        same.fill(Scalar::Bool(function == Binary::NotEqual));
        return Ok(Either::A(array_like::returned(same, vm)));
    }
    if !is_operand(b) {
        return Ok(Either::B(PyComparisonValue::NotImplemented));
    }
    if let (Some(x), Some(y)) = (a.downcast_ref::<PyFloat>(), b.downcast_ref::<PyFloat>()) {
        let is_so = op.eval_ord_or_unordered(x.to_f64().partial_cmp(&y.to_f64()));
        return Ok(Either::A(scalar::object(Scalar::Bool(is_so), vm)));
    }
    compared(function, a, b, vm).map(Either::A)
}

pub(crate) fn compared(function: Binary, a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (x, y) = (array_like::operand(a, vm)?, array_like::operand(b, vm)?);
    let (x_as, y_as) = (open(x.1, y.1), open(y.1, x.1));
    let size = x.0.size().max(y.0.size());
    let called = unlocked(size, vm, || elementwise::binary(function, (&x.0, x_as), (&y.0, y_as), Target::default()));
    let (result, _) = called.raise(vm)?;
    Ok(array_like::returned(result, vm))
}

/// A Python number may be outside of the type that it is compared with: it is compared as what it is.
pub(crate) fn open(operand: Operand, other: Operand) -> Operand {
    match (operand, other) {
        (Operand::Int, Operand::Of(DType::U8 | DType::I32)) => Operand::Of(DType::I64),
        _ => operand,
    }
}

trait Ordered {
    fn eval_ord_or_unordered(self, order: Option<std::cmp::Ordering>) -> bool;
}

impl Ordered for PyComparisonOp {
    fn eval_ord_or_unordered(self, order: Option<std::cmp::Ordering>) -> bool {
        match order {
            Some(order) => self.eval_ord(order),
            // What is not a number is unlike all.
            None => self == Self::Ne,
        }
    }
}
