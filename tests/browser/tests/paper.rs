//! Paper and the speaker's view: what was run prints its result, what was not prints what was
//! recorded, each with its address; and a deck's copies for the speaker run nothing.

use std::fs;
use std::time::Duration;

use browser_tests::browser::program;
use browser_tests::deck::{self, Deck};
use browser_tests::host::{self, Frame};
use browser_tests::lab_times::Labs;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::model::lab::Lab as Listed;
use serde_json::{Value, json};
use thirtyfour::common::print::PrintParameters;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// What makes any lab quick; others ignore what is not theirs.
const QUICK: &str = "members=300&steps=500&repeats=2&workers=2";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            what_was_run_prints_its_pictures_in_light_colours,
            what_was_not_run_prints_what_was_recorded;
        either:
            the_speakers_copies_do_not_run,
            no_name_lies_in_a_bar,
            a_printed_deck_shows_what_was_recorded;
    ],
);

/// The page as it goes to paper: its styles for print count, those for the screen don't, and
/// it has heard of it, as the browser tells it.
const TO_PAPER: &str = "
    const swap = (rules) => {
        for (const rule of rules) {
            if (!rule.media) continue;
            const media = rule.media.mediaText;
            if (media === 'print') rule.media.mediaText = 'all';
            if (rule.cssRules) swap(rule.cssRules);
        }
    };
    for (const sheet of document.styleSheets) swap(sheet.cssRules);
    dispatchEvent(new Event('beforeprint'));
    return new Promise((done) => setTimeout(done));";

/// What a reader sees, and where it ends.
const SEEN: &str = "
    const shown = (it) => it.checkVisibility({ visibilityProperty: true }) && it.getBoundingClientRect().height > 0;
    const all = (selector) => [...document.querySelectorAll(selector)].filter(shown);
    const address = document.getElementById('whole-lab');
    const words = all('.recorded, h1').map((it) => it.innerText).join('\\n');
    const [ink] = (getComputedStyle(document.querySelector('h1')).color.match(/[0-9.]+/g) ?? []).map(Number);
    return {
        words, ink,
        records: all('.recorded').map((it) => it.dataset.recorded),
        // Firefox says what makes the words, Chromium the words.
        address: shown(address) ? getComputedStyle(address, '::after').content.replace('attr(href)', address.href) : '',
        controls: all('button, input, select, canvas').map((it) => it.outerHTML.slice(0, 60)),
        bottom: Math.max(...all('.recorded').map((it) => it.getBoundingClientRect().bottom)),
        height: innerHeight,
        over: all('h1').some((it) => shown(address) && it.getBoundingClientRect().top < address.getBoundingClientRect().bottom),
    };";

/// What a lab that was not run has on paper.
async fn is_recorded(lab: &Lab, name: &str) -> Outcome<Value> {
    lab.inside(TO_PAPER, vec![]).await?;
    let seen = lab.inside(SEEN, vec![]).await?;
    ensure!(seen["records"] == json!([name]), "{name}: {seen:#}");
    let words = seen["words"].as_str().unwrap_or_default();
    let is_marked = words.contains("Recorded on 20") && words.contains("not measured here");
    ensure!(is_marked && words.chars().any(|it| it.is_ascii_digit()), "{name} says {words}");
    ensure!(seen["address"].as_str().is_some_and(|it| it.contains("/index.html")), "{name}: {seen:#}");
    ensure!(seen["over"] == false, "{name}: its address lies over its sentence");
    ensure!(seen["controls"] == json!([]), "{name}: {:#}", seen["controls"]);
    ensure!(seen["ink"].as_f64().is_some_and(|it| it < 100.0), "{name}: light ink on paper: {seen:#}");
    Ok(seen)
}

async fn what_was_not_run_prints_what_was_recorded(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        for query in ["theme=dark", "embed&theme=light", "view=figure"] {
            let lab = stage.open(&format!("lab={}&{query}", listed.name)).await?;
            lab.appears("#question").await?;
            is_recorded(&lab, listed.name).await?;
            let frame = Frame::new("lab", stage.site.url(&format!("index.html?lab={}&{query}", listed.name)));
            let framed = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
            framed.appears("#question").await?;
            let size = "const it = document.getElementById('lab'); [it.width, it.height] = [960, 540];";
            framed.script(size, vec![]).await?;
            let seen = is_recorded(&framed, listed.name).await?;
            let is_inside = seen["bottom"].as_f64() <= seen["height"].as_f64();
            ensure!(is_inside, "{} with {query} ends below its frame: {seen:#}", listed.name);
        }
    }
    // On the screen there is nothing of it.
    let lab = stage.open("lab=race").await?;
    let seen = lab.inside(SEEN, vec![]).await?;
    ensure!(seen["records"] == json!([]) && seen["address"] == "", "on the screen: {seen:#}");
    Ok(())
}

async fn run(lab: &Lab, listed: &Listed) -> Outcome {
    let run = lab.send("run", json!({})).await?;
    let end = lab.end_within(run, PATIENCE).await?;
    ensure!(end.kind() == "finished", "{}: {}", listed.name, end.message);
    lab.idle().await?;
    lab.appears("#results td, #output span").await?;
    at_rest(lab).await
}

