//! A thread's life: from `start_joinable_thread` to its last breath.

#[rustpython_vm::pymodule(sub, name = "_thread")]
pub(crate) mod start_functions {
    use std::sync::Arc;

    use rustpython_vm::builtins::{PyDictRef, PyTupleRef};
    use rustpython_vm::function::{ArgCallable, FuncArgs, KwArgs, OptionalArg};
    use rustpython_vm::{FromArgs, PyObjectRef, PyPayload, PyRef, PyResult, VirtualMachine};

    use crate::threads::handle::Handle;
    use crate::threads::handle::handle_type::ThreadHandle;

    #[derive(FromArgs)]
    struct JoinableArgs {
        #[pyarg(any)]
        function: ArgCallable,
        #[pyarg(any, optional)]
        handle: OptionalArg<PyObjectRef>,
        #[pyarg(any, default = true)]
        daemon: bool,
    }

    /// start_joinable_thread(function, handle=None, daemon=True)
    #[pyfunction]
    fn start_joinable_thread(args: JoinableArgs, vm: &VirtualMachine) -> PyResult<PyRef<ThreadHandle>> {
        let handle = match args.handle.into_option().filter(|handle| !vm.is_none(handle)) {
            Some(handle) => {
                handle.downcast::<ThreadHandle>().map_err(|_| vm.new_type_error("'handle' must be a _ThreadHandle"))?
            }
            None => ThreadHandle::default().into_ref(&vm.ctx),
        };
        if !handle.inner.begin() {
            return Err(vm.new_runtime_error("thread already started"));
        }
        super::start(args.function, FuncArgs::default(), Arc::clone(&handle.inner), args.daemon, vm)?;
        Ok(handle)
    }

    /// start_new_thread(function, args[, kwargs]) -> ident
    #[pyfunction]
    #[pyfunction(name = "start_new")]
    fn start_new_thread(
        function: ArgCallable,
        args: PyTupleRef,
        kwargs: OptionalArg<PyDictRef>,
        vm: &VirtualMachine,
    ) -> PyResult<u64> {
        let mut named = Vec::new();
        if let Some(kwargs) = kwargs.into_option() {
            for (name, value) in kwargs {
                named.push((name.str(vm)?.as_wtf8().to_string_lossy().into_owned(), value));
            }
        }
        let args = FuncArgs::new(args.as_slice().to_vec(), named.into_iter().collect::<KwArgs>());
        let handle = Arc::new(Handle::default());
        handle.begin();
        super::start(function, args, Arc::clone(&handle), true, vm)?;
        Ok(handle.ident())
    }
}

#[cfg(not(feature = "threading"))]
fn start(
    _function: rustpython_vm::function::ArgCallable,
    _args: rustpython_vm::function::FuncArgs,
    handle: std::sync::Arc<super::handle::Handle>,
    _daemon: bool,
    vm: &rustpython_vm::VirtualMachine,
) -> rustpython_vm::PyResult<()> {
    handle.take_back();
    Err(vm.new_runtime_error("can't start new thread: threads need memory that workers share, and this page has none"))
}

#[cfg(feature = "threading")]
use life::start;

#[cfg(feature = "threading")]
mod life {
    use std::panic::{AssertUnwindSafe, catch_unwind};
    use std::rc::Rc;
    use std::sync::Arc;
    use std::sync::atomic::Ordering;

    use crate::gil::{GilThread, Mode, Release};
    use rustpython_vm::builtins::PyBaseExceptionRef;
    use rustpython_vm::function::{ArgCallable, FuncArgs};
    use rustpython_vm::vm::thread::cleanup_current_thread_frames;
    use rustpython_vm::{AsObject, PyResult, VirtualMachine};

    use crate::threads::crew::{Crew, Member};
    use crate::threads::handle::Handle;
    use crate::threads::sharing;
    use crate::threads::spawn::spawn;
    use crate::{checkpoint, clock, idle};

