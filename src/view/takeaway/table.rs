//! Figures as columns and rows, unrounded; what they are a lab says.

use super::machine::Machine;
use crate::model::parameter::number;

/// One value of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Field {
    /// Nothing: it does not apply.
    Empty,
    /// Decimal digits, with a point and perhaps an exponent.
    Number(String),
    /// Anything else.
    Text(String),
}

impl Field {
    /// Words.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    /// A real number with all its digits; empty where it is not finite.
    #[must_use]
    pub fn real(value: f64) -> Self {
        if value.is_finite() { Self::Number(number::shortest(value)) } else { Self::Empty }
    }

    /// A whole number.
    #[must_use]
    pub fn whole(value: u32) -> Self {
        Self::Number(value.to_string())
    }

    /// A text as what it looks like: a number, or words.
    #[must_use]
    pub fn of(text: String) -> Self {
        let is_number = number::decimal(&text).is_some_and(f64::is_finite);
        if is_number { Self::Number(text) } else { Self::Text(text) }
    }
}

impl From<Option<f64>> for Field {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::real)
    }
}

impl From<Option<u32>> for Field {
    fn from(value: Option<u32>) -> Self {
        value.map_or(Self::Empty, Self::whole)
    }
}

/// Headings, and rows of as many fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns' names, with their units last.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Field>>,
}

impl Table {
    /// With the machine beside each row.
    #[must_use]
    pub fn on(mut self, machine: &Machine) -> Self {
        let yes_or_no = |is_so: bool| Field::text(if is_so { "true" } else { "false" });
        let fields = [
            ("cores", Field::whole(machine.cores)),
            ("isolated", yes_or_no(machine.is_isolated)),
            ("clock_resolution_ms", Field::real(machine.clock_resolution_ms)),
            ("browser", Field::text(machine.user_agent.as_str())),
            ("build", Field::text(machine.build.as_str())),
            ("date", Field::text(machine.date.as_str())),
        ];
        self.heads.extend(fields.iter().map(|(head, _)| (*head).to_owned()));
        for row in &mut self.rows {
            row.extend(fields.iter().map(|(_, field)| field.clone()));
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::super::machine::tests::machine;
    use super::*;

    #[test]
    fn numbers_are_told_from_words() {
        assert_eq!(Field::of("2.5".into()), Field::Number("2.5".into()));
        assert_eq!(Field::of("auto".into()), Field::Text("auto".into()));
        assert_eq!(Field::from(Some(f64::NAN)), Field::Empty);
        assert_eq!(Field::real(0.1 + 0.2), Field::Number("0.30000000000000004".into()));
    }

    #[test]
    fn the_machine_stands_beside_each_row() {
        let table = Table { heads: vec!["speedup".into()], rows: vec![vec![Field::real(2.0)], vec![Field::Empty]] };
        let table = table.on(&machine());
        assert!(table.rows.iter().all(|row| row.len() == table.heads.len()));
        assert_eq!(table.rows[1][1], Field::Number("8".into()));
        assert_eq!(table.rows[1][2], Field::Text("true".into()));
    }
}
