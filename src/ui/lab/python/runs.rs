//! The runs so far, side by side: change a word, run again, compare.

use leptos::prelude::*;

use super::bench::Bench;
use super::telling::Row;
use crate::ui::format;

/// A bar per run, startup hatched.
#[component]
pub(crate) fn Runs(bench: Bench) -> impl IntoView {
    let longest_ms = Memo::new(move |_| bench.rows.with(|rows| rows.iter().map(|it| it.wall_ms).fold(0.0, f64::max)));
    let row = move |row: Row| {
        let share = move |ms: f64| format!("{:.3}%", 100.0 * ms / longest_ms.get().max(f64::MIN_POSITIVE));
        let startup_ms = row.startup_ms.min(row.wall_ms);
        let (name, title) = (row.name(), row.title.clone());
        let verdict = if row.is_ok { String::new() } else { "ended early".to_owned() };
        view! {
            <li data-executor=row.executor.name()>
                <span class="run-name">
                    <i class="swatch" aria-hidden="true"></i>
                    {name}
                    <span class="soft">" " {title}</span>
                </span>
                <span class="run-track" aria-hidden="true">
                    <i class="run-startup" style:width=move || share(startup_ms)></i>
                    <i class="run-work" style:width=move || share(row.wall_ms - startup_ms)></i>
                </span>
                <span class="run-value">{format::duration(row.wall_ms)}</span>
                <span class="soft">{verdict}</span>
            </li>
        }
    };
    view! {
        <section class="runs" aria-label="Runs so far" hidden=move || bench.rows.with(Vec::is_empty)>
            <p class="block-title">"Runs so far, the script's time"</p>
            <ol>
                <For each=move || bench.rows.get() key=|it| it.run let:it>
                    {row(it)}
                </For>
            </ol>
            <p class="legend">
                <span><i class="key startup"></i>"the longest start of a process"</span>
                <span><i class="key compute"></i>"the rest of the script"</span>
            </p>
        </section>
    }
}
