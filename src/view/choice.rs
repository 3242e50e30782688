//! One of a few words.

use leptos::prelude::*;

use crate::model::query::{Parameter, apply_field};
use crate::page::state::State;

/// A labelled selection for one setting.
#[component]
pub(crate) fn Choice(
    state: State,
    parameter: Parameter,
    #[prop(into)] label: String,
    /// What it means, where the name alone doesn't say it.
    #[prop(into, optional)]
    hint: String,
    /// Values with the words that learners read.
    options: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let id = format!("setting-{}", parameter.name());
    let current = Memo::new(move |_| state.settings.with(|it| parameter.text(it)));
    let choose = move |text: String| {
        let settings = state.settings.get_untracked();
        let (changed, _) = apply_field(&settings, parameter, &text, &state.defaults.get_value());
        state.settings.set(changed);
    };
    let option = move |(value, words): (&'static str, &'static str)| {
        view! {
            <option value=value prop:selected=move || current.with(|it| it == value)>{words}</option>
        }
    };
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <select
                id=id
                name=parameter.name()
                title=hint
                on:change=move |event| choose(event_target_value(&event))
            >
                {options.iter().copied().map(option).collect_view()}
            </select>
        </div>
    }
}
