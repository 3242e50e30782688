//! Run and Stop: what a question is about, once it was answered.

use std::time::Duration;

use leptos::prelude::*;
use serde_json::{Value, json};

use super::native;
use super::python;
use super::state::{Python, Quiz};
use crate::lab::quiz::card::Ran;
use crate::lab::quiz::item::{Kind, Run};
use crate::lab::quiz::reckon;
use crate::lab::quiz::standing;
use crate::lab::quiz::verdict::with_machine;
use crate::model::parameter::Values;
use crate::model::python::observed::Observed;
use crate::model::python::{Script, Status};
use crate::model::report::{ErrorCode, ExecutorResult};
use crate::page::door::{Handlers, Start};
use crate::pool::Event;
use crate::pool::python::PythonEvent;

/// What of a run's output is kept, bytes.
const PRINTED: usize = 6000;

/// What is run, of which question.
#[derive(Clone)]
struct Asked {
    number: u32,
    values: Values,
    is_compiled: bool,
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
    let asked = Asked { number: quiz.run.get_value() + 1, values: quiz.page.values.get_untracked(), is_compiled };
    quiz.printed.set_value(String::new());
    let started = match run.kind {
        Kind::Python => start_python(quiz, &run, asked.clone()),
        Kind::Fft | Kind::Lorenz => start_native(quiz, &run, asked.clone()),
        Kind::Reckon => {
            let (observed, asked) = (reckon::observed(&run), asked.clone());
            set_timeout(move || came(quiz, &asked, observed, &[]), Duration::ZERO);
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
    let source = quiz.scripts.with_value(|it| it.as_ref().and_then(|it| it.get(&run.script).cloned()));
    let (Some(source), Some(runner), true) = (source, quiz.runner.get_value(), is_ready) else { return Start::Later };
    let source = if asked.is_compiled {
        source
    } else {
        quiz.card_untracked(|card| card.item.script(&source, card.is_variant)).unwrap_or(source)
    };
    let script = Script { source, file_name: run.script.clone() };
    let number = asked.number;
    let options = python::options(quiz, run.gil.unwrap_or(true));
    let hear = move |event| hear_python(quiz, &asked, event);
    runner.run(script, options, hear).map_or(Start::Busy, |_| Start::Run(number))
}

fn start_native(quiz: Quiz, run: &Run, asked: Asked) -> Start {
    let Some(runner) = quiz.page.runner.get_value() else { return Start::Later };
    let workers = quiz.settings.get_untracked().workers;
    let Some(experiment) = native::experiment(run, workers) else { return Start::Refused };
    let number = asked.number;
    runner.run(experiment, move |event| hear_native(quiz, &asked, event)).map_or(Start::Busy, |_| Start::Run(number))
}

fn hear_python(quiz: Quiz, asked: &Asked, event: PythonEvent) {
    match event {
        PythonEvent::Phase(sentence) => quiz.page.sentence.set(sentence),
        PythonEvent::Printed(_, text) => print(quiz, &text),
        PythonEvent::Finished(report) => {
            if report.outcome.status == Status::Error {
                print(quiz, &report.outcome.traceback);
            }
            came(quiz, asked, Observed::of(&report), &[]);
        }
        PythonEvent::Stopped(_) => stopped(quiz, asked),
        PythonEvent::Failed(code, sentence) => failed(quiz, asked, code, sentence),
    }
}

fn hear_native(quiz: Quiz, asked: &Asked, event: Event) {
    match event {
        Event::Phase { sentence, .. } => quiz.page.sentence.set(sentence),
        Event::Progress { .. } | Event::Result { .. } => {}
        Event::Finished(outcome) => came(quiz, asked, native::observed(&outcome), &outcome.results),
        Event::Stopped { .. } => stopped(quiz, asked),
        Event::Failed { code, message, .. } => failed(quiz, asked, code, message),
    }
}

fn print(quiz: Quiz, text: &str) {
    quiz.printed.update_value(|printed| {
        if printed.len() < PRINTED {
            printed.extend(text.chars().take(PRINTED));
        }
    });
}

/// A run came to its end: its figures stand on the page, and nothing is said of them yet.
fn came(quiz: Quiz, asked: &Asked, observed: Observed, results: &[ExecutorResult]) {
    let machine = quiz.machine();
    let observed = with_machine(observed, &machine);
    let contenders = quiz.card_untracked(|card| match &card.item.compiled {
        Some(compiled) if asked.is_compiled => compiled.contenders.clone(),
        _ => card.item.contenders.clone(),
    });
    let ways = standing::ways(&contenders.unwrap_or_default(), &observed);
    let told: Vec<_> = ways.iter().map(|way| format!("{}: {}", way.label, way.text())).collect();
    let more = quiz.card_untracked(|card| {
        json!({
            "item": card.item.id,
            "variant": card.is_variant,
            "compiled": asked.is_compiled,
            "votes": if quiz.sitting.with_untracked(|it| it.is_in_hall()) { json!(card.votes) } else { Value::Null },
            "run": observed,
        })
    });
    let prediction = quiz.card_untracked(|card| card.attempts.last().map(|it| it.option.clone())).flatten();
    let ran = Ran { observed, machine, printed: quiz.printed.get_value() };
    if asked.is_compiled {
        quiz.wants_compiled.set_value(false);
        quiz.compiled.set(Some(ran));
    } else {
        quiz.act(|it| it.came(ran));
    }
    quiz.page.ended(format!("It has run. {}.", told.join("; ")));
    quiz.page.tell_finished(asked.number, &asked.values, results, &prediction, more.map(|it| (quiz.page.lab.name, it)));
}

fn stopped(quiz: Quiz, asked: &Asked) {
    broke(quiz, asked, "Stopped.");
    let more = json!({ "lab": asked.values.lab().name, "settings": asked.values.json() });
    quiz.page.stopped(asked.number, "Stopped.".into(), more);
}

fn failed(quiz: Quiz, asked: &Asked, code: ErrorCode, sentence: String) {
    broke(quiz, asked, &sentence);
    quiz.page.failed(asked.number, code, sentence);
}

fn broke(quiz: Quiz, asked: &Asked, sentence: &str) {
    if asked.is_compiled {
        quiz.wants_compiled.set_value(false);
    } else {
        quiz.act(|it| it.broke(sentence));
    }
}
