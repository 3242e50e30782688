//! Reads of data files, in the worker that needs them: it blocks meanwhile, as a
//! program that reads a file does.

use std::sync::OnceLock;

use js_sys::Uint8Array;
use wasm_bindgen::prelude::*;

use crate::model::data_files::{FOLDER, is_listed};
use crate::model::web_page::is_web_page;

#[wasm_bindgen]
extern "C" {
    /// The one way to wait for an answer without letting anything else happen.
    #[wasm_bindgen(js_name = XMLHttpRequest)]
    type Request;

    #[wasm_bindgen(constructor, js_class = XMLHttpRequest)]
    fn new() -> Request;
    #[wasm_bindgen(method, catch)]
    fn open(this: &Request, method: &str, url: &str, is_async: bool) -> Result<(), JsValue>;
    #[wasm_bindgen(method, setter)]
    fn set_timeout(this: &Request, ms: u32);
    #[wasm_bindgen(method, setter, js_name = responseType)]
    fn set_response_type(this: &Request, kind: &str);
    #[wasm_bindgen(method, catch)]
    fn send(this: &Request) -> Result<(), JsValue>;
    #[wasm_bindgen(method, getter)]
    fn status(this: &Request) -> u16;
    #[wasm_bindgen(method, getter)]
    fn response(this: &Request) -> JsValue;
}

/// A file that does not come for so long is given up, ms: before a worker that says
/// nothing is.
const LIMIT_MS: u32 = 4000;

/// Where the site has the files: an absolute address. Nothing where this copy has none.
static DATA: OnceLock<String> = OnceLock::new();

/// Says once where the files are.
pub(super) fn are_in(folder: Option<String>) {
    if let Some(folder) = folder {
        let _ = DATA.set(folder);
    }
}

/// What is in a data file; blocks until it is there.
///
/// # Errors
/// A clause that says why it can't be had.
pub(super) fn read(name: &str) -> Result<Vec<u8>, String> {
    let Some(folder) = DATA.get() else {
        return Err("this copy of the lab has no data files. The lab's web page has them".to_owned());
    };
    // Nothing else can be reached, whatever a message asks for.
    let Some(path) = name.strip_prefix(FOLDER).filter(|_| is_listed(name)) else {
        return Err(format!("{name} is none of the lab's data files"));
    };
    let (status, content) =
        fetch(&format!("{folder}{path}")).map_err(|_| format!("{name} could not be fetched: there was no answer"))?;
    if !(200..300).contains(&status) {
        return Err(format!("the server answers {status} for {name}"));
    }
    if is_web_page(&content) {
        return Err(format!("a web page came instead of {name}"));
    }
    Ok(content)
}

fn fetch(url: &str) -> Result<(u16, Vec<u8>), JsValue> {
    let request = Request::new();
    request.open("GET", url, false)?;
    request.set_response_type("arraybuffer");
    request.set_timeout(LIMIT_MS);
    request.send()?;
    Ok((request.status(), Uint8Array::new(&request.response()).to_vec()))
}
