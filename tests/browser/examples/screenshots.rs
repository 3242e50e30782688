//! Pictures of every state of the page, in both themes, by Chromium; the
//! README's picture among them. And what `index.html` shows where nothing can be run:
//! a race where no script does, and on paper what each lab said of a run. Both are
//! recorded here, with machine and date; `--record` makes no pictures.

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::time::Duration;

use browser_tests::browser::Browser;
use browser_tests::report::{number, result_of};
use browser_tests::samples::warn_of_load;
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, ensure, program};
use parallel_lab::lab::CATALOGUE;
use serde_json::{Value, json};
use thirtyfour::{By, WebDriver};
use xtask::project;

/// Name, width and height in CSS pixels, pixels per CSS pixel.
const SIZES: [(&str, u32, u32, u32); 5] = [
    ("laptop", 1440, 900, 1),
    ("tablet", 1024, 768, 1),
    ("slide", 960, 600, 1),
    ("zoomed", 720, 450, 2),
    ("phone", 390, 844, 2),
];
const THEMES: [&str; 2] = ["light", "dark"];
const RUN_LIMIT: Duration = Duration::from_secs(120);
const RECORD_BEGIN: &str = "<!-- recorded";
const RECORD_END: &str = "<!-- /recorded -->";
const RECORDS_BEGIN: &str = "<!-- records";
const RECORDS_END: &str = "<!-- /records -->";
/// Lines of what a script prints, and columns of figures, that there is room for in a slide.
const LINES: usize = 12;
const COLUMNS: usize = 6;

fn main() -> ExitCode {
    program::run_in_chromium("screenshots", pictures)
}

async fn pictures(browser: &Browser) -> Outcome {
    let camera = Camera { session: browser.session()?, site: Site::start()?, folder: project::target("screenshots") };
    fs::create_dir_all(&camera.folder)?;
    // First what the repository keeps; the rest is for looking at.
    warn_of_load();
    camera.record().await?;
    camera.record_labs().await?;
    if std::env::args().any(|it| it == "--record") {
        return Ok(());
    }
    camera.readme().await?;
    camera.extension().await?;
    for size in SIZES {
        for theme in THEMES {
            camera.states(size, theme).await?;
        }
    }
    println!("the pictures are in {}", camera.folder.display());
    Ok(())
}

struct Camera {
    session: WebDriver,
    site: Site,
    folder: PathBuf,
}

impl Camera {
    async fn states(&self, size: (&str, u32, u32, u32), theme: &str) -> Outcome {
        let (name, width, height, scale) = size;
        self.resize(width, height, scale).await?;
        let path = |state: &str| self.folder.join(format!("{state}-{name}-{theme}.png"));
        self.race_states(theme, &path).await?;
        self.python_states(theme, &path).await
    }

    async fn race_states(&self, theme: &str, path: &impl Fn(&str) -> PathBuf) -> Outcome {
        let lab = self.open(&format!("question&theme={theme}")).await?;
        self.take(&path("question")).await?;
        self.session.find(By::Css(".answer[data-executor=thread]")).await?.click().await?;
        self.end_of(&lab, 2).await?;
        self.take(&path("answered")).await?;
        self.session.find(By::Id("explain")).await?.click().await?;
        self.take(&path("explained")).await?;

        let lab = self.open(&format!("members=300&repeats=3&theme={theme}")).await?;
        self.take(&path("idle")).await?;
        lab.race().await?;
        self.take(&path("finished")).await?;
        self.take_whole_page(&path("whole")).await?;
        self.session.find(By::Id("embed")).await?.click().await?;
        self.take(&path("embedding")).await?;
        self.session.find(By::Id("embed-close")).await?.click().await?;
        lab.set(json!({ "members": 200_000, "steps": 2000 })).await?;
        let begun = lab.begin().await?;
        self.take(&path("running")).await?;
        lab.send("stop", json!({})).await?;
        lab.next(begun.index, &["stopped"]).await?;

        self.open(&format!("members=many&steps=0&nonsense=1&theme={theme}")).await?;
        self.take(&path("notices")).await?;
        self.open(&format!("question&present&theme={theme}")).await?;
        self.take(&path("present")).await
    }

    async fn python_states(&self, theme: &str, path: &impl Fn(&str) -> PathBuf) -> Outcome {
        let lab = self.open(&format!("lab=python&theme={theme}")).await?;
        self.take(&path("python-idle")).await?;
        for program in ["serial-loop", "thread-pool", "process-pool"] {
            lab.set(json!({ "program": program })).await?;
            lab.race().await?;
        }
        self.take(&path("python-finished")).await?;
        self.take_whole_page(&path("python-whole")).await?;
        lab.set(json!({ "program": "no-guard", "code": "" })).await?;
        lab.race().await?;
        self.take(&path("python-failed")).await?;
        lab.set(json!({ "code": "print('on', flush=True)\nwhile True:\n    pass\n" })).await?;
        let index = lab.send("run", json!({})).await?;
        lab.until_printed("on").await?;
        self.take(&path("python-running")).await?;
        lab.send("stop", json!({})).await?;
        lab.next_within(index, &["stopped"], RUN_LIMIT).await?;
        Ok(())
    }

