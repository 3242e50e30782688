//! Scripts read the site's own data files, and nothing else: in threads, in processes, isolated
//! and not; with a latency that is set, and without the visitor's cookies.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::lab::Heard;
use browser_tests::site::{Fault, FaultKind, Isolation, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::data_files::{ANSWERS, STATIONS, latency_ms};
use serde_json::{Value, json};
use xtask::page;

const PATIENCE: Duration = Duration::from_secs(120);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            files_are_read_in_threads_and_processes,
            without_shared_memory_files_are_read_too,
            what_is_no_data_file_is_never_asked_for,
            nobody_is_logged_in_where_a_script_reads,
            a_read_is_stopped,
            a_read_without_shared_memory_is_stopped,
            what_was_read_is_there_offline,
            what_is_no_data_file_is_never_asked_for_without_shared_memory;
        either:
            a_read_takes_what_is_set,
            a_file_that_does_not_come_says_why,
            who_waits_for_a_file_has_released_the_gil,
            a_flood_of_reads_is_stopped;
    ],
);

/// The lab, and the server that it and its files come from, whether or not they are isolated.
async fn open(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("lab=python&{query}")).await?;
    lab.appears("#code").await?;
    Ok(lab)
}

/// The same in a frame of another site, where no memory can be shared.
async fn open_not_isolated(stage: &Stage, deck: &Site, query: &str) -> Outcome<Lab> {
    let frame = Frame::new("lab", stage.site.url(&format!("index.html?lab=python&{query}")));
    host::open_one(stage, deck, "localhost", frame).await
}

/// Runs a script to whatever end.
async fn end_of(lab: &Lab, code: &str) -> Outcome<Heard> {
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    lab.end_within(index, PATIENCE).await
}

/// Runs a script that comes to its end; gives what it told.
async fn told(lab: &Lab, code: &str) -> Outcome<Value> {
    let end = end_of(lab, code).await?.message;
    ensure!(end["python"]["status"] == "ok", "the run ended with {end}; {}", lab.words().await?);
    Ok(end["python"]["told"].clone())
}

/// The paths below the site's folder of data files that were asked for.
fn asked_for(site: &Site) -> Outcome<Vec<String>> {
    let index = std::fs::read_to_string(site.file("index.html"))?;
    let folder = format!("/{}", page::fact(&index, "files").ok_or("the page names no data files")?);
    Ok(site.requests().iter().filter_map(|path| path.strip_prefix(&folder)).map(str::to_owned).collect())
}

/// The rows of the timeline's table: who, and what.
async fn rows(lab: &Lab) -> Outcome<Vec<String>> {
    Ok(lab.spans().await?.into_iter().map(|cells| cells[..3.min(cells.len())].join(": ")).collect())
}

const IN_PROCESSES: &str = "
import csv, json
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from urllib.request import urlopen
from lab import tell

def months(number):
    with open(f'data/stations/station-{number:02}.csv', newline='') as file:
        return len(list(csv.DictReader(file)))

def answer(number):
    with urlopen(f'data/answers/answer-{number:03}.json') as response:
        return json.load(response)['answer']

if __name__ == '__main__':
    tell('main', months(1))
    with ProcessPoolExecutor(2) as pool:
        tell('processes', str(list(pool.map(answer, range(1, 5)))))
";

const IN_THREADS: &str = "
    with ThreadPoolExecutor(2) as pool:
        tell('threads', str(list(pool.map(months, range(2, 6)))))
";

async fn files_are_read_in_threads_and_processes(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    ensure!(asked_for(&stage.site)?.is_empty(), "data files came before a script asked for one");
    let told = told(&lab, &format!("{IN_PROCESSES}{IN_THREADS}")).await?;
    let expected = json!({ "main": 120, "processes": "[1, 2, 3, 4]", "threads": "[120, 120, 120, 120]" });
    ensure!(told == expected, "it told {told}");
    let asked = asked_for(&stage.site)?;
    let expected = ["stations/station-01.csv", "stations/station-05.csv", "answers/answer-004.json"];
    ensure!(expected.iter().all(|name| asked.iter().any(|it| it == name)), "only {asked:?} were asked for");
    let rows = rows(&lab).await?;
    for who in ["main thread", "thread ", "process "] {
        let reads = |row: &&String| row.starts_with(who) && row.contains(": reads a file: data/");
        ensure!(rows.iter().any(|row| reads(&row)), "no read of {who}in {rows:?}");
    }
    Ok(())
}

