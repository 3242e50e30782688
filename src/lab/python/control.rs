//! Run and Stop, and what a run tells.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use super::bench::{Bench, Output, Python};
use super::telling;
use crate::model::python::{PythonReport, Script, Status, Stream};
use crate::model::report::ErrorCode;
use crate::model::settings::PythonSettings;
use crate::model::parameter::{Group, Values};
use crate::page::contract::send;
use crate::page::door::{Handlers, Start};
use super::state::State;
use crate::pool::python::{PythonEvent, PythonOptions, PythonRunner};
use crate::view::headline::Headline;

/// The script that the settings hold: the program's, or what became of it.
pub(super) fn script(settings: &PythonSettings) -> Script {
    let source = if settings.code.is_empty() { settings.program.source().to_owned() } else { settings.code.clone() };
    Script { source, file_name: settings.program.file_name() }
}

fn options(settings: &PythonSettings) -> PythonOptions {
    PythonOptions { cpu_count: settings.workers, gil: settings.gil, switch_interval_ms: settings.switch_interval_ms }
}

/// How the page runs it.
pub(super) fn handlers(state: State, bench: Bench) -> Handlers {
    Handlers { start: Callback::new(move |()| start(state, bench)), stop: Callback::new(move |()| stop(bench)) }
}

/// Fetches Python, once the page knows what works here.
pub(super) fn open(state: State, bench: Bench) {
    Effect::new(move || {
        let Some(threads) = state.capabilities.with(|it| it.as_ref().map(|it| it.threads)) else { return };
        if bench.runner.with_value(Option::is_some) {
            return;
        }
        let runner = PythonRunner::new(threads);
        bench.runner.set_value(Some(Rc::clone(&runner)));
        spawn_local(async move {
            let tell = move |bytes: usize| {
                let megabytes = bytes as f64 / 1e6;
                bench.sentence.set(format!("Python is on its way: {megabytes:.1} MB so far …"));
            };
            match runner.prepare(options(&state.settings.get_untracked()), &tell).await {
                Ok(()) => {
                    bench.python.set(Python::Idle);
                    bench.sentence.set("Ready.".into());
                    state.start_if_wanted();
                }
                Err(missing) => {
                    let sentence = missing.sentence();
                    bench.python.set(Python::Missing);
                    bench.elsewhere.set(missing.page().map(str::to_owned));
                    bench.sentence.set(sentence.clone());
                    state.announcement.set(sentence.clone());
                    if state.start_wanted.get_value() {
                        state.start_wanted.set_value(false);
                        send::error(None, ErrorCode::Python, &sentence);
                    }
                }
            }
        });
    });
}

/// Runs the script as it stands.
fn start(state: State, bench: Bench) -> Start {
    if let Some(problem) = bench.problem.get_untracked() {
        return refuse(state, bench, &problem);
    }
    // Where Python could not be had, it is asked for once more.
    let Some(runner) = bench.runner.get_value().filter(|_| bench.python.get_untracked() != Python::Loading) else {
        return Start::Later;
    };
    let settings = state.settings.get_untracked();
    bench.output.update(Output::clear);
    bench.marked.set(None);
    bench.headline.set(None);
    bench.report.set(None);
    let values = state.values.get_untracked();
    let hear = move |event| hear(state, bench, &values, event);
    match runner.run(script(&settings), options(&settings), hear) {
        Some(run) => {
            bench.python.set(Python::Running);
            Start::Run(run)
        }
        None => Start::Busy,
    }
}

/// To run the script as it was before would be to run another one than is seen.
fn refuse(state: State, bench: Bench, problem: &str) -> Start {
    bench.headline.set(None);
    bench.sentence.set(problem.to_owned());
    state.announcement.set(problem.to_owned());
    send::error(None, ErrorCode::Python, problem);
    Start::Refused
}

/// Ends the script, however busy it is.
fn stop(bench: Bench) {
    if let Some(runner) = bench.runner.get_value() {
        runner.stop();
    }
}

fn hear(state: State, bench: Bench, values: &Values, event: PythonEvent) {
    let run = state.run.get_untracked();
    match event {
        PythonEvent::Phase(sentence) => bench.sentence.set(sentence),
        PythonEvent::Printed(stream, text) => bench.print(stream, &text),
        PythonEvent::Finished(report) => {
            finished(state, bench, &PythonSettings::of(values), *report);
            end(state, bench);
            if let Some(report) = bench.report.get_untracked() {
                state.tell_finished(run, values, &[], &(), Some(("python", message(&report))));
            }
        }
        PythonEvent::Stopped(processes) => {
            bench.python.set(Python::Idle);
            let sentence = telling::stopped(processes);
            bench.sentence.set(sentence.clone());
            state.stopped(run, sentence);
        }
        PythonEvent::Failed(sentence) => {
            bench.python.set(Python::Idle);
            bench.sentence.set(sentence.clone());
            state.failed(run, ErrorCode::Python, sentence);
        }
    }
}

/// What `finished` adds.
fn message(report: &PythonReport) -> Value {
    json!({
        "status": report.outcome.status,
        "exit_code": report.outcome.exit_code,
        "lines": report.outcome.lines.iter().map(|place| place.line).collect::<Vec<_>>(),
        "wall_ms": report.wall_ms,
        "startup_ms": report.startup_ms(),
        "processes": report.processes,
        "threads": report.threads,
    })
}

fn finished(state: State, bench: Bench, settings: &PythonSettings, report: PythonReport) {
    bench.output.update(|output| output.end(&report.outcome.traceback));
    let printed = |stream| bench.output.with_untracked(|output| output.of(stream));
    let headline = match report.outcome.status {
        Status::Error => telling::failure(&report, &printed(Stream::Stderr)),
        Status::Stopped => Headline::plain("Stopped."),
        Status::Ok | Status::Exit => {
            let printed = printed(Stream::Stdout);
            let experiment = bench.experiments.try_update(|it| it.record(settings, &report, &printed));
            bench.experiments.with_untracked(|all| {
                let told = experiment.map(|it| telling::headline(&report, &it, all, &printed));
                let told = told.unwrap_or_default();
                telling::unnoticed(&bench.output.with_untracked(|it| it.of(Stream::Stderr)))
                    .into_iter()
                    .fold(told, |told, sentence| told.words(format!(" {sentence}")))
            })
        }
    };
    bench.sentence.set(headline.to_string());
    // A line of a script that has been changed meanwhile is another one.
    if state.settings.with_untracked(|now| script(now) == script(settings)) {
        bench.marked.set(report.outcome.lines.last().map(|place| place.line));
    }
    bench.headline.set(Some(headline));
    bench.report.set(Some(Rc::new(report)));
}

fn end(state: State, bench: Bench) {
    bench.python.set(Python::Idle);
    state.ended(bench.sentence.get_untracked());
}
