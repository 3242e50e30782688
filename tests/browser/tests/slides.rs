//! Labs in slides: the real Reveal.js, a Quarto deck as far as pandoc renders it,
//! and a frame of which a platform has stripped everything.

use browser_tests::deck::{self, Deck};
use browser_tests::host::{self, Frame};
use browser_tests::input::{ask_for_keys, focus, keys_heard, press_in, wheel_in};
use browser_tests::lab::PATIENCE;
use browser_tests::site::{CLOCK_TAP, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

pub(super) const SUITE: Suite = Suite::alone(
    module_path!(),
    &tests![
        both:
            the_wheel_scrolls,
            leaving_stops,
            no_clock_starts_before_the_slide_rests,
            what_was_disturbed_is_measured_again,
            what_takes_keys_keeps_them,
            a_deck_that_unloads_gets_keys_too,
            coming_back_restores;
        either:
            a_page_that_asks_gets_keys,
            autorun_runs_once,
            quartos_deck_runs_both_labs,
            refused_storage_loses_nothing_else,
            a_stripped_frame_works,
            keys_go_on_to_the_deck;
    ],
);

const RACE: &str = "members=20&steps=300&repeats=1&workers=2";

/// The first lab of the deck, on slide 1.
const LAB: usize = 0;
const SLIDE: u64 = 1;

/// The plain deck with a small race as its first lab; `source` is how its frame
/// says what it shows.
async fn small_deck(stage: &Stage, site: &Site, host: &str, source: &str) -> Outcome<(Deck, Lab)> {
    let html = deck::plain()?.replace("embed&amp;question", &format!("embed&amp;{}", RACE.replace('&', "&amp;")));
    let deck = Deck::open(stage, site, host, &html.replace("data-src", source)).await?;
    deck.show(SLIDE).await?;
    let lab = deck.lab(LAB);
    lab.ready().await?;
    Ok((deck, lab))
}

/// Presses keys, and gives the slide that is shown once the deck has heard of it.
async fn slide_after(deck: &Deck, lab: &Lab, keys: &[Key]) -> Outcome<u64> {
    deck.press(LAB, keys).await?;
    // What the lab posts comes in order.
    lab.hello().await?;
    deck.slide().await
}

async fn keys_go_on_to_the_deck(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let (deck, lab) = small_deck(stage, &site, "localhost", "src").await?;
    for (keys, expected) in [
        (&[Key::Right][..], SLIDE + 1),
        (&[Key::Left][..], SLIDE - 1),
        (&[Key::Space][..], SLIDE + 1),
        (&[Key::Shift, Key::Space][..], SLIDE - 1),
        (&[Key::PageDown][..], SLIDE + 1),
        (&[Key::PageUp][..], SLIDE - 1),
        // There is more to read below, none above.
        (&[Key::Down][..], SLIDE),
    ] {
        deck.show(SLIDE).await?;
        focus(&lab, "#question").await?;
        let slide = slide_after(&deck, &lab, keys).await?;
        ensure!(slide == expected, "{keys:?} led to slide {slide}, not {expected}");
    }
    lab.inside("scrollTo(0, document.documentElement.scrollHeight);", vec![]).await?;
    focus_without_scrolling(&lab).await?;
    let slide = slide_after(&deck, &lab, &[Key::Down]).await?;
    ensure!(slide == SLIDE + 1, "at the lab's end, Down led to slide {slide}");

    deck.show(SLIDE).await?;
    focus(&lab, "#question").await?;
    slide_after(&deck, &lab, &[Key::Escape]).await?;
    deck.until("Reveal.isOverview()").await
}

async fn focus_without_scrolling(lab: &Lab) -> Outcome {
    let script = "window.focus(); document.getElementById('question').focus({ preventScroll: true });";
    lab.inside(script, vec![]).await?;
    Ok(())
}

async fn what_takes_keys_keeps_them(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let (deck, lab) = small_deck(stage, &site, "localhost", "src").await?;
    // Where one types, all keys are the lab's; Escape leaves the field, then the lab.
    for selector in ["#setting-members", "#setting-kernel", "#predict input[type=radio]"] {
        focus(&lab, selector).await?;
        for key in [Key::Left, Key::Right, Key::PageUp, Key::Escape] {
            let slide = slide_after(&deck, &lab, std::slice::from_ref(&key)).await?;
            ensure!(slide == SLIDE, "{key:?} in {selector} led to slide {slide}");
        }
        let left = lab.inside("return document.activeElement === document.body;", vec![]).await?;
        ensure!(left == true, "Escape does not leave {selector}");
        let is_overview = deck_says(stage, "Reveal.isOverview()").await?;
        ensure!(is_overview == false, "the Escape that leaves {selector} is the deck's too");
        ensure!(slide_after(&deck, &lab, &[Key::Right]).await? == SLIDE + 1, "after {selector}, no way on");
        deck.show(SLIDE).await?;
    }
    // Space presses a button, and the arrows are the deck's.
    focus(&lab, "#run").await?;
    let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
    ensure!(slide_after(&deck, &lab, &[Key::Space]).await? == SLIDE, "Space on Run left the slide");
    lab.next(after, &["finished"]).await?;
    // The pictures turn and point by keys; Escape lets go of them.
    for selector in ["#attractor", "#timeline"] {
        focus(&lab, selector).await?;
        for key in [Key::Right, Key::Down, Key::Escape] {
            let slide = slide_after(&deck, &lab, std::slice::from_ref(&key)).await?;
            ensure!(slide == SLIDE, "{key:?} on {selector} led to slide {slide}");
        }
        let is_overview = deck_says(stage, "Reveal.isOverview()").await?;
        ensure!(is_overview == false, "the Escape that leaves {selector} is the deck's too");
        ensure!(slide_after(&deck, &lab, &[Key::Right]).await? == SLIDE + 1, "after {selector}, no way on");
        deck.show(SLIDE).await?;
    }
    Ok(())
}

async fn deck_says(stage: &Stage, expression: &str) -> Outcome<Value> {
    Ok(stage.driver.execute(format!("return {expression};"), vec![]).await?.json().clone())
}

async fn a_deck_that_unloads_gets_keys_too(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let deck = Deck::open(stage, &site, "localhost", &deck::plain()?).await?;
    deck.show(SLIDE).await?;
    let lab = deck.lab(LAB);
    lab.ready().await?;
    let answers = lab.inside("return document.querySelectorAll('.answer').length;", vec![]).await?;
    ensure!(answers == 4, "{answers} answers");
    focus(&lab, ".answer").await?;
    deck.press(LAB, &[Key::Right]).await?;
    deck.until("Reveal.getIndices().h === 2").await
}

async fn a_page_that_asks_gets_keys(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let frame = Frame::new("lab", site.url(&format!("index.html?embed&{RACE}")));
    let lab = host::open_one(stage, &site, "localhost", frame).await?;
    let keys = [&[Key::Right][..], &[Key::Shift, Key::Space][..]];
    focus(&lab, "#question").await?;
    for keys in keys {
        press_in(&stage.driver, "lab", keys).await?;
    }
    ensure!(keys_heard(&lab).await?.is_empty(), "keys for a page that did not ask");

    ask_for_keys(&lab).await?;
    for keys in keys {
        press_in(&stage.driver, "lab", keys).await?;
    }
    let heard = keys_heard(&lab).await?;
    let expected = [
        json!({ "app": "parallel-lab", "v": 1, "type": "key", "key": "ArrowRight", "shift": false }),
        json!({ "app": "parallel-lab", "v": 1, "type": "key", "key": " ", "shift": true }),
    ];
    ensure!(heard == expected, "the page got {heard:?}");
    Ok(())
}

async fn scrolled(lab: &Lab) -> Outcome<f64> {
    Ok(lab.inside("return scrollY;", vec![]).await?.as_f64().unwrap_or_default())
}

async fn the_wheel_scrolls(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let (deck, lab) = small_deck(stage, &site, "localhost", "src").await?;
    lab.race().await?;
    for selector in ["#attractor", "#timeline"] {
        let script = "document.querySelector(arguments[0]).scrollIntoView({ block: 'center' }); return scrollY;";
        let before = lab.inside(script, vec![json!(selector)]).await?.as_f64().unwrap_or_default();
        let by_px = if before > 100.0 { -80 } else { 80 };
        wheel_in(&stage.driver, "lab-0", selector, by_px).await?;
        let begin = tokio::time::Instant::now();
        while (scrolled(&lab).await? - before).abs() < 40.0 {
            ensure!(begin.elapsed() < PATIENCE / 6, "the wheel over {selector} scrolls nothing");
        }
        ensure!(deck.slide().await? == SLIDE, "the wheel left the slide");
    }
    Ok(())
}

async fn leaving_stops(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let (deck, lab) = small_deck(stage, &site, "localhost", "src").await?;
    lab.set(json!({ "members": 200_000, "steps": 5000, "repeats": 50 })).await?;
    let begun = lab.begin().await?;
    ensure!(begun.kind() == "progress", "the run began with {}", begun.message);
    deck.show(SLIDE + 3).await?;
    lab.next(begun.index, &["stopped"]).await?;

    // What Reveal.js unloads is gone with all its work.
    let (deck, lab) = small_deck(stage, &site, "localhost", "data-src").await?;
    lab.set(json!({ "members": 200_000, "steps": 5000, "repeats": 50 })).await?;
    let begun = lab.begin().await?;
    ensure!(begun.kind() == "progress", "the run began with {}", begun.message);
    deck.show(SLIDE + 3).await?;
    deck.until("!document.getElementById('lab-0').hasAttribute('src')").await?;
    let script = "return document.getElementById('lab-0').contentWindow.length;";
    let frames = lab.script(script, vec![]).await?;
    ensure!(frames == 0, "the frame still holds something");
    deck.show(SLIDE).await?;
    lab.next(begun.index, &["ready"]).await?;
    ensure!(lab.race_with(json!({ "members": 20, "steps": 300, "repeats": 1 })).await?["run"] == 1, "not a new lab");
    Ok(())
}

/// A frame with `src` lives as long as its deck: what it has shown once it goes on showing.
async fn autorun_runs_once(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let html = deck::plain()?.replacen("data-src", "src", 1);
    let html = html.replace("embed&amp;question", &format!("embed&amp;autorun&amp;{}", RACE.replace('&', "&amp;")));
    let deck = Deck::open(stage, &site, "localhost", &html).await?;
    let lab = deck.lab(LAB);
    lab.ready().await?;
    deck.show(SLIDE).await?;
    let finished = lab.next(0, &["finished"]).await?;
    let come_again = async || -> Outcome {
        deck.show(0).await?;
        deck.show(SLIDE).await?;
        // `slide:start` was there before this.
        lab.hello().await?;
        Ok(())
    };
    for _ in 0..3 {
        come_again().await?;
        ensure!(lab.state().await? == "idle", "it runs again: {}", lab.what_happened().await);
    }
    let runs = lab.heard().await?.iter().filter(|heard| heard.kind() == "finished").count();
    ensure!(runs == 1, "autorun ran {runs} times");
    // What is reset has no result.
    let index = lab.send("reset", json!({})).await?;
    come_again().await?;
    ensure!(lab.next(index, &["finished"]).await?.message["run"] == 2, "after {}", finished.message);

    // What was left before its end has none either.
    lab.send("reset", json!({})).await?;
    let index = lab.set(json!({ "members": 200_000, "steps": 5000, "repeats": 50 })).await?;
    come_again().await?;
    lab.next(index, &["progress"]).await?;
    deck.show(0).await?;
    let stopped = lab.next(index, &["stopped"]).await?;
    lab.set(json!({ "members": 20, "steps": 300, "repeats": 1 })).await?;
    deck.show(SLIDE).await?;
    lab.next(stopped.index + 1, &["finished"]).await?;
    Ok(())
}

/// When the deck's transition to a slide is over, and when the lab's clock then starts.
async fn no_clock_starts_before_the_slide_rests(stage: &Stage) -> Outcome {
    const TAP: &str = "
        addEventListener('transitionend', ({ target }) => {
            if (target.matches?.('section')) window.rested = performance.timeOrigin + performance.now();
        }, true);";
    for transition in ["slide", "convex"] {
        for source in ["src", "data-src"] {
            let site = Site::start_not_isolated()?;
            site.insert(CLOCK_TAP);
            let html = deck::plain()?.replacen("data-src", source, 1);
            let html =
                html.replace("embed&amp;question", &format!("embed&amp;autorun&amp;{}", RACE.replace('&', "&amp;")));
            let html = html.replace("hash: true", &format!("hash: true, transition: '{transition}'"));
            let html = html.replacen("<head>", &format!("<head><script>{TAP}</script>"), 1);
            let deck = Deck::open(stage, &site, "localhost", &html).await?;
            let lab = deck.lab(LAB);
            if source == "src" {
                lab.ready().await?;
            }
            deck.show(SLIDE).await?;
            lab.next(0, &["finished"]).await?;
            let begun = lab.inside("return window.clock.runs[0].begun;", vec![]).await?;
            let rested = deck_says(stage, "window.rested").await?;
            let (begun, rested) = begun.as_f64().zip(rested.as_f64()).ok_or("nothing moved, or nothing ran")?;
            ensure!(begun >= rested, "{transition}, {source}: begun {:.0} ms before its rest", rested - begun);
        }
    }
    Ok(())
}

async fn value(lab: &Lab, id: &str) -> Outcome<String> {
    let script = "return document.getElementById(arguments[0]).value;";
    Ok(lab.inside(script, vec![json!(id)]).await?.as_str().unwrap_or_default().to_owned())
}

/// Leaves the slide of a lab that is unloaded then, and comes back to it.
async fn leave_and_come_back(deck: &Deck, lab: &Lab, slide: u64) -> Outcome {
    let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
    deck.show(0).await?;
    deck.show(slide).await?;
    lab.next(after, &["ready"]).await?;
    Ok(())
}

/// Something holds the page up again and again while Serial runs for the first time.
async fn what_was_disturbed_is_measured_again(stage: &Stage) -> Outcome {
    let lab = stage.open("members=100000&steps=5000&repeats=1&executors=serial").await?;
    // Never for so long that it counts as frozen.
    let script = "
        let share = 0.2;
        addEventListener('parallel-lab', ({ detail }) => {
            if (detail?.type !== 'progress' || share > 0.9 || detail.done < share * detail.total) return;
            share += 0.2;
            const until = performance.now() + 250;
            while (performance.now() < until);
        });";
    lab.script(script, vec![]).await?;
    let index = lab.send("run", json!({})).await?;
    let end = lab.end_within(index, PATIENCE).await?;
    ensure!(end.kind() == "finished", "it ended with {}", end.message);
    let serial = &end.message["results"][0];
    ensure!(serial["discarded"].as_u64() >= Some(1), "nothing was thrown away: {serial}");
    ensure!(serial["repeats"] == 1, "there are {} repeats", serial["repeats"]);
    Ok(())
}

async fn coming_back_restores(stage: &Stage) -> Outcome {
    let (deck, lab) = small_deck(stage, &stage.site, "127.0.0.1", "data-src").await?;
    focus(&lab, "#setting-members").await?;
    deck.press(LAB, &[Key::NumPad7]).await?;
    let typed = value(&lab, "setting-members").await?;
    ensure!(typed.contains('7') && typed.len() == 3, "typed: {typed:?}");
    leave_and_come_back(&deck, &lab, SLIDE).await?;
    let restored = value(&lab, "setting-members").await?;
    ensure!(restored == typed, "{typed} came back as {restored}");
    let finished = lab.race().await?;
    let ran = finished["settings"]["members"].as_u64();
    ensure!(ran == typed.parse().ok(), "it ran {ran:?} members");
    // The deck's own settings are still there.
    lab.send("reset", json!({})).await?;
    lab.hello().await?;
    ensure!(value(&lab, "setting-members").await? == "20", "reset does not lead back to the deck's own");

    let python = deck.lab(2);
    deck.show(3).await?;
    python.next(0, &["ready"]).await?;
    let script = "const field = document.getElementById('code');
        field.value = 'print(\"mine\")\\n';
        field.dispatchEvent(new Event('input', { bubbles: true }));";
    python.inside(script, vec![]).await?;
    leave_and_come_back(&deck, &python, 3).await?;
    let script = value(&python, "code").await?;
    ensure!(script == "print(\"mine\")\n", "the script came back as {script:?}");
    Ok(())
}

async fn refused_storage_loses_nothing_else(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let html = deck::plain()?.replace("<iframe ", "<iframe sandbox=\"allow-scripts\" ");
    let deck = Deck::open(stage, &site, "127.0.0.1", &html).await?;
    deck.show(2).await?;
    let lab = deck.lab(1);
    lab.ready().await?;
    lab.race_with(json!({ "members": 12, "steps": 200, "repeats": 1 })).await?;
    leave_and_come_back(&deck, &lab, 2).await?;
    ensure!(value(&lab, "setting-members").await? == "10000", "the deck's own settings do not count");
    focus(&lab, "#question").await?;
    deck.press(1, &[Key::Right]).await?;
    deck.until("Reveal.getIndices().h === 3").await
}

/// A platform that cleans what teachers write leaves the frame and its size.
async fn a_stripped_frame_works(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let src = site.url(&format!("index.html?embed&{RACE}")).replace('&', "&amp;");
    let html =
        format!("<!DOCTYPE html><title>A course</title><iframe id=lab src=\"{src}\" width=960 height=600></iframe>");
    let page = site.add_page("course.html", html);
    stage.driver.goto(site.url_on("localhost", &page)).await?;
    let lab = Lab::framed(&stage.driver, "lab");
    stage.driver.find(By::Id("lab")).await?.enter_frame().await?;
    let own = Lab::unframed(&stage.driver);
    own.idle().await?;
    stage.driver.find(By::Id("run")).await?.click().await?;
    let question = "
        const { run, state } = document.documentElement.dataset;
        return run === '1' && state === 'idle';";
    let done = own.comes("end of the race", question, vec![]).await;
    stage.driver.enter_default_frame().await?;
    done?;
    let script = "
        const root = document.documentElement;
        const below = (id) => document.getElementById(id).getBoundingClientRect().bottom > innerHeight;
        scrollTo(0, 0);
        return {
            bits: document.getElementById('same-bits').innerText,
            hidden: ['question', 'run', 'stop', 'setting-members'].filter(below),
            wider: root.scrollWidth - root.clientWidth,
        };";
    let seen = lab.inside(script, vec![]).await?;
    ensure!(seen["bits"].as_str().is_some_and(|it| it.starts_with('✓')), "the bits: {seen}");
    ensure!(seen["hidden"] == json!([]) && seen["wider"] == 0, "at 600 px height: {seen}");
    Ok(())
}

async fn quartos_deck_runs_both_labs(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let rendered = deck::quarto()?;
    ensure!(rendered.warnings.is_empty(), "pandoc warns: {}", rendered.warnings);
    ensure!(!rendered.text.contains("src=\"reveal.js"), "the deck is not in one file");
    let deck = Deck::open(stage, &site, "localhost", &rendered.text).await?;
    // Title slides come and go with templates: the labs tell their slides.
    let slide_of = "const slide = document.getElementById(arguments[0]).closest('section');
        return Reveal.getIndices(slide).h;";
    for (index, settings) in [(1, json!({ "members": 20, "steps": 300, "repeats": 1 })), (2, json!({}))] {
        let slide = stage.driver.execute(slide_of, vec![json!(format!("lab-{index}"))]).await?;
        deck.show(slide.json().as_u64().ok_or("the lab is on no slide")?).await?;
        let lab = deck.lab(index);
        lab.ready().await?;
        let finished = lab.race_with(settings).await?;
        if index == 1 {
            ensure!(finished["settings"]["executors"] == json!(["serial", "thread"]), "{}", finished["settings"]);
        } else {
            ensure!(finished["python"]["status"] == "ok", "Python ended with {}", finished["python"]);
        }
    }
    Ok(())
}
