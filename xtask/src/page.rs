//! Rewrites `index.html`: the page names the other files by their hashed names.

use anyhow::{Context, Result, bail};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD as BASE64;
use sha2::{Digest, Sha256};

/// What the page must know about the built site: attributes of
/// `<meta name="parallel-lab">`, as `data-…` names and relative URLs.
pub type Facts<'a> = [(&'a str, &'a str)];

/// The folder of static files, as `index.html` refers to them in the sources.
const SOURCES: &str = "\"www/";

/// Where the facts are.
const META: &str = "<meta name=\"parallel-lab\"";

/// What stands in the page's policy for the hash of its one inline script.
const INLINE_HASH: &str = "'sha256-inline'";

/// Takes Trunk's leftover link out, points references into `www/` to the
/// hashed names, has the page's policy allow its inline script, and writes
/// `facts` into the head.
///
/// # Errors
/// When the page has no head, or refers to a file that isn't in `www/`.
pub fn rewrite(html: &str, renamed: &[(String, String)], facts: &Facts<'_>) -> Result<String> {
    let mut html = without_tags(html, "<link", "data-trunk");
    for (source, name) in renamed {
        html = html.replace(&format!("{SOURCES}{source}\""), &format!("\"{name}\""));
    }
    if let Some(start) = html.find(SOURCES) {
        let name = html[start + 1..].split('"').next().unwrap_or_default();
        bail!("index.html refers to {name}, which does not exist");
    }
    if let Some(script) = inline_script(&html) {
        html = html.replace(INLINE_HASH, &policy_hash(script));
    }
    html = without_tags(&html, "<meta", "name=\"parallel-lab\"");
    let head = html.find("</head>").context("index.html has no </head>")?;
    let (before, after) = html.split_at(head);
    Ok(format!("{}\n{}\n{after}", before.trim_end(), meta(facts)))
}

/// The text of the page's inline script.
fn inline_script(html: &str) -> Option<&str> {
    Some(html.split_once("<script>")?.1.split_once("</script>")?.0)
}

/// The page without its inline script.
#[must_use]
pub fn without_inline_script(html: &str) -> String {
    match inline_script(html) {
        Some(script) => html.replacen(&format!("<script>{script}</script>"), "", 1),
        None => html.to_owned(),
    }
}

/// What a Content-Security-Policy calls a script or a style with this text.
#[must_use]
pub fn policy_hash(text: &str) -> String {
    format!("'sha256-{}'", BASE64.encode(Sha256::digest(text)))
}

/// The names below `www/` that the page refers to.
#[must_use]
pub fn references(html: &str) -> Vec<String> {
    html.split(SOURCES).skip(1).filter_map(|rest| rest.split('"').next()).map(str::to_owned).collect()
}

/// Inserts a tag before the first script of the page, or at the end of its
/// head.
#[must_use]
pub fn with_first_script(html: &str, tag: &str) -> String {
    let place = html.find("<script").or_else(|| html.find("</head>")).unwrap_or(0);
    let (before, after) = html.split_at(place);
    format!("{before}{tag}{after}")
}

/// A fact that [`rewrite`] has written into the page.
#[must_use]
pub fn fact<'a>(html: &'a str, name: &str) -> Option<&'a str> {
    let (_, meta) = html.split_once(META)?;
    let (meta, _) = meta.split_once('>')?;
    meta.split_once(&format!(" data-{name}=\""))?.1.split('"').next()
}

/// The page without a fact.
#[must_use]
pub fn without_fact(html: &str, name: &str) -> String {
    match fact(html, name) {
        Some(value) => html.replacen(&attribute(name, value), "", 1),
        None => html.to_owned(),
    }
}

/// Adds facts to a rewritten page, behind those that it has; one of the same name goes.
///
/// # Errors
/// When the page has not been rewritten.
pub fn with_facts(html: &str, facts: &Facts<'_>) -> Result<String> {
    let html = facts.iter().fold(html.to_owned(), |html, (name, _)| without_fact(&html, name));
    let start = html.find(META).context("index.html names no facts")?;
    let length = html[start..].find('>').context("index.html has a tag without an end")?;
    let (before, after) = html.split_at(start + length);
    Ok(format!("{before}{}{after}", attributes(facts)))
}

