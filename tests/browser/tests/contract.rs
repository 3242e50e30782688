//! The URL and message contract, as an outsider uses it.

use std::time::Duration;

use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::lab::ENDS;
use browser_tests::report::{all_ok_with_hash, check_messages, check_sentence};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::workload::lorenz::equations::Parameters;
use serde_json::{Value, json};

/// Long enough for something that must not happen to show, if it does.
const SILENCE: Duration = Duration::from_millis(1500);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            resize_tells_a_height_of_its_own,
            a_frame_leaves_the_history_alone;
        either:
            ready_says_who_and_what,
            hello_is_answered_by_ready,
            problems_are_listed_and_nothing_breaks,
            the_url_sets_what_it_says,
            set_merges,
            set_with_problems_gives_a_notice,
            set_while_running_stops_first,
            run_while_running_is_ignored,
            stop_when_idle_does_nothing,
            reset_restores_the_urls_settings,
            foreign_messages_are_ignored,
            the_url_follows_the_settings,
            the_inputs_follow_and_lead,
            autorun_runs_by_itself,
            slides_start_and_stop,
            only_the_parent_counts,
            autorun_waits_until_it_is_in_view,
            messages_before_ready_are_kept;
    ],
);

fn quick() -> Case {
    Case::native(11, 150, 2)
}

/// Runs longer than any of these tests waits.
fn endless() -> Value {
    json!({ "members": 100_000, "steps": 5000, "repeats": 50 })
}

async fn nothing_happens(lab: &Lab, index: u64, kinds: &[&str]) -> Outcome {
    match lab.try_next(index, kinds, SILENCE).await? {
        None => Ok(()),
        Some(heard) => Err(format!("unexpectedly: {}", heard.message).into()),
    }
}

async fn ready_says_who_and_what(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let ready = lab.ready().await?;
    ensure!(ready["app"] == "parallel-lab" && ready["v"] == 1, "{ready}");
    ensure!(ready["lab"] == "race", "{ready}");
    let build = ready["build"].as_str().unwrap_or_default();
    ensure!(build.len() == 16 && build.bytes().all(|byte| byte.is_ascii_hexdigit()), "build {build:?}");
    let capabilities = &ready["capabilities"];
    let cores = lab.script("return navigator.hardwareConcurrency;", vec![]).await?;
    ensure!(capabilities["cores"] == cores, "{capabilities} on {cores} cores");
    for field in ["cross_origin_isolated", "threads", "processes", "simd"] {
        ensure!(capabilities[field] == true, "{field}: {capabilities}");
    }
    for field in ["threads_reason", "processes_reason"] {
        ensure!(capabilities[field].is_null() && capabilities.get(field).is_some(), "{field}: {capabilities}");
    }
    let resolution = capabilities["clock_resolution_ms"].as_f64().unwrap_or_default();
    ensure!(resolution > 0.0 && resolution <= 1.0, "the clock's resolution: {resolution} ms");
    Ok(())
}

async fn hello_is_answered_by_ready(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let first = lab.ready().await?;
    ensure!(lab.hello().await? == first, "another ready than {first}");
    lab.set(endless()).await?;
    let progress = lab.begin().await?;
    ensure!(lab.hello().await? == first, "while running, another ready than {first}");
    lab.send("stop", json!({})).await?;
    lab.next(progress.index, &["stopped"]).await?;
    Ok(())
}