    /// The picture of the README: a first visit, answered.
    async fn readme(&self) -> Outcome {
        self.resize(1440, 900, 1).await?;
        let lab = self.open("question&theme=light").await?;
        self.session.find(By::Css(".answer[data-executor=thread]")).await?.click().await?;
        self.end_of(&lab, 2).await?;
        self.take(&project::root().join("docs/race.png")).await
    }

    /// What Quarto's shortcode shows on paper: each lab, as in a frame.
    async fn extension(&self) -> Outcome {
        self.resize(1024, 768, 1).await?;
        let folder = project::root().join("_extensions/parallel-lab");
        for (name, settings) in [("race", "members=10000"), ("python", "lab=python")] {
            let lab = self.open(&format!("embed&theme=light&{settings}")).await?;
            lab.race().await?;
            lab.idle().await?;
            self.take(&folder.join(format!("{name}.png"))).await?;
        }
        Ok(())
    }

    /// Writes a race into `index.html`, for those who can't run one.
    async fn record(&self) -> Outcome {
        let lab = self.open("members=30&repeats=9").await?;
        let small = lab.race().await?;
        let large = lab.race_with(json!({ "members": 10_000, "repeats": 5 })).await?;
        let machine = machine(&lab).await?;
        let fragment = fragment(&[small, large], &machine)?;
        write_between(RECORD_BEGIN, RECORD_END, &fragment)
    }

    /// Writes what each lab says of a run as it is opened into `index.html`, for paper.
    async fn record_labs(&self) -> Outcome {
        let mut html = String::new();
        for listed in CATALOGUE.labs.iter().filter(|it| it.is_experiment()) {
            let lab = self.open(&format!("lab={}", listed.name)).await?;
            lab.race().await?;
            lab.idle().await?;
            self.settle().await?;
            let said = lab.script(SAID, vec![json!(LINES), json!(COLUMNS)]).await?;
            html.push_str(&record(listed.name, &said, &machine(&lab).await?)?);
        }
        write_between(RECORDS_BEGIN, RECORDS_END, &html)
    }

    async fn open(&self, query: &str) -> Outcome<Lab> {
        // Another document, however little the address differs.
        self.session.goto("about:blank").await?;
        self.session.goto(self.site.url(&format!("index.html?{query}"))).await?;
        let lab = Lab::unframed(&self.session);
        lab.ready().await?;
        Ok(lab)
    }

    async fn end_of(&self, lab: &Lab, races: usize) -> Outcome {
        let mut index = 0;
        for _ in 0..races {
            let end = lab.end_within(index, RUN_LIMIT).await?;
            ensure!(end.kind() == "finished", "a race ended with {}", end.message);
            index = end.index + 1;
        }
        lab.idle().await
    }

    async fn resize(&self, width: u32, height: u32, scale: u32) -> Outcome {
        let metrics = json!({ "width": width, "height": height, "deviceScaleFactor": scale, "mobile": width < 500 });
        self.session.cdp().send_raw("Emulation.setDeviceMetricsOverride", metrics).await?;
        Ok(())
    }

    async fn take(&self, path: &Path) -> Outcome {
        self.settle().await?;
        Ok(self.session.screenshot(path).await?)
    }

    async fn take_whole_page(&self, path: &Path) -> Outcome {
        self.settle().await?;
        let height = self.session.execute("return document.documentElement.scrollHeight;", vec![]).await?;
        let width = self.session.execute("return innerWidth;", vec![]).await?;
        let scale = self.session.execute("return devicePixelRatio;", vec![]).await?;
        let as_u32 = |value: &Value| value.as_f64().map_or(0, |value| value as u32);
        let (width, height, scale) = (as_u32(width.json()), as_u32(height.json()), as_u32(scale.json()));
        let before = self.session.execute("return innerHeight;", vec![]).await?;
        self.resize(width, height, scale).await?;
        self.settle().await?;
        self.session.screenshot(path).await?;
        self.resize(width, as_u32(before.json()), scale).await
    }

    /// Drawing goes on for some frames after a run: until nothing is drawn any more.
    async fn settle(&self) -> Outcome {
        let script = "
            const answer = arguments[0];
            // The attractor is drawn aside, and shown when it is complete.
            const isDrawn = () => {
                const canvas = document.getElementById('attractor');
                return !canvas || canvas.closest('[data-empty]') || canvas.dataset.atRest === 'true';
            };
            const picture = () => [...document.querySelectorAll('canvas')].map((it) => it.toDataURL()).join();
            let last = picture();
            let same = 0;
            const look = () => {
                const now = picture();
                same = now === last && isDrawn() ? same + 1 : 0;
                last = now;
                if (same >= 4) answer(true); else setTimeout(look, 100);
            };
            setTimeout(look, 100);";
        self.session.execute_async(script, vec![]).await?;
        Ok(())
    }
}

