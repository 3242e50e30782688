//! The slider: how much of a task needs no interpreter.

use leptos::prelude::*;

use crate::model::parameter::{Kind, Most};
use crate::model::query::apply_field;
use crate::page::state::Page;
use crate::page::text::text;

/// A slider for a setting that is a percentage, with its value beside it.
#[component]
pub(super) fn Mix(page: Page, name: &'static str) -> impl IntoView {
    let Some(parameter) = page.lab.parameter(name) else { return ().into_any() };
    let (least, most) = match parameter.kind {
        Kind::Whole { least, most: Most::Fixed(most) } => (least, most),
        _ => (0, 100),
    };
    let id = format!("setting-{name}");
    let value = Memo::new(move |_| page.values.with(|it| it.text(name)));
    let slide = move |event| {
        let (changed, _) = apply_field(&page.values.get_untracked(), name, &event_target_value(&event));
        page.values.set(changed);
    };
    view! {
        <div class="field">
            <label for=id.clone()>{parameter.label}</label>
            <div class="mix">
                <input
                    id=id.clone()
                    name=name
                    type="range"
                    min=least
                    max=most
                    step="5"
                    title=parameter.hint
                    prop:value=move || value.get()
                    on:input=slide
                />
                <output for=id prop:textContent=text(move || format!("{} %", value.get()))></output>
            </div>
        </div>
    }
    .into_any()
}
