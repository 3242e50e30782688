//! Which fields there are, what they are called, and how much each may hold: by the reader's limits.

use crate::lab::quiz::own::limits::{
    CODE, CONTENDERS, CONTEXT, FEEDBACK, HINT, ID, LABEL, Limit, MEMBERS, NATIVE_FIGURES, OPTIONS, POINTS, QUESTION,
    REASON, RECKONED_FIGURES, SCRIPT, SIGNALS, STEPS, TITLE, TOLD, WORKERS, range,
};
use crate::lab::quiz::own::question::KINDS;

/// A field that is written into.
#[derive(Debug)]
pub struct Field {
    /// As the file calls it, within what it is of.
    pub name: &'static str,
    /// As people do.
    pub label: &'static str,
    /// What else there is to know; may be empty.
    pub hint: &'static str,
    /// Its characters; of a number, from the least to the most.
    pub limit: Limit,
    /// Lines that it begins with.
    pub rows: u32,
    /// What is written into it.
    pub of: Of,
}

/// What is written into a field.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Of {
    /// Words.
    Words,
    /// A program, or a name in one.
    Code,
    /// A number.
    Number,
}

const fn words(name: &'static str, label: &'static str, hint: &'static str, limit: Limit, rows: u32) -> Field {
    Field { name, label, hint, limit, rows, of: Of::Words }
}

const fn code(name: &'static str, label: &'static str, hint: &'static str, limit: Limit, rows: u32) -> Field {
    Field { name, label, hint, limit, rows, of: Of::Code }
}

const fn number(name: &'static str, label: &'static str, limit: Limit) -> Field {
    Field { name, label, hint: "", limit, rows: 1, of: Of::Number }
}

/// The fields of the quiz.
pub const QUIZ: [Field; 2] = [
    words("title", "Title of the quiz", "", TITLE, 1),
    code(
        "id",
        "Short name of the file",
        "Of letters (a to z), digits and hyphens. What students missed is kept under it, so let it stay as it is. \
         Without one, it is made from the title.",
        ID,
        1,
    ),
];

/// The fields of a question, before its answers.
pub const BEFORE: [Field; 3] = [
    words("question", "Question", "So that one answer is right, whoever runs it.", QUESTION, 2),
    words("context", "What stands below it", "May be left out: sizes, how many cores, which Python.", CONTEXT, 2),
    code("code", "Lines of a program", "May be left out. They are shown, and not run.", CODE, 2),
];

/// The fields of a question, behind its answers.
pub const BEHIND: [Field; 2] = [
    words("reason", "Why it is so", "Read after the answer, whatever it was.", REASON, 3),
    words("hint", "A hint", "May be left out. For who asks for it.", HINT, 1),
];

/// The fields of a question that only lists and messages show.
pub const NAMES: [Field; 2] = [
    words("title", "Title", "May be left out. A few words for lists; else the question stands there.", TITLE, 1),
    code(
        "id",
        "Short name of the question",
        "As that of the file. Without one, it is made from the title or the question when the file is saved.",
        ID,
        1,
    ),
];

/// The fields of an answer.
pub const OPTION: [Field; 2] =
    [words("label", "Answer", "", LABEL, 1), words("feedback", "What is said to who picks it", "", FEEDBACK, 2)];

/// What a way is called that a run compares.
pub const CONTENDER: [Field; 2] = [
    code("told", "The name of its figure", "As in lab.tell(\"…\", …). With _ms at the end it is a time.", TOLD, 1),
    words("label", "What people read", "", LABEL, 1),
];

const PYTHON: [Field; 1] = [code(
    "script",
    "Python script",
    "Students see it, and it runs when they press Run. It tells figures by lab.tell(name, number).",
    SCRIPT,
    10,
)];
const FFT: [Field; 2] = [number("signals", "Signals", SIGNALS), number("points", "Points of each", POINTS)];
const LORENZ: [Field; 2] = [number("members", "Simulations", MEMBERS), number("steps", "Steps of each", STEPS)];
/// Of a share the limits are said by the label.
const RECKON: [Field; 2] =
    [number("serial_share", "Share that stays serial, 0 to 1", 0..=1), number("workers", "Workers", WORKERS)];

