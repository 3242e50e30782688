//! Scripts without what only their readers need: indentation, empty lines, and lines that
//! are a comment. Every line that does something stays a line, so nothing else can change.

use anyhow::{Result, ensure};

/// The script in this form.
///
/// # Errors
/// When a template literal may go over several lines: its text would change.
pub fn script(source: &str) -> Result<String> {
    let mut compact = String::with_capacity(source.len());
    for line in source.lines().map(str::trim) {
        if line.is_empty() || line.starts_with("//") {
            continue;
        }
        ensure!(line.matches('`').count() % 2 == 0, "a template literal goes over several lines: {line}");
        compact.push_str(line);
        compact.push('\n');
    }
    Ok(compact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_does_something_stays_a_line() {
        let source = "// Why.\nfunction f() {\n    // What for.\n\n    return `a  b` // kept\n}\n";
        assert_eq!(script(source).expect("compact"), "function f() {\nreturn `a  b` // kept\n}\n");
        assert!(script("const a = `\n  b`;").is_err());
    }
}
