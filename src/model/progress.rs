//! Which questions were missed: kept in the browser, or taken along as a code. Whatever stands
//! there was perhaps written by somebody else, and can't break anything.

use super::lab::{AGAIN, ALWAYS, Lab, QUESTION};
use super::parameter::Kind;

/// Entries that are kept, at most.
const MOST: usize = 200;
/// Characters of an id, at most: a file's and a question's, with a colon between.
const ID_CHARS: usize = 65;
/// What a code begins with: what it is, and of which version.
const BEGIN: &str = "quiz1";

/// How a question stands.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Entry {
    /// Which question.
    pub id: String,
    /// Whether the first answer was wrong, the last time.
    pub is_missed: bool,
    /// When: days since 1970.
    pub day: u32,
}

/// What was missed and what was known.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Progress {
    entries: Vec<Entry>,
}

impl Progress {
    /// What was kept, or as much of it as makes sense.
    #[must_use]
    pub fn of_kept(text: &str) -> Self {
        let mut progress = Self::default();
        for entry in text.split('.').skip(1).take(MOST).filter_map(entry) {
            progress.put(entry);
        }
        progress
    }

    /// What a person gives as a code.
    ///
    /// # Errors
    /// Why it is none: a sentence.
    pub fn of_code(code: &str) -> Result<Self, &'static str> {
        let code: String = code.chars().take(MOST * (ID_CHARS + 20)).filter(|it| !it.is_whitespace()).collect();
        let (body, sum) = code.rsplit_once('.').ok_or("That is no code of this page.")?;
        if !body.starts_with(BEGIN) {
            return Err("That is no code of this page.");
        }
        if sum != checksum(body) {
            return Err("A part of the code is missing, or has changed.");
        }
        Ok(Self::of_kept(body))
    }

    /// All of it, to be kept.
    #[must_use]
    pub fn text(&self) -> String {
        let entries = self.entries.iter().map(|it| {
            let how = if it.is_missed { 'm' } else { 'k' };
            format!(".{}~{how}{}", it.id, it.day)
        });
        std::iter::once(BEGIN.to_owned()).chain(entries).collect()
    }

    /// The same as a code, which is noticed where a part is missing.
    #[must_use]
    pub fn code(&self) -> String {
        let body = self.text();
        format!("{body}.{}", checksum(&body))
    }

    /// Whether nothing is kept.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// The questions that were missed on another day than this: they come back. Who has just read why it
    /// was so would only repeat that.
    #[must_use]
    pub fn missed(&self, today: u32) -> Vec<String> {
        self.entries.iter().filter(|it| it.is_missed && it.day != today).map(|it| it.id.clone()).collect()
    }

    /// The question that was missed first, of those that this lab asks: its address there, where it is asked
    /// again with something changed.
    #[must_use]
    pub fn first_missed(&self, lab: &Lab) -> Option<String> {
        let Kind::Choice(questions) = lab.parameter(QUESTION)?.kind else { return None };
        let is_asked = |id: &str| questions.iter().any(|it| it.0 == id);
        let entry = self.entries.iter().find(|it| it.is_missed && is_asked(&it.id))?;
        Some(format!("{QUESTION}={}&{AGAIN}={ALWAYS}", entry.id))
    }

    /// A question was answered.
    pub fn mark(&mut self, id: &str, is_missed: bool, day: u32) {
        self.put(Entry { id: id.to_owned(), is_missed, day });
    }

    /// Takes in what another one has, where that is newer.
    pub fn merge(&mut self, other: Self) {
        for entry in other.entries {
            if self.entries.iter().all(|it| it.id != entry.id || it.day <= entry.day) {
                self.put(entry);
            }
        }
    }

    fn put(&mut self, entry: Entry) {
        if let Some(old) = self.entries.iter_mut().find(|it| it.id == entry.id) {
            *old = entry;
        } else {
            if self.entries.len() >= MOST {
                self.entries.remove(0);
            }
            self.entries.push(entry);
        }
    }
}

fn entry(text: &str) -> Option<Entry> {
    let (id, how) = text.split_once('~')?;
    let is_id = !id.is_empty()
        && id.len() <= ID_CHARS
        && id.bytes().all(|it| it.is_ascii_alphanumeric() || b"-:".contains(&it));
    let is_missed = match how.get(..1)? {
        "m" => true,
        "k" => false,
        _ => return None,
    };
    let day = how.get(1..)?.parse().ok()?;
    is_id.then(|| Entry { id: id.to_owned(), is_missed, day })
}

/// Of a text: four digits, so that a lost part is noticed.
fn checksum(text: &str) -> String {
    let sum = text.bytes().fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    format!("{:04x}", (sum >> 16) ^ (sum & 0xffff))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn some() -> Progress {
        let mut progress = Progress::default();
        progress.mark("sleeps", true, 20_784);
        progress.mark("fft", false, 20_785);
        progress.mark(&format!("{0}:{0}", "a".repeat(32)), false, 20_785);
        progress
    }

    #[test]
    fn a_code_comes_back_as_what_it_was_made_of() {
        let progress = some();
        assert_eq!(Progress::of_code(&progress.code()), Ok(progress.clone()));
        assert_eq!(Progress::of_code(&format!(" {}\n", progress.code())), Ok(progress.clone()));
        assert_eq!(Progress::of_kept(&progress.text()), progress);
        assert_eq!(progress.missed(20_785), ["sleeps"]);
        assert!(progress.missed(20_784).is_empty(), "not on the same day");
        assert_eq!(Progress::of_code(&Progress::default().code()), Ok(Progress::default()));
    }

    #[test]
    fn what_is_no_code_says_so() {
        let code = some().code();
        assert!(Progress::of_code(&code.replace("fft", "fff")).unwrap_err().contains("has changed"));
        assert!(Progress::of_code(&code[..code.len() - 7]).is_err());
        assert!(Progress::of_code("").unwrap_err().contains("no code"));
        assert!(Progress::of_code("https://example.org").unwrap_err().contains("no code"));
    }

    #[test]
    fn a_later_answer_counts() {
        let mut progress = some();
        progress.mark("sleeps", false, 20_790);
        assert!(progress.missed(20_900).is_empty());
        progress.merge(some());
        assert!(progress.missed(20_900).is_empty(), "what is older changes nothing");
        let mut later = Progress::default();
        later.mark("sleeps", true, 20_800);
        progress.merge(later);
        assert_eq!(progress.missed(20_900), ["sleeps"]);
    }

    proptest! {
        #[test]
        fn whatever_was_kept_is_read(text in "\\PC*", tail in proptest::collection::vec("[a-z~mk.0-9é]{0,12}", 0..300)) {
            for kept in [text.clone(), format!("quiz1.{}", tail.join(".")), text + &tail.join(".")] {
                let progress = Progress::of_kept(&kept);
                prop_assert!(progress.entries.len() <= MOST);
                prop_assert_eq!(Progress::of_kept(&progress.text()), progress.clone());
                let _ = Progress::of_code(&kept);
            }
        }
    }
}
