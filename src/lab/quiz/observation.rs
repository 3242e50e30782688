//! What a student says of a run: who was first, and by about how much; and how that
//! compares with the figures.

use super::standing::{Outcome, Way};
use crate::model::format;

/// Who is said to have been first.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum First {
    /// This way: an index.
    Way(usize),
    /// Nobody clearly.
    Close,
}

/// A range of factors that can be said: from, to, and its words.
pub const FACTORS: [(f64, f64, &str); 5] = [
    (1.0, 1.5, "a little"),
    (1.5, 3.0, "about 2 ×"),
    (3.0, 6.0, "about 4 ×"),
    (6.0, 12.0, "about 8 ×"),
    (12.0, f64::INFINITY, "12 × or more"),
];

/// So far beyond a range's ends, it is still about that.
const MARGIN: f64 = 1.2;

/// What is said of a run.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Observation {
    /// Who.
    pub first: First,
    /// By about how much: an index of [`FACTORS`]; not asked where nobody was first, or nothing can
    /// be set beside the first.
    pub factor: Option<usize>,
}

/// Whether by how much is asked of such a first.
#[must_use]
pub fn asks_factor(first: First, ways: &[Way]) -> bool {
    let with_figure = ways.iter().filter(|it| it.figure().is_some_and(|figure| figure != 0.0)).count();
    matches!(first, First::Way(_)) && with_figure > 1
}

/// The figures in a sentence.
#[must_use]
pub fn figures(ways: &[Way], outcome: &Outcome) -> String {
    let is_time = ways.iter().any(Way::is_time);
    let label = |at: usize| ways.get(at).map_or("", |it| it.label.as_str());
    match outcome {
        Outcome::Won(at, factor) => {
            let by = factor.map(|it| {
                let than = if is_time { "as fast as" } else { "as much as" };
                let last = if ways.len() > 2 { "the last" } else { "the other" };
                format!(", {} {than} {last}", format::ratio(it))
            });
            let word = if is_time { "first" } else { "most" };
            format!("By the figures, “{}” was {word}{}.", label(*at), by.unwrap_or_default())
        }
        Outcome::Close(ways) => {
            let labels: Vec<_> = ways.iter().map(|at| format!("“{}”", label(*at))).collect();
            let labels: Vec<_> = labels.iter().map(String::as_str).collect();
            format!("By the figures, {} are too close to call.", format::list(&labels))
        }
        Outcome::TooCoarse => "This clock is too coarse to tell.".into(),
        Outcome::Nothing => "There are no figures.".into(),
    }
}

impl Observation {
    /// Whether the figures say the same.
    #[must_use]
    pub fn fits(&self, outcome: &Outcome) -> bool {
        let is_about = |said: usize, factor: f64| {
            FACTORS.get(said).is_some_and(|(from, to, _)| factor * MARGIN >= *from && factor <= *to * MARGIN)
        };
        match (outcome, self.first) {
            (Outcome::Won(at, factor), First::Way(said)) => {
                *at == said && self.factor.zip(*factor).is_none_or(|(said, factor)| is_about(said, factor))
            }
            (Outcome::Close(_), First::Close) | (Outcome::TooCoarse | Outcome::Nothing, _) => true,
            _ => false,
        }
    }

    /// What is said of it: a sentence or two.
    #[must_use]
    pub fn said(&self, ways: &[Way], outcome: &Outcome) -> String {
        let is_one_of = |ways: &[usize]| matches!(self.first, First::Way(said) if ways.contains(&said));
        let begin = match outcome {
            _ if self.fits(outcome) => "You saw it as it was.",
            Outcome::Close(ways) if is_one_of(ways) => "Nearly.",
            _ => "Look once more.",
        };
        format!("{begin} {}", figures(ways, outcome))
    }

    /// For a table and for messages: `threads_ms, about 16 ×`.
    #[must_use]
    pub fn text(&self, ways: &[Way]) -> String {
        let first = match self.first {
            First::Way(at) => ways.get(at).map_or("", |it| it.label.as_str()),
            First::Close => "too close to call",
        };
        let factor = self.factor.and_then(|at| FACTORS.get(at)).map(|it| format!(", {}", it.2));
        format!("{first}{}", factor.unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::standing::Amount;
    use super::*;

    fn ways(figures: &[f64]) -> Vec<Way> {
        let way = |(at, figure): (usize, &f64)| Way {
            told: format!("{at}_ms"),
            label: format!("way {at}"),
            amount: Amount::Figure(*figure),
        };
        figures.iter().enumerate().map(way).collect()
    }

    #[test]
    fn about_is_not_to_the_digit() {
        let said = |first, factor| Observation { first, factor };
        let won = Outcome::Won(1, Some(15.8));
        assert!(said(First::Way(1), Some(4)).fits(&won) && said(First::Way(1), None).fits(&won));
        assert!(!said(First::Way(1), Some(2)).fits(&won) && !said(First::Way(0), Some(4)).fits(&won));
        assert!(!said(First::Close, None).fits(&won));
        let near = Outcome::Won(0, Some(3.2));
        assert!(said(First::Way(0), Some(1)).fits(&near) && said(First::Way(0), Some(2)).fits(&near));
        let close = Outcome::Close(vec![0, 1]);
        assert!(said(First::Close, None).fits(&close) && !said(First::Way(0), None).fits(&close));
        assert!(said(First::Way(0), Some(0)).fits(&Outcome::TooCoarse), "what can't be told is nobody's mistake");
    }

    #[test]
    fn what_was_seen_is_set_beside_the_figures() {
        let ways = ways(&[1600.0, 100.0]);
        let said = Observation { first: First::Way(0), factor: Some(4) };
        let told = said.said(&ways, &Outcome::Won(1, Some(16.0)));
        assert_eq!(told, "Look once more. By the figures, “way 1” was first, 16 × as fast as the other.");
        let near = said.said(&ways, &Outcome::Close(vec![1, 0]));
        assert_eq!(near, "Nearly. By the figures, “way 1” and “way 0” are too close to call.");
        assert_eq!(said.text(&ways), "way 0, 12 × or more");
        assert!(asks_factor(First::Way(0), &ways) && !asks_factor(First::Close, &ways));
    }
}
