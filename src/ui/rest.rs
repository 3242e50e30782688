//! The rest of the program: the build parts it in two (`xtask/src/site.rs`), so
//! that the question is there soon. Whatever needs the rest waits for it here;
//! what forgets to is held up until the rest is there, instead of failing.

use std::cell::Cell;
use std::pin::Pin;

use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::spawn_local;

use super::dom;

// www/boot.js knows where the rest is, and how files are loaded here.
#[wasm_bindgen(js_namespace = parallelLabRest)]
extern "C" {
    fn begin(exports: &JsValue);
    #[wasm_bindgen(catch)]
    async fn load() -> Result<JsValue, JsValue>;
    #[wasm_bindgen(js_name = loadNow)]
    fn load_now();
}

thread_local! {
    static IS_HERE: Cell<bool> = const { Cell::new(false) };
}

/// Must come before anything that may need the rest.
pub(crate) fn prepare() {
    begin(&wasm_bindgen::exports());
}

/// Brings the rest before it returns: what stands in for a function of the
/// rest calls this first.
#[wasm_bindgen(js_name = loadRestNow)]
pub fn load_rest_now() {
    load_now();
}

/// Brings the rest in good time, then `more`; where that fails, whoever needs it
/// tries again.
pub(crate) fn fetch_ahead(more: Pin<Box<dyn Future<Output = ()>>>) {
    spawn_local(async {
        if bring().await.is_ok() {
            more.await;
        }
    });
}

/// Goes on once the rest is here: at once, if it is.
pub(crate) fn then(go_on: impl FnOnce() + 'static) {
    if IS_HERE.get() {
        return go_on();
    }
    let _ = dom::call_boot("parallelLabBoot", "waiting", None);
    spawn_local(async move {
        if bring().await.is_ok() {
            let _ = dom::call_boot("parallelLabBoot", "arrived", None);
            return go_on();
        }
        let sentence = "The rest of the lab could not be loaded: the connection is gone, or something on the way \
                        blocks it. Reloading the page may help.";
        let _ = dom::call_boot("parallelLabBoot", "failed", Some(sentence));
    });
}

async fn bring() -> Result<(), JsValue> {
    load().await?;
    IS_HERE.set(true);
    Ok(())
}
