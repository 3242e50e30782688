//! Figures that would be false: clocks that browsers keep coarse, a machine that is busy
//! with something else.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::report::{check_figures_by_clock, check_sentence, number, result_of};
use browser_tests::site::{Fault, FaultKind, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};

/// Nobody waits longer for a run's end, nor for a script's.
const ENDING_LIMIT: Duration = Duration::from_secs(80);
/// What is measured lasts so many ticks.
const TICKS: f64 = 20.0;

pub(super) const SUITE: Suite = Suite::alone(
    module_path!(),
    &tests![
        both:
            a_coarse_page_clock_is_seen_truly,
            a_clock_that_stands_still_holds_nothing_up,
            a_busy_machine_is_said;
        either:
            a_curve_that_no_clock_tells_ends_without_points,
            a_script_that_asks_a_clock_that_stands_still_goes_on,
            nobody_is_first_while_somebody_has_no_time,
            a_busy_machine_is_said_of_its_cores;
        firefox:
            coarse_clocks_are_seen_truly,
            a_frame_names_the_faster_one,
            a_coarse_clock_names_the_faster_one,
            pools_are_timed_by_a_coarse_clock;
    ],
);

/// A clock with these steps, but for isolated pages.
fn steps_of(step_ms: f64) -> [(&'static str, Value); 2] {
    [
        ("privacy.reduceTimerPrecision.unconditional", json!(true)),
        ("privacy.resistFingerprinting.reduceTimerPrecision.microseconds", json!((step_ms * 1000.0).round() as u32)),
    ]
}

/// The smallest step that the page's own clock makes in half a second.
async fn smallest_step_ms(lab: &Lab) -> Outcome<f64> {
    let script = "
        let [smallest, last] = [Infinity, performance.now()];
        const begin = Date.now();
        while (Date.now() - begin < 500) {
            const now = performance.now();
            if (now > last) [smallest, last] = [Math.min(smallest, now - last), now];
        }
        return smallest;";
    Ok(lab.inside(script, vec![]).await?.as_f64().unwrap_or_default())
}

fn ensure_about(told_ms: f64, step_ms: f64) -> Outcome {
    ensure!((told_ms / step_ms - 1.0).abs() < 0.05, "the lab says {told_ms} ms of a clock with steps of {step_ms} ms");
    Ok(())
}

async fn coarse_clocks_are_seen_truly(_: &Stage) -> Outcome {
    let resisting = [("privacy.resistFingerprinting", json!(true))];
    for (preferences, least_ms) in [(&steps_of(16.7)[..], 16.0), (&steps_of(100.0), 90.0), (&resisting, 1.0)] {
        let (_browser, stage) = Stage::firefox_with(preferences, Site::start_not_isolated()?).await?;
        let lab = stage.open("embed&lab=race").await?;
        let told_ms = number(&lab.ready().await?["capabilities"], "clock_resolution_ms")?;
        ensure_about(told_ms, smallest_step_ms(&lab).await?)?;
        ensure!(told_ms >= least_ms, "a clock with steps of {told_ms} ms: this shows nothing");
        let host = Site::start_not_isolated()?;
        let lab =
            host::open_one(&stage, &host, "localhost", Frame::new("lab", stage.site.url("index.html?embed"))).await?;
        let told_ms = number(&lab.ready().await?["capabilities"], "clock_resolution_ms")?;
        ensure_about(told_ms, smallest_step_ms(&lab).await?)?;
    }
    Ok(())
}

/// Has the page's own clock move on in steps of `step_ms` (0: not at all); not the workers'.
fn blur(stage: &Stage, step_ms: f64) {
    stage.site.insert(&format!(
        "{{
            const now = Performance.prototype.now;
            const step = {step_ms};
            Performance.prototype.now = function () {{
                return step > 0 ? Math.floor(now.call(this) / step) * step : 5000;
            }};
        }}"
    ));
}

