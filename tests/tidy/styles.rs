//! Styles say start and end, not left and right: for languages that are written
//! from right to left.

use crate::rust_source::{Token, tokens};
use crate::{assert_exact, texts};

/// What breaks the rule: the file and the declaration.
const KNOWN: &[(&str, &str)] = &[];

/// Properties of which four values go around the box by way of right and left.
const AROUND: [&str; 7] =
    ["margin", "padding", "inset", "border-width", "border-style", "border-color", "scroll-margin"];

/// Properties whose values may be a side.
const SIDED: [&str; 6] = ["text-align", "float", "clear", "caption-side", "background-position", "transform-origin"];

/// The declarations of a style sheet: property and value.
fn declarations(css: &str) -> Vec<(&str, &str)> {
    let statements = css.split(['{', '}', ';']);
    statements.filter_map(|it| it.split_once(':')).map(|(name, value)| (name.trim(), value.trim())).collect()
}

fn without_comments(css: &str) -> String {
    css.split("/*")
        .enumerate()
        .map(|(at, part)| if at == 0 { part } else { part.split_once("*/").map_or("", |it| it.1) })
        .collect()
}

fn is_side(word: &str) -> bool {
    matches!(word, "left" | "right")
}

fn is_physical(property: &str, value: &str) -> bool {
    if property.starts_with("--") {
        // A custom property may hold a side, where nothing else can say it: www/style/tokens.css.
        return false;
    }
    let sided = || value.split([' ', ',', '(', ')']).any(is_side);
    property.split('-').any(is_side)
        || (AROUND.contains(&property) && is_lopsided(&values(value)))
        || (property == "border-radius" && is_rounded_lopsidedly(&values(value)))
        || (SIDED.contains(&property) && sided())
        || (property.starts_with("background") && sided())
}

/// The values of a shorthand; what stands in brackets is one.
fn values(value: &str) -> Vec<String> {
    let (mut values, mut depth) = (vec![String::new()], 0);
    for char in value.chars() {
        depth += i32::from(char == '(') - i32::from(char == ')');
        match values.last_mut() {
            Some(last) if !char.is_whitespace() || depth > 0 => last.push(char),
            _ => values.push(String::new()),
        }
    }
    values.retain(|value| !value.is_empty() && value != "!important");
    values
}

fn is_lopsided(values: &[String]) -> bool {
    matches!(values, [_, right, _, left] if right != left)
}

fn is_rounded_lopsidedly(values: &[String]) -> bool {
    match values {
        [start_end, other] => start_end != other,
        [a, b, c] => a != b || b != c,
        [a, b, c, d] => a != b || c != d,
        _ => false,
    }
}

#[test]
fn style_sheets_know_no_left_and_right() {
    let sheets = texts("www/style", "css");
    let mut found = Vec::new();
    for (file, css) in &sheets {
        let css = without_comments(css);
        let physical = declarations(&css).into_iter().filter(|(property, value)| is_physical(property, value));
        found.extend(physical.map(|(property, value)| (file.as_str(), format!("{property}: {value}"))));
    }
    let rule = "Styles say inline-start and inline-end, not left and right";
    assert_exact(rule, found.iter().map(|(file, declaration)| (*file, declaration.as_str())), KNOWN);
}

/// `style:left=…` in a view.
#[test]
fn views_know_no_left_and_right() {
    for (file, source) in texts("src", "rs") {
        for words in tokens(&source).windows(3) {
            if let [Token::Word(style), Token::Sign("?"), Token::Word(property)] = words {
                assert!(style != "style" || !is_side(property), "{file} sets {property}: inset-inline-start is meant");
            }
        }
    }
}

#[test]
fn physical_declarations_are_seen() {
    for (property, value) in [
        ("margin-left", "0"),
        ("border-right-color", "red"),
        ("left", "0"),
        ("text-align", "right"),
        ("float", "left"),
        ("margin", "0 auto 0 0"),
        ("padding", "0 calc(1px + 2px) 0 1px"),
        ("border-radius", "1px 0 0 1px"),
        ("background", "linear-gradient(to left, red, blue)"),
    ] {
        assert!(is_physical(property, value), "{property}: {value}");
    }
    for (property, value) in [
        ("margin-inline-start", "0"),
        ("margin", "0 auto"),
        ("margin", "1px 2px 3px 2px"),
        ("border-radius", "1px 1px 0 0"),
        ("text-align", "end"),
        ("--start", "left"),
        ("grid-template-columns", "left 1fr"),
    ] {
        assert!(!is_physical(property, value), "{property}: {value}");
    }
    assert_eq!(without_comments("a /* left: 0 */ b /* c */"), "a  b ");
    assert_eq!(declarations("a:hover { color: red; top: 0 }"), [("a", "hover"), ("color", "red"), ("top", "0")]);
}
