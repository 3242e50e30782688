//! What does not arrive, or may not run: whatever the host, the network or the page
//! around does, a person sees what is the matter, what may help, and a way to the lab in
//! a tab of its own. And on a first visit each of several frames gets what one alone gets.

use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

use browser_tests::browser::program;
use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::report::{EXECUTORS, all_ok_with_hash, check_sentence, only_ok_with_hash, result_of};
use browser_tests::site::{Fault, FaultKind, Isolation, Site};
use browser_tests::{Kind, Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;

/// What no file of the site is.
const LOGIN: &str = "<!DOCTYPE html><title>Welcome to the hotel's network</title><p>Please log in.";
/// All of the page's program.
const PROGRAM: [&str; 2] = ["parallel-lab-*", "ui-*"];
/// Without shared memory, or without what starts threads.
const WITHOUT_THREADS: [&str; 3] = ["serial", "vectorized", "process"];

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            three_frames_on_a_first_visit,
            a_frame_that_anothers_worker_has_taken_over,
            a_worker_that_comes_too_late_is_the_reason,
            a_policy_without_blob_workers,
            no_script_runs;
        either:
            a_web_page_comes_instead_of_the_program,
            a_web_page_comes_instead_of_the_script,
            a_web_page_comes_instead_of_an_engine,
            the_host_refuses_the_program,
            the_host_lacks_a_part,
            the_address_lacks_its_last_slash,
            another_site_answers_without_the_last_slash,
            put_into_a_document_as_text,
            the_offered_frame_stays_a_frame_in_one_file,
            a_new_version_takes_the_threads_away,
            a_new_version_takes_python_away,
            six_frames_on_a_first_visit,
            a_new_version_takes_the_program_away,
            a_policy_without_workers,
            a_policy_without_webassembly;
        chromium:
            a_page_that_is_isolated_itself;
    ],
);

fn policy(text: &str) -> Fault {
    Fault::new("*", FaultKind::Header("Content-Security-Policy".into(), text.into()))
}

/// These files are another page.
fn pages(files: &str) -> [Fault; 3] {
    [
        // For ever would be for the mended site, too.
        Fault::new(files, FaultKind::Header("Cache-Control".into(), "no-cache".into())),
        Fault::new(files, FaultKind::Replaced(LOGIN.into())),
        Fault::new(files, FaultKind::ContentType("text/html; charset=utf-8".into())),
    ]
}

/// Waits until a person can read this, and gives all that can be read.
async fn reads(lab: &Lab, words: &str) -> Outcome<String> {
    let question = "
        const text = document.body?.innerText ?? '';
        return text.includes(arguments[0]) && text;";
    let what = format!("{words:?} on the page");
    let text = match lab.comes(&what, question, vec![json!(words)]).await {
        // A frame begins with an empty page, whose scripts end with it.
        Err(error) if error.to_string().contains("unloaded") => lab.comes(&what, question, vec![json!(words)]).await?,
        text => text?,
    };
    Ok(text.as_str().unwrap_or_default().to_owned())
}

/// A link to the same lab, in a tab of its own, is in sight without scrolling.
async fn offers_a_tab(lab: &Lab) -> Outcome {
    let script = "
        const link = [...document.links].find((link) => link.target === '_blank' && link.checkVisibility({ visibilityProperty: true }));
        const { bottom, height } = link?.getBoundingClientRect() ?? {};
        return link ? [link.pathname === location.pathname, height > 0 && bottom <= innerHeight] : ['no link'];";
    let offered = lab.inside(script, vec![]).await?;
    ensure!(offered == json!([true, true]), "a link to this page, in sight: {offered}");
    Ok(())
}

/// Opens the lab of this site in a small frame of a plain page, and does not wait.
async fn open_small(stage: &Stage, site: &Site) -> Outcome<Lab> {
    let deck = Site::start_not_isolated()?;
    let source = site.url("index.html?embed&amp;members=5");
    let html = format!(
        "<!DOCTYPE html><title>A slide</title><script src=\"/recorder.js\"></script>\
         <iframe id=\"lab\" src=\"{source}\" width=480 height=320 style=\"border: 0\"></iframe>"
    );
    stage.driver.goto(deck.url_on("localhost", &deck.add_page("slide.html", html))).await?;
    Ok(Lab::framed(&stage.driver, "lab"))
}