/// A process is suspended there, too.
async fn without_shared_memory_files_are_read_too(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let lab = open_not_isolated(stage, &deck, "").await?;
    let told = told(&lab, IN_PROCESSES).await?;
    ensure!(told == json!({ "main": 120, "processes": "[1, 2, 3, 4]" }), "it told {told}");
    let rows = rows(&lab).await?;
    let reads = |who: &str| rows.iter().filter(|row| row.starts_with(who) && row.contains("reads a file")).count();
    ensure!(reads("main thread") == 1 && reads("process ") == 4, "reads on the timeline: {rows:?}");
    Ok(())
}

/// A script that came with a link asks for what only the visitor may see. How it asks, and what it
/// makes of Python before, is tried at length in `tests/python/programs/read_refused.py`.
const HOSTILE: &str = "
import urllib.error
from concurrent.futures import ProcessPoolExecutor
from urllib.request import urlopen
import _lab_files, _lab_reading, _processes
from lab import tell

NAMES = [
    'data/canary.txt', '/data/canary.txt', 'canary.txt', '/canary.txt', 'index.html', '.', '..', '',
    'data/../canary.txt', 'data/stations/../../canary.txt', 'data/%2e%2e/canary.txt', 'data/..%2fcanary.txt',
    'data/stations/station-01.csv/../../../canary.txt', 'data\\\\..\\\\canary.txt', 'data/./canary.txt',
    'data/stations/station-51.csv', 'data/stations/station-01.csv?as=me', 'data/stations/station-01.csv\\0',
    FOLDER + 'canary.txt', FOLDER + 'stations/station-01.csv', ORIGIN + '/canary.txt', ORIGIN[5:] + '/canary.txt',
    ORIGIN + '/data/stations/station-01.csv', 'http:canary.txt', 'http://localhost:1/canary.txt', 'file:///etc/passwd',
    'data:text/plain,canary', 'data:,data/stations/station-01.csv', 'blob:' + ORIGIN + '/1', 'javascript:1',
]

def tries(name):
    got = []
    for ask in (open, urlopen, lambda name: _lab_reading.read(name, None)):
        try:
            answer = ask(name)
        except (urllib.error.URLError, PermissionError, FileNotFoundError) as error:
            if 'data files only' not in str(error):
                got.append(repr(error))
        else:
            if answer != ('refused', None):
                got.append(repr(answer))
    return got

if __name__ == '__main__':
    got = [answer for name in NAMES for answer in tries(name)]
    with ProcessPoolExecutor(1) as pool:
        got += [answer for answers in pool.map(tries, NAMES) for answer in answers]
    # What decides is not within reach of who turns Python inside out.
    _lab_files._missing = _lab_files._check = lambda *arguments: None
    _lab_reading.names = lambda: NAMES
    got += [str(answer) for name in NAMES for answer in [_lab_reading.read(name, None)] if answer[0] != 'refused']
    tell('names', len(NAMES))
    tell('got', str(got)[:200])
";

async fn is_refused(lab: &Lab, site: &Site) -> Outcome {
    let index = std::fs::read_to_string(site.file("index.html"))?;
    let folder = page::fact(&index, "files").ok_or("the page names no data files")?;
    let canaries = ["data/canary.txt".to_owned(), "canary.txt".to_owned(), format!("{folder}canary.txt")];
    for canary in &canaries {
        site.add_file(canary, "text/plain", b"what only the visitor may see".to_vec());
    }
    let before = site.requests().len();
    let origin = site.url("");
    let code = format!("FOLDER = {folder:?}\nORIGIN = {:?}\n{HOSTILE}", origin.trim_end_matches('/'));
    let told = told(lab, &code).await?;
    ensure!(told == json!({ "names": 30, "got": "[]" }), "it told {told}");
    // What the page itself needs meanwhile has hashed names: its parts, and Python's.
    let asked: Vec<_> = site.requests().split_off(before);
    let is_hostile = |path: &&String| path.contains("canary") || path.contains("data") || path.ends_with(".html");
    let hostile: Vec<_> = asked.iter().filter(is_hostile).collect();
    ensure!(hostile.is_empty(), "the host was asked for {hostile:?}");
    // That this list would show it.
    let script = "return fetch(arguments[0]).then((answer) => answer.text());";
    lab.inside(script, vec![json!(site.url("canary.txt"))]).await?;
    ensure!(site.requests().iter().any(|path| path == "/canary.txt"), "the canary is not heard");
    Ok(())
}

