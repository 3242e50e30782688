//! What the methods of arrays do: other shapes, other types, reductions.

use malachite_bigint::BigInt;
use parallel_lab_arrays::dtype::Operand;
use parallel_lab_arrays::elementwise::{self, Target};
use parallel_lab_arrays::reduction::{self, Request};
use parallel_lab_arrays::ufunc::{Binary, Unary};
use parallel_lab_arrays::{Array, DType, Order, Scalar, shape};
use rustpython_vm::builtins::{PyInt, PyType};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind, required};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{array_like, dtype, indexing, warnings};

type Subject = PyRef<PyNdArray>;

/// A shape as several arguments, or as one.
fn lengths(args: &[PyObjectRef], vm: &VirtualMachine) -> PyResult<Vec<i64>> {
    match args {
        [one] => arguments::integers(one, vm),
        several => several.iter().map(|length| arguments::integer(length, vm)).collect(),
    }
}

pub(crate) fn reshape(zelf: &Subject, mut args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let order = arguments::order(args.take_keyword("order"), vm)?;
    let copy = arguments::given(args.take_keyword("copy"), vm).map(|copy| copy.try_to_bool(vm)).transpose()?;
    if let Some((unknown, _)) = args.kwargs.iter().next() {
        return Err(vm.new_type_error(format!("this function got an unexpected keyword argument '{unknown}'")));
    }
    if args.args.is_empty() {
        return Err(vm.new_type_error("reshape() takes exactly 1 argument (0 given)"));
    }
    let wanted = lengths(&args.args, vm)?;
    let array = zelf.array();
    let shape = shape::completed(&wanted, array.size()).raise(vm)?;
    let by_columns = order == Some(Order::ColumnMajor)
        || (order == Some(Order::Keep) && array.is_column_major() && !array.is_row_major());
    let turned = |array: &Array| if by_columns { array.reversed() } else { array.clone() };
    let goal: Vec<usize> = if by_columns { shape.iter().rev().copied().collect() } else { shape.to_vec() };
    if copy != Some(true)
        && let Some(view) = turned(array).reshaped(&goal)
    {
        return Ok(PyNdArray::view(turned(&view), zelf.as_object(), vm));
    }
    if copy == Some(false) {
        return Err(vm.new_value_error("Unable to avoid creating a copy while reshaping."));
    }
    let copy = turned(array).copy(Order::RowMajor).raise(vm)?;
    let view = copy.reshaped(&goal).unwrap_or(copy);
    Ok(PyNdArray::object(turned(&view), vm))
}

pub(crate) fn ravel(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [order] = bind("ravel", ["order"], args, vm)?;
    let array = ordered(zelf.array(), arguments::order(order, vm)?);
    match array.reshaped(&[array.size()]).filter(|_| array.is_row_major()) {
        Some(view) => Ok(PyNdArray::view(view, zelf.as_object(), vm)),
        None => Ok(PyNdArray::object(flat_copy(&array, vm)?, vm)),
    }
}

pub(crate) fn flatten(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [order] = bind("flatten", ["order"], args, vm)?;
    let array = ordered(zelf.array(), arguments::order(order, vm)?);
    Ok(PyNdArray::object(flat_copy(&array, vm)?, vm))
}

fn flat_copy(array: &Array, vm: &VirtualMachine) -> PyResult<Array> {
    let copy = array.copy(Order::RowMajor).raise(vm)?;
    Ok(copy.reshaped(&[copy.size()]).unwrap_or(copy))
}

/// The array with its axes so that row by row is the order that is meant.
fn ordered(array: &Array, order: Option<Order>) -> Array {
    match order {
        None | Some(Order::RowMajor) => array.clone(),
        Some(Order::ColumnMajor) => array.reversed(),
        Some(Order::Keep) => {
            array.transposed(&parallel_lab_arrays::walk::memory_order(array.shape(), &[array.strides()]))
        }
    }
}

