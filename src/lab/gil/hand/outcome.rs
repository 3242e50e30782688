//! What is said of a move, and what it came to beside CPython's own rule.

use super::scene::{Move, Refusal, Scene};
use crate::model::format;
use crate::model::gil::Schedule;
use crate::model::gil::by_hand::{NotNow, Whereabouts, at_least_ms};
use crate::model::standing::CLOSE_RATIO;

/// What a move did.
#[must_use]
pub fn said(scene: &Scene, made: Move) -> String {
    let hand = scene.hand();
    let so_far = format::duration(hand.now_ms());
    if hand.is_over() {
        return outcome(scene).unwrap_or_default();
    }
    let Move::Give(thread) = made else {
        return format!("Nobody has the stove. {so_far} so far.");
    };
    let number = thread + 1;
    let then = match hand.whereabouts(thread) {
        Whereabouts::Holds => format!("{} left at the stove", format::duration(hand.left_ms(thread))),
        Whereabouts::Outside(ms) => format!("it is away for {}", format::duration(ms)),
        Whereabouts::Ended => "it is done".into(),
        Whereabouts::Wants => "it wants the stove again".into(),
    };
    format!("Thread {number} had the stove; {then}. {so_far} so far.")
}

/// Why a move can't be.
#[must_use]
pub fn refused(scene: &Scene, made: Move, refusal: Refusal) -> String {
    match (refusal, made) {
        (Refusal::NotNow(NotNow::Outside), Move::Give(thread)) => {
            let ms = match scene.hand().whereabouts(thread) {
                Whereabouts::Outside(ms) => ms,
                _ => 0.0,
            };
            format!("Thread {} is away for another {}: it does not want the stove.", thread + 1, format::duration(ms))
        }
        (Refusal::NotNow(_), Move::Give(thread)) => format!("Thread {} is done.", thread + 1),
        (Refusal::NotNow(_), Move::Leave) | (Refusal::Over, _) => "All are done: start over to try another way.".into(),
        (Refusal::Full, _) => "No more moves are kept: take some back, or start over.".into(),
    }
}

/// What was taken back.
#[must_use]
pub fn undone(scene: &Scene, last: Option<Move>) -> String {
    let so_far = format::duration(scene.hand().now_ms());
    match last {
        Some(Move::Give(thread)) => format!("Taken back: thread {} has not had it. {so_far} so far.", thread + 1),
        Some(Move::Leave) => format!("Taken back: nobody had it. {so_far} so far."),
        None => "There is nothing to take back.".into(),
    }
}

/// What a thread does now, beside its button.
#[must_use]
pub fn state(scene: &Scene, thread: usize) -> String {
    let hand = scene.hand();
    let left = || format::duration(hand.left_ms(thread));
    match hand.whereabouts(thread) {
        Whereabouts::Holds => format!("has the stove, {} left", left()),
        Whereabouts::Wants => format!("wants the stove for {}", left()),
        Whereabouts::Outside(ms) => format!("away for {}", format::duration(ms)),
        Whereabouts::Ended => "done".into(),
    }
}

/// What it came to, once all are done: two sentences, computed from both schedules.
#[must_use]
pub fn outcome(scene: &Scene) -> Option<String> {
    if !scene.hand().is_over() {
        return None;
    }
    let (yours, theirs) = (scene.schedule(), scene.cpython());
    let least_ms = at_least_ms(&scene.tasks().pieces());
    let verdict = if theirs.wall_ms > CLOSE_RATIO * yours.wall_ms {
        "You were faster"
    } else if yours.wall_ms > CLOSE_RATIO * theirs.wall_ms {
        "CPython's rule is faster"
    } else {
        "About as fast as CPython's rule"
    };
    let figures = format!(
        "{verdict}: {} and {} hand-overs, against {} and {}; less than {} can't be.",
        format::duration(yours.wall_ms),
        hand_overs(&yours),
        format::duration(theirs.wall_ms),
        hand_overs(&theirs),
        format::duration(least_ms),
    );
    Some(format!("{figures} {}", why(&yours, &theirs)))
}

