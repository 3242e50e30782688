//! Lines to put in order, as a person does it: by keyboard, by buttons; what is wrong with them,
//! what Python makes of them, and where nothing may be told.

use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::host::{self, Frame};
use browser_tests::input::{click, has_focus, is_focused, press, tab_to};
use browser_tests::lab::Heard;
use browser_tests::quiz::{item, problems};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::quiz::item::Item;
use parallel_lab::lab::quiz::parsons::arrangement::Arrangement;
use parallel_lab::lab::quiz::parsons::problem::Problem;
use serde_json::{Value, json};
use thirtyfour::{By, Key};

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// How one begins.
const TRACEBACK: &str = "Traceback (most recent call last)";
/// One that processes do, so that it runs in any browser.
const ID: &str = "guard";
/// And one whose threads take another order.
const OF_THREADS: &str = "completed";
/// A phone held upright, CSS pixels.
const PHONE: (u32, u32) = (390, 844);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_keyboard_puts_lines_in_order_and_python_runs_them,
            without_threads_it_is_said;
        either:
            a_line_that_is_wrong_says_why_and_the_lines_stay,
            lines_without_the_lock_are_a_known_mistake,
            no_line_and_every_line_are_run_as_they_are,
            buttons_do_what_keys_do,
            each_solution_comes_out_right,
            another_arrangement_that_is_right_is,
            what_is_never_told_stands_nowhere,
            in_a_lecture_hall_nobody_votes_on_lines,
            each_stage_can_be_read_by_all,
            nothing_is_wider_than_a_phone;
    ],
);

fn problem(item: &Item) -> Outcome<&Problem> {
    Ok(item.lines.as_deref().ok_or("no lines")?)
}

async fn open(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("lab=quiz&{query}")).await?;
    lab.appears("#run-lines").await?;
    Ok(lab)
}

/// The lines that were taken, as they stand there.
async fn taken(lab: &Lab) -> Outcome<Arrangement> {
    let script = "return [...document.querySelectorAll('#taken [data-line]')]
        .map(line => `${line.dataset.line}:${line.dataset.indent}`).join(' ');";
    Ok(Arrangement::of_text(lab.script(script, vec![]).await?.as_str().unwrap_or_default()))
}

/// Takes these lines by pointer, and indents each by its button.
async fn put(stage: &Stage, lab: &Lab, lines: &Arrangement) -> Outcome {
    for (id, indent) in lines.iter() {
        click(stage, &format!("[data-left='{id}']")).await?;
        has_focus(lab, &format!("[data-line='{id}']")).await?;
        let place = taken(lab).await?;
        let now = place.iter().find(|it| it.0 == id).map_or(0, |it| it.1);
        let (to, times) = if now > indent { ("outdent", now - indent) } else { ("indent", indent - now) };
        for _ in 0..times {
            click(stage, &format!("[data-move='{to}']")).await?;
        }
    }
    let stands = taken(lab).await?;
    ensure!(stands == *lines, "it stands {:?} instead of {:?}", stands.text(), lines.text());
    Ok(())
}

async fn run(stage: &Stage, lab: &Lab) -> Outcome<Heard> {
    let after = lab.heard().await?.len() as u64;
    click(stage, "#run-lines").await?;
    let end = lab.end_within(after, PATIENCE).await?;
    ensure!(end.kind() == "finished", "it ended with {}", end.message);
    lab.idle().await?;
    Ok(end)
}

