//! `cargo xtask test`. The last lines are always the test runner's own: its
//! summary, or what failed. Before them stands what each part took.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;

use anyhow::{Context, Result, anyhow};

use crate::arguments::Suite;
use crate::browsers::Browsers;
use crate::dist::Contents;
use crate::engines::WITH_THREADS;
use crate::process::{self, say};
use crate::python::Python;
use crate::test_times::TestTimes;
use crate::{bindgen, data, dist, project, python_reference, rustpython, toolchain};

/// Tells the native interpreter where the data files are (python/src/reading/folder.rs).
const DATA: &str = "PARALLEL_LAB_DATA";
/// The browser tests, without the programs beside them that measure.
const BROWSER_TESTS: [&str; 5] = ["--package", "browser-tests", "--lib", "--test", "browsers"];
/// The variable that asks for each test of `either` in one browser (tests/browser/src/runner.rs).
pub const EACH_ONCE: &str = "PARALLEL_LAB_EACH_ONCE";
/// The variable that names the file for what each suite of browser tests took.
pub const BROWSER_TIMES: &str = "PARALLEL_LAB_BROWSER_TIMES";

/// Runs a suite of tests.
///
/// # Errors
/// When something is missing that can't be installed, or a test fails.
pub fn run(suite: Suite) -> Result<()> {
    let times = TestTimes::begin();
    let outcome = run_timed(suite, &times);
    times.end();
    outcome
}

fn run_timed(suite: Suite, times: &TestTimes) -> Result<()> {
    match suite {
        Suite::All => {
            let browsers = thread::scope(|scope| {
                // Installing them leaves the cores to compilers for most of the time.
                let browsers = scope.spawn(|| find_browsers(times));
                let checked = lint(times).and_then(|()| unit(times));
                let browsers = browsers.join().map_err(|_| anyhow!("installing the browsers panicked"))?;
                checked.and(browsers)
            })?;
            browser(&browsers, &[(EACH_ONCE, "1")], times)
        }
        Suite::Unit => unit(times),
        Suite::Browser => browser(&find_browsers(times)?, &[], times),
        Suite::Lint => lint(times),
        Suite::Interpreter => interpreter(times),
    }
}

/// Takes minutes more than anything else for what the browser tests see too,
/// from outside: for those who work on it.
fn interpreter(times: &TestTimes) -> Result<()> {
    toolchain::ensure_nightly()?;
    rustpython::ensure()?;
    let reference = python_reference::find()?;
    say("the interpreter's programs, natively");
    times.time("interpreter: build", || process::run(&mut Python::native("build", &["--example", "run"])))?;
    let binary = Python::native_target().join("debug/examples/run");
    let files = project::target("data-files");
    data::write_to(&files)?;
    for which in [[].as_slice(), &["--numpy"]] {
        let mut check = Command::new(&reference);
        check.arg(python_reference::script()).arg("check").arg(&binary).args(which).env(DATA, &files);
        times.time("interpreter: programs", || process::run(&mut check))?;
    }
    say("the interpreter's own tests");
    times.run_tests("interpreter", Python::native("test", &[]).env(DATA, files))
}

fn unit(times: &TestTimes) -> Result<()> {
    say("unit tests");
    let mut command = in_root("test");
    let elsewhere = ["--exclude", "browser-tests", "--exclude", bindgen::PACKAGE];
    times.run_tests("unit", command.arg("--workspace").args(elsewhere))?;
    times.run_tests("unit", &mut bindgen::cargo("test"))
}

fn find_browsers(times: &TestTimes) -> Result<Browsers> {
    times.time("browsers and drivers", Browsers::ensure)
}

fn browser(browsers: &Browsers, told: &[(&str, &str)], times: &TestTimes) -> Result<()> {
    let dist = build_with_tests(times)?;
    say("browser tests, in Chromium and Firefox");
    let mut command = in_root("test");
    // What is broken beside them should not hide what they say.
    command.args(BROWSER_TESTS).arg("--no-fail-fast");
    browsers.tell(&mut command, &dist);
    command.envs(told.iter().copied());
    let failures = project::target("browser-failures.txt");
    let took = project::target("browser-times.txt");
    for file in [&failures, &took] {
        fs::write(file, "").with_context(|| format!("can't write {}", file.display()))?;
    }
    command.env("PARALLEL_LAB_FAILURES", &failures).env(BROWSER_TIMES, &took);
    let outcome = times.run_tests("browser", &mut command).inspect_err(|_| say_again(&failures, times));
    // A program that broke has told nothing.
    times.add_details(&fs::read_to_string(&took).unwrap_or_default());
    outcome
}

