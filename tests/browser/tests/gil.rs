//! The GIL lab: the same tasks with the lock, without it and as processes, and what is said and
//! shown of it.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::input::{press, tab_to};
use browser_tests::report::{check_messages, check_sentence, number};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::Key;

/// Fetching Python, and three scripts.
const PATIENCE: Duration = Duration::from_secs(180);
const SMALL: &str = "lab=gil&threads=2&tasks=6&size=40000&wait=5";
const WAYS: [&str; 3] = ["locked", "free", "process"];
/// Of a run's time, so much may two workers' clocks be apart, and more than 1 ms never.
const CLOCKS_APART: f64 = 0.02;

pub(super) const SUITE: Suite = Suite::alone(
    module_path!(),
    &tests![
        both:
            the_lock_has_one_holder_and_without_it_threads_overlap,
            without_shared_memory_processes_run_and_the_rest_says_why_not,
            stop_ends_it_between_the_ways,
            the_keyboard_is_enough;
        either:
            pictures_have_twins_in_words,
            a_slider_sets_the_mix,
            a_script_can_be_opened_and_changed,
            what_was_measured_can_be_taken_along,
            each_kind_runs_three_ways,
            threads_that_wait_help_under_the_lock,
            a_small_request_waits_for_a_busy_thread;
    ],
);

async fn run(lab: &Lab) -> Outcome<Value> {
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, PATIENCE).await?;
    ensure!(end.kind() == "finished", "it ended with {}", end.message);
    Ok(end.message)
}

fn way<'a>(finished: &'a Value, name: &str) -> Outcome<&'a Value> {
    let ways = finished["gil"]["ways"].as_array().ok_or("no ways")?;
    let way = ways.iter().find(|it| it["way"] == name).ok_or_else(|| format!("no way {name} in {finished}"))?;
    ensure!(way["status"] == "ok", "{name}: {way}");
    Ok(way)
}

fn workers(way: &Value) -> Outcome<&Vec<Value>> {
    way["workers"].as_array().ok_or_else(|| format!("no workers in {way}").into())
}

/// What a way did with the lock, all workers together, ms.
fn sum(way: &Value, field: &str) -> Outcome<f64> {
    workers(way)?.iter().map(|it| number(it, field)).sum()
}

/// Holds for every way of every run.
fn check_way(way: &Value, kind: &str) -> Outcome {
    ensure!(["faster", "close", "slower"].contains(&way["verdict"].as_str().unwrap_or_default()), "{way}");
    ensure!(number(way, "speedup")? > 0.0 && number(way, "wall_ms")? > 0.0, "{way}");
    ensure!(number(way, "alone_ms")? > 0.0 && number(way, "together_ms")? >= 0.0, "{way}");
    ensure!(workers(way)?.len() == 2, "{kind}: not two at work: {way}");
    for worker in workers(way)? {
        let held = number(worker, "held_ms")?;
        ensure!(held > 0.0 && number(worker, "turns")? >= 1.0, "{kind}: who did nothing? {way}");
        ensure!(held <= number(way, "wall_ms")? + 1.0, "{kind}: longer than the run: {way}");
    }
    if kind == "convoy" {
        ensure!(number(way, "trips")? >= 1.0, "{way}");
        ensure!(number(way, "worst_ms")? >= number(way, "company_ms")?, "{way}");
        return Ok(());
    }
    ensure!(number(way, "one_ms")? <= number(way, "alone_ms")? && number(way, "work_ms")? > 0.0, "{way}");
    let writers = way["writers"].as_array().ok_or("no writers")?;
    ensure!(writers.len() == 6 && writers.iter().all(|it| *it == 1 || *it == 2), "{kind}: {writers:?} wrote");
    let kept = if way["way"] == "process" { json!(0) } else { Value::Null };
    ensure!(way["kept"] == kept, "{kind}: the script's own list has {}", way["kept"]);
    let is_outside = number(way, "outside").is_ok_and(|it| it > 0.0 && it <= 1.0);
    ensure!(is_outside == (kind != "pure"), "{kind}: outside is {}", way["outside"]);
    Ok(())
}

