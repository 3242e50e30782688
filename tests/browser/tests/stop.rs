//! Stop answers at once, in every executor, and leaves nothing running.

use std::time::Duration;

use browser_tests::expected::Case;
use browser_tests::report::{all_ok_with_hash, check_messages, number, result_of};
use browser_tests::stopping::{TRIES, Tries, stop};
use browser_tests::{Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;

pub(super) const SUITE: Suite = Suite::alone(
    module_path!(),
    &tests![
        both:
            serial_stops_at_once,
            process_stops_at_once,
            thread_stops_at_once,
            nothing_runs_on_behind_the_next_clock;
        either:
            the_button_stops,
            stop_before_anything_has_begun,
            run_stop_run_in_a_hurry,
            a_double_click_is_one_run,
            vectorized_stops_at_once,
            many_processes_stop_at_once;
    ],
);

fn long_run(executor: &str) -> Value {
    json!({ "members": 100_000, "steps": 5000, "executors": [executor], "workers": 2, "repeats": 50, "pool": "cold" })
}

async fn stops_at_once(stage: &Stage, executor: &str) -> Outcome {
    stops_at_once_with(stage, executor, 2).await
}

async fn stops_at_once_with(stage: &Stage, executor: &str, workers: u32) -> Outcome {
    let lab = stage.open("").await?;
    let case = Case::native(12, 300, 4);
    let mut tries = Tries::of(executor);
    loop {
        lab.set(long_run(executor)).await?;
        lab.set(json!({ "workers": workers })).await?;
        let first = lab.begin().await?;
        ensure!(first.kind() == "progress", "the run began with {}", first.message);
        let is_in_time = tries.stop(&lab).await?;
        ensure!(lab.state().await? == "idle", "after stop the state is {}", lab.state().await?);
        check_messages(&lab.heard().await?, &first.message["run"])?;
        // What follows is a run like any other.
        let all = json!({ "executors": ["serial", "vectorized", "process", "thread"], "repeats": 1, "workers": 2 });
        let finished = lab.race_with(case.params_and(all)).await?;
        all_ok_with_hash(&finished, &case.final_fnv1a64)?;
        if is_in_time {
            return Ok(());
        }
    }
}

async fn serial_stops_at_once(stage: &Stage) -> Outcome {
    stops_at_once(stage, "serial").await
}

async fn vectorized_stops_at_once(stage: &Stage) -> Outcome {
    stops_at_once(stage, "vectorized").await
}

async fn process_stops_at_once(stage: &Stage) -> Outcome {
    stops_at_once(stage, "process").await
}

async fn thread_stops_at_once(stage: &Stage) -> Outcome {
    stops_at_once(stage, "thread").await
}

/// More workers than can answer at once: the person is not kept waiting for them.
async fn many_processes_stop_at_once(stage: &Stage) -> Outcome {
    stops_at_once_with(stage, "process", 16).await
}

async fn the_button_stops(stage: &Stage) -> Outcome {
    let lab = stage.open("members=100000&steps=5000&repeats=50").await?;
    stage.driver.find(By::Id("run")).await?.click().await?;
    let first = lab.next(0, &["progress", "error"]).await?;
    ensure!(first.kind() == "progress", "the run began with {}", first.message);
    ensure!(lab.state().await? == "running", "while running the state is {}", lab.state().await?);
    stage.driver.find(By::Id("stop")).await?.click().await?;
    let end = lab.next(first.index, &["stopped", "finished", "error"]).await?;
    ensure!(end.kind() == "stopped", "the run ended with {}", end.message);
    ensure!(end.message["run"] == first.message["run"], "{} stopped {}", end.message, first.message);
    Ok(())
}

async fn stop_before_anything_has_begun(stage: &Stage) -> Outcome {
    let lab = stage.open("members=100000&steps=5000").await?;
    // Both in one task of the page: the run has not even dispatched when stop arrives.
    let script = "
        const [answer] = arguments;
        window.postMessage({ app: 'parallel-lab', v: 1, type: 'run' }, '*');
        window.postMessage({ app: 'parallel-lab', v: 1, type: 'stop' }, '*');
        window.recorder.next(0, ['stopped', 'finished', 'error'], null, 60000, answer);";
    let end = lab.script_async(script, vec![]).await?;
    ensure!(end["message"]["type"] == "stopped", "it ended with {end}");
    let case = Case::native(5, 50, 1);
    let finished = lab.race_with(case.params()).await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64)
}

