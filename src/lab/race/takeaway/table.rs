//! The race's figures as columns and rows: one row per executor and race.

use crate::lab::race::report::Report;
use crate::model::parameter::Group;
use crate::model::report::{ExecutorResult, Where};
use crate::model::settings::Kernel;
use crate::view::takeaway::table::{Field, Table};

type Column = (&'static str, fn(&ExecutorResult) -> Field);

/// The columns of a result, named as in the messages.
const COLUMNS: [Column; 24] = [
    ("executor", |it| Field::text(it.executor.name())),
    ("status", |it| Field::text(it.status.name())),
    ("where", |it| it.place.map_or(Field::Empty, |place| Field::text(where_name(place)))),
    ("kernel", |it| it.kernel.map_or(Field::Empty, |kernel| Field::text(kernel_name(kernel)))),
    ("workers", |it| it.workers.into()),
    ("tasks", |it| it.tasks.into()),
    ("chunk", |it| it.chunk.into()),
    ("repeats", |it| it.repeats.into()),
    ("batch", |it| it.batch.into()),
    ("discarded", |it| it.discarded.into()),
    ("wall_min_ms", |it| it.wall_ms.map(|wall| wall.min).into()),
    ("wall_median_ms", |it| it.wall_ms.map(|wall| wall.median).into()),
    ("wall_max_ms", |it| it.wall_ms.map(|wall| wall.max).into()),
    ("startup_ms", |it| it.startup_ms.into()),
    ("send_ms", |it| it.send_ms.into()),
    ("compute_ms", |it| it.compute_ms.into()),
    ("gather_ms", |it| it.gather_ms.into()),
    ("work_ms", |it| it.work_ms.into()),
    ("overhead_ms", |it| it.overhead_ms.into()),
    ("speedup", |it| it.speedup.into()),
    ("speedup_same_kernel", |it| it.speedup_same_kernel.into()),
    ("efficiency", |it| it.efficiency.into()),
    ("diverged", |it| it.diverged.into()),
    ("final_fnv1a64", |it| hash(it.final_fnv1a64.as_deref())),
];

/// Settings that a result does not already tell.
const SETTINGS: [&str; 13] = [
    "dt",
    "sigma",
    "rho",
    "beta",
    "seed",
    "workers",
    "executors",
    "kernel",
    "chunk",
    "pool",
    "start",
    "gather",
    "repeats",
];

/// The results: size, figures, and why something did not run.
#[must_use]
pub fn results(reports: &[&Report]) -> Table {
    let mut heads = vec!["members".to_owned(), "steps".to_owned()];
    heads.extend(COLUMNS.map(|column| column.0.to_owned()));
    heads.push("reason".to_owned());
    let rows = each(reports).map(|(report, result)| row(report, result)).collect();
    Table { heads, rows }
}

/// The results, and beside each its settings.
#[must_use]
pub fn with_settings(reports: &[&Report]) -> Table {
    let mut table = results(reports);
    table.heads.extend(SETTINGS.map(|parameter| format!("setting_{parameter}")));
    for (row, (report, _)) in table.rows.iter_mut().zip(each(reports)) {
        row.extend(SETTINGS.map(|parameter| Field::of(report.settings.text(parameter))));
    }
    table
}

fn each<'a>(reports: &'a [&'a Report]) -> impl Iterator<Item = (&'a Report, &'a ExecutorResult)> {
    reports.iter().flat_map(|report| report.results.iter().map(|result| (*report, result)))
}

fn row(report: &Report, result: &ExecutorResult) -> Vec<Field> {
    let mut row = vec![Field::whole(report.settings.members), Field::whole(report.settings.steps)];
    row.extend(COLUMNS.map(|(_, figure)| figure(result)));
    row.push(result.reason.as_deref().map_or(Field::Empty, Field::text));
    row
}

fn where_name(place: Where) -> &'static str {
    match place {
        Where::Worker => "worker",
        Where::Page => "page",
    }
}

fn kernel_name(kernel: Kernel) -> &'static str {
    match kernel {
        Kernel::Scalar => "scalar",
        Kernel::Simd => "simd",
    }
}

