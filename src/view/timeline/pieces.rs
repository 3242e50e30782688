//! What is drawn of a lane: each stretch that is wide enough by itself, and of
//! those that share a pixel one piece for what most of its time went into.

use std::ops::Range;

use super::layout::Across;
use super::window::Window;
use crate::model::course::{Doing, Lane};

/// Narrower than this on the screen, stretches are drawn together, px.
const FINE: f64 = 2.0;
/// Between neighbours a hair of the lane is seen, px.
const HAIR: f64 = 1.0;
/// The narrowest piece that is seen, px.
const NARROWEST: f64 = 1.0;

/// What a stretch is filled with: the shape tells what the colour can't.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Fill {
    /// Work, in the lane's colour.
    Solid,
    /// Waiting, light and hatched.
    Hatched,
    /// Within work, in the text's colour.
    Ink,
    /// Nothing to do here until something comes, a thin line.
    Thin,
    /// What needs nobody's turn, light.
    Light,
}

const FILLS: [Fill; 5] = [Fill::Solid, Fill::Hatched, Fill::Ink, Fill::Thin, Fill::Light];

impl Fill {
    /// What this is filled with.
    #[must_use]
    pub fn of(doing: Doing) -> Self {
        match doing {
            Doing::Start | Doing::StartTogether | Doing::Wait => Self::Hatched,
            Doing::Send | Doing::Task(_) | Doing::Gather | Doing::Hold | Doing::Run => Self::Solid,
            Doing::Pickle | Doing::Unpickle => Self::Ink,
            Doing::Read => Self::Thin,
            Doing::Away => Self::Light,
        }
    }
}

/// A rectangle of a lane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Piece {
    /// Its left edge, px.
    pub x: f64,
    /// Its width, px.
    pub width: f64,
    /// What it is filled with.
    pub fill: Fill,
}

/// Stretches that share a pixel.
#[derive(Clone, Copy, Debug)]
struct Cluster {
    x: f64,
    end: f64,
    /// Time of each of [`FILLS`], ms.
    times_ms: [f64; FILLS.len()],
}

impl Cluster {
    fn piece(&self) -> Piece {
        let most = self.times_ms.iter().copied().fold(0.0, f64::max);
        let longest = self.times_ms.iter().position(|ms| *ms >= most).unwrap_or(0);
        Piece { x: self.x, width: (self.end - self.x).max(NARROWEST), fill: FILLS[longest] }
    }
}

/// The pieces of these stretches that are seen in the window, in the order in
/// which they are drawn: what lies within another comes after it.
#[must_use]
pub fn pieces(lane: &Lane, range: Range<usize>, window: &Window, across: &Across) -> Vec<Piece> {
    let mut pieces: Vec<Piece> = Vec::new();
    let mut cluster: Option<Cluster> = None;
    for stretch in lane.stretches().get(range).unwrap_or_default() {
        let (from, to) = (window.share(stretch.start_ms), window.share(stretch.end_ms));
        if to < 0.0 || from > 1.0 {
            continue;
        }
        let (x, end, fill) = (across.x(from), across.x(to), Fill::of(stretch.doing));
        if end - x >= FINE {
            push(&mut pieces, cluster.take());
            pieces.push(Piece { x, width: (end - HAIR - x).max(NARROWEST), fill });
            continue;
        }
        if cluster.is_some_and(|it| x >= it.x + NARROWEST) {
            push(&mut pieces, cluster.take());
        }
        let it = cluster.get_or_insert(Cluster { x, end, times_ms: [0.0; FILLS.len()] });
        it.end = it.end.max(end);
        it.times_ms[fill as usize] += stretch.duration_ms().max(f64::MIN_POSITIVE);
    }
    push(&mut pieces, cluster);
    pieces
}

/// Goes on with the last piece where a cluster of the same fill begins at its end.
fn push(pieces: &mut Vec<Piece>, cluster: Option<Cluster>) {
    let Some(next) = cluster.map(|it| it.piece()) else { return };
    match pieces.last_mut() {
        Some(last) if last.fill == next.fill && next.x >= last.x && next.x - (last.x + last.width) < 0.25 => {
            last.width = last.width.max(next.x + next.width - last.x);
        }
        _ => pieces.push(next),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::layout::LEFT;
    use super::*;
    use crate::model::course::{Label, Stretch};

    fn lane(stretches: impl IntoIterator<Item = (Doing, f64, f64)>) -> Lane {
        let stretch = |(doing, start, end)| Stretch::new(doing, start, end, Label::None);
        Lane::new("thread 1", None, stretches.into_iter().map(stretch).collect())
    }

    /// One pixel for each ms of a second.
    fn drawn(lane: &Lane) -> Vec<Piece> {
        pieces(lane, 0..lane.stretches().len(), &Window::whole(1000.0), &Across { left: LEFT, length: 1000.0 })
    }

    #[test]
    fn wide_stretches_are_drawn_one_by_one() {
        let pieces =
            drawn(&lane([(Doing::Start, 0.0, 40.0), (Doing::Task(None), 50.0, 90.0), (Doing::Pickle, 60.0, 61.0)]));
        let shapes: Vec<_> = pieces.iter().map(|it| (it.x - LEFT, it.width, it.fill)).collect();
        assert_eq!(shapes, [(0.0, 39.0, Fill::Hatched), (50.0, 39.0, Fill::Solid), (60.0, 1.0, Fill::Ink)]);
    }

    #[test]
    fn ten_thousand_turns_are_few_pieces() {
        let turn = |index: u32| {
            let (start, doing) =
                (f64::from(index / 2) * 0.2, if index.is_multiple_of(2) { Doing::Hold } else { Doing::Wait });
            let from = if doing == Doing::Hold { start } else { start + 0.15 };
            (doing, from, if doing == Doing::Hold { start + 0.15 } else { start + 0.2 })
        };
        let pieces = drawn(&lane((0..10_000).map(turn)));
        // It held the GIL for three quarters of the time, everywhere.
        assert_eq!(pieces.len(), 1, "{:?}", &pieces[..pieces.len().min(9)]);
        assert_eq!(pieces[0].fill, Fill::Solid);
        assert!((pieces[0].width - 1000.0).abs() < 2.0, "{:?}", pieces[0]);
    }

    #[test]
    fn a_pause_stays_one() {
        let pieces = drawn(&lane([(Doing::Hold, 10.0, 10.01), (Doing::Hold, 14.0, 14.01)]));
        assert_eq!(pieces.iter().map(|it| (it.x - LEFT, it.width)).collect::<Vec<_>>(), [(10.0, 1.0), (14.0, 1.0)]);
    }

    proptest! {
        #[test]
        fn as_few_as_there_are_pixels(spans in prop::collection::vec((0_usize..3, 0.0..990.0_f64, 0.0..5.0_f64), 0..3000)) {
            let doings = [Doing::Hold, Doing::Wait, Doing::Unpickle];
            let wide = spans.iter().filter(|it| it.2 >= FINE).count();
            let lane = lane(spans.into_iter().map(|(doing, start, length)| (doings[doing], start, start + length)));
            let pieces = drawn(&lane);
            prop_assert!(pieces.len() <= 2 * wide + 1001);
            for piece in pieces {
                prop_assert!(piece.width >= NARROWEST && piece.x >= LEFT && piece.x + piece.width <= LEFT + 1002.0);
            }
        }
    }
}