async fn run_stop_run_in_a_hurry(stage: &Stage) -> Outcome {
    let lab = stage.open("members=50000&steps=2000&repeats=3&workers=2").await?;
    // Pauses from none to longer than a pool takes to start.
    for pause_ms in [0, 1, 5, 20, 40, 80, 160, 320, 640, 1000] {
        let script = "
            const [pause, answer] = arguments;
            const post = (type) => window.postMessage({ app: 'parallel-lab', v: 1, type }, '*');
            const index = window.recorder.entries.length;
            post('run');
            setTimeout(() => {
                post('stop');
                post('run');
                window.recorder.next(index, ['stopped', 'finished', 'error'], null, 60000, (first) => {
                    post('stop');
                    window.recorder.next(first.index + 1, ['stopped', 'finished', 'error'], null, 1500,
                        (second) => answer([first, second]));
                });
            }, pause);";
        let ends = lab.script_async(script, vec![json!(pause_ms)]).await?;
        ensure!(ends[0]["message"]["type"] == "stopped", "after {pause_ms} ms it ended with {ends}");
        // Whether the second run was taken or ignored (the first was still stopping), it has ended too.
        let second = &ends[1]["message"]["type"];
        ensure!(second.is_null() || second == "stopped", "after {pause_ms} ms the second ended with {ends}");
    }
    let ready = lab.hello().await?;
    ensure!(ready["type"] == "ready", "{ready}");
    for number in 1..=lab.heard().await?.iter().filter(|heard| heard.kind() == "stopped").count() {
        check_messages(&lab.heard().await?, &json!(number))?;
    }
    let case = Case::native(40, 500, 9);
    let finished = lab.race_with(case.params()).await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64)
}

async fn a_double_click_is_one_run(stage: &Stage) -> Outcome {
    let case = Case::native(30, 4000, 8);
    let lab = stage.open(&format!("{}&repeats=2", case.query())).await?;
    let button = stage.driver.find(By::Id("run")).await?;
    stage.driver.action_chain().double_click_element(&button).perform().await?;
    let end = lab.end(0).await?;
    ensure!(end.kind() == "finished", "it ended with {}", end.message);
    all_ok_with_hash(&end.message, &case.final_fnv1a64)?;
    ensure!(end.message["run"] == 1, "the run is {}", end.message["run"]);
    let second =
        lab.try_next(end.index + 1, &["progress", "finished", "stopped", "error"], Duration::from_secs(1)).await?;
    ensure!(second.is_none(), "the double click also gave {second:?}");
    Ok(())
}

/// Two busy workers left behind on two cores would double what follows.
async fn nothing_runs_on_behind_the_next_clock(stage: &Stage) -> Outcome {
    const ALLOWED: f64 = 1.5;
    let lab = stage.open("").await?;
    let measured = json!({
        "members": 2000, "steps": 5000, "executors": ["process"], "workers": 2, "pool": "warm", "repeats": 5, "kernel": "scalar",
    });
    let mut ratios = Vec::new();
    for _ in 0..TRIES {
        let before = lab.race_with(measured.clone()).await?;
        for executor in ["process", "thread"] {
            lab.set(long_run(executor)).await?;
            lab.begin().await?;
            stop(&lab).await?;
        }
        let after = lab.race_with(measured.clone()).await?;
        let median = |finished: &Value| number(&result_of(finished, "process")?["wall_ms"], "median");
        ratios.push(median(&after)? / median(&before)?);
        if ratios.last().is_some_and(|ratio| *ratio < ALLOWED) {
            return Ok(());
        }
    }
    Err(format!("after a stop the same run takes {ratios:?} times as long").into())
}
