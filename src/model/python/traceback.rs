//! What the interpreter prints of an exception, read back: its type and its line.

use serde::{Deserialize, Serialize};

/// What a traceback begins with.
const BEGIN: &str = "Traceback (most recent call last):";

/// An exception that was printed.
#[derive(Clone, Debug, Eq, PartialEq, Serialize, Deserialize)]
pub struct Raised {
    /// By which process, from 1; 0 is the script's own.
    #[serde(default)]
    pub process: u32,
    /// The exception's type, without its module.
    pub exception: String,
    /// The innermost line of the script that led to it.
    #[serde(default)]
    pub line: Option<u32>,
}

/// The line of a traceback that names the exception: the first behind the
/// frames of the last one. More of its message, and notes, follow it.
#[must_use]
pub fn named(traceback: &str) -> Option<&str> {
    let lines: Vec<_> = traceback.lines().filter(|line| !line.trim().is_empty()).collect();
    let frames = lines.iter().rposition(|line| line.starts_with(BEGIN)).map_or(0, |index| index + 1);
    let named = lines.iter().skip(frames).find(|line| !line.starts_with(' '));
    named.or(lines.last()).copied()
}

/// The type in the line that names an exception, without its module:
/// `BrokenProcessPool` of `concurrent.futures.process.BrokenProcessPool: A …`.
#[must_use]
pub fn exception_type(named: &str) -> &str {
    let qualified = named.split([':', ' ']).next().unwrap_or(named);
    qualified.rsplit('.').next().unwrap_or(qualified)
}

/// The exceptions in what a process printed to stderr, in order: of a chain of
/// causes, only the last. `file_name` is the script's.
#[must_use]
pub fn raised(process: u32, printed: &str, file_name: &str) -> Vec<Raised> {
    let mut found: Vec<Raised> = Vec::new();
    let mut lines = printed.lines().peekable();
    let mut is_chained = false;
    while let Some(line) = lines.next() {
        if line.starts_with("During handling of the above") || line.starts_with("The above exception was") {
            is_chained = true;
        }
        if line != BEGIN {
            continue;
        }
        let mut place = None;
        while let Some(frame) = lines.next_if(|it| it.starts_with(' ') || it.is_empty()) {
            place = line_in(frame, file_name).or(place);
        }
        let Some(named) = lines.next() else { break };
        if is_chained {
            found.pop();
            is_chained = false;
        }
        found.push(Raised { process, exception: exception_type(named).to_owned(), line: place });
    }
    found
}

/// The line number of a frame, where it is one of that file.
fn line_in(frame: &str, file_name: &str) -> Option<u32> {
    let (file, rest) = frame.trim_start().strip_prefix("File \"")?.split_once("\", line ")?;
    if file != file_name {
        return None;
    }
    rest.split(|it: char| !it.is_ascii_digit()).next()?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_that_failed_names_type_and_line() {
        let printed = "reading\nProcess SpawnProcess-1:\nTraceback (most recent call last):\n  File \"/lib/a.py\", line 9, in f\n    \
                       g()\n  File \"guard.py\", line 12, in <module>\n    h()\n    ~^^\n  File \"/lib/b.py\", line 3, in h\n\
                       RuntimeError: \n        An attempt has been made\n";
        let expected = Raised { process: 2, exception: "RuntimeError".into(), line: Some(12) };
        assert_eq!(raised(2, printed, "guard.py"), [expected]);
        assert_eq!(raised(2, "no trouble\n", "guard.py"), []);
    }

    #[test]
    fn of_a_chain_the_last_counts() {
        let printed = "Traceback (most recent call last):\n  File \"a.py\", line 1, in f\nKeyError: 1\n\n\
                       During handling of the above exception, another exception occurred:\n\n\
                       Traceback (most recent call last):\n  File \"a.py\", line 2, in f\na.b.Other: no\n\
                       Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nValueError\n";
        let found = raised(1, printed, "a.py");
        let found: Vec<_> = found.iter().map(|it| (it.exception.as_str(), it.line)).collect();
        assert_eq!(found, [("Other", Some(2)), ("ValueError", Some(3))]);
    }

    #[test]
    fn notes_and_causes_do_not_hide_the_exception() {
        let cause = "Traceback (most recent call last):\n  File \"a.py\", line 1\nKeyError: 1\n\n\
                     During handling of the above exception, another exception occurred:\n\n";
        let last = "Traceback (most recent call last):\n  File \"a.py\", line 2\n    f()\n\
                    PicklingError: Can't pickle it\nwhen serializing tuple item 1\n";
        assert_eq!(named(&format!("{cause}{last}")), Some("PicklingError: Can't pickle it"));
        assert_eq!(named("  File \"a.py\", line 1\n    x =\n       ^\nSyntaxError: no\n"), Some("SyntaxError: no"));
        let long = "Traceback (most recent call last):\n  File \"a.py\", line 2\nRuntimeError:\n        Read this.\n";
        assert_eq!(named(long), Some("RuntimeError:"));
        assert_eq!(named(""), None);
    }

    #[test]
    fn a_type_stands_without_its_module() {
        assert_eq!(exception_type("concurrent.futures.process.BrokenProcessPool: A process"), "BrokenProcessPool");
        assert_eq!(exception_type("KeyboardInterrupt"), "KeyboardInterrupt");
    }
}
