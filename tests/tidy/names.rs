//! A lab's name stands in its own folder and in the list of labs, and nowhere
//! else: who adds a lab, or takes one away, edits no other file.

use std::collections::BTreeSet;

use crate::rust_source::{Token, paths, tokens};
use crate::{assert_exact, labs, texts};

/// The list of labs.
const LIST: &str = "src/lab/mod.rs";

/// The file, and the lab that it should not name.
const KNOWN: &[(&str, &str)] = &[("xtask/src/parts.rs", "race")];

/// The same word for something else, and what that is.
const OTHER_MEANINGS: &[(&str, &str, &str)] = &[
    ("xtask/src/labs.rs", "race", "a link in a text that a test makes up"),
    ("src/view/takeaway/table.rs", "cores", "a column: the machine's"),
    ("xtask/bindgen/src/split/parting.rs", "race", "symbols that a test makes up"),
    ("src/lab/quiz/item.rs", "python", "a kind of run, in a question's file"),
    ("src/lab/quiz/card.rs", "cores", "a figure: the machine's"),
    ("src/lab/quiz/own/editor/form.rs", "gil", "a field of a run, in somebody's own file"),
    ("src/lab/quiz/own/editor/properties.rs", "gil", "a field of a run, in somebody's own file"),
    ("src/lab/quiz/own/editor/properties.rs", "python", "a kind of run, in somebody's own file"),
    ("src/lab/quiz/own/editor/save.rs", "gil", "a field of a run, in somebody's own file"),
    ("src/lab/quiz/own/question.rs", "python", "a kind of run, in somebody's own file"),
    ("src/lab/quiz/own/question.rs", "gil", "a field of such a run"),
    ("src/lab/quiz/own/schema.rs", "python", "a kind of run, in somebody's own file"),
    ("src/lab/quiz/own/schema.rs", "gil", "a field of such a run"),
    ("src/lab/quiz/verdict.rs", "cores", "a figure: the machine's"),
    ("src/lab/script/control.rs", "python", "a field of the contract's messages: what came of a script"),
    ("src/executor/mod.rs", "gil", "a feature of the crate: the lock"),
    ("src/lab/race/contract_tests.rs", "gil", "a setting of labs of scripts"),
    ("src/lab/script/settings.rs", "gil", "a setting of labs of scripts"),
    ("src/lab/script/view.rs", "gil", "a setting of labs of scripts"),
    ("src/pool/python/start.rs", "gil", "what an interpreter is told: whether its threads take turns"),
    ("src/view/embed/snippet.rs", "gil", "a setting that a test makes up"),
    ("_extensions/parallel-lab/parallel-lab.lua", "python", "a picture, python.png: of any lab with scripts"),
    ("_extensions/parallel-lab/parallel-lab.lua", "race", "a picture, race.png: of any other lab"),
    ("xtask/src/arguments.rs", "python", "a benchmark: of the interpreter"),
    ("xtask/src/arguments.rs", "gil", "a benchmark: of the lock"),
    ("xtask/src/arguments.rs", "race", "a benchmark: of the executors"),
    ("xtask/src/parts.rs", "python", "what runs Python, in the page's program"),
    ("src/pool/on_demand.rs", "python", "what runs Python, in the page's program"),
    ("xtask/src/python.rs", "python", "the folder of the interpreter's workspace, and its files' name"),
    ("xtask/src/python_reference.rs", "python", "a program on the PATH: CPython"),
    ("xtask/src/test.rs", "python", "the folder of the interpreter's workspace"),
];

/// The labs that a Rust file names: in a path, in a path in quotes, or alone in quotes.
fn named_in_rust(file: &str, source: &str, labs: &[String]) -> BTreeSet<String> {
    let tokens = tokens(source);
    let mut named = BTreeSet::new();
    for path in paths(file.trim_start_matches("src/"), &tokens) {
        if let [top, lab, ..] = path.as_slice()
            && top == "lab"
        {
            named.extend(labs.iter().filter(|it| *it == lab).cloned());
        }
    }
    for token in tokens {
        if let Token::Text(text) = token {
            named.extend(labs.iter().filter(|lab| names_in_quotes(&text, lab)).cloned());
        }
    }
    named
}

/// `race`, `parallel_lab::lab::race::view` and `lab/race/words.txt` name the race.
fn names_in_quotes(text: &str, lab: &str) -> bool {
    let ends = |rest: &str| !rest.starts_with(|char: char| char.is_alphanumeric() || char == '_' || char == '-');
    let follows = |before: &str| text.split(before).skip(1).any(|rest| rest.strip_prefix(lab).is_some_and(ends));
    text == lab || follows("lab::") || follows("lab/") || follows("labs/") || follows("?lab=")
}

/// The labs that stand alone in quotes in a Lua script.
fn named_in_lua(source: &str, labs: &[String]) -> BTreeSet<String> {
    let stands = |lab: &&String| source.contains(&format!("\"{lab}\"")) || source.contains(&format!("'{lab}'"));
    labs.iter().filter(stands).cloned().collect()
}

#[test]
fn a_labs_name_stands_in_its_folder_and_in_the_list() {
    let labs = labs();
    let mut found = Vec::new();
    for (file, source) in texts("src", "rs").into_iter().chain(texts("xtask", "rs")) {
        let mut named = named_in_rust(&file, &source, &labs);
        named.retain(|lab| file != LIST && !file.starts_with(&format!("src/lab/{lab}/")));
        found.extend(named.into_iter().map(|lab| (file.clone(), lab)));
    }
    for (file, source) in texts("_extensions", "lua") {
        // Made from the list itself (src/lab/documents.rs).
        if file.ends_with("/contract.lua") {
            continue;
        }
        found.extend(named_in_lua(&source, &labs).into_iter().map(|lab| (file.clone(), lab)));
    }
    let found = found.iter().map(|(file, lab)| (file.as_str(), lab.as_str()));
    let known: Vec<_> =
        OTHER_MEANINGS.iter().map(|(file, lab, _)| (*file, *lab)).chain(KNOWN.iter().copied()).collect();
    assert_exact("A lab's name stands in its own folder and in the list, src/lab/mod.rs", found, &known);
}

#[test]
fn names_are_seen() {
    let labs = ["race".to_owned(), "python".to_owned()];
    let found = |source: &str| named_in_rust("src/view/a.rs", source, &labs).into_iter().collect::<Vec<_>>().join(" ");
    assert_eq!(found("use crate::lab::race::rung; // python"), "race");
    assert_eq!(found("const GATES: [&str; 2] = [\"parallel_lab::lab::python\", \"a race of two\"];"), "python");
    assert_eq!(found("include_str!(\"../../labs/race/text.md\")"), "race");
    assert_eq!(found("\"lab::races\" \"lab/python-isolated\""), "");
    let lua = named_in_lua("local LABS = { \"race\", 'python' }", &labs);
    assert_eq!(lua.len(), 2);
    assert!(named_in_lua("-- the race", &labs).is_empty());
}
