//! What a student expects of a race before it runs.

use serde::{Serialize, Serializer};

use super::report::ExecutorResult;
use super::settings::Executor;
use super::standing::Standing;

/// A prediction; `finished.prediction` holds it as it is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Prediction {
    /// Who finishes first; `None` is "not sure".
    pub first: Option<Executor>,
    /// How many times as fast as Serial that one is, roughly; `None` where it
    /// was not said.
    pub speedup: Option<f64>,
    /// The whole order, where it was said.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub order: Option<Order>,
}

/// Executors from the fastest to the slowest; empty places come last.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Order([Option<Executor>; Executor::ALL.len()]);

impl Order {
    /// All orders of these executors that begin with one of them; none where
    /// that is not among them.
    #[must_use]
    pub fn all_from(first: Executor, executors: &[Executor]) -> Vec<Self> {
        let rest: Vec<_> = executors.iter().copied().filter(|it| *it != first).collect();
        if rest.len() == executors.len() {
            return Vec::new();
        }
        let mut orders = vec![vec![first]];
        for _ in &rest {
            orders = orders.iter().flat_map(|order| continued(order, &rest)).collect();
        }
        orders.iter().map(|order| Self(std::array::from_fn(|place| order.get(place).copied()))).collect()
    }

    /// The executors, the fastest first.
    pub fn executors(&self) -> impl Iterator<Item = Executor> + '_ {
        self.0.iter().flatten().copied()
    }
}

/// The order with each of those that are not in it yet.
fn continued(order: &[Executor], rest: &[Executor]) -> Vec<Vec<Executor>> {
    let missing = rest.iter().filter(|it| !order.contains(it));
    missing.map(|next| order.iter().copied().chain([*next]).collect()).collect()
}

impl Serialize for Order {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.executors())
    }
}

/// The rough factors that can be predicted.
pub const SPEEDUPS: [f64; 5] = [1.0, 2.0, 4.0, 8.0, 30.0];

impl Prediction {
    /// The wall time, ms, that the predicted executor should have reached for the
    /// prediction to come true, where Serial took `serial_ms` and the fastest
    /// of the others `best_other_ms`. Without a factor it is the time to beat.
    #[must_use]
    fn wall_ms(&self, serial_ms: Option<f64>, best_other_ms: Option<f64>) -> Option<f64> {
        match self.speedup {
            Some(speedup) => serial_ms.map(|serial_ms| serial_ms / speedup),
            None => best_other_ms,
        }
    }

    /// Whose bar gets the mark, and at which wall time, ms; `None` where nobody
    /// was predicted, or the race has no time to compare with.
    #[must_use]
    pub fn mark(&self, results: &[ExecutorResult]) -> Option<(Executor, f64)> {
        let first = self.first?;
        let median = |it: &ExecutorResult| it.wall_ms.map(|wall| wall.median);
        let serial_ms = results.iter().find(|it| it.executor == Executor::Serial).and_then(median);
        // Somebody else without a time could be the one to beat.
        let is_known = Standing::of(results).untimed.iter().all(|it| *it == first);
        let others = results.iter().filter(|it| it.executor != first && is_known);
        let best_other_ms = others.filter_map(median).reduce(f64::min);
        Some((first, self.wall_ms(serial_ms, best_other_ms)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::report::{Status, Wall};

    fn ran(executor: Executor, median: f64) -> ExecutorResult {
        ExecutorResult {
            wall_ms: Some(Wall { min: median, median, max: median }),
            reason: None,
            ..ExecutorResult::without_figures(executor, Status::Ok, String::new())
        }
    }

    #[test]
    fn the_mark_is_the_time_to_beat_or_what_the_factor_says() {
        let results = [ran(Executor::Serial, 8.0), ran(Executor::Vectorized, 3.0), ran(Executor::Thread, 5.0)];
        let plain = Prediction { first: Some(Executor::Thread), ..Prediction::default() };
        assert_eq!(plain.mark(&results), Some((Executor::Thread, 3.0)));
        let with_factor = Prediction { speedup: Some(4.0), ..plain };
        assert_eq!(with_factor.mark(&results), Some((Executor::Thread, 2.0)));
    }

    #[test]
    fn there_is_no_time_to_beat_while_somebody_has_none() {
        let untimed = ExecutorResult { wall_ms: None, ..ran(Executor::Vectorized, 1.0) };
        let results = [ran(Executor::Serial, 8.0), untimed, ran(Executor::Thread, 5.0)];
        let guess = Prediction { first: Some(Executor::Thread), ..Prediction::default() };
        assert_eq!(guess.mark(&results), None);
        let itself = Prediction { first: Some(Executor::Vectorized), ..guess };
        assert_eq!(itself.mark(&results), Some((Executor::Vectorized, 5.0)));
    }

    #[test]
    fn an_order_is_one_of_all_that_begin_so() {
        use Executor::{Process, Serial, Thread};
        let orders = Order::all_from(Thread, &[Serial, Process, Thread]);
        let names: Vec<Vec<_>> = orders.iter().map(|it| it.executors().collect()).collect();
        assert_eq!(names, [[Thread, Serial, Process], [Thread, Process, Serial]]);
        assert_eq!(Order::all_from(Thread, &Executor::ALL).len(), 6);
        assert_eq!(Order::all_from(Thread, &[Serial]), []);
        let guess = Prediction { first: Some(Thread), order: Some(orders[0]), ..Prediction::default() };
        let message = serde_json::to_value(guess).unwrap();
        assert_eq!(message["order"], serde_json::json!(["thread", "serial", "process"]));
    }

    #[test]
    fn without_a_time_to_compare_with_there_is_no_mark() {
        let guess = Prediction { first: Some(Executor::Thread), speedup: Some(4.0), order: None };
        assert_eq!(guess.mark(&[ran(Executor::Thread, 5.0)]), None);
        assert_eq!(Prediction { speedup: None, ..guess }.mark(&[]), None);
        assert_eq!(Prediction::default().mark(&[ran(Executor::Serial, 8.0)]), None);
    }
}
