//! Brings parts of the program that are not here from the start (`xtask/src/parts.rs`):
//! those of what the page goes on to, and what is fetched only when it is asked for.
//! It is here, below the page, because the pool's own engine is such a part, too.

use std::cell::Cell;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

// www/boot.js knows where the parts are, and how files are loaded here.
#[wasm_bindgen(js_namespace = parallelLabRest)]
extern "C" {
    #[wasm_bindgen(catch, js_name = load)]
    async fn load_ways(ways: &str) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = isOld)]
    async fn is_old() -> Result<JsValue, JsValue>;
}

/// Said where a part can't be had, and someone waits for it.
pub(crate) const NOT_HERE: &str = "The rest of the lab could not be loaded: a file is missing or was damaged on the way, or the \
                                   connection is gone. Reloading the page may help.";

/// What is not part of every lab, and fetched by those who need it.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum OnDemand {
    /// The page's own answers to a run's requests, where no worker can be started.
    Alone,
    /// What is drawn below the race's question.
    Backdrop,
    /// In which somebody writes questions of their own.
    Editor,
    /// What runs experiments, and loads the engines.
    Engines,
    /// The dialog for putting a lab into a page.
    Embed,
    /// What reads and shows questions that somebody else wrote.
    Own,
    /// What runs Python: comes with Python.
    Python,
    /// What shows, explains and takes along what came of a run of the open lab.
    Results,
}

thread_local! {
    /// The way to the open lab.
    static LAB: Cell<&'static str> = const { Cell::new("") };
    /// Whether some block of the open lab will show what came of a run.
    static RESULTS_ARE_FORESEEN: Cell<bool> = const { Cell::new(false) };
    /// Whether all that was more urgent is here.
    static IS_TIME: Cell<bool> = const { Cell::new(false) };
}

/// Which lab the page shows, by the way to it: besides what labs share, things lead to that.
pub(crate) fn set_lab(way: &'static str) {
    LAB.set(way);
}

/// The way to the lab that the page shows.
pub(crate) fn lab() -> &'static str {
    LAB.get()
}

/// Brings what the open lab will need, before it does: also what it says only from now on.
pub(crate) async fn bring_foreseen() {
    IS_TIME.set(true);
    if RESULTS_ARE_FORESEEN.get() {
        // Whoever needs it asks again.
        let _ = OnDemand::Results.bring().await;
    }
}

impl OnDemand {
    /// It will be wanted, as far as such a thing can be known.
    pub(crate) fn foresee(self) {
        if self == Self::Results && !RESULTS_ARE_FORESEEN.replace(true) && IS_TIME.get() {
            spawn_local(bring_foreseen());
        }
    }

    /// Its name in `xtask/src/parts.rs`.
    const fn way(self) -> &'static str {
        match self {
            Self::Alone => "alone",
            Self::Backdrop => "backdrop",
            Self::Editor => "editor",
            Self::Embed => "embed",
            Self::Own => "own",
            Self::Engines => "engines",
            Self::Python => "python",
            Self::Results => "results",
        }
    }

    /// Resolves once it is here.
    ///
    /// # Errors
    /// [`NOT_HERE`], where it can't be had.
    pub(crate) async fn bring(self) -> Result<(), &'static str> {
        match self {
            // What all labs share, and what is the lab's own.
            Self::Results => load(&format!("{0} {1}-{0}", self.way(), lab())).await,
            _ => load(self.way()).await,
        }
    }
}

/// Resolves once all that these ways (names, with spaces between) lead to is here.
///
/// # Errors
/// [`NOT_HERE`], where it can't be had; the browser's words are on its console.
pub(crate) async fn load(ways: &str) -> Result<(), &'static str> {
    load_ways(ways).await.map(drop).map_err(|_| NOT_HERE)
}

/// Whether the site has another version by now, which has none of this page's files: then
/// the page says so, and how to get that version.
pub(super) async fn is_page_old() -> bool {
    is_old().await.is_ok_and(|is_old| is_old.is_truthy())
}
