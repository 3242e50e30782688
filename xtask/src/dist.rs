//! `cargo xtask dist`: installs what is missing and builds the site.
//!
//! The first time on 2 cores, compiling the tools takes longest. So two lanes
//! run side by side: one installs the nightly and compiles Trunk; the other
//! compiles wasm-bindgen and then all three artefacts, just as Trunk and its
//! hook will ask for them, so that Trunk finds everything done.

use std::fmt;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::thread;
use std::time::Instant;

use anyhow::{Context, Result, anyhow};

use crate::process::{self, say};
use crate::test_times::TestTimes;
use crate::toolchain::{self, NIGHTLY, WASM};
use crate::tools::{self, TRUNK};
use crate::{add_python, bindgen, content_hash, hosting, project, python, rustpython, site, wasm_opt};

/// What the site is made from.
const SOURCES: [&str; 9] =
    ["Cargo.lock", "Cargo.toml", "Trunk.toml", "build.rs", "index.html", "labs", "src", "www", "xtask"];

/// What the Python interpreter is made from besides.
const PYTHON_SOURCES: [&str; 12] = [
    "python/arrays",
    "python/Cargo.lock",
    "python/Cargo.toml",
    "python/build.rs",
    "python/lib",
    "python/library.txt",
    "python/numpy",
    "python/patches",
    "python/src",
    "python/stdlib/Cargo.toml",
    "python/stdlib/build.rs",
    "python/unicode_names",
];

/// How much of the site is built.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Contents {
    /// All but the Python interpreter, which takes its time to build.
    WithoutPython,
    /// All.
    Everything,
}

/// How often a build starts again because somebody edits the sources meanwhile.
const ATTEMPTS: usize = 3;

/// Builds the site into `dist/`, unless it is up to date; returns that folder.
///
/// # Errors
/// When something is missing that can't be installed, or the build fails.
pub fn build(contents: Contents) -> Result<PathBuf> {
    build_timed(contents, &TestTimes::begin())
}

/// The same, noting what its parts take.
///
/// # Errors
/// As [`build`].
pub fn build_timed(contents: Contents, times: &TestTimes) -> Result<PathBuf> {
    let start = Instant::now();
    let dist = project::dist();
    let mut inputs = Inputs::of(contents)?;
    if inputs.are_those_of_dist() {
        say("dist/ is up to date");
        return Ok(dist);
    }
    if TRUNK.is_installed() {
        say("building the site (2 minutes from scratch on 2 cores, seconds after small changes)");
    } else {
        say("first build on this machine: about 9 minutes on 2 cores, mostly compiling build tools");
    }
    for _ in 0..ATTEMPTS {
        two_lanes(contents, times)?;
        times.time("build: the site", || trunk(contents))?;
        let before = std::mem::replace(&mut inputs, Inputs::of(contents)?);
        if before == inputs {
            break;
        }
        // The page refuses engines of another build.
        say("the sources changed meanwhile: building again, so that all parts are of one build");
    }
    // What Trunk holds while it writes is not part of the site.
    let _ = fs::remove_file(dist.join(".trunk-lock"));
    inputs.stamp()?;
    say(&format!("dist/ is built, after {}", process::spoken(start.elapsed())));
    Ok(dist)
}

/// `dist/`, if it is up to date and has everything.
///
/// # Errors
/// When the sources can't be read.
pub fn whole() -> Result<Option<PathBuf>> {
    // Else asking would fetch a source: nobody is to wait for that.
    if !rustpython::is_made()? {
        return Ok(None);
    }
    Ok(Inputs::of(Contents::Everything)?.are_those_of_dist().then(project::dist))
}

/// Builds Python and adds it to `dist/`, which is served meanwhile; `compiled`
/// hears of each crate.
///
/// # Errors
/// When the build fails; its first line is the reason.
pub fn add_python(compiled: &(dyn Fn() + Sync)) -> Result<add_python::Folders> {
    let dist = project::dist();
    // The page's sources may have changed since it was built.
    let page = Inputs::known().map(|(page, _)| page);
    let python = python_inputs()?;
    site::build_python_quietly(compiled)?;
    let folders = add_python::to_site(&dist)?;
    if let Some(page) = page {
        Inputs { page, python: Some(python) }.stamp()?;
    }
    Ok(folders)
}

/// Cargo with everything that makes the page's program, as Trunk calls it.
fn ui_cargo() -> Command {
    let mut command = toolchain::cargo();
    command.args(["build", "--target", WASM, "--profile", "ui", "--bin", "parallel-lab"]);
    command.args(["--no-default-features", "--features", "ui"]).arg("--manifest-path");
    command.arg(project::root().join("Cargo.toml")).current_dir(project::root());
    command.env("CARGO_TARGET_DIR", project::target("ui"));
    command
}