/// Day, browser, cores.
async fn machine(lab: &Lab) -> Outcome<Value> {
    let script = "
        const browser = navigator.userAgent.match(/(Chrome|Firefox)\\/[0-9]+/)?.[0].replace('/', ' ') ?? 'a browser';
        return [new Date().toISOString().slice(0, 10), browser, navigator.hardwareConcurrency];";
    lab.script(script, vec![]).await
}

/// Puts a text between two comments of `index.html`.
fn write_between(begin: &str, end: &str, fragment: &str) -> Outcome {
    let path = project::root().join("index.html");
    let html = fs::read_to_string(&path)?;
    let (before, rest) = html.split_once(begin).ok_or("index.html has no place for the record")?;
    let (comment, rest) = rest.split_once("-->").ok_or("index.html's comment has no end")?;
    let (_, after) = rest.split_once(end).ok_or("index.html's record has no end")?;
    let indent = if end == RECORD_END { "      " } else { "    " };
    fs::write(&path, format!("{before}{begin}{comment}-->\n{fragment}{indent}{end}{after}"))?;
    Ok(())
}

/// What a lab says of its run: the sentence, its figures, and what a script printed. Where
/// some rows are an executor's, those of its workers are left out: paper has one page.
const SAID: &str = "
    const [lines, columns] = arguments;
    const text = (it) => it.textContent.replace(/\\s+/g, ' ').trim();
    const [head, ...all] = document.querySelectorAll('#results tr');
    const executors = all.filter((row) => row.dataset.executor);
    const kept = executors.length > 0 ? executors : all;
    const isSaid = (column) => kept.some((row) => text(row.cells[column]) !== '');
    const cells = (row) => [...row.cells].filter((_, column) => column < columns && isSaid(column)).map(text);
    const rows = head ? [head, ...kept].map(cells) : [];
    const printed = (document.getElementById('output')?.innerText ?? '').trimEnd().split('\\n');
    const left = printed.length > lines ? ['…'] : [];
    return { sentence: text(document.getElementById('question')), rows, printed: [...left, ...printed.slice(-lines)].join('\\n') };";

/// A lab's record as HTML.
fn record(name: &str, said: &Value, machine: &Value) -> Outcome<String> {
    let escaped = |value: &Value| value.as_str().unwrap_or_default().replace('&', "&amp;").replace('<', "&lt;");
    let (date, browser, cores) = (escaped(&machine[0]), escaped(&machine[1]), &machine[2]);
    let mut html = format!("    <section class=\"recorded\" data-recorded=\"{name}\" hidden>\n");
    writeln!(
        html,
        "      <p>Recorded on {date}, in {browser} on a machine with {cores} cores: not measured here.</p>"
    )?;
    writeln!(html, "      <p class=\"said\">{}</p>", escaped(&said["sentence"]))?;
    let rows = said["rows"].as_array().map(Vec::as_slice).unwrap_or_default();
    if let [head, body @ ..] = rows {
        let cells = |row: &Value, tag: &str| -> String {
            let cells = row.as_array().into_iter().flatten();
            cells.map(|it| format!("<{tag}>{}</{tag}>", escaped(it))).collect()
        };
        writeln!(html, "      <table translate=\"no\"><thead><tr>{}</tr></thead><tbody>", cells(head, "th"))?;
        for row in body {
            writeln!(html, "        <tr>{}</tr>", cells(row, "td"))?;
        }
        writeln!(html, "      </tbody></table>")?;
    }
    let printed = escaped(&said["printed"]);
    if !printed.is_empty() {
        writeln!(html, "      <pre translate=\"no\">{printed}</pre>")?;
    }
    html.push_str("    </section>\n");
    Ok(html)
}

/// The recorded races as HTML.
fn fragment(races: &[Value], machine: &Value) -> Outcome<String> {
    let mut html = String::new();
    let (date, browser, cores) = (&machine[0], &machine[1], &machine[2]);
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    writeln!(html, "      <table>")?;
    writeln!(
        html,
        "        <caption>Recorded on {}, in {} on a machine with {cores} cores: not measured on yours. Median wall times.</caption>",
        text(date),
        text(browser)
    )?;
    writeln!(
        html,
        "        <thead><tr><th scope=\"col\">Simulations</th><th scope=\"col\">Serial</th><th scope=\"col\">Vectorized</th><th scope=\"col\">Process-like</th><th scope=\"col\">Thread</th></tr></thead>"
    )?;
    writeln!(html, "        <tbody>")?;
    for race in races {
        write!(html, "          <tr><th scope=\"row\">{}</th>", race["settings"]["members"])?;
        for executor in ["serial", "vectorized", "process", "thread"] {
            let median_ms = number(&result_of(race, executor)?["wall_ms"], "median")?;
            write!(html, "<td>{median_ms:.1} ms</td>")?;
        }
        writeln!(html, "</tr>")?;
    }
    writeln!(html, "        </tbody>\n      </table>")?;
    Ok(html)
}
