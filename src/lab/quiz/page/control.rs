//! Run and Stop: what a question is about, once it was answered.

use std::time::Duration;

use leptos::prelude::*;

use super::state::{Python, Quiz};
use super::{python, when_run};
use crate::lab::quiz::card::Card;
use crate::lab::quiz::item::{Kind, Run};
use crate::model::parameter::Values;
use crate::model::python::Script;
use crate::page::door::{Handlers, Start};

/// What is run, of which question.
#[derive(Clone)]
pub(super) struct Asked {
    /// The run's number.
    pub(super) number: u32,
    /// What was set.
    pub(super) values: Values,
    /// The compiled one.
    pub(super) is_compiled: bool,
    /// The question, as it stood then.
    pub(super) card: Card,
    /// Where that was.
    pub(super) whereabouts: (u32, usize),
}

/// How the page runs it.
pub(in crate::lab::quiz) fn handlers(quiz: Quiz) -> Handlers {
    Handlers { start: Callback::new(move |()| start(quiz)), stop: Callback::new(move |()| stop(quiz)) }
}

fn stop(quiz: Quiz) {
    if let Some(runner) = quiz.runner.get_value() {
        runner.stop();
    }
    if let Some(runner) = quiz.page.runner.get_value() {
        runner.stop();
    }
}

fn start(quiz: Quiz) -> Start {
    let is_compiled = quiz.wants_compiled.get_value();
    let may_run = is_compiled || quiz.sitting.with_untracked(|it| it.may_run());
    let run = quiz.card_untracked(|card| match &card.item.compiled {
        Some(compiled) if is_compiled => compiled.run.clone(),
        _ => card.item.run.clone(),
    });
    let Some(run) = run.filter(|_| may_run) else {
        let sentence = "First an answer: then it is run.";
        quiz.page.sentence.set(sentence.into());
        quiz.page.announcement.set(sentence.into());
        return Start::Refused;
    };
    let Some(card) = quiz.card_untracked(Card::clone) else { return Start::Refused };
    let (number, values) = (quiz.run.get_value() + 1, quiz.page.values.get_untracked());
    let asked = Asked { number, values, is_compiled, card, whereabouts: quiz.whereabouts() };
    quiz.printed.set_value(String::new());
    let started = match run.kind {
        Kind::Python => start_python(quiz, &run, asked.clone()),
        Kind::Fft | Kind::Lorenz | Kind::Files => start_native(quiz, &run, asked.clone()),
        Kind::Nothing => Start::Refused,
        Kind::Reckon => {
            let (run, asked) = (run.clone(), asked.clone());
            set_timeout(move || when_run::reckon(quiz, &asked, &run), Duration::ZERO);
            Start::Run(quiz.run.get_value() + 1)
        }
    };
    if let Start::Run(number) = started {
        quiz.run.set_value(number);
        if !is_compiled {
            quiz.act(|it| it.begin());
        }
    }
    started
}

fn start_python(quiz: Quiz, run: &Run, asked: Asked) -> Start {
    if let Python::Missing(_) = quiz.python.get_untracked() {
        python::fetch_again(quiz);
    }
    let is_ready = quiz.python.get_untracked() == Python::Ready;
    let script = |name: &str| quiz.scripts.with_value(|it| it.as_ref().and_then(|it| it.get(name).cloned()));
    let named = if asked.is_compiled {
        script(&run.script).map(|source| (run.script.clone(), source))
    } else {
        quiz.card_untracked(|card| own_program(card, script)).flatten()
    };
    let (Some(named), Some(runner), true) = (named, quiz.runner.get_value(), is_ready) else { return Start::Later };
    let (file_name, source) = named;
    let script = Script { source, file_name };
    let number = asked.number;
    let options = python::options(quiz, run.gil.unwrap_or(true));
    let hear = move |event| when_run::hear_python(quiz, &asked, event);
    runner.run(script, options, hear).map_or(Start::Busy, |_| Start::Run(number))
}

/// What is run of a question: its file's name, and all of it.
pub(super) fn own_program(card: &Card, script: impl Fn(&str) -> Option<String>) -> Option<(String, String)> {
    if card.lines().is_some() {
        return card.assembled();
    }
    let name = &card.item.run.script;
    Some((name.clone(), card.item.script(&script(name)?, card.is_variant)))
}

fn start_native(quiz: Quiz, run: &Run, asked: Asked) -> Start {
    let Some(runner) = quiz.page.runner.get_value() else { return Start::Later };
    let workers = quiz.settings.get_untracked().workers;
    let Some(experiment) = when_run::experiment(run, workers) else { return Start::Refused };
    let number = asked.number;
    runner
        .run(experiment, move |event| when_run::hear_native(quiz, &asked, event))
        .map_or(Start::Busy, |_| Start::Run(number))
}
