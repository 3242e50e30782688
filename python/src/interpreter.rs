//! Making an interpreter: which modules it has, and its limits.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use crate::gil;
use rustpython_vm::builtins::PyModuleDef;
use rustpython_vm::frozen::FrozenLib;
use rustpython_vm::{Context, Interpreter, PyResult, Settings, VirtualMachine};

use crate::{
    builtins, checkpoint, clock, idle, kernels, output, processes, profiler, reading, region, script, threads, told,
    traced,
};

/// The frozen modules, as build.rs has encoded them.
const LIBRARY: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/library.bin"));

/// How deep Python functions may call each other: CPython's default.
///
/// Python calls of Python functions need hardly any stack; those that go through
/// native code (`sorted` with a key, `__add__`, `__getattr__`) do, and in a
/// browser there is room for a hundred or two (`stack`).
const RECURSION_LIMIT: usize = 1000;

/// What the interpreters of this worker say about the machine.
static CPU_COUNT: AtomicUsize = AtomicUsize::new(1);

/// What `os.cpu_count()` says.
#[must_use]
pub fn cpu_count() -> usize {
    CPU_COUNT.load(Ordering::Relaxed)
}

/// What an interpreter is told when it is made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Options {
    /// What `os.cpu_count()` says.
    pub cpu_count: usize,
    /// What the hashes of strings depend on, which is seen in the order of sets.
    pub hash_seed: Option<u32>,
    /// Whether the script can be stopped and can share the interpreter: looks
    /// are put into its code.
    pub checkpoints: bool,
    /// What `sys.getswitchinterval()` says: after how long a thread that waits
    /// for the GIL requests it.
    pub switch_interval: Duration,
    /// Half to one and a half of this is how long a read of a data file takes at least.
    pub read_latency: Duration,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            cpu_count: std::thread::available_parallelism().map_or(1, usize::from),
            hash_seed: None,
            checkpoints: true,
            switch_interval: gil::SWITCH_INTERVAL,
            read_latency: reading::LATENCY,
        }
    }
}

/// Makes an interpreter that is ready for a script.
///
/// # Errors
/// The text of the exception that one of our own modules raised.
pub fn new(options: &Options) -> Result<Interpreter, String> {
    let mut settings = Settings::default();
    settings.hash_seed = options.hash_seed;
    settings.install_signal_handlers = false;
    settings.import_site = false;
    settings.write_bytecode = false;
    settings.user_site_directory = false;
    settings.allow_external_library = false;
    let builder = Interpreter::builder(settings);
    let modules = module_defs(&builder.ctx);
    let interpreter = builder
        .add_native_modules(&modules)
        .add_frozen_modules(FrozenLib::from_ref(LIBRARY))
        .init_hook(|vm| {
            vm.recursion_limit.set(RECURSION_LIMIT);
            // Collecting cycles stops all threads, which waits by a clock that
            // this target does not have. Reference counts do without.
            #[cfg(feature = "threading")]
            vm.state.gc.disable();
        })
        .build();
    interpreter.enter(|vm| furnish(vm).map_err(|error| crate::traceback::text_of(&error, vm)))?;
    tell(&interpreter, options);
    Ok(interpreter)
}

/// Goes on with a [`warm`] interpreter, of which there may be others alike.
pub fn resume(interpreter: &Interpreter, options: &Options) {
    clock::restart();
    // Whoever left the snapshot may have been stopped while it did.
    checkpoint::request_stop(false);
    tell(interpreter, options);
}

/// Tells an interpreter its options; what it takes up only when it is made, the
/// seed of its hashes, stays as it is.
fn tell(interpreter: &Interpreter, options: &Options) {
    CPU_COUNT.store(options.cpu_count, Ordering::Relaxed);
    checkpoint::want(options.checkpoints);
    reading::set_latency(options.read_latency);
    interpreter.enter(|vm| vm.state.switch_interval.store(options.switch_interval.as_secs_f64()));
}

/// Has an interpreter import what nearly every script needs, so that a snapshot
/// of its memory holds that.
///
/// # Errors
/// The text of the exception that one of the modules raised.
pub fn warm(interpreter: &Interpreter) -> Result<(), String> {
    interpreter.enter(|vm| {
        let session = threads::Session::begin(vm, threads::Options::default());
        let warmed = vm.import("_lab_warm", 0).map(drop);
        drop(session.end());
        warmed.map_err(|error| crate::traceback::text_of(&error, vm))
    })
}

fn module_defs(ctx: &Context) -> Vec<&'static PyModuleDef> {
    let mut modules = parallel_lab_python_stdlib::module_defs(ctx);
    modules.extend([
        builtins::module_def(ctx),
        checkpoint::module_def(ctx),
        clock::module_def(ctx),
        kernels::module_def(ctx),
        parallel_lab_numpy::module_def(ctx),
        parallel_lab_numpy::random_module_def(ctx),
        output::module_def(ctx),
        processes::module_def(ctx),
        profiler::module_def(ctx),
        reading::module_def(ctx),
        region::module_def(ctx),
        script::module_def(ctx),
        threads::module_def(ctx),
        threads::queue_module_def(ctx),
        told::module_def(ctx),
        traced::module_def(ctx),
    ]);
    modules
}

/// What is done once the interpreter stands.
fn furnish(vm: &VirtualMachine) -> PyResult<()> {
    // Without threads, RustPython brings a `_thread` of its own to start with.
    let modules = vm.sys_module.get_attr("modules", vm)?;
    if modules.get_item("_thread", vm).is_ok() {
        modules.del_item("_thread", vm)?;
    }
    builtins::install(vm)?;
    clock::install(vm)?;
    idle::install(vm)?;
    output::install(vm)?;
    parallel_lab_numpy::release_by(|vm, work| threads::without_gil(vm, work));
    processes::install();
    threads::install(vm)?;
    install_from("_lab_missing", vm)?;
    install_from("_lab_files", vm)?;
    if cfg!(feature = "threading") {
        install_from("_lab_collector", vm)?;
    }
    Ok(())
}

/// Has a module of our library take its place.
fn install_from(module: &'static str, vm: &VirtualMachine) -> PyResult<()> {
    let module = vm.import(module, 0)?;
    vm.call_method(&module, "install", ()).map(drop)
}
