//! What every result must satisfy, whatever was run.

use serde_json::Value;

use crate::lab::{ENDS, Heard};
use crate::{Outcome, ensure};

/// The executors in canonical order.
pub const EXECUTORS: [&str; 4] = ["serial", "vectorized", "process", "thread"];

/// Rounding of a sum of four float64 times.
const ROUNDING_MS: f64 = 1e-3;

/// A task that takes longer than this is seen by every clock.
const VISIBLE_MS: f64 = 2.0;

/// The result of one executor in a `finished` message.
///
/// # Errors
/// When there is none.
pub fn result_of<'a>(finished: &'a Value, executor: &str) -> Outcome<&'a Value> {
    let results = finished["results"].as_array().ok_or("no results")?;
    let result = results.iter().find(|result| result["executor"] == executor);
    result.ok_or_else(|| format!("no result of {executor} in {finished}").into())
}

/// Every requested executor is there, in order, and ran (`ok`), with this hash.
///
/// # Errors
/// Which one did not, and what it says.
pub fn all_ok_with_hash(finished: &Value, expected: &str) -> Outcome {
    for result in results_in_order(finished)? {
        let executor = &result["executor"];
        ensure!(result["status"] == "ok", "{executor} is {}: {}", result["status"], result["reason"]);
        ensure!(result["final_fnv1a64"] == expected, "{executor} gives {} for {expected}", result["final_fnv1a64"]);
        check_figures(result)?;
    }
    check_speedups(finished)
}

/// As [`all_ok_with_hash`] for those in `executors`; the others are unavailable with a reason.
///
/// # Errors
/// Which one is otherwise, and what it says.
pub fn only_ok_with_hash(finished: &Value, executors: &[&str], expected: &str) -> Outcome {
    for result in results_in_order(finished)? {
        let name = result["executor"].as_str().unwrap_or_default();
        if executors.contains(&name) {
            ensure!(result["status"] == "ok", "{name} is {}: {}", result["status"], result["reason"]);
            ensure!(result["final_fnv1a64"] == expected, "{name} gives {} for {expected}", result["final_fnv1a64"]);
            check_figures(result)?;
        } else {
            ensure!(result["status"] == "unavailable", "{name} is {}", result["status"]);
            check_sentence(&result["reason"])?;
            ensure!(result["final_fnv1a64"].is_null(), "{name} did not run, and has a hash");
            ensure!(result["wall_ms"].is_null(), "{name} did not run, and has a time");
        }
    }
    check_speedups(finished)
}

fn results_in_order(finished: &Value) -> Outcome<&Vec<Value>> {
    let results = finished["results"].as_array().ok_or_else(|| format!("no results in {finished}"))?;
    let names: Vec<_> = results.iter().map(|result| &result["executor"]).collect();
    let asked: Vec<_> = finished["settings"]["executors"].as_array().into_iter().flatten().collect();
    ensure!(names == asked, "results of {names:?} for executors {asked:?}");
    Ok(results)
}

/// A reason is a sentence for learners, not a code or a stack.
///
/// # Errors
/// When it is not.
pub fn check_sentence(reason: &Value) -> Outcome {
    let Some(text) = reason.as_str() else { return Err(format!("{reason} is no sentence").into()) };
    let words = text.split_whitespace().count();
    let begins = text.starts_with(|first: char| first.is_uppercase() || first.is_ascii_digit());
    ensure!(words >= 4 && begins && text.ends_with('.') && !text.ends_with(".."), "not a sentence: {text:?}");
    ensure!(!text.contains("at http") && !text.contains(".rs:"), "a stack, not a sentence: {text:?}");
    Ok(())
}

/// What the contract says about the figures of one executor that ran.
///
/// # Errors
/// What does not hold.
pub fn check_figures(result: &Value) -> Outcome {
    check_figures_by_clock(result, 0.0)
}

