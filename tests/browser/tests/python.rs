//! Python in the page: scripts run, print, fail and stop, with processes and
//! threads, isolated and not.

use std::fs;
use std::time::Duration;

use browser_tests::host::{self, Frame};
use browser_tests::python_programs;
use browser_tests::site::{Fault, FaultKind, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::{By, Key};
use xtask::add_python::Folders;
use xtask::build_progress::{self, State};
use xtask::page;

/// Fetching and starting the interpreter, and a script of some seconds.
const PATIENCE: Duration = Duration::from_secs(120);
const ENDLESS: &str = "print('on', flush=True)\nwhile True:\n    pass\n";

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_script_runs_and_prints,
            an_endless_loop_is_stopped,
            without_shared_memory_processes_run_and_threads_say_why_not,
            endless_recursion_is_caught;
        either:
            an_exception_points_at_its_line,
            what_is_missing_says_why,
            another_program_comes_into_the_editor,
            a_changed_script_comes_back,
            a_script_that_is_too_long_is_told,
            the_timeline_is_walked_and_zoomed,
            what_python_says_of_its_gil_follows_the_switch,
            threads_come_and_go,
            the_console_is_a_terminal,
            of_a_long_output_the_first_and_the_last_lines_are_kept,
            a_run_that_is_asked_for_while_another_stops_follows,
            the_script_travels_in_the_link,
            python_that_is_still_being_built_opens_by_itself,
            a_copy_without_python_says_so,
            a_block_is_written_with_plain_keys,
            a_shared_counter_loses_updates,
            threads_share_what_they_see,
            processes_run_the_scripts_functions,
            an_endless_print_is_stopped;
        chromium:
            a_third_of_the_programs_print_what_cpython_prints,
            another_third_of_the_programs_print_what_cpython_prints,
            the_last_third_of_the_programs_print_what_cpython_prints;
    ],
);

async fn open(stage: &Stage, query: &str) -> Outcome<Lab> {
    let lab = stage.open(&format!("lab=python{query}")).await?;
    // Its scripts are fetched after `ready`.
    lab.appears("#code").await?;
    Ok(lab)
}

/// Runs a script; gives the message at its end, and all that it printed.
async fn run(lab: &Lab, code: &str) -> Outcome<(Value, String)> {
    lab.run_code(code, PATIENCE).await
}

/// Runs a script without an end until it has printed a text.
async fn run_until(lab: &Lab, code: &str, printed: &str) -> Outcome<u64> {
    lab.set(json!({ "code": code })).await?;
    let index = lab.send("run", json!({})).await?;
    lab.until_printed(printed).await?;
    Ok(index)
}

/// Stops what `run_until` started.
async fn stop(lab: &Lab, index: u64) -> Outcome {
    lab.send("stop", json!({})).await?;
    let end = lab.end_within(index, Duration::from_secs(5)).await?;
    ensure!(end.kind() == "stopped", "the script ended with {}", end.message);
    Ok(())
}

async fn a_script_runs_and_prints(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let (end, printed) = run(&lab, "import math\nprint('hello', math.tau)\n").await?;
    ensure!(end["python"]["status"] == "ok", "the run ended with {end}");
    ensure!(printed == "hello 6.283185307179586\n", "it printed {printed:?}");
    let (end, printed) = run(&lab, "import sys\nprint('so far')\nsys.exit(3)\n").await?;
    ensure!(end["python"]["exit_code"] == 3 && printed == "so far\n", "sys.exit(3) is {end}, {printed:?}");
    Ok(())
}

/// The page as `cargo xtask serve` has it before Python is built; gives where it is then.
fn serve_without_python(stage: &Stage) -> Outcome<Folders> {
    let index = fs::read_to_string(stage.site.file("index.html"))?;
    let folder = |name: &str| page::fact(&index, name).map(str::to_owned).ok_or("the site is without Python");
    let folders = Folders { isolated: folder("python-isolated")?, threaded: folder("python-threaded")? };
    let index = page::without_fact(&page::without_fact(&index, "python-isolated"), "python-threaded");
    stage.site.break_files(&[Fault::new("index.html", FaultKind::Replaced(index.into()))]);
    Ok(folders)
}

