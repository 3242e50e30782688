//! Where the lab may find itself: isolated or not, framed, sandboxed, on a
//! disk, without workers. What works there works to the bit; what does not has
//! its reason.

use std::collections::HashSet;
use std::time::{Duration, Instant};

use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::report::{EXECUTORS, check_messages, check_sentence, number, only_ok_with_hash, result_of};
use browser_tests::site::{Fault, FaultKind, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};

/// All that works without shared memory.
const WITHOUT_THREADS: [&str; 3] = ["serial", "vectorized", "process"];
/// The probe's own limit is 3 s; the rest is this machine.
const READY_LIMIT: Duration = Duration::from_secs(15);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            isolated,
            not_isolated,
            framed_by_another_site,
            sandboxed_without_an_origin,
            sandboxed_with_its_origin,
            opened_from_a_disk,
            without_shared_array_buffer;
        either:
            sandboxed_without_an_origin_by_a_generous_host,
            sandboxed_without_an_origin_but_isolated,
            framed_by_another_site_that_is_isolated,
            with_workers_that_never_answer,
            with_fewer_workers_than_asked_for,
            isolated_with_memory_a_moment_later,
            isolated_without_memory,
            without_webassembly,
            framed_by_the_same_site_isolated,
            framed_by_the_same_site_not_isolated,
            without_workers,
            with_workers_that_refuse_to_start,
            isolated_but_memory_cannot_be_handed_over,
            isolated_but_the_nested_worker_never_answers;
    ],
);

fn case() -> Case {
    Case::native(37, 700, 12)
}

/// Runs the case where only `executors` can, and checks what `ready` says about it.
async fn only_these_work(lab: &Lab, executors: &[&str]) -> Outcome<Value> {
    let case = case();
    let ready = lab.ready().await?;
    let capabilities = &ready["capabilities"];
    check_capabilities(capabilities, executors)?;
    let finished = lab.race_with(case.params_and(json!({ "repeats": 2, "workers": 2 }))).await?;
    only_ok_with_hash(&finished, executors, &case.final_fnv1a64)?;
    check_messages(&lab.heard().await?, &finished["run"])?;
    if executors.len() < EXECUTORS.len() {
        let page = lab.inside("return document.body.innerText;", vec![]).await?;
        for executor in EXECUTORS.iter().filter(|executor| !executors.contains(executor)) {
            let reason = result_of(&finished, executor)?["reason"].as_str().unwrap_or_default().to_owned();
            ensure!(
                page.as_str().is_some_and(|page| page.contains(&reason)),
                "the page does not tell {reason:?}: {page}"
            );
        }
    }
    Ok(finished)
}

fn check_capabilities(capabilities: &Value, executors: &[&str]) -> Outcome {
    for (field, executor) in [("threads", "thread"), ("processes", "process")] {
        let works = executors.contains(&executor);
        ensure!(capabilities[field] == works, "{field}: {capabilities}");
        let reason = &capabilities[format!("{field}_reason")];
        if works {
            ensure!(reason.is_null(), "{field} work, and yet: {reason}");
        } else {
            check_sentence(reason)?;
        }
    }
    ensure!(number(capabilities, "cores")? >= 1.0, "{capabilities}");
    ensure!(number(capabilities, "clock_resolution_ms")? > 0.0, "{capabilities}");
    Ok(())
}

async fn isolated(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    let ready = lab.ready().await?;
    ensure!(ready["capabilities"]["cross_origin_isolated"] == true, "{ready}");
    only_these_work(&lab, &EXECUTORS).await?;
    Ok(())
}

async fn open_unframed(stage: &Stage, site: &Site) -> Outcome<Lab> {
    stage.driver.goto(site.url("index.html")).await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready().await?;
    Ok(lab)
}

