//! Settings in messages: the `settings` object that `finished` posts and `set`
//! takes back.

use serde_json::{Map, Number, Value, json};

use super::super::settings::{Chunk, Settings};
use super::parameter::Parameter;
use super::problem::{Problem, Problems};
use super::{number, settle, unknown};

/// Characters that a nested value is described with.
const DESCRIPTION_CHARS: usize = 60;

/// Every setting with its effective value: numbers as numbers, lists as arrays.
#[must_use]
pub fn settings_to_json(settings: &Settings) -> Value {
    let mut object = Map::new();
    for parameter in Parameter::ALL {
        let parameters = &settings.parameters;
        let value = match parameter {
            Parameter::Members => json!(settings.members),
            Parameter::Steps => json!(settings.steps),
            Parameter::Dt => json!(parameters.dt),
            Parameter::Sigma => json!(parameters.sigma),
            Parameter::Rho => json!(parameters.rho),
            Parameter::Beta => json!(parameters.beta),
            Parameter::Seed => json!(settings.seed),
            Parameter::Workers => json!(settings.workers),
            Parameter::Repeats => json!(settings.repeats),
            Parameter::Executors => settings.executors.iter().map(|executor| executor.name()).collect(),
            Parameter::Chunk => match settings.chunk {
                Chunk::Auto => json!("auto"),
                Chunk::Members(members) => json!(members),
            },
            Parameter::Switch => json!(settings.switch_interval_ms),
            Parameter::Lab
            | Parameter::Program
            | Parameter::Code
            | Parameter::Gil
            | Parameter::Kernel
            | Parameter::Pool
            | Parameter::Start
            | Parameter::Gather
            | Parameter::Theme => json!(parameter.text(settings)),
        };
        object.insert(parameter.name().into(), value);
    }
    Value::Object(object)
}

/// Merges the parameters of a `set` message: the URL's names and checks, with
/// JSON's numbers and arrays beside the URL's texts.
#[must_use]
pub fn apply_params(settings: &Settings, params: &Map<String, Value>, defaults: &Settings) -> (Settings, Vec<Problem>) {
    let mut settings = settings.clone();
    let mut problems = Problems::default();
    for (name, value) in params {
        match Parameter::from_name(name) {
            Some(Parameter::Chunk) => {}
            Some(parameter) => {
                problems.extend(parameter.set(&mut settings, &text(parameter, value), defaults));
            }
            None => problems.push(|| unknown(name, &described(value))),
        }
    }
    if let Some(value) = params.get(Parameter::Chunk.name()) {
        let text = text(Parameter::Chunk, value);
        problems.extend(Parameter::Chunk.set(&mut settings, &text, defaults));
    }
    problems.extend(settle(&mut settings));
    (settings, problems.into_list())
}

/// The text that the URL would have for a JSON value. What the URL could not
/// say becomes a text that no parameter takes.
fn text(parameter: Parameter, value: &Value) -> String {
    match value {
        Value::String(text) => text.clone(),
        Value::Number(number) => number_text(parameter, number),
        Value::Array(items) if parameter == Parameter::Executors => {
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
fn number_text(parameter: Parameter, number: &Number) -> String {
    match number.as_f64() {
        Some(value) if number.is_f64() => {
            if parameter.is_integer() && value.fract() == 0.0 {
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
