//! What a race does when it is run, and what it tells meanwhile.

use leptos::prelude::*;
use serde_json::Value;

use super::state::{Progress, Race};
use super::when_finished;
use crate::lab::race::experiment;
use crate::lab::race::explanation::Change;
use crate::lab::race::settings::Settings;
use crate::model::parameter::Group;
use crate::model::prediction::Prediction;
use crate::model::query::apply_field;
use crate::page::contract::send;
use crate::page::door::{Handlers, Start};
use crate::page::state::Activity;
use crate::pool::Event;

/// The two races of a first visit: members and repeats. Few repeats, so that
/// both are over within three seconds on two cores.
const RUNGS: [(u32, u32); 2] = [(30, 2), (10_000, 2)];

impl Race {
    /// How the page runs it.
    pub(in crate::lab::race) fn handlers(self) -> Handlers {
        Handlers { start: Callback::new(move |()| self.start()), stop: Callback::new(move |()| self.stop()) }
    }

    /// Runs both races of a first visit.
    pub(in crate::lab::race) fn run_both(self, prediction: Option<Prediction>) {
        self.prediction.set(prediction);
        let settings = self.settings.get_untracked();
        let rung = |(members, repeats)| Settings { members, repeats, ..settings.clone() };
        self.queue(RUNGS.map(rung).to_vec());
        self.page.request_run();
    }

    /// Makes one change and runs again.
    pub(in crate::lab::race) fn try_change(self, change: &Change) {
        let before =
            self.rungs.with_untracked(|rungs| rungs.iter().find(|it| it.settings.members == change.of).cloned());
        let mut values = self.page.values.get_untracked();
        if let Some(before) = &before {
            // Races of a first visit have few repeats, so as not to keep anyone waiting.
            let repeats = self.settings.with_untracked(|it| it.repeats);
            Settings { repeats, ..before.settings.clone() }.write_to(&mut values);
        }
        let (values, _) = apply_field(&values, change.parameter, &change.value);
        self.page.replace_values(values, &[]);
        self.before_change.set_value(before);
        self.page.request_run();
    }

    /// Says which races come next.
    fn queue(self, races: Vec<Settings>) {
        self.is_climbing.set(false);
        self.to_follow.set(races);
    }

    /// Starts the next race of those that wait, or else what is set.
    fn start(self) -> Start {
        let Some(runner) = self.page.runner.get_value() else { return Start::Later };
        if self.to_follow.with_untracked(Vec::is_empty) {
            self.queue(vec![self.settings.get_untracked()]);
        }
        let Some(settings) = self.to_follow.with_untracked(|it| it.first().cloned()) else { return Start::Refused };
        // The runner may still be clearing up after the last run.
        let asked = settings.clone();
        let hear = move |event| self.on_event(&asked, event);
        let Some(run) = runner.run(experiment::of(&settings), hear) else { return Start::Busy };
        if !self.is_climbing.get_untracked() {
            self.predicted.set(self.prediction.get_untracked());
            self.asked.set(Some(self.settings.get_untracked()));
            self.verdict.set(None);
        }
        self.page.sentence.set("Starting …".into());
        self.results.set(Vec::new());
        let waiting = settings.executors.iter();
        self.progress.set(waiting.map(|executor| Progress { executor: *executor, done: 0, total: 0 }).collect());
        self.current.set(Some(settings));
        self.to_follow.update(|it| drop(it.drain(..1)));
        Start::Run(run)
    }

    fn stop(self) {
        self.to_follow.set(Vec::new());
        self.before_change.set_value(None);
        if let Some(runner) = self.page.runner.get_value() {
            runner.stop();
        }
    }

    fn on_event(self, settings: &Settings, event: Event) {
        match event {
            Event::Phase { sentence, .. } => {
                if self.page.activity.get_untracked() == Activity::Running {
                    self.page.sentence.set(sentence);
                }
            }
            Event::Progress { run, executor, done, total } => {
                self.progress.update(|progress| {
                    if let Some(entry) = progress.iter_mut().find(|it| it.executor == executor) {
                        (entry.done, entry.total) = (done, total);
                    }
                });
                send::progress(run, executor, done, total);
            }
            Event::Result { result, .. } => self.results.update(|results| {
                results.retain(|earlier| earlier.executor != result.executor);
                results.push(*result);
            }),
            Event::Finished(outcome) => when_finished::show(self, settings, *outcome),
            Event::Stopped { run } => {
                self.show_last_report();
                self.current.set(None);
                self.page.stopped(run, "Stopped.".into(), Value::Null);
            }
            Event::Failed { run, code, message } => {
                self.to_follow.set(Vec::new());
                self.before_change.set_value(None);
                if self.results.with_untracked(Vec::is_empty) {
                    self.show_last_report();
                } else {
                    // The table says what failed; older pictures would not fit to it.
                    self.report.set(None);
                    self.rungs.set(Vec::new());
                }
                self.current.set(None);
                self.page.failed(run, code, message);
            }
        }
    }

    /// The table, and what was guessed and asked, go back to the run that the
    /// charts still show.
    fn show_last_report(self) {
        let results = self.report.with_untracked(|it| it.as_ref().map(|it| it.results.clone()));
        self.results.set(results.unwrap_or_default());
        let (predicted, asked) = self.shown_from.get_value();
        self.predicted.set(predicted);
        self.asked.set(asked);
    }
}
