//! The whole lab: one question on the page, and what is to be done with it.

use leptos::prelude::*;

use super::page::explained::{Again, Explained, Next as NextQuestion, Said};
use super::page::figures::{Look, ToRun};
use super::page::hall::Vote;
use super::page::kept::Kept;
use super::page::question::{Answers, Hint, HowSure};
use super::page::state::{Place, Quiz};
use super::page::words::{self, Missing};
use super::page::{control, python, when_run};
use super::settings::Settings;
use super::sitting::Stage;
use crate::page::door::{Door, Opened};
use crate::page::state::Page;
use crate::page::text::text;
use crate::pool::on_demand::{NOT_HERE, OnDemand};
use crate::view::copy_link::CopyLink;
use crate::view::field::fields;
use crate::view::later::later;
use crate::view::next::Next;
use crate::view::notices::Notices;

/// The way in.
pub(crate) const DOOR: Door = Door { lab: &super::LAB, open, question: None };

/// Opens the lab: from outside, this is the only way in.
#[inline(never)]
fn open(page: Page) -> Opened {
    let quiz = Quiz::new(page);
    python::open(quiz);
    Effect::new(move |before: Option<Settings>| {
        let settings = quiz.settings.get();
        match before {
            Some(before) if before.asks_as(&settings) => {}
            Some(before) if before.ids() == settings.ids() => quiz.begin(),
            _ => words::fetch(quiz, false),
        }
        settings
    });
    Opened { view: view! { <Whole quiz /> }.into_any(), handlers: control::handlers(quiz) }
}

#[component]
fn Whole(quiz: Quiz) -> impl IntoView {
    let page = quiz.page;
    let title = move || {
        quiz.sitting.with(|it| match (it.stage, it.card()) {
            (Stage::Over, Some(_)) => "Your answers".to_owned(),
            (_, Some(card)) => card.item.question.clone(),
            (_, None) => page.lab.question.to_owned(),
        })
    };
    let whereabouts = move || {
        quiz.sitting.with(|it| {
            let card = it.card().filter(|_| it.stage != Stage::Over)?;
            let again = if card.is_variant { " · you missed it, and here it is changed" } else { "" };
            let many = (it.cards.len() > 1).then(|| format!("Question {} of {}", it.at + 1, it.cards.len()));
            Some(format!("{}{again}", many.unwrap_or_default()))
        })
    };
    let is_over = move || quiz.sitting.with(|it| it.stage == Stage::Over);
    let of_card = move |of: fn(&super::item::Item) -> Option<String>| {
        move || quiz.card(|card| of(&card.item)).flatten().filter(|_| !is_over())
    };
    let context = of_card(|item| Some(item.context.clone()));
    let code = of_card(|item| item.code.clone());
    let step = move |place: Place| step(quiz, place);
    view! {
        <section class="lab quiz whole" aria-labelledby="question">
            <div class="head">
                <p class="whereabouts soft" prop:textContent=text(whereabouts)></p>
                <h1 id="question" tabindex="-1" prop:textContent=text(title)></h1>
                <p class="visually-hidden" role="status" prop:textContent=text(move || page.announcement.get())></p>
                <p id="status" class="status visually-hidden" prop:textContent=text(move || page.sentence.get())></p>
                <p class="context" prop:textContent=text(context)></p>
                <pre class="asked-code" translate="no" prop:textContent=text(code)></pre>
                <Missing quiz />
            </div>
            <Notices page />
            <div class="step" data-stage=move || quiz.sitting.with(|it| stage_name(it.stage))>
                <Said quiz />
                {move || quiz.place.get().map(step)}
            </div>
            <HowAsked quiz />
            <Kept quiz />
            <Next page />
        </section>
    }
}

/// What is to be done now.
fn step(quiz: Quiz, place: Place) -> AnyView {
    match place.stage {
        Stage::Choose => view! { <Answers quiz /> <HowSure quiz /> <Hint quiz /> }.into_any(),
        Stage::Vote | Stage::Discuss | Stage::VoteAgain => {
            view! { <Vote quiz stage=place.stage /> <Hint quiz /> }.into_any()
        }
        Stage::Ready | Stage::Running => view! { <ToRun quiz /> }.into_any(),
        Stage::Look => view! { <Look quiz /> }.into_any(),
        Stage::Again => {
            let give_up = move |_| quiz.act(|it| it.give_up());
            view! {
                <Again quiz />
                <Answers quiz />
                <button id="give-up" type="button" class="link-button" on:click=give_up>
                    "Just tell me"
                </button>
            }
            .into_any()
        }
        Stage::Explained => view! { <NextQuestion quiz /> <Explained quiz /> }.into_any(),
        Stage::Over => {
            let is_over = Signal::derive(move || quiz.sitting.with(|it| it.stage == Stage::Over));
            later(OnDemand::Results, is_over, Some(NOT_HERE), move || when_run::end(quiz))
        }
    }
}

/// For styles and tests.
fn stage_name(stage: Stage) -> &'static str {
    match stage {
        Stage::Choose => "choose",
        Stage::Vote => "vote",
        Stage::Discuss => "discuss",
        Stage::VoteAgain => "vote-again",
        Stage::Ready => "ready",
        Stage::Running => "running",
        Stage::Look => "look",
        Stage::Again => "again",
        Stage::Explained => "explained",
        Stage::Over => "over",
    }
}

/// Which questions, and how they are asked.
#[component]
fn HowAsked(quiz: Quiz) -> impl IntoView {
    let names = ["item", "set", "feedback", "attempts", "seed", "workers", "theme"];
    view! {
        <details class="quiz-settings">
            <summary>"Which questions, and how"</summary>
            <form id="settings" autocomplete="off" novalidate on:submit=|event| event.prevent_default()>
                <div class="controls">
                    {fields(quiz.page, &names)}
                    <div class="buttons"><CopyLink page=quiz.page /></div>
                </div>
            </form>
        </details>
    }
}
