//! The figures as columns and rows, unrounded: one row per executor and race.

use super::machine::Machine;
use crate::model::parameter::{Group, number};
use crate::model::report::{ExecutorResult, Report, Status, Where};
use crate::model::settings::Kernel;

/// One value of a row.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Field {
    /// Nothing: it does not apply.
    Empty,
    /// Decimal digits, with a point and perhaps an exponent.
    Number(String),
    /// Anything else.
    Text(String),
}

impl Field {
    fn text(text: impl Into<String>) -> Self {
        Self::Text(text.into())
    }

    fn real(value: f64) -> Self {
        if value.is_finite() { Self::Number(number::shortest(value)) } else { Self::Empty }
    }

    fn whole(value: u32) -> Self {
        Self::Number(value.to_string())
    }

    /// What a setting's text is.
    fn setting(text: String) -> Self {
        let is_number = number::decimal(&text).is_some_and(f64::is_finite);
        if is_number { Self::Number(text) } else { Self::Text(text) }
    }
}

impl From<Option<f64>> for Field {
    fn from(value: Option<f64>) -> Self {
        value.map_or(Self::Empty, Self::real)
    }
}

impl From<Option<u32>> for Field {
    fn from(value: Option<u32>) -> Self {
        value.map_or(Self::Empty, Self::whole)
    }
}

/// Headings, and rows of as many fields.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Table {
    /// The columns' names, with their units last.
    pub heads: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<Field>>,
}

type Column = (&'static str, fn(&ExecutorResult) -> Field);

/// The columns of a result, named as in the messages.
const COLUMNS: [Column; 24] = [
    ("executor", |it| Field::text(it.executor.name())),
    ("status", |it| Field::text(status(it.status))),
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

/// The results, and beside each its settings and the machine.
#[must_use]
pub fn with_origin(reports: &[&Report], machine: &Machine) -> Table {
    let mut table = results(reports);
    table.heads.extend(SETTINGS.map(|parameter| format!("setting_{parameter}")));
    let machine_fields = machine_fields(machine);
    table.heads.extend(machine_fields.iter().map(|(head, _)| (*head).to_owned()));
    for (row, (report, _)) in table.rows.iter_mut().zip(each(reports)) {
        row.extend(SETTINGS.map(|parameter| Field::setting(report.settings.text(parameter))));
        row.extend(machine_fields.iter().map(|(_, field)| field.clone()));
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

fn machine_fields(machine: &Machine) -> Vec<(&'static str, Field)> {
    let yes_or_no = |is_so: bool| Field::text(if is_so { "true" } else { "false" });
    vec![
        ("cores", Field::whole(machine.cores)),
        ("isolated", yes_or_no(machine.is_isolated)),
        ("clock_resolution_ms", Field::real(machine.clock_resolution_ms)),
        ("browser", Field::text(machine.user_agent.as_str())),
        ("build", Field::text(machine.build.as_str())),
        ("date", Field::text(machine.date.as_str())),
    ]
}

fn status(status: Status) -> &'static str {
    match status {
        Status::Ok => "ok",
        Status::Unavailable => "unavailable",
        Status::Failed => "failed",
    }
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
    use crate::model::report::Wall;
    use crate::model::settings::{Executor, Settings};

    pub fn machine() -> Machine {
        Machine {
            cores: 8,
            is_isolated: true,
            clock_resolution_ms: 0.005,
            user_agent: "Mozilla/5.0 (X11; Linux x86_64; rv:142.0) Gecko/20100101 Firefox/142.0".into(),
            build: "0123456789abcdef".into(),
            date: "2026-11-22T18:03:04.500Z".into(),
        }
    }

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
        Report { run: 1, settings, results: vec![process, thread], timelines: Vec::new(), drawing: None }
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
    fn the_origin_stands_beside_each_row() {
        let report = report(30);
        let table = with_origin(&[&report], &machine());
        assert!(table.rows.iter().all(|row| row.len() == table.heads.len()));
        let mut heads = table.heads.clone();
        heads.sort_unstable();
        heads.dedup();
        assert_eq!(heads.len(), table.heads.len(), "two columns of one name");
        assert_eq!(field(&table, 1, "setting_beta"), &Field::Number("2.6666666666666665".into()));
        assert_eq!(field(&table, 1, "setting_chunk"), &Field::Text("auto".into()));
        assert_eq!(field(&table, 0, "setting_executors"), &Field::Text("serial,vectorized,process,thread".into()));
        assert_eq!(field(&table, 0, "cores"), &Field::Number("8".into()));
        assert_eq!(field(&table, 0, "isolated"), &Field::Text("true".into()));
        assert_eq!(field(&table, 0, "build"), &Field::Text("0123456789abcdef".into()));
    }
}
