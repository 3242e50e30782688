//! Reads a lab's data, field by field. Readers derived by serde would weigh several
//! times as much; and an error has to name the field that somebody wrote.

use serde_json::{Map, Value};

/// What can be read from data.
pub(in crate::lab) trait Read: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What is wrong with it: a clause that begins with where.
    fn read(value: Value) -> Result<Self, String>;
}

fn not(what: &str, value: &Value) -> String {
    format!("{value} is not {what}")
}

impl Read for String {
    fn read(value: Value) -> Result<Self, String> {
        match value {
            Value::String(text) => Ok(text),
            other => Err(not("a text", &other)),
        }
    }
}

impl Read for bool {
    fn read(value: Value) -> Result<Self, String> {
        value.as_bool().ok_or_else(|| not("true or false", &value))
    }
}

impl Read for f64 {
    fn read(value: Value) -> Result<Self, String> {
        value.as_f64().ok_or_else(|| not("a number", &value))
    }
}

impl Read for u32 {
    fn read(value: Value) -> Result<Self, String> {
        let number = value.as_u64().and_then(|number| Self::try_from(number).ok());
        number.ok_or_else(|| not("a whole number", &value))
    }
}

impl<T: Read> Read for Option<T> {
    fn read(value: Value) -> Result<Self, String> {
        T::read(value).map(Some)
    }
}

impl<T: Read> Read for Vec<T> {
    fn read(value: Value) -> Result<Self, String> {
        let Value::Array(values) = value else { return Err(not("a list", &value)) };
        let item = |(index, value)| T::read(value).map_err(|error| format!("{}: {error}", index + 1));
        values.into_iter().enumerate().map(item).collect()
    }
}

/// A table of whatever names: few of them.
#[derive(Clone, Debug, PartialEq)]
pub struct Named<T>(Vec<(String, T)>);

impl<T> Default for Named<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T> Named<T> {
    /// What stands under this name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&T> {
        self.iter().find(|it| it.0 == name).map(|it| &it.1)
    }

    /// All of it, with the names.
    pub fn iter(&self) -> impl Iterator<Item = &(String, T)> {
        self.0.iter()
    }
}

impl<T: Read> Read for Named<T> {
    fn read(value: Value) -> Result<Self, String> {
        let item = |(name, value)| match T::read(value) {
            Ok(value) => Ok((name, value)),
            Err(error) => Err(format!("{name}: {error}")),
        };
        table(value)?.into_iter().map(item).collect::<Result<_, _>>().map(Self)
    }
}

fn table(value: Value) -> Result<Map<String, Value>, String> {
    match value {
        Value::Object(table) => Ok(table),
        other => Err(not("a table", &other)),
    }
}

/// One of a few words.
pub(in crate::lab) fn word<T: Copy>(value: Value, words: &[(&str, T)]) -> Result<T, String> {
    let found = value.as_str().and_then(|text| words.iter().find(|word| word.0 == text));
    let allowed = || words.iter().map(|word| word.0).collect::<Vec<_>>().join(", ");
    found.map(|word| word.1).ok_or_else(|| not(&format!("one of {}", allowed()), &value))
}

/// A table's fields that were not read yet, and what was wrong first. Who reads one
/// goes on whatever it was: to leave at each field would take up much room.
pub(in crate::lab) struct Fields {
    left: Map<String, Value>,
    wrong: Option<String>,
}

impl Fields {
    /// Those of a table.
    pub(in crate::lab) fn of(value: Value) -> Result<Self, String> {
        Ok(Self { left: table(value)?, wrong: None })
    }

    /// One that must be there.
    #[inline(never)]
    pub(in crate::lab) fn required<T: Read + Default>(&mut self, name: &str) -> T {
        if !self.left.contains_key(name) {
            self.wrong.get_or_insert_with(|| format!("{name} is missing"));
        }
        self.or_default(name)
    }

    /// One that may be left out.
    #[inline(never)]
    pub(in crate::lab) fn or_default<T: Read + Default>(&mut self, name: &str) -> T {
        let Some(value) = self.left.remove(name) else { return T::default() };
        T::read(value).unwrap_or_else(|error| {
            self.wrong.get_or_insert_with(|| format!("{name}: {error}"));
            T::default()
        })
    }

    /// All must have been read, and nothing wrong.
    pub(in crate::lab) fn end(self) -> Result<(), String> {
        let unknown = || self.left.keys().next().map(|name| format!("{name} is no field here"));
        self.wrong.or_else(unknown).map_or(Ok(()), Err)
    }
}

/// Has a struct be read from a table: fields that must be there; and those that may be
/// left out; and behind another `;` those that no data has. `in "name"` says what it is called
/// in the data, where that is another name.
macro_rules! read {
    ($type:ident {
        $($field:ident $(in $name:literal)?),* ;
        $($optional:ident $(in $other:literal)?),* $(,)?
        $(; $made:ident)?
    }) => {
        impl $crate::lab::script::data::Read for $type {
            fn read(value: serde_json::Value) -> Result<Self, String> {
                let mut fields = $crate::lab::script::data::Fields::of(value)?;
                let read = Self {
                    $($field: fields.required($crate::lab::script::data::named!($field $($name)?)),)*
                    $($optional: fields.or_default($crate::lab::script::data::named!($optional $($other)?)),)*
                    $($made: Default::default(),)?
                };
                fields.end().map(|()| read)
            }
        }
    };
}

macro_rules! named {
    ($field:ident) => {
        stringify!($field)
    };
    ($field:ident $name:literal) => {
        $name
    };
}

pub(in crate::lab) use {named, read};

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, PartialEq)]
    struct Thing {
        name: String,
        sizes: Vec<u32>,
        others: Named<f64>,
    }

    read!(Thing { name; sizes in "size", others });

    fn read(value: Value) -> Result<Thing, String> {
        Thing::read(value)
    }

    #[test]
    fn a_table_becomes_a_struct_by_its_fields_names() {
        let thing = Thing { name: "a".into(), sizes: vec![1, 2], others: Named(vec![("b".into(), 0.5)]) };
        assert_eq!(read(json!({ "name": "a", "size": [1, 2], "others": { "b": 0.5 } })), Ok(thing));
        assert!(read(json!({ "name": "" })).unwrap().sizes.is_empty());
    }

    #[test]
    fn what_is_wrong_is_told_with_where() {
        let wrong = |value| read(value).unwrap_err();
        assert_eq!(wrong(json!([])), "[] is not a table");
        assert_eq!(wrong(json!({ "size": [] })), "name is missing");
        assert_eq!(wrong(json!({ "name": 1 })), "name: 1 is not a text");
        assert_eq!(wrong(json!({ "name": "", "size": [1, -2] })), "size: 2: -2 is not a whole number");
        assert_eq!(wrong(json!({ "name": "", "others": { "b": true } })), "others: b: true is not a number");
        assert_eq!(wrong(json!({ "name": "", "nmae": "" })), "nmae is no field here");
        let words = [("one", 1), ("two", 2)];
        assert_eq!(word(json!("two"), &words), Ok(2));
        assert_eq!(word(json!("three"), &words).unwrap_err(), "\"three\" is not one of one, two");
    }
}
