//! The sentence over a race: words, and figures in their executor's colour.

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

impl fmt::Display for Headline {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.pieces.iter().try_for_each(|piece| match piece {
            Piece::Words(text) | Piece::Figure(_, text) => formatter.write_str(text),
        })
    }
}
