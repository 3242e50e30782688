//! A thousand hostile URLs and messages, drawn from a fixed seed: after each
//! batch the lab answers, its settings are within the contract's ranges, and a
//! run gives the right bits.

use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::lab::PATIENCE;
use browser_tests::report::{all_ok_with_hash, check_messages, only_ok_with_hash};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::CATALOGUE;
use parallel_lab::model::parameter::Values;
use parallel_lab::model::query::parse;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

const URLS: usize = 160;
const URLS_PER_CALL: usize = 16;
const MESSAGES: usize = 840;
const MESSAGES_PER_BATCH: usize = 30;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        either:
            hostile_urls,
            hostile_messages,
            a_parent_that_floods;
    ],
);

fn draw<S: Strategy>(strategy: &S, count: usize) -> Outcome<Vec<S::Value>> {
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &[19; 32]);
    let mut runner = TestRunner::new_with_rng(Config::default(), rng);
    let mut values = Vec::with_capacity(count);
    for _ in 0..count {
        let tree = strategy.new_tree(&mut runner).map_err(|reason| format!("no value drawn: {reason}"))?;
        values.push(tree.current());
    }
    Ok(values)
}

/// Names of the contract, and names that are none.
fn name() -> impl Strategy<Value = String> {
    let known = [
        "lab",
        "members",
        "steps",
        "dt",
        "sigma",
        "rho",
        "beta",
        "seed",
        "workers",
        "executors",
        "kernel",
        "chunk",
        "pool",
        "start",
        "gather",
        "repeats",
        "theme",
        "view",
        "embed",
        "program",
        "code",
        "gil",
        "switch",
    ];
    let unknown = [
        "",
        "Members",
        "members ",
        "__proto__",
        "constructor",
        "toString",
        "members[]",
        "hasOwnProperty",
        "\u{202e}steps",
        "m\u{e9}mbers",
        "<b>",
        "prediction",
        "autostart",
    ];
    prop_oneof![
        4 => proptest::sample::select(known.to_vec()).prop_map(str::to_owned),
        1 => proptest::sample::select(unknown.to_vec()).prop_map(str::to_owned),
        1 => "\\PC{0,12}",
    ]
}

/// Values near the contract's edges, and far beyond them.
fn text() -> impl Strategy<Value = String> {
    let edges = [
        "",
        "0",
        "1",
        "-1",
        "+1",
        "30",
        "64",
        "65",
        "100000",
        "100001",
        "1000000",
        "1000001",
        "4294967295",
        "4294967296",
        "18446744073709551616",
        "3.7",
        "1e3",
        "1e400",
        "-1e-400",
        "0.1",
        "0.000001",
        "0.0000009",
        "8/3",
        "1/0",
        "0/0",
        "8/3/2",
        "NaN",
        "Infinity",
        "-Infinity",
        "nan",
        "inf",
        "0x10",
        "1_000",
        "1,000",
        " 5",
        "5 ",
        "\u{664}\u{662}",
        "\u{ff15}",
        "null",
        "undefined",
        "true",
        "serial",
        "serial,thread",
        "thread,,serial,thread",
        ",",
        "process;thread",
        "SERIAL",
        "auto",
        "warm",
        "cold",
        "simd",
        "scalar",
        "spawn",
        "copy",
        "dark",
        "race",
        "%",
        "%zz",
        "%00",
        "\u{0}",
        "\u{fffd}",
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "'; DROP TABLE members; --",
        "javascript:alert(1)",
        "../../etc/passwd",
        "\u{1f4a9}",
        "a\u{301}",
        "\u{200b}",
        "--",
        "+",
        "-",
        ".",
        "e",
        "1e",
        "1e+",
        ".5",
        "5.",
        "00000001",
    ];
    prop_oneof![
        6 => proptest::sample::select(edges.to_vec()).prop_map(str::to_owned),
        1 => "[0-9]{1,40}",
        1 => "-?[0-9]{0,5}\\.?[0-9]{0,5}(e-?[0-9]{1,4})?",
        1 => "\\PC{0,40}",
        1 => any::<f64>().prop_map(|number| number.to_string()),
        1 => proptest::string::string_regex("[a-z,]{0,3000}").unwrap_or_else(|_| unreachable!()),
    ]
}