/// What is asked to run meanwhile runs then; the page is not loaded again.
async fn python_that_is_still_being_built_opens_by_itself(stage: &Stage) -> Outcome {
    let folders = serve_without_python(stage)?;
    let tell = |state: State| {
        stage.site.add_file(build_progress::NAME, "application/json", state.to_json().into());
    };
    tell(State::Building { crates: 94, elapsed: Duration::from_secs(300) });
    let lab = open(stage, "").await?;
    lab.script("window.stays = true;", vec![]).await?;
    lab.until_status("94 parts so far, in 5 minutes").await?;
    lab.set(json!({ "code": "print('built')\n" })).await?;
    let index = lab.send("run", json!({})).await?;
    tell(State::Building { crates: 95, elapsed: Duration::from_secs(301) });
    lab.until_status("95 parts").await?;
    tell(State::Done(folders));
    let end = lab.end_within(index, PATIENCE).await?;
    ensure!(end.message["python"]["status"] == "ok", "the run ended with {}", end.message);
    let stays = lab.script("return window.stays === true;", vec![]).await?;
    ensure!(stays == json!(true), "the page was loaded again");
    Ok(())
}

/// Hosts know nothing of how far it is; one that could not build it says why.
async fn a_copy_without_python_says_so(stage: &Stage) -> Outcome {
    serve_without_python(stage)?;
    let lab = open(stage, "").await?;
    lab.until_status("was built without Python").await?;
    let asked = stage.site.requests().iter().filter(|path| path.ends_with(build_progress::NAME)).count();
    ensure!(asked == 1, "it was asked {asked} times how far Python is");
    let failed = State::Failed("error: no luck".into());
    stage.site.add_file(build_progress::NAME, "application/json", failed.to_json().into());
    let lab = open(stage, "").await?;
    lab.until_status("could not be built (error: no luck)").await?;
    Ok(())
}

async fn an_exception_points_at_its_line(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let (end, printed) = run(&lab, "def f(x):\n    return 1 / x\n\n\nf(0)\n").await?;
    ensure!(end["python"]["lines"] == json!([5, 2]), "the lines are {}", end["python"]["lines"]);
    ensure!(printed.ends_with("ZeroDivisionError: division by zero\n"), "it printed {printed:?}");
    let marked = stage.driver.find(By::Css(".line-numbers .marked")).await?.text().await?;
    ensure!(marked == "2", "line {marked} is marked");
    let (_, printed) = run(&lab, "for i in range(60_000): print(i)\n1 / 0\n").await?;
    ensure!(printed.contains(" lines were left out here.]"), "all of it is shown");
    ensure!(printed.ends_with("ZeroDivisionError: division by zero\n"), "the traceback is cut off with the rest");
    let (end, _) = run(&lab, "print('then'\n").await?;
    ensure!(end["python"]["status"] == "error", "a syntax error is {end}");
    Ok(())
}

async fn what_is_missing_says_why(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "for name in ('numba', 'socket', 'xmlrpc', 'no_such_module'):\n    try: __import__(name)\n    \
                except ImportError as why: print(why)\n";
    let (_, printed) = run(&lab, code).await?;
    let reasons = ["lab.kernels", "no network", "only what its lessons need", "No module named 'no_such_module'"];
    let said = printed.lines().zip(reasons).filter(|(line, reason)| line.contains(reason)).count();
    ensure!(said == reasons.len(), "it printed {printed:?}");
    let (_, printed) = run(&lab, "import gc\ngc.enable()\nprint(gc.collect(), gc.isenabled())\n").await?;
    ensure!(printed.contains("RuntimeWarning: reference cycles are not collected"), "it printed {printed:?}");
    ensure!(printed.contains("0 False"), "it printed {printed:?}");
    Ok(())
}

async fn another_program_comes_into_the_editor(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    stage.driver.find(By::Css("#setting-program option[value=shared-counter]")).await?.click().await?;
    let code = lab.script("return document.getElementById('code').value;", vec![]).await?;
    let code = code.as_str().unwrap_or_default();
    ensure!(code.contains("add_locked"), "the editor shows {code:?}");
    Ok(())
}

