//! The dialog. It is modal: the browser keeps the focus inside, Escape closes
//! it, and the focus goes back to the button.

use leptos::html::{Dialog, Textarea};
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::draft::{CHECKS, Check, Draft, SELECTS, Select};
use super::preview::Preview;
use super::snippet::Form;
use crate::page::clipboard;
use crate::page::dom;
use crate::page::state::Page;
use crate::page::text::{Text, text};
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;

/// The button and its dialog; nothing in a frame, where the lab is embedded already.
#[component]
pub(crate) fn Embed(page: Page) -> impl IntoView {
    dom::parent().is_none().then(|| view! { <Closed page /> })
}

#[component]
fn Closed(page: Page) -> impl IntoView {
    // How often.
    let asked = RwSignal::new(0_u32);
    view! {
        <button id="embed" type="button" aria-haspopup="dialog" on:click=move |_| asked.update(|it| *it += 1)>
            "Embed …"
        </button>
        {later(OnDemand::Embed, Signal::derive(move || asked.get() > 0), Some(MISSING), move || dialog(page, asked))}
    }
}

/// The dialog, which opens whenever it is `asked` for. Here its part of the program
/// is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn dialog(page: Page, asked: RwSignal<u32>) -> AnyView {
    let draft = Draft::new(page);
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        asked.track();
        let Some(dialog) = dialog.get() else { return };
        draft.open(page);
        let _ = dialog.show_modal();
    });
    let close = move |_| {
        if let Some(dialog) = dialog.get_untracked() {
            dialog.close();
        }
    };
    view! {
        <dialog
            id="embed-dialog"
            class="embed-dialog"
            node_ref=dialog
            aria-labelledby="embed-title"
            on:close=move |_| draft.is_open.set(false)
        >
            <div class="embed-head">
                <h2 id="embed-title">"Put it into a page or a slide"</h2>
                <button id="embed-close" type="button" class="quiet" on:click=close>
                    "Close"
                </button>
            </div>
            <Choices draft />
            <p id="embed-summary" class="embed-hint" prop:textContent=text(move || draft.summary())></p>
            {draft.is_local().then(|| view! { <p class="embed-hint embed-local">{LOCAL_HINT}</p> })}
            <Lines draft />
            <Preview page draft />
        </dialog>
    }
    .into_any()
}

const MISSING: &str =
    "This dialog could not be loaded: a file is missing, or the connection is gone. Trying again may help.";

const LOCAL_HINT: &str = "This copy of the lab runs on your own computer: for others the lines lead nowhere. \
                          Take them from the page where the lab is hosted.";

#[component]
fn Choices(draft: Draft) -> impl IntoView {
    view! {
        <div class="controls embed-choices">
            {SELECTS.map(|it| select(draft, &it)).collect_view()}
            {CHECKS.map(|it| check(draft, &it)).collect_view()}
        </div>
    }
}

fn check(draft: Draft, &Check { id, label, chosen, choose }: &Check) -> AnyView {
    view! {
        <label class="check">
            <input
                id=id
                type="checkbox"
                prop:checked=move || chosen(&draft.choices.get())
                on:change=move |event| draft.choices.update(|it| choose(it, event_target_checked(&event)))
            />
            {label}
        </label>
    }
    .into_any()
}

/// A labelled list; an option's value is its number.
fn select(draft: Draft, &Select { id, label, offered, chosen, choose }: &Select) -> AnyView {
    let options = move || {
        let choices = draft.choices.get();
        let chosen = chosen(&choices);
        let option = |(index, words): (usize, String)| {
            view! {
                <option
                    value=index.to_string()
                    prop:selected=chosen == Some(index)
                    prop:textContent=Text::from(words)
                ></option>
            }
        };
        offered(draft.catalogue, &choices).into_iter().enumerate().map(option).collect_view()
    };
    let on_change = move |event| {
        if let Ok(index) = event_target_value(&event).parse() {
            draft.choices.update(|it| choose(it, index));
        }
    };
    view! {
        <div class="field">
            <label for=id>{label}</label>
            <select id=id autocomplete="off" on:change=on_change>
                {options}
            </select>
        </div>
    }
    .into_any()
}

/// The lines and the button that copies them.
#[component]
fn Lines(draft: Draft) -> impl IntoView {
    let field = NodeRef::<Textarea>::new();
    let told = RwSignal::new(String::new());
    let lines = Memo::new(move |_| draft.lines());
    Effect::new(move || {
        // Other lines were not copied yet.
        let _ = lines.get();
        told.set(String::new());
    });
    let copy = move |_| {
        spawn_local(async move {
            let is_copied = clipboard::write(&lines.get_untracked()).await;
            if !is_copied && let Some(field) = field.get_untracked() {
                let _ = field.focus();
                field.select();
            }
            let sentence = if is_copied {
                "The lines are on the clipboard."
            } else {
                "This browser does not let the lab use the clipboard. The lines are selected: copy them by keyboard."
            };
            told.set(sentence.into());
        });
    };
    let form = move |form: Form| {
        view! {
            <label>
                <input
                    type="radio"
                    name="embed-form"
                    value=form.name()
                    prop:checked=move || draft.choices.get().form == form
                    on:change=move |_| draft.choices.update(|it| it.form = form)
                />
                <span translate="no">{form.name()}</span>
            </label>
        }
    };
    view! {
        <div class="embed-forms">
            <fieldset class="segments">
                <legend class="visually-hidden">"What it goes into"</legend>
                {Form::ALL.map(form).collect_view()}
            </fieldset>
            <span class="embed-hint" prop:textContent=text(move || draft.choices.get().form.hint())></span>
        </div>
        <textarea
            id="embed-lines"
            class="taken-text"
            node_ref=field
            aria-label="The lines to copy"
            rows="5"
            readonly
            spellcheck="false"
            prop:value=move || lines.get()
        ></textarea>
        <div class="embed-copy">
            <button id="embed-copy" type="button" class="primary" on:click=copy>
                "Copy"
            </button>
            <output
                id="embed-told"
                class="embed-hint"
                for="embed-copy"
                prop:textContent=text(move || told.get())
            ></output>
        </div>
    }
}
