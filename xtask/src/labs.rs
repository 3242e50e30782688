//! The words and scripts of labs that are data (`labs/`): each lab's folder
//! becomes one file, which the page fetches when the lab is opened.
//!
//! ```text
//! labs/<name>/lab.toml        its data
//!             text.md         what stands beside the script
//!             *.py            its scripts, by their names in lab.toml
//!             reports/        recorded runs, for tests only
//! labs/<name>/items/*.toml    questions, where the lab asks these: a file for each set
//!             items/*.py      their scripts: a file for all
//!             parsons/*.toml  lines to put in order: questions of a set of their own
//! ```

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};
use pulldown_cmark::{Event, Options, Parser, html};
use serde_json::{Map, Value};

use crate::site::{read_text, write};
use crate::{content_hash, gzip, project};

/// What a lab's file may weigh on its way, bytes.
const LIMIT_BYTES: usize = 15_000;

/// Writes each lab's file into the site; returns what the page calls it, and
/// the file's name.
///
/// # Errors
/// When a lab is not as it should be, or can't be written.
pub fn assemble(site: &Path) -> Result<Vec<(String, String)>> {
    let root = project::root().join("labs");
    let mut names: Vec<String> = Vec::new();
    for entry in fs::read_dir(&root).context("labs/")? {
        let entry = entry?;
        if entry.path().is_dir() {
            names.push(entry.file_name().to_string_lossy().into_owned());
        }
    }
    names.sort();
    let mut packs = Vec::new();
    for name in names {
        let folder = root.join(&name);
        let is_of_items = folder.join(ITEMS).is_dir();
        let made = if is_of_items { compose_items(&folder) } else { Ok(vec![(String::new(), compose(&folder)?)]) };
        for (of, json) in made.with_context(|| format!("labs/{name}"))? {
            packs.push((format!("lab-{name}{of}"), json));
        }
    }
    packs
        .into_iter()
        .map(|(fact, json)| {
            let bytes = gzip::smallest(json.as_bytes())?.len();
            ensure!(bytes <= LIMIT_BYTES, "{fact} has {bytes} bytes, compressed; at most {LIMIT_BYTES}");
            let file = content_hash::hashed_name(&format!("{fact}.json"), json.as_bytes());
            write(&site.join(&file), json)?;
            Ok((fact, file))
        })
        .collect()
}

/// In such a folder, the questions that a lab asks.
const ITEMS: &str = "items";
/// And lines to put in order.
const PARSONS: &str = "parsons";

/// Questions as JSON: a list for each set, by the first that a question is in; and all their
/// scripts, which are wanted later, by their names.
fn compose_items(folder: &Path) -> Result<Vec<(String, String)>> {
    let (mut sets, mut scripts) = (BTreeMap::<String, Vec<Value>>::new(), Map::new());
    let mut paths = Vec::new();
    for entry in fs::read_dir(folder.join(ITEMS))?.chain(fs::read_dir(folder.join(PARSONS))?) {
        paths.push(entry?.path());
    }
    paths.sort();
    for path in paths {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        match path.extension().and_then(|it| it.to_str()) {
            Some("py") => drop(scripts.insert(name, read_text(&path)?.into())),
            Some("toml") => {
                let item: Value = toml::from_str(&read_text(&path)?).with_context(|| name.clone())?;
                let set = item["set"][0].as_str().with_context(|| format!("{name} is in no set"))?;
                sets.entry(format!("-{set}")).or_default().push(item);
            }
            _ => {}
        }
    }
    let sets = sets.into_iter().map(|(set, items)| (set, Value::from(items).to_string()));
    Ok(sets.chain([("-scripts".to_owned(), Value::from(scripts).to_string())]).collect())
}

/// A lab's folder as JSON: its data, with its scripts and its text in their places.
fn compose(folder: &Path) -> Result<String> {
    let mut lab: Value = toml::from_str(&read_text(&folder.join("lab.toml"))?).context("lab.toml")?;
    let programs = lab.get_mut("program").and_then(Value::as_array_mut).context("lab.toml has no [[program]]")?;
    for program in programs {
        let file = program.get("file").and_then(Value::as_str).context("a program has no file")?.to_owned();
        program["source"] = read_text(&folder.join(file))?.into();
    }
    lab["text"] = html_of(&read_text(&folder.join("text.md"))?)?.into();
    Ok(lab.to_string())
}

/// Markdown as HTML. HTML in it would go into the page as it is, and is refused.
fn html_of(text: &str) -> Result<String> {
    let mut events = Vec::new();
    for event in Parser::new_ext(text, Options::ENABLE_TABLES) {
        match &event {
            Event::Html(raw) | Event::InlineHtml(raw) => bail!("text.md holds HTML: {raw}"),
            Event::Start(pulldown_cmark::Tag::Link { dest_url, .. }) => {
                let is_ours = dest_url.starts_with(['?', '#']);
                ensure!(is_ours, "text.md links to {dest_url}: only ?lab=… and #… are on this page");
            }
            Event::Start(pulldown_cmark::Tag::Image { dest_url, .. }) => bail!("text.md shows an image: {dest_url}"),
            _ => {}
        }
        events.push(event);
    }
    let mut html = String::new();
    html::push_html(&mut html, events.into_iter());
    Ok(html)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_lab_of_the_list_becomes_a_file() {
        let site = std::env::temp_dir().join(format!("parallel-lab-labs-{}", std::process::id()));
        let made = assemble(&site).expect("all of them");
        assert!(made.iter().any(|(fact, file)| fact == "lab-python" && file.starts_with("lab-python-")), "{made:?}");
        for pack in ["-lecture", "-lines", "-scripts"] {
            assert!(made.iter().any(|(fact, _)| fact.ends_with(pack)), "{made:?}");
        }
        for (_, file) in &made {
            assert!(content_hash::is_hashed(file), "{file}");
            let lab: Value = serde_json::from_str(&read_text(&site.join(file)).expect("written")).expect("JSON");
            // Questions, or their scripts.
            let Some(_) = lab.get("program") else { continue };
            assert!(lab["program"][0]["source"].as_str().is_some_and(|it| it.ends_with('\n')), "{file}");
            assert!(lab["text"].as_str().is_some_and(|it| it.starts_with("<p>")), "{file}");
        }
        fs::remove_dir_all(&site).expect("written by us");
    }

    #[test]
    fn text_is_marked_up_and_html_in_it_is_refused() {
        assert_eq!(
            html_of("a `b < c` & **d**").expect("plain"),
            "<p>a <code>b &lt; c</code> &amp; <strong>d</strong></p>\n"
        );
        html_of("a <b>c</b>").expect_err("inline HTML");
        html_of("<script>a()</script>\n").expect_err("a block of HTML");
        html_of("[a](javascript:b)").expect_err("a link to elsewhere");
        assert!(html_of("[a](?lab=race)").expect("a lab").contains("href=\"?lab=race\""));
    }
}
