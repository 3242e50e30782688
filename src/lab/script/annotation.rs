//! What an annotation says that a constant may be: `{type: "integer", min: 1}`,
//! or a list of texts.

use crate::model::parameter::number::decimal;

/// What a constant may be.
#[derive(Clone, Debug, PartialEq)]
pub enum Kind {
    /// A whole number.
    Integer(Range),
    /// A number.
    Number(Range),
    /// `True` or `False`.
    Boolean,
    /// A text; one of these, where there are any.
    Text(Vec<String>),
}

/// What a number may be; bounds count in.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Range {
    /// The least.
    pub min: Option<f64>,
    /// The most.
    pub max: Option<f64>,
    /// From one value to the next.
    pub step: Option<f64>,
}

impl Kind {
    pub(super) fn noun(&self) -> &'static str {
        match self {
            Self::Integer(_) => "whole number",
            Self::Number(_) => "number",
            Self::Boolean => "True or False",
            Self::Text(_) => "text in quotes",
        }
    }

    /// What is allowed, in words.
    #[must_use]
    pub fn allowed(&self) -> String {
        match self {
            Self::Integer(range) | Self::Number(range) => {
                let noun = self.noun();
                let step = range.step.map(|step| format!(", in steps of {step}")).unwrap_or_default();
                match (range.min, range.max) {
                    (Some(min), Some(max)) => format!("a {noun} from {min} to {max}{step}"),
                    (Some(min), None) => format!("a {noun} from {min}{step}"),
                    (None, Some(max)) => format!("a {noun} to {max}{step}"),
                    (None, None) => format!("a {noun}{step}"),
                }
            }
            Self::Boolean => "True or False".into(),
            Self::Text(options) if options.is_empty() => "a text of one line".into(),
            Self::Text(options) => format!("one of {}", options.join(", ")),
        }
    }

    /// The value that comes of what was given: itself, or the nearest that is
    /// allowed; `None` where there is none.
    pub(super) fn taken(&self, given: &str) -> Option<String> {
        let given = given.trim();
        match self {
            Self::Integer(range) => {
                let number = decimal(given).filter(|it| it.is_finite() && it.fract() == 0.0)?;
                Some(format!("{:.0}", range.nearest(number)))
            }
            Self::Number(range) => {
                let number = decimal(given).filter(|it| it.is_finite())?;
                Some(range.nearest(number).to_string())
            }
            Self::Boolean => matches!(given, "True" | "False").then(|| given.to_owned()),
            Self::Text(options) => {
                let is_allowed = options.is_empty() || options.iter().any(|it| it == given);
                (is_allowed && !given.contains(['\n', '\r'])).then(|| given.to_owned())
            }
        }
    }
}

impl Range {
    /// The nearest number that is allowed.
    fn nearest(&self, number: f64) -> f64 {
        let stepped = match self.step.filter(|it| *it > 0.0) {
            Some(step) => {
                let from = self.min.unwrap_or(0.0);
                let stepped = from + ((number - from) / step).round() * step;
                // Tenths have no exact float: their sums would show it.
                (stepped * 1e9).round() / 1e9
            }
            None => number,
        };
        stepped.max(self.min.unwrap_or(f64::NEG_INFINITY)).min(self.max.unwrap_or(f64::INFINITY))
    }
}

/// Reads what follows `#@param`.
///
/// # Errors
/// What is wrong with it: a clause.
pub(super) fn kind(annotation: &str) -> Result<Kind, String> {
    if annotation.starts_with('[') {
        let (list, _) = list(annotation)?;
        return Ok(Kind::Text(list));
    }
    let inside = annotation
        .strip_prefix('{')
        .and_then(|it| it.split_once('}'))
        .ok_or("#@param is followed by {type: …}, or by a list of texts")?
        .0;
    let (mut name, mut range, mut options) = (None, Range::default(), Vec::new());
    let mut rest = inside.trim();
    while !rest.is_empty() {
        let (key, after) = rest.split_once(':').ok_or("in {…} each name is followed by a colon")?;
        let after = after.trim_start();
        let (value, next) = if after.starts_with('[') {
            let (texts, next) = list(after)?;
            options = texts;
            ("", next)
        } else {
            after.split_once(',').map_or((after, ""), |(value, next)| (value, next))
        };
        let number = || decimal(value.trim()).filter(|it| it.is_finite());
        match key.trim().trim_matches(['"', '\'']) {
            "type" => name = Some(value.trim().trim_matches(['"', '\''])),
            "min" => range.min = Some(number().ok_or("min is no number")?),
            "max" => range.max = Some(number().ok_or("max is no number")?),
            "step" => range.step = Some(number().filter(|it| *it > 0.0).ok_or("step is no number above 0")?),
            "options" if after.starts_with('[') => {}
            "options" => return Err("options are a list of texts".into()),
            other => return Err(format!("there is no {other:?} in #@param")),
        }
        rest = next.trim_start().trim_start_matches(',').trim();
    }
    if range.min.zip(range.max).is_some_and(|(min, max)| min > max) {
        return Err("min is above max".into());
    }
    match name {
        Some("integer") => Ok(Kind::Integer(range)),
        Some("number" | "slider") => Ok(Kind::Number(range)),
        Some("boolean") => Ok(Kind::Boolean),
        Some("string") => Ok(Kind::Text(options)),
        Some(other) => Err(format!("{other:?} is no type: integer, number, boolean or string")),
        None => Err("#@param says no type".into()),
    }
}

/// The texts of `["a", "b"]`, and what follows it.
fn list(text: &str) -> Result<(Vec<String>, &str), String> {
    let (inside, rest) = text.trim_start_matches('[').split_once(']').ok_or("the list does not end")?;
    let texts: Vec<_> = inside.split(',').map(|it| it.trim().trim_matches(['"', '\'']).to_owned()).collect();
    if texts.iter().any(String::is_empty) {
        return Err("the list holds no texts".into());
    }
    Ok((texts, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_allowed_is_said() {
        let allowed = |annotation: &str| kind(annotation).unwrap().allowed();
        assert_eq!(allowed("{type: \"integer\", min: 1, max: 1000}"), "a whole number from 1 to 1000");
        assert_eq!(allowed("{type: 'number', max: 1, step: 0.5}"), "a number to 1, in steps of 0.5");
        assert_eq!(allowed("[\"fork\", \"spawn\"]"), "one of fork, spawn");
        assert_eq!(allowed("{type: \"string\", options: ['a', 'b']}"), "one of a, b");
        assert_eq!(allowed("{\"type\": \"boolean\"}"), "True or False");
    }

    #[test]
    fn steps_begin_at_the_least() {
        let taken = |given: &str| kind("{type: \"number\", min: 0.1, max: 1, step: 0.2}").unwrap().taken(given);
        assert_eq!(taken("0.55").as_deref(), Some("0.5"));
        assert_eq!(taken("7").as_deref(), Some("1"));
        assert_eq!(taken("nan"), None);
    }
}
