//! What the site's service worker keeps: the lab works offline after the first
//! visit, a new version is offered and never mixed with the old one, and where
//! nothing can be kept the lab works as if there were no worker.

use browser_tests::expected::Case;
use browser_tests::report::all_ok_with_hash;
use browser_tests::site::{Fault, FaultKind, Isolation, Site};
use browser_tests::{Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};
use thirtyfour::By;

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            offline_after_the_first_visit,
            a_new_version_is_offered_and_not_mixed,
            storage_is_full,
            files_of_other_sites_stay,
            a_retired_worker_leaves,
            the_page_can_forget_the_worker;
        either:
            a_new_version_waits_for_the_run,
            a_damaged_file_is_not_kept,
            it_can_be_installed,
            offline_where_headers_isolate,
            nothing_is_fetched_for_offline_use_before_ready,
            python_is_kept_when_it_is_opened,
            a_worker_of_an_old_version_without_its_files;
    ],
);

async fn open(stage: &Stage, site: &Site, query: &str) -> Outcome<Lab> {
    stage.driver.goto(site.url(&format!("index.html?{query}"))).await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready_after_reload().await?;
    Ok(lab)
}

/// Opens the page again, from wherever it comes; the recorder is not in what was kept.
async fn open_from_cache(stage: &Stage, site: &Site, query: &str) -> Outcome<(Lab, Value)> {
    stage.driver.goto(site.url(&format!("index.html?{query}"))).await?;
    let lab = Lab::unframed(&stage.driver);
    let ready = lab.record().await?;
    Ok((lab, ready))
}

/// All four executors run, to the bit.
async fn everything_runs(lab: &Lab) -> Outcome {
    let case = Case::native(37, 700, 12);
    let finished = lab.race_with(case.params_and(json!({ "repeats": 2, "workers": 2, "start": "spawn" }))).await?;
    all_ok_with_hash(&finished, &case.final_fnv1a64)
}

async fn title(lab: &Lab) -> Outcome<String> {
    Ok(lab.script("return document.title;", vec![]).await?.as_str().unwrap_or_default().to_owned())
}

/// The site's caches, by the versions that they belong to.
async fn kept_versions(lab: &Lab) -> Outcome<Value> {
    let script = "
        const [answer] = arguments;
        caches.keys().then((names) => answer(names.map((name) => name.split(' ').pop())));";
    lab.script_async(script, vec![]).await
}

async fn build(lab: &Lab) -> Outcome<Value> {
    lab.script("return document.querySelector('meta[name=parallel-lab]').dataset.build;", vec![]).await
}

async fn offline_on(stage: &Stage, isolation: Isolation) -> Outcome {
    let site = Site::start_with_worker(isolation, "/courses/lab/")?;
    let lab = open(stage, &site, "members=5").await?;
    lab.kept().await?;
    site.go_offline();
    for page in ["members=6", ""] {
        let (lab, ready) = open_from_cache(stage, &site, page).await?;
        ensure!(ready["capabilities"]["threads"] == true, "offline: {ready}");
        everything_runs(&lab).await?;
    }
    Ok(())
}

async fn offline_after_the_first_visit(stage: &Stage) -> Outcome {
    offline_on(stage, Isolation::Plain).await
}

async fn offline_where_headers_isolate(stage: &Stage) -> Outcome {
    offline_on(stage, Isolation::Isolated).await
}

async fn nothing_is_fetched_for_offline_use_before_ready(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let lab = open(stage, &site, "members=5").await?;
    let script = "
        const { at } = window.recorder.entries.find((entry) => entry.message.type === 'ready');
        const early = performance.getEntriesByType('resource').filter((entry) => entry.startTime < at);
        return early.map((entry) => entry.name.split('/').pop()).filter((name) => /^(files.json|offline-|engine)/.test(name));";
    let early = lab.script(script, vec![]).await?;
    ensure!(early == json!([]), "before ready: {early}");
    lab.kept().await?;
    Ok(())
}

