//! axe-core, the accessibility checker of the browser tests: one pinned file
//! from npm's registry, checked by its hash, kept in the cache.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::process::{self, say};
use crate::project;

const VERSION: &str = "4.14.1";
const SHA256: &str = "29348999450cdf2849a8e70b7912fc2da85a849da39c0d0d5394f51d4a9ed95c";

/// Where the script is; downloaded if it is missing.
///
/// # Errors
/// When it can't be downloaded, or is not the pinned file.
pub fn ensure() -> Result<PathBuf> {
    let folder = project::cache()?.join("tools").join(format!("axe-core-{VERSION}"));
    let script = folder.join("axe.min.js");
    if !script.is_file() {
        say(&format!("fetching axe-core {VERSION} into the cache (once)"));
        fs::create_dir_all(&folder).with_context(|| format!("cannot create {}", folder.display()))?;
        let archive = folder.join("axe-core.tgz");
        let url = format!("https://registry.npmjs.org/axe-core/-/axe-core-{VERSION}.tgz");
        process::run(
            Command::new("curl")
                .args(["--fail", "--silent", "--show-error", "--location", "--output"])
                .arg(&archive)
                .arg(url),
        )
        .context("axe-core is missing and could not be fetched: curl and the npm registry are needed")?;
        process::run(
            Command::new("tar")
                .arg("-xzf")
                .arg(&archive)
                .args(["--strip-components=1", "package/axe.min.js"])
                .current_dir(&folder),
        )
        .context("axe-core could not be unpacked: tar is needed")?;
        let _ = fs::remove_file(&archive);
    }
    let found = fs::read(&script).with_context(|| format!("cannot read {}", script.display()))?;
    let hash: String = Sha256::digest(&found).iter().map(|byte| format!("{byte:02x}")).collect();
    ensure!(hash == SHA256, "{} is not axe-core {VERSION} as we know it: delete it and try again", script.display());
    Ok(script)
}
