//! The quiz as a person takes it: an answer, its run, what was seen, and only then why; by
//! keyboard, at the end or never told, in a lecture hall, where the browser keeps nothing.

use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::input::{click, has_focus, press, tab_to};
use browser_tests::lab::Heard;
use browser_tests::quiz::{A_DAY_EARLIER, item, questions};
use browser_tests::site::Site;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::quiz::item::Item;
use parallel_lab::model::progress::Progress;
use serde_json::{Value, json};
use thirtyfour::{By, Key};

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
/// A question that threads answer clearly wherever there are any.
const ID: &str = "sleeps";
/// Where another lab leads back to a question.
const MISSED: &str = "#what-next a[href*='again=']";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_keyboard_is_enough,
            what_is_to_be_read_is_in_sight,
            who_loads_the_page_anew_goes_on;
        either:
            a_wrong_answer_hears_why_not_and_tries_again,
            a_run_that_shows_nothing_is_called_that_and_run_again,
            a_traceback_stands_there_once,
            what_is_never_told_stands_nowhere,
            at_the_end_all_is_told,
            missed_questions_come_back_changed,
            a_later_lab_offers_what_was_missed,
            a_lecture_hall_votes_twice_before_anything_is_known,
            an_unknown_question_is_met_with_words,
            a_run_that_is_stopped_can_be_done_without,
            each_stage_can_be_read_by_all,
            a_set_goes_on_to_its_next_question,
            what_was_missed_is_asked_once_more,
            a_reset_begins_anew,
            a_browser_that_keeps_nothing_gives_a_code,
            a_machine_without_threads_says_why_it_differs;
    ],
);

/// An answer that is not the key.
fn wrong(item: &Item) -> &str {
    item.options.iter().find(|it| it.id != item.key).map_or("", |it| &it.id)
}

async fn open(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("lab=quiz&{query}")).await?;
    lab.appears("[data-option]").await?;
    Ok(lab)
}

/// Picks an answer, and says how sure.
async fn answer(stage: &Stage, option: &str, sure: &str) -> Outcome {
    click(stage, &format!("[data-option='{option}']")).await?;
    click(stage, &format!("[data-sure='{sure}']")).await
}

async fn run(stage: &Stage, lab: &Lab) -> Outcome<Heard> {
    lab.appears("[data-stage=ready]").await?;
    run_by(stage, lab, "#run").await
}

/// By this button.
async fn run_by(stage: &Stage, lab: &Lab, button: &str) -> Outcome<Heard> {
    let after = lab.heard().await?.len() as u64;
    click(stage, button).await?;
    let end = lab.end_within(after, PATIENCE).await?;
    lab.idle().await?;
    Ok(end)
}

/// Says what was seen: that the last way was far ahead.
async fn see(stage: &Stage, lab: &Lab) -> Outcome {
    lab.appears("[data-stage=look]").await?;
    click(stage, "[data-first='1']").await?;
    click(stage, "[data-factor='4']").await
}

/// Nothing of what is right stands in the document.
async fn says_nothing(lab: &Lab, item: &Item, when: &str) -> Outcome {
    let document = lab.html().await?;
    let told: Vec<_> = item.options.iter().map(|it| &it.feedback).chain([&item.reason]).collect();
    let found: Vec<_> = told.iter().filter(|it| document.contains(it.as_str())).collect();
    ensure!(found.is_empty(), "{when} there stands {found:?}");
    Ok(())
}

