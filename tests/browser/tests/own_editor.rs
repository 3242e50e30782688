//! The editor for own questions, as an instructor uses it who has never seen JSON.

use browser_tests::axe::check;
use browser_tests::site::{DELIVERY_TAP, Fault, FaultKind, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use parallel_lab::lab::quiz::own::editor::example;
use parallel_lab::lab::quiz::own::read::{Reading, read};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_question_is_written_by_keys_and_answered,
            a_full_browser_loses_nothing,
            nothing_is_wider_than_a_phone,
            a_draft_outlasts_the_page,
            what_was_kept_and_is_broken_harms_nothing;
        either:
            problems_stand_at_their_fields_and_go,
            what_is_downloaded_is_what_the_lab_reads,
            what_goes_comes_back,
            a_file_is_opened_with_its_faults,
            a_hostile_file_harms_nothing,
            a_script_is_chosen_and_what_is_compared,
            axe_finds_nothing_in_either_theme,
            it_comes_when_it_is_opened_and_else_says_so,
            a_browser_that_keeps_nothing_is_told_once;
    ],
);

const DRAFT: &str = "parallel-lab.quiz-draft";

/// Opens the editor, without any draft.
async fn open(stage: &Stage) -> Outcome<Lab> {
    open_on(stage, "lab=quiz").await
}

async fn open_on(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(query).await?;
    enter(&lab).await?;
    Ok(lab)
}

async fn enter(lab: &Lab) -> Outcome {
    lab.appears("#write-own").await?;
    lab.script(
        "const button = document.getElementById('write-own'); button.closest('details').open = true; button.click();",
        vec![],
    )
    .await?;
    lab.appears("#own-editor:not([hidden]) #edit-title").await?;
    has_focus(lab, "#edit-heading").await
}

/// Waits until the focus is there.
async fn has_focus(lab: &Lab, selector: &str) -> Outcome {
    let question = "return document.activeElement?.matches(arguments[0]) ?? false;";
    lab.comes(&format!("the focus on {selector}"), question, vec![json!(selector)]).await.map(drop)
}

async fn click(stage: &Stage, selector: &str) -> Outcome {
    let button = stage.driver.find(By::Css(selector)).await?;
    button.scroll_into_view().await?;
    Ok(button.click().await?)
}

async fn type_in(stage: &Stage, selector: &str, text: &str) -> Outcome {
    let field = stage.driver.find(By::Css(selector)).await?;
    field.scroll_into_view().await?;
    Ok(field.send_keys(text).await?)
}

/// By the keyboard, not into an element: one for files takes no keys so.
async fn press(stage: &Stage, key: Key) -> Outcome {
    Ok(stage.driver.action_chain().send_keys(String::from(char::from(key))).perform().await?)
}

/// Tabs on until the focus is on what matches.
async fn tab_to(stage: &Stage, lab: &Lab, selector: &str) -> Outcome {
    for _ in 0..120 {
        let script = "return document.activeElement?.matches(arguments[0]) ?? false;";
        if lab.script(script, vec![json!(selector)]).await? == true {
            return Ok(());
        }
        press(stage, Key::Tab).await?;
    }
    Err(format!("no way to {selector} by Tab").into())
}

/// Writes into the field that Tab leads to.
async fn write(stage: &Stage, lab: &Lab, selector: &str, text: &str) -> Outcome {
    tab_to(stage, lab, selector).await?;
    Ok(stage.driver.active_element().await?.send_keys(text).await?)
}

async fn text(lab: &Lab, selector: &str) -> Outcome<String> {
    let script = "return document.querySelector(arguments[0])?.innerText ?? '';";
    Ok(lab.script(script, vec![json!(selector)]).await?.as_str().unwrap_or_default().to_owned())
}

async fn value(lab: &Lab, selector: &str) -> Outcome<String> {
    let script = "return document.querySelector(arguments[0])?.value ?? '';";
    Ok(lab.script(script, vec![json!(selector)]).await?.as_str().unwrap_or_default().to_owned())
}

/// Waits until the element says this.
async fn says(lab: &Lab, selector: &str, words: &str) -> Outcome {
    let question = "return (document.querySelector(arguments[0])?.innerText ?? '').includes(arguments[1]);";
    lab.comes(&format!("“{words}” in {selector}"), question, vec![json!(selector), json!(words)]).await.map(drop)
}

