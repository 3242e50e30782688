//! Whatever is opened comes out as it was: questions that can be asked ask the same, and what no form
//! shows is still there.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::check::check;
use super::draft::Draft;
use super::open::of_text;
use crate::lab::quiz::own::limits::{CODE, FEEDBACK, HINT, LABEL, Limit, QUESTION, REASON, SCRIPT, TITLE};
use crate::lab::quiz::own::read::{read, tests::example};

fn words(limit: &Limit) -> impl Strategy<Value = String> + use<> {
    let most = (*limit.end()).min(60);
    ("\\PC{0,30}[a-zß🙂]", prop::bool::ANY).prop_map(move |(text, has_lines)| {
        let text = if has_lines { format!("{text}\r\n\t\"x\"\\") } else { text };
        text.chars().rev().take(most).collect()
    })
}

fn maybe(limit: &Limit) -> impl Strategy<Value = Option<String>> + use<> {
    prop::option::of(words(limit))
}

fn options() -> impl Strategy<Value = (Vec<Value>, usize)> {
    let option = (words(&LABEL), words(&FEEDBACK));
    (prop::collection::vec(option, 2..=8), any::<prop::sample::Index>()).prop_map(|(options, right)| {
        let right = right.index(options.len());
        let table = |(at, (label, feedback))| json!({ "id": format!("o-{at}"), "label": label, "feedback": feedback });
        (options.into_iter().enumerate().map(table).collect(), right)
    })
}

/// What a question runs, with what it compares and what is said of it.
fn run() -> impl Strategy<Value = Map<String, Value>> {
    let contenders = |one: &str, other: &str| json!([{ "told": one, "label": "a" }, { "told": other, "label": "b" }]);
    let rules = json!([{ "name": "r", "when": { "told": {} }, "say": "s", "shows": "o-0" }]);
    let python =
        (words(&SCRIPT), prop::option::of(any::<bool>()), any::<bool>()).prop_map(move |(script, gil, has_rules)| {
            let mut all =
                json!({ "run": { "kind": "python", "script": script }, "contenders": contenders("a_ms", "b_ms") });
            if let Some(gil) = gil {
                all["run"]["gil"] = json!(gil);
            }
            if has_rules {
                all["rules"] = rules.clone();
            }
            all
        });
    let reckon = (0.0..=1.0_f64, 1..=1_000_000_u32).prop_map(move |(share, workers)| {
        json!({ "run": { "kind": "reckon", "serial_share": share, "workers": workers }, "contenders": contenders("ideal", "speedup") })
    });
    let native = (1..=1000_u32, 2..=8192_u32, any::<bool>()).prop_map(move |(one, other, is_fft)| {
        let run = if is_fft {
            json!({ "kind": "fft", "signals": one, "points": other, "data": "worker" })
        } else {
            json!({ "kind": "lorenz", "members": f64::from(one), "steps": other })
        };
        json!({ "run": run, "contenders": contenders("serial_ms", "thread_ms") })
    });
    prop_oneof![Just(json!({})), python, reckon, native].prop_map(|it| it.as_object().cloned().unwrap_or_default())
}

/// A file that the reader takes as it is.
fn file() -> impl Strategy<Value = Value> {
    let texts = (maybe(&TITLE), words(&QUESTION), maybe(&CODE), maybe(&HINT), words(&REASON), maybe(&REASON));
    let question =
        (texts, options(), run()).prop_map(|((title, asked, code, hint, reason, context), (options, right), run)| {
            let mut question =
                json!({ "question": asked, "reason": reason, "key": format!("o-{right}"), "options": options });
            for (name, text) in [("title", title), ("code", code), ("hint", hint), ("context", context)] {
                if let Some(text) = text {
                    question[name] = json!(text);
                }
            }
            question.as_object_mut().into_iter().for_each(|it| it.extend(run.clone()));
            question
        });
    (words(&TITLE), prop::collection::vec(question, 1..4)).prop_map(|(title, mut questions)| {
        for (at, question) in questions.iter_mut().enumerate() {
            question["id"] = json!(format!("q{at}"));
        }
        json!({ "version": 1, "id": "week-3", "title": title, "questions": questions })
    })
}

