//! The ensemble below the question: what the race is about, computed by the page
//! itself before anyone has run it.

use leptos::html::Canvas;
use leptos::prelude::*;
use web_sys::HtmlCanvasElement;

use super::brush::Brush;
use super::palette::{Palette, with_alpha};
use crate::lab::race::attractor::camera::Camera;
use crate::lab::race::attractor::extent::Extent;
use crate::lab::race::attractor::paths::SHADES;
use crate::lab::race::attractor::projection::{Point, Projection};
use crate::page::state::Page;
use crate::view::surface::{Picture, Surface, redraw_on_resize};
use crate::workload::lorenz::equations::{Parameters, State};
use crate::workload::lorenz::initial_conditions::initial_conditions;

/// The race's own members, from its own seed.
const MEMBERS: u32 = 30;
const SEED: u32 = 42;
/// Enough turns to see both wings, few enough to see through.
const STEPS: usize = 1400;
/// The first part leads to the attractor, and is not drawn.
const APPROACH: usize = 100;

const LINE: f64 = 0.8;
const LINE_ALPHA: f64 = 0.2;
const HEAD: f64 = 2.3;

/// Draws the ensemble now, and anew with every other size and colour.
#[inline(never)] // what may come later hangs on this name (xtask/src/parts.rs)
pub(crate) fn follow(page: Page, canvas: NodeRef<Canvas>) {
    let picture = Picture::default();
    redraw_on_resize(page.appearance, canvas);
    Effect::new(move || {
        page.appearance.track();
        if let Some(canvas) = canvas.get() {
            draw(&picture, canvas);
        }
    });
}

/// A few members a frame; nothing where the canvas has no room on the page.
fn draw(picture: &Picture, canvas: HtmlCanvasElement) {
    let Some(surface) = Surface::prepare(&canvas, 1.0) else { return };
    let paths = paths();
    let states: Vec<State> = paths.iter().flatten().copied().collect();
    let extent = Extent::around(&states, &[]);
    let projection = Projection::new(&extent, Camera::SIDE, surface.width, surface.height);
    let palette = Palette::read();
    let mut waiting = paths.into_iter().enumerate();
    picture.draw(move || {
        let Some((member, path)) = waiting.next().filter(|_| canvas.is_connected()) else { return false };
        let line: Vec<Point> = path.iter().map(|state| projection.point(state)).collect();
        Brush::with(&surface, |brush| {
            let (border, head) = (projection.border(), line.last().copied());
            brush.line(&border, line, palette.member(member, SHADES, LINE_ALPHA), LINE);
            if let Some(head) = head {
                let ring = with_alpha(palette.card, 1.0);
                brush.dot(&border, head, HEAD, palette.member(member, SHADES, 1.0), ring);
            }
        });
        true
    });
}

fn paths() -> Vec<Vec<State>> {
    let starts = initial_conditions(MEMBERS, SEED);
    starts.as_chunks::<3>().0.iter().map(|start| path(*start)).collect()
}

fn path(start: State) -> Vec<State> {
    let steps = std::iter::successors(Some(start), |state| Some(Parameters::LORENZ_1963.step(*state)));
    steps.skip(APPROACH).take(STEPS - APPROACH).collect()
}
