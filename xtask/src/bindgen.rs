//! wasm-bindgen's program: a small package of ours around its library, so that
//! `Cargo.lock` pins it together with the crate that it must match.

use std::path::PathBuf;
use std::process::Command;

use anyhow::Result;

use crate::{process, project, toolchain, tools};

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
    process::run_quietly("wasm-bindgen", &mut build())?;
    Ok(folder().join(format!("wasm-bindgen{}", std::env::consts::EXE_SUFFIX)))
}

fn build() -> Command {
    let mut command = toolchain::cargo();
    command.args(["build", "--package", "bindgen", "--release"]).current_dir(project::root());
    command.env("CARGO_TARGET_DIR", project::target("bindgen"));
    tools::quick_to_compile(&mut command);
    command
}