async fn problems_are_listed_and_nothing_breaks(stage: &Stage) -> Outcome {
    let table = [
        ("members=0", "members", "0", "1"),
        ("members=3.7", "members", "3.7", "30"),
        ("members=99999999999999999999", "members", "99999999999999999999", "1000000"),
        ("steps=-5", "steps", "-5", "1"),
        ("dt=NaN", "dt", "NaN", "0.01"),
        ("dt=1e400", "dt", "1e400", "0.1"),
        ("rho=Infinity", "rho", "Infinity", "28"),
        ("sigma=-1001", "sigma", "-1001", "-1000"),
        ("beta=1/0", "beta", "1/0", ""),
        ("workers=65", "workers", "65", "64"),
        ("executors=none", "executors", "none", ""),
        ("kernel=avx", "kernel", "avx", "scalar"),
        ("chunk=31", "chunk", "31", "30"),
        ("pool=hot", "pool", "hot", "cold"),
        ("repeats=51", "repeats", "51", "50"),
        ("view=slide", "view", "slide", "all"),
        ("theme=<script>", "theme", "<script>", "auto"),
        ("lab=nowhere", "lab", "nowhere", "race"),
        ("lab=python&gil=maybe", "gil", "maybe", "on"),
        ("lab=python&switch=0", "switch", "0", "0.01"),
        ("lab=python&program=mine", "program", "mine", "process-pool"),
        ("colour=blue", "colour", "blue", ""),
        ("seed=1&seed=2", "seed", "2", ""),
    ];
    for (query, parameter, given, used) in table {
        let lab = stage.open(query).await?;
        let notice = lab.next(0, &["notice"]).await?;
        let problems = notice.message["problems"].as_array().ok_or("a notice without problems")?;
        ensure!(problems.len() == 1, "{query}: {problems:?}");
        let problem = &problems[0];
        ensure!(problem["parameter"] == parameter && problem["given"] == given, "{query}: {problem}");
        for field in ["allowed", "used"] {
            ensure!(problem[field].is_string(), "{query}: {field} is {}", problem[field]);
        }
        ensure!(used.is_empty() || problem["used"] == used, "{query}: {problem}");
        let heard = lab.heard().await?;
        let position = |kind: &str| heard.iter().position(|heard| heard.kind() == kind);
        ensure!(position("ready") < position("notice"), "{query}: the notice comes before ready");
        let words = lab.script("return document.getElementById('notices').innerText;", vec![]).await?;
        ensure!(words.as_str().is_some_and(|words| words.contains(parameter)), "{query}: the page says {words}");
        let injected = lab.script("return document.querySelectorAll('#notices script').length;", vec![]).await?;
        ensure!(injected == 0, "{query} put a script into the page");
    }
    let lab = stage.open("members=20&steps=10&dt=0.005&beta=8/3").await?;
    let empty = json!([]);
    for notice in lab.heard().await?.iter().filter(|heard| heard.kind() == "notice") {
        ensure!(notice.message["problems"] == empty, "problems without cause: {}", notice.message);
    }
    Ok(())
}

async fn the_url_sets_what_it_says(stage: &Stage) -> Outcome {
    let query = "members=+13&steps=1e2&steps=40&dt=5e-3&sigma=9.5&rho=%2B30&beta=8/3&seed=4294967295&workers=3\
        &executors=thread,serial,nonsense&kernel=simd&chunk=5&pool=warm&start=spawn&gather=copy&repeats=2&theme=dark&embed=0";
    let lab = stage.open(query).await?;
    let finished = lab.race().await?;
    // `steps=1e2` is malformed and counts as the first: the default; the second is ignored.
    let expected = json!({
        "lab": "race", "members": 13, "steps": 5000, "dt": 0.005, "sigma": 9.5, "rho": 30.0, "beta": 8.0 / 3.0,
        "seed": 4_294_967_295_u32, "workers": 3, "executors": ["serial", "thread"], "kernel": "simd", "chunk": 5,
        "pool": "warm", "start": "spawn", "gather": "copy", "repeats": 2, "theme": "dark",
        "view": "all",
    });
    let settings = finished["settings"].as_object().ok_or("no settings")?;
    let expected = expected.as_object().ok_or("no expectation")?;
    ensure!(settings.len() == expected.len(), "settings {settings:?}");
    for (name, value) in expected {
        let same = value.as_f64().map_or(settings[name] == *value, |value| settings[name].as_f64() == Some(value));
        ensure!(same, "{name} is {} instead of {value}", settings[name]);
    }
    Ok(())
}

