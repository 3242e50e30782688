//! The engines' files: fetched once, compiled once, kept for later workers.

use futures_util::future::{Either, select};
use std::cell::Cell;

use js_sys::{Promise, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, ReadableStreamDefaultReader, RequestCache, RequestCredentials, RequestInit, RequestRedirect,
    Response,
};

use super::clock::{sleep, window};
use super::on_demand::is_page_old;
use super::page_facts::fact;
use super::probe::script_url;
use super::worker::{property, words};
use crate::model::web_page::is_web_page;

/// A file of which nothing arrives for so long is given up, ms.
const STALL_MS: i32 = 8000;

/// The isolated engine's name among what is packed.
const ISOLATED: &str = "engine-isolated";

/// What the page names its folder of data files by.
pub(super) const DATA_FILES: &str = "data-files";

/// Where a file may come from.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Source {
    /// From the browser's cache, or else from the server.
    Anywhere,
    /// From the server: what is in the cache was of no use.
    Server,
}

/// The isolated engine, as the page holds it.
pub(super) struct IsolatedEngine {
    /// Address of the worker script.
    pub(super) script_url: String,
    /// Address of the same script as a blob, for where the first is refused.
    pub(super) script_blob_url: String,
    /// The first address was refused, and the second works.
    pub(super) prefers_blob: Cell<bool>,
    /// Address of the program; `None` where it can't be fetched (opaque origins).
    pub(super) program_url: Option<String>,
    /// The program.
    pub(super) bytes: Uint8Array,
    /// The program, compiled.
    pub(super) module: JsValue,
}

/// The threaded engine, as the page holds it.
pub(super) struct ThreadedEngine {
    /// Address of the worker script (a module).
    pub(super) script_url: String,
    /// Address of the program.
    pub(super) program_url: String,
    /// The program, compiled.
    pub(super) module: JsValue,
}

/// Loads the isolated engine: by fetch, and where that is refused (opaque
/// origins) from its packed form, which is a script.
///
/// # Errors
/// A clause that says what is wrong with the file.
pub(super) async fn load_isolated(source: Source) -> Result<IsolatedEngine, String> {
    // A page that is one file holds the engine, and has no folder of it.
    if let Some((text, bytes)) = packed(ISOLATED) {
        return isolated_engine(None, &text, bytes, None).await;
    }
    let folder = folder("data-engine-isolated")?;
    let script_url = format!("{folder}worker.js");
    let program_url = format!("{folder}engine.wasm");
    let (text, bytes, program_url) = match fetch_both(&script_url, &program_url, source).await {
        Ok((text, bytes)) => (text, bytes, Some(program_url)),
        Err(Unfetched::Refused(reason)) => {
            let (text, bytes) = load_packed(&folder).await.map_err(|_| reason)?;
            (text, bytes, None)
        }
        Err(Unfetched::Wrong(reason)) => return Err(reason),
    };
    isolated_engine(Some(script_url), &text, bytes, program_url).await
}

async fn isolated_engine(
    script_url: Option<String>,
    text: &str,
    bytes: Uint8Array,
    program_url: Option<String>,
) -> Result<IsolatedEngine, String> {
    let module = compile(&bytes).await?;
    let script_blob_url = self::script_url(text)?;
    let script_url = script_url.unwrap_or_else(|| script_blob_url.clone());
    let prefers_blob = Cell::new(program_url.is_none());
    Ok(IsolatedEngine { script_url, script_blob_url, prefers_blob, program_url, bytes, module })
}

/// Loads the threaded engine.
///
/// # Errors
/// A clause that says what is wrong with the file.
pub(super) async fn load_threaded(source: Source) -> Result<ThreadedEngine, String> {
    let folder = folder("data-engine-threaded")?;
    let program_url = format!("{folder}engine_bg.wasm");
    let script_url = format!("{folder}worker.js");
    if source == Source::Server {
        // The workers fetch these by themselves: renew the cache's copies.
        for url in [&script_url, &format!("{folder}engine.js")] {
            fetch_bytes(url, source, &unheard).await.map_err(Unfetched::into_reason)?;
        }
    }
    let bytes = fetch_bytes(&program_url, source, &unheard).await.map_err(Unfetched::into_reason)?;
    let module = compile(&bytes).await?;
    Ok(ThreadedEngine { script_url, program_url, module })
}