/// The lab fails to load there, for this reason, and says so to the page around it too.
async fn fails_with(stage: &Stage, faults: &[Fault], words: &str) -> Outcome<Lab> {
    stage.site.break_files(faults);
    let lab = open_small(stage, &stage.site).await?;
    let error = lab.next(0, &["error"]).await?;
    let sentence = error.message["message"].as_str().unwrap_or_default();
    check_sentence(&error.message["message"])?;
    ensure!(sentence.contains(words), "{words:?} is not in {sentence:?}");
    reads(&lab, sentence).await?;
    offers_a_tab(&lab).await?;
    Ok(lab)
}

/// A race in all that can take part.
async fn only_these_work(lab: &Lab, executors: &[&str]) -> Outcome<Value> {
    let case = Case::native(37, 700, 12);
    let finished = lab.race_with(case.params_and(json!({ "repeats": 2, "workers": 2 }))).await?;
    only_ok_with_hash(&finished, executors, &case.final_fnv1a64)?;
    Ok(finished)
}

// ------------------------------------------------------- a first visit of several frames

/// Opens a page with these frames of a plain host that nobody has visited, and gives what
/// each says of itself.
async fn first_visit(stage: &Stage, site: &Site, queries: &[String]) -> Outcome<Vec<Value>> {
    let deck = Site::start_not_isolated()?;
    let ids: Vec<_> = (0..queries.len()).map(|number| format!("lab{number}")).collect();
    let frames: Vec<_> =
        ids.iter().zip(queries).map(|(id, query)| Frame::new(id, site.url(&format!("index.html?{query}")))).collect();
    host::open(stage, &deck, "localhost", &frames).await?;
    let mut all = Vec::new();
    for id in &ids {
        all.push(Lab::framed(&stage.driver, id).ready().await?["capabilities"].clone());
    }
    Ok(all)
}

fn page_loads(site: &Site) -> usize {
    site.requests().iter().filter(|path| path.ends_with("index.html")).count()
}

/// Else a frame that stands asks for the page once more, to keep it for offline use.
fn nothing_is_kept() -> Fault {
    Fault::new("files.json", FaultKind::Denied)
}

/// In Chromium every frame has threads, after one reload at most; in Firefox none has, for
/// a reason that is true.
async fn each_gets_what_one_alone_gets(stage: &Stage, site: &Site, queries: &[String]) -> Outcome {
    let all = first_visit(stage, site, queries).await?;
    for (number, capabilities) in all.iter().enumerate() {
        let (threads, reason) = (&capabilities["threads"], &capabilities["threads_reason"]);
        let is_true = reason.as_str().is_some_and(|it| it.contains("inside this one"));
        let holds = if stage.kind == Kind::Chromium { *threads == true } else { is_true };
        ensure!(holds, "frame {number} of {}: {reason}", all.len());
    }
    ensure!(page_loads(site) <= 2 * queries.len(), "{} loads of {} frames", page_loads(site), queries.len());
    Ok(())
}

fn queries(count: usize) -> Vec<String> {
    (0..count).map(|number| format!("embed&members={}", number + 5)).collect()
}

async fn three_frames_on_a_first_visit(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[nothing_is_kept()]);
    each_gets_what_one_alone_gets(stage, &site, &queries(3)).await
}

async fn six_frames_on_a_first_visit(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[nothing_is_kept()]);
    each_gets_what_one_alone_gets(stage, &site, &queries(6)).await
}

/// The second frame's document comes before the first one's service worker, its scripts after.
async fn a_frame_that_anothers_worker_has_taken_over(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.add_file("slow.js", "text/javascript", b"".to_vec());
    site.insert("if (location.search.includes('slow')) document.write('<script src=slow.js></scr' + 'ipt>');");
    let is_slow = Fault::new("slow.js", FaultKind::Delayed(Duration::from_secs(3)));
    site.break_files(&[is_slow, nothing_is_kept()]);
    let queries = ["embed&members=5".to_owned(), "embed&members=6&slow".to_owned()];
    each_gets_what_one_alone_gets(stage, &site, &queries).await
}

async fn a_worker_that_comes_too_late_is_the_reason(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("service-worker.js", FaultKind::Stalled)]);
    let said = first_visit(stage, &site, &queries(1)).await?;
    let expected = if stage.kind == Kind::Chromium { "not there yet" } else { "inside this one" };
    let reason = said[0]["threads_reason"].as_str().unwrap_or_default();
    ensure!(reason.contains(expected), "the reason is {reason:?}");
    Ok(())
}

