//! What must be said of a figure also where it stands alone.

use leptos::prelude::*;

use crate::page::text::text;

/// An item of the list of reasons, seen in the figure view: elsewhere it is said beside the verdict.
#[component]
pub(crate) fn FigureNote(
    /// The sentence; nothing where there is none.
    said: Signal<Option<String>>,
) -> impl IntoView {
    view! {
        <li
            class="figure-note"
            hidden=move || said.with(Option::is_none)
            prop:textContent=text(move || said.get())
        ></li>
    }
}
