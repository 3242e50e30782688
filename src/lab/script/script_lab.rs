//! What of a lab of scripts is known before its words are fetched. `build.rs` makes
//! one of each folder in `labs/`.

use crate::model::lab::Lab;

/// A lab that is scripts with words around them.
#[derive(Debug)]
pub struct ScriptLab {
    /// As any lab.
    pub lab: &'static Lab,
    /// Its scripts.
    pub programs: &'static [ScriptProgram],
    /// Which of them it opens with: an index.
    pub default_program: usize,
}

/// One of its scripts.
#[derive(Debug, Eq, PartialEq)]
pub struct ScriptProgram {
    /// As in the URL.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// What tracebacks call it.
    pub file: &'static str,
}

impl ScriptLab {
    /// The program of that name, or else the one that it opens with.
    #[must_use]
    pub fn program(&self, name: &str) -> &'static ScriptProgram {
        let named = self.programs.iter().find(|it| it.name == name);
        // `build.rs` refuses a lab without programs.
        named.unwrap_or(&self.programs[self.default_program])
    }
}
