//! One of a few words.

use leptos::prelude::*;

use crate::model::parameter::{Parameter, Word};
use crate::model::query::apply_field;
use crate::page::state::Page;

/// A labelled selection for one setting.
#[component]
pub(crate) fn Choice(page: Page, parameter: &'static Parameter) -> impl IntoView {
    let id = format!("setting-{}", parameter.name);
    let current = Memo::new(move |_| page.values.with(|it| it.text(parameter.name)));
    let choose = move |text: String| {
        let (changed, _) = page.values.with_untracked(|it| apply_field(it, parameter.name, &text));
        page.values.set(changed);
    };
    let option = move |(value, words): Word| {
        view! {
            <option value=value prop:selected=move || current.with(|it| it == value)>{words}</option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{parameter.label}</label>
            <select
                id=id
                name=parameter.name
                title=parameter.hint
                on:change=move |event| choose(event_target_value(&event))
            >
                {parameter.kind.words().iter().copied().map(option).collect_view()}
            </select>
        </div>
    }
}
