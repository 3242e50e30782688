//! Frames that are smaller than a lab: what is left where a platform strips the size of a
//! frame, and a phone's. There is the sentence, Run, and a way to open the lab alone.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::lab_times::Labs;
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::lab::Lab as Listed;
use serde_json::{Value, json};
use thirtyfour::By;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// What makes any lab quick; others ignore what is not theirs.
const QUICK: &str = "members=50&steps=200&repeats=1&workers=2";
/// What browsers give a frame without a size, and a phone held upright, CSS pixels.
const FRAMES: [(u32, u32); 2] = [(300, 150), (320, 480)];

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_frame_that_grows_gets_the_whole_lab,
            nothing_is_wider_than_a_page_at_400_percent;
        either:
            each_has_its_sentence_run_and_a_way_out,
            the_question_can_be_answered;
    ],
);

async fn open(stage: &Stage, site: &Site, query: &str) -> Outcome<Lab> {
    let frame = Frame::new("lab", site.url(&format!("index.html?{query}")));
    let lab = host::open_one(stage, site, "127.0.0.1", frame).await?;
    resize(&lab, FRAMES[0]).await?;
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
    let drawn = "
        return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => done(1)))));";
    lab.inside(drawn, vec![]).await?;
    Ok(())
}

/// What is not wholly in sight, or covered, or makes the frame scroll sideways.
const FAULTS: &str = "
    const root = document.documentElement;
    const faults = [];
    if (root.scrollWidth > innerWidth || document.body.scrollWidth > innerWidth)
        faults.push(`it is ${root.scrollWidth} wide and has ${innerWidth}`);
    for (const selector of arguments[0]) {
        const found = [...document.querySelectorAll(selector)].filter((it) => it.checkVisibility());
        if (found.length < 1) { faults.push(`${selector} is not shown`); continue; }
        for (const one of found) {
            const box = one.getBoundingClientRect();
            if (box.width < 20 || box.height < 14) faults.push(`${selector} has ${box.width} × ${box.height}`);
            if (box.left < 0 || box.top < 0 || box.right > innerWidth + 0.5 || box.bottom > innerHeight + 0.5)
                faults.push(`${selector} ends at ${box.right}, ${box.bottom} of ${innerWidth}, ${innerHeight}`);
            for (const x of [0.05, 0.5, 0.95]) {
                const top = document.elementFromPoint(box.left + x * box.width, box.top + box.height / 2);
                if (!top || !(one.contains(top) || top.contains(one)))
                    faults.push(`${selector} is covered by ${top?.outerHTML.slice(0, 80)}`);
            }
        }
    }
    return faults;";

async fn faults(lab: &Lab, shown: &[&str]) -> Outcome<Vec<String>> {
    let found: Value = lab.inside(FAULTS, vec![json!(shown)]).await?;
    Ok(found.as_array().into_iter().flatten().map(|it| it.as_str().unwrap_or_default().to_owned()).collect())
}

async fn fits(lab: &Lab, listed: &Listed, when: &str) -> Outcome {
    let shown: &[&str] =
        if listed.is_experiment() { &["#question", "#run", "#whole-lab"] } else { &["#question", "#whole-lab"] };
    for size in FRAMES {
        resize(lab, size).await?;
        let found = faults(lab, shown).await?;
        ensure!(found.is_empty(), "{} {when}, in {size:?}: {found:#?}", listed.name);
    }
    resize(lab, FRAMES[0]).await
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

async fn each_has_its_sentence_run_and_a_way_out(stage: &Stage) -> Outcome {
    for query in ["", "embed&", "view=figure&"] {
        for listed in Labs::on(stage.kind) {
            let name = listed.name;
            let lab = open(stage, &stage.site, &format!("{query}lab={name}&{QUICK}")).await?;
            lab.appears("#question").await?;
            fits(&lab, listed, "before a run").await?;
            let link = lab.inside("return document.getElementById('whole-lab').href;", vec![]).await?;
            ensure!(link.as_str().is_some_and(|it| it.contains('?') && !it.contains("figure")), "it leads to {link}");
            if !listed.is_experiment() || query == "embed&" {
                continue;
            }
            let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
            click(stage, "#run").await?;
            let end = lab.end_within(after, PATIENCE).await?;
            ensure!(end.kind() == "finished", "{name}: {}", end.message);
            // What was asked for is not what there is room for.
            let view = if query.is_empty() { "all" } else { "figure" };
            ensure!(end.message["settings"]["view"] == view, "{name}: {}", end.message["settings"]);
            lab.appears("html[data-state=idle]").await?;
            fits(&lab, listed, "after a run").await?;
        }
    }
    Ok(())
}

async fn the_question_can_be_answered(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.begins.iter().any(|it| it.query == "question")) {
        let lab = open(stage, &stage.site, &format!("embed&lab={}&question", listed.name)).await?;
        lab.appears(".answer").await?;
        for size in FRAMES {
            resize(&lab, size).await?;
            let found = faults(&lab, &["#question", ".answer", "#just-show", "#whole-lab"]).await?;
            ensure!(found.is_empty(), "{}'s question in {size:?}: {found:#?}", listed.name);
        }
        resize(&lab, FRAMES[0]).await?;
        click(stage, ".answer").await?;
        lab.next_within(0, &["finished"], PATIENCE).await?;
    }
    Ok(())
}

