//! The workers' timeline: by pointer, by keys, and as a table.

use browser_tests::deck::Deck;
use browser_tests::host::{self, Frame};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::{By, Key, TypingData};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            keys_go_from_span_to_span,
            a_pointer_tells_the_span_under_it,
            what_a_scaled_deck_shows_is_what_is_pointed_at,
            dragging_moves_along;
        either:
            keys_and_buttons_zoom,
            each_executor_has_its_timeline,
            the_table_is_the_lanes_twin,
            a_pointer_is_where_a_deck_scales_it,
            the_wheel_is_never_taken;
    ],
);

/// Four tasks to each of two processes, long enough for any clock.
const QUERY: &str = "members=32&steps=20000&workers=2&chunk=4&repeats=1&executors=serial,process";

async fn raced(stage: &Stage) -> Outcome<Lab> {
    let lab = stage.open(QUERY).await?;
    lab.race().await?;
    frame(&lab).await?;
    lab.script("document.getElementById('timeline').scrollIntoView({ block: 'center' });", vec![]).await?;
    Ok(lab)
}

/// Waits until what was asked for is drawn.
async fn frame(lab: &Lab) -> Outcome {
    let script = "const [answer] = arguments;
        requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(() => answer(null), 0)));";
    lab.script_async(script, vec![]).await?;
    Ok(())
}

