//! Form fields of a script: constants at its top, in the notebooks' convention
//! `MEMBERS = 100  #@param {type: "integer", min: 1, max: 1000}`. The line is
//! the only place where a value stands: a field writes it, and reads it.

use super::annotation::{Kind, kind};
use crate::model::parameter::number::decimal;

/// What begins an annotation.
const MARK: &str = "#@param";
/// Fields that are shown, at most.
const MOST: usize = 12;

/// A constant that is a form field.
#[derive(Clone, Debug, PartialEq)]
pub struct Field {
    /// The constant's name.
    pub name: String,
    /// What it may be.
    pub kind: Kind,
    /// Its value, as the field shows it: a text without quotes.
    pub value: String,
    /// Its line, from 0.
    pub line: usize,
    /// Where in the line the value stands, bytes.
    place: (usize, usize),
}

/// An annotation that was not understood.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Malformed {
    /// Its line, from 1.
    pub line: usize,
    /// Why: a clause.
    pub reason: String,
}

impl Malformed {
    /// For learners.
    #[must_use]
    pub fn sentence(&self) -> String {
        format!("Line {} has no field: {}.", self.line, self.reason)
    }
}

/// A value that a field could not take as it was given.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Refused {
    /// What is allowed.
    pub allowed: String,
    /// What is used.
    pub used: String,
}

/// The fields of a script, in order, and the annotations that make none.
#[must_use]
pub fn fields(source: &str) -> (Vec<Field>, Vec<Malformed>) {
    let (mut found, mut malformed): (Vec<Field>, _) = (Vec::new(), Vec::new());
    for (index, line) in source.lines().enumerate() {
        let Some((_, annotation)) = line.split_once(MARK) else { continue };
        // Only what begins in the first column is a constant of the script.
        if !line.starts_with(|it: char| it.is_ascii_alphabetic() || it == '_') {
            continue;
        }
        match field(line, annotation, index) {
            Ok(field) if found.iter().any(|it| it.name == field.name) => {
                malformed
                    .push(Malformed { line: index + 1, reason: format!("{} has one in a line above", field.name) });
            }
            Ok(_) if found.len() == MOST => {
                malformed.push(Malformed { line: index + 1, reason: format!("a script has at most {MOST}") });
            }
            Ok(field) => found.push(field),
            Err(reason) => malformed.push(Malformed { line: index + 1, reason }),
        }
    }
    (found, malformed)
}

fn field(line: &str, annotation: &str, index: usize) -> Result<Field, String> {
    let equals = line.find('=').ok_or("it needs NAME = value before #@param")?;
    let name = line[..equals].trim_end();
    let is_name = name.chars().all(|it| it.is_ascii_alphanumeric() || it == '_');
    if !is_name || line[equals + 1..].starts_with('=') {
        return Err("it needs NAME = value before #@param".into());
    }
    let kind = kind(annotation.trim())?;
    let start = equals + 1 + line[equals + 1..].len() - line[equals + 1..].trim_start().len();
    let text = line[start..].find(MARK).map_or(&line[start..], |mark| line[start..start + mark].trim_end());
    let literal = literal(text);
    let value = read(&kind, literal).ok_or_else(|| format!("{name} is no {}", kind.noun()))?;
    Ok(Field { name: name.to_owned(), kind, value, line: index, place: (start, start + literal.len()) })
}

/// The literal at the beginning of a text: a string to its closing quote, or
/// all before a comment.
fn literal(text: &str) -> &str {
    if let Some(quote) = text.chars().next().filter(|it| matches!(it, '"' | '\'')) {
        let mut is_escaped = false;
        for (index, character) in text.char_indices().skip(1) {
            if character == quote && !is_escaped {
                return &text[..=index];
            }
            is_escaped = character == '\\' && !is_escaped;
        }
    }
    text.split('#').next().unwrap_or_default().trim_end()
}

/// A literal of Python as the field shows it.
fn read(kind: &Kind, literal: &str) -> Option<String> {
    match kind {
        Kind::Integer(_) => literal.replace('_', "").parse::<i64>().ok().map(|it| it.to_string()),
        Kind::Number(_) => {
            let number = decimal(&literal.replace('_', "")).filter(|it| it.is_finite())?;
            Some(number.to_string())
        }
        Kind::Boolean => match literal {
            "True" | "False" => Some(literal.to_owned()),
            _ => None,
        },
        Kind::Text(_) => {
            let quote = literal.chars().next().filter(|it| matches!(it, '"' | '\''))?;
            let inside = literal.get(1..literal.len().checked_sub(1)?)?;
            literal.ends_with(quote).then(|| inside.replace("\\\"", "\"").replace("\\'", "'").replace("\\\\", "\\"))
        }
    }
}

impl Field {
    /// Whether its own line keeps to what it says is allowed; else what is, and what is used: a
    /// script runs as it is written.
    #[must_use]
    pub fn problem(&self) -> Option<Refused> {
        let is_allowed = self.kind.taken(&self.value).is_some_and(|taken| taken == self.value);
        (!is_allowed).then(|| Refused { allowed: self.kind.allowed(), used: self.value.clone() })
    }

    /// The script with this value in the field's line, whatever else stands
    /// there; and what was wrong with the value, if anything.
    #[must_use]
    pub fn write(&self, source: &str, given: &str) -> (String, Option<Refused>) {
        let taken = self.kind.taken(given);
        let used = taken.clone().unwrap_or_else(|| self.value.clone());
        let is_as_given = taken.is_some_and(|it| is_same(&self.kind, &it, given.trim()));
        let refused = (!is_as_given).then(|| Refused { allowed: self.kind.allowed(), used: used.clone() });
        let literal = match &self.kind {
            Kind::Text(_) => format!("\"{}\"", used.replace('\\', "\\\\").replace('"', "\\\"")),
            // As Python writes a float.
            Kind::Number(_) if used.parse::<i64>().is_ok() => format!("{used}.0"),
            _ => used,
        };
        let lines = source.split_inclusive('\n').enumerate().map(|(index, line)| {
            let (start, end) = self.place;
            match (line.get(..start), line.get(end..)) {
                (Some(before), Some(after)) if index == self.line => format!("{before}{literal}{after}"),
                _ => line.to_owned(),
            }
        });
        (lines.collect(), refused)
    }
}