// -------------------------------------------------------------------------- policies

async fn a_policy_without_webassembly(stage: &Stage) -> Outcome {
    fails_with(stage, &[policy("script-src 'self'")], "'wasm-unsafe-eval'").await.map(drop)
}

async fn a_policy_without_blob_workers(stage: &Stage) -> Outcome {
    stage.site.break_files(&[policy("worker-src 'self'")]);
    let lab = stage.open("").await?;
    only_these_work(&lab, &EXECUTORS).await?;
    // The whole of what docs/hosting.md names, without `blob:`.
    let own = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; worker-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self' data: blob:";
    stage.site.break_files(&[policy(own)]);
    let lab = stage.open("").await?;
    only_these_work(&lab, &EXECUTORS).await.map(drop)
}

async fn a_policy_without_workers(stage: &Stage) -> Outcome {
    stage.site.break_files(&[policy("worker-src 'none'")]);
    let lab = stage.open("").await?;
    let ready = lab.ready().await?;
    let reason = ready["capabilities"]["processes_reason"].as_str().unwrap_or_default();
    ensure!(reason.contains("worker-src"), "the reason is {reason:?}");
    only_these_work(&lab, &["serial"]).await?;
    // The same reason where Python would have run.
    let lab = stage.load("index.html?embed&lab=python").await?;
    lab.until_status("worker-src").await
}

/// Hosts, networks and pages that let none of the page's own scripts run.
async fn no_script_runs(stage: &Stage) -> Outcome {
    let wrong_type = |files: &str| Fault::new(files, FaultKind::ContentType("text/plain".into()));
    let cases = [
        ("script-src 'none'", vec![policy("script-src 'none'")]),
        ("sandbox", vec![policy("sandbox")]),
        ("wrong types", vec![wrong_type("*.js"), wrong_type("*.css")]),
        ("scripts are refused", vec![Fault::new("*.js", FaultKind::Denied)]),
        ("all files are refused", vec![Fault::new("*.js", FaultKind::Denied), Fault::new("*.css", FaultKind::Denied)]),
        ("scripts are a login page", pages("*.js").to_vec()),
        ("all files are a login page", [pages("*.js"), pages("*.css"), pages("*.wasm")].concat()),
    ];
    // Firefox shows nothing of a page before all its styles are there.
    let hangs = ("a style hangs", vec![Fault::new("behind-*.css", FaultKind::Stalled)]);
    let cases: Vec<_> = cases.into_iter().chain((stage.kind == Kind::Chromium).then_some(hangs)).collect();
    let deck = Site::start_not_isolated()?;
    let mut sites = Vec::new();
    let mut html = String::new();
    for (number, (_, faults)) in cases.iter().enumerate() {
        let site = Site::start()?;
        site.break_files(faults);
        let source = site.url("index.html?embed");
        html += &format!("<iframe id=\"lab{number}\" src=\"{source}\" width=480 height=320></iframe>");
        sites.push(site);
    }
    // A page with a file that hangs is never loaded: the driver would wait for it.
    let page = "<!DOCTYPE html><title>Slides</title><script src=\"/recorder.js\"></script>".to_owned();
    stage.driver.goto(deck.url_on("localhost", &deck.add_page("slides.html", page))).await?;
    let around = Lab::framed(&stage.driver, "lab0");
    around.script("document.body.innerHTML = arguments[0];", vec![json!(html)]).await?;
    // Before the sentence comes there is no blank page either.
    for number in 0..cases.len() {
        reads(&Lab::framed(&stage.driver, &format!("lab{number}")), "Parallel Lab").await?;
    }
    for (number, (case, _)) in cases.iter().enumerate() {
        let id = format!("lab{number}");
        // Time stands still in a frame that is out of sight.
        around.script("document.getElementById(arguments[0]).scrollIntoView();", vec![json!(id)]).await?;
        let lab = Lab::framed(&stage.driver, &id);
        let shown = async {
            let text = reads(&lab, "its scripts, and they have not started here").await?;
            ensure!(!text.contains("switched off here."), "it is said to be the person's doing: {text}");
            offers_a_tab(&lab).await
        };
        shown.await.map_err(|error| format!("{case}: {error}"))?;
    }
    Ok(())
}

