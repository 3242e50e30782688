//! Instructors' own questions: by address, dropped, of jupyterquiz; what is refused, and what a
//! hostile file can't do.

use std::time::Duration;

use browser_tests::axe::check;
use browser_tests::quiz::A_DAY_EARLIER;
use browser_tests::site::{Fault, FaultKind};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const DOCS: &str = include_str!("../../../docs/own-quiz.md");
const JSON: &str = "application/json";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_dropped_file_is_asked,
            a_hostile_file_runs_no_script;
        either:
            a_file_of_the_site_is_asked,
            what_was_missed_comes_back,
            a_script_of_a_file_is_shown_and_run_on_demand,
            what_leads_elsewhere_is_refused,
            a_file_that_cannot_be_had_is_met_with_words,
            faults_have_lines_and_fields,
            a_file_of_jupyterquiz_is_asked,
            what_reads_files_is_missing,
            the_site_ships_the_schema;
    ],
);

/// The example of the documentation.
fn example() -> String {
    let example = DOCS.split_once("```json\n").and_then(|it| it.1.split_once("```"));
    example.map(|it| it.0.to_owned()).unwrap_or_default()
}

/// Opens the lab with a file of the site.
async fn open(stage: &Stage, file: &str, more: &str) -> Outcome<Lab> {
    stage.site.add_file("course/week3.json", JSON, file.into());
    let lab = stage.open(&format!("lab=quiz&quiz=course/week3.json{more}")).await?;
    lab.appears("#own-told").await?;
    Ok(lab)
}

async fn click(stage: &Stage, selector: &str) -> Outcome {
    Ok(stage.driver.find(By::Css(selector)).await?.click().await?)
}

async fn answer(stage: &Stage, option: &str) -> Outcome {
    click(stage, &format!("[data-option='{option}']")).await?;
    click(stage, "[data-sure='sure']").await
}

async fn text(lab: &Lab, selector: &str) -> Outcome<String> {
    let script = "return document.querySelector(arguments[0])?.innerText ?? '';";
    Ok(lab.script(script, vec![json!(selector)]).await?.as_str().unwrap_or_default().to_owned())
}

/// Waits until the element says this.
async fn says(lab: &Lab, selector: &str, words: &str) -> Outcome {
    let question = "return (document.querySelector(arguments[0])?.innerText ?? '').includes(arguments[1]);";
    lab.comes(&format!("“{words}” in {selector}"), question, vec![json!(selector), json!(words)]).await.map(drop)
}

async fn heard(lab: &Lab, kind: &str) -> Outcome<Vec<Value>> {
    lab.hello().await?;
    Ok(lab.heard().await?.into_iter().filter(|heard| heard.kind() == kind).map(|heard| heard.message).collect())
}

/// Drops a file onto the lab, as a hand with a mouse does.
async fn drop_file(lab: &Lab, name: &str, content: &str) -> Outcome {
    let script = "
        const [name, content] = arguments;
        const dataTransfer = new DataTransfer();
        dataTransfer.items.add(new File([content], name, { type: 'application/json' }));
        const over = new DragEvent('dragover', { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector('.quiz h1').dispatchEvent(over);
        const dropped = new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true });
        document.querySelector('.quiz h1').dispatchEvent(dropped);
        return over.defaultPrevented && dropped.defaultPrevented;";
    let is_taken = lab.script(script, vec![json!(name), json!(content)]).await?;
    ensure!(is_taken == true, "the browser itself would have opened the file");
    Ok(())
}

