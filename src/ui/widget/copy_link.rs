//! A link with all settings, to share.

use js_sys::{Function, Promise};
use leptos::prelude::*;
use leptos::task::spawn_local;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::JsValue;
use wasm_bindgen_futures::JsFuture;

use crate::ui::state::State;
use crate::ui::{dom, url};

/// The button, and the link itself: where the clipboard is refused it can be
/// copied by hand.
#[component]
pub(crate) fn CopyLink(state: State) -> impl IntoView {
    let link = RwSignal::new(String::new());
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let Some(text) = url::link(state) else { return };
        copied.set(false);
        link.set(text.clone());
        spawn_local(async move {
            if let Some(promise) = write_to_clipboard(&text) {
                copied.set(JsFuture::from(promise).await.is_ok());
            }
        });
    };
    // Another setting makes the link old.
    Effect::new(move || {
        state.settings.track();
        link.set(String::new());
    });
    view! {
        <button id="copy-link" type="button" on:click=copy>
            "Copy link"
        </button>
        <output id="link" class="link" for="copy-link">
            {move || link.with(|it| (!it.is_empty() && copied.get()).then_some("Copied: "))}
            {move || link.get()}
        </output>
    }
}

/// `None` where there is no clipboard (insecure contexts), or it throws.
fn write_to_clipboard(text: &str) -> Option<Promise> {
    let navigator = dom::window()?.navigator();
    let clipboard = dom::property(&navigator, "clipboard")?;
    let write: Function = dom::property(&clipboard, "writeText")?.dyn_into().ok()?;
    write.call1(&clipboard, &JsValue::from_str(text)).ok()?.dyn_into().ok()
}
