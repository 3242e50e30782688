//! Memory that a browser refuses, wherever it is asked for: "not enough memory",
//! what would fit, and the next run works.

use std::time::Duration;

use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::lab::Heard;
use browser_tests::memory_limit::Whose;
use browser_tests::report::{EXECUTORS, all_ok_with_hash, check_messages, check_sentence, result_of};
use browser_tests::site::{Fault, FaultKind, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};

/// However long the lab's own limits are: nobody waits longer.
const ENDING_LIMIT: Duration = Duration::from_secs(60);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_million_members_do_not_fit_into_16_mib,
            the_threads_engine_has_too_little,
            python_runs_in_20_mib,
            python_without_shared_memory_starts_in_its_isolated_form,
            a_script_that_takes_all_memory_is_told,
            a_thread_that_has_no_room_can_not_start,
            python_in_a_sandboxed_frame_starts_from_a_blob;
        either:
            a_million_members_come_to_an_end_in_64_mib,
            the_page_has_too_little,
            an_engine_has_too_little,
            python_runs_where_a_snapshot_has_no_room,
            a_thread_that_takes_all_memory_is_told,
            a_process_that_takes_all_memory_breaks_its_pool,
            python_in_a_sandboxed_frame_says_where_it_runs,
            threads_that_are_refused_shared_memory_say_so,
            python_does_not_start_in_11_mib;
        chromium:
            what_pages_before_it_left_is_given_back;
    ],
);

/// Says that memory is short, in a sentence.
fn check_told(reason: &Value) -> Outcome<String> {
    check_sentence(reason)?;
    let text = reason.as_str().unwrap_or_default();
    ensure!(text.to_lowercase().contains("not enough memory"), "it is not said that memory is short: {text:?}");
    Ok(text.to_owned())
}

/// The number before a noun, as in "at most 1,234 members".
fn number_before(text: &str, noun: &str) -> Outcome<u32> {
    let before = text.split(&format!(" {noun}")).next().unwrap_or_default();
    let number = before.rsplit(' ').next().unwrap_or_default();
    number.replace(',', "").parse().map_err(|_| format!("how many {noun} would fit is not said: {text:?}").into())
}

async fn run_to_its_end(lab: &Lab) -> Outcome<Heard> {
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    check_messages(&lab.heard().await?, &end.message["run"])?;
    ensure!(lab.state().await? == "idle", "after the end the state is {}", lab.state().await?);
    Ok(end)
}

/// A small run, in every executor, gives what it has to.
async fn all_is_well(lab: &Lab) -> Outcome {
    let case = Case::native(64, 1000, 21);
    let params = case.params_and(json!({ "executors": EXECUTORS, "workers": 2, "repeats": 1, "chunk": "auto" }));
    let finished = lab.race_with(params).await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64).map_err(|error| format!("the next run: {error}").into())
}

async fn open_with(stage: &Stage, whose: &[Whose], mib: u64) -> Outcome<Lab> {
    stage.site.limit_memory(whose, mib)?;
    stage.open("").await
}

/// All of a run is refused, with a number of members that do fit.
async fn refused_and_fits(lab: &Lab, settings: Value) -> Outcome {
    lab.set(settings).await?;
    let end = run_to_its_end(lab).await?;
    ensure!(end.kind() == "error" && end.message["code"] == "memory", "{}", end.message);
    let text = check_told(&end.message["message"])?;
    ensure!(lab.words().await?.contains(&text), "the page does not say {text:?}");
    let members = number_before(&text, "members")?;
    let finished = lab.race_with(json!({ "members": members })).await?;
    ensure!(finished["settings"]["members"] == members, "{}", finished["settings"]);
    for result in finished["results"].as_array().into_iter().flatten() {
        ensure!(result["status"] == "ok", "with {members} members {} is {}", result["executor"], result["reason"]);
    }
    all_is_well(lab).await
}

async fn a_million_members_do_not_fit_into_16_mib(stage: &Stage) -> Outcome {
    let lab = open_with(stage, &Whose::ALL[..3], 16).await?;
    refused_and_fits(&lab, json!({ "members": 1_000_000, "steps": 10, "workers": 2, "repeats": 1 })).await
}

/// Whether it all fits or not.
async fn a_million_members_come_to_an_end_in_64_mib(stage: &Stage) -> Outcome {
    let lab = open_with(stage, &Whose::ALL[..3], 64).await?;
    lab.set(json!({ "members": 1_000_000, "steps": 10, "workers": 2, "repeats": 1 })).await?;
    let end = run_to_its_end(&lab).await?;
    if end.kind() == "error" {
        check_told(&end.message["message"])?;
    } else {
        for result in end.message["results"].as_array().into_iter().flatten().filter(|it| it["status"] != "ok") {
            check_told(&result["reason"])?;
        }
    }
    all_is_well(&lab).await
}