async fn a_coarse_page_clock_is_seen_truly(stage: &Stage) -> Outcome {
    for step_ms in [16.7, 100.0] {
        blur(stage, step_ms);
        let lab = stage.open("embed&lab=race").await?;
        ensure_about(number(&lab.ready().await?["capabilities"], "clock_resolution_ms")?, step_ms)?;
        stage.site.move_elsewhere()?;
    }
    Ok(())
}

async fn a_clock_that_stands_still_holds_nothing_up(stage: &Stage) -> Outcome {
    blur(stage, 0.0);
    let lab = stage.open("embed&lab=race&members=30&executors=serial,process&repeats=2&workers=2").await?;
    let finished = lab.race().await?;
    for executor in ["serial", "process"] {
        let result = result_of(&finished, executor)?;
        ensure!(result["status"] == "ok" && result["wall_ms"].is_null(), "{executor} was timed by no clock: {result}");
        check_sentence(&result["reason"])?;
    }
    // The next run is not held up by the last.
    lab.race().await.map(drop)
}

async fn a_curve_that_no_clock_tells_ends_without_points(stage: &Stage) -> Outcome {
    blur(stage, 0.0);
    let lab = stage.open("embed&lab=cores&repeats=1&workers=2").await?;
    for _ in 0..2 {
        let index = lab.send("run", json!({})).await?;
        let end = lab.end_within(index, ENDING_LIMIT).await?;
        ensure!(end.kind() == "finished", "{}", end.message);
        ensure!(end.message["cores"]["points"] == json!([]), "points without times: {}", end.message["cores"]);
        let last = end.message["results"].as_array().and_then(|all| all.last()).ok_or("there is no result")?;
        check_sentence(&last["reason"])?;
        lab.until_status("So there is no curve.").await?;
    }
    Ok(())
}

async fn a_script_that_asks_a_clock_that_stands_still_goes_on(stage: &Stage) -> Outcome {
    let script = std::fs::read_to_string(stage.site.engine_file("python-threaded", "worker.js")?)?;
    let script = format!("Performance.prototype.now = () => 5000;\n{script}");
    stage.site.break_files(&[Fault::new("python-threaded-*/worker.js", FaultKind::Replaced(script.into()))]);
    let lab = stage.open("embed&lab=python").await?;
    lab.appears("#code").await?;
    lab.set(json!({ "code": "import time\nprint(time.get_clock_info('monotonic').resolution)\n" })).await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    let printed = lab.printed().await?;
    ensure!(printed == "1.0\n", "its steps are {printed:?} s");
    Ok(())
}

/// Who was first, as far as figures can tell: nobody where somebody has no time.
fn winners(finished: &Value) -> Vec<String> {
    let ran: Vec<_> = finished["results"].as_array().into_iter().flatten().filter(|it| it["status"] == "ok").collect();
    if ran.iter().any(|it| it["wall_ms"].is_null()) {
        return Vec::new();
    }
    let wall = |it: &Value, field: &str| it["wall_ms"][field].as_f64().unwrap_or(f64::INFINITY);
    let fastest = ran.iter().map(|it| wall(it, "median")).fold(f64::INFINITY, f64::min);
    let first = ran.iter().filter(|it| wall(it, "median") < fastest * 1.15);
    first.filter_map(|it| it["executor"].as_str()).map(str::to_owned).collect()
}

/// What the page says of a run: its headline, and all of it.
async fn said(lab: &Lab) -> Outcome<(String, String)> {
    let script = "return [document.getElementById('question').innerText, document.body.innerText];";
    let said = lab.inside(script, vec![]).await?;
    let text = |index: usize| said[index].as_str().unwrap_or_default().to_owned();
    Ok((text(0), text(1)))
}

const NAMES: [(&str, &str); 4] =
    [("serial", "Serial"), ("vectorized", "Vectorized"), ("process", "Process-like"), ("thread", "Thread")];