// ----------------------------------------------------------------- what comes instead

async fn a_web_page_comes_instead_of_the_program(stage: &Stage) -> Outcome {
    fails_with(stage, &[pages("*.wasm"), pages("ui-*")].concat(), "instead of its program a web page came").await?;
    // It may even be called a program.
    let of_type = FaultKind::ContentType("application/wasm".into());
    let as_wasm = [Fault::new("*.wasm", FaultKind::Replaced(LOGIN.into())), Fault::new("*.wasm", of_type)];
    stage.site.move_elsewhere()?;
    stage.site.break_files(&as_wasm);
    // There is the packed copy.
    open_small(stage, &stage.site).await?.ready().await.map(drop)
}

async fn a_web_page_comes_instead_of_the_script(stage: &Stage) -> Outcome {
    fails_with(stage, &pages("parallel-lab-*.js"), "instead of its program a web page came").await.map(drop)
}

async fn a_web_page_comes_instead_of_an_engine(stage: &Stage) -> Outcome {
    stage.site.break_files(&[pages("engine-threaded-*"), pages("python-*.wasm"), pages("python-*worker.js")].concat());
    let lab = stage.open("").await?;
    let finished = only_these_work(&lab, &WITHOUT_THREADS).await?;
    let reason = &result_of(&finished, "thread")?["reason"];
    check_sentence(reason)?;
    ensure!(reason.as_str().is_some_and(|it| it.contains("a web page came instead")), "the reason is {reason}");
    let lab = stage.open("lab=python").await?;
    let said = reads(&lab, "a web page came instead").await?;
    ensure!(!said.contains("magic word") && !said.contains("token"), "the browser's words: {said}");
    Ok(())
}

async fn the_host_refuses_the_program(stage: &Stage) -> Outcome {
    let faults = PROGRAM.map(|files| Fault::new(files, FaultKind::Denied));
    fails_with(stage, &faults, "refuses a file").await.map(drop)
}

async fn the_host_lacks_a_part(stage: &Stage) -> Outcome {
    let lacking = [Fault::new("parallel-lab-*_shared.wasm", FaultKind::Missing)];
    let lab = fails_with(stage, &lacking, "lacks a file").await?;
    // Mended, the link leads to it.
    stage.site.break_files(&[]);
    let link = lab.inside("return document.getElementById('boot-alone').href;", vec![]).await?;
    let link = link.as_str().unwrap_or_default();
    ensure!(!link.contains("embed") && link.contains("members=5"), "it leads to {link}");
    stage.driver.goto(link).await?;
    Lab::unframed(&stage.driver).ready().await.map(drop)
}

// -------------------------------------------------------------------------- addresses

/// The page as a host without redirects sends it for the folder's name.
fn answers_without_slash(site: &Site) -> Outcome {
    site.add_file("courses/lab", "text/html", std::fs::read(site.file("index.html"))?);
    Ok(())
}

async fn opens_without_slash(stage: &Stage, site: &Site) -> Outcome {
    stage.driver.goto(site.url("").trim_end_matches('/').to_owned() + "?members=12#x").await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready_after_reload().await?;
    let at = lab.script("return [location.pathname, location.search, history.length];", vec![]).await?;
    ensure!(at[0] == "/courses/lab/" && at[1] == "?members=12", "it is at {at}");
    let finished = only_these_work(&lab, &EXECUTORS).await?;
    ensure!(finished["settings"]["members"] == 37, "{finished}");
    Ok(())
}

async fn the_address_lacks_its_last_slash(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/courses/lab/")?;
    answers_without_slash(&site)?;
    opens_without_slash(stage, &site).await
}

/// Where a host answers every address that it does not know with a page.
async fn another_site_answers_without_the_last_slash(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/courses/lab/")?;
    answers_without_slash(&site)?;
    for entry in std::fs::read_dir(site.file("."))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        if name.contains('.') {
            site.add_file(&format!("courses/{name}"), "text/html", LOGIN.into());
        }
    }
    opens_without_slash(stage, &site).await
}

// ------------------------------------------------------------- documents that are one file