/// At each of several points: what is prepared, laid out, gathered, looked at, kept.
async fn the_page_has_too_little(stage: &Stage) -> Outcome {
    for (mib, members, steps) in
        [(9, 120_000, 2), (10, 160_000, 2), (14, 100_000, 3), (14, 30, 15_000), (20, 170_000, 2)]
    {
        let lab = open_with(stage, &[Whose::Page], mib).await?;
        let settings = json!({ "members": members, "steps": steps, "executors": ["serial", "process"], "workers": 2,
            "repeats": 1 });
        lab.set(settings).await?;
        let end = run_to_its_end(&lab).await.map_err(|error| format!("{mib} MiB, {members} × {steps}: {error}"))?;
        if end.kind() == "error" {
            ensure!(end.message["code"] == "memory", "{mib} MiB: {}", end.message);
            check_told(&end.message["message"])?;
        }
        all_is_well(&lab).await.map_err(|error| format!("{mib} MiB, {members} × {steps}: {error}"))?;
        stage.site.move_elsewhere()?;
    }
    Ok(())
}

/// The executors that it concerns say so, the others run.
async fn refused_in(stage: &Stage, whose: Whose, refused: &[&str], other: &str) -> Outcome {
    let lab = open_with(stage, &[whose], 16).await?;
    let settings = json!({ "members": 400_000, "steps": 2, "workers": 2, "repeats": 1 });
    for executor in refused {
        lab.set(settings.clone()).await?;
        lab.set(json!({ "executors": [executor, other] })).await?;
        let end = run_to_its_end(&lab).await?;
        let result = result_of(&end.message, executor)?;
        ensure!(result["status"] == "failed", "{executor} is {}", result["status"]);
        let text = check_told(&result["reason"])?;
        let page = lab.script("return document.body.innerText;", vec![]).await?;
        ensure!(page.as_str().is_some_and(|page| page.contains(&text)), "the page does not say {text:?}");
        let fits = number_before(&text, "members")?;
        let other = result_of(&end.message, other)?;
        ensure!(other["status"] == "ok", "{} is {}", other["executor"], other["reason"]);
        let finished = lab.race_with(json!({ "members": fits, "executors": [executor] })).await?;
        let result = result_of(&finished, executor)?;
        ensure!(result["status"] == "ok", "{fits} members: {}", result["reason"]);
    }
    all_is_well(&lab).await
}

async fn an_engine_has_too_little(stage: &Stage) -> Outcome {
    // What prepares a run is done by the same engine.
    let lab = open_with(stage, &[Whose::IsolatedEngine], 8).await?;
    refused_and_fits(&lab, json!({ "members": 400_000, "steps": 2, "workers": 2, "repeats": 1 })).await
}

async fn the_threads_engine_has_too_little(stage: &Stage) -> Outcome {
    refused_in(stage, Whose::ThreadedEngine, &["thread"], "vectorized").await
}

async fn threads_that_are_refused_shared_memory_say_so(stage: &Stage) -> Outcome {
    let lab = open_with(stage, &[Whose::ThreadedEngine], 1).await?;
    lab.set(json!({ "members": 64, "steps": 10, "executors": ["serial", "thread"], "workers": 2, "repeats": 1 }))
        .await?;
    let end = run_to_its_end(&lab).await?;
    ensure!(result_of(&end.message, "serial")?["status"] == "ok", "{}", end.message);
    let thread = result_of(&end.message, "thread")?;
    ensure!(thread["status"] == "unavailable", "{thread}");
    check_told(&thread["reason"])?;
    stage.site.break_files(&[]);
    Ok(())
}

async fn open_python(stage: &Stage, whose: &[Whose], mib: u64) -> Outcome<Lab> {
    stage.site.limit_memory(whose, mib)?;
    let lab = stage.open("lab=python").await?;
    lab.appears("#code").await?;
    Ok(lab)
}

/// Runs a script; gives the message at its end, and all that it printed.
async fn run(lab: &Lab, code: &str) -> Outcome<(Value, String)> {
    lab.set(json!({ "code": code })).await?;
    let end = run_to_its_end(lab).await?;
    Ok((end.message, lab.printed().await?))
}

async fn hello_runs(lab: &Lab) -> Outcome {
    let (end, printed) = run(lab, "print('hello')\n").await?;
    ensure!(printed == "hello\n", "the next run printed {printed:?}, and ended with {end}");
    Ok(())
}

