//! A page that the browser has translated: every text node is another one by then, in
//! elements of the translator's. What the lab says after that has to be seen all the same.

use std::time::Duration;

use browser_tests::lab_times::Labs;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::format;
use parallel_lab::model::lab::Lab as Listed;
use serde_json::{Value, json};

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// Two runs that nobody can take for each other; each lab takes what is its own.
const RUNS: [(&str, &str); 2] = [("members=300", "print('three hundred')"), ("members=1000", "print('a thousand')")];
const QUICK: &str = "steps=500&repeats=2&workers=2";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        either:
            each_shows_its_last_run,
            nothing_is_written_where_nobody_sees_it,
            names_figures_and_code_are_left_alone;
    ],
);

/// Does as Chrome's translator does: a text node gives way to two `<font>`, with another text
/// node in them. From then on it is noted what the lab does with text nodes: nothing of it is seen.
const TRANSLATE: &str = "
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    for (const text of texts) {
        if (text.parentElement.closest('script, style, textarea, font')) continue;
        const [outer, inner] = [document.createElement('font'), document.createElement('font')];
        outer.append(inner);
        inner.append(document.createTextNode(text.data));
        text.replaceWith(outer);
    }
    if (window.lost) return;
    window.lost = [];
    const note = (what, node) => node instanceof Text && window.lost.push(`${what}: ${node.data}`);
    for (const [owner, property] of [[Node, 'nodeValue'], [Node, 'textContent'], [CharacterData, 'data']]) {
        const { get, set } = Object.getOwnPropertyDescriptor(owner.prototype, property);
        Object.defineProperty(owner.prototype, property, { get, set(value) { note(`${property} = ${value}`, this); set.call(this, value); } });
    }
    for (const [owner, method, argument] of [[CharacterData, 'remove'], [Node, 'removeChild', 0], [Node, 'insertBefore', 1]]) {
        const own = owner.prototype[method];
        owner.prototype[method] = function (...given) {
            note(method, argument === undefined ? this : given[argument]);
            return own.apply(this, given);
        };
    }";

async fn translate(lab: &Lab) -> Outcome {
    lab.inside(TRANSLATE, vec![]).await?;
    Ok(())
}

/// What was written into, or done with, texts that are gone.
async fn nothing_is_lost(lab: &Lab, name: &str) -> Outcome {
    let lost = lab.inside("return window.lost;", vec![]).await?;
    ensure!(lost == json!([]), "{name}: {lost:#}");
    let errors = lab.script("return window.recorder.errors;", vec![]).await?;
    ensure!(errors == json!([]), "{name}: {errors}");
    Ok(())
}

fn runs_scripts(listed: &Listed) -> bool {
    listed.parameter("code").is_some()
}

/// Runs with the settings of that number, and gives `finished`.
async fn run(lab: &Lab, listed: &Listed, number: usize) -> Outcome<Value> {
    let (members, code) = RUNS[number];
    if runs_scripts(listed) {
        lab.set(json!({ "code": code })).await?;
    } else if let Some((name, value)) = members.split_once('=').filter(|it| listed.parameter(it.0).is_some()) {
        lab.set(json!({ name: value })).await?;
    }
    let run = lab.send("run", json!({})).await?;
    let end = lab.end_within(run, PATIENCE).await?;
    ensure!(end.kind() == "finished", "{}: {}", listed.name, end.message);
    lab.idle().await?;
    // What shows a run is there by now, and drawn.
    lab.appears("#results td, .run-value").await?;
    lab.script_async("requestAnimationFrame(() => requestAnimationFrame(() => arguments[0]()));", vec![]).await?;
    Ok(end.message)
}

/// The texts of all elements that match, as a person reads them.
async fn said(lab: &Lab, selector: &str) -> Outcome<Vec<String>> {
    let script = "
        return [...document.querySelectorAll(arguments[0])].filter((it) => it.checkVisibility())
            .map((it) => it.textContent.replace(/\\s+/g, ' ').trim());";
    let found = lab.inside(script, vec![json!(selector)]).await?;
    Ok(found.as_array().into_iter().flatten().filter_map(|it| it.as_str().map(str::to_owned)).collect())
}

/// The figures of a message, each with where it has to stand, as the page writes it.
fn figures(end: &Value) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for result in end["results"].as_array().into_iter().flatten() {
        let executor = result["executor"].as_str().unwrap_or_default();
        if let Some(median) = result["wall_ms"]["median"].as_f64().filter(|_| end["cores"].is_null()) {
            all.push((format!("#results tr[data-executor={executor}] td"), format::duration(median)));
            all.push((".row-value".into(), format::duration(median)));
        }
    }
    for point in end["cores"]["points"].as_array().into_iter().flatten() {
        all.push(("#results td".into(), format::ratio(point["throughput"].as_f64().unwrap_or_default())));
    }
    for work in end["gil"]["ways"].as_array().into_iter().flatten().filter_map(|way| way["work_ms"].as_f64()) {
        all.push(("#results td".into(), format::duration(work)));
    }
    if let Some(wall) = end["python"]["wall_ms"].as_f64() {
        all.push((".run-value".into(), format::duration(wall)));
    }
    if let Some(members) = end["settings"]["members"].as_u64() {
        all.push((".block-title".into(), format::count(members)));
    }
    all
}

