//! What a race is called where it is taken along: in a picture, and as a file.

use crate::lab::race::asked;
use crate::lab::race::report::Report;
use crate::model::format;
use crate::model::parameter::Group;
use crate::model::settings::{Kernel, Pool};

/// Settings that are told only where they are not the usual ones.
const RARE: [&str; 8] = ["dt", "sigma", "rho", "beta", "seed", "chunk", "start", "gather"];

/// What was run: sizes, workers, and what differs from the defaults.
#[must_use]
pub fn settings_line(reports: &[&Report]) -> String {
    let Some(settings) = reports.last().map(|report| &report.settings) else { return String::new() };
    let sizes: Vec<_> = reports.iter().map(|report| asked::size(&report.settings)).collect();
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

/// `race-30x5000`; several races are joined by `and`.
#[must_use]
pub fn file_stem(reports: &[&Report]) -> String {
    let sizes: Vec<_> = reports.iter().map(|it| format!("{}x{}", it.settings.members, it.settings.steps)).collect();
    format!("race-{}", sizes.join("-and-"))
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::report;
    use super::*;

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
    fn files_are_named_by_what_was_run() {
        let (small, large) = (report(30), report(10_000));
        assert_eq!(file_stem(&[&small]), "race-30x5000");
        assert_eq!(file_stem(&[&small, &large]), "race-30x5000-and-10000x5000");
    }
}
