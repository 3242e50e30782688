//! A question of our own format, and what it runs.

use std::collections::BTreeSet;

use serde_json::Value;

use super::given::{Faults, Fields, shortened};
use super::limits::{
    CODE, CONTENDERS, CONTEXT, DATA, FEEDBACK, HINT, ID, LABEL, MEMBERS, NATIVE_FIGURES, OPTIONS, POINTS, QUESTION,
    REASON, RECKONED_FIGURES, RULES, SCRIPT, SIGNALS, STEPS, TITLE, TOLD, WORKERS,
};
use crate::lab::quiz::item::{Choice, Contender, Item, Kind, Run};
use crate::lab::script::data::Read;
use crate::lab::script::rule::Rule;

/// A question with what it brings along.
pub struct Asked {
    /// The question.
    pub item: Item,
    /// The script that it runs.
    pub script: Option<String>,
}

/// Characters of a name that is shown, at most.
const LONGEST_NAME: usize = 40;
/// And of what is said of a rule.
const LONGEST_CLAUSE: usize = 120;

/// The names of what can be run, as files have them.
pub const KINDS: [&str; 4] = ["python", "fft", "lorenz", "reckon"];

/// Reads what stands in this place.
pub fn read(value: &Value, place: &str, faults: &mut Faults) -> Option<Asked> {
    let mut fields = Fields::of(value, place.to_owned(), faults)?;
    let id = fields.id("id", &ID, faults);
    let mut item = Item {
        title: fields.optional("title", &TITLE, faults).unwrap_or_default(),
        question: fields.text("question", &QUESTION, faults),
        context: fields.optional("context", &CONTEXT, faults).unwrap_or_default(),
        code: fields.optional("code", &CODE, faults),
        options: options(&mut fields, faults),
        key: fields.id("key", &ID, faults),
        hint: fields.optional("hint", &HINT, faults).unwrap_or_default(),
        reason: fields.text("reason", &REASON, faults),
        run: Run { kind: Kind::Nothing, ..Run::default() },
        id,
        ..Item::default()
    };
    // Where an option's id is wrong, that has been said: the key may be meant for it.
    let ids_are_known = item.options.iter().all(|it| !it.id.is_empty());
    if ids_are_known && !item.key.is_empty() && item.option(&item.key).is_none() {
        let ids: Vec<_> = item.options.iter().map(|it| it.id.as_str()).collect();
        faults
            .say(&fields.field("key"), format!("“{}” is the id of no option; there are {}", item.key, ids.join(", ")));
    }
    let script = what_is_run(&mut fields, &mut item, faults);
    fields.end(faults);
    Some(Asked { item, script })
}

fn options(fields: &mut Fields<'_>, faults: &mut Faults) -> Vec<Choice> {
    let place = fields.field("options");
    let mut options: Vec<Choice> = Vec::new();
    for (index, value) in fields.list("options", &OPTIONS, faults).iter().enumerate() {
        let Some(mut fields) = Fields::of(value, format!("{place}[{index}]"), faults) else { continue };
        let option = Choice {
            id: fields.id("id", &ID, faults),
            label: fields.text("label", &LABEL, faults),
            feedback: fields.text("feedback", &FEEDBACK, faults),
        };
        if !option.id.is_empty() && options.iter().any(|it| it.id == option.id) {
            faults.say(&fields.field("id"), format!("“{}” is the id of another option, too", option.id));
        }
        fields.end(faults);
        options.push(option);
    }
    options
}

/// Reads what the question runs, if anything; returns the script.
fn what_is_run(fields: &mut Fields<'_>, item: &mut Item, faults: &mut Faults) -> Option<String> {
    let place = fields.field("run");
    let Some(value) = fields.get("run") else {
        for name in ["contenders", "rules"] {
            if fields.get(name).is_some() {
                faults.say(&fields.field(name), "it is about a run, and the question has none");
            }
        }
        return None;
    };
    let mut run = Fields::of(value, place, faults)?;
    let script = read_run(&mut run, item, faults);
    // Which fields there are depends on the kind.
    if item.run.kind != Kind::Nothing {
        run.end(faults);
    }
    item.contenders = contenders(fields, item.run.kind, faults);
    item.rules = rules(fields, item, faults);
    script
}

