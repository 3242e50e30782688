//! What a student takes along: link, table, file, picture.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::report::result_of;
use browser_tests::site::{DELIVERY_TAP, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;
use tokio::time::{Instant, sleep};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![both:
        the_table_comes_to_the_clipboard,
        a_refused_clipboard_leaves_the_text,
        a_csv_arrives_with_all_figures,
        a_picture_arrives,
        a_sandbox_without_downloads_is_told,
        a_frame_leads_to_a_tab_of_its_own,
        nothing_is_offered_before_a_run,
    ],
);

const QUERY: &str = "members=12&steps=400&repeats=2&workers=2&executors=serial,process&rho=-3.5";

/// Keeps what is written to the clipboard, which a test can't read in every browser.
const CLIPBOARD: &str = "
    window.written = [];
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.written.push(text); } } });";

/// No clipboard of either kind.
const NO_CLIPBOARD: &str = "
    Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
    document.execCommand = () => false;";

async fn click(stage: &Stage, id: &str) -> Outcome {
    let button = stage.driver.find(By::Id(id)).await?;
    button.scroll_into_view().await?;
    Ok(button.click().await?)
}

/// What the lab says of the last attempt, once it says something.
async fn told(lab: &Lab) -> Outcome<String> {
    told_after(lab, "").await
}

/// The same, once it is something else than before.
async fn told_after(lab: &Lab, before: &str) -> Outcome<String> {
    let begin = Instant::now();
    while begin.elapsed() < Duration::from_secs(20) {
        let told = lab.inside("return document.getElementById('taken').textContent;", vec![]).await?;
        if let Some(told) = told.as_str().filter(|told| !told.is_empty() && *told != before) {
            return Ok(told.to_owned());
        }
        sleep(Duration::from_millis(50)).await;
    }
    Err("nothing is said of what came of it".into())
}

/// The field of a line of the table by its heading.
fn field<'a>(lines: &'a [Vec<String>], line: usize, head: &str) -> Outcome<&'a str> {
    let column = lines[0].iter().position(|it| it == head).ok_or_else(|| format!("no column {head}"))?;
    Ok(&lines[line][column])
}

/// The figures of the message stand in the table, unrounded.
fn check_figures(finished: &Value, lines: &[Vec<String>]) -> Outcome {
    for (line, executor) in ["serial", "process"].into_iter().enumerate() {
        let (result, line) = (result_of(finished, executor)?, line + 1);
        ensure!(field(lines, line, "executor")? == executor, "line {line} is not {executor}'s: {lines:?}");
        ensure!(field(lines, line, "members")? == "12", "members in {lines:?}");
        for name in ["startup_ms", "send_ms", "compute_ms", "gather_ms", "work_ms", "overhead_ms", "speedup"] {
            let figure = field(lines, line, name)?.parse::<f64>().ok();
            ensure!(figure == result[name].as_f64(), "{executor}: {name} is {figure:?}, not {}", result[name]);
        }
        let median = field(lines, line, "wall_median_ms")?.parse::<f64>().ok();
        ensure!(median == result["wall_ms"]["median"].as_f64(), "{executor}: the median is {median:?}");
        let hash = field(lines, line, "final_fnv1a64")?.trim_start_matches("0x");
        ensure!(result["final_fnv1a64"] == hash, "{executor}: the hash is {hash}");
    }
    Ok(())
}

fn split(text: &str, line_end: &str, between: char) -> Vec<Vec<String>> {
    text.split_terminator(line_end).map(|line| line.split(between).map(str::to_owned).collect()).collect()
}

