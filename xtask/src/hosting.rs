//! What makes the site work on any host, and without one:
//!
//! ```text
//! _headers                     for hosts that read it: isolation, and how long to keep what
//! service-worker.js            www/service-worker.js with this version's name
//! files.json                   what this version is made of, for offline use
//! offline-<hash>.js            www/offline.js
//! probe-<hash>.js              www/probe.js, for where no worker starts from a blob
//! manifest-<hash>.webmanifest, icon-512-<hash>.png   what installing the site needs
//! ```

use std::fmt::Write;
use std::path::Path;

use anyhow::{Context, Result};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

use crate::content_hash;
use crate::site::{read, read_text, write, www};

/// The service worker's script: its name never changes, or browsers would not
/// find the next version.
pub const SERVICE_WORKER: &str = "service-worker.js";

const OFFLINE: &str = "offline.js";
const PROBE: &str = "probe.js";
const MANIFEST: &str = "manifest.webmanifest";

/// Only the manifest names it: in the page, Firefox would load it on every visit.
const LARGE_ICON: &str = "icon-512.png";

/// Files of `www/` that are put together here.
pub const FILES: [&str; 5] = [SERVICE_WORKER, OFFLINE, PROBE, MANIFEST, LARGE_ICON];

/// Tells that the site's service worker shall take itself away wherever a
/// browser meets it: the way out, should one ever do harm.
const RETIRE: &str = "PARALLEL_LAB_RETIRE_SERVICE_WORKER";

/// What isolates a page, as its own host serves it: the first two at the top of a
/// tab, the third (Chromium) in a frame of any page.
const ISOLATION: [(&str, &str); 5] = [
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Embedder-Policy", "require-corp"),
    ("Document-Isolation-Policy", "isolate-and-credentialless"),
    ("Cross-Origin-Resource-Policy", "cross-origin"),
    ("X-Content-Type-Options", "nosniff"),
];

/// A file for offline use: its name and what `fetch` checks it against.
pub type Kept = (String, String);

/// Whether the service worker of this build takes itself away.
#[must_use]
pub fn is_retired() -> bool {
    std::env::var(RETIRE).is_ok_and(|asked| !asked.is_empty() && asked != "0")
}

/// What the page registers: nothing where the worker shall go.
#[must_use]
pub fn registered_worker() -> &'static str {
    if is_retired() { "" } else { SERVICE_WORKER }
}

/// Writes the web manifest and its own icon, by hashed names; returns the
/// manifest's old and new name.
///
/// # Errors
/// When a file can't be read or written.
pub fn manifest(site: &Path) -> Result<(String, String)> {
    let large = read(&www(LARGE_ICON))?;
    let large_name = content_hash::hashed_name(LARGE_ICON, &large);
    write(&site.join(&large_name), large)?;
    // Trunk has named this one.
    let icon = names(site)?.into_iter().find(|name| name.starts_with("icon-") && name.ends_with(".svg"));
    let icon = icon.context("Trunk should have copied the icon")?;
    let text = read_text(&www(MANIFEST))?.replace("www/icon.svg", &icon).replace("www/icon-512.png", &large_name);
    let name = content_hash::hashed_name(MANIFEST, text.as_bytes());
    write(&site.join(&name), text)?;
    Ok((MANIFEST.to_owned(), name))
}

/// Writes the script that keeps the site for offline use; returns its name.
///
/// # Errors
/// When it can't be read or written.
pub fn offline_script(site: &Path) -> Result<String> {
    script(site, OFFLINE)
}

/// Writes the script that tries what works in a worker; returns its name.
///
/// # Errors
/// When it can't be read or written.
pub fn probe_script(site: &Path) -> Result<String> {
    script(site, PROBE)
}

fn script(site: &Path, source: &str) -> Result<String> {
    let text = read(&www(source))?;
    let name = content_hash::hashed_name(source, &text);
    write(&site.join(&name), text)?;
    Ok(name)
}

/// The files that every visitor keeps: all with hashed names, but for Python
/// (large: kept when opened), the data files (kept when read) and the packed programs (for where there is no
/// service worker).
///
/// # Errors
/// When a file can't be read.
pub fn kept_files(site: &Path) -> Result<Vec<Kept>> {
    let is_kept = |name: &String| {
        let is_later = name.starts_with("data-") || (name.starts_with("python-") && !name.ends_with(".css"));
        content_hash::is_hashed(name) && !is_later && !name.ends_with("packed.js")
    };
    names(site)?
        .into_iter()
        .filter(is_kept)
        .map(|name| {
            let digest = Sha256::digest(read(&site.join(&name))?);
            Ok((name, format!("sha256-{}", BASE64.encode(digest))))
        })
        .collect()
}

