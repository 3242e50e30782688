//! What the lab's parts know of the page, and what the lab is set to.

use leptos::prelude::*;

use super::script_lab::ScriptLab;
use super::settings::Settings;
use crate::page::state::Page;

/// The page, and the lab's settings; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The page.
    pub(crate) page: Page,
    /// Which lab it is.
    pub(super) lab: &'static ScriptLab,
    /// What the next run takes.
    pub(crate) settings: Memo<Settings>,
}

impl State {
    pub(super) fn new(page: Page, lab: &'static ScriptLab) -> Self {
        let settings = Memo::new(move |_| page.values.with(|values| Settings::of(lab, values)));
        Self { page, lab, settings }
    }

    /// Changes the settings as if a person had done so.
    pub(super) fn change(self, change: impl FnOnce(&mut Settings)) {
        let mut settings = self.settings.get_untracked();
        change(&mut settings);
        self.page.values.update(|values| settings.write_to(values));
    }
}
