//! The figures as columns and rows: one row for each who worked, in each way.

use super::kitchen::Share;
use super::measured::{Came, Found, Measured};
use super::settings::Settings;
use crate::model::parameter::Group;
use crate::view::takeaway::table::{Field, Table};

const HEADS: [&str; 22] = [
    "way",
    "status",
    "alone_ms",
    "one_ms",
    "start_ms",
    "work_ms",
    "company_ms",
    "worst_ms",
    "speedup",
    "verdict",
    "outside",
    "kept",
    "together_ms",
    "worker",
    "results_written",
    "held_ms",
    "waited_ms",
    "away_ms",
    "turns",
    "longest_wait_ms",
    "asked_again",
    "reason",
];

/// All figures, as the page has them.
#[must_use]
pub fn table(all: &[Came], settings: &Settings) -> Table {
    Table {
        heads: HEADS.iter().map(|it| (*it).to_owned()).collect(),
        rows: all.iter().flat_map(|it| rows(it, settings)).collect(),
    }
}

/// And beside each, the settings.
#[must_use]
pub fn with_settings(all: &[Came], settings: &Settings) -> Table {
    let mut table = table(all, settings);
    for (parameter, value) in Settings::PARAMETERS.iter().zip(settings.values()) {
        table.heads.push(parameter.name.to_owned());
        table.rows.iter_mut().for_each(|row| row.push(Field::of(value.text())));
    }
    table
}

/// What files are called.
#[must_use]
pub fn file_stem(settings: &Settings) -> String {
    format!("gil-{}-{}", settings.kind.word(), settings.threads)
}

fn rows(came: &Came, settings: &Settings) -> Vec<Vec<Field>> {
    let Some(measured) = came.measured() else {
        let mut row = vec![Field::Empty; HEADS.len()];
        row[0] = Field::text(came.way().word());
        row[1] = Field::text(if matches!(came, Came::Unavailable(..)) { "unavailable" } else { "failed" });
        row[HEADS.len() - 1] = came.reason().map_or(Field::Empty, Field::text);
        return vec![row];
    };
    let worker = |chef: &super::kitchen::Chef| {
        let share = measured.kitchen.share(chef, settings.switch_interval_ms);
        let mut row = whole(measured);
        row.extend(of_worker(&chef.name, written(measured, chef.number), share));
        row.push(Field::Empty);
        row
    };
    measured.kitchen.chefs.iter().map(worker).collect()
}

/// What is the same for all who worked in a way.
fn whole(measured: &Measured) -> Vec<Field> {
    let [alone, one, start, work, company, worst, outside, kept] = match &measured.found {
        Found::Tasks(it) => [
            Field::real(it.alone_ms),
            Field::real(it.one_ms),
            Field::real(it.start_ms),
            Field::real(it.work_ms),
            Field::Empty,
            Field::Empty,
            it.outside.into(),
            it.kept.into(),
        ],
        Found::Trips(it) => [
            Field::real(it.alone_ms),
            Field::Empty,
            Field::Empty,
            Field::Empty,
            Field::real(it.company_ms),
            Field::real(it.worst_ms),
            Field::Empty,
            Field::Empty,
        ],
    };
    vec![
        Field::text(measured.way.word()),
        Field::text("ok"),
        alone,
        one,
        start,
        work,
        company,
        worst,
        Field::real(measured.speedup()),
        Field::text(measured.verdict().word()),
        outside,
        kept,
        Field::real(measured.kitchen.together_ms()),
    ]
}

fn of_worker(name: &str, written: Option<u32>, share: Share) -> Vec<Field> {
    vec![
        Field::text(name),
        written.into(),
        Field::real(share.held_ms),
        Field::real(share.waited_ms),
        Field::real(share.away_ms),
        Field::whole(share.turns),
        Field::real(share.longest_wait_ms),
        Field::whole(share.asked_again),
    ]
}

/// How many results somebody wrote; `None` where there are no tasks.
#[must_use]
pub fn written(measured: &Measured, number: u32) -> Option<u32> {
    let Found::Tasks(tasks) = &measured.found else { return None };
    u32::try_from(tasks.writers.iter().filter(|it| **it == number).count()).ok()
}

#[cfg(test)]
mod tests {
    use super::super::measured::tests::ran;
    use super::super::settings::Kind;
    use super::*;

    #[test]
    fn each_row_is_whole() {
        for kind in [Kind::Pure, Kind::Convoy] {
            let settings = Settings { kind, ..Settings::usual(2) };
            let all = ran(&settings, [Some(90.0), None, Some(45.0)]);
            let table = with_settings(&all, &settings);
            assert!(table.rows.len() >= 3, "{} rows", table.rows.len());
            assert!(table.rows.iter().all(|row| row.len() == table.heads.len()));
            assert_eq!(table.rows[0][0], Field::text("locked"));
            assert!(table.heads.contains(&"switch".to_owned()));
        }
        assert_eq!(file_stem(&Settings::usual(2)), "gil-pure-4");
    }

    #[test]
    fn results_are_counted_by_who_wrote_them() {
        let settings = Settings::usual(2);
        let all = ran(&settings, [Some(90.0), None, None]);
        assert_eq!(written(all[0].measured().unwrap(), 1), Some(2));
    }
}
