//! Why a page is not isolated, and therefore shares no memory: in words.

/// What is known of a page that is not isolated.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Surroundings {
    /// It is one file that holds everything.
    pub is_single_file: bool,
    /// It was opened as a file.
    pub is_file: bool,
    /// It came by https, or from this very computer.
    pub is_secure: bool,
    /// It has no origin: a sandboxed frame.
    pub is_opaque: bool,
    /// It is inside another page.
    pub is_framed: bool,
    /// The browser would not have the service worker that makes up for headers.
    pub is_worker_refused: bool,
    /// That worker came too late for this very load.
    pub is_worker_late: bool,
}

impl Surroundings {
    /// Why there are no threads here: a sentence, with the next best way where there is one.
    #[must_use]
    pub fn why_no_threads(self) -> String {
        let why = if self.is_single_file {
            "a copy of the lab that is one file has no program for that. The lab's web page has it"
        } else if self.is_file {
            "browsers give it to no page that was opened as a file. The same page from a web address can have it"
        } else if !self.is_secure {
            "browsers give it only to pages that come by https; this one came by http. Open its https address, if it \
             has one"
        } else if self.is_opaque {
            "browsers don't give it to a sandboxed frame. In a tab of its own the lab can have it"
        } else if self.is_worker_late {
            "this host does not ask the browser for that. The service worker that does it instead was not there yet \
             when the page was loaded: reload the page, and it can have it"
        } else if self.is_framed {
            "this browser does not give it to a page inside this one. In a tab of its own the lab can have it"
        } else if self.is_worker_refused {
            "the browser gives it only to \u{201c}cross-origin isolated\u{201d} pages. This host does not ask for \
             that, and the browser refuses the service worker that would: private windows and blocked storage do that"
        } else {
            "the browser gives it only to pages that are served as \u{201c}cross-origin isolated\u{201d}; this one \
             is not"
        };
        format!("Threads need memory that workers share, and {why}.")
    }

    /// Why scripts and their interpreter can't be read: a sentence; `None` where they can.
    #[must_use]
    pub fn why_unreadable(self) -> Option<&'static str> {
        let as_file = "Browsers let no page that was opened as a file read the files beside it, and Python is one. The \
                       same page from a web address has it.";
        let sandboxed = "Browsers let a sandboxed frame read no files unless their host lets everybody, and Python is \
                         one. In a tab of its own the lab has it.";
        match self {
            Self { is_file: true, .. } => Some(as_file),
            Self { is_opaque: true, .. } => Some(sandboxed),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_without_an_origin_files_are_unreadable() {
        let opaque = Surroundings { is_opaque: true, is_framed: true, ..Surroundings::default() };
        assert!(opaque.why_unreadable().unwrap().contains("sandboxed frame"));
        assert!(Surroundings { is_file: true, ..opaque }.why_unreadable().unwrap().contains("as a file"));
        assert_eq!(Surroundings { is_framed: true, ..Surroundings::default() }.why_unreadable(), None);
    }

    #[test]
    fn each_reason_has_a_sentence_of_its_own() {
        let secure = Surroundings { is_secure: true, ..Surroundings::default() };
        let all = [
            Surroundings { is_single_file: true, is_file: true, ..secure },
            Surroundings { is_file: true, is_opaque: true, ..secure },
            Surroundings::default(),
            Surroundings { is_opaque: true, is_framed: true, is_worker_refused: true, ..secure },
            Surroundings { is_framed: true, is_worker_late: true, ..secure },
            Surroundings { is_framed: true, is_worker_refused: true, ..secure },
            Surroundings { is_worker_refused: true, ..secure },
            secure,
        ];
        let sentences: std::collections::BTreeSet<_> = all.map(Surroundings::why_no_threads).into();
        assert_eq!(sentences.len(), all.len());
        for (surroundings, said) in all.into_iter().zip([
            "one file",
            "as a file",
            "https",
            "sandboxed",
            "not there yet",
            "inside",
            "refuses",
            "served",
        ]) {
            assert!(surroundings.why_no_threads().contains(said), "{said}");
        }
    }
}
