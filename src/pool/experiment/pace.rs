//! Looks at the bare loop between the executors, off their clocks: how evenly the machine
//! went on (`model::pace`).

use super::Run;
use super::untimed::all_of;
use crate::model::settings::Kernel;
use crate::pool::control::Trouble;
use crate::protocol::FromWorker;
use crate::workload::AnyWorkload;

/// A look lasts so many ticks of the clock.
const TICKS: f64 = 10.0;
/// And at most so many pieces.
const MOST_PIECES: u32 = 64;
/// What differs from the look before is looked at so often, and the fastest counts: something
/// may just have come between.
const AGAIN: u32 = 3;

impl Run<'_> {
    /// Takes the time of the bare loop, once or until it is as before.
    pub(super) async fn look_at_pace(&mut self) -> Result<(), Trouble> {
        let experiment = self.experiment;
        let Some(bare) = &experiment.bare_loop else { return Ok(()) };
        // What was ended at work still runs on.
        if self.control.unsettled_ms() > 0.0 {
            return Ok(());
        }
        let interruptions = self.control.watch.interruptions();
        let mut fastest_ms = f64::INFINITY;
        for _ in 0..AGAIN {
            let before_ms = self.pace.fastest_look_ms().unwrap_or(fastest_ms);
            let look_ms = self.time(&bare.workload, &bare.input).await?;
            fastest_ms = fastest_ms.min(look_ms);
            if self.pace.is_even(before_ms, look_ms) {
                break;
            }
        }
        if self.control.watch.interruptions() == interruptions && self.control.watch.is_visible() {
            self.pace.looks_ms.push(fastest_ms);
        }
        Ok(())
    }

    /// How long a piece takes, ms: so many in a row that the clock can tell.
    async fn time(&mut self, workload: &AnyWorkload, input: &[u8]) -> Result<f64, Trouble> {
        let enough_ms = TICKS * self.resolution_ms;
        let mut begun_ms = None;
        for pieces in 1..=MOST_PIECES {
            let request = |dispatch| all_of(workload, Kernel::Scalar, dispatch);
            let letter = self.ask_solo(request, Some(input)).await?;
            let FromWorker::Done { span, .. } = &letter.message else {
                return Err(Trouble::broken("The bare loop gave no times."));
            };
            let took_ms = span.end_ms - *begun_ms.get_or_insert(span.start_ms);
            if took_ms >= enough_ms || pieces == MOST_PIECES {
                return Ok(took_ms / f64::from(pieces));
            }
        }
        Ok(f64::NAN)
    }
}
