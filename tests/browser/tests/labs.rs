//! What holds for every lab of the list: a new one gets these tests without a line.

use std::collections::BTreeMap;
use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::host::{self, Frame};
use browser_tests::input::{ask_for_keys, focus, keys_heard, press_in};
use browser_tests::lab_times::Labs;
use browser_tests::site::Site;
use browser_tests::stopping::Tries;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::lab::Lab as Listed;
use serde_json::{Value, json};
use thirtyfour::Key;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// What makes any lab quick; others ignore what is not theirs.
const QUICK: &str = "members=50&steps=200&repeats=1&workers=2";
/// And what makes any native lab long.
const LONG: &str = "members=100000&steps=5000&repeats=5&workers=2";
/// From lab to lab, once the browser has what it needs: what is promised, on the page's
/// own clock. It takes 0.1 to 0.4 s, and on a shared machine the best of a few times
/// counts: there is a lot of room for slow machines, and none for a lab that fetches or
/// compiles once more what the browser has.
const NEXT_LAB_LIMIT_MS: f64 = 1500.0;
const TIMES_AROUND: u32 = 3;
/// Phones, CSS pixels.
const NARROW: [u32; 2] = [320, 390];

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            each_runs_and_stops,
            each_stops_at_once;
        either:
            each_meets_nonsense_with_words,
            each_can_be_read_by_all,
            each_opens_wherever_it_stands,
            each_leads_to_the_next_at_once,
            each_leaves_the_slides_keys;
    ],
);

/// Whether what it runs is a script, which anybody can change.
fn runs_scripts(listed: &Listed) -> bool {
    listed.parameter("code").is_some()
}

/// The lab is there with its heading, and nothing broke.
async fn stands(lab: &Lab, listed: &Listed) -> Outcome {
    let name = listed.name;
    let ready = lab.ready().await?;
    ensure!(ready["lab"] == name, "{name}: {ready}");
    let found = lab.appears("#question").await?;
    ensure!(!found.trim().is_empty(), "{name} has no heading");
    Ok(())
}

async fn each_opens_wherever_it_stands(stage: &Stage) -> Outcome {
    let elsewhere = Site::start_not_isolated()?;
    for listed in Labs::on(stage.kind) {
        let query = format!("index.html?embed&lab={}", listed.name);
        for site in [&stage.site, &elsewhere] {
            let framed = host::open_one(stage, site, "127.0.0.1", Frame::new("lab", site.url(&query))).await?;
            stands(&framed, listed).await?;
        }
        let alone = stage.open(&format!("lab={}", listed.name)).await?;
        stands(&alone, listed).await?;
        let errors = alone.script("return window.recorder.errors;", vec![]).await?;
        ensure!(errors == json!([]), "{}: {errors}", listed.name);
    }
    Ok(())
}

async fn each_runs_and_stops(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        let name = listed.name;
        let lab = stage.open(&format!("lab={name}&{QUICK}")).await?;
        // Whatever it is doing yet, Stop ends it, and then it can run.
        lab.send("run", json!({})).await?;
        lab.send("stop", json!({})).await?;
        // Both are taken in by now.
        lab.hello().await?;
        lab.idle().await?;
        let run = lab.send("run", json!({})).await?;
        let end = lab.end_within(run, PATIENCE).await?;
        ensure!(end.kind() == "finished", "{name} ended with {}", end.message);
        ensure!(end.message["lab"] == name, "{name}: {}", end.message);
    }
    Ok(())
}

/// Begins what does not end by itself, or not for long; `number` tells it from those before.
async fn begin_long_run(lab: &Lab, listed: &Listed, number: u32) -> Outcome {
    let name = listed.name;
    if runs_scripts(listed) {
        let printed = format!("run {number}");
        let code = format!("print('{printed}', flush=True)\nwhile True:\n    pass\n");
        lab.set(json!({ "code": code })).await?;
        lab.send("run", json!({})).await?;
        lab.until_printed(&printed).await?;
    } else {
        let first = lab.begin().await?;
        let message = &first.message;
        ensure!(first.kind() == "progress", "{name} could not be stopped, LONG is not long for it: {message}");
    }
    let state = lab.state().await?;
    ensure!(state == "running", "{name} could not be stopped, its run is {state}");
    Ok(())
}

async fn each_stops_at_once(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        let name = listed.name;
        let lab = stage.open(&format!("lab={name}&{LONG}")).await?;
        let mut tries = Tries::of(name);
        for number in 1.. {
            begin_long_run(&lab, listed, number).await?;
            let is_in_time = tries.stop(&lab).await?;
            ensure!(lab.state().await? == "idle", "{name} was stopped, and is {}", lab.state().await?);
            if is_in_time {
                break;
            }
        }
    }
    Ok(())
}

/// What is needed of a lab to call it standing: its heading, its form, and its script
/// where it has one.
fn views(listed: &Listed) -> Vec<&'static str> {
    let (form, script) = (listed.is_experiment().then_some("#run"), runs_scripts(listed).then_some("#code"));
    ["#question"].into_iter().chain(form).chain(script).collect()
}

