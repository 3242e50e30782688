//! A number that a person types: checked with every key, never taken away.

use leptos::prelude::*;

use crate::model::parameter::{Kind, Parameter, Problem};
use crate::model::query::apply_field;
use crate::page::state::Page;
use crate::page::text::text as text_of;

/// A labelled field for one numeric setting, with the contract's own checks.
#[component]
pub(crate) fn NumberField(page: Page, parameter: &'static Parameter) -> impl IntoView {
    let id = format!("setting-{}", parameter.name);
    let error_id = format!("{id}-error");
    let from_settings = move || page.values.with_untracked(|it| it.text(parameter.name));
    let text = RwSignal::new(from_settings());
    let problem = RwSignal::new(None::<Problem>);

    // Settings from outside the form replace what was typed.
    Effect::new(move |first: Option<()>| {
        page.revision.track();
        if first.is_some() {
            text.set(from_settings());
            problem.set(None);
        }
    });
    let take = move || {
        let typed = text.get_untracked();
        let values = page.values.get_untracked();
        let (changed, found) = apply_field(&values, parameter.name, typed.trim());
        problem.set(found.filter(|found| found.parameter == parameter.name));
        if changed != values {
            page.values.set(changed);
        }
    };
    // Where the range depends on another setting, what was typed is read again.
    if let Some(other) = parameter.kind.depends_on() {
        let other = Memo::new(move |_| page.values.with(|it| it.whole(other)));
        Effect::new(move |first: Option<()>| {
            // Read, not only tracked: a memo that nobody reads notices nothing.
            let _ = other.get();
            if first.is_some() {
                take();
            }
        });
    }

    let mode = if matches!(parameter.kind, Kind::Whole { .. }) { "numeric" } else { "text" };
    let described_by = error_id.clone();
    view! {
        <div class="field">
            <label for=id.clone()>{parameter.label}</label>
            <input
                id=id
                name=parameter.name
                type="text"
                inputmode=mode
                autocomplete="off"
                spellcheck="false"
                title=parameter.hint
                aria-describedby=described_by
                aria-invalid=move || problem.with(|it| it.is_some().then_some("true"))
                prop:value=move || text.get()
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    take();
                }
            />
            <p
                class="field-error"
                id=error_id
                aria-live="polite"
                prop:textContent=text_of(move || problem.with(|it| it.as_ref().map(sentence)))
            ></p>
        </div>
    }
}

fn sentence(problem: &Problem) -> String {
    format!("Allowed: {}. Used instead: {}.", problem.allowed, problem.used)
}
