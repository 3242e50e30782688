//! The engines that this page has loaded, each at most once at a time.

use std::cell::{Cell, RefCell};
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};

use super::files::{IsolatedEngine, Source, ThreadedEngine, load_isolated, load_threaded};
use crate::model::settings::Executor;

type Loaded<T> = Result<Rc<T>, String>;

/// A file that is being loaded or is there. After a failure the next request
/// tries again, and then trusts no cache.
struct Loading<T: 'static> {
    under_way: RefCell<Option<Shared<LocalBoxFuture<'static, Loaded<T>>>>>,
    failed: Cell<bool>,
}

impl<T> Loading<T> {
    fn new() -> Self {
        Self { under_way: RefCell::new(None), failed: Cell::new(false) }
    }

    async fn get<F>(&self, load: impl FnOnce(Source) -> F) -> Loaded<T>
    where
        F: Future<Output = Result<T, String>> + 'static,
    {
        let known = self.under_way.borrow().clone();
        let loading = match known {
            Some(loading) => loading,
            None => {
                let source = if self.failed.get() { Source::Server } else { Source::Anywhere };
                let loading = load(source).map(|loaded| loaded.map(Rc::new)).boxed_local().shared();
                self.under_way.replace(Some(loading.clone()));
                loading
            }
        };
        let loaded = loading.await;
        if loaded.is_err() {
            self.forget();
        }
        loaded
    }

    fn forget(&self) {
        self.failed.set(true);
        self.under_way.replace(None);
    }
}

/// Both engines.
pub(super) struct Engines {
    isolated: Loading<IsolatedEngine>,
    threaded: Loading<ThreadedEngine>,
}

impl Engines {
    pub(super) fn new() -> Self {
        Self { isolated: Loading::new(), threaded: Loading::new() }
    }

    /// What was loaded does not start: the next request loads it anew.
    pub(super) fn forget(&self, executor: Executor) {
        match executor {
            Executor::Thread => self.threaded.forget(),
            _ => self.isolated.forget(),
        }
    }

    /// The isolated engine, or a clause that says why not.
    pub(super) async fn isolated(&self) -> Loaded<IsolatedEngine> {
        self.isolated.get(load_isolated).await
    }

    /// The threaded engine, or a clause that says why not.
    pub(super) async fn threaded(&self) -> Loaded<ThreadedEngine> {
        self.threaded.get(load_threaded).await
    }
}
