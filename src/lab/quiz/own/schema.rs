//! The schema that the site ships, made from the reader's own limits, and held against the
//! reader: what one takes the other takes, as far as a schema can say it. The test
//! writes what is out of date anew, and fails then: look at it, and commit it.

use std::path::Path;

use serde_json::{Map, Value, json};

use super::file::VERSION;
use super::limits::{
    CODE, CONTENDERS, CONTEXT, DATA, FEEDBACK, HINT, ID, LABEL, Limit, MEMBERS, NATIVE_FIGURES, OPTIONS, POINTS,
    QUESTION, QUESTIONS, REASON, RECKONED_FIGURES, RULES, SCRIPT, SIGNALS, STEPS, TITLE, TOLD, WORKERS,
};
use super::read::read;
use super::read::tests::example;

const PATH: &str = "www/quiz.schema.json";

fn text(limit: &Limit, what: &str) -> Value {
    json!({ "type": "string", "minLength": limit.start(), "maxLength": limit.end(), "pattern": "\\S", "description": what })
}

fn id(what: &str) -> Value {
    let pattern = format!("^[A-Za-z0-9-]{{{},{}}}$", ID.start(), ID.end());
    json!({ "type": "string", "pattern": pattern, "description": what })
}

fn whole(limit: &Limit) -> Value {
    json!({ "type": "integer", "minimum": limit.start(), "maximum": limit.end() })
}

fn list(limit: &Limit, items: Value) -> Value {
    json!({ "type": "array", "minItems": limit.start(), "maxItems": limit.end(), "items": items })
}

/// A table with fields that must be there, and others.
fn table(required: Value, others: Value) -> Value {
    let (Value::Object(required), Value::Object(others)) = (required, others) else { return Value::Null };
    let names: Vec<_> = required.keys().cloned().collect();
    let fields: Map<_, _> = required.into_iter().chain(others).collect();
    json!({ "type": "object", "required": names, "properties": fields, "additionalProperties": false })
}

fn run() -> Value {
    let kinds = [
        (
            "python",
            json!({ "script": text(&SCRIPT, "Tells figures by lab.tell(name, value)") }),
            json!({ "gil": { "type": "boolean" } }),
        ),
        ("fft", json!({ "signals": whole(&SIGNALS), "points": whole(&POINTS), "data": { "enum": DATA } }), json!({})),
        ("lorenz", json!({ "members": whole(&MEMBERS), "steps": whole(&STEPS) }), json!({})),
        (
            "reckon",
            json!({ "serial_share": { "type": "number", "minimum": 0, "maximum": 1 }, "workers": whole(&WORKERS) }),
            json!({}),
        ),
    ];
    let kinds = kinds.map(|(kind, mut required, others)| {
        required["kind"] = json!({ "const": kind });
        table(required, others)
    });
    json!({ "oneOf": kinds })
}

fn told_by(kinds: &[&str], figures: &[&str]) -> Value {
    json!({
        "if": { "required": ["run"], "properties": { "run": { "type": "object", "properties": { "kind": { "enum": kinds } }, "required": ["kind"] } } },
        "then": { "properties": { "contenders": { "items": { "properties": { "told": { "enum": figures } } } } } }
    })
}

fn schema() -> Value {
    let option = table(
        json!({ "id": id("For the key, and in messages"), "label": text(&LABEL, "What students pick"),
                "feedback": text(&FEEDBACK, "Why whoever picks it is wrong, or right") }),
        json!({}),
    );
    let contender = table(
        json!({ "told": text(&TOLD, "The name of its figure; _ms at the end: a time"), "label": text(&LABEL, "For people") }),
        json!({}),
    );
    let mut question = table(
        json!({ "id": id("Of its own in the file"), "question": text(&QUESTION, "Stated so that the key is true"),
                "options": list(&OPTIONS, option), "key": id("The id of the right option"),
                "reason": text(&REASON, "Why; read after the answer") }),
        json!({ "title": text(&TITLE, "For lists"), "context": text(&CONTEXT, "What stands below the question"),
                "code": text(&CODE, "Lines of a program that are shown"), "hint": text(&HINT, "For who asks for it"),
                "run": run(), "contenders": list(&CONTENDERS, contender),
                "rules": list(&RULES, json!({ "type": "object", "required": ["name", "when"] })) }),
    );
    question["dependentRequired"] = json!({ "run": ["contenders"], "contenders": ["run"], "rules": ["run"] });
    question["allOf"] = json!([told_by(&["fft", "lorenz"], &NATIVE_FIGURES), told_by(&["reckon"], &RECKONED_FIGURES)]);
    let mut schema = table(
        json!({ "version": { "const": VERSION }, "id": id("What a student missed is kept under it"),
                "title": text(&TITLE, "For people"), "questions": list(&QUESTIONS, question) }),
        json!({ "$schema": { "type": "string" } }),
    );
    schema["$schema"] = json!("https://json-schema.org/draft/2020-12/schema");
    schema["title"] = json!("A quiz for Parallel Lab");
    schema["description"] = json!(
        "Questions of your own: docs/own-quiz.md. Keys in it can be read by anybody: it is for learning, not for marks."
    );
    schema
}

