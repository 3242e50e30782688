//! What runs where: every host in every frame in both browsers, as measured, as
//! a table for ARCHITECTURE.md. A cell says which executors gave the right bits,
//! and how often the page was asked for.

use std::process::ExitCode;

use browser_tests::browser::{Browser, INSECURE_HOST, program};
use browser_tests::expected::Case;
use browser_tests::host::{self, Frame};
use browser_tests::report::{EXECUTORS, result_of};
use browser_tests::site::{Fault, FaultKind, Isolation, Site};
use browser_tests::{Kind, Lab, Outcome, Stage, program};
use serde_json::json;
use xtask::arguments::SingleFileOptions;
use xtask::single_file::compose;

/// How the lab is hosted.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Host {
    AllHeaders,
    TopHeaders,
    Plain,
    PlainWithoutWorker,
    NoBlobWorkers,
    NoWebAssembly,
    Insecure,
    Folder,
    SingleFile,
}

/// What is around it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
enum Around {
    Nothing,
    SameSite,
    OtherSite,
    Sandbox,
    SandboxWithOrigin,
}

const HOSTS: [(Host, &str); 9] = [
    (Host::AllHeaders, "the headers of `_headers`"),
    (Host::TopHeaders, "COOP and COEP only"),
    (Host::Plain, "no headers"),
    (Host::PlainWithoutWorker, "no headers, service worker refused"),
    (Host::NoBlobWorkers, "a policy with `worker-src 'self'`"),
    (Host::NoWebAssembly, "a policy without `'wasm-unsafe-eval'`"),
    (Host::Insecure, "http on a LAN"),
    (Host::Folder, "`dist/` from a disk"),
    (Host::SingleFile, "one file from a disk"),
];

const AROUND: [(Around, &str); 5] = [
    (Around::Nothing, "its own tab"),
    (Around::SameSite, "frame, same site"),
    (Around::OtherSite, "frame, other site"),
    (Around::Sandbox, "frame, `allow-scripts`"),
    (Around::SandboxWithOrigin, "frame, `allow-scripts allow-same-origin`"),
];

fn main() -> ExitCode {
    program::run("matrix", table())
}

async fn table() -> Outcome {
    println!("| host | around the lab | Chromium | Firefox |\n|---|---|---|---|");
    let browsers = [Browser::start(Kind::Chromium).await?, Browser::start(Kind::Firefox).await?];
    for (host, host_name) in HOSTS {
        for (around, around_name) in AROUND {
            if !is_of_interest(host, around) {
                continue;
            }
            let mut cells = Vec::new();
            for (browser, kind) in browsers.iter().zip(Kind::ALL) {
                browser.fresh_tab().await?;
                let stage = Stage { kind, driver: browser.session()?, site: Site::start_not_isolated()? };
                cells.push(measure(&stage, host, around).await.unwrap_or_else(|error| {
                    eprintln!("{host_name}, {around_name}, {kind}: {error}");
                    "**did not run**".to_owned()
                }));
            }
            println!("| {host_name} | {around_name} | {} |", cells.join(" | "));
        }
    }
    for browser in browsers {
        browser.quit().await;
    }
    Ok(())
}

/// A file has nothing around it; what a policy takes away is the same everywhere.
fn is_of_interest(host: Host, around: Around) -> bool {
    match host {
        Host::Folder | Host::SingleFile => around == Around::Nothing,
        Host::NoBlobWorkers => around != Around::SandboxWithOrigin,
        Host::NoWebAssembly => around == Around::SameSite,
        _ => true,
    }
}

/// A lab that can't run says so.
async fn why_not(stage: &Stage, name: &str, frame: Frame<'_>) -> Outcome<String> {
    let lab = Lab::framed(&stage.driver, frame.id);
    host::open(stage, &stage.site, name, &[frame]).await?;
    lab.next(0, &["error"]).await?;
    Ok("none, and says why".to_owned())
}

