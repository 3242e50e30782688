//! The two artefacts of the Python interpreter: a workspace of its own
//! (`python/`), built by the pinned nightly.

use std::env;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::bindgen::{self, Binding};
use crate::engines::WITH_THREADS;
use crate::process;
use crate::project;
use crate::rustpython;
use crate::toolchain::{self, WASM};
use crate::wasm_opt::Goal;

/// Accesses that are relaxed in their source and made for every instruction, number
/// or element. Of RustPython 0.6.0, where the interpreter is in the code
/// (`lasti_cell`, src/frame.rs; nothing else in that function is at offset 0),
/// and the collector's bits of an object that nobody else knows yet
/// (`gc_bits`, src/object/core.rs); of arrays, the functions that do nothing else
/// than move elements.
const RELAXED: [&str; 9] = [
    "::frame::ExecutingFrame>::run=32@0",
    "::object::payload::PyPayload>::_into_ref=8@8",
    "parallel_lab_arrays::block::load_row::<*>=every",
    "parallel_lab_arrays::block::store_row::<*>=every",
    "parallel_lab_arrays::block::load_apart::<*>=every",
    "parallel_lab_arrays::block::store_apart::<*>=every",
    " as parallel_lab_arrays::cells::Element>::store_row=every",
    "<parallel_lab_arrays::index::Picked>::load_each::<*>=every",
    "<parallel_lab_arrays::index::Picked>::store_all::<*>=every",
];

/// Tells the hooks that Trunk calls what `cargo xtask` was asked for.
const ASKED: &str = "PARALLEL_LAB_WITH_PYTHON";

/// Which artefact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Python {
    /// One instance, one memory, one thread.
    Isolated,
    /// Threads of one interpreter on a shared memory.
    Threaded,
}

/// Python's calls of native code nest. The engine's own stack ends first
/// (python/src/stack.rs), which leaves a quarter of this one.
const STACK: &str = "-Clink-arg=-zstack-size=4194304";

/// A script that takes more ends with a sentence, before the tab does.
const MEMORY: &str = "-Clink-arg=--max-memory=1073741824";

/// A panic ends the worker, which says so (www/python-worker.js): its own words,
/// all over the program, would be a fifteenth of the code that a learner loads.
/// Needs a standard library that is built alike.
const PANIC: [&str; 2] = ["-Cpanic=immediate-abort", "-Zunstable-options"];

const ISOLATED_FLAGS: [&str; 3] = ["-Ctarget-feature=+simd128", MEMORY, STACK];

/// As the threaded engine's.
const THREADED_FLAGS: [&str; 9] = [
    WITH_THREADS,
    "-Clink-arg=--shared-memory",
    "-Clink-arg=--import-memory",
    MEMORY,
    "-Clink-arg=--export=__wasm_init_tls",
    "-Clink-arg=--export=__tls_size",
    "-Clink-arg=--export=__tls_align",
    "-Clink-arg=--export=__tls_base",
    STACK,
];

/// Whether Python was asked for.
#[must_use]
pub fn is_asked_for() -> bool {
    env::var_os(ASKED).is_some()
}

/// Passes on to a program that calls back whether Python was asked for.
pub fn ask(command: &mut Command, asked: bool) {
    if asked {
        command.env(ASKED, "1");
    } else {
        command.env_remove(ASKED);
    }
}

/// Has what both artefacts are built by and from, once for the two.
///
/// # Errors
/// When it can't be fetched.
pub fn prepare() -> Result<()> {
    toolchain::ensure_nightly()?;
    rustpython::ensure()
}

impl Python {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Isolated, Self::Threaded];

    /// Its name in `target/` and `dist/`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Isolated => "python-isolated",
            Self::Threaded => "python-threaded",
        }
    }

    /// Where wasm-bindgen's output is.
    #[must_use]
    pub fn output(self) -> PathBuf {
        self.binding().output()
    }

    /// Builds the artefact, as far as it is not up to date, from what [`prepare`] has fetched.
    ///
    /// # Errors
    /// When the toolchain is missing, the build fails, or a threaded artefact
    /// would not be one.
    pub fn build(self) -> Result<()> {
        self.build_by(|cargo| process::run_labelled(self.name(), cargo))
    }

    /// The same, with a line of progress now and then; `compiled` hears of each
    /// crate that cargo begins to compile.
    ///
    /// # Errors
    /// As [`build`](Self::build); the first line is the reason.
    pub fn build_quietly(self, compiled: &(dyn Fn() + Sync)) -> Result<()> {
        self.build_by(|cargo| process::run_counted(self.name(), cargo, compiled))
    }

    fn build_by(self, run: impl FnOnce(&mut Command) -> Result<()>) -> Result<()> {
        run(&mut self.cargo("rustc", &["--crate-type", "cdylib"]))?;
        let mut wasm = project::target(self.name()).join(WASM).join("release/parallel_lab_python.wasm");
        if self == Self::Threaded {
            let relaxed = project::target(self.name()).join("relaxed.wasm");
            bindgen::relax(self.name(), &wasm, &relaxed, &RELAXED)?;
            wasm = relaxed;
        }
        self.binding().bind(&wasm).with_context(|| format!("{} can't be bound", self.name()))
    }

    /// Cargo with everything that makes this artefact. `arguments` come last.
    #[must_use]
    pub fn cargo(self, subcommand: &str, arguments: &[&str]) -> Command {
        let mut command = toolchain::nightly_cargo();
        command.args([subcommand, "--locked", "--package", "parallel-lab-python", "--lib", "--profile", "release"]);
        command.args(["--target", WASM]);
        command.arg("-Zbuild-std=std,panic_abort");
        let flags = match self {
            Self::Isolated => ISOLATED_FLAGS.as_slice(),
            Self::Threaded => {
                command.args(["--features", "threading"]);
                THREADED_FLAGS.as_slice()
            }
        };
        let flags = [flags, &PANIC].concat();
        command.args(arguments);
        command.current_dir(project::root().join("python"));
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command.env("CARGO_TARGET_DIR", project::target(self.name()));
        command
    }

    /// Cargo for the interpreter as a native program, with threads.
    #[must_use]
    pub fn native(subcommand: &str, arguments: &[&str]) -> Command {
        let mut command = toolchain::nightly_cargo();
        command.args([subcommand, "--locked", "--package", "parallel-lab-python", "--features", "threading"]);
        command.args(arguments);
        command.current_dir(project::root().join("python"));
        command.env("CARGO_TARGET_DIR", Self::native_target());
        command
    }

    /// Where that is built.
    #[must_use]
    pub fn native_target() -> PathBuf {
        project::target("python-native")
    }

    fn binding(self) -> Binding<'static> {
        let goal = match self {
            Self::Isolated => Goal::Speed,
            Self::Threaded => Goal::SpeedWithThreads,
        };
        let shares_memory = self == Self::Threaded;
        Binding { name: self.name(), file_name: "python", target: "no-modules", goal, shares_memory, is_nameless: true }
    }
}
