//! A file becomes a draft, also one with faults: what is in it stays in it.

use serde_json::{Map, Value, json};

use super::draft::Draft;
use crate::lab::quiz::own::limits::FILE_BYTES;
use crate::lab::quiz::own::read::{OwnQuiz, Reading, read};

/// Bytes of a draft that is opened, at most: a file that has more than the lab takes can be made shorter here.
pub const DRAFT_BYTES: usize = 5 * FILE_BYTES;

/// A draft of a file with this text and name.
///
/// # Errors
/// Why there is nothing in it to be edited: sentences.
pub fn of_text(text: &str, name: &str) -> Result<Draft, String> {
    if text.len() > DRAFT_BYTES {
        return Err(format!("It has {} bytes: more than {DRAFT_BYTES} can't be edited here.", text.len()));
    }
    let text = text.trim_start_matches('\u{feff}');
    match serde_json::from_str(text) {
        Ok(Value::Object(file)) => Ok(Draft::of_table(file)),
        // Of another format, what can be asked.
        Ok(Value::Array(_)) => Ok(Draft::of_table(table(&read(text.as_bytes(), name).quiz))),
        _ => {
            let faults = read(text.as_bytes(), name).faults;
            Err(faults.iter().map(|it| format!("In {it}.")).collect::<Vec<_>>().join(" "))
        }
    }
}

/// A draft of a file's bytes, and what is wrong with the file as it is.
///
/// # Errors
/// As [`of_text`].
pub fn of_bytes(bytes: &[u8], name: &str) -> Result<(Draft, Reading), String> {
    let text = String::from_utf8_lossy(bytes);
    let draft = of_text(&text, name)?;
    Ok((draft, read(bytes, name)))
}

/// Questions of another format as our own format has them.
fn table(quiz: &OwnQuiz) -> Map<String, Value> {
    let questions: Vec<_> = quiz
        .items
        .iter()
        .map(|item| {
            let options: Vec<_> = item
                .options
                .iter()
                .map(|it| json!({ "id": it.id, "label": it.label, "feedback": it.feedback }))
                .collect();
            let id = item.id.rsplit(':').next().unwrap_or_default();
            let mut question = json!({ "id": id, "question": item.question, "options": options, "key": item.key });
            let others =
                [("code", item.code.as_deref().unwrap_or_default()), ("hint", &item.hint), ("reason", &item.reason)];
            for (name, text) in others.into_iter().filter(|it| !it.1.is_empty()) {
                question[name] = Value::from(text);
            }
            question
        })
        .collect();
    let file = json!({ "id": quiz.id, "title": quiz.title, "questions": questions });
    file.as_object().cloned().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_none_is_refused_in_words() {
        let refused = |text: &str| of_text(text, "a.json").unwrap_err();
        assert_eq!(refused("{\n1}"), "In line 2, the file: it is not JSON, from column 1 on: key must be a string.");
        assert!(refused("7").contains("a table (our format) or a list (jupyterquiz) is wanted, and it is a number"));
        assert!(refused(&"[".repeat(5000)).contains("recursion limit"));
        assert!(refused(&" ".repeat(DRAFT_BYTES + 1)).contains("more than 1000000 can't be edited here"));
        assert!(of_bytes(b"{\"title\": \"\xff\"}", "a").is_ok_and(|it| it.1.faults[0].says.contains("UTF-8")));
    }

    #[test]
    fn a_file_of_jupyterquiz_becomes_a_draft() {
        let file = r#"[{ "question": "What is `1 + 1`?", "type": "multiple_choice", "hint": "Count.",
            "answers": [{ "answer": "1", "feedback": "One *more*." }, { "answer": "2", "correct": true }] }]"#;
        let draft = of_text(file, "course/week 3.json").unwrap();
        let reading = read(draft.json().as_bytes(), "");
        let said: Vec<_> = reading.faults.iter().map(|it| it.field.as_str()).collect();
        // What the other format can leave out is to be written.
        assert_eq!(said, ["questions[0].reason", "questions[0].options[1].feedback"]);
        let question = &draft.questions()[0];
        assert_eq!((question["key"].as_str(), question["hint"].as_str()), (Some("a2"), Some("Count.")));
        assert_eq!(question["options"][0]["feedback"], "One *more*.");
    }
}