async fn what_is_no_data_file_is_never_asked_for(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    is_refused(&lab, &stage.site).await
}

async fn what_is_no_data_file_is_never_asked_for_without_shared_memory(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let lab = open_not_isolated(stage, &deck, "").await?;
    is_refused(&lab, &stage.site).await
}

const READ_ONE: &str = "
from lab import tell
try:
    with open('data/stations/station-01.csv') as file:
        tell('got', file.read(5))
except OSError as error:
    tell('error', f'{type(error).__name__}: {error}'[:200])
";

/// The host sees no cookie, is not followed elsewhere, and a page to log in to is no file.
async fn nobody_is_logged_in_where_a_script_reads(stage: &Stage) -> Outcome {
    let lab = open(stage, "latency=0").await?;
    lab.inside("document.cookie = 'session=secret; path=/';", vec![]).await?;
    let script = "return fetch('files.json', { cache: 'no-store' }).then((answer) => answer.ok);";
    lab.inside(script, vec![]).await?;
    let told_first = told(&lab, READ_ONE).await?;
    ensure!(told_first == json!({ "got": "month" }), "it told {told_first}");
    let known = stage.site.requests_with_cookies();
    ensure!(known.iter().any(|path| path == "/files.json"), "cookies are not heard of: {known:?}");
    let of_files: Vec<_> = known.iter().filter(|path| path.starts_with("/data")).collect();
    ensure!(of_files.is_empty(), "{of_files:?} came with a cookie");

    // Another file, of which the browser has kept nothing.
    let code = READ_ONE.replace("station-01", "station-02");
    stage.site.add_file("account", "text/plain", b"month of whoever is logged in".to_vec());
    let moved = FaultKind::Moved(stage.site.url("account"));
    stage.site.break_files(&[Fault::new("data-*/stations/station-02.csv", moved)]);
    let error = told(&lab, &code).await?["error"].clone();
    ensure!(error.as_str().is_some_and(|it| it.starts_with("OSError: ")), "who is sent on hears {error}");
    ensure!(!stage.site.requests().iter().any(|path| path == "/account"), "a script was sent on to an account");

    let page = FaultKind::Replaced(b"<!doctype html><title>Log in</title>".to_vec());
    stage.site.break_files(&[Fault::new("data-*/stations/station-02.csv", page)]);
    let error = told(&lab, &code).await?["error"].clone();
    ensure!(error.as_str().is_some_and(|it| it.contains("a web page came instead")), "it told {error}");
    Ok(())
}

/// At least the file's own latency, the same every time.
async fn a_read_takes_what_is_set(stage: &Stage) -> Outcome {
    const NUMBERS: [u32; 3] = [3, 14, 15];
    let code = "
import time
from lab import tell
for number in (3, 14, 15):
    start = time.perf_counter()
    open(f'data/answers/answer-{number:03}.json')
    tell(str(number), (time.perf_counter() - start) * 1e3)
";
    let lab = open(stage, "latency=300").await?;
    for latency in [300.0, 600.0] {
        lab.set(json!({ "latency": latency })).await?;
        let told = told(&lab, code).await?;
        for number in NUMBERS {
            let least_ms = latency_ms(&ANSWERS.name(number), latency);
            let took_ms = told[number.to_string()].as_f64().ok_or("it told no time")?;
            // A browser's clock may round to a whole millisecond.
            ensure!(took_ms >= least_ms - 1.0, "answer {number} took {took_ms} of at least {least_ms} ms");
        }
    }
    Ok(())
}