/// Why a file could not be had.
pub(super) enum Unfetched {
    /// There was no answer: offline, or the browser refuses.
    Refused(String),
    /// There was an answer, but not the file.
    Wrong(String),
}

impl Unfetched {
    pub(super) fn into_reason(self) -> String {
        match self {
            Self::Refused(reason) | Self::Wrong(reason) => reason,
        }
    }
}

/// Where the build put what the page names by this attribute: an absolute address; that of an engine ends in a slash.
pub(super) fn folder(attribute: &str) -> Result<String, String> {
    address(&fact(attribute).ok_or("the page does not name it")?)
}

/// The absolute address of what belongs to the page.
pub(super) fn address(relative: &str) -> Result<String, String> {
    let document = window().and_then(|window| window.document()).ok_or("the page is gone")?;
    let base = document.base_uri().ok().flatten().unwrap_or_default();
    web_sys::Url::new_with_base(relative, &base).map(|url| url.href()).map_err(|error| words(&error))
}

async fn fetch_both(script_url: &str, program_url: &str, source: Source) -> Result<(String, Uint8Array), Unfetched> {
    let script = fetch_bytes(script_url, source, &unheard).await?;
    let text = String::from_utf8_lossy(&script.to_vec()).into_owned();
    Ok((text, fetch_bytes(program_url, source, &unheard).await?))
}

/// Heard by nobody. (Not a closure in each place: the compiler would make one of all, which might
/// come with a part of the program that is not here.)
pub(super) fn unheard(_: usize) {}

/// Fetches a file, saying how many bytes have come so far, and gives up only when nothing more arrives; then also lets
/// go of it, because a later request would wait for this one.
pub(super) async fn fetch_bytes(url: &str, source: Source, arrived: &dyn Fn(usize)) -> Result<Uint8Array, Unfetched> {
    let abort = AbortController::new().map_err(|error| Unfetched::Refused(words(&error)))?;
    let request = RequestInit::new();
    request.set_signal(Some(&abort.signal()));
    if source == Source::Server {
        request.set_cache(RequestCache::Reload);
    }
    let outcome = read_all(url, &request, arrived).await;
    if outcome.is_err() {
        abort.abort();
    }
    outcome
}

/// Fetches a file as somebody whom the host does not know: without cookies, and only from where it is.
///
/// # Errors
/// Why it can't be had.
pub(super) async fn fetch_as_anybody(url: &str) -> Result<Uint8Array, Unfetched> {
    let request = RequestInit::new();
    request.set_credentials(RequestCredentials::Omit);
    request.set_redirect(RequestRedirect::Error);
    read_all(url, &request, &unheard).await
}

async fn read_all(url: &str, request: &RequestInit, arrived: &dyn Fn(usize)) -> Result<Uint8Array, Unfetched> {
    let name = url.rsplit('/').next().unwrap_or(url).to_owned();
    let window = window().ok_or_else(|| Unfetched::Refused("the page is gone".to_owned()))?;
    let response = or_stalled(window.fetch_with_str_and_init(url, request), &name).await?;
    let response: Response =
        response.dyn_into().map_err(|_| Unfetched::Wrong(format!("{name} came as something else")))?;
    if !response.ok() {
        let why = format!("the server answers {} for {name}", response.status());
        return Err(Unfetched::Wrong(unless_old(why).await));
    }
    let Some(body) = response.body() else {
        return Err(Unfetched::Wrong(format!("{name} is empty")));
    };
    let reader: ReadableStreamDefaultReader =
        body.get_reader().dyn_into().map_err(|_| Unfetched::Wrong(format!("{name} can't be read")))?;
    let mut parts = Vec::new();
    loop {
        let part = or_stalled(reader.read(), &name).await?;
        match property(&part, "value") {
            Some(value) => {
                parts.extend(Uint8Array::new(&value).to_vec());
                arrived(parts.len());
            }
            None if is_web_page(&parts) => {
                let why =
                    format!("a web page came instead of {name}: one to log in to, or of a host that has no such file");
                return Err(Unfetched::Wrong(unless_old(why).await));
            }
            None => return Ok(Uint8Array::from(parts.as_slice())),
        }
    }
}