/// The version's name: a hash of the page and all that it is made of.
#[must_use]
pub fn build_id(page: &str, kept: &[Kept]) -> String {
    let parts = kept.iter().flat_map(|(name, integrity)| [name.as_bytes(), integrity.as_bytes()]);
    content_hash::of(parts.chain([page.as_bytes()]))
}

/// Writes what depends on the version's name.
///
/// # Errors
/// When a file can't be read or written.
pub fn complete(site: &Path, build: &str, kept: &[Kept]) -> Result<()> {
    let worker = service_worker(&read_text(&www(SERVICE_WORKER))?, build, is_retired())?;
    write(&site.join(SERVICE_WORKER), worker)?;
    write(&site.join("files.json"), list(build, kept))?;
    write(&site.join("_headers"), headers(&names(site)?))
}

/// The service worker of this version.
fn service_worker(source: &str, build: &str, is_retired: bool) -> Result<String> {
    let mut script = source.to_owned();
    for (line, value) in
        [("const BUILD = \"unnamed\";", format!("\"{build}\"")), ("const IS_RETIRED = false;", is_retired.to_string())]
    {
        let name = line.split(" = ").next().unwrap_or_default();
        anyhow::ensure!(script.contains(line), "{SERVICE_WORKER} has no line {line:?}");
        script = script.replace(line, &format!("{name} = {value};"));
    }
    Ok(script)
}

fn list(build: &str, kept: &[Kept]) -> String {
    let files: Vec<_> = kept.iter().map(|(name, integrity)| format!("  [\"{name}\", \"{integrity}\"]")).collect();
    format!("{{\"build\": \"{build}\", \"files\": [\n{}\n]}}\n", files.join(",\n"))
}

/// Cloudflare's, Netlify's and others' file of headers: isolation on every
/// response, worker scripts included, and hashed names for ever.
fn headers(names: &[String]) -> String {
    let mut text = String::from("/*\n");
    for (name, value) in ISOLATION {
        // Writing to a string can't fail.
        let _ = writeln!(text, "  {name}: {value}");
    }
    let mut paths: Vec<String> = names
        .iter()
        .filter(|name| content_hash::is_hashed(name))
        .map(|name| name.split_once('/').map_or_else(|| format!("/{name}"), |(folder, _)| format!("/{folder}/*")))
        .collect();
    paths.dedup();
    for path in paths {
        let _ = write!(text, "{path}\n  Cache-Control: public, max-age=31536000, immutable\n");
    }
    text
}

/// The site's files, relative to its folder.
fn names(site: &Path) -> Result<Vec<String>> {
    let name = |file: &std::path::PathBuf| Ok(file.strip_prefix(site)?.to_string_lossy().replace('\\', "/"));
    content_hash::files_below(site)?.iter().map(name).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_service_worker_of_the_sources_takes_a_name_and_can_be_retired() {
        let source = read_text(&www(SERVICE_WORKER)).expect("a worker");
        let worker = service_worker(&source, "0123", false).expect("named");
        assert!(worker.contains("const BUILD = \"0123\";") && worker.contains("const IS_RETIRED = false;"));
        let worker = service_worker(&source, "0123", true).expect("retired");
        assert!(worker.contains("const IS_RETIRED = true;"));
        service_worker("", "0123", false).expect_err("nothing to fill in");
    }

    #[test]
    fn the_version_changes_with_the_page_and_with_each_file() {
        let kept = [("a-1.js".to_owned(), "sha256-A".to_owned())];
        let known = build_id("page", &kept);
        assert_ne!(known, build_id("other", &kept));
        assert_ne!(known, build_id("page", &[("a-1.js".to_owned(), "sha256-B".to_owned())]));
    }

    #[test]
    fn headers_isolate_everything_and_keep_only_hashed_names() {
        let names = ["engine-isolated-0123456789abcdef/a.js", "engine-isolated-0123456789abcdef/b.js", "index.html"];
        let text = headers(&names.map(str::to_owned));
        assert!(text.starts_with("/*\n  Cross-Origin-Opener-Policy: same-origin\n"), "{text}");
        assert_eq!(text.matches("/engine-isolated-0123456789abcdef/*\n").count(), 1, "{text}");
        assert!(!text.contains("index.html"), "{text}");
    }
}
