//! `_thread._ThreadHandle`: how one thread knows that another has ended.

use std::sync::atomic::{AtomicU8, AtomicU64, Ordering};

use rustpython_vm::builtins::PyBaseExceptionRef;
use rustpython_vm::{PyResult, VirtualMachine};

use crate::deadlock::Awaited;
use crate::idle;

/// How far a thread has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
enum Stage {
    New,
    Starting,
    Running,
    Done,
}

/// What a thread and those who wait for it share.
#[derive(Debug, Default)]
pub(super) struct Handle {
    stage: AtomicU8,
    /// 0 until it runs.
    ident: AtomicU64,
}

impl Handle {
    /// A thread that runs already.
    fn of(ident: u64) -> Self {
        Self { stage: AtomicU8::new(Stage::Running as u8), ident: AtomicU64::new(ident) }
    }

    /// Marks a new thread as starting; false if it is not new.
    pub(super) fn begin(&self) -> bool {
        self.advance(Stage::New, Stage::Starting)
    }

    /// The thread did not start after all.
    pub(super) fn take_back(&self) {
        self.advance(Stage::Starting, Stage::New);
    }

    /// The calling thread is the one.
    #[cfg(feature = "threading")]
    pub(super) fn run(&self) {
        self.ident.store(super::ident(), Ordering::SeqCst);
        self.advance(Stage::Starting, Stage::Running);
    }

    /// The thread has ended, or nobody is to wait for it.
    pub(super) fn finish(&self) {
        self.stage.store(Stage::Done as u8, Ordering::SeqCst);
        idle::happened();
    }

    pub(super) fn is_done(&self) -> bool {
        self.is(Stage::Done)
    }

    pub(super) fn ident(&self) -> u64 {
        self.ident.load(Ordering::SeqCst)
    }

    /// Waits for the end, not longer than until `deadline_ms`.
    pub(super) fn join(&self, deadline_ms: Option<f64>, vm: &VirtualMachine) -> PyResult<()> {
        self.check_started(vm)?;
        if self.is_done() {
            return Ok(());
        }
        if self.ident() == super::ident() {
            return Err(vm.new_runtime_error("Cannot join current thread"));
        }
        self.await_end(deadline_ms, vm)
    }

    /// [`Self::join`] without its checks.
    pub(super) fn await_end(&self, deadline_ms: Option<f64>, vm: &VirtualMachine) -> PyResult<()> {
        idle::wait_for(vm, &Awaited::default(), deadline_ms, || self.is_done()).map(drop)
    }

    fn check_started(&self, vm: &VirtualMachine) -> Result<(), PyBaseExceptionRef> {
        if self.is(Stage::New) || self.is(Stage::Starting) {
            return Err(vm.new_runtime_error("thread not started"));
        }
        Ok(())
    }

    fn is(&self, stage: Stage) -> bool {
        self.stage.load(Ordering::SeqCst) == stage as u8
    }

    fn advance(&self, from: Stage, to: Stage) -> bool {
        self.stage.compare_exchange(from as u8, to as u8, Ordering::SeqCst, Ordering::SeqCst).is_ok()
    }
}

#[rustpython_vm::pymodule(sub, name = "_thread")]
pub(crate) mod handle_type {
    use std::sync::Arc;

    use rustpython_vm::builtins::PyType;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::types::{Constructor, Representable};
    use rustpython_vm::{Py, PyObjectRef, PyPayload, PyResult, VirtualMachine, pyclass};

    use super::Handle;
    use crate::clock;
    use crate::threads::seconds_of;

    /// What `threading.Thread` joins by.
    #[pyattr]
    #[pyclass(module = "_thread", name = "_ThreadHandle")]
    #[derive(Debug, Default, PyPayload)]
    pub(crate) struct ThreadHandle {
        pub(in crate::threads) inner: Arc<Handle>,
    }

    #[pyclass(with(Constructor, Representable))]
    impl ThreadHandle {
        #[pygetset]
        fn ident(zelf: &Py<Self>) -> u64 {
            zelf.inner.ident()
        }

        #[pymethod]
        fn is_done(zelf: &Py<Self>) -> bool {
            zelf.inner.is_done()
        }

        #[pymethod]
        fn _set_done(zelf: &Py<Self>, vm: &VirtualMachine) -> PyResult<()> {
            zelf.inner.check_started(vm)?;
            zelf.inner.finish();
            Ok(())
        }

        #[pymethod]
        fn join(zelf: &Py<Self>, timeout: OptionalArg<PyObjectRef>, vm: &VirtualMachine) -> PyResult<()> {
            let timeout = timeout.into_option().filter(|timeout| !vm.is_none(timeout));
            let seconds = timeout.map(|timeout| seconds_of(&timeout, vm)).transpose()?;
            let deadline_ms = seconds.filter(|seconds| *seconds >= 0.0).map(|seconds| clock::now_ms() + seconds * 1e3);
            zelf.inner.join(deadline_ms, vm)
        }
    }

    impl Constructor for ThreadHandle {
        type Args = ();

        fn py_new(_class: &Py<PyType>, (): Self::Args, _vm: &VirtualMachine) -> PyResult<Self> {
            Ok(Self::default())
        }
    }

    impl Representable for ThreadHandle {
        fn repr_str(zelf: &Py<Self>, _vm: &VirtualMachine) -> PyResult<String> {
            Ok(format!("<_thread._ThreadHandle object: ident={}>", zelf.inner.ident()))
        }
    }

    /// A handle for a thread that `_thread` has not started.
    #[pyfunction]
    fn _make_thread_handle(ident: u64) -> ThreadHandle {
        ThreadHandle { inner: Arc::new(Handle::of(ident)) }
    }
}
