//! Python's files: fetched when somebody opens Python, compiled once.

use std::cell::{Cell, RefCell};

use js_sys::{Promise, Uint8Array, WebAssembly};
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::JsFuture;

use super::{Arrival, build, memory};
use crate::model::report::ErrorCode;
use crate::pool::files::{Source, Unfetched, fetch_bytes, folder, packed, unheard};
use crate::pool::page_facts::{SINGLE_FILE, fact};
use crate::pool::probe::{script_url, why_unreadable};
use crate::pool::worker::words;

/// An interpreter as the page holds it.
pub(super) struct Program {
    /// Address of the worker script.
    script_url: RefCell<String>,
    /// The program, compiled.
    pub(super) module: JsValue,
    /// It is the one with threads.
    pub(super) shares_memory: bool,
    /// Memory is too short for an interpreter to leave a snapshot.
    pub(super) is_cramped: Cell<bool>,
    /// What an interpreter has left for later ones to start from.
    pub(super) snapshot: RefCell<Option<JsValue>>,
}

impl Program {
    fn new(script_url: String, module: JsValue, shares_memory: bool) -> Self {
        let (script_url, is_cramped) = (RefCell::new(script_url), Cell::new(false));
        Self { script_url, module, shares_memory, is_cramped, snapshot: RefCell::default() }
    }

    /// Address of the worker script.
    pub(super) fn script_url(&self) -> String {
        self.script_url.borrow().clone()
    }

    /// From now on the worker script is a copy that the page holds; says whether there
    /// is one, and was none before.
    pub(super) async fn take_copy(&self) -> bool {
        let url = self.script_url();
        if url.starts_with("blob:") {
            return false;
        }
        let Ok(script) = fetch_bytes(&url, Source::Anywhere, &unheard).await else { return false };
        let copy = script_url(&String::from_utf8_lossy(&script.to_vec()));
        let has_copy = copy.is_ok();
        copy.into_iter().for_each(|copy| drop(self.script_url.replace(copy)));
        has_copy
    }

    /// Later interpreters start from there.
    pub(super) fn keep_snapshot(&self, bytes: &Uint8Array) {
        self.snapshot.replace(Some(bytes.buffer().into()));
    }
}

/// Why there is no Python.
#[derive(Clone, Debug, PartialEq)]
pub enum Missing {
    /// This build of the page has none.
    NotBuilt,
    /// A development server could not build it: the compiler's words.
    Unbuilt(String),
    /// The page is one file without it; where the lab's web page is, if it is known.
    NotInFile(Option<String>),
    /// A frame or a file without an origin may not read it: a sentence.
    NoOrigin(String),
    /// The browser does not give it the memory that it needs.
    Memory,
    /// A clause that says what is wrong.
    Broken(String),
}

impl Missing {
    /// Where there is one.
    #[must_use]
    pub fn page(&self) -> Option<&str> {
        match self {
            Self::NotInFile(page) => page.as_deref(),
            Self::NotBuilt | Self::Unbuilt(_) | Self::NoOrigin(_) | Self::Memory | Self::Broken(_) => None,
        }
    }

    /// What kind of failure.
    #[must_use]
    pub fn code(&self) -> ErrorCode {
        if *self == Self::Memory { ErrorCode::Memory } else { ErrorCode::Python }
    }

    /// For learners.
    #[must_use]
    pub fn sentence(&self) -> String {
        match self {
            Self::NotBuilt => "This copy of the lab was built without Python: `cargo xtask serve` and `cargo xtask dist` build it in.".into(),
            Self::Unbuilt(reason) => format!("Python could not be built ({reason}). The terminal where `cargo xtask serve` runs says more."),
            Self::NotInFile(Some(page)) => format!("This copy of the lab is one file, without Python. The lab's web page has it: {page}."),
            Self::NotInFile(None) => "This copy of the lab is one file, without Python. The lab's web page has it, and so has a copy that was built by `cargo xtask dist --single-file --with-python`.".into(),
            Self::NoOrigin(sentence) => sentence.clone(),
            Self::Memory => format!("Not enough memory: Python needs about {} MiB to start, and the browser gives it less. Closing other tabs and programs may help.", memory::NEEDED_MIB),
            Self::Broken(reason) => format!("Python could not be started: {reason}."),
        }
    }
}

/// Loads an interpreter; `tell` hears how far it is.
///
/// # Errors
/// Why there is none.
pub(super) async fn load(shares_memory: bool, source: Source, tell: &dyn Fn(Arrival)) -> Result<Program, Missing> {
    if let Some((text, bytes)) = packed("python-isolated") {
        let module = compile(&bytes).await.map_err(Missing::Broken)?;
        let script_url = script_url(&text).map_err(Missing::Broken)?;
        return Ok(Program::new(script_url, module, false));
    }
    if fact(SINGLE_FILE).is_some() {
        return Err(Missing::NotInFile(fact("data-hosted")));
    }
    let attribute = if shares_memory { "data-python-threaded" } else { "data-python-isolated" };
    let folder = match folder(attribute) {
        Ok(folder) => folder,
        Err(_) => build::folder(shares_memory, tell).await?,
    };
    let broken = |error| match (&error, why_unreadable()) {
        (Unfetched::Refused(_), Some(sentence)) => Missing::NoOrigin(sentence),
        _ => Missing::Broken(Unfetched::into_reason(error)),
    };
    if source == Source::Server {
        // The workers fetch it by themselves: renew the cache's copy.
        fetch_bytes(&format!("{folder}worker.js"), source, &unheard).await.map_err(broken)?;
    }
    let bytes = fetch_bytes(&format!("{folder}python.wasm"), source, &|bytes| tell(Arrival::Fetched(bytes)))
        .await
        .map_err(broken)?;
    let module = compile(&bytes).await.map_err(Missing::Broken)?;
    Ok(Program::new(format!("{folder}worker.js"), module, shares_memory))
}

async fn compile(bytes: &Uint8Array) -> Result<JsValue, String> {
    JsFuture::from(WebAssembly::compile(bytes).unchecked_into::<Promise>())
        .await
        .map_err(|error| format!("the interpreter does not compile: {}", words(&error)))
}
