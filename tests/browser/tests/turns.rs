//! Several labs at once: one runs, the others wait for their turn, by whatever way the
//! browser lets them hear of each other.

use std::time::{Duration, Instant};

use browser_tests::host::{self, Frame};
use browser_tests::lab::PATIENCE;
use browser_tests::site::{CLOCK_TAP, Site};
use browser_tests::stopping::TRIES;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            two_frames_run_one_after_the_other,
            who_is_gone_gives_the_turn_back,
            who_is_frozen_gives_the_turn_back,
            who_is_hidden_for_long_gives_the_turn_back,
            who_comes_first_is_first,
            stop_leaves_the_queue;
        either:
            six_frames_run_one_after_the_other,
            python_waits_and_is_waited_for,
            a_curve_is_one_run,
            two_tabs_run_one_after_the_other,
            who_does_not_answer_is_not_waited_for,
            who_hears_nobody_watches_the_clock;
        chromium:
            a_frozen_tab_gives_the_turn_back;
    ],
);

const RACE: &str = "embed&members=400&steps=3000&repeats=2&workers=2&executors=serial,process";
/// What is not over before it is stopped.
const LONG: &str = "embed&members=200000&steps=5000&repeats=50&workers=2&executors=serial";
const WAITS: &str = "Waiting for another lab";

/// Who has left the queue without a word is waited for longer than this, ms.
const GONE_AFTER_MS: f64 = 4000.0;
/// Two frames' clocks, in steps as frames have them, differ by no more, ms.
const CLOCK_STEP_MS: f64 = 2.0;

const NO_LOCKS: &str = "delete Navigator.prototype.locks;";
const NO_CHANNEL: &str = "delete window.BroadcastChannel;";
/// The ways by which labs hear of each other: what is taken away of the browser.
const WAYS: [&str; 2] = ["", NO_LOCKS];

/// Frames of one page, which stands on another site than the labs, and is one of
/// `without`.
async fn frames(stage: &Stage, without: &str, queries: &[&str]) -> Outcome<(Site, Vec<Lab>)> {
    let site = Site::start_not_isolated()?;
    site.insert(CLOCK_TAP);
    site.insert(without);
    let ids: Vec<_> = (0..queries.len()).map(|index| format!("lab-{index}")).collect();
    let shown: Vec<_> =
        ids.iter().zip(queries).map(|(id, query)| Frame::new(id, site.url(&format!("index.html?{query}")))).collect();
    host::open(stage, &site, "localhost", &shown).await?;
    let labs: Vec<_> = ids.iter().map(|id| Lab::framed(&stage.driver, id)).collect();
    for lab in &labs {
        lab.ready().await?;
    }
    Ok((site, labs))
}

/// When a lab's runs were on the clock: from the first request to the end.
async fn courses(lab: &Lab) -> Outcome<Vec<(f64, f64)>> {
    let runs = lab.inside("return JSON.stringify(window.clock.runs);", vec![]).await?;
    let runs: Value = serde_json::from_str(runs.as_str().unwrap_or("[]"))?;
    let runs = runs.as_array().cloned().unwrap_or_default();
    Ok(runs.iter().filter_map(|run| Some((run["begun"].as_f64()?, run["ended"].as_f64()?))).collect())
}

async fn has_said(lab: &Lab, words: &str) -> Outcome<bool> {
    let script = "return window.clock.said.some((sentence) => sentence.includes(arguments[0]));";
    Ok(lab.inside(script, vec![json!(words)]).await? == true)
}

/// Runs all labs from one task of the page around them, and waits for their ends.
async fn run_together(labs: &[Lab]) -> Outcome {
    let script = "
        for (const frame of document.querySelectorAll('iframe')) {
            frame.contentWindow.postMessage({ app: 'parallel-lab', v: 1, type: 'run' }, '*');
        }";
    labs[0].script(script, vec![]).await?;
    for lab in labs {
        let end = lab.end_within(0, 2 * PATIENCE).await?;
        ensure!(end.kind() == "finished", "a run ended with {}", end.message);
    }
    Ok(())
}

