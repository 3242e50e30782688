//! Lines that become comments, and lines again.

/// What stands before a line that is a comment.
const MARK: &str = "# ";

/// All lines as comments; or, if all that have words are comments, without their
/// marks. The marks stand below each other, where the least indented line begins.
#[must_use]
pub fn toggled(lines: &str) -> String {
    let worded = || lines.split('\n').filter(|line| !line.trim().is_empty());
    if worded().next().is_none() {
        return lines.to_owned();
    }
    let are_comments = worded().all(|line| line.trim_start().starts_with('#'));
    let margin = worded().map(|line| line.len() - line.trim_start().len()).min().unwrap_or(0);
    let change = |line: &str| {
        if line.trim().is_empty() {
            return line.to_owned();
        }
        if are_comments {
            let (indentation, rest) = line.split_at(line.len() - line.trim_start().len());
            let rest = rest.strip_prefix(MARK).or_else(|| rest.strip_prefix('#')).unwrap_or(rest);
            return format!("{indentation}{rest}");
        }
        match (line.get(..margin), line.get(margin..)) {
            (Some(indentation), Some(rest)) => format!("{indentation}{MARK}{rest}"),
            _ => format!("{MARK}{line}"),
        }
    };
    lines.split('\n').map(change).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_become_comments_and_lines_again() {
        let lines = "    if a:\n\n        b()\n    # why";
        let comments = "    # if a:\n\n    #     b()\n    # # why";
        assert_eq!(toggled(lines), comments);
        assert_eq!(toggled(comments), lines);
    }

    #[test]
    fn marks_without_a_space_go_too() {
        assert_eq!(toggled("#a\n  #b"), "a\n  b");
        assert_eq!(toggled("a"), "# a");
        assert_eq!(toggled("\n  \n"), "\n  \n");
        assert_eq!(toggled("é\n b"), "# é\n#  b");
    }
}
