//! The site's data files, each read and worked out: tasks that wait for most of their time.
//!
//! ```text
//! Csv      a station's months                    ─▶ each month's means, and the extremes
//! Netcdf   a year's fields, and the climatology  ─▶ anomalies, and seasonal means
//! Climatology      all years ─(files, months × points)─┘  their mean, the same for each file
//! Json     a service's answer                    ─▶ what it says of a month
//! ```
//!
//! An item is a file. Whoever works on it waits for it ([`Step::Waits`]), as long as a script of
//! Python's would, and then works it out at one go.

mod climatology;
mod csv;
mod json;
mod netcdf;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::climatology::Years;
pub use super::file::Kind;
use super::fingerprint::Fingerprint;
use super::{Agreement, AnyWorkload, File, Specimen, Step, Work, Workload};
use crate::model::experiment::{Check, Experiment, Plan, Untimed};
use crate::model::settings::Kernel;

/// Months of a year.
const MONTHS: usize = 12;

/// Data files, each worked out.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Files {
    /// Which.
    pub kind: Kind,
    /// How many, from the first on.
    pub files: u32,
    /// How long a read usually takes, ms: of each file half to one and a half of it.
    pub latency_ms: f64,
}

/// What is wrong with a file: a clause.
#[derive(Clone, Debug, Eq, PartialEq, thiserror::Error)]
enum Damage {
    #[error("its first line does not name its columns")]
    Columns,
    #[error("line {line} is not a month and two numbers")]
    Line { line: usize },
    #[error("it has no line of month {month}")]
    Month { month: usize },
    #[error("it is no NetCDF-3 file")]
    Format,
    #[error("it ends too early")]
    TooShort,
    #[error("it has no temperatures of 12 months on a grid of 6 × 8")]
    Grid,
    #[error("it is no text")]
    Text,
    #[error("it is no such answer: {0}")]
    Answer(String),
}

/// A decimal number, read as those of messages are: Rust's own way weighs 6 kB more in each engine.
fn number(text: &str) -> Option<f64> {
    serde_json::from_str(text).ok()
}

impl Damage {
    /// With the file's name before it.
    fn of(self, file: &File) -> Step {
        Step::Failed(format!("{} is damaged: {self}", file.name()))
    }
}

impl Files {
    /// All files worked out, on the clock; the climatology, where it takes one, before that.
    #[must_use]
    pub fn experiment(&self, plan: Plan) -> Experiment<AnyWorkload> {
        let climatology = || Untimed {
            workload: Self { kind: Kind::Climatology, latency_ms: 0.0, ..*self }.into(),
            sentence: Some("Working out the climatology…"),
        };
        let row = u32::try_from(self.out_row()).unwrap_or(u32::MAX);
        Experiment {
            workload: (*self).into(),
            plan,
            preparation: (self.kind == Kind::Netcdf).then(climatology),
            check: Some(Check { workload: Fingerprint { rows: self.files, row }.into(), columns: 0..self.out_row() }),
            follow_ups: Vec::new(),
            keeps_output: false,
            bare_loop: None,
        }
    }

    fn file(&self, item: u32) -> File {
        self.kind.file(item, self.latency_ms)
    }
}

impl Workload for Files {
    type In = f64;
    type Out = f64;
    type Work = Reading;
    const ITEM: &'static str = "file";

    fn items(&self) -> u32 {
        self.files
    }

    /// Fields are worked out against the climatology, which everybody is sent with each file.
    fn in_row(&self) -> usize {
        match self.kind {
            Kind::Netcdf => netcdf::YEAR,
            Kind::Csv | Kind::Climatology | Kind::Json => 0,
        }
    }

    fn out_row(&self) -> usize {
        match self.kind {
            Kind::Csv => csv::ROW,
            Kind::Netcdf => netcdf::ROW,
            Kind::Climatology => netcdf::YEAR,
            Kind::Json => json::ROW,
        }
    }

    fn units(&self, items: u32) -> u64 {
        let of_file = match self.kind {
            Kind::Csv => 6000,
            Kind::Netcdf => 1000,
            Kind::Climatology => 500,
            Kind::Json => 300,
        };
        u64::from(items) * of_file
    }

    fn why_not(&self, kernel: Kernel) -> Option<&'static str> {
        match kernel {
            Kernel::Scalar => None,
            Kernel::Simd => Some("A file is read from its beginning to its end: nothing of it can be done in lanes."),
        }
    }

    fn resized(&self, items: u32) -> Option<Self> {
        Some(Self { files: items, ..*self })
    }

    fn agreement(&self) -> Agreement {
        Agreement::Bits
    }

    fn begin(&self, _: Kernel, items: Range<u32>) -> Reading {
        Reading { workload: *self, items, done: 0, content: None, years: Years::default() }
    }
}

/// Files, some of them worked out.
pub struct Reading {
    workload: Files,
    items: Range<u32>,
    done: usize,
    /// Of the file whose turn it is, once it is there.
    content: Option<Vec<u8>>,
    /// Of the climatology alone.
    years: Years,
}

