//! `for row in array`.

use std::sync::atomic::{AtomicUsize, Ordering};

use rustpython_vm::protocol::PyIterReturn;
use rustpython_vm::types::{IterNext, Iterable, SelfIter};
use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine, pyclass};

use crate::indexing;
use crate::ndarray::PyNdArray;

/// Goes over an array along its first axis.
#[pyclass(module = "numpy", name = "array_iterator")]
#[derive(Debug, PyPayload)]
pub(crate) struct PyArrayIterator {
    array: PyRef<PyNdArray>,
    next: AtomicUsize,
}

impl PyArrayIterator {
    pub(crate) fn new(array: PyRef<PyNdArray>) -> Self {
        Self { array, next: AtomicUsize::new(0) }
    }
}

impl SelfIter for PyArrayIterator {}

impl IterNext for PyArrayIterator {
    fn next(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyIterReturn> {
        let at = zelf.next.fetch_add(1, Ordering::Relaxed);
        if zelf.array.array().shape().first().is_none_or(|length| at >= *length) {
            return Ok(PyIterReturn::StopIteration(None));
        }
        let index: PyObjectRef = vm.ctx.new_int(at).into();
        indexing::get(&zelf.array, &index, zelf.array.as_object(), vm).map(PyIterReturn::Return)
    }
}

#[pyclass(with(IterNext, Iterable))]
impl PyArrayIterator {}
