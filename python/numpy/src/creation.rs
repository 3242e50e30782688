//! New arrays.

use parallel_lab_arrays::dtype::Operand;
use parallel_lab_arrays::{Array, Complex64, DType, Order, Scalar, shape};
use rustpython_vm::builtins::{PyBytes, PyStr};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind, required};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{array_like, dtype, indexing, scalar};

/// An array of zeros.
pub(crate) fn zeros_of(
    lengths: &PyObject,
    kind: Option<PyObjectRef>,
    order: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    Ok(PyNdArray::object(zeros(lengths, kind, order, vm)?, vm))
}

fn zeros(
    lengths: &PyObject,
    kind: Option<PyObjectRef>,
    order: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<Array> {
    let shape = arguments::shape(lengths, vm)?;
    let kind = dtype::given(kind, vm)?.unwrap_or(DType::F64);
    match arguments::order(order, vm)? {
        Some(Order::ColumnMajor) => {
            let axes: Vec<usize> = (0..shape.len()).rev().collect();
            Array::nested(kind, &shape, &axes).raise(vm)
        }
        _ => Array::zeros(kind, &shape).raise(vm),
    }
}

pub(crate) fn empty(name: &str, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [shape, kind, order, _, _] = bind(name, ["shape", "dtype", "order", "device", "like"], args, vm)?;
    zeros_of(&*required(shape, name, "shape", 1, vm)?, kind, order, vm)
}

pub(crate) fn ones(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [shape, kind, order, _, _] = bind("ones", ["shape", "dtype", "order", "device", "like"], args, vm)?;
    let array = zeros(&*required(shape, "ones", "shape", 1, vm)?, kind, order, vm)?;
    array.fill(Scalar::I64(1));
    Ok(PyNdArray::object(array, vm))
}

pub(crate) fn full(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["shape", "fill_value", "dtype", "order", "device", "like"];
    let [shape, value, kind, order, _, _] = bind("full", names, args, vm)?;
    let shape = required(shape, "full", "shape", 1, vm)?;
    let value = required(value, "full", "fill_value", 2, vm)?;
    let values = array_like::array(&value, None, vm)?;
    let kind = arguments::given(kind, vm).unwrap_or_else(|| dtype::object(values.dtype(), vm));
    let array = zeros(&*shape, Some(kind), order, vm)?;
    // Fractions are cast, as an array's are.
    let value = if values.dtype() == DType::F64 { PyNdArray::object(values, vm) } else { value };
    indexing::assign(&array, &value, vm)?;
    Ok(PyNdArray::object(array, vm))
}

pub(crate) fn array(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["object", "dtype", "copy", "order", "subok", "ndmin", "like"];
    let [object, kind, copy, order, _, least_axes, _] = bind("array", names, args, vm)?;
    let object = required(object, "array", "object", 1, vm)?;
    let copies =
        copy.clone().map_or(Ok(true), |copy| if vm.is_none(&copy) { Ok(false) } else { copy.try_to_bool(vm) })?;
    let made = made(&object, kind, copies, order, vm)?;
    let Some(least) = arguments::given(least_axes, vm) else { return Ok(made) };
    let least = arguments::integer(&least, vm)?.max(0) as usize;
    if least > shape::MOST_AXES {
        return Err(vm.new_value_error(format!("ndmin must be <= ndmax ({})", shape::MOST_AXES)));
    }
    with_axes(made, least, vm)
}

fn with_axes(made: PyObjectRef, least: usize, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let Some(array) = made.downcast_ref::<PyNdArray>().map(|array| array.array()) else { return Ok(made) };
    let missing = least.saturating_sub(array.axes());
    if missing == 0 {
        return Ok(made);
    }
    let shape: Vec<usize> = std::iter::repeat_n(1, missing).chain(array.shape().iter().copied()).collect();
    let view = array.reshaped(&shape).unwrap_or_else(|| array.clone());
    Ok(PyNdArray::view(view, &made, vm))
}

pub(crate) fn asarray(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["a", "dtype", "order", "device", "copy", "like"];
    let [object, kind, order, _, copy, _] = bind("asarray", names, args, vm)?;
    let object = required(object, "asarray", "a", 1, vm)?;
    let copies = arguments::given(copy, vm).map_or(Ok(false), |copy| copy.try_to_bool(vm))?;
    made(&object, kind, copies, order, vm)
}

fn made(
    object: &PyObjectRef,
    kind: Option<PyObjectRef>,
    copies: bool,
    order: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let kind = dtype::given(kind, vm)?;
    let order = arguments::order(order, vm)?;
    let Some(known) = object.downcast_ref::<PyNdArray>() else {
        let array = array_like::array(object, kind, vm)?;
        let array = if order == Some(Order::ColumnMajor) { array.copy(Order::ColumnMajor).raise(vm)? } else { array };
        return Ok(PyNdArray::object(array, vm));
    };
    let array = known.array();
    let lies_so = match order {
        Some(Order::RowMajor) => array.is_row_major(),
        Some(Order::ColumnMajor) => array.is_column_major(),
        _ => true,
    };
    if !copies && lies_so && kind.is_none_or(|kind| kind == array.dtype()) {
        return Ok(object.clone());
    }
    let (kind, order) = (kind.unwrap_or(array.dtype()), order.unwrap_or(Order::Keep));
    if array.dtype() == DType::C128 && kind != DType::C128 && kind != DType::Bool {
        crate::warnings::complex_warning(vm)?;
    }
    Ok(PyNdArray::object(array_like::cast(array, kind, order, vm)?, vm))
}

pub(crate) fn arange(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["start", "stop", "step", "dtype", "device", "like"];
    let [start, stop, step, kind, _, _] = bind("arange", names, args, vm)?;
    let (start, stop) = match (start, arguments::given(stop, vm)) {
        (Some(stop), None) => (None, stop),
        (start, Some(stop)) => (start, stop),
        (None, None) => return Err(vm.new_type_error("arange() requires stop to be specified.")),
    };
    let number = |object: Option<PyObjectRef>, default: i64| match arguments::given(object, vm) {
        None => Ok((Scalar::I64(default), Operand::Int)),
        Some(object) => array_like::element(&object, vm)?
            .or_else(|| {
                object
                    .downcast_ref::<PyNdArray>()
                    .filter(|array| array.array().axes() == 0)
                    .map(|array| (array.array().get(&[]), Operand::Of(array.array().dtype())))
            })
            .ok_or_else(|| vm.new_type_error("arange() takes numbers")),
    };
    let (start, stop, step) = (number(start, 0)?, number(Some(stop), 0)?, number(step, 1)?);
    let found = start.1.with(stop.1).with(step.1).default_dtype();
    let kind = dtype::given(kind, vm)?.unwrap_or(if found == DType::Bool { DType::I64 } else { found });
    let (count, first, second) = if found.is_integer() {
        let whole = |(value, _): (Scalar, Operand)| match scalar::cast(value, DType::I64) {
            Scalar::I64(value) => value,
            _ => 0,
        };
        let (start, step) = (whole(start), whole(step));
        let count = whole_count(start, whole(stop), step, vm)?;
        (count, (Scalar::I64(start), Operand::Int), (Scalar::I64(start.wrapping_add(step)), Operand::Int))
    } else {
        let number = |(value, _): (Scalar, Operand)| scalar::as_complex(value);
        let (start, step) = (number(start), number(step));
        let count = count(start, number(stop), step, found == DType::C128, vm)?;
        let typed = |value: Complex64| match found {
            DType::C128 => (Scalar::C128(value), Operand::Complex),
            _ => (Scalar::F64(value.re), Operand::Float),
        };
        (count, typed(start), typed(start + step))
    };
    if kind == DType::Bool && count > 2 {
        return Err(vm.new_type_error("arange() is only supported for booleans when the result has at most length 2."));
    }
    let array = Array::zeros(kind, &[count]).raise(vm)?;
    let mut firsts = [scalar::cast(Scalar::I64(0), kind); 2];
    for (at, (value, operand)) in [first, second].into_iter().enumerate().take(count) {
        scalar::check_python(value, operand, kind, &array_like::python_number(value, vm), vm)?;
        firsts[at] = scalar::cast(value, kind);
    }
    fill_range(&array, firsts);
    Ok(PyNdArray::object(array, vm))
}

fn whole_count(start: i64, stop: i64, step: i64, vm: &VirtualMachine) -> PyResult<usize> {
    if step == 0 {
        return Err(vm.new_zero_division_error("division by zero"));
    }
    let span = if step > 0 { i128::from(stop) - i128::from(start) } else { i128::from(start) - i128::from(stop) };
    let count = if span <= 0 { 0 } else { (span - 1) / i128::from(step.unsigned_abs()) + 1 };
    usize::try_from(count).map_err(|_| vm.new_value_error("Maximum allowed size exceeded"))
}

/// Of complex numbers, the part that ends first counts.
fn count(start: Complex64, stop: Complex64, step: Complex64, is_complex: bool, vm: &VirtualMachine) -> PyResult<usize> {
    if step == Complex64::default() {
        return Err(vm.new_zero_division_error("float division by zero"));
    }
    // Division by a complex number rounds more often.
    let steps = if step.im == 0.0 { (stop - start) / step.re } else { (stop - start) / step };
    let count = if is_complex { steps.re.ceil().min(steps.im.ceil()) } else { steps.re.ceil() };
    if count.is_nan() {
        return Err(vm.new_value_error("arange: cannot compute length"));
    }
    if count >= 1e15 {
        return Err(vm.new_value_error("Maximum allowed size exceeded"));
    }
    Ok(count.max(0.0) as usize)
}

/// As NumPy does it: from the first two, by their difference, in the array's own type.
fn fill_range(array: &Array, [first, second]: [Scalar; 2]) {
    match (first, second) {
        (Scalar::F32(first), Scalar::F32(second)) => {
            let step = second - first;
            fill_by(array, |at| Scalar::F32(first + at as f32 * step));
        }
        (Scalar::F64(first), Scalar::F64(second)) => {
            let step = second - first;
            fill_by(array, |at| Scalar::F64(first + at as f64 * step));
        }
        (Scalar::C128(first), Scalar::C128(second)) => {
            let step = second - first;
            fill_by(array, |at| Scalar::C128(first + step * at as f64));
        }
        (first, second) => {
            let whole = |value| match scalar::cast(value, DType::I64) {
                Scalar::I64(value) => value,
                _ => 0,
            };
            let (first, step) = (whole(first), whole(second).wrapping_sub(whole(first)));
            fill_by(array, |at| Scalar::I64(first.wrapping_add(step.wrapping_mul(at as i64))));
        }
    }
    // Not by the difference, which has been rounded.
    if array.size() > 1 {
        array.set(&[1], second);
    }
}

fn fill_by(array: &Array, value: impl Fn(usize) -> Scalar) {
    for at in 0..array.size() {
        array.set(&[at], value(at));
    }
}

/// `np.fromiter`: no more of the items than are asked for.
pub(crate) fn from_iterator(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [items, kind, count, _] = bind("fromiter", ["iter", "dtype", "count", "like"], args, vm)?;
    let kind = dtype::of(&*required(kind, "fromiter", "dtype", 2, vm)?, vm)?;
    let items = required(items, "fromiter", "iter", 1, vm)?.get_iter(vm)?;
    let count = count.map_or(Ok(-1), |count| arguments::integer(&count, vm))?;
    let count = usize::try_from(count).ok();
    let mut array = Array::zeros(kind, &[count.unwrap_or_default()]).raise(vm)?;
    let mut has = 0;
    while count != Some(has)
        && let PyIterReturn::Return(item) = items.next(vm)?
    {
        if has == array.size() {
            let larger = Array::zeros(kind, &[2 * has + 16]).raise(vm)?;
            first(&larger, has).assign(&array).raise(vm)?;
            array = larger;
        }
        let item = if item.downcast_ref::<PyStr>().is_some() {
            scalar::class(kind).as_object().call((item,), vm)?
        } else {
            item
        };
        let Some((value, operand)) = array_like::element(&item, vm)? else {
            return Err(vm.new_type_error(format!("np.fromiter takes numbers, not '{}'", item.class().name())));
        };
        scalar::check_python(value, operand, kind, &item, vm)?;
        array.set(&[has], value);
        has += 1;
    }
    if let Some(count) = count.filter(|count| has < *count) {
        return Err(
            vm.new_value_error(format!("iterator too short: Expected {count} but iterator had only {has} items."))
        );
    }
    let exact = if has == array.size() { array } else { first(&array, has).copy(Order::RowMajor).raise(vm)? };
    Ok(PyNdArray::object(exact, vm))
}

/// The first elements of an array of one axis.
fn first(array: &Array, count: usize) -> Array {
    array.look([count].as_slice().into(), array.strides().into(), array.offset())
}

/// `_frombytes`: what pickling made of an array.
pub(crate) fn from_bytes(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [bytes, kind, lengths, by_columns] = bind("_frombytes", ["bytes", "dtype", "shape", "by_columns"], args, vm)?;
    let bytes = required(bytes, "_frombytes", "bytes", 1, vm)?;
    let Some(bytes) = bytes.downcast_ref::<PyBytes>() else { return Err(vm.new_type_error("bytes are needed")) };
    let kind = dtype::of(&*required(kind, "_frombytes", "dtype", 2, vm)?, vm)?;
    let shape = arguments::shape(&*required(lengths, "_frombytes", "shape", 3, vm)?, vm)?;
    let array = match arguments::is_true(by_columns, vm)? {
        true => Array::nested(kind, &shape, &(0..shape.len()).rev().collect::<Vec<_>>()).raise(vm)?,
        false => Array::zeros(kind, &shape).raise(vm)?,
    };
    if array.bytes() != bytes.as_bytes().len() {
        return Err(vm.new_value_error("buffer size does not match array size"));
    }
    let rows = if arguments::is_true(Some(vm.ctx.new_bool(array.is_row_major()).into()), vm)? {
        array.clone()
    } else {
        array.reversed()
    };
    let bytes = copied(bytes.as_bytes()).raise(vm)?;
    unlocked(bytes.len(), vm, || rows.set_bytes(&bytes));
    Ok(PyNdArray::object(array, vm))
}

/// `frombuffer`: a copy, since bytes cannot be shared with arrays here.
pub(crate) fn from_buffer(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [buffer, kind, count, offset] = bind("frombuffer", ["buffer", "dtype", "count", "offset"], args, vm)?;
    let buffer = required(buffer, "frombuffer", "buffer", 1, vm)?;
    let bytes = rustpython_vm::function::ArgBytesLike::try_from_borrowed(&buffer, vm)?;
    let kind = dtype::given(kind, vm)?.unwrap_or(DType::F64);
    let offset = offset.map_or(Ok(0), |offset| arguments::integer(&offset, vm))?.max(0) as usize;
    let bytes = bytes.get(offset..).unwrap_or_default();
    let most = bytes.len() / kind.item_bytes();
    let count = count.map_or(Ok(-1), |count| arguments::integer(&count, vm))?;
    if count < 0 && bytes.len() % kind.item_bytes() != 0 {
        return Err(vm.new_value_error("buffer size must be a multiple of element size"));
    }
    let count = usize::try_from(count).unwrap_or(most);
    if count > most {
        return Err(vm.new_value_error("buffer is smaller than requested size"));
    }
    let array = Array::zeros(kind, &[count]).raise(vm)?;
    array.set_bytes(&bytes[..count * kind.item_bytes()]);
    Ok(PyNdArray::object(array.writable(false), vm))
}

trait Bytes: Sized {
    fn try_from_borrowed(object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u8>>;
}

impl Bytes for rustpython_vm::function::ArgBytesLike {
    fn try_from_borrowed(object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<u8>> {
        use rustpython_vm::TryFromBorrowedObject;
        if let Some(array) = object.downcast_ref::<PyNdArray>() {
            return crate::conversions::bytes(array.array()).raise(vm);
        }
        copied(&Self::try_from_borrowed_object(vm, object)?.borrow_buf()).raise(vm)
    }
}

fn copied(bytes: &[u8]) -> parallel_lab_arrays::Result<Vec<u8>> {
    let mut copy = parallel_lab_arrays::cells::room(DType::U8, bytes.len())?;
    copy.extend_from_slice(bytes);
    Ok(copy)
}

pub(crate) fn concatenate(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["arrays", "axis", "out", "dtype", "casting"];
    let [arrays, axis, out, kind, _] = bind("concatenate", names, args, vm)?;
    let arrays = arrays_of(&*required(arrays, "concatenate", "arrays", 1, vm)?, vm)?;
    let (arrays, axis) = match axis {
        Some(axis) if vm.is_none(&axis) => {
            (arrays.iter().map(Array::flat).collect::<Result<Vec<_>, _>>().raise(vm)?, 0)
        }
        Some(axis) => (arrays, arguments::integer(&axis, vm)?),
        None => (arrays, 0),
    };
    let kind = dtype::given(kind, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let size = arrays.iter().map(Array::size).sum();
    let into = out.as_ref().map(|out| out.array());
    let joined =
        unlocked(size, vm, || parallel_lab_arrays::joining::concatenate(&arrays, axis, kind, into)).raise(vm)?;
    Ok(out.map_or_else(|| PyNdArray::object(joined, vm), Into::into))
}

pub(crate) fn stack(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [arrays, axis, out, kind, _] = bind("stack", ["arrays", "axis", "out", "dtype", "casting"], args, vm)?;
    let arrays = arrays_of(&*required(arrays, "stack", "arrays", 1, vm)?, vm)?;
    let Some(first) = arrays.first() else { return Err(vm.new_value_error("need at least one array to stack")) };
    if arrays.iter().any(|array| array.shape() != first.shape()) {
        return Err(vm.new_value_error("all input arrays must have the same shape"));
    }
    let axis = axis.map_or(Ok(0), |axis| arguments::integer(&axis, vm))?;
    let at = shape::axis(axis, first.axes() + 1).raise(vm)?;
    let widened = arrays.iter().map(|array| inserted(array, at)).collect::<Vec<_>>();
    let kind = dtype::given(kind, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let into = out.as_ref().map(|out| out.array());
    let joined = parallel_lab_arrays::joining::concatenate(&widened, at as i64, kind, into).raise(vm)?;
    Ok(out.map_or_else(|| PyNdArray::object(joined, vm), Into::into))
}

/// A view with another axis of length 1.
fn inserted(array: &Array, at: usize) -> Array {
    let mut shape = array.shape().to_vec();
    let mut strides = array.strides().to_vec();
    shape.insert(at, 1);
    strides.insert(at, 0);
    array.look(shape.into(), strides.into(), array.offset())
}

pub(crate) fn column_stack(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [arrays] = bind("column_stack", ["tup"], args, vm)?;
    let arrays = arrays_of(&*required(arrays, "column_stack", "tup", 1, vm)?, vm)?;
    let columns: Vec<Array> = arrays
        .iter()
        .map(|array| match array.axes() {
            0 => inserted(&inserted(array, 0), 1),
            1 => inserted(array, 1),
            _ => array.clone(),
        })
        .collect();
    let size = columns.iter().map(Array::size).sum();
    let joined = unlocked(size, vm, || parallel_lab_arrays::joining::concatenate(&columns, 1, None, None));
    Ok(PyNdArray::object(joined.raise(vm)?, vm))
}

fn arrays_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<Vec<Array>> {
    let items = match arguments::sequence(object) {
        Some(items) => items,
        None => match object.downcast_ref::<PyNdArray>() {
            Some(array) if array.array().axes() == 0 => {
                return Err(vm.new_value_error("zero-dimensional arrays cannot be concatenated"));
            }
            Some(_) => object.to_owned().try_to_value::<Vec<PyObjectRef>>(vm)?,
            None => return Err(vm.new_type_error("The first input argument needs to be a sequence")),
        },
    };
    items.iter().map(|item| array_like::array(item, None, vm)).collect()
}

pub(crate) fn broadcast_to(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [array, lengths, _] = bind("broadcast_to", ["array", "shape", "subok"], args, vm)?;
    let object = required(array, "broadcast_to", "array", 1, vm)?;
    let array = array_like::array(&object, None, vm)?;
    let shape = arguments::shape(&*required(lengths, "broadcast_to", "shape", 2, vm)?, vm)?;
    if shape.len() < array.axes() {
        return Err(vm.new_value_error("input operand has more dimensions than allowed by the axis remapping"));
    }
    let view = array.broadcast_to(&shape).raise(vm)?.writable(false);
    Ok(if object.downcast_ref::<PyNdArray>().is_some() {
        PyNdArray::view(view, &object, vm)
    } else {
        PyNdArray::object(view, vm)
    })
}

pub(crate) fn broadcast_shapes(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let shapes = args.args.iter().map(|shape| arguments::shape(shape, vm)).collect::<PyResult<Vec<_>>>()?;
    let shapes: Vec<&[usize]> = shapes.iter().map(Vec::as_slice).collect();
    let Some(all) = shape::broadcast_or(&shapes) else {
        let (first, second) = mismatch(&shapes);
        return Err(vm.new_value_error(format!(
            "shape mismatch: objects cannot be broadcast to a single shape.  Mismatch is between arg {first} with shape \
             {} and arg {second} with shape {}.",
            shape::tuple(shapes[first]),
            shape::tuple(shapes[second])
        )));
    };
    Ok(vm.ctx.new_tuple(all.iter().map(|length| vm.ctx.new_int(*length).into()).collect()).into())
}

/// The first two shapes that do not fit.
fn mismatch(shapes: &[&[usize]]) -> (usize, usize) {
    for second in 1..shapes.len() {
        for first in 0..second {
            if shape::broadcast_or(&[shapes[first], shapes[second]]).is_none() {
                return (first, second);
            }
        }
    }
    (0, 0)
}
