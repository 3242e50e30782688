//! axe-core finds nothing, in either theme, in any state.

use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::report::result_of;
use browser_tests::{Outcome, Stage, Suite, ensure, tests};
use serde_json::json;
use thirtyfour::By;
use xtask::server::{Fault, FaultKind};

const THEMES: [&str; 2] = ["light", "dark"];
/// What can be unfolded; a dialog that is closed can't.
const FOLDED: &str = "details:not([open]):not(dialog:not([open]) *) > summary";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        either:
            the_question,
            idle_and_with_notices,
            running_and_finished,
            failed,
            python;
    ],
);

async fn the_question(stage: &Stage) -> Outcome {
    for theme in THEMES {
        let lab = stage.open(&format!("question&theme={theme}")).await?;
        ensure!(stage.driver.find_all(By::Css(".answer")).await?.len() == 4, "no question");
        check(&lab, &format!("the question, {theme}")).await?;
    }
    Ok(())
}

async fn idle_and_with_notices(stage: &Stage) -> Outcome {
    for theme in THEMES {
        let lab = stage.open(&format!("members=12&theme={theme}")).await?;
        lab.appears("#embed").await?;
        check(&lab, &format!("idle, {theme}")).await?;
        stage.driver.find(By::Id("embed")).await?.click().await?;
        check(&lab, &format!("embedding, {theme}")).await?;
        let lab = stage.open(&format!("members=many&steps=0&nonsense=1&theme={theme}")).await?;
        check(&lab, &format!("notices, {theme}")).await?;
    }
    Ok(())
}

async fn running_and_finished(stage: &Stage) -> Outcome {
    for theme in THEMES {
        let query = format!("members=50&steps=500&repeats=2&theme={theme}");
        let lab = stage.open(&query).await?;
        stage.driver.find(By::Css("#predict input[value=thread]")).await?.click().await?;
        lab.race().await?;
        check(&lab, &format!("finished, {theme}")).await?;
        stage.driver.find(By::Id("explain")).await?.click().await?;
        check(&lab, &format!("explained, {theme}")).await?;
        stage.driver.find(By::Id("more-settings")).await?.click().await?;
        for summary in stage.driver.find_all(By::Css(FOLDED)).await? {
            summary.click().await?;
        }
        check(&lab, &format!("all unfolded, {theme}")).await?;
        lab.set(json!({ "members": 200_000, "steps": 20_000 })).await?;
        let begun = lab.begin().await?;
        ensure!(begun.kind() == "progress", "the run began with {}", begun.message);
        check(&lab, &format!("running, {theme}")).await?;
        lab.send("stop", json!({})).await?;
        lab.next(begun.index, &["stopped"]).await?;
    }
    Ok(())
}

async fn failed(stage: &Stage) -> Outcome {
    for theme in THEMES {
        stage.site.break_files(&[Fault::new("engine-threaded-*/*", FaultKind::Missing)]);
        let lab = stage.open(&format!("members=50&steps=500&repeats=1&theme={theme}")).await?;
        let finished = lab.race().await?;
        ensure!(result_of(&finished, "thread")?["status"] != "ok", "threads ran without their engine");
        check(&lab, &format!("an executor failed, {theme}")).await?;
        stage.site.break_files(&[]);
    }
    Ok(())
}

async fn python(stage: &Stage) -> Outcome {
    for theme in THEMES {
        let lab = stage.open(&format!("lab=python&program=thread-pool&theme={theme}")).await?;
        // Its scripts are fetched after `ready`.
        lab.appears("#code").await?;
        check(&lab, &format!("Python, before a run, {theme}")).await?;
        let run = lab.send("run", json!({})).await?;
        lab.next_within(run, &["finished"], Duration::from_secs(120)).await?;
        for summary in stage.driver.find_all(By::Css(FOLDED)).await? {
            summary.click().await?;
        }
        check(&lab, &format!("Python, finished, {theme}")).await?;
        lab.set(json!({ "code": "1 / 0\n" })).await?;
        let run = lab.send("run", json!({})).await?;
        lab.next_within(run, &["finished"], Duration::from_secs(120)).await?;
        check(&lab, &format!("Python, with a traceback, {theme}")).await?;
        let lab = stage.open(&format!("lab=guard&theme={theme}")).await?;
        lab.appears("#code").await?;
        check(&lab, &format!("A lab that is data, before a run, {theme}")).await?;
        let run = lab.send("run", json!({})).await?;
        lab.next_within(run, &["finished"], Duration::from_secs(120)).await?;
        check(&lab, &format!("A lab that is data, finished, {theme}")).await?;
    }
    Ok(())
}