pub(crate) fn set_flat(zelf: &Subject, value: &PyObject, vm: &VirtualMachine) -> PyResult<()> {
    let array = zelf.writable_array(vm)?;
    let values = array_like::array(value, Some(array.dtype()), vm)?.flat().raise(vm)?;
    if values.size() == 0 && array.size() > 0 {
        return Err(vm.new_value_error("Cannot copy from empty array to flat iterator"));
    }
    let values = if values.has_memory_of(&array) { values.copy(Order::RowMajor).raise(vm)? } else { values };
    let mut index = vec![0; array.axes()];
    for at in 0..array.size() {
        array.set(&index, values.get(&[at % values.size()]));
        parallel_lab_arrays::array::step(&mut index, array.shape());
    }
    Ok(())
}

pub(crate) fn transpose(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    let given = match args.args.as_slice() {
        [] => None,
        [one] if vm.is_none(one) => None,
        several => Some(lengths(several, vm)?),
    };
    let Some(axes) = given else { return Ok(PyNdArray::view(array.reversed(), zelf.as_object(), vm)) };
    if axes.len() != array.axes() {
        return Err(vm.new_value_error("axes don't match array"));
    }
    let mut order = Vec::with_capacity(axes.len());
    for axis in axes {
        let axis = shape::axis(axis, array.axes()).raise(vm)?;
        if order.contains(&axis) {
            return Err(vm.new_value_error("repeated axis in transpose"));
        }
        order.push(axis);
    }
    Ok(PyNdArray::view(array.transposed(&order), zelf.as_object(), vm))
}

pub(crate) fn swapaxes(
    zelf: &Subject,
    first: &PyObject,
    second: &PyObject,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    let axis = |object: &PyObject| shape::axis(arguments::integer(object, vm)?, array.axes()).raise(vm);
    let mut order: Vec<usize> = (0..array.axes()).collect();
    order.swap(axis(first)?, axis(second)?);
    Ok(PyNdArray::view(array.transposed(&order), zelf.as_object(), vm))
}

pub(crate) fn squeeze(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [axis] = bind("squeeze", ["axis"], args, vm)?;
    let array = zelf.array();
    let gone = match arguments::axes(axis, vm)? {
        None => (0..array.axes()).filter(|axis| array.shape()[*axis] == 1).collect(),
        Some(axes) => shape::axes(&axes, array.axes()).raise(vm)?.to_vec(),
    };
    if gone.iter().any(|axis| array.shape()[*axis] != 1) {
        return Err(vm.new_value_error("cannot select an axis to squeeze out which has size not equal to one"));
    }
    let kept: Vec<usize> = (0..array.axes()).filter(|axis| !gone.contains(axis)).collect();
    Ok(PyNdArray::view(array.transposed(&kept), zelf.as_object(), vm))
}

/// A view of a diagonal, its axis the last one.
fn diagonal_of(array: &Array, offset: i64, first: i64, second: i64, vm: &VirtualMachine) -> PyResult<Array> {
    if array.axes() < 2 {
        return Err(vm.new_value_error("diag requires an array of at least two dimensions"));
    }
    let (first, second) = (shape::axis(first, array.axes()).raise(vm)?, shape::axis(second, array.axes()).raise(vm)?);
    if first == second {
        return Err(vm.new_value_error("axis1 and axis2 cannot be the same"));
    }
    let (rows, columns) = (array.shape()[first] as i64, array.shape()[second] as i64);
    let (row, column) = if offset < 0 { (-offset, 0) } else { (0, offset) };
    let length = (rows - row).min(columns - column).max(0);
    let (down, right) = (array.strides()[first], array.strides()[second]);
    let mut kept: Vec<usize> = (0..array.axes()).filter(|axis| *axis != first && *axis != second).collect();
    let mut lengths: Vec<usize> = kept.iter().map(|axis| array.shape()[*axis]).collect();
    let mut strides: Vec<isize> = kept.drain(..).map(|axis| array.strides()[axis]).collect();
    lengths.push(length as usize);
    strides.push(down + right);
    let begin = if length > 0 { row as isize * down + column as isize * right } else { 0 };
    Ok(array.look(lengths.into(), strides.into(), array.offset().wrapping_add_signed(begin)))
}

