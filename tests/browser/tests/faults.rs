//! What can go wrong, made to go wrong: one clear ending, a sentence, no wrong
//! figure, and the next run works.

use std::time::{Duration, Instant};

use browser_tests::expected::Case;
use browser_tests::lab::Heard;
use browser_tests::report::{
    EXECUTORS, all_ok_with_hash, check_clear_ending, check_messages, check_sentence, number, result_of,
};
use browser_tests::site::{Fault, FaultKind, WORKER_TAP};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;

/// The engines' files, as the server names them.
const ISOLATED_WASM: &str = "engine-isolated-*/engine.wasm";
const ISOLATED: &str = "engine-isolated-*";
const THREADED_WASM: &str = "engine-threaded-*/engine_bg.wasm";
const THREADED: &str = "engine-threaded-*";
/// What the first view does without: what labs share, and the race's own part.
const REST: [&str; 2] = ["parallel-lab-*_shared.wasm", "parallel-lab-*_race.wasm"];
/// However long the lab's own limits are: nobody waits longer.
const ENDING_LIMIT: Duration = Duration::from_secs(60);

pub(super) const SUITE: Suite = Suite::crowded(
    module_path!(),
    &tests![
        both:
            the_engine_panics,
            a_rayon_thread_panics,
            an_engine_hangs_and_is_stopped,
            a_rayon_thread_hangs_and_is_stopped,
            a_worker_is_killed_from_outside,
            the_network_goes_away,
            a_hidden_tab_is_no_measurement,
            away_and_back_during_a_run;
        either:
            an_engine_panics_among_several,
            an_engine_hangs,
            the_isolated_engine_is_missing,
            the_isolated_engine_is_truncated,
            the_isolated_engine_is_a_page_of_html,
            the_isolated_engine_comes_as_another_type,
            the_isolated_engine_is_of_another_build,
            the_isolated_engine_is_slow,
            the_isolated_engine_stalls,
            the_isolated_engine_is_cut_off,
            the_threaded_engine_is_missing,
            the_threaded_engine_is_truncated,
            the_threaded_engine_is_of_another_build,
            the_threaded_engine_stalls,
            the_page_itself_is_damaged,
            what_labs_share_is_missing,
            a_labs_own_part_is_missing,
            the_rest_of_the_page_comes_late,
            too_much_memory_is_refused_beforehand,
            an_idle_worker_dies_between_runs,
            the_host_of_the_threads_is_killed_from_outside;
        chromium:
            a_frozen_page_goes_on;
    ],
);

fn case() -> Case {
    Case::native(64, 1000, 21)
}

async fn open_with_tap(stage: &Stage, query: &str) -> Outcome<Lab> {
    stage.site.insert(WORKER_TAP);
    stage.open(query).await
}

/// The next run, in every executor, is a run like any other.
async fn all_is_well(lab: &Lab) -> Outcome {
    let case = case();
    let finished =
        lab.race_with(case.params_and(json!({ "executors": EXECUTORS, "workers": 2, "repeats": 1 }))).await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64).map_err(|error| format!("the next run: {error}"))?;
    check_messages(&lab.heard().await?, &finished["run"])
}

/// The run ends clearly, and the page tells a person what the messages tell.
async fn ends_clearly(lab: &Lab, index: u64, expected: &str) -> Outcome<Heard> {
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    check_clear_ending(&end, expected)?;
    check_messages(&lab.heard().await?, &end.message["run"])?;
    ensure!(lab.state().await? == "idle", "after the end the state is {}", lab.state().await?);
    let page = lab.script("return document.body.innerText;", vec![]).await?;
    let page = page.as_str().unwrap_or_default();
    let mut sentences = vec![&end.message["message"]];
    sentences.extend(
        end.message["results"].as_array().into_iter().flatten().filter(|r| r["status"] != "ok").map(|r| &r["reason"]),
    );
    for sentence in sentences.into_iter().filter_map(Value::as_str) {
        ensure!(page.contains(sentence), "the page does not tell {sentence:?}, but {page:?}");
    }
    Ok(end)
}

