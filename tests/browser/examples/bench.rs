//! The first benchmark: native, Chromium and hand-written JavaScript in one
//! run, alternating, so that whatever else the machine does falls on all alike.
//!
//! A time counts only after its checksum agrees. The table gives ns per
//! member-step: median, smallest and largest of the rounds. The targets are
//! told, not asserted: machines differ.

use std::collections::BTreeMap;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use browser_tests::browser::Browser;
use browser_tests::report::{number, result_of};
use browser_tests::samples::{Figures, Samples, ratio, target, warn_of_load};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, ensure, program};
use parallel_lab::executor::{slices, threads};
use parallel_lab::model::settings::Kernel;
use parallel_lab::model::timeline::Span;
use parallel_lab::workload::fingerprint::fnv1a64;
use parallel_lab::workload::lorenz::equations::Parameters;
use parallel_lab::workload::lorenz::initial_conditions::initial_conditions;
use parallel_lab::workload::lorenz::{Integration, Keep};
use serde_json::{Value, json};

const BENCH_WORKER: &str = include_str!("scripts/bench_worker.js");
const SEED: u32 = 42;
const ROUNDS: usize = 9;
/// Only final states are kept of an ensemble of this size.
const MEMBERS: u32 = 16_384;
const STEPS: u32 = 5000;
/// One worker needs more than 500 ms for these. In many tasks, so that a core that
/// is slower for a moment (a shared machine has those) doesn't keep the other waiting.
const LONG_ROUNDS: usize = 7;
const LONG_TASKS: u32 = 64;
const LONG: [(&str, u32); 2] = [("scalar", 40_000), ("simd", 250_000)];
/// Members and steps over the contract's whole range: about as many member-steps
/// in each, so that none is all overhead.
const FLAT_REFERENCE: (u32, u32) = (1000, 100_000);
const FLAT: [(u32, u32); 3] = [(10_000, 10_000), (100_000, 1000), (1_000_000, 500)];
const FLAT_ROUNDS: usize = 9;
const RUN_LIMIT: Duration = Duration::from_secs(280);

fn main() -> ExitCode {
    program::run_in_chromium("bench", measure)
}

async fn measure(browser: &Browser) -> Outcome {
    let site = Site::start()?;
    let session = browser.session()?;
    warn_of_load();
    println!("{MEMBERS} members × {STEPS} steps, final states, {ROUNDS} rounds; ns per member-step\n");
    let figures = by_executor(&session, &site).await?;
    print_table(&figures);
    println!(
        "\nOne worker against two, warm pools, jobs of at least 500 ms in {LONG_TASKS} tasks, {LONG_ROUNDS} rounds\n"
    );
    let speedups = speedups(&session, &site).await?;
    for (name, samples) in &speedups {
        println!("  {name:<34} {}", samples.text("×"));
    }
    let (members, _) = FLAT_REFERENCE;
    println!("\nVectorized's cost per member-step against {members} members, {FLAT_ROUNDS} rounds\n");
    let flat = flatness(&session, &site).await?;
    for (members, samples) in &flat {
        println!("  {members:>9} members                  {}", samples.text("×"));
    }
    print_targets(&figures, &speedups, &flat);
    Ok(())
}

fn ns_per_member_step(ms: f64, members: u32, steps: u32) -> f64 {
    ms * 1e6 / (f64::from(members) * f64::from(steps))
}

async fn by_executor(session: &thirtyfour::WebDriver, site: &Site) -> Outcome<Figures> {
    let initial = initial_conditions(MEMBERS, SEED);
    let pool = rayon::ThreadPoolBuilder::new().num_threads(2).build()?;
    let mut figures = Figures::new();
    let mut expected = None;
    for _ in 0..ROUNDS {
        let mut times = Vec::new();
        times.extend(native(&initial, &pool));
        times.extend(javascript(session, site, &initial).await?);
        for kernel in ["scalar", "simd"] {
            times.extend(chromium(session, site, kernel).await?);
        }
        for (name, ms, hash) in times {
            let expected = expected.get_or_insert_with(|| hash.clone());
            ensure!(*expected == hash, "{name} computed {hash}, others {expected}: its time does not count");
            figures.entry(name).or_default().0.push(ns_per_member_step(ms, MEMBERS, STEPS));
        }
    }
    Ok(figures)
}

type Time = (String, f64, String);

