//! Hosts that send no headers: the site's service worker isolates the page, with
//! one reload at most, or not at all, and the lab always works.

use browser_tests::browser::{Browser, INSECURE_HOST, ThirdParties};
use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::report::{EXECUTORS, only_ok_with_hash};
use browser_tests::site::{Fault, FaultKind, Isolation, Site};
use browser_tests::{Kind, Lab, Outcome, Stage, Suite, ensure, tests};
use serde_json::{Value, json};

/// All that works without shared memory.
const WITHOUT_THREADS: [&str; 3] = ["serial", "vectorized", "process"];

pub(super) const SUITE: Suite = Suite::side_by_side(
    module_path!(),
    &tests![
        both:
            a_plain_host_is_isolated_after_one_reload,
            framed_by_another_site_on_a_plain_host,
            service_workers_are_refused,
            not_a_secure_context,
            sandboxed_without_an_origin,
            sandboxed_with_its_origin,
            third_party_storage_is_blocked;
        either:
            a_worker_that_is_missing,
            a_worker_that_is_broken,
            a_worker_that_never_comes,
            a_worker_that_does_not_help,
            under_a_path_and_with_parameters,
            what_was_said_before_the_reload_is_heard,
            headers_that_isolate_need_no_reload,
            headers_that_isolate_frames_need_no_reload_there,
            a_worker_of_another_site,
            framed_by_another_site_that_forbids_everything;
    ],
);

/// Runs a race in which only `executors` can take part, and gives the capabilities.
async fn only_these_work(lab: &Lab, executors: &[&str]) -> Outcome<Value> {
    let case = Case::native(37, 700, 12);
    let ready = lab.ready().await?;
    let threads = executors.contains(&"thread");
    ensure!(ready["capabilities"]["threads"] == threads, "{ready}");
    let finished = lab.race_with(case.params_and(json!({ "repeats": 2, "workers": 2 }))).await?;
    only_ok_with_hash(&finished, executors, &case.final_fnv1a64)?;
    Ok(ready["capabilities"].clone())
}

/// How often the page itself was asked for.
fn page_loads(site: &Site) -> usize {
    let is_page = |path: &&String| path.ends_with('/') || path.ends_with("index.html");
    site.requests().iter().filter(is_page).count()
}

async fn open(stage: &Stage, site: &Site, query: &str) -> Outcome<Lab> {
    stage.driver.goto(site.url(&format!("index.html?{query}"))).await?;
    let lab = Lab::unframed(&stage.driver);
    lab.ready_after_reload().await?;
    Ok(lab)
}

/// The reason why there are no threads says this.
fn reason_says(capabilities: &Value, words: &str) -> Outcome {
    let reason = capabilities["threads_reason"].as_str().unwrap_or_default();
    ensure!(reason.contains(words), "{words:?} is not in the reason {reason:?}");
    Ok(())
}

async fn a_plain_host_is_isolated_after_one_reload(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let lab = open(stage, &site, "").await?;
    let capabilities = only_these_work(&lab, &EXECUTORS).await?;
    ensure!(capabilities["cross_origin_isolated"] == true, "{capabilities}");
    ensure!(page_loads(&site) == 2, "asked for the page {} times: {:?}", page_loads(&site), site.requests());
    let ready = lab.heard().await?.iter().filter(|heard| heard.kind() == "ready").count();
    ensure!(ready == 1, "{ready} times ready");
    // A second visit needs none; nor does Back lead to a page of the reload's.
    let before = page_loads(&site);
    open(stage, &site, "members=31").await?;
    ensure!(page_loads(&site) <= before + 1, "the second visit loads the page {} times", page_loads(&site) - before);
    let length = lab.script("return history.length;", vec![]).await?;
    stage.driver.back().await?;
    lab.ready_after_reload().await?;
    let after = lab.script("return [history.length, location.search];", vec![]).await?;
    ensure!(after[0] == length && after[1] != "?members=31", "{length} entries, then {after}");
    Ok(())
}

