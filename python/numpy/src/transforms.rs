//! Kernels of `numpy.linalg` and `numpy.fft`, of one matrix or of all lines along an axis.

use parallel_lab_arrays::cells::{Element, room};
use parallel_lab_arrays::fft::{self, Direction};
use parallel_lab_arrays::linalg::{self, Field};
use parallel_lab_arrays::lines::with_length;
use parallel_lab_arrays::{Array, Complex64, DType, shape};
use rustpython_vm::function::FuncArgs;
use rustpython_vm::{PyObjectRef, PyResult, VirtualMachine};

use crate::arguments::{self, bind, required};
use crate::ndarray::PyNdArray;
use crate::raise::Raise;
use crate::release::unlocked;
use crate::{array_like, scalar};

type Result<T> = parallel_lab_arrays::Result<T>;

/// A number of matrices that arrays can keep.
trait Kept: Field + Element {}

impl Kept for f64 {}
impl Kept for Complex64 {}

/// A matrix as rows of real or of complex numbers.
enum Matrix {
    Real(Vec<f64>),
    Complex(Vec<Complex64>),
}

/// A matrix with its numbers of rows and columns.
fn matrix(object: Option<PyObjectRef>, vm: &VirtualMachine) -> PyResult<(Matrix, usize, usize)> {
    let array = array_like::array(&*required(object, "linalg", "a", 1, vm)?, None, vm)?;
    let [rows, columns] = *array.shape() else {
        return Err(vm.new_value_error("a kernel takes one matrix"));
    };
    let matrix = match array.dtype() {
        DType::C128 => Matrix::Complex(array.to_row().raise(vm)?),
        _ => Matrix::Real(array.to_row().raise(vm)?),
    };
    Ok((matrix, rows, columns))
}

fn made<T: Kept>(row: &[T], shape: &[usize], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    Ok(PyNdArray::object(Array::from_row(row, shape).raise(vm)?, vm))
}

fn reals(row: &[f64], vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    made(row, &[row.len()], vm)
}

macro_rules! of_matrix {
    ($matrix:expr, $rows:expr, $vm:expr, $a:ident => $work:expr) => {
        match $matrix {
            Matrix::Real($a) => unlocked($rows * $rows * $rows, $vm, || $work).raise($vm)?.into_object($vm),
            Matrix::Complex($a) => unlocked($rows * $rows * $rows, $vm, || $work).raise($vm)?.into_object($vm),
        }
    };
}

/// What a kernel gives, as an object.
trait Given {
    fn into_object(self, vm: &VirtualMachine) -> PyResult<PyObjectRef>;
}

impl<T: Kept> Given for (Vec<T>, usize, usize) {
    fn into_object(self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        made(&self.0, &[self.1, self.2], vm)
    }
}

impl<T: Kept> Given for (T,) {
    fn into_object(self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(scalar::object(self.0.scalar(), vm))
    }
}

impl<T: Kept> Given for (T, f64) {
    fn into_object(self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        let log = scalar::object(parallel_lab_arrays::Scalar::F64(self.1), vm);
        Ok(vm.new_tuple((scalar::object(self.0.scalar(), vm), log)).into())
    }
}

impl<T: Kept> Given for Vec<T> {
    fn into_object(self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        made(&self, &[self.len()], vm)
    }
}

impl<T: Kept> Given for (Vec<f64>, Vec<T>, usize) {
    fn into_object(self, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
        Ok(vm.new_tuple((reals(&self.0, vm)?, made(&self.1, &[self.2, self.2], vm)?)).into())
    }
}

pub(crate) fn solve(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, b] = bind("_solve", ["a", "b"], args, vm)?;
    let (a, n, _) = matrix(a, vm)?;
    let (b, _, columns) = matrix(b, vm)?;
    let complex = |matrix: Matrix| match matrix {
        Matrix::Real(row) => row.into_iter().map(|value| Complex64::new(value, 0.0)).collect(),
        Matrix::Complex(row) => row,
    };
    match (a, b) {
        (Matrix::Real(a), Matrix::Real(b)) => {
            let solved = unlocked(n * n * n, vm, || linalg::solve(n, &a, columns, &b)).raise(vm)?;
            made(&solved, &[n, columns], vm)
        }
        (a, b) => {
            let (a, b): (Vec<Complex64>, Vec<Complex64>) = (complex(a), complex(b));
            let solved = unlocked(n * n * n, vm, || linalg::solve(n, &a, columns, &b)).raise(vm)?;
            made(&solved, &[n, columns], vm)
        }
    }
}

macro_rules! kernels {
    ($($name:ident($a:ident, $n:ident) => $work:expr;)*) => {$(
        pub(crate) fn $name(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let [a] = bind(stringify!($name), ["a"], args, vm)?;
            let (matrix, $n, _) = matrix(a, vm)?;
            of_matrix!(matrix, $n, vm, $a => $work)
        }
    )*};
}

