//! Run and Stop, and what a run tells.

use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;

use super::bench::{Bench, Python};
use super::condition::Seen;
use super::rule::Explanation;
use super::telling;
use crate::model::python::observed::{Compared, Observed};
use crate::model::python::{PythonReport, Script, Status, Stream};
use crate::model::report::ErrorCode;
use crate::model::settings::Settings;
use crate::page::contract::send;
use crate::page::state::{Activity, State};
use crate::pool::python::{PythonEvent, PythonOptions, PythonRunner};
use crate::view::headline::Headline;

/// The script that the settings hold: the program's, or what became of it.
pub(super) fn script(bench: Bench, settings: &Settings) -> Script {
    let source = if settings.code.is_empty() { bench.ours(settings.program) } else { settings.code.clone() };
    Script { source, file_name: settings.program.0.file.to_owned() }
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
            let tell = move |bytes: usize| {
                let megabytes = bytes as f64 / 1e6;
                bench.sentence.set(format!("Python is on its way: {megabytes:.1} MB so far …"));
            };
            match runner.prepare(options(&state.settings.get_untracked()), &tell).await {
                Ok(()) => {
                    bench.python.set(Python::Idle);
                    bench.sentence.set("Ready.".into());
                    run_if_pending(state, bench);
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

/// Runs, if that was asked for before all was here.
pub(super) fn run_if_pending(state: State, bench: Bench) {
    if bench.run_pending.get_value() {
        run(state, bench);
    }
}

/// Runs the script as it stands; if Python or the script is still on its way, then.
pub(super) fn run(state: State, bench: Bench) {
    let missing = bench.missing.get_untracked();
    if let Some(problem) = missing.or(bench.problem.get_untracked()) {
        refuse(state, bench, &problem);
        return;
    }
    let is_stopping = state.activity.get_untracked() == Activity::Stopping;
    let waits = match bench.python.get_untracked() {
        Python::Loading => true,
        // Nor are the lab's words: without a script there is nothing to run.
        _ if bench.lesson.with_untracked(Option::is_none) => true,
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
    bench.clear();
    bench.asked.set_value(bench.expected.get_untracked());
    let to = settings.clone();
    let started = runner.run(script(bench, &settings), options(&settings), move |event| hear(state, bench, &to, event));
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
                let asked = bench.asked.get_value();
                send::python_finished(settings, &report, asked.as_deref());
            }
        }
        PythonEvent::Stopped(report) => {
            bench.sentence.set(telling::stopped(report.processes));
            explain(bench, settings, &report, &[], None);
            end(state, bench);
            send::python_stopped(settings, &report);
            bench.report.set(Some(Rc::new(*report)));
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
    match report.outcome.status {
        Status::Error => explain(bench, settings, &report, &[], Some(telling::failure(&report))),
        Status::Stopped => {
            let told = Explanation::of(Headline::plain("Stopped."), None);
            explain(bench, settings, &report, &[], Some(told));
        }
        Status::Ok | Status::Exit => came_to_its_end(bench, settings, &report),
    }
    // A line of a script that has been changed meanwhile is another one.
    if state.settings.with_untracked(|now| script(bench, now) == script(bench, settings)) {
        bench.marked.set(report.outcome.lines.last().map(|place| place.line));
    }
    bench.report.set(Some(Rc::new(report)));
}

/// Takes in the run's figures, and sets it beside the runs before it.
fn came_to_its_end(bench: Bench, settings: &Settings, report: &PythonReport) {
    let ours = bench.ours(settings.program);
    let Some(experiment) = bench.experiments.try_update(|it| it.record(settings, &ours, report)) else { return };
    let serial = bench.lesson.with_untracked(|it| {
        let lesson = it.as_ref()?;
        Some(lesson.program(lesson.serial.as_deref()?)?.title.clone())
    });
    let errors = bench.output.with_untracked(|it| it.of(Stream::Stderr));
    let unnoticed = telling::unnoticed(&errors).map(str::to_owned);
    let (figures, compared) = bench.experiments.with_untracked(|all| {
        let figures = telling::headline(report, &experiment, all, serial.as_deref());
        (figures.and(unnoticed), all.compared(&experiment))
    });
    explain(bench, settings, report, &compared, Some(figures));
}

/// Asks the lab's rules about a run, or else its figures, and sets what was expected beside it.
fn explain(
    bench: Bench,
    settings: &Settings,
    report: &PythonReport,
    compared: &[Compared],
    figures: Option<Explanation>,
) {
    let observed = Observed::of(report);
    let seen = Seen { program: settings.program.name(), gil: settings.gil, observed: &observed, compared };
    let (told, feedback) = bench.lesson.with_untracked(|lesson| {
        let told = lesson.as_ref().and_then(|it| it.explain(&seen));
        let expected = bench.asked.get_value();
        let feedback = lesson
            .as_ref()
            .zip(expected)
            .and_then(|(lesson, expected)| lesson.feedback(&expected, told.as_ref()?.shows.as_deref()?));
        (told, feedback)
    });
    let told = match (told, figures) {
        (Some(told), Some(figures)) => Some(told.or_figures(figures)),
        (told, figures) => told.or(figures),
    };
    if let Some(headline) = told.as_ref().and_then(|it| it.headline.clone()) {
        bench.sentence.set(headline.to_string());
        bench.headline.set(Some(headline));
    }
    bench.feedback.set(feedback);
    bench.explanation.set(told);
    bench.expected.set(None);
}

fn end(state: State, bench: Bench) {
    bench.python.set(Python::Idle);
    let more = bench.explanation.with_untracked(|it| it.as_ref().and_then(|it| it.more.clone()));
    let sentence = bench.sentence.get_untracked();
    state.announcement.set(more.map_or(sentence.clone(), |more| format!("{sentence} {more}")));
    state.activity.set(Activity::Idle);
}
