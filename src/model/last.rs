//! The last of what a script prints: an exception comes at the end, so that is what stays of too much.

/// So much of an exception's text tells it from others, bytes.
const TOLD_BY: usize = 2000;
/// What stands where the beginning was.
const CUT: &str = "…\n";

/// Takes in what was printed; of more than `most` bytes, the last lines stay.
pub fn keep(kept: &mut String, text: &str, most: usize) {
    kept.push_str(text);
    // Not at each line that comes: to move all of it takes time.
    if kept.len() > 2 * most {
        cut(kept, most);
    }
}

/// What is kept, at most `most` bytes of it.
#[must_use]
pub fn kept(mut kept: String, most: usize) -> String {
    if kept.len() > most {
        cut(&mut kept, most);
    }
    kept
}

/// Whether an exception's text stands there already, even where its beginning is gone.
#[must_use]
pub fn has(kept: &str, traceback: &str) -> bool {
    kept.contains(end(traceback.trim_end(), TOLD_BY))
}

/// Leaves the last lines, or of one long line its end.
fn cut(kept: &mut String, most: usize) {
    let last = end(kept, most.saturating_sub(CUT.len()));
    let lines = last.split_once('\n').map_or("", |it| it.1);
    let from = kept.len() - if lines.is_empty() { last } else { lines }.len();
    kept.replace_range(..from, CUT);
}

/// The last bytes of a text, at most so many.
fn end(text: &str, most: usize) -> &str {
    let from = text.len().saturating_sub(most);
    (from..=text.len()).find_map(|at| text.get(at..)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    const TRACEBACK: &str = "Traceback (most recent call last):\n  File \"a.py\", line 2, in <module>\nValueError: é\n";

    fn printed(lines: usize, most: usize) -> String {
        let mut text = String::new();
        for number in 0..lines {
            keep(&mut text, &format!("line {number} é\n"), most);
        }
        keep(&mut text, TRACEBACK, most);
        kept(text, most)
    }

    #[test]
    fn the_last_lines_stay() {
        assert_eq!(printed(2, 1000), format!("line 0 é\nline 1 é\n{TRACEBACK}"));
        let text = printed(5000, 1000);
        assert!(text.len() <= 1000 && text.len() > 900, "{}", text.len());
        assert!(text.starts_with("…\nline ") && text.ends_with(TRACEBACK), "{text}");
        let mut one_line = String::new();
        keep(&mut one_line, &"é".repeat(5000), 999);
        assert!(one_line.len() <= 999 && one_line.len() > 900, "{}", one_line.len());
    }

    #[test]
    fn a_traceback_is_found_however_much_was_printed_before_it() {
        assert!(has(&printed(50_000, 1000), TRACEBACK) && !has(&printed(5, 1000), "KeyError: 1"));
        let long = format!("{TRACEBACK}{}\n", "é".repeat(5000));
        let mut text = String::new();
        keep(&mut text, &long, 3000);
        assert!(has(&kept(text, 3000), &long), "also where only its end was kept");
        assert!(has("", ""), "nothing is always there");
    }
}