impl Work<Files> for Reading {
    fn advance(&mut self, input: &[f64], output: &mut [f64], _: u64) -> Step {
        if self.items.is_empty() {
            return Step::Finished;
        }
        let content = self.content.take();
        if self.workload.kind == Kind::Climatology {
            return self.average(content.as_deref(), output);
        }
        let file = self.workload.file(self.items.start);
        let Some(content) = content else { return Step::Waits(file) };
        let place = |row: usize| self.done * row..(self.done + 1) * row;
        let row = output.get_mut(place(self.workload.out_row())).unwrap_or_default();
        let own = input.get(place(self.workload.in_row())).unwrap_or_default();
        let worked_out = match self.workload.kind {
            Kind::Csv => csv::work_out(&content, row),
            Kind::Netcdf | Kind::Climatology => netcdf::work_out(&content, own, row),
            Kind::Json => json::work_out(&content, row),
        };
        if let Err(damage) = worked_out {
            return damage.of(&file);
        }
        self.items.start += 1;
        self.done += 1;
        Step::Did(self.workload.units(1))
    }

    fn take(&mut self, content: Vec<u8>) {
        self.content = Some(content);
    }
}

/// What another tool makes of the same files (`tests/reference/data_files.py`).
#[derive(Deserialize)]
struct Reference {
    csv: Vec<Vec<f64>>,
    climatology: Vec<f64>,
    netcdf: Vec<Vec<f64>>,
    json: Vec<Vec<f64>>,
}

impl Reference {
    /// Nothing where it can't be read: then nothing comes out as it says.
    fn read() -> Option<Self> {
        serde_json::from_str(include_str!("../../../tests/reference/data_files_numpy.json")).ok()
    }

    fn rows(self, kind: Kind) -> Vec<Vec<f64>> {
        match kind {
            Kind::Csv => self.csv,
            Kind::Netcdf => self.netcdf,
            Kind::Climatology => vec![self.climatology; Kind::Climatology.count() as usize],
            Kind::Json => self.json,
        }
    }
}

impl Specimen for Files {
    fn specimens() -> Vec<Self> {
        let all = [Kind::Csv, Kind::Json].map(|kind| (kind, kind.count()));
        let some = [
            (Kind::Netcdf, 4),
            (Kind::Netcdf, 1),
            (Kind::Climatology, 5),
            (Kind::Csv, 1),
            (Kind::Json, 7),
            (Kind::Csv, 0),
        ];
        let of = |(kind, files)| Self { kind, files, latency_ms: 0.0 };
        all.into_iter().chain(some).map(of).collect()
    }

    fn large() -> Self {
        Self { kind: Kind::Csv, files: Kind::Csv.count(), latency_ms: 0.0 }
    }

    fn input(&self) -> Vec<f64> {
        match self.kind {
            Kind::Netcdf => Self { kind: Kind::Climatology, ..*self }.expected(&[]),
            Kind::Csv | Kind::Climatology | Kind::Json => Vec::new(),
        }
    }

    fn expected(&self, _: &[f64]) -> Vec<f64> {
        let rows = Reference::read().map(|it| it.rows(self.kind)).unwrap_or_default();
        rows.into_iter().take(self.files as usize).flatten().collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The output, with the site's files but for what `damage` makes of them.
    fn run(workload: &Files, damage: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Result<Vec<f64>, String> {
        let files = xtask::data::files();
        let mut output = vec![0.0; workload.out_row() * workload.files as usize];
        let input = workload.input();
        let mut work = workload.begin(Kernel::Scalar, 0..workload.files);
        loop {
            match work.advance(&input, &mut output, u64::MAX) {
                Step::Did(_) => {}
                Step::Finished => break,
                Step::Waits(file) => {
                    let (name, content) = files.iter().find(|it| it.0 == file.name()).ok_or("it is not there")?;
                    work.take(damage(name, content.clone()));
                }
                Step::Failed(reason) => return Err(reason),
            }
        }
        Ok(output)
    }

    #[test]
    fn a_damaged_file_is_named() {
        for (kind, clause) in [
            (Kind::Csv, "data/stations/station-03.csv is damaged: its first line does not name its columns"),
            (Kind::Netcdf, "data/fields/year-2003.nc is damaged: it is no NetCDF-3 file"),
            (Kind::Json, "data/answers/answer-003.json is damaged: it is no such answer: "),
        ] {
            let workload = Files { kind, files: 4, latency_ms: 0.0 };
            let cut = |name: &str, content| if name.contains("03.") { Vec::new() } else { content };
            let said = run(&workload, cut).unwrap_err();
            assert!(said.starts_with(clause), "{said}");
        }
    }

    #[test]
    fn a_file_that_is_not_there_ends_the_work_by_its_reason() {
        let workload = Files { kind: Kind::Csv, files: 51, latency_ms: 0.0 };
        assert_eq!(run(&workload, |_, content| content), Err("it is not there".into()));
    }

    #[test]
    fn an_experiment_fits_together() {
        for kind in [Kind::Csv, Kind::Netcdf, Kind::Json] {
            let workload = Files { kind, files: kind.count(), latency_ms: 5.0 };
            let experiment = workload.experiment(crate::model::experiment::tests::plan());
            let prepared = experiment.preparation.map_or(0, |it| it.workload.shape().out_bytes());
            assert_eq!(prepared, experiment.workload.shape().in_bytes());
            let checked = experiment.check.unwrap().workload.shape().in_bytes();
            assert_eq!(checked, experiment.workload.shape().out_bytes());
        }
    }
}
