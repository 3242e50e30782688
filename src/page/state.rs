//! Every signal of the page. What a lab shows of its runs is the lab's own.

use std::rc::Rc;

use leptos::prelude::*;

use super::door::Handlers;
use super::questions;
use super::settings::PageSettings;
use crate::model::capabilities::Capabilities;
use crate::model::lab::{Catalogue, Lab};
use crate::model::parameter::{Group, Problem, Values};
use crate::model::query::Flags;
use crate::model::settings::View;
use crate::pool::Runner;

/// So many labs are offered to go on with.
const NEXT: usize = 2;

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

    /// Whether a run goes on or is ending.
    pub(crate) fn is_busy(self) -> bool {
        matches!(self, Self::Running | Self::Stopping)
    }
}

/// A problem that the page shows until it is dismissed.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Notice {
    pub(crate) id: u32,
    pub(crate) problem: Problem,
}

/// The page's state: a handful of signals, cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct Page {
    /// All labs there are.
    pub(crate) catalogue: &'static Catalogue,
    /// The open lab; another one is another page.
    pub(crate) lab: &'static Lab,
    /// What the next run takes.
    pub(crate) values: RwSignal<Values>,
    /// Counts changes that did not come from the form: its texts are then old.
    pub(crate) revision: RwSignal<u32>,
    /// What the URL asked for.
    pub(crate) from_url: StoredValue<Values>,
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
    /// What a screen reader says, once.
    pub(crate) announcement: RwSignal<String>,
    /// Problems that are still shown.
    pub(crate) notices: RwSignal<Vec<Notice>>,
    /// Who runs experiments.
    pub(crate) runner: StoredValue<Option<Rc<Runner>>, LocalStorage>,
    /// How the open lab is run; `None` until it is open.
    pub(crate) handlers: StoredValue<Option<Handlers>>,
    /// Run was asked for when it could not start.
    pub(crate) start_wanted: StoredValue<bool>,
    /// A run has come to its end since the page was opened or reset: there is nothing left
    /// for `autorun` to do.
    pub(crate) has_run: StoredValue<bool>,
    /// Counts resets: a lab that keeps more than settings begins anew.
    pub(crate) resets: RwSignal<u32>,
    /// What the page shows.
    pub(crate) stage: RwSignal<Stage>,
    /// The lab is wanted, and its part of the program on its way.
    pub(crate) opening: StoredValue<bool>,
    /// The rest of the program is here.
    pub(crate) is_whole: RwSignal<bool>,
    /// Counts changes of size, pixel density or colours: pictures are then old.
    pub(crate) appearance: RwSignal<u32>,
}

impl Page {
    /// The state of a page that was opened with these settings.
    pub(crate) fn new(catalogue: &'static Catalogue, from_url: Values, flags: Flags, stage: Stage) -> Self {
        Self {
            catalogue,
            lab: from_url.lab(),
            values: RwSignal::new(from_url.clone()),
            revision: RwSignal::new(0),
            from_url: StoredValue::new(from_url),
            flags: StoredValue::new(flags),
            capabilities: RwSignal::new(None),
            activity: RwSignal::new(Activity::Loading),
            run: RwSignal::new(0),
            sentence: RwSignal::new("Trying what this browser can do …".into()),
            announcement: RwSignal::new(String::new()),
            notices: RwSignal::new(Vec::new()),
            runner: StoredValue::new_local(None),
            handlers: StoredValue::new(None),
            start_wanted: StoredValue::new(false),
            has_run: StoredValue::new(false),
            resets: RwSignal::new(0),
            stage: RwSignal::new(stage),
            opening: StoredValue::new(false),
            is_whole: RwSignal::new(false),
            appearance: RwSignal::new(0),
        }
    }

    /// Where a lab is: an address of its own, within the same surroundings.
    pub(crate) fn address_of(&self, lab: &Lab) -> String {
        let flags = self.flags.get_value();
        let kept = [(flags.embed, "embed&"), (flags.present, "present&")];
        let kept: String = kept.iter().filter(|(is_set, _)| *is_set).map(|(_, flag)| *flag).collect();
        let view = self.values.with_untracked(PageSettings::of).view;
        let view = if view == View::Figure { "view=figure&" } else { "" };
        format!("?{kept}{view}lab={}", lab.name)
    }

    /// The labs that go on from the open one.
    pub(crate) fn next(&self) -> Vec<&'static Lab> {
        self.catalogue.after(self.lab, NEXT)
    }

    /// Where the question is asked again that was missed first, in another lab than this one; in a lecture hall
    /// nobody's come back.
    pub(crate) fn missed_question(&self) -> Option<String> {
        let asked = questions::first_missed()?;
        let is_here = self.flags.with_value(|it| it.present) || asked.starts_with(self.lab.name);
        (!is_here).then(|| format!("?lab={asked}"))
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