fn native(initial: &[f64], pool: &rayon::ThreadPool) -> Vec<Time> {
    let parameters = Parameters::LORENZ_1963;
    let workload = Integration { members: MEMBERS, parameters, steps: STEPS, keep: Keep::FinalStates };
    let time = |name: &str, run: &(dyn Fn(&mut [f64]) + Sync)| {
        let mut output = vec![0.0; initial.len()];
        let start = Instant::now();
        run(&mut output);
        (format!("native {name}"), start.elapsed().as_secs_f64() * 1e3, format!("{:016x}", fnv1a64(&output)))
    };
    // It needs no files, and so can't fail.
    let alone = |kernel| {
        move |output: &mut [f64]| drop(slices::run(&workload, kernel, initial, output, &|_| Err(String::new())))
    };
    let chunk = MEMBERS.div_ceil(8);
    let pooled = |kernel| {
        move |output: &mut [f64]| {
            pool.install(|| threads::run(&workload, kernel, chunk, initial, output, &Nobody));
        }
    };
    vec![
        time("serial, scalar", &alone(Kernel::Scalar)),
        time("vectorized, simd", &alone(Kernel::Simd)),
        time("thread(2), scalar", &pooled(Kernel::Scalar)),
        time("thread(2), simd", &pooled(Kernel::Simd)),
    ]
}

/// Watches threads without interest.
struct Nobody;

impl threads::Observer for Nobody {
    fn now_ms(&self) -> f64 {
        0.0
    }
    fn stopped(&self) -> bool {
        false
    }
    fn advanced(&self, _: u64) {}
    fn task_finished(&self, _: Span) {}
}

async fn javascript(session: &thirtyfour::WebDriver, site: &Site, initial: &[f64]) -> Outcome<Vec<Time>> {
    site.add_file("bench_worker.js", "text/javascript", BENCH_WORKER.into());
    site.add_file("initial.json", "application/json", serde_json::to_vec(initial)?);
    let page = site.add_page("bench.html", "<!DOCTYPE html><title>Hand-written JavaScript</title>".into());
    session.goto(site.url(&page)).await?;
    let Parameters { sigma, rho, beta, dt } = Parameters::LORENZ_1963;
    let mut times = Vec::new();
    for (loop_name, label) in [("scalar", "scalar loop"), ("typed", "typed arrays")] {
        // The second run in the same worker: the first lets the compiler warm up.
        let script = "
            const [job, answer] = arguments;
            (async () => {
                job.initial = await (await fetch('initial.json')).json();
                const worker = new Worker('bench_worker.js');
                let runs = 0;
                worker.onerror = (event) => answer({ error: event.message });
                worker.onmessage = ({ data }) => {
                    if (runs++ === 0) return worker.postMessage(job);
                    worker.terminate();
                    answer(data);
                };
                worker.postMessage(job);
            })().catch((error) => answer({ error: String(error) }));";
        let job = json!({
            "loop": loop_name, "members": MEMBERS, "steps": STEPS, "sigma": sigma, "rho": rho, "beta": beta, "dt": dt,
        });
        let answer = session.execute_async(script, vec![job]).await?.json().clone();
        let hash = answer["hash"].as_str().ok_or_else(|| format!("JavaScript failed: {answer}"))?;
        times.push((format!("JavaScript {label}"), number(&answer, "ms")?, hash.to_owned()));
    }
    Ok(times)
}

async fn open(session: &thirtyfour::WebDriver, site: &Site) -> Outcome<Lab> {
    session.goto(site.url("index.html")).await?;
    let lab = Lab::unframed(session);
    lab.ready().await?;
    Ok(lab)
}

async fn race(lab: &Lab, params: Value) -> Outcome<Value> {
    lab.set(params).await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, RUN_LIMIT).await?;
    ensure!(end.kind() == "finished", "the run ended with {}", end.message);
    Ok(end.message)
}

async fn chromium(session: &thirtyfour::WebDriver, site: &Site, kernel: &str) -> Outcome<Vec<Time>> {
    let lab = open(session, site).await?;
    let params = json!({
        "members": MEMBERS, "steps": STEPS, "seed": SEED, "workers": 2, "pool": "warm", "kernel": kernel, "repeats": 3,
    });
    let finished = race(&lab, params).await?;
    let mut times = Vec::new();
    for executor in ["serial", "vectorized", "process", "thread"] {
        let result = result_of(&finished, executor)?;
        let ran = result["kernel"].as_str().unwrap_or("?");
        let workers = if executor == "process" || executor == "thread" { "(2)" } else { "" };
        let hash = result["final_fnv1a64"].as_str();
        let hash = hash.ok_or_else(|| format!("{executor} is {}: {}", result["status"], result["reason"]))?;
        let ms = number(&result["wall_ms"], "median")?;
        times.push((format!("Chromium {executor}{workers}, {ran}"), ms, hash.to_owned()));
    }
    Ok(times)
}

