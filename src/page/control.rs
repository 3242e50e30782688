//! Who may start what, when: Run and Stop, from a person or a message.

use std::rc::Rc;
use std::time::Duration;

use leptos::prelude::*;

use super::rest;

use super::visit;
use crate::lab::race::change;
use crate::lab::race::comparison;
use crate::lab::race::explanation::Change;
use crate::lab::script;
use crate::model::prediction::Prediction;
use crate::model::query::{Problem, apply_field};
use crate::model::report::{Report, Status};
use crate::model::settings::Settings;
use crate::page::contract::send;
use crate::page::state::{Activity, Progress, Stage, State};
use crate::pool::Event;
use crate::view::headline::Headline;
use crate::view::verdict;

/// How long to wait before a start that came too early is tried again.
const RETRY: Duration = Duration::from_millis(20);

/// The two races of a first visit: members and repeats. Few repeats, so that
/// both are over within three seconds on two cores.
const RUNGS: [(u32, u32); 2] = [(30, 2), (10_000, 2)];

impl State {
    /// Starts a run; nothing while one goes on. Where that is not yet possible
    /// (the page is loading, or the last run is stopping) it follows by itself.
    pub(crate) fn request_run(self) {
        if self.python.with_value(Option::is_some) {
            return script::request_run(self);
        }
        self.once_whole(Self::run_or_wait);
    }

    fn run_or_wait(self) {
        match self.activity.get_untracked() {
            Activity::Idle => {
                self.queue(vec![self.settings.get_untracked()]);
                self.start();
            }
            Activity::Running => {}
            Activity::Loading | Activity::Stopping => {
                self.queue(vec![self.settings.get_untracked()]);
                self.start_pending.set_value(true);
                self.sentence.set("It starts in a moment …".into());
            }
        }
    }

    /// Answers the page's question, which runs both races of a first visit.
    pub(crate) fn answer(self, prediction: Option<Prediction>) {
        self.once_whole(move |state| state.run_both(prediction));
    }

    fn run_both(self, prediction: Option<Prediction>) {
        visit::remember();
        self.prediction.set(prediction);
        let settings = self.settings.get_untracked();
        let rung = |(members, repeats)| Settings { members, repeats, ..settings.clone() };
        self.queue(RUNGS.map(rung).to_vec());
        if self.activity.get_untracked() == Activity::Idle {
            self.start();
        } else {
            self.start_pending.set_value(true);
            self.sentence.set("It starts in a moment …".into());
        }
    }

    /// Goes on once the rest of the program is here, unless it was stopped by then.
    /// While one start waits, others are none.
    fn once_whole(self, go_on: impl FnOnce(Self) + 'static) {
        if rest::is_here() {
            return go_on(self);
        }
        if self.start_awaits_rest.get_value() {
            return;
        }
        self.start_awaits_rest.set_value(true);
        rest::then(move || {
            if self.start_awaits_rest.get_value() {
                self.start_awaits_rest.set_value(false);
                go_on(self);
            }
        });
    }

    /// Makes one change and runs again.
    pub(crate) fn try_change(self, change: &Change) {
        let settings = self
            .rungs
            .with_untracked(|rungs| rungs.iter().map(|it| &it.settings).find(|it| it.members == change.of).cloned());
        let settings = Settings {
            // Races of a first visit have few repeats, so as not to keep anyone waiting.
            repeats: self.settings.with_untracked(|it| it.repeats),
            theme: self.settings.with_untracked(|it| it.theme),
            ..settings.unwrap_or_else(|| self.settings.get_untracked())
        };
        let (settings, _) = apply_field(&settings, change.parameter, &change.value, &self.defaults.get_value());
        let before =
            self.rungs.with_untracked(|rungs| rungs.iter().find(|it| it.settings.members == change.of).cloned());
        self.replace_settings(settings, &[]);
        self.request_run();
        self.before_change.set_value(before);
    }

    /// Stops the current run, and forgets those that were to follow.
    pub(crate) fn request_stop(self) {
        if self.python.with_value(Option::is_some) {
            return script::request_stop(self);
        }
        self.start_pending.set_value(false);
        self.start_awaits_rest.set_value(false);
        self.to_follow.set(Vec::new());
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
        // Another lab is another page: its address leads there.
        let lab = self.settings.with_untracked(|it| it.lab);
        let mut problems = problems.to_vec();
        if settings.lab != lab {
            let allowed = format!("{}, the lab that is open", lab.name());
            problems.push(Problem::new("lab", settings.lab.name(), allowed, lab.name().into()));
        }
        self.settings.set(Settings { lab, ..settings });
        self.revision.update(|revision| *revision = revision.wrapping_add(1));
        if !problems.is_empty() {
            self.notify(&problems);
            send::notice(&problems);
        }
    }