async fn not_isolated(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let lab = open_unframed(stage, &site).await?;
    let ready = lab.ready().await?;
    ensure!(ready["capabilities"]["cross_origin_isolated"] == false, "{ready}");
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn framed_by_the_same_site_isolated(stage: &Stage) -> Outcome {
    let frame = Frame::new("lab", stage.site.url("index.html?embed"));
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    only_these_work(&lab, &EXECUTORS).await?;
    Ok(())
}

async fn framed_by_the_same_site_not_isolated(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let lab = host::open_one(stage, &site, "127.0.0.1", Frame::new("lab", site.url("index.html?embed"))).await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn framed_by_another_site(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    // The lab's own headers are of no use in a frame of a page without them.
    let lab = host::open_one(stage, &deck, "localhost", Frame::new("lab", stage.site.url("index.html?embed"))).await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn framed_by_another_site_that_is_isolated(stage: &Stage) -> Outcome {
    let frame = Frame { allow: Some("cross-origin-isolated"), ..Frame::new("lab", stage.site.url("index.html?embed")) };
    let deck = Site::start()?;
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    // Whether this is enough is the browser's affair; the lab must not claim more than works.
    let ready = lab.ready().await?;
    let threads = ready["capabilities"]["threads"] == true;
    only_these_work(&lab, if threads { &EXECUTORS } else { &WITHOUT_THREADS }).await?;
    Ok(())
}

async fn sandboxed_without_an_origin(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let frame = Frame::new("lab", site.url("index.html?embed")).sandboxed("allow-scripts");
    let lab = host::open_one(stage, &site, "127.0.0.1", frame).await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn sandboxed_without_an_origin_by_a_generous_host(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let generous = FaultKind::Header("Access-Control-Allow-Origin".into(), "*".into());
    site.break_files(&[Fault::new("*", generous)]);
    let frame = Frame::new("lab", site.url("index.html?embed")).sandboxed("allow-scripts");
    let lab = host::open_one(stage, &site, "localhost", frame).await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

/// Shared memory could be had, but the threads' program could not be loaded.
async fn sandboxed_without_an_origin_but_isolated(stage: &Stage) -> Outcome {
    let frame = Frame { allow: Some("cross-origin-isolated"), ..Frame::new("lab", stage.site.url("index.html?embed")) };
    let deck = Site::start()?;
    let lab = host::open_one(stage, &deck, "127.0.0.1", frame.sandboxed("allow-scripts")).await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn sandboxed_with_its_origin(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let frame = Frame::new("lab", site.url("index.html?embed")).sandboxed("allow-scripts allow-same-origin");
    let lab = host::open_one(stage, &site, "localhost", frame).await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn opened_from_a_disk(stage: &Stage) -> Outcome {
    let copy = stage.site.copy_to_disk()?;
    stage.driver.goto(copy.url("members=5")).await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready().await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

/// No worker in any form: serial on the page, with progress and Stop.
async fn only_the_page_works(stage: &Stage) -> Outcome {
    let start = Instant::now();
    let lab = stage.open("").await?;
    ensure!(start.elapsed() < READY_LIMIT, "ready took {:?}", start.elapsed());
    let finished = only_these_work(&lab, &["serial"]).await?;
    ensure!(result_of(&finished, "serial")?["where"] == "page", "serial ran elsewhere: {finished}");
    // What several of them share is said once.
    let script = "return [...document.querySelectorAll('#reasons li span')].map((it) => it.textContent);";
    let reasons = lab.script(script, vec![]).await?;
    let reasons: Vec<_> = reasons.as_array().into_iter().flatten().filter_map(Value::as_str).collect();
    let different: HashSet<_> = reasons.iter().collect();
    ensure!(!reasons.is_empty() && different.len() == reasons.len(), "the page says {reasons:?}");

    lab.set(json!({ "members": 100_000, "steps": 5000, "repeats": 1 })).await?;
    let first = lab.begin().await?;
    ensure!(first.kind() == "progress", "no progress on the page, but {}", first.message);
    let script = "
        const [answer] = arguments;
        const asked = performance.now();
        window.postMessage({ app: 'parallel-lab', v: 1, type: 'stop' }, '*');
        window.recorder.next(window.recorder.entries.length, ['stopped', 'finished', 'error'], null, 30000,
            (entry) => answer([entry?.message.type, entry && entry.at - asked]));";
    let stopped = lab.script_async(script, vec![]).await?;
    ensure!(stopped[0] == "stopped", "stop was answered by {stopped}");
    ensure!(stopped[1].as_f64() < Some(250.0), "stop took {} ms", stopped[1]);
    only_these_work(&lab, &["serial"]).await?;
    Ok(())
}

async fn without_workers(stage: &Stage) -> Outcome {
    stage.site.insert("delete window.Worker; delete window.SharedWorker;");
    only_the_page_works(stage).await
}

async fn with_workers_that_refuse_to_start(stage: &Stage) -> Outcome {
    stage.site.insert(
        "window.Worker = class Worker { constructor() { throw new DOMException('not here', 'SecurityError'); } };",
    );
    only_the_page_works(stage).await
}

async fn with_workers_that_never_answer(stage: &Stage) -> Outcome {
    stage.site.insert(
        "window.Worker = class Worker extends EventTarget { postMessage() {} terminate() {} set onmessage(f) {} set onerror(f) {} };",
    );
    only_the_page_works(stage).await
}

async fn with_fewer_workers_than_asked_for(stage: &Stage) -> Outcome {
    // From the moment that this is switched on, no more than two live at once.
    stage.site.insert(
        "const Real = Worker;
         const alive = new Set();
         window.limit = Infinity;
         window.Worker = class Worker extends Real {
             constructor(...all) {
                 if (alive.size >= window.limit) throw new DOMException('enough', 'QuotaExceededError');
                 super(...all);
                 alive.add(this);
             }
             terminate() { alive.delete(this); super.terminate(); }
             static alive() { return alive.size; }
         };",
    );
    let lab = stage.open("").await?;
    let case = case();
    lab.race_with(case.params_and(json!({ "executors": ["serial"] }))).await?;
    lab.script("window.limit = Worker.alive() + 2;", vec![]).await?;
    let finished = lab.race_with(json!({ "executors": ["process"], "workers": 5, "repeats": 2 })).await?;
    let result = result_of(&finished, "process")?;
    ensure!(result["status"] == "ok" && result["final_fnv1a64"] == case.final_fnv1a64, "{result}");
    let workers = number(result, "workers")?;
    ensure!((1.0..5.0).contains(&workers), "{workers} of 5 workers ran");
    check_sentence(&result["reason"])?;
    lab.script("window.limit = Infinity;", vec![]).await?;
    let finished = lab.race().await?;
    ensure!(number(result_of(&finished, "process")?, "workers")? == 5.0, "{finished}");
    Ok(())
}

async fn without_shared_array_buffer(stage: &Stage) -> Outcome {
    stage.site.insert("delete window.SharedArrayBuffer;");
    let lab = stage.open("").await?;
    // The workers have theirs: threads may well work, if the lab has tried.
    let ready = lab.ready().await?;
    let threads = ready["capabilities"]["threads"] == true;
    only_these_work(&lab, if threads { &EXECUTORS } else { &WITHOUT_THREADS }).await?;
    Ok(())
}

/// What some browsers do: isolated by their own word, and yet the memory can't be sent.
const NO_SHARED_MEMORY_TO_NESTED: &str = "
    const OuterWorker = self.Worker;
    self.Worker = class Worker extends OuterWorker {
        postMessage(message, ...rest) {
            if (JSON.stringify(Object.keys(message ?? {})).includes('shared') || message instanceof WebAssembly.Memory) {
                throw new DOMException('#<Memory> could not be cloned.', 'DataCloneError');
            }
            super.postMessage(message, ...rest);
        }
    };
";

const SILENT_NESTED: &str = "
    const OuterWorker = self.Worker;
    self.Worker = class Worker extends EventTarget { postMessage() {} terminate() {} set onmessage(f) {} set onerror(f) {} };
";

/// Runs `prelude` first in every worker that the page makes from a blob, as it does for its probe.
fn with_prelude(prelude: &str) -> String {
    format!(
        "const RealBlob = Blob;
         window.Blob = class Blob extends RealBlob {{
             constructor(parts, options) {{
                 super(options?.type === 'text/javascript' ? [{}, ...parts] : parts, options);
             }}
         }};",
        json!(prelude)
    )
}

async fn isolated_but_memory_cannot_be_handed_over(stage: &Stage) -> Outcome {
    stage.site.insert(&with_prelude(NO_SHARED_MEMORY_TO_NESTED));
    let lab = stage.open("").await?;
    let ready = lab.ready().await?;
    ensure!(ready["capabilities"]["cross_origin_isolated"] == true, "{ready}");
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn isolated_but_the_nested_worker_never_answers(stage: &Stage) -> Outcome {
    stage.site.insert(&with_prelude(SILENT_NESTED));
    let start = Instant::now();
    let lab = stage.open("").await?;
    ensure!(start.elapsed() < READY_LIMIT, "ready took {:?}", start.elapsed());
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

/// No memory for the first `refusals` that ask, as where pages that were just left have not given theirs back.
fn no_memory_at_first(refusals: &str) -> String {
    with_prelude(&format!(
        "const Memory = WebAssembly.Memory;
         let refusals = {refusals};
         WebAssembly.Memory = function (descriptor) {{
             if (refusals-- > 0) throw new RangeError('WebAssembly.Memory(): could not allocate memory');
             return new Memory(descriptor);
         }};"
    ))
}

async fn isolated_with_memory_a_moment_later(stage: &Stage) -> Outcome {
    stage.site.insert(&no_memory_at_first("3"));
    let lab = stage.open("").await?;
    only_these_work(&lab, &EXECUTORS).await?;
    Ok(())
}

async fn isolated_without_memory(stage: &Stage) -> Outcome {
    stage.site.insert(&no_memory_at_first("Infinity"));
    let lab = stage.open("").await?;
    let ready = lab.ready().await?;
    let reason = ready["capabilities"]["threads_reason"].as_str().unwrap_or_default();
    ensure!(reason.contains("could not allocate memory"), "{ready}");
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    Ok(())
}

async fn without_webassembly(stage: &Stage) -> Outcome {
    stage.site.insert("delete window.WebAssembly;");
    let lab = stage.load("index.html").await?;
    let error = lab.next(0, &["error"]).await?;
    check_sentence(&error.message["message"])?;
    let text = lab.script("return document.body.innerText;", vec![]).await?;
    ensure!(text.as_str().is_some_and(|text| text.contains("WebAssembly")), "the page says {text}");
    Ok(())
}
