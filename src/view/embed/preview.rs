//! The lab as it will stand in the page: a frame of ourselves, made when it is
//! asked for, and as small as the dialog needs it.

use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

use super::draft::Draft;
use crate::page::state::Page;

#[component]
pub(super) fn Preview(page: Page, draft: Draft) -> impl IntoView {
    let is_unfolded = RwSignal::new(false);
    let room = NodeRef::<Div>::new();
    let toggle = move |event: Event| {
        let fold = event.target().and_then(|it| it.dyn_into::<Element>().ok());
        is_unfolded.set(fold.is_some_and(|it| it.has_attribute("open")));
    };
    // A closed dialog runs nothing.
    let is_seen = Memo::new(move |_| draft.is_open.get() && is_unfolded.get());
    let room_px = move || {
        page.appearance.track();
        is_seen.track();
        f64::from(room.get().map_or(0, |it| it.client_width())).max(1.0)
    };
    let width_px = move || draft.choices.get().size.width_px.map_or_else(room_px, f64::from);
    let height_px = move || f64::from(draft.choices.get().size.height_px);
    let scale = move || (room_px() / width_px()).min(1.0);
    let frame = move || {
        let Some(address) = draft.preview() else {
            return view! { <p class="embed-hint">"This page was opened from a file, which may not frame itself."</p> }
                .into_any();
        };
        view! {
            <iframe
                id="embed-frame"
                src=address
                title="Preview of the lab"
                style:width=move || format!("{}px", width_px())
                style:height=move || format!("{}px", height_px())
                style:transform=move || format!("scale({})", scale())
            ></iframe>
        }
        .into_any()
    };
    view! {
        <details class="embed-preview" on:toggle=toggle>
            <summary>"Preview"</summary>
            <div class="embed-room" node_ref=room style:height=move || format!("{}px", height_px() * scale())>
                {move || is_seen.get().then(frame)}
            </div>
        </details>
    }
}
