//! Pythons that run the same benchmark: in the tab, and CPython beside it.

use std::env;
use std::ffi::OsString;
use std::fs;
use std::process::Command;
use std::time::Duration;

use serde_json::{Value, json};
use thirtyfour::WebDriver;

use crate::ensure;
use crate::lab::Lab;
use crate::runner::Outcome;
use crate::samples::Figures;
use crate::site::Site;

const READING: Duration = Duration::from_secs(3);

/// Of each round the fastest and the median turn, by `who: what`.
#[derive(Default)]
pub struct Turns {
    /// What each could do.
    pub fastest: Figures,
    /// What it did.
    pub median: Figures,
}

impl Turns {
    /// Takes what a script has printed in a round: `{what: [fastest_ms, median_ms]}`.
    ///
    /// # Errors
    /// When these are no times.
    pub fn note(&mut self, who: &str, times: &Value) -> Outcome {
        let times = times.as_object().ok_or_else(|| format!("{who} gave no times: {times}"))?;
        for (what, ms) in times {
            for (figures, ms) in [(&mut self.fastest, &ms[0]), (&mut self.median, &ms[1])] {
                let ms = ms.as_f64().ok_or_else(|| format!("{who}, {what}: {ms} is no time"))?;
                figures.entry(format!("{who}: {what}")).or_default().0.push(ms);
            }
        }
        Ok(())
    }
}

/// What a script prints in its second run in the lab, with the GIL `on` or `off` and two workers.
///
/// # Errors
/// When it does not come to its end.
pub async fn in_the_tab(session: &WebDriver, site: &Site, script: &str, gil: &str) -> Outcome<Value> {
    session.goto("about:blank").await?;
    session.goto(site.url("index.html?lab=python")).await?;
    let lab = Lab::unframed(session);
    lab.ready().await?;
    lab.set(json!({ "code": script, "gil": gil, "workers": 2 })).await?;
    // In the first run the browser still compiles, on the same cores. Then a person
    // reads; meanwhile Python leaves what processes start from (www/python-snapshot.js).
    lab.race().await?;
    tokio::time::sleep(READING).await;
    let finished = lab.race().await?;
    let printed = lab.printed().await?;
    ensure!(finished["python"]["status"] == "ok", "the script ended with {finished}: {printed}");
    Ok(serde_json::from_str(&printed)?)
}

/// What it prints in CPython.
///
/// # Errors
/// When it does not come to its end.
pub fn natively(cpython: &OsString, text: &str) -> Outcome<Value> {
    let script = env::temp_dir().join(format!("parallel-lab-bench-{}.py", std::process::id()));
    fs::write(&script, text)?;
    let output = Command::new(cpython).arg(&script).output();
    let _ = fs::remove_file(&script);
    let output = output?;
    ensure!(output.status.success(), "CPython failed: {}", String::from_utf8_lossy(&output.stderr));
    Ok(serde_json::from_slice(&output.stdout)?)
}
