//! What a sitting does, and what it refuses to do.

use std::sync::Arc;

use super::card::{Ran, Sure};
use super::item::tests::item;
use super::item::{Item, Kind, Run};
use super::observation::{First, Observation};
use super::parsons::arrangement::Arrangement;
use super::parsons::problem::tests::lines;
use super::settings::{Again, Feedback, Settings};
use super::sitting::{Score, Sitting, Stage};
use super::standing::tests::{MACHINE, observed};
use super::verdict::Agreement;
use crate::model::parameter::Group;

fn asked(id: &str) -> Arc<Item> {
    Arc::new(item(id))
}

fn sitting(feedback: Feedback, count: usize) -> Sitting {
    let items: Vec<_> = ["a", "b", "c"].into_iter().take(count).map(asked).collect();
    Sitting::new(&items, &Settings { feedback, ..Settings::usual(2) }, &[], false)
}

fn ran() -> Ran {
    Ran {
        observed: observed(&[("serial_ms", 1600.0), ("threads_ms", 100.0)]),
        machine: MACHINE,
        printed: String::new(),
    }
}

const SAW: Observation = Observation { first: First::Way(1), factor: Some(4) };

fn answer(sitting: &mut Sitting, option: &str, sure: Sure) {
    sitting.choose(option);
    assert!(sitting.commit(sure));
}

fn run(sitting: &mut Sitting) {
    sitting.begin();
    assert_eq!(sitting.stage, Stage::Running);
    sitting.came(ran());
}

#[test]
fn who_commits_runs_says_what_they_saw_and_only_then_hears_why() {
    let mut sitting = sitting(Feedback::Now, 2);
    assert!(!sitting.commit(Sure::Sure), "nothing is picked");
    sitting.choose("such is no answer");
    assert!(!sitting.commit(Sure::Sure));
    answer(&mut sitting, "many", Sure::Think);
    assert_eq!(sitting.stage, Stage::Ready);
    // Whatever is asked now, nothing is explained.
    sitting.see(SAW);
    sitting.next();
    sitting.without_run();
    sitting.give_up();
    sitting.open(0);
    assert_eq!((sitting.stage, sitting.card().unwrap().verdict.is_none()), (Stage::Ready, true));
    run(&mut sitting);
    assert_eq!(sitting.stage, Stage::Look);
    sitting.next();
    sitting.choose("none");
    assert_eq!((sitting.stage, sitting.card().unwrap().verdict.is_none()), (Stage::Look, true));
    sitting.see(SAW);
    assert_eq!(sitting.stage, Stage::Explained);
    assert_eq!(sitting.card().unwrap().verdict.as_ref().unwrap().agreement, Agreement::Agrees);
    sitting.next();
    assert_eq!((sitting.stage, sitting.at), (Stage::Choose, 1));
    assert_eq!(sitting.score(), Score { answered: 1, correct: Some(1), at_once: Some(1), of: 2 });
}

#[test]
fn a_wrong_answer_can_be_given_again_as_often_as_was_set() {
    let mut sitting = sitting(Feedback::Now, 1);
    answer(&mut sitting, "none", Sure::Sure);
    run(&mut sitting);
    sitting.see(SAW);
    assert_eq!((sitting.stage, sitting.card().unwrap().verdict.is_none()), (Stage::Again, true));
    answer(&mut sitting, "two", Sure::Guess);
    // It has run already, and two attempts are all.
    assert_eq!(sitting.stage, Stage::Explained);
    assert_eq!(sitting.card().unwrap().is_right(), Some(false));
    sitting.next();
    assert_eq!((sitting.stage, sitting.is_over()), (Stage::Over, true));
    assert_eq!(sitting.score(), Score { answered: 1, correct: Some(0), at_once: Some(0), of: 1 });
    sitting.open(0);
    assert_eq!(sitting.stage, Stage::Explained);
    sitting.next();
    assert_eq!(sitting.stage, Stage::Over);
}

#[test]
fn who_does_not_want_to_try_again_is_told() {
    let mut sitting = sitting(Feedback::Now, 1);
    answer(&mut sitting, "none", Sure::Sure);
    run(&mut sitting);
    sitting.see(SAW);
    sitting.give_up();
    assert_eq!(sitting.stage, Stage::Explained);
}

#[test]
fn what_was_run_can_be_run_again() {
    let mut sitting = sitting(Feedback::Now, 2);
    answer(&mut sitting, "none", Sure::Sure);
    run(&mut sitting);
    sitting.see(SAW);
    assert_eq!(sitting.stage, Stage::Again);
    sitting.run_again();
    run(&mut sitting);
    sitting.see(SAW);
    assert_eq!(
        (sitting.stage, sitting.card().unwrap().attempts.len()),
        (Stage::Again, 1),
        "before another answer, too"
    );
    sitting.give_up();
    sitting.run_again();
    run(&mut sitting);
    assert_eq!(sitting.stage, Stage::Look);
    sitting.see(SAW);
    assert_eq!(sitting.stage, Stage::Explained, "what was told is not asked again");
    assert_eq!(sitting.card().unwrap().attempts.len(), 1);
}

