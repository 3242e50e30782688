//! The runs so far, side by side: change a word, run again, compare.

use leptos::prelude::*;

use super::bench::Bench;
use super::experiments::Experiment;
use crate::model::format;
use crate::pool::on_demand::OnDemand;
use crate::view::later::later;

/// A bar per experiment, startup hatched; a line from its fastest to its slowest run.
#[component]
pub(crate) fn Runs(bench: Bench) -> impl IntoView {
    let has_any = Signal::derive(move || bench.experiments.with(|it| !it.all().is_empty()));
    later(OnDemand::Results, has_any, None, move || when_run(bench))
}

/// By this name its part of the program is entered (`xtask/src/parts.rs`).
#[inline(never)]
fn when_run(bench: Bench) -> AnyView {
    let longest_ms = Memo::new(move |_| {
        let slowest = |it: &Experiment| it.wall().map_or(0.0, |wall| wall.max);
        bench.experiments.with(|it| it.all().iter().map(slowest).fold(0.0, f64::max))
    });
    let is_single = move || bench.experiments.with(|it| it.all().iter().any(|it| it.runs.len() == 1));
    let bar = move |experiment: Experiment| {
        let Some(wall) = experiment.wall() else { return ().into_any() };
        let share = move |ms: f64| format!("{:.3}%", 100.0 * ms / longest_ms.get().max(f64::MIN_POSITIVE));
        let startup_ms = experiment.startup_ms().min(wall.median);
        let runs = experiment.counted().count();
        let is_set_aside = runs < experiment.runs.len();
        let of_runs = (runs > 1).then(|| {
            let range = format!("{} to {}", format::duration(wall.min), format::duration(wall.max));
            format!("median of {runs}: {range}. ")
        });
        let cold = match (is_set_aside, experiment.runs.first()) {
            (true, Some(first)) => Some(format!(
                "Set aside: the first run, {}; it also paid for a cold start.",
                format::duration(first.wall_ms)
            )),
            (false, Some(first)) if first.is_cold => {
                Some("A first run: it also paid for compiling and a cold start.".into())
            }
            _ => None,
        };
        view! {
            <li data-executor=experiment.executor.name()>
                <span class="run-name">
                    <i class="swatch" aria-hidden="true"></i>
                    {experiment.name()}
                    <span class="soft">" " {experiment.title()}</span>
                </span>
                <span class="run-value" translate="no">{format::duration(wall.median)}</span>
                <span class="run-track" aria-hidden="true">
                    <i class="run-startup" style:width=move || share(startup_ms)></i>
                    <i class="run-work" style:width=move || share(wall.median - startup_ms)></i>
                    <i
                        class="run-range"
                        hidden=runs == 1
                        style:inset-inline-start=move || share(wall.min)
                        style:width=move || share(wall.max - wall.min)
                    ></i>
                </span>
                <span class="run-count soft">{of_runs}{cold}</span>
            </li>
        }
        .into_any()
    };
    view! {
        <section class="runs" aria-label="Runs so far" hidden=move || bench.experiments.with(|it| it.all().is_empty())>
            <p class="block-title">"Runs so far, the script's time"</p>
            <ol>
                <For
                    each=move || bench.experiments.with(|it| it.all().to_vec())
                    key=|it| (it.number, it.runs.len())
                    let:it
                >
                    {bar(it)}
                </For>
            </ol>
            <p class="legend">
                <span><i class="key startup"></i>"the longest start of a process"</span>
                <span><i class="key compute"></i>"the rest of the script"</span>
            </p>
            <p class="about-runs soft">
                <span hidden=move || !is_single()>
                    "One run's time is partly an accident: run again, and the bar shows the median. "
                </span>
                "Only scripts that told the same result did the same work: they are compared."
            </p>
        </section>
    }
    .into_any()
}
