//! The dialog that puts a lab into a page or a slide: what it offers, that the
//! offered lines work, and that keyboard and focus are as they should be.

use browser_tests::host::{self, Frame};
use browser_tests::lab::PATIENCE;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::{By, Key};

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            the_keyboard_is_enough,
            a_refused_clipboard_leaves_the_lines_selected;
        either:
            the_lines_carry_the_settings,
            the_offered_frame_works,
            the_preview_is_the_lab,
            an_edited_script_is_taken_along,
            a_frame_offers_none;
    ],
);

async fn open(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(query).await?;
    lab.appears("#embed").await?;
    let button = stage.driver.find(By::Id("embed")).await?;
    button.scroll_into_view().await?;
    button.click().await?;
    lab.appears("#embed-dialog:modal").await?;
    Ok(lab)
}

async fn choose(stage: &Stage, id: &str, words: &str) -> Outcome {
    let select = stage.driver.find(By::Id(id)).await?;
    Ok(select.find(By::XPath(format!("option[normalize-space()='{words}']"))).await?.click().await?)
}

async fn form(stage: &Stage, name: &str) -> Outcome {
    Ok(stage.driver.find(By::Css(format!("#embed-dialog input[value='{name}']"))).await?.click().await?)
}

async fn lines(lab: &Lab) -> Outcome<String> {
    let lines = lab.script("return document.getElementById('embed-lines').value;", vec![]).await?;
    Ok(lines.as_str().unwrap_or_default().to_owned())
}

async fn the_lines_carry_the_settings(stage: &Stage) -> Outcome {
    let lab = open(stage, "members=1000&executors=serial,thread").await?;
    let text = lines(&lab).await?;
    ensure!(text.contains("?embed&amp;members=1000&amp;executors=serial,thread\""), "the frame: {text}");
    ensure!(text.contains("allow=\"cross-origin-isolated; clipboard-write\""), "the frame: {text}");
    choose(stage, "embed-begins", "the question").await?;
    choose(stage, "embed-theme", "dark").await?;
    choose(stage, "embed-size", "960 × 600").await?;
    stage.driver.find(By::Id("embed-large")).await?.click().await?;
    form(stage, "Quarto").await?;
    let text = lines(&lab).await?;
    let begin = "{{< parallel-lab race question present members=1000 executors=serial,thread theme=dark url=\"http://";
    ensure!(text.starts_with(begin) && text.ends_with(" width=960 height=600 >}}"), "the shortcode: {text}");
    // For a slide: nothing but the figure, in a frame that fits it.
    choose(stage, "embed-view", "sentence, figure and Run").await?;
    let text = lines(&lab).await?;
    ensure!(text.contains(" view=figure ") && text.ends_with(" height=400 >}}"), "the shortcode of a figure: {text}");
    choose(stage, "embed-size", "480 × 320").await?;
    let text = lines(&lab).await?;
    ensure!(text.ends_with(" width=480 height=320 >}}"), "the shortcode of a figure: {text}");
    choose(stage, "embed-view", "the whole lab").await?;
    ensure!(lines(&lab).await?.ends_with(" height=600 >}}"), "the size is still a figure's");
    // Another lab: what it does not know stays away, and it has no question.
    choose(stage, "embed-lab", "Python").await?;
    form(stage, "Reveal.js").await?;
    let text = lines(&lab).await?;
    ensure!(
        text.contains("data-src=\"") && text.contains("?embed&amp;present&amp;lab=python&amp;theme=dark\""),
        "{text}"
    );
    let begins = lab.script("return document.getElementById('embed-begins').innerText;", vec![]).await?;
    ensure!(!begins.as_str().unwrap_or_default().contains("question"), "Python begins with {begins}");
    Ok(())
}

/// The page's own frame, pasted into a page of a teacher.
async fn the_offered_frame_works(stage: &Stage) -> Outcome {
    let lab = open(stage, "members=20&steps=300&repeats=1").await?;
    let frame = lines(&lab).await?.replacen("<iframe ", "<iframe id=\"lab\" ", 1);
    let html = format!("<!DOCTYPE html><title>A course</title><script src=\"/recorder.js\"></script>{frame}");
    let page = stage.site.add_page("course.html", html);
    stage.driver.goto(stage.site.url(&page)).await?;
    let framed = Lab::framed(&stage.driver, "lab");
    framed.ready().await?;
    let finished = framed.race().await?;
    ensure!(finished["settings"]["members"] == 20, "it ran {}", finished["settings"]["members"]);
    Ok(())
}

async fn active(lab: &Lab) -> Outcome<Value> {
    lab.script("return document.activeElement?.id;", vec![]).await
}

async fn press(stage: &Stage, key: Key) -> Outcome {
    Ok(stage.driver.active_element().await?.send_keys(String::from(char::from(key))).await?)
}