async fn set_merges(stage: &Stage) -> Outcome {
    let lab = stage.open("members=9&steps=60&repeats=1").await?;
    lab.set(json!({ "seed": 5 })).await?;
    let finished = lab.race_with(json!({ "rho": "29", "beta": "8/3" })).await?;
    let expected = Case::native_with(9, 60, 5, Parameters { rho: 29.0, ..Parameters::LORENZ_1963 });
    all_ok_with_hash(&finished, &expected.final_fnv1a64)
}

async fn set_with_problems_gives_a_notice(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let case = quick();
    let index =
        lab.set(case.params_and(json!({ "members": 11, "workers": 1000, "pool": ["warm"], "wings": 2 }))).await?;
    let notice = lab.next(index, &["notice"]).await?;
    let problems = notice.message["problems"].as_array().ok_or("a notice without problems")?;
    let mut names: Vec<_> = problems.iter().filter_map(|problem| problem["parameter"].as_str()).collect();
    names.sort_unstable();
    ensure!(names == ["pool", "wings", "workers"], "{problems:?}");
    let finished = lab.race_with(json!({ "workers": 2 })).await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64)
}

async fn set_while_running_stops_first(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    lab.set(endless()).await?;
    let first = lab.begin().await?;
    let case = quick();
    let index = lab.set(case.params_and(json!({ "repeats": 1 }))).await?;
    let end = lab.end(index).await?;
    ensure!(end.kind() == "stopped" && end.message["run"] == first.message["run"], "{}", end.message);
    all_ok_with_hash(&lab.race().await?, &case.final_fnv1a64)
}

async fn run_while_running_is_ignored(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    lab.set(endless()).await?;
    let first = lab.begin().await?;
    for _ in 0..5 {
        lab.send("run", json!({})).await?;
    }
    lab.hello().await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end(first.index).await?;
    ensure!(end.kind() == "stopped", "{}", end.message);
    nothing_happens(&lab, end.index + 1, &["progress", "finished", "stopped", "error"]).await?;
    check_messages(&lab.heard().await?, &first.message["run"])
}

async fn stop_when_idle_does_nothing(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let index = lab.send("stop", json!({})).await?;
    lab.hello().await?;
    nothing_happens(&lab, index, &ENDS).await?;
    let case = quick();
    all_ok_with_hash(&lab.race_with(case.params()).await?, &case.final_fnv1a64)
}

async fn reset_restores_the_urls_settings(stage: &Stage) -> Outcome {
    let case = quick();
    let lab = stage.open(&format!("{}&repeats=1", case.query())).await?;
    lab.set(endless()).await?;
    let first = lab.begin().await?;
    let index = lab.send("reset", json!({})).await?;
    let end = lab.end(index).await?;
    ensure!(end.kind() == "stopped" && end.message["run"] == first.message["run"], "{}", end.message);
    let finished = lab.race().await?;
    ensure!(finished["settings"]["repeats"] == 1, "{}", finished["settings"]);
    all_ok_with_hash(&finished, &case.final_fnv1a64)
}

