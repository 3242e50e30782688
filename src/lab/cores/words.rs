//! What the curve says, in words computed from it.

use super::measured::{Measured, Report, judge, knee};
use crate::model::format;

/// The sentence over the curve.
#[must_use]
pub fn headline(points: &[Measured], reported: u32) -> Option<String> {
    let knee = knee(points)?;
    let (gained, workers) = (format::ratio(knee.throughput), counted(knee.workers, "worker"));
    let cores = counted(reported, "core");
    Some(match judge(points, reported) {
        Some(Report::True) => {
            format!("{workers} did {gained} the work of one thread: the {cores} that the browser reports.")
        }
        Some(Report::TooMany) => {
            format!("{workers} did {gained} the work of one thread; more added little, though {cores} are reported.")
        }
        Some(Report::TooFew) => {
            format!("{workers} did {gained} the work of one thread: more than the {cores} that are reported.")
        }
        None => format!("{workers} did {gained} the work of one thread; more was not tried, and {cores} are reported."),
    })
}

/// What else is true: why it may be so, and how even the workers were.
#[must_use]
pub fn more(points: &[Measured], reported: u32, inner: u32, clock_ms: f64) -> Option<String> {
    let tried = points.iter().map(|it| it.busy).max()?;
    let mut sentences = vec![
        match judge(points, reported) {
            Some(Report::True) if tried > reported => {
                "That number is the most that ran at once here: more workers only took turns."
            }
            Some(Report::True) => "Whether more would help was not tried.",
            Some(Report::TooMany) => {
                "Others may be using the machine now, two reported cores may be the two halves of one, or it may be \
                 shared out among several. Run again when it is quiet."
            }
            Some(Report::TooFew) => {
                "Some browsers report fewer cores on purpose, so that people are harder to tell apart."
            }
            None => "Set Workers to the number of cores to see where the curve bends.",
        }
        .to_owned(),
    ];
    if inner > 1 {
        sentences.push(format!(
            "Each worker stands for {inner} busy threads, so the cores are used up by so many fewer workers."
        ));
    }
    let within = |it: &&Measured| it.busy > 1 && it.busy <= reported;
    if let Some(point) = points.iter().rev().filter(within).find(|it| it.is_unequal(clock_ms)) {
        sentences.push(format!(
            "With {}, the slowest took {} for what the fastest did in {}: the cores are unequal, or others were busy too.",
            counted(point.workers, "worker"),
            format::duration(point.slowest_ms),
            format::duration(point.fastest_ms),
        ));
    }
    Some(sentences.join(" "))
}

/// What was guessed, beside what came of it.
#[must_use]
pub fn feedback(guess: Report, points: &[Measured], reported: u32) -> Option<String> {
    let shown = judge(points, reported)?;
    let words = |it: Report| match it {
        Report::True => "as many as are reported",
        Report::TooMany => "fewer",
        Report::TooFew => "more",
    };
    Some(if guess == shown {
        format!("You expected “{}”: so it was.", words(guess))
    } else {
        format!("You expected “{}”; it was “{}”.", words(guess), words(shown))
    })
}

/// A number with its noun.
#[must_use]
pub fn counted(number: u32, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::super::measured::tests::machine;
    use super::*;

    #[test]
    fn the_headline_is_one_short_sentence() {
        for (cores, reported) in [(1, 1), (2, 2), (4, 8), (8, 2), (64, 64)] {
            let headline = headline(&machine(cores, reported, 1), reported).unwrap();
            assert!(headline.split_whitespace().count() <= 25, "{headline}");
            assert!(headline.ends_with('.') && headline.matches(". ").count() == 0, "{headline}");
        }
        let few = headline(&machine(8, 2, 1), 8).unwrap();
        assert!(few.contains("more was not tried") && few.split_whitespace().count() <= 25, "{few}");
        assert_eq!(headline(&[], 2), None);
    }

    #[test]
    fn what_is_clamped_or_shared_is_named() {
        let more = |cores, reported, inner| more(&machine(cores, reported, inner), reported, inner, 0.1).unwrap();
        assert!(more(8, 2, 1).contains("fewer cores on purpose"));
        assert!(more(4, 8, 1).contains("halves of one"));
        assert!(more(8, 8, 4).contains("4 busy threads"));
    }

    #[test]
    fn a_guess_is_set_beside_what_came() {
        let points = machine(2, 2, 1);
        assert!(feedback(Report::True, &points, 2).unwrap().ends_with("so it was."));
        assert!(feedback(Report::TooFew, &points, 2).unwrap().contains("it was “as many as are reported”"));
    }
}
