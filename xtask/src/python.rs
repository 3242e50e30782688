//! The two artefacts of the Python interpreter: a workspace of its own
//! (`python/`), built by the pinned nightly, and only when somebody asks.

use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{self, say};
use crate::toolchain::{self, WASM};
use crate::wasm_opt::{self, Goal};
use crate::{bindgen, content_hash, project, shared_memory};

/// Tells the hooks that Trunk calls what `cargo xtask` was asked for.
const ASKED: &str = "PARALLEL_LAB_PYTHON";

/// Which artefact.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Python {
    /// One instance, one memory, one thread.
    Isolated,
    /// Threads of one interpreter on a shared memory.
    Threaded,
}

/// Python's calls of native code nest: the stack must hold a thousand of them
/// (python/src/interpreter.rs).
const STACK: &str = "-Clink-arg=-zstack-size=4194304";

const ISOLATED_FLAGS: [&str; 2] = ["-Ctarget-feature=+simd128", STACK];

/// As the threaded engine's.
const THREADED_FLAGS: [&str; 9] = [
    "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals,+simd128",
    "-Clink-arg=--shared-memory",
    "-Clink-arg=--import-memory",
    "-Clink-arg=--max-memory=1073741824",
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
        project::target(self.name()).join("bindgen")
    }

    /// Builds the artefact, as far as it is not up to date.
    ///
    /// # Errors
    /// When the toolchain is missing, the build fails, or a threaded artefact
    /// would not be one.
    pub fn build(self) -> Result<()> {
        toolchain::ensure_nightly()?;
        process::run_labelled(self.name(), &mut self.cargo("rustc", &["--crate-type", "cdylib"]))?;
        let wasm = project::target(self.name()).join(WASM).join("release/parallel_lab_python.wasm");
        self.bind(&wasm).with_context(|| format!("{} can't be bound", self.name()))
    }

    /// Cargo with everything that makes this artefact. `arguments` come last.
    #[must_use]
    pub fn cargo(self, subcommand: &str, arguments: &[&str]) -> Command {
        let mut command = toolchain::nightly_cargo();
        command.args([subcommand, "--locked", "--package", "parallel-lab-python", "--lib", "--profile", "release"]);
        command.args(["--target", WASM]);
        let flags = match self {
            Self::Isolated => ISOLATED_FLAGS.as_slice(),
            Self::Threaded => {
                command.args(["--features", "threading", "-Zbuild-std=std,panic_abort"]);
                THREADED_FLAGS.as_slice()
            }
        };
        command.args(arguments);
        command.current_dir(project::root().join("python"));
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command.env("CARGO_TARGET_DIR", project::target(self.name()));
        command
    }

    /// Runs wasm-bindgen, unless its output is of just this input.
    fn bind(self, wasm: &Path) -> Result<()> {
        let module = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
        ensure!(
            self == Self::Isolated || shared_memory::is_imported(&module)?,
            "the threaded Python imports no shared memory: its threads could not start"
        );
        let stamp = project::target(self.name()).join("bindgen.stamp");
        let wasm_opt = wasm_opt::version().unwrap_or("none");
        let input = content_hash::of([module.as_slice(), wasm_opt.as_bytes()]);
        if fs::read_to_string(&stamp).is_ok_and(|known| known == input) {
            return Ok(());
        }
        let output = self.output();
        if output.exists() {
            fs::remove_dir_all(&output).context("cannot clear wasm-bindgen's output")?;
        }
        let (target, goal) = match self {
            Self::Isolated => ("no-modules", Goal::Speed),
            Self::Threaded => ("web", Goal::SpeedWithThreads),
        };
        let mut command = Command::new(bindgen::ensure()?);
        command.args(["--target", target, "--out-name", "python", "--no-typescript", "--out-dir"]);
        process::run_labelled(self.name(), command.arg(&output).arg(wasm))?;
        wasm_opt::optimise(&output.join("python_bg.wasm"), goal)?;
        say(&format!("{} is built", self.name()));
        fs::write(&stamp, input).context("cannot write the stamp of a Python artefact")
    }
}
