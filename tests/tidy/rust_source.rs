//! As much of Rust's grammar as it takes to see which paths a file names.

/// A word, a sign, or the contents of a string.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    /// An identifier or a number.
    Word(String),
    /// One character; `::` is one sign too.
    Sign(&'static str),
    /// A string's contents, with its escapes as they stand.
    Text(String),
}

const SIGNS: [&str; 7] = ["::", "{", "}", ",", "(", ")", "*"];

/// The tokens of a file, without comments, characters and lifetimes.
pub(crate) fn tokens(source: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = source;
    while let Some(first) = rest.chars().next() {
        if rest.starts_with("//") {
            rest = &rest[rest.find('\n').unwrap_or(rest.len())..];
        } else if rest.starts_with("/*") {
            rest = &rest[block_comment(rest)..];
        } else if let Some((text, length)) = string(rest) {
            tokens.push(Token::Text(text.to_owned()));
            rest = &rest[length..];
        } else if first.is_alphanumeric() || first == '_' {
            let length = rest.find(|char: char| !char.is_alphanumeric() && char != '_').unwrap_or(rest.len());
            tokens.push(Token::Word(rest[..length].to_owned()));
            rest = &rest[length..];
        } else if first == '\'' {
            rest = &rest[character(rest)..];
        } else {
            let sign = SIGNS.into_iter().find(|sign| rest.starts_with(sign));
            tokens.push(Token::Sign(sign.unwrap_or("?")));
            rest = &rest[sign.map_or(first.len_utf8(), str::len)..];
            if first.is_whitespace() {
                tokens.pop();
            }
        }
    }
    tokens
}