/// Runs the case with a fault written into the headers of this type.
async fn run_with_fault(lab: &Lab, executors: &[&str], header: &str, fault: &str, skip: u32) -> Outcome<Heard> {
    let case = case();
    lab.set(case.params_and(json!({ "executors": executors, "workers": 2, "repeats": 1, "chunk": 8 }))).await?;
    let plan = json!({ "kind": header, "fault": fault, "skip": skip, "times": 1 });
    lab.script("window.tap.fault = arguments[0]; window.tap.faults = 0;", vec![plan]).await?;
    let index = lab.send("run", json!({})).await?;
    let end = ends_clearly(lab, index, &case.final_fnv1a64).await?;
    let faults = lab.script("return window.tap.faults;", vec![]).await?;
    ensure!(faults == 1, "{faults} faults were sent");
    lab.script("window.tap.fault = null;", vec![]).await?;
    Ok(end)
}

/// The executor's result in a run that broke, or none where the run ended as a whole.
fn must_not_be_ok(end: &Heard, executor: &str) -> Outcome {
    if end.kind() == "finished" {
        let result = result_of(&end.message, executor)?;
        ensure!(result["status"] == "failed", "{executor} is {}: {}", result["status"], result["reason"]);
    }
    Ok(())
}

async fn the_engine_panics(stage: &Stage) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    for executor in ["serial", "vectorized"] {
        let end = run_with_fault(&lab, &[executor], "run", "panic", 0).await?;
        must_not_be_ok(&end, executor)?;
        all_is_well(&lab).await?;
    }
    Ok(())
}

async fn an_engine_panics_among_several(stage: &Stage) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    for skip in [0, 3] {
        let end = run_with_fault(&lab, &["process"], "run", "panic", skip).await?;
        must_not_be_ok(&end, "process")?;
        all_is_well(&lab).await?;
    }
    // The first executor to run breaks; the others are none the worse.
    let end = run_with_fault(&lab, &EXECUTORS, "run", "panic", 0).await?;
    ensure!(end.kind() == "finished", "one broken executor ended the run: {}", end.message);
    let ok = end.message["results"].as_array().into_iter().flatten().filter(|result| result["status"] == "ok").count();
    ensure!(ok >= 2, "{ok} executors survived: {}", end.message);
    all_is_well(&lab).await
}

async fn a_rayon_thread_panics(stage: &Stage) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    let start = Instant::now();
    let end = run_with_fault(&lab, &["thread"], "run-threads", "panic", 0).await?;
    must_not_be_ok(&end, "thread")?;
    // It is noticed, not timed out.
    ensure!(start.elapsed() < Duration::from_secs(8), "a panic took {:?} to be noticed", start.elapsed());
    all_is_well(&lab).await
}

async fn an_engine_hangs(stage: &Stage) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    let end = run_with_fault(&lab, &["process"], "run", "hang", 1).await?;
    must_not_be_ok(&end, "process")?;
    all_is_well(&lab).await
}

async fn hangs_and_is_stopped(stage: &Stage, executor: &str, header: &str) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    // Of two threads the one that does not hang would do all the work.
    let workers = if executor == "thread" { 1 } else { 2 };
    lab.set(case().params_and(json!({ "executors": [executor], "workers": workers, "repeats": 1 }))).await?;
    let plan = json!({ "kind": header, "fault": "hang", "skip": 0, "times": 1 });
    lab.script("window.tap.fault = arguments[0];", vec![plan]).await?;
    let script = "
        const [answer] = arguments;
        const index = window.recorder.entries.length;
        const post = (type) => window.postMessage({ app: 'parallel-lab', v: 1, type }, '*');
        window.tap.onFault = () => {
            window.tap.onFault = null;
            const asked = performance.now();
            post('stop');
            window.recorder.next(index, ['stopped', 'finished', 'error'], null, 30000,
                (entry) => answer([entry?.message.type, entry && entry.at - asked, entry?.message.results]));
        };
        post('run');";
    let stopped = lab.script_async(script, vec![]).await?;
    ensure!(stopped[0] == "stopped", "stop was answered by {stopped}");
    // 100 ms of grace for an answer, then the last resort.
    ensure!(stopped[1].as_f64() < Some(600.0), "stop took {} ms", stopped[1]);
    all_is_well(&lab).await
}