/// No two were on the clock at once, and whoever came later has said why it waits.
async fn ran_apart(labs: &[Lab]) -> Outcome {
    let mut all = Vec::new();
    let mut waited = 0;
    for lab in labs {
        let courses = courses(lab).await?;
        ensure!(courses.len() == 1, "a lab ran {courses:?}");
        all.extend(courses);
        waited += usize::from(has_said(lab, WAITS).await?);
    }
    all.sort_by(|one, other| one.0.total_cmp(&other.0));
    for pair in all.windows(2) {
        ensure!(pair[0].1 <= pair[1].0, "runs overlap: {all:?}");
    }
    ensure!(waited + 1 >= labs.len(), "only {waited} of {} labs said that they wait", labs.len());
    Ok(())
}

async fn two_frames_run_one_after_the_other(stage: &Stage) -> Outcome {
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[RACE; 2]).await?;
        run_together(&labs).await?;
        ran_apart(&labs).await.map_err(|error| format!("{without:?}: {error}"))?;
    }
    Ok(())
}

async fn six_frames_run_one_after_the_other(stage: &Stage) -> Outcome {
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[RACE; 6]).await?;
        run_together(&labs).await?;
        ran_apart(&labs).await.map_err(|error| format!("{without:?}: {error}"))?;
    }
    Ok(())
}

async fn two_tabs_run_one_after_the_other(stage: &Stage) -> Outcome {
    for without in WAYS {
        // A tab in the back is hidden, and would rightly wait by itself.
        let seen = "Object.defineProperty(Document.prototype, 'visibilityState', { get: () => 'visible' });";
        let site = Site::start()?;
        for script in [CLOCK_TAP, without, seen] {
            site.insert(script);
        }
        let url = site.url(&format!("index.html?{LONG}"));
        let first = stage.driver.window().await?;
        stage.driver.goto(&url).await?;
        let lab = Lab::unframed(&stage.driver);
        lab.ready().await?;
        lab.begin().await?;
        let second = stage.driver.new_tab().await?;
        stage.driver.switch_to_window(second).await?;
        stage.driver.goto(site.url(&format!("index.html?{RACE}"))).await?;
        lab.ready().await?;
        let index = lab.send("run", json!({})).await?;
        lab.until_status(WAITS).await?;
        ensure!(lab.state().await? == "running", "a lab that waits is {}", lab.state().await?);
        let second = stage.driver.window().await?;
        stage.driver.switch_to_window(first.clone()).await?;
        lab.send("stop", json!({})).await?;
        lab.idle().await?;
        let stopped = courses(&lab).await?;
        stage.driver.switch_to_window(second.clone()).await?;
        lab.next(index, &["finished"]).await?;
        let ran = courses(&lab).await?;
        ensure!(stopped[0].1 <= ran[0].0, "{without:?}: {ran:?} before the end of {stopped:?}");
        stage.driver.close_window().await?;
        stage.driver.switch_to_window(first).await?;
    }
    Ok(())
}

async fn who_comes_first_is_first(stage: &Stage) -> Outcome {
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[LONG, RACE, RACE]).await?;
        labs[0].begin().await?;
        for lab in &labs[1..] {
            lab.send("run", json!({})).await?;
            lab.until_status(WAITS).await?;
        }
        labs[0].send("stop", json!({})).await?;
        let mut ends = Vec::new();
        for lab in &labs {
            lab.next(0, &["finished", "stopped"]).await?;
            ends.extend(courses(lab).await?);
        }
        ensure!(ends.is_sorted_by(|one, other| one.1 <= other.0), "{without:?}: they ran {ends:?}");
    }
    Ok(())
}