fn block_comment(source: &str) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < source.len() {
        if source[at..].starts_with("/*") {
            depth += 1;
            at += 2;
        } else if source[at..].starts_with("*/") {
            depth -= 1;
            at += 2;
            if depth == 0 {
                return at;
            }
        } else {
            at += source[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    source.len()
}

/// The contents of the string that begins here, and how long it is with its signs.
fn string(source: &str) -> Option<(&str, usize)> {
    let prefix = ["br", "r", "b", "cr", "c", ""]
        .into_iter()
        .find(|prefix| source.strip_prefix(prefix).is_some_and(|rest| rest.trim_start_matches('#').starts_with('"')))?;
    let hashes = source[prefix.len()..].bytes().take_while(|byte| *byte == b'#').count();
    let start = prefix.len() + hashes + 1;
    if prefix.contains('r') {
        let close = format!("\"{}", "#".repeat(hashes));
        let length = source[start..].find(&close)?;
        return Some((&source[start..start + length], start + length + close.len()));
    }
    if hashes > 0 {
        return None;
    }
    let mut escaped = false;
    let length = source[start..].find(|char| {
        let ends = char == '"' && !escaped;
        escaped = char == '\\' && !escaped;
        ends
    })?;
    Some((&source[start..start + length], start + length + 1))
}

/// How long the character or the sign of a lifetime is that begins here.
fn character(source: &str) -> usize {
    let inner = &source[1..];
    if inner.starts_with('\\') {
        let escape = 2;
        return inner[escape..].find('\'').map_or(1, |end| 1 + escape + end + 1);
    }
    match inner.chars().next() {
        Some(char) if inner[char.len_utf8()..].starts_with('\'') => 1 + char.len_utf8() + 1,
        _ => 1,
    }
}

/// All paths that begin with `crate`, `super` or `self`, from the crate's root on.
/// `file` is the file's name below `src/`.
pub(crate) fn paths(file: &str, tokens: &[Token]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    // Modules within the file: where each begins, in braces.
    let mut inner: Vec<(String, usize)> = Vec::new();
    let (mut depth, mut at) = (0, 0);
    while at < tokens.len() {
        match &tokens[at] {
            Token::Sign("{") => depth += 1,
            Token::Sign("}") => {
                depth -= 1;
                inner.retain(|(_, begin)| *begin <= depth);
            }
            Token::Word(word) if word == "mod" => {
                if let (Some(Token::Word(name)), Some(Token::Sign("{"))) = (tokens.get(at + 1), tokens.get(at + 2)) {
                    inner.push((name.clone(), depth + 1));
                }
            }
            Token::Word(word) if tokens.get(at + 1) == Some(&Token::Sign("::")) && !follows_path(tokens, at) => {
                let module = || module(file).into_iter().chain(inner.iter().map(|(name, _)| name.clone()));
                let base = match word.as_str() {
                    "crate" => Some(Vec::new()),
                    "self" => Some(module().collect()),
                    "super" => Some(without_last(module().collect())),
                    _ => None,
                };
                if let Some(base) = base {
                    at = tree(tokens, at + 2, base, &mut found);
                    continue;
                }
            }
            _ => {}
        }
        at += 1;
    }
    found
}

fn follows_path(tokens: &[Token], at: usize) -> bool {
    at > 0 && tokens[at - 1] == Token::Sign("::")
}

fn without_last(mut path: Vec<String>) -> Vec<String> {
    path.pop();
    path
}

/// The module that a file below `src/` is.
fn module(file: &str) -> Vec<String> {
    let path = file.trim_end_matches(".rs").trim_end_matches("/mod");
    if matches!(path, "lib" | "main" | "mod") { Vec::new() } else { path.split('/').map(str::to_owned).collect() }
}

/// Reads a path, or what stands in braces behind one; gives where it ends.
fn tree(tokens: &[Token], mut at: usize, mut path: Vec<String>, found: &mut Vec<Vec<String>>) -> usize {
    loop {
        match tokens.get(at) {
            Some(Token::Word(word)) => {
                match word.as_str() {
                    "super" => path = without_last(path),
                    "self" => {}
                    _ => path.push(word.clone()),
                }
                at += 1;
                if tokens.get(at) != Some(&Token::Sign("::")) {
                    found.push(path);
                    return at;
                }
                at += 1;
            }
            Some(Token::Sign("{")) => {
                at += 1;
                while let Some(token) = tokens.get(at) {
                    match token {
                        Token::Sign("}") => return at + 1,
                        Token::Sign(",") => at += 1,
                        // `as` another name.
                        Token::Word(word) if word == "as" => at += 2,
                        Token::Word(_) | Token::Sign("{" | "*") => at = tree(tokens, at, path.clone(), found),
                        _ => at += 1,
                    }
                }
                return at;
            }
            _ => {
                found.push(path);
                return at + 1;
            }
        }
    }
}

#[test]
fn comments_and_characters_are_no_words() {
    let source = "// crate::a\n/* b /* c */ d */ 'x' '\\'' &'e str r#\"f \"g\"#, \"h\\\"//\" i";
    let words = ["str", "f \"g", "h\\\"//", "i"];
    let found: Vec<_> = tokens(source)
        .into_iter()
        .filter_map(|token| match token {
            Token::Word(text) | Token::Text(text) => Some(text),
            Token::Sign(_) => None,
        })
        .collect();
    assert_eq!(found, ["e", words[0], words[1], words[2], words[3]]);
}

#[test]
fn paths_are_seen_from_the_root() {
    let source = "
        use crate::model::{self, query::{Parameter as P, number}, report::*};
        use super::super::pool;
        pub use self::inner::Thing;
        fn f() { crate::lab::race::go(); let x = super::y::<u8>(); }
        mod tests { use super::super::z; fn g() { } use super::*; }
        use super::after;";
    let found: Vec<_> = paths("view/bars.rs", &tokens(source)).iter().map(|path| path.join("::")).collect();
    let expected = "model model::query::Parameter model::query::number model::report pool view::bars::inner::Thing \
                    lab::race::go view::y view::z view::bars view::after";
    assert_eq!(found.join(" "), expected);
}
