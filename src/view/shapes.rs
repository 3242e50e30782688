//! Rectangles and lines of a chart, drawn by plotters on a canvas.

use plotters::coord::Shift;
use plotters::prelude::*;
use plotters_canvas::CanvasBackend;
use web_sys::CanvasRenderingContext2d;

use super::surface::Surface;
use crate::page::theme::Colour;

/// Draws on a surface in CSS pixels; plotters counts in canvas pixels.
pub(crate) struct Shapes {
    area: DrawingArea<CanvasBackend, Shift>,
    context: CanvasRenderingContext2d,
    scale: f64,
}

impl Drop for Shapes {
    fn drop(&mut self) {
        self.context.restore();
    }
}

/// A rectangle, CSS pixels.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Frame {
    pub(crate) x: f64,
    pub(crate) y: f64,
    pub(crate) width: f64,
    pub(crate) height: f64,
}

impl Shapes {
    /// Begins to draw; `None` where the canvas gives no context. The surface's
    /// own transformation is off until the shapes are dropped.
    pub(crate) fn on(surface: &Surface) -> Option<Self> {
        let area = CanvasBackend::with_canvas_object(surface.canvas.clone())?.into_drawing_area();
        let context = surface.context.clone();
        context.save();
        // A context that can't do this would only draw at the wrong scale.
        let _ = context.reset_transform();
        Some(Self { area, context, scale: surface.scale })
    }

    /// A filled rectangle, at least one canvas pixel wide.
    pub(crate) fn fill(&self, frame: Frame, colour: Colour, alpha: f64) {
        let (from, to) = self.corners(frame);
        let _ = self.area.draw(&Rectangle::new([from, to], rgba(colour, alpha).filled()));
    }

    /// Lines that rise to the right, `step` apart: told from a fill in grey, too.
    pub(crate) fn hatch(&self, frame: Frame, step: f64, colour: Colour, alpha: f64) {
        let style = rgba(colour, alpha).stroke_width(self.pixels(1.25));
        let (left, right) = (frame.x, frame.x + frame.width);
        let (top, bottom) = (frame.y, frame.y + frame.height);
        let mut foot = left - frame.height;
        while foot < right {
            // The part of the line within the frame.
            let (from, to) = (foot.max(left), (foot + frame.height).min(right));
            if to > from {
                self.line_with((from, bottom - (from - foot)), (to, (bottom - (to - foot)).max(top)), style);
            }
            foot += step;
        }
    }

    /// A line.
    pub(crate) fn line(&self, from: (f64, f64), to: (f64, f64), colour: Colour, alpha: f64, width: f64) {
        self.line_with(from, to, rgba(colour, alpha).stroke_width(self.pixels(width)));
    }

    fn line_with(&self, from: (f64, f64), to: (f64, f64), style: ShapeStyle) {
        let _ = self.area.draw(&PathElement::new([self.point(from), self.point(to)], style));
    }

    fn corners(&self, frame: Frame) -> ((i32, i32), (i32, i32)) {
        let from = self.point((frame.x, frame.y));
        let to = self.point((frame.x + frame.width, frame.y + frame.height));
        (from, (to.0.max(from.0 + 1), to.1))
    }

    #[allow(clippy::cast_possible_truncation)]
    fn point(&self, (x, y): (f64, f64)) -> (i32, i32) {
        ((x * self.scale).round() as i32, (y * self.scale).round() as i32)
    }

    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    fn pixels(&self, length: f64) -> u32 {
        (length * self.scale).round().max(1.0) as u32
    }
}

fn rgba((red, green, blue): Colour, alpha: f64) -> RGBAColor {
    RGBColor(red, green, blue).mix(alpha)
}
