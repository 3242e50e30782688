//! `cargo xtask bench`.

use std::process::Command;

use anyhow::Result;

use crate::archive::Archive;
use crate::arguments::Benches;
use crate::browsers::Browsers;
use crate::process::say;
use crate::{dist, process, project, python_reference, toolchain};

/// The other Python in a browser, to be compared with.
const PYODIDE: Archive = Archive {
    name: "pyodide",
    version: "314.0.7",
    url: "https://registry.npmjs.org/pyodide/-/pyodide-314.0.7.tgz",
    sha256: "66b7949e5a0cba2250b586d7e368bf12fb482800748d182c4618254b685ffaa0",
    wanted: &["package"],
};

/// Builds the site and runs benchmarks on it.
///
/// # Errors
/// When something is missing that can't be installed, or a benchmark fails.
pub fn run(benches: Benches) -> Result<()> {
    let browsers = Browsers::ensure()?;
    let dist = dist::build(dist::Contents::Everything)?;
    let told = |name: &str| {
        let mut command = benchmark(name);
        browsers.tell(&mut command, &dist);
        command
    };
    let wants = |one| [Benches::All, one].contains(&benches);
    if wants(Benches::Race) {
        process::run(&mut told("bench"))?;
    }
    if wants(Benches::Frames) {
        process::run(&mut told("bench_frames"))?;
    }
    if wants(Benches::Reading) {
        process::run(&mut told("bench_reading"))?;
    }
    if wants(Benches::Gil) {
        process::run(&mut told("bench_gil"))?;
    }
    if wants(Benches::Keys) {
        process::run(&mut told("bench_keys"))?;
    }
    if wants(Benches::Python) {
        let mut command = told("bench_python");
        command.env("PARALLEL_LAB_PYODIDE", PYODIDE.ensure()?.join("package"));
        match python_reference::find() {
            Ok(cpython) => drop(command.env("PARALLEL_LAB_CPYTHON", cpython)),
            Err(error) => say(&format!("without CPython: {error}")),
        }
        process::run(&mut command)?;
    }
    if wants(Benches::Numpy) {
        match python_reference::find().and_then(|python| python_reference::ensure_numpy(&python)) {
            Ok(python) => process::run(told("bench_numpy").env("PARALLEL_LAB_CPYTHON", python))?,
            Err(error) => say(&format!("nothing to compare NumPy with: {error}")),
        }
    }
    Ok(())
}

fn benchmark(name: &str) -> Command {
    let mut command = toolchain::cargo();
    command.args(["run", "--release", "--package", "browser-tests", "--example", name]);
    command.current_dir(project::root());
    command
}