async fn the_keyboard_puts_lines_in_order_and_python_runs_them(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let problem = problem(&item)?;
    let lab = open(stage, &format!("item={ID}")).await?;
    // From the last to the first, each then moved up before all others.
    for (id, indent) in problem.solution().iter().collect::<Vec<_>>().into_iter().rev() {
        tab_to(stage, &lab, &format!("[data-left='{id}']")).await?;
        press(stage, Key::Enter).await?;
        has_focus(&lab, &format!("[data-line='{id}']")).await?;
        for _ in 0..problem.lines.len() {
            press(stage, Key::Up).await?;
            ensure!(is_focused(&lab, &format!("[data-line='{id}']")).await?, "moving {id} up loses the focus");
        }
        let at_first = taken(&lab).await?;
        ensure!(at_first.at(0) == Some(id), "{:?}", at_first.text());
        for _ in 0..7 {
            press(stage, Key::Left).await?;
        }
        for _ in 0..indent {
            press(stage, Key::Right).await?;
        }
        let told = lab.text("#arranged").await?;
        ensure!(told.starts_with("Line 1 of ") && told.contains(problem.text(id).unwrap_or("?")), "it says {told:?}");
        // On with the next from the top of the page.
        stage.driver.execute("document.activeElement.blur();", vec![]).await?;
    }
    // A line too many, and it is left out again.
    let extra = &problem.distractors[0].id;
    tab_to(stage, &lab, &format!("[data-left='{extra}']")).await?;
    press(stage, Key::Space).await?;
    has_focus(&lab, &format!("[data-line='{extra}']")).await?;
    press(stage, Key::Delete).await?;
    ensure!(lab.text("#arranged").await?.starts_with("Left out: "), "{}", lab.text("#arranged").await?);
    let stands = taken(&lab).await?;
    ensure!(stands == problem.solution(), "it stands {:?}", stands.text());
    ensure!(!lab.html().await?.contains(&item.reason), "the reason stands there before a run");
    let after = lab.heard().await?.len() as u64;
    tab_to(stage, &lab, "#run-lines").await?;
    press(stage, Key::Enter).await?;
    let end = lab.end_within(after, PATIENCE).await?.message;
    ensure!(end["type"] == "finished" && end["prediction"] == stands.text(), "the run ended with {end}");
    ensure!(end["quiz"]["item"] == ID && end["quiz"]["run"]["told"]["sum"] == 140, "{}", end["quiz"]);
    has_focus(&lab, "#next-question").await?;
    let explained = lab.text("#said").await?;
    ensure!(explained.contains("These lines are right.") && explained.contains(&item.reason), "it says {explained:?}");
    ensure!(lab.text(".came-out").await?.contains("sum: 140"), "{}", lab.text(".came-out").await?);
    let answered = lab.heard_of("answered").await?;
    let told: Vec<_> = answered.iter().map(|it| (&it["option"], &it["sure"], &it["correct"], &it["verdict"])).collect();
    let (lines, nothing) = (json!(stands.text()), Value::Null);
    ensure!(
        told == [(&lines, &nothing, &nothing, &nothing), (&lines, &nothing, &json!(true), &json!("agrees"))],
        "answered: {told:?}"
    );
    press(stage, Key::Enter).await?;
    lab.appears("#score").await?;
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["done"] == true && score["correct"] == 1 && score["first_try"] == 1, "the score is {score}");
    ensure!(lab.text(".answers-given").await?.contains("right"), "{}", lab.text(".answers-given").await?);
    tab_to(stage, &lab, "#take-csv").await
}

