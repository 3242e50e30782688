//! After a run: why was it so? Causes to pick from, then the one that the figures
//! show, and one change to try.

use leptos::prelude::*;

use crate::page::text::{Text, text as text_of};

/// A cause that can be picked.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Cause {
    /// What stands for it.
    pub(crate) id: &'static str,
    /// What people read.
    pub(crate) label: &'static str,
}

/// What is asked, and what the figures say.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Why {
    /// The question.
    pub(crate) question: String,
    /// What can be picked.
    pub(crate) causes: Vec<Cause>,
    /// The id of the one that the figures show.
    pub(crate) truth: &'static str,
    /// What they show.
    pub(crate) text: String,
    /// One change to try: a button's words.
    pub(crate) change: Option<String>,
}

/// Causes to pick from, and what the figures say once one is picked, or asked for.
#[component]
pub(crate) fn Causes(
    why: Why,
    /// The picked one's id.
    picked: RwSignal<Option<&'static str>>,
    /// It was asked for without picking.
    is_told: RwSignal<bool>,
    /// Makes the change.
    #[prop(into)]
    try_it: Callback<()>,
) -> impl IntoView {
    let is_open = move || is_told.get() || picked.with(Option::is_some);
    let Why { question, causes, truth, text, change } = why;
    let option = move |Cause { id, label }: Cause| {
        let is_picked = move || picked.get() == Some(id);
        let mark = move || match (is_open(), truth == id, is_picked()) {
            (true, true, _) => "✓ ",
            (true, false, true) => "✗ ",
            _ => "",
        };
        view! {
            <button
                type="button"
                class="cause"
                data-cause=id
                aria-pressed=move || if is_picked() { "true" } else { "false" }
                disabled=move || is_open() && !is_picked() && truth != id
                on:click=move |_| {
                    if !is_open() {
                        picked.set(Some(id));
                    }
                }
            >
                <span prop:textContent=text_of(mark)></span>
                <span prop:textContent=Text::from(label)></span>
            </button>
        }
    };
    let said = move || {
        is_open().then(|| {
            let begin = match picked.get() {
                Some(picked) if picked == truth => "The figures agree. ",
                Some(_) => "The figures say otherwise. ",
                None => "",
            };
            format!("{begin}{text}")
        })
    };
    let change = move || {
        let label = change.clone().filter(|_| is_open())?;
        Some(view! {
            <button type="button" id="try" class="try" on:click=move |_| try_it.run(())>
                <span prop:textContent=Text::from(label)></span>
                " →"
            </button>
        })
    };
    view! {
        <div class="causes" role="group" aria-labelledby="why">
            <p id="why" class="why" prop:textContent=Text::from(question)></p>
            {causes.into_iter().map(option).collect_view()}
            <button
                type="button"
                id="explain"
                class="link-button"
                hidden=is_open
                on:click=move |_| is_told.set(true)
            >
                "Just tell me"
            </button>
        </div>
        <div class="told">
            <p id="explanation" class="explanation" role="status" prop:textContent=text_of(said)></p>
            {change}
        </div>
    }
}
