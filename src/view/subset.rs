//! Some of a few words.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::model::parameter::{Parameter, Value, Word};
use crate::page::state::Page;

/// A box per word; the last one stays checked, for there has to be one.
#[component]
pub(crate) fn Subset(page: Page, parameter: &'static Parameter) -> impl IntoView {
    let words = parameter.kind.words();
    let is_chosen = move |word: &str| {
        page.values.with(|it| matches!(it.get(parameter.name), Some(Value::Words(words)) if words.contains(&word)))
    };
    let toggle = move |word: &'static str, checked: bool| -> bool {
        let chosen = |it: &Word| if it.0 == word { checked } else { untrack(|| is_chosen(it.0)) };
        let mut chosen: Vec<_> = words.iter().filter(|it| chosen(it)).map(|it| it.0).collect();
        if chosen.is_empty() {
            chosen.push(word);
        }
        let kept = chosen.contains(&word);
        page.values.update(|values| values.put(parameter.name, Value::Words(chosen)));
        kept
    };
    let item = move |(word, label): Word| {
        let id = format!("setting-{}-{word}", parameter.name);
        let label_for = id.clone();
        view! {
            <label class="check" for=label_for>
                <input
                    id=id
                    type="checkbox"
                    prop:checked=move || is_chosen(word)
                    on:change=move |event| {
                        let target = event.target().and_then(|it| it.dyn_into().ok());
                        if let Some(input) = target {
                            let input: HtmlInputElement = input;
                            let kept = toggle(word, input.checked());
                            input.set_checked(kept);
                        }
                    }
                />
                <i class="swatch" data-executor=word></i>
                <span translate="no">{label}</span>
            </label>
        }
    };
    view! {
        <fieldset id=format!("setting-{}", parameter.name) class="field executors">
            <legend>{parameter.label}</legend>
            {words.iter().copied().map(item).collect_view()}
        </fieldset>
    }
}
