//! Brackets, separators and line breaks around the texts of elements.

/// What stands for the elements between the edges.
const SUMMARY: &str = "...";

/// Where texts of elements go.
pub(super) struct Layout<'a> {
    pub(super) shape: &'a [usize],
    pub(super) separator: &'a str,
    /// How many elements of each end are shown, where not all are.
    pub(super) edge: Option<usize>,
}

impl Layout<'_> {
    /// The whole text; lines after the first are indented by `indent`.
    pub(super) fn text(&self, indent: usize, width: isize, element: &dyn Fn(&[usize]) -> String) -> String {
        self.nested(&mut Vec::with_capacity(self.shape.len()), indent, width, element)
    }

    fn nested(
        &self,
        index: &mut Vec<usize>,
        indent: usize,
        width: isize,
        element: &dyn Fn(&[usize]) -> String,
    ) -> String {
        let Some(&length) = self.shape.get(index.len()) else { return element(index) };
        let blanks = " ".repeat(indent);
        let axes_left = self.shape.len() - index.len();
        let mut parts = |position: usize| {
            index.push(position);
            let text = self.nested(index, indent + 1, width - 1, element);
            index.pop();
            text
        };
        let text = if axes_left == 1 {
            let reserved = self.separator.trim_end().chars().count().max(1);
            let mut row = Row::new(&blanks, width.saturating_sub_unsigned(reserved));
            for shown in self.shown(length) {
                match shown {
                    Some(position) => row.add(&parts(position)),
                    None => row.extend(SUMMARY),
                }
                if shown.is_none_or(|position| position + 1 < length) {
                    row.push(self.separator);
                }
            }
            row.finish()
        } else {
            let between = self.separator.trim_end().to_owned() + &"\n".repeat(axes_left - 1);
            let rows: Vec<_> = self
                .shown(length)
                .map(|shown| blanks.clone() + &shown.map_or_else(|| SUMMARY.to_owned(), &mut parts))
                .collect();
            rows.join(&between)
        };
        format!("[{}]", text.get(indent..).unwrap_or_default())
    }

    /// The positions along an axis that are shown; nothing is where others are left out.
    fn shown(&self, length: usize) -> impl Iterator<Item = Option<usize>> {
        let edge = self.edge.filter(|edge| length > edge.saturating_mul(2));
        let (leading, trailing) = match edge {
            // The last element is shown even where no edges are asked for.
            Some(edge) => (0..edge, length - edge.max(1)..length),
            None => (0..0, 0..length),
        };
        leading.map(Some).chain(edge.map(|_| None)).chain(trailing.map(Some))
    }
}

/// A line that grows, and those before it.
struct Row<'a> {
    done: String,
    line: String,
    /// How many characters the line has.
    width: usize,
    limit: isize,
    blanks: &'a str,
}

impl<'a> Row<'a> {
    fn new(blanks: &'a str, limit: isize) -> Self {
        Self { done: String::new(), line: blanks.to_owned(), width: blanks.len(), limit, blanks }
    }

    fn push(&mut self, text: &str) {
        self.line.push_str(text);
        self.width += text.chars().count();
    }

    fn break_line(&mut self, indent: usize) {
        self.done.push_str(self.line.trim_end());
        self.done.push('\n');
        self.line = " ".repeat(indent);
        self.width = indent;
    }

    /// Whether a text of so many characters needs a new line, and gains by it.
    fn overflows(&self, characters: usize) -> bool {
        isize::try_from(self.width + characters).is_ok_and(|end| end > self.limit) && self.width > self.blanks.len()
    }

    fn extend(&mut self, word: &str) {
        if self.overflows(word.chars().count()) {
            self.break_line(self.blanks.len());
        }
        self.push(word);
    }

    /// Adds a text that can have lines of its own: they're kept below each other.
    fn add(&mut self, word: &str) {
        let lines: Vec<_> = word.lines().collect();
        let [first, rest @ ..] = &*lines else { return };
        if rest.is_empty() {
            return self.extend(word);
        }
        let widest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        if self.overflows(widest) {
            self.break_line(self.blanks.len());
        }
        let indent = self.width;
        self.push(first);
        let mut last = *first;
        for line in rest {
            self.break_line(indent);
            self.push(line);
            last = line;
        }
        self.push(&" ".repeat(widest - last.chars().count()));
    }

    fn finish(mut self) -> String {
        self.done.push_str(&self.line);
        self.done
    }
}
