//! How a script's lines are indented while they are written.

/// One level, in spaces.
const LEVEL: usize = 4;

/// How the line after this one begins: as this one does, deeper after a colon.
pub fn indentation(line: &str) -> String {
    let code = line.trim_start_matches([' ', '\t']);
    let mut indentation = line[..line.len() - code.len()].to_owned();
    if code.trim_end().ends_with(':') && !code.starts_with('#') {
        indentation.push_str(&" ".repeat(LEVEL));
    }
    indentation
}

/// Back to the level before, where nothing but spaces stands before the caret.
pub fn spaces_to_delete(line: &str) -> usize {
    if line.is_empty() || line.contains(|it| it != ' ') {
        return 0;
    }
    (line.len() - 1) % LEVEL + 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_begins_as_the_one_before() {
        assert_eq!(indentation("x = 1"), "");
        assert_eq!(indentation("    x = 1"), "    ");
        assert_eq!(indentation("\tx = 1"), "\t");
        assert_eq!(indentation("      "), "      ");
        assert_eq!(indentation(""), "");
    }

    #[test]
    fn a_block_is_one_level_deeper() {
        assert_eq!(indentation("def f(x):"), "    ");
        assert_eq!(indentation("    for s in range(9):  "), "        ");
        assert_eq!(indentation("    # as follows:"), "    ");
    }

    #[test]
    fn backspace_goes_to_the_level_before() {
        assert_eq!(spaces_to_delete("        "), 4);
        assert_eq!(spaces_to_delete("      "), 2);
        assert_eq!(spaces_to_delete("    "), 4);
        assert_eq!(spaces_to_delete("    x"), 0);
        assert_eq!(spaces_to_delete("\t"), 0);
        assert_eq!(spaces_to_delete(""), 0);
    }
}
