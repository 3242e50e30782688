//! Step it by hand: two threads' steps and the stove, pressed by the student, and the real
//! run beside them.

use browser_tests::host;
use browser_tests::input::focus;
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, axe, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::Key;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            keys_alone_lose_an_update,
            the_real_run_says_how_many_are_lost,
            the_stove_by_keys_alone;
        either:
            pressing_steps_loses_an_update,
            undo_restores_it,
            the_other_waits_and_is_told_so,
            each_step_is_said_once,
            the_stove_is_handed_over_to_the_end,
            without_shared_memory_the_run_says_why_not;
    ],
);

/// Read, call, and the other's whole round; then on with what was read before.
const LOSES: [u32; 8] = [1, 1, 2, 2, 2, 2, 1, 1];

async fn open(stage: &Stage) -> Outcome<Lab> {
    let lab = stage.open("lab=gil").await?;
    stands(&lab).await?;
    Ok(lab)
}

async fn stands(lab: &Lab) -> Outcome {
    lab.appears("#by-hand-lesson").await?;
    lab.appears("#scheduler-title").await.map(drop)
}

async fn text(lab: &Lab, id: &str) -> Outcome<String> {
    let text = lab.inside("return document.getElementById(arguments[0]).textContent;", vec![json!(id)]).await?;
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// Presses the button of this accessible name's beginning, and gives what is then said.
async fn press(lab: &Lab, beginning: &str, said: &str) -> Outcome<String> {
    let script = "
        const [beginning] = arguments;
        const buttons = [...document.querySelectorAll('.by-hand button')];
        const found = buttons.filter((it) => it.textContent.trim().startsWith(beginning) && !it.disabled);
        if (found.length !== 1) return `${found.length} buttons begin with ${beginning}`;
        found[0].click();
        return null;";
    let trouble = lab.inside(script, vec![json!(beginning)]).await?;
    ensure!(trouble == Value::Null, "{trouble}");
    frame(lab).await?;
    text(lab, said).await
}

/// Waits for the next frame: what a press changes is there with it.
async fn frame(lab: &Lab) -> Outcome {
    let script = "const [answer] = arguments; requestAnimationFrame(() => setTimeout(() => answer(true), 0));";
    lab.inside_async(script).await.map(drop)
}

async fn step(lab: &Lab, thread: u32) -> Outcome<String> {
    press(lab, &format!("Thread {thread}:"), "by-hand-said").await
}

async fn lose(lab: &Lab) -> Outcome<String> {
    let mut said = String::new();
    for thread in LOSES {
        said = step(lab, thread).await?;
    }
    Ok(said)
}

async fn pressing_steps_loses_an_update(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    ensure!(text(&lab, "by-hand-c").await? == "0", "c does not begin with 0");
    let said = lose(&lab).await?;
    ensure!(said.contains("2 additions were done, and c says 1"), "it says {said:?}");
    ensure!(text(&lab, "by-hand-c").await? == "1", "c is not 1");
    let score = text(&lab, "by-hand-score").await?;
    ensure!(score == "2 additions done, 1 lost", "it says {score:?}");
    let lesson = text(&lab, "by-hand-lesson").await?;
    ensure!(lesson.starts_with("An update is lost"), "it says {lesson:?}");
    // One after the other loses no more.
    for thread in [1, 1, 1, 1, 2, 2, 2, 2] {
        step(&lab, thread).await?;
    }
    let score = text(&lab, "by-hand-score").await?;
    ensure!(score == "4 additions done, 1 lost", "it says {score:?}");
    axe::check(&lab, "an update is lost").await
}

/// All that is to be seen of the counter: texts, which step is next, who has the lock.
async fn table(lab: &Lab) -> Outcome<Value> {
    let script = "
        const all = [...document.querySelectorAll('.by-hand-table *')].filter((it) => !it.firstElementChild);
        return all.map((it) => [it.textContent, it.getAttribute('aria-current'), it.getAttribute('data-holder')]);";
    lab.inside(script, vec![]).await
}

async fn undo_restores_it(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let mut before = Vec::new();
    for thread in LOSES {
        before.push(table(&lab).await?);
        step(&lab, thread).await?;
    }
    for expected in before.into_iter().rev() {
        lab.inside("document.getElementById('by-hand-undo').click();", vec![]).await?;
        frame(&lab).await?;
        let after = table(&lab).await?;
        ensure!(after == expected, "taken back: {after}, before: {expected}");
    }
    lab.inside("document.getElementById('by-hand-undo').click();", vec![]).await?;
    until_said(&lab, "by-hand-said", "There is nothing to take back.").await
}

/// Waits until this is said.
async fn until_said(lab: &Lab, id: &str, words: &str) -> Outcome {
    let question = "return document.getElementById(arguments[0]).textContent.includes(arguments[1]);";
    lab.comes(words, question, vec![json!(id), json!(words)]).await.map(drop)
}

async fn the_other_waits_and_is_told_so(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    step(&lab, 1).await?;
    let before = table(&lab).await?;
    let said = step(&lab, 2).await?;
    ensure!(said.starts_with("Thread 2 waits: thread 1 has the GIL"), "it says {said:?}");
    ensure!(table(&lab).await? == before, "a refused step changed something");

    press(&lab, "With a lock around the line", "by-hand-said").await?;
    step(&lab, 1).await?;
    step(&lab, 1).await?;
    let said = step(&lab, 2).await?;
    ensure!(said == "Thread 2 waits: thread 1 has the lock.", "it says {said:?}");
    for thread in [1, 1, 1, 1, 2, 2, 2, 2, 2, 2] {
        step(&lab, thread).await?;
    }
    let score = text(&lab, "by-hand-score").await?;
    ensure!(score == "2 additions done, 0 lost", "it says {score:?}");

    press(&lab, "Without the GIL", "by-hand-said").await?;
    ensure!(text(&lab, "by-hand-c").await? == "0", "another rule does not begin anew");
    for thread in [1, 2, 1, 2, 1, 2, 1, 2] {
        step(&lab, thread).await?;
    }
    let score = text(&lab, "by-hand-score").await?;
    ensure!(score == "2 additions done, 1 lost", "it says {score:?}");
    Ok(())
}

/// What a key does to whatever has the focus.
async fn key(stage: &Stage, key: impl Into<thirtyfour::TypingData>) -> Outcome {
    Ok(stage.driver.active_element().await?.send_keys(key).await?)
}

async fn keys_alone_lose_an_update(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    focus(&lab, ".by-hand-thread[data-thread='1'] button").await?;
    key(stage, Key::Enter + "").await?;
    key(stage, " ").await?;
    key(stage, Key::Tab + "").await?;
    let focused = lab.inside("return document.activeElement.textContent;", vec![]).await?;
    ensure!(focused == "Thread 2: read c", "Tab leads to {focused}");
    for _ in 0..4 {
        key(stage, Key::Enter + "").await?;
    }
    focus(&lab, ".by-hand-thread[data-thread='1'] button").await?;
    key(stage, Key::Enter + "").await?;
    key(stage, Key::Enter + "").await?;
    until_said(&lab, "by-hand-score", "2 additions done, 1 lost").await?;
    // The button that was pressed is still the one that has the focus.
    let focused = lab.inside("return document.activeElement.textContent;", vec![]).await?;
    ensure!(focused == "Thread 1: read c", "the focus is at {focused}");
    Ok(())
}

async fn each_step_is_said_once(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let watch = "
        window.saidSteps = [];
        for (const region of document.querySelectorAll('[role=status], [role=alert], [aria-live]')) {
            const note = () => saidSteps.push(region.textContent);
            new MutationObserver(note).observe(region, { childList: true, characterData: true, subtree: true });
        }";
    lab.inside(watch, vec![]).await?;
    let mut expected = Vec::new();
    for thread in LOSES {
        expected.push(step(&lab, thread).await?);
    }
    let said = lab.inside("return saidSteps;", vec![]).await?;
    ensure!(said == json!(expected), "said {said}, shown {expected:?}");
    Ok(())
}

async fn the_stove_is_handed_over_to_the_end(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let said = press(&lab, "Stove to thread 3", "scheduler-said").await?;
    ensure!(said.starts_with("Thread 3 had the stove; it is away"), "it says {said:?}");
    let said = press(&lab, "Stove to thread 3", "scheduler-said").await?;
    ensure!(said.contains("it does not want the stove"), "it says {said:?}");
    let picture = "return document.querySelectorAll('.stove-lanes').length;";
    ensure!(lab.inside(picture, vec![]).await? == 1, "CPython's rule is shown before the end");
    let mut said = String::new();
    // Who is away most of the time goes first.
    for presses in 0.. {
        ensure!(presses < 60, "no end, and it says {said:?}");
        for thread in [3, 2, 1] {
            said = press(&lab, &format!("Stove to thread {thread}"), "scheduler-said").await?;
            if !said.contains("does not want") && !said.ends_with("is done.") {
                break;
            }
        }
        if said.starts_with("You were faster") || said.starts_with("CPython") {
            break;
        }
    }
    ensure!(said.starts_with("You were faster: "), "it says {said:?}");
    ensure!(lab.inside(picture, vec![]).await? == 2, "CPython's rule is not shown at the end");
    let cost = text(&lab, "scheduler-cost").await?;
    ensure!(cost.contains("modelled, not measured") && cost.contains("Hand-overs"), "it says {cost:?}");
    axe::check(&lab, "the stove was handed over").await?;

    lab.inside("document.getElementById('scheduler-undo').click();", vec![]).await?;
    until_said(&lab, "scheduler-said", "Taken back: ").await?;
    ensure!(lab.inside(picture, vec![]).await? == 1, "taken back, and still over");
    let said = press(&lab, "4 threads", "scheduler-said").await?;
    ensure!(said == "4 threads, and the stove is free.", "it says {said:?}");
    let said = press(&lab, "Nobody gets it", "scheduler-said").await?;
    ensure!(said == "Nobody has the stove. 1.00 ms so far.", "it says {said:?}");
    Ok(())
}

async fn the_stove_by_keys_alone(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    focus(&lab, ".cooks li:nth-child(1) button").await?;
    for _ in 0..9 {
        key(stage, Key::Enter + "").await?;
    }
    until_said(&lab, "scheduler-said", "Thread 1 had the stove; it is done. 9.00 ms so far.").await?;
    key(stage, Key::Enter + "").await?;
    until_said(&lab, "scheduler-said", "Thread 1 is done.").await?;
    key(stage, Key::Tab + "").await?;
    key(stage, " ").await?;
    until_said(&lab, "scheduler-said", "Thread 2 had the stove; 4.00 ms left at the stove. 10.1 ms so far.").await
}

async fn the_real_run_says_how_many_are_lost(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    lab.comes("Python", "return document.getElementById('status').textContent.includes('Ready');", vec![]).await?;
    press(&lab, "Run it for real", "by-hand-real").await?;
    until_said(&lab, "by-hand-real", "Measured: of 400,000 additions ").await?;
    let said = text(&lab, "by-hand-real").await?;
    let lost = said.strip_prefix("Measured: of 400,000 additions ").and_then(|it| it.split_once(" were lost"));
    let lost = lost.and_then(|it| it.0.replace(',', "").parse::<u32>().ok());
    ensure!(lost.is_some_and(|it| (1..400_000).contains(&it)), "it says {said:?}");

    press(&lab, "With a lock around the line", "by-hand-said").await?;
    // The runner may still be clearing up.
    let again = "
        const run = document.getElementById('by-hand-run');
        const said = document.getElementById('by-hand-real').textContent;
        if (run.textContent === 'Run it for real' && !said.includes('none was lost')) run.click();
        return said.includes('none was lost') && said.includes('keeps read and write together');";
    lab.comes("a real run that loses nothing", again, vec![]).await?;
    // The lab's own runs go on as before.
    let end = lab.race().await?;
    ensure!(end["type"] == "finished", "{end}");
    Ok(())
}

/// The steps need no Python, and the run says what is missing.
async fn without_shared_memory_the_run_says_why_not(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let framed = host::Frame::new("lab", stage.site.url("index.html?lab=gil"));
    let lab = host::open_one(stage, &deck, "localhost", framed).await?;
    stands(&lab).await?;
    let said = lose(&lab).await?;
    ensure!(said.contains("c says 1"), "it says {said:?}");
    lab.comes("Python", "return !/on its way|Trying/.test(document.getElementById('status').textContent);", vec![])
        .await?;
    press(&lab, "Run it for real", "by-hand-real").await?;
    until_said(&lab, "by-hand-real", "Not measured: threads need memory that they share").await
}