async fn an_engine_hangs_and_is_stopped(stage: &Stage) -> Outcome {
    hangs_and_is_stopped(stage, "process", "run").await
}

async fn a_rayon_thread_hangs_and_is_stopped(stage: &Stage) -> Outcome {
    hangs_and_is_stopped(stage, "thread", "run-threads").await
}

/// Ends the worker that has the work, mid-run; no event tells of it.
async fn killed_from_outside(stage: &Stage, executor: &str) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    // Long enough for a kill in the middle, short enough to be done natively too.
    let case = Case::native(3000, 4000, 2);
    lab.set(case.params_and(json!({ "executors": [executor], "workers": 2, "repeats": 5 }))).await?;
    let script = "
        const [answer] = arguments;
        const index = window.recorder.entries.length;
        window.tap.busy = null;
        window.postMessage({ app: 'parallel-lab', v: 1, type: 'run' }, '*');
        const wait = setInterval(() => {
            if (window.tap.busy === null) return;
            clearInterval(wait);
            window.tap.kill();
            answer(index);
        }, 5);";
    let index = lab.script_async(script, vec![]).await?.as_u64().unwrap_or_default();
    let end = ends_clearly(&lab, index, &case.final_fnv1a64).await?;
    ensure!(end.kind() != "stopped", "nobody asked it to stop");
    all_is_well(&lab).await
}

async fn a_worker_is_killed_from_outside(stage: &Stage) -> Outcome {
    killed_from_outside(stage, "process").await
}

async fn the_host_of_the_threads_is_killed_from_outside(stage: &Stage) -> Outcome {
    killed_from_outside(stage, "thread").await
}

/// The engine that is kept from run to run is gone; no event tells of it.
async fn an_idle_worker_dies_between_runs(stage: &Stage) -> Outcome {
    let lab = open_with_tap(stage, "").await?;
    lab.set(case().params_and(json!({ "executors": ["serial"], "repeats": 1 }))).await?;
    all_ok_with_hash(&lab.race().await?, &case().final_fnv1a64)?;
    let killed = lab.script("return window.tap.kill();", vec![]).await?;
    ensure!(killed == true, "there was no worker to end");
    all_is_well(&lab).await
}

/// Opens the lab with broken files and runs; then mends them, and runs again.
async fn broken_files(stage: &Stage, faults: &[Fault], must_fail: &[&str], must_work: &[&str]) -> Outcome {
    stage.site.break_files(faults);
    let lab = stage.open("").await?;
    let case = case();
    lab.set(case.params_and(json!({ "workers": 2, "repeats": 1 }))).await?;
    let index = lab.send("run", json!({})).await?;
    let end = ends_clearly(&lab, index, &case.final_fnv1a64).await?;
    if end.kind() == "finished" {
        for executor in must_fail {
            let status = &result_of(&end.message, executor)?["status"];
            ensure!(status != "ok", "{executor} is ok, with {faults:?}");
        }
        for executor in must_work {
            let result = result_of(&end.message, executor)?;
            ensure!(result["status"] == "ok", "{executor} is {}: {}", result["status"], result["reason"]);
        }
    } else {
        ensure!(must_work.is_empty(), "the run ended with {}", end.message);
    }
    stage.site.break_files(&[]);
    all_is_well(&lab).await
}