async fn the_keyboard_is_enough(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("item={ID}")).await?;
    says_nothing(&lab, &item, "before an answer").await?;
    tab_to(stage, &lab, &format!("[data-option='{}']", item.key)).await?;
    press(stage, Key::Enter).await?;
    tab_to(stage, &lab, "[data-sure=think]").await?;
    press(stage, Key::Space).await?;
    has_focus(&lab, "#run").await?;
    says_nothing(&lab, &item, "before a run").await?;
    press(stage, Key::Enter).await?;
    let end = lab.end_within(0, PATIENCE).await?.message;
    ensure!(end["type"] == "finished" && end["prediction"] == item.key, "the run ended with {end}");
    ensure!(end["quiz"]["item"] == ID && end["quiz"]["run"]["told"]["serial_ms"].is_number(), "{}", end["quiz"]);
    has_focus(&lab, "#look").await?;
    says_nothing(&lab, &item, "before it was said what was seen").await?;
    ensure!(lab.text("#said").await?.is_empty(), "something is explained");
    tab_to(stage, &lab, "[data-first='1']").await?;
    press(stage, Key::Enter).await?;
    tab_to(stage, &lab, "[data-factor='4']").await?;
    press(stage, Key::Enter).await?;
    has_focus(&lab, "#next-question").await?;
    let explained = lab.text("#said").await?;
    ensure!(explained.contains(&item.reason) && explained.contains("Your machine agrees"), "it says {explained:?}");
    let answered = lab.heard_of("answered").await?;
    let told: Vec<_> = answered.iter().map(|it| (&it["option"], &it["sure"], &it["correct"], &it["verdict"])).collect();
    let key = json!(item.key);
    let think = json!("think");
    ensure!(
        told == [(&key, &think, &Value::Null, &Value::Null), (&key, &think, &json!(true), &json!("agrees"))],
        "answered: {told:?}"
    );
    press(stage, Key::Enter).await?;
    lab.appears("#score").await?;
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["done"] == true && score["correct"] == 1 && score["of"] == 1, "the score is {score}");
    tab_to(stage, &lab, "#take-csv").await
}

async fn a_wrong_answer_hears_why_not_and_tries_again(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let other = wrong(&item).to_owned();
    let lab = open(stage, &format!("item={ID}")).await?;
    answer(stage, &other, "sure").await?;
    run(stage, &lab).await?;
    see(stage, &lab).await?;
    lab.appears("[data-stage=again]").await?;
    let told = lab.text("#said").await?;
    let feedback = item.option(&other).map_or("", |it| &it.feedback);
    ensure!(told.contains(feedback) && !told.contains(&item.reason), "it says {told:?}");
    ensure!(!lab.html().await?.contains(&item.reason), "the reason stands somewhere before it may be read");
    answer(stage, &item.key, "think").await?;
    lab.appears("[data-stage=explained]").await?;
    ensure!(lab.text("#said").await?.contains(&item.reason), "it is not explained");
    let answered = lab.heard_of("answered").await?;
    let told: Vec<_> = answered.iter().map(|it| (it["attempt"].clone(), it["correct"].clone())).collect();
    let expected = [(1, Value::Null), (1, json!(false)), (2, Value::Null), (2, json!(true))];
    ensure!(told == expected.map(|(attempt, correct)| (json!(attempt), correct)), "answered: {told:?}");
    click(stage, "#next-question").await?;
    lab.appears("#score").await?;
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["correct"] == 1 && score["first_try"] == 0, "the score is {score}");
    Ok(())
}

/// Where there are no threads, a run can't show what they would do: that is said beside a wrong answer, and it
/// can be run again before another is given.
async fn a_run_that_shows_nothing_is_called_that_and_run_again(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let site = Site::start_not_isolated()?;
    let plain = Stage { kind: stage.kind, driver: stage.driver.clone(), site };
    let lab = open(&plain, &format!("item={ID}")).await?;
    answer(&plain, wrong(&item), "think").await?;
    for time in ["first", "second"] {
        // There is nothing to say of what shows nothing.
        if time == "first" {
            run(&plain, &lab).await?
        } else {
            run_by(&plain, &lab, "#run-again").await?
        };
        lab.appears("[data-stage=again]").await?;
        let told = lab.text("#said").await?;
        ensure!(told.contains("can’t show which answer is right") && told.contains("no threads"), "{time}: {told:?}");
        ensure!(!told.contains(item.key_label()), "{time}: the key is told: {told:?}");
        if time == "first" {
            lab.appears("#run-again.primary").await?;
        }
    }
    answer(&plain, &item.key, "think").await?;
    lab.appears("[data-stage=explained]").await?;
    let attempts: Vec<_> = lab.heard_of("answered").await?.iter().map(|it| it["attempt"].clone()).collect();
    ensure!(attempts.first() == Some(&json!(1)) && attempts.last() == Some(&json!(2)), "{attempts:?}");
    Ok(())
}

