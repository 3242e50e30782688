//! Which lines somebody has taken, in which order, how far indented; and what a key does to that.

/// Levels of four spaces, at most.
const MOST_INDENT: u32 = 6;
/// Lines that can be taken, at most: as many as no problem has.
const MOST_LINES: usize = 40;

/// Lines in order.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Arrangement(Vec<Placed>);

#[derive(Clone, Debug, Eq, PartialEq)]
struct Placed {
    id: String,
    indent: u32,
}

/// What can be done with a line that was taken.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Move {
    /// Before the line that stands before it.
    Up,
    /// Behind the next one.
    Down,
    /// A level less.
    Outdent,
    /// A level more.
    Indent,
    /// Out of the program.
    Away,
}

impl Move {
    /// All of them, with their words for people.
    pub const ALL: [(Self, &'static str, &'static str); 5] = [
        (Self::Up, "up", "↑ Up"),
        (Self::Down, "down", "↓ Down"),
        (Self::Outdent, "outdent", "← Outdent"),
        (Self::Indent, "indent", "→ Indent"),
        (Self::Away, "away", "Leave it out"),
    ];

    /// What a key of the keyboard (`KeyboardEvent.key`) does; `None` for keys that mean nothing here.
    #[must_use]
    pub fn of_key(key: &str) -> Option<Self> {
        Some(match key {
            "ArrowUp" => Self::Up,
            "ArrowDown" => Self::Down,
            "ArrowLeft" => Self::Outdent,
            "ArrowRight" => Self::Indent,
            "Delete" | "Backspace" => Self::Away,
            _ => return None,
        })
    }
}

impl FromIterator<(String, u32)> for Arrangement {
    fn from_iter<T: IntoIterator<Item = (String, u32)>>(lines: T) -> Self {
        Self(lines.into_iter().map(|(id, indent)| Placed { id, indent }).collect())
    }
}

impl Arrangement {
    /// What a message or a file has for it; of what is none, what can be read.
    #[must_use]
    pub fn of_text(text: &str) -> Self {
        let line = |word: &str| {
            let (id, indent) = word.rsplit_once(':')?;
            Some((id.to_owned(), indent.parse().ok().filter(|it| *it <= MOST_INDENT)?))
        };
        text.split(' ').filter_map(line).take(MOST_LINES).collect()
    }

    /// In one line, for messages: `guard:0 pool:1`.
    #[must_use]
    pub fn text(&self) -> String {
        self.iter().map(|(id, indent)| format!("{id}:{indent}")).collect::<Vec<_>>().join(" ")
    }

    /// The lines' ids, and how far each is indented.
    pub fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.0.iter().map(|it| (it.id.as_str(), it.indent))
    }

    /// How many lines there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.0.len()
    }

    /// Where this line stands: an index.
    #[must_use]
    pub fn place(&self, id: &str) -> Option<usize> {
        self.0.iter().position(|it| it.id == id)
    }

    /// The line at this place.
    #[must_use]
    pub fn at(&self, place: usize) -> Option<&str> {
        self.0.get(place).map(|it| it.id.as_str())
    }

    /// Takes a line, below all others and as far indented as the last.
    pub fn take(&mut self, id: &str) {
        if self.place(id).is_none() {
            let indent = self.0.last().map_or(0, |it| it.indent);
            self.0.push(Placed { id: id.to_owned(), indent });
        }
    }

    /// Moves a line. What can't go further stays.
    pub fn apply(&mut self, id: &str, to: Move) {
        let Some(place) = self.place(id) else { return };
        let last = self.0.len() - 1;
        match to {
            Move::Up => self.0.swap(place, place.saturating_sub(1)),
            Move::Down => self.0.swap(place, (place + 1).min(last)),
            Move::Outdent => self.0[place].indent = self.0[place].indent.saturating_sub(1),
            Move::Indent => self.0[place].indent = (self.0[place].indent + 1).min(MOST_INDENT),
            Move::Away => drop(self.0.remove(place)),
        }
    }

    /// Where a line of these words is now: a sentence.
    #[must_use]
    pub fn said(&self, id: &str, text: &str) -> String {
        match self.place(id).and_then(|place| Some((place, self.0.get(place)?.indent))) {
            Some((place, indent)) => {
                let how = match indent {
                    0 => "not indented".to_owned(),
                    1 => "indented once".to_owned(),
                    more => format!("indented {more} times"),
                };
                format!("Line {} of {}, {how}: {text}", place + 1, self.count())
            }
            None => format!("Left out: {text}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn taken(ids: &[&str]) -> Arrangement {
        let mut all = Arrangement::default();
        for id in ids {
            all.take(id);
        }
        all
    }

    #[test]
    fn a_line_goes_where_the_keys_say() {
        let mut all = taken(&["a", "b", "c", "b"]);
        assert_eq!(all.text(), "a:0 b:0 c:0", "none is taken twice");
        let mut press = |id: &str, key: &str| {
            all.apply(id, Move::of_key(key).unwrap());
            all.text()
        };
        assert_eq!(press("c", "ArrowUp"), "a:0 c:0 b:0");
        assert_eq!(press("a", "ArrowUp"), "a:0 c:0 b:0", "there is no higher");
        assert_eq!(press("b", "ArrowDown"), "a:0 c:0 b:0");
        assert_eq!(press("a", "ArrowLeft"), "a:0 c:0 b:0");
        assert_eq!(press("b", "ArrowRight"), "a:0 c:0 b:1");
        assert_eq!(press("c", "Delete"), "a:0 b:1");
        all.take("c");
        assert_eq!(all.text(), "a:0 b:1 c:1", "as far indented as the last");
        assert_eq!(all.said("c", "x"), "Line 3 of 3, indented once: x");
        assert_eq!(all.said("d", "y"), "Left out: y");
        assert_eq!(Move::of_key("Enter"), None);
    }

    proptest! {
        #[test]
        fn whatever_is_pressed_each_line_is_there_once(moves in proptest::collection::vec((0..4_usize, 0..6_usize), 0..60)) {
            let mut all = Arrangement::default();
            for (line, to) in moves {
                let id = ["a", "b", "c", "d"][line];
                match Move::ALL.get(to) {
                    Some((to, ..)) => all.apply(id, *to),
                    None => all.take(id),
                }
                let mut ids: Vec<_> = all.iter().map(|it| it.0).collect();
                ids.sort_unstable();
                ids.dedup();
                prop_assert_eq!(ids.len(), all.count());
                prop_assert_eq!(Arrangement::of_text(&all.text()), all.clone());
            }
        }

        #[test]
        fn whatever_is_given_is_read(text in "\\PC*") {
            let all = Arrangement::of_text(&text);
            prop_assert_eq!(Arrangement::of_text(&all.text()), all);
        }
    }
}
