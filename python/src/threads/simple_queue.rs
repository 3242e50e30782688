//! `_queue`: the queue of `ThreadPoolExecutor`, waiting as all of Python does here.

#[rustpython_vm::pymodule]
pub(crate) mod _queue {
    use std::collections::VecDeque;

    use rustpython_vm::builtins::{PyBaseExceptionRef, PyException, PyGenericAlias, PyType, PyTypeRef};
    use rustpython_vm::common::lock::PyMutex;
    use rustpython_vm::types::Constructor;
    use rustpython_vm::{
        AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass, pyexception,
    };

    use crate::deadlock::Awaited;
    use crate::threads::seconds_of;
    use crate::{clock, idle};

    /// Exception raised by Queue.get(block=0)/get_nowait().
    #[pyattr]
    #[pyexception(name = "Empty", base = PyException)]
    #[derive(Debug)]
    #[repr(transparent)]
    struct Empty(PyException);

    #[pyexception]
    impl Empty {}

    /// A queue without a bound.
    #[pyattr]
    #[pyclass(module = "_queue", name = "SimpleQueue")]
    #[derive(Debug, Default, PyPayload)]
    struct SimpleQueue {
        items: PyMutex<VecDeque<PyObjectRef>>,
    }

    #[derive(FromArgs)]
    struct PutArgs {
        #[pyarg(any)]
        item: PyObjectRef,
        // A queue without a bound has nothing to wait for.
        #[pyarg(any, default = true)]
        _block: bool,
        #[pyarg(any, optional)]
        _timeout: Option<PyObjectRef>,
    }

    #[derive(FromArgs)]
    struct GetArgs {
        #[pyarg(any, default = true)]
        block: bool,
        #[pyarg(any, optional)]
        timeout: Option<PyObjectRef>,
    }

    impl SimpleQueue {
        fn push(&self, item: PyObjectRef) {
            self.items.lock().push_back(item);
            idle::happened();
        }

        fn pop(&self) -> Option<PyObjectRef> {
            self.items.lock().pop_front()
        }
    }

    fn empty_error(vm: &VirtualMachine) -> PyBaseExceptionRef {
        vm.new_exception_empty(Empty::class(&vm.ctx).to_owned())
    }

    #[pyclass(with(Constructor), flags(BASETYPE, HAS_WEAKREF))]
    impl SimpleQueue {
        #[pymethod]
        fn put(zelf: &Py<Self>, args: PutArgs) {
            zelf.push(args.item);
        }

        #[pymethod]
        fn put_nowait(zelf: &Py<Self>, item: PyObjectRef) {
            zelf.push(item);
        }

        #[pymethod]
        fn get(zelf: &Py<Self>, args: GetArgs, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            let timeout = args.timeout.filter(|timeout| !vm.is_none(timeout));
            let seconds = timeout.map(|timeout| seconds_of(&timeout, vm)).transpose()?;
            if args.block && seconds.is_some_and(|seconds| seconds < 0.0) {
                return Err(vm.new_value_error("'timeout' must be a non-negative number"));
            }
            let mut item = zelf.pop();
            if item.is_none() && args.block {
                let deadline_ms = seconds.map(|seconds| clock::now_ms() + seconds * 1e3);
                idle::wait_for(vm, &Awaited::object(zelf.as_object()), deadline_ms, || {
                    item = zelf.pop();
                    item.is_some()
                })?;
            }
            item.ok_or_else(|| empty_error(vm))
        }

        #[pymethod]
        fn get_nowait(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            zelf.pop().ok_or_else(|| empty_error(vm))
        }

        #[pymethod]
        fn empty(zelf: &Py<Self>) -> bool {
            zelf.items.lock().is_empty()
        }

        #[pymethod]
        fn qsize(zelf: &Py<Self>) -> usize {
            zelf.items.lock().len()
        }

        #[pyclassmethod]
        fn __class_getitem__(class: PyTypeRef, item: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyGenericAlias> {
            PyGenericAlias::from_args(class, item, vm)
        }
    }

    impl Constructor for SimpleQueue {
        type Args = ();

        fn py_new(_class: &Py<PyType>, (): Self::Args, _vm: &VirtualMachine) -> PyResult<Self> {
            Ok(Self::default())
        }
    }
}