/// The same where the page's clock goes in steps of so many ms, and the workers' does not.
///
/// # Errors
/// What does not hold.
pub fn check_figures_by_clock(result: &Value, step_ms: f64) -> Outcome {
    const FIELDS: [&str; 23] = [
        "executor",
        "status",
        "reason",
        "where",
        "kernel",
        "workers",
        "tasks",
        "chunk",
        "repeats",
        "batch",
        "discarded",
        "wall_ms",
        "startup_ms",
        "send_ms",
        "compute_ms",
        "gather_ms",
        "work_ms",
        "overhead_ms",
        "speedup",
        "speedup_same_kernel",
        "efficiency",
        "diverged",
        "final_fnv1a64",
    ];
    let name = &result["executor"];
    let fields = result.as_object().ok_or("a result is no object")?;
    for field in FIELDS {
        ensure!(fields.contains_key(field), "{name} lacks {field}");
    }
    let workers = number(result, "workers")?;
    ensure!(workers >= 1.0, "{name} ran with {workers} workers");
    ensure!(number(result, "repeats")? >= 1.0 && number(result, "batch")? >= 1.0, "{name}: {result}");
    ensure!(number(result, "tasks")? >= 1.0 && number(result, "chunk")? >= 1.0, "{name}: {result}");
    if name == "serial" || name == "vectorized" {
        ensure!(workers == 1.0, "{name} ran with {workers} workers");
    }
    if result["wall_ms"].is_null() {
        // Below the clock: then no time is told at all.
        for field in ["startup_ms", "send_ms", "compute_ms", "gather_ms", "work_ms", "overhead_ms", "speedup"] {
            ensure!(result[field].is_null(), "{name} is below the clock, and has {field} = {}", result[field]);
        }
        return Ok(());
    }
    let wall = &result["wall_ms"];
    let (min, median, max) = (number(wall, "min")?, number(wall, "median")?, number(wall, "max")?);
    ensure!(0.0 < min && min <= median && median <= max, "{name}: wall {wall}");
    let mut sum = 0.0;
    for part in ["startup_ms", "send_ms", "compute_ms", "gather_ms"] {
        let part_ms = number(result, part)?;
        ensure!(part_ms >= 0.0, "{name}: {part} = {part_ms}");
        sum += part_ms;
    }
    ensure!((sum - median).abs() <= ROUNDING_MS, "{name}: the parts sum up to {sum}, wall is {median}: {result}");
    if name == "serial" || name == "vectorized" {
        ensure!(result["startup_ms"] == 0.0, "{name} has startup {}", result["startup_ms"]);
    }
    let (work, overhead) = (number(result, "work_ms")?, number(result, "overhead_ms")?);
    let (compute, tasks) = (number(result, "compute_ms")?, number(result, "tasks")?);
    // Tasks below a clock of whole milliseconds (Firefox, not isolated) add up to nothing. Of a
    // batch the times are divided. Where the clock is finer, a task's message may still take
    // longer than its work, which then is less than one tick.
    let batch = number(result, "batch")?;
    let is_whole = |ms: f64| (ms * batch - (ms * batch).round()).abs() < ROUNDING_MS;
    let is_coarse = is_whole(median) && is_whole(compute) && is_whole(number(result, "gather_ms")?);
    ensure!(work > 0.0 || is_coarse || compute < VISIBLE_MS * tasks, "{name} did no work: {result}");
    let available = workers * (compute + step_ms) + VISIBLE_MS * tasks;
    ensure!(work <= available, "{name} worked longer than it had workers for: {result}");
    let implied = median - work / workers;
    ensure!((overhead - implied).abs() <= ROUNDING_MS, "{name}: overhead {overhead} instead of {implied}");
    Ok(())
}