/// The browser keeps it; a key that is pressed in our program takes nothing away.
async fn a_changed_script_comes_back(stage: &Stage) -> Outcome {
    let value = "return document.getElementById('code').value;";
    let query = "&program=serial-loop";
    let lab = open(stage, query).await?;
    stage.driver.find(By::Id("code")).await?.send_keys("# mine").await?;
    let mine = lab.script(value, vec![]).await?;
    ensure!(mine.as_str().is_some_and(|it| it.ends_with("# mine")), "the editor shows {mine}");

    let lab = open(stage, query).await?;
    let ours = lab.script(value, vec![]).await?;
    ensure!(ours.as_str().is_some_and(|it| !it.contains("# mine")), "the link's program is {ours}");
    stage.driver.find(By::Id("code")).await?.send_keys("# other").await?;
    stage.driver.find(By::Id("your-version")).await?.click().await?;
    ensure!(lab.script(value, vec![]).await? == mine, "the changed script did not come back");
    stage.driver.find(By::Id("our-program")).await?.click().await?;
    ensure!(lab.script(value, vec![]).await? == ours, "our program did not come back");
    Ok(())
}

/// A field that cut what is pasted would lose its end without a word.
async fn a_script_that_is_too_long_is_told(stage: &Stage) -> Outcome {
    let lab = open(stage, "&program=serial-loop").await?;
    let paste = "
        const field = document.getElementById('code');
        field.focus();
        field.select();
        document.execCommand('insertText', false, arguments[0]);
        const answer = arguments[1];
        requestAnimationFrame(() => answer([field.value.length, document.getElementById('code-error').textContent]));";
    let long = format!("print('long')\n{}", "#".repeat(20_000));
    let pasted = lab.script_async(paste, vec![json!(long)]).await?;
    ensure!(pasted[0] == long.len(), "of the text {} characters are left", pasted[0]);
    let told = pasted[1].as_str().unwrap_or_default();
    ensure!(told.contains("20,014") && told.contains("20,000") && told.contains("as it was before"), "told: {told:?}");
    let (end, _) = lab.run_script(PATIENCE).await?;
    let refusal = end["message"].as_str().unwrap_or_default();
    ensure!(end["type"] == "error" && refusal.contains("20,014"), "another script than is seen was run: {end}");
    let pasted = lab.script_async(paste, vec![json!("print('short')")]).await?;
    ensure!(pasted[1] == "", "still told: {}", pasted[1]);
    let (_, printed) = lab.run_script(PATIENCE).await?;
    ensure!(printed == "short\n", "it printed {printed:?}");
    Ok(())
}

async fn a_block_is_written_with_plain_keys(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let index = lab.set(json!({ "code": "# mine\n" })).await?;
    let field = stage.driver.find(By::Id("code")).await?;
    field.send_keys(Key::Control + Key::End).await?;
    let [enter, backspace] = [Key::Enter, Key::Backspace].map(char::from);
    let lines = format!("for i in range(2):{enter}print(i){enter}{backspace}print('done')");
    field.send_keys(lines).await?;
    let written = lab.inside("return document.getElementById('code').value;", vec![]).await?;
    ensure!(written == "# mine\nfor i in range(2):\n    print(i)\nprint('done')", "the script is {written}");
    field.send_keys(Key::Control + Key::Enter).await?;
    let end = lab.end_within(index, PATIENCE).await?;
    ensure!(end.message["settings"]["code"] == written, "what ran is {}", end.message["settings"]["code"]);
    lab.until_printed("0\n1\ndone\n").await?;
    // What was inserted can be undone, as what was typed.
    field.send_keys(Key::Control + "z").await?;
    let left = lab.inside("return document.getElementById('code').value;", vec![]).await?;
    ensure!(left != written, "nothing is undone");
    Ok(())
}

async fn processes_run_the_scripts_functions(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "
from concurrent.futures import ProcessPoolExecutor

def square(x):
    return x * x

if __name__ == '__main__':
    with ProcessPoolExecutor(2) as executor:
        print(list(executor.map(square, range(5))))
";
    let (end, printed) = run(&lab, code).await?;
    ensure!(printed == "[0, 1, 4, 9, 16]\n", "it printed {printed:?}, and ended with {end}");
    ensure!(end["python"]["processes"] == 2, "{end}");
    five_tasks_are_on_the_timeline(&lab).await
}

/// Each call, in one of the processes; what they did is told by way of the script's memory, or by the page.
async fn five_tasks_are_on_the_timeline(lab: &Lab) -> Outcome {
    let rows = lab.spans().await?;
    let is_task = |row: &&Vec<String>| matches!(&row[..], [who, what, ..] if who.starts_with("process ") && what.starts_with("task"));
    let tasks = rows.iter().filter(is_task).count();
    ensure!(tasks == 5, "{tasks} tasks in {rows:?}");
    Ok(())
}

