//! `np.ndarray(shape, buffer=…)`: a look at the memory of another array.

use parallel_lab_arrays::{Array, DType, shape};
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::arguments::{self, given};
use crate::dtype;
use crate::ndarray::PyNdArray;

/// An array over the memory of another one; `kind`, `offset`, `strides` and `order` as in `np.ndarray`.
pub(crate) fn over(
    buffer: &PyObject,
    lengths: &PyObject,
    [kind, offset, strides, order]: [Option<PyObjectRef>; 4],
    vm: &VirtualMachine,
) -> PyResult {
    let Some(owner) = buffer.downcast_ref::<PyNdArray>() else {
        return Err(vm.new_not_implemented_error(
            "arrays of the lab own their memory, and np.ndarray takes no buffer but an array. Copy instead: \
             a = np.frombuffer(buffer).copy(), and back with buffer[:] = a.tobytes(). docs/python.md#numpy",
        ));
    };
    let kind = dtype::given(kind, vm)?.unwrap_or(DType::F64);
    let array = owner.array();
    if !array.is_row_major() {
        return Err(vm.new_value_error("ndarray is not contiguous"));
    }
    let lengths = arguments::shape(lengths, vm)?;
    let offset = given(offset, vm).map_or(Ok(0), |offset| arguments::integer(&offset, vm))?;
    let by_columns = arguments::order(order, vm)? == Some(parallel_lab_arrays::Order::ColumnMajor);
    let strides = match given(strides, vm) {
        Some(strides) => arguments::integers(&strides, vm)?,
        None => strides_of(&lengths, kind, by_columns),
    };
    let fits = is_within(&lengths, &strides, array.bytes(), offset, kind);
    match fits.then(|| seen(array, &lengths, &strides, offset, kind)) {
        Some(Some(view)) => Ok(PyNdArray::view(view, buffer, vm)),
        Some(None) => Err(vm.new_not_implemented_error(format!(
            "the lab's arrays can be seen as a type of the same size only, from element to element: {} takes {} bytes, \
             {kind} {}",
            array.dtype(),
            array.dtype().item_bytes(),
            kind.item_bytes()
        ))),
        None if shape::size(&lengths).saturating_mul(kind.item_bytes()) > array.bytes() => {
            Err(vm.new_type_error("buffer is too small for requested array"))
        }
        None => Err(vm.new_value_error("strides is incompatible with shape of requested array and size of buffer")),
    }
}

/// The strides, in bytes, of elements one after the other.
fn strides_of(lengths: &[usize], kind: DType, by_columns: bool) -> Vec<i64> {
    let bytes = kind.item_bytes();
    let strides = if by_columns {
        shape::nested(lengths, &(0..lengths.len()).rev().collect::<Vec<_>>(), bytes)
    } else {
        shape::row_major(lengths, bytes)
    };
    strides.iter().map(|stride| *stride as i64).collect()
}

/// Whether all elements lie in a memory of so many bytes.
fn is_within(lengths: &[usize], strides: &[i64], bytes: usize, offset: i64, kind: DType) -> bool {
    let (mut low, mut high) = (i128::from(offset), i128::from(offset) + kind.item_bytes() as i128);
    for (length, stride) in lengths.iter().zip(strides) {
        let reach = i128::from(*stride) * (*length as i128 - 1);
        low += reach.min(0);
        high += reach.max(0);
    }
    lengths.contains(&0) || (low >= 0 && high <= bytes as i128)
}

/// The elements from a byte on; nothing if that is within an element, or the type is of another size.
fn seen(array: &Array, lengths: &[usize], strides: &[i64], offset: i64, kind: DType) -> Option<Array> {
    let array = array.reinterpreted(kind)?;
    let size = kind.item_bytes();
    let first = usize::try_from(offset).ok().filter(|offset| offset.is_multiple_of(size))? / size;
    let cell = array.offset() + first * parallel_lab_arrays::array::cells_of(kind);
    array.look([].as_slice().into(), [].as_slice().into(), cell).strided(lengths, strides)
}
