//! The Rust toolchains: the user's own for the page and the isolated engine, a
//! pinned nightly for the threaded engine, installed only when it is needed.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;
use std::sync::Mutex;

use anyhow::{Context, Result, anyhow};

use crate::process::{self, say};

/// Builds the standard library with atomics for the threaded engine, and tools
/// that want a newer compiler than the user's.
pub const NIGHTLY: &str = "nightly-2026-10-01";

/// What all artefacts are built for.
pub const WASM: &str = "wasm32-unknown-unknown";

/// The user's cargo: the one that runs this.
#[must_use]
pub fn cargo() -> Command {
    let mut command = Command::new(env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo")));
    without_flags(&mut command);
    command
}

/// The pinned nightly's cargo.
#[must_use]
pub fn nightly_cargo() -> Command {
    let mut command = Command::new("rustup");
    command.args(["run", NIGHTLY, "cargo"]);
    command.env_remove("CARGO").env_remove("RUSTC");
    without_flags(&mut command);
    command
}

/// Gives the user's toolchain the wasm target, if it lacks it.
///
/// # Errors
/// One line that says what to do.
pub fn ensure_wasm_target() -> Result<()> {
    let sysroot = process::read(Command::new("rustc").args(["--print", "sysroot"]))
        .context("no working rustc: install Rust with rustup, https://rustup.rs")?;
    if PathBuf::from(sysroot).join("lib/rustlib").join(WASM).join("lib").is_dir() {
        return Ok(());
    }
    ensure_rustup()?;
    say(&format!("adding the target {WASM} to your Rust (about 10 s)"));
    process::run_labelled("rustup", rustup().args(["target", "add", WASM]))
        .with_context(|| format!("run `rustup target add {WASM}` and try again"))
}

/// Installs the pinned nightly with its sources, if it is missing.
///
/// # Errors
/// One line that says what to do.
pub fn ensure_nightly() -> Result<()> {
    // Two lanes of the build may ask at once: one installs, the other waits.
    static INSTALLING: Mutex<()> = Mutex::new(());
    let _turn = INSTALLING.lock().map_err(|_| anyhow!("installing {NIGHTLY} failed"))?;
    if nightly_is_complete() {
        return Ok(());
    }
    ensure_rustup()?;
    say(&format!("installing {NIGHTLY} for the threaded engine (about 30 s, by your network)"));
    process::run_labelled(
        "rustup",
        rustup().args(["toolchain", "install", NIGHTLY, "--profile", "minimal", "--no-self-update"]).args([
            "--component",
            "rust-src",
            "--target",
            WASM,
        ]),
    )
    .with_context(|| format!("`rustup toolchain install {NIGHTLY} -c rust-src` did not work"))
}

/// Adds a component such as `clippy` to the user's toolchain, if it is missing.
///
/// # Errors
/// One line that says what to do.
pub fn ensure_component(component: &str) -> Result<()> {
    let works = |mut command: Command| command.output().is_ok_and(|out| out.status.success());
    let mut version = cargo();
    version.args([if component == "rustfmt" { "fmt" } else { component }, "--version"]);
    if works(version) {
        return Ok(());
    }
    ensure_rustup()?;
    process::run_labelled("rustup", rustup().args(["component", "add", component]))
        .with_context(|| format!("run `rustup component add {component}` and try again"))
}

fn nightly_is_complete() -> bool {
    let mut command = rustup();
    command.args(["run", NIGHTLY, "rustc", "--print", "sysroot"]);
    process::read(&mut command)
        .is_ok_and(|sysroot| PathBuf::from(sysroot).join("lib/rustlib/src/rust/library").is_dir())
}

fn ensure_rustup() -> Result<()> {
    process::read(rustup().arg("--version"))
        .map(drop)
        .context("rustup is needed to install Rust toolchains: see https://rustup.rs")
}

fn rustup() -> Command {
    Command::new("rustup")
}

/// Flags meant for the user's other builds must not reach ours.
fn without_flags(command: &mut Command) {
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "CARGO_BUILD_TARGET", "CARGO_BUILD_RUSTFLAGS"] {
        command.env_remove(name);
    }
}