async fn each_kind_runs_three_ways(stage: &Stage) -> Outcome {
    let lab = stage.open(SMALL).await?;
    for kind in ["pure", "compiled", "io", "convoy"] {
        lab.set(json!({ "kind": kind })).await?;
        let finished = run(&lab).await?;
        ensure!(finished["lab"] == "gil" && finished["settings"]["kind"] == kind, "{finished}");
        ensure!(finished["results"] == json!([]) && finished["prediction"].is_null(), "{finished}");
        let names: Vec<_> = finished["gil"]["ways"].as_array().into_iter().flatten().map(|it| &it["way"]).collect();
        ensure!(names == WAYS, "{kind}: the ways are {names:?}");
        for name in WAYS {
            check_way(way(&finished, name)?, kind)?;
        }
        check_messages(&lab.heard().await?, &finished["run"])?;
        let said = lab.text("#question").await?;
        let words = said.split_whitespace().count();
        ensure!((8..=25).contains(&words) && said.ends_with('.'), "{kind}: it says {said:?}");
    }
    Ok(())
}

async fn the_lock_has_one_holder_and_without_it_threads_overlap(stage: &Stage) -> Outcome {
    let lab = stage.open("lab=gil&threads=2&tasks=16&size=60000").await?;
    let finished = run(&lab).await?;
    let (locked, free) = (way(&finished, "locked")?, way(&finished, "free")?);
    let wall_ms = number(locked, "wall_ms")?;
    let slack_ms = (CLOCKS_APART * wall_ms).max(1.0);
    let held_ms = sum(locked, "held_ms")?;
    ensure!(held_ms <= wall_ms + slack_ms, "two held the lock at once: {held_ms} ms of {wall_ms}: {locked}");
    let together_ms = number(locked, "together_ms")?;
    ensure!(together_ms <= slack_ms, "two held the lock at once, for {together_ms} ms: {locked}");
    ensure!(sum(locked, "waited_ms")? > 0.0, "nobody waited for the lock: {locked}");
    let together_ms = number(free, "together_ms")?;
    ensure!(together_ms > 0.1 * number(free, "work_ms")?, "without the lock, threads did not overlap: {free}");
    ensure!(sum(free, "waited_ms")? == 0.0, "somebody waited for a lock that is not there: {free}");
    Ok(())
}

/// Eight waits of 60 ms, by four threads: two of them long, not eight.
async fn threads_that_wait_help_under_the_lock(stage: &Stage) -> Outcome {
    let lab = stage.open("lab=gil&kind=io&threads=4&tasks=8&wait=60&size=100").await?;
    let finished = run(&lab).await?;
    for name in ["locked", "free"] {
        let it = way(&finished, name)?;
        let ratio = number(it, "alone_ms")? / number(it, "work_ms")?;
        ensure!(ratio > 1.5, "{name}: four threads waited {ratio} times as fast as one: {it}");
        ensure!(sum(it, "away_ms")? > sum(it, "held_ms")?, "{name}: they held the lock while they waited: {it}");
    }
    let said = lab.text("#question").await?;
    ensure!(said.starts_with("With the GIL, 4 threads were ") && said.contains("as fast as one"), "it says {said:?}");
    Ok(())
}

async fn a_small_request_waits_for_a_busy_thread(stage: &Stage) -> Outcome {
    let lab = stage.open("lab=gil&kind=convoy&switch=40").await?;
    let finished = run(&lab).await?;
    let (locked, free) = (way(&finished, "locked")?, way(&finished, "free")?);
    let (alone_ms, company_ms) = (number(locked, "alone_ms")?, number(locked, "company_ms")?);
    ensure!(company_ms > alone_ms + 20.0, "beside a busy thread it took {company_ms} ms, alone {alone_ms}");
    ensure!(number(free, "company_ms")? < company_ms, "without the lock it took as long: {free}");
    Ok(())
}

