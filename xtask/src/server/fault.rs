//! What can go wrong on the way from a server to a page, on purpose.

use std::time::Duration;

use super::answer::{Answer, Delivery, End};
use crate::page;

/// Something that goes wrong with some of the files.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Which files: the name relative to the site's folder, where `*` stands
    /// for any characters, as in `engine-isolated-*/engine.wasm`.
    pub files: String,
    /// What goes wrong.
    pub kind: FaultKind,
}

impl Fault {
    /// A fault of the files that match `files`.
    #[must_use]
    pub fn new(files: impl Into<String>, kind: FaultKind) -> Self {
        Self { files: files.into(), kind }
    }
}

/// What goes wrong.
#[derive(Clone, Debug)]
pub enum FaultKind {
    /// 404, with a page of HTML, as hosts do.
    Missing,
    /// 403, with a page of HTML, as hosts and proxies do.
    Denied,
    /// 500, with a page of HTML, as a host does whose program broke.
    Failing,
    /// Half of the file, as a failed upload leaves it: a complete response.
    Truncated,
    /// Half of the file, then the connection breaks.
    Cut,
    /// Half of the file, then nothing, with the connection open.
    Stalled,
    /// The host sends on to another address.
    Moved(String),
    /// The connection closes without an answer, as when the server is gone.
    Refused,
    /// The file comes this much later.
    Delayed(Duration),
    /// Another `Content-Type`.
    ContentType(String),
    /// Other contents.
    Replaced(Vec<u8>),
    /// A header more, or with another value: `("Access-Control-Allow-Origin", "*")`.
    Header(String, String),
    /// A header less.
    NoHeader(String),
    /// Only for pages: a classic script that runs before all of the page's own.
    /// It is served under `name`, since the page allows no inline scripts.
    Script {
        /// Its file name, which must not exist in the site.
        name: String,
        /// Its text.
        source: String,
    },
}

/// Changes the answer by the faults of the file `name`, and says how to send it.
pub(super) fn apply(faults: &[Fault], name: Option<&str>, answer: &mut Answer) -> Delivery {
    let mut delivery = Delivery::default();
    let Some(name) = name else { return delivery };
    for fault in faults.iter().filter(|fault| matches(&fault.files, name)) {
        match &fault.kind {
            FaultKind::Missing => become_page(answer, 404, "Not found"),
            FaultKind::Denied => become_page(answer, 403, "Forbidden"),
            FaultKind::Failing => become_page(answer, 500, "Internal Server Error"),
            FaultKind::Moved(location) => *answer = Answer::moved(location),
            FaultKind::Truncated => answer.body.truncate(answer.body.len() / 2),
            FaultKind::Cut => delivery.end = End::Cut,
            FaultKind::Stalled => delivery.end = End::Stalled,
            FaultKind::Refused => delivery.end = End::Refused,
            FaultKind::Delayed(time) => delivery.delay += *time,
            FaultKind::ContentType(value) => answer.set_header("Content-Type", value),
            FaultKind::Replaced(bytes) => answer.body.clone_from(bytes),
            FaultKind::Header(name, value) => answer.set_header(name, value),
            FaultKind::NoHeader(name) => answer.remove_header(name),
            FaultKind::Script { name, .. } => insert_script(answer, name),
        }
    }
    delivery
}

fn become_page(answer: &mut Answer, status: u16, words: &str) {
    answer.status = status;
    answer.body = format!("<!doctype html><title>{status}</title>{words}\n").into();
    answer.set_header("Content-Type", "text/html; charset=utf-8");
    answer.set_header("Cache-Control", "no-cache");
}

/// The text of the inserted script that is served under `name`.
pub(super) fn inserted_script(faults: &[Fault], name: &str) -> Option<String> {
    faults.iter().find_map(|fault| match &fault.kind {
        FaultKind::Script { name: known, source } if known == name => Some(source.clone()),
        _ => None,
    })
}

fn insert_script(answer: &mut Answer, name: &str) {
    let html = String::from_utf8_lossy(&answer.body);
    answer.body = page::with_first_script(&html, &format!("<script src=\"{name}\"></script>")).into();
}

/// Whether `name` matches a pattern in which `*` stands for any characters.
fn matches(pattern: &str, name: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == name,
        Some((start, rest)) => name
            .strip_prefix(start)
            .is_some_and(|name| (0..=name.len()).any(|skip| name.get(skip..).is_some_and(|name| matches(rest, name)))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_star_stands_for_anything() {
        assert!(matches("engine-isolated-*/engine.wasm", "engine-isolated-12/engine.wasm"));
        assert!(matches("*", "index.html"));
        assert!(matches("*.wasm", "a/b.wasm"));
        assert!(!matches("*.wasm", "a/b.wasm.js"));
        assert!(!matches("index.html", "xindex.html"));
        assert!(matches("*é*", "aéb"));
    }
}