/// With every way to the isolated engine broken, at least nothing is wrong; where
/// the packed copy stands in, all may work.
async fn broken_isolated_engine(stage: &Stage, kind: FaultKind) -> Outcome {
    broken_files(stage, &[Fault::new(ISOLATED_WASM, kind)], &[], &[]).await
}

async fn the_isolated_engine_is_missing(stage: &Stage) -> Outcome {
    // The whole folder: neither the program nor its copy.
    broken_files(stage, &[Fault::new(ISOLATED, FaultKind::Missing)], &["vectorized", "process"], &[]).await
}

async fn the_isolated_engine_is_truncated(stage: &Stage) -> Outcome {
    broken_isolated_engine(stage, FaultKind::Truncated).await
}

async fn the_isolated_engine_is_a_page_of_html(stage: &Stage) -> Outcome {
    let html = b"<!DOCTYPE html><title>Welcome to the hotel's network</title>".to_vec();
    let faults = [
        Fault::new(ISOLATED, FaultKind::Replaced(html)),
        Fault::new(ISOLATED, FaultKind::ContentType("text/html".into())),
    ];
    broken_files(stage, &faults, &["vectorized", "process"], &[]).await
}

async fn the_isolated_engine_comes_as_another_type(stage: &Stage) -> Outcome {
    // Some hosts know no wasm: everything works all the same.
    let faults = [
        Fault::new(ISOLATED_WASM, FaultKind::ContentType("application/octet-stream".into())),
        Fault::new(THREADED_WASM, FaultKind::ContentType("text/plain".into())),
    ];
    broken_files(stage, &faults, &[], &EXECUTORS).await
}

/// The file with every occurrence of the build's id changed.
async fn of_another_build(stage: &Stage, folder: &str, name: &str) -> Outcome<Vec<u8>> {
    let lab = stage.open("").await?;
    let build = lab.ready().await?["build"].as_str().unwrap_or_default().to_owned();
    let mut bytes = std::fs::read(stage.site.engine_file(folder, name)?)?;
    let mut places = Vec::new();
    for (place, window) in bytes.windows(build.len()).enumerate() {
        if window == build.as_bytes() {
            places.push(place);
        }
    }
    ensure!(!places.is_empty(), "{folder}-…/{name} does not hold the page's build id {build}");
    for place in places {
        bytes[place] = if bytes[place] == b'0' { b'1' } else { b'0' };
    }
    // What has been loaded is cached for ever under its name: start anew.
    stage.site.move_elsewhere()?;
    Ok(bytes)
}

async fn the_isolated_engine_is_of_another_build(stage: &Stage) -> Outcome {
    let other = of_another_build(stage, "engine-isolated", "engine.wasm").await?;
    let faults = [
        Fault::new(ISOLATED_WASM, FaultKind::Replaced(other)),
        Fault::new("engine-isolated-*/packed.js", FaultKind::Missing),
        Fault::new(ISOLATED_WASM, FaultKind::Header("Cache-Control".into(), "no-store".into())),
    ];
    broken_files(stage, &faults, &["vectorized", "process"], &[]).await
}

async fn the_isolated_engine_is_slow(stage: &Stage) -> Outcome {
    let delay = FaultKind::Delayed(Duration::from_secs(4));
    broken_files(stage, &[Fault::new(ISOLATED, delay)], &[], &EXECUTORS).await
}

async fn the_isolated_engine_stalls(stage: &Stage) -> Outcome {
    broken_files(stage, &[Fault::new(ISOLATED, FaultKind::Stalled)], &["vectorized", "process"], &[]).await
}

async fn the_isolated_engine_is_cut_off(stage: &Stage) -> Outcome {
    broken_isolated_engine(stage, FaultKind::Cut).await
}

async fn the_threaded_engine_is_missing(stage: &Stage) -> Outcome {
    let works = ["serial", "vectorized", "process"];
    broken_files(stage, &[Fault::new(THREADED, FaultKind::Missing)], &["thread"], &works).await
}