fn diagonal_arguments(args: [Option<PyObjectRef>; 3], vm: &VirtualMachine) -> PyResult<[i64; 3]> {
    let mut values = [0, 0, 1];
    for (value, given) in values.iter_mut().zip(args) {
        if let Some(given) = given {
            *value = arguments::integer(&given, vm)?;
        }
    }
    Ok(values)
}

pub(crate) fn diagonal(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [offset, first, second] = diagonal_arguments(bind("diagonal", ["offset", "axis1", "axis2"], args, vm)?, vm)?;
    let view = diagonal_of(zelf.array(), offset, first, second, vm)?;
    Ok(PyNdArray::view(view.writable(false), zelf.as_object(), vm))
}

pub(crate) fn trace(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [offset, first, second, kind, out] = bind("trace", ["offset", "axis1", "axis2", "dtype", "out"], args, vm)?;
    let [offset, first, second] = diagonal_arguments([offset, first, second], vm)?;
    let view = diagonal_of(zelf.array(), offset, first, second, vm)?;
    let last = vm.ctx.new_int(-1).into();
    reduce(Binary::Add, &view, Asked { axis: Some(last), dtype: kind, out, ..Asked::default() }, vm)
}

pub(crate) fn astype(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["dtype", "order", "casting", "subok", "copy"];
    let [kind, order, casting, _, copy] = bind("astype", names, args, vm)?;
    let kind = dtype::of(&*required(kind, "astype", "dtype", 1, vm)?, vm)?;
    let array = zelf.array();
    if let Some(casting) = arguments::given(casting, vm) {
        let casting = casting.str(vm)?.to_string_lossy().into_owned();
        check_casting(array.dtype(), kind, &casting, vm)?;
    }
    let copies = copy.map_or(Ok(true), |copy| copy.try_to_bool(vm))?;
    let order = arguments::order(order, vm)?.unwrap_or(Order::Keep);
    if !copies && kind == array.dtype() {
        return Ok(zelf.as_object().to_owned());
    }
    if array.dtype() == DType::C128 && kind != DType::C128 && kind != DType::Bool {
        warnings::complex_warning(vm)?;
    }
    Ok(zelf.alike(array_like::converted(array, kind, order, vm)?, vm))
}

/// Whether a type may be turned into another one by a rule.
pub(crate) fn can_cast(from: DType, to: DType, casting: &str, vm: &VirtualMachine) -> PyResult<bool> {
    match casting {
        "no" | "equiv" => Ok(from == to),
        "safe" => Ok(from.fits_safely(to)),
        "same_kind" => Ok(from.fits_in_kind(to) || from.fits_safely(to)),
        "unsafe" => Ok(true),
        other => Err(vm.new_value_error(format!(
            "casting must be one of 'no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value' (got '{other}')"
        ))),
    }
}

fn check_casting(from: DType, to: DType, casting: &str, vm: &VirtualMachine) -> PyResult<()> {
    if can_cast(from, to, casting, vm)? {
        return Ok(());
    }
    Err(vm.new_type_error(format!(
        "Cannot cast array data from dtype('{from}') to dtype('{to}') according to the rule '{casting}'"
    )))
}

pub(crate) fn copy(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [order] = bind("copy", ["order"], args, vm)?;
    let order = arguments::order(order, vm)?.unwrap_or(Order::RowMajor);
    let array = zelf.array();
    Ok(zelf.alike(unlocked(array.size(), vm, || array.copy(order)).raise(vm)?, vm))
}

