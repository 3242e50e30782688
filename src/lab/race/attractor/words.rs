//! The picture in words: for those who don't see it, and below it for all.

use super::playback::time_text;
use crate::lab::race::asked;
use crate::lab::race::report::Report;
use crate::model::format;

/// The picture in words.
#[derive(Clone, Debug, PartialEq)]
pub struct Words {
    /// What it shows: the canvas's name.
    pub label: String,
    /// What stands below it.
    pub caption: String,
    /// The strip's name.
    pub strip: String,
}

/// Puts a run's picture into words; `parting` is the step at which its members part.
#[must_use]
pub fn words(report: &Report, parting: Option<u32>) -> Words {
    let Some(drawing) = &report.drawing else {
        return Words {
            label: "No picture: nothing ran.".into(),
            caption: "Nothing ran, nothing to draw.".into(),
            strip: "Nothing ran.".into(),
        };
    };
    let settings = &report.settings;
    let dt = settings.dt;
    let size = asked::size(settings);
    let apart = match (settings.members, parting) {
        (1, _) => None,
        (_, Some(step)) => Some(format!("All run together until about {}, then they part", time_text(step, dt))),
        (_, None) => None,
    };
    let left_out = (drawing.members < settings.members as usize).then(|| match drawing.members {
        1 => "the first one is drawn".to_owned(),
        first => format!("the first {first} are drawn"),
    });
    let fewer = (drawing.members * drawing.states > super::decimation::MOVING_POINTS)
        .then(|| "fewer points while it moves".to_owned());
    let blow_up = blow_up(report);
    let note: Vec<_> = left_out.into_iter().chain(fewer).collect();
    let note: String = note.iter().map(|note| format!(" · {note}")).collect();
    let ending = |text: Option<String>| text.map(|text| format!(" {text}.")).unwrap_or_default();
    Words {
        label: format!(
            "The attractor: paths of {size}{note}.{}{} Until it is turned, x points to the right and z upwards.",
            ending(apart.clone()),
            ending(blow_up.clone())
        ),
        caption: format!("{size}{note}{}", blow_up.map(|text| format!(" · {text}.")).unwrap_or_default()),
        strip: format!("Mean of x over all members, and their spread around it, over time.{}", ending(apart)),
    }
}

/// What became of members that left all bounds.
fn blow_up(report: &Report) -> Option<String> {
    let diverged = report.results.iter().filter_map(|it| it.diverged).max().filter(|diverged| *diverged > 0)?;
    Some(format!(
        "{} of them left all bounds: dt = {} is too large a step here. Their lines end where the \
         numbers stop being finite",
        format::count(diverged.into()),
        report.settings.dt
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::race::settings::Settings;
    use crate::model::pace::Pace;
    use crate::model::report::{ExecutorResult, Status};
    use crate::model::settings::Executor;
    use crate::workload::lorenz::ensemble::Drawing;
    use crate::workload::lorenz::statistics::Statistics;

    fn report(members: u32, drawn: usize, diverged: u32) -> Report {
        let mut result = ExecutorResult::without_figures(Executor::Serial, Status::Ok, String::new());
        result.diverged = Some(diverged);
        let statistics = Statistics::of_trajectories(&[], 0);
        let drawing = Drawing { members: drawn, states: 5001, trajectories: Vec::new(), statistics };
        Report {
            run: 1,
            settings: Settings { members, ..Settings::defaults(2) },
            results: vec![result],
            timelines: Vec::new(),
            pace: Pace::default(),
            drawing: Some(drawing),
        }
    }

    #[test]
    fn the_default_race_says_when_members_part() {
        assert_eq!(
            words(&report(30, 30, 0), Some(1400)).caption,
            "30 members × 5,000 steps · fewer points while it moves"
        );
        assert!(
            words(&report(30, 30, 0), Some(1400))
                .strip
                .ends_with("All run together until about t = 14, then they part.")
        );
        assert_eq!(words(&report(1, 1, 0), None).caption, "1 member × 5,000 steps");
    }

    #[test]
    fn a_large_run_says_what_is_left_out() {
        let words = words(&report(10_000, 30, 0), None);
        assert!(words.caption.starts_with("10,000 members × 5,000 steps · the first 30 are drawn · "), "{words:?}");
        assert!(words.label.contains("the first 30 are drawn"), "{words:?}");
    }

    #[test]
    fn a_blow_up_is_explained() {
        let words = words(&report(30, 30, 7), None);
        assert!(words.caption.contains("7 of them left all bounds: dt = 0.01 is too large a step here."), "{words:?}");
        assert!(words.caption.ends_with("stop being finite."), "{words:?}");
        assert!(words.label.contains("left all bounds"));
    }

    #[test]
    fn nothing_to_draw_is_said() {
        let nothing = Report { drawing: None, ..report(30, 30, 0) };
        assert_eq!(words(&nothing, None).caption, "Nothing ran, nothing to draw.");
    }
}
