//! A line that can still be written over.

use super::look::Look;
use super::{Span, append};

/// Where a tab leads on to: nothing that could be seen.
const FILLED: char = '\0';

#[derive(Clone, Copy, Debug)]
struct Cell {
    letter: char,
    look: Look,
}

const BLANK: Cell = Cell { letter: ' ', look: Look { ink: None, ground: None, is_bold: false, is_error: false } };

/// Cell by cell.
#[derive(Clone, Debug, Default)]
pub(super) struct Row {
    cells: Vec<Cell>,
    /// The next row belongs to the same line.
    pub(super) goes_on: bool,
    /// Its end was printed to stderr.
    pub(super) is_error: bool,
}

impl Row {
    /// Writes a letter, over what is there.
    pub(super) fn put(&mut self, column: usize, letter: char, look: Look) {
        self.reach(column);
        self.break_tab(column);
        let cell = Cell { letter, look };
        match self.cells.get_mut(column) {
            Some(there) => *there = cell,
            None => self.cells.push(cell),
        }
    }

    /// Leads on to a column: over what is there, or by a tab where nothing is.
    pub(super) fn tab(&mut self, from: usize, to: usize, look: Look) {
        if from >= self.cells.len() {
            self.reach(from);
            self.cells.push(Cell { letter: '\t', look });
            self.cells.resize(to, Cell { letter: FILLED, look });
        } else {
            self.reach(to);
        }
    }

    /// Takes away what stands from a column on.
    pub(super) fn truncate(&mut self, column: usize) {
        self.break_tab(column);
        self.cells.truncate(column);
    }

    /// Takes away what stands up to a column.
    pub(super) fn blank(&mut self, column: usize) {
        self.break_tab(column + 1);
        self.cells.iter_mut().take(column + 1).for_each(|it| *it = BLANK);
    }

    /// Adds what is in it to spans; says how many bytes that are. A line's end looks as what is before it.
    pub(super) fn write_to(&self, spans: &mut Vec<Span>, has_end: bool) -> usize {
        let letters = self.cells.iter().filter(|it| it.letter != FILLED);
        let mut bytes = 0;
        for cell in letters {
            append(spans, cell.look, cell.letter);
            bytes += cell.letter.len_utf8();
        }
        if has_end && !self.goes_on {
            let look = self.cells.last().map_or(Look { is_error: self.is_error, ..BLANK.look }, |it| it.look);
            append(spans, look, '\n');
            bytes += 1;
        }
        bytes
    }

    /// Has blanks up to a column.
    fn reach(&mut self, column: usize) {
        if self.cells.len() < column {
            self.cells.resize(column, BLANK);
        }
    }

    /// A tab of which a part is written over is blanks from then on.
    fn break_tab(&mut self, column: usize) {
        if !self.cells.get(column).is_some_and(|it| it.letter == FILLED || it.letter == '\t') {
            return;
        }
        let is_of_it = |it: &Cell| it.letter == FILLED;
        let begin = self.cells[..=column].iter().rposition(|it| !is_of_it(it)).unwrap_or_default();
        let length = 1 + self.cells[begin + 1..].iter().take_while(|it| is_of_it(it)).count();
        self.cells[begin..begin + length].iter_mut().for_each(|it| it.letter = ' ');
    }
}
