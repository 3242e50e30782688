//! What is known of a lab before any of it is loaded.

use super::parameter::Parameter;

/// The setting that says which question a lab asks.
pub const QUESTION: &str = "item";
/// The setting that says when questions are asked with something changed, and its word for each time.
pub const AGAIN: &str = "again";
/// See [`AGAIN`].
pub const ALWAYS: &str = "always";

/// A part of the lecture, in its order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub enum Chapter {
    /// Where to begin, and the way through all labs.
    Begin,
    /// Cores, and what they give.
    Cores,
    /// Processes, threads, and what they share.
    Workers,
    /// Pools and futures.
    Pools,
    /// Limits, overheads, and what lies beyond one tab.
    Limits,
}

impl Chapter {
    /// All of them, in order.
    pub const ALL: [Self; 5] = [Self::Begin, Self::Cores, Self::Workers, Self::Pools, Self::Limits];

    /// What people read over its labs.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::Begin => "Begin here",
            Self::Cores => "Cores, and how to keep them busy",
            Self::Workers => "Processes and threads",
            Self::Pools => "Pools and futures",
            Self::Limits => "Limits, and what lies beyond",
        }
    }
}

/// What a lab can begin with, beside waiting for Run.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Beginning {
    /// What an address has for it: a flag, or settings.
    pub query: &'static str,
    /// What a teacher reads.
    pub words: &'static str,
}

impl Beginning {
    /// Any lab, waiting for Run.
    pub const WAITING: Self = Self { query: "", words: "the lab, waiting for Run" };
    /// Any lab, run once it is seen.
    pub const RUNNING: Self = Self { query: "autorun", words: "a run, when it is seen" };
}

/// One experiment, as the page, the contents and everything around them know it.
#[derive(Debug)]
pub struct Lab {
    /// The name in URLs and messages.
    pub name: &'static str,
    /// What people call it.
    pub title: &'static str,
    /// What it answers, in one line.
    pub question: &'static str,
    /// What a frame around it is called, for people who can't see it.
    pub frame_title: &'static str,
    /// Where it stands in the lecture.
    pub chapter: Chapter,
    /// The claims of the lecture that it shows.
    pub claims: &'static [u32],
    /// How long it takes, about.
    pub minutes: u32,
    /// By which way of the page's program it is reached (`xtask/src/parts.rs`).
    pub way: &'static str,
    /// It needs the Python interpreter.
    pub needs_python: bool,
    /// Its settings: groups, in the order of URLs.
    pub parameters: &'static [&'static [Parameter]],
    /// What it can begin with.
    pub begins: &'static [Beginning],
}

impl Lab {
    /// All settings, in the order of URLs.
    pub fn parameters(&self) -> impl Iterator<Item = &'static Parameter> + use<> {
        let groups = self.parameters;
        groups.iter().flat_map(|group| group.iter())
    }

    /// Whether it has its place in the lecture: the contents are the way to those.
    #[must_use]
    pub fn is_listed(&self) -> bool {
        !self.claims.is_empty()
    }

    /// Whether it asks first, and runs what was answered: Run does nothing before. Its
    /// questions are a setting.
    #[must_use]
    pub fn asks_first(&self) -> bool {
        self.parameter(QUESTION).is_some()
    }

    /// Whether Run runs something in it.
    #[must_use]
    pub fn is_experiment(&self) -> bool {
        self.is_listed() && !self.asks_first()
    }

    /// Whether our own engines run in it.
    #[must_use]
    pub fn needs_engines(&self) -> bool {
        self.is_experiment() && !self.needs_python
    }

    /// All it can begin with, the usual one first.
    pub fn beginnings(&self) -> impl Iterator<Item = &'static Beginning> + use<> {
        [&Beginning::WAITING, &Beginning::RUNNING].into_iter().chain(self.begins)
    }

    /// The setting of that name.
    #[must_use]
    pub fn parameter(&self, name: &str) -> Option<&'static Parameter> {
        self.parameters().find(|it| it.name == name)
    }
}

/// All labs there are.
#[derive(Clone, Copy, Debug)]
pub struct Catalogue {
    /// In the order of the lecture.
    pub labs: &'static [&'static Lab],
    /// The one that is open where nobody has named another.
    pub usual: &'static Lab,
}

impl Catalogue {
    /// The lab of that name.
    #[must_use]
    pub fn named(&self, name: &str) -> Option<&'static Lab> {
        self.labs.iter().copied().find(|it| it.name == name)
    }

    /// The labs that go on from one: those that follow in the lecture's order, `most` of them; after
    /// the last come the first.
    #[must_use]
    pub fn after(&self, lab: &Lab, most: usize) -> Vec<&'static Lab> {
        let experiments: Vec<_> = self.labs.iter().copied().filter(|it| it.is_listed()).collect();
        let open = experiments.iter().position(|it| it.name == lab.name);
        let (before, after) = experiments.split_at(open.unwrap_or_default());
        let others = after.iter().chain(before).filter(|it| it.name != lab.name);
        others.take(most).copied().collect()
    }

    /// Whether any lab has a setting of that name.
    #[must_use]
    pub fn knows(&self, parameter: &str) -> bool {
        self.labs.iter().any(|lab| lab.parameter(parameter).is_some())
    }

    /// The names of all labs, in order.
    #[must_use]
    pub fn names(&self) -> Vec<&'static str> {
        self.labs.iter().map(|it| it.name).collect()
    }
}
