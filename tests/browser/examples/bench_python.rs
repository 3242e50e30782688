//! The second benchmark: 30 members in pure Python, one after the other, by
//! processes and by threads; CPython and Pyodide beside it, in the same rounds.
//!
//! A time counts only after its results agree with the serial loop's (the script
//! sees to that). The targets are told, not asserted: machines differ. They are
//! about each one's fastest turn of a round, since whatever else the machine does
//! only adds time; what the median turns give stands beside it.

use std::env;
use std::fs;
use std::path::PathBuf;
use std::process::ExitCode;

use browser_tests::browser::Browser;
use browser_tests::contenders::{Turns, in_the_tab, natively};
use browser_tests::samples::{Figures, Samples, ratio, target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Outcome, program};
use serde_json::{Value, json};
use thirtyfour::WebDriver;

const SCRIPT: &str = include_str!("scripts/bench_ensemble.py");
const ROUNDS: usize = 5;
const MEMBERS: f64 = 30.0;
/// The script's word for what two processes gain if they need nobody: what the
/// machine gives, whose cores may be shared with others.
const LIMIT: &str = "(two at once, by themselves)";
/// What Pyodide needs to start; all of it comes from npm's package.
const PYODIDE: [(&str, &str); 5] = [
    ("pyodide.mjs", "text/javascript"),
    ("pyodide.asm.mjs", "text/javascript"),
    ("pyodide.asm.wasm", "application/wasm"),
    ("python_stdlib.zip", "application/zip"),
    ("pyodide-lock.json", "application/json"),
];

fn main() -> ExitCode {
    program::run_in_chromium("bench", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let session = browser.session()?;
    let cpython = env::var_os("PARALLEL_LAB_CPYTHON");
    warn_of_load();
    println!("30 members × 5,000 steps in pure Python, {ROUNDS} rounds of 15 turns; in the tab the second run\n");
    let mut figures = Turns::default();
    for _ in 0..ROUNDS {
        for (gil, name) in [("on", "in the tab"), ("off", "in the tab, no GIL")] {
            figures.note(name, &in_the_tab(&session, &site, SCRIPT, gil).await?)?;
        }
        figures.note("Pyodide", &pyodide(&session, &site).await?)?;
        if let Some(cpython) = &cpython {
            figures.note("CPython", &natively(cpython, SCRIPT)?)?;
        }
    }
    if cpython.is_none() {
        println!("  No CPython was found on the PATH: it is missing below.");
    }
    print_table("fastest", &figures.fastest);
    print_table("median", &figures.median);
    print_targets(&figures);
    Ok(())
}

/// One thread, as it has no other; its files come from npm's package.
async fn pyodide(session: &WebDriver, site: &Site) -> Outcome<Value> {
    let folder =
        env::var_os("PARALLEL_LAB_PYODIDE").map(PathBuf::from).ok_or("`cargo xtask bench` says where Pyodide is")?;
    for (name, kind) in PYODIDE {
        site.add_file(&format!("pyodide/{name}"), kind, fs::read(folder.join(name))?);
    }
    let page = site.add_page("pyodide.html", "<!DOCTYPE html><title>Pyodide</title>".into());
    session.goto(site.url(&page)).await?;
    let script = "
        const [code, answer] = arguments;
        (async () => {
            const indexURL = new URL('pyodide/', location.href).href;
            const { loadPyodide } = await import(indexURL + 'pyodide.mjs');
            const python = await loadPyodide({ indexURL });
            python.globals.set('__name__', 'bench');
            python.runPython(code);
            answer(python.runPython('main(has_pools=False)'));
        })().catch((error) => answer('Pyodide: ' + error));";
    let answer = session.execute_async(script, vec![json!(SCRIPT)]).await?.json().clone();
    let said = answer.as_str().unwrap_or_default();
    serde_json::from_str(said).map_err(|_| said.into())
}

fn print_table(turn: &str, figures: &Figures) {
    println!(
        "  {:<38} ms, of the rounds the median (min – max)   against its own serial loop",
        format!("The {turn} turn")
    );
    for (name, samples) in figures {
        let (who, _) = name.split_once(": ").unwrap_or((name, ""));
        let speedup = ratio(figures, &format!("{who}: serial"), name);
        println!("  {name:<38} {:<36} {speedup:6.2} ×", samples.text(""));
    }
    println!("\n  One member, serial, the {turn} turn\n");
    for (name, samples) in figures.iter().filter(|(name, _)| name.ends_with(": serial")) {
        let members = Samples(samples.0.iter().map(|ms| ms / MEMBERS).collect());
        println!("  {name:<38} {}", members.text(" ms"));
    }
    println!();
}

/// How many times faster than its own serial loop.
fn speedup(figures: &Figures, who: &str, what: &str) -> f64 {
    ratio(figures, &format!("{who}: serial"), &format!("{who}: {what}"))
}

fn print_targets(turns: &Turns) {
    const TAB: &str = "in the tab";
    println!(
        "Targets, by the fastest turns (in square brackets: by the median turns; CPython's own in the same rounds)\n"
    );
    let beside = |what: &str| {
        let median = speedup(&turns.median, TAB, what);
        let cpython = speedup(&turns.fastest, "CPython", what);
        if cpython.is_nan() { format!("[{median:.2}]") } else { format!("[{median:.2}; {cpython:.2}]") }
    };
    let process = "process, chunks of 5";
    let ours = speedup(&turns.fastest, TAB, process);
    let told = format!("ProcessPoolExecutor(2), started, in chunks of 5, ≥ 1.8 × the serial loop {}", beside(process));
    target(&told, ours >= 1.8, ours);
    let limit = speedup(&turns.fastest, TAB, LIMIT);
    let told = format!("the same ≥ 0.9 of what two processes by themselves gain here ({limit:.2} ×)");
    target(&told, ours >= 0.9 * limit, ours / limit);
    let thread = speedup(&turns.fastest, TAB, "thread");
    let told = format!("ThreadPoolExecutor(2) under the GIL about 1.0 × {}", beside("thread"));
    target(&told, (0.85..1.15).contains(&thread), thread);
    let free = speedup(&turns.fastest, "in the tab, no GIL", "thread");
    target("ThreadPoolExecutor(2) without the GIL faster than with it", free > thread, free / thread);
    let peer = |figures| ratio(figures, "Pyodide: serial", "in the tab: process, chunks of 5");
    let told = format!("two processes faster than Pyodide's one thread [{:.2}]", peer(&turns.median));
    target(&told, peer(&turns.fastest) > 1.0, peer(&turns.fastest));
}
