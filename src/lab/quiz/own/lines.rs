//! On which line of a JSON text each field stands. The text is known to be JSON: `serde_json`
//! has read it, which tells no lines of what it has read.

/// Where each field stands, and which stands there twice.
#[derive(Debug, Default)]
pub struct Lines {
    places: Vec<(String, usize)>,
    twice: Vec<String>,
}

impl Lines {
    /// Of a text that is JSON.
    #[must_use]
    pub fn of(json: &str) -> Self {
        let mut scan = Scan { bytes: json.as_bytes(), at: 0, line: 1, lines: Self::default() };
        scan.value(String::new());
        scan.lines
    }

    /// The line of `questions[2].key`; of what is not there, that of what it would be in.
    #[must_use]
    pub fn line(&self, field: &str) -> usize {
        let mut field = field;
        loop {
            if let Some((_, line)) = self.places.iter().find(|it| it.0 == field) {
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

    fn value(&mut self, path: String) {
        self.skip();
        let line = self.line;
        match self.next() {
            Some(b'{') => self.table(&path),
            Some(b'[') => self.list(&path),
            Some(b'"') => drop(self.text()),
            _ => {
                while self.next().is_some_and(|it| !it.is_ascii_whitespace() && !b",]}".contains(&it)) {
                    self.step();
                }
            }
        }
        self.lines.places.push((path, line));
    }

    fn table(&mut self, path: &str) {
        self.step();
        let mut names = Vec::new();
        loop {
            self.skip();
            if self.next() != Some(b'"') {
                return self.step();
            }
            let name = self.text();
            let place = field(path, &name);
            if names.contains(&name) {
                self.lines.twice.push(place.clone());
            }
            names.push(name);
            self.value(place);
        }
    }

    fn list(&mut self, path: &str) {
        self.step();
        for index in 0.. {
            self.skip();
            if matches!(self.next(), Some(b']') | None) {
                return self.step();
            }
            self.value(format!("{path}[{index}]"));
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
                prop::collection::btree_map("[a-z\"\\\\]{0,3}", inner, 0..5)
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
                prop_assert!(lines.places.iter().all(|it| it.1 <= text.lines().count()));
            }
        }
    }
}
