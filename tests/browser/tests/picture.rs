//! The picture of the ensemble: turned, played and scrubbed, and quick about it.

use std::time::Duration;

use browser_tests::deck::Deck;
use browser_tests::lab::PATIENCE;
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::{By, Key};
use tokio::time::sleep;

/// The most points of a frame while the picture moves.
const MOVING_POINTS: f64 = 60_000.0;
/// A frame's script may take so long, ms.
const FRAME_MS: f64 = 8.0;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_drag_turns_it,
            keys_turn_it_while_it_has_the_focus;
        either:
            time_is_played_to_its_end,
            pause_stops_time,
            a_run_stops_what_is_played,
            scrubbing_shows_another_time,
            the_ensembles_mean_can_be_drawn,
            a_large_run_says_what_is_left_out,
            a_blow_up_is_drawn_and_explained,
            a_drag_turns_it_as_far_in_a_scaled_deck,
            frames_are_short_while_it_moves;
    ],
);

/// Opens the lab, runs it, and waits for the picture.
async fn drawn(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("executors=serial&repeats=1&{query}")).await?;
    lab.race().await?;
    lab.picture().await?;
    Ok(lab)
}

async fn number(lab: &Lab, expression: &str) -> Outcome<f64> {
    let script = format!("return Number({expression});");
    lab.script(&script, vec![]).await?.as_f64().ok_or_else(|| format!("{expression} is no number").into())
}

async fn text(lab: &Lab, expression: &str) -> Outcome<String> {
    let value = lab.script(&format!("return String({expression});"), vec![]).await?;
    Ok(value.as_str().unwrap_or_default().to_owned())
}

/// The step that is shown.
async fn step(lab: &Lab) -> Outcome<f64> {
    number(lab, "document.getElementById('time').value").await
}

async fn no_violations(lab: &Lab) -> Outcome {
    let violations = lab.script("return window.recorder.violations;", vec![]).await?;
    ensure!(violations == json!([]), "the policy was violated: {violations}");
    Ok(())
}

async fn a_drag_turns_it(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "").await?;
    let points = number(&lab, "document.getElementById('attractor').dataset.points").await?;
    ensure!(points == 30.0 * 5001.0, "at rest there are {points} points");
    let before = lab.picture().await?;
    let canvas = stage.driver.find(By::Id("attractor")).await?;
    let hand = stage.driver.action_chain().move_to_element_center(&canvas).click_and_hold();
    hand.move_by_offset(60, 25).move_by_offset(40, 5).release().perform().await?;
    let turned = lab.picture().await?;
    ensure!(turned != before, "a drag does not turn it");
    stage.driver.action_chain().move_by_offset(-30, -9).perform().await?;
    ensure!(lab.picture().await? == turned, "it turns though nothing holds it");
    canvas.send_keys(Key::Home).await?;
    ensure!(lab.picture().await? == before, "Home does not turn it back");
    no_violations(&lab).await
}

/// By how much the picture follows the pointer does not depend on how large a deck shows it.
async fn a_drag_turns_it_as_far_in_a_scaled_deck(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let (deck, lab) = Deck::open_to_scale(stage, &site, "members=8&steps=1500&repeats=1&executors=serial").await?;
    lab.race().await?;
    let before = lab.picture().await?;
    let mut unscaled = None;
    for scale in [1.0, 0.5, 1.6] {
        deck.scale(scale).await?;
        let (x, y) = lab.middle("#attractor").await?;
        deck.point(0, (x - 50.0, y)).await?;
        stage.driver.action_chain().click_and_hold().perform().await?;
        deck.point(0, (x + 50.0, y)).await?;
        stage.driver.action_chain().release().perform().await?;
        let turned = lab.picture().await?;
        ensure!(turned != before, "at {scale}, a drag does not turn it");
        ensure!(*unscaled.get_or_insert_with(|| turned.clone()) == turned, "at {scale}, it turns farther or less far");
        deck.press(0, &[Key::Home]).await?;
        ensure!(lab.picture().await? == before, "at {scale}, Home does not turn it back");
    }
    Ok(())
}

