//! Pieces that a lab is put together from.

pub(crate) mod choice;
pub(crate) mod copy_link;
pub(crate) mod executor_choice;
pub(crate) mod headline;
pub(crate) mod notices;
pub(crate) mod number_field;
pub(crate) mod run_form;
