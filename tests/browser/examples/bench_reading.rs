//! Reads of small files: 16 of them one after the other, and by 16 threads, with the GIL and
//! without it. What is computed hardly counts: reading is waiting.

use std::process::ExitCode;

use browser_tests::browser::Browser;
use browser_tests::samples::{Figures, ratio, target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, ensure, program};
use serde_json::json;

const ROUNDS: usize = 5;
const SCRIPT: &str = "
import json, time
from concurrent.futures import ThreadPoolExecutor
from lab import tell

NAMES = [f'data/answers/answer-{number:03}.json' for number in range(1, 17)]

def read(name):
    with open(name) as file:
        return json.load(file)['answer']

def timed(name, work):
    start = time.perf_counter()
    answers = list(work())
    tell(name, (time.perf_counter() - start) * 1e3)
    assert answers == list(range(1, 17))

with ThreadPoolExecutor(16) as executor:
    # The threads are there before the clock starts.
    list(executor.map(time.sleep, [0.5] * 16))
    timed('16 threads', lambda: executor.map(read, NAMES))
timed('one by one', lambda: map(read, NAMES))
";

fn main() -> ExitCode {
    program::run_in_chromium("bench", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let session = browser.session()?;
    warn_of_load();
    println!("16 reads of small files, with a latency of 50 ms each (25 to 75), {ROUNDS} rounds\n");
    let mut figures = Figures::default();
    for _ in 0..ROUNDS {
        for (gil, name) in [("on", "with the GIL"), ("off", "without it")] {
            session.goto("about:blank").await?;
            session.goto(site.url("index.html?lab=python")).await?;
            let lab = Lab::unframed(&session);
            lab.ready().await?;
            lab.set(json!({ "code": SCRIPT, "gil": gil })).await?;
            let finished = lab.race().await?;
            ensure!(finished["python"]["status"] == "ok", "the script ended with {finished}");
            for (what, ms) in finished["python"]["told"].as_object().into_iter().flatten() {
                let ms = ms.as_f64().ok_or_else(|| format!("{what}: {ms} is no time"))?;
                figures.entry(format!("{name}: {what}")).or_default().0.push(ms);
            }
        }
    }
    for (name, samples) in &figures {
        println!("  {name:<28} {}", samples.text(" ms"));
    }
    println!();
    let gain = ratio(&figures, "with the GIL: one by one", "with the GIL: 16 threads");
    target("16 threads under the GIL ≥ 8 × one by one", gain >= 8.0, gain);
    let free = ratio(&figures, "without it: one by one", "without it: 16 threads");
    target("the same without the GIL", free >= 8.0, free);
    Ok(())
}