/// Keeps what workers say.
const WORKERS_WORDS: &str = "
    window.workersWords = [];
    const Real = window.Worker;
    window.Worker = class extends Real {
        constructor(...all) {
            super(...all);
            this.addEventListener('message', ({ data }) => window.workersWords.push(data.header ?? ''));
        }
    };";

/// Without threads.
async fn python_runs_in_20_mib(stage: &Stage) -> Outcome {
    let lab = open_python(stage, &Whose::ALL[3..], 20).await?;
    lab.until_status("without threads").await?;
    hello_runs(&lab).await?;
    let (end, _) = run(&lab, &format!("{TAKES_ALL}\ntake_all()\n")).await?;
    ensure!(end["type"] == "error" && end["code"] == "memory", "{end}");
    check_told(&end["message"])?;
    hello_runs(&lab).await
}

async fn python_runs_where_a_snapshot_has_no_room(stage: &Stage) -> Outcome {
    stage.site.insert(WORKERS_WORDS);
    let lab = open_python(stage, &Whose::ALL[3..], 15).await?;
    // An interpreter that was ready is lost before it is needed.
    let cramped = "return window.workersWords.some((words) => words.includes('cramped'));";
    lab.comes("word of the first interpreter", cramped, vec![]).await?;
    hello_runs(&lab).await
}

async fn python_does_not_start_in_11_mib(stage: &Stage) -> Outcome {
    let lab = open_python(stage, &Whose::ALL[3..], 11).await?;
    lab.until_status("ot enough memory").await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    ensure!(end.kind() == "error" && end.message["code"] == "memory", "{}", end.message);
    let text = check_told(&end.message["message"])?;
    ensure!(text.contains("MiB"), "what would be enough is not said: {text:?}");
    // Other pages were closed.
    stage.site.break_files(&[]);
    lab.script("memoryIsBack();", vec![]).await?;
    hello_runs(&lab).await
}

async fn python_without_shared_memory_starts_in_its_isolated_form(stage: &Stage) -> Outcome {
    let lab = open_python(stage, &[Whose::ThreadedPython], 16).await?;
    let code = "
from concurrent.futures import ProcessPoolExecutor
import threading

def square(x):
    return x * x

if __name__ == '__main__':
    with ProcessPoolExecutor(2) as executor:
        print(list(executor.map(square, range(5))))
    try:
        threading.Thread(target=square, args=(1,)).start()
    except RuntimeError as error:
        print('refused:', error)
";
    let (end, printed) = run(&lab, code).await?;
    ensure!(printed.starts_with("[0, 1, 4, 9, 16]\nrefused: "), "it printed {printed:?}, and ended with {end}");
    Ok(())
}

const TAKES_ALL: &str = "
def take_all():
    taken = []
    while True:
        taken.append(bytearray(1 << 20))
";

/// In either form of Python.
async fn a_script_that_takes_all_memory_is_told(stage: &Stage) -> Outcome {
    for whose in [Whose::IsolatedPython, Whose::ThreadedPython] {
        let deck;
        let lab = if whose == Whose::IsolatedPython {
            stage.site.limit_memory(&[whose], 64)?;
            deck = Site::start_not_isolated()?;
            let frame = Frame::new("lab", stage.site.url("index.html?lab=python"));
            host::open_one(stage, &deck, "localhost", frame).await?
        } else {
            open_python(stage, &[whose], 64).await?
        };
        let (end, _) = run(&lab, &format!("{TAKES_ALL}\ntake_all()\n")).await?;
        ensure!(end["type"] == "error" && end["code"] == "memory", "{end}");
        check_told(&end["message"])?;
        hello_runs(&lab).await?;
        // What is refused at once is Python's own error.
        let (end, _) = run(&lab, "whole = [0] * 400_000_000\n").await?;
        ensure!(end["python"]["exception"] == "MemoryError", "{end}");
        hello_runs(&lab).await?;
    }
    Ok(())
}

async fn a_thread_that_takes_all_memory_is_told(stage: &Stage) -> Outcome {
    let lab = open_python(stage, &[Whose::ThreadedPython], 64).await?;
    let code = format!(
        "import threading\n{TAKES_ALL}\nthread = threading.Thread(target=take_all)\nthread.start()\nthread.join()\n"
    );
    let (end, _) = run(&lab, &code).await?;
    ensure!(end["type"] == "error" && end["code"] == "memory", "{end}");
    check_told(&end["message"])?;
    hello_runs(&lab).await
}

