//! Elements as another type, as bytes, as Python's numbers, and copies of them.

use parallel_lab_arrays::dtype::Casting;
use parallel_lab_arrays::{Array, DType, Order, Scalar, statistics};
use rustpython_vm::builtins::PyType;
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind, required};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::reductions::mask;
use crate::release::unlocked;
use crate::{array_like, dtype, indexing, shapes, warnings};

type Subject = PyRef<PyNdArray>;

pub(crate) fn astype(zelf: &Subject, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["dtype", "order", "casting", "subok", "copy"];
    let [kind, order, casting, _, copy] = bind("astype", names, args, vm)?;
    let kind = dtype::of(&*required(kind, "astype", "dtype", 1, vm)?, vm)?;
    let array = zelf.array();
    if let Some(casting) = arguments::given(casting, vm) {
        check_casting(array.dtype(), kind, arguments::casting(&casting, vm)?, vm)?;
    }
    let copies = copy.map_or(Ok(true), |copy| copy.try_to_bool(vm))?;
    let order = arguments::order(order, vm)?.unwrap_or(Order::Keep);
    if !copies && kind == array.dtype() {
        return Ok(zelf.as_object().to_owned());
    }
    if array.dtype() == DType::C128 && kind != DType::C128 && kind != DType::Bool {
        warnings::complex_warning(vm)?;
    }
    Ok(zelf.alike(array_like::cast(array, kind, order, vm)?, vm))
}

/// Refuses to turn a type into another one that a rule does not allow.
pub(crate) fn check_casting(from: DType, to: DType, casting: Casting, vm: &VirtualMachine) -> PyResult<()> {
    if casting.allows(from, to) {
        return Ok(());
    }
    let rule = casting.name();
    Err(vm.new_type_error(format!(
        "Cannot cast array data from dtype('{from}') to dtype('{to}') according to the rule '{rule}'"
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
    let indices = shapes::lengths(&args.args, vm)?;
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

/// An assignment to all elements: `copyto`.
pub(crate) fn copy_to(to: &Subject, from: &PyObject, wanted: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    let array = to.writable_array(vm)?;
    let Some(mask) = mask(wanted, vm)? else { return indexing::assign(&array, from, vm) };
    let values = array_like::array(from, None, vm)?.broadcast_to(array.shape()).raise(vm)?;
    let chosen = mask.broadcast_to(array.shape()).raise(vm)?;
    let copied = unlocked(array.size(), vm, || statistics::assign_where(&array, &values, &chosen));
    copied.raise(vm)
}
