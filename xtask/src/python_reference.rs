//! `cargo xtask python-reference`: what CPython prints for the programs in
//! `tests/python/programs`, written into `tests/python/expected`, and what it
//! prints with NumPy for those in `tests/python/numpy`.

use std::env;
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::{process, project};

/// Names a Python to use instead of the first that fits.
const CHOICE: &str = "PARALLEL_LAB_PYTHON";

/// Where to look for one, newest first.
const CANDIDATES: [&str; 4] = ["python3.14", "python3.13", "python3", "python"];

/// The oldest Python whose outputs are a reference: the first with
/// `os.process_cpu_count`.
const OLDEST: (u32, u32) = (3, 13);

/// Runs CPython over the programs and writes their expected outputs.
///
/// # Errors
/// When there is no CPython that is new enough, NumPy can't be had, or a
/// program does not end.
pub fn run() -> Result<()> {
    let python = find()?;
    process::say(&format!("reference: {}", python.to_string_lossy()));
    process::run(Command::new(&python).arg(script()).arg("write"))?;
    let with_numpy = ensure_numpy(&python)?;
    process::run(Command::new(with_numpy).arg(script()).args(["write", "--numpy"]))
}

/// A Python of its own, below `target`, that has NumPy in the version of
/// `tests/python/numpy/requirements.txt`.
///
/// # Errors
/// When it can't be made or NumPy can't be fetched.
pub fn ensure_numpy(python: &OsString) -> Result<PathBuf> {
    let folder = project::target("python-with-numpy");
    let program = folder.join(if cfg!(windows) { "Scripts/python.exe" } else { "bin/python" });
    let requirements = project::root().join("tests/python/numpy/requirements.txt");
    if !program.exists() {
        process::say("a virtual environment for NumPy");
        process::run(Command::new(python).args(["-m", "venv"]).arg(&folder))
            .context("no virtual environment could be made: CPython's modules venv and ensurepip are needed")?;
    }
    let install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--only-binary=:all:", "-r"];
    process::run(Command::new(&program).args(install).arg(&requirements)).with_context(|| {
        format!("NumPy could not be fetched from the package index: what {} asks for", requirements.display())
    })?;
    Ok(program)
}

/// The program that writes the expected outputs, and compares with them.
#[must_use]
pub fn script() -> PathBuf {
    project::root().join("tests/python/reference.py")
}

/// A CPython that is new enough.
///
/// # Errors
/// When there is none.
pub fn find() -> Result<OsString> {
    if let Some(chosen) = env::var_os(CHOICE).filter(|chosen| !chosen.is_empty()) {
        return match version(&chosen) {
            Some(version) if version >= OLDEST => Ok(chosen),
            _ => bail!("{CHOICE} does not name a CPython of at least {}", shown(OLDEST)),
        };
    }
    let found = CANDIDATES.map(OsString::from).into_iter().find(|name| version(name) >= Some(OLDEST));
    match found {
        Some(python) => Ok(python),
        None => bail!("no CPython of at least {} on PATH; name one by {CHOICE}", shown(OLDEST)),
    }
}

/// The version of a CPython; none if it is something else, or not there.
fn version(python: &OsString) -> Option<(u32, u32)> {
    const SAY: &str = "import sys; print(sys.implementation.name, *sys.version_info[:2])";
    parse_version(&process::read(Command::new(python).args(["-c", SAY])).ok()?)
}

fn parse_version(said: &str) -> Option<(u32, u32)> {
    let mut words = said.strip_prefix("cpython ")?.split(' ').map(str::parse);
    Some((words.next()?.ok()?, words.next()?.ok()?))
}

fn shown((major, minor): (u32, u32)) -> String {
    format!("{major}.{minor}")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_cpython_is_a_reference() {
        assert_eq!(parse_version("cpython 3 14"), Some((3, 14)));
        assert_eq!(parse_version("rustpython 3 14"), None);
        assert_eq!(parse_version("cpython 3"), None);
        assert_eq!(parse_version(""), None);
    }

    #[test]
    fn versions_are_ordered_as_numbers() {
        assert!(Some((3, 9)) < Some(OLDEST) && None < Some(OLDEST) && Some((3, 14)) > Some(OLDEST));
    }
}
