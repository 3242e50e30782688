//! Puts Python into a site that stands already, and may be open in a browser:
//! the same files that a build with Python from the start would make. Folders
//! with hashed names come first, the page that names them last.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::python::Python;
use crate::site::{self, read_text, write};
use crate::{hosting, page};

/// Where Python's artefacts are: relative URLs that end in a slash.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Folders {
    /// The artefact without threads.
    pub isolated: String,
    /// The one with threads.
    pub threaded: String,
}

/// The folders that the page in `site` names, if it names any.
///
/// # Errors
/// When the page can't be read.
pub fn folders_of(site: &Path) -> Result<Option<Folders>> {
    let html = read_text(&site.join("index.html"))?;
    let folder = |python: Python| page::fact(&html, python.name()).map(str::to_owned);
    let folders = folder(Python::Isolated).zip(folder(Python::Threaded));
    Ok(folders.map(|(isolated, threaded)| Folders { isolated, threaded }))
}

/// Adds what [`site::build_python`] has built to the site.
///
/// # Errors
/// When a file is missing or can't be written.
pub fn to_site(site: &Path) -> Result<Folders> {
    let folders = Folders {
        isolated: site::python_folder(site, Python::Isolated)?,
        threaded: site::python_folder(site, Python::Threaded)?,
    };
    name_folders(site, &folders)?;
    Ok(folders)
}

fn name_folders(site: &Path, folders: &Folders) -> Result<()> {
    let index = site.join("index.html");
    let facts =
        [(Python::Isolated.name(), folders.isolated.as_str()), (Python::Threaded.name(), folders.threaded.as_str())];
    let html = page::with_facts(&page::without_fact(&read_text(&index)?, "build"), &facts)?;
    let kept = hosting::kept_files(site)?;
    let build = hosting::build_id(&html, &kept);
    hosting::complete(site, &build, &kept)?;
    // At once: somebody may be loading it.
    let part = site.join("index.html.part");
    write(&part, page::with_facts(&html, &[("build", &build)])?)?;
    fs::rename(&part, &index).context("cannot replace index.html")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::project;

    #[test]
    fn a_site_without_python_becomes_what_it_would_be_with_it() {
        let site = project::target("add-python-test").join(std::process::id().to_string());
        let folders = Folders { isolated: "python-isolated-1/".into(), threaded: "python-threaded-2/".into() };
        let facts = [
            ("ui-wasm", "a.wasm"),
            ("python-isolated", "python-isolated-1/"),
            ("python-threaded", "python-threaded-2/"),
        ];
        let source = "<html><head></head><body></body></html>";
        let whole = page::rewrite(source, &[], &facts).expect("a page");
        let build = hosting::build_id(&whole, &[]);
        let whole = page::with_facts(&whole, &[("build", &build)]).expect("a page");

        let partial = page::rewrite(source, &[], &[("ui-wasm", "a.wasm"), ("build", "0")]).expect("a page");
        write(&site.join("index.html"), partial).expect("a site");
        assert_eq!(folders_of(&site).expect("a page"), None);
        for _ in 0..2 {
            name_folders(&site, &folders).expect("added");
            assert_eq!(read_text(&site.join("index.html")).expect("a page"), whole);
            assert_eq!(folders_of(&site).expect("a page"), Some(folders.clone()));
        }
        assert!(read_text(&site.join("files.json")).expect("a list").contains(&build));
        assert!(!site.join("index.html.part").exists());
        fs::remove_dir_all(&site).expect("removed");
    }
}
