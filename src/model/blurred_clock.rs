//! What is said of a clock that the browser keeps coarse, so that nobody takes its steps for the
//! machine's speed.

use super::format;

/// A clock with larger steps is not what browsers give by default: it was blurred further, ms.
const FURTHER_MS: f64 = 10.0;

/// Said of a clock that was never seen to move, ms: its steps are at least as large.
pub const NOT_SEEN_MS: f64 = 1_000.0;

/// Why there is no time: what the browser does, and what for.
#[must_use]
pub fn why_too_fast(resolution_ms: f64) -> String {
    format!(
        "Too fast to time here: the clock moves in {}, and only what lasts twenty of them has a time. {} More work at \
         once takes long enough.",
        steps(resolution_ms),
        PURPOSE
    )
}

const PURPOSE: &str = "Browsers keep their clocks coarse on purpose, so that no page can spy on people by the time that \
                       things take.";

fn steps(resolution_ms: f64) -> String {
    if resolution_ms < NOT_SEEN_MS {
        format!("steps of {}", format::duration(resolution_ms))
    } else {
        "steps that are too large to see".into()
    }
}

/// Said wherever this browser blurs more than browsers do by default. How many cores there are it
/// then often does not tell either; whether it does, nobody but a measurement can say.
#[must_use]
pub fn warning(resolution_ms: f64, cores: u32) -> Option<String> {
    (resolution_ms >= FURTHER_MS).then(|| {
        let cores = if cores == 1 { "1 core".to_owned() } else { format!("{cores} cores") };
        format!(
            "This browser protects people more than most: its clock moves in {}, so short runs are repeated and take \
             longer here. The {cores} that it reports may be a number that it gives everybody.",
            steps(resolution_ms)
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_names_the_steps_and_their_purpose() {
        let said = why_too_fast(16.7);
        assert!(said.starts_with("Too fast to time here: the clock moves in steps of 16.7 ms"), "{said}");
        assert!(said.contains("on purpose") && said.contains("spy on people"), "{said}");
        assert!(why_too_fast(NOT_SEEN_MS).contains("too large to see"));
    }

    #[test]
    fn only_a_clock_that_is_blurred_further_is_warned_of() {
        for usual_ms in [0.005, 0.02, 0.1, 1.0] {
            assert_eq!(warning(usual_ms, 8), None);
        }
        for blurred_ms in [16.7, 100.0] {
            let said = warning(blurred_ms, 2).unwrap();
            assert!(said.contains("The 2 cores that it reports may be"), "{said}");
        }
    }
}