proptest! {
    #[test]
    fn an_accepted_file_comes_out_as_it_was(file in file()) {
        let text = file.to_string();
        let before = read(text.as_bytes(), "a.json");
        prop_assert_eq!(&before.faults, &[]);
        let draft = of_text(&text, "a.json").map_err(TestCaseError::fail)?;
        prop_assert_eq!(check(&draft).problems, []);
        let after = read(draft.json().as_bytes(), "b.json");
        prop_assert_eq!(after.faults, []);
        prop_assert_eq!(after.quiz, before.quiz);
        // And as it is kept meanwhile.
        let kept = of_text(&draft.kept(), "").map_err(TestCaseError::fail)?;
        prop_assert_eq!(kept, draft);
    }

    #[test]
    fn nothing_of_a_faulty_file_is_lost(at in any::<prop::sample::Index>(), put in any_json()) {
        // The example with anything else in any one place.
        let file: Value = serde_json::from_str(&example()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut places = Vec::new();
        pointers(&file, String::new(), &mut places);
        let mut changed = file;
        if let Some(place) = changed.pointer_mut(at.get(places.as_slice()).as_str()) {
            *place = put;
        }
        // A list would be of another format.
        let Some(draft) = changed.is_object().then(|| of_text(&changed.to_string(), "")) else { return Ok(()) };
        let draft = draft.map_err(TestCaseError::fail)?;
        let checked = check(&draft);
        for problem in &checked.problems {
            prop_assert!(!checked.said(problem.question, &problem.said_at).is_empty());
        }
        let saved: Value = serde_json::from_str(&draft.json()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert!(has_all(&changed, &saved), "{changed}\n{saved}");
        let kept: Value = serde_json::from_str(&draft.kept()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(kept, changed);
    }

    #[test]
    fn whatever_is_done_to_a_draft_it_is_one(steps in prop::collection::vec((0_u8..9, any::<prop::sample::Index>(), "\\PC{0,3}"), 0..30)) {
        let mut draft = of_text(&example(), "").map_err(TestCaseError::fail)?;
        let mut undone = Vec::new();
        for (what, at, text) in steps {
            step(&mut draft, &mut undone, what, &at, &text);
            prop_assert_eq!(draft.keys().len(), draft.questions().len());
            let _ = check(&draft);
        }
    }
}

#[test]
fn very_many_of_what_a_file_has_few_of_take_no_time() {
    for many in [
        json!({ "questions": vec![json!({}); 200_000] }),
        json!({ "questions": [{ "options": vec![json!({}); 200_000] }] }),
    ] {
        let draft = of_text(&many.to_string(), "").unwrap();
        assert!(check(&draft).problems.iter().any(|it| it.says.contains("and may have 200000")));
        assert_eq!(draft.alone(draft.keys()[0]).questions().len(), 1);
    }
}

fn step(draft: &mut Draft, undone: &mut Vec<super::change::Undo>, what: u8, at: &prop::sample::Index, text: &str) {
    use super::draft::Place;
    let Some(key) = (!draft.keys().is_empty()).then(|| *at.get(draft.keys())) else {
        draft.add();
        return;
    };
    let options = Place::of_question(key, "options");
    let at = at.index(9);
    match what {
        0 => undone.extend(draft.remove(key)),
        1 => drop(draft.shift(key, at.is_multiple_of(2))),
        2 => drop(draft.duplicate(key)),
        3 => undone.extend(draft.remove_entry(&options, at)),
        4 => drop(draft.add_option(key)),
        5 => undone.push(draft.run(key, super::form::RUNS.get(at).map(|it| it.0).filter(|it| !it.is_empty()))),
        6 => draft.write(&Place::of_question(key, format!("options[{at}].label")), text),
        7 => draft.write(&Place::of_question(key, "run.workers"), text),
        _ => drop(undone.pop().map(|undo| draft.undo(undo))),
    }
}

fn any_json() -> impl Strategy<Value = Value> {
    prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i32>().prop_map(Value::from),
        "\\PC{0,8}".prop_map(Value::from),
        Just(json!([])),
        Just(json!([7, {}])),
        Just(json!({})),
        Just(json!({ "id": 1, "kind": "shell", "label": [], "options": {}, "questions": 0 })),
    ]
}

fn pointers(value: &Value, here: String, to: &mut Vec<String>) {
    match value {
        Value::Object(table) => table.iter().for_each(|(name, value)| {
            pointers(value, format!("{here}/{}", name.replace('~', "~0").replace('/', "~1")), to);
        }),
        Value::Array(list) => {
            for (at, value) in list.iter().enumerate() {
                pointers(value, format!("{here}/{at}"), to);
            }
        }
        _ => {}
    }
    to.push(here);
}

/// Whether all of it is there: what is new beside it, and a number in place of a text that says it, is none of its loss.
fn has_all(of: &Value, there: &Value) -> bool {
    match (of, there) {
        (Value::Object(one), Value::Object(other)) => {
            one.iter().all(|(name, value)| other.get(name).is_some_and(|it| has_all(value, it)))
        }
        (Value::Array(one), Value::Array(other)) => {
            one.len() == other.len() && one.iter().zip(other).all(|(one, other)| has_all(one, other))
        }
        (Value::Null, _) => true,
        (Value::String(text), _) if text.trim().is_empty() => true,
        (Value::String(text), Value::Number(number)) => text.trim().parse() == Ok(number.as_f64().unwrap_or(f64::NAN)),
        _ => of == there,
    }
}