/// Why a file is not there, as a clause; that the page itself is no longer the site's comes first.
async fn unless_old(why: String) -> String {
    if is_page_old().await {
        "this page is older than the site, which no longer has its files. Reload the page".to_owned()
    } else {
        why
    }
}

/// Why a worker did not start, where it is because its script is not what it was.
pub(super) async fn why_no_worker(script_url: &str) -> Option<String> {
    match fetch_bytes(script_url, Source::Server, &unheard).await {
        Err(Unfetched::Wrong(reason)) => Some(reason),
        Ok(_) | Err(Unfetched::Refused(_)) => None,
    }
}

/// The promise's value, unless nothing happens for [`STALL_MS`].
pub(super) async fn or_stalled<T: JsCast>(promise: Promise<T>, name: &str) -> Result<JsValue, Unfetched> {
    let arrived = JsFuture::from(promise.unchecked_into::<Promise>());
    match select(arrived, Box::pin(sleep(STALL_MS))).await {
        Either::Left((Ok(value), _)) => Ok(value),
        Either::Left((Err(error), _)) => {
            Err(Unfetched::Refused(format!("{name} could not be fetched: {}", words(&error))))
        }
        Either::Right(_) => Err(Unfetched::Wrong(format!("nothing more of {name} arrived for {} s", STALL_MS / 1000))),
    }
}

async fn compile(bytes: &Uint8Array) -> Result<JsValue, String> {
    JsFuture::from(WebAssembly::compile(bytes).unchecked_into::<Promise>())
        .await
        .map_err(|error| format!("its program does not compile: {}", words(&error)))
}

/// Runs the packed form, a script that leaves text and base64 in a global.
async fn load_packed(folder: &str) -> Result<(String, Uint8Array), String> {
    run_script(&format!("{folder}packed.js")).await?;
    packed(ISOLATED).ok_or_else(|| "the packed engine is empty".to_owned())
}

/// A text that is in the page: a field of a packed artefact.
pub(super) fn packed_text(name: &str, field: &str) -> Option<String> {
    let packed = property(&property(&js_sys::global(), "parallelLabPacked")?, name)?;
    property(&packed, field)?.as_string()
}

/// An artefact that is in the page: its worker's script and its program.
pub(super) fn packed(name: &str) -> Option<(String, Uint8Array)> {
    let packed = property(&property(&js_sys::global(), "parallelLabPacked")?, name)?;
    let text = property(&packed, "script")?.as_string()?;
    let binary = window()?.atob(&property(&packed, "wasm")?.as_string()?).ok()?;
    // `atob` gives one char per byte.
    let bytes: Vec<u8> = binary.chars().map(|char| char as u8).collect();
    Some((text, Uint8Array::from(bytes.as_slice())))
}

async fn run_script(url: &str) -> Result<(), String> {
    let document = window().and_then(|window| window.document()).ok_or("the page is gone")?;
    let script = document.create_element("script").map_err(|error| words(&error))?;
    script.set_attribute("src", url).map_err(|error| words(&error))?;
    let loaded = Promise::new(&mut |resolve, reject| {
        let _ = script.add_event_listener_with_callback("load", resolve.unchecked_ref());
        let _ = script.add_event_listener_with_callback("error", reject.unchecked_ref());
    });
    let head = document.head().ok_or("the page has no head")?;
    head.append_child(&script).map_err(|error| words(&error))?;
    let outcome = or_stalled(loaded, "the packed engine").await.map_err(Unfetched::into_reason);
    script.remove();
    outcome.map(|_| ())
}
