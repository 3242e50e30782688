//! What a race was asked to do, in words.

use super::settings::Settings;
use crate::model::format;

/// What was run: `30 members × 5,000 steps`.
#[must_use]
pub fn size(settings: &Settings) -> String {
    let counted =
        |number: u32, noun| format!("{} {noun}{}", format::count(number.into()), if number == 1 { "" } else { "s" });
    format!("{} × {}", counted(settings.members, "member"), counted(settings.steps, "step"))
}

/// Said where the controls no longer show what was run.
#[must_use]
pub fn of_another_run(ran: &Settings, now: &Settings) -> Option<String> {
    (now != ran)
        .then(|| format!("These are the results of the last run, {}. Press Run for the settings below.", size(ran)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn old_results_are_named_as_such() {
        let ran = Settings::defaults(2);
        let now = Settings { members: 31, ..ran.clone() };
        assert_eq!(of_another_run(&ran, &ran), None);
        assert!(of_another_run(&ran, &now).unwrap().contains("30 members × 5,000 steps"));
    }
}
