//! Where Python comes from while a development server still builds it: the page
//! asks how far that is, and waits.

use super::Arrival;
use super::files::Missing;
use crate::model::python_build::PythonBuild;
use crate::pool::clock::sleep;
use crate::pool::files::{Source, address, fetch_bytes, unheard};

/// What `cargo xtask serve` answers, and nobody else (`xtask/src/build_progress.rs`).
const RESOURCE: &str = "build-progress.json";
/// How long until the server is asked again, ms.
const PAUSE_MS: i32 = 3000;
/// A server that was building and has not answered so often in a row is gone.
const SILENCES: u32 = 5;

/// The folder of the interpreter, as soon as it is built; `tell` hears how far
/// that is.
///
/// # Errors
/// Why there is none.
pub(super) async fn folder(shares_memory: bool, tell: &dyn Fn(Arrival)) -> Result<String, Missing> {
    let (mut was_building, mut silences) = (false, 0);
    loop {
        match ask().await {
            Some(PythonBuild::Done { isolated, threaded }) => {
                let folder = if shares_memory { threaded } else { isolated };
                return address(&folder).map_err(Missing::Broken);
            }
            Some(PythonBuild::Failed { reason }) => return Err(Missing::Unbuilt(reason)),
            Some(PythonBuild::Building { crates, minutes }) => {
                (was_building, silences) = (true, 0);
                tell(Arrival::Building { crates, minutes });
            }
            None => {
                silences += 1;
                if !was_building {
                    return Err(Missing::NotBuilt);
                }
                if silences == SILENCES {
                    return Err(Missing::Broken("the server that was building it has stopped".to_owned()));
                }
            }
        }
        sleep(PAUSE_MS).await;
    }
}

async fn ask() -> Option<PythonBuild> {
    let url = address(RESOURCE).ok()?;
    let answer = fetch_bytes(&url, Source::Server, &unheard).await.ok()?;
    PythonBuild::read(&answer.to_vec())
}
