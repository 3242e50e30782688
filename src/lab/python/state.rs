//! What the lab's parts know of the page, and what the lab is set to.

use std::ops::Deref;

use leptos::prelude::*;

use crate::model::settings::PythonSettings;
use crate::page::state::Page;

/// The page, and the lab's settings; cheap to copy.
#[derive(Clone, Copy)]
pub(crate) struct State {
    /// The page.
    pub(crate) page: Page,
    /// What the next run takes.
    pub(crate) settings: Memo<PythonSettings>,
}

impl State {
    pub(crate) fn new(page: Page) -> Self {
        Self { page, settings: page.settings() }
    }
}

impl Deref for State {
    type Target = Page;

    fn deref(&self) -> &Page {
        &self.page
    }
}
