//! Who did what, when: a lane per worker of each pool, in its median repeat.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::surface::{Picture, Surface, redraw_on_resize};
use super::timeline_geometry::{Activity, lanes};
use crate::model::report::Report;
use crate::model::settings::Executor;
use crate::model::timeline::Timeline;
use crate::ui::format;
use crate::ui::lab::verdict::short_name;
use crate::ui::plot::bars::colour_of;
use crate::ui::state::State;
use crate::ui::theme;

/// Height of a pool's heading, CSS pixels.
const HEADING: f64 = 30.0;
/// Height of a lane, with the room between lanes.
const LANE: f64 = 16.0;
/// Room for a lane's name.
const LEFT: f64 = 62.0;

/// The chart; nothing where no pool ran.
#[component]
pub(crate) fn Lanes(state: State) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    let pools = Memo::new(move |_| state.report.with(|report| pools(report.as_deref())));

    redraw_on_resize(state, canvas);
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
        let height: f64 = pools.with(|pools| pools.iter().map(Pool::height).sum());
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

/// The median repeat of a pool.
#[derive(Clone, PartialEq)]
struct Pool {
    executor: Executor,
    workers: usize,
    timeline: Timeline,
}

impl Pool {
    fn height(&self) -> f64 {
        HEADING + LANE * lanes(&self.timeline, self.workers).len() as f64
    }

    fn heading(&self) -> String {
        let shown = lanes(&self.timeline, self.workers).len();
        let workers = match self.workers {
            1 => "1 worker".into(),
            workers if shown < workers => format!("{shown} of {workers} workers"),
            workers => format!("{workers} workers"),
        };
        let tasks = match self.timeline.spans.len() {
            1 => "1 task".into(),
            tasks => format!("{} tasks", format::count(tasks as u64)),
        };
        let took = format::duration(self.timeline.gathered_ms);
        format!("{}: {workers}, {tasks} in {took}", short_name(self.executor))
    }
}

/// The pools that ran.
fn pools(report: Option<&Report>) -> Vec<Pool> {
    let Some(report) = report else { return Vec::new() };
    let pool = |(executor, timeline): &(Executor, Timeline)| {
        let result = report.results.iter().find(|it| it.executor == *executor)?;
        let workers = result.workers? as usize;
        let is_pool = matches!(executor, Executor::Process | Executor::Thread);
        is_pool.then(|| Pool { executor: *executor, workers, timeline: timeline.clone() })
    };
    report.timelines.iter().filter_map(pool).collect()
}

fn words(pools: &[Pool]) -> String {
    pools.iter().map(|pool| pool.heading() + ". ").collect()
}

fn draw(surface: &Surface, pools: &[Pool]) {
    let (soft, rule) = (theme::token("--ink-soft"), theme::token("--rule"));
    let length = (surface.width - LEFT).max(10.0);
    let context = &surface.context;
    let mut top = 0.0;
    for pool in pools {
        let colour = colour_of(pool.executor);
        context.set_fill_style_str(&theme::css(soft, 1.0));
        surface.text(&pool.heading(), 0.0, top + HEADING / 2.0, 12.5, "left");
        top += HEADING;
        for (index, lane) in lanes(&pool.timeline, pool.workers).iter().enumerate() {
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
