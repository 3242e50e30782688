//! Stop is answered within 100 ms, whatever runs: what the contract promises, on
//! the page's own clock.

use serde_json::json;

use crate::lab::PATIENCE;
use crate::report::number;
use crate::{Lab, Outcome, ensure};

/// What the contract promises.
const STOP_LIMIT_MS: f64 = 100.0;
/// On a shared machine the best of a few tries is what the lab can do.
pub const TRIES: usize = 4;

/// Posts `stop` and gives how long the lab took to answer, on the page's clock, ms.
///
/// # Errors
/// When the run ends in any other way, or not in time.
pub async fn stop(lab: &Lab) -> Outcome<f64> {
    let script = "
        const [limit, answer] = arguments;
        const index = window.recorder.entries.length;
        const asked = performance.now();
        window.postMessage({ app: 'parallel-lab', v: 1, type: 'stop' }, '*');
        window.recorder.next(index, ['stopped', 'finished', 'error'], null, limit,
            (entry) => answer(entry && { after: entry.at - asked, type: entry.message.type }));";
    let limit = u64::try_from(PATIENCE.as_millis())?;
    let answer = lab.script_async(script, vec![json!(limit)]).await?;
    ensure!(answer["type"] == "stopped", "stop was answered by {answer}; {}", lab.what_happened().await);
    number(&answer, "after")
}

/// The tries to stop what is run again and again, until one was in time.
#[derive(Debug)]
pub struct Tries<'a> {
    what: &'a str,
    took_ms: Vec<f64>,
}

impl<'a> Tries<'a> {
    /// None so far; `what` is to be stopped.
    #[must_use]
    pub fn of(what: &'a str) -> Self {
        Self { what, took_ms: Vec::new() }
    }

    /// Stops what runs, and says whether that was in time.
    ///
    /// # Errors
    /// When it is the last try, and was not; and those of [`stop`].
    pub async fn stop(&mut self, lab: &Lab) -> Outcome<bool> {
        let took_ms = stop(lab).await?;
        self.took_ms.push(took_ms);
        let is_in_time = took_ms <= STOP_LIMIT_MS;
        let Self { what, took_ms } = self;
        ensure!(is_in_time || took_ms.len() < TRIES, "{what} took {took_ms:?} ms to stop");
        Ok(is_in_time)
    }
}