async fn the_keyboard_is_enough(stage: &Stage) -> Outcome {
    stage.site.insert(
        "window.written = [];
        Object.defineProperty(navigator, 'clipboard',
            { value: { writeText: async (text) => { window.written.push(text); } } });",
    );
    let lab = stage.open("members=12").await?;
    lab.appears("#embed").await?;
    lab.script("document.getElementById('embed').focus();", vec![]).await?;
    press(stage, Key::Enter).await?;
    lab.appears("#embed-dialog:modal").await?;
    let inside = "return document.activeElement.closest('#embed-dialog') !== null;";
    ensure!(lab.script(inside, vec![]).await? == true, "the focus is not in the dialog");
    let mut seen = Vec::new();
    for _ in 0..24 {
        press(stage, Key::Tab).await?;
        let id = active(&lab).await?.as_str().unwrap_or_default().to_owned();
        let is_outside = lab.script(inside, vec![]).await? == false && !id.is_empty();
        ensure!(!is_outside, "Tab leads out of the dialog, to {id:?}");
        seen.push(id);
        if seen.last().is_some_and(|id| id == "embed-copy") {
            break;
        }
    }
    for id in [
        "embed-lab",
        "embed-view",
        "embed-begins",
        "embed-theme",
        "embed-size",
        "embed-large",
        "embed-lines",
        "embed-copy",
    ] {
        ensure!(seen.iter().any(|it| it == id), "Tab does not lead to {id}: {seen:?}");
    }
    press(stage, Key::Enter).await?;
    lab.hello().await?;
    let written = lab.script("return window.written;", vec![]).await?;
    ensure!(written == json!([lines(&lab).await?]), "the clipboard got {written}");
    let told = lab.script("return document.getElementById('embed-told').textContent;", vec![]).await?;
    ensure!(told == "The lines are on the clipboard.", "it says {told}");
    press(stage, Key::Escape).await?;
    let is_open = lab.script("return document.getElementById('embed-dialog').open;", vec![]).await?;
    ensure!(is_open == false, "Escape does not close the dialog");
    ensure!(active(&lab).await? == "embed", "the focus went to {}", active(&lab).await?);
    Ok(())
}

async fn the_preview_is_the_lab(stage: &Stage) -> Outcome {
    let lab = open(stage, "members=77&theme=dark").await?;
    let frames = lab.script("return window.length;", vec![]).await?;
    ensure!(frames == 0, "the preview is loaded before anybody looks");
    stage.driver.find(By::Css(".embed-preview summary")).await?.click().await?;
    let script = "
        const [limit, answer] = arguments;
        const start = performance.now();
        const look = () => {
            const page = document.getElementById('embed-frame')?.contentDocument;
            const members = page?.getElementById('setting-members')?.value;
            if (members || performance.now() - start > limit) {
                answer([members, page?.documentElement.dataset.theme, window.recorder.violations]);
            } else setTimeout(look, 20);
        };
        look();";
    let limit = u64::try_from(PATIENCE.as_millis())?;
    let seen = lab.script_async(script, vec![json!(limit)]).await?;
    ensure!(seen == json!(["77", "dark", []]), "members, theme, violations: {seen}");
    stage.driver.find(By::Id("embed-close")).await?.click().await?;
    let script = "
        const [answer] = arguments;
        const look = () => window.length === 0 ? answer(true) : setTimeout(look, 10);
        look();";
    ensure!(lab.script_async(script, vec![]).await? == true, "the preview goes on behind the closed dialog");
    Ok(())
}

async fn a_refused_clipboard_leaves_the_lines_selected(stage: &Stage) -> Outcome {
    stage.site.insert(
        "Object.defineProperty(navigator, 'clipboard', { value: { writeText: () => Promise.reject(new Error('no')) } });
        document.execCommand = () => false;",
    );
    let lab = open(stage, "members=12").await?;
    stage.driver.find(By::Id("embed-copy")).await?.click().await?;
    lab.hello().await?;
    let script = "const field = document.getElementById('embed-lines');
        return [document.activeElement === field, field.selectionEnd - field.selectionStart === field.value.length,
            document.getElementById('embed-told').textContent];";
    let seen = lab.script(script, vec![]).await?;
    ensure!(seen[0] == true && seen[1] == true, "focus, all selected: {seen}");
    ensure!(seen[2].as_str().is_some_and(|it| it.contains("by keyboard")), "it says {}", seen[2]);
    Ok(())
}

async fn an_edited_script_is_taken_along(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=python&code=print(%22mine%22)%0A").await?;
    let summary = lab.script("return document.getElementById('embed-summary').textContent;", vec![]).await?;
    ensure!(summary == "Taken over from this page: your script.", "it says {summary}");
    form(stage, "Quarto").await?;
    let text = lines(&lab).await?;
    ensure!(text.contains("link=\"http") && text.contains("code=print%28%22mine%22%29%0A"), "the shortcode: {text}");
    Ok(())
}

async fn a_frame_offers_none(stage: &Stage) -> Outcome {
    let frame = Frame::new("lab", stage.site.url("index.html?members=12"));
    let lab = host::open_one(stage, &stage.site, "127.0.0.1", frame).await?;
    let button = lab.inside("return document.getElementById('embed');", vec![]).await?;
    ensure!(button.is_null(), "a lab in a frame offers to be embedded");
    Ok(())
}