async fn measure(stage: &Stage, host: Host, around: Around) -> Outcome<String> {
    let isolates = matches!(host, Host::AllHeaders | Host::TopHeaders);
    let isolation = if isolates { Isolation::Isolated } else { Isolation::Plain };
    let site = Site::start_with_worker(isolation, "/lab/")?;
    if host == Host::AllHeaders {
        let policy = ("Document-Isolation-Policy".to_owned(), "isolate-and-credentialless".to_owned());
        site.break_files(&[Fault::new("*", FaultKind::Header(policy.0, policy.1))]);
    }
    if host == Host::PlainWithoutWorker {
        site.insert(
            "try { ServiceWorkerContainer.prototype.register = async () => { throw new Error('no'); }; } catch {}",
        );
    }
    if let Host::NoBlobWorkers | Host::NoWebAssembly = host {
        let policy = if host == Host::NoBlobWorkers { "worker-src 'self'" } else { "script-src 'self'" };
        site.break_files(&[Fault::new("*", FaultKind::Header("Content-Security-Policy".into(), policy.into()))]);
    }
    let name = if host == Host::Insecure { INSECURE_HOST } else { "127.0.0.1" };
    let url = site.url_on(name, "index.html?members=5&embed");
    let lab = match (host, around) {
        (Host::Folder, _) => {
            let copy = site.copy_to_disk()?;
            stage.driver.goto(copy.url("members=5")).await?;
            let lab = Lab::unframed(&stage.driver);
            lab.ready().await?;
            return race(&lab).await;
        }
        (Host::SingleFile, _) => return single_file(stage).await,
        (_, Around::Nothing) => {
            stage.driver.goto(url).await?;
            let lab = Lab::unframed(&stage.driver);
            lab.ready_after_reload().await?;
            lab
        }
        (Host::NoWebAssembly, Around::SameSite) => return why_not(stage, name, Frame::new("lab", url)).await,
        (_, Around::SameSite) => host::open_one(stage, &stage.site, name, Frame::new("lab", url)).await?,
        (_, Around::OtherSite) => host::open_one(stage, &stage.site, "localhost", Frame::new("lab", url)).await?,
        (_, Around::Sandbox) => {
            host::open_one(stage, &stage.site, "localhost", Frame::new("lab", url).sandboxed("allow-scripts")).await?
        }
        (_, Around::SandboxWithOrigin) => {
            let frame = Frame::new("lab", url).sandboxed("allow-scripts allow-same-origin");
            host::open_one(stage, &stage.site, "localhost", frame).await?
        }
    };
    let ran = race(&lab).await?;
    let loads = site.requests().iter().filter(|path| path.ends_with("index.html")).count();
    Ok(if loads > 1 { format!("{ran}, after {} reload", loads - 1) } else { ran })
}

async fn single_file(stage: &Stage) -> Outcome<String> {
    let folder = std::env::temp_dir().join(format!("parallel-lab-matrix-{}", std::process::id()));
    std::fs::create_dir_all(&folder)?;
    let file = folder.join("lab.html");
    std::fs::write(&file, compose(&program("PARALLEL_LAB_DIST")?, &SingleFileOptions::default())?)?;
    stage.driver.goto(format!("file://{}?members=5", file.display())).await?;
    let lab = Lab::unframed(&stage.driver);
    lab.record().await?;
    let ran = race(&lab).await;
    let _ = std::fs::remove_dir_all(&folder);
    ran
}

/// Runs a small race, and says who gave the right bits.
async fn race(lab: &Lab) -> Outcome<String> {
    let case = Case::native(37, 700, 12);
    let finished = lab.race_with(case.params_and(json!({ "repeats": 1, "workers": 2 }))).await?;
    let mut missing = Vec::new();
    for executor in EXECUTORS {
        let result = result_of(&finished, executor)?;
        if result["status"] != "ok" || result["final_fnv1a64"] != case.final_fnv1a64 {
            missing.push(executor);
        }
    }
    Ok(match missing.as_slice() {
        [] => "all four".to_owned(),
        missing => format!("all but {}", missing.join(", ")),
    })
}
