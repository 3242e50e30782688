//! Labs beside each other: two and six frames of one page that start together must show
//! what one alone shows, since they run one after the other.
//!
//! Rounds alternate between pages, so that whatever else the machine does falls on all
//! alike; each lab's median is set against the mean of one alone right before and after.

use std::process::ExitCode;
use std::time::Duration;

use browser_tests::browser::Browser;
use browser_tests::host::{self, Frame};
use browser_tests::report::{number, result_of};
use browser_tests::samples::{Figures, Samples, target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, ensure, program};
use serde_json::Value;
use thirtyfour::WebDriver;

const ROUNDS: usize = 5;
/// So many labs on one page.
const PAGES: [usize; 2] = [2, 6];
const EXECUTORS: [&str; 4] = ["serial", "vectorized", "process", "thread"];
const QUERY: &str = "embed&members=1000&steps=5000&workers=2&repeats=5";
const RUN_LIMIT: Duration = Duration::from_secs(280);
/// One alone may be exceeded, or not reached, by this factor.
const LIMIT: f64 = 1.15;

fn main() -> ExitCode {
    program::run_in_chromium("bench frames", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let session = browser.session()?;
    warn_of_load();
    println!("{QUERY}, {ROUNDS} rounds; wall time against one lab alone, right before and after\n");
    let mut figures = Figures::new();
    for _ in 0..ROUNDS {
        let mut before = together(&session, &site, 1).await?;
        for labs in PAGES {
            let crowd = together(&session, &site, labs).await?;
            let after = together(&session, &site, 1).await?;
            for (index, executor) in EXECUTORS.iter().enumerate() {
                let alone = (wall_ms(&before[0], executor)? + wall_ms(&after[0], executor)?) / 2.0;
                for finished in &crowd {
                    let name = format!("{index} {executor}, {labs} labs");
                    figures.entry(name).or_default().0.push(wall_ms(finished, executor)? / alone);
                }
            }
            before = after;
        }
    }
    for (name, samples) in &figures {
        println!("  {:<34} {}", &name[2..], samples.text("×"));
    }
    println!("\nTargets\n");
    for (name, samples) in &figures {
        let ratio = Samples::median(samples);
        target(&format!("{} within 15 % of one alone", &name[2..]), (1.0 / LIMIT..=LIMIT).contains(&ratio), ratio);
    }
    Ok(())
}

/// Runs so many labs on one page, all of them begun by one task of it.
async fn together(session: &WebDriver, site: &Site, labs: usize) -> Outcome<Vec<Value>> {
    let ids: Vec<_> = (0..labs).map(|index| format!("lab-{index}")).collect();
    let src = site.url(&format!("index.html?{QUERY}"));
    let frames: Vec<_> = ids.iter().map(|id| Frame::new(id, src.clone())).collect();
    let page = site.add_page("frames.html", host::page("/recorder.js", &frames));
    session.goto(site.url(&page)).await?;
    let labs: Vec<_> = ids.iter().map(|id| Lab::framed(session, id)).collect();
    for lab in &labs {
        lab.ready().await?;
    }
    let script = "
        for (const frame of document.querySelectorAll('iframe')) {
            frame.contentWindow.postMessage({ app: 'parallel-lab', v: 1, type: 'run' }, '*');
        }";
    session.execute(script, vec![]).await?;
    let mut finished = Vec::new();
    for lab in &labs {
        let end = lab.end_within(0, RUN_LIMIT).await?;
        ensure!(end.kind() == "finished", "a run ended with {}", end.message);
        finished.push(end.message);
    }
    Ok(finished)
}

fn wall_ms(finished: &Value, executor: &str) -> Outcome<f64> {
    let result = result_of(finished, executor)?;
    ensure!(result["status"] == "ok", "{executor} is {}: {}", result["status"], result["reason"]);
    number(&result["wall_ms"], "median")
}
