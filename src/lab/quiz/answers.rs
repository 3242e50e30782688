//! What was answered, for messages and to take along. Of what is right, only what the page
//! has told.

use serde_json::{Value, json};

use super::card::{Card, Sure};
use super::item::Kind;
use super::settings::Feedback;
use super::sitting::Sitting;
use crate::view::takeaway::table::{Field, Table};

/// The fields of `answered` as an answer is given: nobody knows yet whether it is right.
#[must_use]
pub fn given(card: &Card) -> Value {
    message(card, None, None)
}

/// The same again, with what the page has told of it.
#[must_use]
pub fn told(sitting: &Sitting, card: &Card) -> Value {
    let verdict = card.verdict.as_ref().filter(|_| sitting.is_disclosed(card)).map(|it| it.agreement.word());
    message(card, known(sitting, card), verdict)
}

fn message(card: &Card, is_right: Option<bool>, verdict: Option<&str>) -> Value {
    let last = card.attempts.last();
    json!({
        "item": card.item.id,
        "variant": card.is_variant,
        "option": last.map(|it| &it.option),
        "sure": last.and_then(|it| it.sure).map(Sure::word),
        "attempt": card.attempts.len(),
        "hint": card.had_hint,
        "correct": is_right,
        "verdict": verdict,
    })
}

/// The fields of `score`.
#[must_use]
pub fn score(sitting: &Sitting) -> Value {
    let score = sitting.score();
    let items: Vec<_> =
        sitting.cards.iter().filter(|card| !card.attempts.is_empty()).map(|card| told(sitting, card)).collect();
    json!({
        "done": sitting.is_over(),
        "answered": score.answered,
        "correct": score.correct,
        "first_try": score.at_once,
        "of": score.of,
        "items": items,
    })
}

/// Whether the last answer is right, where that may be known. Of an answer that will be given
/// again it is, too: it was said.
fn known(sitting: &Sitting, card: &Card) -> Option<bool> {
    let was_said = |is_right: bool| {
        let has_come = card.lines().is_some() && card.ran.is_some();
        let runs_nothing = card.item.run.kind == Kind::Nothing;
        let has_seen = card.observation.is_some() || card.failed.is_some() || has_come || runs_nothing;
        !is_right && has_seen && sitting.feedback() == Feedback::Now
    };
    card.is_right().filter(|is_right| sitting.is_disclosed(card) || was_said(*is_right))
}

/// The answers, one a row.
#[must_use]
pub fn table(sitting: &Sitting) -> Table {
    const HEADS: [&str; 12] = [
        "number",
        "item",
        "variant",
        "question",
        "answer",
        "first_answer",
        "sure",
        "attempts",
        "hint",
        "saw",
        "correct",
        "verdict",
    ];
    let yes = |is_so: bool| Field::text(if is_so { "true" } else { "false" });
    let words = |text: Option<&str>| text.map_or(Field::Empty, Field::text);
    let row = |(at, card): (usize, &Card)| {
        let first = card.attempts.first();
        let saw = card.observation.map(|it| it.text(&card.ways()));
        let verdict = card.verdict.as_ref().filter(|_| sitting.is_disclosed(card)).map(|it| it.agreement.word());
        vec![
            Field::whole(at as u32 + 1),
            Field::text(card.item.id.as_str()),
            yes(card.is_variant),
            Field::text(card.item.question.as_str()),
            words(card.attempts.last().and_then(|it| card.words(it)).as_deref()),
            words(first.and_then(|it| card.words(it)).as_deref()),
            words(first.and_then(|it| it.sure).map(Sure::word)),
            Field::whole(card.attempts.len() as u32),
            yes(card.had_hint),
            words(saw.as_deref()),
            known(sitting, card).map_or(Field::Empty, yes),
            words(verdict),
        ]
    };
    let rows = sitting.cards.iter().enumerate().map(row).collect();
    Table { heads: HEADS.map(ToOwned::to_owned).to_vec(), rows }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::item::tests::item;
    use super::super::settings::Settings;
    use super::*;
    use crate::model::parameter::Group;
    use crate::view::takeaway::delimited::csv;

    fn answered(feedback: Feedback) -> Sitting {
        let settings = Settings { feedback, ..Settings::usual(2) };
        let mut sitting = Sitting::new(&["a", "b"].map(|id| Arc::new(item(id))), &settings, &[], false);
        for option in ["many", "none"] {
            sitting.choose(option);
            sitting.commit(Sure::Sure);
        }
        sitting
    }

    #[test]
    fn what_nobody_may_know_stands_nowhere() {
        let of = |feedback| {
            let sitting = answered(feedback);
            (score(&sitting), csv(&table(&sitting)))
        };
        let (never, table) = of(Feedback::Never);
        assert_eq!(
            (&never["answered"], &never["correct"], &never["first_try"]),
            (&json!(2), &Value::Null, &Value::Null)
        );
        assert!(never["items"].as_array().unwrap().iter().all(|it| it["correct"].is_null() && it["verdict"].is_null()));
        assert!(!table.contains("key") && table.lines().nth(1).unwrap().ends_with(",,,"), "{table}");
        let (end, _) = of(Feedback::End);
        assert_eq!(
            (&end["done"], &end["correct"], &end["items"][1]["correct"]),
            (&json!(true), &json!(1), &json!(false))
        );
        let (now, _) = of(Feedback::Now);
        assert_eq!((&now["correct"], &now["items"][0]["correct"]), (&json!(0), &Value::Null), "it has not been run");
    }

    #[test]
    fn each_question_has_its_row() {
        let table = table(&answered(Feedback::End));
        assert!(table.rows.len() == 2 && table.rows.iter().all(|row| row.len() == table.heads.len()));
        assert_eq!(table.rows[0][4], Field::text("16 times"));
        assert_eq!(table.rows[1][10], Field::text("false"));
    }
}