async fn stop_leaves_the_queue(stage: &Stage) -> Outcome {
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[LONG, RACE]).await?;
        labs[0].begin().await?;
        let waiting = &labs[1];
        let mut took_ms = Vec::new();
        for round in 0..TRIES {
            let index = waiting.send("run", json!({})).await?;
            waiting.until_status(WAITS).await?;
            ensure!(waiting.state().await? == "running", "a lab that waits is {}", waiting.state().await?);
            // The button, as a person does.
            let script = "
                const button = document.getElementById('stop');
                if (button.disabled) return arguments[0](null);
                const asked = performance.now();
                const heard = ({ detail: { type } }) => {
                    if (type !== 'stopped') return;
                    removeEventListener('parallel-lab', heard);
                    arguments[0](performance.now() - asked);
                };
                addEventListener('parallel-lab', heard);
                button.click();";
            let took = waiting.inside_async(script).await?;
            took_ms.push(took.as_f64().ok_or("Stop can't be pressed while a lab waits")?);
            let end = waiting.next(index, &["stopped", "finished", "error"]).await?;
            ensure!(end.kind() == "stopped", "{}", end.message);
            waiting.idle().await?;
            if took_ms[round] <= 100.0 {
                break;
            }
        }
        ensure!(took_ms.last().is_some_and(|ms| *ms <= 100.0), "{without:?}: Stop took {took_ms:?} ms");
        // Its place went with it.
        let index = labs[0].send("stop", json!({})).await?;
        labs[0].next(index, &["stopped"]).await?;
        labs[0].idle().await?;
        labs[0].race_with(json!({ "members": 30, "steps": 200, "repeats": 1 })).await?;
        let waited = labs[0].inside("return window.clock.waitedMs;", vec![]).await?;
        let is_long = |ms: &Value| ms.as_f64() >= Some(GONE_AFTER_MS);
        ensure!(!waited.as_array().is_some_and(|all| all.iter().any(is_long)), "{without:?}: it waited {waited} ms");
    }
    Ok(())
}

async fn who_is_gone_gives_the_turn_back(stage: &Stage) -> Outcome {
    let goings = [
        "document.getElementById('lab-0').remove();",
        "document.getElementById('lab-0').src = 'about:blank';",
        "document.getElementById('lab-0').style.display = 'none'; document.getElementById('lab-0').srcdoc = 'Gone.';",
    ];
    for without in WAYS {
        for going in goings {
            let (_site, labs) = frames(stage, without, &[LONG, RACE]).await?;
            labs[0].begin().await?;
            let index = labs[1].send("run", json!({})).await?;
            labs[1].until_status(WAITS).await?;
            labs[1].script(going, vec![]).await?;
            labs[1].next(index, &["finished"]).await.map_err(|error| format!("{without:?}, {going}: {error}"))?;
        }
    }
    Ok(())
}

/// Sends events of the page's life to a lab, and waits until the other has run meanwhile.
async fn gives_back(stage: &Stage, going: &str, coming: &str) -> Outcome {
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[LONG, RACE]).await?;
        let params = json!({ "members": 200_000, "steps": 5000, "repeats": 1, "executors": ["serial"] });
        labs[0].set(params).await?;
        let begun = labs[0].begin().await?;
        ensure!(begun.kind() == "progress", "{}", begun.message);
        let index = labs[1].send("run", json!({})).await?;
        labs[1].until_status(WAITS).await?;
        labs[0].inside(going, vec![]).await?;
        labs[1].next(index, &["finished"]).await.map_err(|error| format!("{without:?}: {error}"))?;
        labs[0].inside(coming, vec![]).await?;
        // All of it once more, on a machine that may be busy.
        let end = labs[0].end_within(begun.index, 2 * PATIENCE).await?;
        ensure!(end.kind() == "finished", "{}", end.message);
        let discarded = &end.message["results"][0]["discarded"];
        ensure!(discarded.as_u64() >= Some(1), "{without:?}: {discarded} were thrown away");
        let (first, second) = (courses(&labs[0]).await?, courses(&labs[1]).await?);
        ensure!(second[0].1 <= first[0].1, "{without:?}: {first:?}, {second:?}");
    }
    Ok(())
}

/// What the tap has noted of a lab, ms.
async fn moment(lab: &Lab, name: &str) -> Outcome<f64> {
    let at = lab.inside("return window.clock[arguments[0]];", vec![json!(name)]).await?;
    at.as_f64().ok_or_else(|| format!("{name} is {at}").into())
}