/// As in the race: keys go from span to span and zoom, and the lanes' colours are told.
async fn the_timeline_is_walked_and_zoomed(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "
import threading
def count():
    for _ in range(200000): pass
threads = [threading.Thread(target=count) for _ in range(2)]
for thread in threads: thread.start()
for thread in threads: thread.join()
";
    run(&lab, code).await?;
    let press = async |key: &str| -> Outcome<String> {
        let script = "
            const event = new KeyboardEvent('keydown', { key: arguments[0], bubbles: true, cancelable: true });
            document.getElementById('timeline').dispatchEvent(event);
            const frame = () => new Promise(requestAnimationFrame);
            return frame().then(frame).then(() => document.getElementById('timeline-figures').textContent);";
        Ok(lab.inside(script, vec![json!(key)]).await?.as_str().unwrap_or_default().to_owned())
    };
    let first = press("ArrowRight").await?;
    ensure!(first.starts_with("main thread · ") && first.contains("takes "), "first: {first:?}");
    let below = press("ArrowDown").await?;
    ensure!(below.starts_with("thread 1 · "), "below: {below:?}");
    press("+").await?;
    let script = "
        const keys = [...document.querySelectorAll('#lanes .key')].map((it) => it.dataset.executor);
        return [keys, document.getElementById('timeline-all').ariaDisabled];";
    let shown = lab.inside(script, vec![]).await?;
    ensure!(shown[1].is_null(), "zoomed in, and no way back");
    let keys = shown[0].as_array().ok_or("no legend")?;
    // The main thread's colour is there where it held the GIL in a way that no thread did.
    let is_known = |it: &Value| it == "thread" || it == "serial";
    ensure!(keys.contains(&json!("thread")), "the legend has the colours of {keys:?}");
    ensure!(keys.iter().all(is_known), "the legend has the colours of {keys:?}");
    Ok(())
}

async fn threads_share_what_they_see(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "
import threading
seen = []
threads = [threading.Thread(target=seen.append, args=(i,)) for i in range(3)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(sorted(seen))
";
    let (end, printed) = run(&lab, code).await?;
    ensure!(printed == "[0, 1, 2]\n", "it printed {printed:?}, and ended with {end}");
    ensure!(end["python"]["threads"] == 3, "{end}");
    Ok(())
}

/// In the script, in a thread and in a process; and back again.
async fn what_python_says_of_its_gil_follows_the_switch(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let program = python_programs::all()?.into_iter().find(|it| it.name == "gil_facts").ok_or("no such program")?;
    for (gil, said) in [("on", "True  False"), ("off", "False t True"), ("on", "True  False")] {
        lab.set(json!({ "gil": gil })).await?;
        let (end, printed) = run(&lab, &program.source).await?;
        let expected = format!("script {said}\nthread {said}\nprocess {said}\n");
        ensure!(printed == expected, "gil={gil}: it printed {printed:?}, and ended with {end}");
    }
    Ok(())
}

/// As in CPython: reading, calling, adding and writing is more than one step.
async fn a_shared_counter_loses_updates(stage: &Stage) -> Outcome {
    let lab = open(stage, "&program=shared-counter").await?;
    let (end, printed) = lab.run_script(PATIENCE).await?;
    ensure!(end["python"]["threads"] == 6, "{end}");
    let lost = |name: &str| {
        let line = printed.lines().find(|line| line.starts_with(name))?;
        line.rsplit(' ').next()?.parse::<u32>().ok()
    };
    ensure!(lost("add_number") == Some(0) && lost("add_locked") == Some(0), "it printed {printed:?}");
    ensure!(lost("add_result") > Some(0), "it printed {printed:?}");
    Ok(())
}

/// A course page's frame: processes are interpreters of their own all the same.
async fn without_shared_memory_processes_run_and_threads_say_why_not(stage: &Stage) -> Outcome {
    let deck = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url("index.html?lab=python"));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    let code = "
from concurrent.futures import ProcessPoolExecutor
import threading

def square(x):
    return x * x

if __name__ == '__main__':
    with ProcessPoolExecutor(2) as executor:
        print(list(executor.map(square, range(5))))
    try:
        threading.Thread(target=square, args=(1,)).start()
    except RuntimeError as error:
        print('refused:', error)
";
    let (end, printed) = run(&lab, code).await?;
    ensure!(printed.starts_with("[0, 1, 4, 9, 16]\nrefused: "), "it printed {printed:?}, and ended with {end}");
    five_tasks_are_on_the_timeline(&lab).await
}

