//! What works on finished wasm modules, in a package of our own: wasm-bindgen's
//! program around its library, so that `Cargo.lock` pins it together with the
//! crate that it must match; the one that parts the page's program in two; and
//! the one that takes from Python's what its atomic operations cost too much.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};

use crate::process::{self, say};
use crate::wasm_opt::{self, Goal};
use crate::{content_hash, project, shared_memory, toolchain, tools};

/// What becomes of a compiled module for workers.
#[derive(Clone, Copy, Debug)]
pub struct Binding<'a> {
    /// Its folder in `target/`, and what it is called in messages.
    pub name: &'a str,
    /// What its files are called.
    pub file_name: &'a str,
    /// wasm-bindgen's target.
    pub target: &'a str,
    /// What wasm-opt is to care for, where there is one.
    pub goal: Goal,
    /// It must import its memory, shared.
    pub shares_memory: bool,
    /// Without the functions' names.
    pub is_nameless: bool,
}

/// The folder with the program, for the `PATH` of those who call it by name.
#[must_use]
pub fn folder() -> PathBuf {
    project::target("bindgen").join("release")
}

impl Binding<'_> {
    /// Where wasm-bindgen's output is.
    #[must_use]
    pub fn output(&self) -> PathBuf {
        project::target(self.name).join("bindgen")
    }

    /// Runs wasm-bindgen on the module, unless its output is of just this input.
    ///
    /// # Errors
    /// When that fails, or a module that is to share its memory does not.
    pub fn bind(&self, wasm: &Path) -> Result<()> {
        let module = fs::read(wasm).with_context(|| format!("cannot read {}", wasm.display()))?;
        ensure!(
            !self.shares_memory || shared_memory::is_imported(&module)?,
            "{} imports no shared memory: its threads could not start",
            self.name
        );
        let stamp = project::target(self.name).join("bindgen.stamp");
        let wasm_opt = wasm_opt::version().unwrap_or("none");
        let input = content_hash::of([module.as_slice(), wasm_opt.as_bytes()]);
        if fs::read_to_string(&stamp).is_ok_and(|known| known == input) {
            return Ok(());
        }
        let output = self.output();
        if output.exists() {
            fs::remove_dir_all(&output).context("cannot clear wasm-bindgen's output")?;
        }
        let mut command = Command::new(ensure()?);
        command.args(["--target", self.target, "--out-name", self.file_name, "--no-typescript"]);
        if self.is_nameless {
            command.arg("--remove-name-section");
        }
        process::run_labelled(self.name, command.arg("--out-dir").arg(&output).arg(wasm))?;
        wasm_opt::optimise(&output.join(format!("{}_bg.wasm", self.file_name)), self.goal)?;
        say(&format!("{} is built", self.name));
        fs::write(&stamp, input).context("cannot write the stamp of a build")
    }
}

/// The program, built as far as it is not up to date.
///
/// # Errors
/// When the build fails.
pub fn ensure() -> Result<PathBuf> {
    ensure_program("wasm-bindgen")
}

/// A part of the page's program that can come later.
#[derive(Clone, Debug)]
pub struct Later {
    /// Where it goes.
    pub file: PathBuf,
    /// Its name: a lab's, unless it is the first of the later parts.
    pub name: String,
    /// By what it is entered: paths of functions; what is shared, also by whatever
    /// is below a module's or type's path.
    pub gates: Vec<String>,
}

/// Parts `module`, whose functions must have their symbols, into what the first
/// view needs and what comes later: what labs share, then each lab's own.
/// `linked` is the same module before wasm-bindgen, with relocations; `load` is
/// the export that brings the part of a number at once; `map` becomes the list
/// of all functions with their parts.
///
/// # Errors
/// When the program can't be built, or refuses the module.
pub fn split(module: &Path, linked: &Path, load: &str, first: &Path, later: &[Later], map: &Path) -> Result<()> {
    let mut command = Command::new(ensure_program("wasm-split")?);
    command.arg(module).arg("--linked").arg(linked).args(["--load", load]).arg("--map").arg(map);
    command.arg("--first").arg(first);
    for (number, part) in later.iter().enumerate() {
        match number {
            0 => command.arg("--shared").arg(&part.file),
            _ => command.arg("--lab").arg(format!("{}={}", part.name, part.file.display())),
        };
        for gate in &part.gates {
            command.args(["--gate", gate]);
        }
    }
    for line in process::read(&mut command)?.trim().lines() {
        say(&format!("the page's program: {line}"));
    }
    Ok(())
}

/// Has `module`, whose functions must have their names, do with fewer and weaker
/// atomic operations (xtask/bindgen/src/relax/main.rs says which), and writes it
/// to `output`. Each of `stores` is a `--relaxed`.
///
/// # Errors
/// When the program can't be built, or refuses the module.
pub fn relax(label: &str, module: &Path, output: &Path, stores: &[&str]) -> Result<()> {
    let mut command = Command::new(ensure_program("wasm-relax")?);
    command.arg(module).arg("--output").arg(output);
    for store in stores {
        command.args(["--relaxed", store]);
    }
    say(&format!("{label} does without {}", process::read(&mut command)?.trim()));
    Ok(())
}

fn ensure_program(name: &str) -> Result<PathBuf> {
    process::run_quietly("wasm-bindgen", &mut build())?;
    Ok(folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

fn build() -> Command {
    let mut command = toolchain::cargo();
    command.args(["build", "--package", "bindgen", "--release"]).current_dir(project::root());
    command.env("CARGO_TARGET_DIR", project::target("bindgen"));
    tools::quick_to_compile(&mut command);
    command
}
