//! What axe-core finds on the page.

use std::fs;

use serde_json::json;

use crate::browser::program;
use crate::{Lab, Outcome, ensure};

/// Checks the page as it stands; `state` says in which state that is.
///
/// # Errors
/// What axe-core finds.
pub async fn check(lab: &Lab, state: &str) -> Outcome {
    let source = fs::read_to_string(program("PARALLEL_LAB_AXE")?)?;
    let script = format!(
        "{source};
        const answer = arguments[arguments.length - 1];
        axe.run(document, {{ resultTypes: ['violations'] }}).then(
            (found) => answer({{
                passes: found.passes.length,
                violations: found.violations.map((it) => [it.id, it.help, it.nodes.slice(0, 3).map((node) =>
                    node.html.slice(0, 160) + ' ' + (node.any[0]?.message ?? ''))]),
            }}),
            (error) => answer({{ violations: String(error) }}));"
    );
    let found = lab.script_async(&script, vec![]).await?;
    ensure!(found["violations"] == json!([]), "{state}: {:#}", found["violations"]);
    ensure!(found["passes"].as_u64() > Some(10), "{state}: only {} rules had anything to check", found["passes"]);
    Ok(())
}
