//! Settings as outsiders write them: the URL's query and the `set` message,
//! by the grammar of `docs/embed.md`. Nothing that is given here can break
//! anything: what can't be taken is a [`Problem`].

mod address;
mod message;
#[cfg(test)]
mod tests;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

pub use self::address::{from_suffix, is_script, to_suffix};
pub use self::message::apply_params;
use super::lab::{Catalogue, Lab};
use super::parameter::problem::{FIRST, IGNORED, Problems};
use super::parameter::{Parameter, Problem, Value, Values, one_of};

/// The name of the lab's own parameter.
pub(crate) const LAB: &str = "lab";

/// Parameters that are on by being there, whatever their value.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub struct Flags {
    /// Drop everything around the lab.
    pub embed: bool,
    /// Run by itself once the lab is in view.
    pub autorun: bool,
    /// Begin with the question and its two races, as a first visit does.
    pub question: bool,
    /// Enlarge for a lecture hall.
    pub present: bool,
}

impl Flags {
    /// The names of all flags.
    pub const NAMES: [&'static str; 4] = ["embed", "autorun", "question", "present"];

    /// The names of the flags that are set, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let are_set = [self.embed, self.autorun, self.question, self.present];
        Self::NAMES.into_iter().zip(are_set).filter_map(|(name, is_set)| is_set.then_some(name))
    }

    fn named(&mut self, name: &str) -> Option<&mut bool> {
        match name {
            "embed" => Some(&mut self.embed),
            "autorun" => Some(&mut self.autorun),
            "question" => Some(&mut self.question),
            "present" => Some(&mut self.present),
            _ => None,
        }
    }
}

/// Reads a query (with or without its `?`), for a machine with `cores` logical cores.
#[must_use]
pub fn parse(query: &str, catalogue: &Catalogue, cores: u32) -> (Values, Flags, Vec<Problem>) {
    let pieces =
        || query.strip_prefix('?').unwrap_or(query).split('&').filter(|piece| !piece.is_empty()).map(Piece::of);
    let mut problems = Problems::default();
    let lab = open_lab(pieces(), catalogue, &mut problems);
    let mut values = Values::defaults(lab, cores);
    let mut flags = Flags::default();
    let mut seen: Vec<String> = Vec::new();
    let mut dependent = Vec::new();
    for piece in pieces() {
        let name = piece.name();
        let parameter = lab.parameter(&name);
        let is_known = parameter.is_some() || name == LAB || catalogue.knows(&name);
        let flag = flags.named(&name);
        if !is_known && flag.is_none() {
            problems.push(|| unknown(lab, &name, &piece.value().0));
            continue;
        }
        if seen.contains(&name) {
            problems.push(|| Problem::new(&name, &piece.value().0, "once".into(), FIRST.into()));
            continue;
        }
        seen.push(name);
        match (flag, parameter) {
            (Some(flag), _) => *flag = true,
            // Its range is known once the others are.
            (None, Some(parameter)) if parameter.kind.depends_on().is_some() => dependent.push((parameter, piece)),
            (None, Some(parameter)) => problems.extend(take(parameter, &mut values, piece)),
            // The lab itself, or another lab's setting.
            (None, None) => {}
        }
    }
    for (parameter, piece) in dependent {
        problems.extend(take(parameter, &mut values, piece));
    }
    problems.extend(settle(&mut values));
    (values, flags, problems.into_list())
}

/// One `name=value` of a query.
#[derive(Clone, Copy)]
struct Piece<'a> {
    name: &'a str,
    value: &'a str,
}

impl<'a> Piece<'a> {
    fn of(piece: &'a str) -> Self {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        Self { name, value }
    }

    fn name(self) -> String {
        percent_decode_str(self.name).decode_utf8_lossy().into_owned()
    }

    /// The value, and whether its encoding is broken.
    fn value(self) -> (String, bool) {
        let bytes = percent_decode_str(self.value);
        let is_broken = bytes.clone().decode_utf8().is_err();
        (bytes.decode_utf8_lossy().into_owned(), is_broken)
    }
}

/// A broken encoding leaves a replacement character: malformed by itself, but for a
/// text, which may hold any.
fn take(parameter: &'static Parameter, values: &mut Values, piece: Piece<'_>) -> Option<Problem> {
    let (value, is_broken) = piece.value();
    if is_broken && matches!(values.get(parameter.name), Some(Value::Text(_))) {
        return Some(parameter.problem(values, &value));
    }
    parameter.take(values, &value)
}

/// The lab that the first parameter of that name asks for.
fn open_lab<'a>(
    mut pieces: impl Iterator<Item = Piece<'a>>,
    catalogue: &Catalogue,
    problems: &mut Problems,
) -> &'static Lab {
    let Some(piece) = pieces.find(|it| it.name() == LAB) else { return catalogue.usual };
    let name = piece.value().0;
    catalogue.named(&name).unwrap_or_else(|| {
        problems.push(|| Problem::new(LAB, &name, one_of(&catalogue.names()), catalogue.usual.name.into()));
        catalogue.usual
    })
}

/// All but what stands in numbers, names and lists; scripts have more.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'.').remove(b',').remove(b'-').remove(b'+').remove(b'/').remove(b'_').remove(b'~');

/// The lab, where it is not the usual one, and what differs from its defaults, as a
/// query without its `?`.
#[must_use]
pub fn to_query(values: &Values, catalogue: &Catalogue) -> String {
    let lab = values.lab().name;
    let lab = (lab != catalogue.usual.name).then(|| (LAB, lab.to_owned()));
    let pieces = lab.into_iter().chain(values.differences());
    let pieces: Vec<_> = pieces.map(|(name, text)| format!("{name}={}", utf8_percent_encode(&text, ESCAPED))).collect();
    pieces.join("&")
}

/// Takes one field of a form. What depends on it moves into its new range.
#[must_use]
pub fn apply_field(values: &Values, name: &str, text: &str) -> (Values, Option<Problem>) {
    let mut values = values.clone();
    let problem = values.lab().parameter(name).and_then(|it| it.take(&mut values, text));
    let settled = settle(&mut values).into_iter().next();
    (values, problem.or(settled))
}

/// Brings what depends on another setting into its range after that has changed.
fn settle(values: &mut Values) -> Vec<Problem> {
    let mut problems = Vec::new();
    for parameter in values.lab().parameters() {
        let (Some(most), Some(given)) = (parameter.kind.depends_on(), values.whole(parameter.name)) else { continue };
        let most = values.whole(most).unwrap_or(u32::MAX).max(1);
        if !(1..=most).contains(&given) {
            values.put(parameter.name, Value::Whole(given.clamp(1, most)));
            problems.push(parameter.problem(values, &given.to_string()));
        }
    }
    problems
}

fn unknown(lab: &Lab, name: &str, value: &str) -> Problem {
    let names: Vec<_> = [LAB].into_iter().chain(lab.parameters().map(|it| it.name)).chain(Flags::NAMES).collect();
    Problem::new(name, value, names.join(", "), IGNORED.into())
}
