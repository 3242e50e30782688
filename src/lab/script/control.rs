//! Run and Stop, and what a run tells.

use std::cell::Cell;
use std::rc::Rc;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::json;

use super::bench::{Bench, Python};
use super::condition::Seen;
use super::rule::Explanation;
use super::{console, deadlock, exception, respawn, telling};
use crate::lab::script::settings::Settings;
use crate::lab::script::state::State;
use crate::model::last;
use crate::model::parameter::Values;
use crate::model::python::observed::{Compared, Observed};
use crate::model::python::{PythonReport, Script, Status, Stream};
use crate::model::report::ErrorCode;
use crate::page::contract::send;
use crate::page::door::{Handlers, Start};
use crate::pool::on_demand::OnDemand;
use crate::pool::python::{Arrival, Missing, PythonEvent, PythonOptions, PythonRunner};
use crate::view::headline::Headline;

/// Said where memory that workers share was refused, and Python starts all the same.
const NO_SHARED_MEMORY: &str = "Ready, but without threads: the browser refuses the memory that they would share.";

/// What tracebacks call a script that is no longer the program's.
const CHANGED: &str = "script.py";

/// The script that the settings hold: the program's, or what became of it.
pub(super) fn script(bench: Bench, settings: &Settings) -> Script {
    if settings.code.is_empty() {
        return Script { source: bench.ours(settings.program), file_name: settings.program.0.file.to_owned() };
    }
    Script { source: settings.code.clone(), file_name: CHANGED.to_owned() }
}

fn options(settings: &Settings) -> PythonOptions {
    PythonOptions {
        cpu_count: settings.workers,
        gil: settings.gil,
        switch_interval_ms: settings.switch_interval_ms,
        read_latency_ms: settings.read_latency_ms,
    }
}

/// Fetches Python, once the page knows what works here.
pub(super) fn open(state: State, bench: Bench) {
    Effect::new(move |was_fetched: Option<bool>| {
        let threads = state.page.capabilities.with(|it| it.as_ref().map(|it| it.threads));
        match (threads, was_fetched) {
            (Some(threads), None | Some(false)) => fetch(state, bench, threads),
            _ => return was_fetched.unwrap_or_default(),
        }
        true
    });
}

/// Brings what runs Python, then Python.
fn fetch(state: State, bench: Bench, threads: bool) {
    bench.python.set(Python::Loading);
    spawn_local(async move {
        if let Err(missing) = OnDemand::Python.bring().await {
            return lack(state, bench, ErrorCode::Python, missing.to_owned());
        }
        let runner = PythonRunner::new(threads);
        bench.runner.set_value(Some(Rc::clone(&runner)));
        let waits = Cell::new(false);
        let tell = |arrival: Arrival| {
            bench.sentence.set(arrival.sentence());
            // To be told every few seconds is too often for who listens.
            if matches!(arrival, Arrival::Building { .. }) && !waits.replace(true) {
                state.page.announcement.set(arrival.sentence());
            }
        };
        match runner.prepare(options(&state.settings.get_untracked()), &tell).await {
            Ok(()) => {
                bench.python.set(Python::Idle);
                let lacks = runner.lacks_shared_memory();
                let ready = if lacks { NO_SHARED_MEMORY } else { "Ready." };
                bench.sentence.set(ready.into());
                if waits.get() {
                    state.page.announcement.set("Python is ready.".into());
                }
                state.page.start_if_wanted();
            }
            Err(missing) => {
                bench.elsewhere.set(missing.page().map(str::to_owned));
                bench.is_shut_in.set(matches!(missing, Missing::NoOrigin(_)));
                lack(state, bench, missing.code(), missing.sentence());
            }
        }
    });
}

/// Python can't be had.
fn lack(state: State, bench: Bench, code: ErrorCode, sentence: String) {
    bench.python.set(Python::Missing);
    bench.sentence.set(sentence.clone());
    state.page.announcement.set(sentence.clone());
    if state.page.start_wanted.get_value() {
        state.page.start_wanted.set_value(false);
        send::error(None, code, &sentence);
    }
}

/// How the page runs it.
pub(super) fn handlers(state: State, bench: Bench) -> Handlers {
    Handlers { start: Callback::new(move |()| start(state, bench)), stop: Callback::new(move |()| stop(bench)) }
}

/// Runs the script as it stands.
fn start(state: State, bench: Bench) -> Start {
    let missing = bench.missing.get_untracked();
    if let Some(problem) = missing.or(bench.problem.get_untracked()) {
        return refuse(state, bench, &problem);
    }
    // Without the lab's words there is no script. Where Python could not be had, it is
    // asked for once more: by the run, or, where not even that is here, by itself.
    let is_here = bench.python.get_untracked() != Python::Loading && bench.lesson.with_untracked(Option::is_some);
    let Some(runner) = bench.runner.get_value().filter(|_| is_here) else {
        if let (Python::Missing, Some(capabilities)) =
            (bench.python.get_untracked(), state.page.capabilities.get_untracked())
        {
            bench.sentence.set("Loading Python …".into());
            fetch(state, bench, capabilities.threads);
        }
        return Start::Later;
    };
    let settings = state.settings.get_untracked();
    bench.clear();
    bench.asked.set_value(bench.expected.get_untracked());
    let values = state.page.values.get_untracked();
    let (script, options) = (script(bench, &settings), options(&settings));
    let asked = Asked { settings, values };
    match runner.run(script, options, move |event| hear(state, bench, &asked, event)) {
        Some(run) => {
            bench.python.set(Python::Running);
            Start::Run(run)
        }
        None => Start::Busy,
    }
}

