//! What changes on the page is an element or is written through one, never a text node of
//! Leptos': a translator has long put another in its place (src/page/text.rs). What no look
//! at the source can tell, tests/browser/tests/translated.rs does.

use crate::{assert_exact, texts};

/// What breaks the rule: the file and the child.
const KNOWN: &[(&str, &str)] = &[];

/// The children of a file's views that change: all that stands in `{move || …}`, where that
/// is no attribute's value.
fn children(source: &str) -> Vec<&str> {
    let begins = source.match_indices("{move ||").filter(|(at, _)| !source[..*at].ends_with('='));
    begins.map(|(at, _)| &source[at + 1..at + closing(&source[at..])]).collect()
}

/// Where the brace closes that the text begins with.
fn closing(text: &str) -> usize {
    let mut depth = 0;
    text.char_indices()
        .find(|(_, char)| {
            depth += i32::from(*char == '{') - i32::from(*char == '}');
            depth == 0
        })
        .map_or(text.len(), |it| it.0)
}

/// It makes elements: by itself, or by a function that it hands what it has to.
fn makes_elements(child: &str) -> bool {
    let is_name = |it: &str| it.trim_start_matches('&').chars().all(|char| char.is_alphanumeric() || char == '_');
    let handed = |to: &str| {
        child.trim().strip_suffix(')').and_then(|it| it.rsplit_once(to)).is_some_and(|(_, name)| is_name(name))
    };
    child.contains("view!") || child.contains("collect_view()") || handed(".map(") || handed(".then(")
}

#[test]
fn what_changes_is_an_element() {
    let files = texts("src", "rs");
    let all = files.iter().flat_map(|(file, source)| children(source).into_iter().map(move |it| (file.as_str(), it)));
    let rule = "A text that changes is written by `prop:textContent=text(move || …)` (src/page/text.rs)";
    assert_exact(rule, all.filter(|(_, child)| !makes_elements(child)), KNOWN);
}

#[test]
fn texts_are_told_from_elements() {
    let source = "<p id={move || id()}>{move || said.get()}</p> <ul>{move || { all().map(item).collect_view() }}</ul> \
                  {move || is_here.get().then(&block)} {move || done().then_some(\", done\")} {move || it.map(|it| it.1)}";
    let found: Vec<_> = children(source).into_iter().map(makes_elements).collect();
    assert_eq!(found, [false, true, true, false, false]);
}
