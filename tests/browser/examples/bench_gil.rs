//! The GIL's benchmark: what two threads with the lock, two without it and two processes take
//! for what one thread does, by the GIL lab's own runs; and what a small request pays beside a
//! thread that computes.
//!
//! The targets are told, not asserted: machines differ.

use std::process::ExitCode;

use browser_tests::browser::Browser;
use browser_tests::report::number;
use browser_tests::samples::{Samples, target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, ensure, program};
use serde_json::{Value, json};

const ROUNDS: usize = 5;
const WAYS: [&str; 3] = ["locked", "free", "process"];

fn main() -> ExitCode {
    program::run_in_chromium("bench", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let session = browser.session()?;
    warn_of_load();
    session.goto(site.url("index.html?lab=gil&threads=2")).await?;
    let lab = Lab::unframed(&session);
    lab.ready().await?;
    println!("16 tasks by 2 workers, time of one thread = 1, {ROUNDS} rounds after one that does not count\n");
    let mut locked = Vec::new();
    for kind in ["pure", "compiled", "io"] {
        let ratios = ratios(&lab, kind, |way| Ok(number(way, "work_ms")? / number(way, "one_ms")?)).await?;
        for (way, samples) in WAYS.iter().zip(&ratios) {
            println!("  {kind:<9} {way:<8} {}", samples.text(" of one thread"));
        }
        locked.push(ratios);
    }
    let convoy = ratios(&lab, "convoy", |way| Ok(number(way, "company_ms")? / number(way, "alone_ms")?)).await?;
    for (way, samples) in WAYS.iter().zip(&convoy) {
        println!("  {:<9} {way:<8} {}", "convoy", samples.text(" of a round trip alone"));
    }
    println!("\nTargets\n");
    let [gil, free, _] = &locked[0];
    target("with the GIL two threads take about as long as one", (0.85..1.2).contains(&gil.median()), gil.median());
    target("without it about half", (0.4..0.7).contains(&free.median()), free.median());
    let waiting = locked[2][0].median();
    target("waiting, two threads with the GIL take about half", (0.4..0.65).contains(&waiting), waiting);
    target("a small request beside a busy thread takes longer", convoy[0].median() > 2.0, convoy[0].median());
    Ok(())
}

/// Of each way, round by round.
async fn ratios(lab: &Lab, kind: &str, of: impl Fn(&Value) -> Outcome<f64>) -> Outcome<[Samples; 3]> {
    let mut all: [Samples; 3] = Default::default();
    for round in 0..=ROUNDS {
        lab.set(json!({ "kind": kind })).await?;
        let finished = lab.race().await?;
        for (samples, name) in all.iter_mut().zip(WAYS) {
            let ways = finished["gil"]["ways"].as_array().ok_or("no ways")?;
            let way = ways.iter().find(|it| it["way"] == name).ok_or("a way is missing")?;
            ensure!(way["status"] == "ok", "{name}: {way}");
            // In the first the browser still compiles, on the same cores.
            if round > 0 {
                samples.0.push(of(way)?);
            }
        }
    }
    Ok(all)
}
