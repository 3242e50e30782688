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

/// What they are a part of.
pub const PACKAGE: &str = "bindgen";

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

/// A way into what the first view does without.
#[derive(Clone, Debug)]
pub struct Way {
    /// Its name: `rest`, a lab's, or another's.
    pub name: String,
    /// By what it is entered: paths of functions; with a `*` at the end, what paths begin
    /// with; or `*::name`: functions of this name, or in a module of this name.
    pub gates: Vec<String>,
    /// The names of ways after which it comes, where no function shows it.
    pub after: Vec<String>,
    /// It takes what others share as it finds it, so that they load nothing for it.
    pub is_late: bool,
}

/// A part of the page's program, in a file of its own.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct SplitPart {
    /// Where it is.
    pub file: PathBuf,
    /// Its name: `first`, `shared`, or the ways that it is for.
    pub name: String,
    /// The numbers of those, in the order in which they were given.
    pub ways: Vec<usize>,
}

/// Parts `module`, whose functions must have their symbols, into what the first
/// view needs, the first of the parts given, and what comes later, by `ways`: to the
/// rest of the page, and to others. `linked` is the same module before wasm-bindgen,
/// with relocations; `load` is the export that brings what the way of a number leads
/// to; `map` becomes the list of all functions with their parts, which go to `output`.
///
/// # Errors
/// When the program can't be built, or refuses the module.
pub fn split(
    module: &Path,
    linked: &Path,
    load: &str,
    ways: &[Way],
    output: &Path,
    map: &Path,
) -> Result<Vec<SplitPart>> {
    fs::create_dir_all(output).with_context(|| format!("cannot make {}", output.display()))?;
    let mut command = Command::new(ensure_program("wasm-split")?);
    command.arg(module).arg("--linked").arg(linked).args(["--load", load]).arg("--map").arg(map);
    command.arg("--output").arg(output);
    for (number, way) in ways.iter().enumerate() {
        match number {
            0 => command.arg("--rest"),
            _ => command.args(["--way", &way.name]),
        };
        for gate in &way.gates {
            command.args(["--gate", gate]);
        }
        if way.is_late {
            command.arg("--late");
        }
        for other in &way.after {
            command.args(["--after", other]);
        }
    }
    let told = process::read(&mut command)?;
    told.lines().map(|line| split_part(output, line).with_context(|| format!("wasm-split said {line:?}"))).collect()
}

/// Reads `<number> <name> <way>,<way>…`.
fn split_part(output: &Path, line: &str) -> Option<SplitPart> {
    let mut words = line.split(' ');
    let file = output.join(format!("{}.wasm", words.next()?));
    let name = words.next()?.to_owned();
    let ways = words.next()?.split(',').map(|way| way.parse().ok()).collect::<Option<_>>()?;
    Some(SplitPart { file, name, ways })
}

/// Has `module`, whose functions must have their names, do with fewer and weaker
/// atomic operations (xtask/bindgen/src/relax/main.rs says which), and writes it
/// to `output`. Each of `accesses` is a `--relaxed`.
///
/// # Errors
/// When the program can't be built, or refuses the module.
pub fn relax(label: &str, module: &Path, output: &Path, accesses: &[&str]) -> Result<()> {
    let mut command = Command::new(ensure_program("wasm-relax")?);
    command.arg(module).arg("--output").arg(output);
    for accesses in accesses {
        command.args(["--relaxed", accesses]);
    }
    say(&format!("{label} does without {}", process::read(&mut command)?.trim()));
    Ok(())
}

fn ensure_program(name: &str) -> Result<PathBuf> {
    process::run_quietly("wasm-bindgen", &mut cargo("build"))?;
    Ok(folder().join(format!("{name}{}", std::env::consts::EXE_SUFFIX)))
}

/// Cargo for these programs, in a folder and with settings of their own. Their tests are
/// compiled so too: with all that they stand on they would else be compiled twice.
#[must_use]
pub fn cargo(subcommand: &str) -> Command {
    let mut command = toolchain::cargo();
    command.args([subcommand, "--package", PACKAGE, "--release"]).current_dir(project::root());
    command.env("CARGO_TARGET_DIR", project::target("bindgen"));
    tools::quick_to_compile(&mut command);
    // As tests have it, whatever is set: so both are of one build.
    command.env("CARGO_PROFILE_RELEASE_PANIC", "unwind");
    command
}
