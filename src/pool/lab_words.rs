//! The words and scripts of a lab that is data: fetched when it is opened.

use super::files::{Source, Unfetched, fetch_bytes, folder, packed_text, unheard};
use super::probe;

/// Why this page may not read what labs of scripts are made of: a sentence; `None` where it may.
#[must_use]
pub fn why_unreadable() -> Option<String> {
    probe::why_unreadable()
}

/// Fetches what the build has made of `labs/<name>/`. With `anew` it comes from the
/// server, whatever the browser has kept.
///
/// # Errors
/// A clause that says what is wrong.
pub async fn fetch(name: &str, anew: bool) -> Result<Vec<u8>, String> {
    let artefact = format!("lab-{name}");
    // A page that is one file holds them.
    if let Some(text) = packed_text(&artefact, "json") {
        return Ok(text.into_bytes());
    }
    let url = folder(&format!("data-{artefact}"))?;
    let source = if anew { Source::Server } else { Source::Anywhere };
    let bytes = fetch_bytes(&url, source, &unheard).await.map_err(Unfetched::into_reason)?;
    Ok(bytes.to_vec())
}