/// A query; parts are percent-encoded, or left as they are where a URL allows it.
fn hostile_query() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => (name(), text()).prop_map(|(name, text)| format!("{}={}", encoded(&name), encoded(&text))),
        1 => (name(), text()).prop_map(|(name, text)| format!("{name}={text}")),
        1 => text(),
        1 => Just("&&=&==".to_owned()),
    ];
    proptest::collection::vec(part, 0..14).prop_map(|parts| parts.join("&"))
}

fn encoded(text: &str) -> String {
    text.bytes()
        .map(|byte| if byte.is_ascii_alphanumeric() { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect()
}

fn any_json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(|number| json!(number)),
        (-5..70_i64).prop_map(Value::from),
        text().prop_map(Value::from),
    ];
    leaf.prop_recursive(4, 40, 6, |inner| {
        prop_oneof![
            proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
            proptest::collection::vec((name(), inner), 0..6)
                .prop_map(|pairs| Value::Object(pairs.into_iter().collect())),
        ]
    })
}

fn hostile_message() -> impl Strategy<Value = Value> {
    let kinds = ["run", "stop", "reset", "hello", "set", "ready", "finished", "error", "Run", "", "__proto__"];
    let kind = proptest::sample::select(kinds.to_vec());
    let params = proptest::collection::vec((name(), any_json()), 0..8)
        .prop_map(|pairs| Value::Object(pairs.into_iter().collect()));
    prop_oneof![
        5 => params.prop_map(|params| json!({ "app": "parallel-lab", "v": 1, "type": "set", "params": params })),
        3 => (kind, any_json()).prop_map(|(kind, more)| json!({ "app": "parallel-lab", "v": 1, "type": kind, "params": more })),
        1 => (any_json(), any_json()).prop_map(|(app, v)| json!({ "app": app, "v": v, "type": "run" })),
        1 => any_json().prop_map(|kind| json!({ "app": "parallel-lab", "v": 1, "type": kind })),
        1 => Just(json!("slide:start")),
        1 => Just(json!("slide:stop")),
        2 => any_json(),
    ]
}

/// What survives any settings: small, and complete where a run's cost is concerned.
fn cheap() -> (Case, Value) {
    let case = Case::native(13, 120, 77);
    let params = case.params_and(json!({
        "workers": 2, "executors": ["serial", "vectorized", "process", "thread"], "chunk": "auto", "repeats": 1,
        "pool": "cold", "start": "reuse", "gather": "transfer", "kernel": "scalar",
    }));
    (case, params)
}

async fn hostile_urls(stage: &Stage) -> Outcome {
    let queries = draw(&hostile_query(), URLS)?;
    let lab = Lab::framed(&stage.driver, "lab");
    host::open(stage, &stage.site, "127.0.0.1", &[Frame::new("lab", stage.site.url("index.html?embed"))]).await?;
    let ready = lab.ready().await?;
    let cores = u32::try_from(ready["capabilities"]["cores"].as_u64().unwrap_or(1))?;
    for queries in queries.chunks(URLS_PER_CALL) {
        for visit in visit(stage, &lab, queries).await?.as_array().ok_or("no visits")? {
            let search = visit["search"].as_str().ok_or_else(|| format!("no lab at {visit}"))?;
            let (_, _, problems) = parse(search, &CATALOGUE, cores);
            let problems = problems.iter().map(|problem| {
                json!({ "parameter": problem.parameter, "given": problem.given, "allowed": problem.allowed, "used": problem.used })
            });
            let expected: Vec<Value> = problems.collect();
            let told = visit["problems"].as_array().cloned().unwrap_or_default();
            ensure!(told == expected, "{search} gave {told:?} instead of {expected:?}");
            ensure!(
                but_for_the_clock(&visit["ready"]) == but_for_the_clock(&ready),
                "{search} changed ready to {}",
                visit["ready"]
            );
            ensure!(visit["errors"] == json!([]), "{search} gave errors {}", visit["errors"]);
            ensure!(visit["violations"] == json!([]), "{search} broke the policy: {}", visit["violations"]);
            ensure!(visit["scripts"] == 0, "{search} put elements into the notices");
        }
        // The last one also runs.
        let (case, params) = cheap();
        let finished = lab.race_with(params).await?;
        all_ok_with_hash(&finished, &case.final_fnv1a64).map_err(|error| format!("{:?}: {error}", queries.last()))?;
    }
    Ok(())
}

