//! RustPython's interpreter with our changes: its published source, pinned by
//! hash, with `python/patches` applied, in `target/rustpython-vm`. From there
//! `python/Cargo.toml` takes it.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};
use diffy::patch_set::{FileOperation, ParseOptions, PatchSet};

use crate::archive::Archive;
use crate::process::say;
use crate::{content_hash, project};

/// Must be the version that python/Cargo.toml asks for.
const SOURCE: Archive = Archive {
    name: "rustpython-vm",
    version: "0.6.0",
    url: "https://static.crates.io/crates/rustpython-vm/rustpython-vm-0.6.0.crate",
    sha256: "0f5e6290260601ddbba6cbe917df9d24725aa6664f61c5bdc1ba24db9c81f346",
    wanted: &["rustpython-vm-0.6.0"],
};

/// Where the patched source is.
#[must_use]
pub fn folder() -> PathBuf {
    project::target(SOURCE.name)
}

/// Makes the patched source, unless it is there as it should be.
///
/// # Errors
/// When the source can't be fetched, a patch does not fit it, a file can't be
/// written, or what is there has edits that would be lost.
pub fn ensure() -> Result<()> {
    let patches = patches()?;
    let wanted = wanted(&patches);
    let folder = folder();
    if let Some((made_from, tree)) = made(&folder) {
        if made_from == wanted {
            return Ok(());
        }
        ensure!(
            content_hash::of_folder(&folder)? == tree,
            "{} has been edited since it was made, and other patches are wanted now: put the edits into python/patches, \
             or remove that folder",
            folder.display()
        );
    }
    say("patching RustPython's interpreter");
    let published = SOURCE.ensure()?.join(format!("{}-{}", SOURCE.name, SOURCE.version));
    // Beside it at first, so that it is whole or not there.
    let part = folder.with_extension(format!("{}.part", std::process::id()));
    remove(&part)?;
    copy(&published, &part)?;
    patches.iter().try_for_each(|patch| apply(patch, &part))?;
    let tree = content_hash::of_folder(&part)?;
    // First: it would vouch for what is half removed.
    let _ = fs::remove_file(stamp(&folder));
    remove(&folder)?;
    fs::rename(&part, &folder).with_context(|| format!("cannot make {}", folder.display()))?;
    fs::write(stamp(&folder), format!("{wanted} {tree}")).context("cannot write the stamp of a patched source")
}

/// Whether the patched source is there, made from the patches as they are now:
/// then [`ensure`] fetches nothing.
///
/// # Errors
/// When the patches can't be read.
pub fn is_made() -> Result<bool> {
    let wanted = wanted(&patches()?);
    Ok(made(&folder()).is_some_and(|(made_from, _)| made_from == wanted))
}

/// Names what the source is made from.
fn wanted(patches: &[String]) -> String {
    content_hash::of(patches.iter().map(String::as_bytes).chain([SOURCE.sha256.as_bytes()]))
}

/// From what the source was made, and its hash when it was; if it was.
fn made(folder: &Path) -> Option<(String, String)> {
    let stamp = fs::read_to_string(stamp(folder)).ok().filter(|_| folder.exists())?;
    stamp.split_once(' ').map(|(made_from, tree)| (made_from.to_owned(), tree.to_owned()))
}

/// Beside the folder, whose hash it holds.
fn stamp(folder: &Path) -> PathBuf {
    folder.with_extension("stamp")
}

/// The texts of the patches, in the order of their names.
fn patches() -> Result<Vec<String>> {
    let files = content_hash::files_below(&project::root().join("python/patches"))?;
    let is_patch = |file: &PathBuf| file.extension().is_some_and(|it| it == "patch");
    files.into_iter().filter(is_patch).map(read).map(|text| Ok(text?.replace("\r\n", "\n"))).collect()
}

fn read(file: PathBuf) -> Result<String> {
    fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))
}

fn remove(folder: &Path) -> Result<()> {
    if folder.exists() {
        fs::remove_dir_all(folder).with_context(|| format!("cannot clear {}", folder.display()))?;
    }
    Ok(())
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    for file in content_hash::files_below(from)? {
        let copy = to.join(file.strip_prefix(from)?);
        let folder = copy.parent().unwrap_or(to);
        fs::create_dir_all(folder).with_context(|| format!("cannot create {}", folder.display()))?;
        fs::copy(&file, &copy).with_context(|| format!("cannot write {}", copy.display()))?;
    }
    Ok(())
}

/// Changes, or makes, the files that a patch names, below `folder`.
fn apply(patch: &str, folder: &Path) -> Result<()> {
    for file in PatchSet::parse(patch, ParseOptions::unidiff()) {
        let file = file.context("a file in python/patches is no unified diff")?;
        let operation = file.operation().strip_prefix(1);
        let change = file.patch().as_text().context("a patch in python/patches is not one of texts")?;
        let (path, before) = match &operation {
            FileOperation::Create(path) => (folder.join(path.as_ref()), String::new()),
            FileOperation::Modify { modified, .. } => {
                let path = folder.join(modified.as_ref());
                (path.clone(), read(path)?)
            }
            other => bail!("a patch in python/patches neither changes a file nor makes one: {other:?}"),
        };
        let changed = diffy::apply(&before, change)
            .with_context(|| format!("a patch in python/patches does not fit {}", path.display()))?;
        fs::write(&path, changed).with_context(|| format!("cannot write {}", path.display()))?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_version_is_the_one_that_is_asked_for() -> Result<()> {
        let manifest = read(project::root().join("python/Cargo.toml"))?;
        let asked_for = format!("rustpython-vm = {{ version = \"={}\"", SOURCE.version);
        assert!(manifest.contains(&asked_for), "python/Cargo.toml asks for another one than {asked_for}");
        assert!(SOURCE.url.ends_with(&format!("/{}-{}.crate", SOURCE.name, SOURCE.version)));
        Ok(())
    }

    #[test]
    fn a_patch_changes_what_it_names_and_nothing_that_has_changed_since() -> Result<()> {
        let folder = project::target("patching").join(std::process::id().to_string());
        fs::create_dir_all(&folder)?;
        fs::write(folder.join("a.rs"), "one\ntwo\nthree\n")?;
        let patch = "What for.\n\n--- a/a.rs\n+++ b/a.rs\n@@ -1,3 +1,3 @@\n one\n-two\n+zwei\n three\n";
        apply(patch, &folder)?;
        assert_eq!(read(folder.join("a.rs"))?, "one\nzwei\nthree\n");
        assert!(apply(patch, &folder).is_err(), "it was applied a second time");
        assert_eq!(read(folder.join("a.rs"))?, "one\nzwei\nthree\n");
        fs::remove_dir_all(folder)?;
        Ok(())
    }
}