/// CPython's own error, and the script goes on.
async fn a_thread_that_has_no_room_can_not_start(stage: &Stage) -> Outcome {
    let lab = open_python(stage, &[Whose::ThreadedPython], 64).await?;
    let code = "
import threading
gate = threading.Event()
threads = []
try:
    for _ in range(100):
        threads.append(threading.Thread(target=gate.wait))
        threads[-1].start()
except RuntimeError as error:
    print(error)
gate.set()
for thread in threads[:-1]:
    thread.join()
print('all joined')
";
    let (end, printed) = run(&lab, code).await?;
    ensure!(printed == "can't start new thread\nall joined\n", "it printed {printed:?}, and ended with {end}");
    Ok(())
}

async fn a_process_that_takes_all_memory_breaks_its_pool(stage: &Stage) -> Outcome {
    let lab = open_python(stage, &[Whose::ThreadedPython], 64).await?;
    let code = format!(
        "from concurrent.futures import ProcessPoolExecutor\n{TAKES_ALL}\n
if __name__ == '__main__':
    try:
        with ProcessPoolExecutor(1) as executor:
            executor.submit(take_all).result()
    except Exception as error:
        print(type(error).__name__)
    print('goes on')
"
    );
    let (end, printed) = run(&lab, &code).await?;
    ensure!(
        printed.contains("BrokenProcessPool\n") && printed.ends_with("goes on\n"),
        "it printed {printed:?}, and ended with {end}"
    );
    ensure!(printed.to_lowercase().contains("not enough memory"), "why is not said: {printed:?}");
    hello_runs(&lab).await
}

async fn open_in_a_sandbox(stage: &Stage) -> Outcome<Lab> {
    let frame = Frame::new("lab", stage.site.url("index.html?lab=python")).sandboxed("allow-scripts");
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    Ok(lab)
}

async fn python_in_a_sandboxed_frame_starts_from_a_blob(stage: &Stage) -> Outcome {
    let generous = FaultKind::Header("Access-Control-Allow-Origin".into(), "*".into());
    stage.site.break_files(&[Fault::new("*", generous)]);
    let lab = open_in_a_sandbox(stage).await?;
    lab.appears("#code").await?;
    let (end, printed) = run(&lab, "print('hello')\n").await?;
    ensure!(printed == "hello\n", "it printed {printed:?}, and ended with {end}");
    Ok(())
}

/// Where a host lets nobody read its files.
async fn python_in_a_sandboxed_frame_says_where_it_runs(stage: &Stage) -> Outcome {
    let lab = open_in_a_sandbox(stage).await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, ENDING_LIMIT).await?;
    ensure!(end.kind() == "error", "{}", end.message);
    check_sentence(&end.message["message"])?;
    let text = end.message["message"].as_str().unwrap_or_default().to_owned();
    ensure!(text.contains("sandboxed frame"), "why is not said: {text:?}");
    let link = lab.inside("return document.querySelector('#status a[target=_blank]')?.textContent;", vec![]).await?;
    ensure!(link == "Open in a new tab", "there is no way out, but {link}");
    Ok(())
}

/// Chromium has room for some hundred memories in a process, and looks for those that
/// nobody needs any more only where a page is refused one: a worker is just refused.
async fn what_pages_before_it_left_is_given_back(stage: &Stage) -> Outcome {
    let lab = Lab::framed(&stage.driver, "lab");
    host::open(stage, &stage.site, "127.0.0.1", &[Frame::new("lab", "about:blank".to_owned())]).await?;
    // A worker keeps the one place that the lab's page will need; all others are left behind.
    let script = "
        const answer = arguments[0];
        const source = 'const one = new WebAssembly.Memory({ initial: 1, maximum: 1 }); postMessage(0); onmessage = () => one;';
        const keeper = new Worker(URL.createObjectURL(new Blob([source])));
        keeper.onmessage = () => {
            const left = [];
            try { while (left.length < 10000) left.push(new WebAssembly.Memory({ initial: 1, maximum: 1 })); } catch {}
            const full = left.length;
            left.length = 0;
            keeper.terminate();
            answer(full);
        };";
    let full = lab.script_async(script, vec![]).await?;
    ensure!(full.as_u64().is_some_and(|full| full < 10_000), "{full} memories are not the end of them");
    let script = "document.getElementById('lab').src = arguments[0];";
    stage.driver.execute(script, vec![json!(stage.site.url("index.html?embed"))]).await?;
    let ready = lab.ready().await?;
    ensure!(ready["capabilities"]["threads"] == true, "threads are refused: {}", ready["capabilities"]);
    Ok(())
}
