//! What one change has changed, as it is said below the headline: the same race before and after it.

use crate::lab::race::report::Report;
use crate::model::format;
use crate::model::report::{ExecutorResult, Status, Wall};
use crate::model::settings::Executor;
use crate::model::standing::{Comparison, compare};
use crate::view::headline::Headline;
use crate::view::verdict::short_name;

/// Sets the times of two races beside each other; `None` where they are not of
/// the same work, or nobody was timed in both.
#[must_use]
pub fn sentence(before: &Report, after: &Report) -> Option<Headline> {
    let size = |report: &Report| (report.settings.members, report.settings.steps);
    if size(before) != size(after) {
        return None;
    }
    // What is offered to be changed concerns the pools: what else differs is noise.
    let is_pool = |it: &&ExecutorResult| matches!(it.executor, Executor::Process | Executor::Thread);
    let both: Vec<_> = after
        .results
        .iter()
        .filter(is_pool)
        .filter_map(|it| Some((it.executor, wall(&before.results, it.executor)?, wall(&after.results, it.executor)?)))
        .collect();
    if both.is_empty() {
        return None;
    }
    let changed = both.iter().filter(|(_, old, new)| compare(old, new) != Comparison::TooCloseToCall);
    let mut said: Option<Headline> = None;
    for (executor, old, new) in changed {
        let begin = said.map_or_else(|| Headline::plain("By the change "), |said| said.words(", "));
        let went = format!(" went from {} to ", format::duration(old.median));
        let now = format::duration(new.median);
        said = Some(begin.figure(*executor, short_name(*executor)).words(went).figure(*executor, now));
    }
    Some(match said {
        Some(said) => said.words("."),
        None => Headline::plain("The change made no difference that these repeats could tell."),
    })
}

fn wall(results: &[ExecutorResult], executor: Executor) -> Option<Wall> {
    results.iter().find(|it| it.executor == executor && it.status == Status::Ok)?.wall_ms
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::race::settings::Settings;
    use crate::model::pace::Pace;

    fn race(members: u32, times: [(Executor, f64); 2]) -> Report {
        let ran = |(executor, median): (Executor, f64)| ExecutorResult {
            wall_ms: Some(Wall { min: median * 0.99, median, max: median * 1.01 }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        };
        Report {
            run: 1,
            settings: Settings { members, ..Settings::defaults(2) },
            results: times.map(ran).to_vec(),
            pace: Pace::default(),
            drawing: None,
            timelines: Vec::new(),
        }
    }

    #[test]
    fn what_changed_clearly_is_named_with_both_times() {
        use Executor::{Process, Serial};
        let before = race(10_000, [(Serial, 380.0), (Process, 215.0)]);
        let said = |after: [(Executor, f64); 2]| Some(sentence(&before, &race(10_000, after))?.to_string());
        let expected = "By the change Process-like went from 215 ms to 57.0 ms.";
        assert_eq!(said([(Serial, 60.0), (Process, 57.0)]).as_deref(), Some(expected));
        let expected = "The change made no difference that these repeats could tell.";
        assert_eq!(said([(Serial, 370.0), (Process, 210.0)]).as_deref(), Some(expected));
        assert_eq!(sentence(&before, &race(30, [(Serial, 1.0), (Process, 2.0)])), None);
    }
}
