//! Brings Python, once the page knows what works here.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::state::{Python, Quiz};
use crate::lab::quiz::item::{Item, Kind};
use crate::lab::quiz::settings::Feedback;
use crate::model::report::ErrorCode;
use crate::page::contract::send;
use crate::pool::on_demand::OnDemand;
use crate::pool::python::{Arrival, PythonOptions, PythonRunner};

/// What an interpreter is told.
pub(super) fn options(quiz: Quiz, gil: bool) -> PythonOptions {
    let cpu_count = quiz.settings.get_untracked().workers;
    PythonOptions::usual(cpu_count, gil)
}

/// Fetches Python as soon as there is something that it may run.
pub(in crate::lab::quiz) fn open(quiz: Quiz) {
    Effect::new(move || {
        let threads = quiz.page.capabilities.with(|it| it.as_ref().map(|it| it.threads));
        let is_python = |it: &Arc<Item>| it.run.kind == Kind::Python;
        let may_be_run = quiz.items.with(|it| it.as_ref().is_some_and(|it| it.iter().any(is_python)));
        let is_wanted = quiz.settings.with(|it| it.feedback != Feedback::Never) && may_be_run;
        if let (Some(threads), true, Python::NotYet) = (threads, is_wanted, quiz.python.get_untracked()) {
            fetch(quiz, threads);
        }
    });
}

/// Once more, where it could not be had.
pub(super) fn fetch_again(quiz: Quiz) {
    if let Some(threads) = quiz.page.capabilities.with_untracked(|it| it.as_ref().map(|it| it.threads)) {
        fetch(quiz, threads);
    }
}

fn fetch(quiz: Quiz, threads: bool) {
    quiz.python.set(Python::Loading("Python is on its way …".into()));
    spawn_local(async move {
        if let Err(missing) = OnDemand::Python.bring().await {
            return lack(quiz, ErrorCode::Python, missing.to_owned());
        }
        let runner = PythonRunner::new(threads);
        quiz.runner.set_value(Some(Rc::clone(&runner)));
        let tell = |arrival: Arrival| quiz.python.set(Python::Loading(arrival.sentence()));
        match runner.prepare(options(quiz, true), &tell).await {
            Ok(()) => {
                quiz.python.set(Python::Ready);
                quiz.page.start_if_wanted();
            }
            Err(missing) => lack(quiz, missing.code(), missing.sentence()),
        }
    });
}

/// There is none: what is asked can be explained all the same.
fn lack(quiz: Quiz, code: ErrorCode, sentence: String) {
    quiz.python.set(Python::Missing(sentence.clone()));
    if quiz.page.start_wanted.get_value() {
        quiz.page.start_wanted.set_value(false);
        quiz.page.announcement.set(sentence.clone());
        quiz.page.sentence.set(sentence.clone());
        quiz.wants_compiled.set_value(false);
        quiz.act(|it| it.broke(&sentence));
        send::error(None, code, &sentence);
    }
}