fn read_run(fields: &mut Fields<'_>, item: &mut Item, faults: &mut Faults) -> Option<String> {
    let kind = fields.word("kind", &KINDS, faults)?;
    let run = &mut item.run;
    let mut script = None;
    match kind {
        "python" => {
            run.kind = Kind::Python;
            run.script = format!("{}.py", item.id);
            run.gil = fields.truth("gil", faults);
            script = Some(fields.text("script", &SCRIPT, faults));
        }
        "fft" => {
            run.kind = Kind::Fft;
            run.signals = fields.whole("signals", &SIGNALS, faults);
            run.points = fields.whole("points", &POINTS, faults);
            run.data = fields.word("data", &DATA, faults).unwrap_or_default().to_owned();
        }
        "lorenz" => {
            run.kind = Kind::Lorenz;
            run.members = fields.whole("members", &MEMBERS, faults);
            run.steps = fields.whole("steps", &STEPS, faults);
        }
        _ => {
            run.kind = Kind::Reckon;
            run.serial_share = fields.share("serial_share", faults);
            run.workers = fields.whole("workers", &WORKERS, faults);
        }
    }
    script
}

fn contenders(fields: &mut Fields<'_>, kind: Kind, faults: &mut Faults) -> Vec<Contender> {
    let place = fields.field("contenders");
    let mut contenders: Vec<Contender> = Vec::new();
    for (index, value) in fields.list("contenders", &CONTENDERS, faults).iter().enumerate() {
        let Some(mut fields) = Fields::of(value, format!("{place}[{index}]"), faults) else { continue };
        let told = match kind {
            Kind::Fft | Kind::Lorenz | Kind::Files => {
                fields.word("told", &NATIVE_FIGURES, faults).unwrap_or_default().to_owned()
            }
            Kind::Reckon => fields.word("told", &RECKONED_FIGURES, faults).unwrap_or_default().to_owned(),
            Kind::Python | Kind::Nothing => fields.text("told", &TOLD, faults),
        };
        let label = fields.text("label", &LABEL, faults);
        let is_time = |told: &str| told.ends_with("_ms");
        let has_name = |told: &str| !told.is_empty();
        let others = contenders.first().filter(|it| has_name(&it.told) && has_name(&told));
        if let Some(other) = others.filter(|it| is_time(&it.told) != is_time(&told)) {
            let says = format!(
                "figures of one question have one unit: “{told}” and “{}” have not (_ms is a time)",
                other.told
            );
            faults.say(&fields.field("told"), says);
        }
        fields.end(faults);
        contenders.push(Contender { told, label });
    }
    contenders
}

fn rules(fields: &mut Fields<'_>, item: &Item, faults: &mut Faults) -> Vec<Rule> {
    let place = fields.field("rules");
    if fields.get("rules").is_none() {
        return Vec::new();
    }
    // Figures that are wrong themselves have been said to be.
    let are_known = !faults.spoil(&fields.field("contenders"));
    let mut rules: Vec<Rule> = Vec::new();
    for (index, value) in fields.list("rules", &RULES, faults).iter().enumerate() {
        let place = format!("{place}[{index}]");
        match Rule::read(value.clone()) {
            Ok(rule) => {
                let is_option = |it: &&str| item.option(it).is_some() || item.options.iter().any(|it| it.id.is_empty());
                if let Some(shown) = rule.shows.as_deref().filter(|it| !is_option(it)) {
                    let says = format!("“{}” is the id of no option", shortened(shown, LONGEST_NAME));
                    faults.say(&format!("{place}.shows"), says);
                }
                if are_known {
                    names(&rule, item, &place, faults);
                }
                rules.push(rule);
            }
            Err(clause) => faults.say(&place, shortened(&clause, LONGEST_CLAUSE)),
        }
    }
    rules
}