    /// Starts a thread, and returns when it has begun.
    pub(super) fn start(
        function: ArgCallable,
        args: FuncArgs,
        handle: Arc<Handle>,
        daemon: bool,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        let started = order(function, args, &handle, daemon, vm);
        if started.is_err() {
            handle.take_back();
        }
        started
    }

    /// A thread that can go on, from when it is ordered to its end: also where whoever ordered it did not wait so
    /// long, and it still comes.
    struct Counted(Arc<Crew>);

    impl Counted {
        fn new(crew: Arc<Crew>) -> Self {
            crew.stillness.thread_comes();
            Self(crew)
        }
    }

    impl Drop for Counted {
        fn drop(&mut self) {
            self.0.stillness.thread_goes();
        }
    }

    fn order(
        function: ArgCallable,
        args: FuncArgs,
        handle: &Arc<Handle>,
        daemon: bool,
        vm: &VirtualMachine,
    ) -> PyResult<()> {
        if vm.state.finalizing.load(Ordering::Acquire) {
            return Err(vm.new_exception_msg(
                vm.ctx.exceptions.python_finalization_error.to_owned(),
                "can't create new thread at interpreter shutdown".into(),
            ));
        }
        let Some(member) = Member::current() else {
            return Err(vm.new_runtime_error("can't start new thread: no script is running"));
        };
        if member.turn.gil().mode() == Mode::FreeThreaded {
            sharing::prepare(vm)?;
        }
        let (thread, own) = (vm.new_thread(), Arc::clone(handle));
        let turn = GilThread::join(Arc::clone(&member.crew.gil));
        let counted = Counted::new(Arc::clone(&member.crew));
        spawn(Box::new(move || thread.run(|vm| live(function, args, &own, counted, turn, vm))), vm)?;
        if !daemon {
            member.crew.will_join(Arc::clone(handle));
        }
        // Its ident is known when it runs; it needs no GIL to say so.
        idle::wait_until(vm, None, || handle.ident() != 0).map(drop)
    }

    /// The thread itself, from its first to its last moment with the interpreter.
    fn live(
        function: ArgCallable,
        args: FuncArgs,
        handle: &Handle,
        counted: Counted,
        turn: GilThread,
        vm: &VirtualMachine,
    ) {
        let member = Member::enter(Arc::clone(&counted.0), turn);
        handle.run();
        idle::happened();
        vm.allow_threads(|| member.turn.take());
        clock::begin_work();
        vm.state.thread_count.fetch_add(1);
        // What a bug of the interpreter breaks must not be silence (and on wasm,
        // where nothing unwinds, the worker says it).
        if let Err(panic) = catch_unwind(AssertUnwindSafe(|| call(function, args, &member, vm))) {
            member.crashed(&text_of(&*panic));
        }
        cleanup_current_thread_frames(vm);
        vm.state.thread_count.fetch_sub(1);
        clock::end_work();
        // Before others hear that it has ended: they may read its log then.
        member.turn.release(Release::Ended);
        handle.finish();
        Member::leave();
        drop(counted);
    }

    /// All that holds Python objects: it is dropped while the thread can still run Python.
    fn call(function: ArgCallable, args: FuncArgs, member: &Rc<Member>, vm: &VirtualMachine) {
        if let Err(exception) = function.invoke(args, vm) {
            report(exception, &function, vm);
        }
        drop(function);
        member.drop_locals();
    }

    fn report(exception: PyBaseExceptionRef, function: &ArgCallable, vm: &VirtualMachine) {
        if exception.fast_isinstance(vm.ctx.exceptions.system_exit) || checkpoint::stop_requested() {
            return;
        }
        let function: &rustpython_vm::PyObject = function.as_ref();
        let what = function.repr(vm).map_or_else(
            |_| "Exception ignored in thread".to_owned(),
            |text| format!("Exception ignored in thread started by {}", text.as_wtf8()),
        );
        vm.run_unraisable(exception, Some(what), vm.ctx.none());
    }

    fn text_of(panic: &(dyn std::any::Any + Send)) -> String {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("for no known reason").to_owned()
    }
}
