//! What will happen? Asked before a run, never in its way; set beside what happened after it.

use leptos::prelude::*;

use super::bench::Bench;
use super::lesson::Answer;

/// The lab's question with its options, and after a run, what came of the answer.
#[component]
pub(super) fn Prediction(bench: Bench) -> impl IntoView {
    let question = Memo::new(move |_| bench.lesson.with(|it| it.as_ref().and_then(|it| it.prediction.clone())));
    let option = move |Answer { id, label, .. }: Answer| {
        let (value, own) = (id.clone(), id.clone());
        let is_chosen = move || bench.expected.with(|it| it.as_ref() == Some(&own));
        view! {
            <label class="pill">
                <input
                    type="radio"
                    name="expected"
                    value=value
                    prop:checked=is_chosen
                    on:change=move |_| bench.expected.set(Some(id.clone()))
                />
                <span>{label}</span>
            </label>
        }
    };
    let asked = move |question: super::lesson::Question| {
        view! {
            <fieldset class="predict" id="predict">
                <legend>{question.question}</legend>
                {question.options.into_iter().map(option).collect_view()}
            </fieldset>
        }
    };
    view! {
        {move || question.get().map(asked)}
        <p id="feedback" class="guess" aria-live="polite">
            {move || bench.feedback.get()}
        </p>
    }
}