/// The figures that a rule names must be there: else it is about no run, or says nothing.
fn names(rule: &Rule, item: &Item, place: &str, faults: &mut Faults) {
    let compared: Vec<_> = item.contenders.iter().skip(1).map(|it| it.told.as_str()).collect();
    let figures: &[&str] = match item.run.kind {
        Kind::Fft | Kind::Lorenz | Kind::Files => &NATIVE_FIGURES,
        Kind::Reckon => &RECKONED_FIGURES,
        // What a script tells, only its run can say.
        Kind::Python | Kind::Nothing => &[],
    };
    let mut wrong: BTreeSet<(String, String)> = BTreeSet::new();
    let mut see = |field: String, of: &str, name: &str| {
        let known = if of == "against" { compared.as_slice() } else { figures };
        let can_tell =
            if of == "against" { !compared.is_empty() && !compared.contains(&"") } else { !figures.is_empty() };
        if can_tell && !known.contains(&name) {
            let (name, what) =
                (shortened(name, LONGEST_NAME), if of == "against" { "is compared with the first" } else { "is told" });
            wrong.insert((field, format!("“{name}” is no figure that {what}; there are {}", known.join(", "))));
        }
    };
    rule.when.against.iter().for_each(|it| see(format!("{place}.when.against"), "against", &it.0));
    rule.when.told.iter().for_each(|it| see(format!("{place}.when.told"), "told", &it.0));
    for (field, text) in [("say", &rule.say), ("more", &rule.more), ("because", &rule.because)] {
        let places =
            text.as_deref().unwrap_or_default().split('{').skip(1).filter_map(|it| Some(it.split_once('}')?.0));
        for (of, name) in places.filter_map(|it| it.split_once('.')).filter(|it| ["against", "told"].contains(&it.0)) {
            see(format!("{place}.{field}"), of, name);
        }
    }
    wrong.into_iter().for_each(|(field, says)| faults.say(&field, says));
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::read::read;
    use super::super::read::tests::example;

    /// What is said of the example with a field put in this place.
    fn with(pointer: &str, put: Value) -> (usize, Vec<String>) {
        let mut file: Value = serde_json::from_str(&example()).unwrap();
        let (of, name) = pointer.rsplit_once('/').unwrap();
        let table = file.pointer_mut(of).unwrap();
        match table {
            Value::Array(list) => list[name.parse::<usize>().unwrap()] = put,
            table => table[name] = put,
        }
        let text = serde_json::to_string_pretty(&file).unwrap();
        let reading = read(text.as_bytes(), "a.json");
        for fault in &reading.faults {
            let line = text.lines().nth(fault.line - 1).unwrap();
            let last = fault.field.rsplit('.').next().unwrap();
            let name = last.split('[').next().unwrap();
            assert!(line.contains(name) || line.contains(['{', '[', '"']), "{fault} is not about {line}");
        }
        (reading.quiz.items.len(), reading.faults.iter().map(|it| format!("{}: {}", it.field, it.says)).collect())
    }

    #[test]
    fn each_fault_is_named_and_the_good_questions_are_kept() {
        let said = |pointer: &str, put: Value| {
            let (kept, said) = with(pointer, put);
            assert_eq!((kept, said.len()), (2, 1), "{pointer}: {said:?}");
            said[0].clone()
        };
        assert_eq!(
            said("/questions/0/options/0/feedback", json!("")),
            "questions[0].options[0].feedback: 1 to 500 characters are wanted, and it has 0"
        );
        assert_eq!(
            said("/questions/0/options/0/label", json!(7)),
            "questions[0].options[0].label: a text of 1 to 200 characters is wanted, and it is a number"
        );
        assert!(
            said("/questions/0/key", json!("nobody"))
                .starts_with("questions[0].key: “nobody” is the id of no option; there are ")
        );
        assert!(said("/questions/1/id", json!("waiting")).contains("“waiting” is the id of questions[0], too"));
        assert!(said("/questions/0/id", json!("a b")).contains("letters (a to z), digits and hyphens"));
        assert!(said("/questions/0/question", json!(" ")).contains("nothing but spaces"));
        assert!(
            said("/questions/2/run/script", json!("x".repeat(20_001))).contains("questions[2].run.script: 1 to 20000")
        );
        assert!(said("/questions/2/run/kind", json!("shell")).contains("one of python, fft, lorenz, reckon is wanted"));
        assert!(said("/questions/2/rules/0/shows", json!("x")).contains("questions[2].rules[0].shows"));
        assert!(said("/questions/2/rules/0", json!({ "nmae": "" })).contains("questions[2].rules[0]: name is missing"));
        assert!(said("/questions/2/contenders/1/told", json!("speedup")).contains("one unit"));
        assert!(said("/questions/0/rules", json!([])).contains("the question has none"));
        assert!(said("/questions/0", json!([])).contains("questions[0]: a table is wanted, and it is a list"));
    }

    #[test]
    fn a_figure_that_is_misspelt_is_said_once() {
        let said = |pointer: &str, put: Value| {
            let (kept, said) = with(pointer, put);
            assert_eq!((kept, said.len()), (2, 1), "{pointer}: {said:?}");
            said[0].clone()
        };
        let rule = |when: Value, say: &str| json!({ "name": "a", "when": when, "say": say });
        let against = json!({ "against": { "thraeds_ms": ["slower"] } });
        assert_eq!(
            said("/questions/2/rules/0", rule(against.clone(), "")),
            "questions[2].rules[0].when.against: “thraeds_ms” is no figure that is compared with the first; there are threads_ms"
        );
        // The first is what others are compared with.
        assert!(
            said("/questions/2/rules/0", rule(json!({ "against": { "serial_ms": ["slower"] } }), ""))
                .contains("“serial_ms” is no")
        );
        assert!(
            said("/questions/2/rules/0", rule(json!({}), "{against.x} and {against.x}"))
                .contains("rules[0].say: “x” is no")
        );
        assert!(
            said("/questions/1/rules", json!([rule(json!({ "told": { "x": {} } }), "{told.ideal}")]))
                .contains("when.told: “x” is no figure that is told; there are speedup, ")
        );
        // What a script tells, nobody knows before.
        assert_eq!(with("/questions/2/rules/0", rule(json!({ "told": { "x": {} } }), "{told.y}")).1, [""; 0]);
        assert!(said("/questions/1/contenders/0/told", json!("x")).contains("one of speedup, ideal"));
    }

    #[test]
    fn an_empty_id_is_one_fault() {
        for pointer in
            ["/questions/0/id", "/questions/1/id", "/questions/0/options/1/id", "/questions/2/options/1/id", "/id"]
        {
            let (_, said) = with(pointer, json!(""));
            assert_eq!(said.len(), 1, "{pointer}: {said:?}");
        }
        let mut file: Value = serde_json::from_str(&example()).unwrap();
        for at in 0..3 {
            file["questions"][at]["id"] = json!("");
        }
        assert_eq!(read(file.to_string().as_bytes(), "a").faults.len(), 3);
    }

    #[test]
    fn what_nobody_knows_is_left_out_and_said() {
        let (kept, said) = with("/questions/0/explanation", json!("x"));
        assert_eq!(kept, 3);
        assert!(
            said[0].starts_with("questions[0].explanation: there is no such field here, and it is left out"),
            "{said:?}"
        );
        assert_eq!(with("/author", json!("x")).0, 3);
    }

    #[test]
    fn what_all_questions_need_is_needed() {
        for (pointer, put) in
            [("/version", json!(2)), ("/id", json!("ä")), ("/version", json!(1e300)), ("/questions", json!({}))]
        {
            let (kept, said) = with(pointer, put);
            assert_eq!((kept, said.len()), (0, 1), "{pointer}: {said:?}");
        }
        assert_eq!(with("/title", json!([])).0, 3, "a title is no question's");
    }

    #[test]
    fn an_element_too_many_is_said() {
        let option = |id: usize| json!({ "id": format!("o{id}"), "label": "a", "feedback": "b" });
        let (kept, said) = with("/questions/0/options", (0..9).map(option).collect());
        assert_eq!(kept, 2);
        assert!(said.iter().any(|it| it.contains("a list of 2 to 8 is wanted, and it has 9")), "{said:?}");
        let twice = json!([option(1), option(1)]);
        assert!(with("/questions/0/options", twice).1.iter().any(|it| it.contains("another option, too")));
    }
}
