//! From Python's objects to arrays, and back.

use num_traits::ToPrimitive;
use parallel_lab_arrays::dtype::Operand;
use parallel_lab_arrays::ufunc::Flags;
use parallel_lab_arrays::{Array, Complex64, DType, Order, Scalar, shape};
use rustpython_vm::builtins::{PyBaseExceptionRef, PyBool, PyComplex, PyFloat, PyInt, PyStr, PyType};
use rustpython_vm::{AsObject, PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::arguments::sequence;
use crate::flat::PyFlatIter;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{scalar, warnings};

/// A value that stands for one element, and whether it gives way to others' types.
pub(crate) fn element(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<(Scalar, Operand)>> {
    if let Some(value) = scalar::value_of(object, vm) {
        return Ok(Some((value, Operand::Of(value.dtype()))));
    }
    if let Some(value) = object.downcast_ref::<PyFloat>() {
        return Ok(Some((Scalar::F64(value.to_f64()), Operand::Float)));
    }
    if object.downcast_ref::<PyBool>().is_some() && object.class().is(vm.ctx.types.bool_type) {
        return Ok(Some((Scalar::Bool(object.is(&vm.ctx.true_value)), Operand::Of(DType::Bool))));
    }
    if let Some(value) = object.downcast_ref::<PyInt>() {
        let Some(value) = value.as_bigint().to_i64() else {
            return Err(vm.new_overflow_error("Python int too large to convert to C long"));
        };
        return Ok(Some((Scalar::I64(value), Operand::Int)));
    }
    if let Some(value) = object.downcast_ref::<PyComplex>() {
        return Ok(Some((Scalar::C128(value.to_complex64()), Operand::Complex)));
    }
    Ok(None)
}

/// An operand of a function: an array, and whether it is a Python number.
pub(crate) fn operand(object: &PyObject, vm: &VirtualMachine) -> PyResult<(Array, Operand)> {
    if let Some(array) = object.downcast_ref::<PyNdArray>() {
        return Ok((array.array().clone(), Operand::Of(array.array().dtype())));
    }
    if let Some((value, operand)) = element(object, vm)? {
        return Ok((Array::from_scalar(value).raise(vm)?, operand));
    }
    let array = array(object, None, vm)?;
    let dtype = array.dtype();
    Ok((array, Operand::Of(dtype)))
}

/// `np.asarray`: a view of what is an array, a new one of anything else.
pub(crate) fn array(object: &PyObject, dtype: Option<DType>, vm: &VirtualMachine) -> PyResult<Array> {
    if let Some(array) = object.downcast_ref::<PyNdArray>() {
        return match dtype {
            Some(dtype) if dtype != array.array().dtype() => cast(array.array(), dtype, Order::Keep, vm),
            _ => Ok(array.array().clone()),
        };
    }
    if let Some(array) = converted(object, vm)? {
        return self::array(&array, dtype, vm);
    }
    if let Some(stacked) = stacked(object, dtype, vm)? {
        return Ok(stacked);
    }
    let mut nest = Nest { asked: dtype, ..Nest::default() };
    nest.collect(object, 0, vm)?;
    nest.build(vm)
}

/// The values as another type; warns of those that it cannot hold.
pub(crate) fn cast(array: &Array, dtype: DType, order: Order, vm: &VirtualMachine) -> PyResult<Array> {
    let done = unlocked(array.size(), vm, || array.converted(dtype, order).map(|new| (new, array.cast_flags(dtype))));
    let (new, flags) = done.raise(vm)?;
    warnings::warn(flags, "cast", vm)?;
    Ok(new)
}

/// Arrays of one shape in a list, one after the other: without going through their elements.
fn stacked(object: &PyObject, dtype: Option<DType>, vm: &VirtualMachine) -> PyResult<Option<Array>> {
    let Some(items) = sequence(object) else { return Ok(None) };
    let arrays: Option<Vec<&Array>> =
        items.iter().map(|item| item.downcast_ref::<PyNdArray>().map(|array| array.array())).collect();
    let Some(arrays) = arrays else { return Ok(None) };
    let Some(first) = arrays.first().filter(|first| first.size() > 0) else { return Ok(None) };
    if arrays.iter().any(|array| array.shape() != first.shape()) {
        return Ok(None);
    }
    let found = arrays.iter().fold(first.dtype(), |dtype, array| dtype.with(array.dtype()));
    let dtype = dtype.unwrap_or(found);
    let all = Array::zeros(dtype, &[[arrays.len()].as_slice(), first.shape()].concat()).raise(vm)?;
    let mut flags = Flags::default();
    for (at, array) in arrays.into_iter().enumerate() {
        let offset = at * all.strides()[0].unsigned_abs();
        all.look(array.shape().into(), all.strides()[1..].into(), offset).assign(array).raise(vm)?;
        flags |= array.cast_flags(dtype);
    }
    warnings::warn(flags, "cast", vm)?;
    Ok(Some(all))
}

/// Nested sequences, while they are gone through.
#[derive(Default)]
struct Nest {
    /// The lengths, as far as the first items of items show them.
    shape: Vec<usize>,
    /// At which depth elements are; known from the first one on.
    depth: Option<usize>,
    values: Vec<Scalar>,
    dtype: Option<Operand>,
    /// The type that is asked for.
    asked: Option<DType>,
}

impl Nest {
    fn collect(&mut self, object: &PyObject, depth: usize, vm: &VirtualMachine) -> PyResult<()> {
        if let Some((value, operand)) = element(object, vm)? {
            self.check_depth(depth, vm)?;
            if let Some(dtype) = self.asked {
                scalar::check_python(value, operand, dtype, object, vm)?;
            }
            // Within an array, Python's numbers do not give way.
            let operand = Operand::Of(operand.default_dtype());
            self.dtype = Some(self.dtype.map_or(operand, |known| known.with(operand)));
            self.make_room(1, vm)?;
            self.values.push(value);
            return Ok(());
        }
        if let Some(array) = object.downcast_ref::<PyNdArray>() {
            return self.take_array(array.array(), depth, vm);
        }
        if let Some(array) = converted(object, vm)? {
            return self.collect(&array, depth, vm);
        }
        if object.downcast_ref::<PyStr>().is_some() {
            return Err(no_such_dtype("str", vm));
        }
        let items = match items_of(object, vm)? {
            Some(items) => items,
            None => return Err(no_such_dtype(&object.class().name(), vm)),
        };
        self.open(depth, items.len(), vm)?;
        for item in &items {
            self.collect(item, depth + 1, vm)?;
        }
        Ok(())
    }

    fn take_array(&mut self, array: &Array, depth: usize, vm: &VirtualMachine) -> PyResult<()> {
        for (at, length) in array.shape().iter().enumerate() {
            self.open(depth + at, *length, vm)?;
        }
        if array.size() > 0 {
            self.check_depth(depth + array.axes(), vm)?;
        }
        let operand = Operand::Of(array.dtype());
        self.dtype = Some(self.dtype.map_or(operand, |known| known.with(operand)));
        self.make_room(array.size(), vm)?;
        array.each_value(&mut |value| self.values.push(value));
        Ok(())
    }

    fn make_room(&mut self, count: usize, vm: &VirtualMachine) -> PyResult<()> {
        self.values.try_reserve(count).map_err(|_| no_memory(self.values.len() + count, vm))
    }

    /// A sequence of so many items begins at a depth.
    fn open(&mut self, depth: usize, length: usize, vm: &VirtualMachine) -> PyResult<()> {
        if depth >= shape::MOST_AXES {
            return Err(vm.new_value_error(format!(
                "setting an array element with a sequence. The requested array would exceed the maximum number of \
                 dimension of {}.",
                shape::MOST_AXES
            )));
        }
        if self.depth.is_some_and(|elements| elements <= depth) {
            return Err(self.ragged(depth, vm));
        }
        match self.shape.get(depth) {
            None => self.shape.push(length),
            Some(known) if *known != length => return Err(self.ragged(depth, vm)),
            Some(_) => {}
        }
        Ok(())
    }

    fn check_depth(&mut self, depth: usize, vm: &VirtualMachine) -> PyResult<()> {
        if *self.depth.get_or_insert(depth) != depth || self.shape.len() > depth {
            return Err(self.ragged(depth, vm));
        }
        Ok(())
    }

    fn ragged(&self, depth: usize, vm: &VirtualMachine) -> PyBaseExceptionRef {
        let depth = depth.max(1).min(self.shape.len());
        let shape = shape::tuple(&self.shape[..depth]);
        let axes = if depth == 1 { "1 dimensions".to_owned() } else { format!("{depth} dimensions") };
        vm.new_value_error(format!(
            "setting an array element with a sequence. The requested array has an inhomogeneous shape after {axes}. \
             The detected shape was {shape} + inhomogeneous part."
        ))
    }

    fn build(self, vm: &VirtualMachine) -> PyResult<Array> {
        let found = self.dtype.map_or(DType::F64, Operand::default_dtype);
        let dtype = self.asked.unwrap_or(found);
        let array = Array::zeros(dtype, &self.shape).raise(vm)?;
        array.set_all(&self.values);
        if found > dtype {
            let flags = self.values.iter().fold(Flags::default(), |flags, value| flags | value.cast_flags(dtype));
            warnings::warn(flags, "cast", vm)?;
        }
        Ok(array)
    }
}

/// A list of so many numbers does not fit into the memory.
fn no_memory(count: usize, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_memory_error(format!("no memory for a list of {count} numbers"))
}

/// Refuses whole numbers that a type cannot hold.
pub(crate) fn check_fits(value: Scalar, dtype: DType, vm: &VirtualMachine) -> PyResult<()> {
    let Scalar::I64(value) = value else { return Ok(()) };
    let fits = match dtype {
        DType::U8 => u8::try_from(value).is_ok(),
        DType::I32 => i32::try_from(value).is_ok(),
        _ => true,
    };
    if fits { Ok(()) } else { Err(vm.new_overflow_error(format!("Python integer {value} out of bounds for {dtype}"))) }
}

fn no_such_dtype(name: &str, vm: &VirtualMachine) -> PyBaseExceptionRef {
    vm.new_type_error(format!(
        "the lab's NumPy has arrays of numbers and of bool only, and no dtype for '{name}': docs/python.md#numpy"
    ))
}

/// The array that an object makes of itself, if it does.
fn converted(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<PyObjectRef>> {
    if let Some(flat) = object.downcast_ref::<PyFlatIter>() {
        return Ok(Some(PyNdArray::object(flat.row(vm)?.copy(Order::RowMajor).raise(vm)?, vm)));
    }
    if sequence(object).is_some() || object.downcast_ref::<PyType>().is_some() {
        return Ok(None);
    }
    let Some(convert) = vm.get_attribute_opt(&object.to_owned(), "__array__")? else { return Ok(None) };
    let array = convert.call((), vm)?;
    if array.downcast_ref::<PyNdArray>().is_none() {
        return Err(vm.new_value_error("object __array__ method not producing an array"));
    }
    Ok(Some(array))
}

/// The items of something that has a length and items.
fn items_of(object: &PyObject, vm: &VirtualMachine) -> PyResult<Option<Vec<PyObjectRef>>> {
    if let Some(items) = sequence(object) {
        return Ok(Some(items));
    }
    let is_sequence = vm.get_attribute_opt(&object.to_owned(), "__len__")?.is_some()
        && vm.get_attribute_opt(&object.to_owned(), "__getitem__")?.is_some()
        && vm.get_attribute_opt(&object.to_owned(), "keys")?.is_none();
    if !is_sequence {
        return Ok(None);
    }
    object.to_owned().try_to_value::<Vec<PyObjectRef>>(vm).map(Some)
}

/// An array as an object: one without axes as the scalar that it holds.
pub(crate) fn returned(array: Array, vm: &VirtualMachine) -> PyObjectRef {
    if array.axes() == 0 { scalar::object(array.get(&[]), vm) } else { PyNdArray::object(array, vm) }
}

/// A value as Python's own number.
pub(crate) fn python_number(value: Scalar, vm: &VirtualMachine) -> PyObjectRef {
    match value {
        Scalar::Bool(value) => vm.ctx.new_bool(value).into(),
        Scalar::U8(value) => vm.ctx.new_int(value).into(),
        Scalar::I32(value) => vm.ctx.new_int(value).into(),
        Scalar::I64(value) => vm.ctx.new_int(value).into(),
        Scalar::F32(value) => vm.ctx.new_float(f64::from(value)).into(),
        Scalar::F64(value) => vm.ctx.new_float(value).into(),
        Scalar::C128(value) => vm.ctx.new_complex(Complex64::new(value.re, value.im)).into(),
    }
}

/// `tolist()`
pub(crate) fn to_list(array: &Array, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let mut values = Vec::new();
    // The numbers' own memory, six words each, cannot be refused: there has to be room for it before.
    let has_room = Vec::<[usize; 6]>::new().try_reserve_exact(array.size()).is_ok();
    if !has_room || values.try_reserve_exact(array.size()).is_err() {
        return Err(no_memory(array.size(), vm));
    }
    array.each_value(&mut |value| values.push(python_number(value, vm)));
    let mut values = values.into_iter();
    Ok(nested(array.shape(), &mut values, vm))
}

fn nested(shape: &[usize], values: &mut impl Iterator<Item = PyObjectRef>, vm: &VirtualMachine) -> PyObjectRef {
    let Some((length, rest)) = shape.split_first() else { return values.next().unwrap_or_else(|| vm.ctx.none()) };
    vm.ctx.new_list((0..*length).map(|_| nested(rest, values, vm)).collect()).into()
}
