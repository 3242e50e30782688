//! A block that comes, with its part of the program, when it is first wanted.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::pool::on_demand::OnDemand;

/// Shows `block` from when it was first `wanted` and its part is here; says so, where
/// that can't be had. What `block` calls must be a gate of the part (`xtask/src/parts.rs`).
pub(crate) fn later(
    part: OnDemand,
    wanted: impl Into<Signal<bool>>,
    block: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    let wanted = wanted.into();
    let is_here = RwSignal::new(false);
    let missing = RwSignal::new(None::<&'static str>);
    Effect::new(move || {
        if !wanted.get() || is_here.get_untracked() {
            return;
        }
        spawn_local(async move {
            let brought = part.bring().await;
            // The block may be gone by then, with all that is around it.
            let _ = missing.try_set(brought.err());
            let _ = is_here.try_set(brought.is_ok());
        });
    });
    view! {
        {move || is_here.get().then(&block)}
        {move || missing.get().map(|sentence| view! { <p role="alert">{sentence}</p> })}
    }
    .into_any()
}
