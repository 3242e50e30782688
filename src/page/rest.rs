//! The rest of the program, as far as the open lab needs it: the build parts it
//! (`xtask/src/parts.rs`), so that the question is there soon and no lab brings what
//! only others use. Whatever needs it waits for it here; what forgets to is held up
//! until it is there, instead of failing. What is fetched on demand has
//! [`pool::on_demand`](crate::pool::on_demand).

use std::cell::{Cell, RefCell};

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

use super::dom;
use crate::executor::allocator;
use crate::pool::on_demand::{NOT_HERE, lab, load};

// www/boot.js knows where the parts are, and how files are loaded here.
#[wasm_bindgen(js_namespace = parallelLabRest)]
extern "C" {
    fn begin(exports: &JsValue);
    #[wasm_bindgen(js_name = loadNow)]
    fn load_now(way: u32);
}

thread_local! {
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
    static NEXT: RefCell<Option<Box<dyn FnOnce()>>> = const { RefCell::new(None) };
}

/// Must come before anything that may need the rest.
pub(crate) fn prepare() {
    begin(&wasm_bindgen::exports());
}

/// Brings something before it returns: what stands in for a function that is not here
/// calls this first. Ways are numbered as the build names them in the page.
#[wasm_bindgen(js_name = loadRestNow)]
pub fn load_rest_now(way: u32) {
    load_now(way);
}

/// Whether memory was refused last: where the program ends, www/boot.js asks this.
#[wasm_bindgen(js_name = isOutOfMemory)]
#[must_use]
pub fn is_out_of_memory() -> bool {
    allocator::refused_bytes() != 0
}

/// Whether the rest is here.
pub(crate) fn is_here() -> bool {
    IS_HERE.get()
}

/// Brings the rest in good time. Where that fails, whoever needs it tries again;
/// `go_on` follows the first success.
pub(crate) fn fetch_ahead(go_on: impl FnOnce() + 'static) {
    NEXT.set(Some(Box::new(go_on)));
    spawn_local(async {
        let _ = bring().await;
    });
}

/// Goes on once the rest is here: at once, if it is.
pub(crate) fn then(go_on: impl FnOnce() + 'static) {
    if is_here() {
        return go_on();
    }
    let _ = dom::call_boot("parallelLabBoot", "waiting", None);
    spawn_local(async move {
        if bring().await.is_ok() {
            let _ = dom::call_boot("parallelLabBoot", "arrived", None);
            return go_on();
        }
        let _ = dom::call_boot("parallelLabBoot", "failed", Some(NOT_HERE));
    });
}

async fn bring() -> Result<(), &'static str> {
    load(lab()).await?;
    IS_HERE.set(true);
    if let Some(go_on) = NEXT.take() {
        go_on();
    }
    Ok(())
}