fn is_same(kind: &Kind, one: &str, other: &str) -> bool {
    match kind {
        Kind::Integer(_) | Kind::Number(_) => decimal(one) == decimal(other),
        Kind::Boolean | Kind::Text(_) => one == other,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SCRIPT: &str = "\
import time
MEMBERS = 100  #@param {type: \"integer\", min: 1, max: 1000}
DT = 0.01  # a step #@param {type: \"number\", min: 0.0, max: 0.1, step: 0.005}
GUARD = True #@param {type: \"boolean\"}
WAY = 'fork#1'  #@param [\"fork#1\", \"spawn\"]
NAME = \"x\"  #@param {type: \"string\"}
    LOCAL = 1  #@param {type: \"integer\"}
";

    fn one(line: &str) -> Result<Field, String> {
        let (fields, malformed) = fields(line);
        fields.into_iter().next().ok_or_else(|| malformed.first().map(|it| it.reason.clone()).unwrap_or_default())
    }

    #[test]
    fn constants_with_an_annotation_are_fields() {
        let (fields, malformed) = fields(SCRIPT);
        let found: Vec<_> = fields.iter().map(|it| (it.name.as_str(), it.value.as_str(), it.line)).collect();
        let expected =
            [("MEMBERS", "100", 1), ("DT", "0.01", 2), ("GUARD", "True", 3), ("WAY", "fork#1", 4), ("NAME", "x", 5)];
        assert_eq!(found, expected);
        assert_eq!(malformed, []);
    }

    #[test]
    fn a_field_changes_its_line_and_nothing_else() {
        let (fields, _) = fields(SCRIPT);
        let changed = |index: usize, value: &str| {
            let (script, refused) = fields[index].write(SCRIPT, value);
            assert_eq!(refused, None, "{value}");
            let changed: Vec<_> = script.lines().zip(SCRIPT.lines()).filter(|(a, b)| a != b).map(|it| it.0).collect();
            changed.join("|")
        };
        assert_eq!(changed(0, "1000"), "MEMBERS = 1000  #@param {type: \"integer\", min: 1, max: 1000}");
        assert!(changed(1, "0.015").starts_with("DT = 0.015  # a step #@param"));
        assert_eq!(changed(2, "False"), "GUARD = False #@param {type: \"boolean\"}");
        assert!(changed(3, "spawn").starts_with("WAY = \"spawn\"  #@param"));
        assert_eq!(changed(4, "a \"b\" \\"), "NAME = \"a \\\"b\\\" \\\\\"  #@param {type: \"string\"}");
    }

    #[test]
    fn what_a_field_writes_it_reads() {
        let (known, _) = fields(SCRIPT);
        let (script, _) = known[4].write(SCRIPT, "a \"b\" c");
        assert_eq!(fields(&script).0[4].value, "a \"b\" c");
        let (script, _) = known[1].write(SCRIPT, "0");
        assert!(script.contains("DT = 0.0  #"), "{script}");
        assert_eq!(fields(&script).0[1].value, "0");
    }

    #[test]
    fn what_is_out_of_range_is_told_with_what_is_used() {
        let (known, _) = fields(SCRIPT);
        let refused = |index: usize, value: &str| known[index].write(SCRIPT, value).1.unwrap();
        assert_eq!(refused(0, "5000").used, "1000");
        assert_eq!(refused(0, "5000").allowed, "a whole number from 1 to 1000");
        assert_eq!(refused(0, "many").used, "100");
        assert_eq!(refused(0, "1e999").used, "100");
        assert_eq!(refused(1, "0.0071").used, "0.005");
        assert_eq!(refused(3, "exec").used, "fork#1");
        assert_eq!(refused(4, "a\nb").used, "x");
        let by_hand = one("N = 70  #@param {type: \"integer\", max: 9}").unwrap();
        assert_eq!(by_hand.problem().unwrap().used, "70");
        assert_eq!(known.iter().find_map(Field::problem), None);
    }

    #[test]
    fn malformed_annotations_make_no_field_and_say_why() {
        for (line, reason) in [
            ("N = 1  #@param", "followed by"),
            ("N = 1  #@param {type: \"date\"}", "no type"),
            ("N = 1  #@param {min: 1}", "says no type"),
            ("N = 1  #@param {type: \"integer\", min: x}", "min is no number"),
            ("N = 1  #@param {type: \"integer\", min: 2, max: 1}", "above max"),
            ("N = 1  #@param {type: \"integer\", often: 1}", "often"),
            ("N = f()  #@param {type: \"integer\"}", "N is no whole number"),
            ("N = x  #@param {type: \"string\"}", "text in quotes"),
            ("N == 1  #@param {type: \"integer\"}", "NAME = value"),
            ("N = 'a' #@param [", "does not end"),
            ("N = 'a' #@param []", "no texts"),
        ] {
            let told = one(line).unwrap_err();
            assert!(told.contains(reason), "{line}: {told}");
        }
        let (fields, malformed) = fields("N = 1  #@param {type: \"integer\"}\nN = 2  #@param {type: \"integer\"}\n");
        assert_eq!((fields.len(), malformed[0].line), (1, 2));
        assert!(malformed[0].sentence().starts_with("Line 2 has no field: N has one"));
    }
}
