//! A setting's value, and how it is written.

use super::kind::AUTO;
use super::number;

/// What a setting has.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// A whole number.
    Whole(u32),
    /// A real number.
    Real(f64),
    /// One of the words of a choice.
    Word(&'static str),
    /// Some words of a subset, in their order.
    Words(Vec<&'static str>),
    /// A text.
    Text(String),
    /// The lab's own rule.
    Auto,
}

impl Value {
    /// The value as the URL writes it, before it is encoded.
    #[must_use]
    pub fn text(&self) -> String {
        match self {
            Self::Whole(value) => value.to_string(),
            Self::Real(value) => number::shortest(*value),
            Self::Word(word) => (*word).to_owned(),
            Self::Words(words) => words.join(","),
            Self::Text(text) => text.clone(),
            Self::Auto => AUTO.to_owned(),
        }
    }

    /// The value as messages have it: numbers as numbers, lists as arrays.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        match self {
            Self::Whole(value) => (*value).into(),
            Self::Real(value) => (*value).into(),
            Self::Words(words) => words.iter().copied().collect(),
            Self::Word(_) | Self::Text(_) | Self::Auto => self.text().into(),
        }
    }
}

/// What a lab's code reads a value as.
pub trait FromValue: Default {
    /// The value, if it is of this kind.
    fn from_value(value: &Value) -> Option<Self>;
    /// The value of a setting.
    fn to_value(&self) -> Value;
}

impl FromValue for u32 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Whole(value) = value { Some(*value) } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Whole(*self)
    }
}

impl FromValue for f64 {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Real(value) = value { Some(*value) } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Real(*self)
    }
}

impl FromValue for String {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Text(text) = value { Some(text.clone()) } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Text(self.clone())
    }
}

impl FromValue for &'static str {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Word(word) = value { Some(word) } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Word(self)
    }
}

/// `on` or `off`.
impl FromValue for bool {
    fn from_value(value: &Value) -> Option<Self> {
        if let Value::Word(word) = value { Some(*word == "on") } else { None }
    }

    fn to_value(&self) -> Value {
        Value::Word(if *self { "on" } else { "off" })
    }
}