async fn keys_turn_it_while_it_has_the_focus(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "members=8&steps=1500").await?;
    let before = lab.picture().await?;
    let body = stage.driver.find(By::Tag("body")).await?;
    body.send_keys(Key::Right).await?;
    ensure!(lab.picture().await? == before, "a key turns it though it has not the focus");
    lab.script("document.getElementById('attractor').focus();", vec![]).await?;
    let focused = text(&lab, "document.activeElement.id").await?;
    ensure!(focused == "attractor", "{focused:?} has the focus");
    let canvas = stage.driver.find(By::Id("attractor")).await?;
    let mut seen = vec![before.clone()];
    for key in [Key::Right, Key::Down, Key::Left] {
        canvas.send_keys(key).await?;
        let turned = lab.picture().await?;
        ensure!(!seen.contains(&turned), "a key does not turn it");
        seen.push(turned);
    }
    canvas.send_keys(Key::Up).await?;
    ensure!(lab.picture().await? == before, "keys do not turn it back");
    canvas.send_keys(Key::Escape).await?;
    let focused = text(&lab, "document.activeElement.id").await?;
    ensure!(focused != "attractor", "Escape does not let go of it");
    Ok(())
}

async fn time_is_played_to_its_end(stage: &Stage) -> Outcome {
    // Ten seconds' worth at most, on any machine: 2 s where every frame comes.
    let lab = drawn(stage, "members=30&steps=60").await?;
    ensure!(step(&lab).await? == 60.0, "it begins at step {}", step(&lab).await?);
    let at_end = lab.picture().await?;
    let script = "
        const [limit, answer] = arguments;
        const slider = document.getElementById('time');
        const play = document.getElementById('play');
        const steps = [];
        const start = performance.now();
        play.click();
        const look = () => {
            if (steps.at(-1) !== slider.valueAsNumber) steps.push(slider.valueAsNumber);
            const isOver = steps.length > 3 && play.innerText === 'Play';
            if (isOver || performance.now() - start > limit) answer(steps);
            else requestAnimationFrame(look);
        };
        requestAnimationFrame(() => requestAnimationFrame(look));";
    let limit = u64::try_from(PATIENCE.as_millis())?;
    let steps = lab.script_async(script, vec![json!(limit)]).await?;
    let steps: Vec<_> = steps.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    ensure!(steps.len() > 5 && steps.is_sorted(), "time goes {steps:?}");
    ensure!(steps[0] < 20.0 && steps.last() == Some(&60.0), "time goes {steps:?}");
    ensure!(lab.picture().await? == at_end, "played to its end it looks different");
    let spoken = text(&lab, "document.getElementById('time').getAttribute('aria-valuetext')").await?;
    ensure!(spoken == "step 60 of 60, t = 0.6", "the slider says {spoken:?}");
    Ok(())
}

async fn pause_stops_time(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "").await?;
    let play = stage.driver.find(By::Id("play")).await?;
    play.click().await?;
    sleep(Duration::from_millis(700)).await;
    let name = play.text().await?;
    ensure!(name == "Pause", "while it plays the button says {name:?}");
    play.click().await?;
    let paused = lab.picture().await?;
    let at = step(&lab).await?;
    ensure!(0.0 < at && at < 5000.0, "it was paused at step {at}");
    sleep(Duration::from_millis(300)).await;
    ensure!(step(&lab).await? == at && lab.picture().await? == paused, "it goes on though paused");
    play.click().await?;
    sleep(Duration::from_millis(500)).await;
    ensure!(step(&lab).await? > at, "it does not go on");
    Ok(())
}

async fn a_run_stops_what_is_played(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "").await?;
    let play = stage.driver.find(By::Id("play")).await?;
    play.click().await?;
    lab.race().await?;
    lab.picture().await?;
    let (name, at) = (play.text().await?, step(&lab).await?);
    ensure!(name == "Play" && at == 5000.0, "after a run the button says {name:?} at step {at}");
    Ok(())
}

