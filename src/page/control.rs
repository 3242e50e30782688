//! Who may start what, when: Run and Stop, from a person or a message. One
//! machine for all labs; what a run does is the lab's ([`Handlers`](super::door::Handlers)).
//!
//! ```text
//! Loading ──▶ Idle ──start──▶ Running ──ended──▶ Idle
//!                               │ stop             ▲
//!                               └──▶ Stopping ─────┘
//! ```
//!
//! Run while nothing can start yet (the page is loading, the lab is not open, the
//! last run is stopping) follows by itself; Stop takes that back.

use std::time::Duration;

use leptos::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::contract::send;
use super::done;
use super::door::Start;
use super::rest;
use super::state::{Activity, Page, Stage};
use crate::model::parameter::{Group, Problem, Values};
use crate::model::report::{ErrorCode, ExecutorResult};

/// How long to wait before a start that came too early is tried again.
const RETRY: Duration = Duration::from_millis(20);

impl Page {
    /// Starts a run; nothing while one goes on. Where that is not yet possible it
    /// follows by itself.
    pub(crate) fn request_run(self) {
        match self.activity.get_untracked() {
            Activity::Idle => self.start(),
            Activity::Running => {}
            Activity::Loading | Activity::Stopping => {
                self.start_wanted.set_value(true);
                self.sentence.set("It starts in a moment …".into());
                self.show_lab();
            }
        }
    }

    /// Starts what `autorun` asks for: once for a page's life, then its result stays.
    pub(crate) fn request_autorun(self) {
        if self.flags.get_value().autorun && !self.has_run.get_value() {
            self.request_run();
        }
    }

    /// Stops the current run, and forgets those that were to follow.
    pub(crate) fn request_stop(self) {
        self.start_wanted.set_value(false);
        self.opening.set_value(false);
        if self.activity.get_untracked() == Activity::Running {
            self.activity.set(Activity::Stopping);
            self.sentence.set("Stopping …".into());
        }
        if let Some(handlers) = self.handlers.get_value() {
            handlers.stop.run(());
        }
    }

    /// Goes from the question to the lab, once its part of the program is here.
    pub(crate) fn show_lab(self) {
        if self.stage.get_untracked() == Stage::Lab || self.opening.get_value() {
            return;
        }
        self.opening.set_value(true);
        rest::then(move || {
            if self.opening.get_value() {
                self.opening.set_value(false);
                self.stage.set(Stage::Lab);
            }
        });
    }

    /// Takes settings from outside the form; a current run is stopped first.
    pub(crate) fn replace_values(self, values: Values, problems: &[Problem]) {
        self.request_stop();
        self.values.set(values);
        self.revision.update(|revision| *revision = revision.wrapping_add(1));
        if !problems.is_empty() {
            self.notify(problems);
            send::notice(problems);
        }
    }

    /// Some settings as a lab's code reads them; it changes only when they do.
    pub(crate) fn settings<S: Group + PartialEq + Send + Sync + 'static>(self) -> Memo<S> {
        Memo::new(move |_| self.values.with(S::of))
    }

    /// Stops, and restores what the URL asked for.
    pub(crate) fn reset(self) {
        self.replace_values(self.from_url.get_value(), &[]);
        self.notices.set(Vec::new());
        self.has_run.set_value(false);
        self.resets.update(|resets| *resets = resets.wrapping_add(1));
    }

    /// Nothing runs; what waits for that starts.
    pub(crate) fn become_idle(self) {
        self.activity.set(Activity::Idle);
        self.start_if_wanted();
    }

    /// Starts what somebody has asked for when it could not start.
    pub(crate) fn start_if_wanted(self) {
        if self.start_wanted.get_value() && self.activity.get_untracked() == Activity::Idle {
            self.start_soon(Duration::ZERO);
        }
    }

    /// A part of the run is over, and the lab has another: it is asked to start once more.
    pub(crate) fn go_on(self) {
        self.start_wanted.set_value(true);
        self.start_soon(Duration::ZERO);
    }

    /// A run came to its end, of which this is to be said.
    pub(crate) fn ended(self, sentence: String) {
        self.announcement.set(sentence.clone());
        self.sentence.set(sentence);
        self.become_idle();
    }

    /// Tells whoever embeds the page of a run's figures, and remembers that the lab was
    /// run. Comes last, so that whoever hears it can start the next run.
    pub(crate) fn tell_finished(
        self,
        run: u32,
        values: &Values,
        results: &[ExecutorResult],
        prediction: &impl Serialize,
        more: Option<(&str, Value)>,
    ) {
        self.has_run.set_value(true);
        done::mark(self.lab);
        send::finished(run, values, results, prediction, more);
    }

    /// A run was stopped, of which this is to be said; `more` are fields that the lab adds to the message.
    pub(crate) fn stopped(self, run: u32, sentence: String, more: Value) {
        self.run.set(run);
        self.ended(sentence);
        send::stopped(run, more);
    }

    /// A run could not be done.
    pub(crate) fn failed(self, run: u32, code: ErrorCode, sentence: String) {
        self.run.set(run);
        self.ended(sentence.clone());
        send::error(Some(run), code, &sentence);
    }

    fn start(self) {
        self.start_wanted.set_value(false);
        let Some(handlers) = self.handlers.get_value() else {
            // The lab says by itself when it is open.
            self.start_wanted.set_value(true);
            return self.show_lab();
        };
        match handlers.start.run(()) {
            Start::Run(run) => {
                self.run.set(run);
                self.activity.set(Activity::Running);
            }
            Start::Busy => {
                self.activity.set(Activity::Stopping);
                self.start_wanted.set_value(true);
                self.start_soon(RETRY);
            }
            Start::Later => self.start_wanted.set_value(true),
            Start::Refused => self.activity.set(Activity::Idle),
        }
    }

    /// Starts in a task of its own, if that is still wanted then.
    fn start_soon(self, delay: Duration) {
        set_timeout(
            move || {
                if self.start_wanted.get_value() {
                    self.start();
                } else if self.activity.get_untracked() == Activity::Stopping {
                    self.ended("Stopped.".into());
                }
            },
            delay,
        );
    }
}
