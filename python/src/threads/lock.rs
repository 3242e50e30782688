//! `_thread.lock`: what `threading.Lock` is.

use rustpython_vm::{PyResult, VirtualMachine};

use crate::clock;

/// No thread's `ident`.
pub(super) const NOBODY: u64 = 0;

/// How long an `acquire` may wait.
pub(super) enum Patience {
    None,
    /// Until then; without a deadline, for ever.
    Until(Option<f64>),
}

/// What `acquire(blocking, timeout)` means, by CPython's rules and in its words.
pub(super) fn patience(blocking: bool, timeout_s: f64, vm: &VirtualMachine) -> PyResult<Patience> {
    let given = timeout_s != -1.0;
    match (blocking, given) {
        (false, true) => Err(vm.new_value_error("can't specify a timeout for a non-blocking call")),
        (_, true) if timeout_s < 0.0 => Err(vm.new_value_error("timeout value must be a non-negative number")),
        (_, true) if timeout_s > super::TIMEOUT_MAX_S => Err(vm.new_overflow_error("timeout value is too large")),
        (false, false) => Ok(Patience::None),
        (true, false) => Ok(Patience::Until(None)),
        (true, true) => Ok(Patience::Until(Some(clock::now_ms() + timeout_s * 1e3))),
    }
}

#[rustpython_vm::pymodule(sub, name = "_thread")]
pub(crate) mod lock_type {
    use std::sync::atomic::{AtomicU64, Ordering};

    use rustpython_vm::builtins::PyType;
    use rustpython_vm::function::{FuncArgs, TimeoutSeconds};
    use rustpython_vm::types::{Constructor, Representable};
    use rustpython_vm::{AsObject, FromArgs, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    use super::super::ident;
    use super::{NOBODY, Patience, patience};
    use crate::deadlock::Awaited;
    use crate::idle;

    #[derive(FromArgs)]
    pub(crate) struct AcquireArgs {
        #[pyarg(any, default = true)]
        pub(crate) blocking: bool,
        #[pyarg(any, default = TimeoutSeconds::new(-1.0), py_default = "-1")]
        pub(crate) timeout: TimeoutSeconds,
    }

    impl Default for AcquireArgs {
        fn default() -> Self {
            Self { blocking: true, timeout: TimeoutSeconds::new(-1.0) }
        }
    }

    /// A lock that any thread may release.
    #[pyattr(name = "LockType")]
    #[pyattr]
    #[pyclass(module = "_thread", name = "lock")]
    #[derive(Debug, Default, PyPayload)]
    pub(crate) struct Lock {
        /// The `ident` of who took it, which any thread may release.
        holder: AtomicU64,
    }

    impl Lock {
        fn try_acquire(&self) -> bool {
            self.holder.compare_exchange(NOBODY, ident(), Ordering::SeqCst, Ordering::SeqCst).is_ok()
        }
    }

    #[pyclass(with(Constructor, Representable), flags(HAS_WEAKREF))]
    impl Lock {
        #[pymethod]
        #[pymethod(name = "acquire_lock")]
        fn acquire(zelf: &Py<Self>, args: AcquireArgs, vm: &VirtualMachine) -> PyResult<bool> {
            let patience = patience(args.blocking, args.timeout.to_secs_f64(), vm)?;
            if zelf.try_acquire() {
                return Ok(true);
            }
            match patience {
                Patience::None => Ok(false),
                Patience::Until(deadline_ms) => {
                    let awaited = Awaited::lock(zelf.as_object(), &zelf.holder);
                    idle::wait_for(vm, &awaited, deadline_ms, || zelf.try_acquire())
                }
            }
        }

        #[pymethod]
        #[pymethod(name = "release_lock")]
        fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            if zelf.holder.swap(NOBODY, Ordering::SeqCst) == NOBODY {
                return Err(vm.new_runtime_error("release unlocked lock"));
            }
            idle::happened();
            Ok(())
        }

        #[pymethod]
        #[pymethod(name = "locked_lock")]
        fn locked(zelf: &Py<Self>) -> bool {
            zelf.holder.load(Ordering::SeqCst) != NOBODY
        }

        #[pymethod]
        fn __enter__(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<bool> {
            Self::acquire(zelf, AcquireArgs::default(), vm)
        }

        #[pymethod]
        fn __exit__(zelf: &Py<Self>, _exception: FuncArgs, vm: &VirtualMachine) -> PyResult<()> {
            Self::release(zelf, vm)
        }

        #[pymethod]
        fn _at_fork_reinit(zelf: &Py<Self>) {
            zelf.holder.store(NOBODY, Ordering::SeqCst);
        }

        #[pymethod]
        fn __reduce_ex__(_zelf: &Py<Self>, _protocol: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            Err(vm.new_type_error("cannot pickle '_thread.lock' object"))
        }
    }

    impl Constructor for Lock {
        type Args = ();

        fn py_new(_class: &Py<PyType>, (): Self::Args, _vm: &VirtualMachine) -> PyResult<Self> {
            Ok(Self::default())
        }
    }

    impl Representable for Lock {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            let state = if Self::locked(zelf) { "locked" } else { "unlocked" };
            Ok(format!("<{state} _thread.lock object at {:#x}>", zelf.get_id()))
        }
    }

    #[pyfunction]
    #[pyfunction(name = "allocate")]
    fn allocate_lock() -> Lock {
        Lock::default()
    }
}