async fn a_new_version_is_offered_and_not_mixed(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let lab = open(stage, &site, "members=5").await?;
    lab.kept().await?;
    let old = build(&lab).await?;
    site.release("second")?;
    // The next visit is of the old version, with the old version's files: the host has them no more.
    let (lab, _) = open_from_cache(stage, &site, "members=41&steps=900").await?;
    ensure!(build(&lab).await? == old, "the new version came by itself");
    everything_runs(&lab).await?;
    let offer = lab.appears("#new-version li").await?;
    ensure!(offer.contains("new version"), "the offer says {offer:?}");
    ensure!(title(&lab).await? == "Parallel Lab", "the title is of another version");
    everything_runs(&lab).await?;
    // Another page of the old version, which stays open.
    let first = stage.driver.window().await?;
    let second = stage.driver.new_tab().await?;
    stage.driver.switch_to_window(second).await?;
    let (other, _) = open_from_cache(stage, &site, "members=9").await?;
    ensure!(build(&other).await? == old, "the new version came by itself");
    stage.driver.switch_to_window(first.clone()).await?;
    lab.set(json!({ "members": 43 })).await?;

    stage.driver.find(By::XPath("//*[@id='new-version']//button[text()='Load it']")).await?.click().await?;
    lab.ready_after_reload_of("Parallel Lab second").await?;
    let settings = lab.script("return location.search;", vec![]).await?;
    ensure!(settings.as_str().is_some_and(|it| it.contains("members=43")), "the settings are lost: {settings}");
    everything_runs(&lab).await?;
    lab.kept().await?;
    // The old page finds what is of its version in its own cache.
    let windows = stage.driver.windows().await?;
    let second = windows.into_iter().find(|it| *it != first).ok_or("the second tab is gone")?;
    stage.driver.switch_to_window(second).await?;
    everything_runs(&other).await?;
    ensure!(build(&other).await? == old, "the new version came by itself");
    stage.driver.close_window().await?;
    stage.driver.switch_to_window(first).await?;
    site.go_offline();
    let (lab, _) = open_from_cache(stage, &site, "members=7").await?;
    ensure!(title(&lab).await? == "Parallel Lab second", "offline it is the old version again");
    everything_runs(&lab).await?;
    // With no page of it open, the old version goes.
    let versions = kept_versions(&lab).await?;
    ensure!(versions == json!([old, "second"]), "kept: {versions}");
    stage.driver.goto("about:blank").await?;
    let (lab, _) = open_from_cache(stage, &site, "members=7").await?;
    let versions = kept_versions(&lab).await?;
    ensure!(versions == json!(["second"]), "kept: {versions}");
    Ok(())
}

async fn a_new_version_waits_for_the_run(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let lab = open(stage, &site, "members=5").await?;
    lab.kept().await?;
    site.release("later")?;
    let (lab, _) = open_from_cache(stage, &site, "members=20000&steps=5000&repeats=1&executors=serial").await?;
    lab.appears("#new-version li").await?;
    let run = lab.begin().await?;
    ensure!(run.kind() == "progress", "the run is over already: {}", run.message);
    stage.driver.find(By::XPath("//*[@id='new-version']//button[text()='Load it']")).await?.click().await?;
    let end = lab.end(run.index).await?;
    ensure!(end.kind() == "finished", "the run ended with {}", end.message);
    lab.ready_after_reload_of("Parallel Lab later").await?;
    Ok(())
}

/// It controls the page and has nothing of the version that the host serves now.
async fn a_worker_of_an_old_version_without_its_files(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("files.json", FaultKind::Missing)]);
    let lab = open(stage, &site, "members=5").await?;
    ensure!(kept_versions(&lab).await? == json!([]), "something is kept without a list");
    site.release("newest")?;
    site.break_files(&[]);
    let lab = open(stage, &site, "members=5").await?;
    ensure!(title(&lab).await? == "Parallel Lab newest", "the host's version is another one");
    everything_runs(&lab).await?;
    lab.kept().await?;
    let offers = lab.script("return document.querySelectorAll('#new-version li').length;", vec![]).await?;
    ensure!(offers == 0, "the page is offered its own version");
    Ok(())
}