/// Picks a file to be edited, as the browser's own dialog does it.
async fn pick(lab: &Lab, name: &str, content: &str) -> Outcome {
    let script = "
        const transfer = new DataTransfer();
        transfer.items.add(new File([arguments[1]], arguments[0], { type: 'application/json' }));
        const field = document.getElementById('edit-file');
        field.files = transfer.files;
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    lab.script(script, vec![json!(name), json!(content)]).await.map(drop)
}

/// The downloads so far: names and texts.
async fn downloads(lab: &Lab) -> Outcome<Vec<(String, String)>> {
    let script = "
        const done = arguments[arguments.length - 1];
        Promise.all(window.deliveries.files.map(async ({ name, address }) => [name, await window.deliveries.blobs[address].text()])).then(done);";
    let found = lab.script_async(script, vec![]).await?;
    let text = |it: &Value| it.as_str().unwrap_or_default().to_owned();
    Ok(found.as_array().into_iter().flatten().map(|it| (text(&it[0]), text(&it[1]))).collect())
}

fn reading(json: &str) -> Reading {
    read(json.as_bytes(), "a.json")
}

async fn nothing_broke(lab: &Lab, when: &str) -> Outcome {
    let found = lab
        .script("return [window.recorder.errors.length, window.recorder.violations.length, document.documentElement.dataset.state];", vec![])
        .await?;
    ensure!(found == json!([0, 0, "idle"]), "{when}: {found}");
    Ok(())
}

