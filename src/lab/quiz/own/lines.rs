//! On which line of a JSON text each field stands. The text is known to be JSON: `serde_json`
//! has read it, which tells no lines of what it has read.
//!
//! A file has 200,000 bytes at most, but nothing keeps it from being of any shape: fields that the
//! format can't have, by their depth, their place or their name, are not noted. Of these the line of
//! what they are in is told.

use std::collections::{HashMap, HashSet};

/// Tables and lists in each other of which fields are noted.
const DEEPEST: usize = 8;
/// Entries of a list that are noted.
const ENTRIES: usize = 1000;
/// Bytes of the longest name that is noted.
const LONGEST_NAME: usize = 64;

/// Where each field stands, and which stands there twice.
#[derive(Debug, Default)]
pub struct Lines {
    places: HashMap<String, usize>,
    twice: Vec<String>,
}

impl Lines {
    /// Of a text that is JSON.
    #[must_use]
    pub fn of(json: &str) -> Self {
        let mut scan = Scan { bytes: json.as_bytes(), at: 0, line: 1, lines: Self::default() };
        scan.value(Some(String::new()), 0);
        scan.lines
    }

    /// The line of `questions[2].key`; of what is not there, that of what it would be in.
    #[must_use]
    pub fn line(&self, field: &str) -> usize {
        let mut field = field;
        loop {
            if let Some(line) = self.places.get(field) {
                return *line;
            }
            match field.rfind(['.', '[']) {
                Some(end) => field = &field[..end],
                None if field.is_empty() => return 1,
                None => field = "",
            }
        }
    }

    /// The fields that a table has twice, of which JSON keeps the last.
    #[must_use]
    pub fn twice(&self) -> &[String] {
        &self.twice
    }
}

/// The name of a table's field, from the file's beginning on.
#[must_use]
pub fn field(of: &str, name: &str) -> String {
    if of.is_empty() { name.to_owned() } else { format!("{of}.{name}") }
}

struct Scan<'a> {
    bytes: &'a [u8],
    at: usize,
    line: usize,
    lines: Lines,
}

impl Scan<'_> {
    fn next(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn step(&mut self) {
        self.line += usize::from(self.next() == Some(b'\n'));
        self.at += 1;
    }

    /// Goes past spaces and commas.
    fn skip(&mut self) {
        while self.next().is_some_and(|it| it.is_ascii_whitespace() || it == b',' || it == b':') {
            self.step();
        }
    }

    /// `path`: where it is noted.
    fn value(&mut self, path: Option<String>, depth: usize) {
        let path = path.filter(|_| depth <= DEEPEST);
        self.skip();
        let line = self.line;
        match self.next() {
            Some(b'{') => self.table(path.as_deref(), depth),
            Some(b'[') => self.list(path.as_deref(), depth),
            Some(b'"') => drop(self.text()),
            _ => {
                while self.next().is_some_and(|it| !it.is_ascii_whitespace() && !b",]}".contains(&it)) {
                    self.step();
                }
            }
        }
        if let Some(path) = path {
            self.lines.places.entry(path).or_insert(line);
        }
    }

    fn table(&mut self, path: Option<&str>, depth: usize) {
        self.step();
        let mut names = HashSet::new();
        loop {
            self.skip();
            if self.next() != Some(b'"') {
                return self.step();
            }
            let name = self.text();
            let place = path.filter(|_| name.len() <= LONGEST_NAME).map(|path| field(path, &name));
            if !names.insert(name) {
                self.lines.twice.extend(place.clone());
            }
            self.value(place, depth + 1);
        }
    }

    fn list(&mut self, path: Option<&str>, depth: usize) {
        self.step();
        for index in 0.. {
            self.skip();
            if matches!(self.next(), Some(b']') | None) {
                return self.step();
            }
            let place = path.filter(|_| index < ENTRIES).map(|path| format!("{path}[{index}]"));
            self.value(place, depth + 1);
        }
    }

    /// A text with its quotes, of which it gives what is meant.
    fn text(&mut self) -> String {
        let begin = self.at;
        self.step();
        while self.next().is_some_and(|it| it != b'"') {
            let is_escape = self.next() == Some(b'\\');
            self.step();
            if is_escape {
                self.step();
            }
        }
        self.step();
        self.bytes.get(begin..self.at).and_then(|it| serde_json::from_slice(it).ok()).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::Value;

    use super::*;

    #[test]
    fn fields_have_lines() {
        let json = "{\n \"a\": [1,\n  {\"b\\\"c\": \"x\\\"y}\", \n\"d\": {}}],\n \"a\": true }";
        let lines = Lines::of(json);
        let of = |field| lines.line(field);
        assert_eq!((of("a"), of("a[0]"), of("a[1]"), of("a[1].b\"c"), of("a[1].d")), (2, 2, 3, 3, 4));
        assert_eq!((of("a[1].d.none"), of("a[7].e"), of("none"), of("")), (4, 2, 1, 1));
        assert_eq!(lines.twice(), ["a"]);
    }

    #[test]
    fn what_no_format_has_takes_no_room() {
        let name = "k".repeat(60_000);
        let json =
            format!("{{\"{name}\": [{}1],\n \"a\": {}1{}}}", "1,".repeat(60_000), "[".repeat(100), "]".repeat(100));
        let lines = Lines::of(&json);
        assert!(lines.places.len() < 20, "{}", lines.places.len());
        assert!(lines.places.keys().all(|it| it.len() < 1000));
        assert_eq!((lines.line("a[0][0]"), lines.line(&format!("{name}[7]"))), (2, 1));
        let many: Vec<_> = (0..20_000).map(|it| format!("\"a{it}\":1")).collect();
        assert_eq!(Lines::of(&format!("{{{}}}", many.join(","))).places.len(), 20_001);
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            "\\PC{0,6}".prop_map(Value::from)
        ];
        leaf.prop_recursive(4, 30, 5, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map("[a-z\"\\\\]{1,3}", inner, 0..5)
                    .prop_map(|it| Value::Object(it.into_iter().collect()))
            ]
        })
    }

    fn count(value: &Value) -> usize {
        1 + match value {
            Value::Array(list) => list.iter().map(count).sum(),
            Value::Object(table) => table.values().map(count).sum(),
            _ => 0,
        }
    }

    proptest! {
        #[test]
        fn all_of_any_json_is_found(value in any_json()) {
            for text in [value.to_string(), serde_json::to_string_pretty(&value).unwrap()] {
                let lines = Lines::of(&text);
                prop_assert_eq!(lines.places.len(), count(&value));
                prop_assert!(lines.twice.is_empty());
                prop_assert!(lines.places.values().all(|line| *line <= text.lines().count()));
            }
        }
    }
}
