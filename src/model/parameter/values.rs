//! Every setting of the open lab with its effective value.

use serde_json::Map;

use super::{Kind, Parameter, Value};
use crate::model::lab::Lab;

/// The values of a lab's settings; each is within its range, whoever gave it.
#[derive(Clone, Debug)]
pub struct Values {
    lab: &'static Lab,
    cores: u32,
    /// In the order of the lab's parameters.
    values: Vec<Value>,
}

impl PartialEq for Values {
    fn eq(&self, other: &Self) -> bool {
        self.lab.name == other.lab.name && self.values == other.values
    }
}

impl Values {
    /// The contract's defaults on a machine with `cores` logical cores.
    #[must_use]
    pub fn defaults(lab: &'static Lab, cores: u32) -> Self {
        Self { lab, cores, values: lab.parameters().map(|it| it.default_value(cores)).collect() }
    }

    /// The lab that these are the settings of.
    #[must_use]
    pub fn lab(&self) -> &'static Lab {
        self.lab
    }

    /// Logical cores of the machine that the defaults are for.
    #[must_use]
    pub fn cores(&self) -> u32 {
        self.cores
    }

    /// What a setting of this lab has.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.values.get(self.place(name)?)
    }

    /// What a setting has, as the URL writes it; empty where this lab has no such setting.
    #[must_use]
    pub fn text(&self, name: &str) -> String {
        self.get(name).map(Value::text).unwrap_or_default()
    }

    /// What a setting has, if that is a whole number.
    #[must_use]
    pub fn whole(&self, name: &str) -> Option<u32> {
        if let Some(Value::Whole(value)) = self.get(name) { Some(*value) } else { None }
    }

    /// Puts a value that is known to be allowed; one of another lab's settings is ignored.
    pub fn put(&mut self, name: &str, value: Value) {
        if let Some(slot) = self.place(name).and_then(|place| self.values.get_mut(place)) {
            *slot = value;
        }
    }

    /// The settings of another lab: what both have stays, if both allow the same; the
    /// rest is as everybody finds it.
    #[must_use]
    pub fn of_lab(&self, lab: &'static Lab) -> Self {
        let mut values = Self::defaults(lab, self.cores);
        for (parameter, value) in self.all() {
            // A script is one lab's own, whatever both allow.
            let is_script = matches!(parameter.kind, Kind::Text { .. });
            let is_shared = !is_script && lab.parameter(parameter.name).is_some_and(|it| it.is_same(parameter));
            if is_shared {
                values.put(parameter.name, value.clone());
            }
        }
        values
    }

    /// All settings with their values, in the order of URLs.
    pub fn all(&self) -> impl Iterator<Item = (&'static Parameter, &Value)> {
        self.lab.parameters().zip(&self.values)
    }

    /// What differs from the defaults: names, and values as the URL writes them before it is encoded.
    #[must_use]
    pub fn differences(&self) -> Vec<(&'static str, String)> {
        let differs = |(parameter, value): &(&Parameter, &Value)| parameter.default_value(self.cores) != **value;
        self.all().filter(differs).map(|(parameter, value)| (parameter.name, value.text())).collect()
    }

    /// Every setting, as messages have it.
    #[must_use]
    pub fn json(&self) -> serde_json::Value {
        let mut object = Map::new();
        object.insert("lab".into(), self.lab.name.into());
        object.extend(self.all().map(|(parameter, value)| (parameter.name.into(), value.json())));
        object.into()
    }

    fn place(&self, name: &str) -> Option<usize> {
        self.lab.parameters().position(|it| it.name == name)
    }
}

impl Parameter {
    /// Whether what one allows, the other allows too.
    fn is_same(&self, other: &Self) -> bool {
        self.name == other.name && self.kind.allowed(|_| None) == other.kind.allowed(|_| None)
    }
}