async fn a_file_of_the_site_is_asked(stage: &Stage) -> Outcome {
    let lab = open(stage, &example(), "").await?;
    says(&lab, "#question", "Which executor helps 16 downloads most?").await?;
    let told = text(&lab, "#own-told").await?;
    ensure!(told.contains("These questions are of “Week 3: who waits for whom” (course/week3.json)."), "{told:?}");
    lab.appears(".context em").await?;
    let before = lab.script("return document.documentElement.outerHTML;", vec![]).await?;
    ensure!(!before.as_str().unwrap_or_default().contains("releases the GIL"), "the reason stands before the answer");
    check(&lab, "own questions").await?;
    answer(stage, "none").await?;
    lab.appears("[data-stage=again]").await?;
    says(&lab, "#said", "waiting is not running").await?;
    answer(stage, "thread").await?;
    lab.appears("[data-stage=explained] #said ul li strong").await?;
    let said = text(&lab, "#said").await?;
    ensure!(said.contains("Right: Threads.") && said.contains("gives the GIL to the next"), "it says {said:?}");
    ensure!(!said.contains("It was not run"), "what has no run was not run: {said:?}");
    let link = "const link = document.querySelector('#said a'); return [link.href, link.target, link.rel];";
    let expected =
        json!(["https://docs.python.org/3/library/concurrent.futures.html", "_blank", "noopener noreferrer"]);
    let link = lab.script(link, vec![]).await?;
    ensure!(link == expected, "the link is {link}");
    let told: Vec<_> =
        heard(&lab, "answered").await?.iter().map(|it| (it["item"].clone(), it["correct"].clone())).collect();
    let item = json!("week-3:waiting");
    let expected = [Value::Null, json!(false), Value::Null, json!(true)].map(|correct| (item.clone(), correct));
    ensure!(told == expected, "answered: {told:?}");
    // What is only reckoned is run as ours is.
    click(stage, "#next-question").await?;
    answer(stage, "six").await?;
    lab.appears("[data-stage=ready]").await?;
    click(stage, "#run").await?;
    let end = lab.next(0, &["finished", "error"]).await?.message;
    ensure!(
        end["quiz"]["item"] == "week-3:amdahl" && end["quiz"]["run"]["told"]["speedup"] == 6.4,
        "it ended with {end}"
    );
    lab.appears("[data-stage=explained]").await?;
    let score = heard(&lab, "score").await?.pop().unwrap_or_default();
    ensure!(score["of"] == 3 && score["correct"] == 2 && score["first_try"] == 1, "the score is {score}");
    Ok(())
}

async fn what_was_missed_comes_back(stage: &Stage) -> Outcome {
    let query = "&attempts=1";
    let lab = open(stage, &example(), query).await?;
    answer(stage, "thread").await?;
    lab.appears("[data-stage=explained]").await?;
    click(stage, "#next-question").await?;
    answer(stage, "sixteen").await?;
    lab.appears("[data-stage=ready]").await?;
    click(stage, "#run").await?;
    lab.appears("[data-stage=explained]").await?;
    lab.script(A_DAY_EARLIER, vec![]).await?;
    let lab = open(stage, &example(), query).await?;
    says(&lab, "#question", "A tenth of a program is serial").await
}

async fn a_script_of_a_file_is_shown_and_run_on_demand(stage: &Stage) -> Outcome {
    let mut file: Value = serde_json::from_str(&example())?;
    let sleeps = file["questions"][2].take();
    file["questions"] = json!([sleeps]);
    let lab = open(stage, &file.to_string(), "&autorun").await?;
    answer(stage, "four").await?;
    lab.appears("[data-stage=ready]").await?;
    ensure!(
        text(&lab, "details.program[open] pre").await?.contains("ThreadPoolExecutor(4)"),
        "the script is not shown"
    );
    ensure!(heard(&lab, "finished").await?.is_empty(), "it ran by itself");
    let after = lab.heard().await?.len() as u64;
    click(stage, "#run").await?;
    let end = lab.end_within(after, PATIENCE).await?.message;
    ensure!(end["quiz"]["run"]["told"]["serial_ms"].as_f64().is_some_and(|it| it >= 300.0), "it ended with {end}");
    Ok(())
}

async fn a_dropped_file_is_asked(stage: &Stage) -> Outcome {
    let lab = stage.open("lab=quiz").await?;
    lab.appears("[data-option]").await?;
    let loaded =
        "return performance.getEntriesByType('resource').filter((it) => it.name.endsWith('_own.wasm')).length;";
    let before = lab.script(loaded, vec![]).await?;
    ensure!(before == 0, "what reads files came though nobody has opened one");
    drop_file(&lab, "mine.json", &example()).await?;
    says(&lab, "#own-told", "(mine.json)").await?;
    says(&lab, "#question", "16 downloads").await?;
    ensure!(lab.script(loaded, vec![]).await?.as_u64() > Some(0), "what reads files is in no part of its own");
    // What is no quiz leaves what is asked as it is.
    drop_file(&lab, "other.json", "{\n\"a\": }").await?;
    says(&lab, "#own-told", "Nothing of other.json can be asked. The questions stay as they were.").await?;
    says(&lab, "#own-told li", "line 2, the file: it is not JSON, from column 6 on").await?;
    drop_file(&lab, "large.json", &" ".repeat(200_001)).await?;
    says(&lab, "#own-told", "large.json could not be had: it is larger than 200000 bytes").await?;
    says(&lab, "#question", "16 downloads").await?;
    lab.set(json!({ "set": "more" })).await?;
    let question = "return !document.querySelector('#own-told') && !document.querySelector('#question').innerText.includes('16 downloads');";
    lab.comes("our own questions", question, vec![]).await.map(drop)
}

