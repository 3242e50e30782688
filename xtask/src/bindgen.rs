//! What works on finished wasm modules, in a package of our own: wasm-bindgen's
//! program around its library, so that `Cargo.lock` pins it together with the
//! crate that it must match; and the one that parts the page's program in two.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Result;

use crate::process::{self, say};
use crate::{project, toolchain, tools};

/// The folder with the program, for the `PATH` of those who call it by name.
#[must_use]
pub fn folder() -> PathBuf {
    project::target("bindgen").join("release")
}

/// The program, built as far as it is not up to date.
///
/// # Errors
/// When the build fails.
pub fn ensure() -> Result<PathBuf> {
    ensure_program("wasm-bindgen")
}

/// Parts `module`, whose functions must have their names, into what the first
/// view needs and the rest: all with one of `later` in their names, and what
/// only those call. `load` is the export that brings the rest at once.
///
/// # Errors
/// When the program can't be built, or refuses the module.
pub fn split(module: &Path, first: &Path, rest: &Path, load: &str, later: &[&str]) -> Result<()> {
    let mut command = Command::new(ensure_program("wasm-split")?);
    command.arg(module).arg("--first").arg(first).arg("--rest").arg(rest).args(["--load", load]);
    for name in later {
        command.args(["--later", name]);
    }
    say(&format!("the page's program: {}", process::read(&mut command)?.trim()));
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
