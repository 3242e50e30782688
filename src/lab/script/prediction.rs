//! What will happen? The lab's question, asked before a run, and what came of it.

use leptos::prelude::*;

use super::bench::Bench;
use super::lesson::Question;
use crate::view::guess::{Answer, Feedback, Guess};

/// The lab's question with its options, and after a run, what came of the answer.
#[component]
pub(super) fn Prediction(bench: Bench) -> impl IntoView {
    let question = Memo::new(move |_| bench.lesson.with(|it| it.as_ref().and_then(|it| it.prediction.clone())));
    let asked = move |Question { question, options }: Question| {
        let answers: Vec<_> = options.into_iter().map(|it| Answer::new(it.id, it.label)).collect();
        let pick = move |id| bench.expected.set(Some(id));
        view! { <Guess question answers picked=bench.expected pick /> }
    };
    view! {
        {move || question.get().map(asked)}
        <Feedback said=bench.feedback />
    }
}
