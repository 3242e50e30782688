//! Mean and spread of x over time, above the time slider and as long as it: one
//! sees when the members part.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::brush::Brush;
use super::film::Film;
use super::palette::{Palette, with_alpha};
use crate::lab::race::attractor::projection::Border;
use crate::lab::race::attractor::spread::band_of_x;
use crate::lab::race::page::state::Race;
use crate::page::theme;
use crate::view::surface::{Picture, Surface, redraw_on_resize};
use crate::workload::lorenz::statistics::Statistics;

/// The slider's thumb is so wide, CSS pixels: its middle goes from half of it
/// to half of it before the end. `www/style/attractor.css` has it too.
const THUMB: f64 = 16.0;

/// The strip, with a mark at the time that is shown.
#[component]
pub(super) fn Strip(
    race: Race,
    film: Film,
    /// Its name.
    #[prop(into)]
    label: Signal<String>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    redraw_on_resize(race.page.appearance, canvas);
    Effect::new(move || {
        race.page.appearance.track();
        let (Some(canvas), report, parting) = (canvas.get(), film.report.get(), film.parting.get()) else { return };
        picture.draw(move || {
            let drawing = report.as_ref().and_then(|report| report.drawing.as_ref());
            if let (Some(surface), Some(drawing)) = (Surface::prepare(&canvas, 1.0), drawing) {
                draw(&surface, &drawing.statistics, drawing.states.saturating_sub(1), parting);
            }
            false
        });
    });
    let share = move || {
        let steps = film.length().map_or(1, |(steps, _)| steps.max(1));
        format!("{:.3}%", 100.0 * f64::from(film.step.get()) / f64::from(steps))
    };
    view! {
        <div class="strip">
            <canvas id="spread" node_ref=canvas role="img" aria-label=move || label.get()></canvas>
            <div class="strip-time">
                <i style:inset-inline-start=share></i>
            </div>
        </div>
    }
}

fn draw(surface: &Surface, statistics: &Statistics, steps: usize, parting: Option<u32>) {
    let palette = Palette::read();
    let (bands, (low, high)) = band_of_x(statistics);
    let (width, height) = (surface.width - THUMB, surface.height - 2.0);
    let across = |step: u32| width * (f64::from(step) / steps.max(1) as f64 - 0.5);
    let up = |value: f64| height * (((value - low) / (high - low)).clamp(0.0, 1.0) - 0.5);
    let border = Border::new(surface.width, surface.height);
    let upper = bands.iter().map(|band| (across(band.step), up(band.high)));
    let lower = bands.iter().rev().map(|band| (across(band.step), up(band.low)));
    let outline: Vec<_> = upper.chain(lower).collect();
    let mean = bands.iter().map(|band| (across(band.step), up(band.mean))).collect();
    Brush::with(surface, |brush| {
        if low < 0.0 && high > 0.0 {
            let zero = vec![(-width / 2.0, up(0.0)), (width / 2.0, up(0.0))];
            brush.line(&border, zero, with_alpha(palette.rule, 1.0), 1.0);
        }
        brush.shape(outline, with_alpha(palette.together, 0.22));
        brush.line(&border, mean, with_alpha(palette.ink, 0.85), 1.0);
        if let Some(step) = parting {
            let mark = vec![(across(step), -height / 2.0), (across(step), height / 2.0)];
            brush.line(&border, mark, with_alpha(palette.ink_soft, 0.8), 1.0);
        }
    });
    if let Some(step) = parting {
        // Beside the mark, where there is more room.
        let (x, is_late) = (surface.width / 2.0 + across(step), across(step) > 0.0);
        surface.context.set_fill_style_str(&theme::css(palette.ink_soft, 1.0));
        let (x, align) = if is_late { (x - 4.0, "right") } else { (x + 4.0, "left") };
        surface.text("they part", x, 5.5, 11.0, align);
    }
}
