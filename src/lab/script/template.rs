//! Sentences with places for figures: `{wall}`, `{told.lost}` …

use super::condition::Seen;
use crate::model::format;
use crate::model::python::Value;
use crate::model::settings::Executor;
use crate::view::headline::Headline;

/// A part of a sentence.
enum Part<'a> {
    Words(&'a str),
    /// The name between braces.
    Place(&'a str),
}

fn parts(template: &str) -> Vec<Part<'_>> {
    let mut parts = Vec::new();
    let mut rest = template;
    while let Some((before, (place, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        parts.push(Part::Words(before));
        parts.push(Part::Place(place));
        rest = after;
    }
    parts.push(Part::Words(rest));
    parts
}

/// Fills in what was seen; `None` where the run has nothing for a place.
/// Measured figures are in the executor's colour.
#[must_use]
pub fn fill(template: &str, seen: &Seen<'_>) -> Option<Headline> {
    parts(template).into_iter().try_fold(Headline::default(), |told, part| {
        Some(match part {
            Part::Words("") => told,
            Part::Words(words) => told.words(words),
            Part::Place(name) => match figure(name, seen)? {
                (text, true) => told.figure(executor(seen), text),
                (text, false) => told.words(text),
            },
        })
    })
}

/// Which way of running it was.
fn executor(seen: &Seen<'_>) -> Executor {
    match (seen.observed.processes, seen.observed.threads) {
        (0, 0) => Executor::Serial,
        (0, _) => Executor::Thread,
        _ => Executor::Process,
    }
}

/// The text for a place, and whether it was measured.
fn figure(name: &str, seen: &Seen<'_>) -> Option<(String, bool)> {
    let observed = seen.observed;
    let count = |count: usize| format::count(count as u64);
    let first = observed.raised.first();
    let plain = match name {
        "wall" => return Some((format::duration(observed.wall_ms), true)),
        "startup" => return Some((format::duration(observed.startup_ms), true)),
        "processes" => format::count(observed.processes.into()),
        "threads" => format::count(observed.threads.into()),
        "exit_code" => observed.exit_code.to_string(),
        "exception" => observed.exception.clone()?,
        "line" => observed.lines.last()?.to_string(),
        "process.exception" => first?.exception.clone(),
        "process.line" => first?.line?.to_string(),
        "process.failures" => count(observed.raised.len()),
        _ => {
            if let Some(with) = name.strip_prefix("against.") {
                let speedup = seen.compared.iter().find(|it| it.with == with)?.speedup;
                return Some((format::ratio(if speedup < 1.0 { 1.0 / speedup } else { speedup }), true));
            }
            match observed.told(name.strip_prefix("told.")?)? {
                Value::Number(ms) if name.ends_with("_ms") => return Some((format::duration(*ms), true)),
                Value::Number(number) if number.fract() == 0.0 && (0.0..1e15).contains(number) => {
                    format::count(*number as u64)
                }
                other => other.to_string(),
            }
        }
    };
    Some((plain, false))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::python::observed::{Compared, Observed, Speed};

    #[test]
    fn places_are_filled_with_what_was_seen() {
        let observed: Observed = serde_json::from_str(
            r#"{ "status": "error", "exception": "BrokenProcessPool", "wall_ms": 500, "processes": 1204, "lines": [9, 7],
                 "raised": [{ "process": 1, "exception": "RuntimeError", "line": 12 }],
                 "told": { "lost": 27378, "share": 0.5, "who": "worker 1" } }"#,
        )
        .unwrap();
        let compared = [Compared { with: "serial".into(), speed: Speed::Slower, speedup: 0.5 }];
        let seen = Seen { program: "pool", gil: true, observed: &observed, compared: &compared };
        let said = |template: &str| fill(template, &seen).map(|it| it.to_string());
        let all = "{wall}, {processes}, {line}, {exception}, {process.exception} in {process.line}, {told.lost}, \
                   {told.share}, {told.who}, {against.serial}";
        let expected = "500 ms, 1,204, 7, BrokenProcessPool, RuntimeError in 12, 27,378, 0.5, worker 1, 2.0 ×";
        assert_eq!(said(all).as_deref(), Some(expected));
        assert_eq!(said("no {told.nothing}"), None);
        assert_eq!(said("no {such place}"), None);
        assert_eq!(said("a { alone").as_deref(), Some("a { alone"));
        let told = fill("in {wall}.", &seen).unwrap();
        assert_eq!(told, Headline::plain("in ").figure(Executor::Process, "500 ms").words("."));
    }
}
