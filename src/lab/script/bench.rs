//! The lab's signals: what is being worked on, and what came of it.

use std::rc::Rc;
use std::sync::Arc;

use leptos::prelude::*;

use super::console;
use super::experiments::Experiments;
use super::lesson::Lesson;
use super::rule::Explanation;
use crate::lab::script::settings::Program;
use crate::model::python::PythonReport;
use crate::pool::python::PythonRunner;
use crate::view::headline::Headline;

/// What Python is doing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Python {
    /// Being fetched.
    Loading,
    /// There is none; the sentence says why.
    Missing,
    /// Nothing.
    Idle,
    /// Running a script.
    Running,
}

/// The workbench; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Bench {
    /// Its words and scripts, once they are here.
    pub(super) lesson: RwSignal<Option<Arc<Lesson>>>,
    /// Why they are not.
    pub(super) missing: RwSignal<Option<String>>,
    /// The answer that is picked for the next run: an option's id.
    pub(super) expected: RwSignal<Option<String>>,
    /// The answer that was picked for the current or last run.
    pub(super) asked: StoredValue<Option<String>>,
    /// What came of it.
    pub(super) feedback: RwSignal<Option<String>>,
    /// What a rule says of the last run.
    pub(super) explanation: RwSignal<Option<Explanation>>,
    pub(crate) python: RwSignal<Python>,
    /// What goes on, for a person.
    pub(crate) sentence: RwSignal<String>,
    /// A web page that has Python, where this copy has none.
    pub(super) elsewhere: RwSignal<Option<String>>,
    /// Only in a tab of its own it may read its files.
    pub(super) is_shut_in: RwSignal<bool>,
    /// What was printed.
    pub(super) output: console::Told,
    /// Whether anything was.
    pub(super) has_printed: RwSignal<bool>,
    /// What the last run said.
    pub(crate) headline: RwSignal<Option<Headline>>,
    /// The last run.
    pub(crate) report: RwSignal<Option<Rc<PythonReport>>, LocalStorage>,
    /// The runs so far.
    pub(crate) experiments: RwSignal<Experiments>,
    /// The lines that an exception points at, or where somebody waits for ever, from 1.
    pub(crate) marked: RwSignal<Vec<u32>>,
    /// Why the text in the editor can't be run.
    pub(super) problem: RwSignal<Option<String>>,
    pub(crate) runner: StoredValue<Option<Rc<PythonRunner>>, LocalStorage>,
}

impl Bench {
    pub(crate) fn new() -> Self {
        Self {
            lesson: RwSignal::new(None),
            missing: RwSignal::new(None),
            expected: RwSignal::new(None),
            asked: StoredValue::new(None),
            feedback: RwSignal::new(None),
            explanation: RwSignal::new(None),
            python: RwSignal::new(Python::Loading),
            elsewhere: RwSignal::new(None),
            is_shut_in: RwSignal::new(false),
            sentence: RwSignal::new("Python is on its way …".into()),
            output: StoredValue::new_local(None),
            has_printed: RwSignal::new(false),
            headline: RwSignal::new(None),
            report: RwSignal::new_local(None),
            experiments: RwSignal::new(Experiments::default()),
            marked: RwSignal::new(Vec::new()),
            problem: RwSignal::new(None),
            runner: StoredValue::new_local(None),
        }
    }

    /// Our text of a program; empty until the lab's words are here.
    pub(super) fn ours(self, program: Program) -> String {
        let source = |it: &Arc<Lesson>| it.program(program.name()).map(|it| it.source.clone());
        self.lesson.with_untracked(|it| it.as_ref().and_then(source)).unwrap_or_default()
    }

    /// Takes away what a run has left, before another one or another beginning.
    pub(super) fn clear(self) {
        console::clear(self);
        self.marked.set(Vec::new());
        self.headline.set(None);
        self.report.set(None);
        self.explanation.set(None);
        self.feedback.set(None);
    }
}
