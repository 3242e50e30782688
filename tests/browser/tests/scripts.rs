//! Labs that are data: their words are fetched, their questions kept, their
//! fields written into the script, and what happened is said by their rules.

use std::time::Duration;

use browser_tests::lab::Heard;
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::json;
use thirtyfour::By;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_pool_without_a_guard_is_counted_until_stop;
        either:
            a_script_without_a_guard_says_where_it_failed,
            a_guess_is_kept_and_set_beside_what_happened,
            a_field_and_its_line_are_one,
            a_script_tells_figures,
            a_traceback_after_much_else_stands_there_once,
            an_endless_respawn_is_told_while_it_goes_on,
            what_is_not_here_leads_on;
    ],
);

async fn open(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(query).await?;
    lab.appears("#code").await?;
    Ok(lab)
}

async fn run(lab: &Lab) -> Outcome<Heard> {
    let index = lab.send("run", json!({})).await?;
    lab.end_within(index, PATIENCE).await
}

async fn text(stage: &Stage, selector: &str) -> Outcome<String> {
    Ok(stage.driver.find(By::Css(selector)).await?.text().await?)
}

async fn a_script_without_a_guard_says_where_it_failed(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=guard").await?;
    let end = run(&lab).await?.message;
    let python = &end["python"];
    ensure!(end["type"] == "finished" && python["exception"] == "BrokenProcessPool", "it ended with {end}");
    ensure!(python["raised"][0]["exception"] == "RuntimeError", "{python}");
    let line = python["raised"][0]["line"].to_string();
    let said = text(stage, "#question").await?;
    ensure!(said.contains(&format!("line {line}")) && said.contains("refused"), "it says {said:?}");
    let because = text(stage, "#slide").await?;
    ensure!(because.contains("depth is one"), "beside the slide stands {because:?}");
    Ok(())
}

async fn a_pool_without_a_guard_is_counted_until_stop(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=guard&program=unguarded-pool").await?;
    let index = lab.send("run", json!({})).await?;
    lab.until_printed("SpawnPoolWorker-9 begins").await?;
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, PATIENCE).await?.message;
    let processes = end["python"]["processes"].as_u64().unwrap_or_default();
    ensure!(end["type"] == "stopped" && processes >= 9, "it ended with {end}");
    let said = text(stage, "#question").await?;
    ensure!(said.starts_with(&format!("{processes} processes")), "it says {said:?}");
    Ok(())
}

/// In a lab without rules about it, too.
async fn an_endless_respawn_is_told_while_it_goes_on(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=python").await?;
    let code = "from multiprocessing import Pool\n\n\ndef f(x):\n    return x\n\n\nPool(2).map(f, range(4))\n";
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    let question = "
        const said = document.getElementById('question').textContent;
        return said.startsWith('Each new process reads the script from its top, down to line 8,') && said;";
    let said = lab.comes("the headline", question, vec![]).await?;
    ensure!(said.as_str().is_some_and(|it| it.ends_with(" so far.")), "it says {said}");
    let more = text(stage, "#more").await?;
    ensure!(more.contains("Line 8 belongs under if __name__") && more.contains("Stop ends it."), "it says {more:?}");
    let marked = text(stage, ".line-numbers .marked").await?;
    ensure!(marked == "8", "line {marked} is marked");
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, PATIENCE).await?.message;
    let count = &end["python"]["processes"];
    ensure!(end["type"] == "stopped" && count.as_u64() >= Some(4), "it ended with {end}");
    let said = text(stage, "#question").await?;
    ensure!(said.ends_with(" until Stop."), "it says {said:?} after Stop");
    Ok(())
}

/// A keyboard, another way to start processes, another Python's package.
async fn what_is_not_here_leads_on(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=python").await?;
    let scripts = [
        (
            "print('so far')\nname = input('name? ')\n",
            "There is no keyboard for input() here. Put the value into line 2,",
        ),
        ("import multiprocessing\nmultiprocessing.set_start_method('fork')\n", "no browser can copy a worker so"),
        ("import multiprocessing\nmultiprocessing.get_context('forkserver')\n", "no browser can fork"),
        ("import os\nos.fork()\n", "no browser can copy a worker so"),
        ("import pathos.multiprocessing\n", "Processes are here in multiprocessing and concurrent.futures."),
        ("import my_package\n", "no other packages"),
    ];
    for (code, expected) in scripts {
        lab.set(json!({ "code": code })).await?;
        let end = run(&lab).await?.message;
        let more = text(stage, "#more").await?;
        ensure!(end["python"]["status"] == "error" && more.contains(expected), "of {code:?} it says {more:?}");
    }
    Ok(())
}

async fn a_guess_is_kept_and_set_beside_what_happened(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=guard").await?;
    stage.driver.find(By::Css("#predict input[value=endless]")).await?.click().await?;
    let end = run(&lab).await?.message;
    ensure!(end["prediction"] == "endless", "the prediction is {}", end["prediction"]);
    let feedback = text(stage, "#feedback").await?;
    ensure!(feedback.contains("You expected") && feedback.contains("Only a Pool"), "it says {feedback:?}");
    Ok(())
}

async fn a_field_and_its_line_are_one(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=guard&program=guarded-executor").await?;
    let change = "
        const field = document.getElementById('field-WORKERS');
        field.value = arguments[0];
        field.dispatchEvent(new Event('change', { bubbles: true }));";
    let line = "return document.getElementById('code').value.split('\\n').find(it => it.startsWith('WORKERS'));";
    lab.script(change, vec![json!("3")]).await?;
    let written = lab.inside(line, vec![]).await?;
    ensure!(written.as_str().is_some_and(|it| it.starts_with("WORKERS = 3  #@param")), "the line is {written}");
    let index = lab.set(json!({})).await?;
    lab.script(change, vec![json!("99")]).await?;
    let notice = lab.next_within(index, &["notice"], PATIENCE).await?.message;
    ensure!(notice["problems"][0]["used"] == "4", "the notice is {notice}");
    lab.set(json!({ "code": "WORKERS = 2  #@param {type: \"integer\"}\nprint(WORKERS)\n" })).await?;
    let shown = lab.inside("return document.getElementById('field-WORKERS').value;", vec![]).await?;
    ensure!(shown == "2", "the field shows {shown}");
    Ok(())
}

async fn a_script_tells_figures(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=python").await?;
    lab.set(json!({ "code": "from lab import tell\ntell('lost', 3)\ntell('who', 'me')\n" })).await?;
    let end = run(&lab).await?.message;
    ensure!(end["python"]["told"] == json!({ "lost": 3, "who": "me" }), "it told {}", end["python"]["told"]);
    Ok(())
}

/// More than is looked through for it, and then the exception.
async fn a_traceback_after_much_else_stands_there_once(stage: &Stage) -> Outcome {
    let lab = open(stage, "lab=python").await?;
    let code = "import sys\nfor line in range(9000):\n    print('line', line, 'x' * 40, file=sys.stderr)\n1 / 0\n";
    lab.set(json!({ "code": code })).await?;
    let end = run(&lab).await?.message;
    ensure!(end["python"]["exception"] == "ZeroDivisionError", "{}", end["python"]);
    lab.until_printed("ZeroDivisionError: division by zero").await?;
    lab.idle().await?;
    let count = lab.printed().await?.matches("Traceback (most recent call last)").count();
    ensure!(count == 1, "the traceback stands there {count} times");
    Ok(())
}
