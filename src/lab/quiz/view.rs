//! The whole lab: one question on the page, and what is to be done with it.

use leptos::prelude::*;

use super::page::explained::Said;
use super::page::hall::Vote;
use super::page::question::{Answers, Hint, HowSure};
use super::page::state::{Place, Quiz};
use super::page::to_run::ToRun;
use super::page::words::Missing;
use super::page::{control, own, python, when_run};
use super::settings::{Again, Settings};
use super::sitting::{Sitting, Stage};
use crate::page::door::{Door, Opened};
use crate::page::state::{Activity, Page};
use crate::page::text::text;
use crate::pool::on_demand::{NOT_HERE, OnDemand};
use crate::view::later::later;
use crate::view::notices::Notices;

/// What is said of a question that is asked with something changed.
const MISSED: &str = "you missed it, and here it is changed";
/// The same, where nobody knows whether it was missed.
const CHANGED: &str = "asked again, with something changed";

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
            Some(before) if before.asks_same(&settings) => quiz.begin(),
            _ => own::fetch_what_is_set(quiz, false),
        }
        settings
    });
    Effect::new(move |before: Option<u32>| {
        let resets = page.resets.get();
        if before.is_some_and(|before| before != resets) {
            quiz.begin();
        }
        resets
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
            let was_missed = quiz.settings.with(|it| it.again == Again::Missed);
            let again = card.is_variant.then_some(if was_missed { MISSED } else { CHANGED });
            let many = (it.cards.len() > 1).then(|| format!("Question {} of {}", it.at + 1, it.cards.len()));
            Some(many.into_iter().chain(again.map(ToOwned::to_owned)).collect::<Vec<_>>().join(" · "))
        })
    };
    let is_over = move || quiz.sitting.with(|it| it.stage == Stage::Over);
    let of_card = move |of: fn(&super::item::Item) -> Option<String>| {
        move || quiz.card(|card| of(&card.item)).flatten().filter(|_| !is_over())
    };
    let context = of_card(|item| Some(item.context.clone()));
    let own_context = move || context().filter(|it| quiz.is_own() && !it.is_empty()).map(|it| own::marked(quiz, &it));
    let context = move || context().filter(|_| !quiz.is_own());
    let code = of_card(|item| item.code.clone());
    let step = move |place: Place| step(quiz, place);
    // Once: what is built stays.
    let has_questions = Memo::new(move |_| quiz.place.with(Option::is_some));
    let stands = Signal::derive(move || has_questions.get() && page.activity.get() != Activity::Loading);
    view! {
        <section
            class="lab quiz whole"
            aria-labelledby="question"
            on:dragover=move |event| own::dragged(&event)
            on:drop=move |event| own::dropped(quiz, &event)
        >
            <div class="head">
                <p id="whereabouts" class="whereabouts soft" prop:textContent=text(whereabouts)></p>
                <h1 id="question" tabindex="-1" prop:textContent=text(title)></h1>
                <p class="visually-hidden" role="status" prop:textContent=text(move || page.announcement.get())></p>
                <p id="status" class="status visually-hidden" prop:textContent=text(move || page.sentence.get())></p>
                <p class="context" prop:textContent=text(context)></p>
                {move || own_context().map(|it| view! { <div class="context">{it}</div> })}
                <pre class="asked-code" translate="no" prop:textContent=text(code)></pre>
                <Missing quiz />
                <TakeUp quiz />
            </div>
            {move || quiz.own_told.get().map(|told| view! { <div>{own::told(quiz, &told)}</div> })}
            <Notices page />
            <div class="step" data-stage=move || quiz.sitting.with(|it| stage_name(it.stage))>
                <Said quiz />
                {move || quiz.place.get().map(step)}
            </div>
            {later(OnDemand::Results, stands, None, move || when_run::below(quiz))}
        </section>
    }
}

/// The way back to where these questions were left, before the page was loaded anew.
#[component]
fn TakeUp(quiz: Quiz) -> impl IntoView {
    let words =
        move || quiz.unfinished.with(|it| it.as_ref().map(|it| format!("Continue at question {}", it.number())));
    view! {
        <p hidden=move || quiz.unfinished.with(Option::is_none) || !quiz.sitting.with(Sitting::is_untouched)>
            <button id="take-up" type="button" prop:textContent=text(words) on:click=move |_| quiz.take_up()></button>
        </p>
    }
}

/// What is to be done now.
fn step(quiz: Quiz, place: Place) -> AnyView {
    let is_of_lines = quiz.card_untracked(|card| card.lines().is_some()).unwrap_or_default();
    match place.stage {
        Stage::Choose if is_of_lines => {
            let here = Signal::derive(move || quiz.place.get().is_some_and(|it| it.stage == Stage::Choose));
            later(OnDemand::Results, here, Some(NOT_HERE), move || when_run::arrange(quiz))
        }
        Stage::Choose => view! { <Answers quiz /> <HowSure quiz /> <Hint quiz /> }.into_any(),
        Stage::Vote | Stage::Discuss | Stage::VoteAgain => {
            view! { <Vote quiz stage=place.stage /> <Hint quiz /> }.into_any()
        }
        Stage::Ready | Stage::Running => view! { <ToRun quiz /> }.into_any(),
        stage => {
            let here = Signal::derive(move || quiz.place.get().is_some_and(|it| it.stage == stage));
            later(OnDemand::Results, here, Some(NOT_HERE), move || when_run::step(quiz, stage))
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
