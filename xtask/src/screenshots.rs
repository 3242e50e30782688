//! `cargo xtask screenshots`.

use anyhow::Result;

use crate::browsers::Browsers;
use crate::{dist, process, project, toolchain};

/// Builds the site and takes pictures of all its states.
///
/// # Errors
/// When something is missing that can't be installed, or a picture fails.
pub fn run() -> Result<()> {
    let browsers = Browsers::ensure()?;
    let dist = dist::build(dist::Contents::Everything)?;
    let mut command = toolchain::cargo();
    command.args(["run", "--package", "browser-tests", "--example", "screenshots"]);
    command.current_dir(project::root());
    browsers.tell(&mut command, &dist);
    process::run(&mut command)
}