async fn without_shared_memory_processes_run_and_the_rest_says_why_not(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url(&format!("index.html?{SMALL}")));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    lab.ready().await?;
    let finished = run(&lab).await?;
    let ways = finished["gil"]["ways"].as_array().ok_or("no ways")?;
    for name in ["locked", "free"] {
        let it = ways.iter().find(|it| it["way"] == name).ok_or("a way is missing")?;
        ensure!(it["status"] == "unavailable", "{name}: {it}");
        check_sentence(&it["reason"])?;
    }
    check_way(way(&finished, "process")?, "pure")?;
    let said = lab.text("#question").await?;
    ensure!(said.starts_with("2 processes were ") || said.starts_with("The machine was busy"), "it says {said:?}");
    let told = lab.text("[data-way=locked] .kitchen-told").await?;
    ensure!(told.starts_with("modelled, not measured: "), "beside the kitchen with the lock stands {told:?}");
    let table = lab.text("#results").await?;
    ensure!(table.contains("share no memory"), "the table does not say why: {table}");
    Ok(())
}

async fn pictures_have_twins_in_words(stage: &Stage) -> Outcome {
    let lab = stage.open(SMALL).await?;
    let finished = run(&lab).await?;
    for name in WAYS {
        let canvas = format!("#kitchen-{name}");
        let script = "return document.querySelector(arguments[0])?.getAttribute('aria-label') ?? '';";
        let label = lab.inside(script, vec![json!(canvas)]).await?;
        let label = label.as_str().unwrap_or_default();
        let names = workers(way(&finished, name)?)?.iter().filter_map(|it| it["name"].as_str());
        for worker in names {
            ensure!(label.contains(&format!("{worker} ")), "{canvas} is called {label:?}, {worker} is missing");
        }
        let table = lab.text("#results").await?;
        ensure!(table.contains("thread 2") && table.contains("process 2"), "the table is {table}");
        let pot = lab.text(&format!("[data-way={name}] .slots")).await?;
        let wrote: Vec<_> = pot.split_whitespace().collect();
        ensure!(pot.chars().filter(char::is_ascii_digit).count() == 6, "{name}: the list shows {wrote:?}");
    }
    lab.appears("#timeline").await?;
    let open = "const it = document.querySelector('.lanes-table'); it.open = true;";
    lab.inside(open, vec![]).await?;
    let rows = "const all = document.querySelectorAll('#spans tbody tr').length; return all > 4 && all;";
    lab.comes("spans as a table", rows, vec![]).await?;
    Ok(())
}

async fn the_keyboard_is_enough(stage: &Stage) -> Outcome {
    let lab = stage.open(SMALL).await?;
    lab.until_status("Ready.").await?;
    tab_to(stage, &lab, "#predict input").await?;
    press(stage, Key::Space).await?;
    tab_to(stage, &lab, "#run").await?;
    let heard = u64::try_from(lab.heard().await?.len())?;
    press(stage, Key::Enter).await?;
    let first = lab.end_within(heard, PATIENCE).await?;
    ensure!(first.kind() == "finished" && first.message["prediction"] == "faster", "{}", first.message);
    ensure!(lab.text("#feedback").await?.starts_with("You expected"), "nothing is said of the guess");
    lab.appears(".cause").await?;
    let focus = "document.getElementById('question').focus();";
    lab.script(focus, vec![]).await?;
    tab_to(stage, &lab, ".cause").await?;
    press(stage, Key::Space).await?;
    ensure!(!lab.text("#explanation").await?.is_empty(), "picking a cause explains nothing");
    tab_to(stage, &lab, "#try").await?;
    press(stage, Key::Enter).await?;
    let next = lab.end_within(first.index + 1, PATIENCE).await?;
    ensure!(next.message["settings"]["kind"] == "compiled", "what was to be tried is {}", next.message);
    Ok(())
}

