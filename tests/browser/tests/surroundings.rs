//! What surrounds a lab and is none of its own doing: a
//! language that is written from right to left, the way back to a page that was left in the
//! middle of a run, and a browser that never answers.

use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::lab_times::Labs;
use browser_tests::site::DELIVERY_TAP;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const QUICK: &str = "members=300&steps=500&repeats=2&workers=2";
const LONG: &str = "members=100000&steps=5000&repeats=5&workers=2";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_way_back_into_a_run_leads_to_a_lab_that_works;
        either:
            a_page_from_right_to_left_has_all_in_its_place,
            a_picture_that_the_browser_does_not_make_is_made_at_once;
    ],
);

/// What leaves the page sideways, and bars that are not on their tracks.
const ASKEW: &str = "
    const faults = [];
    const root = document.documentElement;
    if (root.scrollWidth > innerWidth) faults.push(`it is ${root.scrollWidth} wide and has ${innerWidth}`);
    for (const it of document.querySelectorAll('main *')) {
        if (!it.checkVisibility() || it.closest('.visually-hidden, .table, .editor, pre, .lanes-table')) continue;
        const box = it.getBoundingClientRect();
        if (box.right > innerWidth + 0.5 || box.left < -0.5) faults.push(`${it.outerHTML.slice(0, 80)} from ${box.left} to ${box.right}`);
    }
    for (const canvas of document.querySelectorAll('.rows canvas')) {
        const area = canvas.getBoundingClientRect();
        if (!canvas.checkVisibility()) continue;
        for (const track of canvas.parentElement.querySelectorAll('.row-track')) {
            const box = track.getBoundingClientRect();
            if (track.checkVisibility() && Math.abs(box.left - area.left) + Math.abs(box.right - area.right) > 2)
                faults.push(`a track from ${box.left} to ${box.right}, its bar from ${area.left} to ${area.right}`);
        }
        for (const name of canvas.parentElement.querySelectorAll('.row-name, .row-value, .row-verdict')) {
            const box = name.getBoundingClientRect();
            const across = Math.min(box.right, area.right) - Math.max(box.left, area.left);
            const isBeside = innerWidth > 520;
            if (isBeside && name.checkVisibility() && name.textContent && across > 1) faults.push(`${name.textContent} lies in a bar`);
        }
    }
    return faults;";

async fn a_page_from_right_to_left_has_all_in_its_place(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind) {
        let name = listed.name;
        for (view, width) in [("", 1200), ("", 360), ("view=figure&", 480)] {
            let frame = Frame::new("lab", stage.site.url(&format!("index.html?embed&{view}lab={name}&{QUICK}")));
            let page = host::page("/recorder.js", &[frame])
                .replace("<!DOCTYPE html>", "<!DOCTYPE html><html dir=rtl lang=ar>");
            let page = stage.site.add_page("rtl.html", page);
            stage.driver.goto(stage.site.url_on("localhost", &page)).await?;
            let lab = Lab::framed(&stage.driver, "lab");
            lab.ready().await?;
            lab.script("document.getElementById('lab').width = arguments[0];", vec![json!(width)]).await?;
            // As a translator into Arabic or Hebrew does it.
            lab.inside("document.documentElement.dir = 'rtl'; document.documentElement.lang = 'ar';", vec![]).await?;
            lab.appears("#question").await?;
            if listed.is_experiment() {
                let run = lab.send("run", json!({})).await?;
                let end = lab.end_within(run, PATIENCE).await?;
                ensure!(end.kind() == "finished", "{name}: {}", end.message);
                lab.appears("html[data-state=idle]").await?;
            }
            let faults = lab.inside(ASKEW, vec![]).await?;
            ensure!(faults == json!([]), "{name} {view} {width}: {faults:#}");
        }
    }
    Ok(())
}

async fn the_way_back_into_a_run_leads_to_a_lab_that_works(stage: &Stage) -> Outcome {
    let other = stage.site.add_page("other.html", "<!DOCTYPE html><title>Another page</title>".into());
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        let name = listed.name;
        let lab = stage.open(&format!("lab={name}&{LONG}")).await?;
        if listed.parameter("code").is_some() {
            lab.set(json!({ "code": "print('on', flush=True)\nwhile True:\n    pass\n" })).await?;
            lab.send("run", json!({})).await?;
            lab.until_printed("on").await?;
        } else {
            lab.begin().await?;
        }
        stage.driver.goto(stage.site.url(&other)).await?;
        stage.driver.back().await?;
        // It is the page that was left, or a new one: whichever, it does as it is told.
        let stands = "
            const { state } = document.documentElement.dataset;
            return location.pathname.endsWith('index.html') && ['idle', 'running'].includes(state) && window.recorder && state;";
        lab.comes_after_loading("a lab that stands", stands, vec![]).await?;
        lab.send("stop", json!({})).await?;
        lab.hello().await?;
        lab.idle().await?;
        let settings = json!({ "members": 50, "steps": 200, "repeats": 1, "code": "print('again')\n" });
        lab.set(settings).await?;
        let run = lab.send("run", json!({})).await?;
        let end = lab.end_within(run, PATIENCE).await?;
        ensure!(end.kind() == "finished", "{name}: {}", end.message);
        let results = end.message["results"].as_array().into_iter().flatten();
        let all = results.chain([&end.message["python"]]);
        let broken: Vec<_> = all.filter(|it| it["status"].is_string() && it["status"] != "ok").collect();
        ensure!(broken.is_empty(), "{name}: {broken:?}");
        let errors = lab.script("return window.recorder.errors;", vec![]).await?;
        ensure!(errors == json!([]), "{name}: {errors}");
    }
    Ok(())
}

/// In some browsers, with some protections, `toBlob` is never answered.
const SILENT: &str = "HTMLCanvasElement.prototype.toBlob = () => {};";

async fn a_picture_that_the_browser_does_not_make_is_made_at_once(stage: &Stage) -> Outcome {
    stage.site.insert(DELIVERY_TAP);
    stage.site.insert(SILENT);
    let lab = stage.open(&format!("lab=race&{QUICK}")).await?;
    lab.race().await?;
    lab.idle().await?;
    stage.driver.find(By::Id("take-png")).await?.click().await?;
    let told = "return document.getElementById('taken').innerText.startsWith('Downloaded as');";
    lab.comes("a picture", told, vec![]).await?;
    let script = "
        const [answer] = arguments;
        const file = window.deliveries.files.at(-1);
        createImageBitmap(window.deliveries.blobs[file.address]).then((image) => answer([image.width, image.height]));";
    let size: Value = lab.script_async(script, vec![]).await?;
    ensure!(size[0].as_u64() > Some(1000), "the picture's size: {size}");
    Ok(())
}