/// Eight reads one after the other, and eight at once, with the GIL.
async fn who_waits_for_a_file_has_released_the_gil(stage: &Stage) -> Outcome {
    let code = "
import threading, time
from lab import tell
NAMES = [f'data/answers/answer-{number:03}.json' for number in range(1, 9)]
def all_of(threads):
    start = time.perf_counter()
    for thread in threads: thread.start()
    for thread in threads: thread.join()
    return time.perf_counter() - start
def one_by_one():
    for name in NAMES: open(name)
alone = all_of([threading.Thread(target=one_by_one)])
together = all_of([threading.Thread(target=open, args=(name,)) for name in NAMES])
tell('ratio', together / alone)
";
    let lab = open(stage, "latency=600&gil=on").await?;
    let ratio = told(&lab, code).await?["ratio"].as_f64().ok_or("it told no ratio")?;
    // The longest of them takes a quarter of all at most; workers have to start.
    ensure!(ratio < 0.6, "eight at once took {ratio} of what they take one after the other");
    Ok(())
}

const ENDLESS: &str = "
print('on', flush=True)
open('data/stations/station-01.csv')
print('read')
";

async fn is_stopped(lab: &Lab) -> Outcome {
    lab.set(json!({ "code": ENDLESS, "latency": 10_000 })).await?;
    let index = lab.send("run", json!({})).await?;
    lab.until_printed("on").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, Duration::from_secs(4)).await?;
    ensure!(end.kind() == "stopped", "the script ended with {}", end.message);
    // The next run is a whole one.
    lab.set(json!({ "latency": 1 })).await?;
    ensure!(told(lab, READ_ONE).await? == json!({ "got": "month" }), "after a stop nothing is read");
    Ok(())
}

async fn a_read_is_stopped(stage: &Stage) -> Outcome {
    is_stopped(&open(stage, "").await?).await
}

async fn a_read_without_shared_memory_is_stopped(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    is_stopped(&open_not_isolated(stage, &deck, "").await?).await
}

/// Who waits for no read asks again and again: as often as the page has answered, no more.
const FLOOD: &str = "
from lab import tell
from urllib.request import urlopen
tell('begun', 1)
count = 0
while True:
    for name in ('data/stations/station-01.csv', 'data/nothing'):
        try:
            urlopen(name, timeout=0)
        except Exception:
            count += 1
    if count == 100_000:
        print('a hundred thousand')
";

async fn a_flood_of_reads_is_stopped(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    lab.set(json!({ "code": FLOOD })).await?;
    let index = lab.send("run", json!({})).await?;
    lab.until_printed("a hundred thousand").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, PATIENCE).await?;
    ensure!(end.kind() == "stopped", "{}", end.message);
    Ok(())
}

async fn a_file_that_does_not_come_says_why(stage: &Stage) -> Outcome {
    let lab = open(stage, "latency=0").await?;
    for (kind, says) in [(FaultKind::Missing, "404"), (FaultKind::Denied, "403"), (FaultKind::Refused, "could not be")]
    {
        stage.site.break_files(&[Fault::new("data-*/stations/*", kind)]);
        let told = told(&lab, READ_ONE).await?;
        let error = told["error"].as_str().unwrap_or_default();
        ensure!(error.starts_with("OSError: [Errno 5] ") && error.contains(says), "{says}: it told {told}");
    }
    // The page stays as it is, and what comes back is read.
    stage.site.break_files(&[]);
    let told = told(&lab, READ_ONE).await?;
    ensure!(told == json!({ "got": "month" }), "it told {told}");
    Ok(())
}

/// As Python is: kept once somebody needs it, and no part of what every visitor keeps.
async fn what_was_read_is_there_offline(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Isolated, "/")?;
    stage.driver.goto(site.url("index.html?lab=python&latency=0")).await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready().await?;
    lab.kept().await?;
    ensure!(asked_for(&site)?.is_empty(), "data files are kept before anybody needs one");
    told(&lab, READ_ONE).await?;
    // The worker answers before it has written what it keeps.
    let kept = "
        return caches.keys().then((names) => Promise.all(names.map((name) => caches.open(name)
            .then((cache) => cache.keys()))))
            .then((all) => all.flat().some(({ url }) => url.endsWith('/stations/station-01.csv')));";
    lab.comes("a kept data file", kept, vec![]).await?;
    site.go_offline();
    let found = told(&lab, READ_ONE).await?;
    ensure!(found == json!({ "got": "month" }), "offline it told {found}");
    let other = told(&lab, &READ_ONE.replace("station-01", &format!("station-{:02}", STATIONS.last))).await?;
    ensure!(other["error"].is_string(), "what nobody has read was there: {other}");
    Ok(())
}
