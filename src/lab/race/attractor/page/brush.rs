//! plotters on a canvas. plotters counts in whole pixels; here a pixel is a
//! sixteenth of a CSS pixel, so that lines are smooth and turn smoothly,
//! whatever the screen's pixels are.

use plotters::coord::types::RangedCoordf64;
use plotters::prelude::*;
use plotters_backend::{BackendColor, BackendCoord, BackendStyle, DrawingErrorKind};
use plotters_canvas::CanvasBackend;

use crate::lab::race::attractor::projection::{Border, Point};
use crate::view::surface::Surface;

/// plotters' pixels per CSS pixel.
const FINE: f64 = 16.0;

/// Draws lines and dots on a canvas, in CSS pixels from its middle, to the right and upwards.
pub(super) struct Brush<'a> {
    chart: ChartContext<'a, FineCanvas, Cartesian2d<RangedCoordf64, RangedCoordf64>>,
    lines: usize,
}

impl Brush<'_> {
    /// Lends a brush for a surface.
    pub(super) fn with<T>(surface: &Surface, draw: impl FnOnce(&mut Brush<'_>) -> T) -> Option<T> {
        let canvas = FineCanvas::new(surface)?;
        let (across, up) = (surface.width / 2.0, surface.height / 2.0);
        let area = canvas.into_drawing_area();
        let chart = ChartBuilder::on(&area).build_cartesian_2d(-across..across, -up..up).ok()?;
        let fine = surface.scale / FINE;
        surface.context.save();
        let _ = surface.context.set_transform(fine, 0.0, 0.0, fine, 0.0, 0.0);
        surface.context.set_line_join("bevel");
        let drawn = draw(&mut Brush { chart, lines: 0 });
        surface.context.restore();
        Some(drawn)
    }

    /// Draws what can be seen of a line; its width is in CSS pixels.
    pub(super) fn line(&mut self, border: &Border, line: Vec<Point>, colour: RGBAColor, width: f64) {
        let style = ShapeStyle { color: colour, filled: false, stroke_width: fine(width) };
        for part in border.cut(line) {
            self.lines += 1;
            let _ = self.chart.plotting_area().draw(&PathElement::new(part, style));
        }
    }

    /// Fills a shape that is wholly within the border.
    pub(super) fn shape(&mut self, outline: Vec<Point>, colour: RGBAColor) {
        let _ = self.chart.plotting_area().draw(&Polygon::new(outline, colour.filled()));
    }

    /// Draws a dot with a ring around it, if it is within the border; the radius is in CSS pixels.
    pub(super) fn dot(&mut self, border: &Border, middle: Point, radius: f64, colour: RGBAColor, ring: RGBAColor) {
        if border.contains(middle) {
            for (radius, colour) in [(radius + 0.9, ring), (radius, colour)] {
                let _ = self.chart.plotting_area().draw(&Circle::new(middle, fine(radius), colour.filled()));
            }
        }
    }

    /// Lines drawn so far: what tells when to look at the clock.
    pub(super) fn lines(&self) -> usize {
        self.lines
    }
}

fn fine(length: f64) -> u32 {
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let length = (length * FINE).round().max(1.0) as u32;
    length
}

/// plotters' own canvas, with finer pixels: its context scales them down again.
struct FineCanvas {
    canvas: CanvasBackend,
    size: (u32, u32),
}

impl FineCanvas {
    fn new(surface: &Surface) -> Option<Self> {
        let canvas = CanvasBackend::with_canvas_object(surface.canvas.clone())?;
        Some(Self { canvas, size: (fine(surface.width), fine(surface.height)) })
    }
}

type Drawn = Result<(), DrawingErrorKind<<CanvasBackend as DrawingBackend>::ErrorType>>;

impl DrawingBackend for FineCanvas {
    type ErrorType = <CanvasBackend as DrawingBackend>::ErrorType;

    fn get_size(&self) -> (u32, u32) {
        self.size
    }

    fn ensure_prepared(&mut self) -> Drawn {
        self.canvas.ensure_prepared()
    }

    fn present(&mut self) -> Drawn {
        self.canvas.present()
    }

    fn draw_pixel(&mut self, point: BackendCoord, colour: BackendColor) -> Drawn {
        self.canvas.draw_pixel(point, colour)
    }

    fn draw_path<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.canvas.draw_path(path, style)
    }

    fn fill_polygon<S: BackendStyle, I: IntoIterator<Item = BackendCoord>>(&mut self, path: I, style: &S) -> Drawn {
        self.canvas.fill_polygon(path, style)
    }

    fn draw_circle<S: BackendStyle>(&mut self, middle: BackendCoord, radius: u32, style: &S, fill: bool) -> Drawn {
        self.canvas.draw_circle(middle, radius, style, fill)
    }
}