async fn under_a_path_and_with_parameters(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/courses/year 2/v0.1/")?;
    let lab = open(stage, &site, "members=12&steps=300&workers=2&repeats=1&autorun").await?;
    let finished = lab.next(0, &["finished", "error"]).await?.message;
    ensure!(finished["run"] == 1 && finished["settings"]["members"] == 12, "{finished}");
    only_these_work(&lab, &EXECUTORS).await?;
    ensure!(page_loads(&site) == 2, "{:?}", site.requests());
    Ok(())
}

/// The parent speaks once, to the first document: it can't know that another one follows.
async fn what_was_said_before_the_reload_is_heard(stage: &Stage) -> Outcome {
    let (deck, site) = (Site::start_not_isolated()?, Site::start_with_worker(Isolation::Plain, "/")?);
    site.insert("document.addEventListener('DOMContentLoaded', () => parent.postMessage('a document', '*'));");
    let speaker = "addEventListener('message', ({ data, source }) => {
        if (data !== 'a document') return;
        window.documents = (window.documents ?? 0) + 1;
        if (window.documents > 1) return;
        source.postMessage({ app: 'parallel-lab', v: 1, type: 'set', params: { members: 77 } }, '*');
        source.postMessage({ other: 'script' }, '*');
    });";
    let speaker = deck.add_file("speaker.js", "text/javascript", speaker.into());
    let frame = Frame::new("lab", site.url("index.html?embed&steps=200&workers=2&repeats=1&executors=serial"));
    let page = host::page("/recorder.js", &[frame]);
    let name = deck.add_page("host.html", page + format!("<script src=\"/{speaker}\"></script>").as_str());
    stage.driver.goto(deck.url_on("localhost", &name)).await?;
    let lab = Lab::framed(&stage.driver, "lab");
    lab.ready().await?;
    let finished = lab.race().await?;
    ensure!(finished["settings"]["members"] == 77, "{}", finished["settings"]);
    let documents = lab.script("return window.documents;", vec![]).await?;
    ensure!(documents == page_loads(&site), "{documents} documents, {:?}", site.requests());
    ensure!(stage.kind == Kind::Firefox || documents == 2, "the lab was not loaded again");
    Ok(())
}

async fn headers_that_isolate_need_no_reload(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Isolated, "/")?;
    let lab = open(stage, &site, "").await?;
    only_these_work(&lab, &EXECUTORS).await?;
    ensure!(page_loads(&site) == 1, "{:?}", site.requests());
    Ok(())
}

/// As `_headers` has them: Chromium then isolates a frame by the host's word.
async fn headers_that_isolate_frames_need_no_reload_there(stage: &Stage) -> Outcome {
    let (deck, site) = (Site::start_not_isolated()?, Site::start_with_worker(Isolation::Isolated, "/")?);
    let policy = ("Document-Isolation-Policy".into(), "isolate-and-credentialless".into());
    site.break_files(&[Fault::new("*", FaultKind::Header(policy.0, policy.1))]);
    let frame = Frame::new("lab", site.url("index.html?embed"));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    only_these_work(&lab, if stage.kind == Kind::Chromium { &EXECUTORS } else { &WITHOUT_THREADS }).await?;
    ensure!(page_loads(&site) == 1, "{:?}", site.requests());
    let lab = open(stage, &site, "").await?;
    only_these_work(&lab, &EXECUTORS).await?;
    ensure!(page_loads(&site) == 2, "{:?}", site.requests());
    Ok(())
}

