//! Who did what, when: a lane per worker of each pool, in its median repeat.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::surface::{Picture, Surface, redraw_on_resize};
use super::timeline_geometry::{Activity, lanes, worker_count};
use crate::model::settings::Executor;
use crate::model::timeline::Timeline;
use crate::ui::format;
use crate::ui::plot::bars::colour_of;
use crate::ui::state::State;
use crate::ui::theme;

/// Height of a pool's heading, CSS pixels.
const HEADING: f64 = 24.0;
/// Height of a lane, with the room between lanes.
const LANE: f64 = 13.0;
/// Room for a lane's name.
const LEFT: f64 = 62.0;

/// The chart; nothing where no pool ran.
#[component]
pub(crate) fn Lanes(state: State) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    let pools = Memo::new(move |_| state.report.with(|report| pools(report.as_deref())));

    Effect::new(move |observed: Option<bool>| {
        let Some(canvas) = canvas.get() else { return false };
        if observed != Some(true) {
            redraw_on_resize(state, &canvas);
        }
        true
    });
    Effect::new(move || {
        state.appearance.track();
        let (Some(canvas), pools) = (canvas.get(), pools.get()) else { return };
        // In the next frame, when the height below has taken effect.
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface, &pools);
            }
            false
        });
    });
    let height = move || {
        let lanes = |timeline: &Timeline| HEADING + LANE * lanes(timeline).len() as f64;
        let height: f64 = pools.with(|pools| pools.iter().map(|(_, it)| lanes(it)).sum());
        format!("{}px", height.max(1.0))
    };
    view! {
        <figure class="lanes" hidden=move || pools.with(Vec::is_empty)>
            <div class="plot" style:height=height>
                <canvas
                    id="timeline"
                    node_ref=canvas
                    role="img"
                    aria-label=move || pools.with(|pools| words(pools))
                ></canvas>
            </div>
        </figure>
    }
}

/// The pools that ran, with their median repeats.
fn pools(report: Option<&crate::model::report::Report>) -> Vec<(Executor, Timeline)> {
    let timelines = report.map(|report| report.timelines.as_slice()).unwrap_or_default();
    let is_pool = |executor: Executor| matches!(executor, Executor::Process | Executor::Thread);
    timelines.iter().filter(|(executor, timeline)| is_pool(*executor) && !lanes(timeline).is_empty()).cloned().collect()
}

fn words(pools: &[(Executor, Timeline)]) -> String {
    pools.iter().map(|(executor, timeline)| heading(*executor, timeline) + ". ").collect()
}

fn heading(executor: Executor, timeline: &Timeline) -> String {
    let (workers, shown) = (worker_count(timeline), lanes(timeline).len());
    let of = if shown < workers { format!("{shown} of {workers}") } else { workers.to_string() };
    let tasks = format::count(timeline.spans.len() as u64);
    format!("{}: {of} workers, {tasks} tasks in {}", executor.label(), format::duration(timeline.gathered_ms))
}

fn draw(surface: &Surface, pools: &[(Executor, Timeline)]) {
    let (soft, rule) = (theme::token("--ink-soft"), theme::token("--rule"));
    let length = (surface.width - LEFT).max(10.0);
    let context = &surface.context;
    let mut top = 0.0;
    for (executor, timeline) in pools {
        let colour = colour_of(*executor);
        context.set_fill_style_str(&theme::css(soft, 1.0));
        surface.text(&heading(*executor, timeline), 0.0, top + HEADING / 2.0, 12.5, "left");
        top += HEADING;
        for (index, lane) in lanes(timeline).iter().enumerate() {
            context.set_fill_style_str(&theme::css(soft, 1.0));
            surface.text(&format!("worker {}", index + 1), 0.0, top + LANE / 2.0, 11.0, "left");
            context.set_fill_style_str(&theme::css(rule, 0.45));
            context.fill_rect(LEFT, top + 1.0, length, LANE - 3.0);
            for stretch in lane {
                let alpha = match stretch.activity {
                    Activity::Startup => 0.35,
                    Activity::Task => 1.0,
                };
                context.set_fill_style_str(&theme::css(colour, alpha));
                // A hair of the lane stays between neighbours.
                let width = (length * (stretch.to - stretch.from) - 0.75).max(0.75);
                context.fill_rect(LEFT + length * stretch.from, top + 1.0, width, LANE - 3.0);
            }
            top += LANE;
        }
    }
}
