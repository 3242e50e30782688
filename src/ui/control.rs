//! Who may start what, when: Run and Stop, from a person or a message.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use crate::model::query::Problem;
use crate::model::report::Status;
use crate::model::settings::Settings;
use crate::pool::Event;
use crate::ui::contract::send;
use crate::ui::lab::verdict;
use crate::ui::state::{Activity, Progress, State};

/// How long to wait before a start that came too early is tried again.
const RETRY: Duration = Duration::from_millis(20);

impl State {
    /// Starts a run; nothing while one goes on. Where that is not yet possible
    /// (the page is loading, or the last run is stopping) it follows by itself.
    pub(crate) fn request_run(self) {
        match self.activity.get_untracked() {
            Activity::Idle => self.start(),
            Activity::Running => {}
            Activity::Loading | Activity::Stopping => {
                self.start_pending.set_value(true);
                self.sentence.set("It starts in a moment …".into());
            }
        }
    }

    /// Stops the current run, and forgets one that was to follow.
    pub(crate) fn request_stop(self) {
        self.start_pending.set_value(false);
        if self.activity.get_untracked() == Activity::Running {
            self.activity.set(Activity::Stopping);
            self.sentence.set("Stopping …".into());
            if let Some(runner) = self.runner.get_value() {
                runner.stop();
            }
        }
    }

    /// Takes settings from outside the form; a current run is stopped first.
    pub(crate) fn replace_settings(self, settings: Settings, problems: &[Problem]) {
        self.request_stop();
        self.settings.set(settings);
        self.revision.update(|revision| *revision = revision.wrapping_add(1));
        if !problems.is_empty() {
            self.notify(problems);
            send::notice(problems);
        }
    }

    /// Stops, and restores what the URL asked for.
    pub(crate) fn reset(self) {
        self.replace_settings(self.from_url.get_value(), &[]);
        self.notices.set(Vec::new());
    }

    /// The page is ready for its first run.
    pub(crate) fn become_idle(self) {
        self.activity.set(Activity::Idle);
        if self.start_pending.get_value() {
            self.start_soon(Duration::ZERO);
        }
    }

    fn start(self) {
        let Some(runner) = self.runner.get_value() else { return };
        self.start_pending.set_value(false);
        self.activity.set(Activity::Running);
        self.sentence.set("Starting …".into());
        self.results.set(Vec::new());
        let settings = self.settings.get_untracked();
        let waiting = settings.executors.iter();
        self.progress.set(waiting.map(|executor| Progress { executor: *executor, done: 0, total: 0 }).collect());
        match runner.run(settings, move |event| self.on_event(event)) {
            Some(run) => self.run.set(run),
            None => {
                // The runner is still clearing up after the last run.
                self.activity.set(Activity::Stopping);
                self.start_pending.set_value(true);
                self.start_soon(RETRY);
            }
        }
    }

    /// Starts in a task of its own, if that is still wanted then.
    fn start_soon(self, delay: Duration) {
        set_timeout(
            move || {
                if self.start_pending.get_value() {
                    self.start();
                } else if self.activity.get_untracked() == Activity::Stopping {
                    self.finish_with("Stopped.".into());
                }
            },
            delay,
        );
    }

    fn on_event(self, event: Event) {
        match event {
            Event::Phase { sentence, .. } => {
                if self.activity.get_untracked() == Activity::Running {
                    self.sentence.set(sentence);
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
            Event::Finished(report) => {
                self.run.set(report.run);
                self.results.set(report.results.clone());
                let sentence = verdict::sentence(&report.results);
                let ran = report.results.iter().filter(|it| it.status == Status::Ok).count();
                self.report.set(Some(Rc::clone(&report)));
                self.finish_with(if 0 < ran && ran < report.results.len() {
                    format!("{sentence} Not all could run: the table says why.")
                } else {
                    sentence
                });
                // Last, so that whoever hears it can start the next run.
                send::finished(&report);
            }
            Event::Stopped { run } => {
                self.run.set(run);
                self.show_last_report();
                self.finish_with("Stopped.".into());
                send::stopped(run);
            }
            Event::Failed { run, code, message } => {
                self.run.set(run);
                if self.results.with_untracked(Vec::is_empty) {
                    self.show_last_report();
                } else {
                    // The table says what failed; older pictures would not fit to it.
                    self.report.set(None);
                }
                self.finish_with(message.clone());
                send::error(Some(run), code, &message);
            }
        }
    }

    /// The table goes back to the run that the charts still show.
    fn show_last_report(self) {
        let results = self.report.with_untracked(|it| it.as_ref().map(|it| it.results.clone()));
        self.results.set(results.unwrap_or_default());
    }

    fn finish_with(self, sentence: String) {
        self.sentence.set(sentence);
        self.become_idle();
    }
}