/// With `0x`, for spreadsheets and data frames take bare digits for a number:
/// `12e4567890123456` for an infinite one.
fn hash(digits: Option<&str>) -> Field {
    digits.map_or(Field::Empty, |digits| Field::Text(format!("0x{digits}")))
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::lab::race::settings::Settings;
    use crate::model::pace::Pace;
    use crate::model::report::{Status, Wall};
    use crate::model::settings::Executor;
    use crate::view::takeaway::delimited;

    pub fn report(members: u32) -> Report {
        let wall = Wall { min: 0.1 + 0.2, median: 38.123_456_789, max: 1e-9 };
        let thread = ExecutorResult {
            place: Some(Where::Worker),
            kernel: Some(Kernel::Scalar),
            workers: Some(8),
            wall_ms: Some(wall),
            startup_ms: Some(f64::NAN),
            overhead_ms: Some(-0.25),
            final_fnv1a64: Some("12e4567890123456".into()),
            reason: None,
            ..ExecutorResult::without_figures(Executor::Thread, Status::Ok, String::new())
        };
        let process = ExecutorResult::without_figures(Executor::Process, Status::Unavailable, "No, \"never\".".into());
        let settings = Settings { members, ..Settings::defaults(8) };
        Report {
            run: 1,
            settings,
            results: vec![process, thread],
            timelines: Vec::new(),
            pace: Pace::default(),
            drawing: None,
        }
    }

    fn field<'a>(table: &'a Table, row: usize, head: &str) -> &'a Field {
        let column = table.heads.iter().position(|it| it == head).unwrap();
        &table.rows[row][column]
    }

    #[test]
    fn one_row_per_executor_and_race() {
        let (small, large) = (report(30), report(10_000));
        let table = results(&[&small, &large]);
        assert_eq!(table.rows.len(), 4);
        assert!(table.rows.iter().all(|row| row.len() == table.heads.len()));
        assert_eq!(field(&table, 2, "members"), &Field::Number("10000".into()));
        assert_eq!(field(&table, 2, "executor"), &Field::Text("process".into()));
        assert_eq!(field(&table, 0, "reason"), &Field::Text("No, \"never\".".into()));
    }

    #[test]
    fn figures_are_unrounded_and_empty_where_there_are_none() {
        let report = report(30);
        let table = results(&[&report]);
        assert_eq!(field(&table, 1, "wall_min_ms"), &Field::Number("0.30000000000000004".into()));
        assert_eq!(field(&table, 1, "wall_median_ms"), &Field::Number("38.123456789".into()));
        assert_eq!(field(&table, 1, "wall_max_ms"), &Field::Number("0.000000001".into()));
        assert_eq!(field(&table, 1, "overhead_ms"), &Field::Number("-0.25".into()));
        assert_eq!(field(&table, 1, "startup_ms"), &Field::Empty);
        assert_eq!(field(&table, 0, "wall_median_ms"), &Field::Empty);
        assert_eq!(field(&table, 1, "final_fnv1a64"), &Field::Text("0x12e4567890123456".into()));
    }

    #[test]
    fn the_settings_stand_beside_each_row() {
        let report = report(30);
        let table = with_settings(&[&report]);
        assert!(table.rows.iter().all(|row| row.len() == table.heads.len()));
        let mut heads = table.heads.clone();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), table.heads.len(), "two columns of one name");
        assert_eq!(field(&table, 1, "setting_beta"), &Field::Number("2.6666666666666665".into()));
        assert_eq!(field(&table, 1, "setting_chunk"), &Field::Text("auto".into()));
        assert_eq!(field(&table, 0, "setting_executors"), &Field::Text("serial,vectorized,process,thread".into()));
    }
    #[test]
    fn as_text_it_keeps_its_shape() {
        let report = report(30);
        let table = results(&[&report]);
        let text = delimited::tsv(&table);
        assert_eq!(text.lines().count(), 3);
        assert!(text.lines().all(|line| line.split('\t').count() == table.heads.len()), "{text}");
        assert!(text.starts_with("members\tsteps\texecutor\t") && text.contains("\twall_median_ms\t"));
        let text = delimited::csv(&with_settings(&[&report]));
        assert_eq!(text.matches("\r\n").count(), 3);
        assert!(text.contains("\"No, \"\"never\"\".\"") && text.contains("\"serial,vectorized,process,thread\""));
    }
}