/// Whether or not memory is shared, and in whatever way the script waits: see
/// python/src/stack.rs. CPython's own programs have more kinds of recursion.
async fn endless_recursion_is_caught(stage: &Stage) -> Outcome {
    let code = "
import functools

@functools.cache
def cached(n):
    return cached(n + 1)

def sorting(n):
    return sorted([2, 1], key=lambda _: sorting(n + 1))

class Mirror:
    def __getattr__(self, name):
        return getattr(self, name + 'x')

for call in (lambda: cached(0), lambda: sorting(0), lambda: Mirror().a):
    try:
        call()
    except RecursionError:
        print('caught')
";
    let all_caught = async |lab: &Lab| -> Outcome {
        let (end, printed) = run(lab, code).await?;
        ensure!(printed == "caught\ncaught\ncaught\n", "it printed {printed:?}, and ended with {end}");
        Ok(())
    };
    all_caught(&open(stage, "").await?).await?;
    let deck = Site::start_not_isolated()?;
    let frame = Frame::new("lab", stage.site.url("index.html?lab=python"));
    all_caught(&host::open_one(stage, &deck, "localhost", frame).await?).await
}

async fn an_endless_loop_is_stopped(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let index = run_until(&lab, ENDLESS, "on").await?;
    stop(&lab, index).await?;
    let (end, printed) = run(&lab, "print('again')\n").await?;
    ensure!(printed == "again\n", "the next run ended with {end}");
    Ok(())
}

/// However much is printed, the page has time for Stop.
async fn an_endless_print_is_stopped(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "i = 0\nwhile True:\n    print('line', i)\n    i += 1\n";
    let index = run_until(&lab, code, "lines were left out here").await?;
    stop(&lab, index).await
}

/// Lines are written over, as progress bars do; colours are colours; and what else is for a terminal is not seen.
async fn the_console_is_a_terminal(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = r#"
import sys, time
for i in range(1, 4):
    print(f"\rstep {i}/3", end="", flush=True)
    time.sleep(0.05)
print("\ncol\tcol2\nbell\a back\bspace \x1b[31mred\x1b[0m \x1b[1;97;44mon blue\x1b[m done")
print("\x1b]0;a title\x07\x1b[?25lnothing\x1b[2J\x1b[", end="", flush=True)
print("32mgreen\x1b[39m of two pieces")
for i in range(0, 101, 20):
    print(f"\r{i:3}%|{'#' * (i // 20):<5}| {i}/100", end="", file=sys.stderr, flush=True)
print("\nlong line\rx\x1b[K", file=sys.stderr)
"#;
    let (_, printed) = run(&lab, code).await?;
    let expected = "step 3/3\ncol\tcol2\nbell bacspace red on blue done\nnothinggreen of two pieces\n\
                    100%|#####| 100/100\nx\n";
    ensure!(printed == expected, "it shows {printed:?}");
    let script = "
        const spans = [...document.querySelectorAll('#output span')];
        const of = (text) => getComputedStyle(spans.find((it) => it.textContent === text));
        const plain = getComputedStyle(document.getElementById('output'));
        const [red, blue, green] = [of('red'), of('on blue'), of('green')];
        return [
            new Set([plain, red, blue, green].map((it) => it.color)).size, blue.fontWeight,
            blue.backgroundColor !== plain.backgroundColor,
            document.querySelector('#output .stderr').textContent,
        ];";
    let shown = lab.script(script, vec![]).await?;
    ensure!(shown == json!([4, "700", true, "100%|#####| 100/100\nx\n"]), "the colours are {shown}");
    let (_, printed) = run(&lab, "print('then')\n").await?;
    ensure!(printed == "then\n", "the next run shows {printed:?}");
    Ok(())
}