/// The race's picture takes a while.
async fn at_rest(lab: &Lab) -> Outcome {
    let drawn = "
        const picture = document.getElementById('attractor');
        return !picture?.checkVisibility() || picture.dataset.atRest === 'true';";
    lab.comes("a picture at rest", drawn, vec![]).await.map(drop)
}

/// What each canvas shows when the browser prints, as it says itself.
async fn printed(stage: &Stage, lab: &Lab) -> Outcome<Value> {
    let listen = "
        addEventListener('beforeprint', () => {
            const pictures = [...document.querySelectorAll('canvas')].filter((it) => it.checkVisibility() && it.width > 1);
            window.printed = pictures.map((it) => {
                const { data } = it.getContext('2d').getImageData(0, 0, it.width, it.height);
                let drawn = 0;
                for (let at = 3; at < data.length; at += 4) drawn += data[at] > 0;
                return { id: it.id, drawn, picture: it.toDataURL() };
            });
            window.scheme = getComputedStyle(document.documentElement).colorScheme;
        }, { once: true });";
    lab.inside(listen, vec![]).await?;
    let pdf = stage.driver.print_page(PrintParameters::default()).await?;
    ensure!(pdf.starts_with(b"%PDF"), "the browser made no PDF");
    let scheme = lab.inside("return window.scheme;", vec![]).await?;
    ensure!(scheme == "light", "printed in {scheme}");
    lab.inside("return window.printed;", vec![]).await
}

async fn what_was_run_prints_its_pictures_in_light_colours(stage: &Stage) -> Outcome {
    for listed in Labs::on(stage.kind).filter(|lab| lab.is_experiment()) {
        let name = listed.name;
        let lab = stage.open(&format!("lab={name}&theme=dark&{QUICK}")).await?;
        run(&lab, listed).await?;
        let dark = printed(stage, &lab).await?;
        lab.set(json!({ "theme": "light" })).await?;
        lab.hello().await?;
        at_rest(&lab).await?;
        let light = printed(stage, &lab).await?;
        for (dark, light) in dark.as_array().into_iter().flatten().zip(light.as_array().into_iter().flatten()) {
            let (id, drawn) = (&dark["id"], &dark["drawn"]);
            ensure!(drawn.as_u64() > Some(0), "{name}: {id} is empty");
            ensure!(dark == light, "{name}: {id} prints its theme, {drawn} pixels of it and {}", light["drawn"]);
        }
        lab.inside(TO_PAPER, vec![]).await?;
        let seen = lab.inside(SEEN, vec![]).await?;
        ensure!(seen["records"] == json!([]), "{name} ran, and prints a record: {seen:#}");
        ensure!(seen["address"].as_str().is_some_and(|it| it.contains("/index.html")), "{name}: {seen:#}");
    }
    Ok(())
}

/// Where a page is narrower than paper, bars stand below their names; on paper beside them.
async fn no_name_lies_in_a_bar(stage: &Stage) -> Outcome {
    for (width, query) in [(390, ""), (1200, ""), (390, "view=figure&"), (1200, "view=figure&")] {
        let frame = Frame::new("lab", stage.site.url(&format!("index.html?{query}{QUICK}&theme=dark")));
        let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
        lab.script("document.getElementById('lab').width = arguments[0];", vec![json!(width)]).await?;
        let run = lab.send("run", json!({})).await?;
        lab.next_within(run, &["finished"], PATIENCE).await?;
        lab.appears("#results td, .row-value:not(:empty)").await?;
        // What is drawn before the browser takes its paper, and where the rows are then.
        lab.inside(TO_PAPER, vec![]).await?;
        // And the paper is as wide as it is, without a frame in which to draw for it.
        let script = "
            const frame = window.document.getElementById('lab');
            frame.width = 700;
            frame.getBoundingClientRect();
            const document = frame.contentDocument;
            const canvas = document.getElementById('bars');
            const area = canvas.getBoundingClientRect();
            const pixels = canvas.getContext('2d');
            const alpha = (x, y) => pixels.getImageData(
                Math.round((x - area.left) / area.width * canvas.width), Math.round((y - area.top) / area.height * canvas.height), 1, 1).data[3];
            const faults = [];
            for (const row of canvas.closest('.rows').querySelectorAll('.row-name')) {
                if (!row.checkVisibility()) continue;
                const [name, track] = [row, [...canvas.parentElement.querySelectorAll('.row-track')]
                    .find((it) => it.dataset.executor === row.dataset.executor)].map((it) => it.getBoundingClientRect());
                if (name.right > area.left + 1) faults.push(`${row.innerText} ends at ${name.right}, bars begin at ${area.left}`);
                if (!alpha(area.left + 1, (track.top + track.bottom) / 2)) faults.push(`no bar beside ${row.innerText}`);
                if (alpha(area.left + 1, track.bottom + 2)) faults.push(`a bar below that of ${row.innerText}`);
            }
            return faults;";
        let faults = lab.script(script, vec![]).await?;
        ensure!(faults == json!([]), "{width}, {query:?}: {faults:#}");
    }
    Ok(())
}

