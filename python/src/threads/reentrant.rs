//! `_thread.RLock`: a lock that its owner may take again.

#[rustpython_vm::pymodule(sub, name = "_thread")]
pub(crate) mod reentrant_type {
    use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

    use rustpython_vm::builtins::{PyTupleRef, PyType};
    use rustpython_vm::function::FuncArgs;
    use rustpython_vm::types::{Constructor, Representable};
    use rustpython_vm::{AsObject, Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    use super::super::ident;
    use super::super::lock::lock_type::AcquireArgs;
    use super::super::lock::{NOBODY, Patience, patience};
    use crate::deadlock::Awaited;
    use crate::idle;

    /// A lock with an owner, who alone may release it.
    #[pyattr]
    #[pyclass(module = "_thread", name = "RLock")]
    #[derive(Debug, Default, PyPayload)]
    pub(crate) struct RLock {
        owner: AtomicU64,
        /// How often the owner has it; only the owner writes it.
        count: AtomicUsize,
    }

    impl RLock {
        fn try_acquire(&self, own: u64) -> bool {
            let free = self.owner.compare_exchange(NOBODY, own, Ordering::SeqCst, Ordering::SeqCst).is_ok();
            if free {
                self.count.store(1, Ordering::Relaxed);
            }
            free
        }

        fn free(&self) {
            self.count.store(0, Ordering::Relaxed);
            self.owner.store(NOBODY, Ordering::SeqCst);
            idle::happened();
        }

        fn is_own(&self) -> bool {
            self.owner.load(Ordering::SeqCst) == ident()
        }

        fn check_owned(&self, vm: &VirtualMachine) -> PyResult<()> {
            if self.is_own() {
                return Ok(());
            }
            Err(vm.new_runtime_error("cannot release un-acquired lock"))
        }
    }

    #[pyclass(with(Constructor, Representable), flags(BASETYPE, HAS_WEAKREF))]
    impl RLock {
        #[pymethod]
        #[pymethod(name = "acquire_lock")]
        fn acquire(zelf: &Py<Self>, args: AcquireArgs, vm: &VirtualMachine) -> PyResult<bool> {
            let patience = patience(args.blocking, args.timeout.to_secs_f64(), vm)?;
            let own = ident();
            if zelf.owner.load(Ordering::SeqCst) == own {
                zelf.count.fetch_add(1, Ordering::Relaxed);
                return Ok(true);
            }
            if zelf.try_acquire(own) {
                return Ok(true);
            }
            match patience {
                Patience::None => Ok(false),
                Patience::Until(deadline_ms) => {
                    let awaited = Awaited::lock(zelf.as_object(), &zelf.owner);
                    idle::wait_for(vm, &awaited, deadline_ms, || zelf.try_acquire(own))
                }
            }
        }

        #[pymethod]
        #[pymethod(name = "release_lock")]
        fn release(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            zelf.check_owned(vm)?;
            if zelf.count.load(Ordering::Relaxed) > 1 {
                zelf.count.fetch_sub(1, Ordering::Relaxed);
            } else {
                zelf.free();
            }
            Ok(())
        }

        #[pymethod]
        fn locked(zelf: &Py<Self>) -> bool {
            zelf.owner.load(Ordering::SeqCst) != NOBODY
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
        fn _is_owned(zelf: &Py<Self>) -> bool {
            zelf.is_own()
        }

        #[pymethod]
        fn _recursion_count(zelf: &Py<Self>) -> usize {
            if zelf.is_own() { zelf.count.load(Ordering::Relaxed) } else { 0 }
        }

        // `Condition.wait` gives the lock away whole, and takes it back whole.

        #[pymethod]
        fn _release_save(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<(usize, u64)> {
            zelf.check_owned(vm)?;
            let saved = (zelf.count.load(Ordering::Relaxed), ident());
            zelf.free();
            Ok(saved)
        }

        #[pymethod]
        fn _acquire_restore(zelf: &Py<Self>, saved: PyTupleRef, vm: &VirtualMachine) -> PyResult<()> {
            let [count, owner] = saved.as_slice() else {
                return Err(vm.new_type_error("_acquire_restore() argument 1 must be a 2-item tuple"));
            };
            let (count, owner): (usize, u64) = (count.clone().try_into_value(vm)?, owner.clone().try_into_value(vm)?);
            if !zelf.try_acquire(owner) {
                let awaited = Awaited::lock(zelf.as_object(), &zelf.owner);
                idle::wait_for(vm, &awaited, None, || zelf.try_acquire(owner))?;
            }
            zelf.count.store(count, Ordering::Relaxed);
            Ok(())
        }

        #[pymethod]
        fn _at_fork_reinit(zelf: &Py<Self>) {
            zelf.free();
        }

        #[pymethod]
        fn __reduce_ex__(_zelf: &Py<Self>, _protocol: PyObjectRef, vm: &VirtualMachine) -> PyResult<PyObjectRef> {
            Err(vm.new_type_error("cannot pickle '_thread.RLock' object"))
        }
    }

    impl Constructor for RLock {
        type Args = FuncArgs;

        fn py_new(_class: &Py<PyType>, _args: Self::Args, _vm: &VirtualMachine) -> PyResult<Self> {
            Ok(Self::default())
        }
    }

    impl Representable for RLock {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            let owner = zelf.owner.load(Ordering::SeqCst);
            let state = if owner == NOBODY { "unlocked" } else { "locked" };
            let (class, count) = (zelf.class().slot_name(), zelf.count.load(Ordering::Relaxed));
            Ok(format!("<{state} {} object owner={owner} count={count} at {:#x}>", &*class, zelf.get_id()))
        }
    }
}