/// Without threads, this script ends with an error: once as it is printed.
async fn a_traceback_stands_there_once(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let site = Site::start_not_isolated()?;
    let plain = Stage { kind: stage.kind, driver: stage.driver.clone(), site };
    let lab = open(&plain, &format!("item={ID}")).await?;
    answer(&plain, wrong(&item), "think").await?;
    let end = run(&plain, &lab).await?.message;
    ensure!(end["quiz"]["run"]["status"] == "error", "{}", end["quiz"]);
    let printed = "return document.querySelector('.ways .program pre')?.textContent;";
    let printed = lab.comes("what it printed", printed, vec![]).await?;
    let printed = printed.as_str().unwrap_or_default();
    ensure!(printed.matches("Traceback (most recent call last)").count() == 1, "it printed {printed}");
    Ok(())
}

async fn what_is_never_told_stands_nowhere(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("item={ID}&feedback=never")).await?;
    says_nothing(&lab, &item, "before an answer").await?;
    answer(stage, wrong(&item), "sure").await?;
    lab.appears("#score").await?;
    says_nothing(&lab, &item, "at the end").await?;
    lab.send("run", json!({})).await?;
    let messages = [lab.heard_of("answered").await?, lab.heard_of("score").await?].concat();
    ensure!(messages.len() == 2, "{messages:?}");
    for message in messages {
        let text = message.to_string();
        ensure!(message["correct"].is_null() && !text.contains("true,\"verdict") && !text.contains("agrees"), "{text}");
        ensure!(!text.contains(&format!("\"{}\"", item.key)), "the key is told: {text}");
    }
    ensure!(lab.heard().await?.iter().all(|heard| heard.kind() != "finished"), "something has run");
    ensure!(stage.driver.find_all(By::Css("[data-open], [data-right]")).await?.is_empty(), "answers are marked");
    ensure!(lab.text("#score").await?.contains("1 of 1 answered"), "{}", lab.text("#score").await?);
    // Nor is it found out the next time.
    let again = open(stage, &format!("item={ID}")).await?;
    ensure!(again.text(".whereabouts").await?.trim().is_empty(), "it says that it was missed");
    Ok(())
}

async fn at_the_end_all_is_told(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("item={ID}&feedback=end")).await?;
    answer(stage, wrong(&item), "sure").await?;
    lab.appears("#score").await?;
    ensure!(lab.heard_of("answered").await?[0]["correct"].is_null(), "an answer was told as right or wrong at once");
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["done"] == true && score["correct"] == 0 && score["items"][0]["correct"] == false, "{score}");
    let shown = lab.text(".answers-given").await?;
    ensure!(
        shown.contains("not so") && shown.contains("(I am sure)") && shown.contains(item.key_label()),
        "it says {shown:?}"
    );
    ensure!(!lab.html().await?.contains(&item.reason), "it is explained before it has run");
    click(stage, "[data-open]").await?;
    run(stage, &lab).await?;
    see(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    ensure!(lab.text("#said").await?.contains(&item.reason), "it is not explained");
    click(stage, "#next-question").await?;
    lab.appears("#score").await?;
    Ok(())
}

async fn missed_questions_come_back_changed(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("item={ID}&feedback=end")).await?;
    answer(stage, wrong(&item), "guess").await?;
    lab.appears("#score").await?;
    // Not on the same day: they have just been told.
    let lab = open(stage, &format!("item={ID}")).await?;
    ensure!(lab.text("#question").await? == item.question, "it comes back on the same day");
    ensure!(!lab.text(".whereabouts").await?.contains("missed"), "it says that it was missed today");
    lab.script(A_DAY_EARLIER, vec![]).await?;
    let lab = open(stage, &format!("item={ID}")).await?;
    let varied = item.varied().ok_or("it has no variant")?;
    let asked = lab.text("#question").await?;
    ensure!(asked == varied.question, "it asks {asked:?}");
    ensure!(lab.text(".whereabouts").await?.contains("missed"), "it does not say why");
    answer(stage, &varied.key, "sure").await?;
    let end = run(stage, &lab).await?.message;
    ensure!(end["quiz"]["variant"] == true, "{}", end["quiz"]);
    see(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    let lab = open(stage, &format!("item={ID}")).await?;
    ensure!(lab.text("#question").await? == item.question, "what is known comes back");
    Ok(())
}

