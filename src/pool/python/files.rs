//! Python's files: fetched when somebody opens Python, compiled once.

use js_sys::{Promise, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use crate::pool::files::{Source, Unfetched, fetch_bytes, folder};
use crate::pool::worker::words;

/// An interpreter as the page holds it.
pub(super) struct Program {
    /// Address of the worker script.
    pub(super) script_url: String,
    /// The program, compiled.
    pub(super) module: JsValue,
    /// It is the one with threads.
    pub(super) shares_memory: bool,
}

/// Why there is no Python.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// This build of the page has none.
    NotBuilt,
    /// A clause that says what is wrong.
    Broken(String),
}

/// Loads an interpreter; `arrived` hears how many bytes have come so far.
///
/// # Errors
/// Why there is none.
pub(super) async fn load(shares_memory: bool, source: Source, arrived: &dyn Fn(usize)) -> Result<Program, Missing> {
    let attribute = if shares_memory { "data-python-threaded" } else { "data-python-isolated" };
    let folder = folder(attribute).map_err(|_| Missing::NotBuilt)?;
    let bytes = fetch_bytes(&format!("{folder}python.wasm"), source, arrived)
        .await
        .map_err(|error| Missing::Broken(Unfetched::into_reason(error)))?;
    let module = compile(&bytes).await.map_err(Missing::Broken)?;
    Ok(Program { script_url: format!("{folder}worker.js"), module, shares_memory })
}

async fn compile(bytes: &Uint8Array) -> Result<JsValue, String> {
    JsFuture::from(WebAssembly::compile(bytes).unchecked_into::<Promise>())
        .await
        .map_err(|error| format!("the interpreter does not compile: {}", words(&error)))
}
