//! What is asked: the answers, of which one is picked by one press; and how sure.

use leptos::prelude::*;

use super::own;
use super::state::Quiz;
use crate::lab::quiz::card::{Card, Sure};
use crate::lab::quiz::item::Choice;
use crate::page::text::text;

/// The letter of the answer at this place.
pub(in crate::lab::quiz) fn letter(place: usize) -> char {
    u8::try_from(place).map_or('?', |place| char::from(b'A'.saturating_add(place)))
}

/// The answers as large buttons.
#[component]
pub(in crate::lab::quiz) fn Answers(quiz: Quiz) -> impl IntoView {
    let options: Vec<Choice> = quiz.card_untracked(|card| card.options().cloned().collect()).unwrap_or_default();
    let option = move |(place, Choice { id, label, .. }): (usize, Choice)| {
        let (own, picked) = (id.clone(), id.clone());
        let is_picked = move || quiz.card(|card| card.choice.as_deref() == Some(own.as_str())).unwrap_or_default();
        view! {
            <li>
                <button
                    type="button"
                    class="option"
                    data-option=id
                    aria-pressed=move || if is_picked() { "true" } else { "false" }
                    on:click=move |_| quiz.act(|it| it.choose(&picked))
                >
                    <span class="letter" aria-hidden="true">{letter(place).to_string()}</span>
                    {own::words(quiz, label)}
                </button>
            </li>
        }
    };
    view! { <ol class="options" aria-labelledby="question">{options.into_iter().enumerate().map(option).collect_view()}</ol> }
}

/// How sure: this gives the answer.
#[component]
pub(in crate::lab::quiz) fn HowSure(quiz: Quiz) -> impl IntoView {
    let nothing_is_picked = move || quiz.card(|card| card.choice.is_none()).unwrap_or(true);
    let level = move |(sure, word, words): (Sure, &'static str, &'static str)| {
        view! {
            <button
                type="button"
                data-sure=word
                disabled=nothing_is_picked
                on:click=move |_| {
                    quiz.act(|it| {
                        it.commit(sure);
                    });
                }
            >
                {words}
            </button>
        }
    };
    view! {
        <div class="sure" role="group" aria-labelledby="how-sure">
            <p id="how-sure" class="soft">
                "How sure are you? Pressing one gives your answer; how sure you are is not scored."
            </p>
            {Sure::ALL.map(level).collect_view()}
        </div>
    }
}

/// One hint, for who asks for it.
#[component]
pub(in crate::lab::quiz) fn Hint(quiz: Quiz) -> impl IntoView {
    let hint = quiz.card_untracked(|card| card.item.hint.clone()).unwrap_or_default();
    let is_missing = hint.is_empty();
    let is_shown = move || quiz.card(|card| card.had_hint).unwrap_or_default();
    view! {
        <div class="hint">
            <button id="hint" type="button" class="link-button" hidden=move || is_missing || is_shown() on:click=move |_| quiz.act(|it| it.hint())>
                "A hint"
            </button>
            <p role="status" prop:textContent=text(move || is_shown().then(|| format!("Hint: {hint}")))></p>
        </div>
    }
}

/// What was answered, in a line, while something else is to be done.
#[component]
pub(in crate::lab::quiz) fn YourAnswer(quiz: Quiz) -> impl IntoView {
    let answered = |card: &Card| {
        let sure = card.attempts.last()?.sure?;
        Some(format!("Your answer: {} ({})", card.answer()?.label, sure.said()))
    };
    let said = quiz.card_untracked(answered).flatten();
    said.map(|said| view! { <p class="your-answer">{own::words(quiz, said)}</p> })
}