#[test]
fn a_run_that_breaks_can_be_repeated_or_done_without() {
    let mut sitting = sitting(Feedback::Now, 1);
    answer(&mut sitting, "many", Sure::Sure);
    sitting.begin();
    sitting.broke("Python could not be had.");
    assert_eq!(sitting.stage, Stage::Ready);
    run(&mut sitting);
    assert_eq!(sitting.stage, Stage::Look);
    let mut without = self::sitting(Feedback::Now, 1);
    answer(&mut without, "many", Sure::Sure);
    without.broke("Python could not be had.");
    without.without_run();
    let verdict = without.card().unwrap().verdict.clone().unwrap();
    assert_eq!(verdict.agreement, Agreement::NotRun);
    assert!(verdict.says.ends_with("Python could not be had."));
}

#[test]
fn a_run_without_figures_is_not_asked_about() {
    let mut sitting = sitting(Feedback::Now, 1);
    answer(&mut sitting, "many", Sure::Sure);
    sitting.begin();
    sitting.came(Ran { observed: observed(&[]), ..ran() });
    assert_eq!(sitting.stage, Stage::Explained);
    assert_eq!(sitting.card().unwrap().verdict.as_ref().unwrap().agreement, Agreement::Open);
}

#[test]
fn what_is_right_is_known_at_the_end_or_never() {
    for feedback in [Feedback::End, Feedback::Never] {
        let mut sitting = sitting(feedback, 3);
        answer(&mut sitting, "many", Sure::Guess);
        answer(&mut sitting, "none", Sure::Guess);
        assert_eq!(sitting.score().correct, None);
        assert!(sitting.cards.iter().all(|card| !sitting.is_disclosed(card)));
        sitting.begin();
        assert_eq!(sitting.stage, Stage::Choose, "nothing is run before the end");
        answer(&mut sitting, "two", Sure::Sure);
        assert_eq!((sitting.stage, sitting.is_over()), (Stage::Over, true));
        sitting.open(2);
        if feedback == Feedback::Never {
            assert_eq!((sitting.stage, sitting.score().correct), (Stage::Over, None));
            assert_eq!(sitting.review(), [0, 1, 2], "not even the order says anything");
        } else {
            assert_eq!((sitting.stage, sitting.score().correct), (Stage::Ready, Some(1)));
            assert_eq!(sitting.review(), [2, 1, 0], "who was sure and wrong comes first");
            run(&mut sitting);
            sitting.see(SAW);
            assert_eq!(sitting.stage, Stage::Explained, "there is no second attempt");
        }
    }
}

#[test]
fn a_hall_votes_discusses_votes_and_then_runs() {
    let mut sitting = Sitting::new(&[asked("a")], &Settings::usual(2), &["a".into()], true);
    assert!(!sitting.card().unwrap().is_variant, "what the lecturer missed is nobody's");
    sitting.count(1, Some(30));
    sitting.begin();
    sitting.choose("many");
    assert_eq!(sitting.stage, Stage::Vote);
    for stage in [Stage::Discuss, Stage::VoteAgain, Stage::Ready] {
        sitting.go_on();
        sitting.count(1, Some(7));
        assert_eq!(sitting.stage, stage);
    }
    let votes = &sitting.card().unwrap().votes;
    assert_eq!((votes[0][1], votes[1][1], votes[0][0]), (Some(30), Some(7), None));
    run(&mut sitting);
    sitting.see(SAW);
    assert_eq!(sitting.stage, Stage::Explained);
}

#[test]
fn missed_questions_come_first_and_changed() {
    let items = ["a", "b"].map(asked);
    let sitting = Sitting::new(&items, &Settings::usual(2), &["b".into(), "gone".into()], false);
    let ids: Vec<_> = sitting.cards.iter().map(|card| (card.item.id.as_str(), card.is_variant)).collect();
    assert_eq!(ids, [("b", true), ("a", false)]);
    assert_eq!(sitting.cards[0].item.question, "And with 4?");
    // Or all, where that is asked for: in a lecture hall, too.
    let settings = Settings { again: Again::Always, ..Settings::usual(2) };
    let sitting = Sitting::new(&items, &settings, &[], true);
    let ids: Vec<_> = sitting.cards.iter().map(|card| (card.item.id.as_str(), card.is_variant)).collect();
    assert_eq!(ids, [("a", true), ("b", true)]);
}

#[test]
fn a_seed_shuffles_questions_and_answers() {
    let items = ["a", "b", "c"].map(asked);
    let of = |seed| {
        let sitting = Sitting::new(&items, &Settings { seed, ..Settings::usual(2) }, &[], false);
        sitting.cards.iter().map(|card| (card.item.id.clone(), card.order.clone())).collect::<Vec<_>>()
    };
    assert_eq!(of(5), of(5));
    assert!(of(0).iter().all(|card| card.1 == [0, 1, 2]));
    assert!((1..30).any(|seed| of(seed)[0].0 != "a") && (1..30).any(|seed| of(seed)[0].1 != [0, 1, 2]));
}