#[test]
fn the_sites_schema_has_the_readers_limits() {
    let expected = serde_json::to_string_pretty(&schema()).unwrap() + "\n";
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(PATH);
    if std::fs::read_to_string(&file).unwrap_or_default() != expected {
        std::fs::write(&file, expected).unwrap();
        panic!("{PATH} was out of date and has been written anew: look at it, and commit it");
    }
}

/// The example with something else in this place; nothing: without what is there.
fn changed(pointer: &str, put: Option<Value>) -> Value {
    let mut file: Value = serde_json::from_str(&example()).unwrap();
    let (of, name) = pointer.rsplit_once('/').unwrap();
    match (file.pointer_mut(of).unwrap(), put) {
        (Value::Object(table), Some(put)) => drop(table.insert(name.to_owned(), put)),
        (Value::Object(table), None) => drop(table.remove(name)),
        (list, put) => list[name.parse::<usize>().unwrap()] = put.unwrap_or_default(),
    }
    file
}

/// A text of so many characters, none of which is one byte.
fn long(characters: usize) -> Option<Value> {
    Some(json!("é".repeat(characters)))
}

#[test]
fn schema_and_reader_agree() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    let is_taken = |file: &Value| read(file.to_string().as_bytes(), "a.json").faults.is_empty();
    let good: Value = serde_json::from_str(&example()).unwrap();
    assert!(schema.is_valid(&good) && is_taken(&good));
    let lengths = [
        ("/title", &TITLE),
        ("/questions/0/title", &TITLE),
        ("/questions/0/question", &QUESTION),
        ("/questions/0/context", &CONTEXT),
        ("/questions/0/code", &CODE),
        ("/questions/0/hint", &HINT),
        ("/questions/0/reason", &REASON),
        ("/questions/0/options/1/label", &LABEL),
        ("/questions/0/options/1/feedback", &FEEDBACK),
        ("/questions/2/run/script", &SCRIPT),
        ("/questions/2/contenders/0/label", &LABEL),
    ];
    for (pointer, limit) in lengths {
        for (length, is_good) in
            [(*limit.start(), true), (*limit.end(), true), (limit.start() - 1, false), (limit.end() + 1, false)]
        {
            let file = changed(pointer, long(length));
            assert_eq!((schema.is_valid(&file), is_taken(&file)), (is_good, is_good), "{pointer}: {length}");
        }
    }
    let run = |run: Value| Some(run);
    let mut broken = vec![
        ("/version", Some(json!(2))),
        ("/id", Some(json!("a b"))),
        ("/id", Some(json!("a".repeat(33)))),
        ("/author", Some(json!("a"))),
        ("/$schema", Some(json!(1))),
        ("/questions", Some(json!([]))),
        ("/questions/0", Some(json!("a"))),
        ("/questions/0/question", Some(json!("  \n"))),
        ("/questions/0/explanation", Some(json!("a"))),
        ("/questions/0/options", Some(json!([{ "id": "thread", "label": "a", "feedback": "b" }]))),
        ("/questions/0/options/0/why", Some(json!("a"))),
        ("/questions/0/contenders", Some(json!([]))),
        ("/questions/0/rules", Some(json!([]))),
        ("/questions/1/run/kind", Some(json!("shell"))),
        ("/questions/1/run/workers", Some(json!(0))),
        ("/questions/1/run/workers", Some(json!(1.5))),
        ("/questions/1/run/serial_share", Some(json!(1.01))),
        ("/questions/1/run/members", Some(json!(1))),
        ("/questions/1/contenders/0/told", Some(json!("thread_ms"))),
        ("/questions/1/run", run(json!({ "kind": "fft", "signals": 1, "points": 9000, "data": "parent" }))),
        ("/questions/1/run", run(json!({ "kind": "lorenz", "members": 1 }))),
        ("/questions/2/run/gil", Some(json!("on"))),
        ("/questions/2/rules/0", Some(json!({ "name": "a" }))),
    ];
    let needed =
        ["/version", "/id", "/title", "/questions", "/questions/0/id", "/questions/0/question", "/questions/0/options"];
    let needed_too =
        ["/questions/0/key", "/questions/0/reason", "/questions/0/options/0/feedback", "/questions/2/contenders"];
    broken.extend(needed.into_iter().chain(needed_too).map(|it| (it, None)));
    for (pointer, put) in broken {
        let file = changed(pointer, put.clone());
        assert_eq!((schema.is_valid(&file), is_taken(&file)), (false, false), "{pointer}: {put:?}");
    }
    let fft = json!({ "kind": "fft", "signals": 4, "points": 8.0, "data": "worker" });
    let mut file = changed("/questions/1/run", run(fft));
    file["questions"][1]["contenders"] =
        json!([{ "told": "serial_ms", "label": "a" }, { "told": "thread_ms", "label": "b" }]);
    assert!(schema.is_valid(&file) && is_taken(&file), "{:?}", read(file.to_string().as_bytes(), "a").faults);
}
