//! Every signal of the page.

use std::rc::Rc;

use leptos::prelude::*;

use crate::lab::race::explanation::Term;
use crate::lab::script::bench::Bench;
use crate::model::capabilities::Capabilities;
use crate::model::prediction::Prediction;
use crate::model::query::{Flags, Problem};
use crate::model::report::{ExecutorResult, Report};
use crate::model::settings::{Executor, Settings};
use crate::pool::Runner;
use crate::view::headline::Headline;

/// What the page shows.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Stage {
    /// The question with its large answers.
    Question,
    /// The lab with all its controls.
    Lab,
}

/// What the page is doing.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Activity {
    /// Finding out what works here.
    Loading,
    /// Nothing.
    Idle,
    /// A run is going on.
    Running,
    /// A run was asked to stop.
    Stopping,
}

impl Activity {
    /// The value of `data-state`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Loading => "loading",
            Self::Idle => "idle",
            Self::Running => "running",
            Self::Stopping => "stopping",
        }
    }
}

/// How far an executor has come in the current run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Progress {
    pub(crate) executor: Executor,
    pub(crate) done: u64,
    pub(crate) total: u64,
}

/// A problem that the page shows until it is dismissed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    pub(crate) id: u32,
    pub(crate) problem: Problem,
}

/// The page's state: a handful of signals, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// What the next run takes.
    pub(crate) settings: RwSignal<Settings>,
    /// Counts changes that did not come from the form: its texts are then old.
    pub(crate) revision: RwSignal<u32>,
    /// The contract's defaults on this machine.
    pub(crate) defaults: StoredValue<Settings>,
    /// What the URL asked for.
    pub(crate) from_url: StoredValue<Settings>,
    /// The URL's flags.
    pub(crate) flags: StoredValue<Flags>,
    /// What works here; `None` until it was tried.
    pub(crate) capabilities: RwSignal<Option<Capabilities>>,
    /// What the page is doing.
    pub(crate) activity: RwSignal<Activity>,
    /// The last run's number.
    pub(crate) run: RwSignal<u32>,
    /// What is going on, or what came of it.
    pub(crate) sentence: RwSignal<String>,
    /// Progress of the current run.
    pub(crate) progress: RwSignal<Vec<Progress>>,
    /// Problems that are still shown.
    pub(crate) notices: RwSignal<Vec<Notice>>,
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
    /// What the page shows.
    pub(crate) stage: RwSignal<Stage>,
    /// What the student expects of the next run.
    pub(crate) prediction: RwSignal<Option<Prediction>>,
    /// What the student expected of the current run and of the shown ones.
    pub(crate) predicted: RwSignal<Option<Prediction>>,
    /// The cause that the student picked after the shown races.
    pub(crate) cause: RwSignal<Option<Term>>,
    /// The explanation is shown, whether or not a cause was picked.
    pub(crate) is_explained: RwSignal<bool>,
    /// What the shown races say; `None` before them.
    pub(crate) headline: RwSignal<Option<Headline>>,
    /// What a screen reader says, once.
    pub(crate) announcement: RwSignal<String>,
    /// Who runs experiments.
    pub(crate) runner: StoredValue<Option<Rc<Runner>>, LocalStorage>,
    /// Run was asked for when it could not start.
    pub(crate) start_pending: StoredValue<bool>,
    /// What the Python lab works on, where that is the open lab.
    pub(crate) python: StoredValue<Option<Bench>>,
    /// The rest of the program is here.
    pub(crate) is_whole: RwSignal<bool>,
    /// A start waits for the rest of the program.
    pub(crate) start_awaits_rest: StoredValue<bool>,
    /// Counts changes of size, pixel density or colours: pictures are then old.
    pub(crate) appearance: RwSignal<u32>,
}

impl State {
    /// The state of a page that was opened with these settings.
    pub(crate) fn new(defaults: Settings, from_url: Settings, flags: Flags, stage: Stage) -> Self {
        Self {
            settings: RwSignal::new(from_url.clone()),
            revision: RwSignal::new(0),
            defaults: StoredValue::new(defaults),
            from_url: StoredValue::new(from_url),
            flags: StoredValue::new(flags),
            capabilities: RwSignal::new(None),
            activity: RwSignal::new(Activity::Loading),
            run: RwSignal::new(0),
            sentence: RwSignal::new("Trying what this browser can do …".into()),
            progress: RwSignal::new(Vec::new()),
            notices: RwSignal::new(Vec::new()),
            results: RwSignal::new(Vec::new()),
            current: RwSignal::new(None),
            to_follow: RwSignal::new(Vec::new()),
            rungs: RwSignal::new_local(Vec::new()),
            is_climbing: RwSignal::new(false),
            asked: RwSignal::new(None),
            shown_from: StoredValue::new((None, None)),
            report: RwSignal::new_local(None),
            before_change: StoredValue::new_local(None),
            stage: RwSignal::new(stage),
            prediction: RwSignal::new(None),
            predicted: RwSignal::new(None),
            cause: RwSignal::new(None),
            is_explained: RwSignal::new(false),
            headline: RwSignal::new(None),
            announcement: RwSignal::new(String::new()),
            runner: StoredValue::new_local(None),
            start_pending: StoredValue::new(false),
            python: StoredValue::new(None),
            is_whole: RwSignal::new(false),
            start_awaits_rest: StoredValue::new(false),
            appearance: RwSignal::new(0),
        }
    }

    /// Shows problems, the newest last; a problem that is shown already stays once.
    pub(crate) fn notify(&self, problems: &[Problem]) {
        self.notices.update(|notices| {
            for problem in problems {
                if notices.iter().any(|notice| notice.problem == *problem) {
                    continue;
                }
                let id = notices.last().map_or(0, |notice| notice.id.wrapping_add(1));
                notices.push(Notice { id, problem: problem.clone() });
            }
            let excess = notices.len().saturating_sub(60);
            notices.drain(..excess);
        });
    }
}