kernels! {
    inv(a, n) => linalg::inv(n, &a).map(|inverse| (inverse, n, n));
    det(a, n) => linalg::det(n, &a).map(|determinant| (determinant,));
    slogdet(a, n) => linalg::slogdet(n, &a);
    cholesky(a, n) => linalg::cholesky(n, &a).map(|factor| (factor, n, n));
    eigvalsh(a, n) => linalg::eigvalsh(n, &a);
    eigh(a, n) => linalg::eigh(n, &a).map(|found| (found.values, found.vectors, n));
    eigvals(a, n) => linalg::eigvals(n, &a);
}

pub(crate) fn eig(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a] = bind("_eig", ["a"], args, vm)?;
    let (matrix, n, _) = matrix(a, vm)?;
    let found = unlocked(n * n * n, vm, || match matrix {
        Matrix::Real(a) => linalg::eig(n, &a),
        Matrix::Complex(a) => linalg::eig(n, &a),
    });
    let found = found.raise(vm)?;
    Ok(vm.new_tuple((made(&found.values, &[n], vm)?, made(&found.vectors, &[n, n], vm)?)).into())
}

pub(crate) fn qr(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, complete] = bind("_qr", ["a", "complete"], args, vm)?;
    let complete = arguments::is_true(complete, vm)?;
    let (matrix, rows, columns) = matrix(a, vm)?;
    let inner = if complete { rows } else { rows.min(columns) };
    fn parts<T: Kept>(
        q: &[T],
        r: &[T],
        [rows, inner, columns]: [usize; 3],
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        Ok(vm.new_tuple((made(q, &[rows, inner], vm)?, made(r, &[inner, columns], vm)?)).into())
    }
    let work = rows * columns * columns;
    match matrix {
        Matrix::Real(a) => {
            let found = unlocked(work, vm, || linalg::qr(rows, columns, &a, complete)).raise(vm)?;
            parts(&found.q, &found.r, [rows, inner, columns], vm)
        }
        Matrix::Complex(a) => {
            let found = unlocked(work, vm, || linalg::qr(rows, columns, &a, complete)).raise(vm)?;
            parts(&found.q, &found.r, [rows, inner, columns], vm)
        }
    }
}

pub(crate) fn svd(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, full] = bind("_svd", ["a", "full"], args, vm)?;
    let full = arguments::is_true(full, vm)?;
    let (matrix, rows, columns) = matrix(a, vm)?;
    let inner = rows.min(columns);
    let (left, right) = if full { (rows, columns) } else { (inner, inner) };
    fn parts<T: Kept>(
        found: &linalg::Svd<T>,
        [rows, left, right, columns]: [usize; 4],
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let (u, vh) = (made(&found.u, &[rows, left], vm)?, made(&found.vh, &[right, columns], vm)?);
        Ok(vm.new_tuple((u, reals(&found.s, vm)?, vh)).into())
    }
    let work = rows * columns * columns;
    match matrix {
        Matrix::Real(a) => parts(
            &unlocked(work, vm, || linalg::svd(rows, columns, &a, full)).raise(vm)?,
            [rows, left, right, columns],
            vm,
        ),
        Matrix::Complex(a) => parts(
            &unlocked(work, vm, || linalg::svd(rows, columns, &a, full)).raise(vm)?,
            [rows, left, right, columns],
            vm,
        ),
    }
}

pub(crate) fn svdvals(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a] = bind("_svdvals", ["a"], args, vm)?;
    let (matrix, rows, columns) = matrix(a, vm)?;
    let values = unlocked(rows * columns * columns, vm, || match matrix {
        Matrix::Real(a) => linalg::svdvals(rows, columns, &a),
        Matrix::Complex(a) => linalg::svdvals(rows, columns, &a),
    });
    reals(&values.raise(vm)?, vm)
}

pub(crate) fn lstsq(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, b, cutoff] = bind("_lstsq", ["a", "b", "rcond"], args, vm)?;
    let (a, rows, columns) = matrix(a, vm)?;
    let (b, _, wanted) = matrix(b, vm)?;
    let cutoff = required(cutoff, "_lstsq", "rcond", 3, vm)?.try_float(vm)?.to_f64();
    fn parts<T: Kept>(
        found: &linalg::LeastSquares<T>,
        columns: usize,
        wanted: usize,
        vm: &VirtualMachine,
    ) -> PyResult<PyObjectRef> {
        let solutions = made(&found.solutions, &[columns, wanted], vm)?;
        Ok(vm.new_tuple((solutions, reals(&found.residuals, vm)?, found.rank, reals(&found.s, vm)?)).into())
    }
    let complex = |matrix: Matrix| -> Vec<Complex64> {
        match matrix {
            Matrix::Real(row) => row.into_iter().map(|value| Complex64::new(value, 0.0)).collect(),
            Matrix::Complex(row) => row,
        }
    };
    let work = rows * columns * columns;
    match (a, b) {
        (Matrix::Real(a), Matrix::Real(b)) => {
            let found = unlocked(work, vm, || linalg::lstsq(rows, columns, &a, wanted, &b, cutoff)).raise(vm)?;
            parts(&found, columns, wanted, vm)
        }
        (a, b) => {
            let (a, b) = (complex(a), complex(b));
            let found = unlocked(work, vm, || linalg::lstsq(rows, columns, &a, wanted, &b, cutoff)).raise(vm)?;
            parts(&found, columns, wanted, vm)
        }
    }
}

