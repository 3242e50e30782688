//! Settings as outsiders write them: the URL's query and the `set` message,
//! by the grammar of `docs/embed.md`. Nothing that is given here can break
//! anything: what can't be taken is a [`Problem`].

mod address;
mod message;
pub mod number;
mod parameter;
mod problem;
#[cfg(test)]
mod tests;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

pub use self::address::{from_suffix, is_script, to_suffix};
pub use self::message::{apply_params, settings_to_json};
pub use self::parameter::{
    COEFFICIENT_RANGE, DT_RANGE, MAX_CODE_CHARS, MAX_MEMBERS, MAX_REPEATS, MAX_STEPS, MAX_WORKERS, Parameter,
    SWITCH_RANGE,
};
pub use self::problem::Problem;
use self::problem::{FIRST, IGNORED, Problems};
use super::settings::{Chunk, Settings};

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
    /// The names of the flags that are set, in order.
    pub fn names(self) -> impl Iterator<Item = &'static str> {
        let all =
            [(self.embed, "embed"), (self.autorun, "autorun"), (self.question, "question"), (self.present, "present")];
        all.into_iter().filter_map(|(is_set, name)| is_set.then_some(name))
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

/// Reads a query (with or without its `?`).
#[must_use]
pub fn parse(query: &str, defaults: &Settings) -> (Settings, Flags, Vec<Problem>) {
    let mut settings = defaults.clone();
    let mut flags = Flags::default();
    let mut problems = Problems::default();
    let mut seen = Vec::with_capacity(Parameter::ALL.len() + 2);
    let (mut chunk, mut program) = (None, None);

    let query = query.strip_prefix('?').unwrap_or(query);
    for piece in query.split('&').filter(|piece| !piece.is_empty()) {
        let (name, value) = piece.split_once('=').unwrap_or((piece, ""));
        let name = percent_decode_str(name).decode_utf8_lossy();
        // A broken encoding leaves a replacement character: malformed by itself, but for
        // a script, which may hold any.
        let bytes = percent_decode_str(value);
        let is_broken = bytes.clone().decode_utf8().is_err();
        let value = bytes.decode_utf8_lossy();
        let parameter = Parameter::from_name(&name);
        let flag = flags.named(&name);
        if parameter.is_none() && flag.is_none() {
            problems.push(|| unknown(&name, &value));
            continue;
        }
        if seen.iter().any(|earlier| *earlier == name) {
            problems.push(|| repeated(&name, &value));
            continue;
        }
        match (parameter, flag) {
            (_, Some(flag)) => *flag = true,
            (Some(Parameter::Chunk), _) => chunk = Some(value.into_owned()),
            (Some(Parameter::Program), _) => program = Some(value.into_owned()),
            (Some(Parameter::Code), _) if is_broken => {
                problems.push(|| Parameter::Code.problem(&value, &settings));
            }
            (Some(parameter), _) => {
                problems.extend(parameter.set(&mut settings, &value, defaults));
            }
            (None, None) => {}
        }
        seen.push(name.into_owned());
    }
    // The lab may stand behind it.
    if let Some(text) = program {
        problems.extend(Parameter::Program.set(&mut settings, &text, defaults));
    }
    if let Some(text) = chunk {
        problems.extend(Parameter::Chunk.set(&mut settings, &text, defaults));
    }
    problems.extend(settle(&mut settings));
    (settings, flags, problems.into_list())
}

/// All but what stands in numbers, names and lists; scripts have more.
const ESCAPED: &AsciiSet =
    &NON_ALPHANUMERIC.remove(b'.').remove(b',').remove(b'-').remove(b'+').remove(b'/').remove(b'_').remove(b'~');

/// What differs from the defaults, as a query without its `?`.
#[must_use]
pub fn to_query(settings: &Settings, defaults: &Settings) -> String {
    let mut query = String::new();
    for (name, text) in differences(settings, defaults) {
        if !query.is_empty() {
            query.push('&');
        }
        query.push_str(name);
        query.push('=');
        query.extend(utf8_percent_encode(&text, ESCAPED));
    }
    query
}

/// What differs from the defaults: names, and values as the URL writes them before it is encoded.
#[must_use]
pub fn differences(settings: &Settings, defaults: &Settings) -> Vec<(&'static str, String)> {
    let default = |it: Parameter| match it {
        Parameter::Program => settings.lab.opens_with().name().to_owned(),
        _ => it.text(defaults),
    };
    let all = Parameter::ALL.into_iter().map(|it| (it.name(), it.text(settings), default(it)));
    all.filter(|(_, text, default)| text != default).map(|(name, text, _)| (name, text)).collect()
}

/// Takes one field of a form. A chunk larger than the ensemble shrinks with it.
#[must_use]
pub fn apply_field(
    settings: &Settings,
    parameter: Parameter,
    text: &str,
    defaults: &Settings,
) -> (Settings, Option<Problem>) {
    let mut settings = settings.clone();
    let problem = parameter.set(&mut settings, text, defaults);
    let settled = settle(&mut settings);
    (settings, problem.or(settled))
}

/// Brings the chunk into its range after `members` has changed.
fn settle(settings: &mut Settings) -> Option<Problem> {
    let Chunk::Members(members) = settings.chunk else { return None };
    if (1..=settings.members).contains(&members) {
        return None;
    }
    settings.chunk = Chunk::Members(members.clamp(1, settings.members.max(1)));
    Some(Problem::new(
        Parameter::Chunk.name(),
        &members.to_string(),
        Parameter::Chunk.allowed(settings),
        Parameter::Chunk.text(settings),
    ))
}

fn unknown(name: &str, value: &str) -> Problem {
    let mut names: Vec<_> = Parameter::ALL.into_iter().map(Parameter::name).collect();
    names.extend(["embed", "autorun", "question", "present"]);
    Problem::new(name, value, names.join(", "), IGNORED.into())
}

fn repeated(name: &str, value: &str) -> Problem {
    Problem::new(name, value, "once".into(), FIRST.into())
}
