//! What was wrong with a parameter, in words for the page and the messages.

use serde::Serialize;

/// What is used of an unknown parameter.
pub(crate) const IGNORED: &str = "ignored";
/// What is used of a repeated parameter.
pub(crate) const FIRST: &str = "the first one";

/// Characters of the given text that a problem repeats.
const GIVEN_CHARS: usize = 40;

/// Problems that one URL or message can report; the rest is only counted.
const LIST_LIMIT: usize = 50;

/// A parameter that could not be taken as given. Nothing breaks: `used` says
/// what counts instead.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Problem {
    /// The name, as given.
    pub parameter: String,
    /// What was given, shortened.
    pub given: String,
    /// What is allowed.
    pub allowed: String,
    /// What is used instead.
    pub used: String,
}

impl Problem {
    /// A problem with the long texts shortened.
    #[must_use]
    pub fn new(parameter: &str, given: &str, allowed: String, used: String) -> Self {
        Self { parameter: shortened(parameter), given: shortened(given), allowed, used }
    }

    /// The problem as a sentence for learners.
    #[must_use]
    pub fn sentence(&self) -> String {
        let Self { parameter, given, allowed, used } = self;
        match used.as_str() {
            IGNORED => return format!("{parameter}: there is no such setting here; ignored."),
            FIRST => return format!("{parameter}: given more than once; the first one counts."),
            _ => {}
        }
        let given = if given.is_empty() { "nothing".into() } else { format!("“{given}”") };
        format!("{parameter}: {given} was given; allowed is {allowed}; used: {used}.")
    }
}

/// A bounded list of problems.
#[derive(Default)]
pub(crate) struct Problems {
    listed: Vec<Problem>,
    more: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, problem: impl FnOnce() -> Problem) {
        if self.listed.len() < LIST_LIMIT {
            self.listed.push(problem());
        } else {
            self.more += 1;
        }
    }

    pub(crate) fn extend(&mut self, problems: impl IntoIterator<Item = Problem>) {
        for problem in problems {
            self.push(|| problem);
        }
    }

    pub(crate) fn into_list(mut self) -> Vec<Problem> {
        if self.more > 0 {
            self.listed.push(Problem {
                parameter: "…".into(),
                given: format!("{} more of this kind", self.more),
                allowed: "the parameters of the documentation, each once".into(),
                used: "ignored, or the default".into(),
            });
        }
        self.listed
    }
}

fn shortened(text: &str) -> String {
    match text.char_indices().nth(GIVEN_CHARS) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.into(),
    }
}