/// Whoever the page calls first is who the figures say.
async fn names_the_right_one(lab: &Lab, finished: &Value, step_ms: f64) -> Outcome {
    let (headline, page) = said(lab).await?;
    let winners = winners(finished);
    for (executor, name) in NAMES {
        let is_named = headline.starts_with(&format!("{name} finished first"));
        ensure!(!is_named || winners.iter().any(|it| it == executor), "{headline:?} of {}", finished["results"]);
    }
    for result in finished["results"].as_array().into_iter().flatten().filter(|it| it["status"] == "ok") {
        check_figures_by_clock(result, step_ms)?;
        if result["wall_ms"].is_null() {
            check_sentence(&result["reason"])?;
            let reason = result["reason"].as_str().unwrap_or_default();
            ensure!(reason.contains("on purpose") && reason.contains("spy"), "no purpose in {reason:?}");
            ensure!(page.contains("too fast to time here"), "the page does not say so: {page}");
            ensure!(headline.to_lowercase().contains("too fast to time here"), "the headline is {headline:?}");
        }
    }
    Ok(())
}

/// A race in which Vectorized clearly beats Serial, in steps of the clock: it has times, and
/// Serial is not called first.
async fn vectorized_is_not_overlooked(lab: &Lab, step_ms: f64) -> Outcome {
    for members in [30, 300, 1000] {
        let params = json!({ "members": members, "executors": ["serial", "vectorized"], "repeats": 2 });
        let finished = lab.race_with(params).await?;
        names_the_right_one(lab, &finished, step_ms).await?;
        for executor in ["serial", "vectorized"] {
            let result = result_of(&finished, executor)?;
            ensure!(!result["wall_ms"].is_null(), "{members} members have no time: {result}");
            let lasted_ms = number(&result["wall_ms"], "min")? * number(result, "batch")?;
            ensure!(
                lasted_ms > (TICKS - 1e-6) * step_ms,
                "a repeat of {lasted_ms} ms, in steps of {step_ms} ms: {result}"
            );
        }
        let (headline, _) = said(lab).await?;
        ensure!(!headline.starts_with("Serial finished first"), "{headline} {}", finished["results"]);
    }
    Ok(())
}

async fn a_frame_names_the_faster_one(stage: &Stage) -> Outcome {
    let host = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url("index.html?embed&steps=5000"));
    let lab = host::open_one(stage, &host, "localhost", frame).await?;
    let step_ms = number(&lab.ready().await?["capabilities"], "clock_resolution_ms")?;
    ensure!(step_ms >= 0.5, "a frame has a clock with steps of {step_ms} ms: this shows nothing");
    vectorized_is_not_overlooked(&lab, step_ms).await
}

async fn a_coarse_clock_names_the_faster_one(_: &Stage) -> Outcome {
    let (_browser, stage) = Stage::firefox_with(&steps_of(16.7), Site::start_not_isolated()?).await?;
    let lab = stage.open("embed&lab=race&steps=5000").await?;
    let step_ms = number(&lab.ready().await?["capabilities"], "clock_resolution_ms")?;
    ensure!(step_ms > 16.0, "the clock has steps of {step_ms} ms: this shows nothing");
    vectorized_is_not_overlooked(&lab, 16.7).await?;
    let (_, page) = said(&lab).await?;
    ensure!(page.contains("protects people"), "the page does not tell of the clock: {page}");
    Ok(())
}

/// They are started so often in a row, also by a machine that takes a while for one.
async fn pools_are_timed_by_a_coarse_clock(_: &Stage) -> Outcome {
    const STEP_MS: f64 = 100.0;
    let (_browser, stage) = Stage::firefox_with(&steps_of(STEP_MS), Site::start_not_isolated()?).await?;
    let query = "embed&lab=race&members=30&steps=200&executors=process&repeats=1&workers=2";
    let lab = stage.open(query).await?;
    let finished = lab.race().await?;
    names_the_right_one(&lab, &finished, STEP_MS).await?;
    let process = result_of(&finished, "process")?;
    let batch = number(process, "batch")?;
    ensure!(batch > 1.0, "one start is no batch: {process}");
    let lasted_ms = number(&process["wall_ms"], "min")? * batch;
    ensure!(lasted_ms > (TICKS - 1e-6) * STEP_MS, "a repeat of {lasted_ms} ms: {process}");
    Ok(())
}