async fn what_leads_elsewhere_is_refused(stage: &Stage) -> Outcome {
    let here = stage.site.url("course/week3.json");
    let elsewhere = stage.site.url_on("localhost", "course/week3.json");
    let beside = elsewhere.trim_start_matches("http:").to_owned();
    let backslashes = beside.replace('/', "\\");
    let mixed = format!("/{}", beside.trim_start_matches('/').replacen('/', "\\", 1));
    let named = here.replace("http://", "http://user:word@");
    for address in [
        here.clone(),
        elsewhere,
        beside,
        backslashes,
        format!("/\\{mixed}"),
        named,
        "data:application/json,[]".into(),
        "javascript:alert(1)".into(),
    ] {
        let encoded: String = address.bytes().map(|it| format!("%{it:02X}")).collect();
        stage.site.add_file("course/week3.json", JSON, example().into());
        let lab = stage.open(&format!("lab=quiz&quiz={encoded}")).await?;
        says(&lab, "#own-told", "The address is refused").await?;
        says(&lab, "#own-told", "used: the questions of the set").await?;
        lab.appears("[data-option]").await?;
        let notices = heard(&lab, "notice").await?;
        let is_told = notices.iter().any(|it| it["problems"][0]["parameter"] == "quiz");
        ensure!(is_told, "no notice of {address}: {notices:?}");
        let question = text(&lab, "#question").await?;
        ensure!(!question.contains("16 downloads"), "{address} was asked");
    }
    let asked = stage.site.requests();
    ensure!(!asked.iter().any(|it| it.contains("week3")), "the file was fetched");
    Ok(())
}

async fn a_file_that_cannot_be_had_is_met_with_words(stage: &Stage) -> Outcome {
    let moved = FaultKind::Moved(stage.site.url_on("localhost", "course/week3.json"));
    let faults = [
        (FaultKind::Missing, "the server answers 404"),
        (FaultKind::Denied, "the server answers 403"),
        (moved, "the server sends on to another address"),
        (FaultKind::Replaced(b"<!doctype html><title>Log in</title>".to_vec()), "a web page came instead"),
        (FaultKind::Replaced(vec![b' '; 200_001]), "it is larger than 200000 bytes"),
        (FaultKind::Refused, "could not be fetched"),
        (FaultKind::Stalled, "nothing more of it arrived for 8 s"),
    ];
    for (fault, words) in faults {
        stage.site.add_file("course/week3.json", JSON, example().into());
        stage.site.break_files(&[Fault::new("course/week3.json", fault)]);
        let lab = stage.open("lab=quiz&quiz=course/week3.json").await?;
        says(&lab, "#own-told", words).await?;
        says(&lab, "#own-told", "The questions of the set are asked instead.").await?;
        lab.appears("[data-option]").await?;
        // Once it is there, it can be asked for again.
        stage.site.break_files(&[]);
        click(stage, "#own-told button").await?;
        says(&lab, "#question", "16 downloads").await?;
    }
    let with_cookies = stage.site.requests_with_cookies();
    ensure!(!with_cookies.iter().any(|it| it.contains("week3")), "it was fetched as the visitor: {with_cookies:?}");
    Ok(())
}

/// In each text, all that has ever become a script.
const HOSTILE: &str = r#"<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"><svg onload="window.hacked = 1"> [a](javascript:window.hacked=1) [b](data:text/html,x) ![c](https://example.org/c.png) <iframe src="javascript:parent.hacked=1"></iframe>"#;

