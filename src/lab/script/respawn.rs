//! What is said while processes are started without an end, and after Stop.

use super::rule::Explanation;
use crate::model::python::respawn::Respawn;
use crate::view::headline::Headline;

/// What Python raises in a process that would start another one while it imports the script.
const REFUSED: &str = "RuntimeError";

/// While it goes on.
#[must_use]
pub fn goes_on(respawn: &Respawn) -> Explanation {
    said(respawn, &format!("{} so far.", respawn.processes), "Stop ends it.")
}

/// After Stop.
#[must_use]
pub fn was_stopped(respawn: &Respawn) -> Explanation {
    said(respawn, &format!("{} until Stop.", respawn.processes), "Only Stop has ended it.")
}

fn said(respawn: &Respawn, count: &str, stop: &str) -> Explanation {
    let place = respawn.first.line.map(|line| format!("line {line}"));
    let exception = &respawn.first.exception;
    if exception != REFUSED {
        let place = place.map_or_else(String::new, |place| format!(" in {place}"));
        let headline = format!(
            "Each new process reads the script from its top, ends{place} by {exception}, and is replaced: {count}"
        );
        let more = format!("A Pool replaces every worker that ends. {stop}");
        return Explanation::of(Headline::plain(headline), [more]);
    }
    let down_to = place.as_ref().map_or_else(|| "and comes to the line".to_owned(), |it| format!("down to {it},"));
    let headline = format!("Each new process reads the script from its top, {down_to} which starts processes: {count}");
    let what = respawn.first.line.map_or_else(|| "That line".to_owned(), |line| format!("Line {line}"));
    let more = format!(
        "{what} belongs under if __name__ == \"__main__\": which is true in the first process only. \
         Python refuses the others there, they end, and a Pool replaces every worker that ends. {stop}"
    );
    Explanation::of(Headline::plain(headline), [more])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::script::telling::tests::whole;
    use crate::model::python::traceback::Raised;

    fn respawn(exception: &str, line: Option<u32>) -> Respawn {
        Respawn { processes: 12, first: Raised { process: 1, exception: exception.into(), line } }
    }

    #[test]
    fn a_missing_guard_is_told_while_it_goes_on() {
        let told = whole(goes_on(&respawn("RuntimeError", Some(16))));
        assert!(
            told.starts_with("Each new process reads the script from its top, down to line 16, which starts processes: 12 so far. Line 16 belongs under if __name__"),
            "{told}"
        );
        assert!(told.ends_with("Stop ends it."));
        let told = whole(goes_on(&respawn("RuntimeError", None)));
        assert!(told.contains("comes to the line which starts processes: 12 so far. That line belongs"), "{told}");
    }

    #[test]
    fn another_exception_is_told_too() {
        let told = whole(was_stopped(&respawn("KeyError", Some(3))));
        assert!(told.contains("ends in line 3 by KeyError, and is replaced: 12 until Stop."), "{told}");
        assert!(!told.contains("__main__"));
        let _ = whole(goes_on(&respawn("KeyError", None)));
    }
}
