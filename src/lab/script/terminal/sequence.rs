//! What a terminal is told besides text: control characters, and sequences that begin with ESC.

/// Numbers of a sequence that are kept; what has more of them is for colours we don't have.
const NUMBERS: usize = 16;
/// A sequence that has not ended after so many characters is none: what follows is text again.
const LONGEST: usize = 4096;

/// What part of a line is erased.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Erased {
    ToEnd,
    ToStart,
    Whole,
}

/// One thing to do.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Step {
    Put(char),
    LineFeed,
    Return,
    Back,
    Tab,
    Erase(Erased),
    /// So many lines.
    Up(usize),
    /// So many lines.
    Down(usize),
    /// The reader's numbers say how what follows looks.
    Look,
}

#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
enum State {
    #[default]
    Text,
    /// Behind ESC.
    Escape,
    /// Behind ESC and what says that one character more follows.
    Charset,
    /// Behind ESC [.
    Control,
    /// In a title, a link, and what else is for the terminal's window.
    Words,
}

/// Reads character by character; a sequence may come in several pieces.
#[derive(Debug, Default)]
pub(super) struct Reader {
    state: State,
    /// Characters of the sequence so far.
    length: usize,
    numbers: [u16; NUMBERS],
    last: usize,
    /// It is of a kind that we don't know.
    is_unknown: bool,
}

impl Reader {
    /// The numbers of the sequence that has just ended.
    pub(super) fn numbers(&self) -> &[u16] {
        &self.numbers[..=self.last.min(NUMBERS - 1)]
    }

    /// What a character asks for, if anything.
    pub(super) fn read(&mut self, letter: char) -> Option<Step> {
        match letter {
            '\x1b' => {
                self.enter(State::Escape);
                return None;
            }
            // A line's end ends what has gone wrong, too: else it would swallow all that follows.
            '\n' | '\x0b' | '\x0c' => {
                self.state = State::Text;
                return Some(Step::LineFeed);
            }
            '\x07' | '\x18' | '\x1a' => {
                self.state = State::Text;
                return None;
            }
            _ => {}
        }
        if self.state != State::Text {
            self.length += 1;
            if self.length > LONGEST {
                self.state = State::Text;
            }
        }
        match self.state {
            State::Words => None,
            _ if letter.is_control() => control(letter),
            State::Text => Some(Step::Put(letter)),
            _ if !letter.is_ascii() => {
                self.state = State::Text;
                Some(Step::Put(letter))
            }
            State::Control => self.control_sequence(letter),
            State::Escape | State::Charset => {
                self.escaped(letter);
                None
            }
        }
    }

    fn enter(&mut self, state: State) {
        *self = Self { state, ..Self::default() };
    }

    fn escaped(&mut self, letter: char) {
        let state = match letter {
            '[' if self.state == State::Escape => State::Control,
            ']' | 'P' | 'X' | '^' | '_' if self.state == State::Escape => State::Words,
            ' '..='/' => State::Charset,
            _ => State::Text,
        };
        self.state = state;
    }

    fn control_sequence(&mut self, letter: char) -> Option<Step> {
        match letter {
            '0'..='9' => {
                if let (Some(number), Some(digit)) = (self.numbers.get_mut(self.last), letter.to_digit(10)) {
                    *number = number.saturating_mul(10).saturating_add(u16::try_from(digit).unwrap_or_default());
                }
            }
            ';' => self.last = self.last.saturating_add(1),
            '@'..='~' => {
                self.state = State::Text;
                return if self.is_unknown { None } else { self.ended(letter) };
            }
            _ => self.is_unknown = true,
        }
        None
    }

    fn ended(&self, letter: char) -> Option<Step> {
        let number = self.numbers[0];
        let lines = usize::from(number.max(1));
        match (letter, number) {
            ('m', _) => Some(Step::Look),
            ('K', 0) => Some(Step::Erase(Erased::ToEnd)),
            ('K', 1) => Some(Step::Erase(Erased::ToStart)),
            ('K', 2) => Some(Step::Erase(Erased::Whole)),
            ('A', _) => Some(Step::Up(lines)),
            ('B', _) => Some(Step::Down(lines)),
            _ => None,
        }
    }
}

fn control(letter: char) -> Option<Step> {
    match letter {
        '\r' => Some(Step::Return),
        '\x08' => Some(Step::Back),
        '\t' => Some(Step::Tab),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn steps(text: &str) -> Vec<Step> {
        let mut reader = Reader::default();
        text.chars().filter_map(|letter| reader.read(letter)).collect()
    }

    fn put(text: &str) -> Vec<Step> {
        text.chars().map(Step::Put).collect()
    }

    #[test]
    fn what_is_not_known_leaves_nothing() {
        let unknown = [
            "\x1b[2J",
            "\x1b[?25l",
            "\x1b[10;20H",
            "\x1b[4:3m",
            "\x1b]0;a title\x07",
            "\x1b]8;;https://a.b\x1b\\",
            "\x1b(B",
            "\x1b7",
            "\x1bc",
            "\x1bPwords\x1b\\",
            "\x1b[>4;2m",
            "\x07",
            "\x00",
            "\x7f",
            "\u{9b}",
            "\x1b[3",
        ];
        for sequence in unknown {
            assert_eq!(steps(sequence), [], "{sequence:?}");
        }
        assert_eq!(steps("\x1b]0;a title\x07b"), put("b"));
        assert_eq!(steps("\x1b[3é"), put("é"));
    }

    #[test]
    fn a_sequence_without_an_end_swallows_no_line() {
        assert_eq!(steps("\x1b]0;never\na"), [Step::LineFeed, Step::Put('a')]);
        assert_eq!(steps("\x1b[12\na"), [Step::LineFeed, Step::Put('a')]);
        let endless = format!("\x1b[{}", "1;".repeat(1_000_000));
        assert!(steps(&endless).len() > 1_990_000);
        let endless = format!("\x1b]{}", "a".repeat(LONGEST + 9));
        assert_eq!(steps(&endless), put("aaaaaaaaaa"));
    }

    #[test]
    fn numbers_are_read_and_bounded() {
        let mut reader = Reader::default();
        let read = |reader: &mut Reader, text: &str| text.chars().filter_map(|it| reader.read(it)).last();
        assert_eq!(read(&mut reader, "\x1b[1;31m"), Some(Step::Look));
        assert_eq!(reader.numbers(), [1, 31]);
        assert_eq!(read(&mut reader, "\x1b[m"), Some(Step::Look));
        assert_eq!(reader.numbers(), [0]);
        assert_eq!(read(&mut reader, &format!("\x1b[{}99999999m", "7;".repeat(40))), Some(Step::Look));
        assert_eq!(reader.numbers(), [7; NUMBERS]);
        assert_eq!(read(&mut reader, "\x1b[A"), Some(Step::Up(1)));
        assert_eq!(read(&mut reader, "\x1b[99999999B"), Some(Step::Down(65535)));
        assert_eq!(read(&mut reader, "\x1b[2K"), Some(Step::Erase(Erased::Whole)));
    }
}
