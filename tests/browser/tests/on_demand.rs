//! Parts of the program that are fetched when they are needed: where one is missing or
//! never comes, the lab says so, goes on as far as it can, and asks for it again.

use std::time::Duration;

use browser_tests::report::check_sentence;
use browser_tests::site::{Fault, FaultKind};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::json;
use thirtyfour::By;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const QUICK: &str = "members=20&steps=100&repeats=1&workers=2";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![both:
        what_shows_a_run_comes_before_anybody_runs,
        what_shows_a_run_is_missing,
        what_shows_a_race_is_missing,
        what_runs_experiments_is_missing,
        what_runs_experiments_never_comes,
        what_runs_python_is_missing,
        the_dialog_is_missing,
        the_pages_own_engine_is_missing,
    ],
);

fn break_part(stage: &Stage, part: &str, kind: FaultKind) {
    stage.site.break_files(&[Fault::new(format!("parallel-lab-*_{part}.wasm"), kind)]);
}

/// Runs, and gives the end.
async fn end(lab: &Lab, wanted: &str) -> Outcome {
    let run = lab.send("run", json!({})).await?;
    let end = lab.end_within(run, PATIENCE).await?;
    ensure!(end.kind() == wanted, "a run ended with {}", end.message);
    if wanted == "error" {
        check_sentence(&end.message["message"])?;
    }
    lab.idle().await
}

/// Fetched between the two races of a first visit, it would take time from the second.
async fn what_shows_a_run_comes_before_anybody_runs(stage: &Stage) -> Outcome {
    let question = "return performance.getEntriesByType('resource').some((it) => it.name.endsWith(arguments[0]));";
    for (query, lab) in [("", "race"), (QUICK, "race"), ("lab=python", "script")] {
        let page = stage.open(query).await?;
        for file in ["_results.wasm".to_owned(), format!("_{lab}-results.wasm")] {
            page.comes("what shows a run", question, vec![json!(file)]).await?;
        }
    }
    Ok(())
}

async fn what_shows_a_run_is_missing(stage: &Stage) -> Outcome {
    what_shows_a_run_lacks(stage, "results").await
}

async fn what_shows_a_race_is_missing(stage: &Stage) -> Outcome {
    what_shows_a_run_lacks(stage, "race-results").await
}

async fn what_shows_a_run_lacks(stage: &Stage, part: &str) -> Outcome {
    break_part(stage, part, FaultKind::Missing);
    let lab = stage.open(QUICK).await?;
    end(&lab, "finished").await?;
    lab.appears("#results [data-status=ok]").await?;
    let said = lab.appears("[role=alert]").await?;
    ensure!(said.contains("could not be loaded"), "the lab says {said:?}");
    let script = "return document.querySelectorAll('[role=alert]').length;";
    let times = lab.script(script, vec![]).await?;
    ensure!(times == 1, "it is said {times} times");
    stage.site.break_files(&[]);
    end(&lab, "finished").await?;
    for block in ["#lanes:not([hidden])", "#explanation", "#attractor[data-points]"] {
        lab.appears(block).await?;
    }
    let times = lab.script(script, vec![]).await?;
    ensure!(times == 0, "it is still said");
    Ok(())
}

async fn what_runs_experiments_is_missing(stage: &Stage) -> Outcome {
    break_part(stage, "engines", FaultKind::Missing);
    let lab = stage.open(QUICK).await?;
    end(&lab, "error").await?;
    stage.site.break_files(&[]);
    end(&lab, "finished").await
}

async fn what_runs_experiments_never_comes(stage: &Stage) -> Outcome {
    break_part(stage, "engines", FaultKind::Stalled);
    let lab = stage.open(QUICK).await?;
    let run = lab.send("run", json!({})).await?;
    lab.until_status("Loading").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end(run).await?;
    ensure!(end.kind() == "stopped", "Stop was answered by {}", end.message);
    lab.idle().await
}

async fn what_runs_python_is_missing(stage: &Stage) -> Outcome {
    break_part(stage, "python", FaultKind::Missing);
    let lab = stage.open("lab=python&workers=2").await?;
    lab.until_status("could not be loaded").await?;
    end(&lab, "error").await?;
    stage.site.break_files(&[]);
    end(&lab, "finished").await
}

async fn the_dialog_is_missing(stage: &Stage) -> Outcome {
    break_part(stage, "embed", FaultKind::Missing);
    let lab = stage.open(QUICK).await?;
    let press = async || -> Outcome {
        lab.appears("#embed").await?;
        let button = stage.driver.find(By::Id("embed")).await?;
        button.scroll_into_view().await?;
        Ok(button.click().await?)
    };
    press().await?;
    let said = lab.appears("[role=alert]").await?;
    ensure!(said.contains("could not be loaded"), "the lab says {said:?}");
    stage.site.break_files(&[]);
    press().await?;
    lab.appears("#embed-dialog:modal").await.map(drop)
}

async fn the_pages_own_engine_is_missing(stage: &Stage) -> Outcome {
    stage.site.insert("delete window.Worker;");
    break_part(stage, "alone", FaultKind::Missing);
    let lab = stage.open(QUICK).await?;
    end(&lab, "error").await?;
    stage.site.break_files(&[]);
    end(&lab, "finished").await?;
    lab.appears("#results [data-executor=serial][data-status=ok]").await.map(drop)
}
