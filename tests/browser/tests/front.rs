//! The front page as a person uses it: by pointer, by keyboard, again.

use std::time::Duration;

use browser_tests::browser::program;
use browser_tests::host::{self, Frame};
use browser_tests::lab::PATIENCE;
use browser_tests::report::{number, result_of};
use browser_tests::site::{Fault, FaultKind};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::CATALOGUE;
use serde_json::{Value, json};
use thirtyfour::{By, Key};
use xtask::parts;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_keyboard_is_enough,
            parameters_and_frames_open_the_lab_at_once;
        either:
            choosing_an_answer_runs_both_races,
            a_visitor_who_returns_finds_the_lab,
            a_guess_is_told_and_marked,
            the_explanation_fits_the_figures,
            without_scripts_there_is_a_recorded_race,
            no_page_and_no_part_is_too_large,
            nothing_jumps_while_results_arrive;
    ],
);

/// How many elements match.
async fn count(lab: &Lab, selector: &str) -> Outcome<u64> {
    let found = lab.script("return document.querySelectorAll(arguments[0]).length;", vec![json!(selector)]).await?;
    found.as_u64().ok_or_else(|| format!("{selector} can't be counted").into())
}

async fn text(lab: &Lab, selector: &str) -> Outcome<String> {
    let script = "return document.querySelector(arguments[0])?.innerText ?? '';";
    Ok(lab.script(script, vec![json!(selector)]).await?.as_str().unwrap_or_default().to_owned())
}

async fn press(stage: &Stage, key: Key) -> Outcome {
    Ok(stage.driver.active_element().await?.send_keys(String::from(char::from(key))).await?)
}

/// Tabs on until the focus is on what matches.
async fn tab_to(stage: &Stage, lab: &Lab, selector: &str) -> Outcome {
    for _ in 0..80 {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false;";
        if lab.script(script, vec![json!(selector)]).await? == true {
            return Ok(());
        }
        press(stage, Key::Tab).await?;
    }
    Err(format!("no way to {selector} by Tab").into())
}

async fn two_races(lab: &Lab) -> Outcome<[Value; 2]> {
    let first = lab.end_within(0, 2 * PATIENCE).await?;
    let second = lab.end_within(first.index + 1, 2 * PATIENCE).await?;
    for end in [&first, &second] {
        ensure!(end.kind() == "finished", "a race ended with {}", end.message);
    }
    lab.idle().await?;
    Ok([first.message, second.message])
}

async fn choosing_an_answer_runs_both_races(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    ensure!(count(&lab, ".answer").await? == 4, "there are not four answers");
    stage.driver.find(By::Css(".answer[data-executor=thread]")).await?.click().await?;
    let [small, large] = two_races(&lab).await?;
    for (finished, run, members) in [(&small, 1, 30), (&large, 2, 10_000)] {
        ensure!(finished["run"] == run, "run {} of {run}", finished["run"]);
        ensure!(finished["settings"]["members"] == members, "members {}", finished["settings"]["members"]);
        ensure!(finished["prediction"]["first"] == "thread", "the prediction is {}", finished["prediction"]);
    }
    let sentence = text(&lab, "#question").await?;
    ensure!(sentence.contains("At 30 members, ") && sentence.contains("at 10,000, "), "the sentence is {sentence:?}");
    ensure!(count(&lab, ".block:not([hidden])").await? == 2, "not two races are shown");
    ensure!(count(&lab, "#results [data-status=ok]").await? == 8, "not eight rows");
    ensure!(count(&lab, ".row-verdict[data-verdict]").await? == 6, "not every bar has its verdict");
    ensure!(text(&lab, "#same-bits").await?.starts_with('✓'), "the bits are not said to be the same");
    Ok(())
}

async fn the_keyboard_is_enough(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    tab_to(stage, &lab, ".answer[data-executor=serial]").await?;
    press(stage, Key::Enter).await?;
    two_races(&lab).await?;
    let focused = lab.script("return document.activeElement?.id;", vec![]).await?;
    ensure!(focused == "question", "after answering, the focus is on {focused}");
    tab_to(stage, &lab, ".cause").await?;
    press(stage, Key::Space).await?;
    ensure!(!text(&lab, "#explanation").await?.is_empty(), "picking a cause explains nothing");
    tab_to(stage, &lab, "#try").await?;
    let heard = u64::try_from(lab.heard().await?.len())?;
    press(stage, Key::Enter).await?;
    let next = lab.next_within(heard, &["finished"], 2 * PATIENCE).await?;
    ensure!(next.message["run"] == 3, "the change ran as {}", next.message["run"]);
    lab.idle().await?;
    tab_to(stage, &lab, "#run").await?;
    press(stage, Key::Enter).await?;
    lab.next_within(next.index + 1, &["finished"], 2 * PATIENCE).await?;
    Ok(())
}

