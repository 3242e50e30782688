//! Slide decks of ours in the real Reveal.js, with labs in their frames.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use thirtyfour::{Key, WebDriver};

use crate::browser::program;
use crate::input;
use crate::lab::PATIENCE;
use crate::site::Site;
use crate::{Kind, Lab, Outcome, Stage, ensure};

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

    /// Opens the plain deck at the slide of its first lab, which has these parameters, and a frame that fits into the
    /// window when [`scale`](Self::scale) enlarges it. [`point`](Self::point) works there.
    ///
    /// # Errors
    /// When either does not come up in time.
    pub async fn open_to_scale(stage: &Stage, site: &Site, query: &str) -> Outcome<(Self, Lab)> {
        let html = plain()?
            .replace("embed&amp;question", &format!("embed&amp;{}", query.replace('&', "&amp;")))
            .replacen("width=\"960\" height=\"600\"", "width=\"640\" height=\"440\"", 1)
            .replace("hash: true", "hash: true, transition: 'none', width: 680, height: 470, margin: 0");
        // Firefox's driver does not point into a frame that is another process's.
        let host = if stage.kind == Kind::Firefox { "127.0.0.1" } else { "localhost" };
        let deck = Self::open(stage, site, host, &html).await?;
        deck.show(1).await?;
        let lab = deck.lab(0);
        lab.ready().await?;
        let listen = "window.pointed = null;
            addEventListener('pointermove', ({ clientX, clientY, isTrusted }) => {
                window.pointed = { x: clientX, y: clientY, isTrusted };
            }, true);";
        lab.inside(listen, vec![]).await?;
        Ok((deck, lab))
    }

    /// Has the slides shown at this scale.
    ///
    /// # Errors
    /// When they are not.
    pub async fn scale(&self, scale: f64) -> Outcome {
        let script = "Reveal.configure({ minScale: arguments[0], maxScale: arguments[0] }); return Reveal.getScale();";
        let is = self.driver.execute(script, vec![json!(scale)]).await?.json().as_f64();
        ensure!(is == Some(scale), "the deck is scaled to {is:?}, not {scale}");
        Ok(())
    }

    /// Moves the driver's pointer to a place in a frame, in the frame's own pixels. It is sent to a place of the deck's
    /// page, so that the browser itself has to find the one in the frame, as for a person.
    ///
    /// # Errors
    /// When it does not come there.
    pub async fn point(&self, frame: usize, (x, y): (f64, f64)) -> Outcome {
        let script = "const [id, x, y] = arguments;
            const box = document.getElementById(id).getBoundingClientRect();
            return [x, y].map((it) => it * Reveal.getScale()).map((it, at) => Math.round(it + [box.left, box.top][at]));";
        let (lab, arguments) = (self.lab(frame), vec![json!(format!("lab-{frame}")), json!(x), json!(y)]);
        let begin = Instant::now();
        // Browsers find frames where they were last drawn: until what was scaled is, the pointer is elsewhere.
        loop {
            let place = lab.script(script, arguments.clone()).await?;
            let place = place[0].as_i64().zip(place[1].as_i64()).ok_or("the frame is nowhere")?;
            self.driver.action_chain().move_to(place.0, place.1).perform().await?;
            let pointed = lab.inside("return window.pointed;", vec![]).await?;
            // A pixel of the deck's page may be two of the frame.
            let is_near = |at: &Value, expected: f64| at.as_f64().is_some_and(|at| (at - expected).abs() <= 2.5);
            if pointed["isTrusted"] == true && is_near(&pointed["x"], x) && is_near(&pointed["y"], y) {
                return Ok(());
            }
            ensure!(begin.elapsed() < PATIENCE, "the driver, at {place:?}, points at {pointed}, not at {x}, {y}");
        }
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