async fn the_threaded_engine_is_truncated(stage: &Stage) -> Outcome {
    let works = ["serial", "vectorized", "process"];
    broken_files(stage, &[Fault::new(THREADED_WASM, FaultKind::Truncated)], &["thread"], &works).await
}

async fn the_threaded_engine_is_of_another_build(stage: &Stage) -> Outcome {
    let other = of_another_build(stage, "engine-threaded", "engine_bg.wasm").await?;
    let faults = [
        Fault::new(THREADED_WASM, FaultKind::Replaced(other)),
        Fault::new(THREADED_WASM, FaultKind::Header("Cache-Control".into(), "no-store".into())),
    ];
    broken_files(stage, &faults, &["thread"], &["serial", "vectorized", "process"]).await
}

async fn the_threaded_engine_stalls(stage: &Stage) -> Outcome {
    let works = ["serial", "vectorized", "process"];
    broken_files(stage, &[Fault::new(THREADED, FaultKind::Stalled)], &["thread"], &works).await
}

async fn the_page_itself_is_damaged(stage: &Stage) -> Outcome {
    let damages = [
        vec![Fault::new("parallel-lab-*", FaultKind::Missing), Fault::new("ui-*", FaultKind::Missing)],
        vec![Fault::new("parallel-lab-*.wasm", FaultKind::Truncated), Fault::new("ui-*", FaultKind::Truncated)],
    ];
    for damage in damages {
        stage.site.break_files(&damage);
        let lab = stage.load("index.html").await?;
        let error = lab.next(0, &["error"]).await?;
        check_sentence(&error.message["message"])?;
        let seen = lab.script("return document.body.innerText;", vec![]).await?;
        let sentence = error.message["message"].as_str().unwrap_or_default();
        ensure!(seen.as_str().is_some_and(|seen| seen.contains(sentence)), "the page says {seen}");
        // Mended, it loads, although the damaged files may be cached.
        stage.site.break_files(&[]);
        stage.driver.refresh().await?;
        Lab::unframed(&stage.driver).ready().await?;
        stage.site.move_elsewhere()?;
    }
    Ok(())
}

async fn what_labs_share_is_missing(stage: &Stage) -> Outcome {
    a_part_is_missing(stage, REST[0]).await
}

async fn a_labs_own_part_is_missing(stage: &Stage) -> Outcome {
    a_part_is_missing(stage, REST[1]).await
}

async fn a_part_is_missing(stage: &Stage, part: &str) -> Outcome {
    stage.site.break_files(&[Fault::new(part, FaultKind::Missing)]);
    // The question needs nothing of it; its answers do.
    let lab = stage.open("").await?;
    stage.driver.find(By::Css(".answer")).await?.click().await?;
    let error = lab.next(0, &["error"]).await?;
    check_sentence(&error.message["message"])?;
    // Nobody runs what broke; whoever asks is told so.
    let run = lab.send("run", json!({})).await?;
    let told = lab.next(run, &["error", "progress", "finished"]).await?;
    ensure!(told.message == error.message, "the page that broke says {}", told.message);
    // A lab needs it at once.
    let lab = stage.load("index.html?members=30").await?;
    let error = lab.next(0, &["error"]).await?;
    check_sentence(&error.message["message"])?;
    stage.site.break_files(&[]);
    stage.driver.refresh().await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready().await?;
    all_is_well(&lab).await
}