/// Follows the open page's link to a lab, and gives how long that took until it stood, ms.
async fn follow_link_to(lab: &Lab, listed: &Listed) -> Outcome<f64> {
    let follow = "
        const links = [...document.querySelectorAll('nav a')];
        const link = links.find((it) => new URL(it.href).searchParams.get('lab') === arguments[0]);
        setTimeout(() => link.click());
        return performance.timeOrigin + performance.now();";
    let followed = lab.script(follow, vec![json!(listed.name)]).await?;
    let stands = "
        const [name, views, followed] = arguments;
        const is_there = new URLSearchParams(location.search).get('lab') === name
            && document.documentElement.dataset.state === 'idle'
            && views.every((it) => document.querySelector(it)?.checkVisibility())
            && document.querySelector('#question').innerText.trim();
        return is_there ? performance.timeOrigin + performance.now() - followed : null;";
    let arguments = vec![json!(listed.name), json!(views(listed)), followed];
    let took = lab.comes_after_loading(listed.name, stands, arguments).await?;
    took.as_f64().ok_or_else(|| format!("{took} is no time").into())
}

async fn each_leads_to_the_next_at_once(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind) {
        let lab = stage.open(&format!("lab={}", listed.name)).await?;
        stands(&lab, listed).await?;
        if runs_scripts(listed) {
            // Python is here too.
            lab.until_status("Ready.").await?;
        }
    }
    let lab = Lab::unframed(&stage.driver);
    let mut best_ms = BTreeMap::new();
    for _ in 0..TIMES_AROUND {
        // The last lab is open, and leads to the first.
        for listed in Labs::on(stage.kind) {
            let took_ms = follow_link_to(&lab, listed).await?;
            let best_ms = best_ms.entry(listed.name).or_insert(took_ms);
            *best_ms = took_ms.min(*best_ms);
        }
        if best_ms.values().all(|it| *it <= NEXT_LAB_LIMIT_MS) {
            return Ok(());
        }
    }
    Err(format!("from the lab before it to each, ms: {best_ms:?}").into())
}

/// In a slide, what a lab has no use for goes on to the page around it, and nothing that is typed.
async fn each_leaves_the_slides_keys(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    for listed in Labs::on(stage.kind) {
        let name = listed.name;
        let frame = Frame::new("lab", site.url(&format!("index.html?embed&lab={name}")));
        let lab = host::open_one(stage, &site, "localhost", frame).await?;
        stands(&lab, listed).await?;
        ask_for_keys(&lab).await?;
        focus(&lab, "#question").await?;
        for keys in [&[Key::Right][..], &[Key::PageDown], &[Key::Shift, Key::Space]] {
            press_in(&stage.driver, "lab", keys).await?;
        }
        let heard = keys_heard(&lab).await?;
        let names: Vec<_> = heard.iter().map(|it| &it["key"]).collect();
        ensure!(names == ["ArrowRight", "PageDown", " "], "{name}: of the slide's keys the page got {names:?}");

        let number = listed.is_experiment().then_some("#settings input");
        for field in number.into_iter().chain(runs_scripts(listed).then_some("#code")) {
            lab.appears(field).await?;
            focus(&lab, field).await?;
            for key in [Key::NumPad4, Key::Left, Key::Space, Key::PageDown, Key::Escape] {
                press_in(&stage.driver, "lab", &[key]).await?;
            }
            let now = keys_heard(&lab).await?;
            ensure!(now == heard, "{name}: of what was typed in {field} the page got {:?}", &now[heard.len()..]);
        }
    }
    Ok(())
}

async fn each_meets_nonsense_with_words(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind) {
        // A text may be anything.
        let names: Vec<_> =
            listed.parameters().map(|it| it.name).filter(|name| !["code", "quiz"].contains(name)).collect();
        let nonsense: Vec<_> = names.iter().map(|name| format!("{name}=%22%3Cb%3E-NaN")).collect();
        let lab = stage.open(&format!("lab={}&{}", listed.name, nonsense.join("&"))).await?;
        let heard = lab.heard().await?;
        let notice = heard.iter().find(|heard| heard.kind() == "notice").ok_or("no notice")?;
        let problems = notice.message["problems"].as_array().cloned().unwrap_or_default();
        for name in &names {
            let told = problems.iter().find(|problem| problem["parameter"] == *name);
            let told = told.ok_or_else(|| format!("{}: nothing is said of {name}", listed.name))?;
            ensure!(told["allowed"] != "" && told["used"] != "", "{}: {told}", listed.name);
        }
        let broken = lab.script("return document.querySelectorAll('#notices b').length;", vec![]).await?;
        ensure!(broken == 0, "{}: what was given stands in the page as HTML", listed.name);
    }
    Ok(())
}

async fn each_can_be_read_by_all(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind) {
        let name = listed.name;
        let lab = stage.open(&format!("lab={name}")).await?;
        lab.appears("#question").await?;
        for theme in ["light", "dark"] {
            lab.set(json!({ "theme": theme })).await?;
            lab.hello().await?;
            check(&lab, &format!("{name}, {theme}")).await?;
        }
        let frame = Frame::new("lab", stage.site.url(&format!("index.html?embed&lab={name}")));
        let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
        stands(&lab, listed).await?;
        for width in NARROW {
            let script = "document.getElementById('lab').width = arguments[0];";
            lab.script(script, vec![json!(width)]).await?;
            let script = "
                await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
                return document.documentElement.scrollWidth;";
            let script = format!("return (async () => {{ {script} }})();");
            let needed: Value = lab.inside(&script, vec![]).await?;
            ensure!(needed.as_u64().unwrap_or(u64::MAX) <= width.into(), "{name} needs {needed} of {width}");
        }
    }
    Ok(())
}