/// The speedups follow from the medians that stand beside them.
fn check_speedups(finished: &Value) -> Outcome {
    let serial = result_of(finished, "serial").ok().and_then(|serial| serial["wall_ms"]["median"].as_f64());
    for result in results_in_order(finished)?.iter().filter(|result| result["status"] == "ok") {
        let name = &result["executor"];
        let median = result["wall_ms"]["median"].as_f64();
        match (serial, median, result["speedup"].as_f64()) {
            (Some(serial), Some(median), Some(speedup)) => {
                let implied = serial / median;
                ensure!((speedup / implied - 1.0).abs() < 1e-9, "{name}: speedup {speedup} instead of {implied}");
            }
            (Some(_), Some(_), None) => return Err(format!("{name} has no speedup: {result}").into()),
            (_, _, Some(speedup)) => return Err(format!("{name} has a speedup of {speedup} out of nothing").into()),
            _ => {}
        }
        if let (Some(same), Some(efficiency)) = (result["speedup_same_kernel"].as_f64(), result["efficiency"].as_f64())
        {
            let implied = same / number(result, "workers")?;
            ensure!((efficiency / implied - 1.0).abs() < 1e-9, "{name}: efficiency {efficiency} instead of {implied}");
        }
    }
    Ok(())
}

/// What the contract says about the messages of run number `run`.
///
/// # Errors
/// What does not hold.
pub fn check_messages(heard: &[Heard], run: &Value) -> Outcome {
    let of_run: Vec<_> = heard.iter().filter(|heard| heard.message["run"] == *run).collect();
    let ends = of_run.iter().filter(|heard| ENDS.contains(&heard.kind())).count();
    ensure!(ends == 1, "run {run} has {ends} ends");
    let Some(end) = of_run.last().filter(|heard| heard.kind() != "progress") else {
        return Err(format!("run {run} goes on after its end").into());
    };
    for executor in EXECUTORS {
        let progress: Vec<_> =
            of_run.iter().filter(|heard| heard.kind() == "progress" && heard.message["executor"] == executor).collect();
        let Some(last) = progress.last() else { continue };
        for pair in progress.windows(2) {
            let (before, after) = (&pair[0].message, &pair[1].message);
            ensure!(number(before, "done")? <= number(after, "done")?, "{executor} goes back: {before}, {after}");
            ensure!(before["total"] == after["total"], "{executor}'s total changes: {before}, {after}");
        }
        let full = last.message["done"] == last.message["total"];
        let ok = end.message["results"]
            .as_array()
            .into_iter()
            .flatten()
            .any(|result| result["executor"] == executor && result["status"] == "ok");
        ensure!(!ok || full, "{executor} finished at {}", last.message);
        // At most ten a second, and one more at either end.
        let seconds = (last.at_ms - progress[0].at_ms) / 1000.0;
        #[expect(clippy::cast_precision_loss, reason = "a handful of messages")]
        let count = progress.len() as f64;
        ensure!(count <= 10.0 * seconds * 1.2 + 3.0, "{executor}: {count} progress messages in {seconds} s");
    }
    Ok(())
}

/// A number in a JSON object.
///
/// # Errors
/// When it is something else.
pub fn number(object: &Value, field: &str) -> Outcome<f64> {
    object[field].as_f64().ok_or_else(|| format!("{field} is {} in {object}", object[field]).into())
}

/// The ending of a run in which something broke: one clear ending, with a
/// sentence for whatever did not work, and no wrong figure for what did.
///
/// # Errors
/// When it is otherwise.
pub fn check_clear_ending(end: &Heard, expected: &str) -> Outcome {
    match end.kind() {
        "error" => check_sentence(&end.message["message"]),
        "finished" => {
            for result in results_in_order(&end.message)? {
                match result["status"].as_str() {
                    Some("ok") => {
                        let (name, hash) = (&result["executor"], &result["final_fnv1a64"]);
                        ensure!(hash == expected, "{name} gives {hash} for {expected}");
                        check_figures(result)?;
                    }
                    Some("failed" | "unavailable") => {
                        check_sentence(&result["reason"])?;
                        ensure!(result["final_fnv1a64"].is_null(), "no result, and yet a hash: {result}");
                    }
                    _ => return Err(format!("an unknown status: {result}").into()),
                }
            }
            check_speedups(&end.message)
        }
        other => Err(format!("the run ended with {other}").into()),
    }
}