/// What a question can run: the file's word, and people's; the first is nothing.
pub const RUNS: [(&str, &str); 5] = [
    ("", "Nothing: the explanation comes at once"),
    (KINDS[0], "A Python script"),
    (KINDS[3], "Amdahl's law, which is reckoned"),
    (KINDS[1], "Fourier transforms, by the lab's own executors"),
    (KINDS[2], "Lorenz simulations, by the lab's own executors"),
];

/// Where the signals of Fourier transforms come from, in words.
pub const DATA: (&str, [&str; 2]) = ("Where the signals are made", ["in the parent, and sent", "in each worker"]);

/// The fields of a run of that kind.
#[must_use]
pub fn of_run(kind: &str) -> &'static [Field] {
    match KINDS.iter().position(|it| *it == kind) {
        Some(0) => &PYTHON,
        Some(1) => &FFT,
        Some(2) => &LORENZ,
        Some(_) => &RECKON,
        None => &[],
    }
}

/// Whether scripts are run.
#[must_use]
pub fn is_script(kind: &str) -> bool {
    kind == KINDS[0]
}

/// Whether the signals come from somewhere.
#[must_use]
pub fn has_data(kind: &str) -> bool {
    kind == KINDS[1]
}

/// The figures that a run of that kind tells, where they are known.
#[must_use]
pub fn figures(kind: &str) -> Option<[&'static str; 3]> {
    match KINDS.iter().position(|it| *it == kind)? {
        0 => None,
        1 | 2 => Some(NATIVE_FIGURES),
        _ => Some(RECKONED_FIGURES),
    }
}

/// A figure that is known, in words.
#[must_use]
pub fn figure(told: &str) -> &'static str {
    match told {
        "serial_ms" => "serial, a time",
        "process_ms" => "processes, a time",
        "thread_ms" => "threads, a time",
        "speedup" => "how many times as fast",
        "ideal" => "the same, if nothing were serial",
        "without_share" => "the same, if each worker had all of the serial share",
        _ => "",
    }
}

/// Entries of a list that are shown, at most: more than a file may have.
pub const MOST_ENTRIES: usize = 20;
/// Questions that are shown, at most.
pub const MOST_QUESTIONS: usize = 100;

/// `options[3].label` → `options[].label`, 3.
fn pattern(field: &str) -> (String, usize) {
    let Some((list, (at, rest))) = field.split_once('[').and_then(|(list, rest)| Some((list, rest.split_once(']')?)))
    else {
        return (field.to_owned(), 0);
    };
    (format!("{list}[]{rest}"), at.parse().unwrap_or(usize::MAX))
}

fn has(fields: &[Field], name: &str) -> bool {
    fields.iter().any(|it| it.name == name)
}

/// Whether a form has a place for what is said of this field of the quiz.
#[must_use]
pub fn is_of_quiz(field: &str) -> bool {
    field == "questions" || has(&QUIZ, field)
}

/// Whether a form has a place for what is said of this field of a question that runs that.
#[must_use]
pub fn is_of_question(field: &str, kind: Option<&str>) -> bool {
    let (pattern, at) = pattern(field);
    if at >= MOST_ENTRIES {
        return false;
    }
    match pattern.rsplit_once('.') {
        Some(("options[]", name)) => has(&OPTION, name),
        Some(("contenders[]", name)) => kind.is_some() && has(&CONTENDER, name),
        Some(("run", "kind")) => true,
        Some(("run", "gil")) => kind.is_some_and(is_script),
        Some(("run", "data")) => kind.is_some_and(has_data),
        Some(("run", name)) => has(of_run(kind.unwrap_or_default()), name),
        Some(_) => false,
        None => match pattern.as_str() {
            "options" | "options[]" | "key" | "run" => true,
            "contenders" | "contenders[]" => kind.is_some(),
            name => [&BEFORE[..], &BEHIND, &NAMES].into_iter().any(|it| has(it, name)),
        },
    }
}

