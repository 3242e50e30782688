//! Every key of the quiz against fresh runs: each question is answered by its key, and run by
//! the page as a student has it run.
//!
//! The targets are told, not asserted: machines differ, and the page says why.

use std::process::ExitCode;
use std::time::Duration;

use browser_tests::browser::Browser;
use browser_tests::quiz::questions;
use browser_tests::samples::{target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, ensure, program};
use parallel_lab::lab::quiz::item::Item;
use serde_json::{Value, json};

const ROUNDS: usize = 3;
/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);

fn main() -> ExitCode {
    program::run_in_chromium("bench", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let mut items = questions()?;
    items.sort_by(|a, b| a.place.unwrap_or(f64::INFINITY).total_cmp(&b.place.unwrap_or(f64::INFINITY)));
    warn_of_load();
    println!("{} questions, each run {ROUNDS} times, on a page of its own\n", items.len());
    let mut shown = 0;
    for item in &items {
        let mut verdicts = Vec::new();
        for _ in 0..ROUNDS {
            browser.fresh_tab().await?;
            let session = browser.session()?;
            session.goto(site.url(&format!("index.html?lab=quiz&item={}", item.id))).await?;
            let (verdict, figures) = ask(&Lab::unframed(&session), item).await?;
            println!("  {:<10} {:<14} {verdict:<8} {figures}", item.id, item.key);
            verdicts.push(verdict);
        }
        shown += usize::from(verdicts.iter().filter(|it| *it == "agrees").count() * 2 > ROUNDS);
    }
    println!("\nTargets\n");
    let share = shown as f64 / items.len() as f64;
    target("of all keys most runs show so many", shown == items.len(), share);
    Ok(())
}

/// Answers by the key, has it run, says that the first way was first; gives how the run stands
/// to the key, and its figures.
async fn ask(lab: &Lab, item: &Item) -> Outcome<(String, String)> {
    lab.ready().await?;
    press(lab, &format!("[data-option='{}']", item.key)).await?;
    press(lab, "[data-sure='sure']").await?;
    lab.appears("[data-stage=ready]").await?;
    let after = lab.heard().await?.len() as u64;
    press(lab, "#run").await?;
    let end = lab.end_within(after, PATIENCE).await?;
    ensure!(end.kind() == "finished", "{}: {}", item.id, end.message);
    lab.idle().await?;
    // Where there are no figures, nothing can be said of them, and the verdict is there.
    let asks = "return document.querySelector('[data-stage=look], [data-stage=explained]') !== null;";
    lab.comes("the question after the run", asks, vec![]).await?;
    let looks = "return document.querySelector('[data-stage=look]') !== null;";
    if lab.script(looks, vec![]).await? == true {
        press(lab, "[data-first='1']").await?;
        // By how much is asked only where one is not nothing.
        let asks = "return document.querySelector('[data-factor], [data-stage=explained]') !== null;";
        lab.comes("by how much, or the verdict", asks, vec![]).await?;
        let factor = "document.querySelector(\"[data-factor='4']\")?.click();";
        lab.script(factor, vec![]).await?;
    }
    let told = lab.next_within(after, &["answered"], PATIENCE).await?;
    let figures = figures(item, &end.message["quiz"]["run"]["told"]);
    Ok((told.message["verdict"].as_str().unwrap_or("none").to_owned(), figures))
}

async fn press(lab: &Lab, selector: &str) -> Outcome {
    lab.appears(selector).await?;
    lab.script("document.querySelector(arguments[0]).click();", vec![json!(selector)]).await?;
    Ok(())
}

fn figures(item: &Item, told: &Value) -> String {
    let of = |name: &str| told[name].as_f64().map_or_else(|| told[name].to_string(), |it| format!("{it:.1}"));
    item.contenders.iter().map(|it| format!("{} {}", it.told, of(&it.told))).collect::<Vec<_>>().join(", ")
}
