//! What is written elsewhere of each lab's settings, made from their declarations:
//! the table in `docs/embed.md`, and what the shortcode knows of them. The tests
//! write what is out of date anew, and fail then: look at it, and commit it.

use std::fmt::Write as _;
use std::path::Path;

use super::CATALOGUE;
use crate::model::lab::Lab;
use crate::model::parameter::{Kind, Most, Parameter, Usual, Value};
use crate::model::query::Flags;

const BEGIN: &str = "<!-- Made from the labs' declarations by `cargo test`: don't edit. -->\n";
const END: &str = "<!-- End of what is made. -->";

/// Compares a file with what it should be; writes it where it is not.
fn hold(path: &str, expected: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    if found != expected {
        std::fs::write(&file, expected).expect("written");
        panic!("{path} was out of date and has been written anew: look at it, and commit it");
    }
}

/// What a setting allows, where the range may depend on another one.
fn allowed(parameter: &Parameter) -> String {
    let allowed = parameter.kind.allowed(|_| None);
    match parameter.kind.depends_on() {
        Some(other) => allowed.replace(&u32::MAX.to_string(), &format!("what `{other}` has")),
        None => allowed,
    }
}

fn usual(parameter: &Parameter) -> String {
    match parameter.default_value(8) {
        Value::Whole(_) if parameter.usual == Usual::Cores => "the machine's cores, at most 64".into(),
        Value::Text(_) => parameter.stands_for.into(),
        Value::Words(_) => "all".into(),
        Value::Real(value) if value == 8.0 / 3.0 => "8/3".into(),
        value => format!("`{}`", value.text()),
    }
}

/// Each setting once, with all labs that have the same.
fn settings() -> Vec<(&'static Parameter, Vec<&'static Lab>)> {
    let mut rows: Vec<(&Parameter, Vec<&Lab>)> = Vec::new();
    for lab in CATALOGUE.labs {
        for parameter in lab.parameters() {
            let same = |row: &&mut (&Parameter, Vec<&Lab>)| {
                row.0.name == parameter.name && allowed(row.0) == allowed(parameter)
            };
            match rows.iter_mut().find(same) {
                Some(row) => row.1.push(lab),
                None => rows.push((parameter, vec![lab])),
            }
        }
    }
    rows
}

fn table() -> String {
    let mut table = String::from("| parameter | labs | allowed | default | what it is |\n|---|---|---|---|---|\n");
    let labs: Vec<_> = CATALOGUE.labs.iter().map(|lab| format!("`{}`", lab.name)).collect();
    let _ = writeln!(table, "| `lab` | all | {} | `{}` | the lab |", labs.join(", "), CATALOGUE.usual.name);
    for (parameter, labs) in settings() {
        let names: Vec<_> = labs.iter().map(|lab| lab.name).collect();
        let labs = if names.len() == CATALOGUE.labs.len() { "all".into() } else { names.join(", ") };
        let what =
            [parameter.label, parameter.hint].into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(": ");
        let _ = writeln!(
            table,
            "| `{}` | {labs} | {} | {} | {what} |",
            parameter.name,
            allowed(parameter),
            usual(parameter)
        );
    }
    table
}

fn quoted(words: impl IntoIterator<Item = &'static str>) -> String {
    let words: Vec<_> = words.into_iter().map(|word| format!("{word:?}")).collect();
    format!("{{ {} }}", words.join(", "))
}

fn rule(parameter: &Parameter) -> String {
    let words = || quoted(parameter.kind.words().iter().map(|word| word.0));
    let most = |most: &Most| if let Most::Fixed(most) = most { *most } else { 1_000_000 };
    let kind = match &parameter.kind {
        Kind::Whole { least, most: upper } => format!("kind = \"whole\", least = {least}, most = {}", most(upper)),
        Kind::AutoOrWhole { least, most: upper } => {
            format!("kind = \"auto_or_whole\", least = {least}, most = {}", most(upper))
        }
        Kind::Real { least, most, is_quotient, .. } => {
            let kind = if *is_quotient { "quotient" } else { "real" };
            format!("kind = \"{kind}\", least = {least}, most = {most}")
        }
        Kind::Choice(_) => format!("kind = \"choice\", words = {}", words()),
        Kind::Subset(_) => format!("kind = \"subset\", words = {}", words()),
        Kind::Text { most_chars, .. } => format!("kind = \"text\", most_chars = {most_chars}"),
    };
    format!("{{ name = {:?}, {kind}, allowed = {:?} }}", parameter.name, allowed(parameter).replace('`', ""))
}

fn contract() -> String {
    let mut text = String::from(
        "-- What the shortcode knows of the labs. Made from their declarations by `cargo test`: don't edit.\n\nreturn {\n",
    );
    let flags = Flags::NAMES.into_iter().filter(|name| *name != "embed");
    let _ = writeln!(text, "  usual = {:?},\n  flags = {},\n  labs = {{", CATALOGUE.usual.name, quoted(flags));
    for lab in CATALOGUE.labs {
        let Lab { name, frame_title, needs_python, .. } = lab;
        let _ = writeln!(
            text,
            "    {{\n      name = {name:?},\n      title = {frame_title:?},\n      needs_python = {needs_python},"
        );
        text.push_str("      settings = {\n");
        lab.parameters().for_each(|parameter| {
            let _ = writeln!(text, "        {},", rule(parameter));
        });
        text.push_str("      },\n    },\n");
    }
    text.push_str("  },\n}\n");
    text
}

#[test]
fn the_contract_lists_every_setting() {
    const PATH: &str = "docs/embed.md";
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH)).expect("the contract");
    let (before, rest) = text.split_once(BEGIN).expect("where the table begins");
    let (_, after) = rest.split_once(END).expect("where the table ends");
    hold(PATH, &format!("{before}{BEGIN}{}{END}{after}", table()));
}

#[test]
fn the_shortcode_knows_every_setting() {
    hold("_extensions/parallel-lab/contract.lua", &contract());
}

#[test]
fn every_lab_can_be_found_and_leads_on() {
    for (index, lab) in CATALOGUE.labs.iter().enumerate() {
        assert!(CATALOGUE.labs[..index].iter().all(|it| it.name != lab.name), "{}: twice", lab.name);
        assert!(lab.question.ends_with('?') && lab.minutes > 0, "{}", lab.name);
        assert!(
            lab.next.iter().all(|next| CATALOGUE.named(next).is_some() && *next != lab.name),
            "{}: {:?}",
            lab.name,
            lab.next
        );
        let names: Vec<_> = lab.parameters().map(|it| it.name).collect();
        assert!(names.iter().enumerate().all(|(at, name)| !names[..at].contains(name)), "{}: {names:?}", lab.name);
    }
}