async fn who_is_frozen_gives_the_turn_back(stage: &Stage) -> Outcome {
    let event = |name: &str| format!("document.dispatchEvent(new Event('{name}'));");
    gives_back(stage, &event("freeze"), &event("resume")).await
}

async fn who_is_hidden_for_long_gives_the_turn_back(stage: &Stage) -> Outcome {
    let seen_as = |state: &str| {
        format!(
            "Object.defineProperty(document, 'visibilityState', {{ configurable: true, get: () => '{state}' }});
            document.dispatchEvent(new Event('visibilitychange'));"
        )
    };
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[LONG, RACE]).await?;
        // At work for longer than anybody waits.
        labs[0].set(json!({ "members": 1_000_000, "steps": 20_000 })).await?;
        labs[0].begin().await?;
        let index = labs[1].send("run", json!({})).await?;
        labs[1].until_status(WAITS).await?;
        labs[0].inside(&seen_as("hidden"), vec![]).await?;
        labs[1].next(index, &["finished"]).await.map_err(|error| format!("{without:?}: {error}"))?;
        let (quiet, turn) = (moment(&labs[0], "quietAt").await?, moment(&labs[1], "turnAt").await?);
        let late = quiet - turn;
        ensure!(late <= CLOCK_STEP_MS, "{without:?}: its worker was quiet {late:.0} ms after the turn went on");
        labs[0].inside(&seen_as("visible"), vec![]).await?;
        let back = labs[0].send("hello", json!({})).await?;
        labs[0].next(back, &["progress"]).await.map_err(|error| format!("{without:?}: {error}"))?;
        let stop = labs[0].send("stop", json!({})).await?;
        labs[0].next(stop, &["stopped"]).await?;
    }
    Ok(())
}

async fn a_frozen_tab_gives_the_turn_back(stage: &Stage) -> Outcome {
    stage.site.insert(CLOCK_TAP);
    let lab = stage.open(LONG).await?;
    lab.begin().await?;
    let first = stage.driver.window().await?;
    stage.devtools("Page.setWebLifecycleState", json!({ "state": "frozen" })).await?;
    let second = stage.driver.new_tab().await?;
    stage.driver.switch_to_window(second.clone()).await?;
    let lab = stage.open(RACE).await?;
    lab.race().await?;
    ensure!(!has_said(&lab, "does not answer").await?, "the turn had to be taken from the frozen tab");
    stage.driver.switch_to_window(first).await?;
    stage.driver.close_window().await?;
    stage.driver.switch_to_window(second).await?;
    Ok(())
}

async fn who_does_not_answer_is_not_waited_for(stage: &Stage) -> Outcome {
    let (_site, labs) = frames(stage, "", &[RACE; 2]).await?;
    let script = "navigator.locks.request('parallel-lab turn', () => new Promise(() => {}));";
    labs[0].inside(script, vec![]).await?;
    let begin = Instant::now();
    let index = labs[1].send("run", json!({})).await?;
    labs[1].until_status("does not answer").await?;
    labs[1].next(index, &["finished"]).await?;
    ensure!(begin.elapsed() > Duration::from_secs(5), "it waited {:?}", begin.elapsed());
    Ok(())
}

