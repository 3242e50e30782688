//! Sorting, finding and picking elements.

use parallel_lab_arrays::block::Plain;
use parallel_lab_arrays::lines::{self, with_length};
use parallel_lab_arrays::sorting::{self, Order as Sorted, Side};
use parallel_lab_arrays::{Array, DType, Order, shape, with_element};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind, required};
use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;

type Result<T> = parallel_lab_arrays::Result<T>;

/// The array, or its elements in a row, and the axis that is meant.
fn along(
    array: &Array,
    axis: Option<PyObjectRef>,
    default: Option<i64>,
    vm: &VirtualMachine,
) -> PyResult<(Array, usize)> {
    let axis = match axis {
        None => default,
        Some(axis) if vm.is_none(&axis) => None,
        Some(axis) => Some(arguments::integer(&axis, vm)?),
    };
    match axis {
        None => Ok((array.flat().raise(vm)?, 0)),
        Some(axis) if array.axes() == 0 => Ok((array.flat().raise(vm)?, shape::axis(axis, 1).raise(vm)?)),
        Some(axis) => Ok((array.clone(), shape::axis(axis, array.axes()).raise(vm)?)),
    }
}

fn extreme(name: &str, array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [axis, out, keepdims] = bind(name, ["axis", "out", "keepdims"], args, vm)?;
    let is_whole = axis.as_ref().is_none_or(|axis| vm.is_none(axis));
    let keeps = arguments::is_true(keepdims, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let (rows, axis) = along(array, axis, None, vm)?;
    let is_most = name == "argmax";
    if rows.shape()[axis] == 0 {
        return Err(vm.new_value_error(format!("attempt to get {name} of an empty sequence")));
    }
    let found = Array::zeros(DType::I64, &with_length(rows.shape(), axis, 1)).raise(vm)?;
    let searched = unlocked(rows.size(), vm, || -> Result<()> {
        with_element!(rows.dtype(), T => lines::each::<T, i64>(&rows, axis, &found, |row, found| {
            let at = if is_most { sorting::argmax(row) } else { sorting::argmin(row) };
            found[0] = at.unwrap_or_default();
        }))
    });
    searched.raise(vm)?;
    let shape: Vec<usize> = match (keeps, is_whole) {
        (true, true) => vec![1; array.axes()],
        (true, false) if array.axes() == 0 => Vec::new(),
        (true, false) => found.shape().to_vec(),
        (false, _) => {
            rows.shape().iter().enumerate().filter(|(at, _)| *at != axis).map(|(_, length)| *length).collect()
        }
    };
    let found = found.reshaped(&shape).unwrap_or(found);
    match out {
        Some(out) if out.array().shape() != found.shape() => {
            Err(vm.new_value_error(format!("output array does not match result of np.{name}.")))
        }
        Some(out) => {
            out.writable_array(vm)?.assign(&found).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(found, vm)),
    }
}

pub(crate) fn argmax(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    extreme("argmax", array, args, vm)
}

pub(crate) fn argmin(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    extreme("argmin", array, args, vm)
}

fn sort_axis(array: &Array, axis: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<usize> {
    let axis = arguments::given(axis, vm).map_or(Ok(-1), |axis| arguments::integer(&axis, vm))?;
    shape::axis(axis, array.axes()).raise(vm)
}

/// There is one way of sorting; others are known by their first letters.
fn check_sort_kind(kind: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
    let Some(kind) = arguments::given(kind, vm) else { return Ok(()) };
    let name = kind.str(vm)?.to_string_lossy().into_owned();
    if name.to_lowercase().starts_with(['q', 'h', 's', 'm']) {
        return Ok(());
    }
    Err(vm.new_value_error(format!("sort kind must be one of 'quick', 'heap', or 'stable' (got '{name}')")))
}

pub(crate) fn sort(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [axis, kind, _, _] = bind("sort", ["axis", "kind", "order", "stable"], args, vm)?;
    check_sort_kind(kind, vm)?;
    let axis = sort_axis(array, axis, vm)?;
    sort_lines(array, axis, vm)
}

fn sort_lines(array: &Array, axis: usize, vm: &VirtualMachine) -> PyResult<()> {
    let sorted = unlocked(array.size(), vm, || -> Result<()> {
        with_element!(array.dtype(), T => lines::each::<T, T>(array, axis, array, |row, out| {
            sorting::sort(row);
            out.copy_from_slice(row);
        }))
    });
    sorted.raise(vm)
}

pub(crate) fn argsort(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [axis, kind, _, _] = bind("argsort", ["axis", "kind", "order", "stable"], args, vm)?;
    check_sort_kind(kind, vm)?;
    indices_of(array, axis, vm)
}

/// The indices that sort each line.
fn indices_of(array: &Array, axis: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let (rows, axis) = along(array, axis, Some(-1), vm)?;
    let indices = Array::zeros(DType::I64, rows.shape()).raise(vm)?;
    let sorted = unlocked(rows.size(), vm, || -> Result<()> {
        with_element!(rows.dtype(), T => lines::each::<T, i64>(&rows, axis, &indices, |row, out| {
            out.copy_from_slice(&sorting::argsort(row));
        }))
    });
    sorted.raise(vm)?;
    Ok(PyNdArray::object(indices, vm))
}

fn places(kth: Option<PyObjectRef>, length: usize, vm: &VirtualMachine) -> PyResult<()> {
    let kth = required(kth, "partition", "kth", 1, vm)?;
    for place in arguments::integers(&kth, vm)? {
        let from_front = if place < 0 { place + length as i64 } else { place };
        if !(0..length as i64).contains(&from_front) {
            return Err(vm.new_value_error(format!("kth(={place}) out of bounds ({length})")));
        }
    }
    Ok(())
}

/// `partition` sorts everything, which is one of the orders that NumPy allows.
pub(crate) fn partition(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [kth, axis, _, _] = bind("partition", ["kth", "axis", "kind", "order"], args, vm)?;
    let axis = sort_axis(array, axis, vm)?;
    places(kth, array.shape()[axis], vm)?;
    sort_lines(array, axis, vm)
}

pub(crate) fn argpartition(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [kth, axis, _, _] = bind("argpartition", ["kth", "axis", "kind", "order"], args, vm)?;
    let (rows, at) = along(array, axis.clone(), Some(-1), vm)?;
    places(kth, rows.shape()[at], vm)?;
    indices_of(array, axis, vm)
}

pub(crate) fn searchsorted(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [keys, side, sorter] = bind("searchsorted", ["v", "side", "sorter"], args, vm)?;
    let keys = array_like::array(&*required(keys, "searchsorted", "v", 1, vm)?, None, vm)?;
    let side = match side {
        None => Side::Left,
        Some(side) => match &*side.str(vm)?.to_string_lossy() {
            "left" => Side::Left,
            "right" => Side::Right,
            other => return Err(vm.new_value_error(format!("search side must be 'left' or 'right' (got '{other}')"))),
        },
    };
    if array.axes() != 1 {
        return Err(vm.new_value_error("object too deep for desired array"));
    }
    let sorter =
        arguments::given(sorter, vm).map(|sorter| array_like::array(&sorter, Some(DType::I64), vm)).transpose()?;
    let dtype = array.dtype().with(keys.dtype());
    let found = unlocked(keys.size(), vm, || -> Result<Array> {
        with_element!(dtype, T => {
            let (sorted, wanted) = (array.to_row::<T>()?, keys.to_row::<T>()?);
            let places = match &sorter {
                Some(sorter) => sorting::searchsorted_by(&sorted, &sorter.to_row::<i64>()?, &wanted, side)?,
                None => sorting::searchsorted(&sorted, &wanted, side),
            };
            Array::from_row(&places, keys.shape())
        })
    });
    Ok(array_like::returned(found.raise(vm)?, vm))
}

pub(crate) fn nonzero(array: &Array, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    if array.axes() == 0 {
        return Err(vm.new_value_error(
            "Calling nonzero on 0d arrays is not allowed. Use np.atleast_1d(scalar).nonzero() instead.",
        ));
    }
    let found = unlocked(array.size(), vm, || array.nonzero()).raise(vm)?;
    let arrays = found.iter().map(|row| Ok(PyNdArray::object(Array::from_row(row, &[row.len()]).raise(vm)?, vm)));
    Ok(vm.ctx.new_tuple(arrays.collect::<PyResult<_>>()?).into())
}

/// What becomes of indices that are out of bounds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Bounds {
    Raise,
    Wrap,
    Clip,
}

fn bounds(mode: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<Bounds> {
    let Some(mode) = arguments::given(mode, vm) else { return Ok(Bounds::Raise) };
    match &*mode.str(vm)?.to_string_lossy() {
        "raise" => Ok(Bounds::Raise),
        "wrap" => Ok(Bounds::Wrap),
        "clip" => Ok(Bounds::Clip),
        other => Err(vm.new_value_error(format!("clipmode must be one of 'clip', 'raise', or 'wrap' (got '{other}')"))),
    }
}

fn bounded(indices: &Array, axis: usize, length: usize, bounds: Bounds, vm: &VirtualMachine) -> PyResult<Array> {
    let length = length as i64;
    let mut row = indices.to_row::<i64>().raise(vm)?;
    for at in &mut row {
        let is_within = (-length..length).contains(at);
        *at = match bounds {
            Bounds::Raise if !is_within => {
                return Err(
                    vm.new_index_error(format!("index {at} is out of bounds for axis {axis} with size {length}"))
                );
            }
            Bounds::Raise => *at,
            _ if length == 0 => return Err(vm.new_index_error("cannot do a non-empty take from an empty axes.")),
            Bounds::Wrap => at.rem_euclid(length),
            Bounds::Clip => (*at).clamp(0, length - 1),
        };
    }
    Array::from_row(&row, indices.shape()).raise(vm)
}

fn index_array(object: &PyObject, vm: &VirtualMachine) -> PyResult<Array> {
    let array = array_like::array(object, None, vm)?;
    if array.size() > 0 && (!array.dtype().is_integer()) {
        let dtype = array.dtype();
        return Err(vm.new_type_error(format!(
            "Cannot cast array data from dtype('{dtype}') to dtype('int64') according to the rule 'safe'"
        )));
    }
    array.converted(DType::I64, Order::RowMajor).raise(vm)
}

pub(crate) fn take(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    use parallel_lab_arrays::index::{Item, Selection};
    let [indices, axis, out, mode] = bind("take", ["indices", "axis", "out", "mode"], args, vm)?;
    let indices = index_array(&*required(indices, "take", "indices", 1, vm)?, vm)?;
    let bounds = bounds(mode, vm)?;
    let out = PyNdArray::out_of(out, vm)?;
    let (array, axis) = along(array, axis, None, vm)?;
    let indices = bounded(&indices, axis, array.shape()[axis], bounds, vm)?;
    let mut items = vec![Item::Slice { start: None, stop: None, step: 1 }; axis];
    items.push(Item::Picks(indices));
    let taken = match array.select(&items).raise(vm)? {
        Selection::View(view) => view,
        Selection::Picked(picked) => picked.get().raise(vm)?,
    };
    match out {
        Some(out) => {
            out.writable_array(vm)?.assign(&taken).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(taken, vm)),
    }
}

pub(crate) fn put(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [indices, values, mode] = bind("put", ["indices", "values", "mode"], args, vm)?;
    let indices = index_array(&*required(indices, "put", "indices", 1, vm)?, vm)?;
    let indices = bounded(&indices, 0, array.size(), bounds(mode, vm)?, vm)?.to_row::<i64>().raise(vm)?;
    let values = array_like::array(&*required(values, "put", "values", 2, vm)?, Some(array.dtype()), vm)?;
    if values.size() == 0 {
        return Ok(());
    }
    let values = values.flat().raise(vm)?;
    let values = if values.has_memory_of(array) { values.copy(Order::RowMajor).raise(vm)? } else { values };
    let size = array.size() as i64;
    let mut index = vec![0; array.axes()];
    for (place, at) in indices.iter().enumerate() {
        let mut flat = if *at < 0 { at + size } else { *at } as usize;
        for (axis, length) in array.shape().iter().enumerate().rev() {
            index[axis] = flat % length.max(&1);
            flat /= length.max(&1);
        }
        array.set(&index, values.get(&[place % values.size()]));
    }
    Ok(())
}

pub(crate) fn repeat(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [repeats, axis] = bind("repeat", ["repeats", "axis"], args, vm)?;
    let repeats = index_array(&*required(repeats, "repeat", "repeats", 1, vm)?, vm)?.to_row::<i64>().raise(vm)?;
    let (array, axis) = along(array, axis, None, vm)?;
    let length = array.shape()[axis];
    if repeats.iter().any(|count| *count < 0) {
        return Err(vm.new_value_error("repeats may not contain negative values."));
    }
    let total = match repeats.as_slice() {
        [count] => usize::try_from(*count).unwrap_or(usize::MAX).saturating_mul(length),
        counts if counts.len() == length => counts
            .iter()
            .fold(0, |total: usize, count| total.saturating_add(usize::try_from(*count).unwrap_or(usize::MAX))),
        counts => {
            let (has, given) = (shape::spoken(&[length]), shape::spoken(&[counts.len()]));
            return Err(
                vm.new_value_error(format!("operands could not be broadcast together with shape {has} {given}"))
            );
        }
    };
    let repeated = Array::zeros(array.dtype(), &with_length(array.shape(), axis, total)).raise(vm)?;
    let done = unlocked(repeated.size(), vm, || -> Result<()> {
        with_element!(array.dtype(), T => lines::each::<T, T>(&array, axis, &repeated, |row, out| {
            let mut places = out.iter_mut();
            for (value, count) in row.iter().zip(repeats.iter().cycle()) {
                places.by_ref().take(*count as usize).for_each(|place| *place = *value);
            }
        }))
    });
    done.raise(vm)?;
    Ok(PyNdArray::object(repeated, vm))
}

pub(crate) fn compress(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [condition, axis, out] = bind("compress", ["condition", "axis", "out"], args, vm)?;
    let condition = array_like::array(&*required(condition, "compress", "condition", 1, vm)?, Some(DType::Bool), vm)?;
    if condition.axes() != 1 {
        return Err(vm.new_value_error("condition must be a 1-d array"));
    }
    let indices = condition.nonzero().raise(vm)?.pop().unwrap_or_default();
    let indices = PyNdArray::object(Array::from_row(&indices, &[indices.len()]).raise(vm)?, vm);
    let axis = axis.unwrap_or_else(|| vm.ctx.none());
    let out = out.unwrap_or_else(|| vm.ctx.none());
    take(array, FuncArgs::from(vec![indices, axis, out]), vm)
}

pub(crate) fn choose(array: &Array, args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [choices, out, mode] = bind("choose", ["choices", "out", "mode"], args, vm)?;
    let choices = required(choices, "choose", "choices", 1, vm)?;
    let choices = match arguments::sequence(&choices) {
        Some(items) => items,
        None => choices.try_to_value::<Vec<PyObjectRef>>(vm)?,
    };
    let choices = choices.iter().map(|choice| array_like::array(choice, None, vm)).collect::<PyResult<Vec<_>>>()?;
    let bounds = bounds(mode, vm)?;
    let shapes: Vec<&[usize]> = std::iter::once(array.shape()).chain(choices.iter().map(Array::shape)).collect();
    let shape = shape::broadcast(&shapes).raise(vm)?;
    let dtype = choices.iter().fold(None, |dtype: Option<DType>, choice| {
        Some(dtype.map_or(choice.dtype(), |dtype| dtype.with(choice.dtype())))
    });
    let chosen = Array::zeros(dtype.unwrap_or(DType::F64), &shape).raise(vm)?;
    let which = array.broadcast_to(&shape).raise(vm)?.to_row::<i64>().raise(vm)?;
    let choices = choices.iter().map(|choice| choice.broadcast_to(&shape)).collect::<Result<Vec<_>>>().raise(vm)?;
    let count = choices.len() as i64;
    let mut index = vec![0; shape.len()];
    for at in which {
        let at = match bounds {
            Bounds::Raise if !(0..count).contains(&at) => {
                return Err(vm.new_value_error("invalid entry in choice array"));
            }
            Bounds::Raise => at,
            Bounds::Wrap => at.rem_euclid(count.max(1)),
            Bounds::Clip => at.clamp(0, (count - 1).max(0)),
        };
        if let Some(choice) = choices.get(at as usize) {
            chosen.set(&index, choice.get(&index));
        }
        parallel_lab_arrays::array::step(&mut index, &shape);
    }
    match PyNdArray::out_of(out, vm)? {
        Some(out) => {
            out.writable_array(vm)?.assign(&chosen).raise(vm)?;
            Ok(out.into())
        }
        None => Ok(array_like::returned(chosen, vm)),
    }
}

/// `np.where`
pub(crate) fn choose_where(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [condition, x, y] = bind("where", ["condition", "x", "y"], args, vm)?;
    let condition = array_like::array(&*required(condition, "where", "condition", 1, vm)?, None, vm)?;
    let (x, y) = match (x, y) {
        (None, None) => return nonzero(&condition, vm),
        (Some(x), Some(y)) => (array_like::operand(&x, vm)?, array_like::operand(&y, vm)?),
        _ => return Err(vm.new_value_error("either both or neither of x and y should be given")),
    };
    let dtype = x.1.with(y.1).default_dtype();
    for ((array, operand), other) in [(&x, y.1), (&y, x.1)] {
        crate::operators::check_numbers(other, (array, *operand), vm)?;
    }
    let shape = shape::broadcast(&[condition.shape(), x.0.shape(), y.0.shape()]).raise(vm)?;
    let chosen = unlocked(shape::size(&shape), vm, || -> Result<Array> {
        let mask = condition.converted(DType::Bool, Order::Keep)?.broadcast_to(&shape)?;
        let (x, y) = (x.0.broadcast_to(&shape)?, y.0.broadcast_to(&shape)?);
        parallel_lab_arrays::statistics::choose(&mask, &x, &y, dtype)
    });
    Ok(PyNdArray::object(chosen.raise(vm)?, vm))
}

/// `np.lexsort`
pub(crate) fn lexsort(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [keys, _] = bind("lexsort", ["keys", "axis"], args, vm)?;
    let keys = required(keys, "lexsort", "keys", 1, vm)?;
    let keys = match arguments::sequence(&keys) {
        Some(items) => items,
        None => keys.try_to_value::<Vec<PyObjectRef>>(vm)?,
    };
    let keys = keys.iter().map(|key| array_like::array(key, None, vm)).collect::<PyResult<Vec<_>>>()?;
    let Some(first) = keys.first() else {
        return Err(vm.new_type_error("need sequence of keys with len > 0 in lexsort"));
    };
    if keys.iter().any(|key| key.shape() != first.shape()) {
        return Err(vm.new_value_error("all keys need to be the same shape"));
    }
    let mut indices: Vec<i64> = parallel_lab_arrays::cells::room(DType::I64, first.size()).raise(vm)?;
    indices.extend(0..first.size() as i64);
    for key in &keys {
        with_element!(key.dtype(), T => sorting::sort_indices(&mut indices, &key.to_row::<T>().raise(vm)?));
    }
    Ok(PyNdArray::object(Array::from_row(&indices, first.shape()).raise(vm)?, vm))
}

/// `unique1`: the sorted elements, each once, with what is asked for besides.
pub(crate) fn unique(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let names = ["flat", "return_index", "return_inverse", "return_counts", "equal_nan"];
    let [flat, first, inverse, counts, equal_nan] = bind("unique1", names, args, vm)?;
    let flat = array_like::array(&*required(flat, "unique1", "flat", 1, vm)?, None, vm)?;
    let equal_nan = equal_nan.map_or(Ok(true), |equal| equal.try_to_bool(vm))?;
    let wanted = [arguments::is_true(first, vm)?, arguments::is_true(inverse, vm)?, arguments::is_true(counts, vm)?];
    let (values, parts) = unlocked(flat.size(), vm, || -> Result<(Array, [Vec<i64>; 3])> {
        with_element!(flat.dtype(), T => unique_of::<T>(&flat, equal_nan))
    })
    .raise(vm)?;
    let mut items = vec![PyNdArray::object(values, vm)];
    for (part, is_wanted) in parts.iter().zip(wanted) {
        if is_wanted {
            items.push(PyNdArray::object(Array::from_row(part, &[part.len()]).raise(vm)?, vm));
        }
    }
    Ok(vm.ctx.new_tuple(items).into())
}

fn unique_of<T: Plain + Sorted>(flat: &Array, equal_nan: bool) -> Result<(Array, [Vec<i64>; 3])> {
    let found = sorting::unique(&flat.to_row::<T>()?, equal_nan);
    Ok((Array::from_row(&found.values, &[found.values.len()])?, [found.first, found.inverse, found.counts]))
}

/// `np.bincount`
pub(crate) fn bincount(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [values, weights, least] = bind("bincount", ["x", "weights", "minlength"], args, vm)?;
    let values = index_array(&*required(values, "bincount", "x", 1, vm)?, vm)?;
    if values.axes() != 1 {
        let text = if values.axes() == 0 {
            "object of too small depth for desired array"
        } else {
            "object too deep for desired array"
        };
        return Err(vm.new_value_error(text));
    }
    let least = least.map_or(Ok(0), |least| arguments::integer(&least, vm))?;
    let values = values.to_row::<i64>().raise(vm)?;
    let counted = match arguments::given(weights, vm) {
        None => sorting::bincount(&values, least).and_then(|counts| Array::from_row(&counts, &[counts.len()])),
        Some(weights) => {
            let weights = array_like::array(&weights, Some(DType::F64), vm)?.to_row::<f64>().raise(vm)?;
            sorting::bincount_weighted(&values, &weights, least).and_then(|sums| Array::from_row(&sums, &[sums.len()]))
        }
    };
    Ok(PyNdArray::object(counted.raise(vm)?, vm))
}

/// `np.putmask`
pub(crate) fn putmask(args: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
    let [array, mask, values] = bind("putmask", ["a", "mask", "values"], args, vm)?;
    let object = required(array, "putmask", "a", 1, vm)?;
    let Some(array) = object.downcast_ref::<PyNdArray>() else {
        return Err(vm.new_type_error("argument 1 must be numpy.ndarray"));
    };
    let array = array.writable_array(vm)?;
    let mask = array_like::array(&*required(mask, "putmask", "mask", 2, vm)?, Some(DType::Bool), vm)?;
    let values = array_like::array(&*required(values, "putmask", "values", 3, vm)?, Some(array.dtype()), vm)?;
    if mask.size() != array.size() {
        return Err(vm.new_value_error("putmask: mask and data must be the same size"));
    }
    if values.size() == 0 {
        return Ok(());
    }
    let values = values.flat().raise(vm)?;
    let values = if values.has_memory_of(&array) { values.copy(Order::RowMajor).raise(vm)? } else { values };
    let mut index = vec![0; array.axes()];
    for (at, is_set) in mask.to_row::<bool>().raise(vm)?.into_iter().enumerate() {
        if is_set {
            array.set(&index, values.get(&[at % values.size()]));
        }
        parallel_lab_arrays::array::step(&mut index, array.shape());
    }
    Ok(())
}
