//! Pages of ours that frame the lab, as a slide deck or a course page does.

use std::fmt::Write;

use crate::lab::Lab;
use crate::site::Site;
use crate::{Outcome, Stage};

/// One frame of a page.
#[derive(Clone, Debug)]
pub struct Frame<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it shows.
    pub src: String,
    /// The `sandbox` attribute, where there is one.
    pub sandbox: Option<&'a str>,
    /// The `allow` attribute, where there is one.
    pub allow: Option<&'a str>,
}

impl<'a> Frame<'a> {
    /// An ordinary frame.
    #[must_use]
    pub fn new(id: &'a str, src: String) -> Self {
        Self { id, src, sandbox: None, allow: None }
    }

    /// The same with a `sandbox` attribute.
    #[must_use]
    pub fn sandboxed(self, sandbox: &'a str) -> Self {
        Self { sandbox: Some(sandbox), ..self }
    }
}

/// The HTML of a page with these frames and the recorder.
#[must_use]
pub fn page(recorder: &str, frames: &[Frame<'_>]) -> String {
    let mut html = format!(
        "<!DOCTYPE html><meta charset=utf-8><title>A page with a lab</title><script src=\"{recorder}\"></script>"
    );
    for frame in frames {
        let attribute =
            |name: &str, value: Option<&str>| value.map(|value| format!(" {name}=\"{value}\"")).unwrap_or_default();
        let sandbox = attribute("sandbox", frame.sandbox);
        let allow = attribute("allow", frame.allow);
        let src = frame.src.replace('&', "&amp;");
        // Writing to a string can't fail.
        let _ =
            write!(html, "<iframe id=\"{}\" src=\"{src}\" width=1200 height=700{sandbox}{allow}></iframe>", frame.id);
    }
    html
}

/// Opens a page of `site` with these frames in it, on the host named
/// `127.0.0.1` or `localhost`.
///
/// # Errors
/// When it can't be loaded.
pub async fn open(stage: &Stage, site: &Site, host: &str, frames: &[Frame<'_>]) -> Outcome {
    let name = site.add_page("host.html", page("/recorder.js", frames));
    stage.driver.goto(site.url_on(host, &name)).await?;
    Ok(())
}

/// Opens a page of `site` with one frame, and waits for the lab's `ready`.
///
/// # Errors
/// When it does not say so in time.
pub async fn open_one(stage: &Stage, site: &Site, host: &str, frame: Frame<'_>) -> Outcome<Lab> {
    let lab = Lab::framed(&stage.driver, frame.id);
    open(stage, site, host, &[frame]).await?;
    lab.ready().await?;
    Ok(lab)
}