/// A deck with these attributes on its frames, and its notes.
async fn deck(stage: &Stage, source: &str, query: &str, from: &str) -> Outcome<Deck> {
    let reveal = program("PARALLEL_LAB_REVEAL")?;
    let notes = fs::read(reveal.join("plugin/notes.js"))?;
    stage.site.add_file("reveal.js/plugin/notes.js", "text/javascript", notes);
    let html = deck::plain()?
        .replace("data-src=", source)
        .replace("embed&amp;question", &format!("embed&amp;{}", query.replace('&', "&amp;")))
        .replace("embed&amp;members=10000", &format!("embed&amp;{}&amp;x", query.replace('&', "&amp;")));
    let notes = "<script src=\"reveal.js/plugin/notes.js\"></script><script>
      Reveal.initialize({ plugins: [RevealNotes], hash: true,";
    let html = html.replacen("<script>\n      Reveal.initialize({ hash: true,", notes, 1);
    ensure!(html.contains("RevealNotes"), "the deck of docs/slides has other lines now");
    Deck::open_at(stage, &stage.site, "localhost", &html, from).await
}

async fn a_printed_deck_shows_what_was_recorded(stage: &Stage) -> Outcome {
    for source in ["src=", "data-src="] {
        let deck = deck(stage, source, "theme=dark", "?print-pdf").await?;
        deck.until("document.querySelectorAll('.pdf-page').length > 0").await?;
        for (index, name) in [(0, "race"), (1, "race"), (2, "python")] {
            let lab = deck.lab(index);
            lab.ready().await?;
            let seen = is_recorded(&lab, name).await?;
            let is_inside = seen["bottom"].as_f64() <= seen["height"].as_f64();
            ensure!(is_inside, "{source} {index} ends below its frame: {seen:#}");
        }
        let pdf = stage.driver.print_page(PrintParameters::default()).await?;
        ensure!(pdf.starts_with(b"%PDF"), "the browser made no PDF");
    }
    Ok(())
}

/// Runs 77 members in the lab of a copy, when that is ready: 0 is the current slide's copy,
/// 1 the next one's. Gives all that was heard of it until a run of those has ended.
const IN_COPY: &str = "
    const [copy, answer] = [arguments[0], arguments[arguments.length - 1]];
    const id = `lab-${copy}`;
    const heard = () => [...(window.notes?.frames[copy]?.recorder?.entries ?? [])].filter((it) => it.from === id).map((it) => it.message);
    const has = (type, fits = () => true) => heard().some((it) => it.type === type && fits(it));
    // A function of the copy's: the lab hears the page around it only.
    const post = (message) => new window.notes.frames[copy].Function('id', 'message', 'document.getElementById(id).contentWindow.postMessage(message, \"*\");')(id, { app: 'parallel-lab', v: 1, ...message });
    let asked = false;
    const limit = performance.now() + 90000;
    const look = () => {
        if (!asked && has('ready')) {
            asked = true;
            // What sees that a lab is seen does so with a frame or two.
            window.notes.frames[copy].requestAnimationFrame(() => window.notes.frames[copy].requestAnimationFrame(() => setTimeout(() => {
                post({ type: 'set', params: { members: 77 } });
                post({ type: 'run' });
            }, 200)));
        }
        const is_over = has('finished', (it) => it.settings.members === 77);
        if (is_over || performance.now() > limit) answer(heard().filter((it) => it.run !== undefined).map((it) => [it.type, it.run, it.settings?.members ?? null]));
        else setTimeout(look, 50);
    };
    look();";

async fn the_speakers_copies_do_not_run(stage: &Stage) -> Outcome {
    let deck = deck(stage, "src=", &format!("autorun&{QUICK}"), "#/1").await?;
    let lab = deck.lab(0);
    // The deck itself runs.
    let end = lab.end_within(0, PATIENCE).await?;
    ensure!(end.kind() == "finished", "{}", end.message);
    let keep = "const open = window.open.bind(window); window.open = (...given) => (window.notes = open(...given));";
    lab.script(keep, vec![]).await?;
    deck.open_notes().await?;
    for copy in [0, 1] {
        let heard = lab.script_async(IN_COPY, vec![json!(copy)]).await?;
        let heard = heard.as_array().cloned().unwrap_or_default();
        // Whoever wants it there has it run, and that is the first run there.
        let end = heard.last().ok_or("nothing was heard of a copy")?;
        ensure!(*end == json!(["finished", 1, 77]), "copy {copy}: {heard:?}");
        ensure!(heard.iter().all(|it| it[1] == 1), "copy {copy} runs by itself: {heard:?}");
        ensure!(!heard.iter().any(|it| it[0] == "stopped"), "copy {copy} runs by itself: {heard:?}");
    }
    lab.script("window.notes.close();", vec![]).await?;
    Ok(())
}