async fn a_damaged_file_is_not_kept(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("icon-512-*", FaultKind::Replaced(b"something else".to_vec()))]);
    let lab = open(stage, &site, "members=5").await?;
    // It comes after these.
    let script = "
        const [limit, answer] = arguments;
        const start = performance.now();
        const look = () => {
            const asked = performance.getEntriesByType('resource').some((entry) => entry.name.includes('icon-512-'));
            if (asked || performance.now() - start > limit) answer(asked); else setTimeout(look, 50);
        };
        look();";
    ensure!(lab.script_async(script, vec![json!(60_000)]).await? == true, "nothing was kept at all");
    everything_runs(&lab).await?;
    let script = "
        const [answer] = arguments;
        const { name } = performance.getEntriesByType('resource').find((entry) => entry.name.includes('icon-512-'));
        caches.match(name).then((kept) => answer([Boolean(kept), 'kept' in document.documentElement.dataset]));";
    let kept = lab.script_async(script, vec![]).await?;
    ensure!(kept == json!([false, false]), "a damaged file was kept: {kept}");
    // The next visit goes on where this one could not.
    site.break_files(&[]);
    open(stage, &site, "members=5").await?.kept().await
}

async fn storage_is_full(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.insert(
        "const full = () => { throw new DOMException('There is no room.', 'QuotaExceededError'); };
         window.tried = 0;
         Cache.prototype.put = async () => { window.tried += 1; full(); };
         Storage.prototype.setItem = full;",
    );
    let lab = open(stage, &site, "members=5").await?;
    let script = "
        const [limit, answer] = arguments;
        const start = performance.now();
        const look = async () => {
            const names = await caches.keys();
            if ((window.tried > 0 && names.length === 0) || performance.now() - start > limit) answer([window.tried, names]);
            else setTimeout(look, 50);
        };
        look();";
    let outcome = lab.script_async(script, vec![json!(60_000)]).await?;
    ensure!(outcome == json!([1, []]), "tried, and left behind: {outcome}");
    everything_runs(&lab).await
}

async fn files_of_other_sites_stay(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/lab/")?;
    site.add_file("lab/slides/deck.html", "text/html", b"<!DOCTYPE html><title>Slides</title>".to_vec());
    site.add_file("lab/slides/engine.js", "text/javascript", b"0".to_vec());
    let lab = open(stage, &site, "members=5").await?;
    lab.kept().await?;
    let script = "
        const [answer] = arguments;
        (async () => {
            const cache = await caches.open('somebody else');
            await cache.put('/lab/slides/engine.js', new Response('theirs'));
            const script = await (await fetch('/lab/slides/engine.js')).text();
            const headers = [...(await fetch('/lab/slides/deck.html')).headers.keys()];
            answer([script, headers.filter((name) => name.startsWith('cross-origin'))]);
        })();";
    let seen = lab.script_async(script, vec![]).await?;
    ensure!(seen == json!(["0", []]), "the worker touches what is not ours: {seen}");
    // A page below our folder is not isolated by us: its pictures may come from anywhere.
    stage.driver.goto(site.url("slides/deck.html")).await?;
    let isolated = lab.script("return [document.title, crossOriginIsolated];", vec![]).await?;
    ensure!(isolated == json!(["Slides", false]), "the worker touches what is not ours: {isolated}");
    // Leaving takes only what is ours.
    stage.driver.goto(site.url("index.html?members=8#forget")).await?;
    lab.record().await?;
    let names = kept_versions(&lab).await?;
    ensure!(names == json!(["else"]), "left: {names}");
    Ok(())
}

