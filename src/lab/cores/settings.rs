//! What the lab can be set to: each setting is declared here, once.

use crate::model::parameter::{Parameter, settings};

settings! {
    /// How far the curve goes, and what stands at each of its points.
    pub struct Settings {
        /// One by one up to so many workers, then on to twice as many.
        workers: u32 = Parameter::workers("workers").labelled("Workers", "One by one up to so many, then on to twice as many");
        /// Inner threads of each worker.
        inner: u32 = Parameter::whole("inner", 1, 1, 8)
            .labelled("Inner threads each", "Busy threads that each worker stands for, as where a library is parallel itself; all are workers here");
        /// Repeats of each point.
        repeats: u32 = Parameter::whole("repeats", 5, 1, 50).labelled("Repeats", "");
    }
}
