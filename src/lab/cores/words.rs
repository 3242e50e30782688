//! What the curve says, in words computed from it.

use super::measured::{Measured, Report, judge, knee};
use crate::model::format;

/// The sentence over the curve.
#[must_use]
pub fn headline(points: &[Measured], reported: u32) -> Option<String> {
    let (knee, report) = (knee(points)?, judge(points, reported)?);
    let (gained, workers) = (format::ratio(knee.throughput), counted(knee.workers, "worker"));
    let cores = counted(reported, "core");
    Some(match report {
        Report::True => format!("{workers} did {gained} the work of one: the {cores} that the browser reports."),
        Report::TooMany => {
            format!("{workers} did {gained} the work of one; more added little, though {cores} are reported.")
        }
        Report::TooFew => format!("{workers} did {gained} the work of one: more than the {cores} that are reported."),
    })
}

/// What else is true: why it may be so, and how even the workers were.
#[must_use]
pub fn more(points: &[Measured], reported: u32, inner: u32) -> Option<String> {
    let mut sentences = vec![
        match judge(points, reported)? {
            Report::True => "That number is the most that can run at once. More workers only take turns.",
            Report::TooMany => {
                "Others may be using the machine now, two reported cores may be the two halves of one, or it may be \
                 shared out among several. Run again when it is quiet."
            }
            Report::TooFew => "Some browsers report fewer cores on purpose, so that people are harder to tell apart.",
        }
        .to_owned(),
    ];
    if inner > 1 {
        sentences.push(format!(
            "With {inner} inner threads each, every worker keeps {inner} cores busy: the curve ends so much earlier."
        ));
    }
    let within = |it: &&Measured| it.busy > 1 && it.busy <= reported;
    if let Some(point) = points.iter().rev().filter(within).find(|it| it.is_unequal()) {
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

fn counted(number: u32, noun: &str) -> String {
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
        assert_eq!(headline(&[], 2), None);
    }

    #[test]
    fn what_is_clamped_or_shared_is_named() {
        let more = |cores, reported, inner| more(&machine(cores, reported, inner), reported, inner).unwrap();
        assert!(more(8, 2, 1).contains("fewer cores on purpose"));
        assert!(more(4, 8, 1).contains("halves of one"));
        assert!(more(8, 8, 4).contains("4 inner threads"));
    }

    #[test]
    fn a_guess_is_set_beside_what_came() {
        let points = machine(2, 2, 1);
        assert!(feedback(Report::True, &points, 2).unwrap().ends_with("so it was."));
        assert!(feedback(Report::TooFew, &points, 2).unwrap().contains("it was “as many as are reported”"));
    }
}