pub(crate) fn view(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [kind, _] = bind("view", ["dtype", "type"], args, vm)?;
    let array = zelf.array();
    let is_class_of_arrays =
        |object: &PyObjectRef| object.downcast_ref::<PyType>().is_some_and(|class| class.fast_issubclass(zelf.class()));
    let Some(kind) = arguments::given(kind, vm).filter(|kind| !is_class_of_arrays(kind)) else {
        return Ok(PyNdArray::view(array.clone(), zelf.as_object(), vm));
    };
    let kind = dtype::of(&kind, vm)?;
    if kind == DType::F64 && array.dtype() == DType::C128 {
        if let Some(view) = array.reals() {
            return Ok(PyNdArray::view(view, zelf.as_object(), vm));
        }
    }
    match array.reinterpreted(kind) {
        Some(view) => Ok(PyNdArray::view(view, zelf.as_object(), vm)),
        None => Err(vm.new_value_error(format!(
            "the lab's arrays can be viewed as a type of the same size only: {} takes {} bytes, {kind} {}",
            array.dtype(),
            array.dtype().item_bytes(),
            kind.item_bytes()
        ))),
    }
}

pub(crate) fn item(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if args.args.is_empty() {
        if array.size() != 1 {
            return Err(vm.new_value_error("can only convert an array of size 1 to a Python scalar"));
        }
        return Ok(array_like::python_number(array.get(&vec![0; array.axes()]), vm));
    }
    let indices = lengths(&args.args, vm)?;
    let (array, indices) = match indices.as_slice() {
        [flat] if array.axes() != 1 => {
            let size = array.size() as i64;
            if !(-size..size).contains(flat) {
                return Err(vm.new_index_error(format!("index {flat} is out of bounds for size {size}")));
            }
            (array.flat().raise(vm)?, vec![*flat])
        }
        _ => (array.clone(), indices),
    };
    let items: Vec<_> = indices.into_iter().map(parallel_lab_arrays::index::Item::At).collect();
    if items.len() != array.axes() {
        return Err(vm.new_value_error("incorrect number of indices for array"));
    }
    match array.select(&items).raise(vm)? {
        parallel_lab_arrays::index::Selection::View(view) => Ok(array_like::python_number(view.get(&[]), vm)),
        parallel_lab_arrays::index::Selection::Picked(_) => Ok(vm.ctx.none()),
    }
}

/// The elements' bytes one after the other.
pub(crate) fn bytes(array: &Array) -> parallel_lab_arrays::Result<Vec<u8>> {
    let mut bytes = parallel_lab_arrays::cells::room(DType::U8, array.bytes())?;
    array.each_value(&mut |value| match value {
        Scalar::Bool(value) => bytes.push(u8::from(value)),
        Scalar::U8(value) => bytes.push(value),
        Scalar::I32(value) => bytes.extend(value.to_le_bytes()),
        Scalar::I64(value) => bytes.extend(value.to_le_bytes()),
        Scalar::F32(value) => bytes.extend(value.to_le_bytes()),
        Scalar::F64(value) => bytes.extend(value.to_le_bytes()),
        Scalar::C128(value) => bytes.extend(value.re.to_le_bytes().into_iter().chain(value.im.to_le_bytes())),
    });
    Ok(bytes)
}

/// How an array is pickled: its bytes, once.
pub(crate) fn reduced(array: &Array, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let by_columns = array.is_column_major() && !array.is_row_major();
    let rows = if by_columns { array.reversed() } else { array.clone() };
    let bytes = unlocked(array.bytes(), vm, || bytes(&rows)).raise(vm)?;
    let module = vm.import("_numpy", 0)?;
    let lengths: Vec<PyObjectRef> = array.shape().iter().map(|length| vm.ctx.new_int(*length).into()).collect();
    let arguments = vm.new_tuple((
        vm.ctx.new_bytes(bytes),
        vm.ctx.new_str(array.dtype().name()),
        vm.ctx.new_tuple(lengths),
        vm.ctx.new_bool(by_columns),
    ));
    Ok(vm.new_tuple((module.get_attr("_frombytes", vm)?, arguments)).into())
}

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
    ($($name:ident $function:ident [$($argument:literal $field:ident)*];)*) => {$(
        pub(crate) fn $name(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let mut bound = bind(stringify!($name), [$($argument),*], args, vm)?.into_iter();
            let mut asked = Asked::default();
            $(asked.$field = bound.next().flatten();)*
            reduce(Binary::$function, array, asked, vm)
        }
    )*};
}