/// Whether a lab's end leads back to a question, and where.
async fn leads_back(stage: &Stage, lab: &str) -> Outcome<Option<String>> {
    let lab = stage.open(&format!("lab={lab}")).await?;
    lab.appears("#what-next").await?;
    lab.idle().await?;
    lab.hello().await?;
    let script = "return document.querySelector(arguments[0])?.getAttribute('href') ?? null;";
    Ok(lab.script(script, vec![json!(MISSED)]).await?.as_str().map(str::to_owned))
}

/// One line, on the same day, too, and only until the question is answered.
async fn a_later_lab_offers_what_was_missed(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    ensure!(leads_back(stage, "race").await?.is_none(), "nothing was missed, and it leads back");
    let lab = open(stage, &format!("item={ID}&feedback=end")).await?;
    answer(stage, wrong(&item), "guess").await?;
    lab.appears("#score").await?;
    for name in ["race", "cores", "guard"] {
        let lab = stage.open(&format!("lab={name}")).await?;
        lab.appears(MISSED).await?;
        let lines = lab.script("return document.querySelectorAll(arguments[0]).length;", vec![json!(MISSED)]).await?;
        ensure!(lines == 1, "{name} has {lines} lines");
        check(&lab, &format!("{name}, with what was missed")).await?;
    }
    let lab = stage.open("lab=race&embed").await?;
    lab.idle().await?;
    ensure!(lab.text(MISSED).await?.is_empty(), "a frame leads elsewhere");
    let lab = stage.open("lab=race&present").await?;
    lab.appears("#what-next").await?;
    lab.hello().await?;
    ensure!(lab.text(MISSED).await?.is_empty(), "a lecture hall is told what the lecturer missed");
    // It leads to the question, changed, though it was missed today.
    let lab = stage.open("lab=cores").await?;
    lab.appears(MISSED).await?;
    click(stage, MISSED).await?;
    let is_there =
        "return location.search.includes('lab=quiz') && window.recorder && document.readyState === 'complete';";
    lab.comes_after_loading("the quiz", is_there, vec![]).await?;
    lab.ready().await?;
    lab.appears("[data-option]").await?;
    let varied = item.varied().ok_or("it has no variant")?;
    let asked = lab.text("#question").await?;
    ensure!(asked == varied.question, "it asks {asked:?}");
    ensure!(lab.text(".whereabouts").await?.contains("something changed"), "it does not say so");
    answer(stage, &varied.key, "sure").await?;
    let end = run(stage, &lab).await?.message;
    ensure!(end["quiz"]["variant"] == true, "{}", end["quiz"]);
    see(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    // The quiz itself has other ways to come back to it.
    ensure!(lab.text(MISSED).await?.is_empty(), "the quiz leads to itself");
    ensure!(leads_back(stage, "race").await?.is_none(), "what was answered is still offered");
    Ok(())
}

async fn a_browser_that_keeps_nothing_gives_a_code(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let refuse = "
        for (const name of ['localStorage', 'sessionStorage'])
            Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });";
    let site = Site::start()?;
    site.insert(refuse);
    let strict = Stage { kind: stage.kind, driver: stage.driver.clone(), site };
    let lab = open(&strict, &format!("item={ID}&feedback=end")).await?;
    answer(&strict, wrong(&item), "guess").await?;
    lab.appears("#score").await?;
    lab.appears("#kept").await?;
    lab.script("document.getElementById('kept').open = true;", vec![]).await?;
    ensure!(lab.text("#kept").await?.contains("keeps nothing"), "{}", lab.text("#kept").await?);
    let code = lab.script("return document.getElementById('progress-code').value;", vec![]).await?;
    let code = code.as_str().unwrap_or_default().to_owned();
    ensure!(code.starts_with("quiz1.") && code.contains(ID), "the code is {code:?}");
    ensure!(lab.script("return window.recorder.errors;", vec![]).await? == json!([]), "something broke");
    // Elsewhere it is taken in; what is no code is not.
    let lab = open(stage, &format!("item={ID}")).await?;
    lab.appears("#kept").await?;
    lab.script("document.getElementById('kept').open = true;", vec![]).await?;
    let field = stage.driver.find(By::Id("given-code")).await?;
    field.send_keys("<b>nonsense</b>").await?;
    click(stage, "#take-code").await?;
    ensure!(lab.text("#kept-told").await?.contains("no code"), "{}", lab.text("#kept-told").await?);
    field.clear().await?;
    field.send_keys(&code).await?;
    click(stage, "#take-code").await?;
    ensure!(lab.text("#kept-told").await?.contains("Taken in"), "{}", lab.text("#kept-told").await?);
    click(stage, "#forget-progress").await?;
    // One of another day.
    let mut progress = Progress::default();
    progress.mark(ID, true, 20_000);
    field.clear().await?;
    field.send_keys(&progress.code()).await?;
    click(stage, "#take-code").await?;
    ensure!(lab.text("#kept-told").await?.contains("Taken in"), "{}", lab.text("#kept-told").await?);
    let lab = open(stage, &format!("item={ID}")).await?;
    ensure!(lab.text(".whereabouts").await?.contains("missed"), "the code brought nothing");
    lab.appears("#kept").await?;
    lab.script("document.getElementById('kept').open = true;", vec![]).await?;
    click(stage, "#forget-progress").await?;
    let lab = open(stage, &format!("item={ID}")).await?;
    ensure!(!lab.text(".whereabouts").await?.contains("missed"), "it is not forgotten");
    Ok(())
}

