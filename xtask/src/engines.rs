//! The two engines: the same crate, built for a worker of its own memory and
//! for threads on a shared memory.

use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result};

use crate::bindgen::Binding;
use crate::process;
use crate::project;
use crate::toolchain::{self, WASM};
use crate::wasm_opt::Goal;

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

/// What a module needs for threads and for lanes.
pub const WITH_THREADS: &str = "-Ctarget-feature=+atomics,+bulk-memory,+mutable-globals,+simd128";

/// Without the exports, the linker drops what new threads need, and the memory
/// can't be handed to them.
const THREADED_FLAGS: [&str; 8] = [
    WITH_THREADS,
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
        self.binding().output()
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
        process::run_labelled(self.name(), &mut self.cargo())?;
        let wasm = project::target(self.name()).join(WASM).join("release/parallel_lab.wasm");
        self.binding().bind(&wasm).with_context(|| format!("{} can't be bound", self.name()))
    }

    /// Cargo with everything that makes this engine: toolchain, target folder,
    /// flags and features.
    fn cargo(self) -> Command {
        let (mut command, flags, features) = match self {
            Self::Isolated => (toolchain::cargo(), ISOLATED_FLAGS.as_slice(), "engine"),
            Self::Threaded => (toolchain::nightly_cargo(), THREADED_FLAGS.as_slice(), "engine-threaded"),
        };
        command.args(["rustc", "--package", "parallel-lab", "--lib", "--profile", "release"]);
        command.args(["--target", WASM, "--no-default-features", "--features", features]);
        if self == Self::Threaded {
            command.arg("-Zbuild-std=std,panic_abort");
        }
        command.args(["--crate-type", "cdylib"]);
        command.current_dir(project::root());
        command.env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
        command.env("CARGO_TARGET_DIR", project::target(self.name()));
        command
    }

    fn binding(self) -> Binding<'static> {
        let (target, goal) = match self {
            Self::Isolated => ("no-modules", Goal::Speed),
            Self::Threaded => ("web", Goal::SpeedWithThreads),
        };
        let shares_memory = self == Self::Threaded;
        Binding { name: self.name(), file_name: "engine", target, goal, shares_memory, is_nameless: false }
    }
}