async fn of_a_long_output_the_first_and_the_last_lines_are_kept(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "for i in range(20_000): print('line', i)\nprint('end')\n";
    let (_, printed) = run(&lab, code).await?;
    let whole: String = (0..20_000).map(|it| format!("line {it}\n")).collect();
    ensure!(printed == whole + "end\n", "{} bytes are shown of what a course may print", printed.len());
    let (_, printed) = run(&lab, "for i in range(60_000): print('line', i)\nprint('end')\n").await?;
    let (before, rest) = printed.split_once("\n[").ok_or("nothing was left out")?;
    let (said, after) = rest.split_once("]\n").ok_or("no sentence says how much was left out")?;
    let left_out = said.strip_suffix(" lines were left out here.").ok_or_else(|| format!("it says {said:?}"))?;
    let left_out: usize = left_out.replace(',', "").parse()?;
    let count = |text: &str| text.lines().filter(|it| !it.is_empty()).count();
    ensure!(before.starts_with("line 0\nline 1\n") && after.ends_with("line 59999\nend\n"), "they are others");
    let all = count(before) + left_out + count(after);
    ensure!(all == 60_001, "{} lines, {left_out} left out, {} lines", count(before), count(after));
    Ok(())
}

/// What a `set` stops, the `run` behind it does not wait for in vain.
async fn a_run_that_is_asked_for_while_another_stops_follows(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let first = run_until(&lab, ENDLESS, "on").await?;
    lab.set(json!({ "lab": "race", "code": "print('then')\n" })).await?;
    let then = lab.send("run", json!({})).await?;
    let end = lab.end_within(first, PATIENCE).await?;
    ensure!(end.kind() == "stopped", "the loop ended with {}", end.message);
    let end = lab.next_within(then, &["finished", "error"], PATIENCE).await?;
    ensure!(end.kind() == "finished" && end.message["lab"] == "python", "the next run ended with {}", end.message);
    Ok(())
}

/// More than would fit into the memory at the same time.
async fn threads_come_and_go(stage: &Stage) -> Outcome {
    let lab = open(stage, "").await?;
    let code = "
import threading
seen = []
for i in range(130):
    thread = threading.Thread(target=seen.append, args=(i,))
    thread.start()
    thread.join()
print(len(seen))
";
    let (end, printed) = run(&lab, code).await?;
    ensure!(printed == "130\n", "it printed {printed:?}, and ended with {end}");
    Ok(())
}

async fn the_script_travels_in_the_link(stage: &Stage) -> Outcome {
    let lab = open(stage, "&code=print(%22from%20a%20link%22)%0A").await?;
    let (end, printed) = lab.run_script(PATIENCE).await?;
    ensure!(end["settings"]["code"] == "print(\"from a link\")\n", "{}", end["settings"]["code"]);
    ensure!(printed == "from a link\n", "it printed {printed}");

    // A long one stands behind the hash, which no server sees.
    lab.set(json!({ "code": format!("print('far')\n{}", "# on\n".repeat(600)) })).await?;
    let script = "
        const [answer] = arguments;
        const look = () => location.hash ? answer([location.href, location.search]) : setTimeout(look, 20);
        look();";
    let link = lab.script_async(script, vec![]).await?;
    ensure!(link[1] == "?lab=python", "the query is {}", link[1]);
    stage.driver.goto("about:blank").await?;
    stage.driver.goto(link[0].as_str().unwrap_or_default()).await?;
    lab.ready_after_reload().await?;
    let (_, printed) = lab.run_script(PATIENCE).await?;
    ensure!(printed == "far\n", "it printed {printed}");
    // Another one, pasted over it.
    let paste = "document.title = 'Before'; location.hash = '#code=print(%22other%22)';";
    lab.script(paste, vec![]).await?;
    lab.ready_after_reload_of("Parallel Lab").await?;
    let (_, printed) = lab.run_script(PATIENCE).await?;
    ensure!(printed == "other\n", "it printed {printed}");
    Ok(())
}

async fn a_third_of_the_programs_print_what_cpython_prints(stage: &Stage) -> Outcome {
    compare_programs(stage, 0).await
}

async fn another_third_of_the_programs_print_what_cpython_prints(stage: &Stage) -> Outcome {
    compare_programs(stage, 1).await
}

async fn the_last_third_of_the_programs_print_what_cpython_prints(stage: &Stage) -> Outcome {
    compare_programs(stage, 2).await
}

/// Every third program, from that one on; all that differ are named.
async fn compare_programs(stage: &Stage, from: usize) -> Outcome {
    let lab = open(stage, "").await?;
    let programs: Vec<_> = python_programs::all()?.into_iter().skip(from).step_by(3).collect();
    lab.compare_programs(&programs, PATIENCE).await
}