async fn the_table_comes_to_the_clipboard(stage: &Stage) -> Outcome {
    stage.site.insert(CLIPBOARD);
    let lab = stage.open(QUERY).await?;
    let finished = lab.race().await?;
    click(stage, "take-table").await?;
    let said = told(&lab).await?;
    ensure!(said.contains("on the clipboard"), "it says {said:?}");
    let written = lab.script("return window.written;", vec![]).await?;
    let text = written[0].as_str().ok_or("nothing was written")?;
    let lines = split(text, "\n", '\t');
    ensure!(lines.len() == 3, "{} lines: {text}", lines.len());
    check_figures(&finished, &lines)?;

    click(stage, "take-link").await?;
    lab.hello().await?;
    let written = lab.script("return window.written[1] ?? '';", vec![]).await?;
    let link = written.as_str().unwrap_or_default();
    ensure!(link.contains("rho=-3.5") && !link.contains("embed"), "the link is {link:?}");
    Ok(())
}

async fn a_refused_clipboard_leaves_the_text(stage: &Stage) -> Outcome {
    stage.site.insert(NO_CLIPBOARD);
    let lab = stage.open(QUERY).await?;
    lab.race().await?;
    click(stage, "take-table").await?;
    let said = told(&lab).await?;
    ensure!(said.contains("copy it"), "it says {said:?}");
    stage.driver.find(By::Id("taken-text")).await?.click().await?;
    let script = "const field = document.getElementById('taken-text');
        return [field.value.split('\\n').length, field.selectionEnd - field.selectionStart === field.value.length];";
    let field = lab.script(script, vec![]).await?;
    ensure!(field == json!([4, true]), "lines, and all selected: {field}");
    // What was taken belongs to its run.
    lab.race().await?;
    let left = lab.script("return document.getElementById('taken-text');", vec![]).await?;
    ensure!(left.is_null(), "the old table is still there");
    Ok(())
}

/// The file that was handed to the browser: its name and its bytes' text.
async fn file(lab: &Lab) -> Outcome<(String, String)> {
    let script = "const [answer] = arguments;
        const file = window.deliveries.files.at(-1);
        if (!file) return void answer([null, null]);
        const blob = window.deliveries.blobs[file.address];
        blob.text().then((text) => answer([file.name + ' ' + blob.type, text]));";
    let file = lab.script_async(script, vec![]).await?;
    match (file[0].as_str(), file[1].as_str()) {
        (Some(name), Some(text)) => Ok((name.to_owned(), text.to_owned())),
        _ => Err("no file".into()),
    }
}

async fn a_csv_arrives_with_all_figures(stage: &Stage) -> Outcome {
    stage.site.insert(DELIVERY_TAP);
    let lab = stage.open(QUERY).await?;
    let finished = lab.race().await?;
    click(stage, "take-csv").await?;
    let said = told(&lab).await?;
    ensure!(said == "Downloaded as parallel-lab-race-12x400.csv.", "it says {said:?}");
    let (name, text) = file(&lab).await?;
    ensure!(name == "parallel-lab-race-12x400.csv text/csv;charset=utf-8", "the file is {name}");
    ensure!(text.ends_with("\r\n") && text.matches("\r\n").count() == 3, "its lines: {text:?}");
    // The only fields with commas inside stand in quotes, behind the figures.
    let lines = split(&text, "\r\n", ',');
    check_figures(&finished, &lines)?;
    let ready = lab.ready().await?;
    let agent = lab.script("return navigator.userAgent;", vec![]).await?;
    let agent = agent.as_str().unwrap_or_default();
    for part in [agent, ready["build"].as_str().unwrap_or("?"), "setting_rho", ",-3.5,", "\"serial,process\"", ",true,"]
    {
        ensure!(text.contains(part), "no {part} in {text}");
    }
    Ok(())
}