/// What a run was asked to do.
struct Asked {
    settings: Settings,
    values: Values,
}

/// To run the script as it was before would be to run another one than is seen.
fn refuse(state: State, bench: Bench, problem: &str) -> Start {
    bench.headline.set(None);
    bench.sentence.set(problem.to_owned());
    state.page.announcement.set(problem.to_owned());
    send::error(None, ErrorCode::Python, problem);
    Start::Refused
}

/// Ends the script, however busy it is.
fn stop(bench: Bench) {
    if let Some(runner) = bench.runner.get_value() {
        runner.stop();
    }
}

/// What a run tells. Nobody hears of one before what runs Python is here, which this
/// comes with (`xtask/src/parts.rs`).
#[inline(never)]
fn hear(state: State, bench: Bench, asked: &Asked, event: PythonEvent) {
    let (page, Asked { settings, values }) = (state.page, asked);
    match event {
        PythonEvent::Phase(sentence) => bench.sentence.set(sentence),
        PythonEvent::Printed(stream, text) => console::print(bench, stream, &text),
        PythonEvent::Respawn(it) => {
            // A Pool's workers, which it replaces. Executors are broken by the first process that ends so, and a loop
            // over processes comes to its end.
            if script(bench, settings).source.contains("Pool(") {
                let lines = it.first.line.into_iter().collect();
                goes_on(state, bench, settings, lines, respawn::goes_on(&it), respawn::was_stopped(&it));
            }
        }
        PythonEvent::Deadlock(it) => {
            let lines = it.waits.iter().filter_map(|it| it.line).collect();
            goes_on(state, bench, settings, lines, deadlock::waits(&it), deadlock::was_stopped(&it));
        }
        PythonEvent::Finished(report) => {
            let (run, observed) = (report.run, json!(Observed::of(&report)));
            finished(state, bench, settings, *report);
            bench.python.set(Python::Idle);
            page.ended(said(bench));
            page.tell_finished(run, values, &[], &bench.asked.get_value(), Some(("python", observed)));
        }
        PythonEvent::Stopped(report) => {
            bench.sentence.set(telling::stopped(report.processes));
            explain(bench, settings, &report, &[], console::endless(bench));
            bench.python.set(Python::Idle);
            let more = json!({
                "lab": values.lab().name,
                "settings": values.json(),
                "python": Observed::of(&report),
            });
            page.stopped(report.run, said(bench), more);
            bench.report.set(Some(Rc::new(*report)));
        }
        PythonEvent::Failed(code, sentence) => {
            bench.python.set(Python::Idle);
            bench.sentence.set(sentence.clone());
            page.failed(page.run.get_untracked(), code, sentence);
        }
    }
}

/// Says at once what would go on for ever, and keeps what is said of it after Stop.
fn goes_on(
    state: State,
    bench: Bench,
    settings: &Settings,
    lines: Vec<u32>,
    told: Explanation,
    after_stop: Explanation,
) {
    mark(state, bench, settings, lines);
    if console::keep_endless(bench, after_stop) {
        let words = told.headline.iter().map(ToString::to_string).chain(told.more.clone());
        state.page.announcement.set(words.collect::<Vec<_>>().join(" "));
    }
    bench.headline.set(told.headline.clone());
    bench.explanation.set(Some(told));
}

/// Marks lines of the script that ran: of one that has been changed meanwhile they are other ones.
fn mark(state: State, bench: Bench, settings: &Settings, lines: Vec<u32>) {
    if state.settings.with_untracked(|now| script(bench, now) == script(bench, settings)) {
        bench.marked.set(lines);
    }
}

fn finished(state: State, bench: Bench, settings: &Settings, report: PythonReport) {
    // The interpreter prints so much and no more: what ended the run stands there all the same.
    if !last::has(&console::errors(bench), &report.outcome.traceback) {
        console::print(bench, Stream::Stderr, &report.outcome.traceback);
    }
    match report.outcome.status {
        Status::Error => explain(bench, settings, &report, &[], Some(exception::failure(&report))),
        Status::Stopped => {
            let told = Explanation::of(Headline::plain("Stopped."), None);
            explain(bench, settings, &report, &[], Some(told));
        }
        Status::Ok | Status::Exit => came_to_its_end(bench, settings, &report),
    }
    mark(state, bench, settings, report.outcome.lines.last().map(|place| place.line).into_iter().collect());
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
    let unnoticed = exception::unnoticed(&console::errors(bench)).map(str::to_owned);
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

/// What is said of the run, and what else is true of it.
fn said(bench: Bench) -> String {
    let more = bench.explanation.with_untracked(|it| it.as_ref().and_then(|it| it.more.clone()));
    let sentence = bench.sentence.get_untracked();
    more.map_or(sentence.clone(), |more| format!("{sentence} {more}"))
}
