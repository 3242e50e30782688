//! What hears and shows a run, explains it, and what is below it. By this name its part of the
//! program is entered (`xtask/src/parts.rs`).

use leptos::prelude::*;

use super::arrange::Arrange;
use super::control::Asked;
use super::explained::{Again, Explained, Next as NextQuestion, RunAgain};
use super::figures::Look;
use super::how::HowAsked;
use super::kept::Kept;
use super::question::Answers;
use super::state::Quiz;
use super::{end, native, ran};
use crate::lab::quiz::answers;
use crate::lab::quiz::card::Card;
use crate::lab::quiz::item::Run;
use crate::lab::quiz::own::editor::page::editing;
use crate::lab::quiz::settings::Feedback;
use crate::lab::quiz::sitting::{Sitting, Stage};
use crate::model::experiment::Experiment;
use crate::page::contract::send;
use crate::page::questions;
use crate::pool::Event;
use crate::pool::on_demand::{NOT_HERE, OnDemand};
use crate::pool::python::PythonEvent;
use crate::view::later::later;
use crate::view::next::Next;
use crate::workload::AnyWorkload;

/// What our own executors are to run.
#[inline(never)]
pub(super) fn experiment(run: &Run, workers: u32) -> Option<Experiment<AnyWorkload>> {
    native::experiment(run, workers)
}

/// What a script's run tells.
#[inline(never)]
pub(super) fn hear_python(quiz: Quiz, asked: &Asked, event: PythonEvent) {
    ran::hear_python(quiz, asked, event);
}

/// What a run by our own executors tells.
#[inline(never)]
pub(super) fn hear_native(quiz: Quiz, asked: &Asked, event: Event) {
    ran::hear_native(quiz, asked, event);
}

/// What is only reckoned.
#[inline(never)]
pub(super) fn reckon(quiz: Quiz, asked: &Asked, run: &Run) {
    ran::reckon(quiz, asked, run);
}

/// Tells and keeps what may be known now: of this question, and in all.
#[inline(never)]
pub(super) fn tell(quiz: Quiz, sitting: &Sitting, card: Option<&Card>) {
    if let Some(card) = card {
        send::answered(answers::told(sitting, card));
    }
    send::score(answers::score(sitting));
    if sitting.feedback() == Feedback::Never {
        return;
    }
    let is_known = |card: &&Card| sitting.is_disclosed(card) && card.is_right().is_some();
    let mut progress = quiz.progress.get_untracked();
    for card in sitting.cards.iter().filter(is_known) {
        progress.mark(&card.item.id, !card.was_right_at_once(), questions::today());
    }
    questions::write(&progress, quiz.page.lab);
    quiz.progress.set(progress);
}

/// Lines to put in order: what is to be done with them before a run.
#[inline(never)]
pub(in crate::lab::quiz) fn arrange(quiz: Quiz) -> AnyView {
    view! { <Arrange quiz /> }.into_any()
}

/// What is to be done after a run, and at the end.
#[inline(never)]
pub(in crate::lab::quiz) fn step(quiz: Quiz, stage: Stage) -> AnyView {
    match stage {
        Stage::Look => view! { <Look quiz /> }.into_any(),
        Stage::Again => {
            let give_up = move |_| quiz.act(|it| it.give_up());
            let is_of_lines = quiz.card_untracked(|card| card.lines().is_some()).unwrap_or_default();
            // Lines are run anew as they are given.
            let answers =
                if is_of_lines { arrange(quiz) } else { view! { <Answers quiz /> <RunAgain quiz /> " " }.into_any() };
            view! {
                <Again quiz />
                {answers}
                <button id="give-up" type="button" class="link-button" on:click=give_up>
                    "Just tell me"
                </button>
            }
            .into_any()
        }
        Stage::Explained => view! { <NextQuestion quiz /> <Explained quiz /> }.into_any(),
        Stage::Over => end::end(quiz),
        _ => ().into_any(),
    }
}

/// The sentences of what may be read now; none before.
#[inline(never)]
pub(super) fn sentences(sitting: &Sitting) -> Vec<(&'static str, String)> {
    super::explained::sentences(sitting)
}

/// What is below the question.
#[inline(never)]
pub(in crate::lab::quiz) fn below(quiz: Quiz) -> AnyView {
    view! {
        <HowAsked quiz />
        {later(OnDemand::Editor, quiz.editing.into(), Some(NOT_HERE), move || editing::editor(quiz))}
        <Kept quiz />
        <Next page=quiz.page />
    }
    .into_any()
}