    /// Stops, and restores what the URL asked for.
    pub(crate) fn reset(self) {
        self.replace_settings(self.from_url.get_value(), &[]);
        self.notices.set(Vec::new());
    }

    /// The page is ready for its first run.
    pub(crate) fn become_idle(self) {
        self.current.set(None);
        self.activity.set(Activity::Idle);
        if self.start_pending.get_value() {
            self.start_soon(Duration::ZERO);
        }
    }

    /// Says which races come next.
    fn queue(self, races: Vec<Settings>) {
        self.stage.set(Stage::Lab);
        self.is_climbing.set(false);
        self.before_change.set_value(None);
        self.to_follow.set(races);
    }

    /// Starts the next race of those that wait.
    fn start(self) {
        let Some(runner) = self.runner.get_value() else { return };
        self.start_pending.set_value(false);
        let Some(settings) = self.to_follow.with_untracked(|it| it.first().cloned()) else { return };
        if !self.is_climbing.get_untracked() {
            self.predicted.set(self.prediction.get_untracked());
            self.asked.set(Some(self.settings.get_untracked()));
            self.headline.set(None);
        }
        self.activity.set(Activity::Running);
        self.sentence.set("Starting …".into());
        self.results.set(Vec::new());
        let waiting = settings.executors.iter();
        self.progress.set(waiting.map(|executor| Progress { executor: *executor, done: 0, total: 0 }).collect());
        match runner.run(settings.clone(), move |event| self.on_event(event)) {
            Some(run) => {
                self.run.set(run);
                self.current.set(Some(settings));
                self.to_follow.update(|it| drop(it.drain(..1)));
            }
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
                    self.end_with("Stopped.".into());
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
            Event::Finished(report) => self.on_finished(&report),
            Event::Stopped { run } => {
                self.run.set(run);
                self.show_last_report();
                self.end_with("Stopped.".into());
                send::stopped(run);
            }
            Event::Failed { run, code, message } => {
                self.run.set(run);
                self.to_follow.set(Vec::new());
                if self.results.with_untracked(Vec::is_empty) {
                    self.show_last_report();
                } else {
                    // The table says what failed; older pictures would not fit to it.
                    self.report.set(None);
                    self.rungs.set(Vec::new());
                }
                self.end_with(message.clone());
                send::error(Some(run), code, &message);
            }
        }
    }

    fn on_finished(self, report: &Rc<Report>) {
        let predicted = self.predicted.get_untracked();
        self.run.set(report.run);
        self.results.set(report.results.clone());
        self.report.set(Some(Rc::clone(report)));
        if !self.is_climbing.get_untracked() {
            self.rungs.set(Vec::new());
            self.shown_from.set_value((predicted, self.asked.get_untracked()));
        }
        self.rungs.update(|rungs| rungs.push(Rc::clone(report)));
        if self.to_follow.with_untracked(Vec::is_empty) {
            self.prediction.set(None);
            self.cause.set(None);
            self.is_explained.set(false);
            let mut headline = self.rungs.with_untracked(|rungs| headline(rungs, predicted));
            let before = self.before_change.get_value();
            if let Some(change) = before.and_then(|before| change::sentence(&before, report)) {
                headline = headline.followed_by(change);
            }
            let sentence = headline.to_string();
            self.headline.set(Some(headline));
            self.end_with(sentence);
        } else {
            self.is_climbing.set(true);
            self.current.set(None);
            self.start_pending.set_value(true);
            self.start_soon(Duration::ZERO);
        }
        // Last, so that whoever hears it can start the next run.
        send::finished(report, predicted);
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

    fn end_with(self, sentence: String) {
        self.announcement.set(sentence.clone());
        self.sentence.set(sentence);
        self.become_idle();
    }
}

/// What the shown races say.
fn headline(rungs: &[Rc<Report>], predicted: Option<Prediction>) -> Headline {
    let [first, .., last] = rungs else {
        let Some(only) = rungs.first() else { return Headline::default() };
        let headline = verdict::headline(&only.results);
        let ran = only.results.iter().filter(|it| it.status == Status::Ok).count();
        return if 0 < ran && ran < only.results.len() {
            headline.words(" Not all could run: the reasons are below.")
        } else {
            headline
        };
    };
    comparison::headline(first, last, predicted)
}
