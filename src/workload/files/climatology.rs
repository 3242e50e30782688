//! What each month is usually like: the mean of all years.
//!
//! A row of it goes with each file that is worked out against it, and all rows are the same.
//! Whoever does some of them reads all files, so that it is not for a clock.

use super::netcdf::temperatures;
use super::{File, Reading, Step, Workload};

/// The years that have been added up.
#[derive(Default)]
pub(super) struct Years {
    added: u32,
    sums: Vec<f64>,
}

impl Reading {
    /// Adds a year up, or writes the means of all.
    pub(super) fn average(&mut self, content: Option<&[u8]>, output: &mut [f64]) -> Step {
        let Years { added, sums } = &mut self.years;
        let (kind, latency_ms) = (self.workload.kind, self.workload.latency_ms);
        let file: File = kind.file(*added, latency_ms);
        if let Some(content) = content {
            match temperatures(content) {
                Ok(year) if *added == 0 => *sums = year,
                Ok(year) => sums.iter_mut().zip(year).for_each(|(sum, value)| *sum += value),
                Err(damage) => return damage.of(&file),
            }
            *added += 1;
            return Step::Did(0);
        }
        if *added < kind.count() {
            return Step::Waits(file);
        }
        let means = sums.iter().map(|sum| sum / f64::from(*added)).cycle();
        output.iter_mut().zip(means).for_each(|(value, mean)| *value = mean);
        let rows = self.items.len() as u32;
        self.items.start = self.items.end;
        Step::Did(self.workload.units(rows))
    }
}
