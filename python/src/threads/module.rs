//! The rest of `_thread`: what is about no thread in particular.

#[rustpython_vm::pymodule(
    name = "_thread",
    with(
        super::lock::lock_type,
        super::reentrant::reentrant_type,
        super::handle::handle_type,
        super::local::local_type,
        super::start::start_functions,
        super::excepthook::excepthook_function
    )
)]
pub(crate) mod _thread {
    use std::sync::atomic::Ordering;

    use rustpython_vm::builtins::PyTypeRef;
    use rustpython_vm::function::OptionalArg;
    use rustpython_vm::{PyResult, VirtualMachine};

    use crate::idle;
    use crate::threads::crew::Member;
    use crate::threads::ident;

    /// How long a lock can be waited for, in seconds.
    #[pyattr]
    const TIMEOUT_MAX: f64 = crate::threads::TIMEOUT_MAX_S;

    #[pyattr]
    fn error(vm: &VirtualMachine) -> PyTypeRef {
        vm.ctx.exceptions.runtime_error.to_owned()
    }

    #[pyfunction]
    fn get_ident() -> u64 {
        ident()
    }

    /// A worker has no number in the operating system that it could know.
    #[pyfunction]
    fn get_native_id() -> u64 {
        ident()
    }

    #[pyfunction]
    fn _get_main_thread_ident() -> u64 {
        Member::current().map_or_else(ident, |member| member.crew.main())
    }

    #[pyfunction]
    fn _is_main_interpreter() -> bool {
        true
    }

    #[pyfunction]
    fn daemon_threads_allowed() -> bool {
        true
    }

    /// How many threads run, the main thread aside.
    #[pyfunction]
    fn _count(vm: &VirtualMachine) -> usize {
        vm.state.thread_count.load()
    }

    /// Waits for all threads that are no daemons.
    #[pyfunction]
    fn _shutdown(vm: &VirtualMachine) -> PyResult<()> {
        let Some(member) = Member::current() else { return Ok(()) };
        while let Some(handle) = member.crew.next_to_join() {
            handle.await_end(None, vm)?;
        }
        Ok(())
    }

    #[pyfunction]
    #[pyfunction(name = "exit_thread")]
    fn exit(vm: &VirtualMachine) -> PyResult<()> {
        Err(vm.new_system_exit(vec![].into()))
    }

    /// The main thread gets a KeyboardInterrupt at its next safe point.
    #[pyfunction]
    fn interrupt_main(_signal: OptionalArg<i32>) {
        if let Some(member) = Member::current() {
            member.crew.interrupted.store(true, Ordering::SeqCst);
            idle::happened();
        }
    }

    /// The smallest stack that CPython accepts.
    const SMALLEST_STACK_BYTES: usize = 32 << 10;

    #[pyfunction]
    fn stack_size(size: OptionalArg<isize>, vm: &VirtualMachine) -> PyResult<usize> {
        let Some(size) = size.into_option() else { return Ok(vm.state.stacksize.load()) };
        match usize::try_from(size) {
            Ok(size) if size == 0 || size >= SMALLEST_STACK_BYTES => Ok(vm.state.stacksize.swap(size)),
            Ok(size) => Err(vm.new_value_error(format!("size not valid: {size} bytes"))),
            Err(_) => Err(vm.new_value_error("size must be 0 or a positive value")),
        }
    }
}
