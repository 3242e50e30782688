//! A file that somebody else has named: by an address, or on the visitor's machine. It is fetched
//! as anybody would have it, from this site alone, and no more of it than may come.

use futures_util::future::{Either, select};
use js_sys::Uint8Array;
use wasm_bindgen::JsCast;
use wasm_bindgen_futures::JsFuture;
use web_sys::{
    AbortController, File, ReadableStreamDefaultReader, RequestCredentials, RequestInit, RequestRedirect, Response,
    ResponseType, Url,
};

use super::clock::{sleep, window};
use super::files::{Unfetched, address, or_stalled};
use super::worker::{property, words};
use crate::model::web_page::is_web_page;

/// For so long a file is waited for, ms.
const LIMIT_MS: i32 = 15_000;

/// Why there is no file of an address.
pub(crate) enum Unnamed {
    /// It is not of this site: a clause.
    NotOurs(&'static str),
    /// It could not be had: a clause.
    Missing(String),
}

/// What this address of this site has: without cookies, without being sent on elsewhere.
///
/// # Errors
/// Why it can't be had.
pub(crate) async fn fetch(given: &str, most_bytes: usize) -> Result<Vec<u8>, Unnamed> {
    let url = of_this_site(given)?;
    let abort = AbortController::new().map_err(|error| Unnamed::Missing(words(&error)))?;
    let request = RequestInit::new();
    request.set_signal(Some(&abort.signal()));
    request.set_credentials(RequestCredentials::Omit);
    request.set_redirect(RequestRedirect::Manual);
    let all = Box::pin(read_all(&url, &request, most_bytes));
    let outcome = match select(all, Box::pin(sleep(LIMIT_MS))).await {
        Either::Left((outcome, _)) => outcome,
        Either::Right(_) => Err(format!("it was not there after {} s", LIMIT_MS / 1000)),
    };
    if outcome.is_err() {
        abort.abort();
    }
    outcome.map_err(Unnamed::Missing)
}

/// Where it leads, as the browser has it.
fn of_this_site(given: &str) -> Result<String, Unnamed> {
    let here = window().and_then(|it| it.location().origin().ok()).unwrap_or_default();
    if !here.starts_with("http") {
        let why = "this copy of the lab has no site around it: drop the file onto the page, or open it there";
        return Err(Unnamed::Missing(why.to_owned()));
    }
    let url = address(given).and_then(|it| Url::new(&it).map_err(|error| words(&error)));
    let url = url.map_err(|_| Unnamed::NotOurs("it is no address"))?;
    if url.origin() != here {
        return Err(Unnamed::NotOurs("it leads to another site"));
    }
    if !url.username().is_empty() || !url.password().is_empty() {
        return Err(Unnamed::NotOurs("it has a name to log in with"));
    }
    Ok(url.href())
}

async fn read_all(url: &str, request: &RequestInit, most_bytes: usize) -> Result<Vec<u8>, String> {
    let window = window().ok_or("the page is gone")?;
    let response =
        or_stalled(window.fetch_with_str_and_init(url, request), "it").await.map_err(Unfetched::into_reason)?;
    let response: Response = response.dyn_into().map_err(|_| "it came as something else")?;
    if response.type_() == ResponseType::Opaqueredirect {
        return Err("the server sends on to another address: that one has to be given".to_owned());
    }
    if !response.ok() {
        return Err(format!("the server answers {}", response.status()));
    }
    let body = response.body().ok_or("it is empty")?;
    let reader: ReadableStreamDefaultReader = body.get_reader().dyn_into().map_err(|_| "it can't be read")?;
    let mut bytes = Vec::new();
    loop {
        let part = or_stalled(reader.read(), "it").await.map_err(Unfetched::into_reason)?;
        let Some(part) = property(&part, "value").filter(|it| !it.is_undefined()) else { break };
        bytes.extend(Uint8Array::new(&part).to_vec());
        if bytes.len() > most_bytes {
            return Err(format!("it is larger than {most_bytes} bytes"));
        }
    }
    if is_web_page(&bytes) {
        return Err("a web page came instead: one to log in to, or of a host that has no such file".to_owned());
    }
    Ok(bytes)
}

/// What is in a file of the visitor's machine.
///
/// # Errors
/// A clause.
pub(crate) async fn read(file: &File, most_bytes: usize) -> Result<Vec<u8>, String> {
    if file.size() > most_bytes as f64 {
        return Err(format!("it is larger than {most_bytes} bytes"));
    }
    let content = JsFuture::from(file.array_buffer()).await.map_err(|error| words(&error))?;
    Ok(Uint8Array::new(&content).to_vec())
}
