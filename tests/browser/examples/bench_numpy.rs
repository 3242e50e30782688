//! The lab's NumPy against NumPy under CPython, in the same rounds: calls on small
//! arrays, kernels over large ones, random numbers, the import in a new process,
//! and two threads under the GIL.
//!
//! The targets are told, not asserted: machines differ. They are about each one's
//! fastest turn of a round.

use std::env;
use std::process::ExitCode;

use browser_tests::browser::Browser;
use browser_tests::contenders::{Turns, in_the_tab, natively};
use browser_tests::samples::{ratio, target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Outcome, program};

const SCRIPT: &str = include_str!("scripts/bench_numpy.py");
const ROUNDS: usize = 3;
const TAB: &str = "in the tab";
const NUMPY: &str = "NumPy";

fn main() -> ExitCode {
    program::run_in_chromium("bench", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let session = browser.session()?;
    let python =
        env::var_os("PARALLEL_LAB_CPYTHON").ok_or("`cargo xtask bench numpy` says where a CPython with NumPy is")?;
    warn_of_load();
    println!(
        "The lab's NumPy, with the GIL, and NumPy under CPython: {ROUNDS} rounds of 5 turns; in the tab the second run\n"
    );
    let mut turns = Turns::default();
    for _ in 0..ROUNDS {
        turns.note(TAB, &in_the_tab(&session, &site, SCRIPT, "on").await?)?;
        turns.note(NUMPY, &natively(&python, SCRIPT)?)?;
    }
    print_table(&turns);
    print_targets(&turns);
    Ok(())
}

fn print_table(turns: &Turns) {
    println!("  {:<42} ms, of the rounds the median (min – max)", "The fastest turn");
    for (name, samples) in &turns.fastest {
        println!("  {name:<42} {}", samples.text(""));
    }
    println!();
}

fn print_targets(turns: &Turns) {
    let fastest = &turns.fastest;
    let beside_numpy = |what: &str| ratio(fastest, &format!("{TAB}: {what}"), &format!("{NUMPY}: {what}"));
    let among =
        |who: &str, this: &str, other: &str| ratio(fastest, &format!("{who}: {this}"), &format!("{who}: {other}"));
    println!("Targets, by the fastest turns\n");
    for (what, at_most) in [("ensemble", 3.0), ("a * 9 / 5 + 32", 2.0), ("year", 2.0)] {
        let times = beside_numpy(what);
        target(&format!("{what}: at most {at_most} × NumPy's time"), times <= at_most, times);
    }
    // The loop has a tenth of the elements.
    let loops = 10.0 * among(TAB, "a tenth of it as a loop", "a * 9 / 5 + 32");
    target("a * 9 / 5 + 32 at least 50 × as fast as the loop", loops >= 50.0, loops);
    let threads = among(TAB, "arrays, one thread", "arrays, two threads");
    let limit = among(TAB, "arrays, one thread", "arrays, two by themselves");
    let numpys = among(NUMPY, "arrays, one thread", "arrays, two threads");
    let told = format!(
        "two threads on arrays, with the GIL, at least 1.7 × one (two processes that need nobody: {limit:.2}; \
         NumPy's two threads: {numpys:.2})"
    );
    target(&told, threads >= 1.7, threads);
    let import = fastest.get(&format!("{TAB}: import in a new process")).map_or(f64::NAN, |it| it.median());
    target("import in a new process within 20 ms", import <= 20.0, import);
}