/// What `ready` says, without the clock's resolution, which is measured anew at each visit.
fn but_for_the_clock(ready: &Value) -> Value {
    let mut ready = ready.clone();
    ready["capabilities"]["clock_resolution_ms"] = Value::Null;
    ready
}

/// Loads each query in the frame, and tells what the lab said there.
async fn visit(stage: &Stage, lab: &Lab, queries: &[String]) -> Outcome<Value> {
    let script = "
        const [base, queries, answer] = arguments;
        const frame = document.getElementById('lab');
        const next = (index, types) => new Promise((resolve) => window.recorder.next(index, types, 'lab', 30000, resolve));
        (async () => {
            const visits = [];
            for (const query of queries) {
                const url = new URL(base + query.replaceAll('#', '%23'));
                const index = window.recorder.entries.length;
                frame.src = url.href;
                const ready = await next(index, ['ready']);
                if (ready === null) { visits.push({ url: url.href }); break; }
                frame.contentWindow.postMessage({ app: 'parallel-lab', v: 1, type: 'hello' }, '*');
                const again = await next(ready.index + 1, ['ready']);
                const notices = window.recorder.entries.slice(index).map((entry) => entry.message).filter((message) => message.type === 'notice');
                const inside = frame.contentWindow;
                visits.push({
                    search: url.search,
                    ready: again?.message,
                    problems: notices.flatMap((message) => message.problems),
                    errors: inside.recorder.errors,
                    violations: inside.recorder.violations,
                    scripts: inside.document.querySelectorAll('#notices script, #notices img, #notices b').length,
                });
            }
            answer(visits);
        })();";
    lab.script_async(script, vec![json!(stage.site.url("index.html?")), json!(queries)]).await
}

async fn hostile_messages(stage: &Stage) -> Outcome {
    let messages = draw(&hostile_message(), MESSAGES)?;
    let lab = stage.open("repeats=1").await?;
    let ready = lab.ready().await?;
    let (case, params) = cheap();
    for batch in messages.chunks(MESSAGES_PER_BATCH) {
        let script = "for (const message of JSON.parse(arguments[0])) window.postMessage(message, '*');";
        // As text: a driver would stumble over names such as toString.
        lab.script(script, vec![json!(json!(batch).to_string())]).await?;
        lab.send("stop", json!({})).await?;
        ensure!(lab.hello().await? == ready, "another ready than {ready} after {batch:?}");
        lab.idle().await?;
        lab.set(params.clone()).await?;
        let finished = lab.race().await.map_err(|error| format!("{error} after {batch:?}"))?;
        all_ok_with_hash(&finished, &case.final_fnv1a64)?;
        let names = Values::defaults(CATALOGUE.usual, 1).json();
        let settings = finished["settings"].as_object().ok_or("no settings")?;
        let names = names.as_object().ok_or("settings are no object")?;
        let all_there = names.keys().all(|name| settings.contains_key(name));
        ensure!(all_there && settings.len() == names.len(), "{settings:?}");
        for (name, value) in params.as_object().into_iter().flatten() {
            let same =
                value.as_f64().map_or(settings[name] == *value, |number| settings[name].as_f64() == Some(number));
            ensure!(same, "{name} is {} instead of {value}", settings[name]);
        }
        let errors = lab.script("return window.recorder.errors;", vec![]).await?;
        ensure!(errors == json!([]), "errors {errors} after {batch:?}");
    }
    let heard = lab.heard().await?;
    let last = heard.iter().filter_map(|heard| heard.message["run"].as_u64()).max().unwrap_or_default();
    for run in 1..=last {
        check_messages(&heard, &json!(run))?;
    }
    Ok(())
}

