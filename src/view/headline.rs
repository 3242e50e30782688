//! A sentence over a run: words, and figures in their executor's colour.

use std::fmt;

use crate::model::settings::Executor;

/// A part of a headline.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Piece {
    /// Plain words.
    Words(String),
    /// A measured figure, or a name, that belongs to an executor.
    Figure(Executor, String),
}

/// A sentence with figures.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Headline {
    /// Its parts in order.
    pub pieces: Vec<Piece>,
}

impl Headline {
    /// A sentence without figures.
    #[must_use]
    pub fn plain(words: impl Into<String>) -> Self {
        Self::default().words(words)
    }

    /// Goes on with plain words.
    #[must_use]
    pub fn words(mut self, words: impl Into<String>) -> Self {
        self.pieces.push(Piece::Words(words.into()));
        self
    }

    /// Goes on with a figure of an executor.
    #[must_use]
    pub fn figure(mut self, executor: Executor, text: impl Into<String>) -> Self {
        self.pieces.push(Piece::Figure(executor, text.into()));
        self
    }

    /// Goes on with another sentence.
    #[must_use]
    pub fn followed_by(mut self, next: Self) -> Self {
        self.pieces.push(Piece::Words(" ".into()));
        self.pieces.extend(next.pieces);
        self
    }
}

/// Fails a test where a headline is more than one sentence of at most 25 words.
#[cfg(test)]
#[track_caller]
pub fn assert_one_sentence(said: &str) {
    let words = said.split_whitespace().count();
    assert!((1..=25).contains(&words), "{words} words: {said}");
    let ends = [". ", "! ", "? "].iter().map(|end| said.matches(end).count()).sum::<usize>();
    assert_eq!(ends, 0, "more than one sentence: {said}");
}

impl fmt::Display for Headline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Words(text) | Piece::Figure(_, text) => formatter.write_str(text),
        })
    }
}
