//! The way into a lab, and what comes out of it.

use leptos::prelude::*;

use super::state::Page;
use crate::model::lab::Lab;

/// A lab, and what opens it.
pub(crate) struct Door {
    /// Which lab.
    pub(crate) lab: &'static Lab,
    /// Opens it: the only way in, where its part of the program begins.
    pub(crate) open: fn(Page) -> Opened,
    /// What a first visit sees before that, where the lab has such a thing.
    pub(crate) question: Option<fn(Page) -> AnyView>,
}

/// A lab that was opened.
pub(crate) struct Opened {
    /// All of it.
    pub(crate) view: AnyView,
    /// How it is run.
    pub(crate) handlers: Handlers,
}

/// What the page asks of a lab; it has the one machine of Run and Stop
/// ([`control`](super::control)).
#[derive(Clone, Copy)]
pub(crate) struct Handlers {
    /// Starts a run. Only asked while nothing runs.
    pub(crate) start: Callback<(), Start>,
    /// Ends what runs, and forgets what was to follow. Also asked while nothing runs.
    pub(crate) stop: Callback<()>,
}

/// What became of a start.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Start {
    /// The run goes on, under this number.
    Run(u32),
    /// The run before is still ending: to be tried again soon.
    Busy,
    /// What it needs is not here yet: the lab says [`Page::start_if_wanted`] once it is.
    Later,
    /// It can't be, and the lab has said why.
    Refused,
}
