//! Runs the three ways, one after the other, in one turn.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;
use leptos::task::spawn_local;
use serde_json::{Value, json};

use super::measured::{self, Came, Verdict};
use super::program::script;
use super::settings::Settings;
use super::way::Way;
use super::words;
use crate::model::parameter::Group;
use crate::model::report::ErrorCode;
use crate::page::contract::send;
use crate::page::door::{Handlers, Start};
use crate::page::state::{Activity, Page};
use crate::pool::on_demand::OnDemand;
use crate::pool::python::{Arrival, Missing, PythonEvent, PythonOptions, PythonRunner};
use crate::view::headline::Headline;

/// The runner may still be clearing up after the way before.
const RETRY: Duration = Duration::from_millis(20);

/// What Python is doing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Python {
    /// Being fetched.
    Loading,
    /// There is none; the sentence says why.
    Missing,
    /// There.
    Here,
}

/// What came of a run, all in all.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Said {
    pub(super) headline: Headline,
    pub(super) more: String,
}

/// The lab's signals; cheap to copy.
#[derive(Clone, Copy)]
pub(super) struct Gil {
    pub(super) page: Page,
    pub(super) settings: Memo<Settings>,
    /// What the shown run was asked to do.
    pub(super) asked: RwSignal<Settings>,
    /// What became of each way so far.
    pub(super) came: RwSignal<Vec<Came>>,
    /// The way that runs now.
    pub(super) current: RwSignal<Option<Way>>,
    /// What the run says, once it is over.
    pub(super) said: RwSignal<Option<Said>>,
    /// What is guessed for the next run, and was for the shown one.
    pub(super) guess: RwSignal<Option<Verdict>>,
    pub(super) guessed: RwSignal<Option<Verdict>>,
    /// The cause that was picked, and whether it was asked for without.
    pub(super) cause: RwSignal<Option<&'static str>>,
    pub(super) is_told: RwSignal<bool>,
    /// A page that has Python, where this copy has none; and whether only a tab of its own may read it.
    pub(super) elsewhere: RwSignal<Option<String>>,
    pub(super) is_shut_in: RwSignal<bool>,
    python: RwSignal<Python>,
    pub(super) runner: StoredValue<Option<Rc<PythonRunner>>, LocalStorage>,
    run: StoredValue<u32>,
    /// The ways that are still to run, the next one last.
    left: StoredValue<Vec<Way>>,
}

impl Gil {
    pub(super) fn new(page: Page) -> Self {
        let settings: Memo<Settings> = page.settings();
        Self {
            page,
            settings,
            asked: RwSignal::new(settings.get_untracked()),
            came: RwSignal::new(Vec::new()),
            current: RwSignal::new(None),
            said: RwSignal::new(None),
            guess: RwSignal::new(None),
            guessed: RwSignal::new(None),
            cause: RwSignal::new(None),
            is_told: RwSignal::new(false),
            elsewhere: RwSignal::new(None),
            is_shut_in: RwSignal::new(false),
            python: RwSignal::new(Python::Loading),
            runner: StoredValue::new_local(None),
            run: StoredValue::new(0),
            left: StoredValue::new(Vec::new()),
        }
    }

    /// How the page runs it.
    pub(super) fn handlers(self) -> Handlers {
        Handlers { start: Callback::new(move |()| self.start()), stop: Callback::new(move |()| self.stop()) }
    }

    /// Whether memory can be shared here; `None` until it was tried.
    fn has_threads(self) -> Option<bool> {
        let tried = self.page.capabilities.with(|it| it.as_ref().map(|it| it.threads))?;
        let is_refused = self.runner.with_value(|it| it.as_ref().is_some_and(|it| it.lacks_shared_memory()));
        Some(tried && !is_refused)
    }

    /// Fetches Python, once the page knows what works here.
    pub(super) fn open(self) {
        Effect::new(move |was_fetched: Option<bool>| {
            let is_tried = self.page.capabilities.with(Option::is_some);
            if is_tried && was_fetched != Some(true) {
                self.fetch();
            }
            is_tried
        });
    }

    /// Brings what runs Python, then Python.
    fn fetch(self) {
        let Some(capabilities) = self.page.capabilities.get_untracked() else { return };
        self.python.set(Python::Loading);
        self.page.sentence.set("Python is on its way …".into());
        spawn_local(async move {
            if let Err(missing) = OnDemand::Python.bring().await {
                return self.lack(ErrorCode::Python, missing.to_owned());
            }
            let runner = PythonRunner::new(capabilities.threads);
            self.runner.set_value(Some(Rc::clone(&runner)));
            let tell = |arrival: Arrival| self.page.sentence.set(arrival.sentence());
            let settings = self.settings.get_untracked();
            match runner.prepare(options(self.page, &settings, Way::Gil), &tell).await {
                Ok(()) => {
                    self.python.set(Python::Here);
                    let ready = if self.has_threads() == Some(true) { "Ready." } else { words::NO_THREADS };
                    self.page.sentence.set(ready.into());
                    self.page.start_if_wanted();
                }
                Err(missing) => {
                    self.elsewhere.set(missing.page().map(str::to_owned));
                    self.is_shut_in.set(matches!(missing, Missing::NoOrigin(_)));
                    self.lack(missing.code(), missing.sentence());
                }
            }
        });
    }

    /// Python can't be had.
    fn lack(self, code: ErrorCode, sentence: String) {
        self.python.set(Python::Missing);
        self.page.sentence.set(sentence.clone());
        self.page.announcement.set(sentence.clone());
        if self.page.start_wanted.get_value() {
            self.page.start_wanted.set_value(false);
            send::error(None, code, &sentence);
        }
    }

