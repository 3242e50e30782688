//! The ensemble as it looks: trajectories in the x–z plane, or where those are
//! too many to keep, mean and spread over time.

use std::rc::Rc;

use leptos::html::Canvas;
use leptos::prelude::*;
use plotters::prelude::*;
use plotters_canvas::CanvasBackend;

use super::statistics;
use super::surface::{Picture, Surface, redraw_on_resize};
use super::trajectory_geometry::{Selection, View, polyline};
use crate::model::report::{Drawing, Report};
use crate::ui::format;
use crate::ui::state::{Activity, State};
use crate::ui::theme::{self, Colour};

/// Room for the axes' names, CSS pixels.
const MARGIN: f64 = 26.0;

/// plotters counts in whole pixels: two per CSS pixel at least keep lines smooth.
const LEAST_SCALE: f64 = 2.0;

/// The chart of the ensemble with its caption.
#[component]
pub(crate) fn Attractor(state: State) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();

    redraw_on_resize(state, canvas);
    Effect::new(move || {
        state.appearance.track();
        let (Some(canvas), report) = (canvas.get(), state.report.get()) else { return };
        let Some(report) = report else {
            let _ = Surface::prepare(&canvas, LEAST_SCALE);
            return;
        };
        let Some(surface) = Surface::prepare(&canvas, LEAST_SCALE) else { return };
        match &report.drawing {
            Some(Drawing::Trajectories { .. }) => {
                if let Some(step) = trajectories(surface, Rc::clone(&report)) {
                    picture.draw(step);
                }
            }
            Some(Drawing::Statistics(values)) => {
                let values = values.clone();
                let mut panel = 0;
                picture.draw(move || {
                    statistics::draw_panel(&surface, &values, panel);
                    panel += 1;
                    panel < statistics::PANELS
                });
            }
            None => {}
        }
    });

    let words = Memo::new(move |_| state.report.with(|report| report.as_deref().map(words)));
    view! {
        <figure class="card attractor">
            <div class="plot">
                <canvas
                    id="attractor"
                    node_ref=canvas
                    role="img"
                    aria-label=move || words.get().map(|it| it.0).unwrap_or_default()
                ></canvas>
            </div>
            <Show when=move || words.with(Option::is_none)>
                <p class="empty">
                    {move || match state.activity.get() {
                        Activity::Running | Activity::Stopping => "The ensemble is drawn here once all have run.",
                        Activity::Loading | Activity::Idle => "Press Run: the ensemble is drawn here.",
                    }}
                </p>
            </Show>
            <figcaption>{move || words.get().map(|it| it.1)}</figcaption>
        </figure>
    }
}

/// The picture in words, for those who don't see it, and its caption.
fn words(report: &Report) -> (String, String) {
    let settings = &report.settings;
    let size = format::size(settings);
    let diverged = report.results.iter().filter_map(|it| it.diverged).max().unwrap_or(0);
    let blow_up = if diverged > 0 {
        format!(
            " · {} of them left all bounds: dt = {} is too large a step here. Their lines end \
             where the numbers stop being finite.",
            format::count(diverged.into()),
            settings.parameters.dt
        )
    } else {
        String::new()
    };
    match &report.drawing {
        Some(Drawing::Trajectories { members, states, values }) => {
            let note = Selection::of(values, *members, *states).note();
            let note = note.map(|note| format!(" · {note}")).unwrap_or_default();
            (
                format!("Trajectories of {size}, x to the right and z upwards.{blow_up}"),
                format!("{size}, seen from the side (x, z){note}{blow_up}"),
            )
        }
        Some(Drawing::Statistics(_)) => (
            format!("Ensemble mean and spread of x, y and z over time, {size}.{blow_up}"),
            format!("{size}: too many to keep each path; mean (line) ± spread (band){blow_up}"),
        ),
        None => ("No picture: nothing ran.".into(), "Nothing ran, nothing to draw.".into()),
    }
}

/// Draws one member per call; false once all are drawn.
fn trajectories(surface: Surface, report: Rc<Report>) -> Option<impl FnMut() -> bool> {
    let Some(Drawing::Trajectories { members, states, values }) = &report.drawing else { return None };
    let selection = Selection::of(values, *members, *states);
    let mut to_collect: Vec<_> = selection.drawn_members().collect();
    to_collect.reverse();
    let mut lines: Vec<Vec<(f64, f64)>> = Vec::new();
    let mut view = None;
    let mut next = 0;
    let palette = Palette::read();
    Some(move || {
        if let Some(member) = to_collect.pop() {
            if let Some(Drawing::Trajectories { values, .. }) = &report.drawing {
                lines.push(polyline(values, &selection, member));
            }
            return true;
        }
        let Some(view) = &view else {
            let around = View::around(lines.iter().flatten().copied());
            draw_axes(&surface, &palette);
            view = Some(around);
            return true;
        };
        let count = lines.len().max(1);
        // Scattered, so that no colour lies on top of all others.
        let share = (next % count * 13 % count) as f64 / count as f64;
        if let Some(line) = lines.get(next) {
            draw_member(&surface, view, line, palette.line(share), line_alpha(count));
        } else if let Some(line) = lines.get(next - lines.len()) {
            // The last states on top of all lines.
            draw_end(&surface, view, line, palette.line(share), palette.card);
        }
        next += 1;
        next < 2 * lines.len()
    })
}

