//! How a program begins and ends that is no test but drives browsers too: the
//! benchmarks, the matrix, the screenshots.

use std::process::ExitCode;

use crate::Kind;
use crate::browser::Browser;
use crate::runner::Outcome;

/// What `main` returns: it runs `work`, and says by the program's name what went wrong.
pub fn run(name: &str, work: impl Future<Output = Outcome>) -> ExitCode {
    let done = tokio::runtime::Runtime::new().map_err(Into::into).and_then(|runtime| runtime.block_on(work));
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{name}: {error}");
            ExitCode::FAILURE
        }
    }
}

/// As [`run`], with a Chromium of its own, which is ended whatever happens.
pub fn run_in_chromium(name: &str, work: impl AsyncFnOnce(&Browser) -> Outcome) -> ExitCode {
    run(name, async {
        let browser = Browser::start(Kind::Chromium).await?;
        let outcome = work(&browser).await;
        browser.quit().await;
        outcome
    })
}
