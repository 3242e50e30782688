//! Run and Stop, and what a run tells.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::{Bench, Output, Python};
use super::telling;
use crate::model::python::{PythonReport, Script, Status, Stream};
use crate::model::report::ErrorCode;
use crate::model::settings::Settings;
use crate::page::contract::send;
use crate::page::state::{Activity, State};
use crate::pool::python::{Arrival, PythonEvent, PythonOptions, PythonRunner};
use crate::view::headline::Headline;

/// The script that the settings hold: the program's, or what became of it.
pub(super) fn script(settings: &Settings) -> Script {
    let source = if settings.code.is_empty() { settings.program.source().to_owned() } else { settings.code.clone() };
    Script { source, file_name: settings.program.file_name() }
}

fn options(settings: &Settings) -> PythonOptions {
    PythonOptions { cpu_count: settings.workers, gil: settings.gil, switch_interval_ms: settings.switch_interval_ms }
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
            let waits = Cell::new(false);
            let tell = |arrival: Arrival| {
                bench.sentence.set(arrival.sentence());
                // To be told every few seconds is too often for who listens.
                if matches!(arrival, Arrival::Building { .. }) && !waits.replace(true) {
                    state.announcement.set(arrival.sentence());
                }
            };
            match runner.prepare(options(&state.settings.get_untracked()), &tell).await {
                Ok(()) => {
                    bench.python.set(Python::Idle);
                    bench.sentence.set("Ready.".into());
                    if waits.get() {
                        state.announcement.set("Python is ready.".into());
                    }
                    if bench.run_pending.get_value() {
                        run(state, bench);
                    }
                }
                Err(missing) => {
                    let sentence = missing.sentence();
                    bench.python.set(Python::Missing);
                    bench.elsewhere.set(missing.page().map(str::to_owned));
                    bench.sentence.set(sentence.clone());
                    state.announcement.set(sentence.clone());
                    if bench.run_pending.get_value() {
                        bench.run_pending.set_value(false);
                        send::error(None, ErrorCode::Python, &sentence);
                    }
                }
            }
        });
    });
}

/// Runs the script as it stands; if Python is still on its way, then.
pub(super) fn run(state: State, bench: Bench) {
    if let Some(problem) = bench.problem.get_untracked() {
        refuse(state, bench, &problem);
        return;
    }
    let is_stopping = state.activity.get_untracked() == Activity::Stopping;
    let waits = match bench.python.get_untracked() {
        Python::Loading => true,
        Python::Running => is_stopping,
        // Where Python could not be had, it is asked for once more.
        Python::Idle | Python::Missing => false,
    };
    bench.run_pending.set_value(waits);
    let Some(runner) = bench.runner.get_value() else { return };
    if waits || bench.python.get_untracked() == Python::Running {
        return;
    }
    let settings = state.settings.get_untracked();
    bench.output.update(Output::clear);
    bench.marked.set(None);
    bench.headline.set(None);
    bench.report.set(None);
    let to = settings.clone();
    let started = runner.run(script(&settings), options(&settings), move |event| hear(state, bench, &to, event));
    if let Some(run) = started {
        state.run.set(run);
        bench.python.set(Python::Running);
        state.activity.set(Activity::Running);
    }
}

/// To run the script as it was before would be to run another one than is seen.
fn refuse(state: State, bench: Bench, problem: &str) {
    bench.run_pending.set_value(false);
    if bench.python.get_untracked() != Python::Running {
        bench.headline.set(None);
        bench.sentence.set(problem.to_owned());
    }
    state.announcement.set(problem.to_owned());
    send::error(None, ErrorCode::Python, problem);
}

/// Ends the script, however busy it is.
pub(super) fn stop(state: State, bench: Bench) {
    bench.run_pending.set_value(false);
    if bench.python.get_untracked() == Python::Running {
        state.activity.set(Activity::Stopping);
    }
    if let Some(runner) = bench.runner.get_value() {
        runner.stop();
    }
}

fn hear(state: State, bench: Bench, settings: &Settings, event: PythonEvent) {
    let is_over = !matches!(event, PythonEvent::Phase(_) | PythonEvent::Printed(..));
    match event {
        PythonEvent::Phase(sentence) => bench.sentence.set(sentence),
        PythonEvent::Printed(stream, text) => bench.print(stream, &text),
        PythonEvent::Finished(report) => {
            finished(state, bench, settings, *report);
            end(state, bench);
            if let Some(report) = bench.report.get_untracked() {
                send::python_finished(settings, &report);
            }
        }
        PythonEvent::Stopped(processes) => {
            bench.sentence.set(telling::stopped(processes));
            end(state, bench);
            send::stopped(state.run.get_untracked());
        }
        PythonEvent::Failed(sentence) => {
            bench.sentence.set(sentence.clone());
            end(state, bench);
            send::error(Some(state.run.get_untracked()), ErrorCode::Python, &sentence);
        }
    }
    if is_over && bench.run_pending.get_value() {
        run(state, bench);
    }
}

fn finished(state: State, bench: Bench, settings: &Settings, report: PythonReport) {
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
    state.announcement.set(bench.sentence.get_untracked());
    state.activity.set(Activity::Idle);
}