async fn a_retired_worker_leaves(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let lab = open(stage, &site, "members=5").await?;
    lab.kept().await?;
    let worker = lab.script_async(
        "const [answer] = arguments; fetch('service-worker.js').then((it) => it.text()).then(answer);",
        vec![],
    );
    let worker = worker.await?.as_str().unwrap_or_default().to_owned();
    let retired = worker.replace("const IS_RETIRED = false;", "const IS_RETIRED = true;");
    ensure!(retired != worker, "the worker can't be retired");
    site.break_files(&[Fault::new("service-worker.js", FaultKind::Replaced(retired.into()))]);
    let (lab, _) = open_from_cache(stage, &site, "members=6").await?;
    let script = "
        const [limit, answer] = arguments;
        const start = performance.now();
        const look = async () => {
            const left = [(await navigator.serviceWorker.getRegistrations()).length, (await caches.keys()).length];
            if (left.join() === '0,0' || performance.now() - start > limit) answer(left); else setTimeout(look, 50);
        };
        look();";
    let left = lab.script_async(script, vec![json!(60_000)]).await?;
    ensure!(left == json!([0, 0]), "registrations and caches left: {left}");
    // Nobody isolates the scripts of threads any more, in the page that saw it leave.
    lab.set(json!({ "executors": ["serial", "vectorized", "process"] })).await?;
    everything_runs(&lab).await
}

async fn the_page_can_forget_the_worker(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let lab = open(stage, &site, "members=5").await?;
    lab.kept().await?;
    stage.driver.goto(site.url("index.html?members=6#forget")).await?;
    lab.record().await?;
    let script = "
        const [answer] = arguments;
        Promise.all([navigator.serviceWorker.getRegistrations(), caches.keys()])
            .then((all) => answer(all.map((some) => some.length)));";
    let left = lab.script_async(script, vec![]).await?;
    ensure!(left == json!([0, 0]), "registrations and caches left: {left}");
    Ok(())
}

/// Nobody else keeps it: it is larger than all the rest.
async fn python_is_kept_when_it_is_opened(stage: &Stage) -> Outcome {
    let script = "
        const [answer] = arguments;
        (async () => {
            const caches_ = await Promise.all((await caches.keys()).map((name) => caches.open(name)));
            const keys = (await Promise.all(caches_.map((cache) => cache.keys()))).flat();
            answer(keys.filter(({ url }) => url.endsWith('/python.wasm')).length);
        })();";
    for isolation in [Isolation::Plain, Isolation::Isolated] {
        let site = Site::start_with_worker(isolation, "/")?;
        let lab = open(stage, &site, "members=5").await?;
        lab.kept().await?;
        ensure!(lab.script_async(script, vec![]).await? == 0, "Python is kept before anybody wants it");
        let query = "lab=python&program=process-pool&workers=2";
        let (lab, _) = open_from_cache(stage, &site, query).await?;
        ensure!(lab.race().await?["python"]["status"] == "ok", "the script did not run");
        lab.kept().await?;
        ensure!(lab.script_async(script, vec![]).await? == 1, "Python is not kept");
        site.go_offline();
        let (lab, _) = open_from_cache(stage, &site, query).await?;
        let finished = lab.race().await?;
        ensure!(finished["python"]["status"] == "ok", "offline: {}", finished["python"]);
    }
    // Opened before the worker was there.
    let site = Site::start_with_worker(Isolation::Isolated, "/")?;
    let lab = open(stage, &site, "lab=python").await?;
    lab.race().await?;
    lab.kept().await?;
    ensure!(lab.script_async(script, vec![]).await? == 1, "Python is not kept on a first visit");
    Ok(())
}

async fn it_can_be_installed(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/lab/")?;
    let lab = open(stage, &site, "members=5").await?;
    let script = "
        const [answer] = arguments;
        (async () => {
            const { href } = document.querySelector('link[rel=manifest]');
            const manifest = await (await fetch(href)).json();
            const icons = await Promise.all(manifest.icons.map(async (icon) => (await fetch(new URL(icon.src, href))).ok));
            answer([manifest.name, new URL(manifest.start_url, href).pathname, icons]);
        })();";
    let found = lab.script_async(script, vec![]).await?;
    ensure!(found == json!(["Parallel Lab", "/lab/", [true, true]]), "the manifest: {found}");
    Ok(())
}
