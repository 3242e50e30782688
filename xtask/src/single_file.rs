//! `cargo xtask dist --single-file`: the site as one HTML file that works from a
//! disk, in a mail, without any network.
//!
//! Everything is inline, as it must be: styles, scripts, and the programs as
//! base64. The page's own policy allows just these, by their hashes, and no
//! request to anywhere. Threads and the service worker need a host, and are left out.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;

use crate::arguments::SingleFileOptions;
use crate::dist::{self, Contents};
use crate::process::say;
use crate::python::Python;
use crate::site::{packed_script, read, read_text, write};
use crate::{page, project};

/// What the file may weigh without Python, bytes.
pub const LIMIT_BYTES: usize = 3_200_000;

/// The file, below the clone's top folder.
const FILE: &str = "single-file/parallel-lab.html";

/// Builds the site and makes one file of it.
///
/// # Errors
/// When the build fails, or the file would be too large.
pub fn build(options: &SingleFileOptions) -> Result<()> {
    let contents = if options.with_python { Contents::Everything } else { Contents::WithoutPython };
    let html = compose(&dist::build(contents)?, options)?;
    let file = project::root().join(FILE);
    let megabytes = html.len() as f64 / 1e6;
    write(&file, html)?;
    say(&format!("{FILE} is built: {megabytes:.1} MB, nothing else needed"));
    Ok(())
}

/// The built site in `dist` as one page.
///
/// # Errors
/// When a file is missing, or the page would be too large.
pub fn compose(dist: &Path, options: &SingleFileOptions) -> Result<String> {
    let index = read_text(&dist.join("index.html"))?;
    let fact = |name: &str| page::fact(&index, name).with_context(|| format!("no data-{name}")).map(str::to_owned);
    let file = |name: String| read_text(&dist.join(name));
    let mut scripts = vec![file(fact("ui-packed")?)?, file(format!("{}packed.js", fact("engine-isolated")?))?];
    if options.with_python {
        scripts.push(python(dist, &fact(Python::Isolated.name())?)?);
    }
    for (name, json) in lab_words(&index) {
        scripts.push(packed_script(&name, &[("json", file(json)?)]));
    }
    scripts.push(file(fact("ui-script")?)?);
    scripts.push(file(linked(&index, "<script", "src", "boot-")?)?);
    let styles = stylesheets(&index).into_iter().map(file).collect::<Result<Vec<_>>>()?.join("\n");
    let icon = BASE64.encode(read(&dist.join(linked(&index, "<link", "href", "icon-")?))?);

    let mut html = page::without_tags(&index, "<link", "");
    html = page::without_inline_script(&html);
    html = page::without_tags(&html, "<script", "src=").replace("</script>", "");
    html = page::without_tags(&html, "<meta", "name=\"parallel-lab\"");
    html = page::without_tags(&html, "<meta", "Content-Security-Policy");
    html = html.replace("<!-- No other script or style than the site's own files and the one script below, by its hash; no eval, no other host. Blob workers: opaque origins and rayon's helpers need them. -->", "<!-- Everything is in this file: the policy allows it by its hashes, and no request to anywhere. -->");
    let hosted = options.hosted.as_deref().map(|page| format!(" data-hosted=\"{page}\"")).unwrap_or_default();
    let head = format!(
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n\
         <meta name=\"parallel-lab\" data-single-file=\"\"{hosted}>\n\
         <link rel=\"icon\" href=\"data:image/svg+xml;base64,{icon}\">\n<style>{styles}</style>\n",
        policy(&styles, &scripts)
    );
    // A policy counts for what follows it.
    let html = inserted(&html, "<meta name=\"viewport\"", &head)?;
    let scripts: String = scripts.iter().map(|script| format!("<script>{script}</script>\n")).collect();
    ensure!(
        scripts.matches("</script").count() == scripts.matches("<script>").count(),
        "a script holds the end of one"
    );
    let html = inserted(&html, "</body>", &scripts)?;
    ensure!(
        options.with_python || html.len() <= LIMIT_BYTES,
        "the file would have {} bytes, more than {LIMIT_BYTES}",
        html.len()
    );
    Ok(html)
}