async fn scrubbing_shows_another_time(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "").await?;
    let at_end = lab.picture().await?;
    let scrub = "
        const slider = document.getElementById('time');
        slider.value = arguments[0];
        slider.dispatchEvent(new Event('input', { bubbles: true }));";
    let mut seen = vec![at_end.clone()];
    for step in [0, 1200, 2500, 700] {
        lab.script(scrub, vec![json!(step)]).await?;
        let shown = lab.picture().await?;
        ensure!(!seen.contains(&shown), "step {step} looks like another");
        seen.push(shown);
    }
    lab.script(scrub, vec![json!(1200)]).await?;
    ensure!(lab.picture().await? == seen[2], "step 1200 looks different the second time");
    lab.script(scrub, vec![json!(5000)]).await?;
    ensure!(lab.picture().await? == at_end, "the end looks different the second time");
    stage.driver.find(By::Id("time")).await?.send_keys(Key::Left).await?;
    lab.picture().await?;
    ensure!(step(&lab).await? == 4999.0, "a key leads to step {}", step(&lab).await?);
    let spoken = text(&lab, "document.getElementById('time').getAttribute('aria-valuetext')").await?;
    ensure!(spoken == "step 4,999 of 5,000, t = 49.99", "the slider says {spoken:?}");
    no_violations(&lab).await
}

async fn the_ensembles_mean_can_be_drawn(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "members=12&steps=800").await?;
    let before = lab.picture().await?;
    let mean = stage.driver.find(By::Id("mean")).await?;
    mean.click().await?;
    ensure!(lab.picture().await? != before, "the mean is not drawn");
    mean.click().await?;
    ensure!(lab.picture().await? == before, "the mean does not go");
    let colours = number(
        &lab,
        "(() => {
            const canvas = document.getElementById('spread');
            const pixels = canvas.getContext('2d').getImageData(0, 0, canvas.width, canvas.height).data;
            return new Set(new Uint32Array(pixels.buffer)).size;
        })()",
    )
    .await?;
    ensure!(colours > 3.0, "the strip has {colours} colours");
    Ok(())
}

/// Turns the whole picture for two seconds and then plays for one, and gives for
/// each frame how long its script took and how many points it drew.
const GESTURES: &str = "
    const [answer] = arguments;
    const canvas = document.getElementById('attractor');
    const frames = { turned: [], played: [] };
    let now = frames.turned;
    const note = () => now.push([Number(canvas.dataset.scriptMs), Number(canvas.dataset.points)]);
    const observer = new MutationObserver(note);
    observer.observe(canvas, { attributes: true, attributeFilter: ['data-frame-ms'] });
    const slider = document.getElementById('time');
    slider.value = slider.max;
    slider.dispatchEvent(new Event('input', { bubbles: true }));
    const hand = (type, x) => canvas.dispatchEvent(new PointerEvent(type, { pointerId: 7, clientX: x, bubbles: true }));
    hand('pointerdown', 0);
    const play = () => {
        hand('pointerup', 0);
        now = frames.played;
        document.getElementById('play').click();
        setTimeout(() => {
            observer.disconnect();
            document.getElementById('play').click();
            answer(frames);
        }, 1000);
    };
    let x = 0;
    const turn = () => {
        hand('pointermove', (x += 3));
        if (x < 360) setTimeout(turn, 16);
        else play();
    };
    setTimeout(turn, 16);";

/// Does the same work in each of sixty frames, and gives how long it took, ms.
const SAME_WORK: &str = "
    const [answer] = arguments;
    const times = [];
    let sum = 0;
    const work = () => {
        const start = performance.now();
        for (let i = 1; i < 2e5; i += 1) sum += 1 / i;
        times.push(performance.now() - start);
        if (times.length < 60) requestAnimationFrame(work);
        else answer(times);
    };
    requestAnimationFrame(work);";

/// What else the machine has to do only makes frames longer: the best of so many tries counts.
const TRIES: usize = 5;

