//! Settings in messages: what `finished` posts, `set` takes back.

use serde_json::{Map, Number, Value};

use super::{LAB, settle, unknown};
use crate::model::lab::Catalogue;
use crate::model::parameter::problem::Problems;
use crate::model::parameter::{Kind, Parameter, Problem, Values, number};

/// Characters that a nested value is described with.
const DESCRIPTION_CHARS: usize = 60;

/// Merges the parameters of a `set` message: the URL's names and checks, with
/// JSON's numbers and arrays beside the URL's texts. Another lab's settings are
/// ignored; the lab itself stays, for another lab is another page.
#[must_use]
pub fn apply_params(values: &Values, params: &Map<String, Value>, catalogue: &Catalogue) -> (Values, Vec<Problem>) {
    let mut values = values.clone();
    let lab = values.lab();
    let mut problems = Problems::default();
    let mut dependent = Vec::new();
    for (name, value) in params {
        match lab.parameter(name) {
            Some(parameter) if parameter.kind.depends_on().is_some() => dependent.push((parameter, value)),
            Some(parameter) => problems.extend(parameter.take(&mut values, &text(parameter, value))),
            None if name == LAB => {
                if value.as_str() != Some(lab.name) {
                    let given = value.as_str().map_or_else(|| described(value), ToOwned::to_owned);
                    let allowed = format!("{}, the lab that is open", lab.name);
                    problems.push(|| Problem::new(LAB, &given, allowed, lab.name.into()));
                }
            }
            None if catalogue.knows(name) => {}
            None => problems.push(|| unknown(lab, name, &described(value))),
        }
    }
    for (parameter, value) in dependent {
        problems.extend(parameter.take(&mut values, &text(parameter, value)));
    }
    problems.extend(settle(&mut values));
    (values, problems.into_list())
}

/// The text that the URL would have for a JSON value. What the URL could not
/// say becomes a text that no parameter takes.
fn text(parameter: &Parameter, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(parameter, number),
        Value::Array(items) if matches!(parameter.kind, Kind::Subset(_)) => {
            let names: Vec<_> = items
                .iter()
                .map(|item| match item {
                    Value::String(name) => name.replace(',', ";"),
                    other => described(other),
                })
                .collect();
            names.join(",")
        }
        other => described(other),
    }
}

/// An integral float counts as an integer: JSON knows one kind of number.
fn number_text(parameter: &Parameter, number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() => {
            if parameter.kind.is_whole() && value.fract() == 0.0 {
                format!("{value:.0}")
            } else {
                number::shortest(value)
            }
        }
        _ => number.to_string(),
    }
}

/// The beginning of a value's JSON, with bounded work however large it is.
fn described(value: &Value) -> String {
    let mut description = String::new();
    describe(value, &mut description, 0);
    description
}

fn describe(value: &Value, into: &mut String, depth: usize) {
    if into.len() > DESCRIPTION_CHARS {
        return;
    }
    match value {
        Value::Null => into.push_str("null"),
        Value::Bool(value) => into.push_str(if *value { "true" } else { "false" }),
        Value::Number(number) => into.push_str(&number.to_string()),
        Value::String(text) => {
            into.push('"');
            into.extend(text.chars().take(DESCRIPTION_CHARS));
            into.push('"');
        }
        Value::Array(_) | Value::Object(_) if depth > 2 => into.push('…'),
        Value::Array(items) => {
            into.push('[');
            for (index, item) in items.iter().take(DESCRIPTION_CHARS).enumerate() {
                if index > 0 {
                    into.push_str(", ");
                }
                describe(item, into, depth + 1);
            }
            into.push(']');
        }
        Value::Object(entries) => {
            into.push('{');
            for (index, (name, item)) in entries.iter().take(DESCRIPTION_CHARS).enumerate() {
                if index > 0 {
                    into.push_str(", ");
                }
                into.extend(name.chars().take(DESCRIPTION_CHARS));
                into.push_str(": ");
                describe(item, into, depth + 1);
            }
            into.push('}');
        }
    }
}
