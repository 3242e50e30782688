//! How far each executor has come.

use leptos::prelude::*;

use crate::model::settings::Executor;
use crate::ui::lab::verdict::short_name;
use crate::ui::state::State;

/// A bar per executor that races; always there, so that nothing jumps.
#[component]
pub(crate) fn ProgressBars(state: State) -> impl IntoView {
    let racing = Memo::new(move |_| {
        let progress = state.progress.get();
        if progress.is_empty() {
            state.settings.with(|it| it.executors.clone())
        } else {
            progress.iter().map(|it| it.executor).collect()
        }
    });
    view! {
        <ul class="progress">
            <For each=move || racing.get() key=|executor| *executor let:executor>
                <Bar state executor />
            </For>
        </ul>
    }
}

#[component]
fn Bar(state: State, executor: Executor) -> impl IntoView {
    let share = Memo::new(move |_| {
        state.progress.with(|progress| {
            let entry = progress.iter().find(|it| it.executor == executor);
            entry.map_or(0.0, |it| if it.total > 0 { it.done as f64 / it.total as f64 } else { 0.0 })
        })
    });
    let label = format!("{}: progress", executor.label());
    view! {
        <li data-executor=executor.name()>
            <span>{short_name(executor)}</span>
            <progress max="1" aria-label=label prop:value=move || share.get()></progress>
        </li>
    }
}
