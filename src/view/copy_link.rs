//! A link with all settings, to share.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::clipboard;
use crate::page::state::Page;
use crate::page::text::text;
use crate::page::url;

/// The button, and the link itself: where the clipboard is refused it can be
/// copied by hand.
#[component]
pub(crate) fn CopyLink(page: Page) -> impl IntoView {
    let link = RwSignal::new(String::new());
    let copied = RwSignal::new(false);
    let copy = move |_| {
        let Some(text) = url::link(page) else { return };
        copied.set(false);
        link.set(text.clone());
        spawn_local(async move { copied.set(clipboard::write(&text).await) });
    };
    // Another setting makes the link old.
    Effect::new(move || {
        page.values.track();
        link.set(String::new());
    });
    view! {
        <button id="copy-link" type="button" on:click=copy>
            "Copy link"
        </button>
        <output id="link" class="link" for="copy-link">
            <span prop:textContent=text(move || {
                link.with(|it| (!it.is_empty() && copied.get()).then_some("Copied: "))
            })></span>
            <span translate="no" prop:textContent=text(move || link.get())></span>
        </output>
    }
}