async fn speedups(session: &thirtyfour::WebDriver, site: &Site) -> Outcome<Figures> {
    let mut figures = Figures::new();
    for _ in 0..LONG_ROUNDS {
        for (kernel, members) in LONG {
            let lab = open(session, site).await?;
            let one = if kernel == "scalar" { "serial" } else { "vectorized" };
            let params = json!({
                "members": members, "steps": STEPS, "seed": SEED, "workers": 2, "pool": "warm", "kernel": kernel,
                "repeats": 3, "executors": [one, "process", "thread"], "chunk": members.div_ceil(LONG_TASKS),
            });
            let finished = race(&lab, params).await?;
            let single = result_of(&finished, one)?;
            let single_ms = number(&single["wall_ms"], "median")?;
            for executor in ["process", "thread"] {
                let result = result_of(&finished, executor)?;
                ensure!(result["final_fnv1a64"] == single["final_fnv1a64"], "{executor} differs from {one}: {result}");
                let speedup = number(result, "speedup_same_kernel")?;
                ensure!(single_ms >= 500.0, "{one} needs only {single_ms} ms: the job is too short for this question");
                figures.entry(format!("{executor}(2), {kernel}")).or_default().0.push(speedup);
            }
        }
    }
    Ok(figures)
}

/// The cost at each size as a multiple of the cost at the smallest, which is
/// measured anew right before: a shared machine's pace changes within seconds.
async fn flatness(session: &thirtyfour::WebDriver, site: &Site) -> Outcome<BTreeMap<u32, Samples>> {
    let mut figures: BTreeMap<u32, Samples> = BTreeMap::new();
    let lab = open(session, site).await?;
    for _ in 0..FLAT_ROUNDS {
        for size in FLAT {
            let reference = vectorized_cost(&lab, FLAT_REFERENCE).await?;
            let cost = vectorized_cost(&lab, size).await?;
            figures.entry(size.0).or_default().0.push(cost / reference);
        }
    }
    Ok(figures)
}

/// Nanoseconds per member-step.
async fn vectorized_cost(lab: &Lab, (members, steps): (u32, u32)) -> Outcome<f64> {
    let params = json!({
        "members": members, "steps": steps, "seed": SEED, "executors": ["vectorized"], "repeats": 3,
    });
    let finished = race(lab, params).await?;
    let result = result_of(&finished, "vectorized")?;
    ensure!(result["status"] == "ok", "vectorized is {}: {}", result["status"], result["reason"]);
    Ok(ns_per_member_step(number(&result["wall_ms"], "median")?, members, steps))
}

fn print_table(figures: &Figures) {
    let javascript = median(figures, "JavaScript scalar loop");
    println!("  {:<34} {:>7}  (min – max)          against the JavaScript loop", "", "median");
    for (name, samples) in figures {
        println!("  {name:<34} {:<26} {:6.2} ×", samples.text(""), javascript / samples.median());
    }
}

fn median(figures: &Figures, name: &str) -> f64 {
    figures.get(name).map_or(f64::NAN, Samples::median)
}

fn print_targets(figures: &Figures, speedups: &Figures, flat: &BTreeMap<u32, Samples>) {
    println!("\nTargets\n");
    let vectorized = ratio(figures, "Chromium vectorized, simd", "native vectorized, simd");
    target("Vectorized ≤ 1.3 × native SIMD of the same width (SSE2)", vectorized <= 1.3, vectorized);
    let serial = ratio(figures, "Chromium serial, scalar", "JavaScript scalar loop");
    target("Serial ≤ 1.3 × hand-written JavaScript, the same loop", serial <= 1.3, serial);
    for (name, samples) in speedups {
        let speedup = samples.median();
        target(&format!("{name} warm ≥ 1.8 × one worker"), speedup >= 1.8, speedup);
    }
    let smallest = flat.values().map(Samples::median).fold(1.0, f64::min);
    let largest = flat.values().map(Samples::median).fold(1.0, f64::max);
    let spread = largest / smallest;
    target("Vectorized flat within 15 % from 1,000 to 1,000,000 members", spread <= 1.15, spread);
}
