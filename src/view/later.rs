//! A block that comes, with its part of the program, when it is first wanted.

use leptos::prelude::*;
use leptos::task::spawn_local;

use crate::page::blocks;
use crate::pool::on_demand::OnDemand;

/// Shows `block` from when it was first `wanted` and its part is here, in a task of its
/// own. Where that can't
/// be had, it is asked for again whenever what `wanted` looks at changes; meanwhile
/// `missing` says so, if it is this block that does. What `block` calls must be a gate
/// of the part (`xtask/src/parts.rs`).
pub(crate) fn later(
    part: OnDemand,
    wanted: Signal<bool>,
    missing: Option<&'static str>,
    block: impl Fn() -> AnyView + Send + 'static,
) -> AnyView {
    part.foresee();
    let is_here = RwSignal::new(false);
    let is_missing = RwSignal::new(false);
    Effect::new(move || {
        if !wanted.get() || is_here.get_untracked() {
            return;
        }
        spawn_local(async move {
            let is_brought = blocks::bring(part.bring()).await.is_ok();
            // The block may be gone by then, with all that is around it; or it stands already.
            let _ = is_missing.try_set(!is_brought);
            if is_here.try_get_untracked() == Some(false) {
                is_here.set(is_brought);
            }
        });
    });
    view! {
        {move || is_here.get().then(&block)}
        {missing.map(|sentence| move || is_missing.get().then(|| view! { <p role="alert">{sentence}</p> }))}
    }
    .into_any()
}
