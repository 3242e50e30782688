//! A setting is declared once: its name, what it allows, its default, and its
//! label and hint in the words of its lab. URLs, messages, form fields, the
//! embed dialog, `docs/embed.md` and the shortcode all follow from that.
//!
//! ```text
//! settings! { pub struct … }  ──▶ the typed struct, as a lab's code reads it
//!                             ──▶ PARAMETERS, as everything else reads it
//! ```

mod declare;
mod kind;
pub mod number;
pub mod problem;
mod value;
mod values;

#[cfg(any(feature = "ui", not(target_family = "wasm")))]
pub(crate) use self::declare::settings;
pub(crate) use self::declare::words;
pub(crate) use self::kind::one_of;
pub use self::kind::{AUTO, Kind, Most};
use self::number::Reading;
pub use self::problem::Problem;
pub use self::value::{FromValue, Value};
pub use self::values::Values;
use crate::model::python::SWITCH_INTERVAL_MS;

/// Settings that are declared together, as a lab's code reads them.
pub trait Group: Sized {
    /// What each of them allows, in the order of URLs.
    const PARAMETERS: &'static [Parameter];

    /// The settings, of what `value` gives for each name.
    fn read(value: impl FnMut(&'static str) -> Option<Value>) -> Self;

    /// What each of them has, in the order of [`Self::PARAMETERS`].
    fn values(&self) -> Vec<Value>;

    /// Puts all of them into `values`, which have to be of a lab that has them.
    fn write_to(&self, values: &mut Values) {
        for (parameter, value) in Self::PARAMETERS.iter().zip(self.values()) {
            values.put(parameter.name, value);
        }
    }

    /// What one of them has, as the URL writes it.
    #[must_use]
    fn text(&self, name: &str) -> String {
        let mut all = Self::PARAMETERS.iter().zip(self.values());
        all.find(|(parameter, _)| parameter.name == name).map(|(_, value)| value.text()).unwrap_or_default()
    }

    /// What differs from the defaults on a machine with `cores` logical cores: names and texts.
    #[must_use]
    fn differences(&self, cores: u32) -> Vec<(&'static str, String)> {
        let all = Self::PARAMETERS.iter().zip(self.values());
        let differs = all.filter(|(parameter, value)| parameter.default_value(cores) != *value);
        differs.map(|(parameter, value)| (parameter.name, value.text())).collect()
    }

    /// What nobody has set, on a machine with `cores` logical cores.
    #[must_use]
    fn usual(cores: u32) -> Self {
        let parameter = |name| Self::PARAMETERS.iter().find(|it: &&Parameter| it.name == name);
        Self::read(|name| parameter(name).map(|it| it.default_value(cores)))
    }

    /// What the values of a lab have for them.
    #[must_use]
    fn of(values: &Values) -> Self {
        Self::read(|name| values.get(name).cloned())
    }
}

/// Most workers of a pool.
pub const MAX_WORKERS: u32 = 64;

/// A value beside the words that learners read of it.
pub type Word = (&'static str, &'static str);

/// What a setting is when nobody has said anything.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Usual {
    /// A whole number.
    Whole(u32),
    /// A real number.
    Real(f64),
    /// One of the choices.
    Word(&'static str),
    /// All of the words of a subset.
    All,
    /// Nothing: a text that stands for something else, see [`Parameter::stands_for`].
    Empty,
    /// The rule of the lab.
    Auto,
    /// As many as the machine has logical cores, within the range.
    Cores,
}

/// One setting.
#[derive(Debug)]
pub struct Parameter {
    /// The name in URLs and messages.
    pub name: &'static str,
    /// What it allows.
    pub kind: Kind,
    /// Its default.
    pub usual: Usual,
    /// What a form calls it.
    pub label: &'static str,
    /// What it means, where the label alone doesn't say it; else empty.
    pub hint: &'static str,
    /// What an empty text stands for, in words; else empty.
    pub stands_for: &'static str,
}

impl Parameter {
    const fn new(name: &'static str, kind: Kind, usual: Usual) -> Self {
        Self { name, kind, usual, label: name, hint: "", stands_for: "" }
    }

    /// A whole number from `least` to `most`.
    #[must_use]
    pub const fn whole(name: &'static str, usual: u32, least: u32, most: u32) -> Self {
        Self::new(name, Kind::Whole { least, most: Most::Fixed(most) }, Usual::Whole(usual))
    }

    /// A whole number from 1 to [`MAX_WORKERS`], usually the number of cores.
    #[must_use]
    pub const fn workers(name: &'static str) -> Self {
        Self::new(name, Kind::Whole { least: 1, most: Most::Fixed(MAX_WORKERS) }, Usual::Cores)
    }

    /// How long a thread waits for the GIL before it asks for it, ms.
    #[must_use]
    pub const fn switch_interval(name: &'static str) -> Self {
        Self::milliseconds(name, SWITCH_INTERVAL_MS, 0.01, 1000.0)
            .labelled("Switch interval, ms", "How long a thread waits for the GIL before it asks for it")
    }

    /// `auto`, or a whole number from 1 to what the setting of the name `most` has.
    #[must_use]
    pub const fn auto_or_up_to(name: &'static str, most: &'static str) -> Self {
        Self::new(name, Kind::AutoOrWhole { least: 1, most: Most::Of(most) }, Usual::Auto)
    }

    /// A real number from `least` to `most`.
    #[must_use]
    pub const fn real(name: &'static str, usual: f64, least: f64, most: f64) -> Self {
        Self::new(name, Kind::Real { least, most, unit: "", is_quotient: false }, Usual::Real(usual))
    }

    /// The same, in milliseconds.
    #[must_use]
    pub const fn milliseconds(name: &'static str, usual: f64, least: f64, most: f64) -> Self {
        Self::new(name, Kind::Real { least, most, unit: "milliseconds", is_quotient: false }, Usual::Real(usual))
    }

    /// A real number, which may also be given as a fraction.
    #[must_use]
    pub const fn quotient(name: &'static str, usual: f64, least: f64, most: f64) -> Self {
        Self::new(name, Kind::Real { least, most, unit: "", is_quotient: true }, Usual::Real(usual))
    }

    /// One of a few words.
    #[must_use]
    pub const fn choice(name: &'static str, usual: &'static str, words: &'static [Word]) -> Self {
        Self::new(name, Kind::Choice(words), Usual::Word(usual))
    }

    /// Some of a few words, in their order, and never none; usually all.
    #[must_use]
    pub const fn subset(name: &'static str, words: &'static [Word]) -> Self {
        Self::new(name, Kind::Subset(words), Usual::All)
    }

    /// A text; empty stands for `stands_for`.
    #[must_use]
    pub const fn text(name: &'static str, what: &'static str, most_chars: usize, stands_for: &'static str) -> Self {
        let kind = Kind::Text { what, most_chars };
        Self { stands_for, ..Self::new(name, kind, Usual::Empty) }
    }

    /// The same, called by these words.
    #[must_use]
    pub const fn labelled(self, label: &'static str, hint: &'static str) -> Self {
        Self { label, hint, ..self }
    }

    /// The default on a machine with so many logical cores.
    #[must_use]
    pub fn default_value(&self, cores: u32) -> Value {
        match (self.usual, &self.kind) {
            (Usual::Whole(value), _) => Value::Whole(value),
            (Usual::Real(value), _) => Value::Real(value),
            (Usual::Word(word), _) => Value::Word(word),
            (Usual::Empty, _) => Value::Text(String::new()),
            (Usual::Auto, _) => Value::Auto,
            (Usual::All, kind) => Value::Words(kind.words().iter().map(|word| word.0).collect()),
            (Usual::Cores, kind) => {
                let (least, most) = kind.fixed_range().unwrap_or((1, MAX_WORKERS));
                Value::Whole(cores.clamp(least, most))
            }
        }
    }

    /// What it allows, in words; `values` matters where the range depends on another setting.
    #[must_use]
    pub fn allowed(&self, values: &Values) -> String {
        self.kind.allowed(|name| values.whole(name))
    }

    /// Takes the value from `text` into `values`: clamped where it is a finite number
    /// out of range, the default where it is malformed. Says so if either happened.
    pub(crate) fn take(&self, values: &mut Values, text: &str) -> Option<Problem> {
        let reading = self.kind.read(text, |name| values.whole(name));
        let is_exact = matches!(reading, Reading::Exact(_));
        let value = match reading {
            Reading::Exact(value) | Reading::Clamped(value) => value,
            Reading::Malformed => self.default_value(values.cores()),
        };
        values.put(self.name, value);
        (!is_exact).then(|| self.problem(values, text))
    }

    /// Says that `text` could not be taken as it is, and what `values` have instead.
    #[must_use]
    pub fn problem(&self, values: &Values, text: &str) -> Problem {
        let used = values.text(self.name);
        let used = if used.is_empty() { self.stands_for.to_owned() } else { used };
        Problem::new(self.name, text, self.allowed(values), used)
    }
}

/// A word that a field's type does not know would be taken from a link without a
/// complaint, and then be something else.
#[cfg(test)]
pub(crate) fn assert_kept<G: Group>() {
    for (place, parameter) in G::PARAMETERS.iter().enumerate() {
        let choices = parameter.kind.words().iter().map(|word| match parameter.kind {
            Kind::Subset(_) => Value::Words(vec![word.0]),
            _ => Value::Word(word.0),
        });
        for value in choices.chain([parameter.default_value(4)]) {
            let group = G::read(|name| (name == parameter.name).then(|| value.clone()));
            assert_eq!(group.values()[place], value, "{}", parameter.name);
        }
    }
}