async fn shows(lab: &Lab, listed: &Listed, number: usize, end: &Value) -> Outcome {
    let name = listed.name;
    let figures = figures(end);
    ensure!(!figures.is_empty(), "{name}: nothing to look for in {end}");
    for (selector, figure) in &figures {
        let said = said(lab, selector).await?;
        ensure!(said.iter().any(|it| it.contains(figure)), "{name}: {figure} is not in {selector}: {said:?}");
    }
    let headline = said(lab, "h1 .figure").await?;
    for said in headline.iter().filter(|it| it.ends_with("ms")) {
        ensure!(figures.iter().any(|it| it.1 == *said), "{name}: the headline says {said}, the message {figures:?}");
    }
    if runs_scripts(listed) {
        let printed = said(lab, "#output").await?.concat();
        let expected = RUNS[number].1.trim_matches(|it| !matches!(it, '\'')).trim_matches('\'');
        ensure!(printed == expected, "{name}: the output is {printed:?}, not {expected:?}");
    }
    Ok(())
}

async fn each_shows_its_last_run(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        let lab = stage.open(&format!("lab={}&{QUICK}", listed.name)).await?;
        for number in [0, 1, 0] {
            let end = run(&lab, listed, number).await?;
            shows(&lab, listed, number, &end).await?;
            translate(&lab).await?;
        }
        nothing_is_lost(&lab, listed.name).await?;
    }
    Ok(())
}

/// Whatever can be pressed is pressed, and what can be set is set, with nonsense too.
const PLAY: &str = "
    const seen = (it) => it.checkVisibility() && !it.disabled;
    for (const fold of document.querySelectorAll('details')) fold.open = !fold.open;
    for (const field of document.querySelectorAll('input[type=text], textarea:not([readonly])')) {
        if (!seen(field)) continue;
        const before = field.value;
        for (const value of ['nonsense', before]) {
            field.value = value;
            field.dispatchEvent(new Event('input', { bubbles: true }));
            field.dispatchEvent(new Event('change', { bubbles: true }));
        }
    }
    for (const list of document.querySelectorAll('select')) {
        if (!seen(list)) continue;
        list.selectedIndex = list.options.length - 1;
        list.dispatchEvent(new Event('change', { bubbles: true }));
    }
    for (const box of document.querySelectorAll('input[type=radio], input[type=checkbox]')) if (seen(box)) box.click();
    for (const button of document.querySelectorAll('button'))
        if (seen(button) && !button.matches('#run, #stop, #reset, #take-csv, #take-png, .quiet')) button.click();";

async fn nothing_is_written_where_nobody_sees_it(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind) {
        let name = listed.name;
        let lab = stage.open(&format!("lab={name}&{QUICK}&nonsense=1&workers=many")).await?;
        translate(&lab).await?;
        if listed.is_experiment() {
            run(&lab, listed, 0).await?;
        }
        for _ in 0..3 {
            translate(&lab).await?;
            lab.inside(PLAY, vec![]).await?;
            lab.hello().await?;
            lab.idle().await?;
        }
        lab.send("reset", json!({})).await?;
        lab.hello().await?;
        if listed.is_experiment() {
            run(&lab, listed, 1).await?;
        }
        nothing_is_lost(&lab, name).await?;
    }
    Ok(())
}

async fn names_figures_and_code_are_left_alone(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        let lab = stage.open(&format!("lab={}&{QUICK}", listed.name)).await?;
        run(&lab, listed, 0).await?;
        let script = "
            const kinds = '.figure, .row-name, .row-value, .run-value, #results td, #output, #code, .colours, .pill[data-executor] span';
            return [...document.querySelectorAll(kinds)].map((it) => [it.outerHTML.slice(0, 120), it.translate]);";
        let found = lab.inside(script, vec![]).await?;
        let found = found.as_array().cloned().unwrap_or_default();
        ensure!(found.len() > 2, "{}: {found:?}", listed.name);
        for one in found {
            ensure!(one[1] == false, "{}: translators take {}", listed.name, one[0]);
        }
        let words = lab.inside("return document.getElementById('question').translate;", vec![]).await?;
        ensure!(words == true, "{}: nobody can have its sentence translated", listed.name);
    }
    Ok(())
}
