//! The figure view, `view=figure`: for every lab of the list, nothing but its
//! sentence, its figure and Run, and all of that in the frame without scrolling.

use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::host::{self, Frame};
use browser_tests::input::press_in;
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::CATALOGUE;
use parallel_lab::model::lab::Lab as Listed;
use parallel_lab::page::figure::height_px;
use serde_json::{Value, json};
use thirtyfour::{By, Key};

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// What makes any lab quick; others ignore what is not theirs.
const QUICK: &str = "members=50&steps=200&repeats=1&workers=2";
/// Frames, CSS pixels: the smallest first.
const FRAMES: [(u32, u32); 4] = [(480, 320), (640, 400), (960, 540), (1280, 720)];

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            keys_go_on_to_the_deck,
            the_question_fits_too;
        either:
            what_cannot_be_taken_is_met_with_a_notice,
            what_cannot_run_is_said_in_a_sentence,
            it_comes_and_goes_by_message,
            the_way_to_the_whole_lab_keeps_the_settings,
            each_can_be_read_by_all,
            the_contents_stay_whole,
            each_fits_its_frame_before_and_after_a_run,
            its_height_follows_from_its_width;
    ],
);

fn experiments() -> impl Iterator<Item = &'static Listed> {
    CATALOGUE.labs.iter().copied().filter(|lab| lab.is_experiment())
}

/// The lab in a frame of the smallest size, with its figure there.
async fn open(stage: &Stage, site: &Site, query: &str) -> Outcome<Lab> {
    let frame = Frame::new("lab", site.url(&format!("index.html?view=figure&{query}")));
    let lab = host::open_one(stage, site, "127.0.0.1", frame).await?;
    resize(&lab, FRAMES[0]).await?;
    lab.appears(".main-figure, .question").await?;
    Ok(lab)
}

/// Gives the frame another size, and waits until the lab has drawn itself for it.
async fn resize(lab: &Lab, (width, height): (u32, u32)) -> Outcome {
    let script = "
        const frame = document.getElementById('lab');
        [frame.width, frame.height] = arguments;
        frame.style.border = '0';
        frame.scrollIntoView();";
    lab.script(script, vec![json!(width), json!(height)]).await?;
    drawn(lab).await
}

async fn drawn(lab: &Lab) -> Outcome {
    let script = "
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(innerWidth))));";
    lab.inside(script, vec![]).await?;
    Ok(())
}

/// Nothing runs.
async fn idle(lab: &Lab) -> Outcome {
    lab.appears("html[data-state=idle]").await.map(drop)
}