/// The question that is open: what its fields' ids begin with.
async fn opened(lab: &Lab) -> Outcome<String> {
    let script = "return document.querySelector('.edit-question[data-open] .edit-open').id;";
    Ok(lab.script(script, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn a_question_is_written_by_keys_and_answered(stage: &Stage) -> Outcome {
    let lab = stage.open("lab=quiz").await?;
    lab.appears("#write-own").await?;
    lab.script("document.querySelector('.quiz-settings summary').focus();", vec![]).await?;
    press(stage, Key::Enter).await?;
    tab_to(stage, &lab, "#write-own").await?;
    press(stage, Key::Enter).await?;
    has_focus(&lab, "#edit-heading").await?;
    write(stage, &lab, "#edit-title", "Week 3").await?;
    write(stage, &lab, "[id$='-question']", "Which *one* is it?").await?;
    let q = opened(&lab).await?;
    write(stage, &lab, &format!("#{q}options-0--label"), "`spawn`").await?;
    write(stage, &lab, &format!("#{q}options-0--feedback"), "Not that one.").await?;
    // Among radio buttons of one name Tab stops at one; arrows, or this, pick.
    write(stage, &lab, &format!("#{q}options-1--label"), "`fork`").await?;
    write(stage, &lab, &format!("#{q}options-1--feedback"), "That **is** it.").await?;
    lab.script("document.querySelectorAll('.edit-question[data-open] input[type=radio]')[1].focus();", vec![]).await?;
    press(stage, Key::Space).await?;
    write(stage, &lab, &format!("#{q}reason"), "It simply is.").await?;
    tab_to(stage, &lab, "#edit-questions").await?;
    says(&lab, "#edit-to-do-said", "The question can be asked.").await?;
    press(stage, Key::Enter).await?;
    // The focus is in the new question.
    has_focus(&lab, ".edit-question:nth-child(2) textarea").await?;
    says(&lab, "#edit-told", "Question 2 is new.").await?;
    tab_to(stage, &lab, "#edit-try").await?;
    press(stage, Key::Enter).await?;
    // As students get it.
    says(&lab, "#question", "Which *one* is it?").await?;
    has_focus(&lab, "#question").await?;
    says(&lab, "#own-told", "Of 2 questions, 1 can be asked.").await?;
    tab_to(stage, &lab, "[data-option=b]").await?;
    press(stage, Key::Enter).await?;
    tab_to(stage, &lab, "[data-sure=sure]").await?;
    press(stage, Key::Enter).await?;
    lab.appears("[data-stage=explained] #said strong").await?;
    let said = text(&lab, "#said").await?;
    ensure!(said.contains("That is it.") && said.contains("It simply is."), "it says {said:?}");
    let heard = lab.heard().await?;
    let item = heard.iter().rev().find(|it| it.kind() == "answered").map(|it| it.message["item"].clone());
    ensure!(item == Some(json!("week-3:which-one-is-it")), "answered: {item:?}");
    // What was answered, with its marks.
    lab.appears(".your-answer code").await?;
    lab.script("document.getElementById('next-question').click();", vec![]).await?;
    says(&lab, ".answers-given", "right: fork").await?;
    lab.appears(".answers-given code").await?;
    // And back: the draft is as it was.
    lab.script("document.getElementById('back-to-draft').focus();", vec![]).await?;
    press(stage, Key::Enter).await?;
    has_focus(&lab, "#edit-heading").await?;
    ensure!(value(&lab, "#edit-title").await? == "Week 3", "the draft is gone");
    nothing_broke(&lab, "at the end").await
}

async fn problems_stand_at_their_fields_and_go(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let q = opened(&lab).await?;
    let field = format!("#{q}question");
    let invalid = "return [...document.querySelectorAll('#own-editor [aria-invalid=true]')].map((it) => it.id);";
    ensure!(lab.script(invalid, vec![]).await? == json!([]), "what nobody has written is said to be wrong");
    // Left empty.
    click(stage, &field).await?;
    press(stage, Key::Tab).await?;
    says(&lab, &format!("#{q}question-error"), "It is missing: 1 to 300 characters.").await?;
    let described = "
        const field = document.querySelector(arguments[0]);
        const words = field.getAttribute('aria-describedby').split(' ').map((id) => document.getElementById(id)?.innerText ?? '').join(' ');
        return [field.getAttribute('aria-invalid'), words.includes('It is missing'), words.includes('At most 300 characters.'), field.labels[0].innerText];";
    let found = lab.script(described, vec![json!(field)]).await?;
    ensure!(found == json!(["true", true, true, "Question"]), "the field has {found}");
    type_in(stage, &field, "W").await?;
    let question = "return document.querySelector(arguments[0]).innerText === '' && document.querySelector(arguments[1]).getAttribute('aria-invalid') === 'false';";
    lab.comes("no more of it", question, vec![json!(format!("#{q}question-error")), json!(field)]).await?;
    // Too long.
    type_in(stage, &field, &"x".repeat(300)).await?;
    says(&lab, &format!("#{q}question-error"), "1 to 300 characters are wanted, and it has 301.").await?;
    press_in(stage, &field, Key::Backspace).await?;
    lab.comes("no more of it", question, vec![json!(format!("#{q}question-error")), json!(field)]).await?;
    // All that is missing, with a way to each.
    click(stage, "#edit-try").await?;
    says(&lab, "#edit-told", "Nothing can be asked yet").await?;
    says(&lab, "#edit-to-do", "Question 1, the right answer").await?;
    says(&lab, &format!("#{q}key-error"), "Mark the one that is right.").await?;
    let go =
        "[...document.querySelectorAll('.edit-to-do button')].find((it) => it.innerText.includes('answer B')).click();";
    lab.script(go, vec![]).await?;
    has_focus(&lab, &format!("#{q}options-1--label")).await?;
    // A name that can't be one.
    type_in(stage, "#edit-id", "a b").await?;
    says(&lab, "#edit-id-error", "“a b” is not of letters (a to z), digits and hyphens alone.").await
}

async fn press_in(stage: &Stage, selector: &str, key: Key) -> Outcome {
    type_in(stage, selector, &String::from(char::from(key))).await
}

async fn what_is_downloaded_is_what_the_lab_reads(stage: &Stage) -> Outcome {
    let site = Site::start()?;
    site.insert(DELIVERY_TAP);
    site.insert(
        "window.written = [];
         Object.defineProperty(navigator, 'clipboard', { value: { writeText: async (text) => { window.written.push(text); } } });",
    );
    let stage = &Stage { kind: stage.kind, driver: stage.driver.clone(), site };
    let lab = open(stage).await?;
    click(stage, "#edit-example").await?;
    says(&lab, "#edit-to-do-said", "All 3 questions can be asked.").await?;
    click(stage, "#edit-download").await?;
    says(&lab, "#edit-taken", "Downloaded as week-3.json.").await?;
    let [(name, json)] = &downloads(&lab).await?[..] else { return Err("not one download".into()) };
    let (written, documented) = (reading(json), reading(example::text()));
    ensure!(name == "week-3.json" && written.faults.is_empty(), "{name}: {:?}", written.faults);
    ensure!(written.quiz == documented.quiz, "other questions than in the documentation");
    click(stage, "#edit-copy").await?;
    says(&lab, "#edit-taken", "The file's text is on the clipboard.").await?;
    let copied = lab.script("return window.written;", vec![]).await?;
    ensure!(copied == json!([json]), "something else was copied: {copied}");
    // Where the clipboard is refused, the text can be copied by hand.
    let refuse =
        "navigator.clipboard.writeText = () => Promise.reject(new Error('no')); document.execCommand = () => false;";
    lab.script(refuse, vec![]).await?;
    click(stage, "#edit-copy").await?;
    says(&lab, "#edit-taken", "Select the text below and copy it.").await?;
    ensure!(value(&lab, "#taken-text").await? == *json, "it can't be copied by hand");
    Ok(())
}

async fn what_goes_comes_back(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    click(stage, "#edit-example").await?;
    let names = "return [...document.querySelectorAll('.edit-open')].map((it) => it.innerText.trim());";
    let expected = |names: [&str; 3]| json!(names);
    let before = expected([
        "1. 16 downloads",
        "2. A tenth of a program is serial. How much faster are 16 workers?",
        "3. Four sleeps on four threads: how much faster than one by one?",
    ]);
    ensure!(lab.script(names, vec![]).await? == before, "{}", lab.script(names, vec![]).await?);
    click(stage, ".edit-question:nth-child(3) [id$='-remove']").await?;
    says(&lab, "#edit-told", "Question 3 removed.").await?;
    has_focus(&lab, ".edit-question:nth-child(2) .edit-open").await?;
    // What is written since then stays.
    click(stage, ".edit-question:nth-child(2) .edit-open").await?;
    type_in(stage, ".edit-question:nth-child(2) [id$='-title']", "Amdahl").await?;
    click(stage, "#edit-undo").await?;
    has_focus(&lab, ".edit-question:nth-child(3) .edit-open").await?;
    ensure!(lab.script(names, vec![]).await?[1] == "2. Amdahl", "what was written is gone");
    // Moved, the focus goes along.
    click(stage, ".edit-question:nth-child(1) [id$='-down']").await?;
    says(&lab, "#edit-told", "Question 1 is now question 2.").await?;
    has_focus(&lab, ".edit-question:nth-child(2) [id$='-down']").await?;
    ensure!(lab.script(names, vec![]).await?[0] == "1. Amdahl", "it did not move");
    click(stage, ".edit-question:nth-child(1) [id$='-duplicate']").await?;
    has_focus(&lab, ".edit-question:nth-child(2)[data-open] textarea").await?;
    ensure!(lab.script(names, vec![]).await?[1] == "2. Amdahl", "there is no copy");
    // The right answer goes and comes back with its mark.
    let right = "return [...document.querySelectorAll('.edit-question[data-open] .edit-entry input[type=radio]')].map((it) => it.checked);";
    ensure!(lab.script(right, vec![]).await? == json!([false, true]), "not that is right");
    click(stage, ".edit-question[data-open] [id$='options-1--remove']").await?;
    says(&lab, "#edit-told", "Answer B removed.").await?;
    ensure!(lab.script(right, vec![]).await? == json!([false]), "it is still there");
    click(stage, "#edit-undo").await?;
    ensure!(lab.script(right, vec![]).await? == json!([false, true]), "it did not come back");
    // All of it.
    click(stage, "#edit-anew").await?;
    says(&lab, "#edit-told", "The draft is gone").await?;
    ensure!(lab.script(names, vec![]).await? == json!(["1. Not written yet"]), "it is still there");
    let kept = lab.script("return localStorage.getItem(arguments[0]);", vec![json!(DRAFT)]).await?;
    ensure!(kept.is_null(), "the browser still has it");
    click(stage, "#edit-undo").await?;
    ensure!(lab.script(names, vec![]).await?[1] == "2. Amdahl", "the draft did not come back");
    nothing_broke(&lab, "at the end").await
}

async fn a_draft_outlasts_the_page(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    type_in(stage, "#edit-title", "Kept").await?;
    let q = opened(&lab).await?;
    // Left in the middle of a word, without leaving the field; by way of another lab.
    type_in(stage, &format!("#{q}context"), "half a wo").await?;
    ensure!(lab.script(LEAVING, vec![]).await? == false, "leaving is asked about, and nothing would be lost");
    stage.open("lab=contents").await?;
    let lab = open(stage).await?;
    says(&lab, "#edit-told", "This is the draft that your browser has kept.").await?;
    ensure!(value(&lab, "#edit-title").await? == "Kept", "the title is gone");
    let q = opened(&lab).await?;
    ensure!(value(&lab, &format!("#{q}context")).await? == "half a wo", "what was half written is gone");
    ensure!(text(&lab, "#edit-kept").await?.is_empty(), "it complains");
    Ok(())
}

/// Has this done as soon as a page begins.
fn with_script(stage: &Stage, script: &str) -> Outcome<Stage> {
    let site = Site::start()?;
    site.insert(script);
    Ok(Stage { kind: stage.kind, driver: stage.driver.clone(), site })
}

/// Whether leaving the page is asked about.
const LEAVING: &str = "
    const leaving = document.createEvent('BeforeUnloadEvent');
    leaving.initEvent('beforeunload', false, true);
    window.dispatchEvent(leaving);
    return leaving.defaultPrevented;";

async fn a_browser_that_keeps_nothing_is_told_once(stage: &Stage) -> Outcome {
    let refuse = "
        for (const name of ['localStorage', 'sessionStorage'])
            Object.defineProperty(window, name, { get() { throw new DOMException('refused', 'SecurityError'); } });";
    let stage = &with_script(stage, refuse)?;
    let lab = open(stage).await?;
    ensure!(text(&lab, "#edit-kept").await?.is_empty(), "it complains of nothing");
    type_in(stage, "#edit-title", "Wee").await?;
    says(&lab, "#edit-kept", "keeps nothing for this page: your draft is gone when you leave or reload it").await?;
    // Said once: the live region does not change with each key.
    let watch = "
        window.changes = 0;
        new MutationObserver((all) => { window.changes += all.length; }).observe(document.getElementById('edit-kept'), { childList: true, characterData: true, subtree: true });";
    lab.script(watch, vec![]).await?;
    type_in(stage, "#edit-title", "k 3").await?;
    says(&lab, "#edit-to-do", "Question 1").await?;
    ensure!(lab.script("return window.changes;", vec![]).await? == 0, "it is said again and again");
    ensure!(value(&lab, "#edit-title").await? == "Week 3", "what is written is gone");
    nothing_broke(&lab, "without storage").await?;
    ensure!(lab.script(LEAVING, vec![]).await? == true, "the browser would leave without asking");
    // What is written is there as long as the page is.
    click(stage, "#edit-close").await?;
    has_focus(&lab, "#write-own").await?;
    click(stage, "#write-own").await?;
    ensure!(value(&lab, "#edit-title").await? == "Week 3", "what was written is gone");
    Ok(())
}

async fn a_full_browser_loses_nothing(stage: &Stage) -> Outcome {
    let full = "
        const keep = Storage.prototype.setItem;
        Storage.prototype.setItem = function (name, text) {
            if (this === localStorage && name.includes('quiz-draft') && text.length > 300) throw new DOMException('full', 'QuotaExceededError');
            keep.call(this, name, text);
        };";
    let stage = &with_script(stage, full)?;
    let lab = open(stage).await?;
    type_in(stage, "#edit-title", "Before").await?;
    let q = opened(&lab).await?;
    ensure!(text(&lab, "#edit-kept").await?.is_empty(), "it complains of nothing");
    type_in(stage, &format!("#{q}context"), &"x".repeat(300)).await?;
    says(&lab, "#edit-kept", "it is kept for this tab only").await?;
    let lab = open(stage).await?;
    let q = opened(&lab).await?;
    ensure!(value(&lab, &format!("#{q}context")).await?.len() == 300, "what was written last is gone");
    Ok(())
}

async fn a_file_is_opened_with_its_faults(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    type_in(stage, "#edit-title", "Mine").await?;
    pick(&lab, "broken.json", "{\n\"id\": ]").await?;
    says(&lab, "#edit-told", "broken.json can't be opened. In line 2, the file: it is not JSON").await?;
    ensure!(value(&lab, "#edit-title").await? == "Mine", "the draft did not stay");
    let mut file: Value = serde_json::from_str(example::text())?;
    file["questions"][0]["options"][1]["label"] = json!("");
    file["questions"][0]["author"] = json!({ "name": "A" });
    file["questions"][1] = json!(7);
    file["note"] = json!(["kept"]);
    pick(&lab, "course.json", &serde_json::to_string_pretty(&file)?).await?;
    says(&lab, "#edit-told", "course.json is open: 3 questions.").await?;
    says(&lab, ".edit-faults", "questions[0].options[1].label: 1 to 200 characters are wanted, and it has 0").await?;
    says(&lab, "#edit-to-do", "Question 1, answer B").await?;
    says(&lab, "#edit-to-do", "A table is wanted, and it is a number.").await?;
    click(stage, ".edit-question:nth-child(1) .edit-open").await?;
    let q = opened(&lab).await?;
    says(&lab, &format!("#{q}options-1--label-error"), "1 to 200 characters are wanted").await?;
    type_in(stage, &format!("#{q}options-1--label"), "Threads").await?;
    lab.comes(
        "no more of it",
        "return document.querySelector(arguments[0]).innerText === '';",
        vec![json!(format!("#{q}options-1--label-error"))],
    )
    .await?;
    click(stage, ".edit-question:nth-child(2) [id$='-remove']").await?;
    // What no form shows is still there, until somebody takes it out.
    let kept = lab.script("return JSON.parse(localStorage.getItem(arguments[0]));", vec![json!(DRAFT)]).await?;
    let expected = json!([["kept"], { "name": "A" }]);
    ensure!(json!([kept["note"], kept["questions"][0]["author"]]) == expected, "lost: {kept}");
    let out = "[...document.querySelectorAll('.edit-to-do li')].find((it) => it.innerText.includes('Author')).querySelectorAll('button')[1].click();";
    lab.script(out, vec![]).await?;
    says(&lab, "#edit-told", "author is taken out.").await?;
    let kept = lab.script("return JSON.parse(localStorage.getItem(arguments[0]));", vec![json!(DRAFT)]).await?;
    ensure!(kept["questions"][0].get("author").is_none() && kept["note"] == json!(["kept"]), "{kept}");
    // Too much of it.
    pick(&lab, "large.json", &" ".repeat(1_000_001)).await?;
    says(&lab, "#edit-told", "large.json can't be opened. It could not be had: it is larger than 1000000 bytes.").await
}

/// In each text, all that has ever become a script.
const HOSTILE: &str = r#"<script>window.hacked = 1</script><img src=x onerror="window.hacked = 1"><svg onload="window.hacked = 1"> [a](javascript:window.hacked=1) <iframe src="javascript:parent.hacked=1"></iframe>"#;

fn hostile() -> Value {
    let h = HOSTILE;
    let option = json!({ "id": h, "label": h, "feedback": h, h: h });
    let deep = (0..60).fold(json!(h), |inner, _| json!([{ "questions": inner }]));
    json!({ "version": h, "id": h, "title": h, h: h, "questions": [
        { "id": h, "title": h, "question": h, "context": h, "code": h, "hint": h, "options": [option.clone(), option], "key": h,
          "reason": h, "run": { "kind": h, "script": h }, "contenders": [{ "told": h, "label": h }], "rules": [{ "name": h }] },
        deep, null, 7, { "options": vec![json!({}); 3000] }, { "run": { "kind": "python", "script": ["a"] }, "contenders": {} } ] })
}

async fn is_harmless(stage: &Stage, lab: &Lab) -> Outcome {
    for at in 1..=6 {
        click(stage, &format!(".edit-question:nth-child({at}):not([data-open]) .edit-open")).await?;
        let found = lab
            .script("return [window.hacked ?? null, document.querySelectorAll('#own-editor :is(script, img, svg, iframe, object, embed, a, [onerror], [onload])').length];", vec![])
            .await?;
        ensure!(found == json!([null, 0]), "question {at}: {found}");
        nothing_broke(lab, &format!("question {at}")).await?;
    }
    click(stage, "#edit-try").await?;
    nothing_broke(lab, "tried").await
}

async fn a_hostile_file_harms_nothing(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    pick(&lab, "<img src=x onerror='window.hacked=1'>.json", &hostile().to_string()).await?;
    says(&lab, "#edit-told", ".json is open: 6 questions.").await?;
    is_harmless(stage, &lab).await?;
    // Many of what a file may have few of.
    let many = json!({ "questions": vec![json!(0); 90_000] });
    pick(&lab, "many.json", &many.to_string()).await?;
    says(&lab, "#edit-told", "many.json is open: 90000 questions.").await?;
    says(&lab, "#own-editor", "89900 more are in the file, and not shown here.").await?;
    nothing_broke(&lab, "with many").await
}

async fn what_was_kept_and_is_broken_harms_nothing(stage: &Stage) -> Outcome {
    let kept = [
        ("{\"title\": ", "The draft that this browser had kept can't be read. In line 1, the file: it is not JSON"),
        ("7", "can't be read. In line 1, the file: a table"),
        (&"[".repeat(200_000), "recursion limit"),
        (&format!("\"{}\"", "x".repeat(1_000_001)), "more than 1000000 can't be edited here"),
        (&hostile().to_string(), "This is the draft that your browser has kept."),
    ];
    for (text, words) in kept {
        let lab = stage.open("lab=contents").await?;
        lab.script("localStorage.setItem(arguments[0], arguments[1]);", vec![json!(DRAFT), json!(text)]).await?;
        let lab = open(stage).await?;
        says(&lab, "#edit-told", words).await?;
        nothing_broke(&lab, words).await?;
        if words.contains("has kept.") {
            is_harmless(stage, &lab).await?;
        } else {
            type_in(stage, "#edit-title", "Anew").await?;
            ensure!(value(&lab, "#edit-title").await? == "Anew", "nothing can be written");
        }
    }
    Ok(())
}

async fn a_script_is_chosen_and_what_is_compared(stage: &Stage) -> Outcome {
    let lab = open(stage).await?;
    let q = opened(&lab).await?;
    let kind = format!("#{q}run-kind");
    let pick_kind = |words: &'static str| {
        let kind = kind.clone();
        async move {
            let field = stage.driver.find(By::Css(&kind)).await?;
            field.scroll_into_view().await?;
            field.find(By::XPath(format!("option[contains(., '{words}')]"))).await?.click().await?;
            Outcome::Ok(())
        }
    };
    pick_kind("A Python script").await?;
    says(&lab, "#edit-told", "The question runs something now").await?;
    ensure!(
        value(&lab, &format!("#{q}run-script")).await?.contains("lab.tell('threads_ms'"),
        "no script to begin with"
    );
    ensure!(value(&lab, &format!("#{q}contenders-1--told")).await? == "threads_ms", "nothing is compared");
    type_in(stage, &format!("#{q}contenders-1--label"), " (new)").await?;
    pick_kind("Amdahl").await?;
    type_in(stage, &format!("#{q}run-workers"), "x").await?;
    says(&lab, &format!("#{q}run-workers-error"), "A whole number, 1 to 1000000 is wanted").await?;
    click(stage, "#edit-undo").await?;
    ensure!(value(&lab, &format!("#{q}contenders-1--label")).await? == "4 threads (new)", "what was set aside is lost");
    pick_kind("Fourier").await?;
    type_in(stage, &format!("#{q}run-signals"), "8").await?;
    type_in(stage, &format!("#{q}run-points"), "4096").await?;
    says(&lab, "#edit-to-do", "Question 1, where the signals are made").await?;
    stage.driver.find(By::Css(format!("#{q}run-data option[value=worker]"))).await?.click().await?;
    let gone = "return !document.getElementById('edit-to-do').innerText.includes('where the signals');";
    lab.comes("the signals' place", gone, vec![]).await?;
    let kept = lab
        .script("return JSON.parse(localStorage.getItem(arguments[0])).questions[0].run;", vec![json!(DRAFT)])
        .await?;
    ensure!(kept["data"] == "worker" && kept["kind"] == "fft", "{kept}");
    nothing_broke(&lab, "at the end").await
}

/// What leaves the page sideways, and what is too small to be pressed.
const ASKEW: &str = "
    const faults = [];
    if (document.documentElement.scrollWidth > innerWidth) faults.push(`it is ${document.documentElement.scrollWidth} wide and has ${innerWidth}`);
    for (const it of document.querySelectorAll('#own-editor *')) {
        if (!it.checkVisibility() || it.closest('.visually-hidden')) continue;
        const box = it.getBoundingClientRect();
        if (box.width && (box.right > innerWidth + 0.5 || box.left < -0.5)) faults.push(`${it.outerHTML.slice(0, 80)} from ${box.left} to ${box.right}`);
        if (it.matches('button') && box.height < 24) faults.push(`${it.outerHTML.slice(0, 80)} is ${box.height} high`);
    }
    return [innerWidth, faults];";

async fn nothing_is_wider_than_a_phone(stage: &Stage) -> Outcome {
    use browser_tests::host::{Frame, page};
    for (width, direction) in [(320, "ltr"), (390, "ltr"), (390, "rtl"), (1024, "rtl")] {
        let frame = Frame::new("lab", stage.site.url("index.html?lab=quiz"));
        let file = stage.site.add_page("host.html", page("/recorder.js", &[frame]));
        stage.driver.goto(stage.site.url_on("127.0.0.1", &file)).await?;
        let lab = Lab::framed(&stage.driver, "lab");
        lab.ready().await?;
        lab.script(
            "const frame = document.getElementById('lab'); [frame.width, frame.height] = [arguments[0], 700];",
            vec![json!(width)],
        )
        .await?;
        lab.appears("#write-own").await?;
        let enter = "document.documentElement.dir = arguments[0]; document.getElementById('write-own').click();";
        lab.inside(enter, vec![json!(direction)]).await?;
        lab.appears("#own-editor:not([hidden]) #edit-example").await?;
        lab.inside("document.getElementById('edit-example').click();", vec![]).await?;
        lab.appears(".edit-question:nth-child(3) .edit-open").await?;
        for at in 1..=3 {
            let open = "document.querySelector(`.edit-question:nth-child(${arguments[0]}) .edit-open`).click();";
            lab.inside(open, vec![json!(at)]).await?;
            lab.appears(&format!(".edit-question:nth-child({at})[data-open] .edit-entry")).await?;
            let found = lab.inside(ASKEW, vec![]).await?;
            ensure!(found == json!([width, []]), "{width} {direction}, question {at}: {found:#}");
        }
    }
    Ok(())
}

async fn axe_finds_nothing_in_either_theme(stage: &Stage) -> Outcome {
    for theme in ["light", "dark"] {
        let lab = open_on(stage, &format!("lab=quiz&theme={theme}")).await?;
        click(stage, "#edit-try").await?;
        says(&lab, "#edit-told", "Nothing can be asked yet").await?;
        check(&lab, &format!("problems, {theme}")).await?;
        click(stage, "#edit-example").await?;
        for at in 1..=3 {
            click(stage, &format!(".edit-question:nth-child({at}) .edit-open")).await?;
            check(&lab, &format!("question {at}, {theme}")).await?;
        }
        pick(&lab, "hostile.json", &hostile().to_string()).await?;
        says(&lab, "#edit-told", "is open").await?;
        click(stage, ".edit-question:nth-child(1) .edit-open").await?;
        check(&lab, &format!("with faults, {theme}")).await?;
        click(stage, "#edit-anew").await?;
    }
    Ok(())
}

async fn it_comes_when_it_is_opened_and_else_says_so(stage: &Stage) -> Outcome {
    stage.site.break_files(&[Fault::new("parallel-lab-*_editor.wasm", FaultKind::Missing)]);
    let lab = stage.open("lab=quiz").await?;
    lab.appears("#write-own").await?;
    let loaded =
        "return performance.getEntriesByType('resource').filter((it) => it.name.endsWith('_editor.wasm')).length;";
    ensure!(lab.script(loaded, vec![]).await? == 0, "the editor came though nobody has opened it");
    let press =
        "const button = document.getElementById('write-own'); button.closest('details').open = true; button.click();";
    lab.script(press, vec![]).await?;
    says(&lab, ".quiz [role=alert]", "could not be loaded").await?;
    lab.appears("[data-option]").await?;
    stage.site.break_files(&[]);
    lab.script(press, vec![]).await?;
    lab.appears("#own-editor:not([hidden]) #edit-title").await.map(drop)
}
