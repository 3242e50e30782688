//! Python's words, as far as colours need them: what a text consists of, whatever
//! is wrong with it.

/// What a piece of a script is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Kind {
    /// Names, operators, spaces.
    Plain,
    /// `def`, `for`, `None`.
    Keyword,
    /// Functions and types that are always there.
    Builtin,
    /// The name behind `def` or `class`.
    Defined,
    /// A number.
    Number,
    /// A text, with its quotes.
    Text,
    /// From `#` to the end of the line.
    Comment,
    /// `@name` over a function.
    Decorator,
}

const KEYWORDS: [&str; 36] = [
    "False", "None", "True", "and", "as", "assert", "async", "await", "break", "class", "continue", "def", "del",
    "elif", "else", "except", "finally", "for", "from", "global", "if", "import", "in", "is", "lambda", "match",
    "nonlocal", "not", "or", "pass", "raise", "return", "try", "while", "with", "yield",
];

const BUILTINS: [&str; 29] = [
    "abs",
    "all",
    "any",
    "bool",
    "bytes",
    "dict",
    "enumerate",
    "exec",
    "float",
    "input",
    "int",
    "isinstance",
    "len",
    "list",
    "map",
    "max",
    "min",
    "open",
    "print",
    "range",
    "round",
    "set",
    "sorted",
    "str",
    "sum",
    "super",
    "tuple",
    "type",
    "zip",
];

/// A script's pieces, in order: together they are the script.
#[must_use]
pub fn pieces(source: &str) -> Vec<(Kind, &str)> {
    let mut pieces: Vec<(Kind, &str)> = Vec::new();
    let (mut rest, mut defines) = (source, false);
    while !rest.is_empty() {
        let (kind, length) = piece(rest, source, source.len() - rest.len(), defines);
        let (text, after) = rest.split_at(length);
        defines = match kind {
            Kind::Keyword => matches!(text, "def" | "class"),
            Kind::Plain => defines && text.trim().is_empty(),
            _ => false,
        };
        match pieces.last_mut() {
            // What is plain is one piece.
            Some((Kind::Plain, last)) if kind == Kind::Plain => {
                let start = source.len() - rest.len() - last.len();
                *last = &source[start..source.len() - after.len()];
            }
            _ => pieces.push((kind, text)),
        }
        rest = after;
    }
    pieces
}

/// The piece that a text begins with, and its length in bytes, at least a character's.
fn piece(rest: &str, source: &str, at: usize, defines: bool) -> (Kind, usize) {
    let first = rest.chars().next().unwrap_or(' ');
    if first == '#' {
        return (Kind::Comment, rest.find('\n').unwrap_or(rest.len()));
    }
    if let Some(length) = text_length(rest) {
        return (Kind::Text, length);
    }
    let of = |is_part: fn(char) -> bool| rest.find(|it| !is_part(it)).unwrap_or(rest.len());
    let is_word = |it: char| it.is_alphanumeric() || it == '_';
    if first.is_ascii_digit() {
        return (Kind::Number, of(|it| it.is_ascii_alphanumeric() || it == '_' || it == '.'));
    }
    if first.is_alphabetic() || first == '_' {
        let length = of(is_word);
        let word = &rest[..length];
        let is_attribute = source[..at].ends_with('.');
        let kind = match word {
            _ if defines => Kind::Defined,
            _ if is_attribute => Kind::Plain,
            word if KEYWORDS.contains(&word) => Kind::Keyword,
            word if BUILTINS.contains(&word) => Kind::Builtin,
            _ => Kind::Plain,
        };
        return (kind, length);
    }
    let begins_line = source[..at].rsplit('\n').next().is_some_and(|it| it.trim().is_empty());
    if first == '@' && begins_line {
        return (Kind::Decorator, 1 + rest[1..].find(|it| !is_word(it) && it != '.').unwrap_or(rest.len() - 1));
    }
    (Kind::Plain, first.len_utf8())
}

/// The length of the text literal that stands here, with its prefix; one that
/// does not end reaches to the end of its line, or of the script.
fn text_length(rest: &str) -> Option<usize> {
    let prefix = rest.find(['"', '\'']).filter(|it| *it <= 2)?;
    if !rest[..prefix].chars().all(|it| "rbfuRBFU".contains(it)) {
        return None;
    }
    let opened = &rest[prefix..];
    let quote = &opened[..1];
    let triple = quote.repeat(3);
    let end = if opened.starts_with(&triple) { triple.as_str() } else { quote };
    let mut at = prefix + end.len();
    while at < rest.len() {
        let here = &rest[at..];
        if here.starts_with(end) {
            return Some(at + end.len());
        }
        let mut characters = here.chars();
        let step = match characters.next()? {
            '\\' => 1 + characters.next().map_or(0, char::len_utf8),
            '\n' if end.len() == 1 => return Some(at),
            other => other.len_utf8(),
        };
        at += step;
    }
    Some(rest.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn coloured(source: &str) -> Vec<(Kind, &str)> {
        pieces(source).into_iter().filter(|it| it.0 != Kind::Plain).collect()
    }

    #[test]
    fn words_have_their_kinds() {
        let source = "@cache\ndef sum_of(n):  # all\n    return print(f\"{n}!\", 1_000.5e3) or x.print\n";
        let expected = [
            (Kind::Decorator, "@cache"),
            (Kind::Keyword, "def"),
            (Kind::Defined, "sum_of"),
            (Kind::Comment, "# all"),
            (Kind::Keyword, "return"),
            (Kind::Builtin, "print"),
            (Kind::Text, "f\"{n}!\""),
            (Kind::Number, "1_000.5e3"),
            (Kind::Keyword, "or"),
        ];
        assert_eq!(coloured(source), expected);
    }

    #[test]
    fn texts_end_where_they_do_in_python() {
        assert_eq!(coloured(r#"'a\'b' rb"c""#), [(Kind::Text, r"'a\'b'"), (Kind::Text, r#"rb"c""#)]);
        assert_eq!(coloured("\"\"\"a\n# b\"\"\" # c"), [(Kind::Text, "\"\"\"a\n# b\"\"\""), (Kind::Comment, "# c")]);
        assert_eq!(coloured("'open\nif"), [(Kind::Text, "'open"), (Kind::Keyword, "if")]);
        assert_eq!(coloured("'''open\nif"), [(Kind::Text, "'''open\nif")]);
        assert_eq!(coloured("'\\"), [(Kind::Text, "'\\")]);
        assert_eq!(coloured("import'x'"), [(Kind::Keyword, "import"), (Kind::Text, "'x'")]);
    }

    #[test]
    fn what_is_plain_is_one_piece() {
        assert_eq!(pieces("a = (b @ c)\n"), [(Kind::Plain, "a = (b @ c)\n")]);
        assert_eq!(pieces(""), []);
    }

    proptest! {
        #[test]
        fn the_pieces_of_any_text_are_the_text(source in "\\PC{0,80}|[a-z'\"\\\\#@ \n.0-9]{0,80}") {
            let together: String = pieces(&source).into_iter().map(|it| it.1).collect();
            prop_assert_eq!(together, source);
        }
    }
}
