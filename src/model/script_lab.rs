//! The labs that are data (`labs/`), as far as they are known before their words
//! are fetched. `build.rs` reads them: a folder and a line in `labs/list.txt`
//! make one.

/// A lab that is scripts with words around them.
#[derive(Debug, Eq, PartialEq)]
pub struct ScriptLab {
    /// As in the URL.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
    /// In one line.
    pub question: &'static str,
    /// Where in the course it stands.
    pub chapter: &'static str,
    /// The lecture's claims that it shows, by their numbers.
    pub claims: &'static [u32],
    /// Its scripts.
    pub programs: &'static [ScriptProgram],
    /// Which of them it opens with: an index.
    pub default_program: usize,
    /// Settings to begin with.
    pub beginnings: &'static [ScriptBeginning],
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

/// Settings to begin with.
#[derive(Debug, Eq, PartialEq)]
pub struct ScriptBeginning {
    /// Within its lab.
    pub name: &'static str,
    /// What people read.
    pub title: &'static str,
}

impl ScriptLab {
    /// The program that it opens with.
    #[must_use]
    pub const fn opens_with(&self) -> &'static ScriptProgram {
        // `build.rs` refuses a lab without programs.
        &self.programs[self.default_program]
    }
}

include!(concat!(env!("OUT_DIR"), "/labs.rs"));