fn meta(facts: &Facts<'_>) -> String {
    format!("{META}{}>", attributes(facts))
}

fn attributes(facts: &Facts<'_>) -> String {
    facts.iter().map(|(name, value)| attribute(name, value)).collect()
}

fn attribute(name: &str, value: &str) -> String {
    format!(" data-{name}=\"{value}\"")
}

/// Removes the tags that begin with `opening` and contain `marker`.
#[must_use]
pub fn without_tags(html: &str, opening: &str, marker: &str) -> String {
    let mut kept = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(start) = rest.find(opening) {
        let Some(length) = rest[start..].find('>') else {
            break;
        };
        let (before, from) = rest.split_at(start);
        let (tag, after) = from.split_at(length + 1);
        kept.push_str(before);
        if !tag.contains(marker) {
            kept.push_str(tag);
        }
        rest = after;
    }
    kept + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = r#"<!doctype html><html><head><title>t</title>
<link rel="stylesheet" href="www/style.css">
<link data-trunk rel="rust" data-bin="parallel-lab">
<meta name="parallel-lab" data-stale="yes">
<script defer src="www/boot.js"></script>
</head><body></body></html>"#;

    fn renamed() -> Vec<(String, String)> {
        vec![("style.css".into(), "style-1.css".into()), ("boot.js".into(), "boot-2.js".into())]
    }

    #[test]
    fn the_page_names_hashed_files_and_facts() {
        let html = rewrite(PAGE, &renamed(), &[("ui-wasm", "a.wasm")]).expect("rewritten");
        assert!(html.contains(r#"href="style-1.css""#), "{html}");
        assert!(html.contains(r#"src="boot-2.js""#), "{html}");
        assert!(html.contains(r#"<meta name="parallel-lab" data-ui-wasm="a.wasm">"#), "{html}");
        assert_eq!((fact(&html, "ui-wasm"), fact(&html, "ui")), (Some("a.wasm"), None));
        assert!(!html.contains("data-trunk") && !html.contains("data-stale"), "{html}");
    }

    #[test]
    fn facts_are_read_added_and_taken_out() {
        let html = rewrite(PAGE, &renamed(), &[("a", "1"), ("b", "2")]).expect("rewritten");
        assert_eq!((fact(&html, "b"), fact(&html, "c")), (Some("2"), None));
        let more = with_facts(&html, &[("a", "3"), ("c", "4")]).expect("with more");
        assert!(more.contains(r#"<meta name="parallel-lab" data-b="2" data-a="3" data-c="4">"#), "{more}");
        let fewer = without_fact(&without_fact(&more, "a"), "c");
        assert_eq!(fewer, without_fact(&html, "a"));
        with_facts("<head></head>", &[("a", "1")]).expect_err("no facts there");
    }

    #[test]
    fn the_inline_script_is_allowed_by_its_hash() {
        let page = format!(
            "<head><meta content=\"script-src {INLINE_HASH}\"><script>1</script><script src=a></script></head>"
        );
        let html = rewrite(&page, &[], &[]).expect("rewritten");
        assert!(html.contains("script-src 'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='\">"), "{html}");
        let without = without_inline_script(&html);
        assert!(!without.contains("<script>") && without.contains("<script src=a></script>"), "{without}");
    }

    #[test]
    fn a_missing_file_is_named() {
        let error = rewrite(PAGE, &renamed()[..1], &[]).expect_err("must fail");
        assert!(error.to_string().contains("www/boot.js"), "{error}");
    }

    #[test]
    fn references_are_found() {
        assert_eq!(references(PAGE), ["style.css", "boot.js"]);
    }

    #[test]
    fn a_script_goes_before_all_others() {
        let html = with_first_script(PAGE, "<b>");
        assert!(html.contains("<b><script defer"), "{html}");
    }
}