/// What pandoc makes of this HTML, as one file, served by `site`.
async fn in_one_file(stage: &Stage, site: &Site, frame: &str) -> Outcome<Lab> {
    let folder: PathBuf = std::env::temp_dir().join(format!("parallel-lab-inlined-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    std::fs::write(folder.join("slide.md"), format!("---\ntitle: A slide\n---\n\n{frame}\n"))?;
    let mut pandoc = Command::new(program("PARALLEL_LAB_PANDOC")?);
    let done = pandoc.args(["--standalone", "--embed-resources", "slide.md"]).current_dir(&folder).output()?;
    let _ = std::fs::remove_dir_all(&folder);
    let html =
        String::from_utf8_lossy(&done.stdout).replacen("<head>", "<head><script src=\"/recorder.js\"></script>", 1);
    ensure!(html.contains("<iframe"), "pandoc made {html:?}: {}", String::from_utf8_lossy(&done.stderr));
    stage.driver.goto(site.url(&site.add_page("document.html", html))).await?;
    Ok(Lab::framed(&stage.driver, "lab"))
}

async fn put_into_a_document_as_text(stage: &Stage) -> Outcome {
    let source = stage.site.url("index.html?embed");
    let frame = format!("<iframe id=\"lab\" src=\"{source}\" width=\"480\" height=\"320\"></iframe>");
    let lab = in_one_file(stage, &stage.site, &frame).await?;
    let said = reads(&lab, "data-external=\"1\"").await?;
    ensure!(said.contains("put into another document") && !said.contains("Loading"), "it says {said}");
    Ok(())
}

/// The lines that the dialog offers, in such a document.
async fn the_offered_frame_stays_a_frame_in_one_file(stage: &Stage) -> Outcome {
    let lab = stage.open("members=9").await?;
    lab.appears("#embed").await?;
    stage.driver.find(By::Id("embed")).await?.click().await?;
    lab.appears("#embed-dialog:modal").await?;
    let lines = lab.script("return document.getElementById('embed-lines').value;", vec![]).await?;
    let frame = lines.as_str().unwrap_or_default().replacen("<iframe ", "<iframe id=\"lab\" ", 1);
    let lab = in_one_file(stage, &stage.site, &frame).await?;
    lab.ready().await?;
    ensure!(lab.race().await?["settings"]["members"] == 9, "the settings are lost");
    Ok(())
}

// --------------------------------------------------------------------- a new version

async fn is_told_to_reload(lab: &Lab) -> Outcome {
    reads(lab, "This page is older than the site").await?;
    let link = lab.script("return document.getElementById('boot-reload').checkVisibility();", vec![]).await?;
    ensure!(link == true, "there is no link that reloads the page");
    Ok(())
}

/// The host has a new version, and what of the old one a page that is open has not fetched yet is gone.
async fn a_new_version_takes_the_threads_away(stage: &Stage) -> Outcome {
    // Hosts answer what is gone with an error, or with their own page.
    for faults in [vec![], [pages("engine-*"), pages("python-*/*")].concat()] {
        let site = Site::start()?;
        stage.driver.goto(site.url("index.html?members=5")).await?;
        let lab = Lab::unframed(&stage.driver);
        lab.ready().await?;
        site.release("second")?;
        site.break_files(&faults);
        lab.set(json!({ "members": 41 })).await?;
        let end = lab.race_to_any_end().await?;
        if end.kind() == "finished" {
            let reason = &result_of(&end.message, "thread")?["reason"];
            check_sentence(reason)?;
            ensure!(reason.as_str().is_some_and(|it| it.contains("older than the site")), "the reason is {reason}");
        }
        is_told_to_reload(&lab).await?;
        site.break_files(&[]);
        stage.driver.find(By::Id("boot-reload")).await?.click().await?;
        lab.ready_after_reload_of("Parallel Lab second").await?;
        let case = Case::native(41, 5000, 42);
        let finished = lab.race_with(json!({ "repeats": 1, "workers": 2 })).await?;
        ensure!(finished["settings"]["members"] == 41, "the settings are lost");
        all_ok_with_hash(&finished, &case.final_fnv1a64)?;
    }
    Ok(())
}

/// Types into the editor as a person does, at its end.
async fn type_script(lab: &Lab, text: &str) -> Outcome {
    lab.appears("#code").await?;
    let script = "
        const editor = document.getElementById('code');
        editor.focus();
        editor.value = arguments[0];
        editor.dispatchEvent(new Event('input', { bubbles: true }));";
    lab.script(script, vec![json!(text)]).await.map(drop)
}

async fn a_new_version_takes_python_away(stage: &Stage) -> Outcome {
    for faults in [vec![Fault::new("python-*/*", FaultKind::Missing)], pages("python-*/*").to_vec()] {
        let site = Site::start()?;
        // It is on its way when the host changes.
        site.break_files(&[Fault::new("python-*/*", FaultKind::Stalled)]);
        stage.driver.goto(site.url("index.html?lab=python")).await?;
        let lab = Lab::unframed(&stage.driver);
        lab.ready().await?;
        type_script(&lab, "print('typed by hand')").await?;
        site.release("second")?;
        site.break_files(&faults);
        // What was on its way is cut off; Run asks again.
        lab.until_status("could not be started").await?;
        let end = lab.race_to_any_end().await?;
        ensure!(end.kind() == "error" && end.message["code"] == "python", "{}", end.message);
        let sentence = end.message["message"].as_str().unwrap_or_default();
        ensure!(sentence.contains("older than the site") && !sentence.contains("token"), "it says {sentence:?}");
        is_told_to_reload(&lab).await?;
        site.break_files(&[]);
        stage.driver.find(By::Id("boot-reload")).await?.click().await?;
        lab.ready_after_reload_of("Parallel Lab second").await?;
        lab.race().await?;
        lab.until_printed("typed by hand").await?;
    }
    Ok(())
}

/// The page itself came from a cache, its files are gone.
async fn a_new_version_takes_the_program_away(stage: &Stage) -> Outcome {
    let old = std::fs::read(stage.site.file("index.html"))?;
    stage.site.release("second")?;
    // Only the first answer is the old page.
    let text = String::from_utf8_lossy(&old).replace("parallel-lab-", "gone-");
    let rename = format!("history.replaceState(null, '', '{}');", stage.site.url("index.html"));
    let script = stage.site.add_file("rename.js", "text/javascript", rename.into());
    let text = xtask::page::with_first_script(
        &text,
        &format!("<script src=\"/recorder.js\"></script><script src=\"/{script}\"></script>"),
    );
    let page = stage.site.add_page("old.html", text);
    let lab = stage.load(&page).await?;
    let error = lab.next(0, &["error"]).await?;
    ensure!(
        error.message["message"].as_str().is_some_and(|it| it.contains("older than the site")),
        "{}",
        error.message
    );
    stage.driver.find(By::Id("boot-reload")).await?.click().await?;
    lab.ready_after_reload_of("Parallel Lab second").await.map(drop)
}

// ------------------------------------------------------------------------ the page around

/// It frames only what is isolated too, or what keeps to itself.
async fn a_page_that_is_isolated_itself(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let deck = &stage.site;
    let source = site.url("index.html?embed");
    for (attribute, comes) in [("", false), ("credentialless", true)] {
        let html = format!(
            "<!DOCTYPE html><title>A course</title><script src=\"/recorder.js\"></script>\
             <iframe id=\"lab\" src=\"{source}\" width=960 height=600 allow=\"cross-origin-isolated\" {attribute}></iframe>"
        );
        stage.driver.goto(deck.url_on("localhost", &deck.add_page("course.html", html))).await?;
        let lab = Lab::framed(&stage.driver, "lab");
        let isolated = lab.script("return crossOriginIsolated;", vec![]).await?;
        ensure!(isolated == true, "the page around is not isolated");
        let ready = lab.try_next(0, &["ready"], Duration::from_secs(if comes { 60 } else { 2 })).await?;
        ensure!(ready.is_some() == comes, "{attribute:?}: ready is {}", ready.is_some());
        if comes {
            only_these_work(&lab, &EXECUTORS).await?;
        }
    }
    // The dialog offers it.
    let lab = stage.open("members=5").await?;
    lab.appears("#embed").await?;
    stage.driver.find(By::Id("embed")).await?.click().await?;
    lab.appears("#embed-dialog:modal").await?;
    stage.driver.find(By::Id("embed-isolated")).await?.click().await?;
    let lines = lab.script("return document.getElementById('embed-lines').value;", vec![]).await?;
    ensure!(lines.as_str().is_some_and(|it| it.contains(" credentialless ")), "the lines are {lines}");
    Ok(())
}