async fn a_slider_sets_the_mix(stage: &Stage) -> Outcome {
    let lab = stage.open(&format!("{SMALL}&kind=io&mix=40")).await?;
    let mix = "return document.querySelector('.mix output').innerText;";
    ensure!(lab.script(mix, vec![]).await? == "40 %", "it does not stand at what was set");
    lab.script("document.getElementById('setting-mix').focus();", vec![]).await?;
    press(stage, Key::Right).await?;
    ensure!(lab.script(mix, vec![]).await? == "45 %", "a key does not move it on by a step");
    lab.set(json!({ "mix": 10 })).await?;
    lab.comes("10 %", "return document.querySelector('.mix output').innerText === '10 %';", vec![]).await?;
    let value = lab.script("return document.getElementById('setting-mix').value;", vec![]).await?;
    ensure!(value == "10", "the slider stands at {value}");
    lab.until_status("Ready.").await?;
    let finished = run(&lab).await?;
    ensure!(finished["settings"]["mix"] == 10, "{}", finished["settings"]);
    Ok(())
}

async fn a_script_can_be_opened_and_changed(stage: &Stage) -> Outcome {
    let lab = stage.open(&format!("{SMALL}&kind=io&switch=2")).await?;
    lab.appears(".open-script").await?;
    let links = "return [...document.querySelectorAll('.open-script')].map((it) => it.href);";
    let links = lab.script(links, vec![]).await?;
    let links: Vec<_> = links.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    ensure!(links.len() == 3, "the links are {links:?}");
    let (_, query) = links[1].split_once('?').ok_or("a link without settings")?;
    let lab = stage.open(query).await?;
    lab.appears("#code").await?;
    let code = lab.script("return document.getElementById('code').value;", vec![]).await?;
    let code = code.as_str().unwrap_or_default();
    ensure!(code.contains("THREADS = 2\n") && code.contains("WAIT = 0.005"), "the script is {code:?}");
    let finished = run(&lab).await?;
    let (settings, python) = (&finished["settings"], &finished["python"]);
    ensure!(settings["gil"] == "off" && settings["switch"] == 2.0, "{settings}");
    ensure!(python["status"] == "ok" && number(&python["told"], "work_ms")? > 0.0, "{python}");
    Ok(())
}

async fn what_was_measured_can_be_taken_along(stage: &Stage) -> Outcome {
    let lab = stage.open(SMALL).await?;
    run(&lab).await?;
    lab.appears("#take-csv:not([disabled])").await?;
    // Where the clipboard is refused, the text stands on the page.
    let listen = "
        window.copied = null;
        navigator.clipboard.writeText = async (text) => { window.copied = text; };
        document.getElementById('take-table').click();";
    lab.script(listen, vec![]).await?;
    let table = lab.comes("a copied table", "return window.copied;", vec![]).await?;
    let lines: Vec<_> = table.as_str().unwrap_or_default().lines().collect();
    ensure!(lines.len() == 7 && lines[0].starts_with("way\tstatus\talone_ms"), "the table is {lines:#?}");
    let columns = lines[0].split('\t').count();
    ensure!(lines.iter().all(|it| it.split('\t').count() == columns), "its rows differ: {lines:#?}");
    Ok(())
}

async fn stop_ends_it_between_the_ways(stage: &Stage) -> Outcome {
    let lab = stage.open(SMALL).await?;
    let index = lab.send("run", json!({})).await?;
    // One way is done, the next begins.
    let mut heard = lab.next_within(index, &["progress"], PATIENCE).await?;
    while heard.message["done"] != 1 {
        heard = lab.next_within(heard.index + 1, &["progress", "finished"], PATIENCE).await?;
        ensure!(heard.kind() == "progress", "no progress after the first way: {}", heard.message);
    }
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(heard.index + 1, PATIENCE).await?;
    ensure!(end.kind() == "stopped", "it ended with {}", end.message);
    lab.idle().await?;
    let finished = run(&lab).await?;
    check_way(way(&finished, "process")?, "pure")
}