    fn start(self) -> Start {
        match self.python.get_untracked() {
            Python::Here => {}
            Python::Loading => return Start::Later,
            Python::Missing => {
                self.fetch();
                return Start::Later;
            }
        }
        let settings = self.settings.get_untracked();
        // What was asked stays, until the new run has begun.
        let (asked, came) = (self.asked.get_untracked(), self.came.get_untracked());
        self.asked.set(settings);
        self.came.set(Vec::new());
        let has_threads = untrack(move || self.has_threads()) == Some(true);
        let (can, can_not): (Vec<_>, Vec<_>) =
            Way::ALL.into_iter().partition(|way| has_threads || !way.needs_threads());
        self.left.set_value(can.into_iter().rev().collect());
        if !self.run_next() {
            self.asked.set(asked);
            self.came.set(came);
            return Start::Busy;
        }
        self.run.update_value(|it| *it += 1);
        let can_not = can_not.into_iter().map(|way| Came::Unavailable(way, words::NO_THREADS.into()));
        self.came.set(can_not.collect());
        self.said.set(None);
        self.cause.set(None);
        self.is_told.set(false);
        self.guessed.set(self.guess.get_untracked());
        Start::Run(self.run.get_value())
    }

    fn stop(self) {
        self.left.set_value(Vec::new());
        if let Some(runner) = self.runner.get_value() {
            runner.stop();
        }
    }

    /// Begins the next way, if the runner is ready.
    fn run_next(self) -> bool {
        let next = self.left.with_value(|left| left.last().copied());
        let (Some(way), Some(runner)) = (next, self.runner.get_value()) else { return false };
        let settings = self.asked.get_untracked();
        let (script, options) = (script(&settings, way), options(self.page, &settings, way));
        let is_begun = runner.run(script, options, move |event| self.hear(way, event)).is_some();
        if is_begun {
            self.current.set(Some(way));
        }
        is_begun
    }

    fn go_on(self) {
        // Stopped between two ways: nothing runs that would say so.
        if self.page.activity.get_untracked() == Activity::Stopping {
            return self.stopped();
        }
        if self.left.with_value(Vec::is_empty) {
            return self.finish();
        }
        if !self.run_next() {
            set_timeout(move || self.go_on(), RETRY);
        }
    }

    fn hear(self, way: Way, event: PythonEvent) {
        match event {
            // What runs has better words than Python's.
            PythonEvent::Phase(sentence) if sentence.starts_with("Running") => {
                self.page.sentence.set(format!("{} …", way.title()));
                self.progress();
            }
            PythonEvent::Phase(sentence) => self.page.sentence.set(sentence),
            PythonEvent::Printed(..) | PythonEvent::Respawn(_) | PythonEvent::Deadlock(_) => {}
            PythonEvent::Finished(report) => {
                let came = self.asked.with_untracked(|settings| Came::of(way, settings, &report));
                self.take(came);
            }
            PythonEvent::Stopped(_) => self.stopped(),
            PythonEvent::Failed(code, sentence) => {
                if self.left.with_value(|it| it.len() > 1) || self.came.with_untracked(|it| has_run(it)) {
                    return self.take(Came::Failed(way, sentence));
                }
                self.current.set(None);
                self.page.failed(self.run.get_value(), code, sentence);
            }
        }
    }

    fn take(self, came: Came) {
        if self.page.activity.get_untracked() == Activity::Stopping {
            return self.stopped();
        }
        self.left.update_value(|left| left.truncate(left.len().saturating_sub(1)));
        self.came.update(|all| {
            all.push(came);
            measured::compare_with_one(all);
            all.sort_by_key(|it| Way::ALL.iter().position(|way| *way == it.way()));
        });
        self.current.set(None);
        self.progress();
        // The runner is free once it has said what it says now.
        set_timeout(move || self.go_on(), Duration::ZERO);
    }

    /// Ways done, of those that can run.
    fn progress(self) {
        let done = self.came.with_untracked(|all| all.iter().filter(|it| !matches!(it, Came::Unavailable(..))).count());
        let total = done + self.left.with_value(Vec::len);
        let executor = self.current.get_untracked().unwrap_or(Way::Process).executor();
        send::progress(self.run.get_value(), executor, done as u64, total as u64);
    }

    fn stopped(self) {
        self.left.set_value(Vec::new());
        self.current.set(None);
        self.page.stopped(self.run.get_value(), "Stopped.".into(), Value::Null);
    }

    fn finish(self) {
        let (all, settings) = (self.came.get_untracked(), self.asked.get_untracked());
        let cores = self.page.values.with_untracked(crate::model::parameter::Values::cores).max(1);
        let said = Said { headline: words::headline(&settings, &all), more: words::more(&settings, &all, cores) };
        let sentence = format!("{} {}", said.headline, said.more);
        self.said.set(Some(said));
        self.guess.set(None);
        self.page.ended(sentence);
        let mut values = self.page.values.get_untracked();
        settings.write_to(&mut values);
        let guess = self.guessed.get_untracked().map(Verdict::word);
        let figures = json!({ "reported": cores, "ways": measured::json(&all, &settings) });
        self.page.tell_finished(self.run.get_value(), &values, &[], &guess, Some((super::LAB.name, figures)));
    }
}

fn has_run(all: &[Came]) -> bool {
    all.iter().any(|it| it.measured().is_some())
}

fn options(page: Page, settings: &Settings, way: Way) -> PythonOptions {
    let cpu_count = page.values.with_untracked(crate::model::parameter::Values::cores).max(1);
    PythonOptions { switch_interval_ms: settings.switch_interval_ms, ..PythonOptions::usual(cpu_count, way.has_gil()) }
}
