//! Our own format: a table with an id, a title, and questions.

use serde_json::Value;

use super::given::{Faults, Fields, shown};
use super::limits::{ID, QUESTIONS, TITLE};
use super::question;
use super::read::OwnQuiz;

/// The format's version.
pub const VERSION: u32 = 1;

/// Reads a file; `None` where what all questions need is missing.
pub fn read(value: &Value, faults: &mut Faults) -> Option<OwnQuiz> {
    let mut fields = Fields::of(value, String::new(), faults)?;
    if let Some(schema) = fields.get("$schema").filter(|it| !it.is_string()) {
        faults.note("$schema", format!("the schema's address, a text, is wanted, and it is {}", shown(schema)));
    }
    let version = fields.whole("version", &(VERSION as usize..=VERSION as usize), faults);
    let id = fields.id("id", &ID, faults);
    let title = fields.text("title", &TITLE, faults);
    let list = fields.list("questions", &QUESTIONS, faults);
    fields.end(faults);
    let mut quiz = OwnQuiz { title, of: list.len(), ..OwnQuiz::default() };
    let mut ids: Vec<String> = Vec::new();
    for (index, value) in list.iter().enumerate() {
        let place = format!("questions[{index}]");
        let Some(mut asked) = question::read(value, &place, faults) else { continue };
        // What has none has been told so.
        let has_id = !asked.item.id.is_empty();
        if let Some(first) = ids.iter().position(|it| has_id && *it == asked.item.id) {
            faults.say(&format!("{place}.id"), format!("“{}” is the id of questions[{first}], too", asked.item.id));
        }
        ids.push(asked.item.id.clone());
        if faults.spoil(&place) {
            continue;
        }
        asked.item.id = format!("{id}:{}", asked.item.id);
        if let Some(script) = asked.script {
            quiz.scripts.push((asked.item.run.script.clone(), script));
        }
        quiz.items.push(asked.item);
    }
    let has_what_all_need = version == VERSION && !id.is_empty() && !faults.spoil("id") && !faults.spoil("version");
    quiz.id = id;
    has_what_all_need.then_some(quiz)
}