async fn foreign_messages_are_ignored(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let first = lab.ready().await?;
    let foreign = [
        json!(null),
        json!(7),
        json!("run"),
        json!("slide:start"),
        json!([{ "app": "parallel-lab", "v": 1, "type": "run" }]),
        json!({ "app": "parallel-lab", "v": 2, "type": "run" }),
        json!({ "app": "parallel-lab", "type": "run" }),
        json!({ "app": "other", "v": 1, "type": "run" }),
        json!({ "app": "parallel-lab", "v": 1, "type": "Run" }),
        json!({ "app": "parallel-lab", "v": 1, "type": "ready" }),
        json!({ "app": "parallel-lab", "v": 1, "type": "set" }),
        json!({ "app": "parallel-lab", "v": 1, "type": "set", "params": "members=5" }),
        json!({ "app": "parallel-lab", "v": 1 }),
        json!({ "type": "webpackOk" }),
    ];
    let before = lab.heard().await?.len();
    for message in foreign {
        lab.post(message).await?;
    }
    // Things that only a page can send.
    lab.script(
        "window.postMessage(new Map([['app', 'parallel-lab']]), '*');
         window.postMessage(new Uint8Array(9), '*');
         const loop = { app: 'parallel-lab', v: 1, type: 'set' }; loop.params = loop;
         window.postMessage(loop, '*');
         const getter = { app: 'parallel-lab', v: 1, type: 'set', params: { members: 10n, steps: undefined, dt: new Date() } };
         window.postMessage(getter, '*');",
        vec![],
    )
    .await?;
    ensure!(lab.hello().await? == first, "another ready than {first}");
    for heard in &lab.heard().await?[before..] {
        ensure!(["ready", "notice", "resize"].contains(&heard.kind()), "a foreign message gave {}", heard.message);
    }
    ensure!(lab.state().await? == "idle", "the state is {}", lab.state().await?);
    let case = quick();
    all_ok_with_hash(&lab.race_with(case.params()).await?, &case.final_fnv1a64)
}

async fn messages_before_ready_are_kept(stage: &Stage) -> Outcome {
    let case = quick();
    let script = format!(
        "document.addEventListener('DOMContentLoaded', () => {{
             const post = (type, fields) => window.postMessage({{ app: 'parallel-lab', v: 1, type, ...fields }}, '*');
             post('set', {{ params: {} }});
             post('run');
         }});",
        case.params_and(json!({ "repeats": 1 }))
    );
    stage.site.insert(&script);
    let lab = stage.open("").await?;
    let end = lab.end(0).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    all_ok_with_hash(&end.message, &case.final_fnv1a64)
}

/// Waits until a script in the lab's document gives true; nothing announces these changes.
async fn eventually(lab: &Lab, condition: &str) -> Outcome {
    let script = format!(
        "const [answer] = arguments;
         const start = performance.now();
         const look = () => {{
             if ({condition}) answer(null);
             else if (performance.now() - start > 10000) answer(location.href);
             else setTimeout(look, 20);
         }};
         look();"
    );
    let left = lab.script_async(&script, vec![]).await?;
    ensure!(left.is_null(), "not within 10 s: {condition}; the page is at {left}");
    Ok(())
}

async fn the_url_follows_the_settings(stage: &Stage) -> Outcome {
    let lab = stage.open("steps=100").await?;
    lab.set(json!({ "members": 77, "dt": 0.005 })).await?;
    let has = |name: &str, value: &str| format!("new URLSearchParams(location.search).get('{name}') === '{value}'");
    eventually(&lab, &has("members", "77")).await?;
    eventually(&lab, &has("dt", "0.005")).await?;
    eventually(&lab, &has("steps", "100")).await?;
    // The address that results is the same lab.
    let url = lab.script("return location.href;", vec![]).await?;
    stage.driver.goto(url.as_str().unwrap_or_default()).await?;
    let finished = lab.race().await?;
    ensure!(finished["settings"]["members"] == 77 && finished["settings"]["steps"] == 100, "{}", finished["settings"]);
    Ok(())
}

async fn the_inputs_follow_and_lead(stage: &Stage) -> Outcome {
    let lab = stage.open("repeats=1").await?;
    lab.set(json!({ "members": 55, "steps": 90, "workers": 3, "kernel": "simd" })).await?;
    for (id, value) in [("members", "55"), ("steps", "90"), ("workers", "3"), ("kernel", "simd")] {
        eventually(&lab, &format!("document.getElementById('setting-{id}').value === '{value}'")).await?;
    }
    // As a person changes a field: the event that browsers fire at its end.
    lab.script(
        "const field = document.getElementById('setting-members');
         field.value = '19';
         field.dispatchEvent(new Event('input', { bubbles: true }));
         field.dispatchEvent(new Event('change', { bubbles: true }));",
        vec![],
    )
    .await?;
    let finished = lab.race().await?;
    ensure!(finished["settings"]["members"] == 19, "{}", finished["settings"]);
    all_ok_with_hash(&finished, &Case::native(19, 90, 42).final_fnv1a64)
}

