//! Which executors race.

use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::HtmlInputElement;

use crate::model::settings::Executor;
use crate::page::state::State;

/// A box per executor; the last one stays checked, for a race needs a runner.
#[component]
pub(crate) fn ExecutorChoice(state: State) -> impl IntoView {
    let chosen = move |executor| state.settings.with(|it| it.executors.contains(&executor));
    let toggle = move |executor: Executor, checked: bool| -> bool {
        let mut executors = state.settings.with_untracked(|it| it.executors.clone());
        executors.retain(|it| *it != executor);
        if checked || executors.is_empty() {
            executors.push(executor);
            executors.sort_unstable();
        }
        let kept = executors.contains(&executor);
        state.settings.update(|settings| settings.executors = executors);
        kept
    };
    let item = move |executor: Executor| {
        let id = format!("setting-executors-{}", executor.name());
        let label_for = id.clone();
        view! {
            <label class="check" for=label_for>
                <input
                    id=id
                    type="checkbox"
                    prop:checked=move || chosen(executor)
                    on:change=move |event| {
                        let target = event.target().and_then(|it| it.dyn_into().ok());
                        if let Some(input) = target {
                            let input: HtmlInputElement = input;
                            let kept = toggle(executor, input.checked());
                            input.set_checked(kept);
                        }
                    }
                />
                <i class="swatch" data-executor=executor.name()></i>
                {executor.label()}
            </label>
        }
    };
    view! {
        <fieldset id="setting-executors" class="field executors">
            <legend>"Who races (at least one)"</legend>
            {Executor::ALL.map(item).collect_view()}
        </fieldset>
    }
}