async fn a_visitor_who_returns_finds_the_lab(stage: &Stage) -> Outcome {
    let lab = stage.open("").await?;
    stage.driver.find(By::Id("just-show")).await?.click().await?;
    let [small, _] = two_races(&lab).await?;
    ensure!(small["prediction"].is_null(), "nobody predicted {}", small["prediction"]);
    let lab = stage.open("").await?;
    ensure!(count(&lab, ".answer").await? == 0 && count(&lab, "#run").await? == 1, "the question is asked again");
    let lab = stage.open("question").await?;
    ensure!(count(&lab, ".answer").await? == 4, "`question` does not ask");
    Ok(())
}

async fn parameters_and_frames_open_the_lab_at_once(stage: &Stage) -> Outcome {
    let lab = stage.open("members=7").await?;
    ensure!(count(&lab, ".answer").await? == 0, "parameters, and yet the question");
    let frame = Frame::new("lab", stage.site.url("index.html"));
    let framed = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    let answers = framed.inside("return document.querySelectorAll('.answer').length;", vec![]).await?;
    ensure!(answers == 0, "a frame without parameters asks");
    Ok(())
}

async fn a_guess_is_told_and_marked(stage: &Stage) -> Outcome {
    let lab = stage.open("members=64&steps=500&repeats=2&workers=2").await?;
    stage.driver.find(By::Css("#predict input[value=vectorized]")).await?.click().await?;
    let factor = stage.driver.find(By::Id("predicted-speedup")).await?;
    factor.find(By::XPath("option[text()='about 4 × as fast']")).await?.click().await?;
    let order = stage.driver.find(By::Id("predicted-order")).await?;
    order.find(By::XPath("option[text()='Process-like, Thread, Serial']")).await?.click().await?;
    let finished = lab.race().await?;
    let prediction = &finished["prediction"];
    ensure!(prediction["first"] == "vectorized" && prediction["speedup"].as_f64() == Some(4.0), "{prediction}");
    ensure!(prediction["order"] == json!(["vectorized", "process", "thread", "serial"]), "{prediction}");
    let said = text(&lab, ".guess").await?;
    ensure!(said.contains("You guessed Vectorized") && said.contains("bout 4 × as fast"), "the guess is {said:?}");
    ensure!(said.contains("order"), "nothing is said about the order: {said:?}");
    // A run that is stopped leaves the older races standing, with their guess.
    lab.set(json!({ "members": 100_000, "steps": 5000 })).await?;
    stage.driver.find(By::Css("#predict input[value=thread]")).await?.click().await?;
    let run = lab.send("run", json!({})).await?;
    lab.next(run, &["progress"]).await?;
    let stop = lab.send("stop", json!({})).await?;
    lab.next(stop, &["stopped"]).await?;
    lab.set(json!({ "members": 64, "steps": 500 })).await?;
    let still = text(&lab, ".guess").await?;
    ensure!(still == said, "after Stop the guess is {still:?}");
    // The guess that had no answer yet gets one, once.
    let again = lab.race().await?;
    ensure!(again["prediction"]["first"] == "thread", "the prediction is {}", again["prediction"]);
    let last = lab.race().await?;
    ensure!(last["prediction"].is_null(), "the guess is told twice: {}", last["prediction"]);
    Ok(())
}

async fn the_explanation_fits_the_figures(stage: &Stage) -> Outcome {
    let lab = stage.open("members=64&steps=500&repeats=1&workers=2&executors=serial,thread").await?;
    let finished = lab.race().await?;
    let serial = result_of(&finished, "serial")?;
    let thread = result_of(&finished, "thread")?;
    let is_slower = number(&serial["wall_ms"], "median")? < number(&thread["wall_ms"], "median")?;
    let subject = if is_slower { thread } else { serial };
    let part = |name: &str| number(subject, name);
    let terms = [
        ("startup", part("startup_ms")?),
        ("transfer", part("send_ms")? + part("gather_ms")?),
        ("compute", part("compute_ms")?),
    ];
    let largest = terms.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map_or("", |it| it.0);
    stage.driver.find(By::Id("explain")).await?.click().await?;
    let script = "return [...document.querySelectorAll('.cause')]
        .filter((cause) => cause.innerText.startsWith('✓')).map((cause) => cause.dataset.cause);";
    let marked = lab.script(script, vec![]).await?;
    ensure!(marked == json!([largest]), "marked {marked}, but the largest of {terms:?} is {largest}");
    Ok(())
}

