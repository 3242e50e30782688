//! What will happen? Asked before a run, never in its way; what came of the answer
//! stands beside it after the run.

use leptos::prelude::*;

use crate::model::settings::Executor;
use crate::page::text::{Text, text};

/// An answer that can be picked.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Answer {
    /// What stands for it in messages.
    pub(crate) id: String,
    /// What people read.
    pub(crate) label: String,
    /// In whose colour, if in anyone's.
    pub(crate) executor: Option<Executor>,
}

impl Answer {
    /// An answer in no executor's colour.
    pub(crate) fn new(id: impl Into<String>, label: impl Into<String>) -> Self {
        Self { id: id.into(), label: label.into(), executor: None }
    }
}

/// A question with a row of answers, of which one can be picked.
#[component]
pub(crate) fn Guess(
    #[prop(into)] question: Signal<String>,
    #[prop(into)] answers: Signal<Vec<Answer>>,
    /// The picked one's id.
    #[prop(into)]
    picked: Signal<Option<String>>,
    #[prop(into)] pick: Callback<String>,
    /// Nothing is asked now.
    #[prop(into, optional)]
    is_closed: Signal<bool>,
    /// Further choices, behind the answers.
    #[prop(optional)]
    children: Option<Children>,
) -> impl IntoView {
    let option = move |Answer { id, label, executor }: Answer| {
        let (value, own) = (id.clone(), id.clone());
        view! {
            <label class="pill" data-executor=executor.map(Executor::name)>
                <input
                    type="radio"
                    name="guess"
                    value=value
                    prop:checked=move || picked.with(|it| it.as_ref() == Some(&own))
                    on:change=move |_| pick.run(id.clone())
                />
                <span translate=executor.map(|_| "no") prop:textContent=Text::from(label)></span>
            </label>
        }
    };
    view! {
        <fieldset class="predict" id="predict" hidden=move || is_closed.get()>
            <legend prop:textContent=text(move || question.get())></legend>
            {move || answers.get().into_iter().map(option).collect_view()}
            {children.map(|more| more())}
        </fieldset>
    }
}

/// What came of the answer: a sentence, after the run.
#[component]
pub(crate) fn Feedback(#[prop(into)] said: Signal<Option<String>>) -> impl IntoView {
    view! {
        <p id="feedback" class="guess" aria-live="polite" prop:textContent=text(move || said.get())></p>
    }
}