/// The first taking hands nothing over.
#[must_use]
pub fn hand_overs(schedule: &Schedule) -> u64 {
    schedule.switches.saturating_sub(1)
}

/// The thread whose wait makes the largest difference.
fn why(yours: &Schedule, theirs: &Schedule) -> String {
    let waits = yours.lanes.iter().zip(&theirs.lanes).map(|(a, b)| (a.totals.waited_ms, b.totals.waited_ms));
    let most = waits.enumerate().max_by(|a, b| {
        let difference = |(yours, theirs): (f64, f64)| (theirs - yours).abs();
        difference(a.1).total_cmp(&difference(b.1))
    });
    let Some((thread, (yours_ms, theirs_ms))) = most else { return String::new() };
    let lesson = if thread >= 2 && theirs_ms > yours_ms {
        " Who needs the stove briefly, and is then away, should have it at once: nobody else loses much."
    } else if thread >= 2 {
        " Who needs the stove briefly, and is then away, waited although nobody else would have lost much."
    } else {
        ""
    };
    format!(
        "Thread {} waited {} for the stove with you, {} by CPython's rule.{lesson}",
        thread + 1,
        format::duration(yours_ms),
        format::duration(theirs_ms),
    )
}

#[cfg(test)]
mod tests {
    use super::super::scene::Tasks;
    use super::*;

    /// Plays on: who comes first in this order gets it, if it wants it.
    fn play(scene: &mut Scene, order: &[usize]) {
        while !scene.hand().is_over() {
            if !order.iter().any(|thread| scene.make(Move::Give(*thread)).is_ok()) {
                scene.make(Move::Leave).unwrap();
            }
        }
    }

    #[test]
    fn who_is_away_soon_goes_first_and_that_beats_cpythons_rule() {
        for tasks in Tasks::ALL {
            let mut scene = Scene::new(tasks);
            let order: Vec<_> = (0..tasks.pieces().len()).rev().collect();
            play(&mut scene, &order);
            let (yours, theirs) = (scene.schedule(), scene.cpython());
            assert!(yours.wall_ms < theirs.wall_ms - 1.0, "{} ms, {} ms", yours.wall_ms, theirs.wall_ms);
            assert!(yours.wall_ms >= at_least_ms(&tasks.pieces()));
            let said = outcome(&scene).unwrap();
            assert!(said.starts_with("You were faster: ") && said.contains("at once"), "{said}");
        }
    }

    #[test]
    fn letting_it_stand_is_slow() {
        let mut scene = Scene::new(Tasks::Three);
        (0..5).for_each(|_| scene.make(Move::Leave).unwrap());
        play(&mut scene, &[0, 1, 2]);
        let said = outcome(&scene).unwrap();
        assert!(said.starts_with("CPython's rule is faster: "), "{said}");
        assert!(said.contains("for the stove with you"), "{said}");
    }

    #[test]
    fn what_can_not_be_says_why() {
        let mut scene = Scene::new(Tasks::Three);
        scene.make(Move::Give(2)).unwrap();
        assert_eq!(said(&scene, Move::Give(2)), "Thread 3 had the stove; it is away for 4.00 ms. 1.00 ms so far.");
        let refusal = scene.make(Move::Give(2)).unwrap_err();
        let words = refused(&scene, Move::Give(2), refusal);
        assert_eq!(words, "Thread 3 is away for another 4.00 ms: it does not want the stove.");
        assert_eq!(scene.moves(), 1);
        play(&mut scene, &[0, 1, 2]);
        let refusal = scene.make(Move::Leave).unwrap_err();
        assert_eq!(refused(&scene, Move::Leave, refusal), "All are done: start over to try another way.");
        assert_eq!(state(&scene, 0), "done");
    }
}
