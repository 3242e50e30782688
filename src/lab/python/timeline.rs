//! Who did what when, on a canvas, and as a table.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::bench::Bench;
use super::lanes::{self, Lane};
use crate::model::python::{Doing, Who};
use super::state::State;
use crate::page::theme;
use crate::view::format;
use crate::view::shapes::{Frame, Shapes};
use crate::view::surface::{Picture, Surface, redraw_on_resize};

/// Heights and widths, CSS pixels.
const LANE: f64 = 26.0;
const BAR: f64 = 16.0;
const NAME: f64 = 92.0;
const AXIS: f64 = 24.0;
const HATCH: f64 = 6.0;
/// Lanes that are drawn, at most.
const LANES: usize = 20;

/// The lanes of the last run.
#[component]
pub(crate) fn Timeline(state: State, bench: Bench) -> impl IntoView {
    let lanes = Memo::new(move |_| {
        let mut lanes = bench.report.with(|it| it.as_deref().map(lanes::of).unwrap_or_default());
        lanes.truncate(LANES);
        lanes
    });
    let wall_ms = Memo::new(move |_| bench.report.with(|it| it.as_ref().map_or(0.0, |it| it.wall_ms)));
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    redraw_on_resize(state.page, canvas);
    Effect::new(move || {
        state.appearance.track();
        let (Some(canvas), lanes, wall_ms) = (canvas.get(), lanes.get(), wall_ms.get()) else { return };
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface, &lanes, wall_ms);
            }
            false
        });
    });
    let has_threads = move || lanes.with(|it| it.iter().any(|it| matches!(it.who, Who::Thread(1..))));
    let has = move |doing: Doing| lanes.with(|it| it.iter().flat_map(|it| &it.stretches).any(|it| it.doing == doing));
    let lost = Memo::new(move |_| {
        bench.report.with(|it| it.as_ref().map_or(0, |it| it.gil_times.iter().map(|it| u64::from(it.lost)).sum()))
    });
    let table = Memo::new(move |_| {
        bench.report.with(|it| it.as_deref().map(|it| lanes::table(&it.stretches)).unwrap_or_default())
    });
    view! {
        <figure class="python-lanes" hidden=move || lanes.with(Vec::is_empty) aria-label="Who did what, when">
            <p class="block-title">"Who did what, when"</p>
            <canvas
                node_ref=canvas
                id="python-timeline"
                role="img"
                aria-label="Lanes of the threads and processes; the table below has the same"
                style:height=move || format!("{}rem", (lanes.with(Vec::len) as f64 * LANE + AXIS) / 16.0)
            ></canvas>
            // In the colours of the lanes.
            <figcaption class="legend" class:threads=has_threads>
                <span hidden=move || !has(Doing::Start)><i class="key startup process"></i>"start"</span>
                <span hidden=move || !has(Doing::Task)><i class="key compute process"></i>"task"</span>
                <span hidden=move || !has(Doing::Pickle)><i class="key pickle"></i>"pickle, unpickle"</span>
                <span hidden=move || !has(Doing::Hold)><i class="key compute thread"></i>"holds the GIL"</span>
                <span hidden=move || !has(Doing::Run)><i class="key compute thread"></i>"runs"</span>
                <span hidden=move || !has(Doing::Wait)><i class="key startup thread"></i>"waits for the GIL"</span>
            </figcaption>
            <p class="soft" hidden=move || lost.get() == 0>
                {move || format!("{} later stretches were not kept: the lanes end before the threads did.", format::count(lost.get()))}
            </p>
            <details>
                <summary>"As a table"</summary>
                <table>
                    <thead>
                        <tr>
                            <th scope="col">"Who"</th>
                            <th scope="col">"What"</th>
                            <th scope="col">"From"</th>
                            <th scope="col">"For"</th>
                        </tr>
                    </thead>
                    <tbody>
                        {move || {
                            let row = |cells: [String; 4]| {
                                view! { <tr>{cells.map(|cell| view! { <td>{cell}</td> }).collect_view()}</tr> }
                            };
                            table.get().0.into_iter().map(row).collect_view()
                        }}
                    </tbody>
                </table>
                <p class="soft" hidden=move || table.with(|it| it.1 == 0)>
                    {move || format!("{} more are left out.", format::count(table.with(|it| it.1 as u64)))}
                </p>
            </details>
        </figure>
    }
}

fn draw(surface: &Surface, lanes: &[Lane], wall_ms: f64) {
    let width = (surface.width - NAME).max(1.0);
    let position = |ms: f64| NAME + width * (ms / wall_ms.max(f64::MIN_POSITIVE)).clamp(0.0, 1.0);
    if let Some(shapes) = Shapes::on(surface) {
        for (index, lane) in lanes.iter().enumerate() {
            let y = index as f64 * LANE + (LANE - BAR) / 2.0;
            shapes.fill(Frame { x: NAME, y, width, height: BAR }, theme::token("--track"), 1.0);
            let colour = theme::token(match lane.who {
                Who::Process(_) => "--process",
                Who::Thread(0) => "--serial",
                Who::Thread(_) => "--thread",
            });
            for stretch in &lane.stretches {
                let (from, to) = (position(stretch.start_ms), position(stretch.end_ms));
                let frame = Frame { x: from, y, width: to - from, height: BAR };
                match stretch.doing {
                    Doing::Start | Doing::Wait => {
                        shapes.fill(frame, colour, 0.22);
                        shapes.hatch(frame, HATCH, colour, 0.7);
                    }
                    Doing::Task | Doing::Hold | Doing::Run => shapes.fill(frame, colour, 1.0),
                    // Within what the thread holds the GIL for: in the text's colour.
                    Doing::Pickle | Doing::Unpickle => shapes.fill(frame, theme::token("--ink"), 1.0),
                }
            }
        }
    }
    surface.context.set_fill_style_str(&theme::css(theme::token("--ink-soft"), 1.0));
    for (index, lane) in lanes.iter().enumerate() {
        surface.text(&lane.name, 0.0, (index as f64 + 0.5) * LANE, 13.0, "left");
    }
    let y = lanes.len() as f64 * LANE + AXIS / 2.0;
    surface.text("0 ms", NAME, y, 12.0, "left");
    surface.text(&format::duration(wall_ms), surface.width, y, 12.0, "right");
}
