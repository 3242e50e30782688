//! Amdahl's law, for questions whose machine nobody here has: computed, and told as that.

use super::item::Run;
use crate::model::python::Value;
use crate::model::python::observed::Observed;

/// How many times as fast so many workers are, where this share stays serial.
#[must_use]
pub fn speedup(serial_share: f64, workers: u32) -> f64 {
    let serial = serial_share.clamp(0.0, 1.0);
    1.0 / (serial + (1.0 - serial) / f64::from(workers.max(1)))
}

/// What such a run tells: rounded to a tenth.
#[must_use]
pub fn observed(run: &Run) -> Observed {
    let tenths = |value: f64| Value::Number((value * 10.0).round() / 10.0);
    let ideal = f64::from(run.workers);
    let told = [
        ("speedup", speedup(run.serial_share, run.workers)),
        ("ideal", ideal),
        ("without_share", ideal * (1.0 - run.serial_share)),
    ];
    let told = told.into_iter().map(|(name, value)| (name.to_owned(), tenths(value))).collect();
    Observed { told, ..Observed::without_figures() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_percent_of_serial_work_leave_nine_times() {
        let run = Run { serial_share: 0.1, workers: 128, ..Run::default() };
        let told = observed(&run);
        assert_eq!(told.told("speedup"), Some(&Value::Number(9.3)));
        assert_eq!(told.told("without_share"), Some(&Value::Number(115.2)));
        assert_eq!((speedup(0.0, 8), speedup(1.0, 8), speedup(0.5, 0)), (8.0, 1.0, 1.0));
    }
}
