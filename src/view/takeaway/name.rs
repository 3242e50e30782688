//! What files are called.

use crate::model::report::Report;

/// `parallel-lab-race-30x5000.csv`; several races are joined by `and`.
#[must_use]
pub fn file_name(reports: &[&Report], extension: &str) -> String {
    let sizes: Vec<_> = reports.iter().map(|it| format!("{}x{}", it.settings.members, it.settings.steps)).collect();
    format!("parallel-lab-race-{}.{extension}", sizes.join("-and-"))
}

#[cfg(test)]
mod tests {
    use super::super::table::tests::report;
    use super::*;

    #[test]
    fn the_size_is_in_the_name() {
        let (small, large) = (report(30), report(10_000));
        assert_eq!(file_name(&[&small], "csv"), "parallel-lab-race-30x5000.csv");
        assert_eq!(file_name(&[&small, &large], "png"), "parallel-lab-race-30x5000-and-10000x5000.png");
    }
}
