//! Names that change with their contents, so that caches may keep a file for
//! ever and never mix two builds.

use std::path::{Path, PathBuf};
use std::{fs, io};

use anyhow::{Context, Result};
use sha2::{Digest, Sha256};

/// 64 bits of SHA-256 over `parts`, as 16 hex digits. Each part's length is
/// hashed too, so that moving a byte from one part to the next is a change.
#[must_use]
pub fn of<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> String {
    let mut digest = Sha256::new();
    for part in parts {
        digest.update((part.len() as u64).to_le_bytes());
        digest.update(part);
    }
    digest.finalize().iter().take(8).map(|byte| format!("{byte:02x}")).collect()
}

/// The hash of a folder: its files' relative names and contents.
///
/// # Errors
/// When a file can't be read.
pub fn of_folder(folder: &Path) -> Result<String> {
    let mut parts = Vec::new();
    for file in files_below(folder)? {
        let name = file.strip_prefix(folder).unwrap_or(&file);
        parts.push(name.to_string_lossy().replace('\\', "/").into_bytes());
        parts.push(fs::read(&file).with_context(|| format!("cannot read {}", file.display()))?);
    }
    Ok(of(parts.iter().map(Vec::as_slice)))
}

/// `style.css` → `style-<hash>.css`.
#[must_use]
pub fn hashed_name(name: &str, contents: &[u8]) -> String {
    let hash = of([contents]);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}-{hash}.{extension}"),
        None => format!("{name}-{hash}"),
    }
}

/// Whether a part of the name holds a content hash: 16 hex digits behind a
/// hyphen.
#[must_use]
pub fn is_hashed(name: &str) -> bool {
    const DIGITS: usize = 16;
    name.split('-').skip(1).any(|part| {
        let digits = part.bytes().take_while(u8::is_ascii_hexdigit).count();
        let ends = part.as_bytes().get(digits).is_none_or(|end| !end.is_ascii_alphanumeric());
        // Trunk's hashes leave out leading zeros.
        (DIGITS - 4..=DIGITS).contains(&digits) && ends
    })
}

/// All files below a folder, in the order of their names.
///
/// # Errors
/// When a folder can't be read.
pub fn files_below(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    collect(folder, &mut files).with_context(|| format!("cannot read {}", folder.display()))?;
    files.sort();
    Ok(files)
}

fn collect(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            collect(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_depends_on_where_parts_end() {
        assert_eq!(of([b"ab".as_slice(), b"c"]).len(), 16);
        assert_ne!(of([b"ab".as_slice(), b"c"]), of([b"a".as_slice(), b"bc"]));
    }

    #[test]
    fn the_hash_goes_before_the_extension() {
        let name = hashed_name("style.css", b"p {}");
        assert!(name.starts_with("style-") && name.ends_with(".css"), "{name}");
        assert_ne!(name, hashed_name("style.css", b"p { }"));
    }

    #[test]
    fn hashed_names_are_known() {
        assert!(is_hashed("parallel-lab-0123456789abcdef_bg.wasm"));
        assert!(is_hashed("engine-threaded-0123456789abcdef/snippets/a/b.js"));
        assert!(is_hashed("ui-0123456789abcdef.packed.js"));
        assert!(!is_hashed("index.html"));
        assert!(!is_hashed("engine-threaded/engine.js"));
        assert!(!is_hashed("a-deadbeef.js"));
    }
}
