//! What a script learns of itself: who called what how often, how much memory is held; with threads and
//! processes, and without shared memory, where another Python runs.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, python_programs, tests};
use serde_json::{Value, json};

const PATIENCE: Duration = Duration::from_secs(120);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            without_shared_memory_it_is_the_same,
            memory_of_all_threads_is_counted;
        either:
            each_process_has_a_profile_of_its_own,
            a_profiled_loop_is_stopped,
            a_profiler_counts_its_own_thread;
    ],
);

async fn open(stage: &Stage) -> Outcome<Lab> {
    let lab = stage.open("lab=python").await?;
    lab.appears("#code").await?;
    Ok(lab)
}

/// Runs a script; gives the message at its end, and all that it printed.
async fn run(lab: &Lab, code: &str) -> Outcome<(Value, String)> {
    lab.run_code(code, PATIENCE).await
}

async fn prints(lab: &Lab, code: &str, expected: &str) -> Outcome {
    let (end, printed) = run(lab, code).await?;
    ensure!(printed == expected, "it printed {printed:?}, and ended with {end}");
    Ok(())
}

/// With the GIL, and where threads really run at the same time.
async fn a_profiler_counts_its_own_thread(stage: &Stage) -> Outcome {
    let code = "
import cProfile, sys, threading

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def calls(profiler):
    return [entry.callcount for entry in profiler.getstats() if entry.code is fib.__code__]

profilers = [cProfile.Profile() for _ in range(3)]
threads = [threading.Thread(target=profiler.runcall, args=(fib, 10 + index)) for index, profiler in enumerate(profilers)]
others = threading.Thread(target=fib, args=(12,))
for thread in [*threads, others]:
    thread.start()
for thread in [*threads, others]:
    thread.join()
print([calls(profiler) for profiler in profilers], sys.getprofile())
with cProfile.Profile() as profiler:
    thread = threading.Thread(target=fib, args=(12,))
    thread.start()
    thread.join()
    fib(3)
print(calls(profiler))
";
    let lab = open(stage).await?;
    for gil in ["on", "off"] {
        lab.set(json!({ "gil": gil })).await?;
        prints(&lab, code, "[[177], [287], [465]] None\n[5]\n").await?;
    }
    Ok(())
}

async fn each_process_has_a_profile_of_its_own(stage: &Stage) -> Outcome {
    let code = "
import cProfile, pstats
from concurrent.futures import ProcessPoolExecutor

def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)

def profiled(n):
    profiler = cProfile.Profile()
    profiler.runcall(fib, n)
    return [calls for (_, _, name), (_, calls, *_) in pstats.Stats(profiler).stats.items() if name == 'fib']

if __name__ == '__main__':
    with cProfile.Profile() as profiler, ProcessPoolExecutor(2) as pool:
        print(list(pool.map(profiled, [5, 6, 7])))
    print('fib' in [name for _, _, name in pstats.Stats(profiler).stats])
";
    prints(&open(stage).await?, code, "[[15], [25], [41]]\nFalse\n").await
}

async fn a_profiled_loop_is_stopped(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let code = "import cProfile\n\ndef turn():\n    return len('a')\n\nprint('on', flush=True)\n\
                with cProfile.Profile():\n    while True:\n        turn()\n";
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    lab.until_printed("on").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, Duration::from_secs(5)).await?;
    ensure!(end.kind() == "stopped", "the script ended with {}", end.message);
    prints(&lab, "import sys\nprint(sys.getprofile())\n", "None\n").await
}

async fn memory_of_all_threads_is_counted(stage: &Stage) -> Outcome {
    let code = "
import threading, tracemalloc

tracemalloc.start()
before, _ = tracemalloc.get_traced_memory()
kept = []
thread = threading.Thread(target=lambda: kept.append(bytearray(3_000_000)))
thread.start()
thread.join()
held, peak = tracemalloc.get_traced_memory()
print(3_000_000 <= held - before < 3_200_000, peak >= held)
kept.clear()
after, peak = tracemalloc.get_traced_memory()
print(after - before < 200_000, peak >= held)
tracemalloc.stop()
";
    let lab = open(stage).await?;
    for gil in ["on", "off"] {
        lab.set(json!({ "gil": gil })).await?;
        prints(&lab, code, "True True\nTrue True\n").await?;
    }
    Ok(())
}

/// There the isolated Python runs, which has no threads.
async fn without_shared_memory_it_is_the_same(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url("index.html?lab=python"));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    let names = ["profile_report", "traced_memory", "files_descriptors", "files_trees", "missing_ctypes"];
    for program in python_programs::all()?.iter().filter(|program| names.contains(&program.name.as_str())) {
        let (end, printed) = run(&lab, &program.source).await?;
        let printed = printed.replace("script.py", &format!("{}.py", program.name));
        ensure!(end["python"]["exit_code"] == 0, "{} printed {printed:?}, and ended with {end}", program.name);
        let Some(expected) = program.expected()? else { continue };
        let printed = program.printed(&printed, "", 0);
        let missing: Vec<_> = expected.stdout.iter().filter(|line| !printed.stdout.contains(line)).collect();
        ensure!(missing.is_empty(), "{} did not print {missing:?}, but {:?}", program.name, printed.stdout);
    }
    Ok(())
}