async fn nothing_jumps_while_results_arrive(stage: &Stage) -> Outcome {
    let lab = stage.open("members=2000&steps=2000&repeats=2&workers=2").await?;
    let script = "
        const places = () => ['#run', '.charts', '.rows', '#same-bits']
            .map((selector) => Math.round(document.querySelector(selector).getBoundingClientRect().top));
        const seen = window.seenPlaces ??= [];
        if (arguments[0]) {
            const look = () => { seen.push(places().join()); if (seen.length < 5000) requestAnimationFrame(look); };
            look();
        }
        return [...new Set(seen)];";
    lab.script(script, vec![json!(true)]).await?;
    lab.race().await?;
    tokio::time::sleep(Duration::from_millis(300)).await;
    let places = lab.script(script, vec![json!(false)]).await?;
    let count = places.as_array().map_or(0, Vec::len);
    ensure!(count == 1, "things stood at {count} places: {places}");
    Ok(())
}

async fn no_page_and_no_part_is_too_large(stage: &Stage) -> Outcome {
    let sizes = parts::sizes(&program("PARALLEL_LAB_DIST")?)?;
    let mut over: Vec<_> = sizes.iter().filter_map(parts::Size::complaint).collect();
    let mut pages = vec![(String::new(), parts::FIRST_LOAD_LIMIT)];
    let labs = CATALOGUE.labs.iter();
    pages.extend(labs.map(|lab| (format!("lab={}", lab.name), parts::load_limit(lab.way))));
    for (query, limit) in pages {
        let lab = stage.open(&query).await?;
        let (total, files) = loaded_until_ready(&lab).await?;
        over.extend(parts::complaint(&format!("what is loaded until ready with {query:?}, {files},"), total, limit));
        // Whatever the first view calls must have come with it.
        let script = "
            const entries = performance.getEntriesByType('resource');
            return entries.filter((entry) => entry.initiatorType === 'xmlhttprequest').map((entry) => entry.name);";
        let held_up = lab.script(script, vec![]).await?;
        ensure!(held_up == json!([]), "the page stood still for {held_up}, with {query:?}");
    }
    ensure!(over.is_empty(), "{}", over.join("; "));
    Ok(())
}

/// The sizes of all files that were asked for before `ready`, compressed, without
/// Python's artefacts.
async fn loaded_until_ready(lab: &Lab) -> Outcome<(u64, Value)> {
    let script = "
        const answer = arguments[arguments.length - 1];
        const size = async (url) => {
            const { body } = await fetch(url, { cache: 'force-cache' });
            const packed = body.pipeThrough(new CompressionStream('gzip'));
            return [url.split('/').pop(), (await new Response(packed).arrayBuffer()).byteLength];
        };
        const readyAt = window.recorder.entries.find((entry) => entry.message.type === 'ready').at;
        const before = performance.getEntriesByType('resource').filter((entry) => entry.startTime < readyAt);
        const names = new Set(before.map((entry) => entry.name));
        const isCounted = (name) => name.startsWith('http') && !/recorder\\.js$|\\/python-[^/]+\\//.test(name);
        const own = [...names].filter(isCounted);
        Promise.all([location.href, ...own].map(size)).then(answer, (error) => answer(String(error)));";
    let sizes = lab.script_async(script, vec![]).await?;
    let files = sizes.as_array().ok_or_else(|| format!("no sizes: {sizes}"))?;
    let total: u64 = files.iter().filter_map(|file| file[1].as_u64()).sum();
    ensure!(files.len() >= 5, "only {files:?} were loaded");
    Ok((total, sizes))
}

async fn without_scripts_there_is_a_recorded_race(stage: &Stage) -> Outcome {
    // The page's first script, missing, leaves what those without scripts see.
    stage.site.break_files(&[Fault::new("boot-*.js", FaultKind::Missing)]);
    let lab = stage.load("index.html").await?;
    let note = lab
        .comes("note", "return document.body.innerText.includes('Recorded on') && document.body.innerText;", vec![])
        .await?;
    let note = note.as_str().unwrap_or_default();
    ensure!(note.contains("which way of running them finishes first?"), "the note says {note:?}");
    for said in ["Recorded on", "Serial", "Vectorized", "Process-like", "Thread", "scripts"] {
        ensure!(note.contains(said), "the note does not say {said:?}: {note:?}");
    }
    Ok(())
}
