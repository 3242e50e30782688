//! The curve on a canvas, which grows while one watches. A lab puts a table beside it.

use leptos::html::Canvas;
use leptos::prelude::*;

use super::Plot;
use crate::page::dom;
use crate::page::theme;
use crate::view::shapes::{Frame, Shapes};
use crate::view::surface::{Picture, Surface, redraw_on_resize};

/// Room for the numbers at the lower and the left edge, CSS pixels.
const FOOT: f64 = 22.0;
const SIDE: f64 = 34.0;
/// A point's square.
const DOT: f64 = 7.0;
const TEXT: f64 = 12.0;

/// The curve; `label` says for screen readers what it shows.
#[component]
pub(crate) fn Curve(
    #[prop(into)] plot: Signal<Plot>,
    #[prop(into)] label: Signal<String>,
    /// Counts changes of size, pixel density or colours.
    appearance: RwSignal<u32>,
) -> impl IntoView {
    let canvas = NodeRef::<Canvas>::new();
    let picture = Picture::default();
    redraw_on_resize(appearance, canvas);
    Effect::new(move || {
        appearance.track();
        let (Some(canvas), plot) = (canvas.get(), plot.get()) else { return };
        picture.draw(move || {
            if let Some(surface) = Surface::prepare(&canvas, 1.0) {
                draw(&surface.enlarged(dom::enlargement()), &plot);
            }
            false
        });
    });
    view! {
        <div class="plot curve">
            <canvas id="curve" node_ref=canvas role="img" aria-label=move || label.get()></canvas>
        </div>
    }
}

fn draw(surface: &Surface, plot: &Plot) {
    let scale = plot.scale();
    let (width, height) = ((surface.width - SIDE - DOT).max(1.0), (surface.height - FOOT - DOT).max(1.0));
    let place = |count, ratio| (SIDE + width * scale.across(count), DOT + height * scale.down(ratio));
    let (ink, soft, rule) = (theme::token("--ink"), theme::token("--ink-soft"), theme::token("--rule"));
    let colour = theme::token("--process");
    if let Some(shapes) = Shapes::on(surface) {
        for ratio in scale.ratios() {
            let y = DOT + height * scale.down(ratio);
            shapes.line((SIDE, y), (SIDE + width, y), rule, 1.0, 1.0);
        }
        let (across, down) = scale.ideal_end();
        shapes.line(place(1, 1.0), (SIDE + width * across, DOT + height * down), soft, 0.7, 1.5);
        if let Some((count, _)) = &plot.mark {
            let x = place(*count, 0.0).0;
            shapes.line((x, DOT), (x, DOT + height), ink, 0.5, 1.5);
        }
        for pair in plot.points.windows(2) {
            if let [from, to] = pair {
                shapes.line(place(from.count, from.ratio), place(to.count, to.ratio), colour, 1.0, 2.0);
            }
        }
        for point in &plot.points {
            let (x, y) = place(point.count, point.ratio);
            shapes.fill(Frame { x: x - DOT / 2.0, y: y - DOT / 2.0, width: DOT, height: DOT }, colour, 1.0);
        }
    }
    surface.context.set_fill_style_str(&theme::css(soft, 1.0));
    for ratio in scale.ratios() {
        surface.text(&format!("{ratio} ×"), SIDE - 6.0, DOT + height * scale.down(ratio), TEXT, "right");
    }
    let numbered = plot.points.iter().map(|it| it.count);
    let every = (plot.points.len() / 12).max(1);
    for count in numbered.step_by(every) {
        surface.text(&count.to_string(), place(count, 0.0).0, surface.height - FOOT / 2.0, TEXT, "center");
    }
    if let Some((count, words)) = &plot.mark {
        surface.context.set_fill_style_str(&theme::css(ink, 1.0));
        let x = place(*count, 0.0).0;
        let is_right = x > SIDE + width * 0.6;
        let (x, align) = if is_right { (x - 6.0, "right") } else { (x + 6.0, "left") };
        surface.text(words, x, DOT + height - 10.0, TEXT, align);
    }
}
