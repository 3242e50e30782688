//! Somebody who answers requests: a worker, or the page itself.

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

    /// Sends a request; a copy of the data is handed over.
    ///
    /// # Errors
    /// The browser's words, where it can't be sent.
    pub(super) fn post(&self, message: ToWorker, data: Option<&[u8]>) -> Result<(), String> {
        match self {
            Self::Worker(worker) => worker.post(&message, data),
            Self::Page(service) => {
                service.post(message, data);
                Ok(())
            }
        }
    }
}