/// The lines along an axis one after the other, each cut or filled to a length.
fn lines_of<T: parallel_lab_arrays::block::Plain>(array: &Array, axis: usize, length: usize) -> Result<Vec<T>> {
    let has = array.shape()[axis];
    let used = has.min(length);
    let mut lengths = array.shape().to_vec();
    lengths[axis] = used;
    let cut = array.look(lengths.into(), array.strides().into(), array.offset());
    let row = last(&cut, axis).to_row::<T>()?;
    if used == length {
        return Ok(row);
    }
    let mut filled = room(T::DTYPE, shape::size(&with_length(array.shape(), axis, length)))?;
    for line in row.chunks(used.max(1)) {
        filled.extend_from_slice(line);
        filled.resize(filled.len() + length - used, T::default());
    }
    Ok(filled)
}

/// The array with an axis as the last one.
fn last(array: &Array, axis: usize) -> Array {
    let mut order: Vec<usize> = (0..array.axes()).filter(|at| *at != axis).collect();
    order.push(axis);
    array.transposed(&order)
}

/// Lines put back along an axis.
fn back<T: parallel_lab_arrays::block::Plain>(row: &[T], result: Array, axis: usize) -> Result<Array> {
    let lines = last(&result, axis);
    let from = Array::from_row(row, lines.shape())?;
    lines.assign(&from)?;
    Ok(result)
}

/// The array, the axis and the length of a transform.
fn asked(
    a: Option<PyObjectRef>,
    axis: Option<PyObjectRef>,
    n: Option<PyObjectRef>,
    factor: Option<PyObjectRef>,
    vm: &VirtualMachine,
) -> PyResult<(Array, usize, usize, f64)> {
    let array = array_like::array(&*required(a, "fft", "a", 1, vm)?, None, vm)?;
    let axis = arguments::integer(&*required(axis, "fft", "axis", 2, vm)?, vm)?;
    let axis = shape::axis(axis, array.axes()).raise(vm)?;
    let n = arguments::integer(&*required(n, "fft", "n", 3, vm)?, vm)?.max(0);
    // Where addresses have 32 bits, too many are as many as there may be.
    let n = usize::try_from(n).unwrap_or(usize::MAX);
    let factor = required(factor, "fft", "factor", 4, vm)?.try_float(vm)?.to_f64();
    Ok((array, axis, n, factor))
}

pub(crate) fn transform(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, axis, n, inverse, factor] = bind("_fft", ["a", "axis", "n", "inverse", "factor"], args, vm)?;
    let direction = if arguments::is_true(inverse, vm)? { Direction::Inverse } else { Direction::Forward };
    let (array, axis, n, factor) = asked(a, axis, n, factor, vm)?;
    let done = unlocked(array.size(), vm, || -> Result<Array> {
        let result = Array::zeros(DType::C128, &with_length(array.shape(), axis, n))?;
        let mut lines = lines_of::<Complex64>(&array, axis, n)?;
        fft::fft(&mut lines, n, direction, factor)?;
        back(&lines, result, axis)
    });
    Ok(PyNdArray::object(done.raise(vm)?, vm))
}

pub(crate) fn real_transform(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, axis, n, factor] = bind("_rfft", ["a", "axis", "n", "factor"], args, vm)?;
    let (array, axis, n, factor) = asked(a, axis, n, factor, vm)?;
    let done = unlocked(array.size(), vm, || -> Result<Array> {
        let result = Array::zeros(DType::C128, &with_length(array.shape(), axis, n / 2 + 1))?;
        let lines = fft::rfft(&lines_of::<f64>(&array, axis, n)?, n, factor)?;
        back(&lines, result, axis)
    });
    Ok(PyNdArray::object(done.raise(vm)?, vm))
}

pub(crate) fn real_inverse(args: FuncArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
    let [a, axis, n, factor] = bind("_irfft", ["a", "axis", "n", "factor"], args, vm)?;
    let (array, axis, n, factor) = asked(a, axis, n, factor, vm)?;
    let done = unlocked(array.size(), vm, || -> Result<Array> {
        let result = Array::zeros(DType::F64, &with_length(array.shape(), axis, n))?;
        let lines = fft::irfft(&lines_of::<Complex64>(&array, axis, n / 2 + 1)?, n, factor)?;
        back(&lines, result, axis)
    });
    Ok(PyNdArray::object(done.raise(vm)?, vm))
}