async fn autorun_runs_by_itself(stage: &Stage) -> Outcome {
    let case = quick();
    let lab = stage.open(&format!("{}&autorun&repeats=1", case.query())).await?;
    let end = lab.end(0).await?;
    ensure!(end.kind() == "finished" && end.message["run"] == 1, "{}", end.message);
    all_ok_with_hash(&end.message, &case.final_fnv1a64)?;
    nothing_happens(&lab, end.index + 1, &["progress", "finished", "error"]).await
}

/// A page whose lab is far below the fold.
async fn open_below_the_fold(stage: &Stage, query: &str) -> Outcome<Lab> {
    let frame = Frame::new("lab", stage.site.url(&format!("index.html?embed&{query}")));
    let html = host::page("/recorder.js", &[frame]);
    let html = html.replace("<iframe", "<div style=\"height: 9000px\"></div><iframe");
    let name = stage.site.add_page("deck.html", html);
    stage.driver.goto(stage.site.url(&name)).await?;
    let lab = Lab::framed(&stage.driver, "lab");
    lab.ready().await?;
    Ok(lab)
}

async fn autorun_waits_until_it_is_in_view(stage: &Stage) -> Outcome {
    let case = quick();
    let lab = open_below_the_fold(stage, &format!("{}&autorun=0&repeats=1", case.query())).await?;
    nothing_happens(&lab, 0, &["progress", "finished", "error"]).await?;
    lab.script("document.getElementById('lab').scrollIntoView();", vec![]).await?;
    let end = lab.end(0).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    all_ok_with_hash(&end.message, &case.final_fnv1a64)
}

async fn slides_start_and_stop(stage: &Stage) -> Outcome {
    let lab = open_below_the_fold(stage, "autorun&members=100000&repeats=50").await?;
    let index = lab.post(json!("slide:start")).await?;
    let first = lab.next(index, &["progress", "finished", "error"]).await?;
    ensure!(first.kind() == "progress", "{}", first.message);
    lab.post(json!("slide:start")).await?;
    let index = lab.post(json!("slide:stop")).await?;
    let end = lab.end(index).await?;
    ensure!(end.kind() == "stopped" && end.message["run"] == first.message["run"], "{}", end.message);
    // Coming back to the slide starts it again.
    let index = lab.post(json!("slide:start")).await?;
    let again = lab.next(index, &["progress", "finished", "error"]).await?;
    ensure!(again.kind() == "progress" && again.message["run"] != first.message["run"], "{}", again.message);
    lab.post(json!("slide:stop")).await?;
    lab.next(again.index, &["stopped"]).await?;

    let plain = open_below_the_fold(stage, "members=5").await?;
    let index = plain.post(json!("slide:start")).await?;
    plain.post(json!("slide:stop")).await?;
    nothing_happens(&plain, index, &["progress", "finished", "stopped", "error"]).await
}

