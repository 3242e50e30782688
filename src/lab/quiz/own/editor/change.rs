//! Questions and answers come, go and move. Whatever goes can be put back, and what was written
//! since then stays: a piece is put back, not the draft of before.

use serde_json::{Value, json};

use super::draft::{Draft, Place};
use super::example;

/// What takes a change back.
#[derive(Clone, Debug, PartialEq)]
pub enum Undo {
    /// A question went from this place.
    Question(usize, u32, Value),
    /// An entry of a list of a question went from this place; and the question's key with it.
    Entry(Place, usize, Value, Option<Value>),
    /// These fields of a question, or of the quiz, were other ones.
    Fields(Vec<(Place, Option<Value>)>),
    /// All was another: that, and what took its place.
    All(Box<(Draft, Draft)>),
}

/// The fields that are about a run.
const OF_RUN: [&str; 3] = ["run", "contenders", "rules"];

impl Draft {
    /// One question, and nothing in it.
    #[must_use]
    pub fn blank() -> Self {
        let mut draft = Self::of_table(serde_json::Map::new());
        draft.add();
        draft
    }

    /// Whether nobody has written anything.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.file == Self::blank().file
    }

    /// Another question, behind the last: its key.
    pub fn add(&mut self) -> u32 {
        let at = self.keys.len();
        self.insert(at, json!({ "options": [{ "id": "a" }, { "id": "b" }] }))
    }

    fn insert(&mut self, at: usize, question: Value) -> u32 {
        let key = self.new_key();
        self.put_back(at, key, question);
        key
    }

    fn put_back(&mut self, at: usize, key: u32, question: Value) {
        let Some(questions) = self.questions_mut() else { return };
        let at = at.min(questions.len());
        questions.insert(at, question);
        self.keys.insert(at, key);
    }

    /// The same question again, behind it: the copy's key. Its id is another.
    pub fn duplicate(&mut self, key: u32) -> Option<u32> {
        let at = self.index_of(key)?;
        let mut question = self.questions().get(at)?.clone();
        if let Value::Object(fields) = &mut question {
            fields.remove("id");
        }
        Some(self.insert(at + 1, question))
    }

    /// A question goes.
    pub fn remove(&mut self, key: u32) -> Option<Undo> {
        let at = self.index_of(key)?;
        let question = self.questions_mut()?.remove(at);
        self.keys.remove(at);
        Some(Undo::Question(at, key, question))
    }

    /// A question goes up, or down; whether it could.
    pub fn shift(&mut self, key: u32, is_up: bool) -> bool {
        let Some(at) = self.index_of(key) else { return false };
        let Some(to) = beside(at, is_up, self.keys.len()) else { return false };
        self.keys.swap(at, to);
        if let Some(questions) = self.questions_mut() {
            questions.swap(at, to);
        }
        true
    }

    /// Another answer: where it stands.
    pub fn add_option(&mut self, key: u32) -> usize {
        let id = self.free_option_id(key);
        self.add_entry(&Place::of_question(key, "options"), json!({ "id": id }))
    }

    /// Another entry of a list: where it stands.
    pub fn add_entry(&mut self, list: &Place, entry: Value) -> usize {
        let Some(list) = self.list_mut(list) else { return 0 };
        list.push(entry);
        list.len() - 1
    }

    /// An entry of a list goes; where it is the answer that is right, none is.
    pub fn remove_entry(&mut self, list: &Place, at: usize) -> Option<Undo> {
        let key_place = Place { field: "key".into(), ..list.clone() };
        let gone = self.list_mut(list).filter(|it| at < it.len()).map(|it| it.remove(at))?;
        let key = self.value(&key_place);
        let was_right = list.field == "options" && key.is_some() && key == gone.get("id");
        let key = if was_right { self.take_out(&key_place) } else { None };
        Some(Undo::Entry(list.clone(), at, gone, key))
    }

    /// An entry of a list goes up, or down; whether it could.
    pub fn shift_entry(&mut self, list: &Place, at: usize, is_up: bool) -> bool {
        let Some(entries) = self.list_mut(list) else { return false };
        let Some(to) = beside(at, is_up, entries.len()) else { return false };
        entries.swap(at, to);
        true
    }

    /// The id of an answer; it has one afterwards.
    pub fn option_id(&mut self, key: u32, at: usize) -> Value {
        let place = Place::of_question(key, format!("options[{at}].id"));
        if self.text(&place).is_empty() {
            let id = self.free_option_id(key);
            self.put(&place, Value::from(id));
        }
        self.value(&place).cloned().unwrap_or_default()
    }

    /// An id that no answer of the question has: a letter.
    pub(super) fn free_option_id(&self, key: u32) -> String {
        let options = self.value(&Place::of_question(key, "options")).and_then(Value::as_array);
        let is_free = |id: &String| {
            !options.is_some_and(|it| it.iter().any(|it| it.get("id").and_then(Value::as_str) == Some(id)))
        };
        let letters = ('a'..='z').map(String::from);
        letters.chain((1..).map(|it| format!("a{it}"))).find(is_free).unwrap_or_default()
    }

    /// A field goes which no form shows.
    pub fn drop_field(&mut self, place: &Place) -> Option<Undo> {
        let before = self.take_out(place)?;
        Some(Undo::Fields(vec![(place.clone(), Some(before))]))
    }

    /// A question runs something else, to begin with as the example does it; `None`: nothing.
    pub fn run(&mut self, key: u32, kind: Option<&str>) -> Undo {
        let places = OF_RUN.map(|field| Place::of_question(key, field));
        let before = places.map(|place| (place.clone(), self.take_out(&place)));
        if let Some(kind) = kind {
            for (field, value) in example::run(kind) {
                self.put(&Place::of_question(key, field), value);
            }
        }
        Undo::Fields(before.into())
    }

    /// Another draft takes this one's place. Its keys are others than all before, so that nothing
    /// on a page is taken for something else.
    pub fn replace(&mut self, by: Self) -> Option<Undo> {
        let before = std::mem::replace(self, by);
        self.next_key = before.next_key;
        let keys = self.keys.len();
        self.keys = (0..keys).map(|_| self.new_key()).collect();
        (!before.is_blank()).then(|| Undo::All(Box::new((before, self.clone()))))
    }

    /// What brings back what this would take back with the draft itself: what was written into
    /// a draft that took another's place.
    #[must_use]
    pub fn redo(&self, undo: &Undo) -> Option<Undo> {
        match undo {
            Undo::All(both) if both.1 != *self && !self.is_blank() => {
                Some(Undo::All(Box::new((self.clone(), both.0.clone()))))
            }
            _ => None,
        }
    }

    /// Takes a change back; gives the key of the question that it was about.
    pub fn undo(&mut self, undo: Undo) -> Option<u32> {
        match undo {
            Undo::Question(at, key, question) => {
                self.put_back(at, key, question);
                Some(key)
            }
            Undo::Entry(place, at, entry, right) => {
                let list = self.list_mut(&place)?;
                let at = at.min(list.len());
                list.insert(at, entry);
                let key_place = Place { field: "key".into(), ..place.clone() };
                if let Some(right) = right.filter(|_| self.value(&key_place).is_none()) {
                    self.put(&key_place, right);
                }
                place.question
            }
            Undo::Fields(before) => {
                let question = before.first().and_then(|(place, _)| place.question);
                for (place, value) in before {
                    match value {
                        Some(value) => self.put(&place, value),
                        None => drop(self.take_out(&place)),
                    }
                }
                question
            }
            Undo::All(before) => {
                *self = before.0;
                None
            }
        }
    }
}