async fn a_line_that_is_wrong_says_why_and_the_lines_stay(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let problem = problem(&item)?;
    let distractor = problem.distractors.iter().find(|it| it.id == "uncalled").ok_or("it is gone")?;
    let wrong =
        problem.solution().text().replace(&format!("{}:", distractor.instead_of), &format!("{}:", distractor.id));
    let wrong = Arrangement::of_text(&wrong);
    let lab = open(stage, &format!("item={ID}")).await?;
    click(stage, "#hint").await?;
    ensure!(lab.text(".hint").await?.contains(&item.hint), "there is no hint");
    put(stage, &lab, &wrong).await?;
    let end = run(stage, &lab).await?.message;
    ensure!(end["quiz"]["run"]["status"] == "error", "{}", end["quiz"]);
    lab.appears("[data-stage=again]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains(&distractor.feedback) && told.contains("not right"), "it says {told:?}");
    ensure!(!lab.html().await?.contains(&item.reason), "the reason stands there before it may be read");
    let printed = lab.text(".came-out").await?;
    ensure!(printed.matches(TRACEBACK).count() == 1, "the traceback stands there otherwise than once: {printed}");
    // The lines are where they were: one is left out, another put in its place.
    lab.appears("#run-lines").await?;
    ensure!(taken(&lab).await? == wrong, "the lines are gone: {:?}", taken(&lab).await?.text());
    click(stage, &format!("[data-line='{}']", distractor.id)).await?;
    click(stage, "[data-move='away']").await?;
    click(stage, &format!("[data-left='{}']", distractor.instead_of)).await?;
    let place = problem.solution().place(&distractor.instead_of).unwrap_or_default();
    for _ in place + 1..problem.lines.len() {
        click(stage, "[data-move='up']").await?;
    }
    ensure!(taken(&lab).await? == problem.solution(), "it stands {:?}", taken(&lab).await?.text());
    run(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    let answered = lab.heard_of("answered").await?;
    let told: Vec<_> = answered.iter().map(|it| (it["attempt"].clone(), it["correct"].clone())).collect();
    let expected = [(1, Value::Null), (1, json!(false)), (2, Value::Null), (2, json!(true))];
    ensure!(told == expected.map(|(attempt, correct)| (json!(attempt), correct)), "answered: {told:?}");
    ensure!(answered[3]["hint"] == true, "the hint is not told");
    click(stage, "#next-question").await?;
    lab.appears("#score").await?;
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["correct"] == 1 && score["first_try"] == 0, "the score is {score}");
    Ok(())
}

/// Who leaves a line out hears why it is needed, not that one is missing.
async fn lines_without_the_lock_are_a_known_mistake(stage: &Stage) -> Outcome {
    let item = item("lock")?;
    let mistake = problem(&item)?.mistakes.iter().find(|it| it.id == "without").ok_or("it is gone")?;
    let lab = open(stage, "item=lock").await?;
    put(stage, &lab, &Arrangement::of_text(&mistake.lines.join(" "))).await?;
    let end = run(stage, &lab).await?.message;
    ensure!(end["quiz"]["run"]["told"]["lost"].as_u64().is_some_and(|it| it > 0), "none was lost: {}", end["quiz"]);
    lab.appears("[data-stage=again]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains(&mistake.feedback) && told.contains("not right"), "it says {told:?}");
    ensure!(!told.contains("goes by its run alone"), "nobody foresaw it: {told:?}");
    Ok(())
}

async fn no_line_and_every_line_are_run_as_they_are(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let problem = problem(&item)?;
    let lab = open(stage, &format!("item={ID}&seed=7")).await?;
    let end = run(stage, &lab).await?.message;
    ensure!(end["prediction"] == "" && end["quiz"]["run"]["status"] == "ok", "{end}");
    lab.appears("[data-stage=again]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains("goes by its run alone"), "it says {told:?}");
    ensure!(told.contains("told nothing") && told.contains("not right"), "it says {told:?}");
    lab.appears("#run-lines").await?;
    let every: Arrangement = problem.pieces().map(|(id, _)| (id.to_owned(), 0)).collect();
    put(stage, &lab, &every).await?;
    ensure!(stage.driver.find_all(By::Css("[data-left]")).await?.is_empty(), "a line is left");
    let end = run(stage, &lab).await?.message;
    ensure!(end["quiz"]["run"]["status"] == "error", "{}", end["quiz"]);
    lab.appears("[data-stage=explained]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains("Error") && told.contains("not right") && told.contains(&item.reason), "it says {told:?}");
    ensure!(lab.html().await?.contains("Lines that are right"), "the solution is not told");
    ensure!(lab.script("return window.recorder.errors;", vec![]).await? == json!([]), "something broke");
    Ok(())
}

async fn buttons_do_what_keys_do(stage: &Stage) -> Outcome {
    let lab = open(stage, &format!("item={ID}")).await?;
    let shuffled =
        lab.script("return [...document.querySelectorAll('[data-left]')].map(it => it.dataset.left);", vec![]).await?;
    let other = open(stage, &format!("item={ID}&seed=3")).await?;
    let otherwise = other
        .script("return [...document.querySelectorAll('[data-left]')].map(it => it.dataset.left);", vec![])
        .await?;
    ensure!(shuffled != otherwise, "two seeds have one order: {shuffled}");
    // Nothing is picked: a button does nothing.
    click(stage, "[data-move='away']").await?;
    click(stage, "[data-left='map']").await?;
    click(stage, "[data-left='pool']").await?;
    for (to, expected) in [
        ("indent", "map:0 pool:1"),
        ("up", "pool:1 map:0"),
        ("up", "pool:1 map:0"),
        ("down", "map:0 pool:1"),
        ("outdent", "map:0 pool:0"),
        ("away", "map:0"),
        ("away", ""),
        ("away", ""),
    ] {
        click(stage, &format!("[data-move='{to}']")).await?;
        let stands = taken(&other).await?.text();
        ensure!(stands == expected, "after {to} it stands {stands:?}");
    }
    Ok(())
}

/// Of every problem: its lines before they are taken, all of them taken, and the buttons that move one.
async fn nothing_is_wider_than_a_phone(stage: &Stage) -> Outcome {
    for item in problems()? {
        let query = format!("index.html?lab=quiz&item={}", item.id);
        let frame = Frame::new("lab", stage.site.url(&query));
        let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
        let resize = "[document.getElementById('lab').width, document.getElementById('lab').height] = arguments;";
        lab.script(resize, vec![json!(PHONE.0), json!(PHONE.1)]).await?;
        lab.appears("#run-lines").await?;
        let take_all = "
            for (const line of [...document.querySelectorAll('[data-left]')]) line.click();
            const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
            return (async () => {
                await frame();
                const button = (it) => it.getBoundingClientRect();
                const moves = [...document.querySelectorAll('[data-move]')].map(button);
                return {
                    taken: document.querySelectorAll('[data-line]').length,
                    width: innerWidth,
                    needs: document.documentElement.scrollWidth,
                    ends: Math.max(...moves.map((it) => it.right)),
                    heights: moves.map((it) => it.height),
                };
            })();";
        let found = lab.inside(take_all, vec![]).await?;
        let pieces = problem(&item)?.pieces().count();
        ensure!(found["taken"] == pieces && found["width"] == PHONE.0, "{}: {found}", item.id);
        let is_within = |name: &str| found[name].as_f64().is_some_and(|it| it <= f64::from(PHONE.0));
        ensure!(is_within("needs") && is_within("ends"), "{} needs more than a phone has: {found}", item.id);
    }
    Ok(())
}

async fn each_solution_comes_out_right(stage: &Stage) -> Outcome {
    for item in problems()? {
        let problem = problem(&item)?;
        let lab = open(stage, &format!("item={}", item.id)).await?;
        put(stage, &lab, &problem.solution()).await?;
        let end = run(stage, &lab).await?.message;
        lab.appears("[data-stage=explained]").await?;
        let verdict = lab.heard_of("answered").await?.pop().unwrap_or_default();
        ensure!(
            verdict["correct"] == true && verdict["verdict"] == "agrees",
            "{}: {verdict}, {}",
            item.id,
            end["quiz"]
        );
    }
    Ok(())
}

async fn another_arrangement_that_is_right_is(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let also = problem(&item)?.also.first().ok_or("there is no other")?;
    let lab = open(stage, &format!("item={ID}&attempts=1")).await?;
    put(stage, &lab, &Arrangement::of_text(&also.lines.join(" "))).await?;
    run(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains(&also.say) && told.contains("These lines are right."), "it says {told:?}");
    Ok(())
}

async fn what_is_never_told_stands_nowhere(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let problem = problem(&item)?;
    let lab = open(stage, &format!("item={ID}&feedback=never")).await?;
    click(stage, "[data-left='map']").await?;
    click(stage, "#run-lines").await?;
    lab.appears("#score").await?;
    let document = lab.html().await?;
    let told = problem.distractors.iter().map(|it| &it.feedback).chain([&item.reason]);
    let found: Vec<_> = told.filter(|it| document.contains(it.as_str())).collect();
    ensure!(found.is_empty() && !document.contains("Lines that are right"), "there stands {found:?}");
    ensure!(stage.driver.find_all(By::Css("[data-open], [data-right]")).await?.is_empty(), "lines are marked");
    let messages = [lab.heard_of("answered").await?, lab.heard_of("score").await?].concat();
    ensure!(messages.len() == 2 && messages.iter().all(|it| it["correct"].is_null()), "{messages:?}");
    ensure!(lab.heard().await?.iter().all(|heard| heard.kind() != "finished"), "something has run");
    // At the end, it is told, and can be run.
    let lab = open(stage, &format!("item={ID}&feedback=end")).await?;
    put(stage, &lab, &problem.solution()).await?;
    click(stage, "#run-lines").await?;
    lab.appears("#score").await?;
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["done"] == true && score["correct"] == 1, "{score}");
    click(stage, "[data-open]").await?;
    lab.appears("[data-stage=ready]").await?;
    let after = lab.heard().await?.len() as u64;
    click(stage, "#run").await?;
    lab.next_within(after, &["finished"], PATIENCE).await?;
    lab.appears("[data-stage=explained]").await?;
    ensure!(lab.text("#said").await?.contains(&item.reason), "it is not explained");
    Ok(())
}

async fn in_a_lecture_hall_nobody_votes_on_lines(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("present&item={ID}")).await?;
    click(stage, "[data-left='map']").await?;
    run(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    ensure!(lab.text("#said").await?.contains(&item.reason), "it is not explained");
    ensure!(lab.heard_of("answered").await?.is_empty(), "a hall has answered");
    Ok(())
}

async fn without_threads_it_is_said(stage: &Stage) -> Outcome {
    let item = item(OF_THREADS)?;
    let site = Site::start_not_isolated()?;
    let plain = Stage { kind: stage.kind, driver: stage.driver.clone(), site };
    let lab = open(&plain, &format!("item={OF_THREADS}")).await?;
    put(&plain, &lab, &problem(&item)?.solution()).await?;
    run(&plain, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains("no threads") && told.contains("These lines are right."), "it says {told:?}");
    let answered = lab.heard_of("answered").await?.pop().unwrap_or_default();
    ensure!(answered["correct"] == true && answered["verdict"] == "open", "{answered}");
    Ok(())
}

async fn each_stage_can_be_read_by_all(stage: &Stage) -> Outcome {
    for theme in ["light", "dark"] {
        let lab = open(stage, &format!("item={ID}&theme={theme}")).await?;
        check(&lab, &format!("nothing taken, {theme}")).await?;
        click(stage, "[data-left='map']").await?;
        check(&lab, &format!("a line taken, {theme}")).await?;
        run(stage, &lab).await?;
        lab.appears("[data-stage=again]").await?;
        lab.appears("#run-lines").await?;
        check(&lab, &format!("again, {theme}")).await?;
        click(stage, "#give-up").await?;
        lab.appears("[data-stage=explained]").await?;
        check(&lab, &format!("explained, {theme}")).await?;
        click(stage, "#next-question").await?;
        lab.appears("#score").await?;
        check(&lab, &format!("over, {theme}")).await?;
    }
    Ok(())
}