async fn a_picture_arrives(stage: &Stage) -> Outcome {
    stage.site.insert(DELIVERY_TAP);
    let lab = stage.open(QUERY).await?;
    for theme in ["light", "dark"] {
        lab.set(json!({ "theme": theme })).await?;
        lab.race().await?;
        click(stage, "take-png").await?;
        let said = told(&lab).await?;
        ensure!(said.starts_with("Downloaded as parallel-lab-race-12x400.png"), "it says {said:?}");
        let script = "const [answer] = arguments;
            const file = window.deliveries.files.at(-1);
            createImageBitmap(window.deliveries.blobs[file.address]).then((image) => {
                const canvas = new OffscreenCanvas(image.width, image.height);
                const context = canvas.getContext('2d');
                context.drawImage(image, 0, 0);
                const pixels = new Uint32Array(context.getImageData(0, 0, image.width, image.height).data.buffer);
                const corner = context.getImageData(2, 2, 1, 1).data;
                answer([image.width, image.height, new Set(pixels).size, corner[0]]);
            });";
        let picture = lab.script_async(script, vec![]).await?;
        let number = |index: usize| picture[index].as_u64().unwrap_or_default();
        ensure!(number(0) >= 1600 && number(1) >= 900, "the picture's size: {picture}");
        ensure!(number(2) > 50, "the picture has {} colours", number(2));
        ensure!((number(3) > 128) == (theme == "light"), "{theme}: the corner's red is {}", number(3));
    }
    Ok(())
}

async fn a_sandbox_without_downloads_is_told(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    site.insert(NO_CLIPBOARD);
    for sandbox in ["allow-scripts", "allow-scripts allow-same-origin"] {
        let frame = Frame::new("lab", site.url(&format!("index.html?embed&{QUERY}"))).sandboxed(sandbox);
        let lab = host::open_one(stage, &site, "127.0.0.1", frame).await?;
        lab.race().await?;
        let mut said = String::new();
        for (id, left) in [("take-csv", "taken-text"), ("take-png", "taken-picture"), ("take-table", "taken-text")] {
            lab.inside("document.getElementById(arguments[0]).click();", vec![json!(id)]).await?;
            said = told_after(&lab, &said).await?;
            ensure!(said.contains("below"), "{sandbox}, {id}: it says {said:?}");
            let script = "return document.getElementById(arguments[0]) !== null;";
            let stands = lab.inside(script, vec![json!(left)]).await?;
            ensure!(stands == true, "{sandbox}, {id}: nothing is left to take by hand");
        }
        let errors = lab.inside("return window.recorder?.errors ?? [];", vec![]).await?;
        ensure!(errors == json!([]), "{sandbox}: {errors}");
    }
    Ok(())
}

async fn a_frame_leads_to_a_tab_of_its_own(stage: &Stage) -> Outcome {
    let lab = stage.open(QUERY).await?;
    lab.appears("#takeaway").await?;
    let unframed = lab.script("return document.getElementById('new-tab');", vec![]).await?;
    ensure!(unframed.is_null(), "a page of its own leads to a page of its own");

    let frame = Frame::new("lab", stage.site.url(&format!("index.html?embed&{QUERY}")));
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    lab.appears("#takeaway").await?;
    let script = "const link = document.getElementById('new-tab');
        return [link.href, link.target, link.rel];";
    let link = lab.inside(script, vec![]).await?;
    let address = link[0].as_str().unwrap_or_default();
    ensure!(address.contains("members=12") && !address.contains("embed"), "it leads to {address}");
    ensure!(link[1] == "_blank" && link[2] == "noopener", "the link is {link}");
    lab.set(json!({ "members": 13 })).await?;
    lab.hello().await?;
    let link = lab.inside(script, vec![]).await?;
    ensure!(link[0].as_str().is_some_and(|it| it.contains("members=13")), "it does not follow: {link}");
    Ok(())
}

async fn nothing_is_offered_before_a_run(stage: &Stage) -> Outcome {
    let lab = stage.open(QUERY).await?;
    lab.appears("#takeaway").await?;
    let script = "return ['take-link', 'take-table', 'take-csv', 'take-png']
        .map((id) => document.getElementById(id).disabled);";
    let off = lab.script(script, vec![]).await?;
    ensure!(off == json!([false, true, true, true]), "before a run: {off}");
    lab.race().await?;
    let off = lab.script(script, vec![]).await?;
    ensure!(off == json!([false, false, false, false]), "after a run: {off}");
    Ok(())
}