/// What is wrong with what can be seen, one sentence each. `#whole-lab` lies in the
/// corner; the others are the three things that the view is for.
const FAULTS: &str = "
    const faults = [];
    const root = document.documentElement;
    const [needed, width, height] = [[root.scrollWidth, root.scrollHeight], innerWidth, innerHeight];
    if (needed[0] > width || needed[1] > height) faults.push(`it needs ${needed} and has ${[width, height]}`);
    const named = {};
    for (const selector of arguments[0]) {
        const found = [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
        if (found.length !== 1) { faults.push(`${found.length} of ${selector} are shown`); continue; }
        const box = found[0].getBoundingClientRect();
        named[selector] = box;
        if (box.width < 20 || box.height < 12) faults.push(`${selector} has ${box.width} × ${box.height}`);
        if (box.left < 0 || box.top < 0 || box.right > width + 0.5 || box.bottom > height + 0.5)
            faults.push(`${selector} ends at ${box.right}, ${box.bottom}`);
        for (const x of [0.02, 0.5, 0.98]) for (const y of [0.1, 0.5, 0.9]) {
            const top = document.elementFromPoint(box.left + x * box.width, box.top + y * box.height);
            if (!top || !(found[0].contains(top) || top.contains(found[0])))
                faults.push(`${selector} is covered by ${top?.outerHTML.slice(0, 80)}`);
        }
    }
    const boxes = Object.entries(named);
    boxes.forEach(([one, a], index) => boxes.slice(index + 1).forEach(([other, b]) => {
        const apart = a.right <= b.left + 0.5 || b.right <= a.left + 0.5 || a.bottom <= b.top + 0.5 || b.bottom <= a.top + 0.5;
        if (!apart) faults.push(`${one} and ${other} overlap`);
    }));
    const figure = document.querySelector('.main-figure');
    if (figure) {
        const outer = figure.getBoundingClientRect();
        if (outer.height < 0.3 * height) faults.push(`the figure has ${outer.height} of ${height}`);
        for (const element of figure.querySelectorAll('*')) {
            const box = element.getBoundingClientRect();
            const isSeen = element.checkVisibility() && box.width > 2 && box.height > 2 && !element.closest('pre, .visually-hidden');
            if (isSeen && (box.bottom > outer.bottom + 1 || box.right > outer.right + 1 || box.top < outer.top - 1))
                faults.push(`${element.tagName}.${element.className} leaves the figure: ${box.bottom} of ${outer.bottom}`);
        }
        const canvases = [...figure.querySelectorAll('canvas')].filter((it) => it.checkVisibility());
        for (const canvas of canvases)
            if (canvas.clientHeight < 50) faults.push(`#${canvas.id} is ${canvas.clientHeight} high`);
    }
    for (const other of document.querySelectorAll('header, footer, form input, select, textarea, details, .next, .takeaway, .predict'))
        if (other.checkVisibility()) faults.push(`${other.outerHTML.slice(0, 80)} is shown`);
    return faults;";

const SHOWN: [&str; 5] = ["#question", ".main-figure", "#run", "#stop", "#whole-lab"];

async fn faults(lab: &Lab, shown: &[&str]) -> Outcome<Vec<String>> {
    let found: Value = lab.inside(FAULTS, vec![json!(shown)]).await?;
    Ok(found.as_array().into_iter().flatten().map(|it| it.as_str().unwrap_or_default().to_owned()).collect())
}

async fn fits(lab: &Lab, when: &str) -> Outcome {
    for size in FRAMES {
        resize(lab, size).await?;
        let found = faults(lab, &SHOWN).await?;
        ensure!(found.is_empty(), "{when}, in {size:?}: {found:#?}");
    }
    resize(lab, FRAMES[0]).await
}

async fn headline(lab: &Lab) -> Outcome<String> {
    let text = lab.inside("return document.getElementById('question').innerText;", vec![]).await?;
    Ok(text.as_str().unwrap_or_default().trim().to_owned())
}

async fn click(stage: &Stage, selector: &str) -> Outcome {
    stage.driver.find(By::Id("lab")).await?.enter_frame().await?;
    let clicked = match stage.driver.find(By::Css(selector)).await {
        Ok(element) => element.click().await,
        Err(error) => Err(error),
    };
    stage.driver.enter_default_frame().await?;
    Ok(clicked?)
}

/// Presses Run, as a teacher would, and gives the message of the end.
async fn run(stage: &Stage, lab: &Lab) -> Outcome<Value> {
    idle(lab).await?;
    let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
    click(stage, "#run").await?;
    let end = lab.end_within(after, PATIENCE).await?;
    ensure!(end.kind() == "finished", "the run ended with {}", end.message);
    idle(lab).await?;
    drawn(lab).await?;
    Ok(end.message)
}

async fn each_fits_its_frame_before_and_after_a_run(stage: &Stage) -> Outcome {
    for listed in experiments() {
        let name = listed.name;
        let lab = open(stage, &stage.site, &format!("lab={name}&{QUICK}")).await?;
        let asked = headline(&lab).await?;
        ensure!(!asked.is_empty(), "{name} has no sentence");
        fits(&lab, &format!("{name} before a run")).await?;
        let end = run(stage, &lab).await?;
        ensure!(end["settings"]["view"] == "figure", "{name}: {}", end["settings"]);
        let told = headline(&lab).await?;
        ensure!(!told.is_empty() && told != asked, "{name} says after its run what it said before: {told}");
        fits(&lab, &format!("{name} after a run")).await?;
    }
    Ok(())
}

async fn what_cannot_be_taken_is_met_with_a_notice(stage: &Stage) -> Outcome {
    for listed in experiments() {
        let nonsense = "workers=many&repeats=0&nonsense=1&theme=loud";
        let lab = open(stage, &stage.site, &format!("lab={}&{nonsense}", listed.name)).await?;
        let shown: Vec<_> = SHOWN.into_iter().chain([".notices"]).collect();
        let found = faults(&lab, &shown).await?;
        ensure!(found.is_empty(), "{} with problems: {found:#?}", listed.name);
        let words = lab.inside("return document.getElementById('notices').innerText;", vec![]).await?;
        ensure!(words.as_str().is_some_and(|it| it.contains("theme")), "{}: {words}", listed.name);
        click(stage, "#notices .notices-title button").await?;
        drawn(&lab).await?;
        fits(&lab, &format!("{} without its notices", listed.name)).await?;
    }
    Ok(())
}

async fn what_cannot_run_is_said_in_a_sentence(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let lab = open(stage, &site, QUICK).await?;
    let end = run(stage, &lab).await?;
    let is_refused = |it: &Value| it["executor"] == "thread" && it["status"] == "unavailable";
    ensure!(end["results"].as_array().is_some_and(|it| it.iter().any(is_refused)), "threads: {}", end["results"]);
    let said = lab.inside("return document.getElementById('reasons').innerText;", vec![]).await?;
    ensure!(said.as_str().is_some_and(|it| it.contains("Thread")), "of threads it says {said}");
    let shown: Vec<_> = SHOWN.into_iter().chain(["#reasons"]).collect();
    let found = faults(&lab, &shown).await?;
    ensure!(found.is_empty(), "without threads: {found:#?}");
    Ok(())
}

async fn the_question_fits_too(stage: &Stage) -> Outcome {
    for listed in experiments().filter(|lab| lab.begins.iter().any(|it| it.query == "question")) {
        let name = listed.name;
        let lab = open(stage, &stage.site, &format!("lab={name}&question")).await?;
        for size in FRAMES {
            resize(&lab, size).await?;
            let found = faults(&lab, &["#question", "#just-show", "#whole-lab"]).await?;
            ensure!(found.is_empty(), "{name}'s question in {size:?}: {found:#?}");
        }
        resize(&lab, FRAMES[0]).await?;
        click(stage, ".answer").await?;
        let first = lab.next_within(0, &["finished", "error"], PATIENCE).await?;
        let second = lab.next_within(first.index + 1, &["finished", "error"], PATIENCE).await?;
        ensure!(second.kind() == "finished", "{}", second.message);
        idle(&lab).await?;
        fits(&lab, &format!("{name} after its question")).await?;
    }
    Ok(())
}

/// Whoever gives the frame the height that it is told gets the same height again.
async fn its_height_follows_from_its_width(stage: &Stage) -> Outcome {
    let lab = open(stage, &stage.site, QUICK).await?;
    for (width, height) in [(480, 320), (480, 700), (1280, 400), (1280, 720), (320, 300)] {
        let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
        // To another width and back: only a change is told.
        resize(&lab, (700, 500)).await?;
        lab.next(after, &["resize"]).await?;
        let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
        resize(&lab, (width, height)).await?;
        let told = lab.next(after, &["resize"]).await?;
        let expected = height_px(width.into());
        ensure!(told.message["height"].as_f64() == Some(expected), "{width} × {height}: {}", told.message);
    }
    Ok(())
}

async fn it_comes_and_goes_by_message(stage: &Stage) -> Outcome {
    let frame = Frame::new("lab", stage.site.url(&format!("index.html?{QUICK}")));
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    resize(&lab, FRAMES[0]).await?;
    lab.appears("header").await?;
    lab.set(json!({ "view": "figure" })).await?;
    drawn(&lab).await?;
    fits(&lab, "after `set`").await?;
    run(stage, &lab).await?;
    lab.send("reset", json!({})).await?;
    lab.hello().await?;
    drawn(&lab).await?;
    let script = "
        const shown = (selector) => document.querySelector(selector).checkVisibility();
        return [shown('header'), shown('#setting-members'), shown('#attractor'), shown('#whole-lab')];";
    let seen = lab.inside(script, vec![]).await?;
    ensure!(seen == json!([true, true, true, false]), "after `reset`: {seen}");
    // What was hidden while it was measured is drawn now.
    lab.inside("document.getElementById('attractor').scrollIntoView();", vec![]).await?;
    lab.appears("#attractor[data-at-rest=true]").await.map(drop)
}

async fn the_way_to_the_whole_lab_keeps_the_settings(stage: &Stage) -> Outcome {
    let lab = open(stage, &stage.site, "embed&members=77&theme=dark").await?;
    let link = lab.inside("return document.getElementById('whole-lab').href;", vec![]).await?;
    let query = link.as_str().and_then(|it| it.split_once('?')).map_or("", |it| it.1);
    ensure!(query == "members=77&theme=dark", "it leads to {link}");
    lab.inside("window.focus(); document.getElementById('run').focus();", vec![]).await?;
    // Behind Run there are at most Stop and what of the figure takes keys.
    for _ in 0..4 {
        press_in(&stage.driver, "lab", &[Key::Tab]).await?;
        if lab.inside("return document.activeElement.id;", vec![]).await? == "whole-lab" {
            return Ok(());
        }
    }
    Err("Tab does not lead to the link".into())
}

async fn keys_go_on_to_the_deck(stage: &Stage) -> Outcome {
    for listed in experiments() {
        let lab = open(stage, &stage.site, &format!("lab={}&{QUICK}", listed.name)).await?;
        let index = lab.send("hello", json!({ "keys": true })).await?;
        let mut after = lab.next(index, &["ready"]).await?.index + 1;
        // Nothing scrolls here: up and down are the deck's at once.
        for (selector, key, name) in [
            ("#question", Key::Right, "ArrowRight"),
            ("#question", Key::Down, "ArrowDown"),
            ("#run", Key::Up, "ArrowUp"),
            ("#run", Key::PageDown, "PageDown"),
            ("#whole-lab", Key::Space, " "),
            ("#run", Key::Escape, "Escape"),
        ] {
            lab.inside("window.focus(); document.querySelector(arguments[0]).focus();", vec![json!(selector)]).await?;
            press_in(&stage.driver, "lab", &[key]).await?;
            let heard = lab.next(after, &["key"]).await?;
            ensure!(heard.message["key"] == name, "{name} on {selector} gave {}", heard.message);
            after = heard.index + 1;
        }
    }
    Ok(())
}

async fn each_can_be_read_by_all(stage: &Stage) -> Outcome {
    for listed in experiments() {
        for theme in ["light", "dark"] {
            let lab = stage.open(&format!("view=figure&lab={}&theme={theme}&{QUICK}", listed.name)).await?;
            lab.appears(".main-figure").await?;
            check(&lab, &format!("{} before a run, {theme}", listed.name)).await?;
            let run = lab.send("run", json!({})).await?;
            lab.next_within(run, &["finished", "error"], PATIENCE).await?;
            lab.idle().await?;
            check(&lab, &format!("{} after a run, {theme}", listed.name)).await?;
        }
    }
    Ok(())
}

async fn the_contents_stay_whole(stage: &Stage) -> Outcome {
    for listed in CATALOGUE.labs.iter().filter(|lab| !lab.is_listed()) {
        let lab = stage.open(&format!("view=figure&lab={}", listed.name)).await?;
        lab.appears("#question").await?;
        let script = "
            const shown = [...document.querySelectorAll('header, footer, #whole-lab')].filter((it) => it.checkVisibility());
            const links = [...document.querySelectorAll('main .chapter a')].filter((it) => it.checkVisibility());
            return [shown.length, links.length, links.every((it) => it.href.includes('view=figure'))];";
        let seen = lab.script(script, vec![]).await?;
        ensure!(
            seen == json!([0, CATALOGUE.labs.iter().filter(|lab| lab.is_listed()).count(), true]),
            "{}: {seen}",
            listed.name
        );
    }
    Ok(())
}
