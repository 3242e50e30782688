//! Data files by compiled code, as the quiz runs it: threads and processes wait side by side, a
//! run stops while it waits, and a file that does not come, or is damaged, is told by a sentence.

use std::time::Duration;

use browser_tests::lab::Heard;
use browser_tests::quiz::item;
use browser_tests::site::{Fault, FaultKind, Site};
use browser_tests::stopping::{TRIES, Tries};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::data_files::{ANSWERS, FIELDS, STATIONS, Set, latency_ms};
use serde_json::{Value, json};
use xtask::page;

const PATIENCE: Duration = Duration::from_secs(120);
/// Of 50 reads, eight at a time: no machine is so slow that this is not seen.
const AT_MOST: f64 = 0.5;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            threads_and_processes_wait_side_by_side,
            each_kind_of_file_is_worked_out_alike_by_all,
            a_file_that_does_not_come_is_the_executors_result,
            without_shared_memory_processes_read;
        either:
            a_run_stops_while_it_waits,
            what_prepares_a_run_says_what_is_missing,
            a_damaged_file_is_named;
    ],
);

/// The question explained, without a run of its own, and "And compiled?" below it.
async fn open(stage: &Stage, id: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("lab=quiz&item={id}")).await?;
    // What is right is explained at once.
    press(&lab, &format!("[data-option='{}']", item(id)?.key)).await?;
    press(&lab, "[data-sure=guess]").await?;
    lab.appears("[data-stage=ready]").await?;
    // Python, which is on its way, is not needed.
    let begun = lab.send("run", json!({})).await?;
    lab.appears("html[data-state=running]").await?;
    lab.send("stop", json!({})).await?;
    lab.end_within(begun, PATIENCE).await?;
    lab.idle().await?;
    press(&lab, "#without-run").await?;
    lab.appears("#run-compiled").await?;
    Ok(lab)
}

async fn press(lab: &Lab, selector: &str) -> Outcome {
    lab.appears(selector).await?;
    lab.script("document.querySelector(arguments[0]).click();", vec![json!(selector)]).await?;
    Ok(())
}

/// Runs "And compiled?" to whatever end.
async fn run(lab: &Lab) -> Outcome<Heard> {
    let after = lab.heard().await?.len() as u64;
    press(lab, "#run-compiled").await?;
    let end = lab.end_within(after, PATIENCE).await?;
    lab.idle().await?;
    Ok(end)
}

/// What each executor's result says: time, or why there is none.
async fn told(lab: &Lab) -> Outcome<Value> {
    let end = run(lab).await?.message;
    ensure!(end["type"] == "finished" && end["quiz"]["compiled"] == true, "the run ended with {end}");
    let hashes: Vec<_> = results(&end).map(|it| it["final_fnv1a64"].clone()).filter(|it| !it.is_null()).collect();
    ensure!(hashes.windows(2).all(|two| two[0] == two[1]), "results differ: {hashes:?}");
    Ok(end)
}

fn results(end: &Value) -> impl Iterator<Item = &Value> {
    end["results"].as_array().into_iter().flatten()
}

fn figure(end: &Value, name: &str) -> Outcome<f64> {
    let told = &end["quiz"]["run"]["told"];
    told[name].as_f64().ok_or_else(|| format!("no {name} in {told}").into())
}

/// What one after the other takes at least, ms.
fn least_ms(set: &Set, usual_ms: f64) -> f64 {
    set.names().map(|name| latency_ms(&name, usual_ms)).sum()
}

/// Those of the site's data files that were asked for.
fn asked_for(site: &Site) -> Outcome<Vec<String>> {
    let index = std::fs::read_to_string(site.file("index.html"))?;
    let folder = format!("/{}", page::fact(&index, "files").ok_or("the page names no data files")?);
    Ok(site.requests().iter().filter_map(|path| path.strip_prefix(&folder)).map(str::to_owned).collect())
}

async fn threads_and_processes_wait_side_by_side(stage: &Stage) -> Outcome {
    let lab = open(stage, "downloads").await?;
    let end = told(&lab).await?;
    let serial_ms = figure(&end, "serial_ms")?;
    let least_ms = least_ms(&STATIONS, 30.0);
    ensure!(serial_ms >= 0.99 * least_ms, "one by one took {serial_ms} ms, less than all reads: {least_ms} ms");
    for name in ["thread_ms", "process_ms"] {
        let ms = figure(&end, name)?;
        ensure!(ms < AT_MOST * serial_ms, "{name}: {ms}, and one by one {serial_ms}");
    }
    ensure!(results(&end).all(|it| it["tasks"] == if it["executor"] == "serial" { 1 } else { 50 }), "tasks: {end}");
    ensure!(asked_for(&stage.site)?.iter().any(|it| it == "stations/station-50.csv"), "no file was asked for");
    lab.appears("#compiled-said").await?;
    Ok(())
}

