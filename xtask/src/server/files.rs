//! The files of the site.

use std::path::{Component, Path, PathBuf};
use std::{fs, io};

use super::answer::Answer;
use crate::content_hash;

/// A folder under a path prefix.
#[derive(Debug)]
pub(super) struct Files {
    root: PathBuf,
    prefix: String,
}

impl Files {
    pub(super) fn new(root: &Path, prefix: &str) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let inner = prefix.trim_matches('/');
        let prefix = if inner.is_empty() { "/".to_owned() } else { format!("/{inner}/") };
        Ok(Self { root, prefix })
    }

    /// The path under which the folder is served: `/` or `/…/`.
    pub(super) fn prefix(&self) -> &str {
        &self.prefix
    }

    /// The file's name relative to the folder; `index.html` for a folder.
    pub(super) fn name(&self, path: &str) -> Option<String> {
        let name = path.strip_prefix(&self.prefix)?;
        let is_folder = name.is_empty() || name.ends_with('/');
        Some(if is_folder { format!("{name}index.html") } else { name.to_owned() })
    }

    pub(super) fn answer(&self, path: &str) -> Answer {
        if format!("{path}/") == self.prefix {
            return Answer::moved(&self.prefix);
        }
        let name = self.name(path);
        let found = name.as_deref().and_then(|name| Some((name, self.read(name)?)));
        match found {
            Some((name, body)) => Answer::found(content_type(name), body, content_hash::is_hashed(name)),
            None => Answer::error(404, "there is no such file"),
        }
    }

    /// Reads a file below the root: neither `..`, nor an absolute name, nor a
    /// symbolic link leads out of it.
    fn read(&self, name: &str) -> Option<Vec<u8>> {
        let is_plain = |part: Component<'_>| matches!(part, Component::Normal(_));
        if name.contains(['\\', '\0']) || !Path::new(name).components().all(is_plain) {
            return None;
        }
        let file = self.root.join(name).canonicalize().ok()?;
        let allowed = file.starts_with(&self.root) && file.is_file();
        allowed.then(|| fs::read(file).ok()).flatten()
    }
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit_once('.').map_or("", |(_, extension)| extension) {
        "css" => "text/css; charset=utf-8",
        "csv" => "text/csv; charset=utf-8",
        "html" => "text/html; charset=utf-8",
        "ico" => "image/x-icon",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "json" | "map" => "application/json",
        "png" => "image/png",
        "svg" => "image/svg+xml",
        "txt" | "md" => "text/plain; charset=utf-8",
        "wasm" => "application/wasm",
        "webmanifest" => "application/manifest+json",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        _ => "application/octet-stream",
    }
}