async fn the_rest_of_the_page_comes_late(stage: &Stage) -> Outcome {
    stage.site.break_files(&REST.map(|part| Fault::new(part, FaultKind::Delayed(Duration::from_secs(2)))));
    let lab = stage.open("").await?;
    // Impatience makes no more of it.
    for _ in 0..2 {
        stage.driver.find(By::Css("#just-show")).await?.click().await?;
    }
    let waits = lab.script("return document.getElementById('boot').innerText;", vec![]).await?;
    ensure!(waits.as_str().is_some_and(|it| it.contains("Loading the rest")), "whoever waits is told {waits}");
    let first = lab.end_within(0, ENDING_LIMIT).await?;
    ensure!(first.kind() == "finished", "the run ended with {}", first.message);
    lab.end_within(first.index + 1, ENDING_LIMIT).await?;
    lab.idle().await?;
    let runs = lab.script("return document.documentElement.dataset.run;", vec![]).await?;
    ensure!(runs == "2", "one answer made {runs} runs");
    // What was stopped before it could start does not start.
    let lab = stage.load("index.html?question&x=1").await?;
    lab.ready().await?;
    lab.send("run", json!({})).await?;
    let stopped = lab.send("stop", json!({})).await?;
    lab.script_async("window.parallelLabRest.load('race').then(() => arguments[0]());", vec![]).await?;
    let ran = lab.try_next(stopped, &["progress", "finished"], Duration::from_secs(1)).await?;
    ensure!(ran.is_none(), "what was stopped ran: {}", ran.map_or(Value::Null, |it| it.message));
    // What forgets to wait is held up, and works.
    let lab = stage.load("index.html?question").await?;
    lab.ready().await?;
    lab.script("window.parallelLabRest.loadNow(0);", vec![]).await?;
    stage.driver.find(By::Css("#just-show")).await?.click().await?;
    let first = lab.end_within(0, ENDING_LIMIT).await?;
    ensure!(first.kind() == "finished", "the run ended with {}", first.message);
    Ok(())
}

async fn the_network_goes_away(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    all_is_well(&lab).await?;
    stage.site.go_offline();
    let case = case();
    // What is loaded goes on; what must be fetched again says why it can't.
    for start in ["reuse", "spawn"] {
        lab.set(case.params_and(json!({ "start": start, "pool": "cold", "repeats": 1 }))).await?;
        let index = lab.send("run", json!({})).await?;
        let end = ends_clearly(&lab, index, &case.final_fnv1a64).await?;
        ensure!(end.kind() == "finished", "offline, start={start}: {}", end.message);
        for executor in ["serial", "vectorized"] {
            let result = result_of(&end.message, executor)?;
            ensure!(result["status"] == "ok", "offline, start={start}: {executor} is {}", result["reason"]);
        }
    }
    stage.site.come_back()?;
    lab.set(json!({ "start": "spawn" })).await?;
    all_is_well(&lab).await
}

async fn a_hidden_tab_is_no_measurement(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let case = Case::native(3000, 4000, 2);
    lab.set(case.params_and(json!({ "executors": ["serial", "process"], "workers": 2, "repeats": 5 }))).await?;
    let first = lab.begin().await?;
    let script = "
        const [answer] = arguments;
        const become = (state) => {
            Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => state });
            Object.defineProperty(document, 'hidden', { configurable: true, get: () => state === 'hidden' });
            document.dispatchEvent(new Event('visibilitychange', { bubbles: true }));
        };
        become('hidden');
        setTimeout(() => answer(become('visible')), 150);";
    lab.script_async(script, vec![]).await?;
    let end = ends_clearly(&lab, first.index, &case.final_fnv1a64).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    all_ok_with_hash(&end.message, &case.final_fnv1a64)?;
    let mut discarded = 0.0;
    for executor in ["serial", "process"] {
        let result = result_of(&end.message, executor)?;
        ensure!(number(result, "repeats")? == 5.0, "{executor} has {} repeats", result["repeats"]);
        discarded += number(result, "discarded")?;
    }
    ensure!(discarded >= 1.0, "no repeat was discarded: {}", end.message);
    all_is_well(&lab).await
}