/// Before the lab stands, while it runs, and while somebody types: messages by
/// the thousand, megabytes long, endless and without sense.
async fn a_parent_that_floods(stage: &Stage) -> Outcome {
    let flood = "
        window.flood = () => {
            const lab = document.getElementById('lab').contentWindow;
            const post = (message) => lab.postMessage(message, '*');
            const deep = {};
            for (let [inner, depth] = [deep, 0]; depth < 900; depth += 1) inner = inner.params = { app: 'parallel-lab' };
            const ring = { app: 'parallel-lab', v: 1, type: 'set' };
            ring.params = ring;
            const huge = 'x'.repeat(20e6);
            post(huge);
            post({ app: 'parallel-lab', v: 1, type: huge });
            post({ app: 'parallel-lab', v: 1, type: 'set', params: { [huge]: 1, theme: [huge] } });
            post({ app: 'parallel-lab', v: 1, type: 'set', params: { ...deep, chunk: deep } });
            post({ app: 'parallel-lab', v: 1, type: 'set', params: new Uint8Array(20e6) });
            post(ring);
            post(new Map([[ring, deep]]));
            post([...Array(1e5)].map(() => null));
            for (let count = 0; count < 4000; count += 1) {
                post({ app: 'parallel-lab', v: 1, type: 'nothing of ours', count });
                post('slide:' + count);
                post(count);
            }
        };";
    let deck = Site::start_not_isolated()?;
    let flooding = deck.add_file("flood.js", "text/javascript", flood.into());
    let frame = Frame::new("lab", stage.site.url("index.html?embed"));
    let page = host::page("/recorder.js", &[frame]) + format!("<script src=\"/{flooding}\"></script>").as_str();
    let early = deck.add_file("early.js", "text/javascript", b"flood(); addEventListener('load', flood);".to_vec());
    let name = deck.add_page("host.html", page + format!("<script src=\"/{early}\"></script>").as_str());
    stage.driver.goto(deck.url_on("localhost", &name)).await?;
    let lab = Lab::framed(&stage.driver, "lab");
    lab.ready().await?;

    // What somebody is about to enter is still there afterwards.
    let script = "
        const field = document.querySelector('input[type=text]');
        field.focus();
        field.value = '4321';
        field.dispatchEvent(new Event('input', { bubbles: true }));
        return field.id;";
    let field = lab.inside(script, vec![]).await?;
    lab.script("window.flood();", vec![]).await?;
    lab.hello().await?;
    let entered = lab.inside("return document.getElementById(arguments[0]).value;", vec![field]).await?;
    ensure!(entered == "4321", "what was entered became {entered}");

    let (case, params) = cheap();
    lab.set(params).await?;
    let index = lab.send("run", json!({})).await?;
    lab.script("window.flood();", vec![]).await?;
    let end = lab.end_within(index, 2 * PATIENCE).await?;
    // A `set` stops a run, also one of no sense.
    ensure!(end.kind() != "error", "the run ended with {}", end.message);
    let finished = lab.race_with(cheap().1).await?;
    only_ok_with_hash(&finished, &["serial", "vectorized", "process"], &case.final_fnv1a64)?;
    let errors = lab.inside("return window.recorder.errors;", vec![]).await?;
    ensure!(errors == json!([]), "errors {errors}");
    Ok(())
}