/// The site, and its tests beside it: where an artefact is linked, by one core each,
/// another one has nothing to do.
fn build_with_tests(times: &TestTimes) -> Result<PathBuf> {
    thread::scope(|scope| {
        let tests = scope.spawn(|| {
            let mut command = in_root("test");
            command.args(BROWSER_TESTS).arg("--no-run");
            times.time("browser: compiling", || process::run_labelled("browser tests", &mut command))
        });
        let dist = dist::build_timed(Contents::Everything, times);
        let tests = tests.join().map_err(|_| anyhow!("compiling the tests panicked"))?;
        dist.and_then(|dist| tests.map(|()| dist))
    })
}

/// What failed stands hundreds of lines above the end, between the suites that passed.
fn say_again(failures: &Path, times: &TestTimes) {
    if let Ok(text) = fs::read_to_string(failures)
        && !text.is_empty()
    {
        times.add_last_words(&format!("\nWhat failed:\n{text}"));
    }
}

fn lint(times: &TestTimes) -> Result<()> {
    toolchain::ensure_component("rustfmt")?;
    toolchain::ensure_component("clippy")?;
    toolchain::ensure_wasm_target()?;
    // Cargo reads the manifest of what python/ depends on.
    rustpython::ensure()?;
    say("formatting");
    times.time("lint: formatting", || {
        process::run(in_root("fmt").args(["--all", "--check"]))?;
        // What a macro declares is unknown to it: the workloads and the labs.
        let listed = ["--package", "parallel-lab", "--", "--check"];
        process::run(in_root("fmt").args(listed).args(listed_modules()?))?;
        // Not `--all`, which is the patched interpreter too.
        let ours = ["parallel-lab-python", "parallel-lab-python-stdlib", "parallel-lab-numpy"];
        let ours = ours.iter().flat_map(|package| ["--package", package]).chain(["--check"]);
        process::run(in_root("fmt").args(ours).current_dir(project::root().join("python")))
    })?;
    say("clippy: native");
    times.time("lint: native", || clippy(in_root("clippy").args(["--workspace", "--all-targets"])))?;
    say("clippy: the page and the engines");
    times.time("lint: the page and the engines", || clippy(&mut wasm_clippy()))
}

/// The files that the modules of listed workloads and labs begin with.
fn listed_modules() -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    for folder in ["src/workload", "src/lab"].map(|it| project::root().join(it)) {
        for entry in fs::read_dir(&folder).with_context(|| format!("can't read {}", folder.display()))? {
            let path = entry?.path();
            files.push(if path.is_dir() { path.join("mod.rs") } else { path });
        }
    }
    Ok(files)
}

fn clippy(command: &mut Command) -> Result<()> {
    process::run(command.args(["--", "--deny", "warnings"]))
}

/// For what runs in browsers. Threads there need what only a nightly compiler admits to know;
/// the one that is pinned for them may have no clippy.
fn wasm_clippy() -> Command {
    let mut command = in_root("clippy");
    command.args(["--target", toolchain::WASM, "--lib", "--bin", "parallel-lab"]);
    command.args(["--no-default-features", "--features", "ui,engine-threaded"]);
    let flags = [WITH_THREADS, "--cfg", "erase_components"];
    command.env("RUSTC_BOOTSTRAP", "1").env("CARGO_ENCODED_RUSTFLAGS", flags.join("\u{1f}"));
    // A folder of its own: other flags would throw away what is built elsewhere.
    command.env("CARGO_TARGET_DIR", project::target("lint"));
    command
}

fn in_root(subcommand: &str) -> Command {
    let mut command = toolchain::cargo();
    command.arg(subcommand).current_dir(project::root());
    command
}
