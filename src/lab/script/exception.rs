//! What is said of a run that an exception ended, or of one that ended a part of it.

use super::elsewhere;
use super::rule::Explanation;
use crate::model::python::PythonReport;
use crate::model::python::traceback::{exception_type, named};
use crate::view::headline::Headline;

/// What is said of a run that an exception ended.
#[must_use]
pub fn failure(report: &PythonReport) -> Explanation {
    let exception = named(&report.outcome.traceback).unwrap_or("an exception");
    let is_bootstrapping = report.raised.iter().any(|it| it.exception == "RuntimeError");
    if exception_type(exception) == "BrokenProcessPool" && is_bootstrapping {
        let headline =
            "Each new process read the whole script, and came to the line that starts processes: Python refused.";
        let more = "The line if __name__ == \"__main__\": is missing above it.";
        return Explanation::of(Headline::plain(headline), [more.to_owned()]);
    }
    let limit = limit(exception);
    let is_short = fits_a_headline(exception);
    // Where a sentence says it better, the interpreter's own words are in the output.
    let named = if limit.is_none() && is_short { exception } else { exception.split(':').next().unwrap_or(exception) };
    let told = match report.outcome.lines.last() {
        Some(place) => format!("It ended in line {}: {named}", place.line),
        None => format!("It ended with {named}"),
    };
    let in_full = (limit.is_none() && !is_short).then_some(exception);
    let line = report.outcome.lines.last().map(|place| place.line);
    let more = in_full.into_iter().chain(limit.or_else(|| advice(exception))).map(str::to_owned);
    Explanation::of(Headline::plain(told), more.chain(elsewhere::instead(exception, line)))
}

/// Words of an exception that still fit behind the line that it ended.
const EXCEPTION_WORDS: usize = 18;

/// Whether an exception's own words are short, and not several sentences.
fn fits_a_headline(exception: &str) -> bool {
    exception.split_whitespace().count() <= EXCEPTION_WORDS
        && ![". ", "? ", "! ", "\n"].iter().any(|end| exception.contains(end))
}

/// What helps where the exception's own words don't say it.
fn advice(exception: &str) -> Option<&'static str> {
    let is_of_pickling = exception.contains("Can't pickle") || exception.contains("Can't get local object");
    (is_of_pickling && (exception.contains("<lambda>") || exception.contains("<locals>")))
        .then_some("A process finds a function by its name: define it with def, outside of other functions.")
}

/// What a script does not notice: an exception that ended a thread or a process
/// that it had started; `errors` is what was printed to stderr.
#[must_use]
pub fn unnoticed(errors: &str) -> Option<&'static str> {
    let began =
        |line: &str| line.starts_with("Exception in thread ") || (line.starts_with("Process ") && line.ends_with(':'));
    let has_failed =
        errors.lines().zip(errors.lines().skip(1)).any(|(line, next)| began(line) && next.starts_with("Traceback ("));
    has_failed.then_some("An exception ended one of its threads or processes: see the output.")
}

/// Where the exception is not the script's fault: what a page can't do.
fn limit(exception: &str) -> Option<&'static str> {
    (exception.starts_with("io.UnsupportedOperation") && exception.contains("io.open"))
        .then_some("A page has no files: keep what the script needs in the script.")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::script::telling::tests::{report, whole};
    use crate::model::python::traceback::Raised;
    use crate::model::python::{Outcome, Place, Status};

    #[test]
    fn a_long_exception_stands_below_the_headline() {
        let mut report = report(0, 0, Vec::new());
        let message = "ValueError: this is no good. It never was";
        report.outcome.traceback = format!("Traceback (most recent call last):\n{message}\n");
        let told = failure(&report);
        assert_eq!(told.headline.map(|it| it.to_string()).as_deref(), Some("It ended with ValueError"));
        assert_eq!(told.more.as_deref(), Some(message));
        report.outcome.traceback = format!("Traceback (most recent call last):\nKeyError: '{}'\n", "word ".repeat(40));
        let _ = whole(failure(&report));
    }

    #[test]
    fn an_exception_is_told_with_its_line() {
        let mut report = report(0, 0, Vec::new());
        report.outcome = Outcome {
            status: Status::Error,
            exit_code: 1,
            traceback: "Traceback (most recent call last):\nZeroDivisionError: division by zero\n".into(),
            lines: vec![Place { line: 3 }, Place { line: 7 }],
            told: Vec::new(),
        };
        assert_eq!(whole(failure(&report)), "It ended in line 7: ZeroDivisionError: division by zero");
    }

    #[test]
    fn a_thread_that_failed_is_named() {
        assert!(unnoticed("Exception in thread Thread-1 (f):\nTraceback (most recent call last):\n").is_some());
        assert!(unnoticed("so far\nProcess Process-1:\nTraceback (most recent call last):\n").is_some());
        assert!(unnoticed("Traceback (most recent call last):\nValueError: 1\n").is_none());
        assert!(unnoticed("Process ended:\n").is_none());
    }

    #[test]
    fn a_missing_guard_is_named() {
        let mut report = report(2, 0, Vec::new());
        report.outcome.traceback = "concurrent.futures.process.BrokenProcessPool: A process died\n".into();
        assert!(whole(failure(&report)).contains("A process died"));
        report.raised.push(Raised { process: 1, exception: "RuntimeError".into(), line: Some(9) });
        assert!(whole(failure(&report)).contains("__main__"));
    }

    #[test]
    fn what_a_page_cannot_do_is_named() {
        let said = |exception: &str| {
            let mut report = report(0, 0, Vec::new());
            report.outcome.traceback = format!("Traceback (most recent call last):\n{exception}\n");
            whole(failure(&report))
        };
        assert!(said("EOFError: EOF when reading a line").contains("EOF when reading a line There is no keyboard"));
        assert!(said("io.UnsupportedOperation: Couldn't get FileIO, io.open likely isn't").contains("no files"));
        assert_eq!(said("KeyError: 1"), "It ended with KeyError: 1");
        let lambda = "_pickle.PicklingError: Can't pickle <function <lambda> at 0x1>: attribute lookup failed";
        assert!(said(lambda).contains("lookup failed A process finds a function by its name"), "{}", said(lambda));
        assert!(said("AttributeError: Can't get local object 'f.<locals>.g'").contains("outside of other functions"));
        assert!(!said("TypeError: cannot pickle 'generator' object").contains("by its name"));
    }
}
