//! Where things are.

use std::env;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// The clone's top folder.
#[must_use]
pub fn root() -> PathBuf {
    let xtask = Path::new(env!("CARGO_MANIFEST_DIR"));
    xtask.parent().unwrap_or(xtask).to_owned()
}

/// The built site.
#[must_use]
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// One target folder per artefact: their flags differ, and a shared folder
/// would be rebuilt at each change of flags.
#[must_use]
pub fn target(artefact: &str) -> PathBuf {
    root().join("target").join(artefact)
}

/// The user's cache, shared by all clones: `$XDG_CACHE_HOME/parallel-lab`,
/// else `~/.cache/parallel-lab` (`%LOCALAPPDATA%` on Windows).
///
/// # Errors
/// When the environment names no home.
pub fn cache() -> Result<PathBuf> {
    let named = |name| env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    named("XDG_CACHE_HOME")
        .filter(|path| path.is_absolute())
        .or_else(|| named("HOME").map(|home| home.join(".cache")))
        .or_else(|| named("LOCALAPPDATA"))
        .map(|cache| cache.join("parallel-lab"))
        .context("no place for the tools: set HOME or XDG_CACHE_HOME")
}