async fn a_frame_that_grows_gets_the_whole_lab(stage: &Stage) -> Outcome {
    let lab = open(stage, &stage.site, &format!("embed&{QUICK}")).await?;
    let shown = "
        const shown = (selector) => document.querySelector(selector).checkVisibility();
        return [shown('#setting-members'), shown('#whole-lab')];";
    ensure!(lab.inside(shown, vec![]).await? == json!([false, true]), "in {:?} the form is shown", FRAMES[0]);
    resize(&lab, (960, 600)).await?;
    ensure!(lab.inside(shown, vec![]).await? == json!([true, false]), "the form does not come");
    // A host that does as `resize` says comes to rest with the whole lab.
    resize(&lab, FRAMES[0]).await?;
    resize(&lab, (960, 150)).await?;
    for _ in 0..2 {
        let heard = lab.heard().await?;
        let height = heard.iter().rev().find(|it| it.kind() == "resize").and_then(|it| it.message["height"].as_f64());
        let height = height.ok_or("no `resize`")?;
        let after = heard.last().map_or(0, |it| it.index + 1);
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "some hundred pixels")]
        resize(&lab, (960, height.ceil() as u32)).await?;
        lab.try_next(after, &["resize"], Duration::from_secs(2)).await?;
    }
    ensure!(lab.inside(shown, vec![]).await? == json!([true, false]), "a host that asks never gets there");
    Ok(())
}

/// A window of 1280 × 1024 at 400 % has 320 × 256 CSS pixels (WCAG 1.4.10).
async fn nothing_is_wider_than_a_page_at_400_percent(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind) {
        let frame = Frame::new("lab", stage.site.url(&format!("index.html?lab={}&{QUICK}", listed.name)));
        let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
        lab.appears("#question").await?;
        // High: as a page of its own, the whole of it is shown.
        resize(&lab, (320, 4000)).await?;
        let found = faults(&lab, &["#question"]).await?;
        ensure!(found.is_empty(), "{} before a run: {found:#?}", listed.name);
        if !listed.is_experiment() {
            continue;
        }
        let run = lab.send("run", json!({})).await?;
        lab.next_within(run, &["finished"], PATIENCE).await?;
        lab.appears("#results td, .run-value, #output span").await?;
        let unfold = "for (const fold of document.querySelectorAll('details')) fold.open = true;";
        lab.inside(unfold, vec![]).await?;
        resize(&lab, (320, 4001)).await?;
        let found = faults(&lab, &["#question", "#run"]).await?;
        ensure!(found.is_empty(), "{} after a run: {found:#?}", listed.name);
        // What is wider than it has room for can be scrolled by itself, and is a table or a program.
        let cut = "
            return [...document.querySelectorAll('main *')].filter((it) => it.checkVisibility() && !it.closest('.visually-hidden, .table, .editor, pre'))
                .filter((it) => it.getBoundingClientRect().right > innerWidth + 0.5).map((it) => it.outerHTML.slice(0, 100));";
        let cut = lab.inside(cut, vec![]).await?;
        ensure!(cut == json!([]), "{}: {cut:#}", listed.name);
    }
    Ok(())
}