async fn a_hostile_file_runs_no_script(stage: &Stage) -> Outcome {
    let h = HOSTILE;
    let short: String = h.chars().take(80).collect();
    let option = |id: &str| json!({ "id": id, "label": h.chars().take(200).collect::<String>(), "feedback": h });
    let file = json!({ "version": 1, "id": "hostile", "title": short, "questions": [{
        "id": "a", "title": short, "question": h, "context": h, "code": h, "hint": h.chars().take(300).collect::<String>(),
        "options": [option("one"), option("two")], "key": "one", "reason": h }],
        "<img src=x onerror='window.hacked = 1'>": 1 });
    let lab = open(stage, &file.to_string(), "&attempts=1").await?;
    click(stage, "#hint").await?;
    let is_clean = "
        const lab = document.querySelector('.quiz');
        const elements = lab.querySelectorAll('script, img, svg, iframe, object, embed, [onerror], [onload], .marked a');
        return [window.hacked ?? null, elements.length, window.recorder.violations.length];";
    for stage_of in ["choose", "explained", "over"] {
        lab.appears(&format!("[data-stage={stage_of}]")).await?;
        let found = lab.script(is_clean, vec![]).await?;
        ensure!(found == json!([null, 0, 0]), "in {stage_of}: {found}");
        ensure!(
            text(&lab, ".quiz").await?.contains("<script>window.hacked = 1</script>"),
            "it is not shown as it is written"
        );
        match stage_of {
            "choose" => answer(stage, "two").await?,
            "explained" => click(stage, "#next-question").await?,
            _ => {}
        }
    }
    Ok(())
}

async fn faults_have_lines_and_fields(stage: &Stage) -> Outcome {
    let file = example().replacen("\"key\": \"thread\"", "\"key\": \"threads\"", 1).replacen("\"hint\"", "\"hnit\"", 1);
    let lab = open(stage, &file, "").await?;
    let told = text(&lab, "#own-told").await?;
    let line = |of: &str| 1 + file.lines().position(|it| it.contains(of)).unwrap_or_default();
    let key = format!(
        "line {}, questions[0].key: “threads” is the id of no option; there are process, thread, none",
        line("\"threads\"")
    );
    let hint = format!("line {}, questions[0].hnit: there is no such field here", line("hnit"));
    ensure!(told.contains(&key) && told.contains(&hint), "it says {told:?}");
    ensure!(told.contains("Of 3 questions, 2 can be asked."), "it says {told:?}");
    says(&lab, "#question", "A tenth of a program").await
}

async fn a_file_of_jupyterquiz_is_asked(stage: &Stage) -> Outcome {
    let file = json!([
        { "question": "What is `1 + 1`?", "type": "multiple_choice", "answers": [
            { "answer": "1", "correct": false, "feedback": "One *more*." }, { "answer": "2", "correct": true, "feedback": "Right." } ] },
        { "question": "Which are even?", "type": "many_choice", "answers": [
            { "answer": "2", "correct": true }, { "answer": "4", "correct": true } ] } ]);
    let lab = open(stage, &file.to_string(), "").await?;
    says(&lab, "#question", "What is 1 + 1?").await?;
    says(&lab, "#own-told", "[1].answers: 2 of them are correct, and here one is picked").await?;
    answer(stage, "a1").await?;
    lab.appears("[data-stage=again] #said em").await?;
    answer(stage, "a2").await?;
    lab.appears("[data-stage=explained]").await?;
    let item = heard(&lab, "answered").await?.pop().unwrap_or_default();
    ensure!(item["item"] == "week3:q1" && item["correct"] == true, "answered: {item}");
    Ok(())
}

async fn what_reads_files_is_missing(stage: &Stage) -> Outcome {
    stage.site.add_file("course/week3.json", JSON, example().into());
    stage.site.break_files(&[Fault::new("parallel-lab-*_own.wasm", FaultKind::Missing)]);
    let lab = stage.open("lab=quiz&quiz=course/week3.json").await?;
    lab.appears("[data-option]").await?;
    says(&lab, "#no-words", "could not be had").await?;
    stage.site.break_files(&[]);
    click(stage, "#no-words button").await?;
    says(&lab, "#question", "16 downloads").await
}

async fn the_site_ships_the_schema(stage: &Stage) -> Outcome {
    let lab = stage.open("lab=quiz").await?;
    let script = "const answer = arguments[arguments.length - 1];
        fetch('quiz.schema.json').then((it) => it.json()).then(answer, (error) => answer(String(error)));";
    let schema = lab.script_async(script, vec![]).await?;
    ensure!(schema["$schema"] == "https://json-schema.org/draft/2020-12/schema", "the schema is {schema}");
    Ok(())
}
