//! Where the parts of the picture lie: a slide's proportions, and taller where
//! many runs need it. All lengths in px before the density.

/// Canvas pixels per px.
pub const DENSITY: f64 = 2.0;
/// Width of the picture.
pub const WIDTH: f64 = 1200.0;
/// Room at all edges.
pub const MARGIN: f64 = 48.0;
/// Height of a line of the headline, as a multiple of its font's size.
pub const HEADLINE_LINE: f64 = 1.22;
/// Height of a line of what is said below the headline.
pub const MORE_LINE: f64 = 25.0;
/// Height of the heading over a run's bars.
pub const HEADING: f64 = 28.0;

const LEAST_HEIGHT: f64 = 675.0;
const SETTINGS: f64 = 30.0;
const BODY_GAP: f64 = 26.0;
const FOOTER: f64 = 84.0;
const LEGEND: f64 = 34.0;
const GAP: f64 = 16.0;
/// A bar's row, at least and at most.
const ROWS: (f64, f64) = (24.0, 82.0);
const CARD_WIDTH: f64 = 440.0;
const COLUMN_GAP: f64 = 32.0;

/// A box.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left edge.
    pub x: f64,
    /// Top edge.
    pub y: f64,
    /// Width.
    pub width: f64,
    /// Height.
    pub height: f64,
}

impl Area {
    /// The largest box of these proportions in the middle of this one.
    #[must_use]
    pub fn fitted(&self, width: f64, height: f64) -> Self {
        let scale = (self.width / width).min(self.height / height);
        if !scale.is_finite() || scale <= 0.0 {
            return Self { width: 0.0, height: 0.0, ..*self };
        }
        let (width, height) = (width * scale, height * scale);
        Self { x: self.x + (self.width - width) / 2.0, y: self.y + (self.height - height) / 2.0, width, height }
    }

    /// Smaller by this much at each edge.
    #[must_use]
    pub fn inset(&self, by: f64) -> Self {
        let length = |length: f64| (length - 2.0 * by).max(0.0);
        Self { x: self.x + by, y: self.y + by, width: length(self.width), height: length(self.height) }
    }
}

/// Where everything lies.
#[derive(Clone, Debug, PartialEq)]
pub struct Layout {
    /// Height of the picture.
    pub height: f64,
    /// Middle of the first line of what is said below the headline.
    pub more_y: f64,
    /// Middle of the settings' line.
    pub settings_y: f64,
    /// Top of what stands between head and foot.
    pub body_y: f64,
    /// The lab's own picture, where it has one.
    pub card: Option<Area>,
    /// Each run's heading and bars.
    pub runs: Vec<Area>,
    /// Height of a bar's row.
    pub row: f64,
    /// Middle of the legend's line.
    pub legend_y: f64,
    /// The rule over the footer.
    pub footer_y: f64,
}

impl Layout {
    /// For a headline of so many lines of this font size, so many lines below it, runs with so many rows
    /// each, and perhaps a picture beside them.
    #[must_use]
    pub fn of(headline_lines: usize, headline_px: f64, more_lines: usize, rows: &[usize], has_card: bool) -> Self {
        let more_top = MARGIN + headline_lines as f64 * headline_px * HEADLINE_LINE;
        let settings_y = more_top + more_lines as f64 * MORE_LINE + SETTINGS / 2.0;
        let body_top = settings_y + SETTINGS / 2.0 + BODY_GAP;
        let row_count = rows.iter().sum::<usize>().max(1) as f64;
        let around_rows = rows.len() as f64 * (HEADING + GAP) - GAP + LEGEND;
        let room = LEAST_HEIGHT - FOOTER - GAP - body_top;
        let row = ((room - around_rows) / row_count).clamp(ROWS.0, ROWS.1);
        let body = room.max(around_rows + row * row_count);

        let card = has_card.then_some(Area { x: MARGIN, y: body_top, width: CARD_WIDTH, height: body });
        let x = card.map_or(MARGIN, |it| it.x + it.width + COLUMN_GAP);
        let width = WIDTH - MARGIN - x;
        let mut y = body_top;
        let mut runs = Vec::with_capacity(rows.len());
        for count in rows {
            let height = HEADING + row * *count as f64;
            runs.push(Area { x, y, width, height });
            y += height + GAP;
        }
        Self {
            height: body_top + body + GAP + FOOTER,
            more_y: more_top + MORE_LINE / 2.0,
            settings_y,
            body_y: body_top,
            card,
            runs,
            row,
            legend_y: body_top + body - LEGEND / 2.0 + 4.0,
            footer_y: body_top + body + GAP,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn one_run_fills_a_slide() {
        let layout = Layout::of(2, 38.0, 1, &[4], true);
        assert_eq!(layout.height, LEAST_HEIGHT);
        const { assert!(WIDTH * DENSITY >= 1600.0) };
    }

    #[test]
    fn pictures_keep_their_proportions() {
        let area = Area { x: 10.0, y: 20.0, width: 100.0, height: 50.0 };
        assert_eq!(area.fitted(10.0, 10.0), Area { x: 35.0, y: 20.0, width: 50.0, height: 50.0 });
        assert_eq!(area.fitted(0.0, 0.0).width, 0.0);
        assert_eq!(area.inset(30.0).height, 0.0);
    }

    proptest! {
        #[test]
        fn nothing_overlaps(
            lines in 1_usize..6,
            more in 0_usize..4,
            rows in prop::collection::vec(1_usize..5, 0..6),
            has_card: bool,
        ) {
            let layout = Layout::of(lines, 38.0, more, &rows, has_card);
            prop_assert!(more == 0 || layout.settings_y > layout.more_y);
            prop_assert!(layout.height >= LEAST_HEIGHT);
            let mut end = layout.settings_y;
            for run in &layout.runs {
                prop_assert!(run.y > end && layout.card.is_none_or(|card| run.x > card.x + card.width));
                prop_assert_eq!(run.x + run.width, WIDTH - MARGIN);
                end = run.y + run.height;
            }
            prop_assert!(layout.legend_y > end && layout.footer_y > layout.legend_y);
            prop_assert!(layout.card.is_none_or(|card| layout.footer_y > card.y + card.height));
            prop_assert!(layout.height >= layout.footer_y + FOOTER);
        }
    }
}