async fn only_the_parent_counts(stage: &Stage) -> Outcome {
    let intruder = "<!DOCTYPE html><title>An intruder</title><script>
        onmessage = () => {
            for (const type of ['run', 'reset', 'stop', 'hello']) parent.frames[0].postMessage({ app: 'parallel-lab', v: 1, type }, '*');
            parent.frames[0].postMessage({ app: 'parallel-lab', v: 1, type: 'set', params: { members: 3 } }, '*');
            parent.frames[0].postMessage('slide:start', '*');
            parent.postMessage('done', '*');
        };</script>";
    let intruder = stage.site.add_page("intruder.html", intruder.to_owned());
    let case = quick();
    let lab = Lab::framed(&stage.driver, "lab");
    let frames = [
        Frame::new("lab", stage.site.url(&format!("index.html?embed&autorun&repeats=1&{}", case.query()))),
        Frame::new("intruder", stage.site.url(&intruder)),
    ];
    host::open(stage, &stage.site, "127.0.0.1", &frames).await?;
    let ready = lab.ready().await?;
    let end = lab.end(0).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    let script = "
        const [answer] = arguments;
        addEventListener('message', (event) => event.data === 'done' && answer(window.recorder.entries.length));
        document.getElementById('intruder').contentWindow.postMessage('go', '*');";
    let index = lab.script_async(script, vec![]).await?.as_u64().unwrap_or_default();
    nothing_happens(&lab, index, &["ready", "notice", "progress", "finished", "stopped", "error"]).await?;
    // Nor does a framed lab listen to itself.
    let own = "window.postMessage({ app: 'parallel-lab', v: 1, type: 'run' }, '*');";
    lab.inside(own, vec![]).await?;
    nothing_happens(&lab, index, &["progress", "finished", "error"]).await?;
    ensure!(lab.hello().await? == ready, "another ready than {ready}");
    let finished = lab.race().await?;
    ensure!(finished["settings"]["members"] == 11, "{}", finished["settings"]);
    all_ok_with_hash(&finished, &case.final_fnv1a64)
}

async fn resize_tells_a_height_of_its_own(stage: &Stage) -> Outcome {
    let frame = Frame::new("lab", stage.site.url("index.html?embed&members=5&steps=50&repeats=1"));
    let lab = host::open_one(stage, &stage.site, "localhost", frame).await?;
    // The last blocks come a moment after the lab stands.
    lab.appears("#takeaway").await?;
    let script = "return Math.ceil(document.getElementById('app').getBoundingClientRect().height);";
    let wanted = lab.inside(script, vec![]).await?.as_f64();
    let mut told = lab.next(0, &["resize"]).await?;
    while told.message["height"].as_f64() != wanted {
        told = lab.next(told.index + 1, &["resize"]).await?;
    }
    let height = wanted.unwrap_or_default();
    ensure!(height > 100.0 && height < 3000.0, "the lab wants {height} px");
    // A host that obeys, and adds a little, twice: the lab must not grow with it.
    let script = "
        const [answer] = arguments;
        const frame = document.getElementById('lab');
        const last = () => window.recorder.entries.filter((entry) => entry.message.type === 'resize').at(-1).message.height;
        let rounds = 0;
        const grow = () => {
            if (rounds++ === 5) return void answer(last());
            frame.style.height = `${last() + 40}px`;
            setTimeout(grow, 150);
        };
        grow();";
    let after = lab.script_async(script, vec![]).await?.as_f64().unwrap_or_default();
    ensure!((after - height).abs() <= 2.0, "the lab grew with its frame, from {height} to {after} px");
    lab.race().await?;
    check_sentence(&json!(lab.words().await?.lines().next().unwrap_or_default()))
        .map_err(|error| format!("the status line after a run: {error}").into())
}

async fn a_frame_leaves_the_history_alone(stage: &Stage) -> Outcome {
    let frame = Frame::new("lab", stage.site.url("index.html?embed&steps=50&repeats=1"));
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    let before = lab.script("return history.length;", vec![]).await?;
    for members in [5, 6, 7] {
        lab.race_with(json!({ "members": members })).await?;
    }
    eventually(
        &lab,
        "new URL(document.getElementById('lab').contentWindow.location).searchParams.get('members') === '7'",
    )
    .await?;
    let after = lab.script("return history.length;", vec![]).await?;
    ensure!(before == after, "the history grew from {before} to {after}");
    Ok(())
}
