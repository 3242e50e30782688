//! The styles behind what is to be seen first: one file of the site, since small ones
//! compress badly and each costs a request. In the sources each has one subject.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};

use crate::content_hash;
use crate::site::{read_text, write};

/// What the file is called, before its hash.
const NAME: &str = "behind.css";

/// Joins the style sheets that the body of `html` links to, in their order: the first link
/// leads to all of them, the others go.
///
/// # Errors
/// When one of them is not in `site`, or can't be written or removed.
pub fn join(site: &Path, html: &str) -> Result<String> {
    let head = html.find("</head>").context("index.html has no </head>")?;
    let (before, body) = html.split_at(head);
    let links = links(body);
    let mut joined = String::new();
    for (_, file) in &links {
        joined.push_str(&read_text(&site.join(file))?);
        joined.push('\n');
        fs::remove_file(site.join(file)).with_context(|| format!("cannot remove {file}"))?;
    }
    let name = content_hash::hashed_name(NAME, joined.as_bytes());
    write(&site.join(&name), joined)?;
    let mut body = body.to_owned();
    for (place, (tag, file)) in links.iter().enumerate() {
        let with = if place == 0 { tag.replace(file, &name) } else { String::new() };
        body = body.replacen(tag.as_str(), &with, 1);
    }
    Ok(format!("{before}{body}"))
}

/// The links to style sheets, and the files that they lead to.
fn links(html: &str) -> Vec<(String, String)> {
    let link = |rest: &str| {
        let tag = rest.split_inclusive('>').next().filter(|tag| tag.contains("\"stylesheet\""))?;
        let file = tag.split_once("href=\"./")?.1.split('"').next()?;
        Some((format!("<link{tag}"), file.to_owned()))
    };
    html.split("<link").skip(1).filter_map(link).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_body_links_to_becomes_one_file() {
        let site = std::env::temp_dir().join(format!("parallel-lab-styles-{}", std::process::id()));
        write(&site.join("a.css"), "a{}").expect("written");
        write(&site.join("b.css"), "b{}").expect("written");
        let html = "<link rel=\"stylesheet\" href=\"./first.css\"/></head><body>\
                    <link rel=\"stylesheet\" href=\"./a.css\"/><link rel=\"icon\" href=\"./i.svg\"><link rel=\"stylesheet\" href=\"./b.css\"/>";
        let joined = join(&site, html).expect("joined");
        let name = joined.split("href=\"./").find(|it| it.starts_with("behind-")).and_then(|it| it.split('"').next());
        let name = name.expect("a link to it");
        assert_eq!(read_text(&site.join(name)).expect("there"), "a{}\nb{}\n");
        assert!(joined.contains("first.css") && joined.contains("i.svg") && !joined.contains("b.css"), "{joined}");
        assert!(!site.join("a.css").exists());
        let _ = fs::remove_dir_all(site);
    }
}
