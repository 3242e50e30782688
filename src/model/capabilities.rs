//! What this browser was found able to do: tried, not believed.

use serde::Serialize;

/// The outcome of the probe, as `ready` posts it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Capabilities {
    /// Logical cores that the browser reports.
    pub cores: u32,
    /// What the browser claims about isolation.
    pub cross_origin_isolated: bool,
    /// A nested worker answered through shared memory.
    pub threads: bool,
    /// Why not: a sentence.
    pub threads_reason: Option<String>,
    /// A worker started and answered.
    pub processes: bool,
    /// Why not: a sentence.
    pub processes_reason: Option<String>,
    /// WebAssembly SIMD validates.
    pub simd: bool,
    /// The smallest step of `performance.now()` that was seen, ms.
    pub clock_resolution_ms: f64,
}
