//! `cargo xtask bench`.

use anyhow::Result;

use crate::browsers::Browsers;
use crate::{dist, process, project, toolchain};

/// Builds the site and runs the benchmark on it.
///
/// # Errors
/// When something is missing that can't be installed, or the benchmark fails.
pub fn run() -> Result<()> {
    let browsers = Browsers::ensure()?;
    let dist = dist::build(dist::Contents::Everything)?;
    let mut command = toolchain::cargo();
    command.args(["run", "--release", "--package", "browser-tests", "--bin", "bench"]);
    command.current_dir(project::root());
    browsers.tell(&mut command, &dist);
    process::run(&mut command)
}