#[test]
fn nothing_to_ask_is_no_end() {
    let sitting = Sitting::new(&[], &Settings::usual(2), &[], false);
    assert_eq!((sitting.stage, sitting.is_over(), sitting.card().is_none()), (Stage::Over, false, true));
}

#[test]
fn lines_are_run_as_they_are_given_and_given_again() {
    let settings = Settings::usual(2);
    let mut sitting = Sitting::new(&[Arc::new(lines("a")), asked("b")], &settings, &[], false);
    let put = Arrangement::of_text;
    assert_eq!(sitting.stage, Stage::Choose);
    sitting.choose("many");
    assert!(!sitting.commit(Sure::Sure), "there is nothing to pick from");
    assert!(sitting.submit(&put("tell:1")));
    assert!(!sitting.submit(&put("tell:0")), "one run at a time");
    let run = |sitting: &mut Sitting, sum: f64| {
        sitting.begin();
        sitting.came(Ran { observed: observed(&[("sum", sum)]), ..ran() });
    };
    run(&mut sitting, 3.0);
    // What nobody has foreseen is judged by its run.
    assert_eq!((sitting.stage, sitting.card().unwrap().is_right()), (Stage::Again, Some(false)));
    assert!(sitting.submit(&put("if:0 tell:1")));
    assert_eq!(sitting.stage, Stage::Ready);
    run(&mut sitting, 4.0);
    assert_eq!(sitting.stage, Stage::Explained);
    let card = sitting.card().unwrap();
    assert_eq!((card.is_right(), card.was_right_at_once()), (Some(true), false));
    assert_eq!(card.verdict.as_ref().unwrap().agreement, Agreement::Agrees);
    sitting.next();
    assert!(!sitting.submit(&put("if:0")), "a question has no lines");
    assert_eq!(sitting.score(), Score { answered: 1, correct: Some(1), at_once: Some(0), of: 2 });
}

#[test]
fn nobody_votes_on_lines_and_at_the_end_those_that_are_known_are_right() {
    let of = |feedback, is_in_hall| {
        Sitting::new(&[Arc::new(lines("a"))], &Settings { feedback, ..Settings::usual(2) }, &[], is_in_hall)
    };
    assert_eq!(of(Feedback::Now, true).stage, Stage::Choose);
    for (put, is_right) in [("if:0 tell:1", Some(true)), ("not:0 tell:1", Some(false)), ("tell:1", None)] {
        let mut sitting = of(Feedback::End, false);
        assert!(sitting.submit(&Arrangement::of_text(put)));
        assert_eq!((sitting.stage, sitting.card().unwrap().is_right()), (Stage::Over, is_right), "{put}");
    }
}

/// The question of an instructor's own that has nothing to run.
fn not_run(id: &str) -> Arc<Item> {
    Arc::new(Item {
        run: Run { kind: Kind::Nothing, ..Run::default() },
        contenders: Vec::new(),
        variant: None,
        ..item(id)
    })
}

#[test]
fn where_nothing_is_run_the_answer_is_heard_at_once() {
    let items = [not_run("a:b"), not_run("a:c")];
    let mut sitting = Sitting::new(&items, &Settings::usual(2), &["a:c".to_owned()], false);
    assert_eq!(sitting.card().unwrap().item.id, "a:c", "it was missed before");
    answer(&mut sitting, "none", Sure::Sure);
    assert_eq!(sitting.stage, Stage::Again);
    answer(&mut sitting, "many", Sure::Think);
    let verdict = sitting.card().unwrap().verdict.clone().unwrap();
    assert_eq!((sitting.stage, verdict.agreement, verdict.says.as_str()), (Stage::Explained, Agreement::NotRun, ""));
    sitting.run_again();
    assert_eq!(sitting.stage, Stage::Explained, "there is nothing to run again");
    sitting.next();
    answer(&mut sitting, "many", Sure::Sure);
    sitting.next();
    assert_eq!(sitting.score(), Score { answered: 2, correct: Some(2), at_once: Some(1), of: 2 });
    let settings = Settings { feedback: Feedback::End, ..Settings::usual(2) };
    let mut sitting = Sitting::new(&items, &settings, &[], false);
    answer(&mut sitting, "many", Sure::Sure);
    answer(&mut sitting, "none", Sure::Sure);
    sitting.open(1);
    assert_eq!(sitting.stage, Stage::Explained);
    let mut hall = Sitting::new(&items, &Settings::usual(2), &[], true);
    for stage in [Stage::Vote, Stage::Discuss, Stage::VoteAgain, Stage::Explained] {
        assert_eq!(hall.stage, stage);
        hall.go_on();
    }
}