/// Chromium isolates a frame by itself; Firefox has nothing for it, and is not reloaded for nothing.
async fn framed_by_another_site_on_a_plain_host(stage: &Stage) -> Outcome {
    let (deck, site) = (Site::start_not_isolated()?, Site::start_with_worker(Isolation::Plain, "/")?);
    let frame = Frame::new("lab", site.url("index.html?embed"));
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    let (executors, loads): (&[&str], _) =
        if stage.kind == Kind::Chromium { (&EXECUTORS, 2) } else { (&WITHOUT_THREADS, 1) };
    let capabilities = only_these_work(&lab, executors).await?;
    ensure!(page_loads(&site) == loads, "{:?}", site.requests());
    let ready = lab.heard().await?.iter().filter(|heard| heard.kind() == "ready").count();
    ensure!(ready == 1, "{ready} times ready");
    if stage.kind == Kind::Firefox {
        reason_says(&capabilities, "inside")?;
    }
    Ok(())
}

/// A frame of which the page around it has taken all that can be taken without `sandbox`.
async fn framed_by_another_site_that_forbids_everything(stage: &Stage) -> Outcome {
    let (deck, site) = (Site::start_not_isolated()?, Site::start_with_worker(Isolation::Plain, "/")?);
    let allow = "cross-origin-isolated 'none'; autoplay 'none'; fullscreen 'none'; clipboard-write 'none'";
    let frame = Frame { allow: Some(allow), ..Frame::new("lab", site.url("index.html?embed")) };
    let lab = host::open_one(stage, &deck, "localhost", frame).await?;
    let threads = lab.ready().await?["capabilities"]["threads"] == true;
    only_these_work(&lab, if threads { &EXECUTORS } else { &WITHOUT_THREADS }).await?;
    ensure!(page_loads(&site) <= 2, "{:?}", site.requests());
    Ok(())
}

/// The lab works without threads, says why, and was loaded once.
async fn works_without_reload(stage: &Stage, site: &Site, words: &str) -> Outcome {
    let lab = open(stage, site, "members=5").await?;
    let capabilities = only_these_work(&lab, &WITHOUT_THREADS).await?;
    reason_says(&capabilities, words)?;
    ensure!(page_loads(site) == 1, "{:?}", site.requests());
    Ok(())
}

async fn a_worker_that_is_missing(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("service-worker.js", FaultKind::Missing)]);
    works_without_reload(stage, &site, "refuses").await
}

async fn a_worker_that_is_broken(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("service-worker.js", FaultKind::Truncated)]);
    works_without_reload(stage, &site, "refuses").await
}

async fn a_worker_that_never_comes(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("service-worker.js", FaultKind::Stalled)]);
    works_without_reload(stage, &site, "not there yet").await
}

/// Answers, and adds no header: as an old or foreign one may.
const IDLE_WORKER: &str = "
    self.addEventListener('install', () => self.skipWaiting());
    self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
    self.addEventListener('fetch', (event) => event.respondWith(fetch(event.request)));";

async fn a_worker_that_does_not_help(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.break_files(&[Fault::new("service-worker.js", FaultKind::Replaced(IDLE_WORKER.into()))]);
    let lab = open(stage, &site, "members=5").await?;
    only_these_work(&lab, &WITHOUT_THREADS).await?;
    ensure!(page_loads(&site) == 2, "{:?}", site.requests());
    // And never again.
    open(stage, &site, "members=6").await?;
    ensure!(page_loads(&site) == 3, "{:?}", site.requests());
    Ok(())
}