async fn a_lecture_hall_votes_twice_before_anything_is_known(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("present&item={ID}")).await?;
    for (stage_name, counts) in [("vote", true), ("discuss", false), ("vote-again", true)] {
        lab.appears(&format!("[data-stage={stage_name}]")).await?;
        says_nothing(&lab, &item, stage_name).await?;
        ensure!(lab.text("#run").await?.is_empty(), "{stage_name}: it can be run");
        lab.send("run", json!({})).await?;
        lab.hello().await?;
        ensure!(lab.state().await? == "idle", "{stage_name}: a message runs it");
        if counts {
            let field = stage.driver.find(By::Css(".count")).await?;
            field.send_keys("17").await?;
        }
        click(stage, "#go-on").await?;
    }
    let end = run(stage, &lab).await?.message;
    ensure!(end["prediction"].is_null() && end["quiz"]["votes"][0][0] == 17, "{}", end["quiz"]["votes"]);
    says_nothing(&lab, &item, "after the run").await?;
    see(stage, &lab).await?;
    lab.appears("[data-stage=explained]").await?;
    ensure!(lab.text("#said").await?.contains(&item.reason), "it is not explained");
    ensure!(lab.heard_of("answered").await?.is_empty(), "a hall has answered");
    Ok(())
}

async fn an_unknown_question_is_met_with_words(stage: &Stage) -> Outcome {
    let lab = open(stage, "item=%3Cb%3Enonsense&attempts=99").await?;
    let notice = lab.heard_of("notice").await?.pop().unwrap_or_default();
    let problems = notice["problems"].as_array().cloned().unwrap_or_default();
    let of = |name: &str| problems.iter().find(|it| it["parameter"] == name).cloned().unwrap_or_default();
    let allowed = of("item")["allowed"].as_str().unwrap_or_default().to_owned();
    ensure!(allowed.contains(ID) && of("item")["used"] == "all", "{notice}");
    ensure!(of("attempts")["used"] == "5", "{notice}");
    ensure!(lab.text("#notices").await?.contains("nonsense"), "the page says nothing of it");
    ensure!(lab.text(".whereabouts").await?.contains("Question 1 of"), "the set is not asked");
    Ok(())
}

