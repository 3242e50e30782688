//! The two engines: the same crate, built for a worker of its own memory and
//! for threads on a shared memory.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{self, say};
use crate::toolchain::{self, WASM};
use crate::wasm_opt::{self, Goal};
use crate::{bindgen, content_hash, project, shared_memory};

/// Which engine.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Engine {
    /// One instance, one memory, one thread; stable Rust.
    Isolated,
    /// Rayon threads on a shared memory; the pinned nightly.
    Threaded,
}

/// For both engines: vector instructions.
const ISOLATED_FLAGS: [&str; 1] = ["-Ctarget-feature=+simd128"];

/// Without the exports, the linker drops what new threads need, and the memory
/// can't be handed to them.
const THREADED_FLAGS: [&str; 8] = [
    "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals,+simd128",
    "-Clink-arg=--shared-memory",
    "-Clink-arg=--import-memory",
    "-Clink-arg=--max-memory=1073741824",
    "-Clink-arg=--export=__wasm_init_tls",
    "-Clink-arg=--export=__tls_size",
    "-Clink-arg=--export=__tls_align",
    "-Clink-arg=--export=__tls_base",
];

impl Engine {
    /// Its name in `target/`, `dist/` and `www/`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Isolated => "engine-isolated",
            Self::Threaded => "engine-threaded",
        }
    }

    /// Where wasm-bindgen's output is.
    #[must_use]
    pub fn output(self) -> PathBuf {
        project::target(self.name()).join("bindgen")
    }

    /// Builds the engine, as far as it is not up to date.
    ///
    /// # Errors
    /// When the toolchain is missing, the build fails, or a threaded engine
    /// would not be one.
    pub fn build(self) -> Result<()> {
        if self == Self::Threaded {
            toolchain::ensure_nightly()?;
        }
        process::run_labelled(self.name(), &mut self.cargo("rustc", &["--crate-type", "cdylib"]))?;
        let wasm = project::target(self.name()).join(WASM).join("release/parallel_lab.wasm");
        self.bind(&wasm).with_context(|| format!("{} can't be bound", self.name()))
    }

    /// Cargo with everything that makes this engine: toolchain, target folder,
    /// flags and features. `arguments` come last.
    #[must_use]
    pub fn cargo(self, subcommand: &str, arguments: &[&str]) -> Command {
        let (mut command, flags, features) = match self {
            Self::Isolated => (toolchain::cargo(), ISOLATED_FLAGS.as_slice(), "engine"),
            Self::Threaded => (toolchain::nightly_cargo(), THREADED_FLAGS.as_slice(), "engine-threaded"),
        };
        command.arg(subcommand).args(["--package", "parallel-lab", "--lib", "--profile", "release"]);
        command.args(["--target", WASM, "--no-default-features", "--features", features]);
        if self == Self::Threaded {
            command.arg("-Zbuild-std=std,panic_abort");
        }
        command.args(arguments);
        command.current_dir(project::root());
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command.env("CARGO_TARGET_DIR", project::target(self.name()));
        command
    }

    /// Runs wasm-bindgen, unless its output is of just this input.
    fn bind(self, wasm: &Path) -> Result<()> {
        let module = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
        if self == Self::Threaded {
            ensure_shared(&module)?;
        }
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
        command.args(["--target", target, "--out-name", "engine", "--no-typescript", "--out-dir"]);
        process::run_labelled(self.name(), command.arg(&output).arg(wasm))?;
        wasm_opt::optimise(&output.join("engine_bg.wasm"), goal)?;
        say(&format!("{} is built", self.name()));
        fs::write(&stamp, input).context("cannot write the stamp of an engine")
    }
}

fn ensure_shared(module: &[u8]) -> Result<()> {
    ensure!(
        shared_memory::is_imported(module)?,
        "the threaded engine imports no shared memory: its threads could not start"
    );
    Ok(())
}