async fn each_kind_of_file_is_worked_out_alike_by_all(stage: &Stage) -> Outcome {
    for (id, set, usual_ms) in [("netcdf", FIELDS, 20.0), ("api", ANSWERS, 15.0)] {
        let lab = open(stage, id).await?;
        let end = told(&lab).await?;
        ensure!(results(&end).count() == 3 && results(&end).all(|it| it["final_fnv1a64"].is_string()), "{id}: {end}");
        let (serial_ms, least_ms) = (figure(&end, "serial_ms")?, least_ms(&set, usual_ms));
        ensure!(serial_ms >= 0.99 * least_ms, "{id} took {serial_ms} ms, less than all reads: {least_ms} ms");
    }
    Ok(())
}

/// At whatever executor's turn it is then.
async fn a_run_stops_while_it_waits(stage: &Stage) -> Outcome {
    let lab = open(stage, "downloads").await?;
    for name in ["Serial", "Process", "Thread"] {
        let mut tries = Tries::of(name);
        for _ in 0..TRIES {
            let after = lab.heard().await?.len() as u64;
            press(&lab, "#run-compiled").await?;
            lab.until_status(&format!("Running {name}")).await?;
            let is_in_time = tries.stop(&lab).await?;
            lab.next_within(after, &["stopped"], PATIENCE).await?;
            lab.idle().await?;
            if is_in_time {
                break;
            }
        }
    }
    // And whoever was stopped works on.
    told(&lab).await?;
    Ok(())
}

async fn a_file_that_does_not_come_is_the_executors_result(stage: &Stage) -> Outcome {
    let lab = open(stage, "downloads").await?;
    for (kind, says) in [
        (FaultKind::Missing, "the server answers 404 for"),
        (FaultKind::Failing, "the server answers 500 for"),
        (FaultKind::Refused, "could not be fetched"),
        (FaultKind::Stalled, "could not be fetched"),
    ] {
        stage.site.break_files(&[Fault::new("data-*/stations/station-07*", kind)]);
        let end = told(&lab).await?;
        ensure!(results(&end).count() == 3, "{end}");
        for result in results(&end) {
            let reason = result["reason"].as_str().unwrap_or_default();
            let is_said = reason.starts_with("A data file could not be read: ") && reason.contains(says);
            ensure!(result["status"] == "failed" && is_said && reason.contains("station-07.csv"), "{result}");
        }
        let shown = lab.words().await?;
        ensure!(shown.contains(says), "the page does not say so: {shown}");
    }
    // What comes back is read.
    stage.site.break_files(&[]);
    let end = told(&lab).await?;
    ensure!(results(&end).all(|it| it["status"] == "ok"), "{end}");
    Ok(())
}

async fn what_prepares_a_run_says_what_is_missing(stage: &Stage) -> Outcome {
    let lab = open(stage, "netcdf").await?;
    stage.site.break_files(&[Fault::new("data-*/fields/*", FaultKind::Missing)]);
    let end = run(&lab).await?.message;
    let says = "A data file could not be read: the server answers 404 for data/fields/year-2001.nc.";
    ensure!(end["type"] == "error" && end["code"] == "file" && end["message"] == says, "the run ended with {end}");
    ensure!(lab.words().await?.contains(says), "the page does not say so");
    stage.site.break_files(&[]);
    told(&lab).await?;
    Ok(())
}

async fn a_damaged_file_is_named(stage: &Stage) -> Outcome {
    let lab = open(stage, "api").await?;
    stage.site.break_files(&[Fault::new("data-*/answers/answer-042*", FaultKind::Truncated)]);
    let end = told(&lab).await?;
    for result in results(&end) {
        let reason = result["reason"].as_str().unwrap_or_default();
        ensure!(result["status"] == "failed" && reason.contains("answer-042.json is damaged: "), "{result}");
    }
    Ok(())
}

/// Where memory can't be shared, there are no threads, and the others read.
async fn without_shared_memory_processes_read(stage: &Stage) -> Outcome {
    let plain = Stage { kind: stage.kind, driver: stage.driver.clone(), site: Site::start_not_isolated()? };
    let lab = open(&plain, "api").await?;
    let end = told(&lab).await?;
    let status = |name: &str| results(&end).find(|it| it["executor"] == name).map(|it| it["status"].clone());
    ensure!(status("process") == Some(json!("ok")) && status("thread") == Some(json!("unavailable")), "{end}");
    ensure!(figure(&end, "process_ms")? < AT_MOST * figure(&end, "serial_ms")?, "{end}");
    Ok(())
}