/// The fields of a question as the form has them, from above.
const ORDER: [&str; 11] =
    ["question", "context", "code", "options", "key", "reason", "hint", "run", "contenders", "title", "id"];

/// How far down the form has a field.
#[must_use]
pub fn rank(field: &str) -> usize {
    let top = field.split(['.', '[']).next().unwrap_or_default();
    ORDER.iter().position(|it| *it == top).map_or(0, |at| at + 1)
}

/// The letter of an answer.
#[must_use]
pub fn letter(at: usize) -> char {
    u8::try_from(at).ok().filter(|it| *it < 26).map_or('?', |it| char::from(b'A' + it))
}

/// What people call a field, in a list of what is to be done.
#[must_use]
pub fn called(field: &str) -> String {
    let (pattern, at) = pattern(field);
    let label = |fields: &[Field], name: &str| {
        fields.iter().find(|it| it.name == name).map_or(name.to_owned(), |it| it.label.to_owned())
    };
    match pattern.rsplit_once('.') {
        Some(("options[]", "label")) => format!("Answer {}", letter(at)),
        Some(("options[]", name)) => format!("Answer {}, {}", letter(at), label(&OPTION, name).to_lowercase()),
        Some(("contenders[]", name)) => {
            format!("What is compared, {}: {}", at + 1, label(&CONTENDER, name).to_lowercase())
        }
        Some(("run", "kind")) => "What is run".into(),
        Some(("run", "gil")) => "Threads".into(),
        Some(("run", "data")) => DATA.0.into(),
        Some(("run", name)) => {
            let of = KINDS.iter().flat_map(|kind| of_run(kind)).find(|it| it.name == name);
            of.map_or(name.to_owned(), |it| it.label.to_owned())
        }
        _ => match pattern.as_str() {
            "" => "The question".into(),
            "questions" => "Questions".into(),
            "options" => "Answers".into(),
            "options[]" => format!("Answer {}", letter(at)),
            "key" => "The right answer".into(),
            "run" => "What is run".into(),
            "contenders" => "What is compared".into(),
            "contenders[]" => format!("What is compared, {}", at + 1),
            name => {
                let all: Vec<_> = BEFORE.iter().chain(&BEHIND).chain(&NAMES).collect();
                all.iter().find(|it| it.name == name).map_or(name.to_owned(), |it| it.label.to_owned())
            }
        },
    }
}

/// How many answers there are to be, and how many ways.
#[must_use]
pub fn how_many(is_of_options: bool) -> String {
    range(if is_of_options { &OPTIONS } else { &CONTENDERS })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_have_places_by_what_is_run() {
        for field in ["question", "options", "options[7].feedback", "options[0]", "key", "id", "run.kind", "run"] {
            assert!(is_of_question(field, None), "{field}");
        }
        for field in ["rules", "options[0].id", "options[20].label", "author", "run.script", "contenders", "questions"]
        {
            assert!(!is_of_question(field, None), "{field}");
        }
        assert!(is_of_question("run.script", Some(KINDS[0])) && !is_of_question("run.script", Some(KINDS[1])));
        assert!(is_of_question("run.workers", Some(KINDS[3])) && is_of_question("contenders[0].told", Some("shell")));
        assert!(is_of_quiz("id") && !is_of_quiz("version"));
    }

    #[test]
    fn fields_are_called_as_their_labels() {
        for (field, name) in [
            ("options[1].label", "Answer B"),
            ("options[1].feedback", "Answer B, what is said to who picks it"),
            ("run.workers", "Workers"),
            ("reason", "Why it is so"),
            ("contenders[0].told", "What is compared, 1: the name of its figure"),
            ("", "The question"),
        ] {
            assert_eq!(called(field), name);
        }
    }
}
