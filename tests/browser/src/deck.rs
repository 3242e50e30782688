//! Slide decks of ours in the real Reveal.js, with labs in their frames.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::json;
use thirtyfour::{Key, WebDriver};

use crate::browser::program;
use crate::input;
use crate::lab::PATIENCE;
use crate::site::Site;
use crate::{Lab, Outcome, Stage};

/// Where the decks of `docs/slides` say that the lab is.
const PLACEHOLDER: &str = "https://your.host/parallel-lab/";

/// What of Reveal.js a deck of ours asks for.
const REVEAL_FILES: [(&str, &str); 4] = [
    ("reveal.js", "text/javascript"),
    ("reveal.css", "text/css"),
    ("reset.css", "text/css"),
    ("theme/white.css", "text/css"),
];

/// A file of the repository.
#[must_use]
pub fn source(path: &str) -> PathBuf {
    xtask::project::root().join(path)
}

/// The deck of `docs/slides/reveal.html`.
///
/// # Errors
/// When it can't be read.
pub fn plain() -> Outcome<String> {
    Ok(fs::read_to_string(source("docs/slides/reveal.html"))?)
}

/// What pandoc made of a document, and what it warned of.
#[derive(Clone, Debug)]
pub struct Rendered {
    /// The document in the other format.
    pub text: String,
    /// Warnings, one a line.
    pub warnings: String,
}

/// Renders a Quarto document with our extension, as far as pandoc goes.
///
/// # Errors
/// When pandoc is missing, or can't.
pub fn render(document: &Path, arguments: &[&str]) -> Outcome<Rendered> {
    let mut pandoc = Command::new(program("PARALLEL_LAB_PANDOC")?);
    pandoc.args(["--from", "markdown-smart", "--lua-filter"]).arg(source("tests/slides/quarto.lua"));
    pandoc.arg("--metadata");
    pandoc.arg(format!("extension={}", source("_extensions/parallel-lab/parallel-lab.lua").display()));
    // As Quarto does: pictures are found from where the document is.
    let folder = document.parent().ok_or("the document is in no folder")?;
    let done = pandoc.args(arguments).arg(document).current_dir(folder).output()?;
    let warnings = String::from_utf8_lossy(&done.stderr).into_owned();
    if !done.status.success() {
        return Err(format!("pandoc {arguments:?} failed: {warnings}").into());
    }
    Ok(Rendered { text: String::from_utf8(done.stdout)?, warnings })
}

/// The deck of `docs/slides/deck.qmd`, with all that it needs inside of it.
///
/// # Errors
/// When it can't be rendered.
pub fn quarto() -> Outcome<Rendered> {
    let reveal = program("PARALLEL_LAB_REVEAL")?;
    let reveal = format!("revealjs-url={}", reveal.display());
    let template = source("tests/slides/deck.html").display().to_string();
    let arguments =
        ["--to", "revealjs", "--standalone", "--embed-resources", "--template", &template, "--variable", &reveal];
    render(&source("docs/slides/deck.qmd"), &arguments)
}

fn with_ids(html: &str) -> String {
    let mut pieces = html.split("<iframe ");
    let first = pieces.next().unwrap_or_default().to_owned();
    pieces.enumerate().fold(first, |html, (index, piece)| format!("{html}<iframe id=\"lab-{index}\" {piece}"))
}

/// A deck in the current tab.
#[derive(Clone, Debug)]
pub struct Deck {
    driver: WebDriver,
}

impl Deck {
    /// Opens `html` on the host of that name, with the lab of `site` in its frames,
    /// which get the ids `lab-0`, `lab-1` … in order.
    ///
    /// # Errors
    /// When the deck does not come up in time.
    pub async fn open(stage: &Stage, site: &Site, host: &str, html: &str) -> Outcome<Self> {
        Self::open_at(stage, site, host, html, "").await
    }

    /// The same with something behind the address.
    ///
    /// # Errors
    /// When the deck does not come up in time.
    pub async fn open_at(stage: &Stage, site: &Site, host: &str, html: &str, behind: &str) -> Outcome<Self> {
        let reveal = program("PARALLEL_LAB_REVEAL")?;
        for (name, content_type) in REVEAL_FILES {
            site.add_file(&format!("reveal.js/{name}"), content_type, fs::read(reveal.join(name))?);
        }
        let lab = site.url("index.html");
        let html = with_ids(&html.replace(PLACEHOLDER, &lab));
        let html = html.replacen("<head>", "<head><script src=\"/recorder.js\"></script>", 1);
        let name = site.add_page("deck.html", html);
        stage.driver.goto(format!("{}{behind}", site.url_on(host, &name))).await?;
        let deck = Self { driver: stage.driver.clone() };
        deck.until("window.Reveal && Reveal.isReady()").await?;
        Ok(deck)
    }

    /// The lab in a frame.
    #[must_use]
    pub fn lab(&self, index: usize) -> Lab {
        Lab::framed(&self.driver, &format!("lab-{index}"))
    }

    /// The number of the slide that is shown, from 0.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn slide(&self) -> Outcome<u64> {
        let script = "return Reveal.getIndices().h;";
        self.driver.execute(script, vec![]).await?.json().as_u64().ok_or_else(|| "no slide is shown".into())
    }

    /// Shows a slide.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn show(&self, slide: u64) -> Outcome {
        self.driver.execute("Reveal.slide(arguments[0]);", vec![json!(slide)]).await?;
        Ok(())
    }

    /// Opens the speaker's view, by its key, in a window of its own.
    ///
    /// # Errors
    /// When it does not come in time.
    pub async fn open_notes(&self) -> Outcome {
        let before = self.driver.windows().await?.len();
        self.driver.action_chain().send_keys("s").perform().await?;
        let begin = Instant::now();
        while self.driver.windows().await?.len() == before {
            if begin.elapsed() > PATIENCE {
                return Err("the speaker's view does not open".into());
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        Ok(())
    }

    /// Waits until an expression of the deck's page is true.
    ///
    /// # Errors
    /// When it is not in time.
    pub async fn until(&self, expression: &str) -> Outcome {
        let question = format!("return {expression};");
        Lab::unframed(&self.driver).comes(expression, &question, vec![]).await.map(drop)
    }

    /// Presses keys together in a frame, the last one of them last.
    ///
    /// # Errors
    /// What the browser says.
    pub async fn press(&self, frame: usize, keys: &[Key]) -> Outcome {
        let frame = format!("lab-{frame}");
        input::press_in(&self.driver, &frame, keys).await
    }
}
