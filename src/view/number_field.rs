//! A number that a person types: checked with every key, never taken away.

use leptos::prelude::*;

use crate::model::query::{Parameter, Problem, apply_field};
use crate::page::state::State;

/// A labelled field for one numeric setting, with the contract's own checks.
#[component]
pub(crate) fn NumberField(
    state: State,
    parameter: Parameter,
    #[prop(into)] label: String,
    /// What it means, where the name alone doesn't say it.
    #[prop(into, optional)]
    hint: String,
) -> impl IntoView {
    let id = format!("setting-{}", parameter.name());
    let error_id = format!("{id}-error");
    let from_settings = move || state.settings.with_untracked(|it| parameter.text(it));
    let text = RwSignal::new(from_settings());
    let problem = RwSignal::new(None::<Problem>);

    // Settings from outside the form replace what was typed.
    Effect::new(move |first: Option<()>| {
        state.revision.track();
        if first.is_some() {
            text.set(from_settings());
            problem.set(None);
        }
    });
    let take = move || {
        let typed = text.get_untracked();
        let settings = state.settings.get_untracked();
        let (changed, found) = apply_field(&settings, parameter, typed.trim(), &state.defaults.get_value());
        problem.set(found.filter(|found| found.parameter == parameter.name()));
        if changed != settings {
            state.settings.set(changed);
        }
    };
    // A chunk's range depends on the ensemble: what was typed is read again.
    if parameter == Parameter::Chunk {
        let members = Memo::new(move |_| state.settings.with(|it| it.members));
        Effect::new(move |first: Option<()>| {
            // Read, not only tracked: a memo that nobody reads notices nothing.
            let _ = members.get();
            if first.is_some() {
                take();
            }
        });
    }

    let mode = if parameter == Parameter::Chunk {
        "text"
    } else if parameter.is_integer() {
        "numeric"
    } else {
        "text"
    };
    let described_by = error_id.clone();
    view! {
        <div class="field">
            <label for=id.clone()>{label}</label>
            <input
                id=id
                name=parameter.name()
                type="text"
                inputmode=mode
                autocomplete="off"
                spellcheck="false"
                title=hint
                aria-describedby=described_by
                aria-invalid=move || problem.with(|it| it.is_some().then_some("true"))
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    take();
                }
            />
            <p class="field-error" id=error_id aria-live="polite">
                {move || problem.with(|it| it.as_ref().map(sentence))}
            </p>
        </div>
    }
}

fn sentence(problem: &Problem) -> String {
    format!("Allowed: {}. Used instead: {}.", problem.allowed, problem.used)
}
