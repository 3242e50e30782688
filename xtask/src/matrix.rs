//! `cargo xtask matrix`.

use anyhow::Result;

use crate::browsers::Browsers;
use crate::{dist, process, project, toolchain};

/// Builds the site and prints what runs on which host, in which frame, in which browser.
///
/// # Errors
/// When something is missing that can't be installed, or a browser does not start.
pub fn run() -> Result<()> {
    let browsers = Browsers::ensure()?;
    let dist = dist::build(dist::Contents::Everything)?;
    let mut command = toolchain::cargo();
    command.args(["run", "--package", "browser-tests", "--example", "matrix"]);
    command.current_dir(project::root());
    browsers.tell(&mut command, &dist);
    process::run(&mut command)
}
