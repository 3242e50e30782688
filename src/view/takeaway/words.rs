//! The picture's lines of text, and how they are broken.

use crate::model::parameter::Group;
use crate::model::report::Report;
use crate::model::settings::{Executor, Kernel, Pool};
use crate::view::format;

/// A stretch of text in an executor's colour, or in the ink's.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Run {
    /// The words.
    pub text: String,
    /// Whose colour they have.
    pub executor: Option<Executor>,
}

impl Run {
    /// Plain words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), executor: None }
    }
}

/// Settings that are told only where they are not the usual ones.
const RARE: [&str; 8] = ["dt", "sigma", "rho", "beta", "seed", "chunk", "start", "gather"];

/// What was run: sizes, workers, and what differs from the defaults.
#[must_use]
pub fn settings_line(reports: &[&Report]) -> String {
    let Some(settings) = reports.last().map(|report| &report.settings) else { return String::new() };
    let sizes: Vec<_> = reports.iter().map(|report| format::size(&report.settings)).collect();
    let sizes: Vec<_> = sizes.iter().map(String::as_str).collect();
    let plural = |count: u32, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let kernel = match settings.kernel {
        Kernel::Scalar => "scalar kernel",
        Kernel::Simd => "SIMD kernel",
    };
    let pool = match settings.pool {
        Pool::Cold => "cold pools",
        Pool::Warm => "warm pools",
    };
    let mut parts = vec![
        format::list(&sizes),
        plural(settings.workers, "worker"),
        kernel.into(),
        pool.into(),
        plural(settings.repeats, "repeat"),
    ];
    let differences = settings.differences(settings.workers).into_iter();
    parts.extend(differences.filter(|(name, _)| RARE.contains(name)).map(|(name, text)| format!("{name} {text}")));
    parts.join(" · ")
}

/// Breaks a text into lines of at most this width; `width` measures. A word
/// that is too wide has a line of its own.
#[must_use]
pub fn wrapped(runs: &[Run], most: f64, width: impl Fn(&str) -> f64) -> Vec<Vec<Run>> {
    let mut lines = Vec::new();
    let (mut line, mut used) = (Vec::new(), 0.0);
    for word in words(runs) {
        let needed: f64 = word.iter().map(|run| width(&run.text)).sum();
        let space = width(" ");
        if !line.is_empty() && used + space + needed > most {
            lines.push(std::mem::take(&mut line));
            used = 0.0;
        }
        if !line.is_empty() {
            append(&mut line, Run::plain(" "));
            used += space;
        }
        used += needed;
        word.into_iter().for_each(|run| append(&mut line, run));
    }
    if !line.is_empty() {
        lines.push(line);
    }
    lines
}

/// Words may change their colour within: a figure and the full stop after it.
fn words(runs: &[Run]) -> Vec<Vec<Run>> {
    let mut words: Vec<Vec<Run>> = Vec::new();
    let mut is_new = true;
    for run in runs {
        // A break between figure and unit would tear them apart.
        let between = |character: char| character == ' ' && run.executor.is_none();
        for (index, piece) in run.text.split(between).enumerate() {
            is_new |= index > 0;
            if piece.is_empty() {
                continue;
            }
            if is_new {
                words.push(Vec::new());
            }
            is_new = false;
            if let Some(word) = words.last_mut() {
                word.push(Run { text: piece.to_owned(), executor: run.executor });
            }
        }
    }
    words
}

fn append(line: &mut Vec<Run>, run: Run) {
    match line.last_mut() {
        Some(last) if last.executor == run.executor => last.text.push_str(&run.text),
        _ => line.push(run),
    }
}

/// As much of a text as fits, with an ellipsis where something is left out.
#[must_use]
pub fn shortened(text: &str, most: f64, width: impl Fn(&str) -> f64) -> String {
    if width(text) <= most {
        return text.to_owned();
    }
    let mut kept: Vec<char> = text.chars().collect();
    while kept.pop().is_some() {
        let shorter: String = kept.iter().chain(&['…']).collect();
        if width(&shorter) <= most {
            return shorter;
        }
    }
    String::new()
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::report;
    use super::*;

    /// One unit per character.
    fn width(text: &str) -> f64 {
        text.chars().count() as f64
    }

    fn figure(text: &str) -> Run {
        Run { text: text.into(), executor: Some(Executor::Thread) }
    }

    fn texts(lines: &[Vec<Run>]) -> Vec<String> {
        lines.iter().map(|line| line.iter().map(|run| run.text.as_str()).collect()).collect()
    }

    #[test]
    fn the_line_tells_what_was_run() {
        let (small, mut large) = (report(30), report(10_000));
        assert_eq!(
            settings_line(&[&small]),
            "30 members × 5,000 steps · 8 workers · scalar kernel · cold pools · 5 repeats"
        );
        large.settings.dt = 0.02;
        let line = settings_line(&[&small, &large]);
        assert!(line.starts_with("30 members × 5,000 steps and 10,000 members × 5,000 steps · "), "{line}");
        assert!(line.ends_with(" · dt 0.02"), "{line}");
        assert_eq!(settings_line(&[]), "");
    }

    #[test]
    fn lines_break_between_words_and_never_in_a_figure() {
        let text = [Run::plain("starting threads cost "), figure("38 ms"), Run::plain(". At 10,000, both won.")];
        let lines = wrapped(&text, 22.0, width);
        assert_eq!(texts(&lines), ["starting threads cost", "38 ms. At 10,000, both", "won."]);
        assert_eq!(lines[1][0], figure("38 ms"));
        assert_eq!(lines[1][1], Run::plain(". At 10,000, both"));
        assert_eq!(texts(&wrapped(&text[..1], 3.0, width)), ["starting", "threads", "cost"]);
        assert!(wrapped(&[], 10.0, width).is_empty());
        assert_eq!(texts(&wrapped(&[Run::plain("  a  b ")], 10.0, width)), ["a b"]);
    }

    #[test]
    fn long_addresses_are_shortened() {
        assert_eq!(shortened("abc", 3.0, width), "abc");
        assert_eq!(shortened("abcdef", 4.0, width), "abc…");
        assert_eq!(shortened("abc", 0.0, width), "");
    }
}
