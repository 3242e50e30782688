//! The end: the score, the answers with those first that are worth another look, and what to
//! take along.

use leptos::prelude::*;

use super::own;
use super::state::Quiz;
use crate::lab::quiz::answers;
use crate::lab::quiz::card::{Attempt, Card};
use crate::lab::quiz::item::Kind;
use crate::lab::quiz::settings::Feedback;
use crate::lab::quiz::sitting::Sitting;
use crate::page::dom;
use crate::page::text::Text;
use crate::page::url;
use crate::view::takeaway::{Offer, Takeaway};

/// What was answered, and what came of it.
pub(super) fn end(quiz: Quiz) -> AnyView {
    let sitting = quiz.sitting.get_untracked();
    let said = score(&sitting);
    let answers = sitting.review().into_iter().filter_map(|at| Some((at, sitting.cards.get(at)?.clone())));
    let is_known = sitting.feedback() != Feedback::Never;
    let hall = sitting.is_in_hall();
    let offer = offer(quiz);
    let print = |_| {
        if let Some(window) = dom::window() {
            let _ = window.print();
        }
    };
    let begin = move |_| quiz.begin();
    let has_missed = !hall && !sitting.missed().is_empty();
    view! {
        <p id="score" class="score" prop:textContent=Text::from(said)></p>
        <ol class="answers-given">{answers.map(|(at, card)| answer(quiz, at, &card, is_known, hall)).collect_view()}</ol>
        <div class="buttons">
            <button id="ask-missed" type="button" hidden=!has_missed on:click=move |_| quiz.ask_missed()>
                "Ask what I missed once more"
            </button>
            <button id="begin-again" type="button" on:click=begin>
                "Begin again"
            </button>
        </div>
        <Takeaway offer capabilities=quiz.page.capabilities without_picture=true>
            <button id="print" type="button" on:click=print>
                "Print"
            </button>
        </Takeaway>
    }
    .into_any()
}

/// The score in a sentence or two.
fn score(sitting: &Sitting) -> String {
    let score = sitting.score();
    if sitting.is_in_hall() {
        return "That was the last question.".into();
    }
    match (score.correct, score.at_once) {
        (Some(correct), Some(at_once)) => {
            let first = if at_once == correct { String::new() } else { format!(", {at_once} on the first try") };
            format!("{correct} of {} right{first}.", score.of)
        }
        _ => format!("{} of {} answered. What is right is not told here.", score.answered, score.of),
    }
}

fn answer(quiz: Quiz, at: usize, card: &Card, is_known: bool, in_hall: bool) -> AnyView {
    let was = card.is_right().filter(|_| is_known);
    let mark = match was {
        Some(true) if card.was_right_at_once() => "right: ",
        Some(true) => "right in the end: ",
        Some(false) => "not so: ",
        None => "",
    };
    let is_of_lines = card.lines().is_some();
    // Each answer with how sure it was given.
    let sure =
        |it: &Attempt| it.sure.filter(|_| was == Some(false)).map_or(String::new(), |it| format!(" ({})", it.said()));
    let label = |it: &Attempt| Some(format!("{}{}", card.words(it)?, sure(it)));
    let labels = card.attempts.iter().filter(|_| !is_of_lines).filter_map(label).collect::<Vec<_>>().join(", then ");
    let given = (!card.attempts.is_empty()).then(|| format!("{mark}{labels}"));
    let lines = card.attempts.last().filter(|_| is_of_lines).and_then(|it| card.words(it));
    let key = (is_known && !in_hall && !is_of_lines && was == Some(false))
        .then(|| format!("It is: {}", card.item.key_label()));
    let reason = (is_known && card.verdict.is_some()).then(|| card.item.reason.clone());
    let words = match card.item.run.kind {
        _ if card.verdict.is_some() => "Read it again",
        Kind::Nothing => "Read why",
        _ => "Run it, and read why",
    };
    let open = is_known.then(|| {
        view! {
            <button type="button" class="link-button" data-open=card.item.id.clone() on:click=move |_| quiz.act(|it| it.open(at))>
                {words}
            </button>
        }
    });
    view! {
        <li data-right=was.map(|it| if it { "true" } else { "false" })>
            <strong prop:textContent=Text::from(card.item.name().to_owned())></strong>
            <p>{given.map(|it| own::words(quiz, it))}</p>
            {lines.map(|lines| view! { <pre translate="no" tabindex="0" aria-label="Your lines">{lines}</pre> })}
            <p>{key.map(|it| own::words(quiz, it))}</p>
            <div class="soft">{reason.map(|reason| own::said(quiz, "reason", reason))}</div>
            {open}
        </li>
    }
    .into_any()
}

fn offer(quiz: Quiz) -> Offer {
    let link = Signal::derive(move || quiz.page.values.with(|values| url::link_to(quiz.page, values)));
    let table = Callback::new(move |()| quiz.sitting.with_untracked(answers::table));
    Offer {
        noun: "quiz",
        link,
        runs: Signal::derive(|| ()),
        is_off: Signal::derive(|| false),
        table,
        table_with_settings: table,
        picture: Callback::new(|()| None),
        file_stem: Callback::new(move |()| format!("{}-answers", quiz.page.lab.name)),
    }
}
