//! Files that the tests need from npm's registry or PyPI, and a source that the
//! build patches: pinned by hash, unpacked into the cache, never installed and
//! never committed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

use crate::process::{self, say};
use crate::project;

/// A package of a registry, and what of it is wanted.
#[derive(Clone, Copy, Debug)]
pub struct Archive {
    /// What it is.
    pub name: &'static str,
    /// Which one.
    pub version: &'static str,
    /// Where it is: a `.tgz` or a `.crate`, or a `.whl`, which is a zip file.
    pub url: &'static str,
    /// The archive's SHA-256.
    pub sha256: &'static str,
    /// What is unpacked: files or folders.
    pub wanted: &'static [&'static str],
}

impl Archive {
    /// The folder in the cache with what is wanted; fetched if it is not there.
    ///
    /// # Errors
    /// When it can't be fetched, is not the pinned file, or can't be unpacked.
    pub fn ensure(&self) -> Result<PathBuf> {
        let Self { name, version, sha256, .. } = self;
        let tools = project::cache()?.join("tools");
        // Another hash is another folder: what is there is what is pinned.
        let folder = tools.join(format!("{name}-{version}-{sha256:.8}"));
        if self.is_in(&folder) {
            return Ok(folder);
        }
        say(&format!("fetching {name} {version} into the cache (once)"));
        // Beside it at first: what is there under its own name is whole.
        let part = tools.join(format!("{name}-{version}-{}.part", std::process::id()));
        let _ = fs::remove_dir_all(&part);
        fs::create_dir_all(&part).with_context(|| format!("cannot create {}", part.display()))?;
        self.fetch(&part)?;
        if self.is_in(&folder) {
            // Somebody else was faster.
            let _ = fs::remove_dir_all(&part);
            return Ok(folder);
        }
        let _ = fs::remove_dir_all(&folder);
        fs::rename(&part, &folder).with_context(|| format!("cannot move {name} to {}", folder.display()))?;
        Ok(folder)
    }

    fn is_in(&self, folder: &Path) -> bool {
        self.wanted.iter().all(|wanted| folder.join(wanted).exists())
    }

    fn fetch(&self, folder: &Path) -> Result<()> {
        let Self { name, version, url, sha256, .. } = self;
        let archive = folder.join("archive");
        let mut curl = Command::new("curl");
        curl.args(["--fail", "--silent", "--show-error", "--location", "--output"]).arg(&archive).arg(url);
        process::run(&mut curl)
            .with_context(|| format!("{name} is missing and could not be fetched: curl and {url} are needed"))?;
        let bytes = fs::read(&archive).with_context(|| format!("cannot read {}", archive.display()))?;
        let found: String = Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        ensure!(found == *sha256, "{url} is not {name} {version} as we know it: its hash is {found}");
        process::run(self.unpack().arg("archive").args(self.wanted).current_dir(folder))
            .with_context(|| format!("{name} could not be unpacked: tar and unzip are needed"))?;
        fs::remove_file(&archive).with_context(|| format!("cannot remove {}", archive.display()))
    }

    fn unpack(&self) -> Command {
        let is_zip = Path::new(self.url).extension().is_some_and(|it| it == "whl");
        let mut command = Command::new(if is_zip { "unzip" } else { "tar" });
        command.arg(if is_zip { "-q" } else { "-xzf" });
        command
    }
}