fn line_alpha(members: usize) -> f64 {
    match members {
        0..=3 => 0.9,
        4..=12 => 0.65,
        13..=60 => 0.45,
        _ => 0.25,
    }
}

struct Palette {
    first: Colour,
    last: Colour,
    ink: Colour,
    rule: Colour,
    card: Colour,
}

impl Palette {
    fn read() -> Self {
        Self {
            first: theme::token("--path-first"),
            last: theme::token("--path-last"),
            ink: theme::token("--ink-soft"),
            rule: theme::token("--rule"),
            card: theme::token("--card"),
        }
    }

    /// From the first member's colour to the last one's.
    fn line(&self, share: f64) -> RGBColor {
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let mix = |a: u8, b: u8| (f64::from(a) + share * (f64::from(b) - f64::from(a))).round().clamp(0.0, 255.0) as u8;
        let ((r0, g0, b0), (r1, g1, b1)) = (self.first, self.last);
        RGBColor(mix(r0, r1), mix(g0, g1), mix(b0, b1))
    }
}

/// The two axes' names and lines. By hand: plotters measures texts with inline
/// styles, which the content security policy refuses.
fn draw_axes(surface: &Surface, palette: &Palette) {
    let context = &surface.context;
    let (bottom, right) = (surface.height - MARGIN, surface.width - MARGIN / 2.0);
    context.set_stroke_style_str(&theme::css(palette.rule, 1.0));
    context.set_line_width(1.0);
    context.begin_path();
    context.move_to(MARGIN, MARGIN / 2.0);
    context.line_to(MARGIN, bottom);
    context.line_to(right, bottom);
    context.stroke();
    context.set_fill_style_str(&theme::css(palette.ink, 1.0));
    surface.text("z", MARGIN / 2.0, MARGIN / 2.0 + 4.0, 13.0, "center");
    surface.text("x", right - 4.0, bottom + MARGIN / 2.0, 13.0, "center");
}

/// The part of the canvas between the axes, as a plotters chart in `view`.
fn with_chart(surface: &Surface, view: &View, draw: impl FnOnce(&mut Chart<'_>)) {
    let context = &surface.context;
    context.save();
    // plotters counts in canvas pixels.
    let _ = context.reset_transform();
    context.begin_path();
    let margin = MARGIN * surface.scale;
    let (width, height) = (surface.width * surface.scale, surface.height * surface.scale);
    context.rect(margin, 0.0, width - margin, height - margin);
    context.clip();
    if let Some(backend) = CanvasBackend::with_canvas_object(surface.canvas.clone()) {
        #[allow(clippy::cast_possible_truncation)]
        let (edge, half) = (margin as i32, (margin / 2.0) as i32);
        let area = backend.into_drawing_area().margin(half, edge, edge, half);
        let mut builder = ChartBuilder::on(&area);
        let chart = builder.build_cartesian_2d(view.across.0..view.across.1, view.up.0..view.up.1);
        if let Ok(mut chart) = chart {
            draw(&mut chart);
        }
    }
    context.restore();
}

type Chart<'a> = ChartContext<
    'a,
    CanvasBackend,
    Cartesian2d<plotters::coord::types::RangedCoordf64, plotters::coord::types::RangedCoordf64>,
>;

fn draw_member(surface: &Surface, view: &View, line: &[(f64, f64)], colour: RGBColor, alpha: f64) {
    with_chart(surface, view, |chart| {
        // Half a CSS pixel: thousands of turns lie on top of each other.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let width = (surface.scale / 2.0).round().max(1.0) as u32;
        let style = colour.mix(alpha).stroke_width(width);
        for part in view.visible(line) {
            let _ = chart.draw_series(LineSeries::new(part, style));
        }
    });
}

fn draw_end(surface: &Surface, view: &View, line: &[(f64, f64)], colour: RGBColor, (r, g, b): Colour) {
    let Some(end) = line.last().copied().filter(|point| view.shows(*point)) else { return };
    with_chart(surface, view, |chart| {
        for (radius, fill) in [(3.2, RGBColor(r, g, b)), (2.3, colour)] {
            #[allow(clippy::cast_possible_truncation)]
            let size = (radius * surface.scale) as i32;
            let dot = Circle::new(end, size, fill.filled());
            let _ = chart.draw_series(std::iter::once(dot));
        }
    });
}
