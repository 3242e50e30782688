//! What a lab gives to take along.

use leptos::prelude::*;

use super::picture::Content;
use super::table::Table;

/// The lab's side; cheap to copy. All but the link and what it tracks is asked
/// for when somebody takes it.
#[derive(Clone, Copy)]
pub(crate) struct Offer {
    /// What a run is called within a sentence: `race`.
    pub(crate) noun: &'static str,
    /// The address with the settings as they are; `None` where there is none.
    pub(crate) link: Signal<Option<String>>,
    /// Changes with the runs that can be taken: what was taken before is old.
    pub(crate) runs: Signal<()>,
    /// There is nothing to take yet, or taking it would disturb what is measured.
    pub(crate) is_off: Signal<bool>,
    /// The figures, for a spreadsheet that is open.
    pub(crate) table: Callback<(), Table>,
    /// The figures with the settings beside them, for a file.
    pub(crate) table_with_settings: Callback<(), Table>,
    /// What the picture tells; `None` before the first run.
    pub(crate) picture: Callback<(), Option<Content>>,
    /// What files are called, without what is before and behind: `race-30x5000`.
    pub(crate) file_stem: Callback<(), String>,
}