async fn a_frozen_page_goes_on(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let case = Case::native(3000, 4000, 2);
    for executors in [["serial", "process"], ["vectorized", "thread"]] {
        lab.set(case.params_and(json!({ "executors": executors, "workers": 2, "repeats": 5 }))).await?;
        let first = lab.begin().await?;
        stage.devtools("Page.setWebLifecycleState", json!({ "state": "frozen" })).await?;
        tokio::time::sleep(Duration::from_secs(3)).await;
        stage.devtools("Page.setWebLifecycleState", json!({ "state": "active" })).await?;
        // Freezing hides the page too; thawing alone does not show it again.
        stage.driver.minimize_window().await?;
        stage.driver.set_window_rect(0, 0, 1440, 900).await?;
        let visibility = lab.script("return document.visibilityState;", vec![]).await?;
        ensure!(visibility == "visible", "the page did not become visible again, but {visibility}");
        let end = ends_clearly(&lab, first.index, &case.final_fnv1a64).await?;
        ensure!(end.kind() == "finished", "{}", end.message);
        all_ok_with_hash(&end.message, &case.final_fnv1a64)?;
    }
    all_is_well(&lab).await
}

async fn away_and_back_during_a_run(stage: &Stage) -> Outcome {
    let elsewhere =
        stage.site.add_page("elsewhere.html", "<!DOCTYPE html><title>Elsewhere</title><p>Elsewhere.".into());
    stage.site.insert("window.addEventListener('pageshow', (event) => { window.persisted = event.persisted; });");
    for executor in EXECUTORS {
        let lab = stage.open(&format!("members=100000&steps=5000&repeats=50&workers=2&executors={executor}")).await?;
        let first = lab.begin().await?;
        ensure!(first.kind() == "progress", "{}", first.message);
        // As a link does: the driver's own navigation would skip the cache of pages.
        lab.script("location.href = arguments[0];", vec![json!(elsewhere)]).await?;
        for _ in 0..100 {
            if stage.driver.title().await? == "Elsewhere" {
                break;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        tokio::time::sleep(Duration::from_millis(1500)).await;
        stage.driver.back().await?;
        lab.ready().await?;
        let persisted = lab.script("return window.persisted;", vec![]).await?;
        lab.hello().await?;
        if persisted == true {
            // The run goes on or has ended; either way it can be stopped, once.
            let stopping = lab.send("stop", json!({})).await?;
            lab.end(first.index).await?;
            lab.hello().await?;
            ensure!(stopping > 0, "the restored page has forgotten its messages");
            check_messages(&lab.heard().await?, &first.message["run"])?;
        }
        let button = stage.driver.find(By::Id("run")).await?;
        ensure!(button.is_enabled().await?, "back, the Run button is disabled");
        all_is_well(&lab).await.map_err(|error| format!("{executor}, persisted {persisted}: {error}"))?;
    }
    Ok(())
}

async fn too_much_memory_is_refused_beforehand(stage: &Stage) -> Outcome {
    stage.site.insert("Object.defineProperty(Navigator.prototype, 'deviceMemory', { get: () => 0.25 });");
    let lab = stage.open("").await?;
    lab.set(json!({ "members": 1_000_000, "steps": 5, "workers": 64, "repeats": 1 })).await?;
    let start = Instant::now();
    let end = lab.race_to_any_end().await?;
    ensure!(end.kind() == "error" && end.message["code"] == "memory", "{}", end.message);
    ensure!(start.elapsed() < Duration::from_secs(10), "the refusal took {:?}", start.elapsed());
    let sentence = end.message["message"].as_str().unwrap_or_default();
    check_sentence(&end.message["message"])?;
    let figures =
        sentence.split(|character: char| !character.is_ascii_digit()).filter(|digits| !digits.is_empty()).count();
    ensure!(figures >= 2 && sentence.contains('B'), "no figures in {sentence:?}");
    ensure!(lab.words().await?.contains(sentence), "the page does not say {sentence:?}");
    all_is_well(&lab).await
}