reductions! {
    sum Add ["axis" axis "dtype" dtype "out" out "keepdims" keepdims "initial" initial "where" mask];
    prod Multiply ["axis" axis "dtype" dtype "out" out "keepdims" keepdims "initial" initial "where" mask];
    max Maximum ["axis" axis "out" out "keepdims" keepdims "initial" initial "where" mask];
    min Minimum ["axis" axis "out" out "keepdims" keepdims "initial" initial "where" mask];
    any LogicalOr ["axis" axis "out" out "keepdims" keepdims "where" mask];
    all LogicalAnd ["axis" axis "out" out "keepdims" keepdims "where" mask];
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

pub(crate) fn conjugate(zelf: &Subject, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let array = zelf.array();
    if array.dtype() != DType::C128 {
        return Ok(zelf.as_object().to_owned());
    }
    let operand = (array, Operand::Of(DType::C128));
    let called = unlocked(array.size(), vm, || elementwise::unary(Unary::Conjugate, operand, Target::default()));
    Ok(array_like::returned(called.raise(vm)?.0, vm))
}

/// Whether a bound of Python's is one that no element of the type reaches.
fn is_beyond(bound: &PyObject, function: Binary, dtype: DType) -> bool {
    let range = match dtype {
        DType::U8 => (0, i64::from(u8::MAX)),
        DType::I32 => (i64::from(i32::MIN), i64::from(i32::MAX)),
        DType::I64 => (i64::MIN, i64::MAX),
        _ => return false,
    };
    let Some(bound) = bound.downcast_ref::<PyInt>().map(|bound| bound.as_bigint()) else { return false };
    if function == Binary::Maximum { *bound < BigInt::from(range.0) } else { *bound > BigInt::from(range.1) }
}

pub(crate) fn clip(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [least, most, out, _] = bind("clip", ["min", "max", "out", "where"], args, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let mut clipped = (array.clone(), Operand::Of(array.dtype()));
    for (bound, function) in [(least, Binary::Maximum), (most, Binary::Minimum)] {
        let Some(bound) = arguments::given(bound, vm).filter(|bound| !is_beyond(bound, function, array.dtype())) else {
            continue;
        };
        let bound = array_like::operand(&bound, vm)?;
        crate::operators::check_numbers(clipped.1, (&bound.0, bound.1), vm)?;
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
    let rounded = unlocked(array.size(), vm, || parallel_lab_arrays::statistics::round(array, decimals)).raise(vm)?;
    match out {
        Some(out) => {
            out.writable_array(vm)?.assign(&rounded).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(rounded, vm)),
    }
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
    let called = unlocked(array.size(), vm, || parallel_lab_arrays::statistics::mean(array, request));
    let found = called.raise(vm)?;
    if found.is_of_nothing {
        warnings::runtime_warning("Mean of empty slice", vm)?;
    }
    told(found, out, vm)
}

/// A statistic with its warnings, where it is wanted.
fn told(
    found: parallel_lab_arrays::statistics::Found,
    out: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<PyObjectRef> {
    let name = if found.array.axes() == 0 { "scalar divide" } else { "divide" };
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
    let called =
        unlocked(array.size(), vm, || parallel_lab_arrays::statistics::variance(array, ddof, is_root, request));
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

/// An assignment to all elements: `copyto`.
pub(crate) fn copy_to(to: &Subject, from: &PyObject, wanted: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    let array = to.writable_array(vm)?;
    let Some(mask) = mask(wanted, vm)? else { return indexing::assign(&array, from, vm) };
    let values = array_like::array(from, None, vm)?.broadcast_to(array.shape()).raise(vm)?;
    let chosen = mask.broadcast_to(array.shape()).raise(vm)?;
    let copied = unlocked(array.size(), vm, || parallel_lab_arrays::statistics::assign_where(&array, &values, &chosen));
    copied.raise(vm)
}
