//! What a run tells, and what came of it.

use leptos::prelude::*;
use serde_json::{Value, json};

use super::control::Asked;
use super::native;
use super::state::Quiz;
use crate::lab::quiz::card::Ran;
use crate::lab::quiz::item::Run;
use crate::lab::quiz::reckon;
use crate::lab::quiz::standing;
use crate::lab::quiz::verdict::with_machine;
use crate::model::last;
use crate::model::python::Status;
use crate::model::python::observed::Observed;
use crate::model::report::{ErrorCode, ExecutorResult};
use crate::pool::Event;
use crate::pool::python::PythonEvent;

/// What of a run's output is kept, bytes: the last.
const PRINTED: usize = 6000;

pub(super) fn hear_python(quiz: Quiz, asked: &Asked, event: PythonEvent) {
    match event {
        PythonEvent::Phase(sentence) => quiz.page.sentence.set(sentence),
        // What happens there is the question.
        PythonEvent::Respawn(_) | PythonEvent::Deadlock(_) => {}
        PythonEvent::Printed(_, text) => print(quiz, &text),
        PythonEvent::Finished(report) => {
            // The interpreter prints it, too, as long as there was room.
            let traceback = &report.outcome.traceback;
            if report.outcome.status == Status::Error && !quiz.printed.with_value(|it| last::has(it, traceback)) {
                print(quiz, traceback);
            }
            came(quiz, asked, Observed::of(&report), &[]);
        }
        PythonEvent::Stopped(_) => stopped(quiz, asked),
        PythonEvent::Failed(code, sentence) => failed(quiz, asked, code, sentence),
    }
}

pub(super) fn hear_native(quiz: Quiz, asked: &Asked, event: Event) {
    match event {
        Event::Phase { sentence, .. } => quiz.page.sentence.set(sentence),
        Event::Progress { .. } | Event::Result { .. } => {}
        Event::Finished(outcome) => came(quiz, asked, native::observed(&outcome), &outcome.results),
        Event::Stopped { .. } => stopped(quiz, asked),
        Event::Failed { code, message, .. } => failed(quiz, asked, code, message),
    }
}

fn print(quiz: Quiz, text: &str) {
    quiz.printed.update_value(|printed| last::keep(printed, text, PRINTED));
}

/// What was reckoned is there at once.
pub(super) fn reckon(quiz: Quiz, asked: &Asked, run: &Run) {
    came(quiz, asked, reckon::observed(run), &[]);
}

/// A run came to its end: its figures stand on the page, and nothing is said of them yet.
fn came(quiz: Quiz, asked: &Asked, observed: Observed, results: &[ExecutorResult]) {
    let machine = quiz.machine();
    let observed = with_machine(observed, &machine);
    let card = &asked.card;
    let contenders = match &card.item.compiled {
        Some(compiled) if asked.is_compiled => &compiled.contenders,
        _ => &card.item.contenders,
    };
    let ways = standing::ways(contenders, &observed);
    let told: Vec<_> = ways.iter().map(|way| format!(" {}: {}", way.label, way.text())).collect();
    let told = if told.is_empty() { String::new() } else { format!("{}.", told.join(";")) };
    let more = json!({
        "item": card.item.id,
        "variant": card.is_variant,
        "compiled": asked.is_compiled,
        "votes": if quiz.sitting.with_untracked(|it| it.is_in_hall()) { json!(card.votes) } else { Value::Null },
        "run": observed,
    });
    let prediction = card.attempts.last().map(|it| it.option.clone());
    let ran = Ran { observed, machine, printed: last::kept(quiz.printed.get_value(), PRINTED) };
    // Who has gone on to another question hears nothing of this one.
    let is_here = quiz.whereabouts() == asked.whereabouts;
    match (is_here, asked.is_compiled) {
        (true, true) => {
            quiz.wants_compiled.set_value(false);
            quiz.compiled.set(Some(ran));
        }
        (true, false) => quiz.act(|it| it.came(ran)),
        (false, _) => {}
    }
    quiz.page.ended(if is_here { format!("It has run.{told}") } else { String::new() });
    quiz.page.tell_finished(asked.number, &asked.values, results, &prediction, Some((quiz.page.lab.name, more)));
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
    } else if quiz.whereabouts() == asked.whereabouts {
        quiz.act(|it| it.broke(sentence));
    }
}
