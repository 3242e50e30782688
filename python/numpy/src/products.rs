//! Products of matrices.

use parallel_lab_arrays::block::Plain;
use parallel_lab_arrays::products::{self, Element, Shape};
use parallel_lab_arrays::{Array, shape, with_element};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObject, PyObjectRef, PyResult, VirtualMachine};

use crate::array_like;
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;

type Result<T> = parallel_lab_arrays::Result<T>;

/// The elements of two arrays multiplied and added up, row by column.
fn multiply<T: Plain + Element>(a: &Array, b: &Array, sizes: Shape) -> Result<Array> {
    let product = products::matmul(sizes, &a.to_row::<T>()?, &b.to_row::<T>()?)?;
    Array::from_row(&product, &[sizes.rows, sizes.columns])
}

/// The product of two matrices.
fn matrices(a: &Array, b: &Array) -> Result<Array> {
    let sizes = Shape { rows: a.shape()[0], inner: a.shape()[1], columns: b.shape()[1] };
    with_element!(a.dtype().with(b.dtype()), T => multiply::<T>(a, b, sizes))
}

/// `a @ b`
pub(crate) fn matmul(a: &PyObject, b: &PyObject, vm: &VirtualMachine) -> PyResult {
    let (a, b) = (array_like::array(a, None, vm)?, array_like::array(b, None, vm)?);
    for (at, array) in [&a, &b].into_iter().enumerate() {
        if array.axes() == 0 {
            return Err(vm.new_value_error(format!(
                "matmul: Input operand {at} does not have enough dimensions (has 0, gufunc core with signature \
                 (n?,k),(k,m?)->(n?,m?) requires 1)"
            )));
        }
    }
    let work = a.size().saturating_mul(b.shape().last().copied().unwrap_or(1));
    let product = unlocked(work, vm, || stacked(&a, &b)).raise(vm)?;
    Ok(array_like::returned(product, vm))
}

/// Stacks of matrices, vectors taken as such of one row or one column.
fn stacked(a: &Array, b: &Array) -> Result<Array> {
    let (a_is_vector, b_is_vector) = (a.axes() == 1, b.axes() == 1);
    let a = if a_is_vector { widened(a, 0) } else { a.clone() };
    let b = if b_is_vector { widened(b, 1) } else { b.clone() };
    let (inner, wanted) = (a.shape()[a.axes() - 1], b.shape()[b.axes() - 2]);
    if inner != wanted {
        return Err(parallel_lab_arrays::Error::value(format!(
            "matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature \
             (n?,k),(k,m?)->(n?,m?) (size {wanted} is different from {inner})"
        )));
    }
    let (rows, columns) = (a.shape()[a.axes() - 2], b.shape()[b.axes() - 1]);
    let stack = shape::broadcast(&[&a.shape()[..a.axes() - 2], &b.shape()[..b.axes() - 2]])?;
    let full = |matrix: [usize; 2]| [stack.as_slice(), &matrix].concat();
    let (a, b) = (a.broadcast_to(&full([rows, inner]))?, b.broadcast_to(&full([inner, columns]))?);
    let product = if stack.is_empty() {
        matrices(&a, &b)?
    } else {
        let product = Array::zeros(a.dtype().with(b.dtype()), &full([rows, columns]))?;
        let mut index = vec![0; stack.len()];
        for _ in 0..shape::size(&stack) {
            at(&product, &index).assign(&matrices(&at(&a, &index), &at(&b, &index))?)?;
            parallel_lab_arrays::array::step(&mut index, &stack);
        }
        product
    };
    let mut shape = product.shape().to_vec();
    if b_is_vector {
        shape.pop();
    }
    if a_is_vector {
        shape.remove(stack.len());
    }
    Ok(product.reshaped(&shape).unwrap_or(product))
}

/// The matrix at a place of a stack.
fn at(array: &Array, index: &[usize]) -> Array {
    let along: isize = index.iter().zip(array.strides()).map(|(at, stride)| *at as isize * stride).sum();
    let rest = index.len();
    array.look(array.shape()[rest..].into(), array.strides()[rest..].into(), array.offset().wrapping_add_signed(along))
}

fn widened(array: &Array, at: usize) -> Array {
    let (mut shape, mut strides) = (array.shape().to_vec(), array.strides().to_vec());
    shape.insert(at, 1);
    strides.insert(at, 0);
    array.look(shape.into(), strides.into(), array.offset())
}

