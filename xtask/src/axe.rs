//! axe-core, the accessibility checker of the browser tests.

use std::path::PathBuf;

use anyhow::Result;

use crate::archive::Archive;

const SCRIPT: &str = "package/axe.min.js";

const AXE: Archive = Archive {
    name: "axe-core",
    version: "4.14.1",
    url: "https://registry.npmjs.org/axe-core/-/axe-core-4.14.1.tgz",
    sha256: "e6b0ce02b84d892e2e33e403485e7f3d6c29e2be6df65daf44d89ba564139745",
    wanted: &[SCRIPT],
};

/// Where the script is; downloaded if it is missing.
///
/// # Errors
/// When it can't be downloaded, or is not the pinned file.
pub fn ensure() -> Result<PathBuf> {
    Ok(AXE.ensure()?.join(SCRIPT))
}
