//! The colours of a chart, read from the stylesheet once for each drawing.

use crate::model::settings::Executor;
use crate::page::theme::{self, Colour};

/// The executor's colour.
pub(crate) fn colour_of(executor: Executor) -> Colour {
    theme::token(match executor {
        Executor::Serial => "--serial",
        Executor::Vectorized => "--vectorized",
        Executor::Process => "--process",
        Executor::Thread => "--thread",
    })
}

/// What lanes are drawn with.
pub(crate) struct Palette {
    pub(crate) ink: Colour,
    pub(crate) ink_soft: Colour,
    pub(crate) page: Colour,
    pub(crate) rule: Colour,
    pub(crate) track: Colour,
    executors: [(Executor, Colour); Executor::ALL.len()],
}

impl Palette {
    /// As the page looks now.
    pub(crate) fn read() -> Self {
        Self {
            ink: theme::token("--ink"),
            ink_soft: theme::token("--ink-soft"),
            page: theme::token("--page"),
            rule: theme::token("--rule"),
            track: theme::token("--track"),
            executors: Executor::ALL.map(|executor| (executor, colour_of(executor))),
        }
    }

    /// The executor's colour, or the soft ink of what belongs to none.
    pub(crate) fn of(&self, executor: Option<Executor>) -> Colour {
        let found = self.executors.iter().find(|it| Some(it.0) == executor);
        found.map_or(self.ink_soft, |it| it.1)
    }
}
