//! What holds for every lab of the list: a new one gets these tests without a line.

use std::process::ExitCode;
use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::host::{self, Frame};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, ensure, runner, tests};
use parallel_lab::lab::CATALOGUE;
use parallel_lab::model::lab::Lab as Listed;
use serde_json::{Value, json};

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const ENDS: [&str; 3] = ["finished", "stopped", "error"];
/// What makes any lab quick; others ignore what is not theirs.
const QUICK: &str = "members=50&steps=200&repeats=1&workers=2";
/// Phones, CSS pixels.
const NARROW: [u32; 2] = [320, 390];

fn main() -> ExitCode {
    runner::main(&tests![
        both:
            each_opens_wherever_it_stands,
            each_runs_and_stops,
            each_meets_nonsense_with_words,
            each_can_be_read_by_all;
    ])
}

fn labs() -> impl Iterator<Item = &'static Listed> {
    CATALOGUE.labs.iter().copied()
}

/// The lab is there with its heading, and nothing broke.
async fn stands(lab: &Lab, listed: &Listed) -> Outcome {
    let name = listed.name;
    let ready = lab.ready().await?;
    ensure!(ready["lab"] == name, "{name}: {ready}");
    let found = lab.appears("#question").await?;
    ensure!(!found.trim().is_empty(), "{name} has no heading");
    Ok(())
}

async fn each_opens_wherever_it_stands(stage: &Stage) -> Outcome {
    let elsewhere = Site::start_not_isolated()?;
    for listed in labs() {
        let query = format!("index.html?embed&lab={}", listed.name);
        for site in [&stage.site, &elsewhere] {
            let framed = host::open_one(stage, site, "127.0.0.1", Frame::new("lab", site.url(&query))).await?;
            stands(&framed, listed).await?;
        }
        let alone = stage.open(&format!("lab={}", listed.name)).await?;
        stands(&alone, listed).await?;
        let errors = alone.script("return window.recorder.errors;", vec![]).await?;
        ensure!(errors == json!([]), "{}: {errors}", listed.name);
    }
    Ok(())
}

async fn each_runs_and_stops(stage: &Stage) -> Outcome {
    for listed in labs().filter(|lab| lab.is_experiment()) {
        let lab = stage.open(&format!("lab={}&{QUICK}", listed.name)).await?;
        let run = lab.send("run", json!({})).await?;
        let end = lab.next_within(run, &ENDS, PATIENCE).await?;
        ensure!(end.kind() == "finished", "{} ended with {}", listed.name, end.message);
        ensure!(end.message["lab"] == listed.name, "{}: {}", listed.name, end.message);
        // Whatever it is doing, Stop ends it, and it can run again.
        lab.idle().await?;
        let run = lab.send("run", json!({})).await?;
        lab.send("stop", json!({})).await?;
        lab.idle().await?;
        let again = lab.send("run", json!({})).await?;
        let end = lab.next_within(again, &ENDS, PATIENCE).await?;
        ensure!(end.index > run, "{} does not run again", listed.name);
    }
    Ok(())
}

async fn each_meets_nonsense_with_words(stage: &Stage) -> Outcome {
    for listed in labs() {
        // A text may be anything.
        let names: Vec<_> = listed.parameters().map(|it| it.name).filter(|name| *name != "code").collect();
        let nonsense: Vec<_> = names.iter().map(|name| format!("{name}=%22%3Cb%3E-NaN")).collect();
        let lab = stage.open(&format!("lab={}&{}", listed.name, nonsense.join("&"))).await?;
        let heard = lab.heard().await?;
        let notice = heard.iter().find(|heard| heard.kind() == "notice").ok_or("no notice")?;
        let problems = notice.message["problems"].as_array().cloned().unwrap_or_default();
        for name in &names {
            let told = problems.iter().find(|problem| problem["parameter"] == *name);
            let told = told.ok_or_else(|| format!("{}: nothing is said of {name}", listed.name))?;
            ensure!(told["allowed"] != "" && told["used"] != "", "{}: {told}", listed.name);
        }
        let broken = lab.script("return document.querySelectorAll('#notices b').length;", vec![]).await?;
        ensure!(broken == 0, "{}: what was given stands in the page as HTML", listed.name);
    }
    Ok(())
}

async fn each_can_be_read_by_all(stage: &Stage) -> Outcome {
    for listed in labs() {
        for theme in ["light", "dark"] {
            let lab = stage.open(&format!("lab={}&theme={theme}", listed.name)).await?;
            lab.appears("#question").await?;
            check(&lab, &format!("{}, {theme}", listed.name)).await?;
        }
        for width in NARROW {
            let query = format!("index.html?embed&lab={}", listed.name);
            let lab =
                host::open_one(stage, &stage.site, "127.0.0.1", Frame::new("lab", stage.site.url(&query))).await?;
            stands(&lab, listed).await?;
            let script = "document.getElementById('lab').width = arguments[0];";
            lab.script(script, vec![json!(width)]).await?;
            let script = "
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                return document.documentElement.scrollWidth;";
            let script = format!("return (async () => {{ {script} }})();");
            let needed: Value = lab.inside(&script, vec![]).await?;
            ensure!(needed.as_u64().unwrap_or(u64::MAX) <= width.into(), "{} needs {needed} of {width}", listed.name);
        }
    }
    Ok(())
}
