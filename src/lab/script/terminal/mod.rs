//! What a script has printed, as a terminal would show it: carriage returns write over a
//! line, colours are colours, and of very much the first and the last lines are kept.
//!
//! ```text
//!   pieces ─▶ sequence ─▶ the last lines, which may still change ─▶ blocks, which don't
//!                                                                  first ones … last ones
//! ```

mod look;
mod row;
mod sequence;

use std::collections::VecDeque;

pub use self::look::Look;
use self::row::Row;
use self::sequence::{Erased, Reader, Step};
use crate::model::format;

/// So many last lines can still be written over.
const ROWS: usize = 24;
/// A line that is longer goes on in the next row, as on a terminal that is so wide.
const COLUMNS: usize = 500;
/// How far a tab leads.
const TAB: usize = 8;
/// A block is full from so many bytes on.
const BLOCK_BYTES: usize = 8 << 10;
/// What a change of looks counts, bytes: a page has to lay that out, too.
const SPAN_BYTES: usize = 64;
/// So many first blocks are kept, and as many last ones: a page lays more out too slowly.
const KEPT: usize = 16;

/// A piece of text that looks the same all over.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Span {
    /// How it looks.
    pub look: Look,
    /// The text, with the ends of lines.
    pub text: String,
}

/// Lines that no longer change, once there is another block behind them.
#[derive(Clone, Debug, Default)]
pub struct Block {
    /// Counts the blocks, from 0.
    pub number: usize,
    /// What is in it.
    pub spans: Vec<Span>,
    weight: usize,
    lines: u64,
}

/// A terminal without an end below; `default` is an empty one.
#[derive(Debug)]
pub struct Terminal {
    reader: Reader,
    look: Look,
    rows: VecDeque<Row>,
    row: usize,
    column: usize,
    blocks: VecDeque<Block>,
    /// How many blocks there have been.
    begun: usize,
    left_out: u64,
    is_cut: bool,
}

impl Default for Terminal {
    fn default() -> Self {
        Self {
            reader: Reader::default(),
            look: Look::default(),
            rows: VecDeque::from([Row::default()]),
            row: 0,
            column: 0,
            blocks: VecDeque::new(),
            begun: 0,
            left_out: 0,
            is_cut: false,
        }
    }
}

impl Terminal {
    /// Takes in what was printed; `is_error` says that it came by stderr.
    pub fn write(&mut self, is_error: bool, text: &str) {
        self.look.is_error = is_error;
        for letter in text.chars() {
            if let Some(step) = self.reader.read(letter) {
                self.take(step);
            }
        }
    }

    /// What no longer changes but for its end, oldest first: without what was left out.
    #[must_use]
    pub fn blocks(&self) -> &VecDeque<Block> {
        &self.blocks
    }

    /// The last lines.
    #[must_use]
    pub fn last_lines(&self) -> Vec<Span> {
        let mut spans = Vec::new();
        let last = self.rows.len().saturating_sub(1);
        for (index, row) in self.rows.iter().enumerate() {
            row.write_to(&mut spans, index < last);
        }
        spans
    }

    /// The block before which something was left out, and the sentence that says so.
    #[must_use]
    pub fn left_out(&self) -> Option<(usize, String)> {
        let first = self.blocks.get(KEPT).filter(|_| self.is_cut)?;
        let what = match self.left_out {
            0 => "Part of a long line was".to_owned(),
            1 => "One line was".to_owned(),
            lines => format!("{} lines were", format::count(lines)),
        };
        Some((first.number, format!("\n[{what} left out here.]\n")))
    }

    fn take(&mut self, step: Step) {
        match step {
            Step::Put(letter) => self.put(letter),
            Step::LineFeed => self.feed(),
            Step::Return => self.column = 0,
            Step::Back => self.column = self.column.saturating_sub(1),
            Step::Tab => self.tab(),
            Step::Erase(erased) => self.erase(erased),
            Step::Up(lines) => self.row = self.row.saturating_sub(lines),
            Step::Down(lines) => self.row = self.row.saturating_add(lines).min(self.rows.len() - 1),
            Step::Look => self.look.take(self.reader.numbers()),
        }
    }

    fn put(&mut self, letter: char) {
        if self.column >= COLUMNS {
            if let Some(row) = self.rows.get_mut(self.row) {
                row.goes_on = true;
            }
            self.feed();
        }
        let (column, look) = (self.column, self.look);
        if let Some(row) = self.rows.get_mut(self.row) {
            row.put(column, letter, look);
        }
        self.column += 1;
    }

    fn tab(&mut self) {
        let to = ((self.column / TAB + 1) * TAB).min(COLUMNS);
        if let Some(row) = self.rows.get_mut(self.row) {
            row.tab(self.column, to, self.look);
        }
        self.column = to;
    }

    fn erase(&mut self, erased: Erased) {
        let Some(row) = self.rows.get_mut(self.row) else { return };
        match erased {
            Erased::ToEnd => row.truncate(self.column),
            Erased::ToStart => row.blank(self.column),
            Erased::Whole => row.truncate(0),
        }
    }

    /// To the beginning of the next line.
    fn feed(&mut self) {
        if let Some(row) = self.rows.get_mut(self.row) {
            row.is_error = self.look.is_error;
        }
        (self.row, self.column) = (self.row + 1, 0);
        if self.row < self.rows.len() {
            return;
        }
        self.rows.push_back(Row::default());
        if self.rows.len() > ROWS
            && let Some(row) = self.rows.pop_front()
        {
            self.row -= 1;
            self.keep(&row);
        }
    }

    /// Puts a line where it no longer changes.
    fn keep(&mut self, row: &Row) {
        if self.blocks.back().is_none_or(|it| it.weight >= BLOCK_BYTES) {
            self.blocks.push_back(Block { number: self.begun, ..Block::default() });
            self.begun += 1;
            // What is being written to is beyond those that are kept.
            if self.blocks.len() > 2 * KEPT + 1
                && let Some(block) = self.blocks.remove(KEPT)
            {
                self.left_out += block.lines;
                self.is_cut = true;
            }
        }
        if let Some(block) = self.blocks.back_mut() {
            let spans = block.spans.len();
            block.weight += row.write_to(&mut block.spans, true) + SPAN_BYTES * (block.spans.len() - spans);
            block.lines += u64::from(!row.goes_on);
        }
    }
}

/// Adds text to spans, as part of the last one where it looks the same.
fn append(spans: &mut Vec<Span>, look: Look, letter: char) {
    match spans.last_mut() {
        Some(last) if last.look == look => last.text.push(letter),
        _ => spans.push(Span { look, text: letter.into() }),
    }
}

/// Takes what a terminal shows as one text (for tests).
#[cfg(test)]
fn shown(terminal: &Terminal) -> String {
    let left_out = terminal.left_out();
    let mut text = String::new();
    for block in terminal.blocks() {
        if let Some((_, sentence)) = left_out.as_ref().filter(|it| it.0 == block.number) {
            text.push_str(sentence);
        }
        text.extend(block.spans.iter().map(|it| it.text.as_str()));
    }
    text.extend(terminal.last_lines().into_iter().map(|it| it.text));
    text
}

#[cfg(test)]
mod tests;
