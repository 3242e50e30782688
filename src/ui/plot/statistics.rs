//! Mean and spread of the ensemble over time: three panels, x, y and z.

use std::iter::once;

use super::surface::Surface;
use crate::model::statistics::Statistics;
use crate::ui::theme;

/// One for each coordinate.
pub(crate) const PANELS: usize = 3;

/// Room for the coordinate's name, CSS pixels.
const LEFT: f64 = 24.0;
/// Room between panels.
const GAP: f64 = 10.0;
/// Room for the time axis.
const AXIS: f64 = 22.0;

/// Draws one coordinate's mean as a line and its spread as a band.
pub(crate) fn draw_panel(surface: &Surface, statistics: &Statistics, panel: usize) {
    let (mean, spread) = (coordinate(&statistics.mean, panel), coordinate(&statistics.spread, panel));
    let points: Vec<_> = statistics
        .steps
        .iter()
        .zip(mean.into_iter().zip(spread))
        .map(|(step, (mean, spread))| (f64::from(*step), mean, spread))
        .take_while(|(_, mean, spread)| (mean.abs() + spread).is_finite())
        .collect();
    let last_step = f64::from(statistics.steps.last().copied().unwrap_or(1).max(1));
    let (low, high) = range(&points);

    let height = (surface.height - AXIS - 2.0 * GAP) / PANELS as f64;
    let top = GAP + panel as f64 * (height + GAP / 2.0);
    let width = surface.width - LEFT - GAP;
    let x = |step: f64| LEFT + width * step / last_step;
    let y = |value: f64| top + height * (1.0 - (value - low) / (high - low)).clamp(0.0, 1.0);

    let context = &surface.context;
    let (line, soft, rule) = (theme::token("--path-first"), theme::token("--ink-soft"), theme::token("--rule"));
    context.set_fill_style_str(&theme::css(rule, 0.35));
    context.fill_rect(LEFT, top, width, height);
    context.set_fill_style_str(&theme::css(soft, 1.0));
    let name = ["x", "y", "z"].get(panel).copied().unwrap_or_default();
    surface.text(name, LEFT / 2.0, top + height / 2.0, 13.0, "center");
    if panel + 1 == PANELS {
        let below = surface.height - AXIS / 2.0;
        surface.text("step 0", LEFT, below, 11.0, "left");
        surface.text(&format!("step {last_step}"), LEFT + width, below, 11.0, "right");
    }

    let upper = points.iter().map(|(step, mean, spread)| (*step, mean + spread));
    let lower = points.iter().rev().map(|(step, mean, spread)| (*step, mean - spread));
    context.begin_path();
    for (step, value) in upper.chain(lower) {
        context.line_to(x(step), y(value));
    }
    context.close_path();
    context.set_fill_style_str(&theme::css(line, 0.25));
    context.fill();

    context.begin_path();
    for (step, mean, _) in &points {
        context.line_to(x(*step), y(*mean));
    }
    context.set_stroke_style_str(&theme::css(line, 1.0));
    context.set_line_width(1.5);
    context.stroke();
}

fn coordinate(values: &[f64], panel: usize) -> Vec<f64> {
    values.iter().skip(panel).step_by(PANELS).copied().collect()
}

/// The band's extent, or that of its first half where it ends in a blow-up.
fn range(points: &[(f64, f64, f64)]) -> (f64, f64) {
    let ends = |(_, mean, spread): &(f64, f64, f64)| once(mean - spread).chain(once(mean + spread));
    let mut values: Vec<_> = points.iter().flat_map(ends).collect();
    values.sort_unstable_by(f64::total_cmp);
    let at = |share: usize| values.get(values.len() * share / 100).copied();
    let (Some(low), Some(high)) = (at(2), at(97)) else { return (-1.0, 1.0) };
    let margin = (high - low) * 0.15;
    if margin > 0.0 && margin.is_finite() { (low - margin, high + margin) } else { (low - 1.0, low + 1.0) }
}