/// The place above or below, of so many.
fn beside(at: usize, is_up: bool, of: usize) -> Option<usize> {
    if is_up { at.checked_sub(1) } else { Some(at + 1).filter(|it| *it < of) }.filter(|_| at < of)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::quiz::own::editor::open::of_text;
    use crate::lab::quiz::own::read::tests::example;

    fn draft() -> Draft {
        of_text(&example(), "a.json").unwrap()
    }

    fn titles(draft: &Draft) -> Vec<String> {
        draft.keys().iter().map(|key| draft.text(&Place::of_question(*key, "id"))).collect()
    }

    #[test]
    fn questions_come_go_and_move() {
        let mut draft = draft();
        let before = draft.clone();
        let [waiting, amdahl, _] = draft.keys()[..] else { panic!("three questions") };
        assert!(draft.shift(amdahl, true) && !draft.shift(amdahl, true) && draft.shift(amdahl, false));
        assert_eq!(draft, before);
        let gone = draft.remove(waiting).unwrap();
        assert_eq!(titles(&draft), ["amdahl", "sleeps"]);
        // What is written since stays.
        draft.write(&Place::of_question(amdahl, "title"), "new");
        assert_eq!(draft.undo(gone), Some(waiting));
        assert_eq!(titles(&draft), ["waiting", "amdahl", "sleeps"]);
        assert_eq!(draft.name(amdahl), "new");
        let copy = draft.duplicate(amdahl).unwrap();
        assert_eq!((draft.index_of(copy), draft.name(copy)), (Some(2), "new".into()));
        assert_eq!(draft.value(&Place::of_question(copy, "id")), None);
        assert_eq!(draft.index_of(draft.keys()[3]), Some(3));
    }

    #[test]
    fn the_right_answer_goes_and_comes_back() {
        let mut draft = draft();
        let key = draft.keys()[0];
        let (options, right) = (Place::of_question(key, "options"), Place::of_question(key, "key"));
        let other = draft.remove_entry(&options, 0).unwrap();
        assert_eq!(draft.text(&right), "thread");
        let gone = draft.remove_entry(&options, 0).unwrap();
        assert_eq!((draft.count(&options), draft.text(&right)), (1, String::new()));
        assert_eq!(draft.add_option(key), 1);
        assert_eq!(draft.option_id(key, 1), "a");
        assert_eq!((draft.undo(gone), draft.undo(other)), (Some(key), Some(key)));
        assert_eq!((draft.count(&options), draft.text(&right)), (4, "thread".into()));
        assert_eq!(draft.option_id(key, 0), "process");
        assert!(draft.shift_entry(&options, 0, false) && !draft.shift_entry(&options, 3, false));
        assert_eq!(draft.option_id(key, 1), "process");
        assert_eq!(draft.remove_entry(&options, 9), None);
    }

    #[test]
    fn another_run_can_be_taken_back() {
        let mut draft = draft();
        let (before, key) = (draft.clone(), draft.keys()[2]);
        let undo = draft.run(key, None);
        assert_eq!((draft.kind(key), draft.count(&Place::of_question(key, "rules"))), (None, 0));
        draft.undo(undo);
        assert_eq!(draft, before);
    }

    #[test]
    fn whichever_draft_takes_the_others_place_none_is_lost() {
        let mut draft = draft();
        let before = draft.clone();
        let undo = draft.replace(Draft::blank()).unwrap();
        assert!(draft.is_blank() && !before.keys().contains(&draft.keys()[0]));
        assert_eq!(draft.redo(&undo), None);
        draft.write(&Place::of_quiz("title"), "b");
        let redo = draft.redo(&undo).unwrap();
        draft.undo(undo);
        assert_eq!(draft, before);
        draft.undo(redo);
        assert_eq!(draft.text(&Place::of_quiz("title")), "b");
        assert_eq!(Draft::blank().replace(before), None);
    }

    #[test]
    fn nothing_is_blank_but_nothing() {
        let mut draft = Draft::blank();
        assert!(draft.is_blank());
        draft.write(&Place::of_quiz("title"), "a");
        assert!(!draft.is_blank());
        draft.write(&Place::of_quiz("title"), "");
        assert!(draft.is_blank());
    }
}