/// Another site was here before, under the same address, and left a worker that breaks everything.
async fn a_worker_of_another_site(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let old = "self.addEventListener('install', () => self.skipWaiting());
               self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));
               self.addEventListener('fetch', (event) => {
                   if (!event.request.url.includes('old')) return;
                   event.respondWith(new Response('an old page'));
               });";
    site.add_file("old-worker.js", "text/javascript", old.into());
    let page = "<!DOCTYPE html><title>Old</title>".to_owned();
    stage.driver.goto(site.url(&site.add_page("old.html", page))).await?;
    let lab = Lab::unframed(&stage.driver);
    let script = "
        const [answer] = arguments;
        navigator.serviceWorker.register('old-worker.js').then(() => navigator.serviceWorker.ready).then(() => answer(true));";
    lab.script_async(script, vec![]).await?;
    let mut lab = open(stage, &site, "members=5").await?;
    if lab.script("return crossOriginIsolated;", vec![]).await? != true {
        // The browser has taken longer than the page waits (www/isolation.js) until it let the
        // other worker go: ours is for the next visit.
        let script = "
            const [answer] = arguments;
            const look = async () => {
                const { active } = (await navigator.serviceWorker.getRegistration()) ?? {};
                if (active?.scriptURL.endsWith('/service-worker.js') && active.state === 'activated') answer();
                else setTimeout(look, 50);
            };
            look();";
        lab.script_async(script, vec![]).await?;
        lab = open(stage, &site, "members=6").await?;
    }
    only_these_work(&lab, &EXECUTORS).await?;
    ensure!(page_loads(&site) == 2, "{:?}", site.requests());
    Ok(())
}

async fn service_workers_are_refused(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    site.insert(
        "ServiceWorkerContainer.prototype.register =
             async () => { throw new DOMException('The operation is insecure.', 'SecurityError'); };",
    );
    works_without_reload(stage, &site, "refuses").await
}

async fn not_a_secure_context(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    stage.driver.goto(site.url_on(INSECURE_HOST, "index.html?members=5")).await?;
    let lab = Lab::unframed(&stage.driver);
    let capabilities = only_these_work(&lab, &WITHOUT_THREADS).await?;
    reason_says(&capabilities, "https")?;
    let page = lab.script("return document.body.innerText;", vec![]).await?;
    ensure!(page.as_str().is_some_and(|page| page.contains("https address")), "the page does not say so: {page}");
    ensure!(page_loads(&site) == 1, "{:?}", site.requests());
    Ok(())
}

async fn sandboxed_without_an_origin(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let frame = Frame::new("lab", site.url("index.html?embed")).sandboxed("allow-scripts");
    let lab = host::open_one(stage, &site, "localhost", frame).await?;
    let capabilities = only_these_work(&lab, &WITHOUT_THREADS).await?;
    reason_says(&capabilities, "sandboxed")?;
    ensure!(page_loads(&site) == 1, "{:?}", site.requests());
    Ok(())
}

async fn sandboxed_with_its_origin(stage: &Stage) -> Outcome {
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let frame = Frame::new("lab", site.url("index.html?embed")).sandboxed("allow-scripts allow-same-origin");
    let lab = host::open_one(stage, &site, "localhost", frame).await?;
    let threads = lab.ready().await?["capabilities"]["threads"] == true;
    only_these_work(&lab, if threads { &EXECUTORS } else { &WITHOUT_THREADS }).await?;
    ensure!(page_loads(&site) <= 2, "{:?}", site.requests());
    Ok(())
}

async fn third_party_storage_is_blocked(stage: &Stage) -> Outcome {
    let browser = Browser::start_with(stage.kind, ThirdParties::Blocked).await?;
    let site = Site::start_with_worker(Isolation::Plain, "/")?;
    let strict = Stage { kind: stage.kind, driver: browser.session()?, site: Site::start_not_isolated()? };
    let frame = Frame::new("lab", site.url("index.html?embed"));
    let lab = host::open_one(&strict, &strict.site, "localhost", frame).await?;
    let stored = "try { localStorage.setItem('a', 'b'); return 'stored'; } catch { return 'refused'; }";
    let stored = lab.inside(stored, vec![]).await?;
    ensure!(stored == "refused", "storage is not blocked: {stored}");
    let capabilities = only_these_work(&lab, &WITHOUT_THREADS).await?;
    reason_says(&capabilities, "inside")?;
    ensure!(page_loads(&site) == 1, "{:?}", site.requests());
    browser.quit().await;
    Ok(())
}