async fn frames_are_short_while_it_moves(stage: &Stage) -> Outcome {
    for query in ["members=30&steps=5000", "members=139&steps=5000", "members=4000&steps=170"] {
        let lab = drawn(stage, query).await?;
        // The browser compiles what runs often; that is on no gesture's clock.
        lab.script_async(GESTURES, vec![]).await?;
        let mut best = [f64::INFINITY; 2];
        for _ in 0..TRIES {
            lab.picture().await?;
            let frames = lab.script_async(GESTURES, vec![]).await?;
            let unsteadiness = unsteadiness(&lab).await?;
            for (gesture, best) in ["turned", "played"].into_iter().zip(&mut best) {
                let script_ms = most_frames_ms(query, gesture, &frames[gesture])?;
                *best = best.min(script_ms / unsteadiness);
            }
            if best.iter().all(|script_ms| *script_ms <= FRAME_MS) {
                break;
            }
        }
        let [turned_ms, played_ms] = best;
        ensure!(turned_ms <= FRAME_MS, "{query}: while turned, one frame of ten takes {turned_ms} ms or more");
        ensure!(played_ms <= FRAME_MS, "{query}: while played, one frame of ten takes {played_ms} ms or more");
        lab.picture().await?;
    }
    Ok(())
}

/// How many times as long as needed the same work takes on this machine in one
/// frame of ten, by no fault of ours: 1 where nothing else goes on.
async fn unsteadiness(lab: &Lab) -> Outcome<f64> {
    let times = lab.script_async(SAME_WORK, vec![]).await?;
    let mut times: Vec<_> = times.as_array().into_iter().flatten().filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    let [_, median_ms, most_ms, _] = quantiles(&times);
    println!("the same work: {:?} ms", quantiles(&times));
    ensure!(median_ms > 0.0, "the same work takes {times:?} ms");
    Ok((most_ms / median_ms).max(1.0))
}

/// Nine of ten frames' scripts took no longer, ms.
fn most_frames_ms(query: &str, gesture: &str, frames: &Value) -> Outcome<f64> {
    let of = |index: usize| -> Vec<f64> {
        frames.as_array().into_iter().flatten().filter_map(|frame| frame[index].as_f64()).collect()
    };
    let (mut script_ms, points) = (of(0), of(1));
    script_ms.sort_by(f64::total_cmp);
    let most = points.iter().copied().fold(0.0, f64::max);
    println!("{query} {gesture}: {} frames, {:?} ms, {most} points", script_ms.len(), quantiles(&script_ms));
    ensure!(script_ms.len() > 10, "{query}: only {} frames while {gesture}", script_ms.len());
    ensure!(most <= MOVING_POINTS, "{query}: {most} points in a frame while {gesture}");
    Ok(quantiles(&script_ms)[2])
}

/// The shortest, the median, the ninth decile, the longest.
fn quantiles(sorted: &[f64]) -> [f64; 4] {
    [0, 50, 90, 100].map(|percent| sorted.get(sorted.len().saturating_sub(1) * percent / 100).copied().unwrap_or(0.0))
}

async fn a_large_run_says_what_is_left_out(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "members=2000&steps=1000").await?;
    let points = number(&lab, "document.getElementById('attractor').dataset.points").await?;
    ensure!(points == 30.0 * 1001.0, "at rest there are {points} points");
    let caption = text(&lab, "document.querySelector('.attractor figcaption').innerText").await?;
    ensure!(caption.contains("the first 30 are drawn"), "the caption says {caption:?}");
    let name = text(&lab, "document.getElementById('attractor').getAttribute('aria-label')").await?;
    ensure!(name.contains("the first 30 are drawn"), "the canvas is called {name:?}");
    Ok(())
}

async fn a_blow_up_is_drawn_and_explained(stage: &Stage) -> Outcome {
    let lab = drawn(stage, "dt=0.1&members=20&steps=400").await?;
    let points = number(&lab, "document.getElementById('attractor').dataset.points").await?;
    ensure!(0.0 < points && points < 20.0 * 401.0, "{points} points are drawn of paths that end early");
    let caption = text(&lab, "document.querySelector('.attractor figcaption').innerText").await?;
    ensure!(caption.contains("dt = 0.1 is too large a step here"), "the caption says {caption:?}");
    no_violations(&lab).await
}
