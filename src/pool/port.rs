//! Somebody who answers requests: a worker, or the page itself.

use js_sys::Float64Array;

use super::page_service::PageService;
use super::signal::WorkerId;
use super::worker::WorkerHandle;
use crate::model::report::Where;
use crate::protocol::ToWorker;

/// Where requests go.
pub(super) enum Port {
    /// A web worker.
    Worker(WorkerHandle),
    /// The page's own thread.
    Page(PageService),
}

impl Port {
    pub(super) fn id(&self) -> WorkerId {
        match self {
            Self::Worker(worker) => worker.id(),
            Self::Page(service) => service.id(),
        }
    }

    pub(super) fn place(&self) -> Where {
        match self {
            Self::Worker(_) => Where::Worker,
            Self::Page(_) => Where::Page,
        }
    }

    /// Sends a request; the data are handed over.
    ///
    /// # Errors
    /// The browser's words, where it can't be sent.
    pub(super) fn post(&self, message: ToWorker, data: Option<&[f64]>) -> Result<(), String> {
        let values = data.map(Float64Array::from);
        match self {
            Self::Worker(worker) => worker.post(&message, values.as_ref()),
            Self::Page(service) => {
                service.post(message, values.as_ref());
                Ok(())
            }
        }
    }
}