async fn python_waits_and_is_waited_for(stage: &Stage) -> Outcome {
    const SCRIPT: &str = "import time\nprint('begun')\nend = time.time() + 2\nwhile time.time() < end:\n    pass\n";
    let lab = "embed&lab=python&program=serial-loop";
    for without in WAYS {
        let (_site, labs) = frames(stage, without, &[lab, LONG]).await?;
        let (python, race) = (&labs[0], &labs[1]);
        python.set(json!({ "code": SCRIPT })).await?;
        python.until_status("Ready").await?;
        race.begin().await?;
        let index = python.send("run", json!({})).await?;
        python.until_status(WAITS).await?;
        ensure!(python.state().await? == "running", "a script that waits is {}", python.state().await?);
        python.send("stop", json!({})).await?;
        let stopped = python.next(index, &["stopped", "finished", "error"]).await?;
        ensure!(stopped.kind() == "stopped", "{}", stopped.message);
        python.idle().await?;

        let index = python.send("run", json!({})).await?;
        python.until_status(WAITS).await?;
        race.send("stop", json!({})).await?;
        python.until_printed("begun").await?;
        // And the other way round.
        race.idle().await?;
        race.set(json!({ "members": 30, "steps": 200, "repeats": 1 })).await?;
        let race_index = race.send("run", json!({})).await?;
        race.until_status(WAITS).await?;
        let ended = python.next(index, &["finished"]).await?;
        let finished = race.next(race_index, &["finished"]).await?;
        ensure!(ended.at_ms <= finished.at_ms, "the race did not wait");
        let (race, python) = (courses(race).await?, courses_without_begin(python).await?);
        let (begun, ended) = (race.last().map_or(0.0, |it| it.0), python.last().copied().unwrap_or(f64::MAX));
        ensure!(ended <= begun, "{without:?}: the race began at {begun}, the script ended at {ended}");
    }
    Ok(())
}

async fn courses_without_begin(lab: &Lab) -> Outcome<Vec<f64>> {
    let ends = lab.inside("return window.clock.runs.map((run) => run.ended);", vec![]).await?;
    Ok(ends.as_array().into_iter().flatten().filter_map(Value::as_f64).collect())
}

async fn a_curve_is_one_run(stage: &Stage) -> Outcome {
    let (_site, labs) = frames(stage, "", &["embed&lab=cores&workers=2&repeats=1", RACE]).await?;
    let begun = labs[0].begin().await?;
    let index = labs[1].send("run", json!({})).await?;
    labs[1].next(index, &["finished"]).await?;
    labs[0].next(begun.index, &["finished"]).await?;
    ran_apart(&labs).await?;
    // The tap knows its last point only.
    let (curve, race) = (courses(&labs[0]).await?, courses(&labs[1]).await?);
    ensure!(curve[0].1 <= race[0].0, "the race ran at {race:?}, the curve ended at {}", curve[0].1);
    Ok(())
}

/// Frames without an origin can't hear each other; nor can a browser without either way.
async fn who_hears_nobody_watches_the_clock(stage: &Stage) -> Outcome {
    let uneven = "
        const now = performance.now.bind(performance);
        let [missed, extra] = [0, 0];
        window.isUneven = true;
        Performance.prototype.now = () => {
            if (window.isUneven && now() - missed >= 3) {
                missed = now();
                extra += 6;
            }
            return now() + extra;
        };";
    let (_site, labs) = frames(stage, &format!("{NO_LOCKS}{NO_CHANNEL}{uneven}"), &[RACE]).await?;
    let lab = &labs[0];
    // It waits, and can be stopped.
    let index = lab.send("run", json!({})).await?;
    lab.until_status("less busy").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.next(index, &["stopped", "finished"]).await?;
    ensure!(end.kind() == "stopped", "{}", end.message);
    // It begins once the clock is even.
    let index = lab.send("run", json!({})).await?;
    lab.until_status("less busy").await?;
    lab.inside("window.isUneven = false;", vec![]).await?;
    lab.next(index, &["finished"]).await?;
    // And it does not wait for ever.
    lab.inside("window.isUneven = true;", vec![]).await?;
    let index = lab.send("run", json!({})).await?;
    lab.next(index, &["finished"]).await?;

    let site = Site::start_not_isolated()?;
    let frames =
        ["lab-0", "lab-1"].map(|id| Frame::new(id, site.url(&format!("index.html?{RACE}"))).sandboxed("allow-scripts"));
    host::open(stage, &site, "localhost", &frames).await?;
    let labs = ["lab-0", "lab-1"].map(|id| Lab::framed(&stage.driver, id));
    for lab in &labs {
        lab.ready().await?;
    }
    run_together(&labs).await
}