async fn a_machine_without_threads_says_why_it_differs(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let site = Site::start_not_isolated()?;
    let plain = Stage { kind: stage.kind, driver: stage.driver.clone(), site };
    let lab = open(&plain, &format!("item={ID}")).await?;
    answer(&plain, &item.key, "think").await?;
    let end = run(&plain, &lab).await?.message;
    ensure!(end["type"] == "finished", "it ended with {end}");
    let question = "return document.querySelector('[data-stage=look], [data-stage=explained]')?.dataset.stage;";
    if lab.comes("what follows", question, vec![]).await? == "look" {
        click(&plain, "[data-first='0']").await?;
    }
    lab.appears("[data-stage=explained]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains("no threads") && told.contains(&item.reason), "it says {told:?}");
    let answered = lab.heard_of("answered").await?.pop().unwrap_or_default();
    ensure!(answered["correct"] == true && answered["verdict"] != "agrees", "{answered}");
    Ok(())
}

async fn a_run_that_is_stopped_can_be_done_without(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    let lab = open(stage, &format!("item={ID}")).await?;
    lab.send("run", json!({})).await?;
    lab.hello().await?;
    ensure!(lab.state().await? == "idle", "it runs before it is answered");
    answer(stage, &item.key, "guess").await?;
    lab.appears("[data-stage=ready]").await?;
    let run = lab.send("run", json!({})).await?;
    lab.appears("html[data-state=running]").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(run, PATIENCE).await?.message;
    ensure!(end["type"] == "stopped" && end["lab"] == "quiz", "it ended with {end}");
    lab.idle().await?;
    says_nothing(&lab, &item, "after a run that was stopped").await?;
    click(stage, "#without-run").await?;
    lab.appears("[data-stage=explained]").await?;
    let told = lab.text("#said").await?;
    ensure!(told.contains("not run here") && told.contains(&item.reason), "it says {told:?}");
    Ok(())
}

async fn each_stage_can_be_read_by_all(stage: &Stage) -> Outcome {
    let item = item(ID)?;
    for theme in ["light", "dark"] {
        let lab = open(stage, &format!("item={ID}&theme={theme}")).await?;
        check(&lab, &format!("choose, {theme}")).await?;
        answer(stage, wrong(&item), "guess").await?;
        lab.appears("[data-stage=ready]").await?;
        check(&lab, &format!("ready, {theme}")).await?;
        run(stage, &lab).await?;
        lab.appears("[data-stage=look]").await?;
        check(&lab, &format!("look, {theme}")).await?;
        see(stage, &lab).await?;
        lab.appears("[data-stage=again]").await?;
        check(&lab, &format!("again, {theme}")).await?;
        click(stage, "#give-up").await?;
        lab.appears("[data-stage=explained]").await?;
        check(&lab, &format!("explained, {theme}")).await?;
        click(stage, "#next-question").await?;
        lab.appears("#score").await?;
        check(&lab, &format!("over, {theme}")).await?;
        let hall = open(stage, &format!("present&item={ID}&theme={theme}")).await?;
        check(&hall, &format!("vote, {theme}")).await?;
    }
    Ok(())
}

async fn a_set_goes_on_to_its_next_question(stage: &Stage) -> Outcome {
    let lab = open(stage, "set=all&feedback=end&seed=7").await?;
    let first = lab.text("#question").await?;
    let again = open(stage, "set=all&feedback=end&seed=7").await?;
    ensure!(again.text("#question").await? == first, "one seed has two orders");
    let mut asked = vec![first];
    for number in 2..=3 {
        click(stage, "[data-option]").await?;
        click(stage, "[data-sure=guess]").await?;
        has_focus(&again, "#question").await?;
        let place = again.text(".whereabouts").await?;
        ensure!(place.contains(&format!("Question {number} of")), "it says {place:?}");
        asked.push(again.text("#question").await?);
    }
    asked.sort();
    asked.dedup();
    ensure!(asked.len() == 3, "a question is asked twice: {asked:?}");
    Ok(())
}

async fn until_question(lab: &Lab, number: usize) -> Outcome {
    let script = "return document.querySelector('.whereabouts').textContent.startsWith(arguments[0]);";
    lab.comes("the question", script, vec![json!(format!("Question {number} of"))]).await.map(drop)
}

async fn who_loads_the_page_anew_goes_on(stage: &Stage) -> Outcome {
    let query = "set=lecture&feedback=end";
    let lab = open(stage, query).await?;
    ensure!(!lab.html().await?.contains("Continue at"), "there is something to go on with");
    for number in 1..=2 {
        until_question(&lab, number).await?;
        click(stage, "[data-option]").await?;
        click(stage, "[data-sure=think]").await?;
    }
    until_question(&lab, 3).await?;
    let other = open(stage, "set=more&feedback=end").await?;
    ensure!(!other.html().await?.contains("Continue at"), "other questions are gone on with");
    let lab = open(stage, query).await?;
    until_question(&lab, 1).await?;
    ensure!(lab.appears("#take-up").await? == "Continue at question 3", "{}", lab.text("#take-up").await?);
    click(stage, "#take-up").await?;
    until_question(&lab, 3).await?;
    let answered = lab.heard_of("answered").await?;
    ensure!(answered.is_empty(), "it is told as answered once more: {answered:?}");
    let count = lab.text(".whereabouts").await?.rsplit(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    for number in 3..=count {
        until_question(&lab, number).await?;
        click(stage, "[data-option]").await?;
        click(stage, "[data-sure=think]").await?;
    }
    lab.appears("#score").await?;
    let score = lab.heard_of("score").await?.pop().unwrap_or_default();
    ensure!(score["done"] == true && score["answered"] == count && count > 3, "{score}");
    let lab = open(stage, query).await?;
    ensure!(!lab.html().await?.contains("Continue at"), "what is done is gone on with");
    Ok(())
}

async fn what_was_missed_is_asked_once_more(stage: &Stage) -> Outcome {
    let lab = open(stage, "set=lecture&feedback=end").await?;
    let count: usize = lab.text(".whereabouts").await?.rsplit(' ').next().and_then(|it| it.parse().ok()).unwrap_or(0);
    let mut missed = String::new();
    for number in 1..=count {
        until_question(&lab, number).await?;
        let asked = lab.text("#question").await?;
        let item = questions()?.into_iter().find(|it| it.question == asked).ok_or("an unknown question")?;
        if number == 2 {
            missed = asked;
        }
        answer(stage, if number == 2 { wrong(&item) } else { &item.key }, "guess").await?;
    }
    lab.appears("#ask-missed").await?;
    click(stage, "#ask-missed").await?;
    let is_it = "return document.getElementById('question').textContent === arguments[0];";
    lab.comes("the question that was missed", is_it, vec![json!(missed)]).await?;
    let item = questions()?.into_iter().find(|it| it.question == missed).ok_or("an unknown question")?;
    answer(stage, &item.key, "sure").await?;
    lab.appears("#score").await?;
    ensure!(lab.text("#score").await?.starts_with("1 of 1 right"), "{}", lab.text("#score").await?);
    ensure!(stage.driver.find_all(By::Css("#ask-missed:not([hidden])")).await?.is_empty(), "nothing was missed");
    Ok(())
}

/// On a small screen, too: the verdict is not above it, nor which question it is.
async fn what_is_to_be_read_is_in_sight(stage: &Stage) -> Outcome {
    let before = stage.driver.get_window_rect().await?;
    stage.driver.set_window_rect(0, 0, 500, 480).await?;
    let seen = verdict_is_in_sight(stage).await;
    stage.driver.set_window_rect(0, 0, before.width as u32, before.height as u32).await?;
    seen
}

async fn verdict_is_in_sight(stage: &Stage) -> Outcome {
    let in_sight = "
        const { top } = document.querySelector(arguments[0]).getBoundingClientRect();
        return top >= 0 && top < innerHeight;";
    let item = item(ID)?;
    let lab = open(stage, &format!("item={ID}")).await?;
    answer(stage, wrong(&item), "sure").await?;
    run(stage, &lab).await?;
    see(stage, &lab).await?;
    lab.appears("[data-stage=again]").await?;
    has_focus(&lab, "#again").await?;
    lab.comes("the verdict in sight", in_sight, vec![json!("#said p")]).await?;
    click(stage, "#give-up").await?;
    lab.appears("[data-stage=explained]").await?;
    has_focus(&lab, "#next-question").await?;
    lab.comes("the verdict in sight", in_sight, vec![json!("#said p")]).await.map(drop)
}

async fn a_reset_begins_anew(stage: &Stage) -> Outcome {
    let lab = open(stage, "set=all&feedback=end").await?;
    let first = lab.text("#question").await?;
    click(stage, "[data-option]").await?;
    click(stage, "[data-sure=guess]").await?;
    let is_another = "return document.getElementById('question').innerText !== arguments[0];";
    lab.comes("the next question", is_another, vec![json!(first)]).await?;
    lab.send("reset", json!({})).await?;
    let is_first = "return document.getElementById('question').innerText === arguments[0];";
    lab.comes("the first question again", is_first, vec![json!(first)]).await.map(drop)
}