/// `np.dot`
pub(crate) fn dot_into(a: &PyObject, b: &PyObject, out: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult {
    let out = PyNdArray::out_of(out, vm)?;
    let (x, y) = (array_like::array(a, None, vm)?, array_like::array(b, None, vm)?);
    let result = if x.axes() == 0 || y.axes() == 0 {
        crate::operators::call_binary(parallel_lab_arrays::ufunc::Binary::Multiply, a, b, vm)?
    } else {
        let summed = y.axes().saturating_sub(2);
        let (inner, wanted) = (x.shape()[x.axes() - 1], y.shape()[summed]);
        if inner != wanted {
            return Err(vm.new_value_error(format!(
                "shapes {} and {} not aligned: {inner} (dim {}) != {wanted} (dim {summed})",
                shape::spoken(x.shape()),
                shape::spoken(y.shape()),
                x.axes() - 1
            )));
        }
        let work = x.size().saturating_mul(y.shape().last().copied().unwrap_or(1));
        array_like::returned(unlocked(work, vm, || dotted(&x, &y)).raise(vm)?, vm)
    };
    let Some(out) = out else { return Ok(result) };
    let found = array_like::array(&result, None, vm)?;
    if out.array().axes() == found.axes() && out.array().shape() != found.shape() {
        return Err(vm.new_value_error("output array has wrong dimensions"));
    }
    if out.array().dtype() != found.dtype() || out.array().axes() != found.axes() || !out.array().is_row_major() {
        return Err(vm.new_value_error(
            "output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)",
        ));
    }
    out.writable_array(vm)?.assign(&found).raise(vm)?;
    Ok(out.into())
}

/// The last axis of one summed with the last but one of the other.
fn dotted(a: &Array, b: &Array) -> Result<Array> {
    let inner = a.shape()[a.axes() - 1];
    let rows: Vec<usize> = a.shape()[..a.axes() - 1].to_vec();
    let summed = b.axes().saturating_sub(2);
    let mut order = vec![summed];
    order.extend((0..b.axes()).filter(|axis| *axis != summed));
    let columns: Vec<usize> = order[1..].iter().map(|axis| b.shape()[*axis]).collect();
    let flat = |array: &Array, shape: [usize; 2]| -> Result<Array> {
        match array.reshaped(&shape) {
            Some(view) => Ok(view),
            None => {
                let copy = array.copy(parallel_lab_arrays::Order::RowMajor)?;
                Ok(copy.reshaped(&shape).unwrap_or(copy))
            }
        }
    };
    let a = flat(a, [shape::size(&rows), inner])?;
    let b = flat(&b.transposed(&order), [inner, shape::size(&columns)])?;
    let product = matrices(&a, &b)?;
    let shape = [rows, columns].concat();
    Ok(product.reshaped(&shape).unwrap_or(product))
}

/// `np.vdot`
pub(crate) fn vdot(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [a, b] = crate::arguments::bind("vdot", ["a", "b"], args, vm)?;
    let a = array_like::array(&*crate::arguments::required(a, "vdot", "a", 1, vm)?, None, vm)?.flat().raise(vm)?;
    let b = array_like::array(&*crate::arguments::required(b, "vdot", "b", 2, vm)?, None, vm)?.flat().raise(vm)?;
    let a = PyNdArray::object(a, vm);
    let conjugate = vm.call_method(&a, "conj", ())?;
    dot_into(&conjugate, &PyNdArray::object(b, vm), None, vm)
}

/// `np.inner`: the last axes of both are summed.
pub(crate) fn inner(args: FuncArgs, vm: &VirtualMachine) -> PyResult {
    let [a, b] = crate::arguments::bind("inner", ["a", "b"], args, vm)?;
    let (a, b) =
        (crate::arguments::required(a, "inner", "a", 1, vm)?, crate::arguments::required(b, "inner", "b", 2, vm)?);
    let y = array_like::array(&b, None, vm)?;
    if y.axes() < 2 {
        return dot_into(&a, &b, None, vm);
    }
    let x = array_like::array(&a, None, vm)?;
    if x.axes() > 0 && x.shape()[x.axes() - 1] != y.shape()[y.axes() - 1] {
        return Err(vm.new_value_error(format!(
            "shapes {} and {} not aligned: {} (dim {}) != {} (dim {})",
            shape::spoken(x.shape()),
            shape::spoken(y.shape()),
            x.shape()[x.axes() - 1],
            x.axes() - 1,
            y.shape()[y.axes() - 1],
            y.axes() - 1
        )));
    }
    let mut order: Vec<usize> = (0..y.axes()).collect();
    let last = order.len() - 1;
    order.swap(last - 1, last);
    dot_into(&a, &PyNdArray::object(y.transposed(&order), vm), None, vm)
}
