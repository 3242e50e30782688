//! What only the page has of the race: its signals, and the views beside the whole.

mod control;
pub(super) mod explain;
pub(super) mod predict;
pub(super) mod question;
pub(super) mod results;
pub(super) mod rung;
pub(super) mod settings_form;
pub(super) mod state;
mod when_finished;
pub(super) mod when_run;