/// Only what is in the page, and workers of its own.
fn policy(styles: &str, scripts: &[String]) -> String {
    let scripts: Vec<_> = scripts.iter().map(|script| page::policy_hash(script)).collect();
    format!(
        "default-src 'none'; script-src {} 'wasm-unsafe-eval'; worker-src blob:; style-src {}; img-src data: blob:; \
         base-uri 'none'; form-action 'none'",
        scripts.join(" "),
        page::policy_hash(styles)
    )
}

fn python(dist: &Path, folder: &str) -> Result<String> {
    let folder: PathBuf = dist.join(folder);
    let fields = [
        ("script", read_text(&folder.join("worker.js"))?),
        ("wasm", BASE64.encode(fs::read(folder.join("python.wasm")).context("cannot read python.wasm")?)),
    ];
    Ok(packed_script(Python::Isolated.name(), &fields))
}

/// What the page calls the labs that are data, and their files.
fn lab_words(html: &str) -> Vec<(String, String)> {
    let named = html.split(" data-lab-").skip(1).filter_map(|rest| rest.split_once("=\""));
    let value = |rest: &str| rest.split('"').next().unwrap_or_default().to_owned();
    named.map(|(name, rest)| (format!("lab-{name}"), value(rest))).collect()
}

fn stylesheets(html: &str) -> Vec<String> {
    let links =
        html.split("<link").skip(1).filter(|tag| tag.split('>').next().is_some_and(|tag| tag.contains("stylesheet")));
    links.filter_map(|tag| attribute(tag, "href")).collect()
}

/// The file that a tag refers to whose name begins so.
fn linked(html: &str, opening: &str, name: &str, prefix: &str) -> Result<String> {
    let mut files = html.split(opening).skip(1).filter_map(|tag| attribute(tag, name));
    files.find(|file| file.starts_with(prefix)).with_context(|| format!("index.html refers to no {prefix}…"))
}

fn attribute(tag: &str, name: &str) -> Option<String> {
    let value = tag.split('>').next()?.split_once(&format!("{name}=\""))?.1.split('"').next()?;
    Some(value.trim_start_matches("./").to_owned())
}

fn inserted(html: &str, before: &str, text: &str) -> Result<String> {
    let place = html.find(before).with_context(|| format!("index.html has no {before}"))?;
    let (start, end) = html.split_at(place);
    Ok(format!("{start}{text}{end}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_policy_allows_what_is_there_and_nothing_else() {
        let policy = policy("p{}", &["1".to_owned()]);
        assert!(
            policy.contains("script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s=' 'wasm-unsafe-eval'"),
            "{policy}"
        );
        assert!(!policy.contains("'self'") && !policy.contains("unsafe-inline"), "{policy}");
    }

    #[test]
    fn the_words_of_labs_are_read_from_the_pages_facts() {
        let html = "<meta name=\"parallel-lab\" data-lab-a=\"lab-a-1.json\" data-lab-b=\"lab-b-2.json\">";
        let found = lab_words(html);
        assert_eq!(found, [("lab-a", "lab-a-1.json"), ("lab-b", "lab-b-2.json")].map(|(a, b)| (a.into(), b.into())));
    }

    #[test]
    fn names_are_read_from_tags() {
        let html = "<link rel=\"icon\" href=\"./icon-1.svg\"><link rel=\"stylesheet\" href=\"./a-1.css\">";
        assert_eq!(stylesheets(html), ["a-1.css"]);
        assert_eq!(linked(html, "<link", "href", "icon-").expect("there"), "icon-1.svg");
        linked(html, "<link", "href", "boot-").expect_err("not there");
    }
}
