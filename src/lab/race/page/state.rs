//! The race's signals: what was asked, what goes on, and what came of it.

use std::rc::Rc;

use leptos::prelude::*;

use crate::lab::race::report::Report;
use crate::lab::race::settings::Settings;
use crate::model::prediction::Prediction;
use crate::model::report::ExecutorResult;
use crate::model::settings::Executor;
use crate::page::state::Page;
use crate::view::verdict::Verdict;

/// How far an executor has come in the current run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Progress {
    pub(crate) executor: Executor,
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// The race's state, with the page around it; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Race {
    /// The page.
    pub(crate) page: Page,
    /// What the next run takes.
    pub(crate) settings: Memo<Settings>,
    /// Progress of the current run.
    pub(crate) progress: RwSignal<Vec<Progress>>,
    /// Results so far of the current run.
    pub(crate) results: RwSignal<Vec<ExecutorResult>>,
    /// The settings of the current run.
    pub(crate) current: RwSignal<Option<Settings>>,
    /// Races that follow the current one, in order.
    pub(crate) to_follow: RwSignal<Vec<Settings>>,
    /// The finished races that are shown side by side, oldest first.
    pub(crate) rungs: RwSignal<Vec<Rc<Report>>, LocalStorage>,
    /// The shown races belong together with the current one.
    pub(crate) is_climbing: RwSignal<bool>,
    /// What the form said when the shown races were started.
    pub(crate) asked: RwSignal<Option<Settings>>,
    /// `predicted` and `asked` of the shown races, for a run that is stopped
    /// before it shows anything.
    pub(crate) shown_from: StoredValue<(Option<Prediction>, Option<Settings>)>,
    /// The last finished run.
    pub(crate) report: RwSignal<Option<Rc<Report>>, LocalStorage>,
    /// The run that the current one changes one thing of.
    pub(crate) before_change: StoredValue<Option<Rc<Report>>, LocalStorage>,
    /// What the student expects of the next run.
    pub(crate) prediction: RwSignal<Option<Prediction>>,
    /// What the student expected of the current run and of the shown ones.
    pub(crate) predicted: RwSignal<Option<Prediction>>,
    /// The cause that the student picked after the shown races: a term's name.
    pub(crate) cause: RwSignal<Option<&'static str>>,
    /// The explanation is shown, whether or not a cause was picked.
    pub(crate) is_explained: RwSignal<bool>,
    /// What the shown races say; `None` before them.
    pub(crate) verdict: RwSignal<Option<Verdict>>,
}

impl Race {
    /// A race that nobody has run yet.
    pub(crate) fn new(page: Page) -> Self {
        Self {
            page,
            settings: page.settings(),
            progress: RwSignal::new(Vec::new()),
            results: RwSignal::new(Vec::new()),
            current: RwSignal::new(None),
            to_follow: RwSignal::new(Vec::new()),
            rungs: RwSignal::new_local(Vec::new()),
            is_climbing: RwSignal::new(false),
            asked: RwSignal::new(None),
            shown_from: StoredValue::new((None, None)),
            report: RwSignal::new_local(None),
            before_change: StoredValue::new_local(None),
            prediction: RwSignal::new(None),
            predicted: RwSignal::new(None),
            cause: RwSignal::new(None),
            is_explained: RwSignal::new(false),
            verdict: RwSignal::new(None),
        }
    }
}
