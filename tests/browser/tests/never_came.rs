//! Workers that never come, as in a browser that lets only so many run: they are no part of
//! any figure, and nothing waits for them.

use std::time::Duration;

use browser_tests::browser::Browser;
use browser_tests::report::{check_figures, check_sentence, number, result_of};
use browser_tests::site::Site;
use browser_tests::{Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};

/// Nobody waits longer for a run's end, nor for a script's.
const ENDING_LIMIT: Duration = Duration::from_secs(80);
/// A worker that is not up after so long is not waited for (ARCHITECTURE.md), ms.
const START_LIMIT_MS: f64 = 8_000.0;

pub(super) const SUITE: Suite = Suite::crowded(
    module_path!(),
    &tests![
        firefox:
            workers_that_never_came_are_no_figure,
            no_workers_at_all_are_no_figure,
            cores_end_where_workers_do,
            python_does_not_wait_for_processes_that_never_come,
            a_pool_does_not_fill_itself_up_for_ever,
            python_does_not_wait_for_threads_that_never_come;
    ],
);

/// Firefox that lets so many workers run at once.
async fn firefox_of_few_workers(workers: u32) -> Outcome<(Browser, Stage)> {
    Stage::firefox_with(&[("dom.workers.maxPerDomain", json!(workers))], Site::start()?).await
}

async fn workers_that_never_came_are_no_figure(_: &Stage) -> Outcome {
    for pool in ["cold", "warm"] {
        let (_browser, stage) = firefox_of_few_workers(2).await?;
        let lab = stage.open(&format!("embed&lab=race&members=30&repeats=2&workers=2&pool={pool}")).await?;
        let index = lab.send("run", json!({})).await?;
        let end = lab.end_within(index, ENDING_LIMIT).await?;
        ensure!(end.kind() == "finished", "{pool}: {}", end.message);
        let process = result_of(&end.message, "process")?;
        ensure!(process["status"] == "ok" && process["workers"] == 1, "{pool}: {process}");
        check_figures(process)?;
        check_sentence(&process["reason"])?;
        let reason = process["reason"].as_str().unwrap_or_default();
        ensure!(reason.starts_with("1 of 2 workers started: "), "{pool}: {reason}");
        for time in
            [number(&process["wall_ms"], "max")?, number(process, "startup_ms")?, number(process, "overhead_ms")?]
        {
            ensure!(time < 0.9 * START_LIMIT_MS, "{pool}: the limit is a part of the figures: {process}");
        }
        let thread = result_of(&end.message, "thread")?;
        ensure!(thread["status"] == "unavailable" && thread["wall_ms"].is_null(), "{pool}: {thread}");
        let page = lab.script("return document.body.innerText;", vec![]).await?;
        let page = page.as_str().unwrap_or_default();
        ensure!(page.contains("Process-like ran with fewer workers than set"), "{pool}: the verdict is silent: {page}");
        ensure!(page.contains(reason), "{pool}: the page does not say why: {page}");
    }
    Ok(())
}

async fn no_workers_at_all_are_no_figure(_: &Stage) -> Outcome {
    let (_browser, stage) = firefox_of_few_workers(1).await?;
    let lab = stage.open("embed&lab=race&members=30&repeats=1&workers=2").await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    for executor in ["process", "thread"] {
        let result = result_of(&end.message, executor)?;
        ensure!(result["status"] == "unavailable" && result["wall_ms"].is_null(), "{result}");
        check_sentence(&result["reason"])?;
    }
    ensure!(result_of(&end.message, "serial")?["status"] == "ok", "{}", end.message);
    Ok(())
}

async fn cores_end_where_workers_do(_: &Stage) -> Outcome {
    let (_browser, stage) = firefox_of_few_workers(2).await?;
    let lab = stage.open("embed&lab=cores&repeats=1&workers=2").await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    let points = end.message["cores"]["points"].as_array().cloned().unwrap_or_default();
    ensure!(points.iter().all(|point| point["workers"] == 1), "a point with workers that never came: {points:?}");
    for point in &points {
        ensure!(number(point, "compute_ms")? < 0.9 * START_LIMIT_MS, "the limit is a part of {point}");
    }
    lab.until_status("1 of 2 workers started").await?;
    lab.until_status("The curve ends there.").await
}

/// Runs a script until the page says something; gives the run's end.
async fn python(workers: u32, code: &str, said: &str) -> Outcome<Value> {
    let (_browser, stage) = firefox_of_few_workers(workers).await?;
    let lab = stage.open("embed&lab=python&workers=2").await?;
    lab.appears("#code").await?;
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?.message;
    let question = "return document.body.innerText.includes(arguments[0]);";
    lab.comes(said, question, vec![json!(said)]).await?;
    Ok(end)
}

const PROCESSES: &str = "
from concurrent.futures import ProcessPoolExecutor
def square(x):
    return x * x
if __name__ == '__main__':
    with ProcessPoolExecutor(2) as pool:
        print(sum(pool.map(square, range(10))))
";

async fn python_does_not_wait_for_processes_that_never_come(_: &Stage) -> Outcome {
    let end = python(2, PROCESSES, "1 of 2 processes started").await?;
    ensure!(end["type"] == "finished", "{end}");
    ensure!(end["python"]["exception"] == "BrokenProcessPool" && end["python"]["processes"] == 1, "{end}");
    ensure!(number(&end["python"], "startup_ms")? < 0.9 * START_LIMIT_MS, "a start that never was is a figure: {end}");
    Ok(())
}

async fn a_pool_does_not_fill_itself_up_for_ever(_: &Stage) -> Outcome {
    let pool = PROCESSES.replace("concurrent.futures", "multiprocessing").replace("ProcessPoolExecutor", "Pool");
    let end = python(1, &pool, "0 of 2 processes started").await?;
    ensure!(end["type"] == "error" && end["code"] == "python", "{end}");
    check_sentence(&end["message"])
}

async fn python_does_not_wait_for_threads_that_never_come(_: &Stage) -> Outcome {
    // The first is there for as long as the second is waited for.
    let threads = "
import threading
done = threading.Event()
threading.Thread(target=done.wait).start()
try:
    threading.Thread(target=print, args=['there']).start()
finally:
    done.set()
";
    let end = python(2, threads, "RuntimeError").await?;
    ensure!(end["type"] == "finished" && end["python"]["exception"] == "RuntimeError", "{end}");
    Ok(())
}
