//! The engines that this page has loaded, each at most once at a time.

use std::cell::RefCell;
use std::rc::Rc;

use futures_util::FutureExt;
use futures_util::future::{LocalBoxFuture, Shared};

use super::files::{IsolatedEngine, ThreadedEngine, load_isolated, load_threaded};

type Loaded<T> = Result<Rc<T>, String>;

/// A file that is being loaded or is there; after a failure the next request
/// tries again.
struct Loading<T: 'static> {
    under_way: RefCell<Option<Shared<LocalBoxFuture<'static, Loaded<T>>>>>,
}

impl<T> Loading<T> {
    fn new() -> Self {
        Self { under_way: RefCell::new(None) }
    }

    async fn get<F>(&self, load: impl FnOnce() -> F) -> Loaded<T>
    where
        F: Future<Output = Result<T, String>> + 'static,
    {
        let known = self.under_way.borrow().clone();
        let loading = match known {
            Some(loading) if !matches!(loading.peek(), Some(Err(_))) => loading,
            _ => {
                let loading = load().map(|loaded| loaded.map(Rc::new)).boxed_local().shared();
                self.under_way.replace(Some(loading.clone()));
                loading
            }
        };
        loading.await
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

    /// The isolated engine, or a clause that says why not.
    pub(super) async fn isolated(&self) -> Loaded<IsolatedEngine> {
        self.isolated.get(load_isolated).await
    }

    /// The threaded engine, or a clause that says why not.
    pub(super) async fn threaded(&self) -> Loaded<ThreadedEngine> {
        self.threaded.get(load_threaded).await
    }
}