async fn nobody_is_first_while_somebody_has_no_time(stage: &Stage) -> Outcome {
    // A little too coarse for anybody to wait for twenty steps: who has a time has it alone.
    const STEP_MS: f64 = 140.0;
    blur(stage, STEP_MS);
    let lab = stage.open("embed&lab=race&steps=5000").await?;
    for doubled in 0..12 {
        let params = json!({ "members": 10_000 << doubled, "executors": ["serial", "vectorized"], "repeats": 1 });
        let finished = lab.race_with(params).await?;
        names_the_right_one(&lab, &finished, STEP_MS).await?;
        let is_timed = |executor| result_of(&finished, executor).is_ok_and(|it| !it["wall_ms"].is_null());
        if is_timed("serial") {
            ensure!(!is_timed("vectorized"), "both have times: this shows nothing");
            let (headline, page) = said(&lab).await?;
            ensure!(headline.starts_with("Vectorized was too fast to time here"), "{headline}");
            ensure!(page.contains("Serial took"), "what is known is not told: {page}");
            let picked = lab.inside("return document.querySelector('.explain')?.innerText ?? '';", vec![]).await?;
            ensure!(!picked.as_str().unwrap_or_default().contains("beat"), "somebody won: {picked}");
            return Ok(());
        }
    }
    Err("Serial never had a time".into())
}

/// Has many more workers than there are cores spin, from a moment on.
const SPIN: &str = "
    const [kinds, executor, done, answer] = arguments;
    const source = new Blob(['for (;;);'], { type: 'text/javascript' });
    const spin = () => {
        const url = URL.createObjectURL(source);
        window.spinning = Array.from({ length: 4 * navigator.hardwareConcurrency }, () => new Worker(url));
        answer(true);
    };
    const hear = ({ detail }) => {
        if (!kinds.includes(detail.type) || detail.executor !== executor || detail.done < done) return;
        removeEventListener('parallel-lab', hear);
        spin();
    };
    addEventListener('parallel-lab', hear);
    window.postMessage({ app: 'parallel-lab', v: 1, type: 'run' }, '*');";
const REST: &str = "window.spinning.splice(0).forEach((worker) => worker.terminate());";

/// Runs, and makes the machine busy once this executor has come so far.
async fn run_while_busy(lab: &Lab, executor: &str, done: u32) -> Outcome<Value> {
    let index = lab.heard().await?.last().map_or(0, |it| it.index + 1);
    lab.script_async(SPIN, vec![json!(["progress"]), json!(executor), json!(done)]).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    lab.script(REST, vec![]).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    Ok(end.message)
}

async fn a_busy_machine_is_said(stage: &Stage) -> Outcome {
    let lab = stage.open("embed&lab=race&members=2000&executors=serial,process&repeats=3&workers=2").await?;
    let finished = run_while_busy(&lab, "process", 1).await?;
    let pace = number(&finished, "pace")?;
    let (_, page) = said(&lab).await?;
    ensure!(pace > 1.3, "the bare loop was not disturbed: {pace}");
    ensure!(page.contains("The machine was busy with something else"), "the page does not say so: {page}");
    // One rule: it is said where the message tells so, and nowhere else.
    let finished = lab.race_with(json!({ "members": 100, "repeats": 1 })).await?;
    let (_, page) = said(&lab).await?;
    let is_said = page.contains("The machine was busy with something else");
    ensure!(is_said == (number(&finished, "pace")? > 1.3), "{} and {page}", finished["pace"]);
    Ok(())
}

async fn a_busy_machine_is_said_of_its_cores(stage: &Stage) -> Outcome {
    let lab = stage.open("embed&lab=cores&repeats=1&workers=2").await?;
    let finished = run_while_busy(&lab, "process", 2).await?;
    let pace = number(&finished["cores"], "pace")?;
    ensure!(pace > 1.3, "the bare loop was not disturbed: {pace}");
    let (_, page) = said(&lab).await?;
    ensure!(page.contains("The machine was busy with something else"), "the page does not say so: {page}");
    Ok(())
}