async fn text(lab: &Lab, id: &str) -> Outcome<String> {
    frame(lab).await?;
    let text = lab.script("return document.getElementById(arguments[0]).textContent;", vec![json!(id)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

async fn figures(lab: &Lab) -> Outcome<String> {
    text(lab, "timeline-figures").await
}

/// All pixels of the chart as one text.
async fn picture(lab: &Lab) -> Outcome<Value> {
    frame(lab).await?;
    lab.script("return document.getElementById('timeline').toDataURL();", vec![]).await
}

async fn press(stage: &Stage, keys: impl Into<TypingData>) -> Outcome {
    Ok(stage.driver.find(By::Id("timeline")).await?.send_keys(keys).await?)
}

async fn click(stage: &Stage, id: &str) -> Outcome {
    Ok(stage.driver.find(By::Id(id)).await?.click().await?)
}

/// Sends a pointer's event to a share of the chart's width, in a lane.
async fn point(lab: &Lab, kind: &str, share: f64, lane: u32) -> Outcome {
    let script = "const [kind, share, lane] = arguments;
        const chart = document.getElementById('timeline');
        const box = chart.getBoundingClientRect();
        chart.dispatchEvent(new PointerEvent(kind, {
            bubbles: true, isPrimary: true, pointerId: 1, button: 0,
            clientX: box.left + 66 + share * (box.width - 78), clientY: box.top + 24 * lane + 12,
        }));";
    lab.script(script, vec![json!(kind), json!(share), json!(lane)]).await?;
    Ok(())
}

fn tells_a_span(told: &str) -> bool {
    told.contains(" · ") && told.contains("begins ") && told.contains("takes ")
}

async fn keys_go_from_span_to_span(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let heading = text(&lab, "timeline-heading").await?;
    ensure!(heading == "Process-like, 32 members: who did what, when", "the heading is {heading:?}");
    ensure!(!tells_a_span(&figures(&lab).await?), "figures before anything is chosen");
    let plain = picture(&lab).await?;

    press(stage, Key::Right).await?;
    let startup = figures(&lab).await?;
    ensure!(startup.starts_with("worker 1 · starts · ") && tells_a_span(&startup), "first: {startup:?}");
    ensure!(picture(&lab).await? != plain, "the chosen span is not outlined");
    press(stage, Key::Right).await?;
    let task = figures(&lab).await?;
    ensure!(task.starts_with("worker 1 · task ") && task.contains(" of 8 · members "), "then: {task:?}");
    press(stage, Key::Down).await?;
    let below = figures(&lab).await?;
    ensure!(below.starts_with("worker 2 · "), "below: {below:?}");
    press(stage, Key::Up).await?;
    press(stage, Key::Up).await?;
    let page = figures(&lab).await?;
    ensure!(page.starts_with("page · ") && tells_a_span(&page), "above: {page:?}");
    press(stage, Key::Escape).await?;
    let focused = lab.script("return document.activeElement.id;", vec![]).await?;
    ensure!(focused != "timeline", "Escape does not leave");
    ensure!(!tells_a_span(&figures(&lab).await?), "figures of nothing");
    ensure!(picture(&lab).await? == plain, "something is still marked");
    Ok(())
}

async fn keys_and_buttons_zoom(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let whole = picture(&lab).await?;
    let off = "return ['timeline-closer', 'timeline-farther', 'timeline-all']
        .map((id) => document.getElementById(id).ariaDisabled ?? document.getElementById(id).getAttribute('aria-disabled'));";
    ensure!(lab.script(off, vec![]).await? == json!([null, "true", "true"]), "the whole time can be zoomed out of");
    click(stage, "timeline-closer").await?;
    let closer = picture(&lab).await?;
    ensure!(closer != whole, "the button does not zoom in");
    ensure!(lab.script(off, vec![]).await? == json!([null, null, null]), "zoomed in, and no way back");
    click(stage, "timeline-farther").await?;
    ensure!(picture(&lab).await? == whole, "the button does not zoom out");

    press(stage, "++").await?;
    ensure!(picture(&lab).await? != whole, "the key does not zoom in");
    press(stage, "-").await?;
    ensure!(picture(&lab).await? == closer, "the key does not zoom out");
    let panned = picture(&lab).await?;
    press(stage, Key::Shift + Key::Left).await?;
    ensure!(picture(&lab).await? != panned, "Shift with an arrow does not move along");
    press(stage, "0").await?;
    ensure!(picture(&lab).await? == whole, "0 does not show the whole time");
    press(stage, "+").await?;
    click(stage, "timeline-all").await?;
    ensure!(picture(&lab).await? == whole, "the last button does not show the whole time");

    let small =
        "return ['timeline-closer', 'timeline-farther', 'timeline-all'].map((id) => document.getElementById(id))
        .concat([...document.querySelectorAll('.segments label')].filter((it) => it.checkVisibility()))
        .map((it) => it.getBoundingClientRect()).filter((box) => box.width < 24 || box.height < 24).length;";
    ensure!(lab.script(small, vec![]).await? == 0, "targets smaller than 24 px");
    Ok(())
}

async fn a_pointer_tells_the_span_under_it(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let before = lab.script("return document.getElementById('lanes').getBoundingClientRect().height;", vec![]).await?;
    // A cold pool starts at the very beginning.
    point(&lab, "pointermove", 0.01, 1).await?;
    let told = figures(&lab).await?;
    ensure!(told.starts_with("worker 1 · starts · "), "under the pointer: {told:?}");
    let after = lab.script("return document.getElementById('lanes').getBoundingClientRect().height;", vec![]).await?;
    ensure!(before == after, "the figures make the chart jump from {before} to {after}");
    point(&lab, "pointerleave", 0.01, 1).await?;
    ensure!(!tells_a_span(&figures(&lab).await?), "figures without a pointer");
    point(&lab, "pointerdown", 0.01, 2).await?;
    point(&lab, "pointerup", 0.01, 2).await?;
    point(&lab, "pointerleave", 0.01, 2).await?;
    let told = figures(&lab).await?;
    ensure!(told.starts_with("worker 2 · starts · "), "after a click: {told:?}");
    Ok(())
}

/// What [`frame`] waits for, within a frame of a page.
const DRAWN: &str =
    "return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done))));";

/// Where a share of a lane lies on the page around the frame, CSS pixels.
async fn on_the_host(lab: &Lab, share: f64, lane: u32) -> Outcome<(i64, i64)> {
    let inside = "const [share, lane] = arguments;
        const chart = document.getElementById('timeline');
        chart.scrollIntoView({ block: 'center' });
        const box = chart.getBoundingClientRect();
        return [(box.left + 66 + share * (box.width - 78)) / innerWidth, (box.top + 24 * lane + 12) / innerHeight];";
    let shares = lab.inside(inside, vec![json!(share), json!(lane)]).await?;
    let outside = "const [x, y] = arguments[0];
        const box = document.getElementById('lab').getBoundingClientRect();
        return [Math.round(box.left + x * box.width), Math.round(box.top + y * box.height)];";
    let place = lab.script(outside, vec![shares]).await?;
    let pixels = |at: usize| place[at].as_i64().ok_or(format!("no place on the page: {place}"));
    Ok((pixels(0)?, pixels(1)?))
}

async fn a_pointer_is_where_a_deck_scales_it(stage: &Stage) -> Outcome {
    let frame = Frame::new("lab", stage.site.url(&format!("index.html?{QUERY}")));
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    lab.race().await?;
    for style in ["transform: scale(0.5)", "transform: scale(1.6)", "zoom: 0.5", "zoom: 1.6"] {
        let script = "
            const frame = document.getElementById('lab');
            [frame.width, frame.height] = [500, 360];
            frame.style = `border: 0; position: fixed; inset: 0; transform-origin: 0 0; ${arguments[0]}`;";
        lab.script(script, vec![json!(style)]).await?;
        lab.inside(DRAWN, vec![]).await?;
        for lane in [2, 1] {
            let (x, y) = on_the_host(&lab, 0.01, lane).await?;
            stage.driver.action_chain().move_to(x, y).perform().await?;
            lab.inside(DRAWN, vec![]).await?;
            let told = lab.inside("return document.getElementById('timeline-figures').textContent;", vec![]).await?;
            let told = told.as_str().unwrap_or_default();
            ensure!(told.starts_with(&format!("worker {lane} · starts · ")), "{style}, at {x}, {y}: {told:?}");
        }
    }
    Ok(())
}

/// A span of the timeline: where its middle lies in the frame, and what the table says of it.
#[derive(Clone, Debug)]
struct Span {
    place: (f64, f64),
    figures: String,
}

/// The spans that no rounding of the pointer's place misses.
async fn wide_spans(lab: &Lab, wall_ms: f64) -> Outcome<Vec<Span>> {
    lab.inside("document.querySelector('.lanes-table').open = true;", vec![]).await?;
    lab.comes("spans", "return document.querySelector('#spans tbody tr');", vec![]).await?;
    // Those of the run before may still stand there.
    lab.inside(DRAWN, vec![]).await?;
    let script = "const [wall] = arguments;
        const ms = (text) => parseFloat(text) * (text.endsWith(' ms') ? 1 : 1000);
        const chart = document.getElementById('timeline');
        chart.scrollIntoView({ block: 'center', behavior: 'instant' });
        const box = chart.getBoundingClientRect();
        const spans = [...document.querySelectorAll('#spans tbody tr')].map((row) => {
            const [who, what, label, begins, takes] = [...row.cells].map((cell) => cell.textContent);
            const lane = who === 'page' ? 0 : Number(who.replace('worker ', ''));
            const labels = label === '—' ? [] : [label];
            return {
                x: box.left + 66 + (box.width - 78) * (ms(begins) + ms(takes) / 2) / wall,
                y: box.top + 24 * lane + 12,
                width: (box.width - 78) * ms(takes) / wall,
                figures: [who, what, ...labels, `begins ${begins} after the start, takes ${takes}`].join(' · '),
            };
        });
        return spans.filter(({ width }) => width >= 12);";
    let spans = lab.inside(script, vec![json!(wall_ms)]).await?;
    let span = |it: &Value| {
        Some(Span { place: (it["x"].as_f64()?, it["y"].as_f64()?), figures: it["figures"].as_str()?.to_owned() })
    };
    spans.as_array().and_then(|all| all.iter().map(span).collect()).ok_or_else(|| format!("spans {spans}").into())
}

/// Points at a span, and waits until the timeline tells its figures.
async fn is_told(deck: &Deck, lab: &Lab, scale: f64, span: &Span) -> Outcome {
    deck.point(0, span.place).await?;
    let told = "return document.getElementById('timeline-figures').textContent === arguments[0];";
    let Err(error) = lab.comes(&span.figures, told, vec![json!(span.figures)]).await else { return Ok(()) };
    let told = lab.inside("return document.getElementById('timeline-figures').textContent;", vec![]).await?;
    Err(format!("at {scale}, {span:?} is told as {told}: {error}").into())
}

async fn what_a_scaled_deck_shows_is_what_is_pointed_at(stage: &Stage) -> Outcome {
    let site = Site::start_not_isolated()?;
    let (deck, lab) = Deck::open_to_scale(stage, &site, QUERY).await?;
    for scale in [0.5, 1.6] {
        deck.scale(scale).await?;
        let after = lab.heard().await?.last().map_or(0, |heard| heard.index + 1);
        deck.point(0, lab.middle("#run").await?).await?;
        stage.driver.action_chain().click().perform().await?;
        let finished = lab.next(after, &["finished"]).await?.message;
        let results = finished["results"].as_array().ok_or("no results")?;
        let process = results.iter().find(|it| it["executor"] == "process").ok_or("no processes")?;
        let wall_ms = process["wall_ms"]["median"].as_f64().ok_or(format!("no wall time in {process}"))?;
        let spans = wide_spans(&lab, wall_ms).await?;
        // As fast or slow as a machine is, somebody does something for a while.
        ensure!(spans.len() >= 2, "too few spans to point at: {spans:?}");
        for at in [1.0, scale] {
            deck.scale(at).await?;
            for span in &spans {
                is_told(&deck, &lab, at, span).await?;
            }
        }
    }
    Ok(())
}

async fn dragging_moves_along(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let drag = async || -> Outcome {
        for (kind, share) in [("pointerdown", 0.5), ("pointermove", 0.6), ("pointermove", 0.75), ("pointerup", 0.75)] {
            point(&lab, kind, share, 0).await?;
        }
        point(&lab, "pointerleave", 0.75, 0).await
    };
    let whole = picture(&lab).await?;
    drag().await?;
    ensure!(picture(&lab).await? == whole, "the whole time was dragged away");
    click(stage, "timeline-closer").await?;
    let closer = picture(&lab).await?;
    drag().await?;
    ensure!(picture(&lab).await? != closer, "nothing moved along");
    let touch = "return getComputedStyle(document.getElementById('timeline')).touchAction;";
    let touch = lab.script(touch, vec![]).await?;
    ensure!(touch.as_str().is_some_and(|it| it.contains("pan-y")), "fingers can't scroll past: {touch}");
    Ok(())
}

async fn the_wheel_is_never_taken(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let before = picture(&lab).await?;
    let script = "const event = new WheelEvent('wheel', { deltaY: 100, bubbles: true, cancelable: true });
        document.getElementById('timeline').dispatchEvent(event);
        const key = new KeyboardEvent('keydown', { key: 'PageDown', bubbles: true, cancelable: true });
        document.getElementById('timeline').dispatchEvent(key);
        return event.defaultPrevented || key.defaultPrevented;";
    ensure!(lab.script(script, vec![]).await? == false, "a wheel or a deck's key is taken");
    ensure!(picture(&lab).await? == before, "the wheel changes the chart");
    Ok(())
}

async fn each_executor_has_its_timeline(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let script =
        "return [...document.querySelectorAll('.segments input[id^=timeline-of-]')].map((it) => [it.id, it.checked]);";
    let tabs = lab.script(script, vec![]).await?;
    ensure!(tabs == json!([["timeline-of-serial", false], ["timeline-of-process", true]]), "tabs {tabs}");
    click(stage, "timeline-of-serial").await?;
    let heading = text(&lab, "timeline-heading").await?;
    ensure!(heading.starts_with("Serial, 32 members"), "the heading is {heading:?}");
    press(stage, Key::Right).await?;
    let told = figures(&lab).await?;
    ensure!(told.starts_with("worker 1 · task "), "serial's first span: {told:?}");
    // More workers than lanes are counted.
    let lab = stage.open("members=64&steps=2000&workers=12&chunk=2&repeats=1&executors=process").await?;
    lab.race().await?;
    let said = text(&lab, "lanes").await?;
    ensure!(said.contains("8 of 12 workers"), "the lanes say {said:?}");
    Ok(())
}

async fn the_table_is_the_lanes_twin(stage: &Stage) -> Outcome {
    let lab = raced(stage).await?;
    let open = "document.querySelector('.lanes-table').open = true;";
    lab.script(open, vec![]).await?;
    frame(&lab).await?;
    let script = "return [...document.querySelectorAll('#spans tbody tr')]
        .map((row) => [...row.cells].map((cell) => cell.textContent));";
    let rows = lab.script(script, vec![]).await?;
    let rows = rows.as_array().ok_or("no rows")?;
    let tasks = rows.iter().filter(|row| row[1].as_str().is_some_and(|what| what.starts_with("task "))).count();
    ensure!(tasks == 8, "{tasks} tasks of 8 in {rows:?}");
    ensure!(rows.iter().all(|row| row.as_array().is_some_and(|row| row.len() == 5)), "{rows:?}");

    let lab = stage.open("members=400&steps=500&workers=2&chunk=1&repeats=1&executors=process").await?;
    lab.race().await?;
    lab.script(open, vec![]).await?;
    let caption = text(&lab, "spans").await?;
    let count = lab.script("return document.querySelectorAll('#spans tbody tr').length;", vec![]).await?;
    ensure!(count == 200 && caption.contains("are left out"), "{count} rows, and {caption:?}");
    Ok(())
}