fn two_lanes(contents: Contents, times: &TestTimes) -> Result<()> {
    thread::scope(|scope| {
        let tools = scope.spawn(|| {
            toolchain::ensure_nightly()?;
            TRUNK.ensure()
        });
        let artefacts = build_artefacts(contents, times);
        let tools = tools.join().map_err(|_| anyhow!("installing the tools panicked"))?;
        artefacts.and(tools.map(drop))
    })
}

fn build_artefacts(contents: Contents, times: &TestTimes) -> Result<()> {
    toolchain::ensure_wasm_target()?;
    times.time("build: the page and the engines", || {
        thread::scope(|scope| {
            let bindgen = scope.spawn(bindgen::ensure);
            let engines = scope.spawn(site::build_engines);
            let ui = process::run_labelled("ui", &mut ui_cargo());
            let engines = engines.join().map_err(|_| anyhow!("building the engines panicked"))?;
            let bindgen = bindgen.join().map_err(|_| anyhow!("building wasm-bindgen panicked"))?;
            ui.and(engines).and(bindgen.map(drop))
        })
    })?;
    match contents {
        Contents::WithoutPython => Ok(()),
        // Last, and one after the other: their linking takes gigabytes of memory.
        Contents::Everything => times.time("build: Python", site::build_python),
    }
}

fn trunk(contents: Contents) -> Result<()> {
    let program = TRUNK.ensure()?;
    let mut command = Command::new(program);
    command.args(["build", "--offline", "true", "--log", "warn", "--color", "never"]);
    command.arg("--skip-version-check").current_dir(project::root());
    command.env("PATH", tools::path_with(&[&bindgen::folder()])?);
    command.env("CARGO_TARGET_DIR", project::target("ui"));
    python::ask(&mut command, contents == Contents::Everything);
    for name in ["RUSTFLAGS", "CARGO_ENCODED_RUSTFLAGS", "NO_COLOR"] {
        command.env_remove(name);
    }
    process::run_labelled("trunk", &mut command)
}

/// Hashes of all that the site is made from, compilers included.
#[derive(Debug, Eq, PartialEq)]
struct Inputs {
    page: String,
    /// What Python is made from besides, where it is part of the site.
    python: Option<String>,
}

impl Inputs {
    fn of(contents: Contents) -> Result<Self> {
        let python = (contents == Contents::Everything).then(python_inputs).transpose()?;
        Ok(Self { page: page_inputs()?, python })
    }

    /// Those that `dist/` was made from, page and Python, if it is still as it was made.
    fn known() -> Option<(String, String)> {
        let stamp = fs::read_to_string(stamp()).ok()?;
        let mut parts = stamp.split(' ');
        let (page, python, dist) = (parts.next()?, parts.next()?, parts.next()?);
        let is_untouched = content_hash::of_folder(&project::dist()).is_ok_and(|now| now == dist);
        is_untouched.then(|| (page.to_owned(), python.to_owned()))
    }

    fn are_those_of_dist(&self) -> bool {
        Self::known().is_some_and(|(page, python)| format!("{page} {python}") == self.to_string())
    }

    /// Notes that `dist/` is made from these.
    fn stamp(&self) -> Result<()> {
        let dist = content_hash::of_folder(&project::dist())?;
        fs::write(stamp(), format!("{self} {dist}")).context("cannot write the stamp of dist/")
    }
}

impl fmt::Display for Inputs {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.page, self.python.as_deref().unwrap_or("without"))
    }
}

fn stamp() -> PathBuf {
    project::root().join("target/dist.stamp")
}

fn page_inputs() -> Result<String> {
    let rustc = process::read(Command::new("rustc").arg("--version"))
        .context("no working rustc: install Rust with rustup, https://rustup.rs")?;
    let mut parts = vec![rustc, NIGHTLY.into(), wasm_opt::version().unwrap_or("none").into()];
    // Else the way out would lead nowhere: nothing but the environment asks for it.
    parts.push(format!("service worker retired: {}", hosting::is_retired()));
    parts.extend(hashes(&SOURCES)?);
    Ok(content_hash::of(parts.iter().map(String::as_bytes)))
}

fn python_inputs() -> Result<String> {
    rustpython::ensure()?;
    let mut parts = vec![content_hash::of_folder(&rustpython::folder())?];
    parts.extend(hashes(&PYTHON_SOURCES)?);
    Ok(content_hash::of(parts.iter().map(String::as_bytes)))
}

fn hashes(sources: &[&str]) -> Result<Vec<String>> {
    let hash = |source: &&str| {
        let path = project::root().join(source);
        if path.is_dir() {
            content_hash::of_folder(&path)
        } else {
            Ok(content_hash::of([fs::read(&path).unwrap_or_default().as_slice()]))
        }
    };
    sources.iter().map(hash).collect()
}
